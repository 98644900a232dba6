//! What a view is made of: elements, texts, and parts that follow signals.
//!
//! Leptos' own `view!` gives each piece of markup a type of its own, and the compiler writes the
//! code that builds, updates and removes it anew for each. A page of some 370 pieces was mostly
//! that code. Here all markup is one type, [`Node`], drawn by one piece of code: `dom` in the
//! browser, `html` natively. Memos are Leptos' with values of one type. Signals, effects and contexts
//! stay Leptos'.

#[cfg(target_arch = "wasm32")]
mod dom;
mod effect;
#[cfg(not(target_arch = "wasm32"))]
mod html;
mod later;
mod memo;
mod node;
mod signal;
mod value;

#[cfg(target_arch = "wasm32")]
pub use dom::{Mounted, mount};
pub use effect::effect;
#[cfg(not(target_arch = "wasm32"))]
pub use html::to_html;
pub use later::later;
pub use memo::{Held, Memo};
pub use node::{CollectNodes, El, ElementRef, Group, IntoNode, Node, el, group, kept, show};
pub use signal::RwSignal;
pub use value::{IntoValue, Value};
