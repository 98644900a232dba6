use std::{collections::BTreeMap, ops::Deref};

use super::question::{BasisQuestion, Filter, Question};
use crate::{
    analysis::{
        aligned::Aligned,
        cell_samples::{CellRows, Noise, NoiseTest, Paired, cell_rows},
        class_order::{class_order, errors, move_classes, own_order},
        confusions::{
            Confusion, MutualConfusion, most_frequent, most_mutual, n_reaching, threshold,
        },
        groups::{Groups, Merged, merged, separators},
        heatmap::{Choice, Fill, Heatmap, allowed, difference, heatmap},
        matrix_source::{MatrixSource, counterpart, revisions_with_matrices, sources},
        measures::Measures,
        picture::Drawn,
    },
    model::{ConfusionMatrix, MatrixKind, Normalisation, Order, Report, Scale, Settings, Shared},
    words::confusion::{Before, CellSentence, ClassWords, ConfusionWords, shown_label},
};

/// The most classes that are shown as a table.
pub const MAX_TABLE: usize = 50;

/// Up to so many classes the order by similarity is found at once.
pub const MAX_ORDERED_AT_ONCE: usize = 100;

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
    notes: Vec<ConfusionWords>,
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
    totals: Vec<f64>,
}

/// How a matrix is looked at, computed once for all parts of the view.
pub struct Shown {
    basis: Shared<Basis>,
    /// What each cell is divided by, as far as the matrix allows.
    pub normalisation: Normalisation,
    /// The order of classes.
    pub order: Order,
    /// Whether the order by similarity is still to be found.
    pub is_unordered: bool,
    /// How a value becomes a colour.
    pub scale: Scale,
    /// Whether rows are what the model said.
    pub is_transposed: bool,
    /// The classes that are shown, in order.
    pub classes: Vec<usize>,
    /// The cells, up to [`MAX_TABLE`] classes; more are a picture.
    pub heatmap: Option<Heatmap>,
    /// Whether each cell's change is noise, in the order of the cells; empty without a difference.
    pub noisy: Vec<bool>,
    /// What the noise of the changes is told by.
    pub noise_words: Option<ConfusionWords>,
    /// What the reader should know, in order.
    pub notes: Vec<ConfusionWords>,
    places: Vec<u32>,
}

impl Deref for Shown {
    type Target = Basis;

    fn deref(&self) -> &Basis {
        &self.basis
    }
}

/// The confusions of the classes that are shown.
pub struct Lists {
    /// The most frequent ones that are listed.
    pub listed: Vec<Confusion>,
    /// How many would be listed.
    pub n_listed: usize,
    /// How many there are.
    pub n_all: usize,
    /// How frequent the most frequent one is.
    pub most: f64,
    /// The smallest count that is listed.
    pub min: f64,
    /// The smallest count that is listed where the address says none.
    pub first_min: f64,
    /// Mutual confusions, most frequent first; none of shares, which can't be added up.
    pub mutual: Vec<MutualConfusion>,
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

    /// Which classes are to be shown; with a note on labels that are gone.
    fn visible(&self, filter: &Filter, notes: &mut Vec<ConfusionWords>) -> Vec<bool> {
        let matrix = self.matrix();
        let n = matrix.n_classes();
        let mut is_visible = vec![filter.only.is_empty(); n];
        let mut gone = Vec::new();
        for label in &filter.only {
            let mut is_known = false;
            let mut show = |class: Option<usize>| {
                if let Some(slot) = class.and_then(|class| is_visible.get_mut(class)) {
                    *slot = true;
                    is_known = true;
                }
            };
            show(self.class_of(label));
            // A group stands for its classes.
            for class in self.groups.find(label).map_or(&[][..], |it| &it.classes) {
                let whole = self.sources.iter().find(|it| it.key == self.source.key);
                let label = whole.and_then(|it| it.matrix.labels().get(*class));
                show(label.and_then(|label| self.class_of(label)));
            }
            if !is_known {
                gone.push(shown_label(label));
            }
        }
        if !gone.is_empty() {
            notes.push(ConfusionWords::ClassesGone(gone));
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

/// How a report's classes are grouped.
#[derive(Clone, Copy)]
struct Grouping<'a> {
    settings: &'a Settings,
    question: &'a BasisQuestion,
}

impl Grouping<'_> {
    /// As the reader wants, else as the team says, else by the most telling separator.
    fn groups(self, matrix: &ConfusionMatrix) -> Groups {
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
    fn close(
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

impl Shown {
    /// A matrix as the address wants to see it. `similar` is its order by similarity, where that is
    /// known already.
    pub fn new(
        basis: Shared<Basis>,
        question: &Question,
        settings: &Settings,
        similar: Option<&[usize]>,
    ) -> Self {
        let mut notes = basis.notes.clone();
        let matrix = basis.matrix();
        let n = matrix.n_classes();
        let normalisation = allowed(matrix.kind(), question.normalisation);
        let own = || match settings.class_order.is_empty() {
            true => Order::File,
            false => Order::Own,
        };
        let order = question.order.unwrap_or_else(own);
        let is_unordered =
            order == Order::Similarity && n > MAX_ORDERED_AT_ONCE && similar.is_none();
        let mut classes = match (order, similar) {
            (Order::Own, _) => own_order(matrix, &settings.class_order),
            (Order::Similarity, Some(similar)) => similar.to_vec(),
            _ if is_unordered => (0..n).collect(),
            _ => class_order(matrix, &basis.measures, order),
        };
        move_classes(matrix, &mut classes, &question.moves);
        let is_visible = basis.visible(&question.filter, &mut notes);
        classes.retain(|class| is_visible.get(*class).copied().unwrap_or(false));
        if classes.len() < n {
            notes.push(ConfusionWords::ClassesShown(classes.len(), n));
        }
        let mut places = vec![u32::MAX; n];
        for (place, class) in classes.iter().enumerate() {
            if let Some(slot) = places.get_mut(*class) {
                *slot = place as u32;
            }
        }
        let mut shown = Self {
            normalisation,
            order,
            is_unordered,
            scale: question.scale,
            is_transposed: question.is_transposed,
            classes,
            heatmap: None,
            noisy: Vec::new(),
            noise_words: None,
            notes,
            places,
            basis,
        };
        if shown.is_table() {
            let map = shown.map();
            if let Some(baseline) = shown.subtracted() {
                let is_noise = |it: &crate::analysis::heatmap::HeatCell| {
                    it.fill != Fill::Empty
                        && (shown.noise).is_noise(shown.matrix(), baseline, it.actual, it.predicted)
                };
                let noisy: Vec<bool> = map.cells.iter().map(is_noise).collect();
                let n_changed = map.cells.iter().filter(|it| it.fill != Fill::Empty).count();
                let n_noise = noisy.iter().filter(|it| **it).count();
                shown.noise_words = noise_words(&shown.noise, n_noise, n_changed);
                shown.noisy = noisy;
            }
            shown.heatmap = Some(map);
        }
        shown
    }

    /// Whether there are few enough classes for a table.
    pub fn is_table(&self) -> bool {
        self.classes.len() <= MAX_TABLE
    }

    /// How it is looked at.
    pub fn choice(&self) -> Choice {
        Choice {
            normalisation: self.normalisation,
            scale: self.scale,
            classes: self.classes.clone(),
            is_transposed: self.is_transposed,
        }
    }

    /// Every cell with its value and its colour.
    pub fn map(&self) -> Heatmap {
        match self.subtracted() {
            Some(baseline) => difference(self.matrix(), baseline, &self.choice()),
            None => heatmap(self.matrix(), &self.choice()),
        }
    }

    /// The matrix with all that doesn't depend on how it is looked at.
    pub fn basis(&self) -> &Shared<Basis> {
        &self.basis
    }

    /// Where a class stands among those shown.
    pub fn place(&self, class: usize) -> Option<usize> {
        let place = self.places.get(class).copied()?;
        (place != u32::MAX).then_some(place as usize)
    }

    /// Row and column of a cell as shown, by label.
    pub fn position(&self, actual: &str, predicted: &str) -> Option<(usize, usize)> {
        let place = |label: &str| self.place(self.class(label)?);
        let (actual, predicted) = (place(actual)?, place(predicted)?);
        Some(match self.is_transposed {
            false => (actual, predicted),
            true => (predicted, actual),
        })
    }

    /// Actual and predicted class at a row and column as shown.
    pub fn classes_at(&self, row: usize, column: usize) -> Option<(usize, usize)> {
        let (row, column) = (*self.classes.get(row)?, *self.classes.get(column)?);
        Some(match self.is_transposed {
            false => (row, column),
            true => (column, row),
        })
    }

    /// Whether it shows the same matrix in the same way.
    pub fn is_same_picture(&self, other: &Self) -> bool {
        self.basis == other.basis && self.choice() == other.choice()
    }
}

/// What the noise of changes is told by.
pub fn noise_words(noise: &Noise, n_noise: usize, n_changed: usize) -> Option<ConfusionWords> {
    match noise.test() {
        _ if n_changed == 0 => None,
        Some(NoiseTest::Sign) => Some(ConfusionWords::NoiseBySignTest(n_noise, n_changed)),
        Some(NoiseTest::Newcombe) => Some(ConfusionWords::NoiseByCounts(n_noise, n_changed)),
        None => Some(ConfusionWords::NoiseUnknown),
    }
}

impl Lists {
    /// A list starts with at most so many.
    const N_FIRST: usize = 8;
    /// A list never has more.
    pub const MAX_LISTED: usize = 200;
    /// So many mutual pairs.
    const N_MUTUAL: usize = 4;

    /// Of the classes that are shown.
    pub fn new(basis: &Basis, filter: &Filter) -> Self {
        let (matrix, is_visible) = (basis.matrix(), basis.visible(filter, &mut Vec::new()));
        let baseline = basis.against.as_ref().map(|it| &it.aligned.baseline);
        let is_shown = |class: usize| is_visible.get(class).copied().unwrap_or(false);
        let is_wanted = |actual: usize, predicted: usize| is_shown(actual) && is_shown(predicted);
        let (mut listed, n_all) = most_frequent(matrix, baseline, &is_wanted, Self::MAX_LISTED);
        let first_min = threshold(&listed, Self::N_FIRST);
        let most = listed.first().map_or(1.0, |it| it.share.count);
        let min = filter.min.unwrap_or(first_min);
        listed.retain(|it| it.share.count >= min);
        let n_listed = match listed.len() < Self::MAX_LISTED {
            true => listed.len(),
            false => n_reaching(matrix, &is_wanted, min),
        };
        let mutual = match basis.has_amounts() {
            true => most_mutual(matrix, baseline, &is_wanted, Self::N_MUTUAL).0,
            false => Vec::new(),
        };
        Self {
            listed,
            n_listed,
            n_all,
            most,
            min,
            first_min,
            mutual,
        }
    }
}

/// The revision that is asked for; else the current one; else the first that has a matrix and is
/// not the baseline.
fn choose_run(
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

fn choose_source(
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
fn choose_baseline(
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
