use leptos::prelude::*;
use proptest::prelude::{ProptestConfig, Strategy as _, prop, prop_oneof, proptest};

use super::experiments_view;
use crate::{
    analysis::testing::{Of, column, revision, small},
    model::{Cell, ColumnKind, Lang, Report, RevisionKind, Shared, State},
    route::{Address, View},
    view::{Page, session::Session},
};

/// The view as HTML, without the markers that Leptos leaves between its parts.
fn render(report: Report, address: &str, lang: Lang) -> String {
    let owner = Owner::new();
    owner.set();
    let html = owner.with(|| {
        Page::provide(Shared::new(report), Address::parse(address), lang);
        Session::provide(true, Vec::new(), None);
        crate::browser::markup::to_html(experiments_view())
    });
    html.replace("<!>", "")
}

/// The opening tags that have a text in them.
fn tags<'a>(html: &'a str, part: &str) -> Vec<&'a str> {
    html.split('<').filter(|tag| tag.contains(part)).collect()
}

/// The values of an attribute, in order.
fn values(html: &str, attribute: &str) -> Vec<String> {
    let start = format!("{attribute}=\"");
    let rest = html.split(&start).skip(1);
    rest.filter_map(|it| Some(it.split_once('"')?.0.to_owned()))
        .collect()
}

#[test]
fn the_grid_keeps_the_contract() {
    let html = render(small(), "#/experiments", Lang::En);
    let table = tags(&html, "id=\"table\"");
    assert_eq!(table.len(), 1);
    for part in ["role=\"treegrid\"", "aria-rowcount=\"7\"", "tabindex=\"0\""] {
        assert!(table[0].contains(part), "{part} in {}", table[0]);
    }
    assert!(html.contains("<caption"));
    assert_eq!(
        values(&html, "data-revision"),
        [
            "main",
            "topic",
            "lush-coth",
            "bold-newt",
            "dead-rust",
            "late-hoar"
        ],
        "the baseline first, each row once"
    );
    assert_eq!(tags(&html, "data-baseline").len(), 1);
    assert!(tags(&html, "data-baseline")[0].contains("data-revision=\"main\""));
    let count = tags(&html, "id=\"count\"");
    assert!(
        count[0].starts_with("output") && count[0].contains("data-count=\"6\""),
        "{count:?}"
    );
    let filter = tags(&html, "id=\"filter\"");
    assert!(filter[0].starts_with("input") && filter[0].contains("type=\"search\""));
    assert!(filter[0].contains("aria-label=\"Filter experiments\""));
    let heads = tags(&html, "role=\"columnheader\"");
    assert!(heads.iter().all(|it| it.contains("aria-sort=\"none\"")));
    let ids: Vec<String> = heads
        .iter()
        .flat_map(|it| values(it, "data-column"))
        .collect();
    assert_eq!(
        ids,
        [
            "name",
            "state",
            "params.yaml:train.C",
            "params.yaml:train.solver",
            "m.json:accuracy",
            "m.json:rmse"
        ]
    );
    assert!(html.contains("data-column=\"m.json:accuracy\" data-value=\"0.53\""));
}

#[test]
fn a_failed_run_gives_its_reason_and_no_metrics() {
    let html = render(small(), "#/experiments?sort=-accuracy", Lang::En);
    let rows: Vec<&str> = html
        .split("<tr")
        .filter(|it| it.contains("data-revision"))
        .collect();
    let last = rows.last().unwrap();
    assert!(
        last.contains("data-revision=\"dead-rust\""),
        "failed runs come last"
    );
    assert!(
        last.contains("did not converge") && !last.contains("0.99"),
        "{last}"
    );
    let queued = rows.iter().find(|it| it.contains("late-hoar")).unwrap();
    assert!(queued.contains("waits for its turn"), "{queued}");
    let sorted = tags(&html, "data-column=\"m.json:accuracy\"");
    assert!(
        sorted[0].contains("aria-sort=\"descending\""),
        "{}",
        sorted[0]
    );
    assert!(html.contains("tree flattened"));
    assert!(
        html.contains("on topic"),
        "a sorted row says what it started from"
    );
}

#[test]
fn a_filter_is_counted_and_its_error_explained() {
    let html = render(small(), "#/experiments?where=coth", Lang::En);
    assert!(html.contains("data-count=\"1\"") && html.contains("aria-rowcount=\"2\""));
    assert_eq!(
        values(&html, "data-revision"),
        ["main", "lush-coth"],
        "the baseline stays"
    );
    assert!(html.contains("Filter hides 5"));
    let html = render(small(), "#/experiments?where=acuracy%20%3E%201", Lang::En);
    assert!(html.contains("data-count=\"6\"") && html.contains("aria-invalid=\"true\""));
    assert_eq!(
        html.matches("<mark>acuracy</mark>").count(),
        1,
        "in the field"
    );
    assert!(html.contains("Did you mean accuracy?"));
    let long = "accuracy%20%3E%200.1%20and%20accuracy%20%3C%20%22a%22%20and%20rmse%20%3E%201";
    let html = render(small(), &format!("#/experiments?where={long}"), Lang::En);
    assert_eq!(
        html.matches("<mark>").count(),
        2,
        "and below it, where it may be hidden"
    );
}

#[test]
fn differences_have_sign_arrow_and_word() {
    let html = render(small(), "#/experiments?mode=abs", Lang::En);
    let cell = |revision: &str, column: &str| {
        let row = html
            .split("<tr")
            .find(|it| it.contains(&format!("data-revision=\"{revision}\"")));
        let mut cells = row.unwrap().split("<td");
        cells.find(|it| it.contains(column)).unwrap().to_owned()
    };
    let worse = cell("topic", "m.json:accuracy");
    assert!(
        worse.contains("▼") && worse.contains("−0.0400") && worse.contains(" worse"),
        "{worse}"
    );
    let better = cell("bold-newt", "m.json:rmse");
    assert!(
        better.contains("▼") && better.contains("−1.000") && better.contains(" better"),
        "{better}"
    );
    assert!(cell("topic", "m.json:rmse").contains("same"));
    assert!(html.contains("lower is better"), "said in the head");
    let relative = render(small(), "#/experiments?mode=rel", Lang::Es);
    assert!(
        relative.contains("−7,55\u{a0}%") && relative.contains(" peor"),
        "{relative}"
    );
}

#[test]
fn a_link_to_a_row_opens_its_details() {
    let html = render(
        small(),
        "#/experiments?row=lush-coth&sel=lush-coth",
        Lang::En,
    );
    assert!(html.contains("data-details=\"lush-coth\""));
    let named = "2 parameters away from main:<b> C 10 → 5; solver lbfgs → saga</b>";
    assert!(html.contains(named), "{html}");
    assert!(html.contains("--run: var(--run-1)"));
    let html = render(small(), "#/experiments?row=lush-cot", Lang::En);
    assert!(html.contains("no such row") && html.contains("Use lush-coth instead"));
    assert!(!html.contains("data-details"));
}

#[test]
fn a_value_is_of_the_artifacts_that_are_about_its_run() {
    use crate::model::{ArtifactRecord, Source, Stored};
    let mut report = small();
    let of = |path: &str, revision| ArtifactRecord {
        path: path.to_owned(),
        n_bytes: 1,
        sha256: String::new(),
        reader: None,
        revision,
        media_type: String::new(),
        stored: Stored::Nowhere,
    };
    report.artifacts = vec![of("exp-show.json", None), of("m.json", Some(1))];
    for column in &mut report.columns {
        column.sources = ["exp-show.json", "m.json"]
            .map(|artifact| Source {
                artifact: artifact.to_owned(),
                reader: "test".to_owned(),
            })
            .to_vec();
    }
    let details = |row: &str| {
        let html = render(
            report.clone(),
            &format!("#/experiments?row={row}"),
            Lang::En,
        );
        html.split("data-details").nth(1).unwrap().to_owned()
    };
    let both = "m.json:accuracy (exp-show.json, m.json)";
    assert!(details("topic").contains(both));
    let other = details("lush-coth");
    assert!(!other.contains(both) && other.contains("m.json:accuracy (exp-show.json)"));
    assert!(!other.contains("<code>m.json</code>"), "{other}");
}

#[test]
fn texts_of_artifacts_are_never_markup() {
    let mut report = small();
    report.revisions[2].name = Some("<img src=x onerror=alert(1)>".into());
    report.revisions[4].state = crate::model::State::Failed("<script>alert(1)</script>".into());
    report.columns[0].id.path = vec!["<u>".into()];
    let html = render(report, "#/experiments?mode=abs&row=dead-rust", Lang::Es);
    assert!(!html.contains("<img") && !html.contains("<script") && !html.contains("<u>"));
}

#[test]
fn a_long_table_draws_only_what_is_seen() {
    let mut report = small();
    for idx in 0..5000 {
        let name = format!("run-{idx}");
        report.revisions.push(crate::analysis::testing::revision(
            &name,
            Some(1),
            Default::default(),
        ));
    }
    for column in &mut report.columns {
        column.cells.grow(5006);
    }
    let html = render(report, "#/experiments", Lang::En);
    assert!(html.contains("aria-rowcount=\"5007\"") && html.contains("data-count=\"5006\""));
    let n_drawn = values(&html, "data-revision").len() - 1;
    let note = format!("Not printed: 4,{} more rows.", 1005 - n_drawn);
    assert!(html.contains(&note), "{note}");
    assert!(values(&html, "data-revision").len() < 60);
}

/// Columns of a report that has very many, all chosen.
fn wide(n_columns: usize) -> (Report, String) {
    let mut report = small();
    let cells = [
        Of::N(1.0),
        Of::T("x"),
        Of::N(f64::NAN),
        Of::N(f64::INFINITY),
    ];
    for idx in 0..n_columns {
        let mut more = column("p.yaml", &format!("k{idx}"), ColumnKind::Param, &cells);
        more.cells.grow(report.revisions.len());
        report.columns.push(more);
    }
    let ids: Vec<String> = report.columns.iter().map(|it| it.id.full()).collect();
    let address = Address::new(View::Experiments).with_list("cols", &ids);
    (report, address.to_fragment())
}

#[test]
fn of_2000_columns_those_are_drawn_that_are_seen() {
    let (report, address) = wide(2000);
    let html = render(report, &address, Lang::En);
    assert!(html.contains("aria-colcount=\"2006\""));
    assert_eq!(
        tags(&html, "role=\"columnheader\"").len(),
        2006,
        "heads can be found"
    );
    assert_eq!(html.matches("<col ").count(), 2006, "each has a width");
    let row = html
        .split("<tr")
        .find(|it| it.contains("data-revision=\"topic\""));
    let row = row.unwrap();
    assert!(
        row.matches("<td").count() < 40,
        "{}",
        row.matches("<td").count()
    );
    // Every cell says which one it is, and what is left out takes its room.
    assert!(row.contains("aria-colindex=\"3\""));
    let left_out = values(row, "colspan");
    assert_eq!(left_out.len(), 1);
    let n_drawn = row.matches("aria-colindex").count();
    assert_eq!(left_out[0], (2004 - n_drawn).to_string());
}

#[test]
fn numbers_that_are_none_are_written_and_sorted_last() {
    let (report, _) = wide(1);
    let html = render(report, "#/experiments?cols=k0&sort=-k0", Lang::En);
    let shown: Vec<&str> = tags(&html, "data-column=\"p.yaml:k0\"")
        .into_iter()
        .filter(|it| it.starts_with("td"))
        .map(|it| it.split_once('>').unwrap().1)
        .collect();
    // The baseline, then text, infinity and NaN, then what is missing; the failed run comes last.
    assert_eq!(shown, ["1", "x", "∞", "NaN", "–", "–"]);
}

#[test]
fn a_text_of_100_kb_is_cut_in_the_table() {
    let mut report = small();
    let long: &'static str = Box::leak("é".repeat(50_000).into_boxed_str());
    let cells = [Of::T(long), Of::T("b"), Of::T(long)];
    let mut more = column("p.yaml", "note", ColumnKind::Param, &cells);
    more.cells.grow(report.revisions.len());
    report.columns.push(more);
    let html = render(report, "#/experiments", Lang::En);
    let of_row = html
        .split("<tr")
        .find(|it| it.contains("data-revision=\"lush-coth\""));
    let of_row = of_row.unwrap();
    assert!(of_row.contains(&format!("{}…<", "é".repeat(100))));
    // Whole for programs, cut for the pointer.
    assert_eq!(
        values(of_row, "data-value").iter().map(String::len).max(),
        Some(100_000)
    );
    assert!(values(of_row, "title").iter().all(|it| it.len() < 2100));
    // What sticks out of a cell is hidden; what fits costs the browser no clip.
    let cells: Vec<&str> = of_row.split("<td").collect();
    let class = |column: &str| {
        let cell = cells.iter().find(|it| it.contains(column)).unwrap();
        values(cell, "class").swap_remove(0)
    };
    assert!(class("p.yaml:note").contains("cut"));
    assert!(!class("params.yaml:train.C").contains("cut"));
}

#[test]
fn rows_of_one_name_and_one_time_are_told_apart() {
    let mut report = small();
    for revision in &mut report.revisions {
        revision.name = Some("twin".to_owned());
        revision.created = Some("2026-01-05T08:04:36".to_owned());
        revision.state = State::Ok;
    }
    let html = render(report, "#/experiments?sort=-created,name", Lang::En);
    let keys = values(&html, "data-revision");
    let in_order = ["twin", "twin~2", "twin~3", "twin~4", "twin~5", "twin~6"];
    assert_eq!(keys, in_order, "in the report's order");
    let html = render(small(), "#/experiments?sort=created", Lang::En);
    assert_eq!(values(&html, "data-revision").last().unwrap(), "dead-rust");
}

#[test]
fn when_and_by_whom_are_columns_too() {
    let mut report = small();
    let made = ["2026-01-05T08:04:36", "2026-01-03T23:00:00"];
    for (revision, made) in report.revisions.iter_mut().skip(2).zip(made) {
        revision.created = Some(made.to_owned());
        revision.executor = Some("dvc-task".to_owned());
    }
    let shown = "#/experiments?cols=created,params.yaml%3Atrain.C,executor";
    let html = render(report.clone(), shown, Lang::En);
    let head = html.split("<tbody").next().unwrap();
    let columns = values(head, "data-column");
    let expected = [
        "name",
        "state",
        "created",
        "params.yaml:train.C",
        "executor",
    ];
    assert_eq!(columns, expected);
    assert!(html.contains(">5 Jan 2026, 08:04<"), "{html}");
    assert!(html.contains("data-value=\"2026-01-05T08:04:36\""));
    assert!(html.contains(">dvc-task<"));
    // Both ways; who has no time comes last in each.
    for (sort, first) in [("created", 3), ("-created", 2), ("-executor,created", 3)] {
        let html = render(report.clone(), &format!("{shown}&sort={sort}"), Lang::Es);
        let keys = values(&html, "data-revision");
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let known: Vec<String> = report.revision_keys();
        let listed = keys
            .iter()
            .filter(|it| known[2..4].iter().any(|key| key == *it));
        assert_eq!(
            **listed.clone().next().unwrap(),
            *known[first],
            "{sort}: {keys:?}"
        );
    }
}

#[test]
fn a_scatter_stands_over_a_parameter_that_results_were_got_with() {
    let mut report = small();
    // Only the runs without a result have another one; who has, has several solvers.
    let ok = |row: usize| report.revisions[row].state == State::Ok;
    let tried: Vec<bool> = (0..report.revisions.len()).map(ok).collect();
    let of = |value: &dyn Fn(usize) -> f64| -> Vec<Of> {
        (0..tried.len()).map(|row| Of::N(value(row))).collect()
    };
    let depth = of(&|row| if tried[row] { 3.0 } else { 9.0 });
    let width = of(&|row| row as f64);
    report.columns.truncate(0);
    for (key, kind, values) in [
        ("depth", ColumnKind::Param, &depth),
        ("width", ColumnKind::Param, &width),
        ("accuracy", ColumnKind::Metric, &width),
    ] {
        report.columns.push(column("m.json", key, kind, values));
    }
    let x = |report: &Report| {
        let html = render(report.clone(), "#/experiments", Lang::En);
        let select = html.split("xp-figure-head").nth(1).unwrap();
        let select = select.split("</select>").next().unwrap().to_owned();
        let chosen = tags(&select, " selected");
        values(chosen[0], "value")
    };
    assert_eq!(x(&report), ["1"]);
    // Where all runs have a result, the first.
    for revision in &mut report.revisions {
        revision.state = State::Ok;
    }
    assert_eq!(x(&report), ["0"]);
}

#[test]
fn a_scatter_of_few_points_is_elements_and_of_many_is_painted() {
    let mut report = small();
    let circles = |html: &str| {
        html.split("class=\"xp-plot\"")
            .nth(1)
            .unwrap()
            .matches("<circle")
            .count()
    };
    let html = render(report.clone(), "#/experiments", Lang::En);
    assert_eq!(circles(&html), 4, "who has both numbers");
    assert!(
        html.contains("4 points; C from 5 to 120, accuracy from 0.49 to 0.53."),
        "{html}"
    );
    assert!(html.contains("role=\"option\"") && html.contains("main: C 10, accuracy 0.53"));
    for idx in 0..1000 {
        let name = format!("run-{idx}");
        report.revisions.push(revision(&name, Some(1), State::Ok));
        for column in &mut report.columns {
            column.cells.push(Cell::Number(f64::from(idx)));
        }
    }
    let html = render(report, "#/experiments?sel=run-7", Lang::En);
    assert_eq!(circles(&html), 3, "baseline, this change, what is selected");
    assert!(html.contains("1,004 points"));
}

#[test]
fn an_empty_report_is_a_table_without_rows() {
    let html = render(
        Report::default(),
        "#/experiments?sort=-x&where=a&row=b&cols=c",
        Lang::Es,
    );
    assert!(html.contains("data-count=\"0\""));
}

/// Values of keys as strangers write them, and as this page does.
fn any_value() -> impl proptest::strategy::Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "topic",
        "-accuracy",
        "params.yaml:train.C",
        "-C",
        "C > 5",
        "abs",
        "0",
        "lush-coth,,main",
        "C,accuracy",
        "-",
        ",",
        "~",
        "99999999999999999999",
        "solver in (saga)",
        "(",
        "Δ",
    ]);
    prop_oneof![known.prop_map(str::to_owned), "\\PC{0,12}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    /// Whatever stands behind `#` is a view, never a panic; what means nothing is told.
    #[test]
    fn any_fragment_is_a_view(
        values in prop::collection::vec((prop::sample::select(crate::route::View::Experiments.keys()), any_value()), 0..6),
    ) {
        let mut address = Address::new(crate::route::View::Experiments);
        for (key, value) in values {
            address = match value.contains(',') {
                true => address.with_list(key, &value.split(',').collect::<Vec<_>>()),
                false => address.with(key, Some(&value)),
            };
        }
        let html = render(small(), &address.to_fragment(), Lang::En);
        assert!(html.contains("id=\"filter\""));
        let unknown = address.get("row").filter(|row| small().find_revision(row).is_none());
        assert!(unknown.is_none() || html.contains("this report has no such row"), "{html}");
    }
}

#[test]
fn runs_are_grouped_by_what_they_share() {
    let html = render(small(), "#/experiments?group=-solver&base=main", Lang::En);
    assert!(html.contains("role=\"treegrid\""));
    assert!(tags(&html, "id=\"table\"").is_empty());
    assert_eq!(values(&html, "data-group"), ["1", "1", "1", "1", "1", "1"]);
    assert!(html.contains("Grouped by all but solver"));
    let html = render(small(), "#/experiments?group=solver&mode=abs", Lang::Es);
    assert_eq!(values(&html, "data-group"), ["3", "1", "1", "1"]);
    assert!(html.contains("desviación típica"), "{html}");
}

#[test]
fn a_group_says_all_its_figures_in_one_unit() {
    let cell_of = |report: Report, base: &str, mode: &str| {
        let address = format!("#/experiments?group=solver&base={base}&mode={mode}");
        let html = render(report, &address, Lang::En);
        let group = html.split("data-group=\"3\"").nth(1).unwrap();
        let cell = group
            .split("data-column=\"m.json:accuracy\"")
            .nth(1)
            .unwrap();
        let cell = cell.split("</td>").next().unwrap();
        let cell = cell.split_once('>').unwrap().1;
        let mut text = String::new();
        let mut is_tag = false;
        for char in cell.chars() {
            match char {
                '<' => is_tag = true,
                '>' => is_tag = false,
                char if !is_tag => text.push(char),
                _ => {}
            }
        }
        text
    };
    let cell = |mode: &str| cell_of(small(), "main", mode);
    assert_eq!(cell("value"), "0.5100 ± 0.028 0.4900–0.5300 (2 of 3)");
    assert_eq!(cell("abs"), "▼−0.0200 worse ± 0.028 −0.0400 … 0 (2 of 3)");
    assert_eq!(
        cell("rel"),
        "▼−3.77\u{a0}% worse ± 5.34\u{a0}% −7.55\u{a0}% … 0 (2 of 3)"
    );
    // A mean that is the baseline's value is not "the same" with a deviation.
    let with = |accuracies: [f64; 4]| {
        let mut report = small();
        let cells = accuracies.iter().map(|it| Some(*it)).chain([None; 2]);
        report.columns[2].cells = crate::model::Cells::from_numbers(cells);
        cell_of(report, "bold-newt", "rel")
    };
    let even = with([0.5, 0.25, 0.5, 0.375]);
    assert!(even.starts_with("0 ± 47.14\u{a0}% −33.33"), "{even}");
    // Nor is a deviation that is not nothing.
    let near = with([0.5, 0.500_000_000_001, 0.5, 0.5]);
    assert!(!near.contains("± 0.0\u{a0}%"), "{near}");
}

#[test]
fn heads_have_the_names_and_explanations_of_the_team() {
    let mut report = small();
    report.settings.names = vec![
        ("rmse".into(), Lang::En, "days <off>".into()),
        ("train.C".into(), Lang::En, "strictness".into()),
    ];
    let meaning = "how far guesses are from the day of delivery";
    report.settings.explanations = vec![("m.json:rmse".into(), Lang::En, meaning.into())];
    let html = render(report.clone(), "#/experiments", Lang::En);
    let head = |html: &str, column: &str| {
        let start = format!("data-column=\"{column}\"");
        let head = html.split("<th").find(|it| it.contains(&start)).unwrap();
        head.split("</th>").next().unwrap().to_owned()
    };
    // Only the last level: sections and files stay above.
    assert!(html.contains(">train</th>") && html.contains(">params.yaml</th>"));
    assert!(head(&html, "params.yaml:train.C").contains(">Strictness<"));
    assert!(head(&html, "params.yaml:train.solver").contains(">solver<"));
    let rmse = head(&html, "m.json:rmse");
    assert!(
        rmse.contains(">Days &lt;off><") || rmse.contains(">Days &lt;off&gt;<"),
        "{rmse}"
    );
    assert!(
        rmse.contains(&format!("title=\"{meaning}\nm.json:rmse\"")),
        "{rmse}"
    );
    // The other language has no name for it.
    let spanish = render(report.clone(), "#/experiments", Lang::Es);
    assert!(head(&spanish, "m.json:rmse").contains(">rmse<"));
    // The badge, the details and the groups say the same.
    let html = render(
        report.clone(),
        "#/experiments?sort=rmse&row=topic",
        Lang::En,
    );
    assert!(html.contains("by Days &lt;off"), "{html}");
    let details = html.split("class=\"panel xp-panel").nth(1).unwrap();
    assert!(
        details.contains(">rmse<span class=\"sub\">Days &lt;off"),
        "{details}"
    );
    let html = render(report, "#/experiments?group=train.C", Lang::En);
    assert!(head(&html, "params.yaml:train.C").contains(">Strictness<"));
}

#[test]
fn a_filter_knows_the_names_that_heads_show() {
    let mut report = small();
    report.settings.names = vec![("rmse".into(), Lang::Es, "días de error".into())];
    let shown = |place: &str, lang: Lang| {
        let html = render(report.clone(), place, lang);
        let error = html.split("id=\"filter-error\"").nth(1).unwrap();
        assert!(!error[..60].contains("rmse"), "{error:.400}");
        values(&html, "data-revision")
    };
    let by_key = shown("#/experiments?where=rmse%20%3C%203", Lang::En);
    assert!(by_key.contains(&"bold-newt".to_owned()) && !by_key.contains(&"topic".to_owned()));
    // A link means the same in the other language.
    let by_name = "#/experiments?where=%22D%C3%ADas%20de%20error%22%20%3C%203";
    for lang in [Lang::En, Lang::Es] {
        assert_eq!(shown(by_name, lang), by_key);
    }
}

#[test]
fn points_on_each_other_are_told() {
    let mut report = small();
    // The last experiment agrees with the one before it.
    report.columns[0] = column(
        "params.yaml",
        "train.C",
        ColumnKind::Param,
        &[
            Of::N(10.0),
            Of::N(120.0),
            Of::N(30.0),
            Of::N(30.0),
            Of::N(300.0),
            Of::N(200.0),
        ],
    );
    let page = |report: Report, address: &str, lang| {
        let html = render(report, address, lang);
        let point = html.split("id=\"xp-point\"").nth(1).unwrap().to_owned();
        point.split("</div>").next().unwrap().to_owned()
    };
    let point = page(
        report.clone(),
        "#/experiments?y=accuracy&base=lush-coth",
        Lang::En,
    );
    assert!(point.ends_with("(and 1 more here)"), "{point}");
    let point = page(
        report.clone(),
        "#/experiments?y=accuracy&base=lush-coth",
        Lang::Es,
    );
    assert!(point.ends_with("(y 1 más aquí)"), "{point}");
    let point = page(report, "#/experiments?y=accuracy", Lang::En);
    assert!(!point.contains("more here"), "main lies alone: {point}");
}

#[test]
fn what_is_in_the_baseline_is_folded_there() {
    let html = render(small(), "#/experiments?base=topic", Lang::En);
    let frozen = tags(&html, "data-baseline");
    assert!(frozen[0].contains("aria-level=\"1\"") && frozen[0].contains("aria-expanded=\"true\""));
    let run = tags(&html, "data-revision=\"lush-coth\"");
    assert!(run[0].contains("aria-level=\"2\""), "{}", run[0]);
    assert_eq!(tags(&html, "xp-fold").len(), 1, "in the frozen row");
    let flat = render(small(), "#/experiments?base=topic&sort=name", Lang::En);
    assert!(flat.contains("role=\"grid\"") && !flat.contains("aria-level"));
}

#[test]
fn a_row_says_what_it_is_and_how_far_it_got() {
    let html = render(small(), "#/experiments?row=lush-coth", Lang::Es);
    assert_eq!(tags(&html, "title=\"rama o etiqueta\"").len(), 2);
    assert_eq!(tags(&html, "title=\"experimento\"").len(), 4);
    assert!(html.contains("<p class=\"xp-kind\">experimento"));
    let marks = tags(&html, "xp-mark");
    assert_eq!(values(&marks.join(" "), "title"), ["fallido", "en cola"]);
}

#[test]
fn heads_of_pinned_columns_stay_with_them() {
    let html = render(small(), "#/experiments?pin=solver,rmse", Lang::En);
    let groups = tags(&html, "scope=\"colgroup\"");
    let pins: Vec<bool> = groups.iter().map(|it| it.contains("xp-pin")).collect();
    assert_eq!(pins[..4], [true, true, false, false], "{groups:?}");
    assert!(groups[0].contains("pin-0") && groups[1].contains("pin-1"));
    assert!(
        groups[0].contains("colspan=\"1\""),
        "C, of the same file, is not pinned"
    );
}

#[test]
fn branch_and_tag_are_told_apart_where_ci_says_so() {
    let mut report = small();
    report.origin.branch = Some("topic".to_owned());
    let html = render(report.clone(), "#/experiments", Lang::Es);
    assert_eq!(tags(&html, "title=\"rama\"").len(), 1);
    assert_eq!(tags(&html, "title=\"rama o etiqueta\"").len(), 1);
    // CI names the ref that it runs for a branch even where it is a tag.
    report.origin.tag = Some("topic".to_owned());
    report.origin.target_branch = Some("main".to_owned());
    let html = render(report, "#/experiments", Lang::En);
    assert_eq!(tags(&html, "title=\"tag\"").len(), 1);
    assert_eq!(tags(&html, "title=\"branch\"").len(), 1);
    assert!(!html.contains("branch or tag"));
}

#[test]
fn a_branch_holds_its_commits_and_they_their_experiments() {
    let mut report = small();
    // The first commit's sha is its name from here on, and it was listed under the second.
    report.revisions[0].name = None;
    report.revisions[0].sha = Some("0123456789".to_owned());
    report.revisions[0].tip = Some(1);
    report.revisions[5].parent = Some(0);
    report.baseline = None;
    let html = render(report.clone(), "#/experiments", Lang::En);
    let level = |key: &str| {
        let row = tags(&html, &format!("data-revision=\"{key}\""));
        values(row[0], "aria-level")
    };
    assert_eq!(level("topic"), ["1"]);
    assert_eq!([level("0123456"), level("bold-newt")], [["2"], ["2"]]);
    assert_eq!(level("late-hoar"), ["3"]);
    assert!(html.contains("title=\"commit\""));
    let flat = render(report, "#/experiments?sort=name", Lang::En);
    assert_eq!(
        flat.matches("on topic").count(),
        4,
        "three runs and the commit"
    );
}

#[test]
fn experiments_of_the_baseline_are_not_the_workspaces() {
    let mut report = small();
    report.revisions[0].kind = RevisionKind::Workspace;
    report.baseline = Some(1);
    let html = render(report.clone(), "#/experiments", Lang::En);
    let place = |key: &str| {
        let row = tags(&html, &format!("data-revision=\"{key}\""));
        let number = |name: &str| values(row[0], name).join("");
        ["aria-level", "aria-posinset", "aria-setsize"].map(number)
    };
    assert_eq!(place("topic"), ["1", "1", "2"]);
    assert_eq!(place("main"), ["1", "2", "2"]);
    assert_eq!(place("lush-coth"), ["2", "1", "4"]);
    assert_eq!(place("late-hoar"), ["2", "4", "4"]);
    assert_eq!(html.matches(">on topic<").count(), 4);
    let spanish = render(report.clone(), "#/experiments", Lang::Es);
    assert_eq!(spanish.matches(">sobre topic<").count(), 4);
    // Right below the baseline they need no sign.
    report.revisions[0].kind = RevisionKind::Commit;
    let html = render(report, "#/experiments", Lang::En);
    assert_eq!(html.matches(">on topic<").count(), 0);
}

#[test]
fn every_name_that_is_gone_is_told_with_the_nearest() {
    let address = "#/experiments?cols=C,acuracy&sel=bold-newt,lush-cot&sort=-acuracy&where=C";
    let html = render(small(), address, Lang::Es);
    assert_eq!(tags(&html, "xp-gone").len(), 3);
    assert!(html.contains("Usar lush-coth en su lugar"));
    let links = tags(&html, "href=\"#/experiments").join(" ");
    for there in [
        "cols=C,acuracy&amp;sel=bold-newt,lush-coth&amp;sort=-acuracy&amp;where=C",
        "cols=C,acuracy&amp;sel=bold-newt,lush-cot&amp;sort=-accuracy&amp;where=C",
        "cols=C,accuracy&amp;sel=bold-newt,lush-cot&amp;sort=-acuracy&amp;where=C",
    ] {
        assert!(links.contains(&format!("?{there}\"")), "{there} in {links}");
    }
}

#[test]
fn a_choice_that_there_is_not_is_told_with_what_is_used() {
    let english = render(small(), "#/experiments?mode=asb", Lang::En);
    assert!(
        english.contains(
            "The link asks for “mode=asb”, which means nothing here; mode=value is used."
        ),
        "{english}"
    );
    let link = "href=\"#/experiments?mode=abs\">Use abs instead";
    assert!(english.contains(link), "{english}");
    let spanish = render(small(), "#/experiments?digits=99", Lang::Es);
    assert!(
        spanish.contains("El enlace pide «digits=99», que aquí no significa nada; no se aplica."),
        "{spanish}"
    );
    assert!(spanish.contains("href=\"#/experiments?digits=12\">Usar 12 en su lugar"));
    // A stranger's text is not as long as they like.
    let long = format!("#/experiments?mode={}", "x".repeat(100_000));
    let told = render(small(), &long, Lang::En);
    let told = told.split("which means nothing").next().unwrap_or_default();
    assert!(told.ends_with("xxx”, ") && told.contains("…xxx"), "cut");
}

#[test]
fn an_empty_text_is_not_taken_for_a_missing_value() {
    let mut report = small();
    let cells = [Of::T(""), Of::T("a"), Of::No, Of::T(" ")];
    let mut tag = column("params.yaml", "tag", ColumnKind::Param, &cells);
    tag.cells.grow(report.revisions.len());
    report.columns.push(tag);
    let html = render(report, "#/experiments?cols=tag", Lang::En);
    assert!(html.contains(">“”<") && html.contains(">“ ”<"), "{html}");
    assert_eq!(html.matches(">–<").count(), 3, "missing");
}

#[test]
fn a_changed_dependency_is_marked() {
    let mut report = small();
    let hash = |text| Of::T(text);
    let cells = ["aaa", "aaa", "bbb", "aaa", "bbb", "aaa"].map(hash);
    let data = column("dvc.lock", "data.csv", ColumnKind::Dependency, &cells);
    report.columns.push(data);
    let html = render(report, "#/experiments", Lang::En);
    assert_eq!(tags(&html, "changed-from").len(), 2);
    assert!(html.contains("changed from the baseline"));
}

#[test]
fn rows_without_a_point_are_counted() {
    let html = render(small(), "#/experiments", Lang::En);
    assert!(
        html.contains("2 rows have no point"),
        "one failed, one waits"
    );
}

#[test]
fn results_are_in_view_beside_many_parameters() {
    let heads = |n_params: usize| -> Vec<String> {
        let mut report = small();
        let n = report.revisions.len();
        for param in 0..n_params {
            let values: Vec<Of> = (0..n).map(|row| Of::N((row * param) as f64)).collect();
            let name = format!("extra.p{param}");
            report
                .columns
                .push(column("params.yaml", &name, ColumnKind::Param, &values));
        }
        let html = render(report, "#/experiments", Lang::En);
        let heads = tags(&html, "role=\"columnheader\"").into_iter();
        heads.flat_map(|it| values(it, "data-column")).collect()
    };
    let place = |heads: &[String], start: &str| heads.iter().position(|it| it.starts_with(start));
    for (n_params, is_param_first) in [(0, true), (5, false), (90, false)] {
        let heads = heads(n_params);
        let metric = place(&heads, "m.json:").unwrap();
        let param = place(&heads, "params.yaml:").unwrap();
        assert_eq!(param < metric, is_param_first, "{n_params}: {heads:?}");
    }
}
