use std::collections::BTreeSet;

use leptos::prelude::*;

use super::{
    badges::badges,
    details::details,
    grid::{Grid, GridColumn},
    groups::groups_table,
    parallel::parallel,
    quote::quote,
    scatter::scatter,
    state::{MOST_SELECTED, State, toggled, with_range},
    table::experiments_table,
    tools::tools,
};
use crate::{
    browser::markup::{IntoNode, Memo, RwSignal, el, later, show},
    model::{DeltaMode, Lang, Report, Shared},
    route::Address,
    view::Page,
    words::{Say, experiments::Experiments as T, metric::Heads},
};

/// What the parts of the view share.
#[derive(Clone, Copy)]
pub(super) struct Experiments {
    pub page: Page,
    /// The address of this view.
    pub address: Memo<Address>,
    pub state: Memo<State>,
    pub grid: Memo<Shared<Grid>>,
    /// The grid's columns: other ones only when other rows are listed, in whatever order.
    pub columns: Memo<Shared<Vec<GridColumn>>>,
    /// The columns, whatever rows are listed.
    pub heads: Memo<Shared<Vec<GridColumn>>>,
    /// Whether any row has others in it: looked up by each row that is drawn.
    has_levels: Memo<bool>,
    /// Revisions whose experiments are folded away. Not in the address: a link shows all.
    pub collapsed: Memo<BTreeSet<usize>>,
    /// The column whose edge is being dragged, and its width.
    pub resized: RwSignal<Option<(usize, f64)>>,
    /// The column whose head is being dragged.
    pub dragged: RwSignal<Option<usize>>,
    /// Whether the details say where each value comes from.
    pub has_sources: Memo<bool>,
    /// Where a range of selected rows starts.
    pub anchor: RwSignal<Option<usize>>,
    /// How many rows of the last range were not selected, since there were too many.
    pub n_not_selected: RwSignal<usize>,
    /// The cell that the keyboard is at: row of the table (0 is the frozen baseline), column.
    pub active: RwSignal<(usize, usize)>,
}

impl Experiments {
    fn new(page: Page) -> Self {
        let address = page.own_address();
        let state = Memo::new(move |_| State::read(&address.read(), &page.report.get()));
        let collapsed = Memo::new(move |_| state.read().folded.iter().copied().collect());
        // A click on a row must not sort 100,000 others again.
        let question = Memo::new(move |_| State {
            mode: DeltaMode::Value,
            selected: Vec::new(),
            starred: Vec::new(),
            folded: Vec::new(),
            open: Vec::new(),
            has_sources: false,
            axes: None,
            plot: [None, None],
            is_linear: false,
            group: None,
            wide: Vec::new(),
            row: None,
            gone: Vec::new(),
            ..state.get()
        });
        let grid = Memo::new(move |before: Option<&Shared<Grid>>| {
            Shared::new(Grid::new(
                page.report.get(),
                question.get(),
                &collapsed.read(),
                before.map(|it| &**it),
            ))
        });
        let columns = Memo::new(move |_| grid.get().columns.clone());
        let heads = Memo::new(move |_| grid.get().unfiltered.clone());
        let has_levels = Memo::new(move |_| {
            let table = &grid.get().table;
            table.n_inside_frozen > 0 || table.rows.iter().any(|it| it.n_inside > 0)
        });
        Self {
            page,
            address,
            state,
            grid,
            columns,
            heads,
            has_levels,
            collapsed,
            resized: RwSignal::new(None),
            dragged: RwSignal::new(None),
            has_sources: Memo::new(move |_| state.read().has_sources),
            anchor: RwSignal::new(None),
            n_not_selected: RwSignal::new(0),
            active: RwSignal::new((0, 0)),
        }
    }

    pub fn say(self, message: T) -> String {
        message.say(self.lang())
    }

    /// Whether rows stand in others.
    pub fn is_tree(self) -> bool {
        self.has_levels.get()
    }

    /// The grid, for what depends on which rows are listed but not on their order.
    pub fn listed(self) -> Shared<Grid> {
        self.columns.track();
        self.grid.get_untracked()
    }

    /// Says something that another list of words has.
    pub fn words(self, message: impl Say) -> String {
        message.say(self.lang())
    }

    pub fn lang(self) -> Lang {
        self.page.lang.get()
    }

    pub fn report(self) -> Shared<Report> {
        self.page.report.get()
    }

    /// What people call each column.
    pub fn names(self) -> Vec<String> {
        let report = self.report();
        Heads::new(&report, self.lang()).names(&report)
    }

    /// Goes to the address with a change.
    pub fn go(self, change: impl FnOnce(Address) -> Address) {
        self.page
            .navigate(change(self.page.address.get_untracked()));
    }

    /// The fragment of the address with a change: for links.
    pub fn link(self, change: impl FnOnce(Address) -> Address) -> String {
        change(self.address.get()).to_fragment()
    }

    /// Puts a row into a list of the address, or takes it out: `folded`, `open`.
    pub fn toggle_listed(self, key: &'static str, now: &[usize], revision: usize) {
        let grid = self.grid.get_untracked();
        let mut rows: Vec<usize> = now.iter().copied().filter(|it| *it != revision).collect();
        if rows.len() == now.len() {
            rows.push(revision);
        }
        // The address has room for so many: the oldest goes.
        let rows = rows.iter().rev().take(MOST_SELECTED).rev();
        let names: Vec<String> = rows.map(|it| grid.key(*it).to_owned()).collect();
        self.go(|address| address.with_list(key, &names));
    }

    /// Folds the experiments of a row away, or shows them again.
    pub fn toggle_folded(self, revision: usize) {
        let now = self.state.with_untracked(|it| it.folded.clone());
        self.toggle_listed("folded", &now, revision);
    }

    /// Shows the runs of a group, or hides them again.
    pub fn toggle_group(self, first: usize) {
        let now = self.state.with_untracked(|it| it.open.clone());
        self.toggle_listed("open", &now, first);
    }

    /// Selects a row, or takes it out of the selection.
    pub fn toggle_selected(self, revision: usize) {
        let now = self.state.with_untracked(|it| it.selected.clone());
        let (selected, n_left_out) = match now.contains(&revision) {
            true => (toggled(&now, revision), 0),
            false => with_range(&now, &[revision]),
        };
        self.anchor.set(Some(revision));
        self.n_not_selected.set(n_left_out);
        self.select(&selected);
    }

    /// Selects all rows from the one that was last selected to this one.
    pub fn select_to(self, revision: usize) {
        let grid = self.grid.get_untracked();
        let place = |row: usize| grid.position(row);
        let anchor = self.anchor.get_untracked().and_then(place);
        let (Some(from), Some(to)) = (anchor, place(revision)) else {
            return self.toggle_selected(revision);
        };
        let rows = grid.table.rows.get(from.min(to)..=from.max(to));
        let rows: Vec<usize> = rows.into_iter().flatten().map(|it| it.revision).collect();
        let now = self.state.with_untracked(|it| it.selected.clone());
        let (selected, n_left_out) = with_range(&now, &rows);
        self.n_not_selected.set(n_left_out);
        self.select(&selected);
    }

    /// Sets the selection.
    fn select(self, selected: &[usize]) {
        let grid = self.grid.get_untracked();
        let keys: Vec<&str> = selected.iter().map(|it| grid.key(*it)).collect();
        self.page
            .replace(self.page.address.get_untracked().with_list("sel", &keys));
    }

    /// Marks a row with a star, or takes it away.
    pub fn toggle_starred(self, revision: usize) {
        let grid = self.grid.get_untracked();
        let mut starred = self.state.with_untracked(|it| it.starred.clone());
        match starred.iter().position(|it| *it == revision) {
            Some(at) => drop(starred.remove(at)),
            None => starred.push(revision),
        }
        let keys: Vec<&str> = starred.iter().map(|it| grid.key(*it)).collect();
        let address = self.page.address.get_untracked();
        self.page.replace(address.with_list("star", &keys));
    }

    /// Opens the details of a row, or closes them.
    pub fn open(self, revision: Option<usize>) {
        let grid = self.grid.get_untracked();
        let key = revision.map(|it| grid.key(it).to_owned());
        self.go(|address| address.with("row", key.as_deref()));
    }

    /// Makes a row the baseline.
    pub fn rebase(self, revision: usize) {
        let grid = self.grid.get_untracked();
        let is_default = grid.report.baseline == Some(revision);
        let key = (!is_default).then(|| grid.key(revision).to_owned());
        self.go(|address| address.with("base", key.as_deref()));
    }
}

/// The Experiments view.
pub fn experiments_view() -> impl IntoNode {
    let page = Page::get();
    let view = Experiments::new(page);
    page.quotes(move || {
        let (base, run) = view.state.with_untracked(|it| (it.base, it.row));
        let report = page.report.get_untracked();
        quote(&report, base, run?, page.lang.get_untracked())
    });
    let is_grouped = move || view.state.read().group.is_some();
    el("section")
        .class("experiments")
        .child(el("h1").class("vh").child(move || view.say(T::Heading)))
        .child(tools(view))
        .child(badges(view))
        .child(
            el("div")
                .class("xp-split")
                .class_if("has-details", move || view.state.read().row.is_some())
                .child(
                    el("div")
                        .class("xp-main")
                        .child(show(move || !is_grouped(), move || experiments_table(view)))
                        .child(show(is_grouped, move || groups_table(view)))
                        .child(
                            el("div")
                                .class("xp-pictures")
                                .child(later(move || scatter(view)))
                                .child(later(move || parallel(view))),
                        ),
                )
                .child(details(view)),
        )
}
