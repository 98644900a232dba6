use proptest::prelude::*;

use super::*;
use crate::{
    analysis::{table::known, testing::small},
    model::{Cell, Lang, Report},
};

fn names(report: &Report, text: &str) -> Result<Vec<String>, FilterError> {
    let subject = Subject {
        report,
        baseline: report.baseline,
    };
    let mask = mask(&parse(text)?, subject)?;
    let passing = report
        .revisions
        .iter()
        .zip(mask)
        .filter(|(_, passes)| *passes);
    Ok(passing.map(|(it, _)| it.label().to_owned()).collect())
}

#[test]
fn a_filter_says_what_it_means() {
    let report = small();
    let all = [
        "main",
        "topic",
        "lush-coth",
        "bold-newt",
        "dead-rust",
        "late-hoar",
    ];
    let cases: [(&str, &[&str]); 26] = [
        ("", &all),
        ("coth", &["lush-coth"]),
        ("COTH", &["lush-coth"]),
        ("saga", &["lush-coth"]),
        ("converge", &["dead-rust"]),
        ("\"did not\"", &["dead-rust"]),
        ("30", &[]),
        ("o coth", &["lush-coth"]),
        ("train.C > 30", &["topic", "dead-rust", "late-hoar"]),
        ("C>30 and accuracy < 0.5", &["topic"]),
        ("C ≥ 30 C ≤ 120", &["topic", "bold-newt"]),
        ("params.yaml:train.C = 5", &["lush-coth"]),
        ("accuracy > 0.9", &[]), // a failed run's metric is its parent's
        ("accuracy is missing", &["dead-rust", "late-hoar"]),
        (
            "solver is not missing and C > 100",
            &["topic", "dead-rust", "late-hoar"],
        ),
        ("solver != lbfgs", &["lush-coth", "late-hoar"]),
        ("solver !~ f", &["lush-coth", "late-hoar"]),
        ("C in (5, 30)", &["lush-coth", "bold-newt"]),
        ("solver in (saga, \"v2\")", &["lush-coth", "late-hoar"]),
        ("name ~ \"coth\" or name = main", &["main", "lush-coth"]),
        (
            "parent = topic and not (state = ok or state = queued)",
            &["dead-rust"],
        ),
        ("solver changed", &["lush-coth", "late-hoar"]),
        ("Δaccuracy >= -0.02", &["main", "lush-coth", "bold-newt"]),
        ("Δaccuracy < −0.03", &["topic"]),
        ("rmse < 9", &["main", "topic", "bold-newt"]), // NaN is not less
        ("NOT C > 30 AND NOT main", &["lush-coth", "bold-newt"]),
    ];
    for (text, expected) in cases {
        assert_eq!(
            names(&report, text).as_deref(),
            Ok(&expected.map_owned()[..]),
            "{text}"
        );
    }
}

trait MapOwned {
    fn map_owned(&self) -> Vec<String>;
}

impl MapOwned for &[&str] {
    fn map_owned(&self) -> Vec<String> {
        self.iter().map(|it| (*it).to_owned()).collect()
    }
}

#[test]
fn any_word_is_a_value() {
    let text = parse("C > and main").map(|it| it.to_string());
    assert_eq!(text.as_deref(), Ok("C > \"and\" and main"));
}

#[test]
fn an_error_has_its_place() {
    use FilterFault as F;
    let report = small();
    let unexpected = |text: &str| F::Unexpected(text.to_owned());
    let unknown =
        |name: &str, near: Option<&str>| F::UnknownField(name.to_owned(), near.map(str::to_owned));
    for (text, from, to, fault) in [
        ("C >", 3, 3, F::NoValue),
        ("a and", 5, 5, F::NoCondition),
        ("and a", 0, 3, F::NoCondition),
        ("> 3", 0, 1, F::NoField),
        ("Δ", 2, 2, F::NoField),
        ("Δaccuracy", 10, 10, F::NoValue),
        ("(a or b", 0, 1, F::OpenParenthesis),
        ("C in (5", 5, 6, F::OpenParenthesis),
        ("C in 5", 5, 6, F::NoValue),
        ("a )", 2, 3, unexpected(")")),
        ("a , b", 2, 3, unexpected(",")),
        ("C >= 0,52", 6, 7, F::DecimalComma),
        ("é \"x", 3, 5, F::OpenQuote),
        ("C is 5", 5, 6, unexpected("5")),
        ("acuracy > 0.5", 0, 7, unknown("acuracy", Some("accuracy"))),
        ("train.CC > 3", 0, 8, unknown("train.CC", Some("train.C"))),
        ("main and zz = 1", 9, 11, unknown("zz", None)),
        (&"(".repeat(200_000), 100, 101, F::TooDeep),
    ] {
        let error = names(&report, text).expect_err(text);
        assert_eq!(
            (error.at.from, error.at.to, error.fault),
            (from, to, fault),
            "{text:.20}"
        );
    }
}

#[test]
fn a_value_means_its_own_spelling_and_its_own_number() {
    use crate::analysis::testing::{Of, column};
    use crate::model::{ColumnKind, TextKind};
    let mut report = small();
    use Of::{N, No, T};
    let models = ["ResNet", "resnet", "ResNet", "VGG", "VGG", "VGG"].map(T);
    let shares = ["10.25 %", "10.3 %", "10.30 %", "9 %", "100 %", "x"].map(T);
    let optimizers = ["adam", "adam", "sgd", "sgd", "sgd", "sgd"].map(T);
    for (key, cells) in [
        ("model", models),
        ("share", shares),
        ("opt.name", optimizers),
        ("loss", [N(f64::NAN), N(1.0), No, No, N(1.0), No]),
        ("big", [N(9_007_199_254_740_992.0), No, No, No, No, No]),
    ] {
        let kind = ColumnKind::Param;
        report.columns.push(column("p.yaml", key, kind, &cells));
    }
    let mut big = crate::model::Cells::missing(0);
    for text in ["9007199254740993", "9007199254740995"] {
        big.push(Cell::Text(TextKind::BigInteger, text));
    }
    big.push(Cell::Number(9_007_199_254_740_992.0));
    big.grow(6);
    report.columns.last_mut().unwrap().cells = big;
    for (text, expected) in [
        ("model in (ResNet)", &["main", "lush-coth"][..]),
        ("model = resnet", &["topic"]),
        ("model = RESNET", &["main", "topic", "lush-coth"]),
        ("model != ResNet and C < 121", &["topic", "bold-newt"]),
        ("name = MAIN", &["main"]),
        ("share > 10.28%", &["topic", "lush-coth", "dead-rust"]),
        ("share <= 10.25", &["main", "bold-newt"]),
        ("loss = NaN", &["main"]),
        (
            "loss != nan and loss is not missing",
            &["topic", "dead-rust"],
        ),
        ("big = 9007199254740993", &["main"]),
        ("big = 9007199254740992", &["lush-coth"]),
        ("big > 9007199254740993", &["topic"]),
        ("opt.name = adam and name = main", &["main"]),
    ] {
        assert_eq!(
            names(&report, text).as_deref(),
            Ok(&expected.map_owned()[..]),
            "{text}"
        );
    }
    let meant = vec!["name".to_owned(), "p.yaml:opt.name".to_owned()];
    let fault = names(&report, "name = adam").unwrap_err().fault;
    assert_eq!(fault, FilterFault::AmbiguousField("name".into(), meant));
    assert_eq!(names(&report, "name = nobody"), Ok(Vec::new()));
    // The whole key is nearer than another's short name.
    let py = column("dvc.yaml", "train.py", ColumnKind::Dependency, &[No; 6]);
    report.columns.push(py);
    let near = FilterFault::UnknownField("train.CC".into(), Some("train.C".into()));
    assert_eq!(names(&report, "train.CC = 1").unwrap_err().fault, near);
}

fn any_filter() -> impl Strategy<Value = Filter> {
    let text = || "[a-zA-Z0-9 ._:()\",\\\\<>=!~Δé-]{0,6}".prop_map(String::from);
    let field = || {
        (text(), any::<bool>()).prop_map(|(text, is_difference)| FieldName {
            text,
            is_difference,
            at: Span::default(),
        })
    };
    let how = (0..Comparison::ALL.len()).prop_map(|at| Comparison::ALL[at].1);
    let leaf = prop_oneof![
        text().prop_map(Filter::Word),
        (field(), how, text()).prop_map(|(a, b, c)| Filter::Compare(a, b, c)),
        (field(), prop::collection::vec(text(), 1..3)).prop_map(|(a, b)| Filter::In(a, b)),
        field().prop_map(Filter::Missing),
        field().prop_map(Filter::Changed),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let several = || prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            several().prop_map(Filter::All).prop_map(flat),
            several().prop_map(Filter::Any).prop_map(flat),
            inner.prop_map(|it| Filter::Not(Box::new(it))),
        ]
    })
}

/// `and` in `and` is one `and`: as a reader writes it.
fn flat(filter: Filter) -> Filter {
    let is_all = matches!(filter, Filter::All(_));
    let (Filter::All(parts) | Filter::Any(parts)) = filter else {
        return filter;
    };
    let inner = |part| match (is_all, part) {
        (true, Filter::All(parts)) | (false, Filter::Any(parts)) => parts,
        (_, part) => vec![part],
    };
    let parts = parts.into_iter().flat_map(inner).collect();
    if is_all {
        Filter::All(parts)
    } else {
        Filter::Any(parts)
    }
}

/// One row at a time, as the language is told.
fn passes(filter: &Filter, report: &Report, row: usize) -> bool {
    let number = |name: &FieldName, row| {
        let column = report.find_column(&name.text).unwrap();
        known(report, column, row)
    };
    match filter {
        Filter::All(parts) => parts.iter().all(|it| passes(it, report, row)),
        Filter::Any(parts) => parts.iter().any(|it| passes(it, report, row)),
        Filter::Not(inner) => !passes(inner, report, row),
        Filter::Missing(name) => number(name, row) == Cell::Missing,
        Filter::Compare(name, how, value) => {
            let Cell::Number(cell) = number(name, row) else {
                return false;
            };
            let value: f64 = value.parse().unwrap();
            match how {
                Comparison::Greater => cell > value,
                Comparison::LessOrEqual => cell <= value,
                _ => cell != value,
            }
        }
        other => panic!("not drawn: {other}"),
    }
}

fn any_query() -> impl Strategy<Value = Filter> {
    let name = prop::sample::select(vec!["C", "accuracy", "rmse"]).prop_map(|text| FieldName {
        text: text.to_owned(),
        is_difference: false,
        at: Span::default(),
    });
    let how = prop::sample::select(vec![
        Comparison::Greater,
        Comparison::LessOrEqual,
        Comparison::NotEqual,
    ]);
    let value = prop::sample::select(vec!["0.5", "0.52", "30", "3.5", "-1"]).prop_map(String::from);
    let leaf = prop_oneof![
        name.clone().prop_map(Filter::Missing),
        (name, how, value).prop_map(|(a, b, c)| Filter::Compare(a, b, c)),
    ];
    leaf.prop_recursive(4, 16, 3, |inner| {
        let several = || prop::collection::vec(inner.clone(), 0..4);
        prop_oneof![
            several().prop_map(Filter::All),
            several().prop_map(Filter::Any),
            inner.prop_map(|it| Filter::Not(Box::new(it))),
        ]
    })
}

proptest! {
    #[test]
    fn reading_what_was_written_is_the_same_filter(filter in any_filter()) {
        let text = filter.to_string();
        prop_assert_eq!(parse(&text), Ok(filter), "{}", text);
    }

    #[test]
    fn any_text_is_a_filter_or_an_error_in_its_place(text in "\\PC{0,40}") {
        if let Err(error) = parse(&text) {
            prop_assert!(text.get(error.at.from..error.at.to).is_some(), "{:?}", error);
        }
    }

    #[test]
    fn columns_at_once_agree_with_row_by_row(filter in any_query()) {
        let report = small();
        let subject = Subject { report: &report, baseline: None };
        let expected: Vec<bool> = (0..6).map(|row| passes(&filter, &report, row)).collect();
        prop_assert_eq!(mask(&filter, subject), Ok(expected));
    }
}

#[test]
fn what_can_never_hold_is_said() {
    let report = small();
    let subject = Subject {
        report: &report,
        baseline: Some(0),
    };
    let fault = |text: &str| {
        mask(&parse(text).unwrap(), subject)
            .err()
            .map(|it| it.fault)
    };
    let no_number = |name: &str| FilterFault::NoNumber(name.into(), "abc".into());
    assert_eq!(fault("accuracy > abc"), Some(no_number("accuracy")));
    assert_eq!(fault("C = 1 and C = abc"), Some(no_number("C")));
    assert_eq!(
        fault("created > banana"),
        Some(FilterFault::NoDate("banana".into()))
    );
    for text in [
        "accuracy > 0.5",
        "solver > abc",
        "accuracy ~ abc",
        "created > 2024",
    ] {
        assert_eq!(fault(text), None, "{text}");
    }
}

#[test]
fn the_teams_names_are_known_where_no_key_is_called_so() {
    let mut report = small();
    let by_key = names(&report, "Δaccuracy < -0.03");
    let name = |key: &str, name: &str| (key.to_owned(), Lang::Es, name.to_owned());
    report.settings.names = vec![
        name("accuracy", "Exactitud"),
        name("rmse", "error"),
        name("train.C", "Error"),
        name("train.solver", "rmse"),
    ];
    assert_eq!(names(&report, "Δexactitud < -0.03"), by_key);
    // A key wins over a name.
    assert_eq!(names(&report, "rmse < 3"), Ok(vec!["bold-newt".to_owned()]));
    // Two are called so.
    assert!(names(&report, "error > 1").is_err());
}
