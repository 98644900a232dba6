//! The NBA case's two matrices, for tests: rows actual, 176 players.

use crate::model::ConfusionMatrix;

/// Centre, power forward, point guard, small forward, shooting guard.
pub(crate) const LABELS: [&str; 5] = ["C", "PF", "PG", "SF", "SG"];

/// The candidate, C = 120.
pub(crate) fn now() -> ConfusionMatrix {
    matrix([
        [19, 5, 0, 2, 2],
        [11, 12, 1, 7, 2],
        [0, 0, 24, 5, 6],
        [2, 14, 2, 12, 6],
        [1, 4, 10, 9, 20],
    ])
}

/// The baseline, C = 10.
pub(crate) fn before() -> ConfusionMatrix {
    matrix([
        [20, 4, 0, 2, 2],
        [11, 13, 0, 8, 1],
        [0, 0, 26, 5, 4],
        [3, 12, 1, 13, 7],
        [1, 3, 9, 10, 21],
    ])
}

fn matrix(rows: [[u32; 5]; 5]) -> ConfusionMatrix {
    let rows: Vec<Vec<f64>> = rows
        .iter()
        .map(|row| row.iter().map(|count| f64::from(*count)).collect())
        .collect();
    ConfusionMatrix::from_rows(LABELS.map(str::to_owned).to_vec(), &rows).unwrap()
}
