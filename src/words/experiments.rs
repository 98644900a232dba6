//! The Experiments view: table, filter, details, scatter.

use super::{
    Say,
    number::{count, list, more_here},
};
use crate::model::Lang;

/// The Experiments view: table, filter, details, scatter.
#[derive(Clone, Debug, PartialEq)]
pub enum Experiments {
    /// Heading of the view.
    Heading,
    /// Caption of the table, with the baseline's name.
    Caption(Option<String>),
    /// Label of the filter.
    Filter,
    /// What may be written into the filter, with a metric of this report.
    FilterHint(Option<String>),
    /// Label of the switch between values and differences.
    ShowAs,
    /// Cells show the value.
    Value,
    /// Cells show the difference to the baseline.
    Difference,
    /// Cells show the difference as a share.
    Relative,
    /// Button that opens the list of columns: how many are shown, of how many.
    Columns(usize, usize),
    /// Heading of the list of columns.
    ColumnsTitle,
    /// Takes the reader's choice of columns back.
    ColumnsDefault,
    /// All columns of a kind.
    AllOfThem,
    /// Menu of ways to copy.
    CopyAs,
    /// Copies a Markdown table.
    Markdown,
    /// Copies comma-separated values.
    Csv,
    /// Saves comma-separated values.
    DownloadCsv,
    /// How many rows are shown, of how many.
    Rows(usize, usize),
    /// Before the reasons why rows or columns are not shown.
    WhyNot,
    /// The filter hides so many rows.
    FilterHides(usize),
    /// Empties the filter.
    Clear,
    /// Rows folded away.
    Folded(usize),
    /// Unfolds them.
    Unfold,
    /// Sorted by these, and no tree any more.
    Sorted(Vec<String>),
    /// Back to the tree.
    BackToTree,
    /// Columns that have one value in all rows are hidden.
    EqualHidden(usize),
    /// Columns are hidden since few rows have them, or there are too many.
    OthersHidden(usize),
    /// Shows hidden columns.
    Show,
    /// Hides them again.
    Hide,
    /// Columns with one value are shown too.
    EqualShown,
    /// The reader chose the columns.
    ColumnsChosen,
    /// So many rows are selected.
    Selected(usize),
    /// Compares the selected rows.
    CompareSelected,
    /// Head of the names.
    Experiment,
    /// Head of the states.
    State,
    /// Head of the times.
    Created,
    /// Head over the dependencies.
    Dependencies,
    /// Head over the outputs.
    Outputs,
    /// A run that ended well.
    Ok,
    /// A run that failed.
    Failed,
    /// A run that waits.
    Queued,
    /// A run that runs.
    Running,
    /// In place of a queued run's metrics.
    QueuedWhy,
    /// In place of a running run's metrics.
    RunningWhy,
    /// In place of a failed run's metrics where the tool gave no reason.
    FailedWhy,
    /// Opens the whole message of a failed run.
    Log,
    /// Tag of the baseline.
    Baseline,
    /// Mark of the revision that the report is about.
    ThisChange,
    /// Tag of an experiment in a sorted table: what it started from.
    OnParent(String),
    /// Tag of a row with others in it.
    Inside(usize),
    /// Unfolds a row.
    UnfoldRow(String),
    /// Folds a row.
    FoldRow(String),
    /// Selects a row.
    SelectRow(String),
    /// The same value as the baseline's.
    Same,
    /// Got better.
    Better,
    /// Got worse.
    Worse,
    /// Different, with no difference to give.
    Changed,
    /// Has a value that the baseline has not.
    New,
    /// Lacks a value that the baseline has.
    Gone,
    /// A metric of which less is better.
    LowerIsBetter,
    /// What ★ means in the table.
    BestNote,
    /// What the tick means.
    TickNote(String),
    /// What arrows and bars mean.
    DifferenceNote(String),
    /// That a copied table holds differences to a baseline; relative ones, in percent of its values.
    DifferencesTo(String, bool),
    /// How many rows are better than the baseline by a metric.
    BeatsNote {
        /// The baseline's name.
        base: String,
        /// The metric's name.
        metric: String,
        /// How many.
        n: usize,
        /// Of how many.
        of: usize,
    },
    /// Different values are written alike in these columns.
    DigitsNote(Vec<String>),
    /// Keys that act in the table.
    KeysNote,
    /// No row passes the filter.
    NoRows,
    /// Label of the details.
    DetailsOf(String),
    /// Closes the details.
    CloseDetails,
    /// How many parameters set a row apart from the baseline, and which is first.
    Apart {
        /// The baseline's name.
        base: String,
        /// How many.
        n: usize,
    },
    /// The row on show is the baseline itself.
    IsBaseline,
    /// Heading.
    Metrics,
    /// Heading.
    Parameters,
    /// Heading.
    DependenciesTitle,
    /// Heading.
    OutputsTitle,
    /// Head of the column of this row's values.
    This,
    /// Head of the column of differences.
    Diff,
    /// So many rows are the same, and folded away.
    TheSame(usize),
    /// Heading of the origin of the values.
    WhereFrom,
    /// What an experiment started from.
    Parent,
    /// The artifacts that the values come from.
    ValuesFrom,
    /// Files that the tool could not read.
    FileErrors,
    /// Link to Compare.
    Compare,
    /// Link to Confusion.
    Confusion,
    /// Makes the row on show the baseline.
    MakeBaseline,
    /// Copies the address of the row.
    CopyRowLink,
    /// It is on the clipboard.
    Copied,
    /// The browser refused.
    NotCopied,
    /// A row that the link names is hidden by the filter.
    RowHidden(String),
    /// Heading of the scatter.
    Scatter,
    /// What the scatter shows.
    ScatterLabel {
        /// The horizontal column.
        x: String,
        /// The vertical column.
        y: String,
    },
    /// Label of the horizontal axis.
    XAxis,
    /// Label of the vertical axis.
    YAxis,
    /// Logarithmic horizontal axis.
    LogX,
    /// Beside the name of a logarithmic axis.
    LogScale(String),
    /// The keys of the scatter.
    ScatterKeys,
    /// The scatter in words.
    ScatterNote {
        /// How many points there are.
        n: usize,
        /// The horizontal column, its lowest and its highest value.
        x: (String, String, String),
        /// The vertical column, its lowest and its highest value.
        y: (String, String, String),
    },
    /// A point of the scatter.
    PointLabel {
        /// Whose it is.
        name: String,
        /// The horizontal column and the value.
        x: (String, String),
        /// The vertical column and the value.
        y: (String, String),
        /// How many other points lie on it.
        n_more: usize,
    },
    /// A filter's comparison lacks its value.
    NoValue,
    /// A filter lacks a condition.
    NoCondition,
    /// A filter's comparison lacks its column.
    NoField,
    /// A quotation mark without its other one.
    OpenQuote,
    /// A parenthesis without its other one.
    OpenParenthesis,
    /// Something that can't stand there.
    Unexpected(String),
    /// What is wrong with the filter: a comma within a number.
    DecimalComma,
    /// Too many parentheses in parentheses.
    TooDeep,
    /// No column has that name.
    UnknownField(String, Option<String>),
    /// Several columns end so.
    AmbiguousField(String, Vec<String>),
    /// The filter is not understood, so it hides nothing.
    NotFiltered,
}

impl Say for Experiments {
    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        }
    }
}

impl Experiments {
    fn en(&self) -> String {
        match self {
            Self::Heading => "Experiments".to_owned(),
            Self::Caption(base) => match base { Some(base) => format!("Experiments against {base}"), None => "Experiments".to_owned() },
            Self::Filter => "Filter experiments".to_owned(),
            Self::FilterHint(metric) => match metric { Some(name) => format!("a name, or {name} > 0.5"), None => "a name or a text".to_owned() },
            Self::ShowAs => "Show values as".to_owned(),
            Self::Value => "Value".to_owned(),
            Self::Difference => "Difference".to_owned(),
            Self::Relative => "Relative".to_owned(),
            Self::Columns(shown, total) => format!("Columns {shown} of {total}"),
            Self::ColumnsTitle => "Which columns to show".to_owned(),
            Self::ColumnsDefault => "Back to the report’s columns".to_owned(),
            Self::AllOfThem => "all".to_owned(),
            Self::CopyAs => "Copy as…".to_owned(),
            Self::Markdown => "Markdown table".to_owned(),
            Self::Csv => "CSV".to_owned(),
            Self::DownloadCsv => "Download CSV".to_owned(),
            Self::Rows(shown, total) => { let (shown, rows) = (count(*shown, Lang::En), plural_en(*total, "row")); if shown == count(*total, Lang::En) { rows } else { format!("{shown} of {rows}") } },
            Self::WhyNot => "Why don’t I see the rest?".to_owned(),
            Self::FilterHides(n) => format!("Filter hides {}", count(*n, Lang::En)),
            Self::Clear => "clear".to_owned(),
            Self::Folded(n) => format!("{} folded away", plural_en(*n, "row")),
            Self::Unfold => "open".to_owned(),
            Self::Sorted(by) => format!("Sorted by {}, tree flattened", list(by, Lang::En)),
            Self::BackToTree => "back to tree".to_owned(),
            Self::EqualHidden(n) => format!("{} hidden", plural_en(*n, "equal column")),
            Self::OthersHidden(n) => format!("{} hidden", plural_en(*n, "other column")),
            Self::Show => "show".to_owned(),
            Self::Hide => "hide".to_owned(),
            Self::EqualShown => "Equal columns shown".to_owned(),
            Self::ColumnsChosen => "Columns chosen by hand".to_owned(),
            Self::Selected(n) => format!("{} selected", count(*n, Lang::En)),
            Self::CompareSelected => "compare".to_owned(),
            Self::Experiment => "Experiment".to_owned(),
            Self::State => "State".to_owned(),
            Self::Created => "Created".to_owned(),
            Self::Dependencies => "dependencies".to_owned(),
            Self::Outputs => "outputs".to_owned(),
            Self::Ok => "ok".to_owned(),
            Self::Failed => "failed".to_owned(),
            Self::Queued => "queued".to_owned(),
            Self::Running => "running".to_owned(),
            Self::QueuedWhy => "waits for its turn".to_owned(),
            Self::RunningWhy => "no results yet".to_owned(),
            Self::FailedWhy => "no reason was given".to_owned(),
            Self::Log => "message".to_owned(),
            Self::Baseline => "baseline".to_owned(),
            Self::ThisChange => "this change".to_owned(),
            Self::OnParent(name) => format!("on {name}"),
            Self::Inside(n) => format!("{} inside", count(*n, Lang::En)),
            Self::UnfoldRow(name) => format!("Unfold {name}"),
            Self::FoldRow(name) => format!("Fold {name}"),
            Self::SelectRow(name) => format!("Select {name}"),
            Self::Same => "same".to_owned(),
            Self::Better => "better".to_owned(),
            Self::Worse => "worse".to_owned(),
            Self::Changed => "changed".to_owned(),
            Self::New => "new".to_owned(),
            Self::Gone => "gone".to_owned(),
            Self::LowerIsBetter => "lower is better".to_owned(),
            Self::BestNote => "★ best experiment in the column.".to_owned(),
            Self::TickNote(base) => format!("The tick in each metric’s cell is {base}."),
            Self::DifferenceNote(base) => format!("▲▼ up or down from {base}; blue is better, orange is worse."),
            Self::DifferencesTo(base, false) => format!("Differences to {base}:"),
            Self::DifferencesTo(base, true) => format!("Differences to {base}, in percent of its values:"),
            Self::BeatsNote { base, metric, n, of } => match n { 0 => format!("None of {} is better than {base} by {metric}.", plural_en(*of, "experiment")), 1 => format!("1 of {} is better than {base} by {metric}.", plural_en(*of, "experiment")), n => format!("{} of {} are better than {base} by {metric}.", count(*n, Lang::En), plural_en(*of, "experiment")) },
            Self::DigitsNote(names) => format!("Some values of {} differ in digits that are not shown; the details have them all.", list(names, Lang::En)),
            Self::KeysNote => "Keys in the table: arrows move, Enter opens, Space selects, b makes a row the baseline, s sorts.".to_owned(),
            Self::NoRows => "No row passes the filter.".to_owned(),
            Self::DetailsOf(name) => format!("Details of {name}"),
            Self::CloseDetails => "Close details".to_owned(),
            Self::Apart { base, n } => match n { 0 => format!("The same parameters as {base}."), 1 => format!("One parameter away from {base}:"), n => format!("{} parameters away from {base}:", count(*n, Lang::En)) },
            Self::IsBaseline => "This is the baseline: the others are compared with it.".to_owned(),
            Self::Metrics => "Metrics".to_owned(),
            Self::Parameters => "Parameters".to_owned(),
            Self::DependenciesTitle => "Dependencies".to_owned(),
            Self::OutputsTitle => "Outputs".to_owned(),
            Self::This => "this".to_owned(),
            Self::Diff => "diff.".to_owned(),
            Self::TheSame(n) => format!("{} the same", count(*n, Lang::En)),
            Self::WhereFrom => "Where from".to_owned(),
            Self::Parent => "Parent".to_owned(),
            Self::ValuesFrom => "Values from".to_owned(),
            Self::FileErrors => "Not read by the tool".to_owned(),
            Self::Compare => "Compare".to_owned(),
            Self::Confusion => "Confusion".to_owned(),
            Self::MakeBaseline => "Make it the baseline".to_owned(),
            Self::CopyRowLink => "Copy link to this row".to_owned(),
            Self::Copied => "Copied".to_owned(),
            Self::NotCopied => "The browser doesn’t allow copying here".to_owned(),
            Self::RowHidden(name) => format!("The filter hides {name}."),
            Self::Scatter => "Scatter".to_owned(),
            Self::ScatterLabel { x, y } => format!("{y} against {x}"),
            Self::XAxis => "x axis".to_owned(),
            Self::YAxis => "y axis".to_owned(),
            Self::LogX => "log x".to_owned(),
            Self::LogScale(name) => format!("{name}, log scale"),
            Self::ScatterKeys => "In the picture, arrow keys go from point to point and Enter \
                                  opens the row."
                .to_owned(),
            Self::ScatterNote { n, x, y } => format!("{}; {} from {} to {}, {} from {} to {}.", plural_en(*n, "point"), x.0, x.1, x.2, y.0, y.1, y.2),
            Self::PointLabel { name, x, y, n_more } => format!("{name}: {} {}, {} {}{}", x.0, x.1, y.0, y.1, more_here(*n_more, Lang::En)),
            Self::NoValue => "A value is missing here.".to_owned(),
            Self::NoCondition => "A condition is missing here.".to_owned(),
            Self::NoField => "A column’s name is missing before this.".to_owned(),
            Self::OpenQuote => "This quotation mark is not closed.".to_owned(),
            Self::OpenParenthesis => "This parenthesis is not closed.".to_owned(),
            Self::DecimalComma => "Decimals have a point here: 0.52.".to_owned(),
            Self::Unexpected(text) => format!("“{text}” can’t stand here. Put texts with spaces or signs in quotation marks."),
            Self::TooDeep => "Too many parentheses inside each other.".to_owned(),
            Self::UnknownField(name, near) => match near { Some(near) => format!("There is no column “{name}”. Did you mean {near}?"), None => format!("There is no column “{name}”.") },
            Self::AmbiguousField(name, several) => format!("“{name}” may be one of {}; write it whole.", several.join(", ")),
            Self::NotFiltered => "All rows are shown until then.".to_owned(),
        }
    }

    fn es(&self) -> String {
        match self {
            Self::Heading => "Experimentos".to_owned(),
            Self::Caption(base) => match base { Some(base) => format!("Experimentos frente a {base}"), None => "Experimentos".to_owned() },
            Self::Filter => "Filtrar experimentos".to_owned(),
            Self::FilterHint(metric) => match metric { Some(name) => format!("un nombre, o {name} > 0.5"), None => "un nombre o un texto".to_owned() },
            Self::ShowAs => "Mostrar los valores como".to_owned(),
            Self::Value => "Valor".to_owned(),
            Self::Difference => "Diferencia".to_owned(),
            Self::Relative => "Relativa".to_owned(),
            Self::Columns(shown, total) => format!("Columnas {shown} de {total}"),
            Self::ColumnsTitle => "Qué columnas mostrar".to_owned(),
            Self::ColumnsDefault => "Volver a las columnas del informe".to_owned(),
            Self::AllOfThem => "todas".to_owned(),
            Self::CopyAs => "Copiar como…".to_owned(),
            Self::Markdown => "Tabla Markdown".to_owned(),
            Self::Csv => "CSV".to_owned(),
            Self::DownloadCsv => "Descargar CSV".to_owned(),
            Self::Rows(shown, total) => { let (shown, rows) = (count(*shown, Lang::Es), plural_es(*total, "fila")); if shown == count(*total, Lang::Es) { rows } else { format!("{shown} de {rows}") } },
            Self::WhyNot => "¿Por qué no veo el resto?".to_owned(),
            Self::FilterHides(n) => format!("El filtro oculta {}", count(*n, Lang::Es)),
            Self::Clear => "quitar".to_owned(),
            Self::Folded(n) => format!("{} plegadas", plural_es(*n, "fila")),
            Self::Unfold => "abrir".to_owned(),
            Self::Sorted(by) => format!("Ordenado por {}, sin árbol", list(by, Lang::Es)),
            Self::BackToTree => "volver al árbol".to_owned(),
            Self::EqualHidden(n) => match n { 1 => "1 columna igual oculta".to_owned(), n => format!("{} columnas iguales ocultas", count(*n, Lang::Es)) },
            Self::OthersHidden(n) => match n { 1 => "otra columna oculta".to_owned(), n => format!("otras {} columnas ocultas", count(*n, Lang::Es)) },
            Self::Show => "mostrar".to_owned(),
            Self::Hide => "ocultar".to_owned(),
            Self::EqualShown => "Se muestran columnas iguales".to_owned(),
            Self::ColumnsChosen => "Columnas elegidas a mano".to_owned(),
            Self::Selected(n) => match n { 1 => "1 elegida".to_owned(), n => format!("{} elegidas", count(*n, Lang::Es)) },
            Self::CompareSelected => "comparar".to_owned(),
            Self::Experiment => "Experimento".to_owned(),
            Self::State => "Estado".to_owned(),
            Self::Created => "Creado".to_owned(),
            Self::Dependencies => "dependencias".to_owned(),
            Self::Outputs => "salidas".to_owned(),
            Self::Ok => "ok".to_owned(),
            Self::Failed => "fallido".to_owned(),
            Self::Queued => "en cola".to_owned(),
            Self::Running => "en curso".to_owned(),
            Self::QueuedWhy => "espera su turno".to_owned(),
            Self::RunningWhy => "aún sin resultados".to_owned(),
            Self::FailedWhy => "no consta el motivo".to_owned(),
            Self::Log => "mensaje".to_owned(),
            Self::Baseline => "referencia".to_owned(),
            Self::ThisChange => "este cambio".to_owned(),
            Self::OnParent(name) => format!("sobre {name}"),
            Self::Inside(n) => format!("{} dentro", count(*n, Lang::Es)),
            Self::UnfoldRow(name) => format!("Desplegar {name}"),
            Self::FoldRow(name) => format!("Plegar {name}"),
            Self::SelectRow(name) => format!("Elegir {name}"),
            Self::Same => "igual".to_owned(),
            Self::Better => "mejor".to_owned(),
            Self::Worse => "peor".to_owned(),
            Self::Changed => "distinto".to_owned(),
            Self::New => "nuevo".to_owned(),
            Self::Gone => "ya no está".to_owned(),
            Self::LowerIsBetter => "mejor cuanto más bajo".to_owned(),
            Self::BestNote => "★ mejor experimento de la columna.".to_owned(),
            Self::TickNote(base) => format!("La marca en cada métrica es {base}."),
            Self::DifferenceNote(base) => format!("▲▼ sube o baja respecto a {base}; azul es mejor, naranja es peor."),
            Self::DifferencesTo(base, false) => format!("Diferencias con {base}:"),
            Self::DifferencesTo(base, true) => format!("Diferencias con {base}, en porcentaje de sus valores:"),
            Self::BeatsNote { base, metric, n, of } => match n { 0 => format!("Ninguno de {} supera a {base} en {metric}.", plural_es(*of, "experimento")), 1 => format!("1 de {} supera a {base} en {metric}.", plural_es(*of, "experimento")), n => format!("{} de {} superan a {base} en {metric}.", count(*n, Lang::Es), plural_es(*of, "experimento")) },
            Self::DigitsNote(names) => format!("Algunos valores de {} difieren en cifras que no se muestran; el detalle las tiene todas.", list(names, Lang::Es)),
            Self::KeysNote => "Teclas en la tabla: flechas para moverse, Intro abre, Espacio elige, b toma la fila como referencia, s ordena.".to_owned(),
            Self::NoRows => "Ninguna fila pasa el filtro.".to_owned(),
            Self::DetailsOf(name) => format!("Detalle de {name}"),
            Self::CloseDetails => "Cerrar el detalle".to_owned(),
            Self::Apart { base, n } => match n { 0 => format!("Los mismos parámetros que {base}."), 1 => format!("Un parámetro distinto de {base}:"), n => format!("{} parámetros distintos de {base}:", count(*n, Lang::Es)) },
            Self::IsBaseline => "Es la referencia: los demás se comparan con ella.".to_owned(),
            Self::Metrics => "Métricas".to_owned(),
            Self::Parameters => "Parámetros".to_owned(),
            Self::DependenciesTitle => "Dependencias".to_owned(),
            Self::OutputsTitle => "Salidas".to_owned(),
            Self::This => "este".to_owned(),
            Self::Diff => "dif.".to_owned(),
            Self::TheSame(n) => match n { 1 => "1 igual".to_owned(), n => format!("{} iguales", count(*n, Lang::Es)) },
            Self::WhereFrom => "De dónde".to_owned(),
            Self::Parent => "Origen".to_owned(),
            Self::ValuesFrom => "Valores de".to_owned(),
            Self::FileErrors => "La herramienta no pudo leer".to_owned(),
            Self::Compare => "Comparar".to_owned(),
            Self::Confusion => "Confusión".to_owned(),
            Self::MakeBaseline => "Tomar como referencia".to_owned(),
            Self::CopyRowLink => "Copiar enlace a esta fila".to_owned(),
            Self::Copied => "Copiado".to_owned(),
            Self::NotCopied => "El navegador no permite copiar aquí".to_owned(),
            Self::RowHidden(name) => format!("El filtro oculta {name}."),
            Self::Scatter => "Dispersión".to_owned(),
            Self::ScatterLabel { x, y } => format!("{y} frente a {x}"),
            Self::XAxis => "eje x".to_owned(),
            Self::YAxis => "eje y".to_owned(),
            Self::LogX => "x log".to_owned(),
            Self::LogScale(name) => format!("{name}, escala logarítmica"),
            Self::ScatterKeys => "En la figura, las flechas pasan de un punto a otro e Intro \
                                  abre la fila."
                .to_owned(),
            Self::ScatterNote { n, x, y } => format!("{}; {} de {} a {}, {} de {} a {}.", plural_es(*n, "punto"), x.0, x.1, x.2, y.0, y.1, y.2),
            Self::PointLabel { name, x, y, n_more } => format!("{name}: {} {}; {} {}{}", x.0, x.1, y.0, y.1, more_here(*n_more, Lang::Es)),
            Self::NoValue => "Aquí falta un valor.".to_owned(),
            Self::NoCondition => "Aquí falta una condición.".to_owned(),
            Self::NoField => "Falta el nombre de una columna antes de esto.".to_owned(),
            Self::OpenQuote => "Estas comillas no se cierran.".to_owned(),
            Self::OpenParenthesis => "Este paréntesis no se cierra.".to_owned(),
            Self::DecimalComma => "Aquí los decimales llevan punto: 0.52.".to_owned(),
            Self::Unexpected(text) => format!("«{text}» no puede ir aquí. Pon entre comillas los textos con espacios o signos."),
            Self::TooDeep => "Demasiados paréntesis anidados.".to_owned(),
            Self::UnknownField(name, near) => match near { Some(near) => format!("No hay ninguna columna «{name}». ¿Querías decir {near}?"), None => format!("No hay ninguna columna «{name}».") },
            Self::AmbiguousField(name, several) => format!("«{name}» puede ser una de estas: {}; escríbela entera.", several.join(", ")),
            Self::NotFiltered => "Mientras tanto se muestran todas las filas.".to_owned(),
        }
    }
}

fn plural_en(n: usize, noun: &str) -> String {
    let end = if n == 1 { "" } else { "s" };
    format!("{} {noun}{end}", count(n, Lang::En))
}

fn plural_es(n: usize, noun: &str) -> String {
    let end = if n == 1 { "" } else { "s" };
    format!("{} {noun}{end}", count(n, Lang::Es))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_agree_with_their_nouns() {
        let both = |it: Experiments| (it.say(Lang::En), it.say(Lang::Es));
        let cases = [
            (Experiments::Rows(1, 1), "1 row", "1 fila"),
            (Experiments::Rows(8, 13), "8 of 13 rows", "8 de 13 filas"),
            (
                Experiments::Rows(12_345, 100_000),
                "12,345 of 100,000 rows",
                "12\u{202f}345 de 100\u{202f}000 filas",
            ),
            (
                Experiments::EqualHidden(1),
                "1 equal column hidden",
                "1 columna igual oculta",
            ),
            (
                Experiments::BeatsNote {
                    base: "master".into(),
                    metric: "recall".into(),
                    n: 0,
                    of: 4,
                },
                "None of 4 experiments is better than master by recall.",
                "Ninguno de 4 experimentos supera a master en recall.",
            ),
            (
                Experiments::AmbiguousField("acc".into(), vec!["a:acc".into(), "b:acc".into()]),
                "“acc” may be one of a:acc, b:acc; write it whole.",
                "«acc» puede ser una de estas: a:acc, b:acc; escríbela entera.",
            ),
        ];
        for (message, en, es) in cases {
            assert_eq!(both(message), (en.to_owned(), es.to_owned()));
        }
    }
}
