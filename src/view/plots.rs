mod chart;
mod figures;

use leptos::prelude::*;

use self::{chart::Chart, figures::Figure};
use super::picture::ArtifactPicture;
use crate::{
    model::Lang,
    view::Page,
    words::{Say as _, number, plots::PlotText, shell::Shell},
};

/// Metrics by step, curves, metrics by the varied parameter, and pictures.
#[component]
pub fn PlotsView() -> impl IntoView {
    let page = Page::get();
    let chosen = Memo::new(move |_| {
        page.report.with(|report| {
            page.address
                .with(|address| figures::chosen(report, address))
        })
    });
    let is_log = Memo::new(move |_| page.address.with(|address| address.get("log").is_some()));
    let sections = move || {
        let lang = page.lang.get();
        let report = page.report.get();
        let chosen = chosen.get();
        let sections = figures::sections(&report, &chosen, lang);
        sections
            .into_iter()
            .map(|section| {
                let drawn = section
                    .figures
                    .into_iter()
                    .map(|it| figure(it, is_log))
                    .collect_view();
                view! {
                    <section class="sec plots-section">
                        <h2>{section.title}</h2>
                        <div class="plots">{drawn}</div>
                    </section>
                }
            })
            .collect_view()
    };
    let pictures = move || {
        let report = page.report.get();
        let paths = figures::pictures(&report);
        (!paths.is_empty()).then(|| {
            let shown = paths.into_iter().map(picture).collect_view();
            view! {
                <section class="sec plots-section">
                    <h2>{page.say(&PlotText::Pictures)}</h2>
                    <div class="plots">{shown}</div>
                </section>
            }
        })
    };
    let none = move || {
        let report = page.report.get();
        figures::is_empty(&report).then(|| {
            view! { <p class="empty">{page.say(&PlotText::None)}</p> }
        })
    };
    view! {
        <div class="plots-view">
            <h1 class="vh">{move || page.say(&Shell::Plots)}</h1>
            <Toolbar chosen is_log />
            {sections}
            {pictures}
            {none}
        </div>
    }
}

fn figure(figure: Figure, is_log: Memo<bool>) -> impl IntoView {
    view! { <Chart figure is_log /> }
}

fn picture(path: String) -> impl IntoView {
    let alt = path.clone();
    view! {
        <figure class="plot-picture">
            <ArtifactPicture path=path.clone() alt />
            <figcaption>
                <code>{path}</code>
            </figcaption>
        </figure>
    }
}

/// What is drawn: metric, runs, scale; and what the address names but the report doesn't have.
#[component]
fn Toolbar(chosen: Memo<figures::Chosen>, is_log: Memo<bool>) -> impl IntoView {
    let page = Page::get();
    let metrics = move || page.report.with(|report| figures::metrics(report));
    let on_metric = move |ev| {
        let value = event_target_value(&ev);
        page.navigate(page.address.get_untracked().with("metric", Some(&value)));
    };
    let options = move || {
        let current = chosen.with(|chosen| chosen.metric.clone());
        metrics()
            .into_iter()
            .map(|name| {
                let is_selected = current.as_ref() == Some(&name);
                view! { <option value=name.clone() selected=is_selected>{name.clone()}</option> }
            })
            .collect_view()
    };
    let on_log = move |_| {
        let next = (!is_log.get_untracked()).then_some("1");
        page.navigate(page.address.get_untracked().with("log", next));
    };
    let runs = move || {
        let (lang, chosen) = (page.lang.get(), chosen.get());
        let all = page.report.with(|report| report.revision_keys());
        // A long list of runs is chosen in the experiments table.
        let listed = all.into_iter().take(figures::MAX_LISTED_RUNS).enumerate();
        let boxes = listed
            .map(|(idx, key)| run_box(page, idx, key, &chosen))
            .collect_view();
        let limited = chosen.n_left_out.map(|left_out| {
            let (shown, total) = (chosen.runs.len(), chosen.runs.len() + left_out);
            view! { <span class="plots-note">{PlotText::RunsLimited { shown, total }.say(lang)}</span> }
        });
        view! {
            <fieldset class="plots-runs">
                <legend>{PlotText::Runs.say(lang)}</legend>
                {boxes}
                {limited}
            </fieldset>
        }
    };
    let gone = move || {
        let lang = page.lang.get();
        chosen
            .get()
            .gone
            .iter()
            .map(|gone| gone_card(gone, lang))
            .collect_view()
    };
    let is_useful = move || page.report.with(|report| !figures::is_empty(report));
    view! {
        <Show when=is_useful>
            <div class="tools plots-tools">
                <label>
                    {move || page.say(&PlotText::Metric)}
                    <select on:change=on_metric>
                        <option value="">{move || page.say(&PlotText::AllMetrics)}</option>
                        {options}
                    </select>
                </label>
                <label>
                    <input type="checkbox" prop:checked=is_log on:change=on_log />
                    {move || page.say(&PlotText::LogY)}
                </label>
                {runs}
            </div>
        </Show>
        {gone}
    }
}

fn run_box(page: Page, idx: usize, key: String, chosen: &figures::Chosen) -> impl IntoView + use<> {
    let slot = chosen.runs.iter().position(|run| *run == idx);
    let style = slot.map(|slot| format!("--run: {}", figures::colour(chosen, slot)));
    let runs: Vec<usize> = chosen.runs.clone();
    let on_change = move |_| {
        let keys = page.report.with_untracked(|report| report.revision_keys());
        let mut next = runs.clone();
        match next.iter().position(|run| *run == idx) {
            Some(at) => drop(next.remove(at)),
            None => next.push(idx),
        }
        let names: Vec<&String> = next.iter().filter_map(|run| keys.get(*run)).collect();
        page.navigate(page.address.get_untracked().with_list("runs", &names));
    };
    view! {
        <label class="plots-run" style=style>
            <input type="checkbox" prop:checked=slot.is_some() on:change=on_change />
            <span>{key}</span>
        </label>
    }
}

fn gone_card(gone: &figures::Gone, lang: Lang) -> impl IntoView + use<> {
    let text = match gone {
        figures::Gone::Metric { name, nearest } => PlotText::MetricGone {
            name,
            nearest: nearest.as_deref().unwrap_or_default(),
        }
        .say(lang),
        figures::Gone::Run(name) => PlotText::RunGone { name }.say(lang),
    };
    view! { <p class="gone" role="status">{text}</p> }
}

/// A value of a plot, in few digits.
fn value_text(value: f64, lang: Lang) -> String {
    number::value(value, 4, lang)
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;
    use crate::{
        analysis::nba_report,
        model::Shared,
        route::{Address, View},
    };

    fn html(fragment: &str, lang: Lang) -> String {
        Owner::new().with(|| {
            let address = Address::parse(fragment);
            assert_eq!(address.view, View::Plots);
            Page::provide(Shared::new(nba_report::report()), address, lang);
            view! { <PlotsView /> }.to_html()
        })
    }

    #[test]
    fn metrics_stand_against_the_parameter_that_was_varied() {
        let html = html("#/plots", Lang::En);
        assert!(html.contains("By train.C"), "{html}");
        assert!(
            html.contains("bovid-rime") && html.contains("0.5227"),
            "{html}"
        );
    }

    #[test]
    fn what_is_gone_is_told() {
        let html = html("#/plots?metric=test_accuracies&runs=nobody", Lang::Es);
        assert!(html.contains("La más parecida es test_accuracy."), "{html}");
        assert!(html.contains("no hay ninguna ejecución nobody"), "{html}");
    }
}
