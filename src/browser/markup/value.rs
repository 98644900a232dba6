use std::borrow::Cow;

use leptos::prelude::{Get as _, Signal};

use super::Memo;

/// What an attribute, a class or a property is set to.
pub enum Value {
    /// The attribute is not there.
    Absent,
    /// A text.
    Text(Cow<'static, str>),
    /// There without a text, or not there; a property that is true or false.
    Flag(bool),
    /// Follows the signals that it reads.
    Live(Box<dyn FnMut() -> Value>),
}

#[cfg(target_arch = "wasm32")]
impl Value {
    /// Whether an attribute or a class that has it is not there.
    pub(super) fn is_nothing(&self) -> bool {
        matches!(self, Self::Absent | Self::Flag(false))
    }
}

/// What can be a [`Value`].
pub trait IntoValue {
    /// Becomes one.
    fn into_value(self) -> Value;
}

impl IntoValue for Value {
    fn into_value(self) -> Value {
        self
    }
}

impl IntoValue for &'static str {
    fn into_value(self) -> Value {
        Value::Text(Cow::Borrowed(self))
    }
}

impl IntoValue for String {
    fn into_value(self) -> Value {
        Value::Text(Cow::Owned(self))
    }
}

impl IntoValue for Cow<'static, str> {
    fn into_value(self) -> Value {
        Value::Text(self)
    }
}

impl IntoValue for bool {
    fn into_value(self) -> Value {
        Value::Flag(self)
    }
}

impl IntoValue for usize {
    fn into_value(self) -> Value {
        self.to_string().into_value()
    }
}

impl IntoValue for f64 {
    fn into_value(self) -> Value {
        self.to_string().into_value()
    }
}

impl<T: IntoValue> IntoValue for Option<T> {
    fn into_value(self) -> Value {
        self.map_or(Value::Absent, T::into_value)
    }
}

impl<F, T> IntoValue for F
where
    F: FnMut() -> T + 'static,
    T: IntoValue,
{
    fn into_value(mut self) -> Value {
        Value::Live(Box::new(move || self().into_value()))
    }
}

impl<T> IntoValue for Memo<T>
where
    T: IntoValue + Clone + Send + Sync + 'static,
{
    fn into_value(self) -> Value {
        (move || self.get()).into_value()
    }
}

impl<T> IntoValue for Signal<T>
where
    T: IntoValue + Clone + Send + Sync + 'static,
{
    fn into_value(self) -> Value {
        (move || self.get()).into_value()
    }
}
