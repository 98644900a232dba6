use super::ClassWords;
use crate::{
    model::{AxisTitles, Lang, MatrixKind, Normalisation},
    words::{number, verdict::Baseline},
};

/// What the matrix as a whole says: its orientation, how much is right, the panel of a cell.
#[derive(Clone, Debug)]
pub enum MatrixWords<'a> {
    /// Which axis is which; transposed, or not.
    Orientation {
        /// Titles of the axes as the artifact has them.
        titles: &'a AxisTitles,
        /// Whether rows are what the model said.
        is_transposed: bool,
    },
    /// How much is on the diagonal: name of the revision, right, in all.
    Headline(&'a str, f64, f64),
    /// The difference: name of the revision, of the baseline.
    DifferenceHeadline(&'a str, &'a str),
    /// The values that the colours span.
    LegendUnit(Normalisation),
    /// Unit of differences of shares.
    Points,
    /// The same behind each number of a table.
    ShortPoints,
    /// What the numbers of a copy are.
    Copied(Copied<'a>),
    /// More are taken for the other class than are recognised, so many.
    MoreThanRecognised(f64),
    /// Row of the panel: how many.
    Samples,
    /// Row of the panel: of so many of the actual class, by label.
    OfActual(f64, &'a str),
    /// Row of the panel: of those called so, by label.
    OfPredicted(&'a str),
    /// Row of the panel: the cell across the diagonal, by label.
    OtherWay(&'a str, &'a str),
    /// Before the rows of a cell: the artifact.
    WhichRows(&'a str),
    /// After them: so many more.
    AndMore(usize),
    /// After them: which are new.
    NewRows(&'a [u32]),
    /// After them: none is new.
    NoNewRows,
}

/// What the numbers of a copy of a matrix are.
#[derive(Clone, Copy, Debug)]
pub struct Copied<'a> {
    /// The revision.
    pub run: &'a str,
    /// What is subtracted.
    pub baseline: Option<&'a str>,
    /// What cells are divided by.
    pub normalisation: Normalisation,
    /// Whether shares are written as percentages, not from 0 to 1.
    pub is_percent: bool,
    /// How many classes are shown, of how many.
    pub n_classes: (usize, usize),
}

impl Copied<'_> {
    fn en(self, words: ClassWords<'_>) -> String {
        let number = |n: usize| number::count(n, Lang::En);
        let unit = MatrixWords::LegendUnit(self.normalisation).en(words);
        let amounts = match words.kind {
            MatrixKind::Weighted => "weights",
            _ => "counts",
        };
        let is_share = self.normalisation != Normalisation::None;
        let told = match (self.baseline, is_share, self.is_percent) {
            (None, false, _) => format!("{}: {amounts}.", self.run),
            (None, true, true) => format!("{}: shares {unit}, in %.", self.run),
            (None, true, false) => format!("{}: shares {unit}, from 0 to 1.", self.run),
            (Some(base), false, _) => {
                format!("{} minus {base}: differences of {amounts}.", self.run)
            }
            (Some(base), true, true) => format!(
                "{} minus {base}: differences of shares {unit}, in percentage points (pp).",
                self.run
            ),
            (Some(base), true, false) => format!(
                "{} minus {base}: differences of shares {unit}, from −1 to 1.",
                self.run
            ),
        };
        match self.n_classes {
            (shown, all) if shown < all => {
                format!("{told} {} of {} classes.", number(shown), number(all))
            }
            _ => told,
        }
    }

    fn es(self, words: ClassWords<'_>) -> String {
        let number = |n: usize| number::count(n, Lang::Es);
        let unit = MatrixWords::LegendUnit(self.normalisation).es(words);
        let amounts = match words.kind {
            MatrixKind::Weighted => "pesos",
            _ => "recuentos",
        };
        let is_share = self.normalisation != Normalisation::None;
        let told = match (self.baseline, is_share, self.is_percent) {
            (None, false, _) => format!("{}: {amounts}.", self.run),
            (None, true, true) => format!("{}: proporciones {unit}, en %.", self.run),
            (None, true, false) => format!("{}: proporciones {unit}, de 0 a 1.", self.run),
            (Some(base), false, _) => {
                format!("{} menos {base}: diferencias de {amounts}.", self.run)
            }
            (Some(base), true, true) => format!(
                "{} menos {base}: diferencias de proporciones {unit}, en puntos porcentuales.",
                self.run
            ),
            (Some(base), true, false) => format!(
                "{} menos {base}: diferencias de proporciones {unit}, de −1 a 1.",
                self.run
            ),
        };
        match self.n_classes {
            (shown, all) if shown < all => {
                format!("{told} {} de {} clases.", number(shown), number(all))
            }
            _ => told,
        }
    }
}

impl MatrixWords<'_> {
    /// The sentence, for these classes and samples.
    pub fn say(&self, words: ClassWords<'_>, lang: Lang) -> String {
        match lang {
            Lang::En => self.en(words),
            Lang::Es => self.es(words),
        }
    }

    fn en(&self, words: ClassWords<'_>) -> String {
        let lang = Lang::En;
        match self {
            Self::Orientation {
                titles,
                is_transposed,
            } => {
                let it = words.settings.sample_noun(lang);
                let it = it.map_or("it".to_owned(), |noun| format!("the {}", noun.one));
                let axes = axes(
                    words,
                    titles,
                    lang,
                    format!("what {it} is"),
                    "what the model says",
                );
                orientation(("Rows", "Columns"), axes, *is_transposed)
            }
            Self::Headline(name, right, total) => match words.kind {
                MatrixKind::Counts | MatrixKind::Weighted => format!(
                    "{name}: {} of {} on the diagonal.",
                    words.amount(*right, lang),
                    words.amount(*total, lang)
                ),
                MatrixKind::NormalisedByRow
                | MatrixKind::NormalisedByColumn
                | MatrixKind::NormalisedByAll => format!("{name}."),
            },
            Self::DifferenceHeadline(name, base) => {
                format!("{name} minus {}.", Baseline::of(base).name(lang))
            }
            Self::LegendUnit(normalisation) => match normalisation {
                Normalisation::None => words.samples(lang),
                Normalisation::Row => "of each actual class".into(),
                Normalisation::Column => "of each predicted class".into(),
                Normalisation::All => "of all".into(),
            },
            Self::Points => "percentage points".into(),
            Self::ShortPoints => "pp".into(),
            Self::Copied(copied) => copied.en(words),
            Self::MoreThanRecognised(right) => format!(
                "That is more than the {} that are recognised.",
                words.amount(*right, lang)
            ),
            Self::Samples => cell_head(words, lang, "share"),
            Self::OfActual(of, label) => format!("of the {} {label}", words.amount(*of, lang)),
            Self::OfPredicted(label) => format!("of those called {label}"),
            Self::OtherWay(predicted, actual) => {
                format!("the other way, {predicted} as {actual}")
            }
            Self::WhichRows(artifact) => format!("Rows of {artifact}, the header not counted:"),
            Self::AndMore(n) => format!("and {} more", number::count(*n, lang)),
            Self::NewRows(rows) => format!("New: {}.", rows_text(rows)),
            Self::NoNewRows => "None of them is new.".into(),
        }
    }

    fn es(&self, words: ClassWords<'_>) -> String {
        let lang = Lang::Es;
        match self {
            Self::Orientation {
                titles,
                is_transposed,
            } => {
                let it = words.settings.sample_noun(lang);
                let it = it.map_or("lo que es".to_owned(), |noun| {
                    format!("lo que es cada {}", noun.one)
                });
                let axes = axes(words, titles, lang, it, "lo que dice el modelo");
                orientation(("Filas", "Columnas"), axes, *is_transposed)
            }
            Self::Headline(name, right, total) => match words.kind {
                MatrixKind::Counts | MatrixKind::Weighted => format!(
                    "{name}: {} de {} en la diagonal.",
                    words.amount(*right, lang),
                    words.amount(*total, lang)
                ),
                MatrixKind::NormalisedByRow
                | MatrixKind::NormalisedByColumn
                | MatrixKind::NormalisedByAll => format!("{name}."),
            },
            Self::DifferenceHeadline(name, base) => {
                format!("{name} menos {}.", Baseline::of(base).name(lang))
            }
            Self::LegendUnit(normalisation) => match normalisation {
                Normalisation::None => words.samples(lang),
                Normalisation::Row => "de cada clase real".into(),
                Normalisation::Column => "de cada clase predicha".into(),
                Normalisation::All => "del total".into(),
            },
            Self::Points => "puntos porcentuales".into(),
            Self::ShortPoints => "puntos".into(),
            Self::Copied(copied) => copied.es(words),
            Self::MoreThanRecognised(right) => {
                format!("Son más que los aciertos: {}.", words.amount(*right, lang))
            }
            Self::Samples => cell_head(words, lang, "proporción"),
            Self::OfActual(of, label) => format!("de {} {label}", words.amount(*of, lang)),
            Self::OfPredicted(label) => format!("de los predichos {label}"),
            Self::OtherWay(predicted, actual) => {
                format!("al revés, {predicted} como {actual}")
            }
            Self::WhichRows(artifact) => format!("Filas de {artifact}, sin contar la cabecera:"),
            Self::AndMore(n) => format!("y {} más", number::count(*n, lang)),
            Self::NewRows(rows) => format!("Nuevas: {}.", rows_text(rows)),
            Self::NoNewRows => "Ninguna es nueva.".into(),
        }
    }
}

/// What a cell's number is: so many samples, or a share.
fn cell_head(words: ClassWords<'_>, lang: Lang, share: &str) -> String {
    match words.kind {
        MatrixKind::Counts | MatrixKind::Weighted => words.samples(lang),
        MatrixKind::NormalisedByRow
        | MatrixKind::NormalisedByColumn
        | MatrixKind::NormalisedByAll => share.to_owned(),
    }
}

fn rows_text(rows: &[u32]) -> String {
    let rows: Vec<String> = rows.iter().map(u32::to_string).collect();
    rows.join(", ")
}

/// What both axes are: the team's titles; else what they mean, after the artifact's own titles.
fn axes(
    words: ClassWords<'_>,
    titles: &AxisTitles,
    lang: Lang,
    actual: String,
    predicted: &str,
) -> (String, String) {
    let own = words.settings.axes.iter().find(|(of, ..)| *of == lang);
    if let Some((_, actual, predicted)) = own {
        return (actual.clone(), predicted.clone());
    }
    let titled = |title: &Option<String>, meaning: &str| match title {
        Some(title) => format!("{} ({meaning})", super::shown_label(title)),
        None => meaning.to_owned(),
    };
    (
        titled(&titles.actual, &actual),
        titled(&titles.predicted, predicted),
    )
}

/// "Rows: …. Columns: …."
fn orientation(heads: (&str, &str), axes: (String, String), is_transposed: bool) -> String {
    let (rows, columns) = match is_transposed {
        false => axes,
        true => (axes.1, axes.0),
    };
    format!("{}: {rows}. {}: {columns}.", heads.0, heads.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Noun, Settings};

    #[test]
    fn orientation_is_always_said() {
        let plain = Settings::default();
        let noun = |one: &str, many: &str| Noun {
            one: one.to_owned(),
            many: many.to_owned(),
        };
        let players = Settings {
            sample: vec![
                (Lang::En, noun("player", "players")),
                (Lang::Es, noun("jugador", "jugadores")),
            ],
            ..Settings::default()
        };
        let named = Settings {
            axes: vec![(Lang::Es, "posición real".into(), "posición predicha".into())],
            ..Settings::default()
        };
        let none = AxisTitles::default();
        let titles = AxisTitles {
            actual: Some("Posiciones Reales".into()),
            predicted: Some("Posiciones Predichas".into()),
        };
        let say = |settings: &Settings, titles: &AxisTitles, is_transposed: bool, lang: Lang| {
            let words = ClassWords::new(settings, MatrixKind::Counts);
            let orientation = MatrixWords::Orientation {
                titles,
                is_transposed,
            };
            orientation.say(words, lang)
        };
        assert_eq!(
            say(&players, &none, false, Lang::En),
            "Rows: what the player is. Columns: what the model says."
        );
        assert_eq!(
            say(&players, &none, true, Lang::Es),
            "Filas: lo que dice el modelo. Columnas: lo que es cada jugador."
        );
        assert_eq!(
            say(&plain, &titles, false, Lang::En),
            "Rows: Posiciones Reales (what it is). Columns: Posiciones Predichas (what the model \
             says)."
        );
        assert_eq!(
            say(&named, &titles, false, Lang::Es),
            "Filas: posición real. Columnas: posición predicha."
        );
    }
}
