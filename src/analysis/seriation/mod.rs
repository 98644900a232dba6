//! The order of classes that puts those side by side which are confused with each other.
//!
//! Two steps, both known from the analysis of gene expression, where rows of a heatmap are put in
//! order in the same way:
//!
//! 1. Average-linkage clustering of the classes by their similarity, along chains of nearest
//!    neighbours (Murtagh 1983), on the pairs that are confused at all: of a sparse matrix nothing
//!    dense is ever made.
//! 2. The optimal order of the leaves of that tree (Bar-Joseph, Gifford and Jaakkola 2001): among
//!    all orders that turn nothing but the branches, the one with the largest sum of similarities
//!    of neighbours.
//!
//! Similarity is the share of both classes' samples that is taken for the other one. The second
//! step takes time with the third and memory with the second power of the number of classes; above
//! [`EXACT_CLASSES`] each branch therefore keeps only its 48 most promising outer leaves, and
//! the order is a very good one instead of the best one.
//!
//! The work is done in steps, so that a page may do it in slices and a worker can tell how far it is.

mod clustering;
mod ordering;
#[cfg(test)]
mod tests;

use clustering::Clustering;
use ordering::Ordering;

use crate::model::ConfusionMatrix;

/// Up to so many classes the order of the leaves is the optimal one.
pub const EXACT_CLASSES: usize = 1_200;
/// What clustering is of the whole work, for the progress.
const CLUSTERING_SHARE: f64 = 0.3;

/// How similar classes are: for each class the others that it is confused with. Symmetric.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Similarities {
    /// Where the others of each class start; one more than there are classes.
    pub starts: Vec<u32>,
    /// The other classes, ascending.
    pub others: Vec<u32>,
    /// The similarity to each, above 0.
    pub values: Vec<f64>,
}

impl Similarities {
    /// Of two classes: the share of their samples that is taken for the other one.
    pub fn of(matrix: &ConfusionMatrix) -> Self {
        let n = matrix.n_classes();
        let totals = matrix.actual_totals();
        let mut degrees = vec![0u32; n + 1];
        let each_pair = |call: &mut dyn FnMut(usize, usize, f64)| {
            matrix.for_each(&mut |actual, predicted, value| {
                let back = match actual == predicted {
                    true => return,
                    false => matrix.get(predicted, actual),
                };
                // A pair is met twice where both happen; once is enough.
                if actual > predicted && back != 0.0 {
                    return;
                }
                let of = totals[actual] + totals[predicted];
                if of > 0.0 {
                    call(actual, predicted, (value + back) / of);
                }
            });
        };
        each_pair(&mut |a, b, _| {
            degrees[a + 1] += 1;
            degrees[b + 1] += 1;
        });
        for class in 0..n {
            degrees[class + 1] += degrees[class];
        }
        let n_links = degrees[n] as usize;
        let mut links = vec![(0u32, 0.0); n_links];
        let mut next = degrees.clone();
        each_pair(&mut |a, b, value| {
            for (class, other) in [(a, b), (b, a)] {
                links[next[class] as usize] = (other as u32, value);
                next[class] += 1;
            }
        });
        for class in 0..n {
            let range = degrees[class] as usize..degrees[class + 1] as usize;
            links[range].sort_unstable_by_key(|(other, _)| *other);
        }
        let (others, values) = links.into_iter().unzip();
        Self {
            starts: degrees,
            others,
            values,
        }
    }

    /// The number of classes.
    pub fn n_classes(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    fn of_class(&self, class: usize) -> impl Iterator<Item = (u32, f32)> + '_ {
        let at = |idx: usize| self.starts.get(idx).map_or(0, |it| *it as usize);
        let range = at(class)..at(class + 1);
        let others = self.others.get(range.clone()).unwrap_or_default();
        let values = self.values.get(range).unwrap_or_default();
        others
            .iter()
            .copied()
            .zip(values.iter().map(|it| *it as f32))
    }
}

/// The whole work at once.
pub fn seriate(similarities: Similarities) -> Vec<usize> {
    let mut work = Seriation::new(similarities);
    while work.step(usize::MAX) {}
    work.finish()
}

/// The order of classes in the making.
pub struct Seriation {
    similarities: Similarities,
    clustering: Clustering,
    ordering: Ordering,
}

impl Seriation {
    /// Nothing is done yet.
    pub fn new(similarities: Similarities) -> Self {
        Self {
            clustering: Clustering::new(&similarities),
            ordering: Ordering::default(),
            similarities,
        }
    }

    /// Goes on for about so many elementary operations, a few nanoseconds each; `false` when all is
    /// done.
    pub fn step(&mut self, n_operations: usize) -> bool {
        let mut left = n_operations;
        while left > 0 {
            let done = match self.clustering.step() {
                Some(done) => done,
                None => match self
                    .ordering
                    .step(&self.clustering.tree, &self.similarities)
                {
                    Some(done) => done,
                    None => return false,
                },
            };
            left = left.saturating_sub(done.max(1));
        }
        true
    }

    /// How much is done, 0 to 1.
    pub fn progress(&self) -> f64 {
        let n = self.similarities.n_classes().max(1) as f64;
        let clustered = 1.0 - self.clustering.n_left as f64 / n;
        let clustering = &self.clustering;
        let ordered = match clustering.n_left {
            0 => (self.ordering).progress(&clustering.tree, &clustering.sizes),
            _ => 0.0,
        };
        CLUSTERING_SHARE * clustered + (1.0 - CLUSTERING_SHARE) * ordered
    }

    /// The classes in order: first those that hang together, the group first whose first class
    /// stands first in the artifact; at last those that are confused with none.
    pub fn finish(self) -> Vec<usize> {
        let tree = &self.clustering.tree;
        let mut groups: Vec<Vec<usize>> = self
            .clustering
            .roots
            .iter()
            .map(|root| self.ordering.leaves(tree, &self.similarities, *root))
            .collect();
        groups.sort_by_key(|group| (group.len() == 1, group.iter().min().copied()));
        groups.concat()
    }
}
