//! The Overview: headings, reasons, the table of numbers.

use super::{
    Say,
    evidence::share,
    judged::one_in,
    number::{count, list, value},
    verdict::{Baseline, both},
};
use crate::model::{Hold, Lang};

/// A message of the Overview (and of the comment, which says the same in short).
#[derive(Clone, Debug, PartialEq)]
pub enum Overview {
    /// Heading of the reasons.
    Why,
    /// Heading of the table.
    Numbers,
    /// The test set, with its noun: "176 players".
    TestSet(String),
    /// Column head.
    Metric,
    /// Column head of the revision that is judged.
    ThisChange,
    /// Column head.
    Difference,
    /// Column head: the interval, by its confidence.
    Interval(f64),
    /// Left end of the interval's axis.
    AxisWorse,
    /// Right end of the interval's axis.
    AxisBetter,
    /// Under the metric that decides.
    PrimaryMetric,
    /// Link: judge by this metric instead.
    JudgeBy,
    /// So many of so many.
    Of {
        /// How many.
        part: u64,
        /// Of how many.
        whole: u64,
    },
    /// In place of a setting that a revision lacks: "no dropout".
    NotSet(String),
    /// How a parameter is set otherwise than on the baseline.
    SetApart {
        /// "C = 10".
        now: String,
        /// The baseline's value; `None` where it lacks the parameter.
        before: Option<String>,
    },
    /// All parameters that differ.
    ParamsApart {
        /// The baseline's name.
        baseline: String,
        /// "C = 10 (before: 5)".
        told: Vec<String>,
    },
    /// A parameter's value under a revision's name: "C = 10".
    Setting {
        /// The parameter.
        name: String,
        /// Its value, written.
        value: String,
    },
    /// The word beside a difference.
    Change {
        /// Whether the number grew; `None` when it is the same.
        is_up: Option<bool>,
        /// Whether that is for the better.
        is_better: Option<bool>,
        /// What evidence says.
        sure: Sure,
    },
    /// What a number is the mean of.
    MeanOf(u32),
    /// An interval.
    Range(f64, f64),
    /// Metrics that are not shown here.
    MoreMetrics(usize),
    /// Nothing is measured.
    NoNumbers,
    /// Link to all numbers.
    AllNumbers,
    /// Reason: chance.
    ChanceCould,
    /// Reason: not chance.
    ChanceHardly,
    /// Reason: nothing changed.
    NoAnswerChanged,
    /// The split of changed answers, and how rare it is.
    LostAndWon {
        /// "176 players".
        samples: String,
        /// Right before, wrong now.
        lost: u64,
        /// Wrong before, right now.
        won: u64,
        /// Of the exact McNemar test.
        p: f64,
        /// The baseline's name.
        baseline: Baseline,
    },
    /// Every answer is as it was.
    AllAnswersStay {
        /// "176 players".
        samples: String,
    },
    /// The label of the lost answers.
    Lost(u64),
    /// The label of the won answers.
    Won(u64),
    /// Reason: no sample size.
    ChanceUntold,
    /// Why two numbers are not enough.
    ChanceUntoldWhy {
        /// Whether both sides' answers are there.
        has_answers: bool,
        /// Whether the metric may be counted from answers.
        is_counted: bool,
    },
    /// Reason: the run ended without results.
    NoResults,
    /// Its numbers are its parent's.
    NumbersAreInherited,
    /// Reason: no baseline.
    NoBaseline,
    /// Why there is none, though one was given.
    BaselineIsEmpty,
    /// How to name one.
    NoBaselineHelp,
    /// Reason: they can be compared.
    Comparable {
        /// How many cautions there are.
        n_cautions: usize,
    },
    /// Reason: as many samples of the same classes; whether they are the same ones nobody knows.
    SeemComparable,
    /// Reason: nothing tells on what both were measured.
    ComparableUntold,
    /// Reason: they can't.
    NotComparable,
    /// What is the same, as far as it is stated.
    Same {
        /// Whether the samples were checked one by one.
        has_samples: bool,
        /// Whether classes and number of samples were.
        has_counts: bool,
        /// Whether both name the same split.
        has_split: bool,
        /// Whether data dependencies are the same.
        has_data: bool,
        /// The samples' noun.
        samples: String,
    },
    /// What differs besides data; the paths follow.
    OtherDependencies(usize),
    /// Nobody knows which way the metric gets better.
    UnknownDirection,
    /// The settings name a metric that is not there.
    NoSuchMetric(String, Option<String>),
    /// Reason: metrics that only the baseline states.
    NumbersLost(usize),
    /// That, in a sentence that their names follow.
    NumbersLostWhy(Baseline),
    /// Where the baseline has no number either: text, in a sentence that their names follow.
    NumbersInText,
    /// Before it: some are stated as text.
    NumbersAreText,
    /// Before it: some are NaN or infinite.
    NumbersAreNotFinite,
    /// Behind a name: counted, not stated.
    Counted,
    /// Reason: metrics that have to hold don't.
    GuardsBroken(usize),
    /// Reason: metrics that have to hold got worse, within chance.
    GuardsUnclear(usize),
    /// Reason: metrics that have to hold have no value.
    GuardsUnstated(usize),
    /// That nothing tells whether they hold; their names follow.
    GuardsUnstatedWhy(usize),
    /// Reason: metrics that have to hold do.
    GuardsHold(usize),
    /// A guard's two values against what is tolerated.
    GuardFell {
        /// The metric's name.
        metric: String,
        /// On the baseline.
        before: f64,
        /// Now.
        now: f64,
        /// The loss that is tolerated.
        tolerance: f64,
        /// What came of it.
        hold: Hold,
    },
    /// A guard whose metric has no known direction.
    GuardUnknown(String),
    /// Reason: more of some classes are found, fewer of others.
    ClassesChanged {
        /// Whether a class gained.
        has_gain: bool,
        /// Whether a class lost.
        has_loss: bool,
    },
    /// How many of a class are found.
    Found {
        /// How many there are, with their noun: "35 point guards".
        class: String,
        /// Now.
        now: u64,
        /// On the baseline.
        before: u64,
    },
    /// Reason: the gain is too small.
    SmallGain,
    /// By how much.
    SmallGainWhy {
        /// This gain.
        gain: f64,
        /// The smallest useful one.
        smallest: f64,
    },
    /// Heading: what can be done next.
    MoreReasons,
}

/// What evidence says about a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sure {
    /// It is told from chance.
    Clear,
    /// Chance could explain it, or there is too little to tell.
    Unclear,
    /// There is no evidence.
    Untested,
    /// The two can't be compared.
    NotComparable,
}

impl Say for Overview {
    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        }
    }
}

impl Overview {
    fn en(&self) -> String {
        let lang = Lang::En;
        let text = match self {
            Self::Why => "Why",
            Self::Numbers => "The numbers",
            Self::TestSet(samples) => return format!("test set, {samples}"),
            Self::Metric => "Metric",
            Self::ThisChange => "this change",
            Self::Difference => "Difference",
            Self::Interval(confidence) => {
                return format!("{} interval", share(*confidence, lang));
            }
            Self::AxisWorse => "← worse",
            Self::AxisBetter => "better →",
            Self::PrimaryMetric => "primary metric",
            Self::JudgeBy => "judge by this",
            Self::Of { part, whole } => {
                return format!("{} of {}", n(*part, lang), n(*whole, lang));
            }
            Self::NotSet(name) => return format!("no {name}"),
            Self::SetApart { now, before } => {
                let before = before.as_deref().unwrap_or("not set");
                return format!("{now} (before: {before})");
            }
            Self::ParamsApart { baseline, told } => {
                return format!(
                    "Parameters that differ from {baseline}: {}.",
                    told.join(", ")
                );
            }
            Self::Setting { name, value } => return format!("{name} = {value}"),
            Self::Change {
                is_up,
                is_better,
                sure,
            } => return change_en(*is_up, *is_better, *sure).to_owned(),
            Self::MeanOf(runs) => {
                return format!("mean of {}", of_number(*runs, ["run", "runs"], lang));
            }
            Self::Range(low, high) => return super::number::interval((*low, *high), lang),
            Self::MoreMetrics(1) => "1 more metric",
            Self::MoreMetrics(more) => return format!("{} more metrics", count(*more, lang)),
            Self::NoNumbers => "No metric was found in the artifacts.",
            Self::AllNumbers => "Compare all numbers",
            Self::ChanceCould => "Chance alone could explain it.",
            Self::ChanceHardly => "Chance alone hardly explains it.",
            Self::NoAnswerChanged => "Not one answer changed.",
            Self::LostAndWon {
                samples,
                lost,
                won,
                p,
                baseline,
            } => {
                let (lost_n, won_n) = (n(*lost, lang), n(*won, lang));
                let (is_lost, is_won) = (plural(*lost, "is", "are"), plural(*won, "is", "are"));
                let (name, chance) = (baseline.name(lang), one_in(*p, lang));
                return format!(
                    "Of the same {samples}, {lost_n} that {name} got right {is_lost} now wrong, \
                     and {won_n} that it got wrong {is_won} now right. With no real change, a \
                     split at least this uneven comes up {chance}."
                );
            }
            Self::AllAnswersStay { samples } => {
                return format!("Each of the {samples} is as right or wrong as it was.");
            }
            Self::Lost(lost) => return format!("{} lost", n(*lost, lang)),
            Self::Won(won) => return format!("{} won", n(*won, lang)),
            Self::ChanceUntold => "Nothing tells change from chance.",
            Self::ChanceUntoldWhy {
                has_answers: true, ..
            } => {
                "From each sample’s class and answer careo can test accuracy, precision, recall, \
                 F1, kappa and MCC, where counting gives the stated values back; not this metric. \
                 Three runs and more on each side that differ in their seeds only could tell."
            }
            Self::ChanceUntoldWhy {
                is_counted: true, ..
            } => {
                "One number on each side doesn’t say how many samples stand behind it. With the \
                 predictions of both, careo could tell."
            }
            Self::ChanceUntoldWhy { .. } => {
                "One number on each side doesn’t say how far chance alone moves it. Three runs and \
                 more on each side that differ in their seeds only could tell."
            }
            Self::NoResults => "It has no results of its own.",
            Self::NumbersAreInherited => {
                "Numbers that DVC lists for such a run are those of the commit it started from; \
                 they are never ranked."
            }
            Self::NoBaseline => "There is no baseline.",
            Self::BaselineIsEmpty => {
                "What --baseline names held no results: see the problems of this report."
            }
            Self::NoBaselineHelp => {
                "--baseline or careo.toml names one; a pull request’s target branch is taken by \
                 itself."
            }
            Self::Comparable { n_cautions: 0 } => "They can be compared.",
            Self::Comparable { n_cautions: 1 } => "They can be compared, with one caution.",
            Self::Comparable { n_cautions } => {
                return format!("They can be compared, with {n_cautions} cautions.");
            }
            Self::SeemComparable => "Nothing speaks against comparing them.",
            Self::ComparableUntold => "Whether they can be compared is not stated.",
            Self::NotComparable => "They are not measured on the same thing.",
            Self::Same {
                has_samples,
                has_counts,
                has_split,
                has_data,
                samples,
            } => {
                let has = [*has_samples, *has_counts, *has_split, *has_data];
                return same_en(has, samples);
            }
            Self::OtherDependencies(1) => "A file that is not data differs:",
            Self::OtherDependencies(_) => "Files that are not data differ:",
            Self::UnknownDirection => "Nothing says which way the metric gets better.",
            Self::NoSuchMetric(name, nearest) => {
                let help = nearest.as_ref();
                let help = help.map_or_else(String::new, |it| format!(" Did you mean {it}?"));
                return format!("careo.toml names the metric “{name}”, which is not there.{help}");
            }
            Self::NumbersLost(1) => "A number is missing.",
            Self::NumbersLost(_) => "Numbers are missing.",
            Self::NumbersLostWhy(baseline) => {
                let on = baseline.on(lang);
                return format!("This change has no number where there is one {on}:");
            }
            Self::NumbersInText => "Stated as text:",
            Self::NumbersAreText => {
                "The file states text where a number belongs; in JSON a number has no quotes."
            }
            Self::NumbersAreNotFinite => {
                "The file states NaN or infinity, which can’t be compared."
            }
            Self::Counted => "counted",
            Self::GuardsBroken(1) => "A metric that has to hold doesn’t.",
            Self::GuardsBroken(_) => "Metrics that have to hold don’t.",
            Self::GuardsUnclear(1) => "A metric that has to hold may have got worse.",
            Self::GuardsUnclear(_) => "Metrics that have to hold may have got worse.",
            Self::GuardsUnstated(1) => "A metric that has to hold has no value.",
            Self::GuardsUnstated(_) => "Metrics that have to hold have no value.",
            Self::GuardsUnstatedWhy(1) => {
                "This change states no value of it, so nothing tells whether it holds:"
            }
            Self::GuardsUnstatedWhy(_) => {
                "This change states no values of them, so nothing tells whether they hold:"
            }
            Self::GuardsHold(1) => "The metric that has to hold does.",
            Self::GuardsHold(_) => "The metrics that have to hold do.",
            Self::GuardFell {
                metric,
                before,
                now,
                tolerance,
                hold,
            } => {
                let (now, before) = both(*now, *before, lang);
                let tolerance = value(*tolerance, 4, lang);
                let sure = match hold {
                    Hold::Lost => " Chance alone hardly explains it.",
                    Hold::LostAsMeasured => {
                        " Nothing tells whether it is chance, so what was measured counts."
                    }
                    Hold::WithinChance => " Chance alone could explain it, so it doesn’t count.",
                    Hold::Holds | Hold::Undirected => "",
                };
                return format!(
                    "{metric}: {before} before, {now} now; up to {tolerance} worse is \
                     tolerated.{sure}"
                );
            }
            Self::GuardUnknown(metric) => {
                return format!(
                    "Nothing says which way {metric} gets better, so it can’t be held; \
                     [directions] in careo.toml can."
                );
            }
            Self::ClassesChanged {
                has_gain: true,
                has_loss: true,
            } => "Some classes gain, others lose.",
            Self::ClassesChanged { has_loss: true, .. } => "No class gains.",
            Self::ClassesChanged { .. } => "No class loses.",
            Self::Found { class, now, before } => {
                let is = plural(*now, "is", "are");
                let (now, before) = (n(*now, lang), n(*before, lang));
                return format!("Of {class}, {now} {is} found instead of {before}.");
            }
            Self::SmallGain => "The gain is too small to matter.",
            Self::SmallGainWhy { gain, smallest } => {
                let (gain, smallest) = both(*gain, *smallest, lang);
                return format!(
                    "It is {gain}; the team set {smallest} as the smallest useful one."
                );
            }
            Self::MoreReasons => "Also",
        };
        text.to_owned()
    }

    fn es(&self) -> String {
        let lang = Lang::Es;
        let text = match self {
            Self::Why => "Por qué",
            Self::Numbers => "Las cifras",
            Self::TestSet(samples) => return format!("conjunto de prueba, {samples}"),
            Self::Metric => "Métrica",
            Self::ThisChange => "este cambio",
            Self::Difference => "Diferencia",
            Self::Interval(confidence) => {
                return format!("intervalo del {}", share(*confidence, lang));
            }
            Self::AxisWorse => "← peor",
            Self::AxisBetter => "mejor →",
            Self::PrimaryMetric => "métrica principal",
            Self::JudgeBy => "juzgar por esta",
            Self::Of { part, whole } => {
                return format!("{} de {}", n(*part, lang), n(*whole, lang));
            }
            Self::NotSet(name) => return format!("sin {name}"),
            Self::SetApart { now, before } => {
                let before = before.as_deref().unwrap_or("sin definir");
                return format!("{now} (antes: {before})");
            }
            Self::ParamsApart { baseline, told } => {
                return format!(
                    "Parámetros que cambian respecto a {baseline}: {}.",
                    told.join("; ")
                );
            }
            Self::Setting { name, value } => return format!("{name} = {value}"),
            Self::Change {
                is_up,
                is_better,
                sure,
            } => return change_es(*is_up, *is_better, *sure).to_owned(),
            Self::MeanOf(runs) => {
                let runs = of_number(*runs, ["ejecución", "ejecuciones"], lang);
                return format!("media de {runs}");
            }
            Self::Range(low, high) => return super::number::interval((*low, *high), lang),
            Self::MoreMetrics(1) => "1 métrica más",
            Self::MoreMetrics(more) => return format!("{} métricas más", count(*more, lang)),
            Self::NoNumbers => "No se ha encontrado ninguna métrica en los artefactos.",
            Self::AllNumbers => "Comparar todas las cifras",
            Self::ChanceCould => "El azar bastaría para explicarlo.",
            Self::ChanceHardly => "El azar difícilmente lo explica.",
            Self::NoAnswerChanged => "No cambia ni una respuesta.",
            Self::LostAndWon {
                samples,
                lost,
                won,
                p,
                baseline,
            } => {
                let (lost_n, won_n) = (n(*lost, lang), n(*won, lang));
                let fails = plural(*lost, "falla", "fallan");
                let hits = plural(*won, "acierta", "aciertan");
                let (name, chance) = (baseline.name(lang), one_in(*p, lang));
                return format!(
                    "En los mismos casos ({samples}), {lost_n} que {name} acertaba ahora se \
                     {fails} y {won_n} que fallaba ahora se {hits}. Sin un cambio real, un reparto \
                     al menos tan desigual sale {chance}."
                );
            }
            Self::AllAnswersStay { samples } => {
                return format!("Todo sigue acertado o fallado como estaba ({samples}).");
            }
            Self::Lost(1) => "1 perdido",
            Self::Won(1) => "1 ganado",
            Self::Lost(lost) => return format!("{} perdidos", n(*lost, lang)),
            Self::Won(won) => return format!("{} ganados", n(*won, lang)),
            Self::ChanceUntold => "Nada distingue un cambio del azar.",
            Self::ChanceUntoldWhy {
                has_answers: true, ..
            } => {
                "Con la clase y la respuesta de cada muestra, careo puede contrastar exactitud, \
                 precisión, exhaustividad, F1, kappa y MCC, si al contarlas salen los valores \
                 declarados; esta métrica, no. Tres o más ejecuciones de cada lado que solo difieran en la \
                 semilla permitirían distinguirlo."
            }
            Self::ChanceUntoldWhy {
                is_counted: true, ..
            } => {
                "Una cifra a cada lado no dice cuántas muestras hay detrás. Con las predicciones \
                 de ambos, careo podría distinguirlo."
            }
            Self::ChanceUntoldWhy { .. } => {
                "Una cifra a cada lado no dice cuánto la mueve el azar por sí solo. Tres o más \
                 ejecuciones de cada lado que solo difieran en la semilla permitirían distinguirlo."
            }
            Self::NoResults => "No tiene resultados propios.",
            Self::NumbersAreInherited => {
                "Las cifras que DVC da para una ejecución así son las del commit de partida; nunca \
                 se clasifican."
            }
            Self::NoBaseline => "No hay referencia.",
            Self::BaselineIsEmpty => {
                "Lo que indica --baseline no tenía resultados: mira los problemas de este informe."
            }
            Self::NoBaselineHelp => {
                "Se indica con --baseline o en careo.toml; la rama de destino de una pull request se \
                 toma sin pedirla."
            }
            Self::Comparable { n_cautions: 0 } => "Se pueden comparar.",
            Self::Comparable { n_cautions: 1 } => "Se pueden comparar, con una salvedad.",
            Self::Comparable { n_cautions } => {
                return format!("Se pueden comparar, con {n_cautions} salvedades.");
            }
            Self::SeemComparable => "Nada impide compararlos.",
            Self::ComparableUntold => "No consta si se pueden comparar.",
            Self::NotComparable => "No se miden sobre lo mismo.",
            Self::Same {
                has_samples,
                has_counts,
                has_split,
                has_data,
                samples,
            } => {
                let has = [*has_samples, *has_counts, *has_split, *has_data];
                return same_es(has, samples);
            }
            Self::OtherDependencies(1) => "Cambia un archivo que no es de datos:",
            Self::OtherDependencies(_) => "Cambian archivos que no son de datos:",
            Self::UnknownDirection => "Nada indica en qué sentido mejora la métrica.",
            Self::NoSuchMetric(name, nearest) => {
                let help = nearest.as_ref();
                let help = help.map_or_else(String::new, |it| format!(" ¿Querías decir {it}?"));
                return format!("careo.toml indica la métrica «{name}», que no está.{help}");
            }
            Self::NumbersLost(1) => "Falta una cifra.",
            Self::NumbersLost(_) => "Faltan cifras.",
            Self::NumbersLostWhy(baseline) => {
                let on = baseline.on(lang);
                return format!("Este cambio no tiene cifra donde {on} sí la hay:");
            }
            Self::NumbersInText => "Dado como texto:",
            Self::NumbersAreText => {
                "El archivo da texto donde va un número; en JSON, los números van sin comillas."
            }
            Self::NumbersAreNotFinite => "El archivo da NaN o infinito, que no se pueden comparar.",
            Self::Counted => "según el recuento",
            Self::GuardsBroken(1) => "Una métrica que debía mantenerse no se mantiene.",
            Self::GuardsBroken(_) => "Varias métricas que debían mantenerse no se mantienen.",
            Self::GuardsUnclear(1) => "Una métrica que debía mantenerse quizá empeore.",
            Self::GuardsUnclear(_) => "Varias métricas que debían mantenerse quizá empeoren.",
            Self::GuardsUnstated(1) => "Una métrica que debía mantenerse no tiene valor.",
            Self::GuardsUnstated(_) => "Varias métricas que debían mantenerse no tienen valor.",
            Self::GuardsUnstatedWhy(1) => {
                "Este cambio no da su valor, así que nada indica si se mantiene:"
            }
            Self::GuardsUnstatedWhy(_) => {
                "Este cambio no da sus valores, así que nada indica si se mantienen:"
            }
            Self::GuardsHold(1) => "La métrica que debía mantenerse se mantiene.",
            Self::GuardsHold(_) => "Las métricas que debían mantenerse se mantienen.",
            Self::GuardFell {
                metric,
                before,
                now,
                tolerance,
                hold,
            } => {
                let (now, before) = both(*now, *before, lang);
                let tolerance = value(*tolerance, 4, lang);
                let sure = match hold {
                    Hold::Lost => " El azar difícilmente lo explica.",
                    Hold::LostAsMeasured => {
                        " Nada indica si es por azar, así que cuenta lo que se ha medido."
                    }
                    Hold::WithinChance => {
                        " El azar bastaría para explicarlo, así que no cuenta en contra."
                    }
                    Hold::Holds | Hold::Undirected => "",
                };
                return format!(
                    "{metric}: antes {before}, ahora {now}; se tolera empeorar hasta \
                     {tolerance}.{sure}"
                );
            }
            Self::GuardUnknown(metric) => {
                return format!(
                    "Nada indica en qué sentido mejora {metric}, así que no se puede vigilar; \
                     [directions] en careo.toml puede decirlo."
                );
            }
            Self::ClassesChanged {
                has_gain: true,
                has_loss: true,
            } => "Unas clases mejoran y otras empeoran.",
            Self::ClassesChanged { has_loss: true, .. } => "Ninguna clase mejora.",
            Self::ClassesChanged { .. } => "Ninguna clase empeora.",
            Self::Found { class, now, before } => {
                let finds = plural(*now, "se reconoce", "se reconocen");
                let (now, before) = (n(*now, lang), n(*before, lang));
                return format!("De {class}, {finds} {now} en vez de {before}.");
            }
            Self::SmallGain => "La mejora es demasiado pequeña para que compense.",
            Self::SmallGainWhy { gain, smallest } => {
                let (gain, smallest) = both(*gain, *smallest, lang);
                return format!(
                    "Es de {gain}; la mínima que sirve, según el equipo, es {smallest}."
                );
            }
            Self::MoreReasons => "Además",
        };
        text.to_owned()
    }
}

impl Sure {
    /// Of a change between two that can be compared or not, told from chance or not.
    pub fn of(is_comparable: bool, is_clear: Option<bool>) -> Self {
        match is_clear {
            _ if !is_comparable => Self::NotComparable,
            Some(true) => Self::Clear,
            Some(false) => Self::Unclear,
            None => Self::Untested,
        }
    }
}

/// Better and worse are said of what evidence tells from chance only.
fn change_en(is_up: Option<bool>, is_better: Option<bool>, sure: Sure) -> &'static str {
    let Some(is_up) = is_up else {
        return "the same";
    };
    match (is_up, sure, is_better) {
        (true, Sure::NotComparable, _) => "higher, not comparable",
        (false, Sure::NotComparable, _) => "lower, not comparable",
        (true, Sure::Untested, _) => "higher, not tested",
        (false, Sure::Untested, _) => "lower, not tested",
        (true, Sure::Unclear, _) => "higher, not clear",
        (false, Sure::Unclear, _) => "lower, not clear",
        (true, Sure::Clear, Some(true)) => "higher, better",
        (true, Sure::Clear, Some(false)) => "higher, worse",
        (false, Sure::Clear, Some(true)) => "lower, better",
        (false, Sure::Clear, Some(false)) => "lower, worse",
        (true, Sure::Clear, None) => "higher",
        (false, Sure::Clear, None) => "lower",
    }
}

fn change_es(is_up: Option<bool>, is_better: Option<bool>, sure: Sure) -> &'static str {
    let Some(is_up) = is_up else {
        return "igual";
    };
    match (is_up, sure, is_better) {
        (true, Sure::NotComparable, _) => "sube, no comparable",
        (false, Sure::NotComparable, _) => "baja, no comparable",
        (true, Sure::Untested, _) => "sube, sin prueba",
        (false, Sure::Untested, _) => "baja, sin prueba",
        (true, Sure::Unclear, _) => "sube, no es claro",
        (false, Sure::Unclear, _) => "baja, no es claro",
        (true, Sure::Clear, Some(true)) => "sube, mejor",
        (true, Sure::Clear, Some(false)) => "sube, peor",
        (false, Sure::Clear, Some(true)) => "baja, mejor",
        (false, Sure::Clear, Some(false)) => "baja, peor",
        (true, Sure::Clear, None) => "sube",
        (false, Sure::Clear, None) => "baja",
    }
}

/// "1 run", "3 runs".
fn of_number(n: u32, [one, many]: [&str; 2], lang: Lang) -> String {
    format!(
        "{} {}",
        count(n as usize, lang),
        if n == 1 { one } else { many }
    )
}

/// What is the same, as far as it is stated, and what isn't stated.
fn same_en(has: [bool; 4], samples: &str) -> String {
    let [has_samples, has_counts, has_split, has_data] = has;
    let (the_samples, size) = (samples.to_owned(), format!("number of {samples}"));
    let mut same = Vec::new();
    match (has_samples, has_counts) {
        (true, _) => same.extend([the_samples, "actual classes".to_owned()]),
        (false, true) => same.extend(["classes".to_owned(), size]),
        (false, false) => {}
    }
    same.extend(has_split.then(|| "split".to_owned()));
    same.extend(has_data.then(|| "data".to_owned()));
    let same = match same.is_empty() {
        true => String::new(),
        false => format!("Same {}. ", list(&same, Lang::En)),
    };
    let unknown = match (has_samples, has_counts, has_data) {
        (true, _, true) => "",
        (true, _, false) => "Whether the data are the same is not stated.",
        (false, true, true) => "Whether the samples are the same ones is not stated.",
        (false, true, false) => "Whether samples and data are the same ones is not stated.",
        (false, false, true) => "Which samples were measured is not stated.",
        (false, false, false) => {
            "Which samples were measured, and on which data, is not stated on both sides."
        }
    };
    format!("{same}{unknown}").trim_end().to_owned()
}

fn same_es(has: [bool; 4], samples: &str) -> String {
    let [has_samples, has_counts, has_split, has_data] = has;
    let (the_samples, size) = (samples.to_owned(), format!("número de {samples}"));
    let mut same = Vec::new();
    match (has_samples, has_counts) {
        (true, _) => same.extend([the_samples, "clases reales".to_owned()]),
        (false, true) => same.extend(["clases".to_owned(), size]),
        (false, false) => {}
    }
    same.extend(has_split.then(|| "partición".to_owned()));
    same.extend(has_data.then(|| "datos".to_owned()));
    let same = match same.is_empty() {
        true => String::new(),
        false => format!("Lo mismo en ambos: {}. ", list(&same, Lang::Es)),
    };
    let unknown = match (has_samples, has_counts, has_data) {
        (true, _, true) => "",
        (true, _, false) => "No consta si los datos son los mismos.",
        (false, true, true) => "No consta si los casos son los mismos.",
        (false, true, false) => "No consta si los casos y los datos son los mismos.",
        (false, false, true) => "No consta con qué casos se midió.",
        (false, false, false) => {
            "No consta con qué casos ni con qué datos se midió en ambos lados."
        }
    };
    format!("{same}{unknown}").trim_end().to_owned()
}

fn plural<'a>(n: u64, one: &'a str, many: &'a str) -> &'a str {
    if n == 1 { one } else { many }
}

fn n(value: u64, lang: Lang) -> String {
    count(usize::try_from(value).unwrap_or(usize::MAX), lang)
}
