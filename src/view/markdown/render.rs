use leptos::prelude::*;

use super::{
    links::{self, Link, Picture},
    nodes::{self, Kind, Node},
};
use crate::{
    view::{Page, picture::ArtifactPicture},
    words::{Say as _, report::ReportText},
};

/// A narrative of strangers, drawn safely: no raw HTML, no remote picture, harmless links only.
#[component]
pub fn Markdown(
    /// The text.
    markdown: String,
    /// The artifact's path: pictures are relative to it.
    artifact: String,
) -> impl IntoView {
    let page = Page::get();
    let document = nodes::parse(&markdown);
    let blocks = draw_all(&document.nodes, &artifact);
    let cut = document.is_cut.then(|| {
        view! { <p class="prose-note">{move || ReportText::Cut.say(page.lang.get())}</p> }
    });
    view! { <div class="prose">{blocks} {cut}</div> }
}

fn draw_all(nodes: &[Node], artifact: &str) -> AnyView {
    nodes
        .iter()
        .map(|node| draw(node, artifact))
        .collect_view()
        .into_any()
}

fn draw(node: &Node, artifact: &str) -> AnyView {
    match node {
        Node::Text(text) => text.clone().into_any(),
        Node::Html(html) => view! { <code class="prose-html">{html.clone()}</code> }.into_any(),
        Node::Code(code) => view! { <code>{code.clone()}</code> }.into_any(),
        Node::CodeBlock(code) => {
            view! { <pre tabindex="0"><code>{code.clone()}</code></pre> }.into_any()
        }
        Node::Break => view! { <br /> }.into_any(),
        Node::Rule => view! { <hr /> }.into_any(),
        Node::Task(is_done) => task(*is_done),
        Node::Image { address, alt } => image(address, alt, artifact),
        Node::Link { address, children } => anchor(address, children, artifact),
        Node::Block(kind, children) => block(*kind, children, artifact),
    }
}

fn task(is_done: bool) -> AnyView {
    let mark = if is_done { "☑ " } else { "☐ " };
    view! { <span class="prose-task">{mark}</span> }.into_any()
}

fn anchor(address: &str, children: &[Node], artifact: &str) -> AnyView {
    let children = draw_all(children, artifact);
    match links::link(address) {
        Link::Follow(address) => {
            view! { <a href=address rel="noopener noreferrer nofollow">{children}</a> }.into_any()
        }
        Link::Inert => view! { <span class="prose-inert">{children}</span> }.into_any(),
    }
}

fn image(address: &str, alt: &str, artifact: &str) -> AnyView {
    let page = Page::get();
    let alt = alt.to_owned();
    match links::picture(address, artifact) {
        Picture::Inline(data) => view! { <img src=data alt=alt /> }.into_any(),
        Picture::Artifact(path) => view! { <ArtifactPicture path alt /> }.into_any(),
        Picture::Remote { host, address } => {
            let text = move || {
                ReportText::RemotePicture {
                    host: &host,
                    alt: &alt,
                }
                .say(page.lang.get())
            };
            view! {
                <a class="prose-picture" href=address rel="noopener noreferrer nofollow">{text}</a>
            }
            .into_any()
        }
        Picture::Refused => {
            let text = move || ReportText::RefusedPicture { alt: &alt }.say(page.lang.get());
            view! { <span class="prose-picture">{text}</span> }.into_any()
        }
    }
}

fn block(kind: Kind, children: &[Node], artifact: &str) -> AnyView {
    if kind == Kind::Table {
        return table(children, artifact);
    }
    let inner = draw_all(children, artifact);
    match kind {
        Kind::Paragraph => view! { <p>{inner}</p> }.into_any(),
        Kind::Heading(level) => heading(level, inner),
        Kind::Quote => view! { <blockquote>{inner}</blockquote> }.into_any(),
        Kind::List => view! { <ul>{inner}</ul> }.into_any(),
        Kind::OrderedList(first) => view! { <ol start=first.to_string()>{inner}</ol> }.into_any(),
        Kind::Item => view! { <li>{inner}</li> }.into_any(),
        Kind::Emphasis => view! { <em>{inner}</em> }.into_any(),
        Kind::Strong => view! { <strong>{inner}</strong> }.into_any(),
        Kind::Strikethrough => view! { <s>{inner}</s> }.into_any(),
        Kind::TableRow => view! { <tr>{inner}</tr> }.into_any(),
        Kind::TableCell { is_right } => view! { <td class:num=is_right>{inner}</td> }.into_any(),
        Kind::Table | Kind::TableHead | Kind::Plain => inner,
    }
}

/// The narrative's headings stand below the page's own.
fn heading(level: u8, inner: AnyView) -> AnyView {
    match level {
        1 => view! { <h2>{inner}</h2> }.into_any(),
        2 => view! { <h3>{inner}</h3> }.into_any(),
        3 => view! { <h4>{inner}</h4> }.into_any(),
        4 => view! { <h5>{inner}</h5> }.into_any(),
        _ => view! { <h6>{inner}</h6> }.into_any(),
    }
}

/// A table scrolls for itself, so that a wide one doesn't move the page.
fn table(children: &[Node], artifact: &str) -> AnyView {
    let head_cell = |cell: &Node| match cell {
        Node::Block(Kind::TableCell { is_right }, children) => {
            let inner = draw_all(children, artifact);
            view! { <th scope="col" class:num=*is_right>{inner}</th> }.into_any()
        }
        other => draw(other, artifact),
    };
    let mut head = Vec::new();
    let mut rows = Vec::new();
    for child in children {
        match child {
            Node::Block(Kind::TableHead, cells) => head.extend(cells.iter().map(head_cell)),
            row => rows.push(draw(row, artifact)),
        }
    }
    view! {
        <div class="prose-table" tabindex="0" role="group">
            <table>
                <thead>
                    <tr>{head}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
