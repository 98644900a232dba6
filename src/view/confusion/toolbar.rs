use leptos::{ev, prelude::*};

use super::{
    basis::Basis,
    canvas_tools::{find, matches_note},
    choose::Confusion,
    export::export,
    field::{BAR, choice, menu},
    groups::groups,
    question::{NORMALISATIONS, ORDERS, Question, SCALES, name_of},
    shown::Shown,
};
use crate::{
    browser::markup::{CollectNodes as _, El, IntoNode, Memo, el, group, show},
    model::{MatrixKind, Order, Shared},
    words::{
        Say as _,
        confusion::{ConfusionWords, shown_label},
        verdict::Baseline,
    },
};

/// So many of the worst classes can be chosen.
const TOPS: [usize; 5] = [5, 10, 20, 50, 100];
/// The most classes that can be ticked one by one.
const MAX_TICKED: usize = 100;

/// The controls: what is shown, of which run, in which order and colours; exports.
pub fn toolbar(
    // What the address asks.
    question: Memo<Question>,
    // The parts' common state.
    at: Confusion,
) -> impl IntoNode {
    let with = move |read: fn(&Shown) -> bool| at.shown.get().is_some_and(|shown| read(&shown));
    let is_difference = move || with(|it| it.is_difference);
    let values = move || {
        let has_counts = with(|it| it.kind() == MatrixKind::Counts);
        at.say(if has_counts {
            ConfusionWords::Counts
        } else {
            ConfusionWords::Values
        })
    };
    // The baseline by the name in the address; what the switch leads to.
    let base = move || {
        let shown = at.shown.get()?;
        let revision = shown.against.as_ref()?.revision;
        at.page.report.get().revision_keys().get(revision).cloned()
    };
    let to_difference = move || {
        base().map(|base| {
            let name = Baseline::of(&shown_label(&base)).name(at.page.lang.get());
            let label = at.say(ConfusionWords::DifferenceTo(name));
            el("button")
                .attr("type", "button")
                .attr("aria-pressed", move || is_difference().to_string())
                .on(ev::click, move |_| at.set("base", &base))
                .child(label)
        })
    };
    let bases = Signal::derive(move || {
        let shown = at.shown.get();
        let runs = shown.map(|it| others(&it)).unwrap_or_default();
        runs.into_iter()
            .map(|it| (it.clone(), shown_label(&it)))
            .collect::<Vec<_>>()
    });
    let runs = Signal::derive(move || {
        let shown = at.shown.get();
        let runs = shown.map(|it| it.runs.clone()).unwrap_or_default();
        runs.into_iter()
            .map(|(_, it)| (it.clone(), shown_label(&it)))
            .collect::<Vec<_>>()
    });
    let splits = Signal::derive(move || {
        let shown = at.shown.get();
        let sources = shown.map(|it| it.sources.clone()).unwrap_or_default();
        sources
            .into_iter()
            .map(|it| (it.key.clone(), shown_label(&it.key)))
            .collect::<Vec<_>>()
    });
    let run = Signal::derive(move || {
        at.shown
            .get()
            .map(|it| it.run.1.clone())
            .unwrap_or_default()
    });
    let split = Signal::derive(move || {
        at.shown
            .get()
            .map(|it| it.source.key.clone())
            .unwrap_or_default()
    });
    let choose_base = Callback::new(move |name: String| at.set("base", &name));
    // Another run has other splits and cells; the pinned cell stays, by its labels.
    let choose_run = Callback::new(move |name: String| {
        at.change(|it| it.with("run", Some(&name)).with("split", None))
    });
    let choose_split = Callback::new(move |name: String| at.set("split", &name));
    let base_value = Signal::derive(move || base().unwrap_or_default());
    let can_normalise =
        move || with(|it| matches!(it.kind(), MatrixKind::Counts | MatrixKind::Weighted));
    let is_transposed = move || question.with(|it| it.is_transposed);
    let orders = Signal::derive(move || {
        let lang = at.page.lang.get();
        // The team's own order only where there is one.
        let has_own = (at.page.report).with(|it| !it.settings.class_order.is_empty());
        let shown = at.shown.get();
        let known = ORDERS.iter().filter(|it| {
            let is_known = shown.as_ref().is_none_or(|shown| shown.knows(it.0));
            is_known && (has_own || it.0 != Order::Own)
        });
        let option =
            |(it, name): &(Order, &str)| ((*name).to_owned(), ConfusionWords::Order(*it).say(lang));
        known.map(option).collect::<Vec<_>>()
    });
    let tops = Signal::derive(move || {
        let lang = at.page.lang.get();
        let n = at.shown.get().map_or(0, |it| it.matrix().n_classes());
        let all = (String::new(), ConfusionWords::TopAll.say(lang));
        let tops = TOPS.iter().filter(|it| **it < n);
        let tops = tops.map(|it| (it.to_string(), ConfusionWords::Top(*it).say(lang)));
        std::iter::once(all).chain(tops).collect::<Vec<_>>()
    });
    let top = Signal::derive(move || {
        let top = question.with(|it| it.filter.top);
        top.map(|it| it.to_string()).unwrap_or_default()
    });
    el("div")
        .class("tools")
        .attr("id", BAR)
        .attr("role", "group")
        .attr("aria-label", at.text(ConfusionWords::Title))
        // Without a baseline there is nothing to switch to.
        .child(show(
            move || base().is_some(),
            move || {
                el("div")
                    .class("seg")
                    .attr("role", "group")
                    .attr("aria-label", at.text(ConfusionWords::Show))
                    .child(
                        el("button")
                            .attr("type", "button")
                            .attr("aria-pressed", move || (!is_difference()).to_string())
                            .on(ev::click, move |_| at.set("base", ""))
                            .child(values),
                    )
                    .child(to_difference)
            },
        ))
        .child(show(
            move || is_difference() && bases.with(|it| it.len() > 1),
            move || {
                choice(
                    at.text(ConfusionWords::Against),
                    bases,
                    base_value,
                    choose_base,
                )
            },
        ))
        .child(show(
            move || runs.with(|it| it.len() > 1),
            move || choice(at.text(ConfusionWords::Run), runs, run, choose_run),
        ))
        .child(show(
            move || splits.with(|it| it.len() > 1),
            move || choice(at.text(ConfusionWords::Split), splits, split, choose_split),
        ))
        .child(show(can_normalise, move || {
            choice(
                at.text(ConfusionWords::Normalise),
                options(at, &NORMALISATIONS, ConfusionWords::Normalisation),
                Signal::derive(move || {
                    question
                        .with(|it| name_of(&NORMALISATIONS, it.normalisation))
                        .to_owned()
                }),
                Callback::new(move |name: String| at.set("norm", &name)),
            )
        }))
        .child(choice(
            at.text(ConfusionWords::OrderLabel),
            orders,
            Signal::derive(move || {
                let order = at.shown.get().map(|it| it.order);
                name_of(&ORDERS, order.unwrap_or_default()).to_owned()
            }),
            // Another order is another start for moves by hand.
            Callback::new(move |name: String| {
                at.change(|it| it.with("order", Some(&name)).with("moves", None));
            }),
        ))
        .child(choice(
            at.text(ConfusionWords::ScaleLabel),
            options(at, &SCALES, ConfusionWords::Scale),
            Signal::derive(move || question.with(|it| name_of(&SCALES, it.scale)).to_owned()),
            Callback::new(move |name: String| at.set("scale", &name)),
        ))
        .child(
            el("button")
                .attr("type", "button")
                .attr("aria-pressed", move || is_transposed().to_string())
                .on(ev::click, move |_| {
                    at.set("transpose", if is_transposed() { "" } else { "1" })
                })
                .child(at.text(ConfusionWords::Transpose)),
        )
        .child(show(
            move || tops.with(|it| it.len() > 1),
            move || {
                choice(
                    at.text(ConfusionWords::TopLabel),
                    tops,
                    top,
                    Callback::new(move |top: String| at.set("top", &top)),
                )
            },
        ))
        .child(classes(question, at))
        .child(groups(question, at))
        .child(export(at))
}

/// Value and text of each option, in the page's language.
fn options<T: Copy + Send + Sync + 'static>(
    at: Confusion,
    known: &'static [(T, &'static str)],
    words: fn(T) -> ConfusionWords,
) -> Signal<Vec<(String, String)>> {
    Signal::derive(move || {
        let lang = at.page.lang.get();
        let option = |(it, name): &(T, &str)| ((*name).to_owned(), words(*it).say(lang));
        known.iter().map(option).collect()
    })
}

/// The names of the other revisions that have a matrix.
fn others(shown: &Shown) -> Vec<String> {
    let others = shown
        .runs
        .iter()
        .filter(|(revision, _)| *revision != shown.run.0);
    others.map(|(_, name)| name.clone()).collect()
}

/// Which classes to show.
fn classes(question: Memo<Question>, at: Confusion) -> impl IntoNode {
    // Another order or scale leaves the boxes as they are.
    let basis = Memo::new(move |_| Some(at.shown.get()?.basis().clone()));
    let boxes = move || {
        let shown = basis
            .get()
            .filter(|it| it.matrix().n_classes() <= MAX_TICKED)?;
        let item = |label: &String| {
            let label = label.clone();
            let name = shown_label(&label);
            let of = shown.clone();
            let is_shown = {
                let label = label.clone();
                move || {
                    question.with(|it| {
                        let only = &it.filter.only;
                        only.is_empty() || only.contains(&label)
                    })
                }
            };
            let toggle = move |_| {
                let all = of.matrix().labels();
                let only = toggled(&question.get_untracked().filter.only, all, &label);
                at.change(|address| address.with_list("only", &only));
            };
            box_of(
                el("input").prop("checked", is_shown).on(ev::change, toggle),
                name,
            )
        };
        Some(shown.matrix().labels().iter().map(item).collect_nodes())
    };
    let all = move |_| at.change(|address| address.with("only", None));
    let is_large = Memo::new(move |_| {
        let n = basis.with(|it| it.as_ref().map(|it| it.matrix().n_classes()));
        n.is_some_and(|n| n > MAX_TICKED)
    });
    let search = show(
        move || is_large.get(),
        move || searched(question, basis, at),
    );
    let body = group().child(search).child(el("ul").child(boxes)).child(
        el("button")
            .attr("type", "button")
            .class("plain")
            .on(ev::click, all)
            .child(at.text(ConfusionWords::AllClasses)),
    );
    menu("matrix-choice", at.text(ConfusionWords::Classes), body)
}

/// A class to tick, with its name.
fn box_of(input: El, name: String) -> El {
    let input = input.attr("type", "checkbox");
    el("li").child(el("label").child(input).child(name))
}

/// Of many classes: a search whose matches can be ticked, and those that are.
fn searched(
    question: Memo<Question>,
    basis: Memo<Option<Shared<Basis>>>,
    at: Confusion,
) -> impl IntoNode {
    let (text, set_text) = signal(String::new());
    let only = Memo::new(move |_| question.with(|it| it.filter.only.clone()));
    let item = move |label: String| {
        let name = shown_label(&label);
        let is_ticked = {
            let label = label.clone();
            move || only.with(|it| it.contains(&label))
        };
        let toggle = move |_| {
            let mut only = only.get_untracked();
            let n = only.len();
            only.retain(|it| *it != label);
            if only.len() == n {
                only.push(label.clone());
            }
            at.change(|address| address.with_list("only", &only));
        };
        box_of(
            el("input")
                .prop("checked", is_ticked)
                .on(ev::change, toggle),
            name,
        )
    };
    let found = move || {
        let basis = basis.get()?;
        let all: Vec<usize> = (0..basis.matrix().n_classes()).collect();
        let (found, n_found) = text.with(|text| find(&basis, &all, text));
        let lang = at.page.lang.get();
        let note = matches_note(
            text.with(|it| it.trim().is_empty()),
            found.len(),
            n_found,
            lang,
        );
        let items = found.iter().map(|it| item(basis.label(*it).to_owned()));
        Some(group().child(items.collect_nodes()).child(note))
    };
    let ticked = move || only.get().into_iter().map(item).collect_nodes();
    group()
        .child(
            el("input")
                .attr("type", "search")
                .attr("autocomplete", "off")
                .attr("aria-label", at.text(ConfusionWords::FindClass))
                .attr("placeholder", at.text(ConfusionWords::FindClass))
                .prop("value", move || text.get())
                .on(ev::input, move |event| {
                    set_text.set(event_target_value(&event))
                }),
        )
        .child(el("ul").child(found))
        .child(show(
            move || only.with(|it| !it.is_empty()),
            move || {
                group()
                    .child(el("b").child(at.text(ConfusionWords::OnlyThese)))
                    .child(el("ul").child(ticked))
            },
        ))
}

/// The labels to show once one is ticked or not; empty when that is all or none.
fn toggled(only: &[String], all: &[String], label: &str) -> Vec<String> {
    let is_shown = |it: &String| only.is_empty() || only.contains(it);
    let shown = all
        .iter()
        .filter(|it| is_shown(it) != (it.as_str() == label));
    let shown: Vec<String> = shown.cloned().collect();
    if shown.len() == all.len() {
        Vec::new()
    } else {
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::toggled;

    #[test]
    fn ticking_all_or_none_shows_all() {
        let labels = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let all = labels("a b c");
        assert_eq!(toggled(&[], &all, "b"), labels("a c"));
        assert_eq!(toggled(&labels("a c"), &all, "b"), Vec::<String>::new());
        assert_eq!(toggled(&labels("b"), &all, "b"), Vec::<String>::new());
        assert_eq!(toggled(&labels("b"), &all, "c"), labels("b c"));
    }
}
