use leptos::prelude::*;

use super::{Page, code_text::code_text};
use crate::{
    browser::markup::{CollectNodes as _, IntoNode, el, group},
    model::{Lang, Problem},
    words::{
        problem::{code, help, spot, what},
        shell::Shell,
    },
};

/// As many as are shown before the rest is folded away.
const MAX_OPEN: usize = 3;

/// A card for each problem: the first few, and the rest folded away.
pub fn problem_cards(
    // What failed.
    problems: Signal<Vec<Problem>>,
) -> impl IntoNode {
    let page = Page::get();
    move || {
        let problems = problems.get();
        let n_problems = problems.len();
        if n_problems == 0 {
            return None;
        }
        let lang = page.lang.get();
        let card = |problem: &Problem| problem_card(problem.clone(), lang);
        let first = problems.iter().take(MAX_OPEN).map(card).collect_nodes();
        let folded = (n_problems > MAX_OPEN).then(|| {
            let rest = problems.iter().skip(MAX_OPEN).map(card).collect_nodes();
            el("details")
                .class("problems-rest")
                .child(el("summary").child(page.say(&Shell::ShowAll(n_problems))))
                .child(rest)
        });
        Some(
            el("section")
                .class("problems")
                .attr("aria-label", page.say(&Shell::Problems(n_problems)))
                .child(first)
                .child(folded),
        )
    }
}

/// One problem: where, what, and what to do.
fn problem_card(
    // What failed.
    problem: Problem,
    // The language of the card.
    lang: Lang,
) -> impl IntoNode {
    let place = problem.place.as_ref().map(spot);
    let help = help(&problem, lang);
    el("div")
        .class("problem")
        .attr("role", "alert")
        .attr("data-problem", code(&problem.kind))
        .child(
            el("p")
                .child(place.map(|place| {
                    group()
                        .child(el("code").class("problem-place").child(place))
                        .child(": ")
                }))
                .child(
                    el("span")
                        .class("problem-what")
                        .child(code_text(&what(&problem, lang))),
                ),
        )
        .child(help.map(|help| el("p").class("problem-help").child(code_text(&help))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        browser::markup::to_html,
        model::{Place, ProblemKind},
    };

    #[test]
    fn keys_and_options_are_code_and_an_artifact_is_text() {
        let problem = Problem {
            kind: ProblemKind::NoSuchReader {
                name: "<b>x".to_owned(),
                nearest: Some("dvc-metrics".to_owned()),
            },
            place: Some(Place::artifact("m.json").key("a.<i>")),
            reader: None,
        };
        for lang in Lang::ALL {
            let html = to_html(problem_card(problem.clone(), lang));
            assert!(html.contains("<code>a.&lt;i&gt;</code>"), "{html}");
            assert!(html.contains("&lt;b&gt;x") && !html.contains('`'), "{html}");
        }
    }
}
