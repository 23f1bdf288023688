//! JSON, an interface: documented in the README, and changed only by addition. A form is a struct in a file of its own.

mod bookmarks;
mod comparison;
mod list;
mod page;
mod parts;
mod search;

use serde::Serialize;

pub use bookmarks::bookmarks;
pub use comparison::comparison;
pub use list::list;
pub use page::page;
pub use search::hits;

/// Returns a value as indented JSON with a line end.
pub fn pretty(value: &impl Serialize) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}
