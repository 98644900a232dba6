//! A matrix as text for other programs and for comments: CSV and Markdown.

use crate::{
    analysis::{
        heatmap::{HeatCell, Heatmap},
        markdown::escape_inline,
    },
    model::ConfusionMatrix,
};

/// The cells as CSV (RFC 4180, LF), the labels as first row and column, numbers as they are.
///
/// A label that a spreadsheet would take for a formula gets an apostrophe in front: artifacts are
/// untrusted, and a table is opened with a double click.
pub fn to_csv(map: &Heatmap, labels: &[String], corner: &str) -> String {
    let mut csv = field(corner);
    for label in shown_labels(map, labels) {
        csv.push(',');
        csv.push_str(&field(label));
    }
    csv.push('\n');
    for (label, cells) in rows(map, labels) {
        csv.push_str(&field(label));
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

/// A label as a field.
fn field(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if is_formula {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    match text.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

/// The filled cells as CSV, one row each, with what was, what was said, and how often: for matrices
/// that are too large for a table.
pub fn to_cell_csv(matrix: &ConfusionMatrix, classes: &[usize]) -> String {
    let places = places(matrix, classes);
    let is_shown = |class: usize| places.get(class).copied().flatten().is_some();
    let label = |class: usize| matrix.labels().get(class).map_or("", String::as_str);
    let mut csv = "actual,predicted,count\n".to_owned();
    matrix.for_each(&mut |actual, predicted, count| {
        if is_shown(actual) && is_shown(predicted) {
            let (actual, predicted) = (field(label(actual)), field(label(predicted)));
            csv.push_str(&format!("{actual},{predicted},{count}\n"));
        }
    });
    csv
}

/// The matrix as JSON that careo and scikit-learn's users read: labels and counts, rows actual, in
/// the order of the classes given.
pub fn to_json(matrix: &ConfusionMatrix, classes: &[usize]) -> String {
    let label = |class: &usize| {
        let label = matrix.labels().get(*class).map_or("", String::as_str);
        json_text(label)
    };
    let labels: Vec<String> = classes.iter().map(label).collect();
    let row = |actual: &usize| {
        let cells = classes
            .iter()
            .map(|predicted| matrix.get(*actual, *predicted));
        let cells: Vec<String> = cells.map(|it| it.to_string()).collect();
        format!("[{}]", cells.join(","))
    };
    let rows: Vec<String> = classes.iter().map(row).collect();
    format!(
        "{{\"rows\":\"actual\",\"columns\":\"predicted\",\n\"labels\":[{}],\n\"confusion_matrix\":[\n{}\n]}}\n",
        labels.join(","),
        rows.join(",\n")
    )
}

/// The same of matrices that are too large for that: of each filled cell the places of its labels,
/// actual and predicted, and its count.
pub fn to_cell_json(matrix: &ConfusionMatrix, classes: &[usize]) -> String {
    let places = places(matrix, classes);
    let place = |class: usize| places.get(class).copied().flatten();
    let label = |class: &usize| matrix.labels().get(*class).map_or("", String::as_str);
    let labels: Vec<String> = classes.iter().map(|it| json_text(label(it))).collect();
    let mut cells = Vec::new();
    matrix.for_each(&mut |actual, predicted, count| {
        if let (Some(actual), Some(predicted)) = (place(actual), place(predicted)) {
            cells.push(format!("[{actual},{predicted},{count}]"));
        }
    });
    format!(
        "{{\"labels\":[{}],\n\"columns\":[\"actual\",\"predicted\",\"count\"],\n\"cells\":[\n{}\n]}}\n",
        labels.join(","),
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
    fn json_and_rows_of_cells_hold_every_number() {
        let (_, labels) = hostile();
        let rows = [vec![3.0, 1.5], vec![0.0, 2.0]];
        let matrix = ConfusionMatrix::from_rows(labels, &rows).unwrap();
        let json = to_json(&matrix, &[1, 0]);
        assert!(json.contains("[2,0],\n[1.5,3]"), "{json}");
        let read: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(read["labels"][0], "a|<b>\n\"@x");
        assert_eq!(
            to_cell_csv(&matrix, &[0, 1]),
            "actual,predicted,count\n'=1+1,'=1+1,3\n'=1+1,\"a|<b>\n\"\"@x\",1.5\n\
             \"a|<b>\n\"\"@x\",\"a|<b>\n\"\"@x\",2\n"
        );
        let cells = to_cell_json(&matrix, &[1, 0]);
        assert!(cells.contains("[1,1,3],\n[1,0,1.5],\n[0,0,2]\n"), "{cells}");
        assert_eq!(
            to_cell_csv(&matrix, &[0]),
            "actual,predicted,count\n'=1+1,'=1+1,3\n"
        );
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
