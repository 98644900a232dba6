use leptos::{prelude::*, task::spawn_local};

use super::{
    list::{label, reports},
    view::Front,
};
use crate::{
    browser,
    browser::markup::{IntoNode, Memo, RwSignal, el},
    model::{Lang, SiteEntry},
    view::Page,
    words::{Say as _, judged::Around, site::Site},
};

/// As many found reports as are shown.
const MAX_SHOWN: usize = 100;

/// The search through all reports: the index's files are fetched when somebody first asks, the
/// newest first, and what was fetched is shown while the rest comes.
#[derive(Clone, Copy)]
pub(super) struct Search {
    entries: RwSignal<Vec<SiteEntry>>,
    has_failed: RwSignal<bool>,
    is_started: StoredValue<bool>,
    n_reports: usize,
}

impl Search {
    pub fn new(front: &Front) -> Self {
        Self {
            entries: RwSignal::new(Vec::new()),
            has_failed: RwSignal::new(false),
            is_started: StoredValue::new(false),
            n_reports: front.index.n_reports as usize,
        }
    }

    /// What was found.
    pub fn found(self, page: Page, front: Front, query: Memo<String>) -> impl IntoNode {
        self.start(&front);
        let found = Memo::new(move |_| {
            let lang = page.lang.get();
            let words = query.get().to_lowercase();
            let words: Vec<&str> = words.split_whitespace().collect();
            self.entries.with(|entries| {
                let is_found = |entry: &&SiteEntry| {
                    let text = text(entry, lang);
                    words.iter().all(|word| text.contains(word))
                };
                entries.iter().filter(is_found).cloned().collect::<Vec<_>>()
            })
        });
        let count = move || {
            page.say(&Site::FoundCount {
                n_found: found.with(Vec::len),
                n_searched: self.entries.with(Vec::len),
                n_reports: self.n_reports,
            })
        };
        let list = move || {
            let title = page.say(&Site::Found);
            found.with(|found| {
                let shown = found.get(..MAX_SHOWN).unwrap_or(found);
                reports(shown, &front.root, title, page.lang.get())
            })
        };
        el("section")
            .attr("id", "site-found")
            .child(el("h2").child(move || page.say(&Site::Found)))
            .child(
                el("output")
                    .attr("id", "count")
                    .attr("data-count", move || found.with(Vec::len).to_string())
                    .attr("aria-live", "polite")
                    .class("note")
                    .child(count),
            )
            .child(list)
            .child(move || {
                let is_cut = found.with(Vec::len) > MAX_SHOWN;
                is_cut.then(|| {
                    el("p")
                        .class("note")
                        .child(page.say(&Site::OnlyNewest(MAX_SHOWN)))
                })
            })
            .child(move || {
                self.has_failed.get().then(|| {
                    el("p")
                        .class("note")
                        .attr("role", "alert")
                        .child(page.say(&Site::NotSearched))
                })
            })
    }

    fn start(self, front: &Front) {
        if self.is_started.get_value() {
            return;
        }
        self.is_started.set_value(true);
        let root = front.root.clone();
        let shards: Vec<u64> = front.index.shards.iter().map(|it| it.shard).collect();
        spawn_local(async move {
            for shard in shards.into_iter().rev() {
                match browser::site_entries(&root, shard).await {
                    Some(mut more) => {
                        more.reverse();
                        self.entries.update(|entries| entries.append(&mut more));
                    }
                    None => self.has_failed.set(true),
                }
            }
        });
    }
}

/// What the words of a search are looked for in.
fn text(entry: &SiteEntry, lang: Lang) -> String {
    let mut text = label(entry, lang);
    let parts = [
        Some(entry.path.as_str()),
        Some(entry.name.as_str()),
        entry.title.as_deref(),
        entry.branch.as_deref(),
        entry.commit.as_deref(),
        entry.decisive.as_ref().map(|it| it.name.as_str()),
    ];
    for part in parts.into_iter().flatten() {
        text.push('\n');
        text.push_str(part);
    }
    text.push('\n');
    text.push_str(&Around::Pill(entry.outcome).say(lang));
    text.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Outcome, PlaceKind};

    #[test]
    fn words_are_found_in_what_people_know_of_a_report() {
        let entry = SiteEntry {
            path: "branch/feature~2fx/0123456789ab".to_owned(),
            kind: PlaceKind::Branch,
            name: "Feature/X".to_owned(),
            title: Some("Más árboles".to_owned()),
            outcome: Outcome::NoClearChange,
            ..SiteEntry::default()
        };
        let text = text(&entry, Lang::Es);
        for word in ["feature/x", "más", "rama", "0123456", "sin"] {
            assert!(text.contains(word), "{word}: {text}");
        }
    }
}
