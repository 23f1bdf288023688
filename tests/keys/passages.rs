//! The passage that is read stays the same whatever the size of the window, and a hit leads to its own.

use super::screen::Screen;
use super::seen::{Seen, open};

/// Returns the first words of the page, without the marks of a list.
fn words(screen: &Screen) -> Vec<String> {
    let seen = Seen::of(screen);
    let rows = seen.page.drawn.iter().take(3).cloned().collect::<Vec<_>>();
    let text = rows.join(" ").replace('•', "");
    text.split_whitespace().map(str::to_owned).collect()
}

/// Returns whether what is at the top at one width is among the first words at another.
fn is_in(words: &[String], others: &[String]) -> bool {
    let first = &words[..4.min(words.len())];
    others.windows(first.len()).any(|part| part == first)
}

fn resized(mut screen: Screen, size: (u16, u16)) -> Screen {
    screen.terminal.backend_mut().resize(size.0, size.1);
    screen.draw();
    screen
}

const SIZES: [(u16, u16); 4] = [(200, 50), (120, 40), (80, 24), (60, 15)];

#[test]
fn a_passage_stays_when_the_window_changes_its_size_and_comes_back_as_it_was() {
    for keys in [
        "5 0 3 enter pgdn pgdn",
        "5 0 3 enter } } } down down down down",
        "4 8 6 enter } } } }",
        "480,486 pgdn",
    ] {
        let screen = open(keys, (120, 40));
        let (was, first) = (words(&screen), Seen::of(&screen).page.first);
        let mut screen = screen;
        for size in SIZES {
            screen = resized(screen, size);
            let is = words(&screen);
            let kept = is_in(&is, &was) || is_in(&was, &is);
            assert!(
                kept || keys.starts_with("480,"),
                "{keys} at {size:?}: {was:?} and {is:?}"
            );
        }
        let screen = resized(screen, (120, 40));
        assert_eq!(Seen::of(&screen).page.first, first, "{keys}");
    }
}

#[test]
fn a_passage_stays_when_one_comes_back_by_the_list() {
    let screen = open("5 0 3 enter } } } esc esc", (100, 30));
    let was = Seen::of(&screen).page.first;
    assert!(was > 0);
    let screen = screen.press("down down up up enter");
    assert_eq!(Seen::of(&screen).code, 503);
    assert_eq!(Seen::of(&screen).page.first, was);
}

#[test]
fn a_hit_opens_at_its_place_with_its_words_marked() {
    for (keys, code, row) in [
        (
            "h e a d e r : r e t r y - a f t e r down down enter",
            413,
            "Retry-After",
        ),
        ("c a u s e : 3 4 down enter", 503, "cause 34"),
        (
            "d r a i n e d space m a i n t e n a n c e enter",
            503,
            "drained for maintenance",
        ),
    ] {
        for size in [(120, 40), (80, 24)] {
            let screen = open(keys, size);
            let seen = Seen::of(&screen);
            assert_eq!(seen.code, code, "{keys}");
            let in_sight = seen.page.drawn.iter().any(|line| line.contains(row));
            assert!(in_sight, "{row} after {keys} at {size:?}\n{}", seen.text);
            assert!(seen.found.1 > 0, "the words are marked: {}", seen.text);
            let again = Seen::of(&screen.press("g esc enter"));
            assert_eq!(
                again.page.first, 0,
                "what was read goes on where it was left"
            );
        }
    }
}

#[test]
fn where_the_page_fills_the_window_it_is_not_widened() {
    let seen = Seen::of(&open("4 8 6 enter z", (60, 15)));
    assert!(
        seen.says("the page has the whole width already"),
        "{}",
        seen.text
    );
    assert!(
        !Seen::of(&open("4 8 6 enter", (60, 15)))
            .foot()
            .contains("zoom")
    );
}

#[test]
fn a_hit_by_its_number_opens_at_the_top() {
    for keys in ["5 0 3 enter", "b u s y enter"] {
        let seen = Seen::of(&open(keys, (100, 30)));
        assert_eq!((seen.page.first, seen.found.1), (0, 0), "{keys}");
    }
}
