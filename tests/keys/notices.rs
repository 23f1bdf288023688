//! What the explorer says at its foot after a key: what was done, or why it could not be.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use sipdex::app::Opening;
use sipdex::bookmarks::Bookmarks;
use sipdex::keymap::Command;

use super::screen::Screen;
use super::seen::{Seen, open};

const SIZE: (u16, u16) = (100, 30);

#[test]
fn what_was_done_is_said() {
    for (keys, words) in [
        ("4 8 0 tab b", "480 bookmarked"),
        ("5 0 3 tab b", "bookmark of 503 removed"),
        (
            "4 8 6 tab b",
            "bookmark of 486 removed, its note too; b brings both back",
        ),
        ("4 8 6 tab e x enter", "note saved"),
        (
            "4 8 6 tab e ctrl-u enter",
            "note removed; the bookmark stays",
        ),
        (
            "4 8 6 tab e x esc",
            "note not saved; it is kept until you come back to it",
        ),
        ("480,486 f", "equal rows unfolded"),
        ("480,486 f f", "equal rows folded"),
        (
            "4 8 6 enter enter",
            "no link is selected; ] and [ go from link to link",
        ),
        ("4 8 6 enter G }", "no section further down"),
        ("4 8 6 enter {", "this is the start of the page"),
        ("4 8 6 enter ] [", "no link further up"),
        ("4 8 6 enter backspace", "no page was read before this one"),
    ] {
        let is = Seen::of(&open(keys, SIZE));
        assert!(is.says(words), "{keys:?}: {words:?}\n{}", is.text);
    }
}

#[test]
fn what_could_not_be_done_is_said_as_an_error_that_names_a_way_out() {
    let five =
        "4 8 0 tab space / 4 8 6 tab space / 6 0 0 tab space / 6 0 3 tab space / 4 8 7 tab space";
    for (keys, words, way_out) in [
        (
            five,
            "4 codes are marked already",
            "Esc in the list clears the marks",
        ),
        ("480,486,600,603 +", "no more than 4 codes", "side by side"),
        ("480,486 -", "a comparison has two codes at the least", ""),
        (
            "480,486 / 4 8 6 enter",
            "486 is in the comparison already",
            "",
        ),
    ] {
        let is = Seen::of(&open(keys, SIZE));
        assert!(
            is.says(words) && is.is_error == Some(true),
            "{keys:?}: {words:?}\n{}",
            is.text
        );
        assert!(
            is.text.contains(way_out),
            "{keys:?}: {way_out:?}\n{}",
            is.text
        );
    }
    assert_eq!(Seen::of(&open(five, SIZE)).marks, [480, 486, 600, 603]);
    let nothing_kept = Screen::open(Bookmarks::new(), &Opening::Nothing, SIZE);
    let is = Seen::of(&nothing_kept.press("tab B"));
    assert!(is.says("there are no bookmarks to show; b keeps the selected code"));
    assert_eq!((is.is_error, is.hits), (Some(true), 75));
}

#[test]
fn a_message_goes_with_the_next_key_and_the_keys_are_back() {
    let is = Seen::of(&open("4 8 0 tab b down", SIZE));
    let foot = is.foot();
    assert!(
        !foot.contains("bookmarked") && foot.contains("Enter read"),
        "{foot}"
    );
}

#[test]
fn a_query_that_only_hidden_codes_fit_says_that_they_are_hidden() {
    let is = Seen::of(&open("tab B / 4 8 0", SIZE));
    let foot = is.foot();
    assert!(
        foot.contains("only bookmarks are listed; 1 other fits"),
        "{foot}"
    );
    assert_eq!(is.hits, 0);
}

/// Takes what stands in braces in the texts of some source, as the app says it: of two braces that `format!`
/// reads one is left, and what it fills in is not said so.
fn take_braces(tokens: TokenStream, is_format: bool, names: &mut BTreeSet<String>) {
    let mut before = [String::new(), String::new()];
    for tree in tokens {
        let written = tree.to_string();
        match tree {
            TokenTree::Group(group) if before[1] != "#" => {
                take_braces(group.stream(), before == ["format", "!"], names);
            }
            TokenTree::Literal(_) => {
                let [open, close] = if is_format { ["{{", "}}"] } else { ["{", "}"] };
                let parts = written.split(open).skip(1);
                names.extend(parts.filter_map(|part| Some(part.split_once(close)?.0.to_owned())));
            }
            _ => {}
        }
        before = [std::mem::take(&mut before[1]), written];
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("readable").path());
    let (folders, mut all): (Vec<_>, Vec<_>) = paths.partition(|path| path.is_dir());
    all.extend(folders.iter().flat_map(|folder| files(folder)));
    all
}

/// A command in braces that is none would be read as it is written.
#[test]
fn what_stands_in_braces_in_what_the_app_says_is_a_command() {
    let files = files(Path::new("src/app"));
    let files = files.into_iter().chain(["src/app.rs".into()]);
    let mut named = BTreeSet::new();
    for file in files.filter(|file| !file.ends_with("tests.rs")) {
        let text = fs::read_to_string(&file).expect("readable");
        let end = text.find("#[cfg(test)]").unwrap_or(text.len());
        take_braces(text[..end].parse().expect("Rust"), false, &mut named);
    }
    let commands: Vec<&str> = Command::ALL.iter().map(|command| command.name()).collect();
    let wrong: Vec<_> = named
        .iter()
        .filter(|name| !commands.contains(&name.as_str()))
        .collect();
    assert!(
        named.len() > 3 && wrong.is_empty(),
        "{named:?}: no command: {wrong:?}"
    );
}
