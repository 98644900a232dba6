use crate::{
    analysis::{
        digits::{self, DigitsKind, METRIC_DIGITS},
        numbers::NumberRow,
    },
    model::{ColumnId, Lang, Report},
    words::{
        Say as _,
        metric::metric_title,
        number,
        overview::{Overview, Sure},
    },
};

/// A metric's row in words and digits, for page and comment alike.
#[derive(Clone, Debug, PartialEq)]
pub struct RowText {
    /// What the metric is called.
    pub title: String,
    /// What stands before its key in the file, where its name is that key and says little alone.
    pub section: Option<String>,
    /// On the baseline; a dash where there is none.
    pub baseline: String,
    /// Now; a dash where there is none.
    pub current: String,
    /// "93 of 176", where the metric is that share; "mean of 3 runs", where it is that.
    pub baseline_right: Option<String>,
    /// "87 of 176".
    pub current_right: Option<String>,
    /// The difference with its arrow and its word.
    pub difference: Option<DifferenceText>,
    /// "−0.077 to +0.001".
    pub interval: Option<String>,
}

/// A difference: never by colour alone.
#[derive(Clone, Debug, PartialEq)]
pub struct DifferenceText {
    /// ▲, ▼ or =.
    pub arrow: &'static str,
    /// "−0.0341".
    pub number: String,
    /// "lower, not clear".
    pub word: String,
}

/// Writes the rows; names that several of them share get the column's own name behind.
pub fn row_texts(report: &Report, rows: &[NumberRow], lang: Lang) -> Vec<RowText> {
    let mut texts: Vec<RowText> = rows.iter().map(|it| row_text(report, it, lang)).collect();
    let titles: Vec<String> = texts.iter().map(|it| it.title.clone()).collect();
    for (text, row) in texts.iter_mut().zip(rows) {
        if titles.iter().filter(|it| **it == text.title).count() > 1 {
            let own = match row.column {
                None => Overview::Counted.say(lang),
                Some(column) => report.column_name(column),
            };
            text.title = format!("{} ({own})", text.title);
        }
    }
    texts
}

/// Writes a row with as many digits as its values need.
fn row_text(report: &Report, row: &NumberRow, lang: Lang) -> RowText {
    let difference = row.change().map(|it| it.difference());
    let values = row
        .baseline
        .into_iter()
        .chain(row.current)
        .chain(difference);
    let kind = digits::digits(values, METRIC_DIGITS).kind;
    let written =
        |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |it| write(it, kind, lang));
    let right = |right: Option<(u64, u64)>, n_runs: Option<u32>| match n_runs {
        Some(n) => Some(Overview::MeanOf(n).say(lang)),
        None => {
            let (part, whole) = right?;
            Some(Overview::Of { part, whole }.say(lang))
        }
    };
    let (runs_before, runs_now) = row.n_runs.unzip();
    let title = metric_title(report, row.column, lang);
    let id = row.column.and_then(|it| report.columns.get(it));
    let id = id.map(|it| &it.id).filter(|it| it.leaf() == title);
    RowText {
        title,
        section: id.map(ColumnId::section).filter(|it| !it.is_empty()),
        baseline: written(row.baseline),
        current: written(row.current),
        baseline_right: right(row.baseline_right, runs_before),
        current_right: right(row.current_right, runs_now),
        difference: difference.map(|it| difference_text(row, it, kind, lang)),
        interval: row
            .interval
            .map(|(low, high)| Overview::Range(low, high).say(lang)),
    }
}

fn difference_text(
    row: &NumberRow,
    difference: f64,
    kind: DigitsKind,
    lang: Lang,
) -> DifferenceText {
    let arrow = match difference {
        it if it > 0.0 => "▲",
        it if it < 0.0 => "▼",
        _ => "=",
    };
    let word = Overview::Change {
        is_up: (difference != 0.0).then_some(difference > 0.0),
        is_better: row.is_better,
        sure: Sure::of(row.is_comparable, row.is_clear),
    };
    let number = match kind {
        DigitsKind::After(n) => number::signed(difference, n, lang),
        DigitsKind::Significant(n) if difference > 0.0 => {
            format!("+{}", number::value(difference, n, lang))
        }
        DigitsKind::Significant(n) => number::value(difference, n, lang),
    };
    DifferenceText {
        arrow,
        number,
        word: word.say(lang),
    }
}

fn write(value: f64, kind: DigitsKind, lang: Lang) -> String {
    match kind {
        DigitsKind::After(n) => number::decimal(value, n, lang),
        DigitsKind::Significant(n) => number::value(value, n, lang),
    }
}
