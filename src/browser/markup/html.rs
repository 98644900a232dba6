use super::{
    El, IntoNode, Node, Value,
    node::{Setting, SettingKind},
};

/// Elements that have no end tag.
const VOID: &[&str] = &[
    "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr",
];

/// A piece of markup as HTML, as it is at first.
pub fn to_html(node: impl IntoNode) -> String {
    let mut html = String::new();
    write_node(node.into_node(), &mut html);
    html
}

fn write_node(node: Node, html: &mut String) {
    match node {
        Node::Empty => {}
        Node::Text(text) => escape(&text, html),
        Node::Element(element) => write_element(element, html),
        Node::Many(nodes) => nodes.into_iter().for_each(|node| write_node(node, html)),
        Node::Live(mut now) => write_node(now(), html),
        Node::Kept(kept) => write_element(kept.made(), html),
    }
}

fn write_element(El(element): El, html: &mut String) {
    html.push('<');
    html.push_str(element.tag);
    write_settings(element.settings, html);
    html.push('>');
    if VOID.contains(&element.tag) {
        return;
    }
    for child in element.children {
        write_node(child, html);
    }
    html.push_str("</");
    html.push_str(element.tag);
    html.push('>');
}

fn write_settings(settings: Vec<Setting>, html: &mut String) {
    let mut classes = String::new();
    for Setting { kind, name, value } in settings {
        let value = now(value);
        match (kind, value) {
            (SettingKind::Property, _)
            | (_, Value::Absent | Value::Flag(false) | Value::Live(_)) => {}
            (SettingKind::Class, _) => add_class(&mut classes, name),
            (SettingKind::Attribute, Value::Text(text)) if name == "class" => {
                add_class(&mut classes, &text);
            }
            (SettingKind::Attribute, Value::Text(text)) => write_attribute(name, &text, html),
            (SettingKind::Attribute, Value::Flag(true)) => {
                html.push(' ');
                html.push_str(name);
            }
        }
    }
    if !classes.is_empty() {
        write_attribute("class", &classes, html);
    }
}

/// A value as it is at first.
fn now(mut value: Value) -> Value {
    while let Value::Live(mut live) = value {
        value = live();
    }
    value
}

fn add_class(classes: &mut String, class: &str) {
    if !classes.is_empty() && !class.is_empty() {
        classes.push(' ');
    }
    classes.push_str(class);
}

fn write_attribute(name: &str, text: &str, html: &mut String) {
    html.push(' ');
    html.push_str(name);
    html.push_str("=\"");
    escape(text, html);
    html.push('"');
}

fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::*, *};

    #[test]
    fn a_text_is_never_markup() {
        let hostile = "<b onclick=\"x\">&amp;</b>";
        let html = to_html(el("p").attr("title", hostile).child(hostile));
        let escaped = "&lt;b onclick=&quot;x&quot;&gt;&amp;amp;&lt;/b&gt;";
        assert_eq!(html, format!("<p title=\"{escaped}\">{escaped}</p>"));
    }

    #[test]
    fn classes_are_joined_and_what_does_not_hold_is_left_out() {
        let element = el("td")
            .class("num")
            .class_if("best", || true)
            .class_if("worse", false)
            .attr("hidden", true)
            .attr("title", None::<String>)
            .prop("value", "x")
            .child(el("br"));
        let html = to_html(element);
        assert_eq!(html, "<td hidden class=\"num best\"><br></td>");
    }

    #[test]
    fn groups_and_lists_have_no_element() {
        let node = group()
            .child("a")
            .child(vec![1_usize, 2])
            .child(Some(|| "b"))
            .child(());
        assert_eq!(to_html(node), "a12b");
    }
}
