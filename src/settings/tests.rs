use super::*;
use crate::model::{Direction, Found, Gates, Lang, Outcome, Thing, Worth};

#[test]
fn the_nba_case_sets_everything() {
    let text = include_str!("../../tests/fixtures/nba/careo.toml");
    let File {
        settings, title, ..
    } = read("careo.toml", text).unwrap();
    assert_eq!(title.as_deref(), Some("Posiciones NBA"));
    assert_eq!(settings.primary_metric.as_deref(), Some("test_accuracy"));
    let noun = |label, lang| settings.class_noun(label, lang).map(|it| it.many.as_str());
    assert_eq!(noun("SF", Lang::En), Some("small forwards"));
    assert_eq!(noun("PF", Lang::Es), Some("ala-pívots"));
    assert_eq!(
        settings.sample_noun(Lang::Es).map(|it| it.many.as_str()),
        Some("jugadores")
    );
    let axes = (
        Lang::Es,
        "Posiciones Reales".to_owned(),
        "Posiciones Predichas".to_owned(),
    );
    assert!(settings.axes.contains(&axes));
    assert_eq!(settings.classes.len(), 10);
    assert_eq!(read("careo.toml", "").unwrap(), File::default());
}

#[test]
fn directions_keep_the_order_of_the_file() {
    let text = "[directions]\nrmse = \"lower\"\n\"eval.json:acc.top1\" = \"higher\"\n";
    let directions = read("careo.toml", text).unwrap().settings.directions;
    let expected = [
        ("rmse".to_owned(), Direction::LowerIsBetter),
        ("eval.json:acc.top1".to_owned(), Direction::HigherIsBetter),
    ];
    assert_eq!(directions, expected);
}

#[test]
fn mistakes_are_told_with_their_place() {
    let unknown = |key: &str, nearest: Option<&str>, known: &str| ProblemKind::UnknownKey {
        key: key.to_owned(),
        nearest: nearest.map(str::to_owned),
        known: known.to_owned(),
    };
    let expected = |expected, found| ProblemKind::Expected { expected, found };
    let choice = |found: &str, known: &str| ProblemKind::UnknownChoice {
        found: found.to_owned(),
        known: known.to_owned(),
    };
    let cases = [
        (
            "\nbasline = 'x'",
            2,
            1,
            unknown("basline", Some("baseline"), &KEYS.join(", ")),
        ),
        ("lang = 'fr'", 1, 8, choice("fr", "en, es")),
        (
            "directions.rmse = 'up'",
            1,
            19,
            choice("up", "higher, lower"),
        ),
        (
            "title = 3",
            1,
            9,
            expected(Thing::Text, Found::Literal("3".to_owned())),
        ),
        ("[names.fr]\nacc = 'x'", 1, 8, unknown("fr", None, "en, es")),
        (
            "sample.en = 'photo'",
            1,
            13,
            expected(Thing::TwoTexts, Found::Text("photo".to_owned())),
        ),
        (
            "sample.en = ['a']",
            1,
            13,
            expected(Thing::TwoTexts, Found::Thing(Thing::List)),
        ),
        // There is one schema: no range of them is told.
        ("schema = 0", 1, 10, choice("0", "1")),
        ("schema = 1.5", 1, 10, choice("1.5", "1")),
        (
            "[axes]\nes = { actual = 'a' }",
            2,
            1,
            expected(Thing::Text, Found::Nothing),
        ),
        (
            "names = 'é' ",
            1,
            9,
            expected(Thing::Object, Found::Text("é".to_owned())),
        ),
    ];
    for (text, line, column, kind) in cases {
        let problem = read("sub/careo.toml", text).unwrap_err();
        let place = problem.place.unwrap();
        assert_eq!(place.artifact, "sub/careo.toml");
        assert_eq!(
            (place.line, place.column),
            (Some(line), Some(column)),
            "{text}"
        );
        assert_eq!(problem.kind, kind, "{text}");
    }
    for (text, line, column, kind) in out_of_bounds() {
        let problem = read("careo.toml", text).unwrap_err();
        let place = problem.place.unwrap();
        assert_eq!(
            (place.line, place.column),
            (Some(line), Some(column)),
            "{text}"
        );
        assert_eq!(problem.kind, kind, "{text}");
    }
    let broken = read("careo.toml", "title = \n").unwrap_err();
    assert!(
        matches!(broken.kind, ProblemKind::Syntax { .. }),
        "{broken:?}"
    );
    assert_eq!(broken.place.unwrap().line, Some(1));
}

/// Texts with a value that can't be, the place of it, and what is told.
fn out_of_bounds() -> Vec<(&'static str, u32, u32, ProblemKind)> {
    let range = |found: &str, low: &str, high: &str| ProblemKind::OutOfRange {
        found: found.to_owned(),
        low: low.to_owned(),
        high: high.to_owned(),
    };
    let twice = |name: &str| ProblemKind::Twice {
        name: name.to_owned(),
    };
    let needs = |key: &str| ProblemKind::NeedsKey {
        key: key.to_owned(),
    };
    let unknown = |key: &str, nearest: &str, known: &str| ProblemKind::UnknownKey {
        key: key.to_owned(),
        nearest: Some(nearest.to_owned()),
        known: known.to_owned(),
    };
    vec![
        ("confidence = 95", 1, 14, range("95", "0.5", "0.999")),
        (
            "confidence = 0.9999",
            1,
            14,
            range("0.9999", "0.5", "0.999"),
        ),
        ("guards.f1 = -0.1", 1, 13, range("-0.1", "0", "∞")),
        ("smallest_useful_gain = 0", 1, 24, range("0", "0", "")),
        (
            "guards.f1 = nan",
            1,
            13,
            ProblemKind::Expected {
                expected: Thing::Number,
                found: Found::Literal("nan".to_owned()),
            },
        ),
        ("class_order = ['A', 'A']", 1, 21, twice("A")),
        ("[groups]\na = ['A']\nb = ['B', 'B']", 3, 11, twice("B")),
        ("value.false_negative = -2", 1, 24, needs("positive_class")),
        (
            "value.unknown = 'true_positive'",
            1,
            17,
            needs("positive_class"),
        ),
        (
            "[gates]\nmim = {}",
            2,
            1,
            unknown("mim", "min", "min, max, no_worse, require"),
        ),
        (
            "gates.require = 'worse'",
            1,
            17,
            ProblemKind::UnknownChoice {
                found: "worse".to_owned(),
                known: "improved, no-clear-change".to_owned(),
            },
        ),
        // The key that this one doesn't know is not the mistake.
        (
            "from_the_future = 1\nschema = 2",
            2,
            10,
            ProblemKind::NewerSchema {
                found: 2,
                supported: SCHEMA,
            },
        ),
    ]
}

#[test]
fn the_example_of_the_documentation_is_read() {
    let text = include_str!("../../docs/careo-toml.md");
    let example = text.split("```toml\n").nth(1).unwrap();
    let example = example.split("\n```").next().unwrap();
    let Settings {
        lang,
        primary_metric,
        directions,
        baseline,
        names,
        classes,
        sample,
        axes,
        explanations,
        guards,
        smallest_gain,
        confidence,
        positive_class,
        class_order,
        groups,
        group_separator,
        data,
        release,
        worth,
        gates,
        // Flags of the command line.
        left_out: _,
    } = read("careo.toml", example).unwrap().settings;
    assert_eq!(lang, Some(Lang::Es));
    assert_eq!(primary_metric.as_deref(), Some("test_recall"));
    assert_eq!(directions.len(), 2);
    assert_eq!(baseline.as_deref(), Some("main"));
    assert_eq!(release.as_deref(), Some("v2.1"));
    assert_eq!((names.len(), explanations.len()), (2, 2));
    assert_eq!((classes.len(), sample.len(), axes.len()), (4, 2, 1));
    assert_eq!(guards, [("test_precision".to_owned(), 0.02)]);
    assert_eq!((smallest_gain, confidence), (Some(0.01), Some(0.95)));
    assert_eq!(positive_class.as_deref(), Some("fraud"));
    assert_eq!(class_order, ["fraud", "doubtful", "legit"]);
    let looked_at = (
        "to look at".to_owned(),
        vec!["fraud".into(), "doubtful".into()],
    );
    assert_eq!(
        (groups, group_separator),
        (vec![looked_at], Some("/".to_owned()))
    );
    assert_eq!(data, ["data/transactions.csv"]);
    let cell = |actual: &str, predicted: &str, worth| (actual.into(), predicted.into(), worth);
    assert_eq!(
        worth,
        Worth {
            unit: Some("€".to_owned()),
            right: Some(0.0),
            wrong: Some(-1.0),
            cells: vec![
                cell("fraud", "fraud", 80.0),
                cell("fraud", "", -120.0),
                cell("", "fraud", -4.0),
                cell("doubtful", "legit", -2.0),
            ],
            unknown: Some((String::new(), "fraud".to_owned())),
        }
    );
    let told = [
        ("fraud", "fraud", 80.0),
        ("fraud", "legit", -120.0),
        ("legit", "fraud", -4.0),
        ("doubtful", "legit", -2.0),
        ("legit", "doubtful", -1.0),
        ("legit", "legit", 0.0),
    ];
    for (actual, predicted, expected) in told {
        assert_eq!(
            worth.of(actual, predicted, Some("fraud")),
            expected,
            "{actual} {predicted}"
        );
    }
    assert_eq!(
        gates,
        Gates {
            min: vec![("test_recall".to_owned(), 0.8)],
            max: vec![("latency_ms".to_owned(), 40.0)],
            no_worse: true,
            require: Some(Outcome::NoClearChange),
        }
    );
}

#[test]
fn classes_have_an_order_and_groups() {
    let text = "class_order = ['SG', 'C']\ngroup_separator = '/'\n[groups]\nsmall = ['SF']\nbig = ['C', 'PF']\n";
    let settings = read("careo.toml", text).unwrap().settings;
    let labels = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(settings.class_order, labels("SG C"));
    let groups = [
        ("small".to_owned(), labels("SF")),
        ("big".to_owned(), labels("C PF")),
    ];
    assert_eq!(settings.groups, groups);
    assert_eq!(settings.group_separator.as_deref(), Some("/"));
    assert!(read("careo.toml", "class_order = 'SG'").is_err());
    assert!(read("careo.toml", "groups.big = [3]").is_err());
}
