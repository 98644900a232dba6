//! The order in which a matrix shows its classes. An order is a permutation of class indices; it
//! never changes a cell.

use std::collections::HashMap;

use crate::{
    analysis::{
        measures::{ClassMeasures, Measures},
        seriation::{Similarities, seriate},
    },
    model::{ConfusionMatrix, Order, natural_order},
};

/// The classes of a matrix in this order; ties stay as in the artifact. The team's own order is not
/// known here: it is the artifact's ([`own_order`]).
pub fn class_order(matrix: &ConfusionMatrix, measures: &Measures, order: Order) -> Vec<usize> {
    let mut classes: Vec<usize> = (0..matrix.n_classes()).collect();
    match order {
        Order::File | Order::Own => {}
        Order::Name => {
            let label = |class: usize| matrix.labels().get(class).map_or("", String::as_str);
            classes.sort_by(|a, b| natural_order(label(*a), label(*b)));
        }
        Order::Support => sort_by_largest(&mut classes, &matrix.actual_totals()),
        Order::Predicted => sort_by_largest(&mut classes, &matrix.predicted_totals()),
        Order::Error => sort_by_largest(&mut classes, &errors(matrix)),
        Order::Recall => sort_by_worst(&mut classes, measures, |it| it.recall),
        Order::Precision => sort_by_worst(&mut classes, measures, |it| it.precision),
        Order::F1 => sort_by_worst(&mut classes, measures, |it| it.f1),
        Order::Similarity => return seriate(Similarities::of(matrix)),
    }
    classes
}

/// The team's own order: its labels first, as listed, then the others as in the artifact.
pub fn own_order(matrix: &ConfusionMatrix, own: &[String]) -> Vec<usize> {
    let mut classes: Vec<usize> = classes_of(matrix, own).into_iter().flatten().collect();
    let mut is_placed = vec![false; matrix.n_classes()];
    classes.retain(|class| !std::mem::replace(&mut is_placed[*class], true));
    classes.extend((0..matrix.n_classes()).filter(|class| !is_placed[*class]));
    classes
}

/// Puts classes to other places by hand: each pair says what is moved, and the label that it then
/// stands before; an empty one is the end. Labels that are not there move nothing.
pub fn move_classes(
    matrix: &ConfusionMatrix,
    classes: &mut Vec<usize>,
    moves: &[(String, String)],
) {
    for (label, before) in moves {
        let place = |label: &str, classes: &[usize]| {
            let class = matrix.class(label)?;
            classes.iter().position(|it| *it == class)
        };
        let Some(from) = place(label, classes) else {
            continue;
        };
        let class = classes.remove(from);
        let to = match before.as_str() {
            "" => Some(classes.len()),
            before => place(before, classes),
        };
        classes.insert(to.unwrap_or(from), class);
    }
}

/// How many of each class are taken for another one.
pub fn errors(matrix: &ConfusionMatrix) -> Vec<f64> {
    let mut errors = vec![0.0; matrix.n_classes()];
    matrix.for_each(&mut |actual, predicted, value| {
        if actual != predicted {
            errors[actual] += value;
        }
    });
    errors
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

/// Lowest first; classes of which it is undefined come last.
fn sort_by_worst(
    classes: &mut [usize],
    measures: &Measures,
    measure: fn(&ClassMeasures) -> Option<f64>,
) {
    let value = |class: &usize| {
        let of_class = measures.classes.get(*class);
        of_class.and_then(measure).unwrap_or(f64::INFINITY)
    };
    classes.sort_by(|a, b| value(a).total_cmp(&value(b)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::nba;

    const ORDERS: [Order; 10] = [
        Order::File,
        Order::Own,
        Order::Name,
        Order::Support,
        Order::Predicted,
        Order::Recall,
        Order::Precision,
        Order::F1,
        Order::Error,
        Order::Similarity,
    ];

    fn labels(matrix: &ConfusionMatrix, order: Order) -> String {
        let classes = class_order(matrix, &Measures::of(matrix), order);
        let label = |class: &usize| matrix.labels()[*class].clone();
        classes.iter().map(label).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_nba_classes_in_each_order() {
        let matrix = nba::now();
        assert_eq!(labels(&matrix, Order::File), "C PF PG SF SG");
        assert_eq!(labels(&matrix, Order::Name), "C PF PG SF SG");
        assert_eq!(labels(&matrix, Order::Support), "SG SF PG PF C");
        assert_eq!(labels(&matrix, Order::Predicted), "PG SG PF SF C");
        assert_eq!(labels(&matrix, Order::Recall), "SF PF SG C PG");
        assert_eq!(labels(&matrix, Order::Precision), "PF SF SG C PG");
        assert_eq!(labels(&matrix, Order::F1), "SF PF SG C PG");
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
    fn an_own_order_and_moves_by_hand() {
        let matrix = nba::now();
        let names = |classes: &[usize]| {
            let label = |class: &usize| matrix.labels()[*class].as_str();
            classes.iter().map(label).collect::<Vec<_>>().join(" ")
        };
        let own = ["SG", "nobody", "C", "SG"].map(str::to_owned);
        let mut classes = own_order(&matrix, &own);
        assert_eq!(names(&classes), "SG C PF PG SF");
        let moves = [("PF", "SG"), ("C", ""), ("X", "C"), ("PG", "X")];
        let moves = moves.map(|(a, b)| (a.to_owned(), b.to_owned()));
        move_classes(&matrix, &mut classes, &moves);
        assert_eq!(names(&classes), "PF SG PG SF C");
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
                let mut classes = class_order(&matrix, &Measures::of(&matrix), order);
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
