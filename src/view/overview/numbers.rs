use crate::{
    analysis::{
        numbers::{self, NumberRow},
        tried,
    },
    browser::markup::{IntoNode as _, Node, el, group},
    model::{Direction, Lang, Report, Verdict},
    route::{Address, View},
    summary,
    view::dot::{dot_base, dot_now},
    words::{
        Say as _,
        metric::{explanation, samples},
        overview::Overview,
    },
};

/// Rows that the Overview shows; all of them are in Compare.
const MOST_ROWS: usize = 6;

/// The table: baseline, now, difference, interval.
pub(super) fn numbers(report: &Report, judged: &Verdict, lang: Lang) -> Node {
    let rows = numbers::numbers(report, judged);
    let title = Overview::Numbers.say(lang);
    let total = judged.counts().map(|it| it.total);
    let set = total.map(|total| Overview::TestSet(samples(&report.settings, total, lang)));
    let set = set.map(|it| el("span").class("sub").child(it.say(lang)));
    if rows.is_empty() {
        return el("section")
            .class("sec")
            .child(el("h2").child(title))
            .child(el("p").class("quiet").child(Overview::NoNumbers.say(lang)))
            .into_node();
    }
    let axis = Axis::of(&rows);
    let n_more = rows.len().saturating_sub(MOST_ROWS);
    let shown = rows.iter().zip(summary::row_texts(report, &rows, lang));
    let body: Vec<_> = shown
        .take(MOST_ROWS)
        .map(|(row, told)| line(report, judged, row, told, axis, lang))
        .collect();
    let shown = rows.get(..MOST_ROWS).unwrap_or(&rows);
    let note = summary::interval_notes(report, judged, shown, lang);
    let compare = Address::new(View::Compare).to_fragment();
    let more = match n_more {
        0 => Overview::AllNumbers,
        n_more => Overview::MoreMetrics(n_more),
    };
    let caption = title.clone();
    el("section")
        .class("sec")
        .child(el("h2").child(title).child(set))
        .child(
            el("div")
                .child(
                    el("table")
                        .class("numbers")
                        .child(el("caption").class("vh").child(caption))
                        .child(head(report, judged, axis, lang))
                        .child(el("tbody").child(body)),
                )
                .child(
                    el("p")
                        .class("note")
                        .child(note)
                        .child(" ")
                        .child(el("a").attr("href", compare).child(more.say(lang))),
                ),
        )
        .into_node()
}

fn head(report: &Report, judged: &Verdict, axis: Option<Axis>, lang: Lang) -> Node {
    let param = tried::telling(report, judged);
    let is_apart = param.is_some_and(|it| tried::set_apart(report, judged).contains(&it));
    let setting = |revision: Option<usize>| {
        let (param, revision) = (param?, revision?);
        let column = report.columns.get(param)?;
        let text = match column.cells.get(revision).is_missing() {
            true if is_apart => summary::not_set(report, param, lang),
            true => return None,
            false => summary::setting(report, param, revision, lang),
        };
        // A phone has no room for the team's names; the reasons above have them.
        Some(el("span").class("only-wide").child(el("br")).child(text))
    };
    let (before, now) = (setting(judged.baseline), setting(Some(judged.current)));
    let baseline = summary::baseline_name(report, judged).name(lang);
    let has_baseline = judged.baseline.is_some();
    let baseline = has_baseline.then_some(baseline);
    let interval = axis.map(|axis| {
        let zero = format!("left:{:.1}%", axis.zero_percent());
        group()
            .child(
                el("span")
                    .class("numbers-axis")
                    .attr("aria-hidden", "true")
                    .child(
                        el("span")
                            .attr("style", zero.clone())
                            .child(Overview::AxisWorse.say(lang)),
                    )
                    .child(el("span").attr("style", zero.clone()).child("0"))
                    .child(
                        el("span")
                            .attr("style", zero)
                            .child(Overview::AxisBetter.say(lang)),
                    ),
            )
            .child(
                el("span")
                    .class("numbers-ci")
                    .child(Overview::Interval(judged.confidence).say(lang)),
            )
    });
    el("thead")
        .child(
            el("tr")
                .child(
                    el("th")
                        .attr("scope", "col")
                        .child(Overview::Metric.say(lang)),
                )
                .child(baseline.map(|baseline| {
                    el("th")
                        .attr("scope", "col")
                        .class("num")
                        .child(el("span").class("key").child(dot_base()).child(baseline))
                        .child(before)
                }))
                .child(
                    el("th")
                        .attr("scope", "col")
                        .class("num")
                        .child(
                            el("span")
                                .class("key")
                                .child(dot_now())
                                .child(Overview::ThisChange.say(lang)),
                        )
                        .child(now),
                )
                .child(has_baseline.then(|| {
                    el("th").attr("scope", "col").child(
                        el("div")
                            .class("numbers-diff")
                            .child(el("b").child(Overview::Difference.say(lang)))
                            .child(interval),
                    )
                })),
        )
        .into_node()
}

fn line(
    report: &Report,
    judged: &Verdict,
    row: &NumberRow,
    told: summary::RowText,
    axis: Option<Axis>,
    lang: Lang,
) -> Node {
    let has_baseline = judged.baseline.is_some();
    let right = |right: Option<String>| right.map(|it| el("span").class("sub").child(it));
    let is_primary = row.is_primary && judged.metric == row.column;
    let sub = is_primary.then(|| {
        el("span")
            .class("sub")
            .child(Overview::PrimaryMetric.say(lang))
    });
    let key = row
        .column
        .and_then(|it| report.columns.get(it))
        .map(|it| it.id.full());
    let meaning = row.column.and_then(|it| explanation(report, it, lang));
    let meaning = meaning.map(|it| el("span").class("sub").child(it.to_owned()));
    let judge = key.clone().filter(|_| !is_primary).map(|key| {
        let href = Address::new(View::Overview)
            .with("metric", Some(&key))
            .to_fragment();
        let judge = Overview::JudgeBy.say(lang);
        el("a")
            .class("sub")
            .attr("href", href)
            .attr("aria-label", format!("{judge}: {}", told.title))
            .child(judge)
    });
    let shown = told.difference.map(|it| {
        // Colour is for what has evidence.
        let class = match row.is_better.filter(|_| row.is_clear.is_some()) {
            Some(true) => "better",
            Some(false) => "worse",
            None => "",
        };
        el("b")
            .class(class)
            .child(
                el("span")
                    .class("arrow")
                    .attr("aria-hidden", "true")
                    .child(it.arrow),
            )
            .child(it.number)
            .child(el("span").class("sub").child(it.word))
    });
    let difference = row.change().map(|it| it.difference());
    let whisker = row.interval.zip(difference);
    let whisker = whisker.map(|(interval, difference)| {
        let is_flipped = row.direction == Direction::LowerIsBetter;
        let axis = axis.filter(|it| it.has_room(interval));
        let picture = axis.map(|axis| {
            let axis = Axis { is_flipped, ..axis };
            axis.whisker(interval, difference, row.is_better, row.is_clear)
        });
        group()
            .child(picture)
            .child(el("span").class("numbers-ci").child(told.interval))
    });
    let sure = if row.is_clear == Some(true) {
        "numbers-diff sure"
    } else {
        "numbers-diff"
    };
    el("tr")
        .attr("data-metric", key)
        .child(
            el("th")
                .attr("scope", "row")
                .child(el("b").child(told.title))
                .child(told.section.map(|it| el("span").class("sub").child(it)))
                .child(meaning)
                .child(sub)
                .child(judge),
        )
        // Without a baseline there is neither its value nor a difference in any row.
        .child(has_baseline.then(|| {
            el("td")
                .class("num numbers-value")
                .child(told.baseline)
                .child(right(told.baseline_right))
        }))
        .child(
            el("td")
                .class("num numbers-value")
                .child(el("b").child(told.current))
                .child(right(told.current_right)),
        )
        .child(has_baseline.then(|| {
            let difference = el("div").class(sure).child(shown).child(whisker);
            el("td").child(difference)
        }))
        .into_node()
}

/// The axis that all intervals share; better is always on the right.
#[derive(Clone, Copy)]
struct Axis {
    low: f64,
    high: f64,
    is_flipped: bool,
}

impl Axis {
    const WIDTH: f64 = 240.0;

    /// Wide enough for the first row with an interval, and for others of its size.
    fn of(rows: &[NumberRow]) -> Option<Self> {
        /// Wider ones would leave the first no room: they have another unit.
        const WIDEST: f64 = 4.0;
        let mut axis: Option<Self> = None;
        for row in rows {
            let Some((from, to)) = row.interval else {
                continue;
            };
            let (from, to) = match row.direction {
                Direction::LowerIsBetter => (-to, -from),
                Direction::HigherIsBetter | Direction::Unknown => (from, to),
            };
            let (low, high) = (from.min(0.0), to.max(0.0));
            axis = match axis {
                None => Some(Self {
                    low,
                    high,
                    is_flipped: false,
                }),
                Some(it) if high - low <= WIDEST * (it.high - it.low) => Some(Self {
                    low: it.low.min(low),
                    high: it.high.max(high),
                    is_flipped: false,
                }),
                other => other,
            };
        }
        let Self { low, high, .. } = axis?;
        let room = (high - low) * 0.12;
        // The words at both ends of the zero line need their place.
        let (low, high) = (low.min(-room * 3.0) - room, high.max(room * 3.0) + room);
        (room > 0.0).then_some(Self {
            low,
            high,
            is_flipped: false,
        })
    }

    /// Whether an interval fits.
    fn has_room(self, (low, high): (f64, f64)) -> bool {
        self.high.max(-self.low) * 2.0 >= high.max(-low)
    }

    fn x(self, value: f64) -> f64 {
        let value = if self.is_flipped { -value } else { value };
        Self::WIDTH * (value - self.low) / (self.high - self.low)
    }

    fn zero_percent(self) -> f64 {
        self.x(0.0) / Self::WIDTH * 100.0
    }

    fn whisker(
        self,
        (low, high): (f64, f64),
        difference: f64,
        is_better: Option<bool>,
        is_clear: Option<bool>,
    ) -> Node {
        let at = |value: f64| format!("{:.1}", self.x(value));
        let class = match is_better {
            Some(true) => "whisker better",
            Some(false) => "whisker worse",
            None => "whisker",
        };
        let width = if is_clear == Some(true) { "2.5" } else { "1.5" };
        let (zero, middle) = (at(0.0), at(difference));
        el("svg")
            .class(class)
            .attr("viewBox", "0 0 240 22")
            .attr("preserveAspectRatio", "none")
            .attr("aria-hidden", "true")
            .child(
                el("line")
                    .class("whisker-zero")
                    .attr("x1", zero.clone())
                    .attr("x2", zero)
                    .attr("y1", "0")
                    .attr("y2", "22"),
            )
            .child(
                el("line")
                    .attr("x1", at(low))
                    .attr("x2", at(high))
                    .attr("y1", "11")
                    .attr("y2", "11")
                    .attr("stroke-width", width),
            )
            .child(
                el("line")
                    .class("whisker-dot")
                    .attr("x1", middle.clone())
                    .attr("x2", middle)
                    .attr("y1", "11")
                    .attr("y2", "11.001")
                    .attr("stroke-width", "9"),
            )
            .into_node()
    }
}
