use super::sentence::baseline_name;
use crate::{
    analysis::business::{Business, PER},
    model::{Lang, Report, Settings, Verdict},
    words::{
        Say as _,
        metric::{class_name, class_title, samples},
        worth::{Worth as Words, amount, rounded},
    },
};

/// The value in words: both sides, the difference, its interval.
pub fn worth_text(
    report: &Report,
    judged: &Verdict,
    business: &Business,
    worth: f64,
    lang: Lang,
) -> Vec<String> {
    let unit = report.settings.worth.unit.as_deref();
    let confidence = report.settings.confidence();
    let values = business.at(worth, confidence);
    let samples = samples(&report.settings, PER as u64, lang);
    let plain = |value: f64| amount(value, unit, false, lang);
    let now = plain(values.current);
    let (Some(before), Some(difference)) = (values.baseline, values.difference()) else {
        return vec![Words::Now { samples, now }.say(lang)];
    };
    // The difference of the numbers that stand beside it, where rounding is all that tells it from
    // the exact one.
    let shown = rounded(values.current) - rounded(before);
    let difference = match difference.abs() >= 99.5 && (shown - difference).abs() <= 1.0 {
        true => shown,
        false => difference,
    };
    let size = plain(difference.abs());
    let is_nothing = size == plain(0.0);
    let interval = values.interval.map(|(low, high)| Words::Interval {
        confidence,
        low: amount(low, unit, true, lang),
        high: amount(high, unit, true, lang),
        has_zero: low <= 0.0 && high >= 0.0,
    });
    [
        Words::Both {
            samples,
            baseline: baseline_name(report, judged).name(lang),
            before: plain(before),
            now,
        },
        Words::Difference {
            size,
            is_gain: (!is_nothing).then_some(difference > 0.0),
        },
        interval.unwrap_or(Words::NoInterval),
    ]
    .map(|it| it.say(lang))
    .into()
}

/// What the unknown cell is called: "Fraud taken for another class".
pub fn unknown_cell(report: &Report, business: &Business, lang: Lang) -> Option<String> {
    let (actual, predicted) = business.unknown.as_ref()?;
    // An empty label is any other class.
    let text = |label: &String, written: fn(&Settings, &str, u64, Lang) -> String| match label
        .is_empty()
    {
        true => String::new(),
        false => written(&report.settings, label, 1, lang),
    };
    let cell = Words::Cell {
        actual: text(actual, class_title),
        predicted: text(predicted, class_name),
    };
    Some(cell.say(lang))
}

/// Where both sides are worth the same.
pub fn break_even(report: &Report, judged: &Verdict, business: &Business, lang: Lang) -> String {
    let Some(at) = business.break_even() else {
        return Words::NoBreakEven.say(lang);
    };
    let unit = report.settings.worth.unit.as_deref();
    let baseline = baseline_name(report, judged).name(lang);
    let is_better_above = business
        .baseline
        .is_some_and(|baseline| business.current.slope > baseline.slope);
    let words = match business.can_turn() {
        true => Words::BreakEven {
            at: amount(at, unit, false, lang),
            is_better_above,
            baseline,
        },
        false => Words::NeverTurns {
            at: amount(at.abs(), unit, false, lang),
            is_cost: business.set < 0.0,
            is_better: is_better_above == (business.set > at),
            baseline,
        },
    };
    words.say(lang)
}

/// The same where nothing else names the cell.
pub fn break_even_of_cell(
    report: &Report,
    judged: &Verdict,
    business: &Business,
    lang: Lang,
) -> String {
    let told = break_even(report, judged, business, lang);
    match unknown_cell(report, business, lang) {
        Some(cell) => format!("{} {told}", Words::Unknown(cell).say(lang)),
        None => told,
    }
}
