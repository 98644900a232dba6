//! A link to something that is gone: what it named, and what is nearest.

use crate::{
    analysis::filter::nearest,
    browser::markup::{CollectNodes as _, IntoNode, el, group},
    model::Report,
    route::Address,
    view::Page,
    words::{confusion::shown_label, gone::Gone as W},
};

/// A name of the address that means nothing in this report.
#[derive(Clone, Debug, PartialEq)]
pub struct Gone {
    /// The key of the address that has it.
    pub key: &'static str,
    /// The name.
    pub name: String,
    /// What it would be.
    pub what: What,
    /// What is nearest, as addresses call it.
    pub nearest: Option<String>,
}

/// What a name of the address stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A revision.
    Row,
    /// A column.
    Column,
    /// A metric of the plots.
    Metric,
    /// What metrics of the plots stand against.
    Axis,
    /// A class of a matrix.
    Class,
    /// A group of classes.
    Group,
    /// More rows than a key takes: how many it names and how many it takes.
    TooMany(usize, usize),
    /// A choice, with the one that is used instead; with nothing where none is.
    Choice(&'static str),
}

/// So many names are compared with all others: a link may name hundreds.
const MOST_COMPARED: usize = 5;

/// So many are told one by one.
const MOST_TOLD: usize = 20;

/// What a key of the address switches on and off, where on and off are `1` and `0`.
pub const SWITCH: [&str; 2] = ["0", "1"];

/// Notes a revision that this report has not.
pub fn lose_row(gone: &mut Vec<Gone>, report: &Report, key: &'static str, name: &str) {
    lose(gone, What::Row, key, name, &[&|| report.revision_keys()]);
}

/// Notes a column that this report has not.
pub fn lose_column(gone: &mut Vec<Gone>, report: &Report, key: &'static str, name: &str) {
    let all: Vec<usize> = (0..report.columns.len()).collect();
    lose_one_of(gone, report, (What::Column, key, name), &all);
}

/// Notes what is none of some columns, of which each has a short name, a key, and a whole identity.
pub fn lose_one_of(
    gone: &mut Vec<Gone>,
    report: &Report,
    (what, key, name): (What, &'static str, &str),
    columns: &[usize],
) {
    let ids = || columns.iter().filter_map(|it| report.columns.get(*it));
    let short = || {
        let all = report.column_names();
        let of = columns.iter().filter_map(|it| all.get(*it));
        of.cloned().collect()
    };
    let keys = || ids().map(|it| it.id.key()).collect();
    let whole = || ids().map(|it| it.id.full()).collect();
    lose(gone, what, key, name, &[&short, &keys, &whole]);
}

/// Notes what is none of some names; the nearest is among the first that has one.
pub fn lose(
    gone: &mut Vec<Gone>,
    what: What,
    key: &'static str,
    name: &str,
    known: &[&dyn Fn() -> Vec<String>],
) {
    let is_compared = !name.is_empty() && gone.len() < MOST_COMPARED;
    let mut known = known.iter().filter(|_| is_compared);
    let near = known.find_map(|known| nearest(name, known().into_iter()));
    gone.push(Gone {
        key,
        name: name.to_owned(),
        what,
        nearest: near,
    });
}

/// The choice that a key of the address names, if it is one of some; else it is noted, with the one
/// that is used instead.
pub fn chosen(
    gone: &mut Vec<Gone>,
    address: &Address,
    key: &'static str,
    known: &[&'static str],
    used: &'static str,
) -> Option<&'static str> {
    let name = address.get(key).filter(|it| !it.is_empty())?;
    let found = known.iter().find(|it| **it == name);
    if found.is_none() {
        // One letter is like any other.
        let known = || {
            let long = known.iter().filter(|it| it.len() > 1);
            long.map(|it| (*it).to_owned()).collect()
        };
        lose(gone, What::Choice(used), key, &name, &[&known]);
    }
    found.copied()
}

/// Notes a value of the address that means nothing, and what it might be.
pub fn lose_value(gone: &mut Vec<Gone>, key: &'static str, name: &str, nearest: Option<String>) {
    gone.push(Gone {
        key,
        name: name.to_owned(),
        what: What::Choice(""),
        nearest,
    });
}

/// Takes so many of the rows that a key of the address names, and notes where there are more.
pub fn take_rows(
    gone: &mut Vec<Gone>,
    key: &'static str,
    mut names: Vec<String>,
    most: usize,
) -> Vec<String> {
    let total = names.len();
    if total > most {
        names.truncate(most);
        gone.push(Gone {
            key,
            name: String::new(),
            what: What::TooMany(total, most),
            nearest: None,
        });
    }
    names
}

/// What the address names and this report has not, each with a link to what is nearest.
pub fn gone_lines(page: Page, address: &Address, gone: &[Gone]) -> impl IntoNode + use<> {
    let line = |it: &Gone| {
        let name = shown_label(&it.name);
        let text = match it.what {
            What::Row => W::Row(&name),
            What::Column => W::Column(&name),
            What::Metric => W::Metric(&name),
            What::Axis => W::Axis(&name),
            What::Class => W::Class(&name),
            What::Group => W::Group(&name),
            What::TooMany(total, most) => W::TooMany {
                key: it.key,
                total,
                most,
            },
            What::Choice(used) => W::Choice {
                key: it.key,
                name: &name,
                used,
            },
        };
        let link = it.nearest.as_ref().map(|near| {
            let there = address.clone().renamed(it.key, &it.name, near);
            el("a")
                .attr("href", there.to_fragment())
                .child(page.say(&W::Instead(near)))
        });
        el("p")
            .class("xp-gone")
            .attr("role", "status")
            .child(page.say(&text))
            .child(" ")
            .child(link)
    };
    let n_more = gone.len().saturating_sub(MOST_TOLD);
    let more = (n_more > 0).then(|| {
        let text = page.say(&W::More(n_more));
        el("p").class("xp-gone").attr("role", "status").child(text)
    });
    let lines = gone.iter().take(MOST_TOLD).map(line).collect_nodes();
    group().child(lines).child(more)
}
