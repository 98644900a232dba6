use std::cmp::Ordering;

use super::{
    difference::Difference,
    effect::{Baseline, DIGITS, Effect, Level, both, integer},
};
use crate::{
    model::{Hold, Lang},
    words::{Say, metric::capitalised, number::value},
};

/// The sentence that answers the question; also the page's title.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Beyond chance, for the better.
    Improved(Effect),
    /// Beyond chance, for the worse.
    Worse(Effect),
    /// Better, but another metric that has to hold is worse.
    Mixed(Effect, Guard),
    /// No clear change (or, `true`, a gain too small), and a metric that has to hold is worse.
    GuardDown(Guard, String, bool),
    /// Another answer, and a metric that has to hold is worse in spite of it.
    But(Box<Answer>, Guard),
    /// Better, but by less than is worth having.
    TooSmall(Effect),
    /// Within chance: `Some(true)` leans to the better.
    Unclear(Effect, Option<bool>),
    /// The very same.
    Same(Effect),
    /// Nothing tells chance from change: `Some(true)` is the better.
    Untold(Effect, Option<bool>),
    /// The two can't be compared.
    NotComparable(Difference),
    /// There is no baseline.
    NoBaseline(Level),
    /// The baseline has no such value.
    NoValueBefore(Level, Baseline),
    /// The baseline failed, waits or runs.
    BaselineHasNoResults(Baseline),
    /// The current run has no results of its own.
    NoResults(Unfinished),
    /// Metrics there are, but no number of this change.
    NoNumber,
    /// Numbers of this change there are, but none of the metric that decides, by its name.
    NoValueOf(String),
    /// A matrix is all that this change has, and it doesn't count.
    NothingCounted,
    /// No metric, no predictions, no matrix of this change, though others have some.
    NothingOfThis,
    /// No metric, no predictions, no matrix.
    NothingToJudge,
}

/// A metric that has to hold, and doesn't.
#[derive(Clone, Debug, PartialEq)]
pub struct Guard {
    /// The metric's name.
    pub metric: String,
    /// Now.
    pub now: f64,
    /// On the baseline.
    pub before: f64,
    /// How sure that is.
    pub hold: Hold,
}

/// Why a run has no results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfinished {
    /// It failed, with this message.
    Failed(String),
    /// It waits.
    Queued,
    /// It runs.
    Running,
}

impl Guard {
    /// "precision went from 0.91 down to 0.87, which is more than tolerated", "empeora en precisión,
    /// de 0,91 a 0,87, más de lo tolerado": names of metrics have any gender, so that Spanish does
    /// without their article.
    fn say(&self, lang: Lang) -> String {
        let (now, before) = both(self.now, self.before, lang);
        let metric = &self.metric;
        match lang {
            Lang::En => {
                let way = if self.now > self.before { "up" } else { "down" };
                let sure = match self.hold {
                    Hold::LostAsMeasured => " (nothing tells whether that is chance)",
                    Hold::WithinChance => ", though that may be chance",
                    Hold::Holds | Hold::Lost | Hold::Undirected => "",
                };
                format!(
                    "{metric} went from {before} {way} to {now}, which is more than tolerated{sure}"
                )
            }
            Lang::Es => {
                let sure = match self.hold {
                    Hold::LostAsMeasured => " (nada indica si es por azar)",
                    Hold::WithinChance => ", aunque puede ser por azar",
                    Hold::Holds | Hold::Lost | Hold::Undirected => "",
                };
                format!("empeora en {metric}, de {before} a {now}, más de lo tolerado{sure}")
            }
        }
    }
}

impl Say for Answer {
    fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.en(),
            Lang::Es => self.es(),
        }
    }
}

impl Answer {
    /// Whether it speaks of a gain, which a loss beside it qualifies.
    fn is_gain(&self) -> bool {
        match self {
            Self::But(answer, _) => answer.is_gain(),
            other => matches!(other, Self::Improved(_)),
        }
    }

    fn en(&self) -> String {
        let lang = Lang::En;
        match self {
            Self::Improved(effect) => format!("Yes: {}.", effect.say(lang)),
            Self::Worse(effect) => format!("No, it got worse: {}.", effect.say(lang)),
            Self::Mixed(effect, guard) => {
                let (effect, guard) = (effect.say(lang), guard.say(lang));
                format!("In part: {effect}. But {guard}.")
            }
            Self::GuardDown(guard, metric, is_gain) => {
                let guard = guard.say(lang);
                match is_gain {
                    true => format!("No: {guard}, and {metric} gains less than is useful."),
                    false => format!("No: {guard}, and {metric} shows no clear change."),
                }
            }
            Self::But(answer, guard) => {
                let (answer, guard) = (answer.say(lang), guard.say(lang));
                let but = match self.is_gain() {
                    true => "But",
                    false => "And",
                };
                format!("{answer} {but} {guard}.")
            }
            Self::TooSmall(effect) => {
                format!("Yes, but by less than is useful: {}.", effect.say(lang))
            }
            Self::Unclear(effect, Some(true)) => {
                format!("Not clearly, but it leans up: {}.", effect.say(lang))
            }
            Self::Unclear(effect, Some(false)) => {
                format!("Not clearly, and it leans down: {}.", effect.say(lang))
            }
            Self::Unclear(effect, None) => format!("No clear change: {}.", effect.say(lang)),
            Self::Same(Effect::Right {
                now,
                samples,
                baseline,
                ..
            }) => {
                let (now, baseline) = (integer(*now, lang), baseline.on(lang));
                format!("No change: it gets {now} of {samples} right, as many as {baseline}.")
            }
            Self::Same(Effect::Value {
                metric,
                now,
                baseline,
                ..
            }) => {
                let (now, baseline) = (value(*now, DIGITS, lang), baseline.on(lang));
                format!("No change: {metric} is {now}, as {baseline}.")
            }
            Self::Untold(effect, is_better) => untold_en(effect, *is_better),
            Self::NotComparable(difference) => {
                format!("They can’t be compared: {}.", difference.say(lang))
            }
            Self::NoBaseline(level) => {
                format!("There is nothing to compare with: {}.", level.say(lang))
            }
            Self::NoValueBefore(level, baseline) => {
                let (level, on) = (level.say(lang), baseline.on(lang));
                format!(
                    "There is nothing to compare with: {level}, and {on} there is no such value."
                )
            }
            Self::BaselineHasNoResults(baseline) => {
                let name = baseline.name(lang);
                format!("There is nothing to compare with: {name} has no results of its own.")
            }
            Self::NoResults(Unfinished::Failed(_)) => {
                "The run failed, so there is no result to judge.".to_owned()
            }
            Self::NoResults(Unfinished::Queued) => {
                "The run waits for its turn, so there is no result to judge yet.".to_owned()
            }
            Self::NoResults(Unfinished::Running) => {
                "The run is not over, so there is no result to judge yet.".to_owned()
            }
            Self::NoNumber => "There is nothing to judge: this change states no number.".to_owned(),
            Self::NoValueOf(metric) => {
                format!("There is nothing to judge: this change states no value of {metric}.")
            }
            Self::NothingCounted => {
                "There is nothing to judge: a matrix of shares or weights doesn’t say how many \
                 answers are right."
                    .to_owned()
            }
            Self::NothingOfThis => {
                "There is nothing to judge: this change has no metric, no predictions and no \
                 confusion matrix."
                    .to_owned()
            }
            Self::NothingToJudge => {
                "There is nothing to judge: no metric, no predictions and no confusion matrix were \
                 found."
                    .to_owned()
            }
        }
    }

    fn es(&self) -> String {
        let lang = Lang::Es;
        match self {
            Self::Improved(effect) => format!("Sí: {}.", effect.say(lang)),
            Self::Worse(effect) => format!("No, empeora: {}.", effect.say(lang)),
            Self::Mixed(effect, guard) => {
                let (effect, guard) = (effect.say(lang), guard.say(lang));
                format!("En parte: {effect}. Pero {guard}.")
            }
            Self::GuardDown(guard, metric, is_gain) => {
                let guard = guard.say(lang);
                match is_gain {
                    true => format!("No: {guard}, y en {metric} se gana menos de lo que compensa."),
                    false => format!("No: {guard}, y en {metric} no hay un cambio claro."),
                }
            }
            Self::But(answer, guard) => {
                let (answer, guard) = (answer.say(lang), guard.say(lang));
                let but = match self.is_gain() {
                    true => "Pero",
                    false => "Además,",
                };
                format!("{answer} {but} {guard}.")
            }
            Self::TooSmall(effect) => {
                format!("Sí, pero menos de lo que compensa: {}.", effect.say(lang))
            }
            Self::Unclear(effect, Some(true)) => {
                format!(
                    "No de forma clara, aunque apunta al alza: {}.",
                    effect.say(lang)
                )
            }
            Self::Unclear(effect, Some(false)) => {
                format!(
                    "No de forma clara, y apunta a la baja: {}.",
                    effect.say(lang)
                )
            }
            Self::Unclear(effect, None) => format!("Sin cambio claro: {}.", effect.say(lang)),
            Self::Same(Effect::Right {
                now,
                samples,
                baseline,
                ..
            }) => {
                let (now, baseline) = (integer(*now, lang), baseline.on(lang));
                format!("No cambia: acierta con {now} de {samples}, igual que {baseline}.")
            }
            Self::Same(Effect::Value {
                metric,
                now,
                baseline,
                ..
            }) => {
                let (now, baseline) = (value(*now, DIGITS, lang), baseline.on(lang));
                format!("No cambia: {metric} de {now}, igual que {baseline}.")
            }
            Self::Untold(effect, is_better) => untold_es(effect, *is_better),
            Self::NotComparable(difference) => {
                format!("No se pueden comparar: {}.", difference.say(lang))
            }
            Self::NoBaseline(level) => {
                format!("No hay con qué comparar: {}.", level.say(lang))
            }
            Self::NoValueBefore(level, baseline) => {
                let (level, on) = (level.say(lang), baseline.on(lang));
                format!("No hay con qué comparar: {level}, y {on} no figura ese valor.")
            }
            Self::BaselineHasNoResults(baseline) => {
                format!(
                    "No hay con qué comparar: {} no tiene resultados propios.",
                    baseline.name(lang)
                )
            }
            Self::NoResults(Unfinished::Failed(_)) => {
                "La ejecución falló: no hay resultado que juzgar.".to_owned()
            }
            Self::NoResults(Unfinished::Queued) => {
                "La ejecución espera su turno: aún no hay resultado que juzgar.".to_owned()
            }
            Self::NoResults(Unfinished::Running) => {
                "La ejecución no ha terminado: aún no hay resultado que juzgar.".to_owned()
            }
            Self::NoNumber => "No hay nada que juzgar: este cambio no da ninguna cifra.".to_owned(),
            Self::NoValueOf(metric) => {
                format!("No hay nada que juzgar: este cambio no da ningún valor de {metric}.")
            }
            Self::NothingCounted => {
                "No hay nada que juzgar: una matriz de proporciones o de pesos no dice cuántas \
                 respuestas son correctas."
                    .to_owned()
            }
            Self::NothingOfThis => "No hay nada que juzgar: este cambio no tiene métricas, \
                                    predicciones ni matriz de confusión."
                .to_owned(),
            Self::NothingToJudge => "No hay nada que juzgar: no se han encontrado métricas, \
                                     predicciones ni matriz de confusión."
                .to_owned(),
        }
    }
}

/// With a capital letter, unless it begins with a file's key, which would be another one then.
fn sentence(is_key: bool, text: String) -> String {
    match is_key {
        true => text,
        false => capitalised(&text),
    }
}

fn untold_en(effect: &Effect, is_better: Option<bool>) -> String {
    let lang = Lang::En;
    match effect {
        Effect::Right {
            now,
            before,
            samples,
            baseline,
        } => {
            let on = baseline.on(lang);
            let (n, n_before) = (integer(*now, lang), integer(*before, lang));
            let compared = match now.cmp(before) {
                Ordering::Greater => format!("more than the {n_before} {on}"),
                Ordering::Less => format!("fewer than the {n_before} {on}"),
                Ordering::Equal => format!("as many as {on}"),
            };
            format!(
                "It gets {n} of {samples} right, {compared}, but nothing tells whether that is \
                 chance."
            )
        }
        Effect::Value {
            metric,
            is_key,
            now,
            before,
            ..
        } => {
            let way = if now > before { "up" } else { "down" };
            let (now, before) = both(*now, *before, lang);
            let went = format!("{metric} went from {before} {way} to {now}");
            let told = match is_better {
                Some(true) => "which is better, but nothing tells whether that is chance",
                Some(false) => "which is worse, but nothing tells whether that is chance",
                None => "and nothing tells whether that is good",
            };
            sentence(*is_key, format!("{went}, {told}."))
        }
    }
}

fn untold_es(effect: &Effect, is_better: Option<bool>) -> String {
    let lang = Lang::Es;
    match effect {
        Effect::Right {
            now,
            before,
            samples,
            baseline,
        } => {
            let on = baseline.on(lang);
            let (n, n_before) = (integer(*now, lang), integer(*before, lang));
            let compared = match now.cmp(before) {
                Ordering::Greater => format!("más que los {n_before} que había {on}"),
                Ordering::Less => format!("menos que los {n_before} que había {on}"),
                Ordering::Equal => format!("igual que {on}"),
            };
            format!("Acierta con {n} de {samples}, {compared}, pero nada indica si es por azar.")
        }
        Effect::Value {
            metric,
            is_key,
            now,
            before,
            ..
        } => {
            let way = if now > before { "sube" } else { "baja" };
            let (now, before) = both(*now, *before, lang);
            let went = format!("{metric} {way} de {before} a {now}");
            let told = match is_better {
                Some(true) => "lo que es mejor, pero nada indica si es por azar",
                Some(false) => "lo que es peor, pero nada indica si es por azar",
                None => "y nada indica si eso es bueno",
            };
            sentence(*is_key, format!("{went}, {told}."))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn right(now: u64, before: u64) -> Effect {
        Effect::Right {
            now,
            before,
            samples: "176 players".into(),
            baseline: Baseline::Named("master".into()),
        }
    }

    fn rmse(now: f64, before: f64) -> Effect {
        Effect::Value {
            metric: "RMSE".into(),
            is_key: false,
            now,
            before,
            baseline: Baseline::Unnamed,
        }
    }

    #[test]
    fn a_files_key_stays_as_it_is_written() {
        let effect = |is_key| Effect::Value {
            metric: "kpi".into(),
            is_key,
            now: 2.0,
            before: 1.0,
            baseline: Baseline::Unnamed,
        };
        let starts = |is_key, word: &str| {
            [Lang::En, Lang::Es].map(|lang| {
                let text = Answer::Untold(effect(is_key), None).say(lang);
                text.starts_with(word)
            })
        };
        assert_eq!(starts(true, "kpi "), [true, true]);
        assert_eq!(starts(false, "Kpi "), [true, true]);
    }

    #[test]
    fn the_answer_is_one_sentence() {
        let cases = [
            (
                Answer::Unclear(right(87, 93), Some(false)),
                "Not clearly, and it leans down: it gets 87 of 176 players right; on master it was 93.",
                "No de forma clara, y apunta a la baja: acierta con 87 de 176 players; en master eran 93.",
            ),
            (
                Answer::Untold(rmse(3.9, 4.1), Some(true)),
                "RMSE went from 4.1 down to 3.9, which is better, but nothing tells whether that is chance.",
                "RMSE baja de 4,1 a 3,9, lo que es mejor, pero nada indica si es por azar.",
            ),
            (
                Answer::Untold(rmse(4.00001, 4.0), Some(false)),
                "RMSE went from 4 up to 4.00001, which is worse, but nothing tells whether that is chance.",
                "RMSE sube de 4 a 4,00001, lo que es peor, pero nada indica si es por azar.",
            ),
            (
                Answer::Unclear(rmse(3.9, 4.1), Some(true)),
                "Not clearly, but it leans up: RMSE is 3.9; on the baseline it was 4.1.",
                "No de forma clara, aunque apunta al alza: 3,9 de RMSE; en la referencia, 4,1.",
            ),
            (
                Answer::Untold(right(3, 3), None),
                "It gets 3 of 176 players right, as many as on master, but nothing tells whether that is chance.",
                "Acierta con 3 de 176 players, igual que en master, pero nada indica si es por azar.",
            ),
            (
                Answer::NotComparable(Difference::Samples { n: 134 }),
                "They can’t be compared: the test sets are not the same samples, or not in the same order (the actual class differs in 134).",
                "No se pueden comparar: los conjuntos de prueba no son las mismas muestras, o no en el mismo orden (la clase real difiere en 134).",
            ),
            (
                Answer::Same(right(93, 93)),
                "No change: it gets 93 of 176 players right, as many as on master.",
                "No cambia: acierta con 93 de 176 players, igual que en master.",
            ),
            (
                Answer::NotComparable(Difference::Size {
                    before: 175,
                    now: "176 players".into(),
                    baseline: Baseline::Unnamed,
                }),
                "They can’t be compared: the test set has 176 players; on the baseline it had 175.",
                "No se pueden comparar: el conjunto de prueba tiene 176 players; en la referencia tenía 175.",
            ),
        ];
        for (answer, en, es) in cases {
            assert_eq!(answer.say(Lang::En), en);
            assert_eq!(answer.say(Lang::Es), es);
        }
    }
}
