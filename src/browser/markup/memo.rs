use std::{any::Any, marker::PhantomData, ops::Deref, sync::Arc};

use leptos::prelude::{Get as _, GetUntracked as _, Memo as Erased, Track as _};

/// What a memo holds, whatever it is.
type Kept = Arc<dyn Any + Send + Sync>;

/// Computes a value from the one before; nothing where that one stays.
type Compute = Box<dyn Fn(Option<&Kept>) -> Option<Kept> + Send + Sync>;

/// A value that is computed from signals, anew only when they change, and told on only where it
/// has changed itself.
///
/// Leptos' own memo, holding values of one type for all: the compiler would write its graph, its
/// arena and its guards anew for each type that a view computes.
pub struct Memo<T> {
    inner: Erased<Kept>,
    holds: PhantomData<fn() -> T>,
}

/// A look at a memo's value; it stays what it was while somebody looks.
pub struct Held<T>(Arc<T>);

impl<T> Clone for Memo<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Memo<T> {}

impl<T> Deref for Held<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Send + Sync + 'static> Memo<T> {
    /// A memo of what `compute` makes of the value before.
    pub fn new(compute: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Self
    where
        T: PartialEq,
    {
        let compute = move |before: Option<&Kept>| -> Option<Kept> {
            let before = before.and_then(|it| it.downcast_ref::<T>());
            let now = compute(before);
            (before != Some(&now)).then(|| Arc::new(now) as Kept)
        };
        Self {
            inner: erased(Box::new(compute)),
            holds: PhantomData,
        }
    }

    /// The value, which the caller then follows.
    pub fn get(&self) -> T
    where
        T: Clone,
    {
        T::clone(&self.read())
    }

    /// The same, not followed.
    pub fn get_untracked(&self) -> T
    where
        T: Clone,
    {
        T::clone(&self.read_untracked())
    }

    /// The same as [`Memo::get`] without a copy.
    pub fn read(&self) -> Held<T> {
        held(self.inner.get())
    }

    /// The same, not followed.
    pub fn read_untracked(&self) -> Held<T> {
        held(self.inner.get_untracked())
    }

    /// The value; `None` where the view that it belongs to is gone.
    pub fn try_get(&self) -> Option<T>
    where
        T: Clone,
    {
        self.inner.try_get().map(|it| T::clone(&held(it)))
    }

    /// The same, not followed.
    pub fn try_get_untracked(&self) -> Option<T>
    where
        T: Clone,
    {
        self.inner.try_get_untracked().map(|it| T::clone(&held(it)))
    }

    /// What `look` sees in the value, which the caller then follows.
    pub fn with<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        look(&self.read())
    }

    /// The same, not followed.
    pub fn with_untracked<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        look(&self.read_untracked())
    }

    /// Follows the value without looking at it.
    pub fn track(&self) {
        self.inner.track();
    }
}

/// The one memo that is compiled.
fn erased(compute: Compute) -> Erased<Kept> {
    Erased::new_owning(
        move |before: Option<Kept>| match (compute(before.as_ref()), before) {
            (None, Some(before)) => (before, false),
            // There is a value before whenever one stays.
            (now, _) => (now.unwrap_or_else(|| Arc::new(())), true),
        },
    )
}

fn held<T: Send + Sync + 'static>(kept: Kept) -> Held<T> {
    match kept.downcast() {
        Ok(value) => Held(value),
        Err(_) => unreachable!("a memo holds what it computes"),
    }
}
