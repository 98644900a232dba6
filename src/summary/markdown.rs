//! Untrusted text in GitHub Flavored Markdown: shown as it is, never markup, mention or link.

use std::fmt::Write as _;

/// Invisible, and no letter: what stands on both sides is not read together.
const WORD_JOINER: char = '\u{2060}';

/// The longest that a text from an artifact may be in a comment, in characters.
const LONGEST: usize = 120;

/// A text as it is shown: every character that could be markup is escaped; mentions, references to
/// issues and bare addresses are broken up invisibly; line ends become blanks.
pub(super) fn escape(text: &str) -> String {
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
    at_start(escaped)
}

/// The same, cut to a length that a comment has room for.
pub(super) fn escape_short(text: &str) -> String {
    escape(&shortened(text, LONGEST))
}

/// At most `n` characters; a cut is shown.
pub(super) fn shortened(text: &str, n: usize) -> String {
    if text.chars().count() <= n {
        return text.to_owned();
    }
    text.chars()
        .take(n.saturating_sub(1))
        .chain(['…'])
        .collect()
}

/// Code, whatever backticks it holds; blanks for line ends, pipes escaped for tables.
pub(super) fn code(text: &str) -> String {
    let text: String = shortened(text, LONGEST)
        .chars()
        .filter(|it| !is_invisible(*it) || it.is_whitespace())
        .map(|it| if it.is_whitespace() { ' ' } else { it })
        .collect();
    let longest = text.split(|it| it != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let room = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{room}{}{room}{fence}", text.replace('|', "\\|"))
}

/// A link; the address as it is where it is `http(s)` and can't end the link, else text alone.
pub(super) fn link(text: &str, url: Option<&str>) -> String {
    let is_safe = |url: &&str| {
        let is_web = url.starts_with("https://") || url.starts_with("http://");
        is_web
            && !url.contains(|it: char| {
                it.is_whitespace() || it.is_control() || "<>()\"\\`".contains(it)
            })
    };
    match url.filter(is_safe) {
        Some(url) => format!("[{}]({url})", escape(text)),
        None => escape(text),
    }
}

/// A part that is folded away under a title of careo's own words: the only markup of ours that is not
/// Markdown. Forges show it closed, a mail whole.
pub(super) fn folded(title: &str, body: &str) -> String {
    let body = body.trim_matches('\n');
    // Without the empty lines, what is inside would be read as HTML.
    format!("\n<details>\n<summary>{title}</summary>\n\n{body}\n\n</details>\n")
}

/// A row of a table; the cells are Markdown already.
pub(super) fn row(cells: &[String]) -> String {
    let mut line = String::from("|");
    for cell in cells {
        let _ = write!(line, " {cell} |");
    }
    line.push('\n');
    line
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
fn is_invisible(letter: char) -> bool {
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
    }

    #[test]
    fn code_holds_any_backticks() {
        assert_eq!(code("src/a.py"), "`src/a.py`");
        assert_eq!(code("a``b|"), "```a``b\\|```");
        assert_eq!(code("`x"), "`` `x ``");
    }

    #[test]
    fn only_web_addresses_become_links() {
        assert_eq!(
            link("a", Some("https://x.y/z/#/overview")),
            "[a](https://x.y/z/#/overview)"
        );
        for url in ["javascript:alert(1)", "https://x.y/)[z](", "https://x y"] {
            assert_eq!(link("a", Some(url)), "a", "{url}");
        }
    }
}
