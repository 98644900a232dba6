mod chart;
mod chosen;
mod figures;
mod numbers;
#[cfg(all(test, feature = "cli"))]
mod tests;

use leptos::{ev, prelude::*};

use self::{chart::chart, figures::Figure};
use super::picture::artifact_picture;
use crate::{
    browser::markup::{CollectNodes as _, IntoNode, Memo, el, group, show},
    model::Lang,
    route::Address,
    view::{Page, experiments::toggled, gone::gone_lines},
    words::{
        Say as _, experiments::Experiments, metric::Heads, number, plots::PlotText, shell::Shell,
    },
};

/// Metrics by step, curves, metrics by the varied parameter, and pictures.
pub fn plots_view() -> impl IntoNode {
    let page = Page::get();
    let address = page.own_address();
    let chosen = Memo::new(move |_| {
        page.report
            .with(|report| address.with(|address| chosen::chosen(report, address)))
    });
    let is_log = Memo::new(move |_| chosen.with(|it| it.is_log));
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
                    .collect_nodes();
                let note = |text| el("p").class("plots-note").child(text);
                let notes = section.notes.into_iter().map(note).collect_nodes();
                el("section")
                    .class("sec plots-section")
                    .child(el("h2").child(section.title))
                    // Beside the heading is room for one element.
                    .child(
                        el("div")
                            .child(notes)
                            .child(el("div").class("plots").child(drawn)),
                    )
            })
            .collect_nodes()
    };
    let pictures = move || {
        let report = page.report.get();
        let paths = figures::pictures(&report);
        (!paths.is_empty()).then(|| {
            let shown = paths.into_iter().map(picture).collect_nodes();
            el("section")
                .class("sec plots-section")
                .child(el("h2").child(page.say(&PlotText::Pictures)))
                .child(el("div").class("plots").child(shown))
        })
    };
    let none = move || {
        let text = page.report.with(|report| {
            let (lang, chosen) = (page.lang.get(), chosen.read());
            let is_drawn = || !figures::sections(report, &chosen, lang).is_empty();
            match figures::is_empty(report, &chosen) {
                true => Some(PlotText::None),
                // Pictures are not what was asked for.
                false
                    if (chosen.metric.is_some() || figures::pictures(report).is_empty())
                        && !is_drawn() =>
                {
                    Some(PlotText::NoneChosen)
                }
                false => None,
            }
        });
        text.map(|text| el("p").class("empty").child(page.say(&text)))
    };
    el("div")
        .class("plots-view")
        .child(el("h1").class("vh").child(move || page.say(&Shell::Plots)))
        .child(toolbar(address, chosen, is_log))
        .child(sections)
        .child(none)
        .child(pictures)
}

fn figure(figure: Figure, is_log: Memo<bool>) -> impl IntoNode {
    chart(figure, is_log)
}

fn picture(path: String) -> impl IntoNode {
    let alt = path.clone();
    el("figure")
        .class("plot-picture")
        .child(artifact_picture(path.clone(), alt))
        .child(el("figcaption").child(el("code").child(path)))
}

/// What is drawn: metric, runs, scale; and what the address names but the report doesn't have.
fn toolbar(
    address: Memo<Address>,
    chosen: Memo<chosen::Chosen>,
    is_log: Memo<bool>,
) -> impl IntoNode {
    let page = Page::get();
    let on_metric = move |ev| {
        let value = event_target_value(&ev);
        page.navigate(page.address.get_untracked().with("metric", Some(&value)));
    };
    let on_axis = move |ev| {
        let value = event_target_value(&ev);
        page.navigate(page.address.get_untracked().with("x", Some(&value)));
    };
    // Each is called what people call it, and is chosen by what addresses call it.
    let option = |name: &str, title: String, is_selected: bool| {
        el("option")
            .attr("value", name.to_owned())
            .attr("selected", is_selected)
            .child(title)
    };
    let options = move || {
        let (report, chosen) = (page.report.get(), chosen.get());
        let heads = Heads::new(&report, page.lang.get());
        let all = figures::metrics(&report, &chosen).into_iter();
        all.map(|name| {
            let is_selected = chosen.metric.as_ref() == Some(&name);
            option(&name, figures::title(&report, &heads, &name), is_selected)
        })
        .collect_nodes()
    };
    let axes = move || {
        let (report, chosen) = (page.report.get(), chosen.get());
        let heads = Heads::new(&report, page.lang.get());
        let names = report.column_names();
        let axis = |it: &usize| {
            let name = names.get(*it).map_or("", String::as_str);
            let title = heads.name(*it).unwrap_or_else(|| name.to_owned());
            option(name, title, chosen.parameter == Some(*it))
        };
        // Without one of enough values to be drawn unasked, nothing is chosen yet.
        let none = chosen
            .parameter
            .is_none()
            .then(|| option("", "–".to_owned(), true));
        (chosen.parameters.len() > usize::from(chosen.parameter.is_some())).then(|| {
            el("label").child(page.say(&Experiments::XAxis)).child(
                el("select")
                    .on(ev::change, on_axis)
                    .child(none)
                    .child(chosen.parameters.iter().map(axis).collect_nodes()),
            )
        })
    };
    let on_log = move |_| {
        let next = (!is_log.get_untracked()).then_some("1");
        page.navigate(page.address.get_untracked().with("log", next));
    };
    let runs = move || {
        let (lang, chosen) = (page.lang.get(), chosen.get());
        let mut all = page.report.with(|report| report.revision_keys());
        // A long list of runs is chosen in the experiments table.
        let listed = chosen::listed(all.len(), &chosen);
        let rest = all.len().saturating_sub(listed.len());
        let mut key_of = |run: usize| all.get_mut(run).map(std::mem::take).unwrap_or_default();
        let boxes = listed
            .into_iter()
            .map(|run| run_box(page, run, key_of(run), &chosen))
            .collect_nodes();
        let note = |text: PlotText<'_>| el("span").class("plots-note").child(text.say(lang));
        let not_listed = (rest > 0).then(|| note(PlotText::RunsNotListed(rest)));
        let limited = chosen.n_left_out.map(|left_out| {
            let (shown, total) = (chosen.runs.len(), chosen.runs.len() + left_out);
            note(PlotText::RunsLimited { shown, total })
        });
        el("fieldset")
            .class("plots-runs")
            .child(el("legend").child(PlotText::Runs.say(lang)))
            .child(boxes)
            .child(not_listed)
            .child(limited)
    };
    let gone = move || gone_lines(page, &address.read(), &chosen.read().gone);
    let is_useful = move || {
        page.report
            .with(|report| !figures::is_empty(report, &chosen.read()))
    };
    group()
        .child(show(is_useful, move || {
            el("div")
                .class("tools plots-tools")
                .child(
                    el("label")
                        .child(move || page.say(&PlotText::Metric))
                        .child(
                            el("select")
                                .on(ev::change, on_metric)
                                .child(
                                    el("option")
                                        .attr("value", "")
                                        .child(move || page.say(&PlotText::AllMetrics)),
                                )
                                .child(options),
                        ),
                )
                .child(axes)
                .child(
                    el("label")
                        .child(
                            el("input")
                                .attr("type", "checkbox")
                                .prop("checked", is_log)
                                .on(ev::change, on_log),
                        )
                        .child(move || page.say(&PlotText::LogY)),
                )
                .child(runs)
        }))
        .child(gone)
}

fn run_box(page: Page, idx: usize, key: String, chosen: &chosen::Chosen) -> impl IntoNode + use<> {
    let slot = chosen.runs.iter().position(|run| *run == idx);
    let style = slot.map(|slot| chosen::style(chosen, slot));
    let runs: Vec<usize> = chosen.placed();
    let on_change = move |_| {
        let keys = page.report.with_untracked(|report| report.revision_keys());
        let next = toggled(&runs, idx);
        let names = next
            .iter()
            .map(|run| keys.get(*run).map_or("", String::as_str));
        let names: Vec<&str> = names.collect();
        page.navigate(page.address.get_untracked().with_list("runs", &names));
    };
    el("label")
        .class("plots-run")
        .attr("style", style)
        .child(
            el("input")
                .attr("type", "checkbox")
                .prop("checked", slot.is_some())
                .on(ev::change, on_change),
        )
        .child(el("span").child(key))
}

/// A value of a plot, in few digits.
fn value_text(value: f64, lang: Lang) -> String {
    number::value(value, 4, lang)
}
