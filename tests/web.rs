//! In a real browser: the seam to it, the numbers that page and command line must share, and the
//! views on them.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{cell::RefCell, rc::Rc};

use careo::{
    analysis::verdict,
    browser::{
        self, Surface,
        markup::{IntoNode as _, mount},
    },
    model::{Artifact, Evidence, Lang, Outcome, PairedCounts, Report, RevisionRef, Shared},
    readers::{assemble::Context, read_all},
    route::Address,
    view::app,
};
use leptos::{prelude::Owner, task::tick};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

#[path = "same/mod.rs"]
mod same;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn wasm_finds_what_the_command_line_finds_to_the_last_bit() {
    assert_eq!(same::told(), same::TOLD);
}

/// The candidate and the baseline of the NBA case.
fn nba() -> Report {
    let mut before = Artifact::new(
        "baselines/C10/predictions.csv",
        &include_bytes!("fixtures/nba/baselines/C10/predictions.csv")[..],
    );
    before.revision = Some(RevisionRef::Baseline);
    let artifacts = vec![
        Artifact::new(
            "predictions.csv",
            &include_bytes!("fixtures/nba/predictions.csv")[..],
        ),
        Artifact::new(
            "metrics.json",
            &include_bytes!("fixtures/nba/metrics.json")[..],
        ),
        Artifact::new(
            "exp-show.json",
            &include_bytes!("fixtures/nba/exp-show.json")[..],
        ),
        before,
    ];
    read_all(artifacts, Context::default(), 0)
}

#[wasm_bindgen_test]
fn wasm_judges_the_nba_case_as_the_command_line_does() {
    let verdict = verdict::of_report(&nba(), None).unwrap();
    assert_eq!(verdict.outcome, Outcome::NoClearChange);
    let Evidence::McNemar { pairs, p, .. } = verdict.evidence else {
        panic!("the predictions are paired: {:?}", verdict.evidence);
    };
    let expected = PairedCounts {
        both_right: 85,
        lost: 8,
        won: 2,
        both_wrong: 81,
    };
    assert_eq!(pairs, expected);
    assert_eq!(p, 0.109375);
}

#[wasm_bindgen_test]
async fn back_returns_to_the_address_before() {
    let owner = Owner::new();
    owner.set();
    let seen = Rc::new(RefCell::new(Vec::new()));
    browser::on_fragment_change({
        let seen = Rc::clone(&seen);
        move |fragment| seen.borrow_mut().push(fragment)
    });
    browser::replace_fragment("#/overview");
    browser::push_fragment("#/confusion?cell=C~PF");
    assert_eq!(browser::fragment(), "#/confusion?cell=C~PF");
    let address = Address::parse(&browser::fragment());
    assert_eq!(address.to_fragment(), browser::fragment());

    let window = web_sys::window().unwrap();
    next_event("popstate", || window.history().unwrap().back().unwrap()).await;
    assert_eq!(browser::fragment(), "#/overview");
    assert_eq!(*seen.borrow(), ["#/overview"]);
}

#[wasm_bindgen_test]
async fn a_click_pins_a_cell_of_the_matrix() {
    let document = web_sys::window().unwrap().document().unwrap();
    let place: browser::Element = document.create_element("div").unwrap().unchecked_into();
    document.body().unwrap().append_child(&place).unwrap();
    browser::replace_fragment("#/confusion");
    let report = Some(Shared::new(nba()));
    let address = Address::parse(&browser::fragment());
    let page = mount(&place, move || {
        app(report, Vec::new(), None, None, address, Lang::En).into_node()
    });
    tick().await;
    let cell = place
        .query_selector("#matrix [data-actual=SF][data-predicted=PF]")
        .unwrap()
        .unwrap();
    assert_eq!(cell.get_attribute("data-count").as_deref(), Some("14"));
    cell.unchecked_ref::<browser::Element>().click();
    tick().await;
    assert_eq!(browser::fragment(), "#/confusion?cell=SF~PF");
    drop(page);
    place.remove();
}

#[wasm_bindgen_test]
fn a_canvas_shows_what_is_painted() {
    let document = web_sys::window().unwrap().document().unwrap();
    let canvas: browser::Canvas = document.create_element("canvas").unwrap().unchecked_into();
    document.body().unwrap().append_child(&canvas).unwrap();
    let surface = Surface::new(&canvas, 20.0, 10.0).unwrap();
    surface.rect(0.0, 0.0, 10.0, 10.0, "rgb(11, 101, 112)");
    assert_eq!(pixel(&canvas, 0.25), [11, 101, 112, 255]);
    assert_eq!(pixel(&canvas, 0.75), [0, 0, 0, 0]);
    canvas.remove();
}

#[wasm_bindgen_test]
fn the_browser_remembers_and_forgets() {
    browser::store("test", Some("dark"));
    assert_eq!(browser::stored("test").as_deref(), Some("dark"));
    browser::store("test", None);
    assert_eq!(browser::stored("test"), None);
}

/// The pixel in the middle of the height, at a share of the width.
fn pixel(canvas: &browser::Canvas, share: f64) -> [u8; 4] {
    let context: web_sys::CanvasRenderingContext2d =
        canvas.get_context("2d").unwrap().unwrap().unchecked_into();
    let x = f64::from(canvas.width()) * share;
    let y = f64::from(canvas.height()) / 2.0;
    let data = context.get_image_data(x, y, 1.0, 1.0).unwrap().data();
    data.0.as_slice().try_into().unwrap()
}

/// Does something, and waits for the window's event that it leads to.
async fn next_event(name: &str, act: impl FnOnce()) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let on_event = Closure::once_into_js(move || resolve.call0(&JsValue::NULL));
        let window = web_sys::window().unwrap();
        window
            .add_event_listener_with_callback(name, on_event.unchecked_ref())
            .unwrap();
    });
    act();
    JsFuture::from(promise).await.unwrap();
}
