//! The page: mounts the app over what was pre-rendered.

use careo::{
    browser::{
        self, Opened,
        markup::{IntoNode as _, mount},
    },
    model::{Lang, Settings, Shared},
    route::Address,
    view::{Front, app},
    words::{Say as _, shell::Shell},
};
use wasm_bindgen_futures::spawn_local;

fn main() {
    // A worker of ours runs the same program, and has no page.
    if !browser::has_document() {
        return;
    }
    let reading = Shell::Reading { n_files: 0 };
    browser::fill_if_empty("app", "wrap reading", &reading.say(lang(None)));
    // Leptos has no executor before it is mounted.
    spawn_local(async {
        let opened = browser::open_page().await;
        show(opened);
    });
}

/// Puts the app in the place of what the page carried, in one step: nothing flickers.
fn show(opened: Opened) {
    let settings = opened.report.as_ref().map(|report| &report.settings);
    let lang = lang(settings);
    let address = Address::parse(&browser::fragment());
    let Opened {
        report,
        problems,
        n_files_read,
        site,
    } = opened;
    let report = report.map(Shared::new);
    let front = site.map(|index| Front {
        index: Shared::new(index),
        root: browser::root_attribute("data-root").unwrap_or_default(),
    });
    if let Some(place) = browser::clear("app") {
        mount(&place, move || {
            app(report, problems, n_files_read, front, address, lang).into_node()
        })
        .forget();
    }
}

/// The reader's choice, else the team's, else what the browser prefers.
fn lang(settings: Option<&Settings>) -> Lang {
    let chosen = browser::stored("lang").and_then(|tag| Lang::from_tag(&tag));
    let preferred = || {
        let tags = browser::languages();
        tags.iter().find_map(|tag| Lang::from_tag(tag))
    };
    chosen
        .or_else(|| settings?.lang)
        .or_else(preferred)
        .unwrap_or_default()
}
