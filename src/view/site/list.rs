use crate::{
    browser::markup::{CollectNodes as _, IntoNode, Node, el, group},
    model::{Lang, Outcome, PlaceKind, SiteEntry},
    view::{links::web_address, verdict_sign},
    words::{Say as _, date::moment, judged::Around, number::value, site::Site},
};

/// Digits of a metric in a list.
const DIGITS: usize = 4;

/// Reports as a table.
pub(super) fn reports(
    entries: &[SiteEntry],
    root: &str,
    title: String,
    lang: Lang,
) -> impl IntoNode + use<> {
    let heads = [
        (Site::About, ""),
        (Site::Verdict, ""),
        (Site::Change, ""),
        (Site::Commit, ""),
        (Site::Date, ""),
    ];
    let heads = heads.map(|(head, class)| {
        el("th")
            .attr("scope", "col")
            .class(class)
            .child(head.say(lang))
    });
    let rows = entries.iter().map(|entry| row(entry, root, lang));
    el("div").class("scroll").child(
        el("table")
            .class("site-reports")
            .child(el("caption").class("vh").child(title))
            .child(el("thead").child(el("tr").child(heads.collect_nodes())))
            .child(el("tbody").child(rows.collect_nodes())),
    )
}

/// What a report is about, as people call it: `#12`, `branch main`.
pub(super) fn label(entry: &SiteEntry, lang: Lang) -> String {
    let label = match (&entry.discussion, entry.kind) {
        (Some(discussion), PlaceKind::Pull) => discussion.label.clone(),
        (_, kind) => Site::Place {
            kind,
            name: entry.name.clone(),
        }
        .say(lang),
    };
    match entry.key.as_str() {
        "" => label,
        key => format!("{label} · {key}"),
    }
}

fn row(entry: &SiteEntry, root: &str, lang: Lang) -> impl IntoNode + use<> {
    let discussion = entry.discussion.as_ref();
    let discussion = discussion.and_then(|it| Some((web_address(&it.url)?.to_owned(), &it.label)));
    let discussion = discussion.map(|(url, label)| {
        group().child(" ").child(
            el("a")
                .attr("rel", "discussion noopener noreferrer")
                .attr("href", url)
                .attr("aria-label", label.clone())
                .child("↗"),
        )
    });
    let commit = entry.commit.as_deref().and_then(|it| it.get(..7));
    let commit = commit.map(|it| el("code").child(it.to_owned()));
    let date = entry.date.clone().map(|date| {
        let text = moment(&date, lang);
        el("time").attr("datetime", date).child(text)
    });
    el("tr")
        .attr("data-report", entry.path.clone())
        .child(
            el("th")
                .attr("scope", "row")
                .child(
                    el("a")
                        .attr("href", format!("{root}{}/", entry.path))
                        .child(label(entry, lang)),
                )
                .child(discussion)
                .child(
                    entry
                        .title
                        .clone()
                        .map(|title| el("span").class("sub").child(title)),
                ),
        )
        .child(el("td").child(pill(entry.outcome, lang)))
        .child(el("td").child(change(entry, lang)))
        .child(el("td").child(commit))
        .child(el("td").class("nw").child(date))
}

fn pill(outcome: Outcome, lang: Lang) -> impl IntoNode {
    let (sign, class) = verdict_sign(outcome);
    el("span")
        .class(class)
        .attr("data-verdict", outcome.code())
        .child(el("span").attr("aria-hidden", "true").child(sign))
        .child(Around::Pill(outcome).say(lang))
}

fn change(entry: &SiteEntry, lang: Lang) -> Option<Node> {
    let change = entry.decisive.as_ref()?;
    let number = |it: f64| value(it, DIGITS, lang);
    let now = change.current.map_or_else(|| "–".to_owned(), number);
    let text = match change.baseline {
        Some(before) => format!("{} → {now}", number(before)),
        None => now,
    };
    let name = el("span").class("sub").child(change.name.clone());
    Some(group().child(text).child(name).into_node())
}
