use std::borrow::Cow;

use leptos::{
    ev::EventDescriptor,
    prelude::{Get as _, GetUntracked as _, LocalStorage, RwSignal, Signal},
    wasm_bindgen::JsCast,
};

use super::{IntoValue, Memo, Value};
use crate::browser::{Element, Event};

/// A piece of markup.
pub enum Node {
    /// Nothing.
    Empty,
    /// A text; never markup.
    Text(Cow<'static, str>),
    /// An element with what is in it.
    Element(El),
    /// Several pieces, one after the other.
    Many(Vec<Node>),
    /// Follows the signals that it reads.
    Live(Box<dyn FnMut() -> Node>),
    /// An element that is made only when it has changed.
    Kept(Kept),
}

/// An element of a long list, in the making only if it has to be.
pub struct Kept {
    pub(super) key: String,
    pub(super) stamp: u64,
    pub(super) make: Box<dyn FnOnce() -> El>,
}

/// An element that stays as it is drawn, and is not even made again, as long as its key and its
/// stamp are what they were: of a list that is scrolled, only what comes in costs anything, and that
/// little, since it takes over what is drawn of an element that goes.
///
/// What makes it reads its signals in vain, and may own nothing reactive: nobody calls it again.
pub fn kept(key: String, stamp: u64, make: impl FnOnce() -> El + 'static) -> Node {
    Node::Kept(Kept {
        key,
        stamp,
        make: Box::new(make),
    })
}

impl Kept {
    /// Makes the element.
    pub(super) fn made(self) -> El {
        let El(mut parts) = (self.make)();
        parts.key = Some(self.key);
        parts.stamp = self.stamp;
        El(parts)
    }
}

/// Starts an element.
pub fn el(tag: &'static str) -> El {
    El(Box::new(Parts {
        tag,
        key: None,
        stamp: 0,
        settings: Vec::new(),
        handlers: Vec::new(),
        reference: None,
        children: Vec::new(),
    }))
}

/// An element in the making: first its attributes, then what is in it.
///
/// Its functions are never inlined: a page is some thousand calls of them, and each reader pays
/// for every byte of the code.
pub struct El(pub(super) Box<Parts>);

/// What an element consists of.
pub(super) struct Parts {
    pub tag: &'static str,
    pub key: Option<String>,
    pub stamp: u64,
    pub settings: Vec<Setting>,
    pub handlers: Vec<Handler>,
    pub reference: Option<ElementRef>,
    pub children: Vec<Node>,
}

/// An attribute, class or property of an element.
pub(super) struct Setting {
    pub kind: SettingKind,
    pub name: &'static str,
    pub value: Value,
}

/// What a setting sets.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum SettingKind {
    /// An attribute.
    Attribute,
    /// One class among others; after the attribute `class`.
    Class,
    /// A property of the element in the browser; has no HTML.
    Property,
}

/// What is called when something happens to an element; natively nothing ever does.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(dead_code, reason = "HTML has no handlers")
)]
pub(super) struct Handler {
    pub name: Cow<'static, str>,
    pub call: Box<dyn FnMut(Event)>,
}

impl El {
    /// Sets an attribute.
    #[inline(never)]
    pub fn attr(self, name: &'static str, value: impl IntoValue) -> Self {
        self.set(SettingKind::Attribute, name, value.into_value())
    }

    /// Sets the attribute `class`.
    #[inline(never)]
    pub fn class(self, value: impl IntoValue) -> Self {
        self.set(SettingKind::Attribute, "class", value.into_value())
    }

    /// Adds a class as long as something holds; the attribute `class` of the same element is then
    /// one that doesn't change.
    #[inline(never)]
    pub fn class_if(self, name: &'static str, holds: impl IntoValue) -> Self {
        self.set(SettingKind::Class, name, holds.into_value())
    }

    /// Sets a property, as the state of an input is one: `checked`, `value`.
    #[inline(never)]
    pub fn prop(self, name: &'static str, value: impl IntoValue) -> Self {
        self.set(SettingKind::Property, name, value.into_value())
    }

    /// Calls back on an event.
    pub fn on<E>(self, event: E, mut call: impl FnMut(E::EventType) + 'static) -> Self
    where
        E: EventDescriptor,
        E::EventType: JsCast,
    {
        let call = move |event: Event| call(event.unchecked_into());
        self.listen(event.name(), Box::new(call))
    }

    /// Has a reference point to the element once it is on the page.
    pub fn refer(mut self, reference: ElementRef) -> Self {
        self.0.reference = Some(reference);
        self
    }

    /// Tells this element from its siblings: one with another key is another element, which is
    /// made anew and not changed into this one.
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.0.key = Some(key.into());
        self
    }

    /// Adds something to what is in it.
    #[inline(never)]
    pub fn child(self, child: impl IntoNode) -> Self {
        self.push(child.into_node())
    }

    #[inline(never)]
    fn push(mut self, child: Node) -> Self {
        self.0.children.push(child);
        self
    }

    #[inline(never)]
    fn set(mut self, kind: SettingKind, name: &'static str, value: Value) -> Self {
        self.0.settings.push(Setting { kind, name, value });
        self
    }

    #[inline(never)]
    fn listen(mut self, name: Cow<'static, str>, call: Box<dyn FnMut(Event)>) -> Self {
        self.0.handlers.push(Handler { name, call });
        self
    }
}

/// Starts a row of pieces without an element around them.
pub fn group() -> Group {
    Group(Vec::new())
}

/// Pieces in the making, one after the other.
pub struct Group(Vec<Node>);

impl Group {
    /// Adds one.
    #[inline(never)]
    pub fn child(mut self, child: impl IntoNode) -> Self {
        self.0.push(child.into_node());
        self
    }
}

/// Something that is there as long as a condition holds. Made anew only when that changes.
pub fn show<T: IntoNode>(
    when: impl Fn() -> bool + Send + Sync + 'static,
    mut what: impl FnMut() -> T + 'static,
) -> Node {
    let when = Memo::new(move |_| when());
    (move || when.get().then(&mut what)).into_node()
}

/// Where an element is, once it is on the page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ElementRef(RwSignal<Option<Element>, LocalStorage>);

impl ElementRef {
    /// Points to nothing yet.
    #[expect(
        clippy::new_without_default,
        reason = "it is a place in the reactive system, not a value"
    )]
    pub fn new() -> Self {
        Self(RwSignal::new_local(None))
    }

    /// The element; who reads it is told when it comes.
    pub fn get(self) -> Option<Element> {
        self.0.get()
    }

    /// The element as one of a narrower kind, such as an input.
    pub fn get_as<T: JsCast>(self) -> Option<T> {
        self.0.get()?.dyn_into().ok()
    }

    /// The element as it is now.
    pub fn get_untracked(self) -> Option<Element> {
        self.0.get_untracked()
    }

    #[cfg(target_arch = "wasm32")]
    pub(super) fn point_to(self, element: Option<Element>) {
        use leptos::prelude::Set as _;
        // Its owner may be gone before the element is.
        let _ = self.0.try_set(element);
    }
}

/// What can be a [`Node`].
pub trait IntoNode {
    /// Becomes one.
    fn into_node(self) -> Node;
}

impl IntoNode for Node {
    fn into_node(self) -> Node {
        self
    }
}

impl IntoNode for El {
    fn into_node(self) -> Node {
        Node::Element(self)
    }
}

impl IntoNode for Group {
    fn into_node(self) -> Node {
        Node::Many(self.0)
    }
}

impl IntoNode for () {
    fn into_node(self) -> Node {
        Node::Empty
    }
}

impl IntoNode for &'static str {
    fn into_node(self) -> Node {
        Node::Text(Cow::Borrowed(self))
    }
}

impl IntoNode for String {
    fn into_node(self) -> Node {
        Node::Text(Cow::Owned(self))
    }
}

impl IntoNode for Cow<'static, str> {
    fn into_node(self) -> Node {
        Node::Text(self)
    }
}

impl IntoNode for usize {
    fn into_node(self) -> Node {
        self.to_string().into_node()
    }
}

impl<T: IntoNode> IntoNode for Option<T> {
    fn into_node(self) -> Node {
        self.map_or(Node::Empty, T::into_node)
    }
}

impl<T: IntoNode> IntoNode for Vec<T> {
    fn into_node(self) -> Node {
        Node::Many(self.into_iter().map(T::into_node).collect())
    }
}

impl<F, T> IntoNode for F
where
    F: FnMut() -> T + 'static,
    T: IntoNode,
{
    fn into_node(mut self) -> Node {
        Node::Live(Box::new(move || self().into_node()))
    }
}

impl<T> IntoNode for Memo<T>
where
    T: IntoNode + Clone + Send + Sync + 'static,
{
    fn into_node(self) -> Node {
        (move || self.get()).into_node()
    }
}

impl<T> IntoNode for Signal<T>
where
    T: IntoNode + Clone + Send + Sync + 'static,
{
    fn into_node(self) -> Node {
        (move || self.get()).into_node()
    }
}

/// Collects pieces into one.
pub trait CollectNodes {
    /// All of them, in order.
    fn collect_nodes(self) -> Node;
}

impl<I> CollectNodes for I
where
    I: IntoIterator,
    I::Item: IntoNode,
{
    fn collect_nodes(self) -> Node {
        Node::Many(self.into_iter().map(IntoNode::into_node).collect())
    }
}
