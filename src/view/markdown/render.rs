use leptos::prelude::*;

use super::{
    links::{self, Link, Picture},
    nodes::{self, Kind, Piece},
};
use crate::{
    browser::markup::{CollectNodes as _, IntoNode, Node, el},
    view::{
        Page,
        files::download,
        picture::{artifact_picture, find_artifact},
    },
    words::{Say as _, report::ReportText},
};

/// A narrative of strangers, drawn safely: no raw HTML, no remote picture, harmless links only.
pub fn markdown(
    // The text.
    markdown: String,
    // The artifact's path: pictures are relative to it.
    artifact: String,
) -> impl IntoNode {
    let page = Page::get();
    let document = nodes::parse(&markdown);
    let blocks = draw_all(&document.nodes, &artifact);
    let cut = document.is_cut.then(|| {
        el("p")
            .class("prose-note")
            .child(move || ReportText::Cut.say(page.lang.get()))
    });
    el("div").class("prose").child(blocks).child(cut)
}

fn draw_all(nodes: &[Piece], artifact: &str) -> Node {
    nodes
        .iter()
        .map(|node| draw(node, artifact))
        .collect_nodes()
        .into_node()
}

fn draw(node: &Piece, artifact: &str) -> Node {
    match node {
        Piece::Text(text) => text.clone().into_node(),
        Piece::Html(html) => el("code")
            .class("prose-html")
            .child(html.clone())
            .into_node(),
        Piece::Code(code) => el("code").child(code.clone()).into_node(),
        Piece::CodeBlock(code) => el("pre")
            .attr("tabindex", "0")
            .child(el("code").child(code.clone()))
            .into_node(),
        Piece::Break => el("br").into_node(),
        Piece::Rule => el("hr").into_node(),
        Piece::Task(is_done) => task(*is_done),
        Piece::Image { address, alt } => image(address, alt, artifact),
        Piece::Link { address, children } => anchor(address, children, artifact),
        Piece::Block(kind, children) => block(*kind, children, artifact),
    }
}

fn task(is_done: bool) -> Node {
    let mark = if is_done { "☑ " } else { "☐ " };
    el("span").class("prose-task").child(mark).into_node()
}

fn anchor(address: &str, children: &[Piece], artifact: &str) -> Node {
    let children = draw_all(children, artifact);
    match links::link(address, artifact) {
        Link::Follow(address) => el("a")
            .attr("href", address)
            .attr("rel", "noopener noreferrer nofollow")
            .child(children)
            .into_node(),
        Link::Artifact(path) => {
            let page = Page::get();
            let lang = page.lang.get_untracked();
            let to = page.report.with_untracked(|report| {
                find_artifact(report, &path, |_| true).and_then(|it| download(it, lang))
            });
            let to = to.unwrap_or_else(|| el("span").class("prose-inert"));
            to.child(children).into_node()
        }
        Link::Inert => el("span").class("prose-inert").child(children).into_node(),
    }
}

fn image(address: &str, alt: &str, artifact: &str) -> Node {
    let page = Page::get();
    let alt = alt.to_owned();
    match links::picture(address, artifact) {
        Picture::Inline(data) => el("img").attr("src", data).attr("alt", alt).into_node(),
        Picture::Artifact(path) => artifact_picture(path, alt).into_node(),
        Picture::Remote { host, address } => {
            let text = move || {
                ReportText::RemotePicture {
                    host: &host,
                    alt: &alt,
                }
                .say(page.lang.get())
            };
            el("a")
                .class("prose-picture")
                .attr("href", address)
                .attr("rel", "noopener noreferrer nofollow")
                .child(text)
                .into_node()
        }
        Picture::Refused => {
            let text = move || ReportText::RefusedPicture { alt: &alt }.say(page.lang.get());
            el("span").class("prose-picture").child(text).into_node()
        }
    }
}

fn block(kind: Kind, children: &[Piece], artifact: &str) -> Node {
    if kind == Kind::Table {
        return table(children, artifact);
    }
    let inner = draw_all(children, artifact);
    match kind {
        Kind::Paragraph => el("p").child(inner).into_node(),
        Kind::Heading(level) => heading(level, inner),
        Kind::Quote => el("blockquote").child(inner).into_node(),
        Kind::List => el("ul").child(inner).into_node(),
        Kind::OrderedList(first) => el("ol")
            .attr("start", first.to_string())
            .child(inner)
            .into_node(),
        Kind::Item => el("li").child(inner).into_node(),
        Kind::Emphasis => el("em").child(inner).into_node(),
        Kind::Strong => el("strong").child(inner).into_node(),
        Kind::Strikethrough => el("s").child(inner).into_node(),
        Kind::TableRow => el("tr").child(inner).into_node(),
        Kind::TableCell { is_right } => el("td").class_if("num", is_right).child(inner).into_node(),
        Kind::Table | Kind::TableHead | Kind::Plain => inner,
    }
}

/// The narrative's headings stand below the page's own.
fn heading(level: u8, inner: Node) -> Node {
    match level {
        1 => el("h2").child(inner).into_node(),
        2 => el("h3").child(inner).into_node(),
        3 => el("h4").child(inner).into_node(),
        4 => el("h5").child(inner).into_node(),
        _ => el("h6").child(inner).into_node(),
    }
}

/// A table scrolls for itself, so that a wide one doesn't move the page.
fn table(children: &[Piece], artifact: &str) -> Node {
    let head_cell = |cell: &Piece| match cell {
        Piece::Block(Kind::TableCell { is_right }, children) => {
            let inner = draw_all(children, artifact);
            el("th")
                .attr("scope", "col")
                .class_if("num", *is_right)
                .child(inner)
                .into_node()
        }
        other => draw(other, artifact),
    };
    let mut head = Vec::new();
    let mut rows = Vec::new();
    for child in children {
        match child {
            Piece::Block(Kind::TableHead, cells) => head.extend(cells.iter().map(head_cell)),
            row => rows.push(draw(row, artifact)),
        }
    }
    el("div")
        .class("prose-table")
        .attr("tabindex", "0")
        .attr("role", "group")
        .child(
            el("table")
                .child(el("thead").child(el("tr").child(head)))
                .child(el("tbody").child(rows)),
        )
        .into_node()
}
