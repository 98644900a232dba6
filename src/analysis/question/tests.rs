use super::*;
use crate::{
    analysis::{
        filter::Comparison,
        testing::{Of, column, small},
        tried::Setting,
    },
    model::ColumnKind,
};

fn settings(of: &[(usize, &str)]) -> Question {
    let of = of.iter().map(|it| (it.0, Comparison::Equal, it.1));
    compares(&of.collect::<Vec<_>>())
}

fn compares(of: &[(usize, Comparison, &str)]) -> Question {
    let setting = |&(param, how, value): &(usize, Comparison, &str)| Setting {
        param,
        how,
        value: value.to_owned(),
    };
    Question::Settings(of.iter().map(setting).collect())
}

#[test]
fn a_limit_is_no_value() {
    use Comparison::{Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
    let report = small();
    let ask = |text: &str| question(&report, text, Some(0));
    for (text, how) in [
        ("C > 60", Greater),
        ("C>60?", Greater),
        ("60 < C", Greater),
        ("> 60", Greater),
        ("did you try C above 60", Greater),
        ("did you try more than 60 C?", Greater),
        ("C >= 60", GreaterOrEqual),
        ("C ≥ 60", GreaterOrEqual),
        ("¿habéis probado C de al menos 60?", GreaterOrEqual),
        ("train.C < 60", Less),
        ("C <= 60", LessOrEqual),
        ("C != 60", NotEqual),
    ] {
        assert_eq!(ask(text), compares(&[(0, how, "60")]), "{text}");
    }
    let range = compares(&[(0, Greater, "5"), (0, Less, "60")]);
    for text in ["5 < C < 60", "C > 5 and C < 60"] {
        assert_eq!(ask(text), range, "{text}");
    }
    assert_eq!(ask("C == 60"), settings(&[(0, "60")]));
    assert_eq!(ask("C > 5 and C = 60"), Question::Several(0));
    let none = Question::NoSuchParam("epochs".to_owned(), None);
    assert_eq!(ask("epochs >= 8"), none);
    let typed = |text: &str| value_of(&report, 0, text);
    assert_eq!(typed(" 60 "), settings(&[(0, "60")]));
    assert_eq!(typed(">= 60"), compares(&[(0, GreaterOrEqual, "60")]));
}

#[test]
fn phrases_that_compare_are_understood_or_said_not_to_be() {
    use Comparison::{Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
    let report = small();
    let ask = |text: &str| question(&report, text, Some(0));
    for (texts, how) in [
        (
            &[
                "C no más de 20",
                "C not more than 20",
                "C no more than 20",
                "C menor o igual que 20",
                "C less than or equal to 20",
                "C up to 20",
                "C hasta 20",
                "C de 20 o menos",
                "C = 20 or less",
                "C a lo sumo 20",
                "¿se probó C no superior a 20?",
            ][..],
            LessOrEqual,
        ),
        (
            &[
                "C mayor o igual que 20",
                "C greater or equal to 20",
                "C no menos de 20",
                "C not less than 20",
                "20 o más de C",
                "C 20 or more",
                "C a partir de 20",
                "C no inferior a 20",
            ],
            GreaterOrEqual,
        ),
        (
            &[
                "C superior a 20",
                "C bigger than 20",
                "valores de C mayores que 20",
                "C por encima de 20",
            ],
            Greater,
        ),
        (&["C menor de 20", "C inferior a 20", "C menos de 20"], Less),
        (
            &["C distinto de 20", "C other than 20", "C not equal to 20"],
            NotEqual,
        ),
        (
            &["C equal to 20", "C igual a 20", "¿no se probó C=20?"],
            Comparison::Equal,
        ),
    ] {
        for text in texts {
            assert_eq!(ask(text), compares(&[(0, how, "20")]), "{text}");
            let value = text.replace("valores de ", "").replace("de C", "");
            let value = value.replace("C de", "").replace("C", "");
            if how != Comparison::Equal {
                let found = value_of(&report, 0, &value);
                assert_eq!(found, compares(&[(0, how, "20")]), "{value}");
            }
        }
    }
    let range = compares(&[(0, GreaterOrEqual, "30"), (0, LessOrEqual, "60")]);
    for text in [
        "C entre 30 y 60",
        "C between 30 and 60",
        "entre 60 y 30",
        "C from 30 to 60",
        "C de 30 a 60",
        "C desde 30 hasta 60",
    ] {
        assert_eq!(ask(text), range, "{text}");
    }
    for text in [
        "not C=60",
        "C no 60",
        "C is not 60",
        "C not > 60",
        "C = 60 or solver = saga",
        "C exceeding 60",
        "C más o menos 60",
        "C 60 o así",
        "C 30-60",
        "saga or C 60",
        "without C = 60",
    ] {
        assert_eq!(ask(text), Question::Unclear, "{text}");
    }
}

#[test]
fn a_list_is_one_value() {
    let mut report = small();
    let lists = [Of::T(r#"["Rk","Pos"]"#); 6];
    report
        .columns
        .push(column("params.yaml", "remove", ColumnKind::Param, &lists));
    let at = report.columns.len() - 1;
    let list = settings(&[(at, "['Rk', 'Pos']")]);
    assert_eq!(question(&report, "remove=['Rk', 'Pos']?", None), list);
    assert!(is_typed(r#"["Rk","Pos"]"#, "['rk', 'Pos']"));
    assert!(!is_typed(r#"["Rk","Pos"]"#, "['Rk']"));
}

#[test]
fn what_is_typed_for_one_parameter_may_be_a_question() {
    use Comparison::{Greater, GreaterOrEqual, Less, LessOrEqual};
    let report = small();
    let of = |text: &str| value_of(&report, 0, text);
    for text in [
        "60",
        " 60? ",
        "C=60",
        "¿se probó C=60?",
        "did you try C=60?",
    ] {
        assert_eq!(of(text), settings(&[(0, "60")]), "{text}");
    }
    for (text, how) in [
        ("más de 60", Greater),
        ("> 60", Greater),
        ("menos de 60", Less),
    ] {
        assert_eq!(of(text), compares(&[(0, how, "60")]), "{text}");
    }
    let range = compares(&[(0, GreaterOrEqual, "30"), (0, LessOrEqual, "60")]);
    assert_eq!(of("entre 30 y 60"), range);
    let range = compares(&[(0, Greater, "5"), (0, Less, "60")]);
    assert_eq!(of("5 < C < 60"), range);
    assert_eq!(of("60 or 120"), Question::Several(0));
    assert_eq!(of("solver = saga"), settings(&[(1, "saga")]));
    for text in ["30-60", "many", "about the same"] {
        assert_eq!(of(text), Question::Unclear, "{text}");
    }
    let solver = |text: &str| value_of(&report, 1, text);
    for text in ["saga", "lion"] {
        assert_eq!(solver(text), settings(&[(1, text)]));
    }
}

#[test]
fn a_question_is_understood_in_plain_words() {
    let report = small();
    let ask = |text: &str| question(&report, text, Some(0));
    for text in [
        "did you try C=60?",
        "C 60",
        "train.C: 60",
        "params.yaml:train.C = 60",
        "¿Probasteis c = 60?",
        "60?",
        "and with C, say, 60.",
        "60 C",
    ] {
        assert_eq!(ask(text), settings(&[(0, "60")]), "{text}");
    }
    assert_eq!(ask("solver saga"), settings(&[(1, "saga")]));
    assert_eq!(ask("did anybody try SAGA?"), settings(&[(1, "SAGA")]));
    assert_eq!(ask("C = 0,5"), settings(&[(0, "0,5")]));
    for text in ["C = .5", "C .5?", "(C = .5)", "C = .5."] {
        assert_eq!(ask(text), settings(&[(0, ".5")]), "{text}");
    }
    assert_eq!(ask("C = ,5"), settings(&[(0, ",5")]));
    assert_eq!(ask("C = -.5"), settings(&[(0, "-.5")]));
    assert_eq!(ask("C = 10,000"), settings(&[(0, "10,000")]));
    for text in [
        "C = 1,234",
        "C 10.000,5",
        "C = 1,2,3",
        "between 1,234 and 7",
    ] {
        assert_eq!(ask(text), Question::Unclear, "{text}");
        let value = text.trim_start_matches(['C', ' ', '=']);
        assert_eq!(value_of(&report, 0, value), Question::Unclear, "{text}");
    }
    assert_eq!(ask("solver = lion"), settings(&[(1, "lion")]));
    assert_eq!(ask("solver lion"), settings(&[(1, "lion")]));
    for text in ["", "did you try it?", "C", "C ="] {
        assert_eq!(ask(text), Question::Unclear, "{text}");
    }
    assert_eq!(question(&report, "60", None), Question::Unclear);
}

#[test]
fn a_question_may_name_a_parameter_as_the_team_does() {
    let mut report = small();
    let name = |key: &str, name: &str| (key.to_owned(), crate::model::Lang::Es, name.to_owned());
    report.settings.names = vec![
        name("train.C", "Fuerza de regularización"),
        name("accuracy", "exactitud"),
    ];
    let ask = |text: &str| question(&report, text, None);
    let c = settings(&[(0, "60")]);
    assert_eq!(ask("¿habéis probado fuerza de regularización = 60?"), c);
    assert_eq!(ask("Fuerza de Regularización 60"), c);
    let none = Question::NoSuchParam("exactitud".to_owned(), None);
    assert_eq!(ask("exactitud = 60"), none);
}

#[test]
fn each_half_of_a_question_counts() {
    let report = small();
    let ask = |text: &str| question(&report, text, Some(0));
    let both = settings(&[(0, "60"), (1, "saga")]);
    for text in [
        "C=60 and solver=saga",
        "C=60,solver=saga",
        "did you try C 60 with SOLVER saga",
        "C = 60 and saga",
    ] {
        assert_eq!(ask(text), both, "{text}");
    }
    for text in ["C = 60 or 120", "C=60 and C=120", "60 and 120?"] {
        assert_eq!(ask(text), Question::Several(0), "{text}");
    }
}

#[test]
fn what_no_parameter_is_called_is_never_taken_for_another() {
    let mut report = small();
    let n = [Of::N(1.0); 6];
    let batch = column("params.yaml", "train.batch_size", ColumnKind::Param, &n);
    report.columns.push(batch);
    let at = report.columns.len() - 1;
    let ask = |text: &str| question(&report, text, Some(0));
    for text in [
        "batch size 48",
        "batch-size = 48",
        "Batch_Size: 48",
        "with a batch size of 48",
    ] {
        assert_eq!(ask(text), settings(&[(at, "48")]), "{text}");
    }
    let none = |name: &str, near| Question::NoSuchParam(name.to_owned(), near);
    assert_eq!(ask("D=60"), none("D", Some(0)));
    assert_eq!(ask("gamma 0.1"), none("gamma", None));
    assert_eq!(ask("gamma = auto"), none("gamma", None));
    assert_eq!(ask("60 epochs"), none("epochs", None));
    assert_eq!(ask("C=60 and max_iter=500"), none("max_iter", None));
    assert_eq!(ask("did you try solvr = saga"), none("solvr", Some(1)));
    assert_eq!(ask("learning rate 0.1"), none("learning rate", None));
}

#[test]
fn a_comma_parts_a_fraction_or_thousands() {
    for (text, expected) in [
        ("0,5", Some(0.5)),
        ("-,5", Some(-0.5)),
        ("1,25", Some(1.25)),
        ("0,125", Some(0.125)),
        ("1,0005", Some(1.0005)),
        ("1000,125", Some(1000.125)),
        ("10,000", Some(10_000.0)),
        ("-1,500", Some(-1500.0)),
        ("1,234,567", Some(1_234_567.0)),
        ("1,234.5", Some(1234.5)),
        ("1,234", None),
        ("10.000,5", None),
        ("1,2,3", None),
        ("1e-3", Some(0.001)),
    ] {
        assert_eq!(number_of(text), expected, "{text}");
    }
}
