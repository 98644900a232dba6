//! The report as Markdown for the pull request: comment, job summary, annotations.
