//! Plain values that every layer shares: the report and what it is made of.
//!
//! No I/O, no JSON, no wording: `words` turns notices, problems and verdicts into sentences.

mod artifact;
mod cells;
mod column;
mod finding;
mod hex;
mod lang;
mod matrix;
mod natural;
mod nearest;
mod notice;
mod origin;
mod predictions;
mod report;
mod revision;
mod series;
mod settings;
mod shared;
mod site;
mod verdict;
mod view_state;

pub use artifact::{Artifact, ArtifactRecord, Place, Stored, fitting, may_be_same_file};
pub use cells::{Cell, CellParts, Cells, TextKind};
pub use column::{ATTRIBUTES, Column, ColumnId, ColumnKind, Direction, Source};
pub use finding::{Content, Finding, FoundTable, RevisionRef, Value};
pub use hex::hex;
pub use lang::Lang;
pub use matrix::{AxisTitles, ConfusionMatrix, MatrixError, MatrixKind, MatrixParts, MatrixRecord};
pub use natural::natural_order;
pub use nearest::{alike, distance, nearest};
pub use notice::{Found, Limit, Notice, NoticeKind, Notices, Problem, ProblemKind, Thing};
pub use origin::{Discussion, Origin, RefKind};
pub use predictions::{Predictions, PredictionsRecord};
pub use report::{Fault, Report};
pub use revision::{Revision, RevisionKind, State, own_ancestors};
pub use series::{Curve, CurveKind, Prose, Series};
pub use settings::{ClassName, Gates, LeftOut, Noun, Settings, Worth};
pub use shared::Shared;
pub use site::{
    PlaceKind, SiteChange, SiteEntry, SiteIndex, SiteMetric, SiteShard, SiteViewer, Trend,
    TrendPoint,
};
pub use verdict::{
    Caution, Evidence, Guard, Hold, Judged, MetricChange, NotComparable, Outcome, PairedCounts,
    RightCounts, Runs, Selection, Verdict,
};
pub use view_state::{DeltaMode, Normalisation, Order, Scale};
