use std::{borrow::Cow, cell::RefCell, rc::Rc};

use any_spawner::Executor;
use leptos::prelude::{Owner, RenderEffect};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{Document, Element, EventTarget, Node as DomNode, window};

use super::{
    El, ElementRef, Node, Value,
    node::{Handler, Setting, SettingKind},
};
use crate::browser::Event;

/// Draws into a place of the page.
pub fn mount(place: &DomNode, make: impl FnOnce() -> Node) -> Mounted {
    // An error means that there is one already.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    let spot = Spot {
        parent: place,
        before: None,
        is_svg: false,
    };
    let drawn = owner.with(|| draw(make(), spot));
    Mounted {
        drawn,
        _owner: owner,
    }
}

/// What is drawn; it goes from the page when this is dropped.
#[must_use = "what is drawn goes when this is dropped"]
pub struct Mounted {
    drawn: Drawn,
    _owner: Owner,
}

impl Mounted {
    /// Leaves it there as long as the page is open.
    pub fn forget(self) {
        std::mem::forget(self);
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        take_away(&self.drawn);
    }
}

/// Where something is drawn: in an element, before one of its children or at its end.
#[derive(Clone, Copy)]
struct Spot<'a> {
    parent: &'a DomNode,
    before: Option<&'a DomNode>,
    is_svg: bool,
}

impl Spot<'_> {
    fn insert(self, node: &DomNode) {
        let _ = self.parent.insert_before(node, self.before);
    }
}

/// What is on the page for a [`Node`].
enum Drawn {
    Nothing,
    Text(DomNode, Cow<'static, str>),
    Element(Box<DrawnElement>),
    Many(Vec<Drawn>),
    Live(DrawnLive),
}

struct DrawnElement {
    dom: Element,
    tag: &'static str,
    key: Option<String>,
    stamp: u64,
    settings: Vec<DrawnSetting>,
    listeners: Vec<Listener>,
    reference: Option<ElementRef>,
    children: Vec<Drawn>,
}

/// What follows signals: its content stands before an empty text that keeps its place.
struct DrawnLive {
    content: Rc<RefCell<Drawn>>,
    anchor: DomNode,
    _effect: RenderEffect<()>,
}

thread_local! {
    /// Asked for once: a page is some thousand nodes.
    static DOCUMENT: Option<Document> = window().and_then(|window| window.document());
}

fn document() -> Option<Document> {
    DOCUMENT.with(Option::clone)
}

fn draw(node: Node, spot: Spot<'_>) -> Drawn {
    match node {
        Node::Empty => Drawn::Nothing,
        Node::Text(text) => draw_text(text, spot),
        Node::Element(element) => draw_element(element, spot),
        Node::Kept(kept) => draw_element(kept.made(), spot),
        Node::Many(nodes) => Drawn::Many(nodes.into_iter().map(|node| draw(node, spot)).collect()),
        Node::Live(now) => match draw_text(Cow::Borrowed(""), spot) {
            Drawn::Text(anchor, _) => Drawn::Live(follow(now, Drawn::Nothing, anchor, spot.is_svg)),
            other => other,
        },
    }
}

fn draw_text(text: Cow<'static, str>, spot: Spot<'_>) -> Drawn {
    let Some(document) = document() else {
        return Drawn::Nothing;
    };
    let dom: DomNode = document.create_text_node(&text).into();
    spot.insert(&dom);
    Drawn::Text(dom, text)
}

fn draw_element(El(element): El, spot: Spot<'_>) -> Drawn {
    const SVG: &str = "http://www.w3.org/2000/svg";
    let is_svg = spot.is_svg || element.tag == "svg";
    let made = document().and_then(|document| match is_svg {
        true => document.create_element_ns(Some(SVG), element.tag).ok(),
        false => document.create_element(element.tag).ok(),
    });
    let Some(dom) = made else {
        return Drawn::Nothing;
    };
    let inside = Spot {
        parent: &dom,
        before: None,
        is_svg,
    };
    let children = element.children.into_iter();
    let children = children.map(|child| draw(child, inside)).collect();
    // After the children: a select takes a value only when it has that option.
    let settings = element.settings.into_iter();
    let settings = settings
        .map(|it| DrawnSetting::new(it, &dom, true))
        .collect();
    let handlers = element.handlers.into_iter();
    let listeners = handlers.map(|it| Listener::new(it, &dom)).collect();
    spot.insert(&dom);
    point(element.reference, &dom);
    Drawn::Element(Box::new(DrawnElement {
        dom,
        tag: element.tag,
        key: element.key,
        stamp: element.stamp,
        settings,
        listeners,
        reference: element.reference,
        children,
    }))
}

fn point(reference: Option<ElementRef>, dom: &Element) {
    if let Some(reference) = reference {
        reference.point_to(dom.dyn_ref().cloned());
    }
}

/// Draws what follows signals, changing what was there, and again whenever they change.
fn follow(
    mut now: Box<dyn FnMut() -> Node>,
    content: Drawn,
    anchor: DomNode,
    is_svg: bool,
) -> DrawnLive {
    let content = Rc::new(RefCell::new(content));
    let effect = RenderEffect::new({
        let (content, anchor) = (content.clone(), anchor.clone());
        move |_: Option<()>| {
            let node = now();
            let Some(parent) = anchor.parent_node() else {
                return;
            };
            let spot = Spot {
                parent: &parent,
                before: Some(&anchor),
                is_svg,
            };
            let old = content.replace(Drawn::Nothing);
            let new = change(old, node, spot);
            content.replace(new);
        }
    });
    DrawnLive {
        content,
        anchor,
        _effect: effect,
    }
}

/// Makes of what is drawn what shall be drawn; what can stay stays, with its focus and its scroll
/// position. The spot is where something new has to go.
fn change(old: Drawn, new: Node, spot: Spot<'_>) -> Drawn {
    match (old, new) {
        (Drawn::Element(old), Node::Kept(new))
            if old.stamp == new.stamp && old.key.as_ref() == Some(&new.key) =>
        {
            Drawn::Element(old)
        }
        (Drawn::Element(old), Node::Kept(new)) => {
            let new = new.made();
            match old.tag == new.0.tag {
                true => change_element(*old, new, spot.is_svg),
                false => change(Drawn::Element(old), Node::Element(new), spot),
            }
        }
        (old, Node::Kept(new)) => change(old, Node::Element(new.made()), spot),
        (Drawn::Nothing, Node::Empty) => Drawn::Nothing,
        (Drawn::Text(dom, old), Node::Text(new)) => {
            if old != new {
                dom.set_node_value(Some(&new));
            }
            Drawn::Text(dom, new)
        }
        (Drawn::Element(old), Node::Element(new))
            if old.tag == new.0.tag && old.key == new.0.key =>
        {
            change_element(*old, new, spot.is_svg)
        }
        (Drawn::Many(old), Node::Many(new)) => Drawn::Many(change_many(old, new, spot)),
        (Drawn::Live(old), Node::Live(now)) => {
            let content = old.content.replace(Drawn::Nothing);
            Drawn::Live(follow(now, content, old.anchor, spot.is_svg))
        }
        (old, new) => {
            let drawn = draw(new, spot);
            take_away(&old);
            drawn
        }
    }
}

fn change_element(mut old: DrawnElement, El(new): El, is_svg: bool) -> Drawn {
    let is_svg = is_svg || old.tag == "svg";
    let inside = Spot {
        parent: &old.dom,
        before: None,
        is_svg,
    };
    (old.key, old.stamp) = (new.key, new.stamp);
    old.children = change_many(old.children, new.children, inside);
    old.settings = change_settings(old.settings, new.settings, &old.dom);
    old.listeners = change_listeners(old.listeners, new.handlers, &old.dom);
    if old.reference != new.reference {
        point(new.reference, &old.dom);
        old.reference = new.reference;
    }
    Drawn::Element(Box::new(old))
}

/// Siblings: those with a key find what was drawn for it, wherever it stood; the others what stood
/// at their place.
fn change_many(old: Vec<Drawn>, new: Vec<Node>, spot: Spot<'_>) -> Vec<Drawn> {
    let mut old: Vec<_> = old.into_iter().map(Some).collect();
    let mut pairs = Vec::with_capacity(new.len());
    for (idx, new) in new.into_iter().enumerate() {
        let key = match &new {
            Node::Element(El(parts)) => parts.key.as_deref(),
            Node::Kept(kept) => Some(&*kept.key),
            _ => None,
        };
        let fits = |old: &Option<Drawn>| old.as_ref().is_some_and(|old| old.key() == key);
        let at = match (old.get(idx).is_some_and(fits), key) {
            (true, _) => Some(idx),
            (false, Some(_)) => old.iter().position(fits),
            (false, None) => None,
        };
        let found = at.and_then(|at| old.get_mut(at)).and_then(Option::take);
        pairs.push((found, new));
    }
    let is_new = |pair: &(Option<Drawn>, Node)| matches!(pair, (None, Node::Kept(_)));
    if pairs.iter().any(is_new) {
        take_over(&mut pairs, &mut old);
    }
    for gone in old.iter().flatten() {
        take_away(gone);
    }
    drop(old);
    let mut before = spot.before.cloned();
    let mut drawn: Vec<_> = pairs
        .into_iter()
        .rev()
        .map(|(old, new)| {
            let spot = Spot {
                before: before.as_ref(),
                ..spot
            };
            let drawn = match old {
                Some(old) => change(old, new, spot),
                None => draw(new, spot),
            };
            if let Drawn::Element(element) = &drawn
                && element.key.is_some()
                && element.dom.next_sibling() != before
            {
                spot.insert(&element.dom);
            }
            before = drawn.first().or(before.take());
            drawn
        })
        .collect();
    drawn.reverse();
    drawn
}

/// Of a list that is kept, what comes takes over what goes: it mostly has the same attributes. Not
/// what has the focus, which would then be on something else.
fn take_over(pairs: &mut [(Option<Drawn>, Node)], old: &mut [Option<Drawn>]) {
    let focused = document().and_then(|it| it.active_element());
    let focused = focused.as_ref().map(|it| it.as_ref());
    let is_free = |old: &Option<Drawn>| match old {
        Some(Drawn::Element(it)) => it.key.is_some() && !it.dom.contains(focused),
        _ => false,
    };
    for (idx, (found, new)) in pairs.iter_mut().enumerate() {
        if found.is_none() && matches!(new, Node::Kept(_)) {
            let at = match old.get(idx).is_some_and(is_free) {
                true => Some(idx),
                false => old.iter().position(is_free),
            };
            *found = at.and_then(|at| old.get_mut(at)).and_then(Option::take);
        }
    }
}

impl Drawn {
    fn key(&self) -> Option<&str> {
        match self {
            Self::Element(element) => element.key.as_deref(),
            _ => None,
        }
    }

    /// The first of what it has on the page.
    fn first(&self) -> Option<DomNode> {
        match self {
            Self::Nothing => None,
            Self::Text(dom, _) => Some(dom.clone()),
            Self::Element(element) => Some(element.dom.clone().into()),
            Self::Many(many) => many.iter().find_map(Self::first),
            Self::Live(live) => live.content.borrow().first().or(Some(live.anchor.clone())),
        }
    }
}

/// Takes it from the page; effects go when it is dropped. What it listened to is silent before: a
/// field that has the focus is left, and a select changed, while they are taken away, when the
/// signals of their view are gone.
fn take_away(drawn: &Drawn) {
    silence(drawn);
    remove_from_page(drawn);
}

fn remove_from_page(drawn: &Drawn) {
    let remove = |dom: &DomNode| {
        if let Some(parent) = dom.parent_node() {
            let _ = parent.remove_child(dom);
        }
    };
    match drawn {
        Drawn::Nothing => {}
        Drawn::Text(dom, _) => remove(dom),
        Drawn::Element(element) => remove(&element.dom),
        Drawn::Many(many) => many.iter().for_each(remove_from_page),
        Drawn::Live(live) => {
            remove_from_page(&live.content.borrow());
            remove(&live.anchor);
        }
    }
}

fn silence(drawn: &Drawn) {
    match drawn {
        Drawn::Nothing | Drawn::Text(..) => {}
        Drawn::Element(element) => {
            for listener in &element.listeners {
                listener.call.borrow_mut().take();
            }
            element.children.iter().for_each(silence);
        }
        Drawn::Many(many) => many.iter().for_each(silence),
        Drawn::Live(live) => silence(&live.content.borrow()),
    }
}

/// A setting on an element, with what it was last set to, or with what follows its signals.
struct DrawnSetting {
    kind: SettingKind,
    name: &'static str,
    value: Value,
    _effect: Option<RenderEffect<()>>,
}

impl DrawnSetting {
    /// Sets it; on a new element nothing has to be taken away.
    fn new(setting: Setting, dom: &Element, is_new: bool) -> Self {
        let Setting { kind, name, value } = setting;
        let (value, effect) = match value {
            Value::Live(mut now) => {
                let dom = dom.clone();
                let mut last = is_new.then_some(Value::Absent);
                let effect = RenderEffect::new(move |_: Option<()>| {
                    let value = now();
                    if !last.as_ref().is_some_and(|last| is_same(last, &value)) {
                        set(&dom, kind, name, &value);
                        last = Some(value);
                    }
                });
                (Value::Absent, Some(effect))
            }
            value => {
                if !is_new || !value.is_nothing() {
                    set(dom, kind, name, &value);
                }
                (value, None)
            }
        };
        Self {
            kind,
            name,
            value,
            _effect: effect,
        }
    }

    /// Whether setting the new value would change nothing on the page.
    fn already_is(&self, new: &Setting) -> bool {
        // The reader may have changed a property; another `class` may have taken away a class.
        self.kind == SettingKind::Attribute
            && self._effect.is_none()
            && is_same(&self.value, &new.value)
    }
}

fn change_settings(old: Vec<DrawnSetting>, new: Vec<Setting>, dom: &Element) -> Vec<DrawnSetting> {
    let of_old = old.iter().map(|old| (old.kind, old.name));
    let is_alike = of_old.eq(new.iter().map(|new| (new.kind, new.name)));
    if !is_alike {
        for setting in old {
            set(dom, setting.kind, setting.name, &Value::Absent);
        }
        return new
            .into_iter()
            .map(|new| DrawnSetting::new(new, dom, false))
            .collect();
    }
    let pairs = old.into_iter().zip(new);
    let change = |(old, new): (DrawnSetting, Setting)| match old.already_is(&new) {
        true => old,
        false => {
            // Its effect must not come after the new value.
            drop(old);
            DrawnSetting::new(new, dom, false)
        }
    };
    pairs.map(change).collect()
}

fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (one, other) if one.is_nothing() && other.is_nothing() => true,
        (Value::Text(one), Value::Text(other)) => one == other,
        (Value::Flag(one), Value::Flag(other)) => one == other,
        _ => false,
    }
}

fn set(dom: &Element, kind: SettingKind, name: &str, value: &Value) {
    let text = match value {
        Value::Text(text) => Some(text.as_ref()),
        Value::Flag(true) => Some(""),
        Value::Flag(false) | Value::Absent | Value::Live(_) => None,
    };
    match kind {
        SettingKind::Attribute => {
            let _ = match text {
                Some(text) => dom.set_attribute(name, text),
                None => dom.remove_attribute(name),
            };
        }
        SettingKind::Class => {
            let classes = dom.class_list();
            let _ = match text {
                Some(_) => classes.add_1(name),
                None => classes.remove_1(name),
            };
        }
        SettingKind::Property => set_property(dom, name, value),
    }
}

fn set_property(dom: &Element, name: &str, value: &Value) {
    let new = match value {
        Value::Text(text) => JsValue::from_str(text),
        Value::Flag(flag) => JsValue::from_bool(*flag),
        Value::Absent | Value::Live(_) => return,
    };
    let name = JsValue::from_str(name);
    // Setting an input's text moves the caret, even when it is the same.
    if !js_sys::Reflect::get(dom, &name).is_ok_and(|now| now == new) {
        let _ = js_sys::Reflect::set(dom, &name, &new);
    }
}

/// A listener on an element; what it calls can be changed.
struct Listener {
    target: EventTarget,
    name: Cow<'static, str>,
    call: Call,
    on_event: Closure<dyn FnMut(Event)>,
}

/// `None` while it is being called.
type Call = Rc<RefCell<Option<Box<dyn FnMut(Event)>>>>;

impl Listener {
    fn new(handler: Handler, dom: &Element) -> Self {
        let call: Call = Rc::new(RefCell::new(Some(handler.call)));
        let on_event = Closure::<dyn FnMut(Event)>::new({
            let call = call.clone();
            move |event: Event| {
                let taken = call.borrow_mut().take();
                if let Some(mut taken) = taken {
                    taken(event);
                    call.borrow_mut().get_or_insert(taken);
                }
            }
        });
        let target: EventTarget = dom.clone().into();
        let function = on_event.as_ref().unchecked_ref();
        let _ = target.add_event_listener_with_callback(&handler.name, function);
        Self {
            target,
            name: handler.name,
            call,
            on_event,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let function = self.on_event.as_ref().unchecked_ref();
        let _ = self
            .target
            .remove_event_listener_with_callback(&self.name, function);
    }
}

fn change_listeners(old: Vec<Listener>, new: Vec<Handler>, dom: &Element) -> Vec<Listener> {
    let of_old = old.iter().map(|old| &old.name);
    if !of_old.eq(new.iter().map(|new| &new.name)) {
        drop(old);
        return new.into_iter().map(|new| Listener::new(new, dom)).collect();
    }
    for (old, new) in old.iter().zip(new) {
        *old.call.borrow_mut() = Some(new.call);
    }
    old
}
