//! What the explorer says at its foot after a key: what was done, or why it could not be.

use sipdex::app::Opening;
use sipdex::bookmarks::Bookmarks;

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
        ("4 8 6 enter backspace", "no code was visited before"),
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
        foot.contains("only bookmarks are listed; 1 other code would fit"),
        "{foot}"
    );
    assert_eq!(is.hits, 0);
}
