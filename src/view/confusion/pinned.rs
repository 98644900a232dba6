use leptos::{ev, prelude::*, task::spawn_local};

use super::{
    choose::{Confusion, class_words},
    numbers::measure,
    shown::Shown,
};
use crate::{
    analysis::{
        cell_samples::CellRows, markdown::escape, matrix_text::csv_field, measures::ClassMeasures,
    },
    browser,
    browser::markup::{CollectNodes as _, IntoNode, el, group},
    model::{MatrixKind, Shared},
    view::{
        copy::address_of,
        dot::{dot_base, dot_now},
        session::Session,
    },
    words::{
        Say as _,
        confusion::{ConfusionWords, MatrixWords, OneClassWords, shown_label},
        number,
        verdict::Baseline,
    },
};

/// The id of a pinned cell's sentence.
pub const SENTENCE: &str = "pin-sentence";

/// The pinned cell; else the sentence of the cell under the pointer.
pub fn pinned_cell(
    // The parts' common state.
    at: Confusion,
) -> impl IntoNode {
    let content = move || {
        let shown = at.shown.get()?;
        // The parts are made anew in another language.
        at.page.lang.track();
        let pinned = at.pinned.get();
        let classes = pinned
            .as_ref()
            .and_then(|(actual, predicted)| Some((shown.class(actual)?, shown.class(predicted)?)));
        Some(match classes {
            Some((actual, predicted)) => pin(shown, actual, predicted, at).into_node(),
            None => pointed(shown, at).into_node(),
        })
    };
    el("section")
        .class("pin panel")
        .attr("aria-label", at.text(ConfusionWords::CellPanel))
        .child(content)
}

/// What to do, and the sentence of the cell under the pointer or the cursor.
fn pointed(shown: Shared<Shown>, at: Confusion) -> impl IntoNode {
    let sentence = move || {
        let (row, column) = at.pointed.get()?;
        let (actual, predicted) = shown.classes_at(row, column)?;
        let report = at.page.report.get();
        let words = class_words(&report, &shown);
        Some(format!(
            "{}.",
            shown
                .sentence(words, actual, predicted)
                .say(at.page.lang.get())
        ))
    };
    group()
        .child(
            el("p")
                .class("pin-sentence")
                .attr("aria-hidden", "true")
                .child(sentence),
        )
        .child(
            el("p")
                .class("quiet")
                .child(at.text(ConfusionWords::PinHint)),
        )
}

/// One row of the panel's table.
struct Line {
    head: String,
    before: Option<String>,
    now: String,
}

fn pin(shown: Shared<Shown>, actual: usize, predicted: usize, at: Confusion) -> impl IntoNode {
    let lang = at.page.lang.get_untracked();
    let report = at.page.report.get_untracked();
    let words = class_words(&report, &shown);
    let labels = (
        shown_label(shown.label(actual)),
        shown_label(shown.label(predicted)),
    );
    let sentence = shown.sentence(words, actual, predicted).say(lang);
    let right = shown.matrix().get(actual, actual);
    let is_more = actual != predicted && shown.matrix().get(actual, predicted) > right;
    let more = is_more.then(|| MatrixWords::MoreThanRecognised(right).say(words, lang));
    let mut lines = lines(&shown, actual, predicted, at);
    lines.extend(class_lines(&shown, actual, at));
    if actual != predicted {
        lines.extend(class_lines(&shown, predicted, at));
    }
    let base = shown.against.as_ref();
    let base = base.map(|it| Baseline::of(&it.name).name(lang));
    let has_before = lines.iter().any(|it| it.before.is_some());
    let line = |it: Line| {
        el("tr")
            .child(el("th").attr("scope", "row").child(it.head))
            .child(has_before.then(|| el("td").class("num").child(it.before.unwrap_or_default())))
            .child(el("td").class("num").child(el("b").child(it.now)))
    };
    let base_head = base.filter(|_| has_before).map(|base| {
        el("th")
            .attr("scope", "col")
            .class("num")
            .child(el("span").class("key").child(dot_base()).child(base))
    });
    let rows = shown
        .rows(&report, actual, predicted)
        .filter(|(_, it)| !it.rows.is_empty());
    let rows_text = rows.clone().map(|(artifact, rows)| {
        let head = MatrixWords::WhichRows(&file_name(&artifact)).say(words, lang);
        let more = rows.rows.len().saturating_sub(MAX_ROWS);
        let more = (more > 0).then(|| MatrixWords::AndMore(more).say(words, lang));
        let new: Vec<u32> = rows.rows.iter().filter(|it| it.1).map(|it| it.0).collect();
        let new = match (rows.is_paired, new.as_slice()) {
            (false, _) => None,
            (true, []) => Some(MatrixWords::NoNewRows.say(words, lang)),
            (true, new) => {
                let listed = new.get(..MAX_ROWS.min(new.len())).unwrap_or(new);
                Some(MatrixWords::NewRows(listed).say(words, lang))
            }
        };
        el("p")
            .class("small")
            .child(el("b").child(head))
            .child(" ")
            .child(
                el("span")
                    .class("quiet")
                    .child(row_numbers(&rows))
                    .child(more.map(|it| format!(" {it}")))
                    .child("."),
            )
            .child(new.map(|new| el("span").class("quiet").child(format!(" {new}"))))
    });
    let download = rows.map(|(artifact, rows)| {
        let pair = (
            shown.label(actual).to_owned(),
            shown.label(predicted).to_owned(),
        );
        let on_click = move |_| {
            let csv = rows_csv(&rows, &pair);
            let name = format!("rows-of-{}", file_name(&artifact));
            browser::download(&name, "text/csv", csv.as_bytes());
        };
        el("button")
            .class("plain")
            .attr("type", "button")
            .on(ev::click, on_click)
            .child(ConfusionWords::DownloadRows.say(lang))
    });
    let open = |class: usize| {
        let label = shown.label(class).to_owned();
        let title = OneClassWords::Title(&label).say(words, lang);
        el("button")
            .class("plain no-print")
            .attr("type", "button")
            .on(ev::click, move |_| at.open_class(&label))
            .child(title)
    };
    let session = Session::get();
    let quoted = escape(&sentence);
    group()
        .child(
            el("header")
                .child(
                    el("p")
                        .class("quiet small")
                        .child(ConfusionWords::Pinned(labels.0, labels.1).say(lang)),
                )
                .child(
                    el("button")
                        .attr("type", "button")
                        .class("no-edge")
                        .attr("aria-label", ConfusionWords::Unpin.say(lang))
                        .on(ev::click, move |_| {
                            at.unpin();
                            at.focus_cell();
                        })
                        .child("✕"),
                ),
        )
        .child(
            el("h2")
                .attr("id", SENTENCE)
                .class("pin-sentence")
                .child(format!("{sentence}.")),
        )
        .child(more.map(|more| el("p").class("quiet").child(more)))
        .child(
            el("table")
                .class("pin-numbers")
                .child(el("caption").class("vh").child(sentence.clone()))
                .child(
                    el("thead").child(
                        el("tr").child(el("td")).child(base_head).child(
                            el("th").attr("scope", "col").class("num").child(
                                el("span")
                                    .class("key")
                                    .child(dot_now())
                                    .child(ConfusionWords::This.say(lang)),
                            ),
                        ),
                    ),
                )
                .child(el("tbody").child(lines.into_iter().map(line).collect_nodes())),
        )
        .child(rows_text)
        .child(
            el("div")
                .class("pin-go")
                .child(copy_button(
                    ConfusionWords::CopyForDiscussion,
                    move || match address_of(at.page, session, &at.page.address.get_untracked()) {
                        Some(address) => format!("{quoted}. [careo]({address})"),
                        None => format!("{quoted}."),
                    },
                    at,
                ))
                .child(download)
                .child(open(actual))
                .child((actual != predicted).then(|| open(predicted))),
        )
}

/// The most row numbers that are listed.
const MAX_ROWS: usize = 40;

/// The counts and both rates, beside the baseline's, and the other way round.
fn lines(shown: &Shown, actual: usize, predicted: usize, at: Confusion) -> Vec<Line> {
    let lang = at.page.lang.get_untracked();
    let report = at.page.report.get_untracked();
    let words = class_words(&report, shown);
    let matrix = shown.matrix();
    let (a, p) = (
        shown_label(shown.label(actual)),
        shown_label(shown.label(predicted)),
    );
    let percent = |part: f64, whole: f64| match whole > 0.0 {
        true => number::percent(part / whole, 1, lang),
        false => "–".to_owned(),
    };
    let baseline = shown.against.as_ref().map(|it| &it.aligned.baseline);
    let baseline = baseline.filter(|_| shown.before(actual, predicted).is_some());
    let predicted_total = |matrix: &crate::model::ConfusionMatrix| {
        matrix
            .predicted_totals()
            .get(predicted)
            .copied()
            .unwrap_or(0.0)
    };
    let count = matrix.get(actual, predicted);
    let before = baseline.map(|it| it.get(actual, predicted));
    let mut lines = vec![Line {
        head: MatrixWords::Samples.say(words, lang),
        before: before.map(|it| words.amount(it, lang)),
        now: words.amount(count, lang),
    }];
    if matches!(shown.kind(), MatrixKind::Counts | MatrixKind::Weighted) {
        lines.push(Line {
            head: MatrixWords::OfActual(shown.total(actual), &a).say(words, lang),
            before: shown
                .before(actual, predicted)
                .map(|it| percent(it.count, it.of)),
            now: percent(count, shown.total(actual)),
        });
        lines.push(Line {
            head: MatrixWords::OfPredicted(&p).say(words, lang),
            before: baseline.map(|it| percent(it.get(actual, predicted), predicted_total(it))),
            now: percent(count, predicted_total(matrix)),
        });
    }
    if actual != predicted {
        lines.push(Line {
            head: MatrixWords::OtherWay(&p, &a).say(words, lang),
            before: baseline.map(|it| words.amount(it.get(predicted, actual), lang)),
            now: words.amount(matrix.get(predicted, actual), lang),
        });
    }
    lines
}

/// Recall, precision and F1 of a class, beside the baseline's; none where a matrix of shares can't
/// tell them.
fn class_lines(shown: &Shown, class: usize, at: Confusion) -> Vec<Line> {
    let lang = at.page.lang.get_untracked();
    let label = shown_label(shown.label(class));
    let now = shown.measures.classes.get(class);
    let before = shown.against.as_ref();
    let before = before.map(|it| it.measures.classes.get(class));
    let of = |head: ConfusionWords, read: fn(&ClassMeasures) -> Option<f64>| {
        let now = now.and_then(read);
        let before = before.map(|it| it.and_then(read));
        let is_known = now.is_some() || before.is_some_and(|it| it.is_some());
        is_known.then(|| Line {
            head: format!("{label}: {}", head.say(lang)),
            before: before.map(|it| measure(it, lang)),
            now: measure(now, lang),
        })
    };
    let lines = [
        of(ConfusionWords::Recall, |it| it.recall),
        of(ConfusionWords::Precision, |it| it.precision),
        of(ConfusionWords::F1, |it| it.f1),
    ];
    lines.into_iter().flatten().collect()
}

/// The row numbers, new ones in bold.
fn row_numbers(rows: &CellRows) -> impl IntoNode + use<> {
    let rows: Vec<(u32, bool)> = rows.rows.iter().copied().take(MAX_ROWS).collect();
    let row = |(idx, (row, is_new)): (usize, (u32, bool))| {
        let comma = if idx > 0 { ", " } else { "" };
        let number = match is_new {
            true => el("b").class("worse").child(row.to_string()).into_node(),
            false => row.to_string().into_node(),
        };
        group().child(comma).child(number)
    };
    rows.into_iter().enumerate().map(row).collect_nodes()
}

/// The rows as CSV: number, actual, predicted, whether new.
fn rows_csv(rows: &CellRows, (actual, predicted): &(String, String)) -> String {
    let (actual, predicted) = (csv_field(actual), csv_field(predicted));
    let mut csv = "row,actual,predicted,new\n".to_owned();
    for (row, is_new) in &rows.rows {
        let new = if rows.is_paired {
            is_new.to_string()
        } else {
            String::new()
        };
        csv.push_str(&format!("{row},{actual},{predicted},{new}\n"));
    }
    csv
}

fn file_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_owned()
}

/// A button that copies a text, and says for a while whether it could.
pub fn copy_button(
    // What it says.
    label: ConfusionWords,
    // What it copies.
    text: impl Fn() -> String + 'static,
    // The parts' common state.
    at: Confusion,
) -> impl IntoNode {
    let (is_copied, set_copied) = signal(None::<bool>);
    let on_click = move |_| {
        let text = text();
        spawn_local(async move {
            let is_copied = browser::copy(&text).await;
            // The button may be gone by then.
            let _ = set_copied.try_set(Some(is_copied));
        });
    };
    let said = move || {
        Some(match is_copied.get()? {
            true => at.say(ConfusionWords::Copied),
            false => at.say(ConfusionWords::NotCopied),
        })
    };
    group()
        .child(
            el("button")
                .attr("type", "button")
                .on(ev::click, on_click)
                .child(at.text(label)),
        )
        .child(
            el("span")
                .class("small quiet")
                .attr("role", "status")
                .child(said),
        )
}
