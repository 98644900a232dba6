use leptos::prelude::Owner;

use super::plots_view;
use crate::{
    analysis::nba_report,
    model::{Lang, Report, Shared},
    route::{Address, View},
    view::Page,
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

/// 75 runs of 25 strengths and 3 seeds, with nested metrics.
fn nested(n_metrics: usize) -> Report {
    use crate::{
        analysis::testing::{Of, column, revision},
        model::{
            ColumnKind::{Metric, Param},
            State,
        },
    };
    let numbers =
        |of: fn(u32) -> u32| -> Vec<Of> { (0..75).map(|at| Of::N(f64::from(of(at)))).collect() };
    let mut columns = vec![
        column("params.yaml", "seed", Param, &numbers(|at| at)),
        column("params.yaml", "C", Param, &numbers(|at| at % 25)),
    ];
    for at in 0..n_metrics {
        let name = format!("test.score{at}");
        columns.push(column("metrics.json", &name, Metric, &numbers(|at| at)));
    }
    let run = |at: usize| revision(&format!("run-{at}"), None, State::Ok);
    Report {
        revisions: (0..75).map(run).collect(),
        columns,
        ..Report::default()
    }
}

#[test]
fn nested_metrics_are_drawn_unasked_against_what_is_no_seed() {
    let few = html_of(nested(2), "#/plots", Lang::En).replace("<!>", "");
    assert!(few.contains("By C<"), "{few}");
    assert_eq!(few.matches("<figure").count(), 2, "{few}");
    assert!(!few.contains("metrics are drawn"));
    let many = html_of(nested(15), "#/plots", Lang::Es).replace("<!>", "");
    assert_eq!(many.matches("<figure").count(), 12, "{many}");
    assert!(many.contains("Se dibujan 12 de 15 métricas"), "{many}");
    let seeds = html_of(nested(2), "#/plots?x=seed", Lang::En);
    assert!(seeds.contains("By seed<"));
}

#[test]
fn what_can_be_chosen_has_a_plot() {
    use crate::{
        analysis::testing::{Of, column},
        model::ColumnKind::Metric,
    };
    let mut report = nested(2);
    let once: Vec<Of> = (0..75)
        .map(|at| if at == 3 { Of::N(1.0) } else { Of::No })
        .collect();
    report
        .columns
        .push(column("metrics.json", "once", Metric, &once));
    let html = html_of(report, "#/plots", Lang::En);
    assert!(html.contains("value=\"score1\""), "{html}");
    assert!(!html.contains("value=\"once\""), "{html}");
}

#[test]
fn a_page_where_nothing_of_the_choice_can_be_drawn_says_so() {
    let html = html_of(nested(2), "#/plots?runs=run-3", Lang::En);
    assert!(!html.contains("<figure"), "one dot is no plot: {html}");
    assert!(html.contains("Of what is chosen there is nothing to draw here"));
}

#[test]
fn chosen_runs_are_always_listed_and_the_others_counted() {
    let html = html_of(nested(2), "#/plots?runs=run-70,run-2", Lang::En).replace("<!>", "");
    let listed: Vec<usize> = (0..75)
        .filter(|at| html.contains(&format!("<span>run-{at}</span>")))
        .collect();
    assert_eq!(listed.len(), 41, "{listed:?}");
    assert!(listed.contains(&70) && !listed.contains(&71));
    assert!(
        html.contains("34 more can be chosen in Experiments."),
        "{html}"
    );
    let all = html_of(nba_report::report(), "#/plots", Lang::En);
    assert!(!all.contains("can be chosen in Experiments"));
}

/// What dvclive wrote of one run, as its own files and by `dvc plots show`.
fn stated_twice() -> Report {
    use crate::model::{Curve, CurveKind, Revision, Series};
    let series = |artifact: &str, values: [f64; 3]| Series {
        revision: 0,
        name: "train/loss".to_owned(),
        artifact: artifact.to_owned(),
        steps: vec![0.0, 1.0, 2.0],
        values: values.to_vec(),
    };
    let curve = |kind, artifact: &str| Curve {
        revision: 0,
        kind,
        artifact: artifact.to_owned(),
        x: vec![0.0, 0.0, 0.5, 1.0],
        y: vec![0.0, 0.5, 1.0, 1.0],
        thresholds: Vec::new(),
    };
    Report {
        revisions: vec![Revision::default()],
        series: vec![
            series("loss.tsv", [0.9, f64::NAN, 0.25]),
            series("plots.json", [0.9, f64::NAN, 0.25]),
        ],
        curves: vec![
            curve(CurveKind::Roc, "roc.json"),
            curve(CurveKind::Roc, "plots.json"),
            curve(CurveKind::PrecisionRecall, "pr.json"),
        ],
        ..Report::default()
    }
}

#[test]
fn what_two_files_state_alike_is_one_line() {
    let mut report = stated_twice();
    let html = html_of(report.clone(), "#/plots", Lang::En).replace("<!>", "");
    assert_eq!(html.matches("<th scope=\"row\">").count(), 3, "{html}");
    if let Some(second) = report.series.get_mut(1) {
        second.values[2] = 0.5;
    }
    let differ = html_of(report, "#/plots", Lang::En).replace("<!>", "");
    assert_eq!(differ.matches("<th scope=\"row\">").count(), 4, "{differ}");
    assert!(differ.contains("(loss.tsv)</th>") && differ.contains("(plots.json)</th>"));
}

#[test]
fn below_curves_stand_areas_and_no_ends() {
    let html = html_of(stated_twice(), "#/plots", Lang::Es).replace("<!>", "");
    let (series, curves) = html.split_once("Curvas</h2>").unwrap();
    assert!(series.contains(">máximo<"));
    assert!(!curves.contains(">máximo<") && !curves.contains(">último<"));
    assert_eq!(curves.matches("área (trapecios)").count(), 1, "{curves}");
    assert!(curves.contains("0,8750"), "{curves}");
    // The title is above the lines, the highest of which is at the plot's upper end.
    let title = "<text x=\"0\" y=\"12\" class=\"plot-title\">tasa de verdaderos";
    assert!(curves.contains(title), "{curves}");
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

#[test]
fn runs_without_a_point_are_told_with_the_reason() {
    use crate::model::State;
    let mut report = nested(3);
    report.revisions[0].state = State::Failed("out of memory".to_owned());
    report.revisions[1].state = State::Queued;
    report.columns[1].cells.set(2, crate::model::Cell::Missing);
    report.columns[2].cells.set(3, crate::model::Cell::Missing);
    report.columns[2]
        .cells
        .set(4, crate::model::Cell::Number(f64::INFINITY));
    let english = html_of(report.clone(), "#/plots", Lang::En).replace("<!>", "");
    let of_all = "Not drawn: run-0 (failed); run-1 (queued); run-2 (no C).";
    assert_eq!(english.matches(of_all).count(), 1, "{english}");
    let of_one = "Not drawn: run-3 (no value); run-4 (no finite number).";
    assert_eq!(english.matches(of_one).count(), 1, "{english}");
    assert_eq!(english.matches("Not drawn").count(), 2);
    // One element stands beside the heading, so that the plots have the width.
    assert!(
        english.contains("</h2><div><p class=\"plots-note\">"),
        "{english}"
    );
    let spanish = html_of(report, "#/plots", Lang::Es).replace("<!>", "");
    assert!(spanish.contains("Sin dibujar: run-0 (fallida); run-1 (en cola); run-2 (sin C)."));
    let complete = html_of(nested(3), "#/plots", Lang::En);
    assert!(!complete.contains("Not drawn"), "{complete}");
}

#[test]
fn what_has_no_finite_number_has_no_axes() {
    let mut report = stated_twice();
    report.curves.clear();
    report.series.truncate(1);
    report.series[0].values = vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY];
    let html = html_of(report, "#/plots", Lang::En);
    assert!(
        html.contains("every value is infinite or not a number"),
        "{html}"
    );
    assert!(
        !html.contains("<svg") && html.contains("plot-table"),
        "{html}"
    );
}

#[test]
fn the_smallest_numbers_have_a_place() {
    let mut report = nested(1);
    for run in 0..75 {
        let tiny = crate::model::Cell::Number(f64::from_bits(1));
        report.columns[2].cells.set(run, tiny);
    }
    for address in ["#/plots", "#/plots?log=1"] {
        let html = html_of(report.clone(), address, Lang::En);
        assert!(html.contains("<circle") && !html.contains("NaN"), "{html}");
    }
}

#[test]
fn digits_gaps_and_metrics_without_a_number_are_told() {
    use crate::model::{Cell, TextKind};
    let mut report = stated_twice();
    report.curves.clear();
    report.series.truncate(1);
    report.series[0].values = vec![1e-6, f64::NAN, 0.25];
    let html = html_of(report, "#/plots", Lang::En).replace("<!>", "");
    assert!(
        html.contains(">1e−6<") && !html.contains(">0.0000<"),
        "{html}"
    );
    assert!(
        html.contains("Not drawn, as they are infinite or not a number: values of "),
        "{html}"
    );
    let mut report = nested(2);
    let name = report.column_names()[1].clone();
    for run in 0..75 {
        let text = Cell::Text(TextKind::Plain, "high");
        report.columns[1].cells.set(run, text);
    }
    let html = html_of(report, "#/plots", Lang::En);
    assert!(!html.contains(&format!("value=\"{name}\"")), "{html}");
}

#[test]
fn a_run_has_no_value_where_it_was_not_yet_or_is_no_more() {
    use super::{figures::Line, numbers::nearest_value};
    let line = |x: Vec<f64>| Line {
        run: 0,
        label: String::new(),
        style: String::new(),
        place: None,
        is_baseline: false,
        is_dots: false,
        y: x.iter().map(|it| it * 10.0).collect(),
        x,
    };
    let up = line(vec![2.0, 3.0, 5.0]);
    let found = [1.0, 2.0, 4.0, 5.0, 6.0].map(|x| nearest_value(&up, x));
    assert_eq!(found, [None, Some(20.0), Some(30.0), Some(50.0), None]);
    let down = line(vec![5.0, 3.0, 2.0]);
    let found = [1.0, 2.0, 5.0, 6.0].map(|x| nearest_value(&down, x));
    assert_eq!(found, [None, Some(20.0), Some(50.0), None]);
}
