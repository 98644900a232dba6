use leptos::{ev, prelude::*};

use super::{
    head::head,
    lines::lines,
    state::{State, step},
    tools::{strips, tools},
};
use crate::{
    browser,
    browser::markup::{ElementRef, IntoNode, Memo, RwSignal, effect, el},
    model::{Lang, Report, Shared},
    route::Address,
    summary,
    view::{Page, experiments::quote},
    words::{Say as _, compare::Compare as T},
};

/// So many of the chosen runs are told where they are copied for the discussion.
const MOST_QUOTED: usize = 3;

/// How far a finger has to go aside, in CSS pixels, to turn to another run.
const SWIPE: i32 = 48;

/// What the parts of the view share.
#[derive(Clone, Copy)]
pub(super) struct Compare {
    pub page: Page,
    /// The address of this view.
    pub address: Memo<Address>,
    pub state: Memo<State>,
    /// Text that keys have to have in them.
    pub search: Memo<String>,
    /// Which of the runs a narrow screen shows: its place among them.
    pub narrow_run: Memo<usize>,
    /// Whether all rows are drawn, however many.
    pub draws_all: RwSignal<bool>,
    /// The head of the keys, behind which the baseline stays when the table is scrolled aside.
    pub key_head: ElementRef,
}

impl Compare {
    pub fn say(self, message: T) -> String {
        message.say(self.lang())
    }

    pub fn lang(self) -> Lang {
        self.page.lang.get()
    }

    pub fn report(self) -> Shared<Report> {
        self.page.report.get()
    }

    /// Goes to the address with a change.
    pub fn go(self, change: impl FnOnce(Address) -> Address) {
        self.page
            .navigate(change(self.page.address.get_untracked()));
    }

    /// The address with other runs, or another baseline.
    pub fn with_runs(self, base: Option<usize>, runs: &[usize]) -> Address {
        let report = self.page.report.get_untracked();
        let keys = report.revision_keys();
        let key = |revision: &usize| keys.get(*revision).cloned();
        let runs: Vec<String> = runs.iter().filter_map(key).collect();
        let base = base.filter(|base| Some(*base) != report.baseline);
        let base = base.as_ref().and_then(key);
        let address = self.page.address.get_untracked();
        address
            .with_list("runs", &runs)
            .with("base", base.as_deref())
    }

    /// Goes to the difference before or after the current one.
    pub fn step(self, is_forward: bool) {
        let report = self.page.report.get_untracked();
        let state = self.state.get_untracked();
        let search = self.search.get_untracked();
        let differences = state.differences(&report, &search, self.page.lang.get_untracked());
        let Some(next) = step(&differences, state.metric, is_forward) else {
            return;
        };
        let name = report.columns.get(next).map(|it| it.id.full());
        let address = self.page.address.get_untracked();
        self.page.replace(address.with("metric", name.as_deref()));
        browser::scroll_to(&line_id(next));
    }

    /// Searches for a text.
    pub fn search_for(self, text: &str) {
        let address = self.page.address.get_untracked();
        self.page.replace(address.with("q", Some(text)));
    }

    /// Shows another run on a narrow screen.
    pub fn turn(self, is_forward: bool) {
        let n = self.state.with_untracked(|it| it.runs.len()).max(1);
        let at = self.narrow_run.get_untracked();
        self.turn_to((at + if is_forward { 1 } else { n - 1 }) % n);
    }

    /// Shows the run at a place among them on a narrow screen.
    pub fn turn_to(self, at: usize) {
        let keys = self.page.report.get_untracked().revision_keys();
        let run = self.state.with_untracked(|it| it.runs.get(at).copied());
        let key = run.and_then(|run| keys.get(run));
        let address = self.page.address.get_untracked();
        self.page
            .replace(address.with("run", key.map(String::as_str)));
    }
}

/// The id of a column's row.
pub(super) fn line_id(column: usize) -> String {
    format!("line-{column}")
}

/// The Compare view.
pub fn compare_view() -> impl IntoNode {
    let page = Page::get();
    // A letter that is typed into the search must not compare all runs again.
    let address = page.own_address();
    let question = Memo::new(move |_| address.get().with("q", None).with("run", None));
    let state = Memo::new(move |_| State::read(&question.get(), &page.report.get()));
    let narrow_run = Memo::new(move |_| {
        let asked = address.with(|address| address.get("run"));
        let asked = asked.and_then(|run| page.report.get().find_revision(&run));
        let runs = state.with(|it| it.runs.clone());
        let place = asked.and_then(|asked| runs.iter().position(|it| *it == asked));
        // The last one is the change that the report is about.
        place.unwrap_or(runs.len().saturating_sub(1))
    });
    let view = Compare {
        page,
        address,
        state,
        search: Memo::new(move |_| address.with(|it| it.get("q")).unwrap_or_default()),
        narrow_run,
        draws_all: RwSignal::new(false),
        key_head: ElementRef::new(),
    };
    // What the reader put side by side, not the verdict, which is about other runs.
    page.quotes(move || {
        let state = state.get_untracked();
        let is_chosen = !state.is_default || address.with_untracked(|it| it.get("base").is_some());
        let runs = state.runs.iter().take(MOST_QUOTED).filter(|_| is_chosen);
        let (report, lang) = (page.report.get_untracked(), page.lang.get_untracked());
        let told = runs.filter_map(|run| quote(&report, state.base, *run, lang));
        let told: Vec<String> = told.collect();
        (!told.is_empty()).then(|| told.join(" "))
    });
    let key_width = RwSignal::new(0.0);
    effect(move || {
        if let Some(head) = view.key_head.get() {
            let measured = head.clone();
            browser::on_resize(&head, move |_, _| {
                key_width.set(browser::bounds(&measured).2);
            });
        }
    });
    let scroller = ElementRef::new();
    let on_key = move |event: ev::KeyboardEvent| {
        let is_plain = !event.alt_key() && !event.ctrl_key() && !event.meta_key();
        if !is_plain || event.target() != event.current_target() {
            return;
        }
        match event.key().as_str() {
            "n" => view.step(true),
            "p" => view.step(false),
            "ArrowRight" if is_narrow() => view.turn(true),
            "ArrowLeft" if is_narrow() => view.turn(false),
            "/" => {
                browser::focus("filter");
            }
            _ => return,
        }
        event.prevent_default();
    };
    // A finger that goes aside on a narrow screen turns to another run.
    let touched = RwSignal::new(None::<(i32, i32)>);
    let on_down = move |event: ev::PointerEvent| {
        let is_touch = event.pointer_type() == "touch" && is_narrow();
        touched.set(is_touch.then(|| (event.client_x(), event.client_y())));
    };
    let on_up = move |event: ev::PointerEvent| {
        let Some((x, y)) = touched.get_untracked() else {
            return;
        };
        touched.set(None);
        let (aside, down) = (event.client_x() - x, event.client_y() - y);
        if aside.abs() >= SWIPE && aside.abs() > 2 * down.abs() {
            view.turn(aside < 0);
        }
    };
    // A link to a row shows it.
    Effect::new(move |before: Option<Option<usize>>| {
        let metric = view.state.read().metric;
        if let (Some(column), None) = (metric, before) {
            browser::scroll_to(&line_id(column));
        }
        metric
    });
    let caption = move || {
        let state = view.state.get();
        let report = view.report();
        let base = state.base.and_then(|base| report.revisions.get(base));
        let base = base.map(|it| summary::called(it).name(view.lang()));
        view.say(T::Caption {
            base,
            n: state.runs.len(),
        })
    };
    let nothing = move || {
        let is_nothing = view.state.read().runs.is_empty();
        is_nothing.then(|| el("p").class("note").child(view.say(T::NothingToCompare)))
    };
    el("section")
        .class("compare")
        .child(el("h1").class("vh").child(move || view.say(T::Heading)))
        .child(tools(view))
        .child(move || strips(view))
        .child(nothing)
        .child(
            el("div")
                .class("scroll cmp-box")
                .attr("id", "compare-box")
                .refer(scroller)
                .attr("tabindex", "0")
                .attr("role", "region")
                .attr("aria-label", caption)
                .on(ev::keydown, on_key)
                .on(ev::pointerdown, on_down)
                .on(ev::pointerup, on_up)
                .on(ev::pointercancel, move |_| touched.set(None))
                .child(
                    el("table")
                        .class("cmp")
                        .attr("id", "compare-table")
                        .attr("style", move || format!("--key: {}px", key_width.get()))
                        .child(el("caption").class("vh").child(caption))
                        .child(move || head(view))
                        .child(move || lines(view)),
                ),
        )
}

fn is_narrow() -> bool {
    browser::matches_media("(max-width: 640px)")
}
