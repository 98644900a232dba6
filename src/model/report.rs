use super::{
    ArtifactRecord, Column, ColumnKind, Curve, Lang, MatrixRecord, Notice, Origin,
    PredictionsRecord, Problem, Prose, Revision, RevisionKind, Series, Settings, Verdict,
};

/// Everything that a page shows; immutable once built.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Where the results come from.
    pub origin: Origin,
    /// What the team set.
    pub settings: Settings,
    /// All rows of results.
    pub revisions: Vec<Revision>,
    /// Index of the revision that the report is about.
    pub current: Option<usize>,
    /// Index of the revision that it is compared with by default.
    pub baseline: Option<usize>,
    /// Parameters, metrics, dependencies, outputs.
    pub columns: Vec<Column>,
    /// Confusion matrices.
    pub matrices: Vec<MatrixRecord>,
    /// Predictions.
    pub predictions: Vec<PredictionsRecord>,
    /// Metrics by step.
    pub series: Vec<Series>,
    /// Curves of classifiers.
    pub curves: Vec<Curve>,
    /// Narratives.
    pub prose: Vec<Prose>,
    /// The verdict that was computed with the report.
    pub verdict: Option<Verdict>,
    /// What the reader should know.
    pub notices: Vec<Notice>,
    /// What failed.
    pub problems: Vec<Problem>,
    /// Every artifact.
    pub artifacts: Vec<ArtifactRecord>,
    /// Sections of a bundle that this version doesn't know: name and JSON text, kept as they were.
    pub unknown_sections: Vec<(String, String)>,
}

/// What [`Report::check`] found wrong: a bug in careo.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Fault(pub String);

impl Report {
    /// The columns of a kind, with their indices.
    pub fn columns_of(&self, kind: ColumnKind) -> impl Iterator<Item = (usize, &Column)> {
        self.columns
            .iter()
            .enumerate()
            .filter(move |(_, column)| column.kind == kind)
    }

    /// What each column is called in text: its shortest suffix of the key path that no other
    /// column shares, else the whole identity.
    pub fn column_names(&self) -> Vec<String> {
        super::column::shortest_names(self.columns.iter().map(|column| &column.id))
    }

    /// Whether a revision is a checkpoint within a run: the run is what its tip is. Runs are listed
    /// from their tips on.
    pub fn is_within_run(&self, revision: usize) -> bool {
        let is_run = |it: &&Revision| it.kind == RevisionKind::Experiment;
        let of = |at: Option<usize>| self.revisions.get(at?).filter(is_run);
        let is_next = |at: Option<usize>| of(at).is_some_and(|it| it.parent == Some(revision));
        let is_unnamed = of(Some(revision)).is_some_and(|it| it.name.is_none());
        is_unnamed && (is_next(revision.checked_sub(1)) || is_next(revision.checked_add(1)))
    }

    /// What one column is called so.
    pub fn column_name(&self, column: usize) -> String {
        let ids = self.columns.iter().map(|column| &column.id);
        super::column::shortest_name(ids, column).unwrap_or_default()
    }

    /// The column that a name means: the whole identity, else a unique key path, else a unique
    /// suffix.
    pub fn find_column(&self, name: &str) -> Option<usize> {
        super::column::find(self.columns.iter().map(|column| &column.id), name)
    }

    /// The column that a person means by a name: as [`Report::find_column`], else the only one that
    /// the team calls so in any language, in letters of either case.
    pub fn find_called(&self, name: &str) -> Option<usize> {
        let mut called = self.find_column(name);
        if called.is_some() {
            return called;
        }
        let name = name.to_lowercase();
        for (key, _, text) in &self.settings.names {
            let column = match text.to_lowercase() == name {
                true => self.find_column(key),
                false => None,
            };
            if called.is_some() && column.is_some() && called != column {
                return None;
            }
            called = called.or(column);
        }
        called
    }

    /// What the team calls each column in a language: the last name that it gave.
    pub fn team_names(&self, lang: Lang) -> Vec<Option<&str>> {
        self.by_column(&self.settings.names, lang)
    }

    /// What each column means, as the team says in a language.
    pub fn explanations(&self, lang: Lang) -> Vec<Option<&str>> {
        self.by_column(&self.settings.explanations, lang)
    }

    fn by_column<'a>(
        &self,
        texts: &'a [(String, Lang, String)],
        lang: Lang,
    ) -> Vec<Option<&'a str>> {
        let mut of_columns = vec![None; self.columns.len()];
        for (name, _, text) in texts.iter().filter(|it| it.1 == lang) {
            let place = self.find_column(name).and_then(|it| of_columns.get_mut(it));
            if let Some(place) = place {
                *place = Some(text.as_str());
            }
        }
        of_columns
    }

    /// The whole identities of the metrics that a name is the end of: where there are several,
    /// [`Report::find_column`] finds none.
    pub fn metrics_called(&self, name: &str) -> Vec<String> {
        let metrics = self.columns_of(ColumnKind::Metric);
        let called = metrics.filter(|(_, it)| super::column::is_suffix(&it.id, name));
        called.map(|(_, it)| it.id.full()).collect()
    }

    /// What addresses and `data-revision` call each revision: its label, with 7 digits of the sha
    /// behind a `~` where two share a label, with a number where even those are shared.
    pub fn revision_keys(&self) -> Vec<String> {
        super::revision::unique_keys(&self.revisions)
    }

    /// The revision that a name means: key, full sha, unique prefix of 7 digits or more, or name.
    pub fn find_revision(&self, name: &str) -> Option<usize> {
        self.find_revisions(&[name]).pop().flatten()
    }

    /// As [`Report::find_revision`], for many names at once.
    pub fn find_revisions(&self, names: &[&str]) -> Vec<Option<usize>> {
        super::revision::find_all(&self.revisions, names)
    }

    /// Checks every invariant: indices in range, one value a revision in each column, no cycle of
    /// parents.
    ///
    /// # Errors
    /// The first fault, in English: a bug in careo.
    pub fn check(&self) -> Result<(), Fault> {
        let n = self.revisions.len();
        let in_range = |what: &str, revision: usize| {
            if revision < n {
                Ok(())
            } else {
                Err(Fault(format!("{what}: revision {revision} of {n}")))
            }
        };
        for column in &self.columns {
            if column.cells.len() != n {
                let (name, found) = (column.id.full(), column.cells.len());
                return Err(Fault(format!(
                    "column {name}: {found} values for {n} revisions"
                )));
            }
        }
        self.current.map_or(Ok(()), |it| in_range("current", it))?;
        self.baseline
            .map_or(Ok(()), |it| in_range("baseline", it))?;
        for record in &self.matrices {
            in_range(&record.artifact, record.revision)?;
        }
        for record in &self.predictions {
            in_range(&record.artifact, record.revision)?;
            let predictions = &record.predictions;
            let n_labels = predictions.labels.len();
            let pairs = predictions.actual.iter().chain(&predictions.predicted);
            if predictions.actual.len() != predictions.predicted.len()
                || pairs.into_iter().any(|label| *label as usize >= n_labels)
            {
                return Err(Fault(format!("{}: predictions don't fit", record.artifact)));
            }
        }
        for series in &self.series {
            in_range(&series.artifact, series.revision)?;
            if series.steps.len() != series.values.len() {
                return Err(Fault(format!(
                    "{}: steps and values differ",
                    series.artifact
                )));
            }
        }
        for curve in &self.curves {
            in_range(&curve.artifact, curve.revision)?;
            if curve.x.len() != curve.y.len() {
                return Err(Fault(format!("{}: x and y differ", curve.artifact)));
            }
        }
        for revision in &self.revisions {
            revision
                .parent
                .map_or(Ok(()), |it| in_range("parent", it))?;
            revision.tip.map_or(Ok(()), |it| in_range("tip", it))?;
        }
        match super::own_ancestors(&self.revisions).first() {
            Some(idx) => Err(Fault(format!("revision {idx} is its own ancestor"))),
            None => Ok(()),
        }
    }
}
