use std::cmp::Ordering;

use proptest::prelude::*;

use super::*;
use crate::{
    analysis::{
        testing::{Of, column, revision, small},
        version::version_order,
    },
    model::Column,
};

fn names(report: &Report, table: &Table) -> Vec<String> {
    let indent = |row: &TableRow| {
        let label = report.revisions[row.revision].label();
        format!("{}{label}", "-".repeat(row.depth))
    };
    table.rows.iter().map(indent).collect()
}

fn key(by: SortBy, is_descending: bool) -> SortKey {
    SortKey { by, is_descending }
}

#[test]
fn commits_hold_their_experiments() {
    let report = small();
    let mut query = Query::default();
    let table = rows(&Tree::new(&report), &query);
    assert_eq!(
        names(&report, &table),
        [
            "main",
            "topic",
            "-lush-coth",
            "-bold-newt",
            "-dead-rust",
            "-late-hoar"
        ]
    );
    assert_eq!((table.rows[1].n_inside, table.rows[2].n_inside), (4, 0));
    assert!(!table.is_flat);

    query.collapsed = BTreeSet::from([1]);
    query.frozen = Some(0);
    let table = rows(&Tree::new(&report), &query);
    assert_eq!(names(&report, &table), ["topic"]);
    assert_eq!((table.n_collapsed, table.rows[0].n_inside), (4, 4));
    assert_eq!(
        table.n_matching, 6,
        "the frozen row counts, folded ones too"
    );

    // What is in the frozen row comes first, and stays one level below it.
    query.collapsed = BTreeSet::new();
    query.frozen = Some(1);
    let table = rows(&Tree::new(&report), &query);
    let runs = ["-lush-coth", "-bold-newt", "-dead-rust", "-late-hoar"];
    assert_eq!(names(&report, &table), [&runs[..], &["main"]].concat());
    assert_eq!((table.n_inside_frozen, table.n_collapsed), (4, 0));
    // But the workspace is not pushed to the end of a branch of thousands.
    let mut with_workspace = report.clone();
    with_workspace.revisions[0].kind = RevisionKind::Workspace;
    let table = rows(&Tree::new(&with_workspace), &query);
    assert_eq!(names(&report, &table), [&["main"], &runs[..]].concat());
    assert_eq!((table.n_inside_frozen, &table.in_frozen), (4, &(1..5)));
    assert!(!table.is_apart_from_frozen(0) && table.is_apart_from_frozen(1));
    query.collapsed = BTreeSet::from([1]);
    let table = rows(&Tree::new(&report), &query);
    assert_eq!(names(&report, &table), ["main"]);
    assert_eq!((table.n_inside_frozen, table.n_collapsed), (4, 4));

    let mask = [false, false, true, false, false, true];
    query = Query {
        mask: Some(&mask),
        ..Query::default()
    };
    let table = rows(&Tree::new(&report), &query);
    assert_eq!(names(&report, &table), ["lush-coth", "late-hoar"]);
    assert_eq!(table.n_matching, 2);
}

#[test]
fn each_row_has_a_place_among_its_siblings() {
    let mut report = small();
    report.revisions[5].parent = Some(2);
    let places = |frozen, collapsed: &[usize]| {
        let query = Query {
            frozen,
            collapsed: collapsed.iter().copied().collect(),
            ..Query::default()
        };
        let table = rows(&Tree::new(&report), &query);
        let frozen = frozen.map(|it| table.frozen_row(it));
        let all = frozen.iter().chain(&table.rows);
        let told = all.map(|it| {
            let label = report.revisions[it.revision].label();
            format!("{label} {}.{}/{}", it.depth, it.place, it.n_siblings)
        });
        told.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(
        places(None, &[]),
        "main 0.1/2, topic 0.2/2, lush-coth 1.1/3, late-hoar 2.1/1, bold-newt 1.2/3, dead-rust 1.3/3"
    );
    assert_eq!(
        places(Some(1), &[2]),
        "topic 0.1/2, lush-coth 1.1/3, bold-newt 1.2/3, dead-rust 1.3/3, main 0.2/2"
    );
    assert_eq!(
        places(Some(0), &[1]),
        "main 0.1/2, topic 0.2/2",
        "what is folded away has no place"
    );
}

#[test]
fn parents_in_a_circle_are_rows_all_the_same() {
    let mut report = small();
    report.revisions[0].parent = Some(1);
    report.revisions[1].parent = Some(0);
    report.revisions[5].parent = Some(99);
    let table = rows(&Tree::new(&report), &Query::default());
    let mut seen: Vec<usize> = table.rows.iter().map(|row| row.revision).collect();
    seen.sort_unstable();
    assert_eq!(seen, [0, 1, 2, 3, 4, 5]);
}

#[test]
fn a_sorted_table_is_a_list_with_failed_runs_last() {
    let report = small();
    let cases: [(&[SortKey], [&str; 6]); 6] = [
        (
            &[key(SortBy::Column(2), true)],
            [
                "main",
                "lush-coth",
                "bold-newt",
                "topic",
                "late-hoar",
                "dead-rust",
            ],
        ),
        (
            &[key(SortBy::Column(2), false)],
            [
                "topic",
                "lush-coth",
                "bold-newt",
                "main",
                "late-hoar",
                "dead-rust",
            ],
        ),
        (
            &[key(SortBy::Column(2), true), key(SortBy::Column(0), true)],
            [
                "main",
                "bold-newt",
                "lush-coth",
                "topic",
                "late-hoar",
                "dead-rust",
            ],
        ),
        // NaN is worse than any number, and better than nothing.
        (
            &[key(SortBy::Column(3), false)],
            [
                "bold-newt",
                "main",
                "topic",
                "lush-coth",
                "late-hoar",
                "dead-rust",
            ],
        ),
        (
            &[key(SortBy::Column(1), true)],
            [
                "late-hoar",
                "lush-coth",
                "main",
                "topic",
                "bold-newt",
                "dead-rust",
            ],
        ),
        (
            &[key(SortBy::Name, false)],
            [
                "bold-newt",
                "late-hoar",
                "lush-coth",
                "main",
                "topic",
                "dead-rust",
            ],
        ),
    ];
    for (sort, expected) in cases {
        let order = sorted(&report, &Ranked::new(&report), sort);
        let query = Query {
            order: Some(&order),
            ..Query::default()
        };
        let table = rows(&Tree::new(&report), &query);
        assert!(table.is_flat);
        assert_eq!(names(&report, &table), expected, "{sort:?}");
    }
}

#[test]
fn a_failed_run_is_never_the_best() {
    let report = small();
    let ranked = Ranked::new(&report);
    let values = |column| ranked.values(&report, column);
    let of = |column, direction| extremes(values(column), direction, 0..6);
    let found = of(2, Direction::HigherIsBetter);
    assert_eq!((found.best, found.worst), (vec![0], vec![1]));
    let found = extremes(values(2), Direction::HigherIsBetter, 1..6);
    assert_eq!(found.best, [2, 3], "ties are all best");
    let found = of(3, Direction::LowerIsBetter);
    assert_eq!((found.best, found.worst), (vec![3], vec![0, 1]));
    assert_eq!(of(2, Direction::Unknown), Extremes::default());
    let equal = extremes(values(3), Direction::LowerIsBetter, 0..2);
    assert_eq!(equal, Extremes::default(), "nothing to be better than");
}

fn any_cell() -> impl Strategy<Value = Of> {
    prop_oneof![
        Just(Of::No),
        (-3..3_i32).prop_map(|it| Of::N(f64::from(it) / 2.0)),
        prop::sample::select(vec![
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            -0.0,
            1e-300
        ])
        .prop_map(Of::N),
        prop::sample::select(vec![
            "a",
            "B",
            "v2",
            "v10",
            "1.10.0",
            "1.10.0-rc1",
            "1.9.0",
            ""
        ])
        .prop_map(Of::T),
    ]
}

fn any_report() -> impl Strategy<Value = Report> {
    (1..3_usize, 0..12_usize).prop_flat_map(|(n_columns, n_rows)| {
        let cells = prop::collection::vec(prop::collection::vec(any_cell(), n_rows), n_columns);
        let states = prop::collection::vec(any::<u8>(), n_rows);
        (cells, states).prop_map(|(cells, states)| {
            let kind = |idx: usize| match idx {
                0 => ColumnKind::Metric,
                _ => ColumnKind::Param,
            };
            let columns: Vec<Column> = cells
                .iter()
                .enumerate()
                .map(|(idx, cells)| column("f", &format!("k{idx}"), kind(idx), cells))
                .collect();
            let state = |it: u8| match it % 5 {
                0 => State::Failed(String::new()),
                1 => State::Queued,
                _ => State::Ok,
            };
            let revisions = states
                .iter()
                .enumerate()
                .map(|(idx, it)| {
                    revision(&format!("r{}", it % 7), (idx > 2).then_some(1), state(*it))
                })
                .collect();
            Report {
                revisions,
                columns,
                ..Report::default()
            }
        })
    })
}

/// The order as one would write it down, a pair of cells at a time.
fn naive(report: &Report, keys: &[SortKey]) -> Vec<usize> {
    let failed = |row: usize| matches!(report.revisions[row].state, State::Failed(_));
    let class = |cell: Cell<'_>| match cell {
        Cell::Number(value) if value.is_nan() => 1,
        Cell::Missing => 2,
        _ => 0,
    };
    let values = |a: Cell<'_>, b: Cell<'_>| match (a, b) {
        (Cell::Number(a), Cell::Number(b)) => a.partial_cmp(&b).unwrap_or(Ordering::Equal),
        (Cell::Number(_), Cell::Text(..)) => Ordering::Less,
        (Cell::Text(..), Cell::Number(_)) => Ordering::Greater,
        (Cell::Text(_, a), Cell::Text(_, b)) => version_order(a, b),
        _ => Ordering::Equal,
    };
    let by_key = |key: &SortKey, a: usize, b: usize| {
        let turned = |order: Ordering| {
            if key.is_descending {
                order.reverse()
            } else {
                order
            }
        };
        let labels = || report.revisions[a].label().cmp(report.revisions[b].label());
        let SortBy::Column(column) = key.by else {
            return turned(labels());
        };
        let (a, b) = (known(report, column, a), known(report, column, b));
        class(a).cmp(&class(b)).then_with(|| turned(values(a, b)))
    };
    let mut order: Vec<usize> = (0..report.revisions.len()).collect();
    order.sort_by(|a, b| {
        let by_keys = keys.iter().map(|key| by_key(key, *a, *b));
        let by_keys = by_keys.fold(Ordering::Equal, Ordering::then);
        failed(*a).cmp(&failed(*b)).then(by_keys)
    });
    order
}

proptest! {
    #[test]
    fn sorting_keys_agrees_with_sorting_cells(
        report in any_report(),
        flags in prop::collection::vec((0..3_usize, any::<bool>()), 1..4),
    ) {
        let n_columns = report.columns.len();
        let keys: Vec<SortKey> = flags
            .into_iter()
            .map(|(at, is_descending)| SortKey {
                by: if at < n_columns { SortBy::Column(at) } else { SortBy::Name },
                is_descending,
            })
            .collect();
        prop_assert_eq!(sorted(&report, &Ranked::new(&report), &keys), naive(&report, &keys));
    }

    #[test]
    fn a_filtered_list_is_the_sorted_list_without_the_others(
        report in any_report(),
        mask in prop::collection::vec(any::<bool>(), 12),
        frozen in prop::option::of(0..12_usize),
    ) {
        let keys = [key(SortBy::Column(0), true)];
        let order = sorted(&report, &Ranked::new(&report), &keys);
        let query = Query { mask: Some(&mask), order: Some(&order), frozen, ..Query::default() };
        let table = rows(&Tree::new(&report), &query);
        let found: Vec<usize> = table.rows.iter().map(|it| it.revision).collect();
        let expected = naive(&report, &keys).into_iter();
        let expected: Vec<usize> = expected.filter(|it| mask[*it] && frozen != Some(*it)).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn the_tree_has_each_row_once(report in any_report(), mask in prop::collection::vec(any::<bool>(), 12)) {
        let query = Query { mask: Some(&mask), ..Query::default() };
        let table = rows(&Tree::new(&report), &query);
        let mut seen: Vec<usize> = table.rows.iter().map(|it| it.revision).collect();
        seen.sort_unstable();
        let expected: Vec<usize> = (0..report.revisions.len()).filter(|row| mask[*row]).collect();
        prop_assert_eq!(&seen, &expected);
        prop_assert_eq!(table.n_matching, expected.len());
    }
}
