use leptos::{ev, task::spawn_local};

use super::{
    cell::{arrow, changed},
    grid::{Grid, full_value, shows_difference, text_of},
    row::{state_key, state_words},
    state::NOBODY,
};
use crate::{
    analysis::{compare::Change, markdown::escape_inline, matrix_text::json_text, table::known},
    browser,
    browser::markup::{IntoNode, RwSignal, el},
    model::{DeltaMode, Lang, State},
    view::Page,
    words::{Say as _, experiments::Experiments as T, metric::Heads, picking::Picking as P},
};

/// A table to be copied: what is shown, as text.
///
/// Markdown is read by people, so it has the team's names of columns, and values or differences as
/// they are shown.
/// CSV, TSV and JSON are read by programs: names, as addresses and filters have them, and full
/// values, the same whatever the language of the page is and whatever name the team gives a metric.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// The file's name, without ending.
    pub name: &'static str,
    /// What stands above it where people read it.
    pub note: Option<String>,
    /// What people call each column.
    pub heads: Vec<String>,
    /// What programs call each column.
    pub keys: Vec<String>,
    /// Whether a column holds numbers. There may be more columns for programs, behind those that
    /// people read.
    pub are_numbers: Vec<bool>,
    /// Rows as people read them.
    pub shown: Vec<Vec<String>>,
    /// Rows with the full values.
    pub full: Vec<Vec<String>>,
}

impl Sheet {
    /// Another column: what people and what programs call it.
    pub fn add_column(&mut self, head: String, key: String, is_number: bool) {
        self.heads.push(head);
        self.keys.push(key);
        self.are_numbers.push(is_number);
    }

    /// The selected rows of the experiments table; without any, all that are shown, the baseline
    /// first.
    pub fn of_grid(grid: &Grid, selected: &[usize], lang: Lang) -> Self {
        let chosen = selected.iter().copied().filter(|it| *it != NOBODY);
        let mut revisions: Vec<usize> = chosen.collect();
        if revisions.is_empty() {
            revisions.extend(grid.state.base);
            revisions.extend(grid.table.rows.iter().map(|row| row.revision));
        }
        let mut sheet = Self {
            name: "experiments",
            note: difference_note(grid, grid.state.mode, lang),
            ..Self::default()
        };
        sheet.add_column(T::Experiment.say(lang), "name".to_owned(), false);
        sheet.add_column(T::State.say(lang), "state".to_owned(), false);
        let heads = Heads::new(&grid.report, lang);
        for column in grid.columns.iter() {
            let key = column.name.clone();
            let head = heads.name(column.column).unwrap_or_else(|| key.clone());
            sheet.add_column(head, key, column.is_number);
        }
        for revision in revisions {
            let Some(of) = grid.report.revisions.get(revision) else {
                continue;
            };
            let name = grid.key(revision).to_owned();
            let state = |state: &str| match &of.state {
                State::Failed(message) => format!("{state}: {message}"),
                _ => state.to_owned(),
            };
            let told = state_words(&of.state).1.say(lang);
            let mut shown = vec![name.clone(), state(&told)];
            let mut full = vec![name, state(state_key(&of.state))];
            for column in grid.columns.iter() {
                let cell = known(&grid.report, column.column, revision);
                let mode = match Some(revision) == grid.state.base {
                    true => DeltaMode::Value,
                    false => grid.state.mode,
                };
                shown.push(match changed(grid, column, revision, mode, lang) {
                    Some((Change::Number { difference, .. }, text)) => {
                        format!("{} {text}", arrow(difference))
                    }
                    Some((_, text)) => text,
                    None => text_of(&grid.report, column, revision, lang),
                });
                full.push(full_value(cell));
            }
            sheet.shown.push(shown);
            sheet.full.push(full);
        }
        sheet
    }

    /// A table in GitHub's Markdown. Nothing in a cell is markup.
    pub fn to_markdown(&self) -> String {
        let line = |cells: &[String]| {
            let cells: Vec<String> = cells.iter().map(|it| escape_inline(it)).collect();
            format!("| {} |\n", cells.join(" | "))
        };
        let rule = |is_number: &bool| if *is_number { "---:" } else { "---" };
        let shown = self.are_numbers.iter().take(self.heads.len());
        let rules: Vec<&str> = shown.map(rule).collect();
        let note = self.note.as_ref();
        let note = note.map(|it| format!("{}\n\n", escape_inline(it)));
        let mut text = note.unwrap_or_default();
        text.push_str(&line(&self.heads));
        text.push_str(&format!("| {} |\n", rules.join(" | ")));
        for row in &self.shown {
            text.push_str(&line(row));
        }
        text
    }

    /// Comma-separated values (RFC 4180), full values. A text that a spreadsheet would run as a
    /// formula gets an apostrophe before it.
    pub fn to_csv(&self) -> String {
        let mut text = String::new();
        for row in std::iter::once(&self.keys).chain(&self.full) {
            let cells: Vec<String> = row.iter().map(|it| csv_cell(it)).collect();
            text.push_str(&cells.join(","));
            text.push_str("\r\n");
        }
        text
    }

    /// Tab-separated values, full values: what spreadsheets take when it is pasted.
    pub fn to_tsv(&self) -> String {
        let mut text = String::new();
        for row in std::iter::once(&self.keys).chain(&self.full) {
            let cells: Vec<String> = row.iter().map(|it| tsv_cell(it)).collect();
            text.push_str(&cells.join("\t"));
            text.push('\n');
        }
        text
    }

    /// A list of objects, one for each row, with full values; `null` where there is none, and texts
    /// for numbers that JSON has not: NaN and infinities.
    pub fn to_json(&self) -> String {
        let field = |at: usize, cell: &String| {
            let head = self.keys.get(at).map_or("", String::as_str);
            let is_number = self.are_numbers.get(at) == Some(&true);
            format!("{}: {}", json_text(head), json_value(cell, is_number))
        };
        let object = |row: &Vec<String>| {
            let cells = row.iter().enumerate();
            let fields: Vec<String> = cells.map(|(at, cell)| field(at, cell)).collect();
            format!("  {{{}}}", fields.join(", "))
        };
        let rows: Vec<String> = self.full.iter().map(object).collect();
        format!("[\n{}\n]\n", rows.join(",\n"))
    }
}

/// That differences are shown, and to what.
pub(super) fn difference_note(grid: &Grid, mode: DeltaMode, lang: Lang) -> Option<String> {
    let base = grid.base_label().filter(|_| shows_difference(mode))?;
    Some(T::DifferencesTo(base, mode == DeltaMode::Relative).say(lang))
}

fn tsv_cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@']) && text.parse::<f64>().is_err();
    let text = text.replace(['\t', '\n', '\r'], " ");
    match is_formula {
        true => format!("'{text}"),
        false => text,
    }
}

fn json_value(text: &str, is_number: bool) -> String {
    match text.is_empty() {
        true => "null".to_owned(),
        false if is_number && is_json_number(text) => text.to_owned(),
        false => json_text(text),
    }
}

/// Of what Rust takes for a number, JSON takes no `+5`, `.5`, `5.`, `007`, NaN and infinities.
fn is_json_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
    let is_digit = |at: usize| digits.get(at).is_some_and(u8::is_ascii_digit);
    let point = digits.iter().position(|it| *it == b'.');
    is_digit(0)
        && !(digits.starts_with(b"0") && is_digit(1))
        && point.is_none_or(|it| is_digit(it + 1))
        && text.parse::<f64>().is_ok()
}

fn csv_cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = match is_formula && text.parse::<f64>().is_err() {
        true => format!("'{text}"),
        false => text.to_owned(),
    };
    match text.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

/// The menu of ways to take a table along.
pub fn copy_menu(
    // What its button says.
    title: impl Fn() -> String + 'static,
    // Makes the table when it is wanted.
    sheet: impl Fn() -> Sheet + Copy + 'static,
) -> impl IntoNode {
    let page = Page::get();
    let said = RwSignal::new(None::<bool>);
    let button = |title: Title, act: Box<dyn Fn()>| {
        el("button")
            .attr("type", "button")
            .class("plain")
            .on(ev::click, move |_| act())
            .child(move || match &title {
                Title::Old(title) => page.say(title),
                Title::New(title) => page.say(title),
            })
    };
    let copy = |title: Title, write: fn(&Sheet) -> String| {
        button(title, Box::new(move || offer_copy(write(&sheet()), said)))
    };
    let save =
        |title: Title, end: &'static str, media: &'static str, write: fn(&Sheet) -> String| {
            let save = move || {
                let sheet = sheet();
                let name = format!("{}.{end}", sheet.name);
                browser::download(&name, media, write(&sheet).as_bytes());
            };
            button(title, Box::new(save))
        };
    el("details")
        .class("menu")
        .attr("name", "menu")
        .child(el("summary").class("btn").child(title))
        .child(
            el("div")
                .class("menu-list")
                .child(copy(Title::Old(T::Markdown), Sheet::to_markdown))
                .child(copy(Title::Old(T::Csv), Sheet::to_csv))
                .child(copy(Title::New(P::Tsv), Sheet::to_tsv))
                .child(copy(Title::New(P::Json), Sheet::to_json))
                .child(save(
                    Title::Old(T::DownloadCsv),
                    "csv",
                    "text/csv",
                    Sheet::to_csv,
                ))
                .child(save(
                    Title::New(P::DownloadJson),
                    "json",
                    "application/json",
                    Sheet::to_json,
                ))
                .child(
                    el("span")
                        .attr("role", "status")
                        .class("small")
                        .child(move || copied(page, said)),
                ),
        )
}

/// What a button of the menu says.
enum Title {
    Old(T),
    New(P),
}

/// What became of a copy, in words.
fn copied(page: Page, said: RwSignal<Option<bool>>) -> Option<String> {
    let message = if said.get()? { T::Copied } else { T::NotCopied };
    Some(page.say(&message))
}

/// Puts a text on the clipboard and notes whether that went well.
pub fn offer_copy(text: String, said: RwSignal<Option<bool>>) {
    spawn_local(async move {
        let is_copied = browser::copy(&text).await;
        // The view may be gone by now.
        said.set(Some(is_copied));
    });
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{analysis::testing::small, model::Shared, route::Address};

    #[test]
    fn rows_are_objects_with_typed_values() {
        let texts = |row: &[&str]| row.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        let sheet = Sheet {
            name: "x",
            note: None,
            heads: Vec::new(),
            keys: texts(&["name", "acc", "t\tab"]),
            are_numbers: vec![false, true, false],
            shown: Vec::new(),
            full: vec![
                texts(&["a\"\u{1}\n", "0.5", "5"]),
                texts(&["=b", "NaN", ""]),
            ],
        };
        assert_eq!(
            sheet.to_json(),
            "[\n  {\"name\": \"a\\\"\\u0001\\n\", \"acc\": 0.5, \"t\\u0009ab\": \"5\"},\n  \
             {\"name\": \"=b\", \"acc\": \"NaN\", \"t\\u0009ab\": null}\n]\n"
        );
        assert_eq!(sheet.to_tsv().lines().last(), Some("'=b\tNaN\t"));
        assert_eq!(sheet.to_tsv().lines().next(), Some("name\tacc\tt ab"));
    }

    #[test]
    fn people_read_the_teams_names_and_programs_the_keys() {
        let mut report = small();
        let names = [Lang::En, Lang::Es].map(|lang| ("accuracy".into(), lang, "aciertos".into()));
        report.settings.names = names.into();
        let address = Address::parse("#/experiments?cols=accuracy");
        let state = super::super::state::State::read(&address, &report);
        let grid = Grid::new(Shared::new(report), state, &BTreeSet::new(), None);
        let sheet = |lang| Sheet::of_grid(&grid, &[4], lang);
        let spanish = sheet(Lang::Es);
        assert_eq!(
            spanish.to_markdown().lines().next(),
            Some("| Experimento | Estado | Aciertos |")
        );
        let csv = spanish.to_csv();
        assert!(
            csv.starts_with("name,state,accuracy\r\ndead-rust,failed: "),
            "{csv}"
        );
        assert_eq!(csv, sheet(Lang::En).to_csv());
        assert_eq!(spanish.to_json(), sheet(Lang::En).to_json());
    }

    #[test]
    fn differences_are_copied_as_they_are_seen() {
        let report = small();
        let sheet = |mode: &str| {
            let address = format!("#/experiments?cols=accuracy&base=main&mode={mode}");
            let state = super::super::state::State::read(&Address::parse(&address), &report);
            let grid = Grid::new(Shared::new(report.clone()), state, &BTreeSet::new(), None);
            Sheet::of_grid(&grid, &[], Lang::En)
        };
        let (absolute, relative) = (sheet("abs").to_markdown(), sheet("rel").to_markdown());
        assert!(absolute.starts_with("Differences to main:\n\n| Experiment |"));
        assert!(absolute.contains("| ▼ −0.0400 |") && !absolute.contains('%'));
        assert!(relative.starts_with("Differences to main, in percent"));
        assert!(relative.contains("| ▼ −7.55\u{a0}% |"), "{relative}");
        // Programs get values.
        assert_eq!(sheet("abs").to_csv(), sheet("value").to_csv());
        assert!(!sheet("value").to_markdown().contains('▲'));
    }

    #[test]
    fn cells_are_never_markup_nor_formulas() {
        let row = [
            "a|b",
            "<img src=x>",
            "=cmd()",
            "-0.5",
            "x,\"y\"",
            "@team #1 http://e.x",
        ];
        let row: Vec<String> = row.map(str::to_owned).to_vec();
        let sheet = Sheet {
            name: "x",
            note: None,
            heads: row.clone(),
            keys: row.clone(),
            are_numbers: vec![false, false, false, true, false, false],
            shown: vec![row.clone()],
            full: vec![row],
        };
        let markdown = sheet.to_markdown();
        let lines: Vec<&str> = markdown.lines().collect();
        assert_eq!(lines[1], "| --- | --- | --- | ---: | --- | --- |");
        assert_eq!(
            lines[2],
            "| a\\|b | &lt;img src=x&gt; | =cmd() | -0.5 | x,\"y\" | \
             @\u{2060}team \\#\u{2060}1 http:\u{2060}//e.x |"
        );
        let csv = sheet.to_csv();
        assert_eq!(
            csv.lines().nth(1),
            Some("a|b,<img src=x>,'=cmd(),-0.5,\"x,\"\"y\"\"\",'@team #1 http://e.x")
        );
    }

    #[test]
    fn only_what_json_takes_for_a_number_is_written_as_one() {
        for number in ["0", "-0.5", "10", "1e-05", "1.5E+3", "0e1"] {
            assert_eq!(json_value(number, true), number);
            assert_eq!(json_value(number, false), format!("\"{number}\""));
        }
        for text in [
            "+5", ".5", "5.", "5.e1", "-.5", "007", "-01", "NaN", "inf", "1_0", "-",
        ] {
            assert_eq!(json_value(text, true), format!("\"{text}\""));
        }
        assert_eq!(json_value("", true), "null");
    }
}
