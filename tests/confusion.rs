//! What is done to a matrix for show never changes what it counts: over random matrices, labels and
//! choices, collapsing, ordering, moving, transposing and exporting keep every total.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use careo::{
    analysis::{
        aligned::Aligned,
        cell_samples::Noise,
        class_order::{class_order, move_classes, own_order},
        groups::{Groups, merged},
        heatmap::{Choice, heatmap},
        matrix_text::{Seen, to_cell_csv, to_csv, to_json},
        measures::Measures,
        picture::{Drawn, Painting, Part},
    },
    model::{ConfusionMatrix, MatrixKind, Order, Scale},
};
use proptest::prelude::*;

/// A matrix of up to 90 classes, dense or sparse, some of whose labels make groups.
fn matrices() -> impl Strategy<Value = ConfusionMatrix> {
    (1usize..90, 0u32..100, any::<u64>()).prop_map(|(n, share_of_zeros, seed)| {
        let mut state = seed;
        let mut random = move |below: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let labels = (0..n)
            .map(|class| match random(3) {
                0 => format!("g{}/{class}", random(4)),
                1 => format!("g{}/h{}/{class}", random(2), random(2)),
                _ => class.to_string(),
            })
            .collect();
        let mut filled = Vec::new();
        for actual in 0..n {
            for predicted in 0..n {
                if random(100) >= u64::from(share_of_zeros) {
                    filled.push((actual, predicted, (1 + random(50)) as f64));
                }
            }
        }
        ConfusionMatrix::from_filled(labels, filled, MatrixKind::Counts).unwrap()
    })
}

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

/// The numbers of a CSV, header and labels left out. Labels here have no commas.
fn sum_of_csv(csv: &str, n_labels: usize) -> f64 {
    let numbers = |line: &str| -> f64 {
        line.split(',')
            .skip(n_labels)
            .map(|it| it.parse::<f64>().unwrap())
            .sum()
    };
    csv.lines().skip(1).map(numbers).sum()
}

proptest! {
    #[test]
    fn closing_groups_keeps_every_total(
        matrix in matrices(),
        closed in prop::collection::vec(prop::sample::select(vec!["g0", "g1", "g0/h1", "g3", "gone"]), 0..4),
    ) {
        let groups = Groups::by_separator(matrix.labels(), "/");
        let closed: Vec<String> = closed.into_iter().map(str::to_owned).collect();
        if let Some(found) = merged(&matrix, &groups, &closed) {
            prop_assert_eq!(found.matrix.total(), matrix.total());
            let mut sums = vec![0.0; found.matrix.n_classes()];
            for (class, total) in matrix.actual_totals().into_iter().enumerate() {
                sums[found.class_of[class]] += total;
            }
            prop_assert_eq!(sums, found.matrix.actual_totals());
            // More is right where classes that were confused are one.
            prop_assert!(found.matrix.trace() >= matrix.trace());
        }
    }

    #[test]
    fn order_and_transposition_keep_every_total(
        matrix in matrices(),
        order in prop::sample::select(ORDERS.to_vec()),
        is_transposed in any::<bool>(),
        moves in prop::collection::vec((0usize..100, 0usize..100), 0..4),
        pixels in 1usize..200,
    ) {
        let measures = Measures::of(&matrix);
        let mut classes = match order {
            Order::Own => own_order(&matrix, &matrix.labels()[matrix.n_classes() / 2..]),
            order => class_order(&matrix, &measures, order),
        };
        let label = |idx: usize| matrix.labels().get(idx).cloned().unwrap_or_default();
        let moves: Vec<_> = moves.into_iter().map(|(a, b)| (label(a), label(b))).collect();
        move_classes(&matrix, &mut classes, &moves);
        let mut sorted = classes.clone();
        sorted.sort_unstable();
        prop_assert_eq!(sorted, (0..matrix.n_classes()).collect::<Vec<_>>());

        let choice = Choice { classes: classes.clone(), is_transposed, ..Choice::default() };
        let map = heatmap(&matrix, &choice);
        let total: f64 = map.cells.iter().map(|cell| cell.count).sum();
        prop_assert_eq!(total, matrix.total());

        // Exports.
        prop_assert_eq!(sum_of_csv(&to_csv(&map, matrix.labels(), "x"), 1), matrix.total());
        prop_assert_eq!(sum_of_csv(&to_cell_csv(&matrix, &classes, Seen::default()), 2), matrix.total());
        let json: serde_json::Value = serde_json::from_str(&to_json(&matrix, &map, Seen::default())).unwrap();
        let rows = json["confusion_matrix"].as_array().unwrap();
        let cells = rows.iter().flat_map(|row| row.as_array().unwrap());
        let sum: f64 = cells.map(|cell| cell.as_f64().unwrap()).sum();
        prop_assert_eq!(sum, matrix.total());

        // The picture shows a pixel for each filled cell, as far as there are pixels.
        let noise = Noise::Unknown;
        let drawn = Drawn { matrix: &matrix, baseline: None, noise: &noise };
        let mut painting = Painting::new(drawn, &choice);
        while painting.step(drawn, 7) {}
        let picture = painting.finish();
        let n = matrix.n_classes();
        let image = picture.image(Part {
            x: 0.0, y: 0.0, width: n as f64, height: n as f64, columns: pixels, rows: pixels,
        });
        let n_seen = image.codes.iter().filter(|code| **code != 0).count();
        match pixels >= n {
            true => prop_assert_eq!(n_seen, matrix.n_filled()),
            false => prop_assert!(n_seen <= matrix.n_filled() && (n_seen > 0) == (matrix.n_filled() > 0)),
        }
    }

    #[test]
    fn a_difference_is_that_of_the_totals(now in matrices(), before in matrices()) {
        let aligned = Aligned::new(&now, &before).unwrap();
        prop_assert_eq!(aligned.current.total(), now.total());
        prop_assert_eq!(aligned.baseline.total(), before.total());
        let choice = Choice {
            classes: (0..aligned.current.n_classes()).collect(),
            scale: Scale::Quantile,
            ..Choice::default()
        };
        let map = careo::analysis::heatmap::difference(&aligned.current, &aligned.baseline, &choice);
        let sum: f64 = map.cells.iter().filter_map(|cell| cell.value).sum();
        // What one side doesn't have says nothing of a change.
        let [now, before] = [aligned.current, aligned.baseline].map(|it| it.actual_totals());
        let both = now.iter().zip(&before).filter(|(now, before)| **now > 0.0 && **before > 0.0);
        prop_assert_eq!(sum, both.map(|(now, before)| now - before).sum::<f64>());
    }
}
