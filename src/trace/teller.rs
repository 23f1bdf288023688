//! Who is told of what is found: piece by piece, by several threads, while the bytes of the piece are at hand.

use std::marker::PhantomData;

use super::found::Found;

/// Notes of each message what is asked of it, and passes on what it noted of a whole piece.
pub trait Teller: Sync {
    type Notes<'t>: Default;
    type Told: Send;

    fn note<'t>(&self, notes: &mut Self::Notes<'t>, found: &Found<'t>);

    /// Makes of the notes what needs the bytes of the piece no longer.
    fn told(&self, notes: Self::Notes<'_>) -> Self::Told;
}

/// Tells of each message by itself.
pub(super) struct Each<F, T> {
    tell: F,
    told: PhantomData<fn() -> T>,
}

impl<F, T> Each<F, T> {
    pub(super) fn new(tell: F) -> Self {
        Self {
            tell,
            told: PhantomData,
        }
    }
}

impl<T: Send, F: Fn(&Found<'_>) -> T + Sync> Teller for Each<F, T> {
    type Notes<'t> = Vec<T>;
    type Told = Vec<T>;

    fn note(&self, notes: &mut Vec<T>, found: &Found<'_>) {
        notes.push((self.tell)(found));
    }

    fn told(&self, notes: Vec<T>) -> Vec<T> {
        notes
    }
}
