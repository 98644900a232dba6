use crate::browser::markup::{CollectNodes as _, IntoNode as _, Node, el};

/// A sentence of ours with what is between backticks as code: options and keys to be typed. What an
/// artifact says in it stays text; a backtick without its second one is shown.
pub fn code_text(text: &str) -> Node {
    let parts: Vec<&str> = text.split('`').collect();
    let n_paired = (parts.len() - 1) / 2 * 2;
    let part = |(at, part): (usize, &&str)| match at {
        _ if at > n_paired => format!("`{part}").into_node(),
        _ if at % 2 == 1 => el("code").child((*part).to_owned()).into_node(),
        _ => (*part).to_owned().into_node(),
    };
    parts
        .iter()
        .enumerate()
        .map(part)
        .collect_nodes()
        .into_node()
}

/// Behind these a name may break.
pub const BREAKS: [char; 5] = ['_', '.', '-', '/', ':'];

/// A name that breaks where its words do, if its line is too short.
pub fn breakable(name: &str) -> Node {
    let mut nodes = Vec::new();
    for word in name.split_inclusive(BREAKS) {
        if !nodes.is_empty() {
            nodes.push(el("wbr").into_node());
        }
        nodes.push(word.to_owned().into_node());
    }
    nodes.into_iter().collect_nodes().into_node()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::browser::markup::to_html;

    #[test]
    fn a_name_breaks_between_its_words() {
        for (name, html) in [
            ("", ""),
            ("Recall of C", "Recall of C"),
            ("train.max_iter", "train.<wbr>max_<wbr>iter"),
            ("src/a-b.py", "src/<wbr>a-<wbr>b.<wbr>py"),
            ("m.json:f1", "m.<wbr>json:<wbr>f1"),
            ("_", "_"),
        ] {
            let found = to_html(breakable(name)).replace("<!>", "");
            assert_eq!(found, html, "{name}");
        }
    }

    #[test]
    fn what_is_between_backticks_is_code_and_never_markup() {
        for (text, html) in [
            ("plain", "plain"),
            ("", ""),
            (
                "use `--as` or `careo formats`.",
                "use <code>--as</code> or <code>careo formats</code>.",
            ),
            ("at `a<b>`", "at <code>a&lt;b&gt;</code>"),
            ("unexpected `", "unexpected `"),
            ("`a` and ` alone", "<code>a</code> and ` alone"),
            ("``", "<code></code>"),
        ] {
            assert_eq!(to_html(code_text(text)).replace("<!>", ""), html, "{text}");
        }
    }
}
