//! A matrix as text for other programs and for comments: CSV and Markdown.

use crate::{
    analysis::{
        heatmap::{HeatCell, Heatmap},
        markdown::escape_inline,
    },
    model::{ConfusionMatrix, MatrixKind, Normalisation},
};

/// The cells as CSV (RFC 4180, LF), the labels as first row and column, numbers as they are.
///
/// A label that a spreadsheet would take for a formula gets an apostrophe in front: artifacts are
/// untrusted, and a table is opened with a double click.
pub fn to_csv(map: &Heatmap, labels: &[String], corner: &str) -> String {
    let mut csv = csv_field(corner);
    for label in shown_labels(map, labels) {
        csv.push(',');
        csv.push_str(&csv_field(label));
    }
    csv.push('\n');
    for (label, cells) in rows(map, labels) {
        csv.push_str(&csv_field(label));
        for cell in cells {
            csv.push(',');
            if let Some(value) = cell.value {
                csv.push_str(&value.to_string());
            }
        }
        csv.push('\n');
    }
    csv
}

/// A text as a field of CSV.
pub fn csv_field(text: &str) -> String {
    let text = no_formula(text);
    match text.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

/// A text as a cell of a spreadsheet, with an apostrophe where that would take it for a formula. A
/// number is none.
pub fn no_formula(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    match is_formula && text.parse::<f64>().is_err() {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

/// What of a matrix is seen, in the words of programs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen<'a> {
    /// The revision.
    pub run: &'a str,
    /// What is subtracted: its name and its counts over the same classes.
    pub baseline: Option<(&'a str, &'a ConfusionMatrix)>,
    /// What cells are divided by.
    pub normalisation: Normalisation,
    /// Whether rows are what the model said.
    pub is_transposed: bool,
}

impl Seen<'_> {
    /// The fields that say what the values are.
    fn json(&self, matrix: &ConfusionMatrix, n_shown: usize) -> String {
        let unit = match (self.normalisation, matrix.kind()) {
            (Normalisation::None, MatrixKind::Weighted) => "weight",
            (Normalisation::None, _) => "count",
            _ => "share",
        };
        let kind = match (self.baseline, unit) {
            (Some(_), _) => "difference",
            (None, "share") => "rates",
            (None, "weight") => "weights",
            (None, _) => "counts",
        };
        let normalisation = match self.normalisation {
            Normalisation::None => "null",
            Normalisation::Row => "\"actual\"",
            Normalisation::Column => "\"predicted\"",
            Normalisation::All => "\"all\"",
        };
        let baseline = self.baseline.map(|it| json_text(it.0));
        format!(
            "\"run\":{},\"baseline\":{},\"kind\":\"{kind}\",\"unit\":\"{unit}\",\
             \"normalised_by\":{normalisation},\n\"classes_shown\":{n_shown},\"classes\":{},",
            json_text(self.run),
            baseline.as_deref().unwrap_or("null"),
            matrix.n_classes()
        )
    }
}

/// The filled cells as CSV, one row each, with what was, what was said, and how often, in the
/// baseline too where it is a difference: for matrices that are too large for a table.
pub fn to_cell_csv(matrix: &ConfusionMatrix, classes: &[usize], seen: Seen<'_>) -> String {
    let label = |class: usize| matrix.labels().get(class).map_or("", String::as_str);
    let baseline = seen.baseline.map(|it| it.1);
    let mut csv = "actual,predicted,count".to_owned();
    csv.push_str(if baseline.is_some() {
        ",baseline_count,difference\n"
    } else {
        "\n"
    });
    for (actual, predicted) in filled(matrix, baseline, classes) {
        let count = matrix.get(actual, predicted);
        let (of, called) = (csv_field(label(actual)), csv_field(label(predicted)));
        csv.push_str(&format!("{of},{called},{count}"));
        if let Some(baseline) = baseline {
            let before = baseline.get(actual, predicted);
            csv.push_str(&format!(",{before},{}", count - before));
        }
        csv.push('\n');
    }
    csv
}

/// The cells of some classes that are filled, in the matrix or in the baseline.
fn filled(
    matrix: &ConfusionMatrix,
    baseline: Option<&ConfusionMatrix>,
    classes: &[usize],
) -> Vec<(usize, usize)> {
    let places = places(matrix, classes);
    let is_shown = |class: usize| places.get(class).copied().flatten().is_some();
    let mut cells = Vec::new();
    let mut add = |actual: usize, predicted: usize| {
        if is_shown(actual) && is_shown(predicted) {
            cells.push((actual, predicted));
        }
    };
    matrix.for_each(&mut |actual, predicted, _| add(actual, predicted));
    if let Some(baseline) = baseline {
        baseline.for_each(&mut |actual, predicted, _| {
            if matrix.get(actual, predicted) == 0.0 {
                add(actual, predicted);
            }
        });
    }
    cells
}

/// The matrix as JSON: what is seen, in `values`, with what it is; and the counts behind it, rows
/// actual, as careo and scikit-learn's users read them.
pub fn to_json(matrix: &ConfusionMatrix, map: &Heatmap, seen: Seen<'_>) -> String {
    let classes = &map.classes;
    let label = |class: &usize| {
        let label = matrix.labels().get(*class).map_or("", String::as_str);
        json_text(label)
    };
    let labels: Vec<String> = classes.iter().map(label).collect();
    let counts = |of: &ConfusionMatrix| {
        let row = |actual: &usize| {
            let cells = classes.iter().map(|predicted| of.get(*actual, *predicted));
            cells.map(|it| it.to_string()).collect()
        };
        json_rows(classes.iter().map(row))
    };
    let value = |cell: &HeatCell| {
        cell.value
            .map_or_else(|| "null".to_owned(), |it| it.to_string())
    };
    let rows = map.cells.chunks(classes.len().max(1));
    let values = json_rows(rows.map(|row| row.iter().map(value).collect()));
    let axes = match seen.is_transposed {
        false => ("actual", "predicted"),
        true => ("predicted", "actual"),
    };
    let baseline = seen.baseline.map(|it| counts(it.1));
    let baseline = baseline.map(|it| format!(",\n\"baseline_counts\":{it}"));
    format!(
        "{{{}\n\"value_rows\":\"{}\",\"value_columns\":\"{}\",\n\"values\":{values},\n\
         \"rows\":\"actual\",\"columns\":\"predicted\",\n\"labels\":[{}],\n\
         \"confusion_matrix\":{}{}\n}}\n",
        seen.json(matrix, classes.len()),
        axes.0,
        axes.1,
        labels.join(","),
        counts(matrix),
        baseline.unwrap_or_default()
    )
}

/// A list of lists, each on a line.
fn json_rows(rows: impl Iterator<Item = Vec<String>>) -> String {
    let rows = rows.map(|cells| format!("[{}]", cells.join(",")));
    let rows: Vec<String> = rows.collect();
    format!("[\n{}\n]", rows.join(",\n"))
}

/// The same of matrices that are too large for that: of each filled cell the places of its labels,
/// actual and predicted, and its count; that of the baseline too where it is a difference.
pub fn to_cell_json(matrix: &ConfusionMatrix, classes: &[usize], seen: Seen<'_>) -> String {
    let places = places(matrix, classes);
    let place = |class: usize| places.get(class).copied().flatten().unwrap_or(0);
    let label = |class: &usize| matrix.labels().get(*class).map_or("", String::as_str);
    let labels: Vec<String> = classes.iter().map(|it| json_text(label(it))).collect();
    let baseline = seen.baseline.map(|it| it.1);
    let cell = |(actual, predicted): (usize, usize)| {
        let before = baseline.map(|it| format!(",{}", it.get(actual, predicted)));
        let count = matrix.get(actual, predicted);
        let before = before.unwrap_or_default();
        format!("[{},{},{count}{before}]", place(actual), place(predicted))
    };
    let cells = filled(matrix, baseline, classes).into_iter().map(cell);
    let cells: Vec<String> = cells.collect();
    // Counts alone, whatever they are divided by on the page.
    let counts = Seen {
        normalisation: Normalisation::None,
        ..seen
    };
    format!(
        "{{{}\n\"labels\":[{}],\n\"columns\":[\"actual\",\"predicted\",\"count\"{}],\n\
         \"cells\":[\n{}\n]}}\n",
        counts.json(matrix, classes.len()),
        labels.join(","),
        if baseline.is_some() {
            ",\"baseline_count\""
        } else {
            ""
        },
        cells.join(",\n")
    )
}

/// The place of each class among those given.
fn places(matrix: &ConfusionMatrix, classes: &[usize]) -> Vec<Option<usize>> {
    let mut places = vec![None; matrix.n_classes()];
    for (place, class) in classes.iter().enumerate() {
        if let Some(slot) = places.get_mut(*class) {
            *slot = Some(place);
        }
    }
    places
}

/// A text as JSON writes it.
pub fn json_text(text: &str) -> String {
    let mut json = "\"".to_owned();
    for c in text.chars() {
        match c {
            '"' | '\\' => json.extend(['\\', c]),
            '\n' => json.push_str("\\n"),
            c if (c as u32) < 0x20 => json.push_str(&format!("\\u{:04x}", c as u32)),
            c => json.push(c),
        }
    }
    json.push('"');
    json
}

/// The cells as a Markdown table (GFM), numbers as the caller writes them, the diagonal in bold.
/// Labels are text only: whatever Markdown or HTML would read in them is escaped.
pub fn to_markdown(
    map: &Heatmap,
    labels: &[String],
    corner: &str,
    write: impl Fn(&HeatCell) -> String,
) -> String {
    let mut table = format!("| {} |", escape_inline(corner));
    let mut line = "\n| :-- |".to_owned();
    for label in shown_labels(map, labels) {
        table.push_str(&format!(" {} |", escape_inline(label)));
        line.push_str(" --: |");
    }
    table.push_str(&line);
    for (label, cells) in rows(map, labels) {
        table.push_str(&format!("\n| {} |", escape_inline(label)));
        for cell in cells {
            let text = write(cell);
            table.push_str(&match cell.actual == cell.predicted {
                true => format!(" **{text}** |"),
                false => format!(" {text} |"),
            });
        }
    }
    table.push('\n');
    table
}

fn shown_labels<'a>(map: &'a Heatmap, labels: &'a [String]) -> impl Iterator<Item = &'a str> {
    let label = |class: &usize| labels.get(*class).map_or("", String::as_str);
    map.classes.iter().map(label)
}

fn rows<'a>(
    map: &'a Heatmap,
    labels: &'a [String],
) -> impl Iterator<Item = (&'a str, &'a [HeatCell])> {
    let cells = map.cells.chunks(map.classes.len().max(1));
    shown_labels(map, labels).zip(cells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::heatmap::{Choice, heatmap};

    fn hostile() -> (Heatmap, Vec<String>) {
        let labels = vec!["=1+1".to_owned(), "a|<b>\n\"@x".to_owned()];
        let rows = [vec![3.0, 1.0], vec![0.0, 2.0]];
        let matrix = ConfusionMatrix::from_rows(labels.clone(), &rows).unwrap();
        let choice = Choice {
            classes: vec![1, 0],
            ..Choice::default()
        };
        (heatmap(&matrix, &choice), labels)
    }

    #[test]
    fn csv_keeps_labels_and_starts_no_formula() {
        let (map, labels) = hostile();
        assert_eq!(
            to_csv(&map, &labels, "actual"),
            "actual,\"a|<b>\n\"\"@x\",'=1+1\n\"a|<b>\n\"\"@x\",2,0\n'=1+1,1,3\n"
        );
    }

    #[test]
    fn a_label_that_is_a_number_is_no_formula() {
        let told = ["-1", "+1.5", "-1+1", "-", "a,b"].map(csv_field);
        assert_eq!(told, ["-1", "+1.5", "'-1+1", "'-", "\"a,b\""]);
    }

    #[test]
    fn json_and_rows_of_cells_hold_every_number() {
        let (_, labels) = hostile();
        let rows = [vec![3.0, 1.5], vec![0.0, 2.0]];
        let matrix = ConfusionMatrix::from_rows(labels, &rows).unwrap();
        let choice = Choice {
            classes: vec![1, 0],
            ..Choice::default()
        };
        let json = to_json(&matrix, &heatmap(&matrix, &choice), Seen::default());
        assert!(json.contains("[2,0],\n[1.5,3]"), "{json}");
        let read: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(read["labels"][0], "a|<b>\n\"@x");
        assert_eq!(
            to_cell_csv(&matrix, &[0, 1], Seen::default()),
            "actual,predicted,count\n'=1+1,'=1+1,3\n'=1+1,\"a|<b>\n\"\"@x\",1.5\n\
             \"a|<b>\n\"\"@x\",\"a|<b>\n\"\"@x\",2\n"
        );
        let cells = to_cell_json(&matrix, &[1, 0], Seen::default());
        assert!(cells.contains("[1,1,3],\n[1,0,1.5],\n[0,0,2]\n"), "{cells}");
        assert_eq!(
            to_cell_csv(&matrix, &[0], Seen::default()),
            "actual,predicted,count\n'=1+1,'=1+1,3\n"
        );
    }

    #[test]
    fn json_says_what_is_seen_and_keeps_the_counts() {
        use crate::analysis::{heatmap::difference, nba};
        let (now, before) = (nba::now(), nba::before());
        let choice = Choice {
            normalisation: Normalisation::Row,
            classes: vec![1, 3, 4],
            is_transposed: true,
            ..Choice::default()
        };
        let seen = Seen {
            run: "topic",
            baseline: Some(("master", &before)),
            normalisation: Normalisation::Row,
            is_transposed: true,
        };
        let json = to_json(&now, &difference(&now, &before, &choice), seen);
        let read: serde_json::Value = serde_json::from_str(&json).unwrap();
        for (key, expected) in [
            ("kind", "difference"),
            ("unit", "share"),
            ("normalised_by", "actual"),
            ("baseline", "master"),
            ("value_rows", "predicted"),
            ("rows", "actual"),
        ] {
            assert_eq!(read[key], expected, "{key} in {json}");
        }
        assert_eq!(
            (&read["classes_shown"], &read["classes"]),
            (&3.into(), &5.into())
        );
        // Small forwards that are taken for power forwards: 14 of 36, before 12 of 36.
        assert_eq!(read["confusion_matrix"][1][0], 14);
        assert_eq!(read["baseline_counts"][1][0], 12);
        let value = read["values"][0][1].as_f64().unwrap();
        assert!((value - 2.0 / 36.0).abs() < 1e-12, "{json}");
        let cells = to_cell_json(&now, &[1, 3], seen);
        let read: serde_json::Value = serde_json::from_str(&cells).unwrap();
        assert_eq!(
            (&read["unit"], &read["normalised_by"]),
            (&"count".into(), &().into())
        );
        assert!(cells.contains("[1,0,14,12]"), "{cells}");
        let csv = to_cell_csv(&now, &[1, 3], seen);
        assert!(csv.contains("SF,PF,14,12,2\n"), "{csv}");
    }

    #[test]
    fn markdown_shows_labels_as_text() {
        let (map, labels) = hostile();
        let table = to_markdown(&map, &labels, "actual", |cell| cell.count.to_string());
        assert_eq!(
            table,
            "| actual | a\\|&lt;b&gt; \"@\u{2060}x | =1+1 |\n| :-- | --: | --: |\n\
             | a\\|&lt;b&gt; \"@\u{2060}x | **2** | 0 |\n| =1+1 | 1 | **3** |\n"
        );
    }
}
