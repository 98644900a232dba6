//! Regular expressions for names of columns, as `dvc exp show --drop` and `--keep` take them:
//! matched from the start of a name, not to its end.
//!
//! A crate for them would be a fifth of the page. These are texts of some letters against names of
//! some letters: letters, `.`, `[a-z]`, `\d \w \s` and their opposites, `( )`, `(?: )`, `|`,
//! `* + ? {2,3}` (also lazy, which changes no answer here), `^`, `$`.

/// A pattern that could be read.
#[derive(Clone, Debug)]
pub struct Pattern(Node);

/// Why a pattern could not be read: the place in it, in letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadPattern {
    /// Letters before what is wrong.
    pub at: usize,
}

/// Steps that a match may take: patterns that need more are not meant for names.
const MOST_STEPS: usize = 20_000;

/// How many steps may be open at once: each is some calls, and a page's stack is small. Of a name
/// of thousands of letters, `.*` needs as many.
const MOST_NESTED: usize = 1000;

/// How deep groups may nest.
const MOST_DEEP: usize = 40;

/// How often something may be repeated by `{n}`.
const MOST_TIMES: usize = 200;

#[derive(Clone, Debug)]
enum Node {
    /// One letter of a set.
    One(Set),
    /// One after the other.
    All(Vec<Node>),
    /// One of these.
    Any(Vec<Node>),
    /// The same, at least and at most so often.
    Times(Box<Node>, usize, usize),
    /// The start of the name.
    Start,
    /// The end of the name.
    End,
}

/// Letters: those in a range, or all others.
#[derive(Clone, Debug, Default)]
struct Set {
    ranges: Vec<(char, char)>,
    is_negated: bool,
}

impl Set {
    fn has(&self, letter: char) -> bool {
        let is_in = self.ranges.iter().any(|it| (it.0..=it.1).contains(&letter));
        is_in != self.is_negated
    }

    fn of(letter: char) -> Self {
        Self {
            ranges: vec![(letter, letter)],
            is_negated: false,
        }
    }
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// The place of what is wrong or not known here.
    pub fn new(text: &str) -> Result<Self, BadPattern> {
        let mut reader = Reader {
            letters: text.chars().collect(),
            at: 0,
            depth: 0,
        };
        let node = reader.any()?;
        match reader.peek() {
            None => Ok(Self(node)),
            Some(_) => Err(reader.bad()),
        }
    }

    /// Whether nothing was written: it would match every name.
    pub fn is_empty(&self) -> bool {
        matches!(&self.0, Node::Any(any) if matches!(any.as_slice(), [Node::All(all)] if all.is_empty()))
    }

    /// Whether a name starts so.
    pub fn matches(&self, name: &str) -> bool {
        let letters: Vec<char> = name.chars().collect();
        let mut left = Left {
            steps: MOST_STEPS,
            depth: MOST_NESTED,
        };
        step(&self.0, &letters, 0, &mut left, &mut |_, _| true)
    }
}

/// What a match may still take.
struct Left {
    steps: usize,
    depth: usize,
}

/// Whether a node matches at a place, and what comes after it matches where it ends.
fn step(
    node: &Node,
    letters: &[char],
    at: usize,
    left: &mut Left,
    then: &mut dyn FnMut(usize, &mut Left) -> bool,
) -> bool {
    if left.steps == 0 || left.depth == 0 {
        return false;
    }
    left.steps -= 1;
    left.depth -= 1;
    let matches = match node {
        Node::One(set) => {
            letters.get(at).is_some_and(|letter| set.has(*letter)) && then(at + 1, left)
        }
        Node::All(nodes) => row(nodes, letters, at, left, then),
        Node::Any(nodes) => nodes.iter().any(|it| step(it, letters, at, left, then)),
        Node::Times(node, least, most) => repeat(node, (*least, *most), letters, at, left, then),
        Node::Start => at == 0 && then(at, left),
        Node::End => at == letters.len() && then(at, left),
    };
    left.depth += 1;
    matches
}

fn row(
    nodes: &[Node],
    letters: &[char],
    at: usize,
    left: &mut Left,
    then: &mut dyn FnMut(usize, &mut Left) -> bool,
) -> bool {
    match nodes.split_first() {
        None => then(at, left),
        Some((first, rest)) => step(first, letters, at, left, &mut |at, left| {
            row(rest, letters, at, left, then)
        }),
    }
}

fn repeat(
    node: &Node,
    (least, most): (usize, usize),
    letters: &[char],
    at: usize,
    left: &mut Left,
    then: &mut dyn FnMut(usize, &mut Left) -> bool,
) -> bool {
    let again = most > 0
        && step(node, letters, at, left, &mut |next, left| {
            // What took nothing would take nothing for ever.
            let is_stuck = next == at && least == 0;
            let fewer = (least.saturating_sub(1), most - 1);
            !is_stuck && repeat(node, fewer, letters, next, left, then)
        });
    again || (least == 0 && then(at, left))
}

struct Reader {
    letters: Vec<char>,
    at: usize,
    depth: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn take(&mut self, letter: char) -> bool {
        let is_it = self.peek() == Some(letter);
        self.at += usize::from(is_it);
        is_it
    }

    fn next(&mut self) -> Result<char, BadPattern> {
        let letter = self.peek().ok_or(self.bad())?;
        self.at += 1;
        Ok(letter)
    }

    fn bad(&self) -> BadPattern {
        BadPattern { at: self.at }
    }

    fn any(&mut self) -> Result<Node, BadPattern> {
        self.depth += 1;
        if self.depth > MOST_DEEP {
            return Err(self.bad());
        }
        let mut nodes = vec![self.all()?];
        while self.take('|') {
            nodes.push(self.all()?);
        }
        self.depth -= 1;
        Ok(Node::Any(nodes))
    }

    fn all(&mut self) -> Result<Node, BadPattern> {
        let mut nodes = Vec::new();
        while self.peek().is_some_and(|it| !matches!(it, '|' | ')')) {
            let node = self.one()?;
            nodes.push(self.times(node)?);
        }
        Ok(Node::All(nodes))
    }

    fn one(&mut self) -> Result<Node, BadPattern> {
        let letter = self.next()?;
        Ok(match letter {
            '(' => {
                if self.take('?') && !self.take(':') {
                    return Err(self.bad());
                }
                let node = self.any()?;
                match self.take(')') {
                    true => node,
                    false => return Err(self.bad()),
                }
            }
            '[' => Node::One(self.set()?),
            '.' => Node::One(Set {
                ranges: vec![('\n', '\n')],
                is_negated: true,
            }),
            '^' => Node::Start,
            '$' => Node::End,
            '\\' => Node::One(self.escaped()?),
            '*' | '+' | '?' | '{' => {
                self.at -= 1;
                return Err(self.bad());
            }
            letter => Node::One(Set::of(letter)),
        })
    }

    fn times(&mut self, node: Node) -> Result<Node, BadPattern> {
        let (least, most) = match self.peek() {
            Some('*') => (0, usize::MAX),
            Some('+') => (1, usize::MAX),
            Some('?') => (0, 1),
            Some('{') => {
                self.at += 1;
                let least = self.number()?;
                let most = match self.take(',') {
                    false => least,
                    true if self.peek() == Some('}') => usize::MAX,
                    true => self.number()?,
                };
                if self.peek() != Some('}') || least > most {
                    return Err(self.bad());
                }
                (least, most)
            }
            _ => return Ok(node),
        };
        self.at += 1;
        self.take('?');
        match self.peek() {
            Some('*' | '+' | '?' | '{') => Err(self.bad()),
            _ => Ok(Node::Times(Box::new(node), least, most)),
        }
    }

    fn number(&mut self) -> Result<usize, BadPattern> {
        let start = self.at;
        let mut number = 0;
        while let Some(digit) = self.peek().and_then(|it| it.to_digit(10)) {
            number = number * 10 + digit as usize;
            self.at += 1;
            if number > MOST_TIMES {
                return Err(self.bad());
            }
        }
        match self.at > start {
            true => Ok(number),
            false => Err(self.bad()),
        }
    }

    /// What stands between brackets.
    fn set(&mut self) -> Result<Set, BadPattern> {
        let is_negated = self.take('^');
        let mut ranges = Vec::new();
        let mut is_first = true;
        while is_first || self.peek() != Some(']') {
            is_first = false;
            let letter = self.next()?;
            if letter == '\\' {
                let set = self.escaped()?;
                if set.is_negated {
                    return Err(self.bad());
                }
                ranges.extend(set.ranges);
                continue;
            }
            let is_range = self.peek() == Some('-')
                && self.letters.get(self.at + 1).is_some_and(|it| *it != ']');
            let last = match is_range {
                true => {
                    self.at += 1;
                    self.next()?
                }
                false => letter,
            };
            if last < letter || (is_range && last == '\\') {
                return Err(self.bad());
            }
            ranges.push((letter, last));
        }
        self.at += 1;
        Ok(Set { ranges, is_negated })
    }

    /// What a letter after `\` stands for.
    fn escaped(&mut self) -> Result<Set, BadPattern> {
        let letter = self.next()?;
        let ranges = match letter.to_ascii_lowercase() {
            'd' => vec![('0', '9')],
            'w' => vec![('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
            's' => vec![('\t', '\r'), (' ', ' ')],
            it if it.is_ascii_alphanumeric() => return Err(self.bad()),
            _ => return Ok(Set::of(letter)),
        };
        Ok(Set {
            ranges,
            is_negated: letter.is_ascii_uppercase(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_matched_from_their_start() {
        for (pattern, yes, no) in [
            (
                "assets|src",
                &["assets/data", "src"][..],
                &["my/src", "asset"][..],
            ),
            ("train\\.C$", &["train.C"], &["trainxC", "train.Cx"]),
            ("", &["", "x"], &[]),
            (
                "(test|val)_.*loss",
                &["test_loss", "val_log_loss"],
                &["loss", "test_acc"],
            ),
            ("[^a-c]+x?$", &["dex", "d"], &["adx", "xa"]),
            ("a{2,3}$", &["aa", "aaa"], &["a", "aaaa"]),
            ("(a*)*b", &["aab", "b"], &["aa"]),
            ("\\d+\\D\\w\\S", &["12-ab"], &["12", "1 a "]),
            ("[]a-]x", &["]x", "-x", "ax"], &["bx"]),
            ("^^x", &["xy"], &["ax"]),
            ("x.*?y", &["x12y", "xyz"], &["x"]),
            ("é.", &["éa"], &["é"]),
        ] {
            let read = Pattern::new(pattern).unwrap();
            for name in yes {
                assert!(read.matches(name), "{pattern} {name}");
            }
            for name in no {
                assert!(!read.matches(name), "{pattern} {name}");
            }
        }
    }

    #[test]
    fn what_is_wrong_has_its_place() {
        for (pattern, at) in [
            ("*a", 0),
            ("a**", 2),
            ("(a", 2),
            ("a)", 1),
            ("[a", 2),
            ("[z-a]", 4),
            ("\\1", 2),
            ("(?=a)", 2),
            ("a{3,2}", 5),
            ("a{999}", 5),
            ("a\\", 2),
        ] {
            let found = Pattern::new(pattern).unwrap_err();
            assert_eq!(found, BadPattern { at }, "{pattern}");
        }
        assert!(Pattern::new(&"(".repeat(9999)).is_err());
    }

    #[test]
    fn a_pattern_that_would_run_for_ever_stops() {
        let evil = Pattern::new("(a+)+(a+)+(a+)+$").unwrap();
        assert!(!evil.matches(&format!("{}b", "a".repeat(60))));
        let long = "a".repeat(20_000);
        assert!(!Pattern::new(".*b").unwrap().matches(&long));
        assert!(!Pattern::new(&long).unwrap().matches(&long), "too deep");
        let name = &long[..400];
        assert!(Pattern::new(".*a$").unwrap().matches(name));
    }

    #[cfg(feature = "cli")]
    mod against_a_crate {
        use proptest::prelude::*;

        use super::*;

        fn any_pattern() -> impl Strategy<Value = String> {
            let leaf = prop::sample::select(vec![
                "a", "b", ".", "[ab]", "[^a]", "\\w", "\\.", "^", "$", "c",
            ]);
            let leaf = leaf.prop_map(str::to_owned);
            leaf.prop_recursive(4, 12, 3, |inner| {
                prop_oneof![
                    prop::collection::vec(inner.clone(), 1..4).prop_map(|it| it.concat()),
                    (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}|{b})")),
                    (
                        inner,
                        prop::sample::select(vec!["*", "+", "?", "{1,2}", "*?"])
                    )
                        .prop_map(|(it, times)| format!("(?:{it}){times}")),
                ]
            })
        }

        proptest! {
            #[test]
            fn the_answer_is_that_of_regex(pattern in any_pattern(), name in "[abc.]{0,6}") {
                let theirs = regex_lite::Regex::new(&format!("^(?:{pattern})")).unwrap();
                let ours = Pattern::new(&pattern).unwrap();
                prop_assert_eq!(ours.matches(&name), theirs.is_match(&name), "{} {}", pattern, name);
            }

            #[test]
            fn any_text_is_a_pattern_or_an_error_in_it(pattern in "\\PC{0,20}", name in "\\PC{0,12}") {
                match Pattern::new(&pattern) {
                    Ok(it) => drop(it.matches(&name)),
                    Err(bad) => prop_assert!(bad.at <= pattern.chars().count()),
                }
            }
        }
    }
}
