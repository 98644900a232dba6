use leptos::{ev, task::spawn_local};

use super::{
    cell::{arrow, changed},
    grid::{Grid, full_value, shows_difference, text_of},
    row::{state_key, state_words},
    state::NOBODY,
};
use crate::{
    analysis::{
        compare::Change,
        markdown::escape_inline,
        matrix_text::{csv_field, json_text, no_formula},
        table::known,
    },
    browser,
    browser::markup::{IntoNode, RwSignal, el},
    model::{Cell, DeltaMode, Lang, State, TextKind},
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
    pub full: Vec<Vec<Exact>>,
}

/// A full value, for programs.
#[derive(Clone, Debug, PartialEq)]
pub enum Exact {
    /// There is none.
    None,
    /// A text, whatever it looks like.
    Text(String),
    /// What JSON has a way to write, so written: a number, `true`, a list.
    Json(String),
}

impl Exact {
    /// The full value of a cell. What JSON has not, NaN and infinities, is a text.
    pub fn of(cell: Cell<'_>) -> Self {
        let text = full_value(cell);
        let is_json = match cell {
            Cell::Missing => return Self::None,
            Cell::Number(value) => value.is_finite(),
            Cell::Text(TextKind::Bool | TextKind::BigInteger, _) => true,
            Cell::Text(TextKind::Structure, text) => {
                !text.contains("NaN") && !text.contains("Infinity")
            }
            Cell::Text(..) => false,
        };
        match is_json {
            true => Self::Json(text),
            false => Self::Text(text),
        }
    }

    /// The same of a number.
    pub fn number(value: Option<f64>) -> Self {
        Self::of(value.map_or(Cell::Missing, Cell::Number))
    }

    /// As it stands in a table of texts.
    fn text(&self) -> &str {
        match self {
            Self::None => "",
            Self::Text(text) | Self::Json(text) => text,
        }
    }

    fn to_json(&self) -> String {
        match self {
            Self::None => "null".to_owned(),
            Self::Text(text) => json_text(text),
            Self::Json(json) => json.clone(),
        }
    }
}

impl Sheet {
    /// Another column: what people and what programs call it.
    pub fn add_column(&mut self, head: String, key: String, is_number: bool) {
        self.heads.push(head);
        self.add_key(key);
        self.are_numbers.push(is_number);
    }

    /// What programs call another column: no two are called alike.
    pub fn add_key(&mut self, mut key: String) {
        while self.keys.contains(&key) {
            key.push('_');
        }
        self.keys.push(key);
    }

    /// The selected rows of the experiments table; without any, all that are shown, the baseline
    /// first. What people read are values or differences, as `mode` has it.
    pub fn of_grid(grid: &Grid, selected: &[usize], mode: DeltaMode, lang: Lang) -> Self {
        let chosen = selected.iter().copied().filter(|it| *it != NOBODY);
        let mut revisions: Vec<usize> = chosen.collect();
        if revisions.is_empty() {
            revisions.extend(grid.state.base);
            revisions.extend(grid.table.rows.iter().map(|row| row.revision));
        }
        let mut sheet = Self {
            name: "experiments",
            note: difference_note(grid, mode, lang),
            ..Self::default()
        };
        sheet.add_column(T::Experiment.say(lang), "name".to_owned(), false);
        sheet.add_column(T::State.say(lang), "state".to_owned(), false);
        let heads = Heads::new(&grid.report, lang);
        for column in grid.columns.iter() {
            let head = heads.name(column.column);
            let head = head.unwrap_or_else(|| column.name.clone());
            sheet.add_column(head, column.name.clone(), column.is_number);
        }
        for revision in revisions {
            let Some(of) = grid.report.revisions.get(revision) else {
                continue;
            };
            let name = grid.key(revision).to_owned();
            let state = |state: &str| match &of.state {
                State::Failed(message) if !message.is_empty() => format!("{state}: {message}"),
                _ => state.to_owned(),
            };
            let told = state_words(&of.state).1.say(lang);
            let mut shown = vec![name.clone(), state(&told)];
            let mut full = [name, state(state_key(&of.state))]
                .map(Exact::Text)
                .to_vec();
            for column in grid.columns.iter() {
                let cell = known(&grid.report, column.column, revision);
                let mode = match Some(revision) == grid.state.base {
                    true => DeltaMode::Value,
                    false => mode,
                };
                shown.push(match changed(grid, column, revision, mode, lang) {
                    Some((Change::Number { difference, .. }, text)) => {
                        format!("{} {text}", arrow(difference))
                    }
                    Some((_, text)) => text,
                    None => text_of(&grid.report, column, revision, lang),
                });
                full.push(Exact::of(cell));
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
        self.separated(csv_field, ",", "\r\n")
    }

    /// Tab-separated values, full values: what spreadsheets take when it is pasted.
    pub fn to_tsv(&self) -> String {
        self.separated(tsv_cell, "\t", "\n")
    }

    fn separated(&self, cell: fn(&str) -> String, between: &str, end: &str) -> String {
        let line = |cells: Vec<String>| format!("{}{end}", cells.join(between));
        let mut text = line(self.keys.iter().map(|it| cell(it)).collect());
        for row in &self.full {
            text.push_str(&line(row.iter().map(|it| cell(it.text())).collect()));
        }
        text
    }

    /// A list of objects, one for each row, with full values as the cells are; `null` where there is
    /// none, and texts for numbers that JSON has not: NaN and infinities.
    pub fn to_json(&self) -> String {
        let field = |at: usize, cell: &Exact| {
            let head = self.keys.get(at).map_or("", String::as_str);
            format!("{}: {}", json_text(head), cell.to_json())
        };
        let object = |row: &Vec<Exact>| {
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
    let base = grid.base_name(lang).filter(|_| shows_difference(mode))?;
    Some(T::DifferencesTo(base, mode == DeltaMode::Relative).say(lang))
}

fn tsv_cell(text: &str) -> String {
    no_formula(&text.replace(['\t', '\n', '\r'], " "))
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
        let text = |it: &str| Exact::Text(it.to_owned());
        let sheet = Sheet {
            name: "x",
            note: None,
            heads: Vec::new(),
            keys: texts(&["name", "acc", "t\tab"]),
            are_numbers: vec![false, true, false],
            shown: Vec::new(),
            full: vec![
                vec![text("a\"\u{1}\n"), Exact::number(Some(0.5)), text("5")],
                vec![text("=b"), Exact::number(Some(f64::NAN)), Exact::None],
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
    fn values_are_as_the_cells_are() {
        let json = |cell| Exact::of(cell).to_json();
        for (kind, text, expected) in [
            (TextKind::Plain, "007", "\"007\""),
            (TextKind::Plain, "+5", "\"+5\""),
            (TextKind::Plain, "3.10", "\"3.10\""),
            (TextKind::Plain, "1e5", "\"1e5\""),
            (TextKind::Plain, "", "\"\""),
            (TextKind::Plain, "true", "\"true\""),
            (TextKind::Bool, "true", "true"),
            (TextKind::Structure, "[1,\"a\"]", "[1,\"a\"]"),
            (TextKind::Structure, "[NaN]", "\"[NaN]\""),
            (TextKind::BigInteger, "9007199254740993", "9007199254740993"),
            (TextKind::Hash, "123", "\"123\""),
        ] {
            assert_eq!(json(Cell::Text(kind, text)), expected);
        }
        assert_eq!(json(Cell::Number(-0.5)), "-0.5");
        assert_eq!(json(Cell::Number(f64::INFINITY)), "\"inf\"");
        assert_eq!(json(Cell::Missing), "null");
    }

    #[test]
    fn no_two_columns_are_called_alike() {
        use crate::analysis::testing::{Of, column};
        let mut report = small();
        let names = [Of::T("adam"); 6];
        for key in ["optimizer.name", "state"] {
            let kind = crate::model::ColumnKind::Param;
            report
                .columns
                .push(column("params.yaml", key, kind, &names));
        }
        report.revisions[4].state = State::Failed(String::new());
        let address = Address::parse("#/experiments?cols=optimizer.name,params.yaml:state");
        let state = super::super::state::State::read(&address, &report);
        let grid = Grid::new(Shared::new(report), state, &BTreeSet::new(), None);
        let sheet = Sheet::of_grid(&grid, &[4], DeltaMode::Value, Lang::En);
        assert_eq!(
            sheet.to_csv(),
            "name,state,optimizer.name,params.yaml:state\r\n\
             dead-rust,failed,adam,adam\r\n"
        );
        let mut sheet = Sheet::default();
        for _ in 0..2 {
            sheet.add_key("key".to_owned());
        }
        assert_eq!(sheet.keys, ["key", "key_"]);
    }

    #[test]
    fn people_read_the_teams_names_and_programs_the_keys() {
        let mut report = small();
        let names = [Lang::En, Lang::Es].map(|lang| ("accuracy".into(), lang, "aciertos".into()));
        report.settings.names = names.into();
        let address = Address::parse("#/experiments?cols=accuracy");
        let state = super::super::state::State::read(&address, &report);
        let grid = Grid::new(Shared::new(report), state, &BTreeSet::new(), None);
        let sheet = |lang| Sheet::of_grid(&grid, &[4], DeltaMode::Value, lang);
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
        // The grid is the same in each mode.
        let sheet = |mode| {
            let address = Address::parse("#/experiments?cols=accuracy&base=main");
            let state = super::super::state::State::read(&address, &report);
            let grid = Grid::new(Shared::new(report.clone()), state, &BTreeSet::new(), None);
            Sheet::of_grid(&grid, &[], mode, Lang::En)
        };
        let (absolute, relative) = (
            sheet(DeltaMode::Absolute).to_markdown(),
            sheet(DeltaMode::Relative).to_markdown(),
        );
        assert!(absolute.starts_with("Differences to main:\n\n| Experiment |"));
        assert!(absolute.contains("| ▼ −0.0400 |") && !absolute.contains('%'));
        assert!(relative.starts_with("Differences to main, in percent"));
        assert!(relative.contains("| ▼ −7.55\u{a0}% |"), "{relative}");
        // Programs get values.
        assert_eq!(
            sheet(DeltaMode::Absolute).to_csv(),
            sheet(DeltaMode::Value).to_csv()
        );
        assert!(!sheet(DeltaMode::Value).to_markdown().contains('▲'));
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
        let row = row.map(str::to_owned);
        let full = row.clone().map(Exact::Text).to_vec();
        let row = row.to_vec();
        let sheet = Sheet {
            name: "x",
            note: None,
            heads: row.clone(),
            keys: row.clone(),
            are_numbers: vec![false, false, false, true, false, false],
            shown: vec![row.clone()],
            full: vec![full],
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
}
