use super::{Comparison, FieldName, Filter, FilterError, FilterFault, Span};

/// How deep parentheses and `not` may nest.
const MOST_DEEP: usize = 100;

/// Words that mean something by themselves.
const KEYWORDS: [&str; 7] = ["and", "or", "not", "in", "is", "changed", "missing"];

/// Reads a filter. An empty text is a filter that all rows pass.
///
/// # Errors
/// What is wrong, and in which part of the text.
pub fn parse(text: &str) -> Result<Filter, FilterError> {
    let mut parser = Parser {
        tokens: tokens(text)?,
        next: 0,
        end: text.len(),
        depth: 0,
    };
    if parser.tokens.is_empty() {
        return Ok(Filter::All(Vec::new()));
    }
    let filter = parser.any()?;
    match parser.peek() {
        None => Ok(filter),
        Some(_) => Err(parser.unexpected()),
    }
}

/// Whether a text needs no quotation marks.
pub(super) fn is_plain_word(text: &str) -> bool {
    let is_one_token = || match tokens(text) {
        Ok(found) => matches!(
            found.as_slice(),
            [Token { kind: Kind::Word(word), .. }] if word == text
        ),
        Err(_) => false,
    };
    !text.is_empty() && !is_keyword(text) && !text.starts_with(['Δ', '∆']) && is_one_token()
}

/// The word that ends at the caret, where a field's name can stand: not where a comparison or a
/// list wants a value.
pub(super) fn word_before(text: &str, caret: usize) -> Option<Span> {
    let before = tokens(text.get(..caret)?).ok()?;
    let (last, before) = before.split_last()?;
    if !matches!(&last.kind, Kind::Word(word) if !is_keyword(word)) || last.at.to != caret {
        return None;
    }
    let wants_value = match before.last().map(|it| &it.kind) {
        Some(Kind::Compare(_) | Kind::Comma) => true,
        Some(Kind::Word(word)) => word.eq_ignore_ascii_case("in"),
        Some(Kind::Open) => {
            let before = before.len().checked_sub(2).and_then(|at| before.get(at));
            matches!(before.map(|it| &it.kind), Some(Kind::Word(word)) if word.eq_ignore_ascii_case("in"))
        }
        _ => false,
    };
    (!wants_value).then_some(last.at)
}

fn is_keyword(text: &str) -> bool {
    KEYWORDS.iter().any(|it| it.eq_ignore_ascii_case(text))
}

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Word(String),
    Quoted(String),
    /// `Δ` before a name.
    Difference,
    Compare(Comparison),
    Open,
    Close,
    Comma,
}

#[derive(Clone, Debug)]
struct Token {
    kind: Kind,
    at: Span,
}

fn tokens(text: &str) -> Result<Vec<Token>, FilterError> {
    let mut tokens = Vec::new();
    let mut from = 0;
    while let Some(rest) = text.get(from..).filter(|rest| !rest.is_empty()) {
        let n_space = rest.len() - rest.trim_start().len();
        if n_space > 0 {
            from += n_space;
            continue;
        }
        let (kind, n_bytes) = match token(rest) {
            Some(found) => found,
            None => {
                return Err(FilterError {
                    at: Span {
                        from,
                        to: text.len(),
                    },
                    fault: FilterFault::OpenQuote,
                });
            }
        };
        let to = from + n_bytes;
        tokens.push(Token {
            kind,
            at: Span { from, to },
        });
        from = to;
    }
    Ok(tokens)
}

/// The first token of a text that doesn't start with a space, and its length; `None` for a
/// quotation mark without its other one.
fn token(text: &str) -> Option<(Kind, usize)> {
    for (symbol, how) in Comparison::ALL {
        if text.starts_with(symbol) {
            return Some((Kind::Compare(how), symbol.len()));
        }
    }
    let first = text.chars().next()?;
    let alone = match first {
        '(' => Some(Kind::Open),
        ')' => Some(Kind::Close),
        ',' => Some(Kind::Comma),
        'Δ' | '∆' => Some(Kind::Difference),
        _ => None,
    };
    if let Some(kind) = alone {
        return Some((kind, first.len_utf8()));
    }
    if matches!(first, '"' | '“' | '”') {
        return quoted(text, first.len_utf8());
    }
    let ends = |(idx, char): &(usize, char)| {
        let is_compare = Comparison::ALL
            .iter()
            .any(|(symbol, _)| text[*idx..].starts_with(symbol));
        char.is_whitespace() || matches!(char, '(' | ')' | ',' | '"' | '“' | '”') || is_compare
    };
    // A `!` that starts no comparison is a letter like any other.
    let length = text
        .char_indices()
        .skip(1)
        .find(ends)
        .map_or(text.len(), |(idx, _)| idx);
    Some((Kind::Word(text[..length].to_owned()), length))
}

/// A text in quotation marks, straight ones or those that telephones make of them.
fn quoted(text: &str, from: usize) -> Option<(Kind, usize)> {
    let mut content = String::new();
    let mut is_escaped = false;
    for (idx, char) in text.char_indices().filter(|(idx, _)| *idx >= from) {
        match char {
            _ if is_escaped => {
                content.push(char);
                is_escaped = false;
            }
            '\\' => is_escaped = true,
            '"' | '“' | '”' => return Some((Kind::Quoted(content), idx + char.len_utf8())),
            _ => content.push(char),
        }
    }
    None
}

struct Parser {
    tokens: Vec<Token>,
    next: usize,
    end: usize,
    depth: usize,
}

impl Parser {
    fn any(&mut self) -> Result<Filter, FilterError> {
        let mut parts = vec![self.all()?];
        while self.take_word("or") {
            parts.push(self.all()?);
        }
        Ok(one_or(parts, Filter::Any))
    }

    fn all(&mut self) -> Result<Filter, FilterError> {
        let mut parts = vec![self.not()?];
        loop {
            let is_joined = self.take_word("and");
            let is_end = match self.peek() {
                None | Some(Kind::Close) => true,
                Some(Kind::Word(word)) => word.eq_ignore_ascii_case("or"),
                Some(_) => false,
            };
            if is_end && !is_joined {
                return Ok(one_or(parts, Filter::All));
            }
            parts.push(self.not()?);
        }
    }

    fn not(&mut self) -> Result<Filter, FilterError> {
        if self.depth >= MOST_DEEP {
            return Err(self.error(FilterFault::TooDeep));
        }
        self.depth += 1;
        let filter = if self.take_word("not") {
            Filter::Not(Box::new(self.not()?))
        } else {
            self.condition()?
        };
        self.depth -= 1;
        Ok(filter)
    }

    fn condition(&mut self) -> Result<Filter, FilterError> {
        if self.take(&Kind::Open) {
            let opened = self
                .tokens
                .get(self.next - 1)
                .map_or_else(Span::default, |it| it.at);
            let inner = self.any()?;
            if !self.take(&Kind::Close) {
                return Err(match self.peek() {
                    Some(_) => self.unexpected(),
                    None => FilterError {
                        at: opened,
                        fault: FilterFault::OpenParenthesis,
                    },
                });
            }
            return Ok(inner);
        }
        let from = self.here().from;
        let is_difference = self.take(&Kind::Difference);
        let (name, to) = match self.tokens.get(self.next) {
            Some(Token {
                kind: Kind::Word(word),
                at,
            }) if !is_keyword(word) => (word.clone(), at.to),
            Some(Token {
                kind: Kind::Quoted(text),
                at,
            }) => (text.clone(), at.to),
            Some(Token {
                kind: Kind::Compare(_),
                ..
            }) => return Err(self.error(FilterFault::NoField)),
            Some(Token {
                kind: Kind::Comma | Kind::Difference,
                ..
            }) => return Err(self.unexpected()),
            _ if is_difference => return Err(self.error(FilterFault::NoField)),
            _ => return Err(self.error(FilterFault::NoCondition)),
        };
        self.next += 1;
        let field = FieldName {
            text: name,
            is_difference,
            at: Span { from, to },
        };
        self.predicate(field)
    }

    /// What follows a name; nothing does after a word that is searched for.
    fn predicate(&mut self, field: FieldName) -> Result<Filter, FilterError> {
        if let Some(Kind::Compare(how)) = self.peek() {
            let how = *how;
            self.next += 1;
            return Ok(Filter::Compare(field, how, self.value()?));
        }
        if self.take_word("changed") {
            return Ok(Filter::Changed(field));
        }
        if self.take_word("is") {
            let is_negated = self.take_word("not");
            if !self.take_word("missing") {
                return Err(match self.peek() {
                    Some(_) => self.unexpected(),
                    None => self.error(FilterFault::NoValue),
                });
            }
            let missing = Filter::Missing(field);
            return Ok(match is_negated {
                true => Filter::Not(Box::new(missing)),
                false => missing,
            });
        }
        if self.take_word("in") {
            return self.list(field);
        }
        if field.is_difference {
            return Err(self.error(FilterFault::NoValue));
        }
        Ok(Filter::Word(field.text))
    }

    fn list(&mut self, field: FieldName) -> Result<Filter, FilterError> {
        if !self.take(&Kind::Open) {
            return Err(self.error(FilterFault::NoValue));
        }
        let opened = self
            .tokens
            .get(self.next - 1)
            .map_or_else(Span::default, |it| it.at);
        let mut values = vec![self.value()?];
        while self.take(&Kind::Comma) {
            values.push(self.value()?);
        }
        if self.take(&Kind::Close) {
            return Ok(Filter::In(field, values));
        }
        Err(match self.peek() {
            Some(_) => self.unexpected(),
            None => FilterError {
                at: opened,
                fault: FilterFault::OpenParenthesis,
            },
        })
    }

    fn value(&mut self) -> Result<String, FilterError> {
        match self.peek() {
            Some(Kind::Word(text) | Kind::Quoted(text)) => {
                let text = text.clone();
                self.next += 1;
                Ok(text)
            }
            _ => Err(self.error(FilterFault::NoValue)),
        }
    }

    fn peek(&self) -> Option<&Kind> {
        self.tokens.get(self.next).map(|it| &it.kind)
    }

    fn take(&mut self, kind: &Kind) -> bool {
        let is_it = self.peek() == Some(kind);
        self.next += usize::from(is_it);
        is_it
    }

    fn take_word(&mut self, word: &str) -> bool {
        let is_it = matches!(self.peek(), Some(Kind::Word(it)) if it.eq_ignore_ascii_case(word));
        self.next += usize::from(is_it);
        is_it
    }

    /// The next token's place; after the last one, the end.
    fn here(&self) -> Span {
        let end = Span {
            from: self.end,
            to: self.end,
        };
        self.tokens.get(self.next).map_or(end, |it| it.at)
    }

    fn error(&self, fault: FilterFault) -> FilterError {
        FilterError {
            at: self.here(),
            fault,
        }
    }

    fn unexpected(&self) -> FilterError {
        let text = match self.peek() {
            Some(Kind::Word(text) | Kind::Quoted(text)) => text.clone(),
            Some(Kind::Difference) => "Δ".to_owned(),
            Some(Kind::Compare(how)) => how.symbol().to_owned(),
            Some(Kind::Open) => "(".to_owned(),
            Some(Kind::Close) => ")".to_owned(),
            Some(Kind::Comma) => ",".to_owned(),
            None => String::new(),
        };
        let is_number = |at: Option<usize>| {
            let kind = at.and_then(|at| self.tokens.get(at)).map(|it| &it.kind);
            matches!(kind, Some(Kind::Word(word)) if word.parse::<f64>().is_ok())
        };
        let is_comma = matches!(self.peek(), Some(Kind::Comma));
        if is_comma && is_number(self.next.checked_sub(1)) && is_number(Some(self.next + 1)) {
            return self.error(FilterFault::DecimalComma);
        }
        self.error(FilterFault::Unexpected(text))
    }
}

fn one_or(mut parts: Vec<Filter>, join: fn(Vec<Filter>) -> Filter) -> Filter {
    match parts.len() {
        1 => parts.remove(0),
        _ => join(parts),
    }
}
