//! Markdown events → a tree of bounded depth.

use pulldown_cmark::{Alignment, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// A part of the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
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
        children: Vec<Node>,
    },
    /// Something with children.
    Block(Kind, Vec<Node>),
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
    pub nodes: Vec<Node>,
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
    open: Vec<(Open, Vec<Node>)>,
    done: Vec<Node>,
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
    /// Beyond the depth limit: its children go to its parent.
    Flat,
}

impl Builder {
    fn add(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => self.push(Node::Code(code.into_string())),
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html),
            Event::SoftBreak => self.text("\n"),
            Event::HardBreak => self.push(Node::Break),
            Event::Rule => self.push(Node::Rule),
            Event::TaskListMarker(is_done) => self.push(Node::Task(is_done)),
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
        let open = match tag {
            _ if self.open.len() >= MAX_DEPTH => Open::Flat,
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

    fn end(&mut self, _end: TagEnd) {
        let Some((open, children)) = self.open.pop() else {
            return;
        };
        match open {
            Open::Block(kind) => self.push(Node::Block(kind, children)),
            Open::Link(address) => self.push(Node::Link { address, children }),
            Open::Image(address) => self.push(Node::Image {
                address,
                alt: plain(&children),
            }),
            Open::CodeBlock => self.push(Node::CodeBlock(plain(&children))),
            Open::Html => {
                let text = plain(&children);
                if !is_comment(&text) {
                    self.push(Node::Html(text));
                }
            }
            Open::Flat => children.into_iter().for_each(|node| self.push(node)),
        }
    }

    fn html(&mut self, html: &str) {
        let is_block = matches!(self.open.last(), Some((Open::Html, _)));
        if is_block {
            self.text(html);
        } else if !is_comment(html) {
            self.push(Node::Html(html.to_owned()));
        }
    }

    /// Adds text, to the text before it where there is one.
    fn text(&mut self, text: &str) {
        let children = self
            .open
            .last_mut()
            .map_or(&mut self.done, |(_, children)| children);
        if let Some(Node::Text(before)) = children.last_mut() {
            before.push_str(text);
        } else {
            self.push(Node::Text(text.to_owned()));
        }
    }

    fn push(&mut self, node: Node) {
        self.n_nodes += 1;
        self.open
            .last_mut()
            .map_or(&mut self.done, |(_, children)| children)
            .push(node);
    }

    fn finish(mut self) -> Vec<Node> {
        while !self.open.is_empty() {
            self.end(TagEnd::Paragraph);
        }
        self.done
    }
}

fn level_of(level: HeadingLevel) -> u8 {
    level as u8
}

/// Comments are for authors: they are left out.
fn is_comment(html: &str) -> bool {
    let html = html.trim();
    html.starts_with("<!--") && html.ends_with("-->")
}

fn plain(nodes: &[Node]) -> String {
    let mut text = String::new();
    for node in nodes {
        match node {
            Node::Text(part) | Node::Code(part) | Node::Html(part) | Node::CodeBlock(part) => {
                text.push_str(part);
            }
            Node::Link { children, .. } | Node::Block(_, children) => {
                text.push_str(&plain(children))
            }
            Node::Break => text.push('\n'),
            Node::Image { alt, .. } => text.push_str(alt),
            Node::Rule | Node::Task(_) => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_text_and_comments_are_left_out() {
        let document = parse("a <b onclick=x>b</b>\n\n<!-- hidden -->\n\n<script>x</script>\n");
        assert_eq!(
            document.nodes,
            [
                Node::Block(
                    Kind::Paragraph,
                    vec![
                        Node::Text("a ".into()),
                        Node::Html("<b onclick=x>".into()),
                        Node::Text("b".into()),
                        Node::Html("</b>".into()),
                    ]
                ),
                Node::Html("<script>x</script>\n".into()),
            ]
        );
    }

    #[test]
    fn depth_and_size_are_bounded() {
        fn depth(nodes: &[Node]) -> usize {
            let of = |node: &Node| match node {
                Node::Block(_, children) | Node::Link { children, .. } => 1 + depth(children),
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
