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
//! [`EXACT_CLASSES`] each branch therefore keeps only its [`BEAM`] most promising outer leaves, and
//! the order is a very good one instead of the best one.
//!
//! The work is done in steps, so that a page may do it in slices and a worker can tell how far it is.

use crate::model::ConfusionMatrix;

/// Up to so many classes the order of the leaves is the optimal one.
pub const EXACT_CLASSES: usize = 1_200;
/// So many leaves at each end of a branch are looked at above that.
const BEAM: usize = 48;
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

/// A node of the tree of clusters: first the classes, then each merger with what it joined.
struct Tree {
    n_leaves: usize,
    /// Left and right child of each inner node.
    children: Vec<(u32, u32)>,
}

impl Tree {
    fn children(&self, node: usize) -> Option<(usize, usize)> {
        let idx = node.checked_sub(self.n_leaves)?;
        let (left, right) = self.children.get(idx)?;
        Some((*left as usize, *right as usize))
    }
}

/// Average linkage along a chain of nearest neighbours.
struct Clustering {
    tree: Tree,
    /// Of each node that is a cluster now: the others with the sum of similarities, ascending.
    links: Vec<Vec<(u32, f32)>>,
    sizes: Vec<u32>,
    chain: Vec<usize>,
    next: usize,
    is_cluster: Vec<bool>,
    n_left: usize,
    roots: Vec<usize>,
}

impl Clustering {
    fn new(similarities: &Similarities) -> Self {
        let n = similarities.n_classes();
        let links = (0..n).map(|class| similarities.of_class(class).collect());
        Self {
            tree: Tree {
                n_leaves: n,
                children: Vec::new(),
            },
            links: links.collect(),
            sizes: vec![1; n],
            chain: Vec::new(),
            next: 0,
            is_cluster: vec![true; n],
            n_left: n,
            roots: Vec::new(),
        }
    }

    /// One link of the chain; how many operations that took. `None` when nothing is left.
    fn step(&mut self) -> Option<usize> {
        let Some(&last) = self.chain.last() else {
            while !*self.is_cluster.get(self.next)? {
                self.next += 1;
            }
            self.chain.push(self.next);
            return Some(1);
        };
        let before = self.chain.iter().rev().nth(1).copied();
        let n_links = self.links[last].len();
        match self.nearest(last, before) {
            None => {
                // Nothing is confused with it: it is a group of its own.
                self.chain.pop();
                self.is_cluster[last] = false;
                self.n_left -= 1;
                self.roots.push(last);
                Some(1)
            }
            Some(nearest) if Some(nearest) == before => {
                self.chain.truncate(self.chain.len() - 2);
                Some(n_links + self.merge(nearest, last))
            }
            Some(nearest) => {
                self.chain.push(nearest);
                Some(n_links)
            }
        }
    }

    /// The most similar cluster; of several the one before in the chain, else the first.
    fn nearest(&self, node: usize, before: Option<usize>) -> Option<usize> {
        let mut best: Option<(f32, usize)> = None;
        for &(other, sum) in &self.links[node] {
            let other = other as usize;
            // The same from both sides, so that a chain never goes round in a circle.
            let mean = sum / (self.sizes[node] as f32 * self.sizes[other] as f32);
            let is_better = match best {
                None => true,
                Some((known, _)) => mean > known || (mean == known && Some(other) == before),
            };
            if is_better {
                best = Some((mean, other));
            }
        }
        best.map(|(_, other)| other)
    }

    /// Makes one cluster of two.
    fn merge(&mut self, a: usize, b: usize) -> usize {
        let (a, b) = (a.min(b), a.max(b));
        let new = self.links.len();
        let (of_a, of_b) = (
            std::mem::take(&mut self.links[a]),
            std::mem::take(&mut self.links[b]),
        );
        let mut merged: Vec<(u32, f32)> = Vec::with_capacity(of_a.len().max(of_b.len()));
        let (mut left, mut right) = (of_a.into_iter().peekable(), of_b.into_iter().peekable());
        loop {
            let link = match (left.peek(), right.peek()) {
                (None, None) => break,
                (Some(_), None) => left.next(),
                (None, Some(_)) => right.next(),
                (Some(x), Some(y)) if x.0 < y.0 => left.next(),
                (Some(x), Some(y)) if x.0 > y.0 => right.next(),
                _ => left.next().zip(right.next()).map(|(x, y)| (x.0, x.1 + y.1)),
            };
            merged.extend(link.filter(|it| it.0 as usize != a && it.0 as usize != b));
        }
        let mut n_operations = merged.len();
        for &(other, sum) in &merged {
            let of_other = &mut self.links[other as usize];
            n_operations += of_other.len() / 8 + 8;
            for gone in [a, b] {
                if let Ok(at) = of_other.binary_search_by_key(&(gone as u32), |it| it.0) {
                    of_other.remove(at);
                }
            }
            // A new node has the largest number, so that the list stays sorted.
            of_other.push((new as u32, sum));
        }
        self.links.push(merged);
        self.sizes.push(self.sizes[a] + self.sizes[b]);
        self.is_cluster[a] = false;
        self.is_cluster[b] = false;
        self.is_cluster.push(true);
        self.tree.children.push((a as u32, b as u32));
        self.n_left -= 1;
        n_operations
    }
}

/// What the best order of a branch gives for its outer leaves: one of its left child at one end, one
/// of its right child at the other.
#[derive(Default)]
struct Branch {
    left: Vec<u32>,
    right: Vec<u32>,
    /// `left × right`: the sum of similarities of neighbours in between.
    sums: Vec<f32>,
}

impl Branch {
    fn sum(&self, left: usize, right: usize) -> f32 {
        self.sums[left * self.right.len() + right]
    }

    /// Outer leaves of either end.
    fn outer(&self) -> impl Iterator<Item = u32> + '_ {
        self.left.iter().chain(&self.right).copied()
    }

    fn n_outer(&self) -> usize {
        self.left.len() + self.right.len()
    }

    /// The sums of the best orders from an outer leaf to each leaf that can be at the other end, by
    /// place among [`Self::outer`].
    fn from(&self, outer: usize) -> Vec<(usize, f32)> {
        let (n_left, n_right) = (self.left.len(), self.right.len());
        match outer < n_left {
            // A class alone is both ends.
            _ if n_right == 0 => vec![(0, 0.0)],
            true => (0..n_right)
                .map(|right| (n_left + right, self.sum(outer, right)))
                .collect(),
            false => (0..n_left)
                .map(|left| (left, self.sum(left, outer - n_left)))
                .collect(),
        }
    }
}

/// The best order of every branch, from the leaves up.
#[derive(Default)]
struct Ordering {
    branches: Vec<Branch>,
    growing: Option<Growing>,
}

/// A branch in the making: one outer leaf of its left child after the other.
struct Growing {
    branch: Branch,
    left: usize,
    right: usize,
    /// Similarities of leaves that may meet in the middle: for each outer leaf of the left child, the
    /// outer leaves of the right one with it.
    links: Vec<Vec<(u32, f32)>>,
    next: usize,
}

impl Ordering {
    fn progress(&self, tree: &Tree, sizes: &[u32]) -> f64 {
        // The work of a branch is that of its pairs of leaves, more or less.
        let size = |node: u32| f64::from(sizes.get(node as usize).copied().unwrap_or(0));
        let works = tree.children.iter().map(|it| size(it.0) * size(it.1));
        let total: f64 = works.clone().sum();
        let n_done = self.branches.len().saturating_sub(tree.n_leaves);
        let done: f64 = works.clone().take(n_done).sum();
        let part = self.growing.as_ref().map_or(0.0, |it| {
            let part = it.next as f64 / it.branch.left.len().max(1) as f64;
            part * works.clone().nth(n_done).unwrap_or(0.0)
        });
        let is_done = self.branches.len() == tree.n_leaves + tree.children.len();
        if is_done {
            1.0
        } else {
            (done + part) / total.max(1.0)
        }
    }

    /// One outer leaf of one branch; how many operations that took. `None` when all is done.
    fn step(&mut self, tree: &Tree, similarities: &Similarities) -> Option<usize> {
        if let Some(mut growing) = self.growing.take() {
            let n_operations = self.grow(&mut growing);
            match growing.next < growing.branch.left.len() {
                true => self.growing = Some(growing),
                false => self
                    .branches
                    .push(self.trimmed(growing.branch, tree, similarities)),
            }
            return Some(n_operations);
        }
        let node = self.branches.len();
        if node < tree.n_leaves {
            self.branches.push(Branch {
                left: vec![node as u32],
                ..Branch::default()
            });
            return Some(1);
        }
        let (left, right) = tree.children(node)?;
        let links = self.links_between(left, right, similarities);
        let n_operations =
            links.iter().map(Vec::len).sum::<usize>() + self.branches[left].n_outer();
        self.growing = Some(Growing {
            branch: Branch {
                left: self.branches[left].outer().collect(),
                right: self.branches[right].outer().collect(),
                sums: Vec::new(),
            },
            left,
            right,
            links,
            next: 0,
        });
        Some(n_operations)
    }

    /// For each outer leaf of a branch, the similar outer leaves of another.
    fn links_between(
        &self,
        left: usize,
        right: usize,
        similarities: &Similarities,
    ) -> Vec<Vec<(u32, f32)>> {
        let (from, to) = (&self.branches[left], &self.branches[right]);
        // From the side with fewer leaves: a chain-like tree adds one leaf at a time.
        let is_turned = from.n_outer() > to.n_outer();
        let (few, many) = if is_turned { (to, from) } else { (from, to) };
        let mut places = vec![u32::MAX; similarities.n_classes()];
        for (place, class) in many.outer().enumerate() {
            places[class as usize] = place as u32;
        }
        let mut links = vec![Vec::new(); from.n_outer()];
        for (place, class) in few.outer().enumerate() {
            for (other, value) in similarities.of_class(class as usize) {
                let other = places[other as usize];
                if other != u32::MAX {
                    match is_turned {
                        true => links[other as usize].push((place as u32, value)),
                        false => links[place].push((other, value)),
                    }
                }
            }
        }
        links
    }

    /// The best sums with one more outer leaf at the left end.
    fn grow(&self, growing: &mut Growing) -> usize {
        let (left, right) = (&self.branches[growing.left], &self.branches[growing.right]);
        let middles = left.from(growing.next);
        // The best sum up to each leaf of the right child that stands in the middle. Most pairs are
        // not similar at all: they all have the best of what stands before them.
        let none = middles.iter().map(|it| it.1).fold(0.0, f32::max);
        let mut up_to = vec![none; right.n_outer()];
        let mut n_operations = middles.len() + right.n_outer();
        for (middle, sum) in middles {
            for &(other, similarity) in &growing.links[middle] {
                let best = &mut up_to[other as usize];
                *best = best.max(sum + similarity);
            }
            n_operations += growing.links[middle].len();
        }
        let (n_left, n_right) = (right.left.len(), right.right.len());
        let sums = &mut growing.branch.sums;
        let start = sums.len();
        if n_right == 0 {
            sums.extend_from_slice(&up_to);
        } else {
            let (up_to_left, up_to_right) = up_to.split_at(n_left);
            sums.resize(start + n_left + n_right, 0.0);
            let (to_left, to_right) = sums[start..].split_at_mut(n_left);
            // A leaf of one side in the middle has one of the other side at the end.
            for ((of_left, row), best_left) in up_to_left
                .iter()
                .zip(right.sums.chunks(n_right))
                .zip(to_left)
            {
                let mut best = 0.0f32;
                for ((end, of_right), sum) in to_right.iter_mut().zip(up_to_right).zip(row) {
                    *end = end.max(of_left + sum);
                    best = best.max(of_right + sum);
                }
                *best_left = best;
            }
            n_operations += n_left * n_right;
        }
        growing.next += 1;
        n_operations
    }

    /// The branch with the outer leaves that promise most: the best order that ends in one, and how
    /// similar it is to what stands outside.
    fn trimmed(&self, branch: Branch, tree: &Tree, similarities: &Similarities) -> Branch {
        let n_classes = tree.n_leaves;
        if n_classes <= EXACT_CLASSES || branch.left.len().max(branch.right.len()) <= BEAM {
            return branch;
        }
        let mut is_inside = vec![false; n_classes];
        for class in branch.outer() {
            is_inside[class as usize] = true;
        }
        let outside = |class: u32| {
            let others = similarities.of_class(class as usize);
            others
                .filter(|(other, _)| !is_inside[*other as usize])
                .map(|it| it.1)
                .fold(0.0, f32::max)
        };
        let kept = |leaves: &[u32], best: &dyn Fn(usize) -> f32| -> Vec<usize> {
            let promise = |place: usize| best(place) + outside(leaves[place]);
            let mut ranked: Vec<(f32, usize)> = (0..leaves.len())
                .map(|place| (promise(place), place))
                .collect();
            ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            ranked.truncate(BEAM);
            let mut places: Vec<usize> = ranked.into_iter().map(|it| it.1).collect();
            places.sort_unstable();
            places
        };
        let best_of = |places: &mut dyn Iterator<Item = f32>| places.fold(0.0, f32::max);
        let lefts = kept(&branch.left, &|left| {
            best_of(&mut (0..branch.right.len()).map(|right| branch.sum(left, right)))
        });
        let rights = kept(&branch.right, &|right| {
            best_of(&mut (0..branch.left.len()).map(|left| branch.sum(left, right)))
        });
        let sums = lefts
            .iter()
            .flat_map(|left| rights.iter().map(|right| branch.sum(*left, *right)));
        Branch {
            sums: sums.collect(),
            left: lefts.iter().map(|it| branch.left[*it]).collect(),
            right: rights.iter().map(|it| branch.right[*it]).collect(),
        }
    }

    /// The leaves of a tree in the best order, the end first that stands first in the artifact.
    fn leaves(&self, tree: &Tree, similarities: &Similarities, root: usize) -> Vec<usize> {
        let mut order = Vec::new();
        let branch = &self.branches[root];
        let mut best = (f32::MIN, 0, 0);
        for left in 0..branch.left.len() {
            for right in 0..branch.right.len() {
                if branch.sum(left, right) > best.0 {
                    best = (branch.sum(left, right), left, right);
                }
            }
        }
        // Branches still to be laid out, the next one last: node, its first and its last leaf.
        let ends = match branch.right.is_empty() {
            true => (branch.left[0], branch.left[0]),
            false => (branch.left[best.1], branch.right[best.2]),
        };
        let mut waiting = vec![(root, ends.0, ends.1)];
        while let Some((node, first, last)) = waiting.pop() {
            let Some((left, right)) = tree.children(node) else {
                order.push(node);
                continue;
            };
            // The branch is known with its left child first; else it is laid out backwards.
            let is_turned = !self.branches[left].outer().any(|leaf| leaf == first);
            let (from, to) = if is_turned {
                (last, first)
            } else {
                (first, last)
            };
            let (end, start) = self.middle(left, right, from, to, similarities);
            let (one, other) = ((left, from, end), (right, start, to));
            match is_turned {
                false => waiting.extend([other, one]),
                true => waiting.extend([(one.0, one.2, one.1), (other.0, other.2, other.1)]),
            }
        }
        if order.first() > order.last() {
            order.reverse();
        }
        order
    }

    /// The leaves that meet in the middle of a branch whose outer ones are known.
    fn middle(
        &self,
        left: usize,
        right: usize,
        first: u32,
        last: u32,
        similarities: &Similarities,
    ) -> (u32, u32) {
        let (of_left, of_right) = (&self.branches[left], &self.branches[right]);
        let place = |branch: &Branch, leaf: u32| branch.outer().position(|it| it == leaf);
        let leaf = |branch: &Branch, place: usize| branch.outer().nth(place).unwrap_or_default();
        let ends = of_left.from(place(of_left, first).unwrap_or_default());
        let starts = of_right.from(place(of_right, last).unwrap_or_default());
        let links = self.links_between(left, right, similarities);
        let mut sums_of_starts = vec![None; of_right.n_outer()];
        let mut best_start = (f32::MIN, 0);
        for &(start, sum) in &starts {
            sums_of_starts[start] = Some(sum);
            if sum > best_start.0 {
                best_start = (sum, start);
            }
        }
        let mut best = (f32::MIN, 0, 0);
        for (end, sum) in ends {
            if sum + best_start.0 > best.0 {
                best = (sum + best_start.0, end, best_start.1);
            }
            for &(start, similarity) in &links[end] {
                if let Some(of_start) = sums_of_starts[start as usize]
                    && sum + similarity + of_start > best.0
                {
                    best = (sum + similarity + of_start, end, start as usize);
                }
            }
        }
        (leaf(of_left, best.1), leaf(of_right, best.2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{analysis::nba, model::MatrixKind};

    /// Numbers that look random: the same ones each time.
    fn random(seed: u64) -> impl FnMut(u64) -> u64 {
        let mut state = seed;
        move |below| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        }
    }

    /// `n` classes in blocks, dealt out at random: many are confused within a block, few outside.
    fn planted(n: usize, n_blocks: usize, seed: u64) -> (ConfusionMatrix, Vec<usize>) {
        let mut random = random(seed);
        let mut blocks: Vec<usize> = (0..n).map(|class| class % n_blocks).collect();
        for at in (1..n).rev() {
            blocks.swap(at, random(at as u64 + 1) as usize);
        }
        let mut filled = Vec::new();
        for (actual, of_actual) in blocks.iter().enumerate() {
            for (predicted, of_predicted) in blocks.iter().enumerate() {
                let count = match (actual == predicted, of_actual == of_predicted) {
                    (true, _) => 200 + random(50),
                    (_, true) => 4 + random(9),
                    _ => random(60) / 58,
                };
                if count > 0 {
                    filled.push((actual, predicted, count as f64));
                }
            }
        }
        let labels = (0..n).map(|class| class.to_string()).collect();
        let matrix = ConfusionMatrix::from_filled(labels, filled, MatrixKind::Counts);
        (matrix.unwrap(), blocks)
    }

    fn sum_of_neighbours(similarities: &Similarities, order: &[usize]) -> f64 {
        let pair = |pair: &[usize]| {
            let mut others = similarities.of_class(pair[0]);
            let found = others.find(|(other, _)| *other as usize == pair[1]);
            found.map_or(0.0, |it| f64::from(it.1))
        };
        order.windows(2).map(pair).sum()
    }

    #[test]
    fn similarity_is_the_share_of_both_that_is_mixed_up() {
        let similarities = Similarities::of(&nba::now());
        // Small and power forwards: 14 and 7 of 36 and 33.
        let found = similarities.of_class(3).find(|it| it.0 == 1).unwrap();
        assert!((f64::from(found.1) - 21.0 / 69.0).abs() < 1e-7);
        assert_eq!(similarities.others.len(), 18, "9 of 10 pairs happen");
    }

    #[test]
    fn planted_blocks_stand_together() {
        for (n, n_blocks, seed) in [(12, 3, 1), (60, 6, 2), (150, 10, 3), (400, 20, 4)] {
            let (matrix, blocks) = planted(n, n_blocks, seed);
            let order = seriate(Similarities::of(&matrix));
            let along: Vec<usize> = order.iter().map(|class| blocks[*class]).collect();
            let n_changes = along.windows(2).filter(|pair| pair[0] != pair[1]).count();
            assert_eq!(n_changes, n_blocks - 1, "{n} classes");
        }
    }

    #[test]
    fn above_the_exact_sizes_blocks_stand_together_too() {
        let (matrix, blocks) = planted(EXACT_CLASSES + 200, 28, 5);
        let order = seriate(Similarities::of(&matrix));
        let along: Vec<usize> = order.iter().map(|class| blocks[*class]).collect();
        let n_changes = along.windows(2).filter(|pair| pair[0] != pair[1]).count();
        assert_eq!(n_changes, 27);
    }

    /// A chain of classes, each confused with the next one, dealt out at random, comes back.
    #[test]
    fn a_hidden_chain_is_found() {
        let n = 90;
        let mut random = random(9);
        let mut chain: Vec<usize> = (0..n).collect();
        for at in (1..n).rev() {
            chain.swap(at, random(at as u64 + 1) as usize);
        }
        let mut values = vec![0.0; n * n];
        for class in 0..n {
            values[class * n + class] = 100.0;
        }
        for pair in chain.windows(2) {
            values[pair[0] * n + pair[1]] = 10.0;
        }
        let labels = (0..n).map(|class| class.to_string()).collect();
        let matrix = ConfusionMatrix::from_dense(labels, values, MatrixKind::Counts).unwrap();
        let mut order = seriate(Similarities::of(&matrix));
        if order[0] != chain[0] {
            order.reverse();
        }
        assert_eq!(order, chain);
    }

    /// Of all orders that turn nothing but branches of the same tree, none is better.
    #[test]
    fn the_order_of_the_leaves_is_the_optimal_one() {
        let mut random = random(11);
        for n in 2..=9usize {
            let values = (0..n * n).map(|_| random(20) as f64).collect();
            let labels = (0..n).map(|class| class.to_string()).collect();
            let matrix = ConfusionMatrix::from_dense(labels, values, MatrixKind::Counts).unwrap();
            let mut work = Seriation::new(Similarities::of(&matrix));
            while work.step(1) {}
            let tree = &work.clustering.tree;
            assert_eq!(work.clustering.roots.len(), 1);
            let root = work.clustering.roots[0];
            let mut best = 0.0f64;
            for turns in 0..1u32 << (n - 1) {
                let mut order = Vec::new();
                let mut waiting = vec![root];
                while let Some(node) = waiting.pop() {
                    match tree.children(node) {
                        None => order.push(node),
                        Some((left, right)) if turns >> (node - n) & 1 == 0 => {
                            waiting.extend([right, left]);
                        }
                        Some((left, right)) => waiting.extend([left, right]),
                    }
                }
                best = best.max(sum_of_neighbours(&work.similarities, &order));
            }
            let similarities = work.similarities.clone();
            let found = sum_of_neighbours(&similarities, &work.finish());
            assert!(
                (found - best).abs() < 1e-5,
                "{n} classes: {found} of {best}"
            );
        }
    }

    #[test]
    fn classes_that_are_never_confused_come_last() {
        let labels: Vec<String> = (0..6).map(|class| class.to_string()).collect();
        let filled = vec![
            (0, 0, 3.0),
            (1, 4, 2.0),
            (2, 2, 1.0),
            (3, 5, 1.0),
            (4, 4, 5.0),
        ];
        let matrix = ConfusionMatrix::from_filled(labels, filled, MatrixKind::Counts).unwrap();
        assert_eq!(seriate(Similarities::of(&matrix)), [1, 4, 3, 5, 0, 2]);
        let nothing = Similarities::default();
        assert_eq!(seriate(nothing), Vec::<usize>::new());
    }

    #[test]
    fn progress_runs_from_nothing_to_all() {
        let (matrix, _) = planted(120, 4, 6);
        let mut work = Seriation::new(Similarities::of(&matrix));
        let mut last = work.progress();
        assert_eq!(last, 0.0);
        while work.step(2_000) {
            assert!(work.progress() >= last, "{last}");
            last = work.progress();
        }
        assert!((work.progress() - 1.0).abs() < 1e-9);
    }
}
