use std::ops::Deref;

use super::{
    basis::Basis,
    question::{Filter, Question},
};
use crate::{
    analysis::{
        cell_samples::{Noise, NoiseTest},
        class_order::{class_order, move_classes, own_order},
        confusions::{
            Confusion, MutualConfusion, most_changed, most_frequent, most_mutual, n_changed,
            n_reaching, threshold,
        },
        heatmap::{Choice, Fill, HeatCell, Heatmap, allowed, difference, heatmap},
    },
    model::{Normalisation, Order, Scale, Settings, Shared},
    words::confusion::ConfusionWords,
};

/// The most classes that are shown as a table.
pub const MAX_TABLE: usize = 50;

/// Up to so many classes the order by similarity is found at once.
const MAX_ORDERED_AT_ONCE: usize = 50;

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
    /// What the noise of the changes is told by, and how many cells tell no change.
    pub noise_words: Vec<ConfusionWords>,
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
        for note in &mut notes {
            if let ConfusionWords::SizesDiffer(.., is_normalised) = note {
                *is_normalised = normalisation == Normalisation::Row;
            }
        }
        let own = || match settings.class_order.is_empty() {
            true => Order::File,
            false => Order::Own,
        };
        let order = question.order.filter(|it| basis.knows(*it));
        let order = order.unwrap_or_else(own);
        let is_unordered =
            order == Order::Similarity && n > MAX_ORDERED_AT_ONCE && similar.is_none();
        let mut classes = match (order, similar) {
            (Order::Own, _) => own_order(matrix, &settings.class_order),
            (Order::Similarity, Some(similar)) => similar.to_vec(),
            _ if is_unordered => (0..n).collect(),
            _ => class_order(matrix, &basis.measures, order),
        };
        move_classes(matrix, &mut classes, &question.moves);
        let is_visible = basis.visible(&question.filter);
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
            noise_words: Vec::new(),
            notes,
            places,
            basis,
        };
        if shown.is_table() {
            let map = shown.map();
            if let Some(baseline) = shown.subtracted() {
                let is_noise = |it: &HeatCell| {
                    it.fill != Fill::Empty
                        && (shown.noise).is_noise(shown.matrix(), baseline, it.actual, it.predicted)
                };
                let noisy: Vec<bool> = map.cells.iter().map(is_noise).collect();
                let n_changed = map.cells.iter().filter(|it| it.fill != Fill::Empty).count();
                let n_noise = noisy.iter().filter(|it| **it).count();
                let is_unknown = |it: &&HeatCell| {
                    let before = || baseline.get(it.actual, it.predicted);
                    it.value.is_none() && (it.count > 0.0 || before() > 0.0)
                };
                let n_unknown = map.cells.iter().filter(is_unknown).count();
                shown.noise_words = noise_words(&shown.noise, [n_noise, n_changed, n_unknown]);
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

/// What the noise of changes is told by, and of how many cells no change is known.
pub fn noise_words(
    noise: &Noise,
    [n_noise, n_changed, n_unknown]: [usize; 3],
) -> Vec<ConfusionWords> {
    let told = match noise.test() {
        _ if n_changed == 0 => None,
        Some(NoiseTest::Sign) => Some(ConfusionWords::NoiseBySignTest(n_noise, n_changed)),
        Some(NoiseTest::Newcombe) => Some(ConfusionWords::NoiseByCounts(n_noise, n_changed)),
        None => Some(ConfusionWords::NoiseUnknown),
    };
    let unknown = (n_unknown > 0).then_some(ConfusionWords::ChangeUnknown(n_unknown));
    told.into_iter().chain(unknown).collect()
}

/// The confusions of the classes that are shown.
pub struct Lists {
    /// The most frequent ones that are listed; of a difference those that have changed most.
    pub listed: Vec<Confusion>,
    /// How many would be listed.
    pub n_listed: usize,
    /// How many there are.
    pub n_all: usize,
    /// How frequent the most frequent one is.
    pub most: f64,
    /// The smallest count that is listed; of a difference, the smallest change.
    pub min: f64,
    /// The same where the address says none.
    pub first_min: f64,
    /// Mutual confusions, most frequent first; none of shares, which can't be added up.
    pub mutual: Vec<MutualConfusion>,
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
        let (matrix, is_visible) = (basis.matrix(), basis.visible(filter));
        // As it is, not aligned: a class that it lacks is told from one that it never confuses.
        let baseline = basis.before_matrix();
        let is_shown = |class: usize| is_visible.get(class).copied().unwrap_or(false);
        let is_wanted = |actual: usize, predicted: usize| is_shown(actual) && is_shown(predicted);
        let subtracted = baseline.filter(|_| basis.is_difference);
        let (mut listed, n_all) = match subtracted {
            Some(before) => most_changed(matrix, before, &is_wanted, Self::MAX_LISTED),
            None => most_frequent(matrix, baseline, &is_wanted, Self::MAX_LISTED),
        };
        let by: fn(&Confusion) -> f64 = match subtracted {
            Some(_) => Confusion::change,
            None => |it| it.share.count,
        };
        let first_min = threshold(&listed, by, Self::N_FIRST);
        let most = listed.iter().map(|it| it.share.count).fold(0.0, f64::max);
        let min = filter.min.unwrap_or(first_min);
        listed.retain(|it| by(it) >= min);
        let n_listed = match (listed.len() < Self::MAX_LISTED, subtracted) {
            (true, _) => listed.len(),
            (false, Some(before)) => n_changed(matrix, before, &is_wanted, min),
            (false, None) => n_reaching(matrix, &is_wanted, min),
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
