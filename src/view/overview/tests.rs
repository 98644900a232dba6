use leptos::prelude::*;

use super::overview_view;
use crate::{
    analysis::nba_report,
    model::{
        Cells, Column, ColumnId, ColumnKind, Direction, Lang, Report, Revision, RevisionKind,
        Shared, State,
    },
    route::Address,
    view::Page,
};

/// The view as the command line writes it into a page.
fn html(report: Report, fragment: &str, lang: Lang) -> String {
    let owner = Owner::new();
    owner.set();
    Page::provide(Shared::new(report), Address::parse(fragment), lang);
    let html = crate::browser::markup::to_html(overview_view());
    drop(owner);
    html
}

/// The text between tags, blanks taken together.
fn text(html: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for letter in html.chars() {
        match letter {
            '<' => is_tag = true,
            '>' => {
                is_tag = false;
                text.push(' ');
            }
            _ if !is_tag => text.push(letter),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn scalars(values: &[(&str, f64, f64)]) -> Report {
    let columns = values.iter().map(|(name, now, before)| Column {
        id: ColumnId::new("metrics.json", &[name]),
        kind: ColumnKind::Metric,
        direction: Direction::Unknown,
        cells: Cells::from_numbers([Some(*now), Some(*before)]),
        sources: Vec::new(),
    });
    Report {
        columns: columns.collect(),
        revisions: vec![Revision::new(RevisionKind::Named); 2],
        current: Some(0),
        baseline: Some(1),
        ..Report::default()
    }
}

#[track_caller]
fn assert_has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in: {text}");
    }
}

#[test]
fn the_nba_case_answers_in_both_languages() {
    let page = html(nba_report::report(), "#/overview", Lang::En);
    assert_has(
        &page,
        &[
            "<section id=\"verdict\" role=\"status\" data-verdict=\"no-clear-change\"",
            "href=\"#/confusion?cell=SF~PF\"",
            "href=\"#/overview?metric=assets%2Fmetrics.json%3Atest_recall\"",
        ],
    );
    assert_has(
        &text(&page),
        &[
            "Did it improve? Not clearly, and it leans down: it gets 87 of 176 players right; on \
             master it was 93.",
            "≈ No clear change",
            "exact McNemar, p = 0.109.",
            "▼▼▼▼▼▼▼▼ 8 lost",
            "0.5284 93 of 176 0.4943 87 of 176 ▼ −0.0341 lower, not clear",
            "−0.077 to +0.001",
            "Best C = 10, already on master: 93 of 176",
        ],
    );
    let page = text(&html(nba_report::report(), "#/overview", Lang::Es));
    assert_has(
        &page,
        &[
            "¿Mejora? No de forma clara, y apunta a la baja: acierta con 87 de 176 jugadores; en \
             master eran 93.",
            "0,5284 93 de 176 0,4943 87 de 176 ▼ −0,0341 baja, no es claro",
        ],
    );
}

#[test]
fn a_regression_is_told_the_right_way_round() {
    let report = scalars(&[("rmse", 3.9, 4.1), ("r2", 0.81, 0.79)]);
    let page = html(report, "", Lang::En);
    assert_has(&page, &["data-verdict=\"unknown\""]);
    assert_has(
        &text(&page),
        &[
            "RMSE went from 4.1 down to 3.9, which is better, but nothing tells whether that is \
             chance.",
            "4.1000 3.9000 ▼ −0.2000 lower, not tested",
            "▲ +0.0200 higher, not tested",
            "lower is better",
        ],
    );
}

#[test]
fn another_metric_is_judged_by_request() {
    let page = text(&html(
        nba_report::report(),
        "#/overview?metric=test_recall",
        Lang::En,
    ));
    assert_has(
        &page,
        &[
            "Not clearly, and it leans down: recall is 0.5032; on master it was 0.5379.",
            "on the same 176 players: exact permutation test, p = 0.076.",
            "The interval (−0.077 to −0.003) leaves out zero, yet the test doesn’t call it a change.",
            "Judge by accuracy again",
        ],
    );
    let gone = text(&html(
        nba_report::report(),
        "#/overview?metric=gone",
        Lang::En,
    ));
    assert_has(
        &gone,
        &[
            "“gone” is not in this report. The nearest is accuracy.",
            "87 of 176",
        ],
    );
}

#[test]
fn every_poor_report_has_an_answer() {
    let mut alone = scalars(&[("acc", 0.9, 0.8)]);
    alone.baseline = None;
    let mut failed = scalars(&[("acc", 0.9, 0.8)]);
    failed.revisions[0].state = State::Failed("out of <memory>".into());
    let mut no_metrics = scalars(&[]);
    no_metrics.settings.primary_metric = Some("value".into());
    let mut other_size = nba_report::report();
    other_size.predictions[nba_report::BASELINE]
        .predictions
        .actual
        .pop();
    other_size.predictions[nba_report::BASELINE]
        .predictions
        .predicted
        .pop();
    let cases = [
        (Report::default(), "unknown", "There is nothing to judge"),
        (no_metrics, "unknown", "There is nothing to judge"),
        (
            alone,
            "unknown",
            "There is nothing to compare with: accuracy is 0.9.",
        ),
        (failed, "unknown", "out of &lt;memory&gt;"),
        (
            other_size,
            "not-comparable",
            "the test set has 176 players; on master it had 175.",
        ),
    ];
    for (report, outcome, expected) in cases {
        let has_baseline = report.baseline.is_some();
        let page = html(report, "", Lang::En);
        // No column is empty from top to bottom.
        assert!(has_baseline || !page.contains("numbers-diff"));
        assert_has(&page, &[&format!("data-verdict=\"{outcome}\"")]);
        assert_has(&text(&page), &[expected]);
    }
}

/// The NBA case of a team that says what answers are worth and what must hold.
fn with_settings() -> Report {
    let mut report = nba_report::report();
    let settings = &mut report.settings;
    settings.guards = vec![("test_recall".to_owned(), 0.01)];
    settings.explanations = vec![(
        "test_recall".to_owned(),
        Lang::En,
        "How many of each position are found.".to_owned(),
    )];
    settings.worth.wrong = Some(-1.0);
    settings.worth.unit = Some("points".to_owned());
    settings.worth.cells = vec![("SF".to_owned(), "PF".to_owned(), -4.0)];
    settings.worth.unknown = Some(("SF".to_owned(), "PF".to_owned()));
    report.baseline = report.find_revision("nival-newt");
    report
}

#[test]
fn guards_value_and_other_baselines_are_shown() {
    let page = html(with_settings(), "", Lang::En);
    assert_has(
        &page,
        &[
            "data-verdict=\"no-clear-change\"",
            "<li data-baseline=\"master\" data-verdict=\"no-clear-change\"",
            "href=\"#/compare?base=master\"",
            "id=\"worth\" type=\"range\"",
            "id=\"ledger\"",
        ],
    );
    assert_has(
        &text(&page),
        &[
            "A metric that has to hold may have got worse. Recall: 0.522 before, 0.5032 now; up to \
             0.01 worse is tolerated. Chance alone could explain it, so it doesn’t count.",
            "How many of each position are found.",
            "The best so far",
            "What it is worth per 1,000 players",
            "SF taken for PF",
        ],
    );
    // The reader's worth is the address's.
    let moved = text(&html(with_settings(), "#/overview?worth=0", Lang::En));
    let told = |text: &str| text.split("For 1,000 players:").nth(1).unwrap()[..40].to_owned();
    assert_ne!(told(&text(&page)), told(&moved));
}

#[test]
fn a_comment_links_to_what_it_says() {
    let mut report = nba_report::report();
    let judged = crate::analysis::verdict::of_report(&report, None).unwrap();
    report.verdict = Some(crate::model::Verdict {
        digest: "7f3ac41e".to_owned(),
        ..judged
    });
    let same = html(report.clone(), "#/overview?digest=7f3ac41e", Lang::En);
    assert_has(&same, &["data-same=\"true\""]);
    assert_has(&text(&same), &["This is what the comment says."]);
    let other = html(report.clone(), "#/overview?digest=%3Cb%3E", Lang::Es);
    assert_has(&other, &["data-same=\"false\"", "huella &lt;b&gt; allí"]);
    let none = html(report, "", Lang::En);
    assert!(!none.contains("same-as-comment"));
}

#[test]
fn the_teams_notes_stand_beside_what_was_tried() {
    let mut report = nba_report::report();
    let notes = |artifact: &str| crate::model::Prose {
        artifact: artifact.to_owned(),
        markdown: "- tried class weights".to_owned(),
    };
    report.prose = vec![notes("report.md")];
    assert!(!html(report.clone(), "", Lang::En).contains("ledger-notes"));
    report.prose.push(notes("docs/Experiments.md"));
    assert!(html(report.clone(), "", Lang::En).contains("ledger-notes"));
    // A team without parameters needs them most.
    report.columns.retain(|it| it.kind != ColumnKind::Param);
    report.verdict = None;
    let html = html(report, "", Lang::En);
    assert!(html.contains("ledger-notes") && !html.contains("id=\"ledger\""));
}

#[test]
fn gates_are_shown_with_limit_and_value() {
    let mut report = nba_report::report();
    assert!(!html(report.clone(), "", Lang::En).contains("id=\"gates\""));
    report.settings.names = vec![(
        "test_recall".to_owned(),
        Lang::Es,
        "Jugadores <hallados>".to_owned(),
    )];
    report.settings.gates = crate::model::Gates {
        min: vec![("test_recall".to_owned(), 0.5), ("gone".to_owned(), 0.1)],
        max: vec![("test_accuracy".to_owned(), 0.49)],
        no_worse: true,
        require: Some(crate::model::Outcome::Improved),
    };
    let page = html(report.clone(), "", Lang::En);
    let gates = page.split("id=\"gates\"").nth(1).unwrap();
    let gates = &gates[..gates.find("</table>").unwrap()];
    assert_eq!(gates.matches("data-met=\"true\"").count(), 2);
    assert_eq!(gates.matches("data-met=\"false\"").count(), 3);
    assert_has(
        &text(&page),
        &[
            "Verdict Improved No clear change ✗ not met",
            "Verdict not worse No clear change ✓ met",
            "Recall ≥ 0.5 0.5032 ✓ met",
            "gone ≥ 0.1 no such metric ✗ not met",
            "Accuracy ≤ 0.49 0.4943 ✗ not met",
        ],
    );
    // The reader looks at another metric; gates are about the report.
    let asked = html(report.clone(), "#/overview?metric=test_recall", Lang::Es);
    assert_has(
        &text(&asked),
        &[
            "Condiciones",
            "Jugadores &lt;hallados&gt; ≥ 0,5 0,5032 ✓ se cumple",
            "Exactitud ≤ 0,49 0,4943 ✗ no se cumple",
        ],
    );
}

#[test]
fn a_run_without_a_result_is_no_yes() {
    let mut report = nba_report::report();
    let param = report.find_column("train.C").unwrap();
    let run = report.find_revision("bound-cart").unwrap();
    let mut ask = |state: State, typed: &str, lang: Lang| {
        report.revisions[run].state = state;
        let judged = crate::analysis::verdict::of_report(&report, None).unwrap();
        let asked = crate::analysis::question::value_of(&report, param, typed);
        let crate::analysis::question::Question::Settings(asked) = asked else {
            panic!("{typed} is a value");
        };
        text(&crate::browser::markup::to_html(super::tried::told(
            &report, &judged, &asked, lang,
        )))
    };
    let failed = || State::Failed(String::new());
    for (state, typed, lang, expected) in [
        (
            State::Queued,
            "60",
            Lang::En,
            "Not yet: bound-cart waits in the queue. The nearest with a result: 30 and 120.",
        ),
        (
            failed(),
            "60",
            Lang::En,
            "No result: bound-cart was started and failed. The nearest with a result: 30 and 120.",
        ),
        (
            State::Running,
            "60",
            Lang::Es,
            "Todavía no: bound-cart se está ejecutando. Lo más cercano con resultado: 30 y 120.",
        ),
        (
            failed(),
            "60",
            Lang::Es,
            "Sin resultado: bound-cart se inició y falló. Lo más cercano con resultado: 30 y 120.",
        ),
    ] {
        assert_eq!(ask(state, typed, lang), expected);
    }
    let told = ask(State::Ok, "< 10", Lang::En);
    assert!(
        told.starts_with("Yes, bovid-rime (C = 5): 92 of 176"),
        "{told}"
    );
}
