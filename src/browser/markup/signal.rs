use std::{any::Any, marker::PhantomData, ops::Deref};

use leptos::prelude::{
    Read as _, ReadUntracked, RwSignal as Erased, Set as _, Track as _, Write as _,
};

/// What a signal holds, whatever it is.
type Kept = Box<dyn Any + Send + Sync>;

/// A value that views follow and handlers change.
///
/// Leptos' own signal, holding values of one type for all, as [`super::Memo`] does.
pub struct RwSignal<T> {
    inner: Erased<Kept>,
    holds: PhantomData<fn() -> T>,
}

/// A look at a signal's value, which cannot change as long as somebody looks.
pub struct Look<T> {
    kept: <Erased<Kept> as ReadUntracked>::Value,
    holds: PhantomData<fn() -> T>,
}

impl<T> Clone for RwSignal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for RwSignal<T> {}

impl<T: 'static> Deref for Look<T> {
    type Target = T;

    fn deref(&self) -> &T {
        let kept: &Kept = &self.kept;
        match (**kept).downcast_ref() {
            Some(value) => value,
            None => unreachable!("a signal holds what it was made with"),
        }
    }
}

impl<T: Send + Sync + 'static> RwSignal<T> {
    /// A signal with its first value.
    pub fn new(value: T) -> Self {
        Self {
            inner: made(Box::new(value)),
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

    /// The same as [`RwSignal::get`] without a copy.
    pub fn read(&self) -> Look<T> {
        look(self.inner.read())
    }

    /// The same, not followed.
    pub fn read_untracked(&self) -> Look<T> {
        look(self.inner.read_untracked())
    }

    /// The same as [`RwSignal::get`]; `None` where the view that it belongs to is gone.
    pub fn try_get(&self) -> Option<T>
    where
        T: Clone,
    {
        self.inner.try_read().map(|kept| T::clone(&look(kept)))
    }

    /// The same, not followed.
    pub fn try_get_untracked(&self) -> Option<T>
    where
        T: Clone,
    {
        let kept = self.inner.try_read_untracked();
        kept.map(|kept| T::clone(&look(kept)))
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

    /// Puts another value there; nothing where the view that it belongs to is gone.
    pub fn set(&self, value: T) {
        put(self.inner, Box::new(value));
    }

    /// Changes the value in place; nothing where the view that it belongs to is gone.
    pub fn update(&self, change: impl FnOnce(&mut T)) {
        if let Some(mut kept) = self.inner.try_write() {
            let kept: &mut Kept = &mut kept;
            if let Some(value) = (**kept).downcast_mut() {
                change(value);
            }
        }
    }
}

fn look<T>(kept: <Erased<Kept> as ReadUntracked>::Value) -> Look<T> {
    Look {
        kept,
        holds: PhantomData,
    }
}

/// The one signal that is compiled.
#[inline(never)]
fn made(value: Kept) -> Erased<Kept> {
    Erased::new(value)
}

#[inline(never)]
fn put(signal: Erased<Kept>, value: Kept) {
    let _ = signal.try_set(value);
}
