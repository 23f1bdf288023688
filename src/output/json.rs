//! JSON, an interface: documented in the README, and changed only by addition. A form is a struct in a file of its own.

mod bookmarks;
mod call;
mod comparison;
mod explanation;
mod field;
mod indented;
mod list;
mod page;
mod parts;
mod product;
mod search;
mod section;
mod tally;
mod topic;

use serde::Serialize;

use crate::catalog::Entry;

pub use bookmarks::bookmarks;
pub use call::{LegForm, call};
pub use comparison::comparison;
pub use explanation::{checked, explanation, rule};
use indented::indented;
pub use list::list;
use page::PageForm;
pub use page::page;
use product::ProductForm;
pub use search::hits;
pub use section::only;
pub use tally::{tallies, tally};
use topic::TopicForm;

/// The form of any page.
#[derive(Serialize)]
#[serde(untagged)]
enum EntryForm {
    Response(PageForm),
    Topic(TopicForm),
    Product(ProductForm),
}

/// Returns the form of any page.
pub fn entry(entry: Entry) -> impl Serialize {
    match entry {
        Entry::Response(response) => EntryForm::Response(PageForm::from(response)),
        Entry::Topic(topic) => EntryForm::Topic(TopicForm::from(topic)),
        Entry::Product(product) => EntryForm::Product(ProductForm::from(product)),
    }
}

/// Returns a value as indented JSON with a line end.
pub fn pretty(value: &impl Serialize) -> Result<String, serde_json::Error> {
    // The writer of each form is half as large where it need not indent.
    Ok(indented(&serde_json::to_string(value)?))
}
