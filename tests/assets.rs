//! What the build refuses: errors planted in the asset files, each named with its file and field.

#![expect(
    clippy::semicolon_if_nothing_returned,
    reason = "each planted error is a closure of one assignment"
)]

#[expect(dead_code, reason = "the tables are written by the build alone")]
#[path = "../src"]
mod house {
    pub(crate) mod reference;
}

use std::path::Path;
use std::sync::OnceLock;

use house::reference::check::check;
use house::reference::model::Response;
use house::reference::source::{Source, read};

#[path = "assets/examples.rs"]
mod examples;
#[path = "assets/families.rs"]
mod families;
#[path = "assets/files.rs"]
mod files;
#[path = "assets/ladders.rs"]
mod ladders;
#[path = "assets/proof.rs"]
mod proof;
#[path = "assets/references.rs"]
mod references;
#[path = "assets/registry.rs"]
mod registry;
#[path = "assets/tables.rs"]
mod tables;
#[path = "assets/texts.rs"]
mod texts;

/// Returns the asset files, read once.
fn source() -> Source {
    static SOURCE: OnceLock<Source> = OnceLock::new();
    SOURCE
        .get_or_init(|| read(Path::new("assets")).expect("the asset files"))
        .clone()
}

fn page(source: &mut Source, code: u16) -> &mut Response {
    let mut pages = source.pages.iter_mut().map(|(_, page)| page);
    pages.find(|page| page.code.0 == code).expect("a page")
}

/// Plants an error and expects a complaint about this file and field.
fn refused(file: &str, field: &str, plant: impl FnOnce(&mut Source)) {
    let mut source = source();
    plant(&mut source);
    let complaints = check(&source);
    let named = complaints
        .iter()
        .any(|c| c.file == file && c.field.starts_with(field));
    assert!(named, "{file}: {field} is not among {complaints:?}");
}

/// Returns the asset files with a few pages and families only: many errors are planted, each in a copy.
fn few() -> Source {
    static FEW: OnceLock<Source> = OnceLock::new();
    FEW.get_or_init(|| {
        let mut few = source();
        few.pages
            .retain(|(_, page)| [100, 402, 486, 488].contains(&page.code.0));
        few.families
            .retain(|(_, family)| ["anonymity", "busy"].contains(&&*family.id));
        few
    })
    .clone()
}

/// Plants an error and expects a complaint about exactly this field that says what is wrong.
fn refused_as(file: &str, field: &str, says: &str, plant: impl FnOnce(&mut Source)) {
    let mut source = few();
    plant(&mut source);
    let complaints = check(&source);
    let named = complaints
        .iter()
        .any(|c| c.file == file && c.field == field && c.says.contains(says));
    assert!(named, "{file}: {field}: {says} is not among {complaints:?}");
}

#[test]
fn the_reference_as_it_is_has_no_fault() {
    assert_eq!(check(&source()), []);
}

/// What no text may be, and what the build says of it.
const CARELESS: [(&str, &str); 6] = [
    ("", "empty"),
    (" Blank before.", "stray white space"),
    ("Blank behind. ", "stray white space"),
    ("Two  blanks.", "stray white space"),
    ("The the word.", "\"The\" stands twice"),
    ("Na\u{ef}ve.", "is not printable ASCII"),
];
