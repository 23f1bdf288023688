//! The keys that change a line of text, in each place where text is typed.

use std::collections::BTreeSet;

use sipdex::app::Mode::{self, Choose, Find, Help, Note, Search};
use sipdex::app::action::Edit;
use sipdex::keymap::EDITS;

use super::seen::{Seen, open};

/// Typed into an empty line; then the cursor stands within the second word.
const TYPED: &str = "a b space c d e space f g left left left left";
const BEFORE: &str = "ab cd|e fg";

/// Each change: its keys, what is pressed before, and the line then, with `|` for the cursor.
const CHANGES: [(Edit, &str, &str, &str); 13] = [
    (Edit::DeleteLeft, "backspace ctrl-h", "", "ab c|e fg"),
    (Edit::DeleteRight, "delete ctrl-d", "", "ab cd| fg"),
    (Edit::DeleteWordLeft, "ctrl-w alt-backspace", "", "ab |e fg"),
    (Edit::DeleteWordRight, "alt-d", "", "ab cd|fg"),
    (Edit::DeleteToStart, "ctrl-u", "", "|e fg"),
    (Edit::DeleteToEnd, "ctrl-k", "", "ab cd|"),
    (Edit::Yank, "ctrl-y", "ctrl-k left", "ab ce fg|d"),
    (Edit::Left, "left ctrl-b", "", "ab c|de fg"),
    (Edit::Right, "right ctrl-f", "", "ab cde| fg"),
    (Edit::WordLeft, "alt-b ctrl-left", "", "ab |cde fg"),
    (Edit::WordRight, "alt-f ctrl-right", "", "ab cde |fg"),
    (Edit::Start, "home ctrl-a", "", "|ab cde fg"),
    (Edit::End, "end ctrl-e", "", "ab cde fg|"),
];

/// Where text is typed, and the keys that lead to an empty line there.
const PLACES: [(Mode, &str); 5] = [
    (Help, "tab ?"),
    (Search, ""),
    (Choose, "480,486 /"),
    (Find, "4 8 0 enter ctrl-f"),
    (Note, "4 8 0 tab e"),
];

/// Returns the line with a mark where the cursor is, which must be where it is drawn.
fn line(keys: &str, mode: Mode) -> String {
    let mut screen = open(keys, (100, 30));
    let Seen {
        mode: is,
        line: (text, cursor),
        ..
    } = Seen::of(&screen);
    assert_eq!(is, mode, "after {keys:?}");
    let (before, after): (String, String) = (
        text.chars().take(cursor).collect(),
        text.chars().skip(cursor).collect(),
    );
    let at = screen.terminal.get_cursor_position().expect("a cursor");
    let drawn = screen.text();
    let row: Vec<char> = drawn
        .lines()
        .nth(at.y.into())
        .expect("a row")
        .chars()
        .collect();
    let (left, right) = row.split_at(usize::from(at.x).min(row.len()));
    let (left, right) = (
        left.iter().collect::<String>(),
        right.iter().collect::<String>(),
    );
    assert!(
        left.ends_with(before.trim_end()) || left.ends_with(&before),
        "{before:?} stands before the cursor after {keys:?}: {left:?}"
    );
    assert!(
        right.starts_with(after.trim_end()),
        "{after:?} stands after it: {right:?}"
    );
    format!("{before}|{after}")
}

#[test]
fn each_key_changes_the_line_as_it_says_wherever_text_is_typed() {
    for (mode, place) in PLACES {
        let typed = format!("{place} {TYPED}");
        assert_eq!(line(typed.trim(), mode), BEFORE);
        for (edit, keys, before, after) in CHANGES {
            for key in keys.split(' ') {
                let pressed = format!("{typed} {before} {key}");
                assert_eq!(
                    line(pressed.trim(), mode),
                    after,
                    "{edit:?} by {key} in {mode:?}"
                );
            }
        }
    }
}

#[test]
fn each_key_that_changes_a_line_has_a_case() {
    let of_table: BTreeSet<String> = EDITS
        .iter()
        .map(|(edit, keys)| {
            let keys: Vec<_> = keys.iter().map(|key| key.written()).collect();
            format!("{edit:?}: {}", keys.join(" "))
        })
        .collect();
    let of_cases: BTreeSet<String> = CHANGES
        .iter()
        .map(|(edit, keys, ..)| format!("{edit:?}: {keys}"))
        .collect();
    assert_eq!(of_table, of_cases);
}

#[test]
fn a_change_of_the_text_searches_anew_and_a_move_of_the_cursor_does_not() {
    let hits = |keys: &str| Seen::of(&open(keys, (100, 30))).hits;
    let choices = |keys: &str| {
        Seen::of(&open(&format!("480,486 / {keys}"), (100, 30)))
            .overlay
            .total
    };
    for found in [&hits as &dyn Fn(&str) -> usize, &choices] {
        assert_ne!(found("4 8 6"), found("4 8"));
        for deleted in [
            "4 8 6 backspace",
            "6 4 8 home delete",
            "4 8 6 left ctrl-k",
            "4 8 space 6 ctrl-w",
        ] {
            assert_eq!(found(deleted), found("4 8"), "{deleted}");
        }
    }
    // The chosen hit stays chosen while the cursor moves.
    let is = Seen::of(&open("4 8 down down left home end", (100, 30)));
    assert_eq!((is.code, is.index), (482, 2));
    let is = Seen::of(&open("480,486 / 4 8 down down left home end", (100, 30)));
    assert_eq!(is.choice, 2);
}

#[test]
fn what_is_typed_in_the_choice_chooses_the_first_of_what_it_finds() {
    let is = Seen::of(&open("480,486 / down down down 6 0 3", (100, 30)));
    assert_eq!((is.choice, is.overlay.total), (0, 1));
    let is = Seen::of(&open("480,486 / down down down 6 0 3 enter", (100, 30)));
    assert_eq!(is.compared, [603, 486]);
}
