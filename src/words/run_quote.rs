//! A run in a few words, for a discussion.

use super::{Say, number::count};
use crate::model::Lang;

/// A run in a few words, for a discussion.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunQuote {
    /// The run's name.
    pub name: String,
    /// What became of it, where it has no result.
    pub state: Option<String>,
    /// What it is compared with.
    pub base: Option<String>,
    /// Whether it is what the others are compared with.
    pub is_baseline: bool,
    /// The parameters that differ, `C 10 → 120`; `None` where nothing is known of them.
    pub params: Option<Vec<String>>,
    /// The metrics, `accuracy 0.53 → 0.49 (−0.04, worse)`.
    pub metrics: Vec<String>,
}

/// Parameters, and metrics, that are told one by one at most.
const MOST: usize = 8;

impl Say for RunQuote {
    fn say(&self, lang: Lang) -> String {
        let state = self.state.as_ref().map(|it| format!(" ({it})"));
        let against = match (self.is_baseline, &self.base, lang) {
            (true, _, Lang::En) => ", the baseline".to_owned(),
            (true, _, Lang::Es) => ", la referencia".to_owned(),
            (false, Some(base), Lang::En) => format!(", compared with {base}"),
            (false, Some(base), Lang::Es) => format!(", en comparación con {base}"),
            (false, None, _) => String::new(),
        };
        let params = self.params.as_ref().map(|params| match params.as_slice() {
            [] => match lang {
                Lang::En => "The parameters are the same.".to_owned(),
                Lang::Es => "Los parámetros son los mismos.".to_owned(),
            },
            params => format!(
                "{}: {}.",
                match lang {
                    Lang::En => "Different parameters",
                    Lang::Es => "Parámetros distintos",
                },
                first(params, lang)
            ),
        });
        let metrics = (!self.metrics.is_empty()).then(|| {
            format!(
                "{}: {}.",
                match lang {
                    Lang::En => "Metrics",
                    Lang::Es => "Métricas",
                },
                first(&self.metrics, lang)
            )
        });
        let name = &self.name;
        let head = format!("{name}{}{against}.", state.unwrap_or_default());
        let parts: Vec<String> = [Some(head), params, metrics]
            .into_iter()
            .flatten()
            .collect();
        parts.join(" ")
    }
}

/// The first of some, apart by semicolons, since numbers may have commas; the others counted.
fn first(all: &[String], lang: Lang) -> String {
    let shown = all.get(..MOST).unwrap_or(all);
    let n_more = all.len() - shown.len();
    let text = shown.join("; ");
    match (n_more, lang) {
        (0, _) => text,
        (n, Lang::En) => format!("{text}; and {} more", count(n, lang)),
        (n, Lang::Es) => format!("{text}; y {} más", count(n, lang)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_told_in_a_few_words() {
        let run = RunQuote {
            name: "bold-newt".to_owned(),
            base: Some("main".to_owned()),
            params: Some(vec!["C 10 → 30".to_owned(), "solver a → b".to_owned()]),
            metrics: (0..10).map(|it| format!("m{it} 1")).collect(),
            ..RunQuote::default()
        };
        assert_eq!(
            run.say(Lang::En),
            "bold-newt, compared with main. Different parameters: C 10 → 30; solver a → b. \
             Metrics: m0 1; m1 1; m2 1; m3 1; m4 1; m5 1; m6 1; m7 1; and 2 more."
        );
        let failed = RunQuote {
            state: Some("fallido".to_owned()),
            params: Some(Vec::new()),
            metrics: Vec::new(),
            ..run
        };
        assert_eq!(
            failed.say(Lang::Es),
            "bold-newt (fallido), en comparación con main. Los parámetros son los mismos."
        );
        let baseline = RunQuote {
            name: "main".to_owned(),
            is_baseline: true,
            metrics: vec!["accuracy 0,5".to_owned()],
            ..RunQuote::default()
        };
        assert_eq!(
            baseline.say(Lang::Es),
            "main, la referencia. Métricas: accuracy 0,5."
        );
    }
}
