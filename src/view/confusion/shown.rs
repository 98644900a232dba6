use super::question::Question;
use crate::{
    analysis::{
        aligned::Aligned,
        cell_samples::{CellRows, Noise, NoiseTest, cell_rows},
        class_order::class_order,
        confusions::{Confusion, MutualConfusion, mutual, ranked},
        heatmap::{Choice, Fill, Heatmap, allowed, difference, heatmap},
        matrix_source::{MatrixSource, counterpart, revisions_with_matrices, sources},
        measures::Measures,
    },
    model::{ConfusionMatrix, MatrixKind, Normalisation, Predictions, Report},
    words::confusion::{Before, CellSentence, ClassWords, ConfusionWords, shown_label},
};

/// The most classes that are drawn.
pub const MAX_DRAWN: usize = 100;

/// Everything that the view shows for one question, computed once.
pub struct Shown {
    /// Revisions that have a matrix: index and name in the address.
    pub runs: Vec<(usize, String)>,
    /// The revision on show: index and name.
    pub run: (usize, String),
    /// Its matrices.
    pub sources: Vec<MatrixSource>,
    /// The one on show.
    pub source: MatrixSource,
    /// What it is compared with.
    pub against: Option<Against>,
    /// Whether the difference is shown.
    pub is_difference: bool,
    /// What each cell is divided by, as far as the matrix allows.
    pub normalisation: Normalisation,
    /// Whether rows are what the model said.
    pub is_transposed: bool,
    /// The cells; `None` where there are too many classes.
    pub heatmap: Option<Heatmap>,
    /// Whether each cell's change is noise, in the order of the cells; empty without a difference.
    pub noise: Vec<bool>,
    /// What the noise of the changes is told by.
    pub noise_words: Option<ConfusionWords>,
    /// Measures of the matrix.
    pub measures: Measures,
    /// Confusions, most frequent first.
    pub ranked: Vec<Confusion>,
    /// Mutual confusions, most frequent first; none of shares, which can't be added up.
    pub mutual: Vec<MutualConfusion>,
    /// What the reader should know, in order.
    pub notes: Vec<ConfusionWords>,
    totals: Vec<f64>,
}

/// What a matrix is compared with.
pub struct Against {
    /// Index of the revision.
    pub revision: usize,
    /// What sentences call it.
    pub name: String,
    /// Its matrix.
    pub source: MatrixSource,
    /// Both over the same classes.
    pub aligned: Aligned,
    /// Measures of the baseline over those classes.
    pub measures: Measures,
    totals: Vec<f64>,
}

impl Shown {
    /// The answer to a question; `None` where the report has no matrix at all.
    pub fn new(report: &Report, question: &Question) -> Option<Self> {
        let mut notes = Vec::new();
        let keys = report.revision_keys();
        let key = |revision: usize| keys.get(revision).cloned().unwrap_or_default();
        let with_matrices = revisions_with_matrices(report);
        let run = choose_run(report, question, &with_matrices, &keys, &mut notes)?;
        let sources = sources(report, run);
        let source = choose_source(question, &sources, &mut notes)?;
        let against = choose_baseline(report, question, &source, &keys, &mut notes);
        let is_difference = question.base.is_some() && against.is_some();

        let matrix: &ConfusionMatrix = match &against {
            Some(against) if is_difference => &against.aligned.current,
            _ => &source.matrix,
        };
        let normalisation = allowed(matrix.kind(), question.normalisation);
        let choice = Choice {
            normalisation,
            scale: question.scale,
            classes: choose_classes(matrix, question, &mut notes),
            is_transposed: question.is_transposed,
        };
        let is_drawn = choice.classes.len() <= MAX_DRAWN;
        let drawn = match &against {
            Some(against) if is_difference && is_drawn => {
                Some(difference(matrix, &against.aligned.baseline, &choice))
            }
            _ => is_drawn.then(|| heatmap(matrix, &choice)),
        };
        let (noise, noise_words) = match (&drawn, &against) {
            (Some(map), Some(against)) if is_difference => {
                let predictions = paired(report, &source, &against.source);
                let noise = Noise::new(matrix, &against.aligned.baseline, predictions);
                told_noise(&noise, matrix, map)
            }
            _ => (Vec::new(), None),
        };
        match matrix.kind() {
            MatrixKind::Counts => {}
            MatrixKind::Weighted => notes.push(ConfusionWords::WeightedSamples),
            kind => notes.push(ConfusionWords::SharesNotCounts(kind)),
        }
        let baseline = against.as_ref().map(|it| &it.aligned.baseline);
        let has_counts = matches!(matrix.kind(), MatrixKind::Counts | MatrixKind::Weighted);
        Some(Self {
            runs: with_matrices.iter().map(|it| (*it, key(*it))).collect(),
            run: (run, key(run)),
            is_difference,
            normalisation,
            is_transposed: question.is_transposed,
            heatmap: drawn,
            noise,
            noise_words,
            measures: Measures::of(matrix),
            ranked: ranked(matrix, baseline),
            mutual: if has_counts {
                mutual(matrix, baseline)
            } else {
                Vec::new()
            },
            notes,
            totals: matrix.actual_totals(),
            sources,
            source,
            against,
        })
    }

    /// The matrix on show; with a difference, over the classes of both sides.
    pub fn matrix(&self) -> &ConfusionMatrix {
        match &self.against {
            Some(against) if self.is_difference => &against.aligned.current,
            _ => &self.source.matrix,
        }
    }

    /// A class's label as the artifact has it.
    pub fn label(&self, class: usize) -> &str {
        let labels = self.matrix().labels();
        labels.get(class).map_or("", String::as_str)
    }

    /// What the cells count.
    pub fn kind(&self) -> MatrixKind {
        self.matrix().kind()
    }

    /// The number of a class's samples.
    pub fn total(&self, class: usize) -> f64 {
        self.totals.get(class).copied().unwrap_or(0.0)
    }

    /// Where a class stands among those shown.
    pub fn place(&self, class: usize) -> Option<usize> {
        let map = self.heatmap.as_ref()?;
        map.classes.iter().position(|it| *it == class)
    }

    /// Row and column of a cell as shown, by label.
    pub fn position(&self, actual: &str, predicted: &str) -> Option<(usize, usize)> {
        let place = |label: &str| self.place(self.matrix().class(label)?);
        let (actual, predicted) = (place(actual)?, place(predicted)?);
        Some(match self.is_transposed {
            false => (actual, predicted),
            true => (predicted, actual),
        })
    }

    /// Actual and predicted class at a row and column as shown.
    pub fn classes_at(&self, row: usize, column: usize) -> Option<(usize, usize)> {
        let classes = &self.heatmap.as_ref()?.classes;
        let (row, column) = (*classes.get(row)?, *classes.get(column)?);
        Some(match self.is_transposed {
            false => (row, column),
            true => (column, row),
        })
    }

    /// The baseline's cell, where it has both classes.
    pub fn before(&self, actual: usize, predicted: usize) -> Option<Before<'_>> {
        let against = self.against.as_ref()?;
        let has = |class: usize| {
            !against
                .aligned
                .only_current
                .iter()
                .any(|it| it == self.label(class))
        };
        (has(actual) && has(predicted)).then(|| Before {
            baseline: &against.name,
            count: against.aligned.baseline.get(actual, predicted),
            of: against.totals.get(actual).copied().unwrap_or(0.0),
        })
    }

    /// What a cell says.
    pub fn sentence<'a>(
        &'a self,
        words: ClassWords<'a>,
        actual: usize,
        predicted: usize,
    ) -> CellSentence<'a> {
        CellSentence {
            words,
            actual: self.label(actual),
            predicted: self.label(predicted),
            count: self.matrix().get(actual, predicted),
            of: self.total(actual),
            before: self.before(actual, predicted),
        }
    }

    /// The rows of a cell, and the artifact that has them, where predictions exist.
    pub fn rows(
        &self,
        report: &Report,
        actual: usize,
        predicted: usize,
    ) -> Option<(String, CellRows)> {
        let record = report.predictions.get(self.source.predictions?)?;
        let of_baseline = self.against.as_ref().and_then(|it| it.source.predictions);
        let baseline = of_baseline.and_then(|idx| report.predictions.get(idx));
        let baseline = baseline.map(|it| &it.predictions);
        let (actual, predicted) = (self.label(actual), self.label(predicted));
        let rows = cell_rows(&record.predictions, baseline, actual, predicted);
        Some((record.artifact.clone(), rows))
    }
}

/// The revision that is asked for; else the current one; else the first that has a matrix and is
/// not the baseline.
fn choose_run(
    report: &Report,
    question: &Question,
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

fn choose_source(
    question: &Question,
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
fn choose_baseline(
    report: &Report,
    question: &Question,
    source: &MatrixSource,
    keys: &[String],
    notes: &mut Vec<ConfusionWords>,
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
    let Some(its) = counterpart(source, &sources(report, revision)) else {
        notes.push(ConfusionWords::NoCounterpart(key(revision)));
        return None;
    };
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
        notes.push(ConfusionWords::SizesDiffer(name.clone(), before, now));
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

/// The classes to show, in order.
fn choose_classes(
    matrix: &ConfusionMatrix,
    question: &Question,
    notes: &mut Vec<ConfusionWords>,
) -> Vec<usize> {
    let mut classes = class_order(matrix, question.order);
    let known: Vec<usize> = question
        .only
        .iter()
        .filter_map(|it| matrix.class(it))
        .collect();
    if known.len() < question.only.len() {
        let gone = question.only.iter().filter(|it| matrix.class(it).is_none());
        let gone = gone.map(|it| shown_label(it)).collect();
        notes.push(ConfusionWords::ClassesGone(gone));
    }
    if !known.is_empty() {
        classes.retain(|class| known.contains(class));
        if classes.len() < matrix.n_classes() {
            let (shown, total) = (classes.len(), matrix.n_classes());
            notes.push(ConfusionWords::ClassesShown(shown, total));
        }
    }
    classes
}

/// The predictions of both sides, where both have some.
fn paired<'a>(
    report: &'a Report,
    source: &MatrixSource,
    baseline: &MatrixSource,
) -> Option<(&'a Predictions, &'a Predictions)> {
    let of = |it: &MatrixSource| {
        let record = report.predictions.get(it.predictions?)?;
        Some(&record.predictions)
    };
    Some((of(source)?, of(baseline)?))
}

/// Which changed cells are noise, and that in words.
fn told_noise(
    noise: &Noise<'_>,
    matrix: &ConfusionMatrix,
    map: &Heatmap,
) -> (Vec<bool>, Option<ConfusionWords>) {
    let is_changed = |fill: Fill| fill != Fill::Empty;
    let is_noise: Vec<bool> = map
        .cells
        .iter()
        .map(|it| is_changed(it.fill) && noise.is_noise(matrix, it.actual, it.predicted))
        .collect();
    let n_changed = map.cells.iter().filter(|it| is_changed(it.fill)).count();
    let n_noise = is_noise.iter().filter(|it| **it).count();
    let words = match noise.test() {
        _ if n_changed == 0 => None,
        Some(NoiseTest::Sign) => Some(ConfusionWords::NoiseBySignTest(n_noise, n_changed)),
        Some(NoiseTest::Newcombe) => Some(ConfusionWords::NoiseByCounts(n_noise, n_changed)),
        None => Some(ConfusionWords::NoiseUnknown),
    };
    (is_noise, words)
}
