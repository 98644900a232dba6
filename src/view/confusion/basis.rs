use std::collections::BTreeMap;

use super::{
    chosen::{Grouping, choose_baseline, choose_run, choose_source},
    question::{BasisQuestion, Filter},
};
use crate::{
    analysis::{
        aligned::Aligned,
        cell_samples::{CellRows, Noise, Paired, cell_rows},
        class_order::errors,
        groups::{Groups, separators},
        matrix_source::{MatrixSource, revisions_with_matrices, sources},
        measures::{ClassMeasures, Measures},
        picture::Drawn,
    },
    model::{ConfusionMatrix, MatrixKind, Order, Report},
    words::confusion::{Before, CellSentence, ClassWords, ConfusionWords},
};

/// 2^53, up to which each integer is a number of the page.
const MOST_EXACT: f64 = 9_007_199_254_740_992.0;

/// The matrix that the address asks for, with all that doesn't depend on how it is looked at.
pub struct Basis {
    /// Revisions that have a matrix: index and name in the address.
    pub runs: Vec<(usize, String)>,
    /// The revision on show: index and name.
    pub run: (usize, String),
    /// Its matrices.
    pub sources: Vec<MatrixSource>,
    /// The one on show, with closed groups as classes.
    pub source: MatrixSource,
    /// What it is compared with.
    pub against: Option<Against>,
    /// Whether the difference is shown.
    pub is_difference: bool,
    /// The groups of its classes, and the separators that would make some.
    pub groups: Groups,
    /// Separators that make groups of its labels.
    pub separators: Vec<&'static str>,
    /// Measures of the matrix.
    pub measures: Measures,
    /// What tells noise from change; unknown without a difference.
    pub noise: Noise,
    /// What the reader should know of it.
    pub notes: Vec<ConfusionWords>,
    totals: Vec<f64>,
    /// Classes by label.
    index: Vec<u32>,
    /// The label of the closed group that a class is part of.
    group_of: BTreeMap<String, String>,
    /// The path of each closed group, by its label.
    closed: BTreeMap<String, String>,
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
    /// The number of each class's samples.
    pub totals: Vec<f64>,
}

impl Basis {
    /// The matrix that is asked for; `None` where the report has no matrix at all.
    pub fn new(report: &Report, question: &BasisQuestion) -> Option<Self> {
        let mut notes = Vec::new();
        let keys = report.revision_keys();
        let key = |revision: usize| keys.get(revision).cloned().unwrap_or_default();
        let with_matrices = revisions_with_matrices(report);
        let run = choose_run(report, question, &with_matrices, &keys, &mut notes)?;
        let sources = sources(report, run);
        let mut source = choose_source(question, &sources, &mut notes)?;
        let grouping = Grouping {
            settings: &report.settings,
            question,
        };
        let groups = grouping.groups(&source.matrix);
        let separators = separators(source.matrix.labels());
        let mut group_of = BTreeMap::new();
        let mut closed = BTreeMap::new();
        if let Some(merged) = grouping.close(&mut source, &mut group_of) {
            let labels = merged.matrix.labels().iter().zip(merged.group_of);
            closed = labels
                .filter_map(|(label, path)| Some((label.clone(), path?)))
                .collect();
            notes.push(ConfusionWords::GroupsClosed(closed.len()));
        }
        let against = choose_baseline(report, question, &source, &keys, &mut notes, &mut |it| {
            grouping.close(it, &mut group_of);
        });
        let is_difference = question.base.is_some() && against.is_some();
        let matrix: &ConfusionMatrix = match &against {
            Some(against) if is_difference => &against.aligned.current,
            _ => &source.matrix,
        };
        match matrix.kind() {
            MatrixKind::Counts => {}
            MatrixKind::Weighted => notes.push(ConfusionWords::WeightedSamples),
            kind => notes.push(ConfusionWords::SharesNotCounts(kind)),
        }
        if matrix.total() > MOST_EXACT {
            notes.push(ConfusionWords::BeyondExact);
        }
        let mut index: Vec<u32> = (0..matrix.n_classes() as u32).collect();
        let label = |class: u32| matrix.labels().get(class as usize);
        index.sort_unstable_by(|a, b| label(*a).cmp(&label(*b)));
        let (measures, totals) = (Measures::of(matrix), matrix.actual_totals());
        let mut basis = Self {
            runs: with_matrices.iter().map(|it| (*it, key(*it))).collect(),
            run: (run, key(run)),
            is_difference,
            groups,
            separators,
            measures,
            noise: Noise::Unknown,
            notes,
            totals,
            index,
            group_of,
            closed,
            sources,
            source,
            against,
        };
        basis.noise = basis.tell_noise(report);
        Some(basis)
    }

    fn tell_noise(&self, report: &Report) -> Noise {
        let Some(against) = self.against.as_ref().filter(|_| self.is_difference) else {
            return Noise::Unknown;
        };
        let predictions = |of: &MatrixSource| {
            let record = report.predictions.get(of.predictions?)?;
            Some(&record.predictions)
        };
        let class_of = |label: &str| self.class_of(label);
        let paired = || {
            Some(Paired {
                now: predictions(&self.source)?,
                before: predictions(&against.source)?,
                class_of: &class_of,
            })
        };
        Noise::new(self.matrix(), &against.aligned.baseline, paired())
    }

    /// Whether the classes can be put in an order: shares of rows don't tell how many there are.
    pub fn knows(&self, order: Order) -> bool {
        let is_known = |of: fn(&ClassMeasures) -> Option<f64>| {
            self.measures.classes.iter().any(|it| of(it).is_some())
        };
        match order {
            Order::Support => is_known(|it| it.support),
            Order::Predicted => is_known(|it| it.predicted),
            Order::Recall => is_known(|it| it.recall),
            Order::Precision => is_known(|it| it.precision),
            Order::F1 => is_known(|it| it.f1),
            Order::Error => !matches!(
                self.kind(),
                MatrixKind::NormalisedByRow | MatrixKind::NormalisedByColumn
            ),
            Order::File | Order::Own | Order::Name | Order::Similarity => true,
        }
    }

    /// The matrix on show; with a difference, over the classes of both sides.
    pub fn matrix(&self) -> &ConfusionMatrix {
        match &self.against {
            Some(against) if self.is_difference => &against.aligned.current,
            _ => &self.source.matrix,
        }
    }

    /// What is subtracted from it.
    pub fn subtracted(&self) -> Option<&ConfusionMatrix> {
        let against = self.against.as_ref().filter(|_| self.is_difference)?;
        Some(&against.aligned.baseline)
    }

    /// What it is compared with, over its own classes.
    pub fn before_matrix(&self) -> Option<&ConfusionMatrix> {
        Some(&self.against.as_ref()?.source.matrix)
    }

    /// What a picture is made of.
    pub fn drawn(&self) -> Drawn<'_> {
        Drawn {
            matrix: self.matrix(),
            baseline: self.subtracted(),
            noise: &self.noise,
        }
    }

    /// A class's label as the artifact has it; of a closed group its path.
    pub fn label(&self, class: usize) -> &str {
        let labels = self.matrix().labels();
        labels.get(class).map_or("", String::as_str)
    }

    /// A class by its label.
    pub fn class(&self, label: &str) -> Option<usize> {
        let found = self
            .index
            .binary_search_by(|class| self.label(*class as usize).cmp(label));
        Some(*self.index.get(found.ok()?)? as usize)
    }

    /// The class that a label of the artifact is part of: itself, or a closed group.
    pub fn class_of(&self, label: &str) -> Option<usize> {
        match self.group_of.get(label) {
            Some(group) => self.class(group),
            None => self.class(label),
        }
    }

    /// The path of the closed group that a class is.
    pub fn closed_group(&self, class: usize) -> Option<&str> {
        self.closed.get(self.label(class)).map(String::as_str)
    }

    /// What the cells count.
    pub fn kind(&self) -> MatrixKind {
        self.matrix().kind()
    }

    /// Whether its numbers may be divided, and added up.
    pub fn has_amounts(&self) -> bool {
        matches!(self.kind(), MatrixKind::Counts | MatrixKind::Weighted)
    }

    /// The number of all samples.
    pub fn sum(&self) -> f64 {
        self.totals.iter().sum()
    }

    /// The number of a class's samples.
    pub fn total(&self, class: usize) -> f64 {
        self.totals.get(class).copied().unwrap_or(0.0)
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
        let is = |class: usize| move |label: &str| self.class_of(label) == Some(class);
        let rows = cell_rows(&record.predictions, baseline, &is(actual), &is(predicted));
        Some((record.artifact.clone(), rows))
    }

    /// The classes that a label stands for: its own, and those of the group of that path.
    pub fn named(&self, label: &str) -> Vec<usize> {
        let mut named: Vec<usize> = self.class_of(label).into_iter().collect();
        let whole = self.sources.iter().find(|it| it.key == self.source.key);
        for class in self.groups.find(label).map_or(&[][..], |it| &it.classes) {
            let label = whole.and_then(|it| it.matrix.labels().get(*class));
            named.extend(label.and_then(|label| self.class_of(label)));
        }
        named
    }

    /// Which classes are to be shown.
    pub fn visible(&self, filter: &Filter) -> Vec<bool> {
        let matrix = self.matrix();
        let n = matrix.n_classes();
        let mut is_visible = vec![filter.only.is_empty(); n];
        for class in filter.only.iter().flat_map(|label| self.named(label)) {
            if let Some(slot) = is_visible.get_mut(class) {
                *slot = true;
            }
        }
        if !is_visible.contains(&true) {
            is_visible.fill(true);
        }
        if let Some(top) = filter.top {
            let errors = errors(matrix);
            let mut worst: Vec<usize> = (0..n).filter(|it| is_visible[*it]).collect();
            worst.sort_by(|a, b| errors[*b].total_cmp(&errors[*a]));
            for class in worst.into_iter().skip(top) {
                is_visible[class] = false;
            }
        }
        is_visible
    }
}
