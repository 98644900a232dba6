mod chart;
mod figures;

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
            .with(|report| address.with(|address| figures::chosen(report, address)))
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
                el("section")
                    .class("sec plots-section")
                    .child(el("h2").child(section.title))
                    .child(el("div").class("plots").child(drawn))
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
        let is_empty = page.report.with(|it| figures::is_empty(it, &chosen.read()));
        is_empty.then(|| el("p").class("empty").child(page.say(&PlotText::None)))
    };
    el("div")
        .class("plots-view")
        .child(el("h1").class("vh").child(move || page.say(&Shell::Plots)))
        .child(toolbar(address, chosen, is_log))
        .child(sections)
        .child(pictures)
        .child(none)
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
    chosen: Memo<figures::Chosen>,
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
        let all = page.report.with(|report| report.revision_keys());
        // A long list of runs is chosen in the experiments table.
        let listed = all.into_iter().take(figures::MAX_LISTED_RUNS).enumerate();
        let boxes = listed
            .map(|(idx, key)| run_box(page, idx, key, &chosen))
            .collect_nodes();
        let limited = chosen.n_left_out.map(|left_out| {
            let (shown, total) = (chosen.runs.len(), chosen.runs.len() + left_out);
            el("span")
                .class("plots-note")
                .child(PlotText::RunsLimited { shown, total }.say(lang))
        });
        el("fieldset")
            .class("plots-runs")
            .child(el("legend").child(PlotText::Runs.say(lang)))
            .child(boxes)
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

fn run_box(page: Page, idx: usize, key: String, chosen: &figures::Chosen) -> impl IntoNode + use<> {
    let slot = chosen.runs.iter().position(|run| *run == idx);
    let style = slot.map(|slot| figures::style(chosen, slot));
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

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;
    use crate::{
        analysis::nba_report,
        model::{Report, Shared},
        route::{Address, View},
    };

    fn html(fragment: &str, lang: Lang) -> String {
        html_of(nba_report::report(), fragment, lang)
    }

    fn html_of(report: Report, fragment: &str, lang: Lang) -> String {
        Owner::new().with(|| {
            let address = Address::parse(fragment);
            assert_eq!(address.view, View::Plots);
            Page::provide(Shared::new(report), address, lang);
            crate::browser::markup::to_html(plots_view())
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
    fn dots_on_each_other_are_counted_in_words() {
        // Both runs with C = 120 have one and the same result.
        let english = html("#/plots?metric=test_recall", Lang::En).replace("<!>", "");
        assert_eq!(
            english.matches("(and 1 more here)</span></th>").count(),
            2,
            "{english}"
        );
        assert!(
            english.contains("one value, 0.5032 (and 1 more here)"),
            "{english}"
        );
        let spanish = html("#/plots?metric=test_recall", Lang::Es);
        assert!(spanish.contains("(y 1 más aquí)"), "{spanish}");
    }

    #[test]
    fn what_is_gone_is_told_with_the_nearest() {
        let address = "#/plots?metric=test_acuracy&runs=bovid-rim&x=train.CC";
        let html = html(address, Lang::Es).replace("<!>", "");
        for (told, name, there) in [
            (
                "No hay ninguna métrica test_acuracy",
                "test_accuracy",
                "metric=test_accuracy&amp;runs=bovid-rim&amp;x=train.CC",
            ),
            (
                "una fila «bovid-rim»",
                "bovid-rime",
                "metric=test_acuracy&amp;runs=bovid-rime&amp;x=train.CC",
            ),
            (
                "ningún parámetro train.CC",
                "train.C",
                "metric=test_acuracy&amp;runs=bovid-rim&amp;x=train.C",
            ),
        ] {
            let link = format!("href=\"#/plots?{there}\">Usar {name} en su lugar");
            assert!(
                html.contains(told) && html.contains(&link),
                "{link} in {html}"
            );
        }
    }

    #[test]
    fn a_scale_that_there_is_not_is_told() {
        let strange = html("#/plots?log=yes", Lang::En).replace("<!>", "");
        assert!(
            strange.contains("“log=yes”, which means nothing here; log=0 is used."),
            "{strange}"
        );
        // A loss of 0 has no place on the scale that was asked for.
        let mut report = nba_report::report();
        let accuracy = report.find_column("test_accuracy").unwrap_or_default();
        report.columns[accuracy]
            .cells
            .set(1, crate::model::Cell::Number(0.0));
        let linear = html_of(report, "#/plots?log=1", Lang::Es);
        let n_linear = linear.matches("no cabe el 0").count();
        assert_eq!(n_linear, 1, "accuracy alone: {linear}");
        for fine in ["#/plots?log=1", "#/plots?log=0"] {
            assert!(!html(fine, Lang::En).contains("means nothing here"));
        }
    }

    #[test]
    fn an_infinite_result_has_no_place_and_a_row() {
        let mut report = nba_report::report();
        let accuracy = report.find_column("test_accuracy").unwrap_or_default();
        report.columns[accuracy]
            .cells
            .set(1, crate::model::Cell::Number(f64::INFINITY));
        let html = html_of(report, "#/plots?metric=test_accuracy", Lang::En);
        assert!(!html.contains("inf\"") && !html.contains("NaN"), "{html}");
        assert!(html.contains('∞'), "{html}");
    }

    #[test]
    fn more_runs_than_can_be_drawn_are_told() {
        let mut report = nba_report::report();
        let more = (0..8).map(|at| crate::model::Revision {
            name: Some(format!("more-{at}")),
            ..report.revisions[1].clone()
        });
        let more: Vec<_> = more.collect();
        report.revisions.extend(more);
        for column in &mut report.columns {
            column.cells.grow(report.revisions.len());
        }
        let keys = report.revision_keys();
        let named = keys.get(..12).unwrap_or_default().join(",");
        for address in ["#/plots".to_owned(), format!("#/plots?runs={named}")] {
            let html = html_of(report.clone(), &address, Lang::En).replace("<!>", "");
            assert!(html.contains("10 of 1"), "{address}: {html}");
        }
    }

    #[test]
    fn axes_and_titles_have_the_teams_names() {
        let mut report = nba_report::report();
        let name = |id: &str, text: &str| (id.to_owned(), Lang::En, text.to_owned());
        report.settings.names = vec![
            name("train.C", "strength"),
            name("test_recall", "found of each position"),
        ];
        let html = html_of(report, "#/plots?metric=test_recall", Lang::En).replace("<!>", "");
        assert!(
            html.contains("By Strength") && html.contains(">Strength, log scale</text>"),
            "{html}"
        );
        assert!(html.contains("<b>Found of each position</b>"));
        assert!(html.contains("value=\"test_recall\" selected"), "{html}");
        assert!(!html.contains(">train.C<") && !html.contains(">test_recall<"));
    }
}
