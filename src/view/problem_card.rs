use leptos::prelude::*;

use super::Page;
use crate::{
    model::{Lang, Problem},
    words::{
        problem::{code, help, spot, what},
        shell::Shell,
    },
};

/// As many as are shown before the rest is folded away.
const MAX_OPEN: usize = 3;

/// A card for each problem: the first few, and the rest folded away.
#[component]
pub fn ProblemCards(
    /// What failed.
    #[prop(into)]
    problems: Signal<Vec<Problem>>,
) -> impl IntoView {
    let page = Page::get();
    move || {
        let problems = problems.get();
        let n_problems = problems.len();
        if n_problems == 0 {
            return None;
        }
        let lang = page.lang.get();
        let card = |problem: &Problem| view! { <ProblemCard problem=problem.clone() lang /> };
        let first = problems.iter().take(MAX_OPEN).map(card).collect_view();
        let folded = (n_problems > MAX_OPEN).then(|| {
            let rest = problems.iter().skip(MAX_OPEN).map(card).collect_view();
            view! {
                <details class="problems-rest">
                    <summary>{page.say(&Shell::ShowAll(n_problems))}</summary>
                    {rest}
                </details>
            }
        });
        Some(view! {
            <section class="problems" aria-label=page.say(&Shell::Problems(n_problems))>
                {first}
                {folded}
            </section>
        })
    }
}

/// One problem: where, what, and what to do.
#[component]
fn ProblemCard(
    /// What failed.
    problem: Problem,
    /// The language of the card.
    lang: Lang,
) -> impl IntoView {
    let place = problem.place.as_ref().map(spot);
    let help = help(&problem, lang);
    view! {
        <div class="problem" role="alert" data-problem=code(&problem.kind)>
            <p>
                {place.map(|place| view! { <code class="problem-place">{place}</code> ": " })}
                <span class="problem-what">{what(&problem, lang)}</span>
            </p>
            {help.map(|help| view! { <p class="problem-help">{help}</p> })}
        </div>
    }
}
