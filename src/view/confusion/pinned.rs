use leptos::{prelude::*, task::spawn_local};

use super::{
    choose::{Confusion, class_words},
    shown::Shown,
};
use crate::{
    analysis::{cell_samples::CellRows, matrix_text::markdown_text},
    browser,
    model::{MatrixKind, Shared},
    words::{
        Say as _,
        confusion::{ConfusionWords, MatrixWords, shown_label},
        number,
    },
};

/// The pinned cell; else the sentence of the cell under the pointer.
#[component]
pub fn PinnedCell(
    /// The parts' common state.
    at: Confusion,
) -> impl IntoView {
    let content = move || {
        let shown = at.shown.get()?;
        // The parts are made anew in another language.
        at.page.lang.track();
        let pinned = at.pinned.get();
        let classes = pinned.as_ref().and_then(|(actual, predicted)| {
            let matrix = shown.matrix();
            Some((matrix.class(actual)?, matrix.class(predicted)?))
        });
        Some(match classes {
            Some((actual, predicted)) => view! { <Pin shown actual predicted at /> }.into_any(),
            None => view! { <Pointed shown at /> }.into_any(),
        })
    };
    view! { <section class="pin panel" aria-label=at.text(ConfusionWords::CellPanel)>{content}</section> }
}

/// What to do, and the sentence of the cell under the pointer or the cursor.
#[component]
fn Pointed(shown: Shared<Shown>, at: Confusion) -> impl IntoView {
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
    view! {
        <p class="pin-sentence" aria-hidden="true">{sentence}</p>
        <p class="quiet">{at.text(ConfusionWords::PinHint)}</p>
    }
}

/// One row of the panel's table.
struct Line {
    head: String,
    before: Option<String>,
    now: String,
}

#[component]
fn Pin(shown: Shared<Shown>, actual: usize, predicted: usize, at: Confusion) -> impl IntoView {
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
    let lines = lines(&shown, actual, predicted, at);
    let base = shown.against.as_ref().map(|it| it.name.clone());
    let has_before = lines.iter().any(|it| it.before.is_some());
    let line = |it: Line| {
        view! {
            <tr>
                <th scope="row">{it.head}</th>
                {has_before.then(|| view! { <td class="num">{it.before.unwrap_or_default()}</td> })}
                <td class="num"><b>{it.now}</b></td>
            </tr>
        }
    };
    let base_head = base.filter(|_| has_before).map(|base| {
        view! {
            <th scope="col" class="num">
                <span class="key">
                    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
                        <circle class="dot-base" cx="6" cy="6" r="4.5" />
                    </svg>
                    {base}
                </span>
            </th>
        }
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
        view! {
            <p class="small">
                <b>{head}</b>
                " "
                <span class="quiet">{row_numbers(&rows)} {more.map(|it| format!(" {it}"))} "."</span>
                {new.map(|new| view! { <span class="quiet">{format!(" {new}")}</span> })}
            </p>
        }
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
        view! {
            <button class="plain" type="button" on:click=on_click>
                {ConfusionWords::DownloadRows.say(lang)}
            </button>
        }
    });
    let markdown = format!("{}. ", markdown_text(&sentence));
    view! {
        <header>
            <p class="quiet small">{ConfusionWords::Pinned(labels.0, labels.1).say(lang)}</p>
            <button
                type="button"
                class="no-edge"
                aria-label=ConfusionWords::Unpin.say(lang)
                on:click=move |_| at.unpin()
            >
                "✕"
            </button>
        </header>
        <h2 class="pin-sentence">{format!("{sentence}.")}</h2>
        {more.map(|more| view! { <p class="quiet">{more}</p> })}
        <table class="pin-numbers">
            <caption class="vh">{sentence.clone()}</caption>
            <thead>
                <tr>
                    <td></td>
                    {base_head}
                    <th scope="col" class="num">
                        <span class="key">
                            <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
                                <circle class="dot-now" cx="6" cy="6" r="5" />
                            </svg>
                            {ConfusionWords::This.say(lang)}
                        </span>
                    </th>
                </tr>
            </thead>
            <tbody>{lines.into_iter().map(line).collect_view()}</tbody>
        </table>
        {rows_text}
        <div class="pin-go">
            <CopyButton label=ConfusionWords::CopyForDiscussion text=move || {
                format!("{markdown}[careo]({})", link(at))
            } at />
            {download}
        </div>
    }
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

/// The row numbers, new ones in bold.
fn row_numbers(rows: &CellRows) -> impl IntoView + use<> {
    let rows: Vec<(u32, bool)> = rows.rows.iter().copied().take(MAX_ROWS).collect();
    let row = |(idx, (row, is_new)): (usize, (u32, bool))| {
        let comma = if idx > 0 { ", " } else { "" };
        let number = match is_new {
            true => view! { <b class="worse">{row}</b> }.into_any(),
            false => row.into_any(),
        };
        view! { {comma} {number} }
    };
    rows.into_iter().enumerate().map(row).collect_view()
}

/// The rows as CSV: number, actual, predicted, whether new.
fn rows_csv(rows: &CellRows, (actual, predicted): &(String, String)) -> String {
    let field = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut csv = "row,actual,predicted,new\n".to_owned();
    for (row, is_new) in &rows.rows {
        let new = if rows.is_paired {
            is_new.to_string()
        } else {
            String::new()
        };
        csv.push_str(&format!(
            "{row},{},{},{new}\n",
            field(actual),
            field(predicted)
        ));
    }
    csv
}

/// The address of this very view: of the published report where that is known.
fn link(at: Confusion) -> String {
    let report = at.page.report.get_untracked();
    let base = report
        .origin
        .base_url
        .clone()
        .unwrap_or_else(browser::page_url);
    format!("{base}{}", at.page.address.get_untracked().to_fragment())
}

fn file_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_owned()
}

/// A button that copies a text, and says for a while whether it could.
#[component]
pub fn CopyButton(
    /// What it says.
    label: ConfusionWords,
    /// What it copies.
    text: impl Fn() -> String + 'static,
    /// The parts' common state.
    at: Confusion,
) -> impl IntoView {
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
    view! {
        <button type="button" on:click=on_click>{at.text(label)}</button>
        <span class="small quiet" role="status">{said}</span>
    }
}
