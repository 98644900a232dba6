use crate::{
    model::{Lang, MatrixKind, Normalisation, Order, Scale},
    words::{Say, number, verdict::Baseline},
};

/// What the Confusion view says beside its cells: controls, orientation, legend, notes.
#[derive(Clone, Debug, PartialEq)]
pub enum ConfusionWords {
    /// The view's name.
    Title,
    /// The revision that the report is about.
    ThisChange,
    /// Switch: the matrix itself.
    Counts,
    /// Switch: the matrix itself, where it holds shares or weights.
    Values,
    /// Switch: less the baseline's, by name.
    DifferenceTo(String),
    /// Group of both switches.
    Show,
    /// Label of the picker of revisions.
    Run,
    /// Label of the picker of splits or artifacts.
    Split,
    /// Label of the picker of the baseline.
    Against,
    /// Label of the picker of normalisations.
    Normalise,
    /// One normalisation.
    Normalisation(Normalisation),
    /// Label of the picker of orders.
    OrderLabel,
    /// One order.
    Order(Order),
    /// Label of the picker of scales.
    ScaleLabel,
    /// One scale.
    Scale(Scale),
    /// Button: swap rows and columns.
    Transpose,
    /// Opens the choice of classes.
    Classes,
    /// Above the classes that are ticked.
    OnlyThese,
    /// Takes the choice of classes back.
    AllClasses,
    /// Opens the exports.
    Export,
    /// Export: to the clipboard as Markdown.
    CopyMarkdown,
    /// Export: to the clipboard as CSV.
    CopyCsv,
    /// Export: a file.
    DownloadCsv,
    /// Said for a moment after copying.
    Copied,
    /// Said for a moment when the browser refused.
    NotCopied,
    /// Heading of row totals.
    Actual,
    /// Heading of column totals.
    Predicted,
    /// A measure.
    Recall,
    /// A measure.
    Precision,
    /// A measure.
    F1,
    /// What the averages in the corner are.
    MacroAverages,
    /// Why a measure is not there.
    Undefined,
    /// Caption of the measures by class.
    MeasuresByClass,
    /// Heading of the class column.
    Class,
    /// Legend of empty cells.
    NoneThere,
    /// Word beside a change for the better.
    Better,
    /// Word beside a change for the worse.
    Worse,
    /// What to do, where no cell is pinned.
    PinHint,
    /// Name of the panel of a cell.
    CellPanel,
    /// Small print over a pinned cell: labels.
    Pinned(String, String),
    /// Button.
    Unpin,
    /// Column head of the current revision in the pinned cell.
    This,
    /// Heading of the ranked confusions.
    Confusions,
    /// Which of them: at least so often.
    AtLeast(String),
    /// The same, by how much they have changed.
    MostChanged(String),
    /// Label of the field for that number.
    MinLabel,
    /// Link: every confusion, so many.
    ShowAll(usize),
    /// Link: back to the most frequent ones.
    ShowMostFrequent,
    /// Stands below a list that was cut: shown, in all.
    Cut(usize, usize),
    /// Nothing is confused.
    NoConfusion,
    /// Heading of the mutual confusions.
    BothWays,
    /// As many as on the baseline, by name.
    AsOn(String),
    /// By how much it is more than on the baseline.
    MoreThanOn(String, String),
    /// By how much it is less than on the baseline.
    FewerThanOn(String, String),
    /// Counts are too large to be exact.
    BeyondExact,
    /// Button.
    CopyForDiscussion,
    /// Button.
    DownloadRows,
    /// Export: to the clipboard as JSON.
    CopyJson,
    /// Export: a file.
    DownloadJson,
    /// Export: a picture, in dark or in light.
    DownloadPng(bool),
    /// Export: a drawing, in dark or in light.
    DownloadSvg(bool),
    /// Too many filled cells for a drawing: how many, the limit.
    TooManyToDraw(usize, usize),
    /// No matrix in the report at all.
    NoMatrix,
    /// Label of the choice of the worst classes.
    TopLabel,
    /// Choice: every class.
    TopAll,
    /// Choice: so many classes, those with most errors.
    Top(usize),
    /// Classes that were moved by hand.
    MovedByHand(Vec<String>),
    /// Takes these moves back.
    UndoMoves,
    /// Said after a move: label, its place, of how many.
    MovedTo(String, usize, usize),
    /// How classes are moved.
    MoveHint,
    /// Button.
    ZoomIn,
    /// Button.
    ZoomOut,
    /// Button: the whole matrix.
    ZoomWhole,
    /// Label of the search for a class.
    FindClass,
    /// The search found nothing.
    NoSuchClass,
    /// How a large matrix is walked through.
    CanvasHint,
    /// The order by similarity is being looked for: the share that is done.
    Ordering(f64),
    /// The same where there is no worker.
    OrderingHere(f64),
    /// Button.
    Stop,
    /// The search was stopped.
    OrderStopped,
    /// Button.
    SearchAgain,
    /// Opens the groups.
    Groups,
    /// Label of the choice of a separator.
    Separator,
    /// Choice: labels are not split.
    NoSeparator,
    /// Closes every group.
    CloseAll,
    /// Opens every group.
    OpenAll,
    /// A group: its name, its number of classes.
    GroupOf(String, usize),
    /// Labels make no groups.
    NoGroups,
    /// More groups than are listed: listed, in all.
    GroupsCut(usize, usize),
    /// Some groups are closed: how many.
    GroupsClosed(usize),
    /// Button: classes of a closed group.
    OpenGroup,
    /// Not all classes are shown: shown, in all.
    ClassesShown(usize, usize),
    /// The artifact holds shares, not counts.
    SharesNotCounts(MatrixKind),
    /// The artifact holds weighted samples.
    WeightedSamples,
    /// Counted from the predictions of an artifact.
    CountedFrom(String),
    /// Read from an artifact.
    ReadFrom(String),
    /// The baseline, by name, has no matrix of this split and kind.
    NoCounterpart(String),
    /// The revision on show is the baseline.
    IsBaseline(String),
    /// Classes differ: the baseline's name, labels only now, labels only there.
    ClassesDiffer(String, Vec<String>, Vec<String>),
    /// Sizes differ: the baseline's name, its number, the number now; whether shares of rows are
    /// shown already.
    SizesDiffer(String, f64, f64, bool),
    /// The address names a revision that is gone; what is shown instead.
    RunGone(String, String),
    /// The address names a baseline that is gone; what is shown instead.
    BaseGone(String, String),
    /// The address names a split that is gone; what is shown instead.
    SplitGone(String, String),
    /// The address names a cell that is gone: actual, predicted.
    CellGone(String, String),
    /// Before a link to the nearest thing that exists.
    Nearest,
    /// Noise: how many of how many changes, told by paired samples.
    NoiseBySignTest(usize, usize),
    /// Noise: how many of how many changes, told by counts.
    NoiseByCounts(usize, usize),
    /// Nothing tells noise.
    NoiseUnknown,
    /// So many cells tell no change, as one side has no samples of their class.
    ChangeUnknown(usize),
}

impl Say for ConfusionWords {
    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        }
    }
}

impl ConfusionWords {
    fn en(&self) -> String {
        match self {
            Self::Title => "Confusion".into(),
            Self::ThisChange => "This change".into(),
            Self::Counts => "Counts".into(),
            Self::Values => "Values".into(),
            Self::DifferenceTo(base) => {
                format!("Difference to {}", Baseline::of(base).name(Lang::En))
            }
            Self::Show => "Show".into(),
            Self::Run => "Run".into(),
            Self::Split => "Split".into(),
            Self::Against => "Against".into(),
            Self::Normalise => "Normalise".into(),
            Self::Normalisation(it) => match it {
                Normalisation::None => "none",
                Normalisation::Row => "by actual class",
                Normalisation::Column => "by predicted class",
                Normalisation::All => "by all",
            }
            .into(),
            Self::OrderLabel => "Order".into(),
            Self::Order(it) => match it {
                Order::File => "as in file",
                Order::Own => "the team’s own",
                Order::Name => "name",
                Order::Support => "support",
                Order::Predicted => "times predicted",
                Order::Recall => "lowest recall",
                Order::Precision => "lowest precision",
                Order::F1 => "lowest F1",
                Order::Error => "errors",
                Order::Similarity => "similarity",
            }
            .into(),
            Self::ScaleLabel => "Scale".into(),
            Self::Scale(it) => match it {
                Scale::Linear => "linear",
                Scale::Sqrt => "square root",
                Scale::Log => "log",
                Scale::Quantile => "by rank",
            }
            .into(),
            Self::Transpose => "Transpose".into(),
            Self::Classes => "Classes…".into(),
            Self::OnlyThese => "Only these".into(),
            Self::AllClasses => "All classes".into(),
            Self::Export => "Export…".into(),
            Self::CopyMarkdown => "Copy as Markdown".into(),
            Self::CopyCsv => "Copy as CSV".into(),
            Self::DownloadCsv => "Download CSV".into(),
            Self::Copied => "Copied".into(),
            Self::NotCopied => "The browser didn’t allow copying".into(),
            Self::Actual => "actual".into(),
            Self::Predicted => "predicted".into(),
            Self::Recall => "recall".into(),
            Self::Precision => "precision".into(),
            Self::F1 => "F1".into(),
            Self::MacroAverages => "macro averages".into(),
            Self::Undefined => "undefined: there is nothing to divide by".into(),
            Self::MeasuresByClass => "Measures by class".into(),
            Self::Class => "Class".into(),
            Self::NoneThere => "none".into(),
            Self::Better => "better".into(),
            Self::Worse => "worse".into(),
            Self::PinHint => "Point at a cell to read it. Click it, or press Enter, to pin it: \
                              the address then leads to that very cell."
                .into(),
            Self::Pinned(actual, predicted) => {
                format!("Pinned: actual {actual}, predicted {predicted}")
            }
            Self::CellPanel => "Cell".into(),
            Self::Unpin => "Unpin".into(),
            Self::This => "this".into(),
            Self::Confusions => "Confusions".into(),
            Self::MinLabel => "at least".into(),
            Self::AtLeast(min) => format!("most frequent first, {min} or more"),
            Self::MostChanged(min) => format!("largest change first, changed by {min} or more"),
            Self::ShowAll(n) => format!("Show all {}", number::count(*n, Lang::En)),
            Self::ShowMostFrequent => "Show only the most frequent".into(),
            Self::Cut(shown, total) => format!(
                "{} of {} are listed; show fewer classes to see the rest.",
                number::count(*shown, Lang::En),
                number::count(*total, Lang::En)
            ),
            Self::NoConfusion => "No class is taken for another one.".into(),
            Self::BothWays => "Both ways together".into(),
            Self::AsOn(base) => format!("as {}", Baseline::of(base).on(Lang::En)),
            Self::MoreThanOn(n, base) => {
                format!("{n} more than {}", Baseline::of(base).on(Lang::En))
            }
            Self::FewerThanOn(n, base) => {
                format!("{n} fewer than {}", Baseline::of(base).on(Lang::En))
            }
            Self::BeyondExact => "Counts above 9,007,199,254,740,992 are rounded: their last \
                                  digits, and sums of them, are not exact."
                .into(),
            Self::CopyForDiscussion => "Copy for the discussion".into(),
            Self::DownloadRows => "Download rows".into(),
            Self::NoMatrix => "There is no confusion matrix in this report. It appears once an \
                               artifact holds one (as JSON or CSV), or predictions: a CSV with \
                               the columns actual and predicted."
                .into(),
            Self::CopyJson => "Copy as JSON".into(),
            Self::DownloadJson => "Download JSON".into(),
            Self::DownloadPng(false) => "Download PNG, light".into(),
            Self::DownloadPng(true) => "Download PNG, dark".into(),
            Self::DownloadSvg(false) => "Download SVG, light".into(),
            Self::DownloadSvg(true) => "Download SVG, dark".into(),
            Self::TooManyToDraw(n, max) => format!(
                "{} cells are filled; a drawing holds up to {}. Show fewer classes.",
                number::count(*n, Lang::En),
                number::count(*max, Lang::En)
            ),
            Self::TopLabel => "Show".into(),
            Self::TopAll => "all classes".into(),
            Self::Top(n) => format!("the {n} with most errors"),
            Self::MovedByHand(labels) => {
                format!("Moved by hand: {}.", number::list(labels, Lang::En))
            }
            Self::UndoMoves => "Put back".into(),
            Self::MovedTo(label, place, n) => format!(
                "{label}: place {} of {}",
                number::count(*place, Lang::En),
                number::count(*n, Lang::En)
            ),
            Self::MoveHint => "Drag a heading to move its class, or press Alt with ↑ or ↓ in a \
                               cell to move that row’s."
                .into(),
            Self::ZoomIn => "Zoom in".into(),
            Self::ZoomOut => "Zoom out".into(),
            Self::ZoomWhole => "Whole matrix".into(),
            Self::FindClass => "Find a class".into(),
            Self::NoSuchClass => "No class is called that.".into(),
            Self::CanvasHint => "The wheel or + and − zoom, 0 shows the whole matrix, dragging \
                                 moves it, arrow keys go from cell to cell."
                .into(),
            Self::Ordering(share) => format!(
                "Looking for the order that puts confused classes side by side: {}",
                number::percent(*share, 0, Lang::En)
            ),
            Self::OrderingHere(share) => format!(
                "This browser starts no worker, so the page itself looks for the order, in \
                 slices: {}",
                number::percent(*share, 0, Lang::En)
            ),
            Self::Stop => "Stop".into(),
            Self::OrderStopped => "The search for an order was stopped: classes stand as in the \
                                   artifact."
                .into(),
            Self::SearchAgain => "Search again".into(),
            Self::Groups => "Groups…".into(),
            Self::Separator => "Labels are split by".into(),
            Self::NoSeparator => "nothing".into(),
            Self::CloseAll => "Close all".into(),
            Self::OpenAll => "Open all".into(),
            Self::GroupOf(name, n) => format!("{name} ({})", number::count(*n, Lang::En)),
            Self::NoGroups => "No two labels begin with the same name before a separator, and \
                               careo.toml lists no groups."
                .into(),
            Self::GroupsCut(shown, total) => format!(
                "{} of {} groups are listed.",
                number::count(*shown, Lang::En),
                number::count(*total, Lang::En)
            ),
            Self::GroupsClosed(1) => "One group is closed: its classes count as one.".into(),
            Self::GroupsClosed(n) => format!(
                "{} groups are closed: the classes of each count as one.",
                number::count(*n, Lang::En)
            ),
            Self::OpenGroup => "Open the group".into(),
            Self::ClassesShown(shown, total) => format!(
                "{} of {} classes are shown; totals and shares count all.",
                number::count(*shown, Lang::En),
                number::count(*total, Lang::En)
            ),
            Self::SharesNotCounts(kind) => {
                let of = match kind {
                    MatrixKind::NormalisedByColumn => "each column",
                    MatrixKind::NormalisedByAll => "everything",
                    MatrixKind::NormalisedByRow | MatrixKind::Counts | MatrixKind::Weighted => {
                        "each row"
                    }
                };
                format!("The artifact holds shares of {of}, not counts: of how many is not known.")
            }
            Self::WeightedSamples => {
                "Samples are weighted: the numbers are sums of weights.".into()
            }
            Self::CountedFrom(artifact) => format!("Counted from {artifact}."),
            Self::ReadFrom(artifact) => format!("From {artifact}."),
            Self::NoCounterpart(base) => {
                let on = Baseline::of(base).on(Lang::En);
                format!("There is no such matrix {on} to compare with.")
            }
            Self::IsBaseline(base) => format!("{base} is the baseline itself."),
            Self::ClassesDiffer(base, now, before) => {
                let on = Baseline::of(base).on(Lang::En);
                let mut text = format!("The classes differ from those {on}.");
                for (labels, place) in [(now, "here"), (before, on.as_str())] {
                    if !labels.is_empty() {
                        let labels = number::list(labels, Lang::En);
                        text.push_str(&format!(" Only {place}: {labels}."));
                    }
                }
                text
            }
            Self::SizesDiffer(base, before, now, is_normalised) => format!(
                "The test sets differ in size: {} here, {} {}.{}",
                number::integer(*now, Lang::En),
                number::integer(*before, Lang::En),
                Baseline::of(base).on(Lang::En),
                match is_normalised {
                    true => "",
                    false => " Normalise by row to compare shares.",
                }
            ),
            Self::RunGone(name, instead) => {
                format!("There is no run {name} with a matrix here; this is {instead}.")
            }
            Self::BaseGone(name, instead) => {
                format!("There is no {name} to compare with here; this compares with {instead}.")
            }
            Self::SplitGone(name, instead) => {
                format!("There is no matrix called {name} here; this is {instead}.")
            }
            Self::CellGone(actual, predicted) => {
                format!("There is no cell for {actual} taken for {predicted} here.")
            }
            Self::Nearest => "The nearest is".into(),
            Self::NoiseBySignTest(noise, all) => format!(
                "within noise: {} (exact sign test per cell, 95\u{a0}%)",
                changes(*noise, *all, Lang::En)
            ),
            Self::NoiseByCounts(noise, all) => format!(
                "within noise: {} (Newcombe’s interval per cell, 95\u{a0}%)",
                changes(*noise, *all, Lang::En)
            ),
            Self::NoiseUnknown => "No sample size: nothing tells noise from change.".into(),
            Self::ChangeUnknown(n) => format!(
                "– not comparable: {} of classes that one side has no samples of",
                match n {
                    1 => "1 cell".to_owned(),
                    n => format!("{} cells", number::count(*n, Lang::En)),
                }
            ),
        }
    }

    fn es(&self) -> String {
        match self {
            Self::Title => "Confusión".into(),
            Self::ThisChange => "Este cambio".into(),
            Self::Counts => "Recuentos".into(),
            Self::Values => "Valores".into(),
            Self::DifferenceTo(base) => {
                format!("Diferencia con {}", Baseline::of(base).name(Lang::Es))
            }
            Self::Show => "Mostrar".into(),
            Self::Run => "Ejecución".into(),
            Self::Split => "Partición".into(),
            Self::Against => "Frente a".into(),
            Self::Normalise => "Normalizar".into(),
            Self::Normalisation(it) => match it {
                Normalisation::None => "no",
                Normalisation::Row => "por clase real",
                Normalisation::Column => "por clase predicha",
                Normalisation::All => "por el total",
            }
            .into(),
            Self::OrderLabel => "Orden".into(),
            Self::Order(it) => match it {
                Order::File => "el del archivo",
                Order::Own => "el del equipo",
                Order::Name => "por nombre",
                Order::Support => "por tamaño",
                Order::Predicted => "por predicciones",
                Order::Recall => "de menor a mayor exhaustividad",
                Order::Precision => "de menor a mayor precisión",
                Order::F1 => "de menor a mayor F1",
                Order::Error => "por errores",
                Order::Similarity => "por parecido",
            }
            .into(),
            Self::ScaleLabel => "Escala".into(),
            Self::Scale(it) => match it {
                Scale::Linear => "lineal",
                Scale::Sqrt => "raíz cuadrada",
                Scale::Log => "logarítmica",
                Scale::Quantile => "por rango",
            }
            .into(),
            Self::Transpose => "Transponer".into(),
            Self::Classes => "Clases…".into(),
            Self::OnlyThese => "Solo estas".into(),
            Self::AllClasses => "Todas las clases".into(),
            Self::Export => "Exportar…".into(),
            Self::CopyMarkdown => "Copiar como Markdown".into(),
            Self::CopyCsv => "Copiar como CSV".into(),
            Self::DownloadCsv => "Descargar CSV".into(),
            Self::Copied => "Copiado".into(),
            Self::NotCopied => "El navegador no ha permitido copiar".into(),
            Self::Actual => "reales".into(),
            Self::Predicted => "predichos".into(),
            Self::Recall => "exhaustividad".into(),
            Self::Precision => "precisión".into(),
            Self::F1 => "F1".into(),
            Self::MacroAverages => "medias macro".into(),
            Self::Undefined => "sin definir: no hay entre qué dividir".into(),
            Self::MeasuresByClass => "Medidas por clase".into(),
            Self::Class => "Clase".into(),
            Self::NoneThere => "cero".into(),
            Self::Better => "mejor".into(),
            Self::Worse => "peor".into(),
            Self::PinHint => "Señala una celda para leerla. Haz clic en ella, o pulsa Intro, para \
                              fijarla: la dirección lleva entonces a esa misma celda."
                .into(),
            Self::Pinned(actual, predicted) => {
                format!("Celda fijada: clase real {actual}, predicha {predicted}")
            }
            Self::CellPanel => "Celda".into(),
            Self::Unpin => "Soltar".into(),
            Self::This => "este".into(),
            Self::Confusions => "Confusiones".into(),
            Self::MinLabel => "al menos".into(),
            Self::AtLeast(min) => format!("primero las más frecuentes, {min} o más"),
            Self::MostChanged(min) => format!("primero las que más cambian, en {min} o más"),
            Self::ShowAll(n) => format!("Mostrar las {}", number::count(*n, Lang::Es)),
            Self::ShowMostFrequent => "Mostrar solo las más frecuentes".into(),
            Self::Cut(shown, total) => format!(
                "Se listan {} de {}; para ver el resto, muestra menos clases.",
                number::count(*shown, Lang::Es),
                number::count(*total, Lang::Es)
            ),
            Self::NoConfusion => "Ninguna clase se toma por otra.".into(),
            Self::BothWays => "En ambos sentidos".into(),
            Self::AsOn(base) => format!("como {}", Baseline::of(base).on(Lang::Es)),
            Self::MoreThanOn(n, base) => format!("{n} más que {}", Baseline::of(base).on(Lang::Es)),
            Self::FewerThanOn(n, base) => {
                format!("{n} menos que {}", Baseline::of(base).on(Lang::Es))
            }
            Self::BeyondExact => "Los recuentos de más de 9.007.199.254.740.992 están \
                                  redondeados: sus últimas cifras y sus sumas no son exactas."
                .into(),
            Self::CopyForDiscussion => "Copiar para el debate".into(),
            Self::DownloadRows => "Descargar las filas".into(),
            Self::NoMatrix => "Este informe no tiene matriz de confusión. Aparece en cuanto un \
                               artefacto la contiene (en JSON o CSV), o contiene predicciones: un \
                               CSV con las columnas actual y predicted."
                .into(),
            Self::CopyJson => "Copiar como JSON".into(),
            Self::DownloadJson => "Descargar JSON".into(),
            Self::DownloadPng(false) => "Descargar PNG, claro".into(),
            Self::DownloadPng(true) => "Descargar PNG, oscuro".into(),
            Self::DownloadSvg(false) => "Descargar SVG, claro".into(),
            Self::DownloadSvg(true) => "Descargar SVG, oscuro".into(),
            Self::TooManyToDraw(n, max) => format!(
                "Hay {} celdas con datos; un dibujo admite hasta {}. Muestra menos clases.",
                number::count(*n, Lang::Es),
                number::count(*max, Lang::Es)
            ),
            Self::TopLabel => "Mostrar".into(),
            Self::TopAll => "todas".into(),
            Self::Top(n) => format!("las {n} con más errores"),
            Self::MovedByHand(labels) => {
                format!(
                    "Cambios de sitio a mano: {}.",
                    number::list(labels, Lang::Es)
                )
            }
            Self::UndoMoves => "Deshacer".into(),
            Self::MovedTo(label, place, n) => format!(
                "{label}: puesto {} de {}",
                number::count(*place, Lang::Es),
                number::count(*n, Lang::Es)
            ),
            Self::MoveHint => "Arrastra una cabecera para mover su clase, o pulsa Alt con ↑ o ↓ \
                               en una celda para mover la de su fila."
                .into(),
            Self::ZoomIn => "Acercar".into(),
            Self::ZoomOut => "Alejar".into(),
            Self::ZoomWhole => "Matriz entera".into(),
            Self::FindClass => "Buscar una clase".into(),
            Self::NoSuchClass => "Ninguna clase se llama así.".into(),
            Self::CanvasHint => "La rueda o + y − acercan y alejan, 0 muestra la matriz entera, \
                                 al arrastrar se desplaza y las flechas van de celda en celda."
                .into(),
            Self::Ordering(share) => format!(
                "Buscando el orden que junta las clases que se confunden: {}",
                number::percent(*share, 0, Lang::Es)
            ),
            Self::OrderingHere(share) => format!(
                "Este navegador no permite trabajar en segundo plano, así que la propia página \
                 busca el orden poco a poco: {}",
                number::percent(*share, 0, Lang::Es)
            ),
            Self::Stop => "Parar".into(),
            Self::OrderStopped => {
                "Se ha parado la búsqueda del orden: las clases están como en el \
                                   artefacto."
                    .into()
            }
            Self::SearchAgain => "Buscar de nuevo".into(),
            Self::Groups => "Grupos…".into(),
            Self::Separator => "Las etiquetas se dividen por".into(),
            Self::NoSeparator => "nada".into(),
            Self::CloseAll => "Cerrar todos".into(),
            Self::OpenAll => "Abrir todos".into(),
            Self::GroupOf(name, n) => format!("{name} ({})", number::count(*n, Lang::Es)),
            Self::NoGroups => "No hay dos etiquetas que empiecen por el mismo nombre ante un \
                               separador, y careo.toml no define grupos."
                .into(),
            Self::GroupsCut(shown, total) => format!(
                "Se listan {} de {} grupos.",
                number::count(*shown, Lang::Es),
                number::count(*total, Lang::Es)
            ),
            Self::GroupsClosed(1) => "Un grupo está cerrado: sus clases cuentan como una.".into(),
            Self::GroupsClosed(n) => format!(
                "{} grupos están cerrados: las clases de cada uno cuentan como una.",
                number::count(*n, Lang::Es)
            ),
            Self::OpenGroup => "Abrir el grupo".into(),
            Self::ClassesShown(shown, total) => format!(
                "Se muestran {} de {} clases; los totales y las proporciones cuentan todas.",
                number::count(*shown, Lang::Es),
                number::count(*total, Lang::Es)
            ),
            Self::SharesNotCounts(kind) => {
                let of = match kind {
                    MatrixKind::NormalisedByColumn => "de cada columna",
                    MatrixKind::NormalisedByAll => "del total",
                    MatrixKind::NormalisedByRow | MatrixKind::Counts | MatrixKind::Weighted => {
                        "de cada fila"
                    }
                };
                format!(
                    "El artefacto contiene proporciones {of}, no recuentos: no se sabe de cuántos \
                     casos."
                )
            }
            Self::WeightedSamples => {
                "Las muestras están ponderadas: los números son sumas de pesos.".into()
            }
            Self::CountedFrom(artifact) => format!("Contado a partir de {artifact}."),
            Self::ReadFrom(artifact) => format!("De {artifact}."),
            Self::NoCounterpart(base) => {
                let on = Baseline::of(base).on(Lang::Es);
                format!("No hay una matriz así {on} con la que comparar.")
            }
            Self::IsBaseline(base) => format!("{base} es la propia referencia."),
            Self::ClassesDiffer(base, now, before) => {
                let on = Baseline::of(base).on(Lang::Es);
                let mut text = format!("Las clases no son las mismas que {on}.");
                for (labels, place) in [(now, "aquí"), (before, on.as_str())] {
                    if !labels.is_empty() {
                        let labels = number::list(labels, Lang::Es);
                        text.push_str(&format!(" Solo {place}: {labels}."));
                    }
                }
                text
            }
            Self::SizesDiffer(base, before, now, is_normalised) => format!(
                "Los conjuntos de prueba no tienen el mismo tamaño: {} aquí, {} {}.{}",
                number::integer(*now, Lang::Es),
                number::integer(*before, Lang::Es),
                Baseline::of(base).on(Lang::Es),
                match is_normalised {
                    true => "",
                    false => " Normaliza por fila para comparar proporciones.",
                }
            ),
            Self::RunGone(name, instead) => {
                format!("Aquí no hay ninguna ejecución {name} con matriz; esta es {instead}.")
            }
            Self::BaseGone(name, instead) => {
                format!("Aquí no está {name} para comparar; se compara con {instead}.")
            }
            Self::SplitGone(name, instead) => {
                format!("Aquí no hay ninguna matriz llamada {name}; esta es {instead}.")
            }
            Self::CellGone(actual, predicted) => {
                format!("Aquí no hay celda para {actual} que se tome por {predicted}.")
            }
            Self::Nearest => "Lo más parecido es".into(),
            Self::NoiseBySignTest(noise, all) => format!(
                "dentro del ruido: {} (prueba de signos exacta por celda, 95\u{a0}%)",
                changes(*noise, *all, Lang::Es)
            ),
            Self::NoiseByCounts(noise, all) => format!(
                "dentro del ruido: {} (intervalo de Newcombe por celda, 95\u{a0}%)",
                changes(*noise, *all, Lang::Es)
            ),
            Self::NoiseUnknown => {
                "Sin tamaño de muestra, nada distingue el ruido de un cambio.".into()
            }
            Self::ChangeUnknown(n) => format!(
                "– sin comparar: {} de clases de las que uno de los lados no tiene muestras",
                match n {
                    1 => "1 celda".to_owned(),
                    n => format!("{} celdas", number::count(*n, Lang::Es)),
                }
            ),
        }
    }
}

/// "all 17 changes", "3 of 17 changes".
fn changes(noise: usize, all: usize, lang: Lang) -> String {
    let (n, of) = (number::count(noise, lang), number::count(all, lang));
    match (lang, noise == all, all) {
        (Lang::En, true, 1) => "the one change".into(),
        (Lang::Es, true, 1) => "el único cambio".into(),
        (Lang::En, true, _) => format!("all {of} changes"),
        (Lang::Es, true, _) => format!("los {of} cambios"),
        (Lang::En, false, 1) => "0 of 1 change".into(),
        (Lang::Es, false, 1) => "0 de 1 cambio".into(),
        (Lang::En, false, _) => format!("{n} of {of} changes"),
        (Lang::Es, false, _) => format!("{n} de {of} cambios"),
    }
}
