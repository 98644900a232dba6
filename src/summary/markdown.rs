//! Parts of a comment in GitHub Flavored Markdown, of text that nobody trusts.

use std::fmt::Write as _;

pub(super) use crate::analysis::markdown::escape;
use crate::analysis::markdown::is_invisible;

/// The longest that a text from an artifact may be in a comment, in characters.
const LONGEST: usize = 120;

/// A text as it is shown, cut to a length that a comment has room for.
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

#[cfg(test)]
mod tests {
    use super::*;

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
