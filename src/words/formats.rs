//! The formats that are read, as `careo formats` lists them. English, as help is.

/// The reader's id, what it reads, and what such files are called; as in `docs/FORMATS.md`.
pub const FORMATS: [(&str, &str, &str); 19] = [
    ("careo-bundle", "our own report", "report.json"),
    ("dvc-exp-show", "dvc exp show --json", "any"),
    ("dvc-exp-show-csv", "dvc exp show --csv", "any"),
    ("dvc-metrics-show", "dvc metrics show --json", "any"),
    (
        "dvc-diff",
        "dvc metrics diff, params diff, exp diff with --json",
        "metrics-diff*.json… for an empty one",
    ),
    (
        "dvc-plots",
        "dvc plots show and plots diff with --json, with and without --split; --show-vega",
        "any",
    ),
    (
        "dvclive-metrics",
        "DVCLive's summary",
        "dvclive/metrics.json",
    ),
    (
        "dvclive-plots",
        "DVCLive's scikit-learn plots",
        "plots/sklearn/*.json",
    ),
    (
        "dvclive-series",
        "DVCLive's history of a metric",
        "plots/metrics/**.tsv",
    ),
    (
        "sklearn-report",
        "classification_report(output_dict=True)",
        "classification_report*.json",
    ),
    (
        "sklearn-curve",
        "roc_curve, precision_recall_curve as lists",
        "any",
    ),
    (
        "confusion-json",
        "confusion matrix",
        "*confusion*.json, cm.json",
    ),
    (
        "predictions-csv",
        "one sample a row",
        "*pred*.csv, *pred*.tsv",
    ),
    (
        "confusion-csv",
        "confusion matrix in delimited text",
        "*confusion*.csv, crosstab*.csv, cm.csv",
    ),
    (
        "confusion-text",
        "confusion matrix in plain text",
        "*confusion*.txt, cm.txt",
    ),
    ("image", "PNG, JPEG, GIF, WebP", "any"),
    (
        "cml-report",
        "narrative in Markdown",
        "*report*.md, any .md but README and the like",
    ),
    (
        "params-yaml",
        "parameters",
        "params.yaml, params.json, other .yaml",
    ),
    ("metrics", "plain metrics", "any .json"),
];
