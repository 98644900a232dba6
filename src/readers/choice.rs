//! What `--as` says: `READER:PATH`, or `READER(OPTION=VALUE,…):PATH` where the reader has options.
//!
//! A value that holds `,`, `)` or `"` is put in double quotes, with `""` for a quote:
//! `predictions-csv(actual="Real, final",predicted=#3)`.

use crate::model::{Artifact, Place, Problem, ProblemKind};

/// The two halves of an `--as` argument: reader with its options, and path. The colon between them
/// is the first one outside of parentheses.
pub fn split_as(argument: &str) -> Option<(&str, &str)> {
    let (mut is_inside, mut is_quoted) = (false, false);
    for (at, byte) in argument.bytes().enumerate() {
        match byte {
            b'"' if is_inside => is_quoted = !is_quoted,
            b'(' => is_inside = true,
            b')' if !is_quoted => is_inside = false,
            b':' if !is_inside => {
                let (reader, path) = argument.split_at_checked(at)?;
                return Some((reader, path.get(1..)?));
            }
            _ => {}
        }
    }
    None
}

/// The reader's id in what `--as` names, without options.
pub fn reader_id(choice: &str) -> &str {
    choice.split('(').next().unwrap_or(choice).trim()
}

/// The options in what `--as` names, with their values; none where they can't be followed.
pub fn reader_options(choice: &str) -> Vec<(String, String)> {
    let options = choice.split_once('(').map(|(_, rest)| parse(rest));
    options.and_then(Result::ok).unwrap_or_default()
}

/// The options that an artifact was given with `--as`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Options(Vec<(String, String)>);

impl Options {
    /// The options of an artifact.
    ///
    /// # Errors
    /// The text is not a list of options, or one is none of `known`.
    pub fn of(artifact: &Artifact, reader: &str, known: &[&str]) -> Result<Self, Box<Problem>> {
        let choice = artifact.reader.as_deref().unwrap_or_default();
        let parsed = match choice.split_once('(') {
            None => Ok(Self::default()),
            Some((_, rest)) => parse(rest).map(Self),
        };
        let unknown = match &parsed {
            Ok(Self(options)) => options
                .iter()
                .map(|(name, _)| name)
                .find(|name| !known.contains(&name.as_str())),
            Err(rest) => Some(rest),
        };
        match unknown {
            None => Ok(parsed.unwrap_or_default()),
            Some(option) => Err(Box::new(Problem {
                kind: ProblemKind::NoSuchOption {
                    option: option.clone(),
                    known: known.join(", "),
                },
                place: Some(Place::artifact(&artifact.path)),
                reader: Some(reader.to_owned()),
            })),
        }
    }

    /// The value of an option.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().rfind(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// `OPTION=VALUE,…)` → names and values; the rest that can't be followed as error.
fn parse(text: &str) -> Result<Vec<(String, String)>, String> {
    let mut options = Vec::new();
    let mut rest = text.trim_start();
    loop {
        if rest.trim() == ")" {
            return Ok(options);
        }
        let (name, after) = rest.split_once('=').ok_or_else(|| rest.to_owned())?;
        let (value, after) = value(after).ok_or_else(|| rest.to_owned())?;
        options.push((name.trim().to_owned(), value));
        rest = match after.strip_prefix(',') {
            Some(more) => more.trim_start(),
            None => after,
        };
        if rest.is_empty() {
            return Err(text.to_owned());
        }
    }
}

/// A value, and what stands behind it: `,` or `)`.
fn value(text: &str) -> Option<(String, &str)> {
    let Some(mut rest) = text.strip_prefix('"') else {
        let (value, rest) = text.split_at_checked(text.find([',', ')'])?)?;
        return Some((value.trim().to_owned(), rest));
    };
    let mut value = String::new();
    loop {
        let (part, after) = rest.split_once('"')?;
        value.push_str(part);
        match after.strip_prefix('"') {
            Some(more) => {
                value.push('"');
                rest = more;
            }
            None if after.starts_with([',', ')']) => return Some((value, after)),
            None => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_argument_is_cut_at_its_own_colon() {
        let cases = [
            ("image:a.png", Some(("image", "a.png"))),
            ("r(a=x:y,b=\")\"):p:q", Some(("r(a=x:y,b=\")\")", "p:q"))),
            ("image", None),
            ("r(a=x:y", None),
            (":p", Some(("", "p"))),
        ];
        for (argument, expected) in cases {
            assert_eq!(split_as(argument), expected, "{argument}");
        }
        assert_eq!(reader_id("predictions-csv(actual=x)"), "predictions-csv");
    }

    #[test]
    fn options_are_read() {
        let read = |choice: &str| {
            let mut artifact = Artifact::new("p.csv", []);
            artifact.reader = Some(choice.to_owned());
            Options::of(&artifact, "r", &["actual", "split"])
        };
        let options = read("r(actual=\"Real, \"\"x\"\")\", split = a b )").unwrap();
        assert_eq!(options.get("actual"), Some("Real, \"x\")"));
        assert_eq!(options.get("split"), Some("a b"));
        assert_eq!(read("r"), Ok(Options::default()));
        assert_eq!(read("r()"), Ok(Options::default()));
        for broken in [
            "r(",
            "r(actual",
            "r(actual=x",
            "r(actual=\"x)",
            "r(actual=x)y",
            "r(b=1)",
        ] {
            let kind = read(broken).unwrap_err().kind;
            assert!(matches!(kind, ProblemKind::NoSuchOption { .. }), "{broken}");
        }
    }
}
