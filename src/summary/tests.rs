use super::*;
use crate::{
    analysis::{
        nba_report::{self, BASELINE, CURRENT},
        tried,
        verdict::verdict,
    },
    model::{
        AxisTitles, Cell, Cells, ClassName, Column, ColumnId, ColumnKind, ConfusionMatrix, Lang,
        MatrixKind, MatrixRecord, Noun, Report, State, TextKind, Verdict,
    },
};

fn nba() -> (Report, Verdict) {
    let mut report = nba_report::report();
    let nouns = [
        ("C", Lang::En, "centre", "centres"),
        ("PF", Lang::En, "power forward", "power forwards"),
        ("SF", Lang::En, "small forward", "small forwards"),
        ("C", Lang::Es, "pívot", "pívots"),
        ("PF", Lang::Es, "ala-pívot", "ala-pívots"),
        ("SF", Lang::Es, "alero", "aleros"),
    ];
    report.settings.classes = nouns
        .map(|(label, lang, one, many)| ClassName {
            label: label.to_owned(),
            lang,
            noun: Noun {
                one: one.to_owned(),
                many: many.to_owned(),
            },
        })
        .to_vec();
    let judged = verdict(&report, CURRENT, Some(BASELINE), None);
    (report, judged)
}

/// Everything that the Overview says, as text.
fn told(report: &Report, judged: &Verdict, lang: Lang) -> String {
    let mut lines = vec![verdict_sentence(report, judged, lang)];
    lines.extend(judged_by(report, judged, lang));
    for reason in reasons(report, judged, lang) {
        let code = reason.code.join(" ");
        lines.push(format!(
            "* {} {} {code} {:?}",
            reason.title, reason.text, reason.pairs
        ));
    }
    let tried = tried::tried(report, judged);
    for row in tried_rows(report, judged, &tried, lang) {
        lines.push(format!("- {}: {}", row.label, row.text));
    }
    for mix_up in mix_ups(report, judged, 2, lang) {
        lines.push(format!(
            "{} {} {:?}",
            mix_up.title, mix_up.text, mix_up.cells
        ));
    }
    lines.join("\n")
}

#[test]
fn the_nba_case_in_english() {
    let (report, judged) = nba();
    insta::assert_snapshot!(told(&report, &judged, Lang::En));
}

#[test]
fn the_nba_case_in_spanish() {
    let (report, judged) = nba();
    insta::assert_snapshot!(told(&report, &judged, Lang::Es));
}

#[test]
fn a_failed_run_says_so() {
    let (mut report, _) = nba();
    report.revisions[CURRENT].state = State::Failed("out of memory".into());
    let judged = verdict(&report, CURRENT, Some(BASELINE), None);
    insta::assert_snapshot!(told(&report, &judged, Lang::En));
}

#[test]
fn without_a_baseline_the_level_is_told() {
    let (report, _) = nba();
    let judged = verdict(&report, CURRENT, None, None);
    insta::assert_snapshot!(told(&report, &judged, Lang::En));
}

fn nba_comment(lang: Lang) -> String {
    let (mut report, mut judged) = nba();
    report.settings.left_out.drop = Some(".*(assets|src)".to_owned());
    report.origin.base_url = Some("https://team.example/repo/pr/12/2a1f591a8584/".into());
    judged.digest = "7f3ac41e".into();
    let options = CommentOptions {
        lang,
        key: "default",
    };
    comment(&report, &judged, options)
}

#[test]
fn a_column_that_repeats_another_is_named_not_shown() {
    let (mut report, judged) = nba();
    let recall = report.find_column("test_recall").unwrap();
    let mut again = report.columns[recall].clone();
    again.id = ColumnId::new("classification_report.json", &["macro avg", "recall"]);
    // The baseline has no such file.
    let stated = |row: usize| report.columns[recall].cells.number(row);
    let rows = 0..report.revisions.len();
    again.cells = Cells::from_numbers(rows.map(|row| stated(row).filter(|_| row != BASELINE)));
    report.columns.push(again);
    let table = |report: &Report, lang| {
        let text = comment(report, &judged, CommentOptions { lang, key: "" });
        let from = text.find("test_accuracy | test_recall").unwrap_or_default();
        text[from..].to_owned()
    };
    let english = table(&report, Lang::En);
    let head = english.lines().next().unwrap();
    assert!(!head.contains("macro"), "{head}");
    let note = "macro avg.recall has the same values as test\\_recall, and no others.";
    assert!(
        english.contains(note) || english.contains(&note.replace('\\', "")),
        "{english}"
    );
    assert!(table(&report, Lang::Es).contains("tiene los mismos valores que"));
    // Who asks for it gets it.
    report.settings.left_out.keep = Some(".*recall".to_owned());
    assert!(
        table(&report, Lang::En)
            .lines()
            .next()
            .unwrap()
            .contains("macro avg.recall")
    );
}

#[test]
fn names_in_a_reason_are_a_list() {
    let (mut report, judged) = nba();
    let n = report.revisions.len();
    let listed = |report: &Report, lang| {
        let options = CommentOptions { lang, key: "" };
        let text = comment(report, &judged, options);
        let line = text.lines().find(|it| it.contains("`m1`")).unwrap();
        line[line.find('`').unwrap()..].to_owned()
    };
    let add = |report: &mut Report, key: &str| {
        let baseline_only = (0..n).map(|row| (row == BASELINE).then_some(0.5));
        report.columns.push(Column {
            id: ColumnId::new("m.json", &[key]),
            kind: ColumnKind::Metric,
            direction: crate::model::Direction::Unknown,
            cells: Cells::from_numbers(baseline_only),
            sources: Vec::new(),
        });
    };
    add(&mut report, "m1");
    assert_eq!(listed(&report, Lang::En), "`m1`");
    add(&mut report, "m2");
    assert_eq!(listed(&report, Lang::En), "`m1` and `m2`");
    add(&mut report, "inercia");
    assert_eq!(listed(&report, Lang::En), "`m1`, `m2` and `inercia`");
    assert_eq!(listed(&report, Lang::Es), "`m1`, `m2` e `inercia`");
    for key in ["m4", "m5", "m6", "m7"] {
        add(&mut report, key);
    }
    let rest = "`m1`, `m2`, `inercia`, `m4`, `m5`";
    assert_eq!(listed(&report, Lang::En), format!("{rest} and 2 more"));
    assert_eq!(listed(&report, Lang::Es), format!("{rest} y 2 más"));
}

#[test]
fn the_nba_comment_in_english() {
    insta::assert_snapshot!(nba_comment(Lang::En));
}

#[test]
fn the_nba_comment_in_spanish() {
    insta::assert_snapshot!(nba_comment(Lang::Es));
}

#[test]
fn a_hostile_report_stays_text_and_short() {
    let (mut report, _) = nba();
    let hostile = "<script>@all|`x`-->[a](javascript:1)\n# https://evil.example ";
    for revision in &mut report.revisions {
        revision.name = Some(hostile.repeat(200));
    }
    // Dependencies are told as code, where nothing is markup; `markdown::code` has its own test.
    let is_told_as_text = |it: &&mut Column| it.kind != ColumnKind::Dependency;
    for column in report.columns.iter_mut().filter(is_told_as_text) {
        column.id.file = hostile.repeat(100);
        column
            .id
            .path
            .iter_mut()
            .for_each(|key| key.push_str(hostile));
    }
    for record in &mut report.predictions {
        for label in &mut record.predictions.labels {
            *label = format!("{label}{}", hostile.repeat(100));
        }
    }
    for idx in 0..2000 {
        let mut more = report.revisions[1].clone();
        more.name = Some(format!("{hostile}{idx}"));
        report.revisions.push(more);
    }
    for column in &mut report.columns {
        column.cells.grow(report.revisions.len());
    }
    report.settings = crate::model::Settings::default();
    let judged = verdict(&report, CURRENT, Some(BASELINE), None);
    let options = CommentOptions {
        lang: Lang::En,
        key: "a --> b",
    };
    let text = comment(&report, &judged, options);
    assert!(text.len() < MAX_COMMENT_BYTES, "{} bytes", text.len());
    let (marker, rest) = text.split_once('\n').unwrap();
    assert_eq!(marker, "<!-- careo key=a-b digest= -->");
    let (before, code) = rest.split_once("```text").unwrap();
    let (_, after) = code.split_once("```").unwrap();
    for outside in [before, after] {
        assert!(!outside.contains("@all"), "a mention: {outside}");
        assert!(!outside.contains("<script"), "{outside}");
        assert!(!outside.contains("[a](javascript"), "{outside}");
        assert!(!outside.contains("https://evil"), "{outside}");
    }
}

#[test]
fn a_comment_tells_the_gates() {
    let (mut report, judged) = nba();
    report.settings.gates = crate::model::Gates {
        min: vec![("test_recall".to_owned(), 0.6), ("g`one*".to_owned(), 0.1)],
        require: Some(crate::model::Outcome::NoClearChange),
        ..crate::model::Gates::default()
    };
    let text = |lang| {
        let options = CommentOptions {
            lang,
            key: "default",
        };
        comment(&report, &judged, options)
    };
    for part in [
        "#### Gates\n\n- ✓ **Verdict**: No clear change; required: No clear change, or better (met)\n",
        "- ✗ **Recall**: 0.5032; required: ≥ 0.6 (not met)\n",
        "- ✗ **g\\`one\\***: no such metric; required: ≥ 0.1 (not met)\n",
    ] {
        assert!(text(Lang::En).contains(part), "{part}");
    }
    let row = "- ✗ **Exhaustividad**: 0,5032; se exige: ≥ 0,6 (no se cumple)\n";
    assert!(text(Lang::Es).contains(row));
}

#[test]
fn the_matrix_of_a_comment_stands_in_the_teams_order() {
    let (mut report, judged) = nba();
    let options = CommentOptions {
        lang: Lang::En,
        key: "",
    };
    let heads = |report: &Report| {
        let text = comment(report, &judged, options);
        let table = text.split("```text\n").nth(1).unwrap().to_owned();
        let head = table.lines().next().unwrap();
        head.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(heads(&report), "C PF PG SF SG");
    report.settings.class_order = ["PG", "SG"].map(str::to_owned).to_vec();
    assert_eq!(heads(&report), "PG SG C PF SF");
}

#[test]
fn another_baseline_is_named() {
    let (mut report, judged) = nba();
    report.settings.release = Some("nival-newt".to_owned());
    for (lang, expected) in [
        (Lang::En, "The last release (nival-newt)"),
        (Lang::Es, "La última versión (nival-newt)"),
    ] {
        let others = other_baselines(&report, &judged, lang);
        assert_eq!(others[0].label, expected);
    }
}

#[test]
fn a_change_without_results_beside_others_that_have_some() {
    let (mut report, _) = nba();
    for column in &mut report.columns {
        if column.kind == ColumnKind::Metric {
            let none = vec![None; report.revisions.len()];
            column.cells = Cells::from_numbers(none);
        }
    }
    report.predictions.retain(|it| it.revision != CURRENT);
    report.matrices.retain(|it| it.revision != CURRENT);
    let judged = verdict(&report, CURRENT, Some(BASELINE), None);
    let en = told(&report, &judged, Lang::En);
    assert!(
        en.starts_with(
            "There is nothing to judge: this change has no metric, no predictions and no confusion \
             matrix."
        ),
        "{en}"
    );
    let why = "4 experiments were run. This change has no result to set beside theirs.";
    assert!(en.contains(why), "{en}");
}

#[test]
fn a_number_in_quotes_is_told() {
    let (mut report, _) = nba();
    let accuracy = report.find_column("test_accuracy").unwrap();
    let text = Cell::Text(TextKind::Plain, "0.81");
    report.columns[accuracy].cells.set(CURRENT, text);
    let judged = verdict(&report, CURRENT, Some(BASELINE), None);
    let en = told(&report, &judged, Lang::En);
    let why = "A number is missing. The file states text where a number belongs; in JSON a number \
               has no quotes. This change has no number where there is one on master: test_accuracy";
    assert!(en.contains(why), "{en}");
}

#[test]
fn a_number_that_is_kept_as_text_is_no_fault_of_its_file() {
    let (mut report, _) = nba();
    let mut big = report.columns[report.find_column("test_recall").unwrap()].clone();
    big.id.path = vec!["big".into()];
    for row in 0..report.revisions.len() {
        let digits = Cell::Text(TextKind::BigInteger, "12345678901234567890123");
        big.cells.set(row, digits);
    }
    report.columns.push(big);
    let judged = verdict(&report, CURRENT, Some(BASELINE), None);
    let en = told(&report, &judged, Lang::En);
    assert!(!en.contains("A number is missing"), "{en}");
}

#[test]
fn a_corrected_test_says_what_decides() {
    let (report, mut judged) = nba();
    judged.selection = Some(crate::model::Selection {
        n_tried: 5,
        n_judged: 5,
        p: Some(0.207),
    });
    let en = told(&report, &judged, Lang::En);
    let why = "comes up about 1 time in 9. That is for this test alone. What decides is Holm’s \
               correction for 5 experiments: p = 0.207.";
    assert!(en.contains(why), "{en}");
}

#[test]
fn the_value_names_what_is_unknown() {
    let (mut report, judged) = nba();
    let worth = &mut report.settings.worth;
    worth.wrong = Some(-1.0);
    worth.right = Some(1.0);
    worth.cells = vec![("PG".to_owned(), String::new(), -4.0)];
    worth.unknown = Some(("PG".to_owned(), String::new()));
    let options = CommentOptions {
        lang: Lang::En,
        key: "",
    };
    let text = comment(&report, &judged, options);
    let why = "PG taken for another class: nobody knows for sure what that is worth.";
    assert!(text.contains(why), "{text}");
}

#[test]
fn the_difference_of_two_amounts_is_that_of_the_amounts_shown() {
    let (mut report, judged) = nba();
    report.settings.worth.right = Some(10.0);
    // 87 and 93 of 176: 4,943.2 and 5,284.1, which are 340.9 apart and read as 341.
    let business = crate::analysis::business::business(&report, &judged).unwrap();
    let told = worth_text(&report, &judged, &business, 0.0, Lang::En);
    assert!(told[0].contains("5,284 with master, 4,943 now"), "{told:?}");
    assert_eq!(told[1], "That is 341 less.");
    // 4,992.61 and 5,336.93 are 344.32 apart: 345 between what is shown would be 5,337 less 4,993.
    report.settings.worth.right = Some(10.1);
    let business = crate::analysis::business::business(&report, &judged).unwrap();
    let told = worth_text(&report, &judged, &business, 0.0, Lang::En);
    let number = |text: &str| -> f64 {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        digits.parse().unwrap()
    };
    let (before, now) = told[0]
        .split_once(':')
        .unwrap()
        .1
        .split_once(" with")
        .unwrap();
    assert_eq!(number(&told[1]), number(before) - number(now), "{told:?}");
}

#[test]
fn shares_of_what_is_said_are_told_as_such() {
    let (mut report, judged) = nba();
    report.predictions.clear();
    let labels = ["common", "rare"].map(str::to_owned).to_vec();
    let values = vec![0.995, 0.667, 0.005, 0.333];
    let kind = MatrixKind::NormalisedByColumn;
    let matrix = ConfusionMatrix::from_dense(labels, values, kind).unwrap();
    report.matrices = vec![MatrixRecord {
        revision: CURRENT,
        split: None,
        artifact: "cm.json".to_owned(),
        titles: AxisTitles::default(),
        matrix,
    }];
    let told = |lang| {
        mix_ups(&report, &judged, 1, lang)
            .first()
            .map(|it| it.text.clone())
    };
    assert_eq!(
        told(Lang::En).as_deref(),
        Some(
            "Of what is taken for rare, 66.7\u{a0}% are common. Of what is taken for common, \
             0.5\u{a0}% are rare."
        )
    );
    // It says nothing of how many are right.
    report.columns.clear();
    report.verdict = None;
    let judged = verdict(&report, CURRENT, None, None);
    assert_eq!(
        verdict_sentence(&report, &judged, Lang::En),
        "There is nothing to judge: a matrix of shares or weights doesn’t say how many answers are \
         right."
    );
}

#[test]
fn the_metric_that_has_no_value_is_named() {
    let (mut report, _) = nba();
    let recall = report.find_column("test_recall").unwrap();
    report.columns[recall].cells = Cells::from_numbers([]);
    report.predictions.clear();
    report.matrices.clear();
    let judged = verdict(&report, CURRENT, Some(BASELINE), Some(recall));
    assert_eq!(
        verdict_sentence(&report, &judged, Lang::En),
        "There is nothing to judge: this change states no value of recall."
    );
}

#[test]
fn what_was_tried_has_the_teams_names_of_parameters() {
    let (mut report, judged) = nba();
    report.settings.names = vec![("train.C".into(), Lang::Es, "inverso de λ".into())];
    let tried = tried::tried(&report, &judged);
    let told = |lang| {
        let rows = tried_rows(&report, &judged, &tried, lang).into_iter();
        rows.map(|it| it.text).collect::<Vec<String>>().join("\n")
    };
    assert!(
        told(Lang::Es).contains("inverso de λ = "),
        "{}",
        told(Lang::Es)
    );
    assert!(told(Lang::En).contains("C = "), "{}", told(Lang::En));
}
