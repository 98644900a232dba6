use leptos::prelude::*;

use crate::{
    analysis::{
        numbers::{self, NumberRow},
        tried,
    },
    model::{Direction, Evidence, Lang, Report, Verdict},
    route::{Address, View},
    summary,
    words::{
        Say as _,
        metric::{metric_title, samples},
        overview::Overview,
    },
};

/// Rows that the Overview shows; all of them are in Compare.
const MOST_ROWS: usize = 6;

/// The table: baseline, now, difference, interval.
pub(super) fn numbers(report: &Report, judged: &Verdict, lang: Lang) -> AnyView {
    let rows = numbers::numbers(report, judged);
    let title = Overview::Numbers.say(lang);
    let total = judged.counts().map(|it| it.total);
    let set = total.map(|total| Overview::TestSet(samples(&report.settings, total, lang)));
    let set = set.map(|it| view! { <span class="sub">{it.say(lang)}</span> });
    if rows.is_empty() {
        return view! {
            <section class="sec">
                <h2>{title}</h2>
                <p class="quiet">{Overview::NoNumbers.say(lang)}</p>
            </section>
        }
        .into_any();
    }
    let axis = Axis::of(&rows, judged.direction);
    let n_more = rows.len().saturating_sub(MOST_ROWS);
    let shown = rows.iter().take(MOST_ROWS);
    let body: Vec<_> = shown
        .map(|row| line(report, judged, row, axis, lang))
        .collect();
    let note = matches!(judged.evidence, Evidence::McNemar { .. }).then(|| {
        let metric = metric_title(report, judged.metric, lang);
        Overview::IntervalNote(metric).say(lang)
    });
    let compare = Address::new(View::Compare).to_fragment();
    let more = match n_more {
        0 => Overview::AllNumbers,
        n_more => Overview::MoreMetrics(n_more),
    };
    let caption = title.clone();
    view! {
        <section class="sec">
            <h2>{title} {set}</h2>
            <div>
                <table class="numbers">
                    <caption class="vh">{caption}</caption>
                    {head(report, judged, axis, lang)}
                    <tbody>{body}</tbody>
                </table>
                <p class="note">{note} " " <a href=compare>{more.say(lang)}</a></p>
            </div>
        </section>
    }
    .into_any()
}

fn head(report: &Report, judged: &Verdict, axis: Option<Axis>, lang: Lang) -> AnyView {
    let param = tried::tried(report, judged).param;
    let setting = |revision: Option<usize>| {
        let (param, revision) = (param?, revision?);
        let column = report.columns.get(param)?;
        if column.cells.get(revision).is_missing() {
            return None;
        }
        let text = summary::setting(report, param, revision, lang);
        Some(view! { <br /> {text} })
    };
    let (before, now) = (setting(judged.baseline), setting(Some(judged.current)));
    let baseline = summary::baseline_name(report, judged).name(lang);
    let baseline = judged.baseline.is_some().then_some(baseline);
    let interval = axis.map(|axis| {
        let zero = format!("left:{:.1}%", axis.zero_percent());
        view! {
            <span class="numbers-axis" aria-hidden="true">
                <span style=zero.clone()>{Overview::AxisWorse.say(lang)}</span>
                <span style=zero.clone()>"0"</span>
                <span style=zero>{Overview::AxisBetter.say(lang)}</span>
            </span>
            <span class="numbers-ci">{Overview::Interval.say(lang)}</span>
        }
    });
    view! {
        <thead>
            <tr>
                <th scope="col">{Overview::Metric.say(lang)}</th>
                <th scope="col" class="num">
                    <span class="key">
                        <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
                            <circle class="dot-base" cx="6" cy="6" r="4.5" />
                        </svg>
                        {baseline}
                    </span>
                    {before}
                </th>
                <th scope="col" class="num">
                    <span class="key">
                        <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
                            <circle class="dot-now" cx="6" cy="6" r="5" />
                        </svg>
                        {Overview::ThisChange.say(lang)}
                    </span>
                    {now}
                </th>
                <th scope="col">
                    <div class="numbers-diff">
                        <b>{Overview::Difference.say(lang)}</b>
                        {interval}
                    </div>
                </th>
            </tr>
        </thead>
    }
    .into_any()
}

fn line(
    report: &Report,
    judged: &Verdict,
    row: &NumberRow,
    axis: Option<Axis>,
    lang: Lang,
) -> AnyView {
    let told = summary::row_text(report, row, lang);
    let right = |right: Option<String>| right.map(|it| view! { <span class="sub">{it}</span> });
    let is_primary = row.is_primary && judged.metric == row.column;
    let sub = is_primary.then(|| {
        view! { <span class="sub">{Overview::PrimaryMetric.say(lang)}</span> }
    });
    let key = row
        .column
        .and_then(|it| report.columns.get(it))
        .map(|it| it.id.full());
    let judge = key.clone().filter(|_| !is_primary).map(|key| {
        let href = Address::new(View::Overview)
            .with("metric", Some(&key))
            .to_fragment();
        view! { <a class="sub" href=href>{Overview::JudgeBy.say(lang)}</a> }
    });
    let shown = told.difference.map(|it| {
        let class = match row.is_better {
            Some(true) => "better",
            Some(false) => "worse",
            None => "",
        };
        view! {
            <b class=class>
                <span class="arrow" aria-hidden="true">{it.arrow}</span>
                {it.number}
                <span class="sub">{it.word}</span>
            </b>
        }
    });
    let difference = row.change().map(|it| it.difference());
    let whisker = axis.zip(row.interval).zip(difference);
    let whisker = whisker.map(|((axis, interval), difference)| {
        view! {
            {axis.whisker(interval, difference, row.is_better, row.is_clear)}
            <span class="numbers-ci">{told.interval}</span>
        }
    });
    let sure = if row.is_clear == Some(true) {
        "numbers-diff sure"
    } else {
        "numbers-diff"
    };
    view! {
        <tr data-metric=key>
            <th scope="row">
                <b>{told.title}</b>
                {sub}
                {judge}
            </th>
            <td class="num numbers-value">{told.baseline} {right(told.baseline_right)}</td>
            <td class="num numbers-value">
                <b>{told.current}</b>
                {right(told.current_right)}
            </td>
            <td>
                <div class=sure>{shown} {whisker}</div>
            </td>
        </tr>
    }
    .into_any()
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

    fn of(rows: &[NumberRow], direction: Direction) -> Option<Self> {
        let intervals = rows.iter().filter_map(|row| row.interval);
        let (low, high) = intervals.fold((0.0_f64, 0.0_f64), |(low, high), (from, to)| {
            (low.min(from), high.max(to))
        });
        let room = (high - low) * 0.12;
        // The words at both ends of the zero line need their place.
        let (low, high) = (low.min(-room * 3.0) - room, high.max(room * 3.0) + room);
        (room > 0.0).then_some(Self {
            low,
            high,
            is_flipped: direction == Direction::LowerIsBetter,
        })
    }

    fn x(self, value: f64) -> f64 {
        let share = (value - self.low) / (self.high - self.low);
        Self::WIDTH * if self.is_flipped { 1.0 - share } else { share }
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
    ) -> AnyView {
        let at = |value: f64| format!("{:.1}", self.x(value));
        let class = match is_better {
            Some(true) => "whisker better",
            Some(false) => "whisker worse",
            None => "whisker",
        };
        let width = if is_clear == Some(true) { "2.5" } else { "1.5" };
        let (zero, middle) = (at(0.0), at(difference));
        view! {
            <svg
                class=class
                viewBox="0 0 240 22"
                preserveAspectRatio="none"
                aria-hidden="true"
            >
                <line class="whisker-zero" x1=zero.clone() x2=zero y1="0" y2="22" />
                <line x1=at(low) x2=at(high) y1="11" y2="11" stroke-width=width />
                <line
                    class="whisker-dot"
                    x1=middle.clone()
                    x2=middle
                    y1="11"
                    y2="11.001"
                    stroke-width="9"
                />
            </svg>
        }
        .into_any()
    }
}
