//! Untrusted text in GitHub Flavored Markdown: shown as it is, never markup, mention or link.

/// Invisible, and no letter: what stands on both sides is not read together.
const WORD_JOINER: char = '\u{2060}';

/// A text as it is shown: every character that could be markup is escaped; mentions, references to
/// issues and bare addresses are broken up invisibly; line ends become blanks.
pub fn escape(text: &str) -> String {
    at_start(escape_inline(text))
}

/// The same for a text that begins no line, as in the cell of a table: a number keeps its sign as it
/// is.
pub fn escape_inline(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    while let Some(letter) = chars.next() {
        let next = chars.peek().copied();
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '@' => escaped.extend(['@', WORD_JOINER]),
            '#' => escaped.extend(['\\', '#', WORD_JOINER]),
            ':' if next == Some('/') => escaped.extend([':', WORD_JOINER]),
            // `www.` is a link without a scheme.
            '.' if ends_in_www(&escaped) => escaped.extend([WORD_JOINER, '.']),
            // Between letters an underscore is no emphasis; names stay readable in the source.
            '_' if escaped.ends_with(char::is_alphanumeric)
                && next.is_some_and(char::is_alphanumeric) =>
            {
                escaped.push('_');
            }
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '|' | '~' | '!' | '$' => {
                escaped.extend(['\\', letter]);
            }
            _ if letter.is_whitespace() && letter != '\u{a0}' && letter != '\u{202f}' => {
                escaped.push(' ');
            }
            _ if is_invisible(letter) => {}
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// What would be a heading, a list, a quote or a rule at the start of a line is none.
fn at_start(escaped: String) -> String {
    let digits = escaped.chars().take_while(char::is_ascii_digit).count();
    let after = escaped.get(digits..).unwrap_or_default();
    let after = after.strip_prefix(['.', ')']);
    let marks_list = digits > 0 && after.is_some_and(|it| it.is_empty() || it.starts_with(' '));
    if marks_list {
        let (number, rest) = escaped.split_at(digits);
        return format!("{number}\\{rest}");
    }
    match escaped.starts_with(['-', '+', '=']) {
        true => format!("\\{escaped}"),
        false => escaped,
    }
}

fn ends_in_www(text: &str) -> bool {
    let tail = text.len().checked_sub(3).and_then(|at| text.get(at..));
    tail.is_some_and(|tail| tail.eq_ignore_ascii_case("www"))
}

/// Controls, and what turns the direction of writing.
pub fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_artifacts_is_never_markup() {
        let cases = [
            ("a|b", "a\\|b"),
            (
                "<img src=x onerror=alert(1)>",
                "&lt;img src=x onerror=alert(1)&gt;",
            ),
            ("@team see #12", "@\u{2060}team see \\#\u{2060}12"),
            ("[x](javascript:1)", "\\[x\\](javascript:1)"),
            ("![x](https://a.b)", "\\!\\[x\\](https:\u{2060}//a.b)"),
            ("www.a.b", "www\u{2060}.a.b"),
            ("`rm`", "\\`rm\\`"),
            ("two\nlines\r\n", "two lines  "),
            ("-->", "\\--&gt;"),
            ("1. item", "1\\. item"),
            ("0.5284", "0.5284"),
            ("test_recall __init__", "test_recall \\_\\_init\\_\\_"),
            ("a\u{202e}b\u{0}", "ab"),
            ("# title", "\\#\u{2060} title"),
        ];
        for (text, expected) in cases {
            assert_eq!(escape(text), expected);
        }
        assert_eq!(escape_inline("-0.5"), "-0.5");
    }
}
