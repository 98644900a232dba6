use leptos::prelude::*;

use super::markdown::markdown;
use crate::{
    browser::markup::{CollectNodes as _, IntoNode, el},
    view::Page,
    words::{Say as _, report::ReportText, shell::Shell},
};

/// The narrative that CI wrote, with its pictures.
pub fn report_view() -> impl IntoNode {
    let page = Page::get();
    let narratives = move || {
        let report = page.report.get();
        let draw = |prose: &crate::model::Prose| {
            let (text, artifact) = (prose.markdown.clone(), prose.artifact.clone());
            let from = artifact.clone();
            let from = move || ReportText::From { artifact: &from }.say(page.lang.get());
            el("article")
                .class("report")
                .child(el("h2").class("report-from").child(from))
                .child(markdown(text, artifact))
        };
        report.prose.iter().map(draw).collect_nodes()
    };
    let none = move || {
        let is_empty = page.report.with(|report| report.prose.is_empty());
        is_empty.then(|| {
            el("p")
                .class("empty")
                .child(move || ReportText::None.say(page.lang.get()))
        })
    };
    el("section")
        .class("report-view")
        .child(el("h1").class("vh").child(move || page.say(&Shell::Report)))
        .child(narratives)
        .child(none)
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;
    use crate::{
        model::{ArtifactRecord, Lang, Prose, Report, Shared, Stored},
        route::{Address, View},
    };

    fn html(markdown: &str) -> String {
        let record = |path: &str, media_type: &str| ArtifactRecord {
            path: path.into(),
            n_bytes: 1,
            sha256: "0".repeat(64),
            reader: None,
            revision: None,
            media_type: media_type.into(),
            stored: Stored::Beside(format!("raw/{path}.bin")),
        };
        let report = Report {
            prose: vec![Prose {
                artifact: "report.md".into(),
                markdown: markdown.into(),
            }],
            artifacts: vec![
                record("conf_mat.png", "image/png"),
                record("x.svg", "image/svg+xml"),
                ArtifactRecord {
                    stored: Stored::Beside("raw/0a.bin".into()),
                    ..record("out/metrics.json", "application/json")
                },
            ],
            ..Report::default()
        };
        Owner::new().with(|| {
            Page::provide(Shared::new(report), Address::new(View::Report), Lang::En);
            crate::browser::markup::to_html(report_view())
        })
    }

    /// The names of all elements of a rendered page, and their attributes with their values.
    fn elements(html: &str) -> (Vec<&str>, Vec<(&str, &str)>) {
        let (mut names, mut attributes) = (Vec::new(), Vec::new());
        for tag in html
            .split('<')
            .skip(1)
            .filter(|tag| !tag.starts_with(['/', '!']))
        {
            let tag = tag.split('>').next().unwrap_or_default();
            let mut words = tag.split_ascii_whitespace();
            names.extend(words.next());
            attributes.extend(words.filter_map(|word| word.split_once('=')));
        }
        (names, attributes)
    }

    #[test]
    fn nothing_of_a_stranger_becomes_markup() {
        for markdown in [
            include_str!("../../tests/fixtures/hostile/01-script-injection.md"),
            include_str!("../../tests/fixtures/hostile/02-links-urls.md"),
        ] {
            let html = html(markdown);
            let (names, attributes) = elements(&html);
            const KNOWN: &[&str] = &[
                "section", "article", "div", "p", "h1", "h2", "h3", "h4", "ul", "li", "em",
                "strong", "code", "pre", "a", "img", "span", "table", "thead", "tbody", "tr", "th",
                "td", "br", "br/",
            ];
            for name in names {
                assert!(KNOWN.contains(&name), "<{name}> in {html}");
            }
            for (name, value) in attributes {
                assert!(
                    !name.starts_with("on") && name != "srcdoc",
                    "{name} in {html}"
                );
                let value = value.trim_start_matches('"');
                let is_harmless = match name {
                    "href" => value.starts_with("http") || !value.contains(':'),
                    "src" => value.starts_with("data:image/png;base64,"),
                    _ => true,
                };
                assert!(is_harmless, "{name}={value} in {html}");
            }
        }
        let html = html(include_str!(
            "../../tests/fixtures/hostile/02-links-urls.md"
        ));
        assert_eq!(
            html.matches("<img").count(),
            1,
            "only the embedded PNG is shown"
        );
    }

    #[test]
    fn pictures_of_the_report_are_shown() {
        let html = html("![matrix](./conf_mat.png) ![no](x.svg)");
        assert!(html.contains("src=\"raw/conf_mat.png.bin\""), "{html}");
        assert_eq!(
            html.matches("<img").count(),
            1,
            "an SVG could run scripts: {html}"
        );
    }

    #[test]
    fn relative_links_lead_to_files_of_the_report_or_nowhere() {
        let html = html("[one](./out/metrics.json#a) [two](gone.json)");
        assert_eq!(html.matches("<a ").count(), 1, "{html}");
        assert!(
            html.contains("href=\"raw/0a.bin\"") && html.contains("download=\"metrics.json\""),
            "{html}"
        );
        assert!(
            html.contains("<span class=\"prose-inert\">two</span>"),
            "{html}"
        );
    }

    #[test]
    fn a_cml_report_reads_as_its_author_meant_it() {
        let html = html(include_str!("../../tests/fixtures/nba/report.md"));
        assert!(html.contains("<h3>Resultados del Experimento"), "{html}");
        assert!(html.contains("bovid-rime") && html.contains("<th scope=\"col\""));
    }
}
