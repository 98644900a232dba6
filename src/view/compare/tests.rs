use leptos::prelude::*;

use super::{compare_view, state::matches};
use crate::{
    analysis::testing::{Of, column, small},
    model::{ColumnKind, Lang, Report, Shared},
    route::Address,
    view::Page,
    words::metric::Heads,
};

fn render(report: Report, address: &str, lang: Lang) -> String {
    let owner = Owner::new();
    owner.set();
    let html = owner.with(|| {
        Page::provide(Shared::new(report), Address::parse(address), lang);
        crate::browser::markup::to_html(compare_view())
    });
    html.replace("<!>", "")
}

#[test]
fn a_baseline_without_a_name_has_words() {
    let mut report = small();
    let baseline = report.baseline.unwrap();
    report.revisions[baseline].name = Some("baseline".to_owned());
    let told = [Lang::En, Lang::Es].map(|it| render(report.clone(), "#/compare", it));
    assert!(told[0].contains(" against the baseline"));
    assert!(told[1].contains(" frente a la referencia"));
}

#[test]
fn paper_has_room_for_six_runs_and_says_so() {
    let mut report = small();
    for at in 0..6 {
        let mut more = report.revisions[2].clone();
        more.name = Some(format!("run-{at}"));
        report.revisions.push(more);
    }
    let n = report.revisions.len();
    for column in &mut report.columns {
        column.cells.grow(n);
    }
    report.current = Some(n - 1);
    let printed = |html: &str| {
        let heads = html.split("<th").filter(|it| it.contains("data-revision="));
        let printed = heads.filter(|it| !it.split('>').next().unwrap_or("").contains("no-print"));
        printed.count()
    };
    let address = "#/compare?runs=lush-coth,run-0,run-1,run-2,run-3,run-4,bold-newt,run-5";
    let html = render(report.clone(), address, Lang::En);
    assert_eq!(printed(&html), 7, "the baseline and six");
    assert!(html.contains("On paper, 6 of 8 runs"));
    let heads = html.split('<');
    let mut this_change = heads.filter(|it| it.contains("data-revision=\"run-5\""));
    let this_change = this_change.next().unwrap();
    assert!(!this_change.contains("no-print"), "{this_change}");
    let spanish = render(report.clone(), address, Lang::Es);
    assert!(spanish.contains("En papel, 6 de 8 ejecuciones"));
    let few = render(report, "#/compare?runs=lush-coth,run-0", Lang::En);
    assert_eq!(printed(&few), 3);
    assert!(!few.contains("On paper"));
}

#[test]
fn of_thousands_of_rows_the_first_are_drawn_and_the_current_one() {
    let mut report = small();
    for idx in 0..1000 {
        let cells = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0].map(Of::N);
        let name = format!("p{idx:04}");
        report
            .columns
            .push(column("z.yaml", &name, ColumnKind::Param, &cells));
    }
    let html = render(report.clone(), "#/compare", Lang::En);
    let n_rows = html.matches("id=\"line-").count();
    assert_eq!(n_rows, super::lines::MOST_DRAWN);
    let all = html.split("data-count=\"").nth(1).unwrap_or_default();
    let all: usize = all.split('"').next().unwrap_or("").parse().unwrap();
    assert!(
        html.contains(&format!("Show {} more rows", all - n_rows)),
        "{all}"
    );
    let far = render(report, "#/compare?metric=z.yaml:p0900", Lang::Es);
    assert!(row(&far, "z.yaml:p0900").is_some() && row(&far, "z.yaml:p0999").is_none());
    assert!(far.contains("filas más"));
}

#[test]
fn a_run_that_is_not_compared_is_told() {
    let html = render(small(), "#/compare?run=main&changed=maybe", Lang::En);
    assert!(html.contains("“run=main”, which means nothing here; it is left out"));
    assert!(html.contains("“changed=maybe”, which means nothing here; changed=1 is used"));
}

/// The row of a column.
fn row<'a>(html: &'a str, column: &str) -> Option<&'a str> {
    let start = format!("data-column=\"{column}\"");
    let row = html.split("<tr").find(|it| it.contains(&start))?;
    row.split("</tr>").next()
}

#[test]
fn revisions_are_columns_and_the_best_is_marked() {
    let html = render(small(), "#/compare", Lang::En);
    let heads: Vec<&str> = html
        .split("<th")
        .filter(|it| it.contains("data-revision="))
        .collect();
    let of = |name: &str| {
        heads
            .iter()
            .position(|it| it.contains(&format!("\"{name}\"")))
    };
    assert_eq!(
        (of("main"), of("topic")),
        (Some(0), Some(3)),
        "baseline first, this change last"
    );
    assert!(heads[0].contains("data-baseline"));
    assert!(html.contains("<caption") && html.contains("3 runs against main"));
    let accuracy = row(&html, "m.json:accuracy").unwrap();
    assert_eq!(
        accuracy.matches('★').count(),
        2,
        "sign, and the word for ears: {accuracy}"
    );
    assert!(accuracy.contains("▼") && accuracy.contains("−0.0400") && accuracy.contains(" worse"));
    let rmse = row(&html, "m.json:rmse").unwrap();
    assert!(
        rmse.contains("lower is better") && rmse.contains("−1.000") && rmse.contains(" better")
    );
    assert!(
        row(&html, "params.yaml:train.C")
            .unwrap()
            .contains("changed")
    );
}

#[test]
fn equal_rows_are_hidden_and_counted() {
    let mut report = small();
    let same = [Of::T("[1,2]"); 6];
    report
        .columns
        .push(column("params.yaml", "layers", ColumnKind::Param, &same));
    let html = render(report.clone(), "#/compare", Lang::En);
    assert!(html.contains("1 equal row hidden") && html.contains("4 rows that differ"));
    assert!(row(&html, "params.yaml:layers").is_none());
    let html = render(report, "#/compare?changed=0", Lang::Es);
    assert!(row(&html, "params.yaml:layers").unwrap().contains("igual"));
}

#[test]
fn rows_of_one_section_stand_under_its_name() {
    let mut report = small();
    report.columns.retain(|it| it.id.leaf() != "solver");
    let html = render(report.clone(), "#/compare?changed=0", Lang::En);
    assert!(!html.contains("cmp-section"), "one row needs no heading");
    let alone = row(&html, "params.yaml:train.C").unwrap();
    assert!(alone.contains(">train.<wbr>C<"), "{alone}");
    let cells = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0].map(Of::N);
    let other = column("params.yaml", "train.rate", ColumnKind::Param, &cells);
    report.columns.insert(1, other);
    let html = render(report, "#/compare?changed=0", Lang::En);
    assert_eq!(html.matches("cmp-section").count(), 1);
    assert!(html.contains(">train</span></th>"));
    let inside = row(&html, "params.yaml:train.C").unwrap();
    assert!(
        inside.contains("cmp-inside") && inside.contains(">C<"),
        "{inside}"
    );
}

#[test]
fn rows_have_the_names_and_explanations_of_the_team() {
    let mut report = small();
    report.settings.names = vec![("rmse".into(), Lang::Es, "días de error".into())];
    report.settings.explanations = vec![("rmse".into(), Lang::Es, "menos es mejor".into())];
    let html = render(report.clone(), "#/compare", Lang::Es);
    let rmse = row(&html, "m.json:rmse").unwrap();
    assert!(
        rmse.contains(">Días de error<") && rmse.contains(">menos es mejor<"),
        "{rmse}"
    );
    assert!(rmse.contains("title=\"m.json:rmse"), "{rmse}");
    assert!(
        row(
            &render(report.clone(), "#/compare", Lang::En),
            "m.json:rmse"
        )
        .unwrap()
        .contains(">rmse<")
    );
    // A search finds what is read, and what files call it.
    let heads = Heads::new(&report, Lang::Es);
    for (search, is_found) in [("DÍAS", true), ("json:rm", true), ("accuracy", false)] {
        assert_eq!(matches(&report, &heads, 3, search), is_found, "{search}");
    }
}

#[test]
fn a_link_keeps_baseline_runs_and_row() {
    let html = render(
        small(),
        "#/compare?base=topic&runs=bold-newt,gone&metric=rmse",
        Lang::En,
    );
    assert!(html.contains("One run against topic"));
    assert!(html.contains("The link names a row “gone”; this report has no such row."));
    assert!(
        row(&html, "m.json:rmse")
            .unwrap()
            .contains("aria-current=\"true\"")
    );
    assert!(html.contains("difference 4 of 4"));
}

#[test]
fn a_single_row_has_nothing_to_be_compared_with() {
    let mut report = small();
    report.revisions.truncate(1);
    report.current = Some(0);
    for column in &mut report.columns {
        column.cells = crate::model::Cells::from_numbers([Some(1.0)]);
    }
    let html = render(report, "#/compare", Lang::En);
    assert!(html.contains("nothing to compare it with"));
    let html = render(
        Report::default(),
        "#/compare?runs=a&base=b&metric=c",
        Lang::Es,
    );
    assert!(html.contains("no hay con qué compararla"));
}

#[test]
fn texts_of_artifacts_are_never_markup() {
    let mut report = small();
    report.revisions[1].name = Some("<img src=x>".into());
    report.columns[0].id.path = vec!["<script>".into()];
    let html = render(report, "#/compare?runs=%3Cscript%3E", Lang::En);
    assert!(!html.contains("<img") && !html.contains("<script"));
}

#[test]
fn search_and_shown_run_are_in_the_address() {
    let of = |address: &str| render(small(), address, Lang::En);
    let (all, some) = (of("#/compare"), of("#/compare?q=rms"));
    assert!(row(&all, "m.json:accuracy").is_some() && row(&all, "m.json:rmse").is_some());
    assert!(row(&some, "m.json:accuracy").is_none() && row(&some, "m.json:rmse").is_some());
    // The one run that a narrow screen has room for.
    let is_wide_only = |html: &str, run: &str| {
        let (head, _) = html
            .split_once(&format!("data-revision=\"{run}\""))
            .unwrap();
        let (_, tag) = head.rsplit_once("<th").unwrap();
        let (_, rest) = html
            .split_once(&format!("data-revision=\"{run}\""))
            .unwrap();
        (tag.to_owned() + rest.split('>').next().unwrap()).contains("only-wide")
    };
    let html = of("#/compare?runs=lush-coth,bold-newt&run=lush-coth");
    assert!(!is_wide_only(&html, "lush-coth") && is_wide_only(&html, "bold-newt"));
    let html = of("#/compare?runs=lush-coth,bold-newt");
    assert!(is_wide_only(&html, "lush-coth") && !is_wide_only(&html, "bold-newt"));
}

#[test]
fn what_a_link_names_and_is_gone_is_told_with_the_nearest() {
    let address = "#/compare?metric=acuracy&run=late-hoa&runs=bold-newt,lush-cot";
    let html = render(small(), address, Lang::En);
    assert_eq!(html.matches("xp-gone").count(), 3);
    for (name, there) in [
        (
            "accuracy",
            "metric=accuracy&amp;run=late-hoa&amp;runs=bold-newt,lush-cot",
        ),
        (
            "late-hoar",
            "metric=acuracy&amp;run=late-hoar&amp;runs=bold-newt,lush-cot",
        ),
        (
            "lush-coth",
            "metric=acuracy&amp;run=late-hoa&amp;runs=bold-newt,lush-coth",
        ),
    ] {
        let link = format!("href=\"#/compare?{there}\">Use {name} instead");
        assert!(html.contains(&link), "{link} in {html}");
    }
}

#[test]
fn a_run_without_a_result_says_so_in_its_head() {
    let mut report = small();
    let runs = [2, 4, 5].map(|run| report.revision_keys()[run].clone());
    let address = format!("#/compare?runs={}", runs.join(","));
    let html = render(report.clone(), &address, Lang::En);
    let head = html.split("</thead>").next().unwrap_or_default();
    assert!(head.contains("data-state=\"failed\"") && head.contains("data-state=\"queued\""));
    assert_eq!(head.matches("state-mark").count(), 2, "{head}");
    report.revisions[4].state = crate::model::State::Failed("out of memory\nline 2".to_owned());
    let told = render(report, &address, Lang::Es);
    assert!(
        told.contains("<pre class=\"menu-list\">out of memory\nline 2</pre>"),
        "{told}"
    );
    assert!(
        told.contains("(fallido)</option>"),
        "on narrow screens: {told}"
    );
}

#[test]
fn what_is_copied_is_what_is_seen() {
    let report = small();
    let address = Address::parse("#/compare?base=main&runs=bold-newt");
    let state = super::state::State::read(&address, &report);
    let sheet = super::export::sheet(&report, &state, "", Lang::En);
    let markdown = sheet.to_markdown();
    for line in [
        "| params.yaml:train.C | 10 | 30 (changed) |",
        "| m.json:accuracy | ★ 0.5300 | 0.5200 (▼ −0.0100 worse) |",
        "| m.json:rmse | 3.5000 | ★ 2.5000 (▼ −1.0000 better) |",
    ] {
        let line = line.replace('_', "\\_");
        assert!(markdown.contains(&line), "{line} is not in {markdown}");
    }
    assert_eq!(markdown.lines().nth(1), Some("| --- | ---: | ---: |"));
    let csv = sheet.to_csv();
    assert!(
        csv.starts_with("key,main,bold-newt,bold-newt difference\r\n"),
        "{csv}"
    );
    assert!(csv.contains("m.json:rmse,3.5,2.5,-1\r\n"), "{csv}");
    let json = sheet.to_json();
    assert!(
        json.contains("\"bold-newt\": 30, \"bold-newt difference\": 20}"),
        "{json}"
    );
    // What one side lacks, though it states others of the file, is new or gone.
    let mut report = report;
    let sizes = [Of::N(1.0), Of::No, Of::No, Of::No, Of::No, Of::No];
    let kind = crate::model::ColumnKind::Param;
    report
        .columns
        .push(column("params.yaml", "size", kind, &sizes));
    for (address, line) in [
        (
            "#/compare?base=main&runs=bold-newt",
            "| params.yaml:size | 1 | – (gone) |",
        ),
        (
            "#/compare?base=bold-newt&runs=main",
            "| params.yaml:size | – | 1 (new) |",
        ),
    ] {
        let state = super::state::State::read(&Address::parse(address), &report);
        let text = super::export::sheet(&report, &state, "", Lang::En).to_markdown();
        assert!(text.contains(line), "{line} is not in {text}");
    }
    let address = Address::parse("#/compare?base=main&runs=dead-rust");
    let state = super::state::State::read(&address, &report);
    let failed = super::export::sheet(&report, &state, "", Lang::Es).to_markdown();
    assert!(failed.contains("| dead-rust (fallido) |"), "{failed}");
}
