use leptos::{ev, prelude::*, task::spawn_local};

use super::{
    choose::{Confusion, class_words, run_name},
    margins::{Margin, MarginValue, margins},
    numbers::CellNumbers,
    question::{ORDERS, name_of},
    shown::Shown,
};
use crate::{
    analysis::heatmap::{Fill, HeatCell, Heatmap},
    browser,
    browser::markup::{CollectNodes as _, IntoNode, Memo, Node, RwSignal, el, group},
    model::{Lang, Shared},
    view::code_text::{BREAKS, breakable},
    words::{
        Say as _,
        confusion::{ConfusionWords, MatrixWords, apart, shown_label},
        metric::capitalised,
    },
};

/// So many letters of a label stand in a line before its row.
const N_ROW: usize = 20;
/// With more classes the matrix has the whole width, and the panel of a cell stands below it.
pub const MOST_CLOSE: usize = 16;

/// The matrix as a table with its margins: a grid of real cells.
pub fn matrix_table(
    // What to show.
    shown: Shared<Shown>,
    // The parts' common state.
    at: Confusion,
) -> impl IntoNode {
    let lang = at.page.lang.get_untracked();
    let map = shown.heatmap.clone().unwrap_or_default();
    let n = map.classes.len();
    let (right, below) = margins(&shown, &map.classes, lang);
    let on_keydown = move |event: leptos::ev::KeyboardEvent| {
        let is_ctrl = event.ctrl_key() || event.meta_key();
        if at.press(&event.key(), is_ctrl, event.alt_key(), n) {
            event.prevent_default();
            at.focus_cell();
        }
    };
    let on_focusin = move |event: leptos::ev::FocusEvent| match cell_of(&event) {
        Some(cell) => {
            at.cursor.set(cell);
            at.pointed.set(Some(cell));
        }
        // Buttons in headings keep the focus.
        None if browser::closest_id(&event, "th").is_none()
            && browser::closest_id(&event, "#matrix").is_some() =>
        {
            // Not within this very event, which moving the focus would raise again.
            spawn_local(async move { at.focus_cell() });
        }
        None => {}
    };
    let on_click = move |event: leptos::ev::MouseEvent| {
        if let Some(cell) = cell_of(&event) {
            at.cursor.set(cell);
            at.pin(cell);
        }
    };
    // The place of the class whose heading is pressed.
    let pressed: RwSignal<Option<usize>> = RwSignal::new(None);
    let on_down = move |event: leptos::ev::PointerEvent| {
        let place = head_of(&event).filter(|_| event.button() == 0);
        pressed.set(place);
        if place.is_some() {
            // No text is selected on the way.
            event.prevent_default();
        }
    };
    let on_up = move |event: leptos::ev::PointerEvent| {
        let from = pressed.get_untracked();
        pressed.set(None);
        match (from, head_of(&event).or_else(|| row_of(&event))) {
            (Some(from), Some(to)) if from == to => at.open_class_at(from),
            (Some(from), Some(to)) => at.move_class(from, to),
            _ => {}
        }
    };
    let on_pointer = move |event: leptos::ev::MouseEvent| at.pointed.set(cell_of(&event));
    let size = match n {
        0..=8 => "roomy",
        9..=MOST_CLOSE => "close",
        _ => "tight",
    };
    // What is wider than its column runs upwards; where there is room for several lines, what has a
    // word that is.
    let n_fit = match n {
        0..=5 => 11,
        6 => 10,
        7 | 8 => 7,
        9..=MOST_CLOSE => 5,
        _ => 3,
    };
    let longest = |class: &usize| {
        let label = shown_label(shown.label(*class));
        let is_end = |it: char| n <= 8 && (it == ' ' || BREAKS.contains(&it));
        let words = label.split_inclusive(is_end);
        words.map(|it| it.chars().count()).max().unwrap_or(0)
    };
    let is_upright = map.classes.iter().any(|it| longest(it) > n_fit);
    // Letters of a heading: upright, of two lines where these are wide enough.
    let n_head = match (is_upright, n) {
        (false, _) => 3 * n_fit,
        (true, 9..=MOST_CLOSE) => 2 * N_ROW - 4,
        (true, _) => N_ROW,
    };
    let n_chars = |class: &usize| shown.label(*class).chars().count();
    let is_named = map.classes.iter().any(|it| n_chars(it) > 6);
    let heads = column_heads(&shown, &map, (&right, n_head), at);
    let rows = rows(&shown, &map, &right, at);
    let feet = feet(&right, &below, at);
    let caption = caption(&shown, at, lang);
    let columns = (0..=n).map(|column| {
        let is_pointed = move || {
            let pointed = at.pointed.get();
            column > 0 && pointed.is_some_and(|(_, it)| it + 1 == column)
        };
        el("col").class_if("matrix-band", is_pointed)
    });
    let table = el("div").class("matrix-scroll scroll").child(
        el("table")
            .attr("id", "matrix")
            .attr("role", "grid")
            .attr("tabindex", "-1")
            .class(format!("matrix-{size}"))
            .class_if("matrix-upright", is_upright)
            .class_if("matrix-named", is_named)
            .class_if("matrix-difference", shown.is_difference)
            .attr("style", format!("--n:{n}"))
            .attr("aria-rowcount", 1 + n + below.len())
            .attr("aria-colcount", 1 + n + right.len())
            .attr("aria-describedby", "matrix-orientation")
            .on(ev::keydown, on_keydown)
            .on(ev::focusin, on_focusin)
            .on(ev::click, on_click)
            .on(ev::pointerdown, on_down)
            .on(ev::pointerup, on_up)
            .class_if("is-moving", move || pressed.get().is_some())
            .on(ev::mouseover, on_pointer)
            .on(ev::mouseleave, move |_| at.pointed.set(None))
            .child(el("caption").class("vh").child(caption))
            .child(el("colgroup").child(columns.collect_nodes()))
            .child(el("thead").child(heads))
            .child(el("tbody").child(rows))
            .child(el("tfoot").child(feet)),
    );
    let hint = (n > 1).then(|| {
        el("p")
            .class("note only-wide no-print")
            .child(ConfusionWords::MoveHint.say(lang))
    });
    group().child(table).child(hint)
}

/// The id of a cell's element.
pub fn cell_id(row: usize, column: usize) -> String {
    format!("cell-{row}-{column}")
}

/// Row and column of the cell that an event is about.
fn cell_of(event: &browser::Event) -> Option<(usize, usize)> {
    let id = browser::closest_id(event, "[role=gridcell]")?;
    let (row, column) = id.strip_prefix("cell-")?.split_once('-')?;
    Some((row.parse().ok()?, column.parse().ok()?))
}

/// The place of the class whose heading an event is about.
fn head_of(event: &browser::Event) -> Option<usize> {
    let id = browser::closest_id(event, "th[id]")?;
    let (_, place) = id.strip_prefix("class-")?.split_once('-')?;
    place.parse().ok()
}

/// The place of the class in whose row an event is.
fn row_of(event: &browser::Event) -> Option<usize> {
    Some(cell_of(event)?.0)
}

/// What the table is, for those who don't see it.
pub fn caption(shown: &Shown, at: Confusion, lang: Lang) -> String {
    let report = at.page.report.get_untracked();
    let name = run_name(shown, report.current, lang);
    let words = class_words(&report, shown);
    let head = match &shown.against {
        Some(against) if shown.is_difference => {
            MatrixWords::DifferenceHeadline(&name, &against.name).say(words, lang)
        }
        _ => format!("{} · {name}", ConfusionWords::Title.say(lang)),
    };
    let orientation = MatrixWords::Orientation {
        titles: &shown.source.titles,
        is_transposed: shown.is_transposed,
    };
    format!("{head} {}", orientation.say(words, lang))
}

/// The labels of the classes shown.
fn labels(shown: &Shown, map: &Heatmap) -> Vec<String> {
    let labels = map.classes.iter();
    labels.map(|it| shown_label(shown.label(*it))).collect()
}

fn column_heads(
    shown: &Shown,
    map: &Heatmap,
    (right, n_head): (&[Margin], usize),
    at: Confusion,
) -> Node {
    let report = at.page.report.get_untracked();
    let lang = at.page.lang.get_untracked();
    let words = class_words(&report, shown);
    let is_roomy = map.classes.len() <= 8;
    let heads = apart(&labels(shown, map), n_head);
    let head = |(column, class): (usize, &usize)| {
        let label = shown.label(*class);
        let noun = words.one(label, lang).filter(|_| is_roomy);
        let is_pointed = move || at.pointed.get().is_some_and(|(_, it)| it == column);
        el("th")
            .attr("scope", "col")
            .attr("id", format!("class-c-{column}"))
            .class("head")
            .class_if("matrix-band", is_pointed)
            .attr("title", shown_label(label))
            .child(noun.map(|noun| el("span").class("sub only-wide").child(noun)))
            .child(el("b").child(match heads.get(column).cloned() {
                Some(label) if is_roomy => breakable(&label),
                label => label.into_node(),
            }))
    };
    let margin = |(idx, margin): (usize, &Margin)| {
        el("th")
            .attr("scope", "col")
            .class("mg only-wide")
            .class_if("first", idx == 0)
            .child(margin_head(margin, at))
    };
    let corner = match shown.is_transposed {
        false => [ConfusionWords::Actual, ConfusionWords::Predicted],
        true => [ConfusionWords::Predicted, ConfusionWords::Actual],
    };
    let [rows, columns] = corner.map(|it| it.say(lang));
    el("tr")
        .attr("role", "row")
        .child(
            el("th").attr("scope", "col").child(
                el("span")
                    .class("vh")
                    .child(format!("{rows} ↓, {columns} →")),
            ),
        )
        .child(map.classes.iter().enumerate().map(head).collect_nodes())
        .child(right.iter().enumerate().map(margin).collect_nodes())
        .into_node()
}

fn rows(shown: &Shared<Shown>, map: &Heatmap, right: &[Margin], at: Confusion) -> Vec<Node> {
    let report = at.page.report.get_untracked();
    let lang = at.page.lang.get_untracked();
    let words = class_words(&report, shown);
    let n = map.classes.len();
    // Few classes have high rows, with room for two lines.
    let heads = apart(&labels(shown, map), if n <= 8 { 2 * N_ROW } else { N_ROW });
    let numbers = CellNumbers {
        kind: shown.kind(),
        normalisation: shown.normalisation,
        is_difference: shown.is_difference,
        has_room: n <= 8,
        lang,
    };
    let pinned = {
        let shown = shown.clone();
        Memo::new(move |_| {
            let (actual, predicted) = at.pinned.get()?;
            shown.position(&actual, &predicted)
        })
    };
    let row = |(row, cells): (usize, &[HeatCell])| {
        let class = map.classes.get(row).copied().unwrap_or(0);
        let label = shown.label(class);
        let noun = words.one(label, lang).filter(|_| n <= 16);
        let head = el("th")
            .attr("scope", "row")
            .attr("id", format!("class-r-{row}"))
            .class("head")
            .attr("title", shown_label(label))
            .child(noun.map(|noun| {
                el("span")
                    .class("only-wide")
                    .child(capitalised(&noun) + " ")
            }))
            .child(el("b").child(heads.get(row).cloned()));
        let cell = |(column, cell): (usize, &HeatCell)| {
            let is_noise = shown.noisy.get(row * n + column).copied().unwrap_or(false);
            let place = (row, column);
            let (class, style) = look(cell, is_noise);
            let is_pinned = move || pinned.get() == Some(place);
            let word = change_word(cell.fill, n).map(|it| it.say(lang));
            let text = numbers.cell(cell);
            let sentence = shown.sentence(words, cell.actual, cell.predicted).say(lang);
            // A name that is heard has what is seen in it (WCAG 2.2, 2.5.3).
            let name = match (shown.is_difference, &word) {
                (true, Some(word)) => format!("{text} {word}. {sentence}"),
                (true, None) => format!("{text}. {sentence}"),
                // A rate; a count is in the sentence.
                (false, _) if !sentence.contains(&text) => format!("{text}. {sentence}"),
                (false, _) => sentence,
            };
            el("td")
                .attr("id", cell_id(row, column))
                .attr("role", "gridcell")
                .class(class)
                .class_if("hit", is_pinned)
                .attr("style", style)
                .attr("tabindex", move || {
                    if at.cursor.get() == place { "0" } else { "-1" }
                })
                .attr("aria-selected", move || is_pinned().to_string())
                .attr("data-actual", shown.label(cell.actual).to_owned())
                .attr("data-predicted", shown.label(cell.predicted).to_owned())
                .attr("data-count", cell.count.to_string())
                .attr("aria-label", name)
                .child(text)
                .child(word.map(|word| {
                    group()
                        .child(" ")
                        .child(el("span").class("sub").child(word))
                }))
        };
        let margin = |(idx, margin): (usize, &Margin)| {
            let value = margin.values.get(row).cloned().unwrap_or_default();
            el("th")
                .attr("scope", "row")
                .class("mg only-wide")
                .class_if("first", idx == 0)
                .child(margin_value(value))
        };
        el("tr")
            .attr("role", "row")
            .child(head)
            .child(cells.iter().enumerate().map(cell).collect_nodes())
            .child(right.iter().enumerate().map(margin).collect_nodes())
            .into_node()
    };
    map.cells.chunks(n.max(1)).enumerate().map(row).collect()
}

fn feet(right: &[Margin], below: &[Margin], at: Confusion) -> Vec<Node> {
    let lang = at.page.lang.get_untracked();
    let n_below = below.len();
    let foot = |(idx, margin): (usize, &Margin)| {
        let value = |value: &MarginValue| {
            el("th")
                .attr("scope", "col")
                .child(margin_value(value.clone()))
        };
        let corner = |(idx, margin): (usize, &Margin)| {
            let all = margin.all.clone();
            el("th")
                .attr("scope", "col")
                .class("mg only-wide")
                .class_if("first", idx == 0)
                .child(margin_value(all))
        };
        // The corner holds what all classes together have, and says so in the line below.
        let corners = if idx == 0 && n_below > 1 {
            right
                .iter()
                .enumerate()
                .map(corner)
                .collect_nodes()
                .into_node()
        } else if idx == 1 && right.len() > 1 {
            let words = ConfusionWords::MacroAverages.say(lang);
            el("th")
                .attr("scope", "col")
                .class("mg only-wide first quiet")
                .attr("colspan", right.len())
                .child(words)
                .into_node()
        } else {
            ().into_node()
        };
        el("tr")
            .attr("role", "row")
            .child(el("th").attr("scope", "row").child(margin_head(margin, at)))
            .child(margin.values.iter().map(value).collect_nodes())
            .child(corners)
            .into_node()
    };
    below.iter().enumerate().map(foot).collect()
}

/// What a margin is; pressed, it orders the classes.
fn margin_head(margin: &Margin, at: Confusion) -> impl IntoNode + use<> {
    let order = margin.order;
    let lang = at.page.lang.get_untracked();
    let shown = at.shown.get_untracked();
    let is_so = shown.is_some_and(|shown| shown.order == order);
    let name = name_of(&ORDERS, order);
    // Pressed again, it is the artifact's order.
    let to = if is_so { "" } else { name };
    el("button")
        .attr("type", "button")
        .class("plain")
        .attr("aria-pressed", is_so.to_string())
        .attr("title", ConfusionWords::Order(order).say(lang))
        .on(ev::click, move |_| {
            at.change(|it| it.with("order", Some(to)).with("moves", None));
        })
        .child(margin.head.say(lang))
}

/// A margin's number, with an arrow where it is a change.
pub fn margin_value(value: MarginValue) -> Node {
    let Some(is_better) = value.is_better else {
        return value.text.into_node();
    };
    let (class, arrow) = match is_better {
        true => ("better", "▲"),
        false => ("worse", "▼"),
    };
    el("span")
        .class(class)
        .child(
            el("span")
                .class("arrow")
                .attr("aria-hidden", "true")
                .child(arrow),
        )
        .child(value.text)
        .into_node()
}

/// Class and inline style of a cell.
fn look(cell: &HeatCell, is_noise: bool) -> (&'static str, Option<String>) {
    // The strongest change keeps its ink readable.
    const STRONGEST: f64 = 0.62;
    let strength = |tone: f64| Some(format!("--t:{:.3}", tone * STRONGEST));
    match (cell.fill, is_noise) {
        (Fill::Empty, _) => ("c zero", None),
        (Fill::Tone(_), _) => {
            let colours = cell.fill.colours();
            let style = colours
                .map(|(ground, ink)| format!("background:{};color:{}", ground.css(), ink.css()));
            ("c", style)
        }
        (Fill::Better(tone), false) => ("c b", strength(tone)),
        (Fill::Better(tone), true) => ("c b noise", strength(tone)),
        (Fill::Worse(tone), false) => ("c w", strength(tone)),
        (Fill::Worse(tone), true) => ("c w noise", strength(tone)),
    }
}

/// The word beside a change, where there is room.
fn change_word(fill: Fill, n_classes: usize) -> Option<ConfusionWords> {
    match fill {
        Fill::Better(_) if n_classes <= 8 => Some(ConfusionWords::Better),
        Fill::Worse(_) if n_classes <= 8 => Some(ConfusionWords::Worse),
        _ => None,
    }
}
