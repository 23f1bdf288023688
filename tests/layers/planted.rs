//! The test of the test: what is planted here is refused with its file and its rooms, and what only looks like it passes.

use crate::house::{House, Module};
use crate::picture::{drawn, reduction};
use crate::walls::{back_up, complaints, used};

/// Two rooms that a planted file may meet, with a type and a trait each.
const OTHERS: [(&str, &str); 4] = [
    (
        "catalog.rs",
        "pub struct Response; pub trait Titled {} #[derive(Clone)] pub struct Code;",
    ),
    ("warned.rs", "written! { pub struct Warned { a: u8 } }"),
    ("store.rs", "pub struct Store; pub mod file;"),
    (
        "document.rs",
        "use crate::catalog::Response; pub struct Document; pub trait Told {}",
    ),
];

/// Returns what is said of a file.
fn said_of(file: &str, text: &str) -> Vec<String> {
    let others = OTHERS.iter().filter(|(other, _)| *other != file);
    let others = others.map(|(other, text)| Module::new(other, text));
    let planted = Module::new(file, text);
    let house = House::new(others.chain([planted]).collect());
    let planted = house.modules.last().expect("the planted one");
    complaints(planted, &house)
}

/// Returns the rows of a table of planted files.
fn rows(table: &str) -> impl Iterator<Item = Vec<String>> {
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    rows.map(|row| {
        let cells = row.split(" | ");
        cells.map(|cell| cell.trim().replace('⏎', "\n")).collect()
    })
}

#[test]
fn a_planted_violation_is_named() {
    for row in rows(include_str!("refused.txt")) {
        let [file, text, says] = &row[..] else {
            panic!("{row:?}");
        };
        let said = said_of(file, text);
        let expected = said.iter().find(|said| said.contains(says));
        let names_file = expected.is_some_and(|said| said.starts_with(&format!("{file}: ")));
        assert!(names_file, "{file}: {text}\nsays {said:?}\nnot   {says}");
    }
}

#[test]
fn what_only_looks_like_a_violation_passes() {
    for row in rows(include_str!("passes.txt")) {
        let [file, text] = &row[..] else {
            panic!("{row:?}");
        };
        assert_eq!(said_of(file, text), [""; 0], "{file}: {text}");
    }
}

#[test]
fn what_is_named_in_tests_alone_is_not_used() {
    let text = "use crate::text; use std::io; #[cfg(test)] mod tests { use crate::files; }";
    let used = used(&House::new(vec![Module::new("app.rs", text)]));
    let pair = |left: &str, right: &str| (left.to_owned(), right.to_owned());
    assert_eq!(used.into_iter().collect::<Vec<_>>(), [pair("app", "text")]);
}

#[test]
fn what_runs_back_up_is_seen() {
    let face = "mod a; mod b; pub use b::B; use crate::text::width; pub struct C; fn d() {}";
    for (text, runs_up) in [
        ("use super::b::B;", false),
        ("use super::B;", false),
        ("use super::width;", false),
        ("fn a() { super::b::e(); crate::app::b::e() }", false),
        ("use super::C;", true),
        ("fn a() { super::d() }", true),
        ("use crate::app::{b, C};", true),
        ("fn a() { e!(super::d()) }", true),
        ("use super::*;", true),
    ] {
        let modules = [("app.rs", face), ("app/a.rs", text), ("app/b.rs", "")];
        let modules = modules.map(|(file, text)| Module::new(file, text));
        let arrows = back_up(&House::new(modules.into()));
        assert_eq!(!arrows.is_empty(), runs_up, "{text}: {arrows:?}");
    }
}

#[test]
fn a_picture_is_read_as_it_is_drawn() {
    let list: &crate::List = &[
        ("a", &[]),
        ("b", &["a"]),
        ("c", &["a", "b"]),
        ("d", &["a", "b"]),
        ("e", &["c", "d", "a"]),
    ];
    for picture in [
        "a ─► b ─► c, d ─► e",
        "a ─► b ─┬─► c ─┬─► e\n        └─► d ─┘",
        "  e ◄─┬─ c ◄─ b\n      └─ d ◄─ b ◄─ a",
        "a ──┐   e ◄─ c, d\n    ▼   ▲\n    b ──┘\n b ─► c, d",
    ] {
        let wanted = reduction(list);
        let is_last = picture.starts_with("a ──┐");
        assert_eq!(
            drawn(picture) == wanted,
            !is_last,
            "{picture}: {:?}",
            drawn(picture)
        );
    }
    let arrows = drawn("a ─► b\nb ─► c ─┐\nb ─► d ─┴─► e");
    assert_eq!(arrows, reduction(list));
    assert_ne!(
        drawn("a ─► b ─┬─► c ─┬─► e\n        └─► d"),
        reduction(list)
    );
    assert_ne!(drawn("a ─► b ── c, d ─► e"), reduction(list));
}
