//! A document as plain text or Markdown, and the reference as JSON.

pub mod json;
mod markdown;
mod plain;
mod table;

pub use markdown::markdown;
pub(crate) use plain::linked;
pub use plain::{Paint, plain};
pub(crate) use table::{list, table};
