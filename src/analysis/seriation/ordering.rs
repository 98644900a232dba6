//! The order of the leaves of a tree of clusters.

use super::{EXACT_CLASSES, Similarities, clustering::Tree};

/// So many leaves at each end of a branch are looked at where there are too many for all.
const BEAM: usize = 48;

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
pub(super) struct Ordering {
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
    /// How much is done, 0 to 1.
    pub fn progress(&self, tree: &Tree, sizes: &[u32]) -> f64 {
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
    pub fn step(&mut self, tree: &Tree, similarities: &Similarities) -> Option<usize> {
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
    pub fn leaves(&self, tree: &Tree, similarities: &Similarities, root: usize) -> Vec<usize> {
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
