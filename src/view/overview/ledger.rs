use leptos::{ev, prelude::*};

use crate::{
    analysis::{
        ledger::{self, ParamLedger},
        verdict,
    },
    browser::markup::{CollectNodes as _, IntoNode, Node, el, group, show},
    model::{Lang, Report},
    route::{Address, View},
    summary::{self, LedgerRow},
    view::{Page, markdown::markdown},
    words::{Say as _, ledger::Ledger as Words, metric::param_name},
};

/// Values of a parameter that the table shows; the experiments have all of them.
const MOST_VALUES: usize = 30;

/// Every value that was tried, drawn once it is opened.
pub fn ledger() -> impl IntoNode {
    let page = Page::get();
    folded(Words::Open, "ledger", move || table(page))
}

/// The team's notes on what was tried, drawn once they are opened; nothing where there are none.
pub fn team_notes(report: &Report) -> Option<Node> {
    let notes = report.prose.iter().filter(|it| is_notes(&it.artifact));
    let notes: Vec<_> = notes.cloned().collect();
    (!notes.is_empty()).then(|| {
        folded(Words::Notes, "ledger-notes", move || {
            let notes = notes.clone().into_iter();
            let notes = notes.map(|it| markdown(it.markdown, it.artifact));
            el("div")
                .class("prose")
                .child(notes.collect_nodes())
                .into_node()
        })
    })
}

/// Whether a narrative is the team's notes on its experiments: `experiments.md` or
/// `experiments.toml` in any folder.
fn is_notes(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name);
    stem.eq_ignore_ascii_case("experiments")
}

fn folded(
    title: Words,
    id: &'static str,
    content: impl Fn() -> Node + Clone + Send + Sync + 'static,
) -> Node {
    let page = Page::get();
    let (is_open, set_open) = signal(false);
    el("details")
        .class("ledger")
        .attr("id", id)
        .on(ev::toggle, move |_| set_open.set(true))
        .child(el("summary").child(move || page.say(&title)))
        .child(show(move || is_open.get(), content))
        .into_node()
}

fn table(page: Page) -> Node {
    let draw = move || {
        let lang = page.lang.get();
        page.report.with(|report| {
            let judged = verdict::of_report(report, None)?;
            let ledger = ledger::ledger(report, &judged);
            let bodies = ledger.params.iter().map(|param| {
                let name = param_name(report, param.column, lang);
                body(report, param, name, lang)
            });
            let heads = [
                Words::Param,
                Words::Value,
                Words::Runs,
                Words::Best,
                Words::Typical,
                Words::First,
            ];
            let heads = heads.into_iter().enumerate().map(|(idx, it)| {
                let class = if (2..5).contains(&idx) { "num" } else { "" };
                el("th")
                    .attr("scope", "col")
                    .class(class)
                    .child(it.say(lang))
            });
            Some(
                el("div").class("scroll").child(
                    el("table")
                        .child(el("caption").class("vh").child(Words::Open.say(lang)))
                        .child(el("thead").child(el("tr").child(heads.collect_nodes())))
                        .child(bodies.collect_nodes()),
                ),
            )
        })
    };
    draw.into_node()
}

fn body(report: &Report, param: &ParamLedger, name: String, lang: Lang) -> Node {
    let rows = summary::ledger_rows(report, &param.values, lang);
    let n_more = rows.len().saturating_sub(MOST_VALUES);
    let n_shown = rows.len() - n_more;
    let head = |span: usize| {
        el("th")
            .attr("scope", "rowgroup")
            .attr("rowspan", span.to_string())
            .child(name.clone())
    };
    let rows = rows.into_iter().take(MOST_VALUES).enumerate();
    let rows = rows.map(|(idx, row)| {
        let head = (idx == 0).then(|| head(n_shown + usize::from(n_more > 0)));
        el("tr").child(head).child(cells(row))
    });
    let more = (n_more > 0).then(|| {
        el("tr").child(
            el("td")
                .attr("colspan", "5")
                .child(Words::MoreValues(n_more).say(lang)),
        )
    });
    el("tbody")
        .child(rows.collect_nodes())
        .child(more)
        .into_node()
}

fn cells(row: LedgerRow) -> Node {
    let best = match row.best_key {
        Some(key) => {
            let href = Address::new(View::Experiments)
                .with("row", Some(&key))
                .to_fragment();
            el("a")
                .attr("href", href)
                .attr("title", key)
                .child(row.best)
                .into_node()
        }
        None => row.best.into_node(),
    };
    group()
        .child(el("td").child(row.value))
        .child(el("td").class("num").child(row.n_runs))
        .child(el("td").class("num").child(best))
        .child(el("td").class("num").child(row.typical))
        .child(el("td").child(row.first))
        .into_node()
}
