use super::*;
use crate::{
    analysis::nba,
    model::{MatrixKind, MatrixParts},
};

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

#[test]
fn a_matrix_that_was_handed_over_in_lists_has_the_same_order() {
    for (matrix, n) in [(nba::now(), 5), (planted(90, 9, 4).0, 90)] {
        let (row_starts, columns, values) = matrix.lists();
        let parts = MatrixParts {
            row_starts,
            columns: columns.to_vec(),
            values: values.to_vec(),
        };
        let again = ConfusionMatrix::from_lists(parts.clone()).unwrap();
        assert_eq!(again.n_classes(), n);
        assert_eq!(Similarities::of(&again), Similarities::of(&matrix));
        let mut short = parts;
        short.values.pop();
        assert_eq!(ConfusionMatrix::from_lists(short), None);
    }
    assert_eq!(ConfusionMatrix::from_lists(MatrixParts::default()), None);
}
