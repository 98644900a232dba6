//! In a real browser: what is drawn follows what shall be drawn, and what can stay stays.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{cell::Cell, rc::Rc};

use careo::browser::{
    self,
    markup::{
        CollectNodes as _, ElementRef, IntoNode, Mounted, el, group, kept, later, mount, show,
    },
};
use leptos::{ev, prelude::*, task::tick};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Element;

wasm_bindgen_test_configure!(run_in_browser);

/// Draws on the page; both go with the result.
fn drawn<T: IntoNode>(make: impl FnOnce() -> T) -> (Place, Mounted) {
    let document = web_sys::window().unwrap().document().unwrap();
    let place = document.create_element("div").unwrap();
    document.body().unwrap().append_child(&place).unwrap();
    let mounted = mount(&place, move || make().into_node());
    (Place(place), mounted)
}

struct Place(Element);

impl Place {
    fn find(&self, selector: &str) -> browser::Element {
        let found = self.0.query_selector(selector).unwrap();
        found.unwrap().unchecked_into()
    }

    fn html(&self) -> String {
        self.0.inner_html()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.remove();
    }
}

#[wasm_bindgen_test]
async fn a_part_follows_its_signal_and_its_neighbours_stay() {
    let count = RwSignal::new(1_usize);
    let (place, mounted) = drawn(|| {
        group()
            .child(el("p").child("before"))
            .child(move || (count.get() > 1).then(|| el("b").child(count.get())))
            .child(el("p").child("after"))
    });
    let before = place.find("p");
    assert_eq!(place.html(), "<p>before</p><p>after</p>");
    for (n, html) in [
        (2, "<p>before</p><b>2</b><p>after</p>"),
        (3, "<p>before</p><b>3</b><p>after</p>"),
        (1, "<p>before</p><p>after</p>"),
    ] {
        count.set(n);
        tick().await;
        assert_eq!(place.html(), html);
    }
    assert!(before.is_same_node(Some(&place.find("p"))));
    drop(mounted);
    assert_eq!(place.html(), "");
}

#[wasm_bindgen_test]
async fn siblings_with_keys_are_moved_and_not_made_anew() {
    let keys = RwSignal::new(vec!["a", "b", "c", "d"]);
    let (place, _mounted) = drawn(|| {
        el("ul").child(move || {
            let item = |key: &'static str| el("li").key(key).attr("id", key).child(key);
            keys.get().into_iter().map(item).collect_nodes()
        })
    });
    let was = place.find("#c");
    for order in [
        vec!["c", "x", "a"],
        vec!["a", "c"],
        vec!["d", "c", "b", "a"],
    ] {
        keys.set(order.clone());
        tick().await;
        let text = place.find("ul").text_content().unwrap();
        assert_eq!(text, order.concat());
        assert!(was.is_same_node(Some(&place.find("#c"))), "{order:?}");
    }
}

#[wasm_bindgen_test]
async fn another_key_is_another_element() {
    let key = RwSignal::new("one");
    let (place, _mounted) =
        drawn(|| move || el("section").key(key.get()).child(el("button").child("go")));
    let button = place.find("button");
    button.focus().unwrap();
    key.set("two");
    tick().await;
    assert!(!button.is_connected());
    assert!(!button.is_same_node(Some(&place.find("button"))));
}

#[wasm_bindgen_test]
async fn what_has_the_focus_keeps_it_while_around_it_changes() {
    let n = RwSignal::new(1_usize);
    let (place, _mounted) = drawn(|| {
        move || {
            el("div")
                .attr("data-n", n.get())
                .child(el("input").prop("value", n.get()))
        }
    });
    let input = place.find("input");
    input.focus().unwrap();
    n.set(2);
    tick().await;
    let document = web_sys::window().unwrap().document().unwrap();
    assert!(input.is_same_node(document.active_element().as_deref()));
    let value = input.unchecked_ref::<web_sys::HtmlInputElement>().value();
    assert_eq!(value, "2");
    assert_eq!(
        place.find("div").get_attribute("data-n").as_deref(),
        Some("2")
    );
}

#[wasm_bindgen_test]
async fn classes_and_attributes_come_and_go() {
    let is_on = RwSignal::new(false);
    let title = RwSignal::new(None::<String>);
    let (place, _mounted) = drawn(|| {
        el("p")
            .class("base")
            .class_if("on", move || is_on.get())
            .attr("title", move || title.get())
            .attr("hidden", move || !is_on.get())
    });
    assert_eq!(place.html(), r#"<p class="base" hidden=""></p>"#);
    is_on.set(true);
    title.set(Some("<x>".into()));
    tick().await;
    assert_eq!(
        place.html(),
        r#"<p class="base on" title="<x>"></p>"#.replace("<x>", "&lt;x&gt;")
    );
    is_on.set(false);
    title.set(None);
    tick().await;
    assert_eq!(place.html(), r#"<p class="base" hidden=""></p>"#);
}

#[wasm_bindgen_test]
fn a_select_shows_its_value_from_the_start() {
    let (place, _mounted) = drawn(|| {
        let option = |value: &'static str| el("option").attr("value", value).child(value);
        el("select")
            .prop("value", "b")
            .child(["a", "b", "c"].map(option).collect_nodes())
    });
    let select = place.find("select");
    let value = js_sys::Reflect::get(&select, &"value".into()).unwrap();
    assert_eq!(value, "b");
}

#[wasm_bindgen_test]
async fn a_reused_element_calls_its_new_handler() {
    let step = RwSignal::new(1_usize);
    let sum = Rc::new(Cell::new(0));
    let (place, _mounted) = drawn({
        let sum = sum.clone();
        move || {
            move || {
                let (step, sum) = (step.get(), sum.clone());
                let on_click = move |_| sum.set(sum.get() + step);
                el("button").on(ev::click, on_click)
            }
        }
    });
    let button = place.find("button");
    button.click();
    step.set(10);
    tick().await;
    button.click();
    assert!(button.is_same_node(Some(&place.find("button"))));
    assert_eq!(sum.get(), 11);
}

#[wasm_bindgen_test]
async fn parts_within_parts_follow_each_their_own_signal() {
    let (outer, inner) = (RwSignal::new(1_usize), RwSignal::new(1_usize));
    let runs = Rc::new(Cell::new(0));
    let (place, _mounted) = drawn({
        let runs = runs.clone();
        move || {
            move || {
                runs.set(runs.get() + 1);
                let at = outer.get();
                el("p").child(at).child(move || format!("/{}", inner.get()))
            }
        }
    });
    inner.set(2);
    tick().await;
    assert_eq!((place.html().as_str(), runs.get()), ("<p>1/2</p>", 1));
    outer.set(2);
    tick().await;
    inner.set(3);
    tick().await;
    assert_eq!((place.html().as_str(), runs.get()), ("<p>2/3</p>", 2));
}

#[wasm_bindgen_test]
async fn what_is_shown_is_made_anew_only_when_that_changes() {
    let n = RwSignal::new(0_usize);
    let made = Rc::new(Cell::new(0));
    let reference = ElementRef::new();
    let (place, _mounted) = drawn({
        let made = made.clone();
        move || {
            show(
                move || n.get() > 1,
                move || {
                    made.set(made.get() + 1);
                    el("svg").child(el("circle").refer(reference).attr("r", 1.5))
                },
            )
        }
    });
    assert_eq!(place.html(), "");
    for value in [2, 3, 4] {
        n.set(value);
        tick().await;
    }
    assert_eq!(place.html(), r#"<svg><circle r="1.5"></circle></svg>"#);
    let circle = place.find("circle");
    assert_eq!(
        circle.namespace_uri().unwrap(),
        "http://www.w3.org/2000/svg"
    );
    assert_eq!(made.get(), 1);
    // An SVG element is no HTML element: a reference is for those.
    assert!(reference.get_untracked().is_none());
}

#[wasm_bindgen_test]
fn a_text_is_never_markup() {
    let (place, _mounted) = drawn(|| el("p").child("<img src=x onerror=alert(1)>"));
    assert_eq!(place.html(), "<p>&lt;img src=x onerror=alert(1)&gt;</p>");
}

#[wasm_bindgen_test]
async fn what_is_kept_is_not_made_again() {
    let rows = RwSignal::new(vec![("a", 0_u64), ("b", 0), ("c", 0)]);
    let made = Rc::new(Cell::new(0));
    let (place, _mounted) = drawn({
        let made = made.clone();
        move || {
            move || {
                let row = |(key, stamp): &(&'static str, u64)| {
                    let (key, stamp, made) = (*key, *stamp, made.clone());
                    kept(key.to_owned(), stamp, move || {
                        made.set(made.get() + 1);
                        el("p").child(format!("{key}{stamp}"))
                    })
                };
                rows.get().iter().map(row).collect_nodes()
            }
        }
    });
    let (first, last) = (place.find("p"), place.find("p:last-child"));
    let texts = || place.0.text_content().unwrap();
    assert_eq!((made.get(), texts().as_str()), (3, "a0b0c0"));
    rows.set(vec![("b", 0), ("c", 0), ("d", 0)]);
    tick().await;
    assert_eq!((made.get(), texts().as_str()), (4, "b0c0d0"));
    assert!(
        place.find("p:nth-child(2)").is_same_node(Some(&last)),
        "c moved up"
    );
    assert!(
        place.find("p:last-child").is_same_node(Some(&first)),
        "d took over from a"
    );
    rows.set(vec![("c", 0), ("b", 1)]);
    tick().await;
    assert_eq!((made.get(), texts().as_str()), (5, "c0b1"));
    assert!(
        place.find("p").is_same_node(Some(&last)),
        "c is still what it was"
    );
}

#[wasm_bindgen_test]
async fn what_can_wait_is_drawn_after_a_paint() {
    let (place, mounted) = drawn(|| {
        group()
            .child(el("p").child("now"))
            .child(later(|| el("b").child("later")))
    });
    assert_eq!(place.html(), "<p>now</p>");
    // The first wait begins before that of what is drawn later, the second after it.
    browser::after_paint().await;
    browser::after_paint().await;
    tick().await;
    assert_eq!(place.html(), "<p>now</p><b>later</b>");
    // What is gone before its time never comes.
    let (gone, early) = drawn(|| later(|| el("i")));
    drop(early);
    browser::after_paint().await;
    browser::after_paint().await;
    tick().await;
    assert_eq!(gone.html(), "");
    drop(mounted);
}
