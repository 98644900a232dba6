use super::{
    numbers::{CellNumbers, measure, measure_change},
    shown::Shown,
};
use crate::{
    analysis::measures::{Averages, ClassMeasures, Measures},
    model::{Lang, MatrixKind, Normalisation, Order},
    words::confusion::{ConfusionWords, amount},
};

/// Numbers beside or below the cells, one for each class shown.
pub struct Margin {
    /// What they are.
    pub head: ConfusionWords,
    /// The order of classes by them.
    pub order: Order,
    /// One for each class, in the order shown.
    pub values: Vec<MarginValue>,
    /// Of all classes: a total or a macro average.
    pub all: MarginValue,
}

/// One number of a margin.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MarginValue {
    /// The number.
    pub text: String,
    /// Whether a change is for the better, where there is one.
    pub is_better: Option<bool>,
}

/// A measure of a class, the order by it, and its average over classes.
type Measure = (
    ConfusionWords,
    Order,
    fn(&ClassMeasures) -> Option<f64>,
    fn(&Averages) -> Option<f64>,
);

const RECALL: Measure = (
    ConfusionWords::Recall,
    Order::Recall,
    |it| it.recall,
    |it| it.recall,
);
const PRECISION: Measure = (
    ConfusionWords::Precision,
    Order::Precision,
    |it| it.precision,
    |it| it.precision,
);
const F1: Measure = (ConfusionWords::F1, Order::F1, |it| it.f1, |it| it.f1);

/// The margins at the right, then those below: of rows, then of columns. A margin that a matrix of
/// shares can't tell is left out.
pub fn margins(shown: &Shown, classes: &[usize], lang: Lang) -> (Vec<Margin>, Vec<Margin>) {
    let of_actual = [
        totals(shown, classes, true, lang),
        shares(shown, classes, &RECALL, lang),
    ];
    let of_predicted = [
        totals(shown, classes, false, lang),
        shares(shown, classes, &PRECISION, lang),
    ];
    let (right, below) = match shown.is_transposed {
        false => (of_actual, of_predicted),
        true => (of_predicted, of_actual),
    };
    let f1 = shares(shown, classes, &F1, lang);
    (
        right.into_iter().chain([f1]).flatten().collect(),
        below.into_iter().flatten().collect(),
    )
}

/// The measures of each class as rows of a table, and of all: support, recall, precision, F1.
pub fn by_class(shown: &Shown, classes: &[usize], lang: Lang) -> Vec<Margin> {
    [
        totals(shown, classes, true, lang),
        shares(shown, classes, &RECALL, lang),
        shares(shown, classes, &PRECISION, lang),
        shares(shown, classes, &F1, lang),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// How many of each class there are, or are called so; with a difference how many more, as the
/// cells beside them are.
fn totals(shown: &Shown, classes: &[usize], is_actual: bool, lang: Lang) -> Option<Margin> {
    let kind = shown.kind();
    if !matches!(kind, MatrixKind::Counts | MatrixKind::Weighted) {
        return None;
    }
    let of = |measures: &Measures, class: usize| {
        let it = measures.classes.get(class)?;
        if is_actual { it.support } else { it.predicted }
    };
    let against = shown.against.as_ref().filter(|_| shown.is_difference);
    // Of one and the same test set there is nothing to tell.
    if is_actual && against.is_some_and(|it| it.totals == shown.matrix().actual_totals()) {
        return None;
    }
    let numbers = CellNumbers {
        kind,
        normalisation: Normalisation::None,
        is_difference: true,
        has_room: true,
        lang,
    };
    let value = |now: f64, before: Option<f64>| MarginValue {
        text: match before {
            Some(before) => numbers.value(now - before),
            None => amount(kind, now, lang),
        },
        is_better: None,
    };
    let of_class = |class: &usize| {
        let now = of(&shown.measures, *class).unwrap_or(0.0);
        value(now, against.and_then(|it| of(&it.measures, *class)))
    };
    Some(Margin {
        head: if is_actual {
            ConfusionWords::Actual
        } else {
            ConfusionWords::Predicted
        },
        order: if is_actual {
            Order::Support
        } else {
            Order::Predicted
        },
        values: classes.iter().map(of_class).collect(),
        all: value(
            shown.matrix().total(),
            against.map(|it| it.aligned.baseline.total()),
        ),
    })
}

fn shares(shown: &Shown, classes: &[usize], measure_of: &Measure, lang: Lang) -> Option<Margin> {
    let (head, order, of_class, of_all) = measure_of;
    let against = shown.against.as_ref().filter(|_| shown.is_difference);
    let value = |now: Option<f64>, before: Option<Option<f64>>| {
        let (text, is_better) = match before {
            Some(before) => measure_change(now, before, lang),
            None => (measure(now, lang), None),
        };
        MarginValue { text, is_better }
    };
    let class = |measures: &Measures, class: usize| measures.classes.get(class).and_then(of_class);
    let is_known = (0..shown.matrix().n_classes()).any(|it| class(&shown.measures, it).is_some());
    is_known.then(|| Margin {
        head: head.clone(),
        order: *order,
        values: classes
            .iter()
            .map(|it| {
                let before = against.map(|against| class(&against.measures, *it));
                value(class(&shown.measures, *it), before)
            })
            .collect(),
        all: value(
            of_all(&shown.measures.macro_average),
            against.map(|it| of_all(&it.measures.macro_average)),
        ),
    })
}
