//! What a term finds that has a name of its own.

use crate::message::Message;

/// Returns what is found, for a sentence; empty where there is nothing to say.
pub(super) type Finds = fn(&Message<'_>) -> Option<String>;

/// Terms by their names.
pub(super) type Terms = [(&'static str, Finds)];

/// Returns nothing to say where something holds.
pub(super) fn when(holds: bool) -> Option<String> {
    holds.then(String::new)
}
