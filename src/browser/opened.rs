use crate::model::{Problem, Report, SiteIndex};

/// What came of reading a page's data, or files that were dropped on it.
#[derive(Debug, Default)]
pub struct Opened {
    /// The report, unless nothing could be read.
    pub report: Option<Report>,
    /// What failed on the way to it; what failed inside of it is in the report.
    pub problems: Vec<Problem>,
    /// How many files this page read itself; `None` when it took a report as published.
    pub n_files_read: Option<usize>,
    /// The index of a site, when the page is its front page.
    pub site: Option<SiteIndex>,
}
