//! Predictions, one sample a row: <https://scikit-learn.org/stable/modules/model_evaluation.html>
//! (pairs of `y_true` and `y_pred`; there is no format of its own).
//!
//! Seen: pandas 3.1 `to_csv`, Python's `csv`, spreadsheets (`;`, decimal comma, UTF-16). Other
//! columns, such as probabilities, are passed over. Other names than [`ACTUAL`] and [`PREDICTED`]:
//! `--as 'predictions-csv(actual=Experto,predicted=Modelo):PATH'`; a column may be given by its number
//! (`actual=#1`), `header=no` says that the first row is data, `split=test` names the split.
//!
//! ```csv
//! actual,predicted
//! cat,dog
//! ```

use super::{
    Claim, Reader,
    choice::Options,
    confusion_csv::has_cell_columns,
    csv::{self, Field, Rows},
    pairs::{ACTUAL, PREDICTED, Pairs, rank, split_of},
    text,
};
use crate::{
    json::Document,
    model::{Artifact, Content, Finding, NoticeKind, Notices, Place, Problem, ProblemKind},
};

/// Reads predictions in delimited text.
pub struct PredictionsCsv;

/// The options that it takes by `--as`.
const OPTIONS: [&str; 4] = ["actual", "predicted", "header", "split"];

impl Reader for PredictionsCsv {
    fn id(&self) -> &'static str {
        "predictions-csv"
    }

    fn claims(&self, artifact: &Artifact, _: Option<&Document<'_>>) -> Claim {
        let is_table = matches!(artifact.extension().as_str(), "csv" | "tsv");
        let is_named = is_table && artifact.file_name().to_ascii_lowercase().contains("pred");
        let head = text::head(artifact);
        let mut header = Vec::new();
        match Rows::new(&head, csv::sniff_delimiter(&head)).read(&mut header) {
            // The same text as JSON would be something else.
            _ if head.trim_start().starts_with(['{', '[', '<']) => Claim::No,
            _ if has_cell_columns(&header) => Claim::No,
            _ if is_named => Claim::Name,
            Ok(true) if find(&header, &ACTUAL).is_some() && find(&header, &PREDICTED).is_some() => {
                Claim::Shape
            }
            _ => Claim::No,
        }
    }

    fn read(
        &self,
        artifact: &Artifact,
        notices: &mut Notices,
    ) -> Result<Vec<Finding>, Box<Problem>> {
        let options = Options::of(artifact, self.id(), &OPTIONS)?;
        let text = text::read(artifact, notices);
        let mut rows = Rows::new(&text, csv::sniff_delimiter(&text));
        let unclosed = |it: csv::UnclosedQuote| it.into_problem(&artifact.path, self.id());
        let mut header = Vec::new();
        if !rows.read(&mut header).map_err(unclosed)? {
            return Err(self.problem(artifact, 1, ProblemKind::Empty));
        }
        let has_header = options.get("header") != Some("no");
        let columns = [("actual", &ACTUAL[..]), ("predicted", &PREDICTED[..])]
            .map(|(option, known)| Column::find(&header, has_header, options.get(option), known));
        let [Column::At(actual), Column::At(predicted)] = columns else {
            return self.no_columns(artifact, &header, columns, notices);
        };
        let mut samples = Pairs::default();
        let mut cells = Cells {
            actual,
            predicted,
            n_fields: header.len(),
            // `actual, predicted` means that the space belongs to the delimiter.
            has_space: header.len() > 1 && header.iter().skip(1).all(|it| it.starts_with(' ')),
            n_rows: 0,
            n_ragged: 0,
            first_ragged: 0,
            seen: Seen::default(),
        };
        let mut row = Vec::with_capacity(header.len());
        if !has_header {
            cells.push(&mut header, &mut samples);
        }
        while (cells.some_rows(&mut rows, &mut row, &mut samples)).map_err(unclosed)? {}
        if cells.n_ragged > 0 {
            let (count, first) = (cells.n_ragged, cells.first_ragged);
            let place = Place::artifact(&artifact.path);
            notices.push(NoticeKind::RaggedRows { count, first }, place);
        }
        let place = Place::artifact(&artifact.path);
        let split = options.get("split").map(str::to_owned);
        let split = split.or_else(|| split_of(artifact.file_name()));
        let predictions = samples.finish(&place, self.id(), notices)?;
        let content = |predictions| Content::Predictions { split, predictions };
        Ok(predictions
            .map(content)
            .map(Finding::new)
            .into_iter()
            .collect())
    }
}

impl PredictionsCsv {
    fn problem(&self, artifact: &Artifact, line: u32, kind: ProblemKind) -> Box<Problem> {
        Box::new(Problem {
            kind,
            place: Some(Place::artifact(&artifact.path).at(line, 1)),
            reader: Some(self.id().to_owned()),
        })
    }

    /// The answer when the header doesn't tell both columns. Of a file that is only called like
    /// predictions that is a notice: it may be something else.
    fn no_columns(
        &self,
        artifact: &Artifact,
        header: &[Field<'_>],
        columns: [Column; 2],
        notices: &mut Notices,
    ) -> Result<Vec<Finding>, Box<Problem>> {
        for column in columns {
            if let Column::Twice(name) = column {
                return Err(self.problem(artifact, 1, ProblemKind::DuplicateColumn { name }));
            }
        }
        let expected = "actual, predicted | y_true, y_pred | real, predicho".to_owned();
        let found: Vec<&str> = header.iter().map(|field| field.trim()).collect();
        let found: String = found.join(", ").chars().take(200).collect();
        if artifact.reader.is_some() {
            return Err(self.problem(artifact, 1, ProblemKind::NoColumn { expected, found }));
        }
        let reader = self.id().to_owned();
        let kind = NoticeKind::ColumnsNotFound {
            reader,
            expected,
            found,
        };
        notices.push(kind, Place::artifact(&artifact.path).at(1, 1));
        Ok(Vec::new())
    }
}

/// Where a column is.
enum Column {
    At(usize),
    Twice(String),
    Nowhere,
}

impl Column {
    /// The column that the option names, or that goes by one of the known names.
    fn find(header: &[Field<'_>], has_header: bool, option: Option<&str>, known: &[&str]) -> Self {
        let Some(name) = option else {
            let Some(at) = find(header, known).filter(|_| has_header) else {
                return Self::Nowhere;
            };
            return Self::once(header, at);
        };
        let is_same = |field: &Field<'_>| field.trim() == name.trim();
        if let Some(at) = header.iter().position(is_same).filter(|_| has_header) {
            return Self::once(header, at);
        }
        let number = name
            .strip_prefix('#')
            .and_then(|number| number.parse().ok());
        match number.and_then(|number: usize| number.checked_sub(1)) {
            Some(at) if at < header.len() => Self::At(at),
            _ => Self::Nowhere,
        }
    }

    /// The column there, unless another one has its name.
    fn once(header: &[Field<'_>], at: usize) -> Self {
        let name = |field: &Field<'_>| field.trim().to_owned();
        let Some(found) = header.get(at).map(name) else {
            return Self::Nowhere;
        };
        match header.iter().filter(|field| field.trim() == found).count() {
            1 => Self::At(at),
            _ => Self::Twice(found),
        }
    }
}

/// The column with the most telling of the known names.
fn find(header: &[Field<'_>], known: &[&str]) -> Option<usize> {
    let ranked = header.iter().enumerate();
    let ranked = ranked.filter_map(|(at, field)| Some((rank(field, known)?, at)));
    ranked.min().map(|(_, at)| at)
}

/// Takes the two cells out of each row.
struct Cells<'a> {
    actual: usize,
    predicted: usize,
    n_fields: usize,
    has_space: bool,
    n_rows: usize,
    n_ragged: usize,
    first_ragged: usize,
    seen: Seen<'a>,
}

/// Lines that were taken apart before, by a part of their hash: of a million predictions of ten
/// classes there are but a hundred kinds, and what stands there word for word again says the same.
#[derive(Default)]
struct Seen<'a> {
    lines: Vec<Line<'a>>,
    n_new: usize,
    n_again: usize,
}

/// A line as it stands, and what it says.
type Line<'a> = (&'a [u8], (u32, u32));

impl<'a> Seen<'a> {
    /// Bits of the hash that are looked at.
    const BITS: u32 = 12;

    /// Whether looking is worth it: where lines have numbers of their own, it is not.
    fn is_worth_it(&self) -> bool {
        self.n_new < 2 * (1 << Self::BITS) + self.n_again
    }

    fn slot(&mut self, hash: u64) -> Option<&mut Line<'a>> {
        if self.lines.is_empty() {
            // No row is an empty line: none is found in a slot that has none yet.
            self.lines.resize(1 << Self::BITS, (&[], (0, 0)));
        }
        self.lines.get_mut((hash >> (64 - Self::BITS)) as usize)
    }
}

impl<'a> Cells<'a> {
    /// Takes some rows; false at the end. The loop over all of them is not here: an engine compiles
    /// a function well once it is called again and again, and never while it runs.
    #[inline(never)]
    fn some_rows(
        &mut self,
        rows: &mut Rows<'a>,
        row: &mut Vec<Field<'a>>,
        samples: &mut Pairs<'a>,
    ) -> Result<bool, csv::UnclosedQuote> {
        const SOME: usize = 1_000;
        for _ in 0..SOME {
            let line = match self.seen.is_worth_it() {
                true => rows.next_line(),
                false => None,
            };
            if let Some((line, hash)) = line
                && let Some(&mut (known, pair)) = self.seen.slot(hash)
                && known == line
                && !line.is_empty()
            {
                self.seen.n_again += 1;
                self.n_rows += 1;
                samples.again(pair);
                rows.skip_line(line);
                continue;
            }
            let start = rows.at();
            if !rows.read(row)? {
                return Ok(false);
            }
            let is_whole = row.len() == self.n_fields;
            let pair = self.push(row, samples);
            // A row of more or of less than this line would be another one elsewhere.
            if let (Some((line, hash)), Some(pair), true) = (line, pair, is_whole)
                && rows.at() == start + line.len() + 1
                && let Some(slot) = self.seen.slot(hash)
            {
                *slot = (line, pair);
                self.seen.n_new += 1;
            }
        }
        Ok(true)
    }

    fn push(&mut self, row: &mut [Field<'a>], samples: &mut Pairs<'a>) -> Option<(u32, u32)> {
        self.n_rows += 1;
        if row.len() != self.n_fields {
            if self.n_ragged == 0 {
                self.first_ragged = self.n_rows;
            }
            self.n_ragged += 1;
        }
        let mut take = |at: usize| match row.get_mut(at).map(std::mem::take) {
            Some(Field::Borrowed(text)) if self.has_space => text.trim_start_matches(' ').into(),
            Some(field) => field,
            None => Field::default(),
        };
        let actual = take(self.actual);
        let predicted = if self.actual == self.predicted {
            actual.clone()
        } else {
            take(self.predicted)
        };
        samples.push(actual, predicted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nothing, a row that is left out, or two labels.
    type Says = Option<Option<(&'static str, &'static str)>>;
    type Rows3 = (Vec<String>, Vec<String>, Vec<u32>);

    /// Labels and rows of what is read, and what is noticed.
    fn read(text: &str) -> (Rows3, Vec<NoticeKind>) {
        let artifact = Artifact::new("predictions.csv", text.as_bytes());
        let mut notices = Notices::default();
        let findings = PredictionsCsv.read(&artifact, &mut notices).unwrap();
        let Content::Predictions { predictions, .. } = &findings[0].content else {
            panic!("no predictions");
        };
        let label = |code: &u32| predictions.labels[*code as usize].clone();
        let rows = (0..predictions.len()).map(|it| predictions.row(it));
        let found = (
            predictions.actual.iter().map(label).collect(),
            predictions.predicted.iter().map(label).collect(),
            rows.collect(),
        );
        (
            found,
            notices.into_vec().into_iter().map(|it| it.kind).collect(),
        )
    }

    #[test]
    fn lines_that_come_again_say_the_same() {
        // What each kind of line says.
        let kinds: [(&str, Says); 12] = [
            ("cat,dog,0.5\n", Some(Some(("cat", "dog")))),
            ("cat,cat,0.5\n", Some(Some(("cat", "cat")))),
            ("\"cat\",\"a,b\",\n", Some(Some(("cat", "a,b")))),
            ("\"a\nb\",cat,1\n", Some(Some(("a\nb", "cat")))),
            ("b\",cat,1\n", Some(Some(("b\"", "cat")))),
            ("\n", None),
            ("\r\n", None),
            ("dog,cat,0\r\n", Some(Some(("dog", "cat")))),
            ("x,y,1\r", Some(Some(("x", "y")))),
            (",cat,1\n", Some(None)),
            ("cat,dog\n", Some(Some(("cat", "dog")))),
            (
                "a label of more than eight bytes,cat,1\n",
                Some(Some(("a label of more than eight bytes", "cat"))),
            ),
        ];
        let mut seed = 1u64;
        let mut below = |n: usize| {
            seed = seed
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            (seed >> 33) as usize % n
        };
        for _ in 0..40 {
            let mut text = "actual,predicted,score\n".to_owned();
            let (mut expected, mut row) = (Rows3::default(), 0);
            let (mut n_skipped, mut n_ragged) = (0, 0);
            for _ in 0..below(3_000) {
                let (line, says) = kinds[below(kinds.len())];
                text.push_str(line);
                row += u32::from(says.is_some());
                n_ragged += usize::from(line == "cat,dog\n");
                n_skipped += usize::from(says == Some(None));
                if let Some(Some((actual, predicted))) = says {
                    expected.0.push(actual.to_owned());
                    expected.1.push(predicted.to_owned());
                    expected.2.push(row);
                }
            }
            // Near the end lines are not looked for.
            text.push_str("cat,dog,0.5");
            expected.0.push("cat".to_owned());
            expected.1.push("dog".to_owned());
            expected.2.push(row + 1);
            let (found, notices) = read(&text);
            assert_eq!(found, expected);
            let told = notices.iter().map(|it| match it {
                NoticeKind::RowsSkipped { count, .. } => (n_skipped, *count),
                NoticeKind::RaggedRows { count, .. } => (n_ragged, *count),
                _ => (0, 1),
            });
            assert!(told.clone().all(|(expected, count)| expected == count));
            assert_eq!(
                told.count(),
                usize::from(n_skipped > 0) + usize::from(n_ragged > 0)
            );
        }
    }
}
