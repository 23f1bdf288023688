//! What a term finds that has a name of its own.

use super::looked::Looked;
use crate::catalog::Named;

/// Returns what is found, for a sentence; empty where there is nothing to say.
pub(super) type Finds = fn(&Looked<'_>) -> Option<String>;

/// Terms by their names.
pub(super) type Terms = [(Named, Finds)];

/// Returns nothing to say where something holds.
pub(super) fn when(holds: bool) -> Option<String> {
    holds.then(String::new)
}
