//! Markdown events → a tree of bounded depth.

use pulldown_cmark::{Alignment, Event, HeadingLevel, Options, Parser, Tag};

/// A part of the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    /// Plain text.
    Text(String),
    /// Raw HTML: shown as the text that it is.
    Html(String),
    /// Code within a line.
    Code(String),
    /// A block of code.
    CodeBlock(String),
    /// A line's end.
    Break,
    /// A line across.
    Rule,
    /// A ticked or open box.
    Task(bool),
    /// A picture with its alternative text.
    Image {
        /// Its address.
        address: String,
        /// What it shows.
        alt: String,
    },
    /// A link.
    Link {
        /// Its address.
        address: String,
        /// Its text.
        children: Vec<Piece>,
    },
    /// Something with children.
    Block(Kind, Vec<Piece>),
}

/// The kinds of blocks and spans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `p`
    Paragraph,
    /// `h1`–`h6`
    Heading(u8),
    /// `blockquote`
    Quote,
    /// `ul`
    List,
    /// `ol`, with its first number.
    OrderedList(u64),
    /// `li`
    Item,
    /// `em`
    Emphasis,
    /// `strong`
    Strong,
    /// `s`
    Strikethrough,
    /// `table`
    Table,
    /// `thead`
    TableHead,
    /// `tr`
    TableRow,
    /// `td` or `th`; numbers stand right.
    TableCell {
        /// Whether it stands on the right.
        is_right: bool,
    },
    /// Nothing of its own: children stand as they are.
    Plain,
}

/// Deeper blocks are drawn flat: browsers give up on thousands of nested elements.
const MAX_DEPTH: usize = 32;
/// The most nodes of one narrative; what is beyond is left out and said.
const MAX_NODES: usize = 50_000;

/// A narrative as a tree.
#[derive(Debug, PartialEq)]
pub(super) struct Document {
    /// The top level.
    pub nodes: Vec<Piece>,
    /// Whether the end was left out.
    pub is_cut: bool,
}

/// Reads Markdown (CommonMark with GitHub's tables, strikethrough and task lists).
pub(super) fn parse(markdown: &str) -> Document {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut builder = Builder::default();
    for event in Parser::new_ext(markdown, options) {
        if builder.n_nodes >= MAX_NODES {
            return Document {
                nodes: builder.finish(),
                is_cut: true,
            };
        }
        builder.add(event);
    }
    Document {
        nodes: builder.finish(),
        is_cut: false,
    }
}

#[derive(Default)]
struct Builder {
    /// Open elements, the outermost first; the top level is `done`.
    open: Vec<(Open, Vec<Piece>)>,
    /// How many more are open beyond the depth limit: their children go to the innermost one.
    n_flat: usize,
    done: Vec<Piece>,
    alignments: Vec<Alignment>,
    cell_idx: usize,
    n_nodes: usize,
}

enum Open {
    Block(Kind),
    Link(String),
    Image(String),
    CodeBlock,
    Html,
}

impl Builder {
    fn add(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(_) => self.end(),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => self.push(Piece::Code(code.into_string())),
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html),
            Event::SoftBreak => self.text("\n"),
            Event::HardBreak => self.push(Piece::Break),
            Event::Rule => self.push(Piece::Rule),
            Event::TaskListMarker(is_done) => self.push(Piece::Task(is_done)),
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.text(&text);
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        if let Tag::Table(alignments) = &tag {
            self.alignments.clone_from(alignments);
        }
        if matches!(tag, Tag::TableHead | Tag::TableRow) {
            self.cell_idx = 0;
        }
        if self.open.len() >= MAX_DEPTH {
            self.n_flat += 1;
            return;
        }
        let open = match tag {
            Tag::Paragraph => Open::Block(Kind::Paragraph),
            Tag::Heading { level, .. } => Open::Block(Kind::Heading(level_of(level))),
            Tag::BlockQuote(_) => Open::Block(Kind::Quote),
            Tag::CodeBlock(_) => Open::CodeBlock,
            Tag::HtmlBlock => Open::Html,
            Tag::List(None) => Open::Block(Kind::List),
            Tag::List(Some(first)) => Open::Block(Kind::OrderedList(first)),
            Tag::Item => Open::Block(Kind::Item),
            Tag::Emphasis => Open::Block(Kind::Emphasis),
            Tag::Strong => Open::Block(Kind::Strong),
            Tag::Strikethrough => Open::Block(Kind::Strikethrough),
            Tag::Table(_) => Open::Block(Kind::Table),
            Tag::TableHead => Open::Block(Kind::TableHead),
            Tag::TableRow => Open::Block(Kind::TableRow),
            Tag::TableCell => {
                let alignment = self.alignments.get(self.cell_idx);
                self.cell_idx += 1;
                let is_right = matches!(alignment, Some(Alignment::Right));
                Open::Block(Kind::TableCell { is_right })
            }
            Tag::Link { dest_url, .. } => Open::Link(dest_url.into_string()),
            Tag::Image { dest_url, .. } => Open::Image(dest_url.into_string()),
            _ => Open::Block(Kind::Plain),
        };
        self.open.push((open, Vec::new()));
    }

    fn end(&mut self) {
        if self.n_flat > 0 {
            self.n_flat -= 1;
            return;
        }
        let Some((open, children)) = self.open.pop() else {
            return;
        };
        match open {
            Open::Block(kind) => self.push(Piece::Block(kind, children)),
            Open::Link(address) => self.push(Piece::Link { address, children }),
            Open::Image(address) => self.push(Piece::Image {
                address,
                alt: plain(&children),
            }),
            Open::CodeBlock => self.push(Piece::CodeBlock(plain(&children))),
            Open::Html => {
                let text = plain(&children);
                if !is_comment(&text) {
                    self.push(Piece::Html(text));
                }
            }
        }
    }

    fn html(&mut self, html: &str) {
        let is_block = matches!(self.open.last(), Some((Open::Html, _)));
        if is_block {
            self.text(html);
        } else if !is_comment(html) {
            self.push(Piece::Html(html.to_owned()));
        }
    }

    /// Adds text, to the text before it where there is one.
    fn text(&mut self, text: &str) {
        let children = self
            .open
            .last_mut()
            .map_or(&mut self.done, |(_, children)| children);
        if let Some(Piece::Text(before)) = children.last_mut() {
            before.push_str(text);
        } else {
            self.push(Piece::Text(text.to_owned()));
        }
    }

    fn push(&mut self, node: Piece) {
        self.n_nodes += 1;
        self.open
            .last_mut()
            .map_or(&mut self.done, |(_, children)| children)
            .push(node);
    }

    fn finish(mut self) -> Vec<Piece> {
        self.n_flat = 0;
        while !self.open.is_empty() {
            self.end();
        }
        self.done
    }
}

fn level_of(level: HeadingLevel) -> u8 {
    level as u8
}

/// Comments are for authors: they are left out.
fn is_comment(html: &str) -> bool {
    let inside = html.trim().strip_prefix("<!--");
    // Nothing behind the first end: that would be text.
    inside.is_some_and(|it| it.find("-->") == it.len().checked_sub(3))
}

fn plain(nodes: &[Piece]) -> String {
    let mut text = String::new();
    for node in nodes {
        match node {
            Piece::Text(part) | Piece::Code(part) | Piece::Html(part) | Piece::CodeBlock(part) => {
                text.push_str(part);
            }
            Piece::Link { children, .. } | Piece::Block(_, children) => {
                text.push_str(&plain(children))
            }
            Piece::Break => text.push('\n'),
            Piece::Image { alt, .. } => text.push_str(alt),
            Piece::Rule | Piece::Task(_) => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_text_and_comments_are_left_out() {
        assert!(is_comment("<!-- a -->\n") && is_comment("<!---->"));
        assert!(
            !is_comment("<!-- a --> fell <!-- b -->"),
            "a text between two"
        );
        let document = parse("a <b onclick=x>b</b>\n\n<!-- hidden -->\n\n<script>x</script>\n");
        assert_eq!(
            document.nodes,
            [
                Piece::Block(
                    Kind::Paragraph,
                    vec![
                        Piece::Text("a ".into()),
                        Piece::Html("<b onclick=x>".into()),
                        Piece::Text("b".into()),
                        Piece::Html("</b>".into()),
                    ]
                ),
                Piece::Html("<script>x</script>\n".into()),
            ]
        );
    }

    #[test]
    fn depth_and_size_are_bounded() {
        fn depth(nodes: &[Piece]) -> usize {
            let of = |node: &Piece| match node {
                Piece::Block(_, children) | Piece::Link { children, .. } => 1 + depth(children),
                _ => 0,
            };
            nodes.iter().map(of).max().unwrap_or(0)
        }
        let deep = parse(&format!("{}text", "> ".repeat(5_000)));
        assert!(depth(&deep.nodes) <= MAX_DEPTH, "{}", depth(&deep.nodes));
        assert!(
            plain(&deep.nodes).contains("text"),
            "nothing is lost by flattening"
        );
        assert!(parse(&"a\n\n".repeat(MAX_NODES)).is_cut);
        // Each child once, not again for each level that is left.
        let codes = parse(&format!("{}{}", "> ".repeat(1_000), "`a` ".repeat(400)));
        assert!(!codes.is_cut);
    }

    #[test]
    fn the_hostile_narratives_are_read() {
        let narratives = [
            include_str!("../../../tests/fixtures/hostile/01-script-injection.md"),
            include_str!("../../../tests/fixtures/hostile/02-links-urls.md"),
            include_str!("../../../tests/fixtures/hostile/04-deep-markdown.md"),
            include_str!("../../../tests/fixtures/hostile/07-bom-crlf.md"),
        ];
        for narrative in narratives {
            assert!(!parse(narrative).nodes.is_empty());
        }
    }
}
