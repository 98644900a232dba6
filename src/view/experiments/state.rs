use crate::{
    analysis::{
        digits::METRIC_DIGITS,
        pattern::Pattern,
        run_groups::GroupBy,
        table::{SortBy, SortKey, column_id, find_column},
    },
    model::{ColumnKind, DeltaMode, Report},
    route::Address,
    view::gone::{
        Gone, SWITCH, What, chosen, lose_column, lose_one_of, lose_row, lose_value, take_rows,
    },
};

/// The view's state as the address holds it, in indices of the report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The revision that the others are compared with.
    pub base: Option<usize>,
    /// What the table is sorted by; empty for the tree.
    pub sort: Vec<SortKey>,
    /// The filter's text.
    pub filter: String,
    /// The columns that the reader chose; `None` for those that the page chooses.
    pub columns: Option<Vec<usize>>,
    /// Columns that stay at the left when the others are scrolled; [`MOST_PINNED`] at most.
    pub pinned: Vec<usize>,
    /// Columns with the width in CSS pixels that the reader gave them.
    pub wide: Vec<(usize, f64)>,
    /// Digits that metrics are written with at least; `None` for as many as the page chooses.
    pub digits: Option<usize>,
    /// Patterns of columns to leave out, and of columns to keep all the same.
    pub patterns: [String; 2],
    /// Whether columns with one value are hidden.
    pub only_changed: bool,
    /// What cells show.
    pub mode: DeltaMode,
    /// What runs are grouped by.
    pub group: Option<GroupBy>,
    /// Selected rows: the place of each is its colour, and stays so when others go. [`NOBODY`]
    /// where a colour is free.
    pub selected: Vec<usize>,
    /// Rows that the reader marked, in that order.
    pub starred: Vec<usize>,
    /// Rows whose experiments are folded away, and the first runs of groups that are open.
    pub folded: Vec<usize>,
    /// See [`State::folded`].
    pub open: Vec<usize>,
    /// Whether the details name file and key of each value.
    pub has_sources: bool,
    /// The columns whose axes stand side by side; `None` for those that the page chooses.
    pub axes: Option<Vec<usize>>,
    /// The columns that are drawn against each other, across and up; `None` for those that the page
    /// chooses.
    pub plot: [Option<usize>; 2],
    /// Whether the axis across is linear where a logarithm would help.
    pub is_linear: bool,
    /// The row whose details are open.
    pub row: Option<usize>,
    /// Names of the address that mean nothing in this report.
    pub gone: Vec<Gone>,
}

/// Columns that are pinned at most: more would leave no room for the others.
pub const MOST_PINNED: usize = 4;

/// Widths that a column can be given, in CSS pixels.
pub const LEAST_WIDE: f64 = 48.0;
/// The widest.
pub const MOST_WIDE: f64 = 900.0;

/// Digits that can be chosen.
const DIGITS: std::ops::RangeInclusive<usize> = 1..=12;

/// Rows that are selected at most: the address names each.
pub const MOST_SELECTED: usize = 200;

/// In place of a revision in [`State::selected`]: a colour that is free.
pub const NOBODY: usize = usize::MAX;

impl State {
    /// Digits that metrics are written with, unless their values ask for more.
    pub fn n_digits(&self) -> usize {
        self.digits.unwrap_or(METRIC_DIGITS)
    }

    /// Reads the state out of an address.
    pub fn read(address: &Address, report: &Report) -> Self {
        let mut gone = Vec::new();
        let selected = take_rows(&mut gone, "sel", address.places("sel"), MOST_SELECTED);
        let starred = take_rows(&mut gone, "star", address.list("star"), MOST_SELECTED);
        let folded = take_rows(&mut gone, "folded", address.list("folded"), MOST_SELECTED);
        let open = take_rows(&mut gone, "open", address.list("open"), MOST_SELECTED);
        let [base, row] = ["base", "row"].map(|key| address.get(key));
        let named = base.iter().chain(&row).chain(&selected).chain(&starred);
        let named = named.chain(&folded).chain(&open);
        let named: Vec<&str> = named.map(String::as_str).collect();
        let mut found = report.find_revisions(&named).into_iter();
        // In the order of the names.
        let mut revision = |key: &'static str, name: &str| {
            let found = found.next().flatten().filter(|_| !name.is_empty());
            if found.is_none() && !name.is_empty() {
                lose_row(&mut gone, report, key, name);
                // The row that the report is about is better than none.
                if let (Some(lost), "row", Some(current)) = (gone.last_mut(), key, report.current) {
                    let current = report.revision_keys().get(current).cloned();
                    lost.nearest = lost.nearest.take().or(current);
                }
            }
            found
        };
        let base = base.and_then(|name| revision("base", &name));
        let row = row.and_then(|name| revision("row", &name));
        let selected = selected
            .iter()
            .map(|name| revision("sel", name).unwrap_or(NOBODY))
            .collect();
        let starred = starred
            .iter()
            .filter_map(|name| revision("star", name))
            .collect();
        let [folded, open] = [("folded", folded), ("open", open)].map(|(key, names)| {
            let rows = names.iter().filter_map(|name| revision(key, name));
            rows.collect::<Vec<usize>>()
        });
        let mut column = |key: &'static str, name: &str| {
            let found = find_column(report, name);
            if found.is_none() {
                lose_column(&mut gone, report, key, name);
            }
            found
        };
        let sort = address.list("sort");
        let sort = sort
            .iter()
            .filter_map(|text| sort_key(text, &mut |name| column("sort", name)))
            .collect();
        let group = address.get("group");
        let group = group.and_then(|text| group_by(&text, &mut |name| column("group", name)));
        let pinned = address.list("pin");
        let pinned = pinned.iter().filter_map(|name| column("pin", name));
        let mut pinned: Vec<usize> = pinned.collect();
        let wide = address.pairs("wide");
        let wide = wide
            .iter()
            .filter_map(|(name, width)| Some((column("wide", name)?, width_of(width)?)));
        let wide = wide.collect();
        let columns = address.list("cols");
        let mut axis = |key: &'static str, name: &str| {
            let found = column(key, name)?;
            Some((found, (found < report.columns.len()).then_some(found)))
        };
        let axes = address.list("axes");
        let axes: Vec<_> = axes.iter().filter_map(|name| axis("axes", name)).collect();
        let plot = ["x", "y"].map(|key| axis(key, &address.get(key)?));
        let columns: Vec<usize> = columns
            .iter()
            .filter_map(|name| column("cols", name))
            .collect();
        // What is known, but of no use to the key that names it.
        let by_group = group.filter(|by| is_param(report, *by));
        if let (Some(name), true, None) = (address.get("group"), group.is_some(), by_group) {
            let name = name.strip_prefix('-').unwrap_or(&name);
            let params: Vec<usize> = report
                .columns_of(ColumnKind::Param)
                .map(|it| it.0)
                .collect();
            lose_one_of(
                &mut gone,
                report,
                (What::Choice(""), "group", name),
                &params,
            );
        }
        for column in pinned.drain(pinned.len().min(MOST_PINNED)..) {
            let name = column_id(report, column).unwrap_or_default();
            lose_value(&mut gone, "pin", &name, None);
        }
        let drawn = axes.iter().map(|it| ("axes", *it));
        let drawn = drawn.chain(
            ["x", "y"]
                .into_iter()
                .zip(plot)
                .filter_map(|(key, it)| Some((key, it?))),
        );
        for (key, (column, axis)) in drawn {
            if axis.is_none() {
                let name = column_id(report, column).unwrap_or_default();
                lose_value(&mut gone, key, &name, None);
            }
        }
        for text in address.unpaired("wide") {
            lose_value(&mut gone, "wide", &text, None);
        }
        for (name, width) in address.pairs("wide") {
            if width_of(&width).is_none() {
                lose_value(&mut gone, "wide", &format!("{name}~{width}"), None);
            }
        }
        let digits = address.get("digits").filter(|it| !it.is_empty());
        let digits = digits.and_then(|text| {
            let found = text.parse().ok().filter(|it| DIGITS.contains(it));
            if found.is_none() {
                let number: Option<f64> = text.parse().ok().filter(|it: &f64| it.is_finite());
                let near = number.map(|it| (it as usize).clamp(*DIGITS.start(), *DIGITS.end()));
                lose_value(&mut gone, "digits", &text, near.map(|it| it.to_string()));
            }
            found
        });
        let patterns = ["drop", "keep"].map(|key| {
            let text = pattern_text(report, address, key);
            if Pattern::new(&text).is_err() {
                lose_value(&mut gone, key, &text, None);
            }
            text
        });
        let mode = chosen(
            &mut gone,
            address,
            "mode",
            &["value", "abs", "rel"],
            "value",
        );
        let changed = chosen(&mut gone, address, "changed", &SWITCH, "1");
        let log = chosen(&mut gone, address, "xlog", &SWITCH, "1");
        let files = chosen(&mut gone, address, "files", &SWITCH, "0");
        let axes: Vec<usize> = axes.iter().filter_map(|it| it.1).collect();
        Self {
            base: base.or(report.baseline),
            sort,
            filter: address.get("where").unwrap_or_default(),
            columns: (!columns.is_empty()).then_some(columns),
            pinned,
            wide,
            digits,
            patterns,
            only_changed: changed != Some("0"),
            mode: match mode {
                Some("abs") => DeltaMode::Absolute,
                Some("rel") => DeltaMode::Relative,
                _ => DeltaMode::Value,
            },
            group: by_group,
            axes: (!axes.is_empty()).then_some(axes),
            plot: plot.map(|it| it?.1),
            is_linear: log == Some("0"),
            selected,
            starred,
            folded,
            open,
            has_sources: files == Some("1"),
            row,
            gone,
        }
    }
}

/// A pattern as the address has it, else as CI wrote the report.
pub fn pattern_text(report: &Report, address: &Address, key: &str) -> String {
    let left_out = &report.settings.left_out;
    let text = match key {
        "drop" => &left_out.drop,
        _ => &left_out.keep,
    };
    let text = || text.clone().unwrap_or_default();
    address.get(key).unwrap_or_else(text)
}

/// The address with a pattern that a reader gave; an empty one stands where CI's would hold
/// otherwise.
pub fn with_pattern(report: &Report, address: Address, key: &str, text: &str) -> Address {
    let address = address.with(key, None);
    match text == pattern_text(report, &address, key) {
        true => address,
        false => address.with_text(key, text),
    }
}

/// What a sort key is called in the address, and in `data-column`: `-m.json:accuracy`.
pub fn sort_text(report: &Report, key: SortKey) -> String {
    let name = sort_name(report, key.by);
    if key.is_descending {
        format!("-{name}")
    } else {
        name
    }
}

/// What a thing to sort by is called in `data-column`.
pub fn sort_name(report: &Report, by: SortBy) -> String {
    match by {
        SortBy::Name => "name".to_owned(),
        SortBy::State => "state".to_owned(),
        SortBy::Created => "created".to_owned(),
        SortBy::Column(column) => column_id(report, column).unwrap_or_default(),
    }
}

/// The selection with a row in it, or without: a new one takes the first colour that is free.
pub fn toggled(selected: &[usize], revision: usize) -> Vec<usize> {
    let mut selected = selected.to_vec();
    match selected.iter().position(|it| *it == revision) {
        Some(at) => selected[at] = NOBODY,
        None => match selected.iter().position(|it| *it == NOBODY) {
            Some(free) => selected[free] = revision,
            None => selected.push(revision),
        },
    }
    while selected.last() == Some(&NOBODY) {
        selected.pop();
    }
    selected
}

/// The selection with some rows more, in their order; how many of them it had no room for.
pub fn with_range(selected: &[usize], rows: &[usize]) -> (Vec<usize>, usize) {
    let mut selected = selected.to_vec();
    let mut n_left_out = 0;
    for row in rows {
        if selected.contains(row) {
            continue;
        }
        match selected.len() < MOST_SELECTED || selected.contains(&NOBODY) {
            true => selected = toggled(&selected, *row),
            false => n_left_out += 1,
        }
    }
    (selected, n_left_out)
}

/// What runs are grouped by, as in the address: a parameter, or with `-` all but that one.
pub fn group_text(report: &Report, by: GroupBy) -> String {
    let (column, sign) = match by {
        GroupBy::Param(column) => (column, ""),
        GroupBy::AllBut(column) => (column, "-"),
    };
    let name = report.columns.get(column).map(|it| it.id.full());
    format!("{sign}{}", name.unwrap_or_default())
}

/// The address with another order.
pub fn with_sort(address: Address, report: &Report, sort: &[SortKey]) -> Address {
    let texts: Vec<String> = sort.iter().map(|key| sort_text(report, *key)).collect();
    address.with_list("sort", &texts)
}

/// The order after a click on a head: best or largest first, then the other way, then the tree
/// again. With `is_added` the other keys stay, and this one comes behind them.
pub fn next_sort(
    sort: &[SortKey],
    by: SortBy,
    starts_descending: bool,
    is_added: bool,
) -> Vec<SortKey> {
    let now = sort.iter().find(|key| key.by == by);
    let next = match now {
        None => Some(starts_descending),
        Some(key) if key.is_descending == starts_descending => Some(!starts_descending),
        Some(_) => None,
    };
    let next = next.map(|is_descending| SortKey { by, is_descending });
    if !is_added {
        return next.into_iter().collect();
    }
    let mut keys = sort.to_vec();
    match (keys.iter().position(|key| key.by == by), next) {
        (Some(at), Some(key)) => keys[at] = key,
        (Some(at), None) => {
            keys.remove(at);
        }
        (None, Some(key)) => keys.push(key),
        (None, None) => {}
    }
    keys
}

/// A width as the address has it.
fn width_of(text: &str) -> Option<f64> {
    let width: f64 = text.parse().ok()?;
    width
        .is_finite()
        .then(|| width.clamp(LEAST_WIDE, MOST_WIDE))
}

fn group_by(text: &str, column: &mut dyn FnMut(&str) -> Option<usize>) -> Option<GroupBy> {
    match text.strip_prefix('-') {
        Some(name) => column(name).map(GroupBy::AllBut),
        None => column(text).map(GroupBy::Param),
    }
}

fn is_param(report: &Report, by: GroupBy) -> bool {
    let (GroupBy::Param(column) | GroupBy::AllBut(column)) = by;
    let column = report.columns.get(column);
    column.is_some_and(|it| it.kind == ColumnKind::Param)
}

fn sort_key(text: &str, column: &mut dyn FnMut(&str) -> Option<usize>) -> Option<SortKey> {
    let (name, is_descending) = match text.strip_prefix('-') {
        Some(name) => (name, true),
        None => (text, false),
    };
    let by = match name {
        "name" => SortBy::Name,
        "state" => SortBy::State,
        "created" => SortBy::Created,
        _ => SortBy::Column(column(name)?),
    };
    Some(SortKey { by, is_descending })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{analysis::testing::small, route::View, view::gone::What};

    fn gone(what: What, key: &'static str, name: &str, nearest: Option<&str>) -> Gone {
        Gone {
            key,
            name: name.to_owned(),
            what,
            nearest: nearest.map(str::to_owned),
        }
    }

    #[test]
    fn an_address_is_a_state() {
        let report = small();
        let address = Address::parse(
            "#/experiments?base=topic&changed=0&cols=params.yaml%3Atrain.C,nothing&mode=rel\
             &row=lush-cot&sel=bold-newt,late-hoar&sort=-accuracy,name,-zz&where=C%20%3E%205\
             &x=accuracy&xlog=0&y=created",
        );
        let state = State::read(&address, &report);
        let key = |by, is_descending| SortKey { by, is_descending };
        assert_eq!(state.base, Some(1));
        assert_eq!(
            state.sort,
            [key(SortBy::Column(2), true), key(SortBy::Name, false)]
        );
        assert_eq!(state.columns, Some(vec![0]));
        // Only what can be a number is drawn.
        assert_eq!((state.plot, state.is_linear), ([Some(2), None], true));
        assert_eq!(
            (state.only_changed, state.mode),
            (false, DeltaMode::Relative)
        );
        assert_eq!((state.selected.as_slice(), state.row), (&[3, 5][..], None));
        assert_eq!(state.filter, "C > 5");
        assert_eq!(
            state.gone,
            [
                gone(What::Row, "row", "lush-cot", Some("lush-coth")),
                gone(What::Column, "sort", "zz", None),
                gone(What::Column, "cols", "nothing", None),
                gone(What::Choice(""), "y", "created", None),
            ]
        );
        let sorted = with_sort(Address::new(View::Experiments), &report, &state.sort);
        assert_eq!(State::read(&sorted, &report).sort, state.sort);
        let untouched = State::read(&Address::new(View::Experiments), &report);
        let default = State {
            base: Some(0),
            only_changed: true,
            ..State::default()
        };
        assert_eq!(untouched, default);
    }

    #[test]
    fn a_selected_row_keeps_its_colour() {
        let two = toggled(&toggled(&toggled(&[], 5), 3), 4);
        assert_eq!(two, [5, 3, 4]);
        assert_eq!(toggled(&two, 3), [5, NOBODY, 4]);
        assert_eq!(toggled(&toggled(&two, 3), 2), [5, 2, 4]);
        assert_eq!(
            toggled(&toggled(&two, 3), 4),
            [5],
            "no free ones at the end"
        );
        let report = small();
        let address = Address::parse("#/experiments?sel=main,,topic");
        let state = State::read(&address, &report);
        assert_eq!(
            (state.selected.as_slice(), state.gone.len()),
            (&[0, NOBODY, 1][..], 0)
        );
    }

    #[test]
    fn a_range_is_selected_as_far_as_there_is_room() {
        assert_eq!(with_range(&[4], &[3, 4, 5]), (vec![4, 3, 5], 0));
        assert_eq!(with_range(&[4, NOBODY, 1], &[7]), (vec![4, 7, 1], 0));
        let many: Vec<usize> = (0..250).collect();
        let (selected, n_left_out) = with_range(&[], &many);
        assert_eq!((selected.len(), n_left_out), (MOST_SELECTED, 50));
        let freed = toggled(&selected, 7);
        let (again, n_left_out) = with_range(&freed, &[300, 301]);
        assert_eq!((again[7], again.len(), n_left_out), (300, MOST_SELECTED, 1));
    }

    #[test]
    fn no_link_selects_or_stars_more_rows_than_there_is_room_for() {
        let report = small();
        let address = Address::new(View::Experiments)
            .with_list("sel", &["topic"; MOST_SELECTED + 1])
            .with_list("star", &["zz"; MOST_SELECTED + 50]);
        let state = State::read(&address, &report);
        assert_eq!(state.selected, [1; MOST_SELECTED]);
        let too_many = |key, n| Gone {
            key,
            name: String::new(),
            what: What::TooMany(MOST_SELECTED + n, MOST_SELECTED),
            nearest: None,
        };
        assert_eq!(state.gone[..2], [too_many("sel", 1), too_many("star", 50)]);
        assert_eq!(state.gone.len(), 2 + MOST_SELECTED);
    }

    #[test]
    fn widths_and_pins_are_in_the_address() {
        let report = small();
        let state = State::read(
            &Address::parse("#/experiments?pin=C,rmse,zz&wide=C~120,rmse~1e9,rmse~NaN,C~x"),
            &report,
        );
        assert_eq!(state.pinned, [0, 3]);
        assert_eq!(state.wide, [(0, 120.0), (3, MOST_WIDE)]);
        assert_eq!(
            state.gone,
            [
                gone(What::Column, "pin", "zz", None),
                gone(What::Choice(""), "wide", "rmse~NaN", None),
                gone(What::Choice(""), "wide", "C~x", None),
            ]
        );
        let many = Address::parse("#/experiments?pin=C,rmse,accuracy,solver,created");
        let state = State::read(&many, &report);
        assert_eq!(state.pinned.len(), MOST_PINNED);
        assert_eq!(state.gone, [gone(What::Choice(""), "pin", "created", None)]);
    }

    #[test]
    fn a_grouping_is_in_the_address() {
        let report = small();
        let read = |text: &str| State::read(&Address::parse(text), &report).group;
        for by in [GroupBy::Param(0), GroupBy::AllBut(1)] {
            let address = Address::new(View::Experiments);
            let address = address.with("group", Some(&group_text(&report, by)));
            assert_eq!(read(&address.to_fragment()), Some(by));
        }
        assert_eq!(read("#/experiments?group=-C"), Some(GroupBy::AllBut(0)));
        assert_eq!(read("#/experiments?group=accuracy"), None, "a metric");
        let state = State::read(&Address::parse("#/experiments?group=zz"), &report);
        assert_eq!(state.gone, [gone(What::Column, "group", "zz", None)]);
        let state = State::read(&Address::parse("#/experiments?group=-accuracy"), &report);
        let metric = gone(What::Choice(""), "group", "accuracy", None);
        assert_eq!(state.gone, [metric]);
    }

    #[test]
    fn choices_that_there_are_not_are_told() {
        let report = small();
        let text = "#/experiments?changed=yes&digits=99&drop=(&mode=asb&xlog=no";
        let state = State::read(&Address::parse(text), &report);
        assert_eq!(
            state.gone,
            [
                gone(What::Choice(""), "digits", "99", Some("12")),
                gone(What::Choice(""), "drop", "(", None),
                gone(What::Choice("value"), "mode", "asb", Some("abs")),
                gone(What::Choice("1"), "changed", "yes", None),
                gone(What::Choice("1"), "xlog", "no", None),
            ]
        );
        assert_eq!((state.mode, state.digits), (DeltaMode::Value, None));
        assert!(state.only_changed && !state.is_linear);
        let text = "#/experiments?changed=1&digits=12&drop=a.*&mode=value&xlog=1&keep=";
        assert_eq!(State::read(&Address::parse(text), &report).gone, []);
    }

    #[test]
    fn patterns_are_those_of_ci_until_the_reader_has_others() {
        let mut report = small();
        report.settings.left_out.drop = Some("loss".to_owned());
        let ours = Address::parse("#/experiments?changed=1");
        let read = |address: &Address| State::read(address, &report).patterns;
        assert_eq!(read(&ours), ["loss", ""]);
        for text in ["", "acc"] {
            let theirs = with_pattern(&report, ours.clone(), "drop", text);
            let link = Address::parse(&theirs.to_fragment());
            assert_eq!(read(&link), [text, ""]);
            assert_eq!(with_pattern(&report, link, "drop", "loss"), ours);
        }
    }

    #[test]
    fn a_head_sorts_both_ways_and_back_to_the_tree() {
        let click = |sort: &[SortKey]| next_sort(sort, SortBy::Column(2), true, false);
        let first = click(&[]);
        let second = click(&first);
        assert!(first[0].is_descending && !second[0].is_descending);
        assert_eq!(click(&second), []);
        let more = next_sort(&first, SortBy::Name, false, true);
        assert_eq!(more.len(), 2);
        assert_eq!(next_sort(&more, SortBy::Column(0), true, false).len(), 1);
    }
}
