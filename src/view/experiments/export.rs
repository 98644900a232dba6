use leptos::{ev, prelude::*, task::spawn_local};

use super::grid::{Grid, cell_text, full_value};
use crate::{
    analysis::table::known,
    browser,
    browser::markup::{IntoNode, el},
    model::{Lang, State},
    view::Page,
    words::{Say as _, experiments::Experiments as T},
};

/// A table to be copied: what is shown, as text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// The file's name, without ending.
    pub name: &'static str,
    /// One for each column.
    pub heads: Vec<String>,
    /// Whether a column holds numbers.
    pub are_numbers: Vec<bool>,
    /// Rows as people read them.
    pub shown: Vec<Vec<String>>,
    /// Rows with the full values.
    pub full: Vec<Vec<String>>,
}

impl Sheet {
    /// The rows and columns of the experiments table that are shown, the baseline first.
    pub fn of_grid(grid: &Grid, lang: Lang) -> Self {
        let mut revisions: Vec<usize> = grid.state.base.into_iter().collect();
        revisions.extend(grid.table.rows.iter().map(|row| row.revision));
        let mut sheet = Self {
            name: "experiments",
            heads: vec![T::Experiment.say(lang), T::State.say(lang)],
            are_numbers: vec![false, false],
            ..Self::default()
        };
        for column in grid.columns.iter() {
            sheet.heads.push(column.name.clone());
            sheet.are_numbers.push(column.is_number);
        }
        for revision in revisions {
            let Some(of) = grid.report.revisions.get(revision) else {
                continue;
            };
            let state = match &of.state {
                State::Ok => T::Ok.say(lang),
                State::Failed(message) => format!("{}: {message}", T::Failed.say(lang)),
                State::Queued => T::Queued.say(lang),
                State::Running => T::Running.say(lang),
            };
            let mut shown = vec![grid.key(revision).to_owned(), state];
            let mut full = shown.clone();
            for column in grid.columns.iter() {
                let cell = known(&grid.report, column.column, revision);
                shown.push(cell_text(cell, column.kind, column.digits, lang));
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
            let cells: Vec<String> = cells.iter().map(|it| markdown_cell(it)).collect();
            format!("| {} |\n", cells.join(" | "))
        };
        let rule = |is_number: &bool| if *is_number { "---:" } else { "---" };
        let rules: Vec<&str> = self.are_numbers.iter().map(rule).collect();
        let mut text = line(&self.heads);
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
        for row in std::iter::once(&self.heads).chain(&self.full) {
            let cells: Vec<String> = row.iter().map(|it| csv_cell(it)).collect();
            text.push_str(&cells.join(","));
            text.push_str("\r\n");
        }
        text
    }
}

fn markdown_cell(text: &str) -> String {
    let mut cell = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '\n' | '\r' | '\t' => cell.push(' '),
            '&' => cell.push_str("&amp;"),
            '<' => cell.push_str("&lt;"),
            // `@name` would call a person, `#12` would link.
            '@' => cell.push_str("&#64;"),
            '#' => cell.push_str("&#35;"),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '!' => {
                cell.push('\\');
                cell.push(char);
            }
            _ => cell.push(char),
        }
    }
    // Nor does an address become a link.
    cell.replace("://", ":&#47;/")
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
pub fn copy_menu<F>(
    // Makes the table when it is wanted.
    sheet: F,
) -> impl IntoNode
where
    F: Fn() -> Sheet + Copy + Send + Sync + 'static,
{
    let page = Page::get();
    let said = RwSignal::new(None::<bool>);
    let copy = move |text: String| offer_copy(text, said);
    let download = move |_| {
        let sheet = sheet();
        let name = format!("{}.csv", sheet.name);
        browser::download(&name, "text/csv", sheet.to_csv().as_bytes());
    };
    el("details")
        .class("menu")
        .child(
            el("summary")
                .class("btn")
                .child(move || page.say(&T::CopyAs)),
        )
        .child(
            el("div")
                .class("menu-list")
                .child(
                    el("button")
                        .attr("type", "button")
                        .class("plain")
                        .on(ev::click, move |_| copy(sheet().to_markdown()))
                        .child(move || page.say(&T::Markdown)),
                )
                .child(
                    el("button")
                        .attr("type", "button")
                        .class("plain")
                        .on(ev::click, move |_| copy(sheet().to_csv()))
                        .child(move || page.say(&T::Csv)),
                )
                .child(
                    el("button")
                        .attr("type", "button")
                        .class("plain")
                        .on(ev::click, download)
                        .child(move || page.say(&T::DownloadCsv)),
                )
                .child(
                    el("span")
                        .attr("role", "status")
                        .class("small")
                        .child(move || copied(page, said)),
                ),
        )
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
        said.try_set(Some(is_copied));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

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
            heads: row.clone(),
            are_numbers: vec![false, false, false, true, false, false],
            shown: vec![row.clone()],
            full: vec![row],
        };
        let markdown = sheet.to_markdown();
        let lines: Vec<&str> = markdown.lines().collect();
        assert_eq!(lines[1], "| --- | --- | --- | ---: | --- | --- |");
        assert_eq!(
            lines[2],
            "| a\\|b | &lt;img src=x> | =cmd() | -0.5 | x,\"y\" | &#64;team &#35;1 http:&#47;/e.x |"
        );
        let csv = sheet.to_csv();
        assert_eq!(
            csv.lines().nth(1),
            Some("a|b,<img src=x>,'=cmd(),-0.5,\"x,\"\"y\"\"\",'@team #1 http://e.x")
        );
    }
}
