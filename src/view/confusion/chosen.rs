use std::collections::BTreeMap;

use super::{basis::Against, question::BasisQuestion};
use crate::{
    analysis::{
        aligned::Aligned,
        groups::{Groups, Merged, merged, separators},
        matrix_source::{MatrixSource, counterpart, sources},
        measures::Measures,
    },
    model::{ConfusionMatrix, MatrixKind, Report, Settings, Shared},
    words::confusion::{ConfusionWords, shown_label},
};

/// How a report's classes are grouped.
#[derive(Clone, Copy)]
pub struct Grouping<'a> {
    /// The team's groups.
    pub settings: &'a Settings,
    /// The reader's.
    pub question: &'a BasisQuestion,
}

impl Grouping<'_> {
    /// As the reader wants, else as the team says, else by the most telling separator.
    pub fn groups(self, matrix: &ConfusionMatrix) -> Groups {
        let labels = matrix.labels();
        if let Some(separator) = &self.question.separator {
            return Groups::by_separator(labels, separator);
        }
        if !self.settings.groups.is_empty() {
            return Groups::by_lists(labels, &self.settings.groups);
        }
        match &self.settings.group_separator {
            Some(separator) => Groups::by_separator(labels, separator),
            None => Groups::by_separator(labels, separators(labels).first().unwrap_or(&"")),
        }
    }

    /// Closes the groups of a matrix that the reader has closed; notes which labels are in which.
    pub fn close(
        self,
        source: &mut MatrixSource,
        group_of: &mut BTreeMap<String, String>,
    ) -> Option<Merged> {
        // Shares of a row or a column can't be added up.
        let is_additive = !matches!(
            source.matrix.kind(),
            MatrixKind::NormalisedByRow | MatrixKind::NormalisedByColumn
        );
        if self.question.closed.is_empty() || !is_additive {
            return None;
        }
        let groups = self.groups(&source.matrix);
        let merged = merged(&source.matrix, &groups, &self.question.closed)?;
        for (label, class) in source.matrix.labels().iter().zip(&merged.class_of) {
            let is_group = merged.group_of.get(*class).is_some_and(Option::is_some);
            if let Some(group) = merged.matrix.labels().get(*class).filter(|_| is_group) {
                group_of.insert(label.clone(), group.clone());
            }
        }
        source.matrix = Shared::new(merged.matrix.clone());
        Some(merged)
    }
}

/// The revision that is asked for; else the current one; else the first that has a matrix and is
/// not the baseline.
pub fn choose_run(
    report: &Report,
    question: &BasisQuestion,
    with_matrices: &[usize],
    keys: &[String],
    notes: &mut Vec<ConfusionWords>,
) -> Option<usize> {
    let has = |revision: &usize| with_matrices.contains(revision);
    let asked = question.run.as_deref();
    if let Some(found) = asked
        .and_then(|name| report.find_revision(name))
        .filter(has)
    {
        return Some(found);
    }
    let others = with_matrices.iter().copied();
    let first = others.clone().find(|it| Some(*it) != report.baseline);
    let instead = report
        .current
        .filter(has)
        .or(first)
        .or(others.clone().next())?;
    if let Some(name) = asked {
        let key = keys.get(instead).map_or("", String::as_str);
        notes.push(ConfusionWords::RunGone(shown_label(name), shown_label(key)));
    }
    Some(instead)
}

/// The matrix of a split, or of an artifact; else the first.
pub fn choose_source(
    question: &BasisQuestion,
    sources: &[MatrixSource],
    notes: &mut Vec<ConfusionWords>,
) -> Option<MatrixSource> {
    let first = sources.first()?;
    let Some(asked) = question.split.as_deref() else {
        return Some(first.clone());
    };
    let mut named = sources.iter();
    if let Some(found) = named.find(|it| it.key == asked || it.split.as_deref() == Some(asked)) {
        return Some(found.clone());
    }
    let (asked, instead) = (shown_label(asked), shown_label(&first.key));
    notes.push(ConfusionWords::SplitGone(asked, instead));
    Some(first.clone())
}

/// The baseline that is asked for, else the report's; with a note where it can't be compared with.
pub fn choose_baseline(
    report: &Report,
    question: &BasisQuestion,
    source: &MatrixSource,
    keys: &[String],
    notes: &mut Vec<ConfusionWords>,
    close: &mut dyn FnMut(&mut MatrixSource),
) -> Option<Against> {
    let asked = question.base.as_deref();
    let found = asked.and_then(|name| report.find_revision(name));
    let revision = found.or(report.baseline);
    let key = |revision: usize| shown_label(keys.get(revision).map_or("", String::as_str));
    if let (Some(name), None, Some(instead)) = (asked, found, revision) {
        notes.push(ConfusionWords::BaseGone(shown_label(name), key(instead)));
    }
    let revision = revision?;
    if revision == source.revision {
        notes.push(ConfusionWords::IsBaseline(key(revision)));
        return None;
    }
    let Some(mut its) = counterpart(source, &sources(report, revision)) else {
        notes.push(ConfusionWords::NoCounterpart(key(revision)));
        return None;
    };
    close(&mut its);
    let aligned = Aligned::new(&source.matrix, &its.matrix).ok()?;
    let name = key(revision);
    if !aligned.has_same_classes() {
        let labels = |labels: &[String]| labels.iter().map(|it| shown_label(it)).collect();
        let (now, before) = (
            labels(&aligned.only_current),
            labels(&aligned.only_baseline),
        );
        notes.push(ConfusionWords::ClassesDiffer(name.clone(), now, before));
    }
    let (now, before) = (source.matrix.total(), its.matrix.total());
    if source.matrix.kind().has_counts() && now != before {
        notes.push(ConfusionWords::SizesDiffer(
            name.clone(),
            before,
            now,
            false,
        ));
    }
    Some(Against {
        revision,
        name,
        measures: Measures::of(&aligned.baseline),
        totals: aligned.baseline.actual_totals(),
        source: its,
        aligned,
    })
}
