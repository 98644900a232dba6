//! The Plots view.

use super::{Say, number};
use crate::model::{CurveKind, Lang};

/// What the Plots view says.
#[derive(Clone, Copy, Debug)]
pub enum PlotText<'a> {
    /// Nothing to draw.
    None,
    /// Label of the choice of metric.
    Metric,
    /// The choice of all metrics.
    AllMetrics,
    /// Label of the switch to a logarithmic y axis.
    LogY,
    /// Label of the choice of runs.
    Runs,
    /// Only so many runs are drawn.
    RunsLimited {
        /// How many are drawn.
        shown: usize,
        /// How many there are.
        total: usize,
    },
    /// So many runs can't be chosen here.
    RunsNotListed(usize),
    /// Only so many metrics are drawn.
    MetricsLimited {
        /// How many are drawn.
        shown: usize,
        /// How many could be.
        total: usize,
    },
    /// These runs are not drawn, each for its reason.
    NotDrawn(&'a [(Why<'a>, Vec<String>)]),
    /// So many values of these runs are infinite or no numbers.
    Gaps(&'a [(String, usize)]),
    /// None of the values is a finite number.
    NoNumber,
    /// Nothing to draw of what is chosen.
    NoneChosen,
    /// Heading of metrics by step.
    ByStep,
    /// Heading of curves.
    Curves,
    /// Heading of metrics by the parameter that was varied.
    ByParameter {
        /// The parameter.
        parameter: &'a str,
    },
    /// Heading of pictures.
    Pictures,
    /// Title of the step axis.
    Step,
    /// Name of a kind of curve.
    Curve(CurveKind),
    /// Title of a curve's x axis.
    CurveX(CurveKind),
    /// Title of a curve's y axis.
    CurveY(CurveKind),
    /// What a screen reader hears of a line: run, number of points, first and last value.
    Line {
        /// The run.
        run: &'a str,
        /// How many points it has.
        n_points: usize,
        /// The first value, as text.
        first: &'a str,
        /// The last value, as text.
        last: &'a str,
    },
    /// Value at the pointed place.
    At {
        /// Title of the x axis.
        x_title: &'a str,
        /// The place, as text.
        x: &'a str,
    },
    /// A logarithmic scale was asked for, and there are values that it has no place for.
    NotLog,
    /// Head of the column of runs in the table under a plot.
    Run,
    /// Head of the column of areas under curves, and how they are found.
    Area,
    /// Head of the column of last values.
    Last,
    /// Head of the column of lowest values.
    Lowest,
    /// Head of the column of highest values.
    Highest,
}

/// Why a run is not drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why<'a> {
    /// It failed.
    Failed,
    /// It waits for its turn.
    Queued,
    /// It has no result yet.
    Running,
    /// It has no number of the parameter with this name.
    NoParameter(&'a str),
    /// It has no value.
    NoValue,
    /// Its values are infinite or no numbers.
    NotFinite,
}

impl Why<'_> {
    /// The reason of one run or of several.
    fn say(self, n: usize, lang: Lang) -> String {
        let text = match (self, lang) {
            (Self::Failed, Lang::En) => "failed",
            (Self::Failed, Lang::Es) if n == 1 => "fallida",
            (Self::Failed, Lang::Es) => "fallidas",
            (Self::Queued, Lang::En) => "queued",
            (Self::Queued, Lang::Es) => "en cola",
            (Self::Running, Lang::En) => "running",
            (Self::Running, Lang::Es) => "en curso",
            (Self::NoParameter(name), Lang::En) => return format!("no {name}"),
            (Self::NoParameter(name), Lang::Es) => return format!("sin {name}"),
            (Self::NoValue, Lang::En) => "no value",
            (Self::NoValue, Lang::Es) => "sin valor",
            (Self::NotFinite, Lang::En) => "no finite number",
            (Self::NotFinite, Lang::Es) => "ningún número finito",
        };
        text.to_owned()
    }
}

/// "a (3) and b (1)".
fn with_counts(runs: &[(String, usize)], lang: Lang) -> String {
    let told = runs.iter();
    let told = told.map(|(name, n)| format!("{name} ({})", number::count(*n, lang)));
    number::list(&told.collect::<Vec<_>>(), lang)
}

/// "a and b (failed); c (no value)".
fn with_reasons(runs: &[(Why<'_>, Vec<String>)], lang: Lang) -> String {
    let told = runs.iter().map(|(why, names)| {
        let reason = why.say(names.len(), lang);
        format!("{} ({reason})", number::list(names, lang))
    });
    let told: Vec<String> = told.collect();
    told.join("; ")
}

impl Say for PlotText<'_> {
    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        }
    }
}

impl PlotText<'_> {
    fn en(&self) -> String {
        match self {
            Self::None => {
                "Nothing to plot: no metric by step, no curve, no picture and no parameter \
                           that was varied. DVCLive’s plots, `dvc plots show --json` and pictures \
                           are shown here."
                    .to_owned()
            }
            Self::Metric => "Metric".to_owned(),
            Self::AllMetrics => "all".to_owned(),
            Self::LogY => "logarithmic values".to_owned(),
            Self::Runs => "Runs".to_owned(),
            Self::RunsLimited { shown, total } => format!(
                "{} of {} runs are drawn; choose others above.",
                number::count(*shown, Lang::En),
                number::count(*total, Lang::En)
            ),
            Self::RunsNotListed(n) => format!(
                "{} more can be chosen in Experiments.",
                number::count(*n, Lang::En)
            ),
            Self::MetricsLimited { shown, total } => format!(
                "{} of {} metrics are drawn; choose another one above.",
                number::count(*shown, Lang::En),
                number::count(*total, Lang::En)
            ),
            Self::NotDrawn(runs) => format!("Not drawn: {}.", with_reasons(runs, Lang::En)),
            Self::Gaps(gaps) => format!(
                "Not drawn, as they are infinite or not a number: values of {}.",
                with_counts(gaps, Lang::En)
            ),
            Self::NoNumber => {
                "Nothing to draw: every value is infinite or not a number.".to_owned()
            }
            Self::NoneChosen => {
                "Of what is chosen there is nothing to draw here: choose something else above."
                    .to_owned()
            }
            Self::ByStep => "By step".to_owned(),
            Self::Curves => "Curves".to_owned(),
            Self::ByParameter { parameter } => format!("By {parameter}"),
            Self::Pictures => "Pictures".to_owned(),
            Self::Step => "step".to_owned(),
            Self::Curve(kind) => match kind {
                CurveKind::Roc => "ROC curve",
                CurveKind::PrecisionRecall => "Precision–recall curve",
                CurveKind::Det => "Detection error trade-off",
                CurveKind::Calibration => "Calibration",
            }
            .to_owned(),
            Self::CurveX(kind) => match kind {
                CurveKind::Roc | CurveKind::Det => "false positive rate",
                CurveKind::PrecisionRecall => "recall",
                CurveKind::Calibration => "predicted probability",
            }
            .to_owned(),
            Self::CurveY(kind) => match kind {
                CurveKind::Roc => "true positive rate",
                CurveKind::PrecisionRecall => "precision",
                CurveKind::Det => "false negative rate",
                CurveKind::Calibration => "observed frequency",
            }
            .to_owned(),
            Self::Line {
                run,
                n_points,
                first,
                last,
            } => match n_points {
                0 => format!("{run}: no values"),
                1 => format!("{run}: one value, {last}"),
                n => format!(
                    "{run}: {} values, from {first} to {last}",
                    number::count(*n, Lang::En)
                ),
            },
            Self::At { x_title, x } => format!("{x_title} {x}"),
            Self::NotLog => "linear: a log scale has no place for 0".to_owned(),
            Self::Run => "Run".to_owned(),
            Self::Area => "area (trapezoids)".to_owned(),
            Self::Last => "last".to_owned(),
            Self::Lowest => "lowest".to_owned(),
            Self::Highest => "highest".to_owned(),
        }
    }

    fn es(&self) -> String {
        match self {
            Self::None => {
                "No hay nada que dibujar: ninguna métrica por paso, ninguna curva, ninguna \
                           imagen ni parámetro que se haya variado. Aquí se ven los gráficos de \
                           DVCLive, los de `dvc plots show --json` y las imágenes."
                    .to_owned()
            }
            Self::Metric => "Métrica".to_owned(),
            Self::AllMetrics => "todas".to_owned(),
            Self::LogY => "valores en escala logarítmica".to_owned(),
            Self::Runs => "Ejecuciones".to_owned(),
            Self::RunsLimited { shown, total } => format!(
                "Se dibujan {} de {} ejecuciones; arriba se eligen otras.",
                number::count(*shown, Lang::Es),
                number::count(*total, Lang::Es)
            ),
            Self::RunsNotListed(n) => format!(
                "Otras {} se eligen en Experimentos.",
                number::count(*n, Lang::Es)
            ),
            Self::MetricsLimited { shown, total } => format!(
                "Se dibujan {} de {} métricas; arriba se elige otra.",
                number::count(*shown, Lang::Es),
                number::count(*total, Lang::Es)
            ),
            Self::NotDrawn(runs) => format!("Sin dibujar: {}.", with_reasons(runs, Lang::Es)),
            Self::Gaps(gaps) => format!(
                "Sin dibujar, por ser infinitos o no ser números: valores de {}.",
                with_counts(gaps, Lang::Es)
            ),
            Self::NoNumber => {
                "No hay nada que dibujar: ningún valor es un número finito.".to_owned()
            }
            Self::NoneChosen => {
                "De lo que has elegido no hay nada que dibujar: elige otra cosa arriba.".to_owned()
            }
            Self::ByStep => "Por paso".to_owned(),
            Self::Curves => "Curvas".to_owned(),
            Self::ByParameter { parameter } => format!("Según {parameter}"),
            Self::Pictures => "Imágenes".to_owned(),
            Self::Step => "paso".to_owned(),
            Self::Curve(kind) => match kind {
                CurveKind::Roc => "Curva ROC",
                CurveKind::PrecisionRecall => "Curva de precisión y exhaustividad",
                CurveKind::Det => "Curva DET (compromiso entre errores)",
                CurveKind::Calibration => "Calibración",
            }
            .to_owned(),
            Self::CurveX(kind) => match kind {
                CurveKind::Roc | CurveKind::Det => "tasa de falsos positivos",
                CurveKind::PrecisionRecall => "exhaustividad",
                CurveKind::Calibration => "probabilidad predicha",
            }
            .to_owned(),
            Self::CurveY(kind) => match kind {
                CurveKind::Roc => "tasa de verdaderos positivos",
                CurveKind::PrecisionRecall => "precisión",
                CurveKind::Det => "tasa de falsos negativos",
                CurveKind::Calibration => "frecuencia observada",
            }
            .to_owned(),
            Self::Line {
                run,
                n_points,
                first,
                last,
            } => match n_points {
                0 => format!("{run}: sin valores"),
                1 => format!("{run}: un valor, {last}"),
                n => format!(
                    "{run}: {} valores, de {first} a {last}",
                    number::count(*n, Lang::Es)
                ),
            },
            Self::At { x_title, x } => format!("{x_title} {x}"),
            Self::NotLog => "lineal: en la escala logarítmica no cabe el 0".to_owned(),
            Self::Run => "Ejecución".to_owned(),
            Self::Area => "área (trapecios)".to_owned(),
            Self::Last => "último".to_owned(),
            Self::Lowest => "mínimo".to_owned(),
            Self::Highest => "máximo".to_owned(),
        }
    }
}
