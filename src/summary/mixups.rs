use super::sentence::baseline_name;
use crate::{
    analysis::{confusions, matrix_source},
    model::{ConfusionMatrix, Lang, MatrixKind, Report, Shared, Verdict},
    words::{
        Say as _,
        metric::{class_count, class_name, class_title, class_whole},
        mixups::MixUps,
    },
};

/// Two classes that the model takes for each other.
#[derive(Clone, Debug, PartialEq)]
pub struct MixUp {
    /// The label that is taken for the other more often.
    pub actual: String,
    /// The other label.
    pub predicted: String,
    /// "Small forwards and power forwards".
    pub title: String,
    /// The sentences about them.
    pub text: String,
    /// The four cells: actual and predicted rows by actual and predicted columns.
    pub cells: [[f64; 2]; 2],
    /// The matrix's largest cell: the end of the colour scale.
    pub scale: f64,
}

/// The pairs of classes that are mixed up most, both ways together.
pub fn mix_ups(report: &Report, judged: &Verdict, n_most: usize, lang: Lang) -> Vec<MixUp> {
    let revision = report.revisions.get(judged.current);
    if !revision.is_some_and(|it| it.is_ranked()) {
        return Vec::new();
    }
    let sources = matrix_source::sources(report, judged.current);
    let Some(source) = sources.first() else {
        return Vec::new();
    };
    let before = judged.baseline.and_then(|baseline| {
        let of_baseline = matrix_source::sources(report, baseline);
        matrix_source::counterpart(source, &of_baseline)
    });
    let before = before.map(|it| it.matrix);
    let is_any = |_, _| true;
    let (found, _) = confusions::most_mutual(&source.matrix, before.as_deref(), &is_any, n_most);
    let told = found.iter();
    told.map(|it| mix_up(report, judged, (&source.matrix, before.as_ref()), it, lang))
        .collect()
}

fn mix_up(
    report: &Report,
    judged: &Verdict,
    (matrix, before): (&ConfusionMatrix, Option<&Shared<ConfusionMatrix>>),
    found: &confusions::MutualConfusion,
    lang: Lang,
) -> MixUp {
    let (first, second) = (found.first, found.second);
    let (actual, predicted) = match matrix.get(first, second) >= matrix.get(second, first) {
        true => (first, second),
        false => (second, first),
    };
    let label = |class: usize| matrix.labels().get(class).cloned().unwrap_or_default();
    let noun = |class: usize, n: u64| class_name(&report.settings, &label(class), n, lang);
    let totals = matrix.actual_totals();
    let total = totals.get(actual).copied().unwrap_or(0.0);
    let taken = matrix.get(actual, predicted);
    let text = if matrix.kind() == MatrixKind::Counts {
        let baseline = before.map(|it| it as &ConfusionMatrix);
        let at = |a: usize, p: usize| {
            let baseline = baseline.filter(|it| it.kind() == matrix.kind())?;
            let (a, p) = (baseline.class(&label(a))?, baseline.class(&label(p))?);
            Some(baseline.get(a, p) as u64)
        };
        let hits = matrix.get(actual, actual);
        [
            MixUps::Times(found.share.count as u64),
            MixUps::TakenFor {
                of: class_count(&report.settings, &label(actual), total as u64, lang),
                predicted: noun(predicted, 2),
                n: taken as u64,
                before: at(actual, predicted),
                baseline: baseline_name(report, judged),
                recognised: (hits < taken).then_some(hits as u64),
            },
            MixUps::OtherWay(matrix.get(predicted, actual) as u64, at(predicted, actual)),
        ]
        .map(|it| it.say(lang))
        .join(" ")
    } else {
        let share = |a: usize, p: usize| {
            // Of a class only what was taken for it is known: its own samples can't be counted.
            if matrix.kind() == MatrixKind::NormalisedByColumn {
                return MixUps::ShareOfTaken {
                    actual: noun(a, 2),
                    predicted: noun(p, 2),
                    share: matrix.get(a, p),
                };
            }
            let of = totals.get(a).copied().unwrap_or(0.0);
            MixUps::ShareTakenFor {
                actual: class_whole(&report.settings, &label(a), lang),
                predicted: noun(p, 2),
                share: if of > 0.0 { matrix.get(a, p) / of } else { 0.0 },
            }
        };
        [share(actual, predicted), share(predicted, actual)]
            .map(|it| it.say(lang))
            .join(" ")
    };
    let first = class_title(&report.settings, &label(actual), 2, lang);
    MixUp {
        title: MixUps::Pair(first, noun(predicted, 2)).say(lang),
        text,
        cells: [
            [matrix.get(actual, actual), taken],
            [
                matrix.get(predicted, actual),
                matrix.get(predicted, predicted),
            ],
        ],
        scale: matrix
            .filled()
            .map(|(_, _, value)| value)
            .fold(0.0, f64::max),
        actual: label(actual),
        predicted: label(predicted),
    }
}
