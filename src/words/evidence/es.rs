use super::{Method, Told, level, means, n32, n64, share};
use crate::{
    model::Lang,
    words::{
        judged::{one_in, p_value},
        number::{self, list, percent},
    },
};

impl Told {
    pub(super) fn es(&self) -> String {
        let lang = Lang::Es;
        match self {
            Self::JudgedOnPairs {
                metric,
                samples,
                method,
                p,
                n_corrected,
            } => {
                let (name, p) = (name(*method), p_value(*p, lang));
                let corrected = n_corrected.map_or_else(String::new, |n| {
                    format!(" tras corregir (Holm) por {} experimentos", n32(n, lang))
                });
                format!("Criterio: {metric}, en los mismos casos ({samples}): {name}, {p}{corrected}.")
            }
            Self::JudgedOnCounts {
                metric,
                samples,
                method,
            } => format!(
                "Criterio: {metric}, con {samples} a cada lado que no se pueden emparejar: {}.",
                name(*method)
            ),
            Self::JudgedOnRuns {
                metric,
                baseline,
                current,
                p,
            } => {
                let (now, before) = (n32(*current, lang), n32(*baseline, lang));
                let p = p_value(*p, lang);
                format!(
                    "Criterio: {metric}, en {now} ejecuciones con otras semillas frente a \
                     {before}: t de Welch, {p}."
                )
            }
            Self::How(method, confidence) => {
                let level = level(*confidence, lang);
                let below = format!("Por debajo del {level} careo lo llama cambio; si no, el azar bastaría para explicarlo.");
                match method {
                    Method::McNemar => format!(
                        "La prueba exacta de McNemar mira solo las respuestas que cambian: sin un \
                         cambio real, cada una puede perderse o ganarse con igual probabilidad. \
                         {below}"
                    ),
                    Method::Permutation { is_exact } => {
                        let ways = match is_exact {
                            true => "todas las formas de intercambiarlas",
                            false => "20\u{202f}000 formas de intercambiarlas al azar, incluida la que ocurrió,",
                        };
                        format!(
                            "La prueba de permutaciones mira solo los casos que reciben otra \
                             respuesta: sin un cambio real, ambas respuestas podrían haber venido \
                             igualmente del otro modelo. De {ways} cuenta aquellas en que la \
                             métrica difiere al menos lo mismo. {below}"
                        )
                    }
                    Method::Newcombe | Method::Bootstrap => format!(
                        "Nada dice qué casos se ganaron y cuáles se perdieron, así que ambos lados \
                         se toman por independientes. Es lo prudente cuando los casos son los \
                         mismos. careo lo llama cambio si el intervalo del {} deja fuera el cero.",
                        share(*confidence, lang)
                    ),
                    Method::Welch => format!(
                        "La prueba t de Welch compara las medias de ejecuciones que solo difieren \
                         en la semilla: distingue un cambio de la suerte del entrenamiento, no de \
                         la del conjunto de prueba. {below}"
                    ),
                }
            }
            Self::HowInterval(method, confidence) => {
                let at = share(*confidence, lang);
                match method {
                    Method::McNemar => format!(
                        "El intervalo es el de puntuación de Tango para respuestas emparejadas, al \
                         {at}. La prueba decide; el intervalo muestra."
                    ),
                    Method::Permutation { .. } => format!(
                        "El intervalo es el BCa de bootstrap, al {at}, con 10\u{202f}000 remuestreos de \
                         los pares. La prueba decide; el intervalo muestra."
                    ),
                    Method::Newcombe => format!(
                        "Es el intervalo de Newcombe para la diferencia de dos proporciones \
                         independientes, al {at}."
                    ),
                    Method::Bootstrap => format!(
                        "Es el BCa de bootstrap, al {at}, con 10\u{202f}000 remuestreos de cada matriz."
                    ),
                    Method::Welch => {
                        format!("El intervalo es el de la diferencia de las medias, al {at}.")
                    }
                }
            }
            Self::HowNothing => "Con las predicciones de ambos (qué era cada muestra y qué dijo el \
                                 modelo), careo podría distinguir del azar un cambio de exactitud, \
                                 precisión, exhaustividad, F1, kappa o MCC; con tres o más ejecuciones de \
                                 cada uno que solo difieran en la semilla, el de cualquier métrica."
                .to_owned(),
            Self::Note {
                metric,
                method,
                is_short,
            } => {
                let name = match method {
                    Method::McNemar => {
                        "intervalo de puntuación para respuestas emparejadas (Tango)"
                    }
                    Method::Permutation { .. } => "intervalo de bootstrap sobre los pares (BCa)",
                    Method::Newcombe => "intervalo para proporciones independientes (Newcombe)",
                    Method::Bootstrap => "intervalo de bootstrap sobre ambas matrices (BCa)",
                    Method::Welch => "intervalo de las medias entre semillas (Welch)",
                };
                let short = match is_short {
                    true => "; con tan pocas muestras se queda algo corto",
                    false => "",
                };
                format!("{metric}: {name}{short}.")
            }
            Self::Swapped {
                samples,
                n_differing,
                p,
            } => {
                let (n, chance) = (n64(*n_differing, lang), one_in(*p, lang));
                let receive = if *n_differing == 1 { "recibe" } else { "reciben" };
                format!(
                    "De los mismos casos ({samples}), {n} {receive} otra respuesta. Sin un cambio \
                     real, al intercambiar esas respuestas al azar entre los dos modelos sale una \
                     diferencia al menos así de grande {chance}."
                )
            }
            Self::Unpaired { samples, interval } => format!(
                "Nada dice cuáles acertó cada uno ({samples}), así que ambos lados se toman por \
                 independientes, que es lo prudente. La diferencia puede ir entonces de {}. Con \
                 las predicciones de ambos, careo distinguiría cambios más pequeños.",
                number::interval(*interval, lang)
            ),
            Self::Repeated {
                baseline,
                current,
                p,
            } => {
                let (now, before) = means(current.1, baseline.1, lang);
                let (n_now, n_before) = (n32(current.0, lang), n32(baseline.0, lang));
                let chance = one_in(*p, lang);
                format!(
                    "Con otras semillas, {n_now} ejecuciones dan {now} de media; {n_before} de la \
                     referencia dan {before}. Sin un cambio real, unas medias al menos tan \
                     separadas salen {chance}. Eso habla de la suerte del entrenamiento: el \
                     conjunto de prueba es uno solo."
                )
            }
            Self::Disagrees {
                is_change: false,
                interval,
            } => format!(
                "El intervalo (de {}) deja fuera el cero, pero la prueba no lo llama cambio. \
                 Decide la prueba.",
                number::interval(*interval, lang)
            ),
            Self::Disagrees { interval, .. } => format!(
                "El intervalo (de {}) aún contiene el cero, pero la prueba lo llama cambio. Decide \
                 la prueba.",
                number::interval(*interval, lang)
            ),
            Self::DisagreesToo {
                metric,
                is_change,
                p,
            } => {
                let p = p_value(*p, lang);
                match is_change {
                    true => format!("{metric}: el intervalo contiene el cero, pero la prueba lo llama cambio ({p})."),
                    false => format!("{metric}: el intervalo deja fuera el cero, pero la prueba no lo llama cambio ({p})."),
                }
            }
            Self::OthersDontDecide { metric, has_guards } => {
                let guards = if *has_guards {
                    " y las métricas vigiladas"
                } else {
                    ""
                };
                format!(
                    "El veredicto se basa solo en {metric}{guards}: las demás métricas se juzgan una \
                     por una, sin corregir por cuántas son, y alguna puede parecer peor por azar."
                )
            }
            Self::Corrected { n, p } => format!(
                "Eso vale para esta prueba sola. Lo que decide es la corrección de Holm para {} \
                 experimentos: {}.",
                n32(*n, lang),
                p_value(*p, lang)
            ),
            Self::TooFew => "Hay demasiado poco para saberlo.".to_owned(),
            Self::TooFewSamples { samples, needed } => {
                let needed = n64(*needed, lang);
                format!(
                    "La cifra se apoya en {samples}. Con menos de {needed}, el azar tapa demasiado y \
                     careo no decide."
                )
            }
            Self::TooFewRuns { n, needed } => {
                let (n, needed) = (n64(*n, lang), n64(*needed, lang));
                format!(
                    "Uno de los lados tiene {n} ejecuciones con otras semillas; hacen falta \
                     {needed} en cada uno."
                )
            }
            Self::BestOf(n) => format!("Es el mejor de {} experimentos.", n32(*n, lang)),
            Self::BestOfWhy { n_corrected } => {
                let luck = "El mejor de muchos parece mejor de lo que es: cada uno tuvo su propia \
                            suerte con el mismo conjunto de prueba.";
                match n_corrected {
                    Some(n) => format!(
                        "{luck} La prueba se corrige por los {} que se pudieron probar (Holm).",
                        n32(*n, lang)
                    ),
                    None => format!(
                        "{luck} Los demás no se pueden probar del mismo modo, así que nada lo \
                         corrige; un conjunto de prueba nuevo sí lo haría."
                    ),
                }
            }
            Self::LongRun {
                interval: (low, high),
                confidence,
            } => {
                let (low, high) = (percent(*low, 0, lang), percent(*high, 0, lang));
                let at = share(*confidence, lang);
                format!(
                    "A la larga, la proporción de aciertos puede ir del {low} al {high} (Wilson, \
                     {at})."
                )
            }
            Self::MeasureDiffers { stated, counted } => {
                let (stated, counted) = means(*stated, *counted, lang);
                format!(
                    "La métrica dice {stated}; el recuento da {counted}. No se sabe entonces qué \
                     mide, y su cambio no se puede poner a prueba."
                )
            }
            Self::AccuracyDiffers {
                stated,
                counted,
                by_predictions,
            } => {
                let (stated, counted) = means(*stated, *counted, lang);
                let by = match by_predictions {
                    true => "las predicciones dan",
                    false => "la matriz de confusión da",
                };
                format!("La métrica dice una exactitud de {stated}; {by} {counted}.")
            }
            Self::OtherFile { baseline, current } => {
                let files = list(&[baseline.clone(), current.clone()], lang);
                format!(
                    "Las matrices vienen de archivos con nombres distintos ({files}), y ninguno \
                     dice de qué partición es."
                )
            }
        }
    }
}

fn name(method: Method) -> &'static str {
    match method {
        Method::McNemar => "McNemar exacto",
        Method::Permutation { is_exact: true } => "prueba de permutaciones exacta",
        Method::Permutation { is_exact: false } => "prueba de permutaciones",
        Method::Newcombe => "intervalo de Newcombe",
        Method::Bootstrap => "intervalo de bootstrap",
        Method::Welch => "t de Welch",
    }
}
