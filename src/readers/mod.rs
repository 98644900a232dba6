//! Artifact bytes → findings, one file for each format, and findings → report (`assemble`).
//!
//! Each reader says how sure it is of an artifact ([`Claim`]); [`dispatch`] chooses. "Not mine",
//! "mine but broken" and "mine but too new" are three different answers.
//!
//! A reader that claims a name claims the same bytes without a name as well, if only as
//! [`Claim::Maybe`], unless they are broken: tests hold every artifact against its nameless self.

pub mod assemble;
mod bundle;
mod choice;
mod cml_report;
mod confusion_csv;
mod confusion_json;
mod confusion_text;
pub mod container;
mod csv;
mod curves;
mod dispatch;
mod dvc_diff;
mod dvc_exp_show;
mod dvc_exp_show_csv;
mod dvc_metrics_show;
mod dvc_plots;
mod dvc_table;
mod dvclive_metrics;
mod dvclive_plots;
mod dvclive_series;
mod grid;
mod image;
mod job;
mod leaves;
mod metrics;
mod pairs;
mod params_yaml;
mod predictions_csv;
mod records;
mod sklearn_curve;
mod sklearn_report;
mod text;
mod vega;
mod yaml;

pub use choice::{reader_id, reader_options, split_as};
pub use dispatch::{Choice, Claimed, choose, choose_by_shape, read_artifact, reader};
pub use job::{Job, read_all};
pub use text::decoded;

use crate::{
    json::Document,
    model::{Artifact, Finding, Notices, Problem},
};

/// One format.
pub trait Reader: Sync {
    /// Its id, shown to the user and taken by `--as`: `dvc-exp-show`.
    fn id(&self) -> &'static str;

    /// Whether the artifact looks like this format, whose [`Document::sketch`] is given. Cheap; never
    /// fails.
    fn claims(&self, artifact: &Artifact, _: Option<&Document<'_>>) -> Claim;

    /// Reads it.
    ///
    /// # Errors
    /// It is of this format, but broken, too large or too new.
    fn read(
        &self,
        artifact: &Artifact,
        notices: &mut Notices,
    ) -> Result<Vec<Finding>, Box<Problem>>;
}

/// How sure a reader is that an artifact is of its format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    /// It isn't.
    No,
    /// It could be: other formats share this shape (a bare object of numbers is a metrics file, or
    /// parameters). Decides only when no other reader claims more.
    Maybe,
    /// The content has this format's shape and no other's.
    Shape,
    /// The file name says so, and the content doesn't speak against it.
    Name,
}

/// Every reader, as in `docs/FORMATS.md`. The order decides only where several claim a name: the
/// more special one stands first.
pub const READERS: &[&dyn Reader] = &[
    &bundle::Bundle,
    &dvc_exp_show::DvcExpShow,
    &dvc_exp_show_csv::DvcExpShowCsv,
    &dvc_metrics_show::DvcMetricsShow,
    &dvc_diff::DvcDiff,
    &dvc_plots::DvcPlots,
    &dvclive_metrics::DvcliveMetrics,
    &dvclive_plots::DvclivePlots,
    &dvclive_series::DvcliveSeries,
    &sklearn_report::SklearnReport,
    &sklearn_curve::SklearnCurve,
    &confusion_json::ConfusionJson,
    &predictions_csv::PredictionsCsv,
    &confusion_csv::ConfusionCsv,
    &confusion_text::ConfusionText,
    &image::Image,
    &cml_report::CmlReport,
    &params_yaml::ParamsYaml,
    &metrics::Metrics,
];
