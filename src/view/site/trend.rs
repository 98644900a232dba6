use leptos::{ev, prelude::*};

use super::view::Front;
use crate::{
    browser,
    browser::markup::{CollectNodes as _, ElementRef, IntoNode, Node, RwSignal, el, group},
    model::{Lang, SiteMetric, Trend, TrendPoint},
    view::Page,
    words::{
        Say as _,
        date::moment,
        number::value,
        overview::{Overview, Sure},
        site::Site,
    },
};

/// Digits of a value.
const DIGITS: usize = 4;
const WIDTH: f64 = 280.0;
const HEIGHT: f64 = 64.0;
/// Room for the dot.
const MARGIN: f64 = 6.0;

/// How the metrics went on the main branch, one card for each.
pub(super) fn trends(page: Page, front: &Front) -> impl IntoNode + use<> {
    let Some(branch) = front.index.main_branch.clone() else {
        return none(page).into_node();
    };
    if front.index.trends.is_empty() {
        return none(page).into_node();
    }
    let sections = front.index.trends.iter().map(|trend| {
        let title = match trend.key.as_str() {
            "" => branch.clone(),
            key => format!("{branch} · {key}"),
        };
        let cards = (0..trend.metrics.len()).filter_map(|metric| Card::new(trend, metric, front));
        let cards = cards.map(|card| card.view(page));
        let is_one = trend.points.len() == 1;
        el("section")
            .class("site-trends")
            .child(el("h2").child(move || page.say(&Site::Trends(title.clone()))))
            .child(move || is_one.then(|| el("p").class("note").child(page.say(&Site::OnePoint))))
            .child(el("div").class("trends").child(cards.collect_nodes()))
    });
    sections.collect_nodes().into_node()
}

fn none(page: Page) -> impl IntoNode {
    el("p")
        .class("quiet")
        .child(move || page.say(&Site::NoTrend))
}

/// One metric: its values with the reports that have them, oldest first.
struct Card {
    metric: SiteMetric,
    points: Vec<(TrendPoint, f64)>,
    root: String,
}

impl Card {
    fn new(trend: &Trend, metric: usize, front: &Front) -> Option<Self> {
        let points: Vec<(TrendPoint, f64)> = trend
            .points
            .iter()
            .filter_map(|point| {
                let value = point.values.get(metric).copied().flatten()?;
                let values = Vec::new();
                let point = TrendPoint {
                    values,
                    ..point.clone()
                };
                Some((point, value))
            })
            .collect();
        (!points.is_empty()).then_some(Self {
            metric: trend.metrics.get(metric)?.clone(),
            points,
            root: front.root.clone(),
        })
    }

    fn view(self, page: Page) -> impl IntoNode + use<> {
        let last = self.points.len() - 1;
        let at = RwSignal::new(last);
        let spots = self.spots();
        let line: Vec<String> = spots
            .iter()
            .map(|(x, y)| format!("{x:.1},{y:.1}"))
            .collect();
        let plot = ElementRef::new();
        let on_move = move |event: ev::PointerEvent| {
            let Some(element) = plot.get() else { return };
            let (left, _, width, _) = browser::bounds(&element);
            let share = (f64::from(event.client_x()) - left) / width.max(1.0);
            at.set(nearest(share, last));
        };
        let on_input = move |event: ev::Event| {
            let chosen = event_target_value(&event).parse();
            at.set(chosen.unwrap_or(last).min(last));
        };
        let spots = StoredValue::new(spots);
        let spot =
            move || spots.with_value(|spots| spots.get(at.get()).copied().unwrap_or_default());
        let card = StoredValue::new(self);
        let say = move |make: fn(&Self, usize, Lang) -> String| {
            card.with_value(|card| make(card, at.get(), page.lang.get()))
        };
        let name = card.with_value(|card| card.metric.name.clone());
        let id = card.with_value(|card| card.metric.id.clone());
        let point_name = name.clone();
        el("article")
            .class("trend")
            .attr("data-metric", id.clone())
            .child(el("h3").attr("title", id).child(name))
            .child(
                el("p")
                    .class("trend-now")
                    .child(el("b").child(move || say(Self::newest)))
                    .child(" ")
                    .child(move || card.with_value(|card| card.change(page.lang.get()))),
            )
            .child(
                el("div")
                    .class("trend-plot")
                    .refer(plot)
                    .on(ev::pointermove, on_move)
                    .child(
                        el("svg")
                            .attr("viewBox", format!("0 0 {WIDTH} {HEIGHT}"))
                            .attr("width", "100%")
                            .attr("role", "img")
                            .attr("aria-label", move || say(|card, _, lang| card.label(lang)))
                            .child(
                                el("polyline")
                                    .class("trend-line")
                                    .attr("points", line.join(" ")),
                            )
                            .child(
                                el("circle")
                                    .class("dot-now")
                                    .attr("r", "4")
                                    .attr("cx", move || format!("{:.1}", spot().0))
                                    .attr("cy", move || format!("{:.1}", spot().1)),
                            ),
                    )
                    .child((last > 0).then(|| {
                        el("input")
                            .attr("type", "range")
                            .attr("min", "0")
                            .attr("max", last.to_string())
                            .attr("aria-label", move || {
                                page.say(&Site::Point(point_name.clone()))
                            })
                            .attr("aria-valuetext", move || say(Self::said))
                            .prop("value", move || at.get().to_string())
                            .on(ev::input, on_input)
                    })),
            )
            .child(
                el("p")
                    .class("trend-point")
                    .child(move || card.with_value(|card| card.point(at.get(), page))),
            )
    }

    /// Where each value stands in the picture.
    fn spots(&self) -> Vec<(f64, f64)> {
        let values = || self.points.iter().map(|(_, value)| *value);
        let low = values().fold(f64::INFINITY, f64::min);
        let high = values().fold(f64::NEG_INFINITY, f64::max);
        let n_steps = self.points.len().saturating_sub(1).max(1) as f64;
        let is_one = self.points.len() == 1;
        values()
            .enumerate()
            .map(|(idx, value)| {
                let along = if is_one { 1.0 } else { idx as f64 / n_steps };
                let up = if high > low {
                    (value - low) / (high - low)
                } else {
                    0.5
                };
                (
                    MARGIN + along * (WIDTH - 2.0 * MARGIN),
                    HEIGHT - MARGIN - up * (HEIGHT - 2.0 * MARGIN),
                )
            })
            .collect()
    }

    fn written(&self, at: usize, lang: Lang) -> String {
        let point = self.points.get(at);
        point.map_or_else(String::new, |(_, it)| value(*it, DIGITS, lang))
    }

    fn newest(&self, _at: usize, lang: Lang) -> String {
        self.written(self.points.len().saturating_sub(1), lang)
    }

    fn label(&self, lang: Lang) -> String {
        Site::TrendLabel {
            metric: self.metric.name.clone(),
            first: self.written(0, lang),
            newest: self.newest(0, lang),
            n_points: self.points.len(),
        }
        .say(lang)
    }

    /// The newest value less the one before, with what that means.
    fn change(&self, lang: Lang) -> Option<Node> {
        let mut newest = self.points.iter().rev().map(|(_, value)| *value);
        let difference = newest.next()? - newest.next()?;
        let is_up = (difference != 0.0).then_some(difference > 0.0);
        let arrow = is_up.map(|is_up| {
            el("span")
                .class("arrow")
                .attr("aria-hidden", "true")
                .child(if is_up { "▲" } else { "▼" })
        });
        let (sign, size) = (
            if difference > 0.0 { "+" } else { "" },
            value(difference, DIGITS, lang),
        );
        let difference_text = format!("{sign}{size}");
        // Whether it is clear, and so better or worse, the reports say.
        let word = Overview::Change {
            is_up,
            is_better: None,
            sure: Sure::Clear,
        };
        let text = el("span")
            .class("quiet")
            .child(arrow)
            .child(difference_text)
            .child(" ")
            .child(word.say(lang));
        Some(text.into_node())
    }

    /// The report of a point: commit, date, value.
    fn said(&self, at: usize, lang: Lang) -> String {
        let Some((point, _)) = self.points.get(at) else {
            return String::new();
        };
        let commit = point.commit.as_deref().and_then(|it| it.get(..7));
        let date = point.date.as_deref().map(|it| moment(it, lang));
        let parts = [
            commit.map(str::to_owned),
            date,
            Some(self.written(at, lang)),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        parts.join(" · ")
    }

    fn point(&self, at: usize, page: Page) -> Option<Node> {
        let (point, _) = self.points.get(at)?;
        let link = el("a")
            .attr("href", format!("{}{}/", self.root, point.path))
            .child(page.say(&Site::OpenReport));
        let text = self.said(at, page.lang.get());
        Some(group().child(text).child(" · ").child(link).into_node())
    }
}

/// The point at a share of the width.
fn nearest(share: f64, last: usize) -> usize {
    let along = (share * WIDTH - MARGIN) / (WIDTH - 2.0 * MARGIN);
    let at = (along * last as f64).round().max(0.0);
    (at as usize).min(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pointer_finds_the_nearest_point() {
        assert_eq!(nearest(0.0, 4), 0);
        assert_eq!(nearest(-1.0, 4), 0);
        assert_eq!(nearest(0.5, 4), 2);
        assert_eq!(nearest(1.5, 4), 4);
        assert_eq!(nearest(f64::NAN, 4), 0);
    }
}
