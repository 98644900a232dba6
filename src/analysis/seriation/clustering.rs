//! The tree of clusters.

use super::Similarities;

/// A node of the tree of clusters: first the classes, then each merger with what it joined.
pub(super) struct Tree {
    pub n_leaves: usize,
    /// Left and right child of each inner node.
    pub children: Vec<(u32, u32)>,
}

impl Tree {
    /// The left and the right child of a node; `None` of a class.
    pub fn children(&self, node: usize) -> Option<(usize, usize)> {
        let idx = node.checked_sub(self.n_leaves)?;
        let (left, right) = self.children.get(idx)?;
        Some((*left as usize, *right as usize))
    }
}

/// Average linkage along a chain of nearest neighbours.
pub(super) struct Clustering {
    pub tree: Tree,
    /// Of each node that is a cluster now: the others with the sum of similarities, ascending.
    links: Vec<Vec<(u32, f32)>>,
    /// The number of classes of each node.
    pub sizes: Vec<u32>,
    chain: Vec<usize>,
    next: usize,
    is_cluster: Vec<bool>,
    /// Clusters that are still to be merged, or to be found alone.
    pub n_left: usize,
    /// The tops of the trees.
    pub roots: Vec<usize>,
}

impl Clustering {
    pub fn new(similarities: &Similarities) -> Self {
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
    pub fn step(&mut self) -> Option<usize> {
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
