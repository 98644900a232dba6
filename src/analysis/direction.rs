//! Which way a metric gets better: what the team set, else what its name says.

use crate::model::{ColumnKind, Direction, Report};

/// Words of metric names where more is better.
const HIGHER: &[&str] = &[
    "accuracy",
    "acc",
    "recall",
    "precision",
    "f1",
    "f2",
    "fbeta",
    "fscore",
    "auc",
    "auroc",
    "rocauc",
    "prauc",
    "auprc",
    "aucpr",
    "ap",
    "map",
    "map50",
    "map5095",
    "miou",
    "iou",
    "dice",
    "jaccard",
    "r2",
    "explainedvariance",
    "mcc",
    "matthews",
    "kappa",
    "ndcg",
    "mrr",
    "hit",
    "hits",
    "bleu",
    "rouge",
    "rouge1",
    "rouge2",
    "rougel",
    "meteor",
    "sensitivity",
    "specificity",
    "tpr",
    "tnr",
    "npv",
    "ppv",
    "score",
    "gini",
    "ks",
    "correct",
    "correlation",
    "pearson",
    "spearman",
    "psnr",
    "ssim",
    "throughput",
    "lift",
    "likelihood",
    "reward",
    "silhouette",
    "top1",
    "top5",
    "top10",
];

/// Words of metric names where less is better; these win over [`HIGHER`]: `r2_loss` is a loss.
const LOWER: &[&str] = &[
    "loss",
    "losses",
    "logloss",
    "error",
    "errors",
    "err",
    "rmse",
    "mse",
    "mae",
    "mape",
    "smape",
    "wape",
    "msle",
    "rmsle",
    "medae",
    "mdape",
    "nrmse",
    "mase",
    "latency",
    "brier",
    "perplexity",
    "ppl",
    "wer",
    "cer",
    "eer",
    "ter",
    "fid",
    "fpr",
    "fnr",
    "fdr",
    "ece",
    "entropy",
    "crossentropy",
    "deviance",
    "hinge",
    "nll",
    "aic",
    "bic",
    "hamming",
    "misclassified",
    "wrong",
    "residual",
    "residuals",
    "pinball",
    "crps",
    "divergence",
    "kl",
    "distance",
    "impurity",
];

/// Which way a column gets better: settings first (the last line that names it wins), then what
/// the report states, then well-known words of its name; always unknown but for metrics.
pub fn direction_of(report: &Report, column: usize) -> Direction {
    let Some(metric) = report.columns.get(column) else {
        return Direction::Unknown;
    };
    if metric.kind != ColumnKind::Metric {
        return Direction::Unknown;
    }
    let set = report.settings.directions.iter().rev();
    let mut set = set.filter(|(name, _)| is_named(report, column, name));
    if let Some((_, direction)) = set.next() {
        return *direction;
    }
    if metric.direction != Direction::Unknown {
        return metric.direction;
    }
    // The last key decides; the ones above speak only where it says nothing: `loss.train`.
    let mut keys = metric.id.path.iter().rev().map(|key| of_name(key));
    let known = keys.find(|direction| *direction != Direction::Unknown);
    known.unwrap_or_else(|| match metric.id.path.is_empty() {
        true => of_name(file_stem(&metric.id.file)),
        false => Direction::Unknown,
    })
}

/// What the words of a name say: `test_accuracy`, `valLoss`, `val/roc-auc`, `mAP@0.5`.
pub fn of_name(name: &str) -> Direction {
    let words = words_of(name);
    let pairs = words.windows(2).map(|pair| pair.concat());
    let all: Vec<String> = words.iter().cloned().chain(pairs).collect();
    let has = |known: &[&str]| all.iter().any(|word| known.contains(&word.as_str()));
    // scikit-learn's shares of what is explained: `d2_absolute_error_score`.
    let is_lower = has(LOWER) && !has(&["d2"]);
    let is_likelihood = has(&["likelihood"]);
    let is_lower = is_lower || (is_likelihood && has(&["negative"]));
    // And its turned signs: `neg_mean_squared_error`. `neg_recall` may be a class's.
    let is_turned = has(&["neg"]) && (is_lower || is_likelihood);
    if is_lower != is_turned {
        Direction::LowerIsBetter
    } else if is_lower || has(HIGHER) || has(&["d2"]) {
        Direction::HigherIsBetter
    } else {
        Direction::Unknown
    }
}

/// Whether a name of the settings means that column: a name without a unique column means every
/// metric whose key path ends so (`acc` for `train.json:acc` and `test.json:acc`).
fn is_named(report: &Report, column: usize, name: &str) -> bool {
    if let Some(found) = report.find_column(name) {
        return found == column;
    }
    let full = report.columns.get(column).map(|it| it.id.full());
    full.is_some_and(|full| {
        full.strip_suffix(name)
            .is_some_and(|before| before.is_empty() || before.ends_with(['.', ':', '/']))
    })
}

/// Lower-case words: parted at what is neither letter nor digit, and where `valLoss` turns (but
/// not after one letter: `mAP`).
pub(super) fn words_of(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut n_lower = 0;
    for letter in name.chars() {
        if !letter.is_alphanumeric() || (letter.is_ascii_uppercase() && n_lower > 1) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| letter.is_alphanumeric()) {
            word.push(letter.to_ascii_lowercase());
        }
        n_lower = match letter.is_ascii_lowercase() {
            true => n_lower + 1,
            false => 0,
        };
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The name of a file up to its first point.
pub(super) fn file_stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cells, Column, ColumnId};

    #[test]
    fn names_tell_a_direction_by_whole_words() {
        use Direction::{HigherIsBetter as Up, LowerIsBetter as Down, Unknown};
        let cases = [
            ("test_accuracy", Up),
            ("val/roc-auc", Up),
            ("mAP@0.5", Up),
            ("macroF1", Up),
            ("valAUC", Up),
            ("R2", Up),
            ("roc_auc", Up),
            ("f1-score", Up),
            ("top1", Up),
            ("valLoss", Down),
            ("RMSE", Down),
            ("log_loss", Down),
            ("error_rate", Down),
            ("r2_loss", Down),
            ("p95_latency_ms", Down),
            ("accuracy_error", Down),
            ("epoch", Unknown),
            ("closs", Unknown),
            ("mapping", Unknown),
            ("", Unknown),
            ("n_samples", Unknown),
            ("maestro", Unknown),
            // Signs that are turned, and classes that are called so.
            ("neg_mean_squared_error", Up),
            ("test_neg_log_loss", Up),
            ("neg_brier_score", Up),
            ("neg_negative_likelihood_ratio", Up),
            ("positive_likelihood_ratio", Up),
            ("log_likelihood", Up),
            ("neg_log_likelihood", Down),
            ("negative_log_likelihood", Down),
            ("neg_recall", Up),
            ("false_neg", Unknown),
            ("d2_absolute_error_score", Up),
            ("d2_pinball_score", Up),
            ("explained_variance", Up),
            ("gini_impurity", Down),
        ];
        for (name, expected) in cases {
            assert_eq!(of_name(name), expected, "{name}");
        }
    }

    #[test]
    fn settings_win_and_keys_above_speak_last() {
        let column = |file: &str, path: &[&str], kind| Column {
            id: ColumnId::new(file, path),
            kind,
            direction: Direction::Unknown,
            cells: Cells::default(),
            sources: Vec::new(),
        };
        let mut report = Report {
            columns: vec![
                column("m.json", &["a", "score"], ColumnKind::Metric),
                column("m.json", &["b", "score"], ColumnKind::Metric),
                column("m.json", &["loss", "train"], ColumnKind::Metric),
                column("p.yaml", &["loss"], ColumnKind::Param),
                column("out/rmse.txt", &[], ColumnKind::Metric),
            ],
            ..Report::default()
        };
        let found = |report: &Report| [0, 1, 2, 3, 4, 9].map(|idx| direction_of(report, idx));
        use Direction::{HigherIsBetter as Up, LowerIsBetter as Down, Unknown};
        assert_eq!(found(&report), [Up, Up, Down, Unknown, Down, Unknown]);
        report.settings.directions = vec![("score".into(), Down), ("a.score".into(), Up)];
        assert_eq!(found(&report), [Up, Down, Down, Unknown, Down, Unknown]);
    }
}
