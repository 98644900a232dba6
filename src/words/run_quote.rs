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
    /// Its parameters.
    pub params: Params,
    /// The metrics, `accuracy 0.53 → 0.49 (−0.04, worse)`.
    pub metrics: Vec<String>,
}

/// The parameters of a run.
#[derive(Clone, Debug, PartialEq)]
pub enum Params {
    /// Those that the baseline has otherwise, `C 10 → 120`.
    Different(Vec<String>),
    /// The run's own, `C 120`, where there are none to compare them with.
    Own(Vec<String>),
}

impl Default for Params {
    fn default() -> Self {
        Self::Own(Vec::new())
    }
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
        let told = |head: &str, all: &[String]| {
            (!all.is_empty()).then(|| format!("{head}: {}.", first(all, lang)))
        };
        let params = match (&self.params, lang) {
            (Params::Different(all), Lang::En) => told("Different parameters", all)
                .or_else(|| Some("The parameters are the same.".to_owned())),
            (Params::Different(all), Lang::Es) => told("Parámetros distintos", all)
                .or_else(|| Some("Los parámetros son los mismos.".to_owned())),
            (Params::Own(all), Lang::En) => told("Parameters", all),
            (Params::Own(all), Lang::Es) => told("Parámetros", all),
        };
        let metrics = match lang {
            Lang::En => told("Metrics", &self.metrics),
            Lang::Es => told("Métricas", &self.metrics),
        };
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
            params: Params::Different(vec!["C 10 → 30".to_owned(), "solver a → b".to_owned()]),
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
            params: Params::Different(Vec::new()),
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
            params: Params::Own(vec!["C 10".to_owned()]),
            metrics: vec!["accuracy 0,5".to_owned()],
            ..RunQuote::default()
        };
        assert_eq!(
            baseline.say(Lang::Es),
            "main, la referencia. Parámetros: C 10. Métricas: accuracy 0,5."
        );
    }
}
