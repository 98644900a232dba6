//! The order in which a matrix shows its classes. An order is a permutation of class indices; it
//! never changes a cell.

use std::{cmp::Ordering, collections::HashMap};

use crate::model::{ConfusionMatrix, Order, natural_order};

/// The classes of a matrix in this order; ties stay as in the artifact.
pub fn class_order(matrix: &ConfusionMatrix, order: Order) -> Vec<usize> {
    let mut classes: Vec<usize> = (0..matrix.n_classes()).collect();
    match order {
        Order::File => {}
        Order::Name => {
            let label = |class: usize| matrix.labels().get(class).map_or("", String::as_str);
            classes.sort_by(|a, b| natural_order(label(*a), label(*b)));
        }
        Order::Support => sort_by_largest(&mut classes, &matrix.actual_totals()),
        Order::Error => {
            let mut errors = matrix.actual_totals();
            for (class, n_wrong) in errors.iter_mut().enumerate() {
                *n_wrong -= matrix.get(class, class);
            }
            sort_by_largest(&mut classes, &errors);
        }
        Order::Similarity => return by_similarity(matrix),
    }
    classes
}

/// Where each label stands in another matrix; `None` where it doesn't.
pub fn classes_of(matrix: &ConfusionMatrix, labels: &[String]) -> Vec<Option<usize>> {
    if matrix.labels() == labels {
        return (0..labels.len()).map(Some).collect();
    }
    let known: HashMap<&str, usize> = matrix
        .labels()
        .iter()
        .enumerate()
        .map(|(class, label)| (label.as_str(), class))
        .collect();
    labels
        .iter()
        .map(|label| known.get(label.as_str()).copied())
        .collect()
}

fn sort_by_largest(classes: &mut [usize], sizes: &[f64]) {
    let size = |class: &usize| sizes.get(*class).copied().unwrap_or(0.0);
    classes.sort_by(|a, b| size(b).total_cmp(&size(a)));
}

/// Confused classes side by side: a chain that starts with the pair that is confused most and
/// grows at whichever end has the closest class left (nearest neighbour at both ends).
///
/// Closeness is the share of both classes' samples that is taken for the other one, so that large
/// classes don't attract everything. When nothing left is confused with either end, the chain goes
/// on with the most confused pair that is left. Chosen over optimal leaf ordering since it needs no
/// tree, takes a class only once for each confusion it has, and reads well at the sizes shown
/// as tables. The end that stands first in the artifact comes first.
fn by_similarity(matrix: &ConfusionMatrix) -> Vec<usize> {
    let n = matrix.n_classes();
    let links = links(matrix);
    let mut strongest: Vec<(usize, Link)> = links
        .iter()
        .enumerate()
        .flat_map(|(class, of)| of.iter().map(move |link| (class, *link)))
        .filter(|(class, link)| *class < link.other)
        .collect();
    strongest.sort_by(|a, b| closest_first(&a.1, &b.1));
    let mut is_placed = vec![false; n];
    let mut order = Vec::with_capacity(n);
    for (first, link) in strongest {
        if is_placed[first] || is_placed[link.other] {
            continue;
        }
        order.extend(chain(first, link.other, &links, &mut is_placed));
    }
    order.extend((0..n).filter(|class| !is_placed[*class]));
    order
}

/// How close another class is.
#[derive(Clone, Copy)]
struct Link {
    other: usize,
    closeness: f64,
}

fn closest_first(a: &Link, b: &Link) -> Ordering {
    b.closeness.total_cmp(&a.closeness)
}

/// The classes that each class is confused with, closest first, then as in the artifact.
fn links(matrix: &ConfusionMatrix) -> Vec<Vec<Link>> {
    let totals = matrix.actual_totals();
    let mut links: Vec<Vec<Link>> = vec![Vec::new(); totals.len()];
    for pair in super::confusions::mutual(matrix, None) {
        let closeness = pair.share.rate().unwrap_or(0.0);
        for (class, other) in [(pair.first, pair.second), (pair.second, pair.first)] {
            links[class].push(Link { other, closeness });
        }
    }
    for of in &mut links {
        of.sort_by(|a, b| closest_first(a, b).then(a.other.cmp(&b.other)));
    }
    links
}

/// A chain that starts with two classes and takes in every class that is confused with an end.
fn chain(
    first: usize,
    second: usize,
    links: &[Vec<Link>],
    is_placed: &mut [bool],
) -> impl Iterator<Item = usize> + use<> {
    let (mut left, mut right) = (vec![first], vec![second]);
    is_placed[first] = true;
    is_placed[second] = true;
    loop {
        let next = |end: &[usize]| {
            let free = |link: &&Link| !is_placed[link.other];
            end.last().and_then(|class| links[*class].iter().find(free))
        };
        let (at_left, at_right) = (next(&left).copied(), next(&right).copied());
        let is_left = match (&at_left, &at_right) {
            (Some(a), Some(b)) => a.closeness > b.closeness,
            (Some(_), None) => true,
            _ => false,
        };
        let Some(link) = (if is_left { at_left } else { at_right }) else {
            break;
        };
        is_placed[link.other] = true;
        if is_left { &mut left } else { &mut right }.push(link.other);
    }
    if left.last() > right.last() {
        (left, right) = (right, left);
    }
    left.into_iter().rev().chain(right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::nba;

    const ORDERS: [Order; 5] = [
        Order::File,
        Order::Name,
        Order::Support,
        Order::Error,
        Order::Similarity,
    ];

    fn labels(matrix: &ConfusionMatrix, order: Order) -> String {
        let classes = class_order(matrix, order);
        let label = |class: &usize| matrix.labels()[*class].clone();
        classes.iter().map(label).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_nba_classes_in_each_order() {
        let matrix = nba::now();
        assert_eq!(labels(&matrix, Order::File), "C PF PG SF SG");
        assert_eq!(labels(&matrix, Order::Name), "C PF PG SF SG");
        assert_eq!(labels(&matrix, Order::Support), "SG SF PG PF C");
        assert_eq!(labels(&matrix, Order::Error), "SF SG PF PG C");
        // Big men at one end, guards at the other.
        assert_eq!(labels(&matrix, Order::Similarity), "C PF SF SG PG");
    }

    #[test]
    fn names_sort_naturally() {
        let names = ["class 10", "class 9", "Class 1"].map(str::to_owned);
        let matrix = ConfusionMatrix::from_dense(
            names.to_vec(),
            vec![0.0; 9],
            crate::model::MatrixKind::Counts,
        );
        let matrix = matrix.unwrap();
        assert_eq!(labels(&matrix, Order::Name), "Class 1 class 9 class 10");
        assert_eq!(
            labels(&matrix, Order::Similarity),
            "class 10 class 9 Class 1"
        );
    }

    #[test]
    fn planted_blocks_stand_together() {
        // 12 classes in 3 blocks, dealt out in turn: class i belongs to block i % 3.
        let n = 12;
        let labels: Vec<String> = (0..n).map(|it| it.to_string()).collect();
        let value = |row: usize, column: usize| match (row == column, row % 3 == column % 3) {
            (true, _) => 50.0,
            (_, true) => 8.0 + ((row * 7 + column * 5) % 3) as f64,
            _ => ((row + 2 * column) % 2) as f64,
        };
        let values = (0..n * n).map(|idx| value(idx / n, idx % n)).collect();
        let kind = crate::model::MatrixKind::Counts;
        let matrix = ConfusionMatrix::from_dense(labels, values, kind).unwrap();
        let blocks: Vec<usize> = class_order(&matrix, Order::Similarity)
            .iter()
            .map(|class| class % 3)
            .collect();
        let n_changes = blocks.windows(2).filter(|pair| pair[0] != pair[1]).count();
        assert_eq!(n_changes, 2, "{blocks:?}");
    }

    #[test]
    fn every_order_is_a_permutation() {
        let mut seed = 1u64;
        let mut random = move |below: u64| {
            seed = seed
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            (seed >> 33) % below
        };
        for n in 1..=40usize {
            let labels: Vec<String> = (0..n).map(|it| format!("k{}", n - it)).collect();
            let values = (0..n * n).map(|_| random(4).saturating_sub(1) as f64);
            let kind = crate::model::MatrixKind::Counts;
            let matrix = ConfusionMatrix::from_dense(labels, values.collect(), kind).unwrap();
            for order in ORDERS {
                let mut classes = class_order(&matrix, order);
                classes.sort_unstable();
                assert_eq!(
                    classes,
                    (0..n).collect::<Vec<_>>(),
                    "{order:?}, {n} classes"
                );
            }
        }
    }
}
