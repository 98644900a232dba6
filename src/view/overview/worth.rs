use leptos::{ev, prelude::*};

use crate::{
    analysis::business::{self, Business},
    browser::markup::{CollectNodes as _, IntoNode, Memo, Node, el, group},
    model::{Lang, Report, Verdict},
    route::Address,
    summary,
    view::Page,
    words::{
        Say as _,
        metric::samples,
        worth::{Worth as Words, amount},
    },
};

/// Key of the address: the worth that the reader tries.
const KEY: &str = "worth";

/// What the answers are worth, with a slider for the worth that nobody knows.
pub fn what_it_is_worth(
    // The address of this view.
    address: Memo<Address>,
    // The verdict on show.
    judged: Memo<Option<Verdict>>,
) -> impl IntoNode {
    let page = Page::get();
    let business = Memo::new(move |_| {
        page.report.with(|report| {
            judged.with(|it| it.as_ref().and_then(|it| business::business(report, it)))
        })
    });
    // The reader's worth, else the team's.
    let worth = Memo::new(move |_| {
        let asked = address.with(|address| address.get(KEY));
        let asked = asked.and_then(|it| it.parse::<f64>().ok());
        let set = business.with(|it| it.as_ref().map_or(0.0, |it| it.set));
        asked.filter(|it| it.is_finite()).unwrap_or(set)
    });
    let say = move |draw: fn(&Report, &Verdict, &Business, f64, Lang) -> Node| {
        move || {
            let (lang, worth) = (page.lang.get(), worth.get());
            page.report.with(|report| {
                judged.with(|judged| {
                    business.with(|it| {
                        let (judged, it) = (judged.as_ref()?, it.as_ref()?);
                        Some(draw(report, judged, it, worth, lang))
                    })
                })
            })
        }
    };
    move || {
        let lang = page.lang.get();
        let range = business.with(|it| {
            let it = it.as_ref()?;
            Some((it.unknown.is_some() && it.baseline.is_some()).then(|| range(it)))
        })?;
        let per = page
            .report
            .with(|it| Words::Per(samples(&it.settings, business::PER as u64, lang)));
        let slider = range.map(|range| {
            group()
                .child(slider(page, worth, business, range))
                .child(say(after_slider))
        });
        Some(
            el("section")
                .class("sec")
                .child(
                    el("h2")
                        .child(Words::Title.say(lang))
                        .child(el("span").class("sub").child(per.say(lang))),
                )
                .child(el("div").class("worth").child(say(lines)).child(slider)),
        )
    }
}

fn lines(report: &Report, judged: &Verdict, it: &Business, worth: f64, lang: Lang) -> Node {
    let lines = summary::worth_text(report, judged, it, worth, lang);
    let lines = lines.into_iter();
    let lines = lines
        .map(|line| group().child(line).child(" "))
        .collect_nodes();
    el("p")
        .attr("role", "status")
        .attr("id", "worth-told")
        .child(lines)
        .into_node()
}

fn after_slider(report: &Report, judged: &Verdict, it: &Business, _: f64, lang: Lang) -> Node {
    el("p")
        .class("note")
        .child(summary::break_even(report, judged, it, lang))
        .into_node()
}

/// Low end, high end and step of the slider: the worth that is set, the break-even point and
/// nothing have their place on it. A cost never becomes a gain on it, nor a gain a cost.
fn range(it: &Business) -> (f64, f64, f64) {
    let at = it.break_even().filter(|_| it.can_turn());
    let ends = [Some(0.0), Some(it.set), at];
    let ends = ends.into_iter().flatten();
    let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), it| {
        (low.min(it), high.max(it))
    });
    let span = if high > low { high - low } else { 2.0 };
    // 1, 2 or 5 of a power of ten, some 200 of them.
    let rough = span / 200.0;
    let power = libm::pow(10.0, libm::floor(libm::log10(rough)));
    let step = [1.0, 2.0, 5.0, 10.0].map(|it| it * power);
    let step = step.into_iter().find(|it| *it >= rough).unwrap_or(power);
    let low = libm::floor((low - span / 4.0) / step) * step;
    let high = libm::ceil((high + span / 4.0) / step) * step;
    (low, high, step)
}

fn slider(
    page: Page,
    worth: Memo<f64>,
    business: Memo<Option<Business>>,
    (low, high, step): (f64, f64, f64),
) -> Node {
    let label = move || {
        let lang = page.lang.get();
        page.report
            .with(|report| business.with(|it| summary::unknown_cell(report, it.as_ref()?, lang)))
    };
    let written = move || {
        let lang = page.lang.get();
        let unit = page.report.with(|it| it.settings.worth.unit.clone());
        amount(worth.get(), unit.as_deref(), true, lang)
    };
    let on_input = move |event| {
        let value: String = event_target_value(&event);
        let set = business.with_untracked(|it| it.as_ref().map_or(0.0, |it| it.set));
        let is_set = value.parse::<f64>().is_ok_and(|it| it == set);
        let address = page.address.get_untracked();
        page.replace(address.with(KEY, Some(value.as_str()).filter(|_| !is_set)));
    };
    el("div")
        .class("worth-ask")
        .child(el("label").attr("for", "worth").child(label))
        .child(
            el("input")
                .attr("id", "worth")
                .attr("type", "range")
                .attr("min", low.to_string())
                .attr("max", high.to_string())
                .attr("step", step.to_string())
                .attr("aria-valuetext", written)
                .prop("value", move || worth.get().to_string())
                .on(ev::input, on_input),
        )
        .child(el("output").attr("for", "worth").child(written))
        .into_node()
}
