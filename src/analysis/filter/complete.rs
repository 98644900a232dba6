//! Names of fields for a word that is being written.

use super::{Span, parse::word_before, quoted};

/// Names that are offered at most.
const MOST_NAMES: usize = 8;

/// What a word may become.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// The word: bytes from the start.
    pub at: Span,
    /// The names, the likeliest first.
    pub names: Vec<String>,
}

/// The names that the word before the caret may become; none where no name can stand. Each comes
/// with what else it is called, its whole key first: who writes that is offered the name.
///
/// Names that start so come first, then those of which a part does, then those that have it
/// anywhere; letters of either case are the same.
pub fn complete<'a>(
    text: &str,
    caret: usize,
    names: impl Iterator<Item = (&'a str, &'a str)>,
) -> Completion {
    let Some(at) = word_before(text, caret) else {
        return Completion::default();
    };
    let word = text.get(at.from..at.to).unwrap_or_default().to_lowercase();
    let rank = |name: &str| {
        let name = name.to_lowercase();
        let starts_part = || {
            let mut parts = name.split(['.', ':', '/', '_', '-', ' ']);
            parts.any(|it| it.starts_with(&word))
        };
        match () {
            () if name.starts_with(&word) => Some(0),
            () if starts_part() => Some(1),
            () if name.contains(&word) => Some(2),
            () => None,
        }
    };
    let ranked = names.filter_map(|(name, also)| {
        let key = also.split(' ').next().unwrap_or_default();
        let is_whole = [name, key].iter().any(|it| it.to_lowercase() == word);
        let best = [rank(name), rank(also)].into_iter().flatten().min();
        Some((best.filter(|_| !is_whole)?, name))
    });
    let mut ranked: Vec<(u8, &str)> = ranked.collect();
    ranked.sort_by_key(|it| it.0);
    let names = ranked.into_iter().take(MOST_NAMES);
    Completion {
        at,
        names: names.map(|it| it.1.to_owned()).collect(),
    }
}

/// The text with a name in place of the word, and where the caret is then.
pub fn completed(text: &str, at: Span, name: &str) -> (String, usize) {
    let before = text.get(..at.from).unwrap_or_default();
    let after = text.get(at.to..).unwrap_or_default();
    let start = format!("{before}{} ", quoted(name));
    let caret = start.len();
    (format!("{start}{}", after.trim_start()), caret)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 5] = ["train.C", "test_recall", "test accuracy", "name", "solver"];

    fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
        NAMES.into_iter().map(|name| match name {
            "test_recall" => (name, "test_recall Players found"),
            "solver" => (name, "train.solver"),
            _ => (name, ""),
        })
    }

    fn names(text: &str) -> Vec<String> {
        complete(text, text.len(), all()).names
    }

    #[test]
    fn a_word_becomes_a_name() {
        assert_eq!(names("te"), ["test_recall", "test accuracy"]);
        assert_eq!(names("C > 3 and REC"), ["test_recall"]);
        assert_eq!(names("(c"), ["train.C", "test_recall", "test accuracy"]);
        assert_eq!(names("Δac"), ["test accuracy"]);
        assert_eq!(names("not s"), ["solver", "test_recall", "test accuracy"]);
        // More of its key than tells it apart.
        assert_eq!(names("train."), ["train.C", "solver"]);
        assert_eq!(names("train.s"), ["solver"]);
        assert_eq!(names("train.solver"), [""; 0]);
        // What the team calls it.
        assert_eq!(names("C > 3 and play"), ["test_recall"]);
        assert_eq!(names("foun"), ["test_recall"]);
        for text in [
            "",
            "C > ",
            "C > te",
            "C in (te",
            "C in (a, te",
            "\"te",
            "name",
            "solver = sol",
        ] {
            assert_eq!(names(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn the_rest_of_the_text_stays() {
        let text = "te > 3";
        let found = complete(text, 2, all());
        assert_eq!(found.at, Span { from: 0, to: 2 });
        assert_eq!(
            completed(text, found.at, "test_recall"),
            ("test_recall > 3".into(), 12)
        );
        let (text, caret) = completed("a te", Span { from: 2, to: 4 }, "test accuracy");
        assert_eq!((text.as_str(), caret), ("a \"test accuracy\" ", 18));
        assert_eq!(complete("é", 1, all()), Completion::default());
        assert_eq!(complete("te", 9, all()), Completion::default());
    }
}
