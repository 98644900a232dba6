//! The view, rendered natively: roles, attributes, sentences.

use leptos::prelude::*;

use super::{basis::Basis, confusion_view, question::Question, shown::Shown};
use crate::{
    analysis::nba,
    model::{
        AxisTitles, ClassName, ConfusionMatrix, Lang, MatrixKind, MatrixRecord, Noun, Predictions,
        PredictionsRecord, Report, Revision, RevisionKind, Settings, Shared,
    },
    route::{Address, View},
    view::{Page, session::Session},
    words::confusion::ConfusionWords,
};

fn named(name: &str) -> Revision {
    Revision {
        name: Some(name.to_owned()),
        ..Revision::new(RevisionKind::Named)
    }
}

fn record(revision: usize, matrix: ConfusionMatrix) -> MatrixRecord {
    MatrixRecord {
        revision,
        split: None,
        artifact: "confusion_matrix.json".to_owned(),
        titles: AxisTitles::default(),
        matrix,
    }
}

fn predictions(revision: usize, csv: &str) -> PredictionsRecord {
    let code = |label: &str| nba::LABELS.iter().position(|it| *it == label).unwrap() as u32;
    let pairs = csv
        .lines()
        .skip(1)
        .map(|line| line.split_once(',').unwrap());
    let (actual, predicted) = pairs.map(|(a, p)| (code(a), code(p))).unzip();
    PredictionsRecord {
        revision,
        split: None,
        artifact: "predictions.csv".to_owned(),
        predictions: Predictions {
            labels: nba::LABELS.map(str::to_owned).to_vec(),
            actual,
            predicted,
            rows: Vec::new(),
        },
    }
}

fn settings() -> Settings {
    let noun = |one: &str, many: &str| Noun {
        one: one.to_owned(),
        many: many.to_owned(),
    };
    let names = [
        ("C", ("centre", "centres"), ("pívot", "pívots")),
        (
            "PF",
            ("power forward", "power forwards"),
            ("ala-pívot", "ala-pívots"),
        ),
        ("PG", ("point guard", "point guards"), ("base", "bases")),
        (
            "SF",
            ("small forward", "small forwards"),
            ("alero", "aleros"),
        ),
        (
            "SG",
            ("shooting guard", "shooting guards"),
            ("escolta", "escoltas"),
        ),
    ];
    let class = |label: &str, lang, (one, many)| ClassName {
        label: label.to_owned(),
        lang,
        noun: noun(one, many),
    };
    Settings {
        classes: names
            .iter()
            .flat_map(|(label, en, es)| [class(label, Lang::En, *en), class(label, Lang::Es, *es)])
            .collect(),
        sample: vec![
            (Lang::En, noun("player", "players")),
            (Lang::Es, noun("jugador", "jugadores")),
        ],
        ..Settings::default()
    }
}

fn nba_report() -> Report {
    Report {
        settings: settings(),
        revisions: vec![named("rama-experimental"), named("master")],
        current: Some(0),
        baseline: Some(1),
        matrices: vec![record(0, nba::now()), record(1, nba::before())],
        predictions: vec![
            predictions(
                0,
                include_str!("../../../tests/fixtures/nba/predictions.csv"),
            ),
            predictions(
                1,
                include_str!("../../../tests/fixtures/nba/baselines/C10/predictions.csv"),
            ),
        ],
        ..Report::default()
    }
}

/// A report of one matrix of so many classes, each taken for the next one once.
fn many_classes(n: usize) -> Report {
    let labels = (0..n).map(|it| format!("class {it}")).collect();
    let cells = (0..n).flat_map(|it| {
        let next = (it, (it + 1) % n, 1.0);
        let mut cells = [(it, it, 5.0), next];
        cells.sort_by_key(|cell| cell.1);
        cells
    });
    let matrix = ConfusionMatrix::from_filled(labels, cells.collect(), MatrixKind::Counts);
    Report {
        revisions: vec![named("only")],
        current: Some(0),
        matrices: vec![record(0, matrix.unwrap())],
        ..Report::default()
    }
}

fn render(report: Report, fragment: &str, lang: Lang) -> String {
    let owner = Owner::new();
    owner.set();
    Page::provide(Shared::new(report), Address::parse(fragment), lang);
    Session::provide(true, Vec::new(), None);
    crate::browser::markup::to_html(confusion_view())
}

fn count(html: &str, needle: &str) -> usize {
    html.matches(needle).count()
}

#[test]
fn the_matrix_is_a_grid_of_real_cells() {
    let html = render(nba_report(), "#/confusion?cell=SF~PF", Lang::En);
    for needle in [
        r#"id="matrix""#,
        r#"role="grid""#,
        r#"aria-rowcount="8""#,
        r#"aria-colcount="9""#,
        "87 of 176 on the diagonal.",
        "Rows: what the player is. Columns: what the model says.",
        r#"data-actual="SF" data-predicted="PF" data-count="14""#,
        r#"aria-label="14 of 36 small forwards are taken for power forwards, 12 on master""#,
    ] {
        assert!(html.contains(needle), "{needle} is not in {html}");
    }
    assert_eq!(count(&html, r#"role="gridcell""#), 25);
    assert_eq!(count(&html, r#"role="row""#), 8);
    assert_eq!(count(&html, r#"aria-selected="true""#), 1);
    assert_eq!(
        count(&html, r#"tabindex="0""#),
        1,
        "one cell can be tabbed to"
    );
}

#[test]
fn a_pinned_cell_says_what_is_known() {
    let html = render(nba_report(), "#/confusion?cell=SF~PF", Lang::En);
    let text = text_of(&html);
    for needle in [
        "Pinned: actual SF, predicted PF",
        "14 of 36 small forwards are taken for power forwards, 12 on master.",
        "That is more than the 12 that are recognised.",
        "33.3\u{a0}%",
        "38.9\u{a0}%",
        "37.5\u{a0}%",
        "40.0\u{a0}%",
        "the other way, PF as SF",
        "New: 134, 139.",
        "of 69 power forwards and small forwards are mixed up, 30\u{a0}%",
        "(20 on master)",
        "most frequent first, 6 or more",
        "2 more than on master, worse",
        "as on master",
        "SF: recall",
        "PF: precision",
    ] {
        assert!(text.contains(needle), "{needle} is not in {text}");
    }
    assert_eq!(count(&html, "<b class=\"worse\">"), 2, "new rows stand out");
    // Without a pointer there is no other way to one class.
    for class in ["Small", "Power"] {
        let button = format!("class=\"plain no-print\">{class} forwards against the rest</button>");
        assert!(html.contains(&button), "{html}");
    }
    let right = text_of(&render(nba_report(), "#/confusion?cell=SF~SF", Lang::Es));
    assert_eq!(count(&right, "Aleros frente al resto"), 1);
}

#[test]
fn a_baseline_without_a_name_is_called_the_baseline() {
    let mut report = nba_report();
    report.revisions[1] = named("baseline");
    let say = |fragment: &str, lang| text_of(&render(report.clone(), fragment, lang));
    let english = say("#/confusion?cell=SF~PF", Lang::En);
    assert!(english.contains("power forwards, 12 on the baseline."));
    assert!(english.contains("2 more than on the baseline, worse"));
    let spanish = say("#/confusion?base=baseline", Lang::Es);
    assert!(spanish.contains("Este cambio menos la referencia."));
    assert!(spanish.contains("2 más que en la referencia"));
}

#[test]
fn the_difference_is_told_by_sign_word_and_hatching() {
    let html = render(nba_report(), "#/confusion?base=master", Lang::En);
    let text = text_of(&html);
    assert!(text.contains("This change minus master."));
    assert!(text.contains("within noise: all 17 changes (exact sign test per cell, 95\u{a0}%)"));
    assert_eq!(count(&html, "noise\""), 17);
    assert_eq!(count(&html, r#"aria-pressed="true""#), 1);
    // Both have the same samples: that margin would be zeros.
    assert_eq!(count(&html, "title=\"support\""), 0);
    // What is seen in a cell is heard as well.
    assert!(html.contains("aria-label=\"+2 worse. 14 of 36 small forwards"));
    // What has changed most comes first: nothing else by more than two.
    let (_, ranked) = html.split_once("class=\"ranked\"").unwrap_or_default();
    let first = ranked.split("</tr>").next().unwrap_or_default();
    assert!(first.contains("2 more than on master"), "{first}");
    assert!(text.contains("largest change first"), "{text}");
    // Counts stay counts, whatever is shown.
    assert!(html.contains(r#"data-actual="SF" data-predicted="PF" data-count="14""#));
}

#[test]
fn a_confusion_that_has_vanished_leads_the_list_of_changes() {
    let labels = nba::LABELS.map(str::to_owned).to_vec();
    let mut rows: Vec<Vec<f64>> = (0..5)
        .map(|actual| (0..5).map(|it| nba::now().get(actual, it)).collect())
        .collect();
    // Small forwards taken for power forwards: 12 on master, none now; they are recognised.
    rows[3][3] += rows[3][1];
    rows[3][1] = 0.0;
    let report = || {
        let now = ConfusionMatrix::from_rows(labels.clone(), &rows).unwrap();
        let mut report = nba_report();
        report.matrices = vec![record(0, now), record(1, nba::before())];
        report.predictions.clear();
        report
    };
    let first = |fragment: &str, lang| {
        let html = render(report(), fragment, lang);
        let (_, ranked) = html.split_once("class=\"ranked\"").unwrap_or_default();
        let body = ranked.split_once("<tbody>").map_or("", |it| it.1);
        text_of(body.split("</tr>").next().unwrap_or_default())
    };
    let difference = "#/confusion?base=master";
    let told = first(difference, Lang::En);
    assert_eq!(
        told,
        "small forwards are no longer taken for power forwards\
         ▼12 fewer than on master, better"
    );
    let told = first(difference, Lang::Es);
    assert_eq!(
        told,
        "ya no se toman aleros por ala-pívots▼12 menos que en master, mejor"
    );
    let told = first("#/confusion", Lang::En);
    assert!(told.starts_with("11of 33 power forwards"), "{told}");
    // What a class is taken for lists it as well.
    let html = render(report(), "#/confusion?base=master&class=SF", Lang::En);
    let (_, taken_for) = html.split_once("are taken for</h3>").unwrap_or_default();
    let (taken_for, _) = taken_for.split_once("<h3").unwrap_or_default();
    assert!(taken_for.contains("no longer"), "{taken_for}");
}

#[test]
fn counts_that_are_too_large_to_be_exact_are_told() {
    let told = |count: f64| {
        let labels = vec!["a".to_owned(), "b".to_owned()];
        let rows = [vec![count, 1.0], vec![1.0, 1.0]];
        let mut report = nba_report();
        report.predictions.clear();
        report.matrices = vec![record(
            0,
            ConfusionMatrix::from_rows(labels, &rows).unwrap(),
        )];
        text_of(&render(report, "#/confusion", Lang::En)).contains("are not exact")
    };
    let most_exact = 2.0_f64.powi(53);
    assert!(told(most_exact) && !told(most_exact - 10.0));
}

#[test]
fn what_the_address_asks_in_vain_is_told() {
    let text = text_of(&render(
        nba_report(),
        "#/confusion?norm=bla&order=zzz",
        Lang::En,
    ));
    assert!(
        text.contains("“norm=bla”") && text.contains("“order=zzz”"),
        "{text}"
    );
}

#[test]
fn the_view_speaks_spanish() {
    let text = text_of(&render(
        nba_report(),
        "#/confusion?cell=SF~PF&norm=row",
        Lang::Es,
    ));
    for needle in [
        "Este cambio: 87 de 176 en la diagonal.",
        "Filas: lo que es cada jugador. Columnas: lo que dice el modelo.",
        "14 de un total de 36 aleros se toman por ala-pívots, 12 en master.",
        "de 69 ala-pívots y aleros se confunden entre sí, el 30\u{a0}%",
        "Nuevas: 134, 139.",
    ] {
        assert!(text.contains(needle), "{needle} is not in {text}");
    }
}

#[test]
fn a_canvas_carries_many_classes() {
    let html = render(many_classes(80), "#/confusion", Lang::En);
    assert_eq!(count(&html, "<canvas"), 1);
    let canvas = html
        .split("<canvas")
        .nth(1)
        .unwrap()
        .split('>')
        .next()
        .unwrap();
    assert!(canvas.contains(r#"aria-hidden="true""#), "{canvas}");
    assert_eq!(count(&html, r#"role="gridcell""#), 1);
    assert!(html.contains(r#"aria-rowcount="81""#));
    assert!(html.contains(r#"data-actual="class 0" data-predicted="class 0" data-count="5""#));
}

#[test]
fn thousands_of_classes_are_one_picture_and_one_cell() {
    let html = render(
        many_classes(3000),
        "#/confusion?cell=class%207~class%208",
        Lang::En,
    );
    assert_eq!(count(&html, r#"role="gridcell""#), 1);
    assert!(html.contains(r#"aria-rowcount="3001""#));
    // The cell is the pinned one.
    assert!(html.contains(r#"data-actual="class 7" data-predicted="class 8" data-count="1""#));
    assert!(count(&html, "<tr") < 300, "no row for each class");
    let some = render(
        many_classes(3000),
        "#/confusion?only=class%203,class%204",
        Lang::En,
    );
    assert_eq!(count(&some, r#"role="gridcell""#), 4);
    assert!(text_of(&some).contains("2 of 3,000 classes are shown"));
    let worst = render(many_classes(3000), "#/confusion?top=5", Lang::En);
    assert_eq!(count(&worst, r#"role="gridcell""#), 25);
}

#[test]
fn one_class_is_told_against_the_rest() {
    let html = render(nba_report(), "#/confusion?class=SF&level=90", Lang::En);
    let text = text_of(&html);
    for needle in [
        "Small forwards against the rest",
        "12TP",
        "24FN",
        "23FP",
        "117TN",
        "What small forwards are taken for",
        "What is taken for small forwards",
        "recall, sensitivity",
        "Wilson’s 90\u{a0}% interval",
        "negative likelihood ratio",
    ] {
        assert!(text.contains(needle), "{needle} is not in {text}");
    }
    let spanish = text_of(&render(nba_report(), "#/confusion?class=SF", Lang::Es));
    for needle in [
        "Aleros frente al resto",
        "Se toman por aleros…",
        "se toman por otra cosa",
        "razón de verosimilitud negativa",
    ] {
        assert!(spanish.contains(needle), "{needle} is not in {spanish}");
    }
    let gone = text_of(&render(nba_report(), "#/confusion?class=XX", Lang::En));
    assert!(gone.contains("a class “XX”, which this matrix doesn’t have."));
}

/// Fruit and vegetables, predicted at random.
fn grouped() -> Report {
    let labels = [
        "fruit/citrus/lemon",
        "fruit/citrus/lime",
        "fruit/apple",
        "veg/leek",
        "nut",
    ];
    let rows: Vec<Vec<f64>> = (0..5)
        .map(|row| {
            (0..5)
                .map(|column| f64::from((row * 3 + column * 7) % 5))
                .collect()
        })
        .collect();
    let matrix = ConfusionMatrix::from_rows(labels.map(str::to_owned).to_vec(), &rows).unwrap();
    Report {
        revisions: vec![named("only")],
        current: Some(0),
        matrices: vec![record(0, matrix)],
        ..Report::default()
    }
}

#[test]
fn closed_groups_are_one_class_each() {
    let open = render(grouped(), "#/confusion", Lang::En);
    assert_eq!(count(&open, r#"role="gridcell""#), 25);
    assert_eq!(
        count(&open, r#"aria-expanded="true""#),
        2,
        "fruit and citrus"
    );
    let closed = render(grouped(), "#/confusion?groups=fruit", Lang::En);
    assert_eq!(count(&closed, r#"role="gridcell""#), 9);
    assert!(closed.contains(r#"data-actual="fruit/" data-predicted="fruit/""#));
    assert!(text_of(&closed).contains("One group is closed: its classes count as one."));
    let inner = render(
        grouped(),
        "#/confusion?groups=fruit%2Fcitrus&class=fruit%2Fcitrus%2F",
        Lang::En,
    );
    assert_eq!(count(&inner, r#"role="gridcell""#), 16);
    assert!(text_of(&inner).contains("Open the group"));
    let no_groups = render(grouped(), "#/confusion?groups=fruit&sep=none", Lang::En);
    assert_eq!(count(&no_groups, r#"role="gridcell""#), 25);
    // A group stands for its classes.
    let only = render(grouped(), "#/confusion?only=fruit%2Fcitrus,nut", Lang::En);
    assert_eq!(count(&only, r#"role="gridcell""#), 9);
}

#[test]
fn teams_say_the_order_and_readers_move_classes() {
    let order = |fragment: &str| {
        let mut report = nba_report();
        report.settings.class_order = vec!["PG".to_owned(), "C".to_owned()];
        let question = Question::of(&Address::parse(fragment));
        let basis = Shared::new(Basis::new(&report, &question.basis).unwrap());
        let shown = Shown::new(basis, &question, &report.settings, None);
        let labels: Vec<&str> = shown.classes.iter().map(|it| shown.label(*it)).collect();
        labels.join(" ")
    };
    assert_eq!(order("#/confusion"), "PG C PF SF SG");
    assert_eq!(order("#/confusion?order=file"), "C PF PG SF SG");
    assert_eq!(order("#/confusion?order=recall"), "SF PF SG C PG");
    assert_eq!(order("#/confusion?moves=SG~C,PF~"), "PG SG C SF PF");
}

#[test]
fn rows_of_a_group_are_those_of_its_classes() {
    let mut report = nba_report();
    report.settings.groups = vec![("big".to_owned(), vec!["C".to_owned(), "PF".to_owned()])];
    let question = Question::of(&Address::parse("#/confusion?groups=big&base=master"));
    let basis = Basis::new(&report, &question.basis).unwrap();
    let big = basis.class("big/").unwrap();
    assert_eq!(basis.matrix().get(big, big), 19.0 + 5.0 + 11.0 + 12.0);
    let (_, rows) = basis.rows(&report, big, big).unwrap();
    assert_eq!(rows.rows.len(), 47);
    assert!(rows.is_paired);
    assert_eq!(basis.class_of("PF"), Some(big));
    assert_eq!(basis.total(big), 61.0);
}

#[test]
fn without_a_matrix_the_view_says_so() {
    let html = render(Report::default(), "#/confusion", Lang::En);
    assert!(text_of(&html).contains("There is no confusion matrix in this report."));
}

#[test]
fn what_is_gone_is_said_and_the_nearest_offered() {
    let fragment = "#/confusion?base=dev&cell=SP~PF&run=ghost&split=val";
    let html = render(nba_report(), fragment, Lang::En);
    let text = text_of(&html);
    for needle in [
        "There is no run ghost with a matrix here; this is rama-experimental.",
        "There is no dev to compare with here; this compares with master.",
        "There is no matrix called val here; this is confusion_matrix.json.",
        "There is no cell for SP taken for PF here.",
    ] {
        assert!(text.contains(needle), "{needle} is not in {text}");
    }
    assert!(html.contains("cell=SF~PF") || html.contains("cell=SG~PF"));
}

#[test]
fn hostile_labels_are_only_text() {
    let labels = [
        "<img src=x onerror=alert(1)>",
        "\"><script>",
        "",
        "\u{202e}abc",
        "a&b",
    ];
    let rows: Vec<Vec<f64>> = (0..5)
        .map(|row| (0..5).map(|it| f64::from(row + it)).collect())
        .collect();
    let matrix = ConfusionMatrix::from_rows(labels.map(str::to_owned).to_vec(), &rows).unwrap();
    let report = Report {
        revisions: vec![named("<b>run</b>")],
        matrices: vec![record(0, matrix)],
        ..Report::default()
    };
    let html = render(report, "#/confusion?cell=~a%26b", Lang::En);
    assert!(!html.contains("<img") && !html.contains("<script") && !html.contains("<b>run"));
    assert_eq!(count(&html, r#"role="gridcell""#), 25);
    assert!(
        html.contains(r#"data-actual="""#),
        "an empty label is a label"
    );
}

fn notes(report: &Report, fragment: &str) -> Vec<ConfusionWords> {
    let question = Question::of(&Address::parse(fragment));
    let basis = Shared::new(Basis::new(report, &question.basis).unwrap());
    Shown::new(basis, &question, &report.settings, None).notes
}

#[test]
fn what_differs_from_the_baseline_is_told() {
    let labels = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let matrix = |names: &str, value: f64| {
        let n = labels(names).len();
        ConfusionMatrix::from_dense(labels(names), vec![value; n * n], MatrixKind::Counts).unwrap()
    };
    let mut report = nba_report();
    report.predictions.clear();
    report.matrices = vec![record(0, matrix("a b", 2.0)), record(1, matrix("b c", 3.0))];
    assert_eq!(
        notes(&report, "#/confusion"),
        [
            ConfusionWords::ClassesDiffer("master".to_owned(), labels("a"), labels("c")),
            ConfusionWords::SizesDiffer("master".to_owned(), 12.0, 8.0, false),
        ]
    );
    let shares =
        ConfusionMatrix::from_dense(labels("a b"), vec![0.5; 4], MatrixKind::NormalisedByRow);
    report.matrices = vec![record(0, shares.unwrap()), record(1, matrix("a b", 3.0))];
    assert_eq!(
        notes(&report, "#/confusion?norm=col"),
        [
            ConfusionWords::NoCounterpart("master".to_owned()),
            ConfusionWords::SharesNotCounts(MatrixKind::NormalisedByRow),
        ]
    );
    assert_eq!(
        notes(&report, "#/confusion?run=master"),
        [ConfusionWords::IsBaseline("master".to_owned())]
    );
}

#[test]
fn shares_are_never_called_counts() {
    let labels = vec!["a".to_owned(), "b".to_owned()];
    let rows = [vec![0.75, 0.25], vec![0.4, 0.6]];
    let mut report = nba_report();
    report.predictions.clear();
    report.settings = Settings::default();
    report.matrices = vec![record(
        0,
        ConfusionMatrix::from_rows(labels, &rows).unwrap(),
    )];
    let text = text_of(&render(report, "#/confusion?cell=b~a", Lang::En));
    assert!(text.contains("The artifact holds shares of each row, not counts"));
    assert!(text.contains("40.0\u{a0}% of b are taken for a."));
    assert!(!text.contains("Counts") && !text.contains("samples"));
}

#[test]
fn the_view_state_is_a_round_trip() {
    let address = Address::new(View::Confusion)
        .with("norm", Some("col"))
        .with("order", Some("similarity"))
        .with("scale", Some("log"))
        .with("transpose", Some("1"))
        .with("min", Some("3"));
    let question = Question::of(&Address::parse(&address.to_fragment()));
    assert_eq!(question, Question::of(&address));
    assert_eq!(question.filter.min, Some(3.0));
    assert!(question.is_transposed);
    assert_eq!(
        Question::of(&Address::parse("#/confusion?norm=x&min=NaN")),
        Question::default()
    );
}

#[test]
fn what_an_address_asks_for_in_vain_is_told_with_the_nearest() {
    let told = |fragment: &str, expected: &[(&str, &str)]| {
        let text = text_of(&render(nba_report(), fragment, Lang::En));
        for (what, nearest) in expected {
            let after = text.split_once(what);
            let after = after.unwrap_or_else(|| panic!("{what} in {text}")).1;
            let offer = format!(" Use {nearest} instead");
            assert_eq!(after.starts_with(&offer), !nearest.is_empty(), "{what}");
        }
        text
    };
    told(
        "#/confusion?level=96&norm=rows&order=f2&scale=logg&transpose=foo",
        &[
            (
                "“norm=rows”, which means nothing here; norm=none is used.",
                "row",
            ),
            (
                "“order=f2”, which means nothing here; order=file is used.",
                "f1",
            ),
            (
                "“scale=logg”, which means nothing here; scale=linear is used.",
                "log",
            ),
            (
                "“transpose=foo”, which means nothing here; transpose=0 is used.",
                "",
            ),
            (
                "“level=96”, which means nothing here; level=95 is used.",
                "95",
            ),
        ],
    );
    let text = told(
        "#/confusion?groups=frut&moves=PFF~C,C~&only=C,SGG",
        &[
            ("a group “frut”; the classes here have no such group.", ""),
            ("a class “SGG”, which this matrix doesn’t have.", "SG"),
            ("a class “PFF”, which this matrix doesn’t have.", "PF"),
        ],
    );
    assert!(text.contains("Moved by hand: C."), "{text}");
    told(
        "#/confusion?cell=C&min=NaN&moves=SF&sep=%23&top=0",
        &[
            ("“top=0”, which means nothing here; it is left out.", ""),
            ("“min=NaN”, which means nothing here; it is left out.", ""),
            ("“sep=#”, which means nothing here; it is left out.", ""),
            ("“cell=C”, which means nothing here; it is left out.", ""),
            ("“moves=SF”, which means nothing here; it is left out.", ""),
        ],
    );
    let known = "#/confusion?class=C&level=90&min=2.5&moves=C~PF,PF~&norm=none&only=C,PF&order=f1\
                 &scale=linear&sep=none&top=2&transpose=0";
    let html = render(nba_report(), known, Lang::Es);
    assert_eq!(count(&html, "xp-gone"), 0, "{}", text_of(&html));
    let many: Vec<String> = (0..30).map(|it| format!("none{it}")).collect();
    let many = Address::new(View::Confusion).with_list("only", &many);
    let html = render(nba_report(), &many.to_fragment(), Lang::Es);
    assert_eq!(count(&html, "xp-gone"), 21);
    assert!(text_of(&html).contains("Hay otras 10 cosas que el enlace nombra"));
}

/// The text that is seen: tags and comments taken out, the few entities put back.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        rest = match tag.strip_prefix("!--") {
            Some(comment) => comment.split_once("-->").map_or("", |it| it.1),
            None => tag.split_once('>').map_or("", |it| it.1),
        };
    }
    text.push_str(rest);
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

#[test]
fn shares_are_put_in_no_order_that_they_do_not_tell() {
    use crate::model::Order;
    let labels = ["a", "b"].map(str::to_owned).to_vec();
    let rows = [vec![0.9, 0.1], vec![0.4, 0.6]];
    let matrix = ConfusionMatrix::from_rows(labels, &rows).unwrap();
    let report = Report {
        revisions: vec![named("now")],
        matrices: vec![record(0, matrix)],
        ..Report::default()
    };
    let question = Question::of(&Address::parse("#/confusion?order=support"));
    let basis = Shared::new(Basis::new(&report, &question.basis).unwrap());
    assert!(basis.knows(Order::Recall) && !basis.knows(Order::Support));
    assert!(!basis.knows(Order::Error) && !basis.knows(Order::F1));
    let shown = Shown::new(basis, &question, &report.settings, None);
    assert_eq!(shown.order, Order::File);
}

#[test]
fn copies_say_what_their_numbers_are() {
    use super::export::{csv, json, markdown};
    let report = nba_report();
    let shown = |fragment: &str| {
        let question = Question::of(&Address::parse(fragment));
        let basis = Shared::new(Basis::new(&report, &question.basis).unwrap());
        Shown::new(basis, &question, &report.settings, None)
    };
    let seen = shown("#/confusion?base=master&norm=row&only=PF,SF,SG");
    let english = markdown(&seen, &report, Lang::En);
    let told = "rama-experimental minus master: differences of shares of each actual class, in \
                percentage points (pp). 3 of 5 classes.";
    assert_eq!(english.lines().next(), Some(told), "{english}");
    assert!(
        english.contains("+5.6\u{a0}pp") && !english.contains('%'),
        "{english}"
    );
    let spanish = markdown(&seen, &report, Lang::Es);
    assert!(
        spanish.contains("+5,6\u{a0}puntos") && spanish.contains("3 de 5 clases."),
        "{spanish}"
    );
    let table = csv(&seen, &report, Lang::Es);
    let corner = "\"actual \\ predicted; rama-experimental minus master: differences of shares of \
                  each actual class, from −1 to 1. 3 of 5 classes.\",PF,SF,SG\n";
    assert!(table.starts_with(corner), "{table}");
    let text = json(&seen, &report, Lang::En);
    let read: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(read["kind"], "difference");
    assert_eq!(read["confusion_matrix"][1][0], 14, "{text}");
    let rates = markdown(&shown("#/confusion?norm=all"), &report, Lang::En);
    assert!(
        rates.starts_with("rama-experimental: shares of all, in %.\n\n|"),
        "{rates}"
    );
    let turned = json(
        &shown("#/confusion?norm=row&transpose=1"),
        &report,
        Lang::En,
    );
    let read: serde_json::Value = serde_json::from_str(&turned).unwrap();
    assert_eq!(
        (&read["kind"], &read["value_rows"]),
        (&"rates".into(), &"predicted".into())
    );
    assert!(
        (read["values"][1][3].as_f64().unwrap() - 14.0 / 36.0).abs() < 1e-12,
        "{turned}"
    );
    assert_eq!(
        read["confusion_matrix"][3][1], 14,
        "counts keep their orientation"
    );
    let plain = csv(&shown("#/confusion"), &report, Lang::En);
    assert!(plain.starts_with("actual \\ predicted,C,"), "{plain}");
}
