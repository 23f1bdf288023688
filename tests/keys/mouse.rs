//! The wheel and the clicks: what is under the mouse is what they are for.

use crossterm::event::{Event, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use sipdex::app::Mode;
use sipdex::app::action::Effect;

use super::screen::Screen;
use super::seen::{Seen, open};

const SIZE: (u16, u16) = (100, 30);
/// How many rows the wheel turns.
const WHEEL: isize = 3;

const IN_LIST: (u16, u16) = (5, 10);
const IN_PAGE: (u16, u16) = (70, 10);
const IN_SEARCH: (u16, u16) = (50, 0);

fn at(screen: &mut Screen, kind: MouseEventKind, (column, row): (u16, u16)) -> Seen {
    screen.effects.clear();
    screen.take(&Event::Mouse(MouseEvent {
        kind,
        column,
        row,
        modifiers: KeyModifiers::NONE,
    }));
    Seen::of(screen)
}

fn wheel(screen: &mut Screen, rows: isize, place: (u16, u16)) -> Seen {
    let kind = if rows > 0 {
        MouseEventKind::ScrollDown
    } else {
        MouseEventKind::ScrollUp
    };
    at(screen, kind, place)
}

fn click(screen: &mut Screen, place: (u16, u16)) -> Seen {
    at(screen, MouseEventKind::Down(MouseButton::Left), place)
}

/// Returns where a text is drawn, a little within it.
fn place_of(screen: &Screen, text: &str) -> (u16, u16) {
    let drawn = screen.text();
    let mut rows = drawn.lines().enumerate();
    let found = rows.find_map(|(row, line)| Some((line.find(text)?, row, line)));
    let (at, row, line) = found.unwrap_or_else(|| panic!("no {text:?} in\n{drawn}"));
    let column = line[..at].chars().count() + text.chars().count() / 2;
    let small = |number: usize| u16::try_from(number).expect("small");
    (small(column), small(row))
}

#[test]
fn the_wheel_turns_the_list_or_the_page_under_it_down_and_up_and_selects_nothing() {
    let mut screen = open("tab", SIZE);
    let was = Seen::of(&screen);
    for (rows, first) in [
        (WHEEL, 3),
        (WHEEL, 6),
        (-WHEEL, 3),
        (-WHEEL, 0),
        (-WHEEL, 0),
    ] {
        let is = wheel(&mut screen, rows, IN_LIST);
        assert_eq!((is.list.first, is.page.first), (first, 0), "the list turns");
        assert_eq!(
            (is.code, is.mode),
            (was.code, Mode::List),
            "and nothing else"
        );
    }
    for (rows, first) in [
        (WHEEL, 3),
        (WHEEL, 6),
        (-WHEEL, 3),
        (-WHEEL, 0),
        (-WHEEL, 0),
    ] {
        let before = Seen::of(&screen);
        let is = wheel(&mut screen, rows, IN_PAGE);
        assert_eq!((is.list.first, is.page.first), (0, first), "the page turns");
        let moved = if before.page.first == first { 0 } else { rows };
        assert!(is.page.moved(&before.page, moved), "{}", is.text);
        assert_eq!(is.mode, Mode::List, "the focus stays");
    }
    let before = Seen::of(&screen);
    assert_eq!(wheel(&mut screen, WHEEL, IN_SEARCH).text, before.text);
}

#[test]
fn the_wheel_turns_a_comparison_and_the_help_and_goes_through_a_choice() {
    let mut screen = open("480,486", SIZE);
    for rows in [WHEEL, WHEEL, -WHEEL] {
        let before = Seen::of(&screen);
        let is = wheel(&mut screen, rows, IN_PAGE);
        assert!(
            is.page.moved(&before.page, rows),
            "the comparison: {}",
            is.text
        );
    }
    for (keys, mode) in [("tab ?", Mode::Help), ("480,486 /", Mode::Choose)] {
        let mut screen = open(keys, SIZE);
        for (rows, choice) in [(WHEEL, 3), (WHEEL, 6), (-WHEEL, 3)] {
            let is = wheel(&mut screen, rows, IN_PAGE);
            assert_eq!((is.choice, is.mode), (choice, mode));
        }
    }
    let mut screen = open("4 8 6 enter e", SIZE);
    let before = Seen::of(&screen);
    assert_eq!(
        wheel(&mut screen, WHEEL, IN_PAGE).text,
        before.text,
        "the note"
    );
}

#[test]
fn a_click_on_a_code_selects_it_and_one_on_a_heading_does_not() {
    let mut screen = open("", SIZE);
    let ringing = place_of(&screen, "180 Ringing");
    let is = click(&mut screen, ringing);
    assert_eq!((is.mode, is.code), (Mode::List, 180));
    assert!(is.text.contains("┌ 180 Ringing"), "{}", is.text);
    let heading = place_of(&screen, "2xx");
    assert_eq!(click(&mut screen, heading).code, 180);
    // The row under the mouse counts, not the row of the list.
    for _ in 0..3 {
        wheel(&mut screen, WHEEL, IN_LIST);
    }
    let found = place_of(&screen, "404 Not Found");
    assert_eq!(click(&mut screen, found).code, 404);
}

#[test]
fn a_click_on_a_link_selects_it_and_a_second_one_follows_it() {
    let mut screen = open("4 8 6", (100, 140));
    let link = place_of(&screen, "• 600 Busy Everywhere");
    let is = click(&mut screen, link);
    assert_eq!(
        (is.mode, is.code, is.to_code),
        (Mode::Detail, 486, Some(600))
    );
    assert!(is.asked.is_empty());
    let is = click(&mut screen, link);
    assert_eq!((is.mode, is.code), (Mode::Detail, 600));

    let mut screen = open("4 8 6 enter G", SIZE);
    let link = place_of(&screen, "RFC 3261 13.3.1.3");
    let is = click(&mut screen, link);
    let address = is.to_address.clone().expect("a section is selected");
    assert!(
        is.to_code.is_none() && is.asked.is_empty(),
        "once: {:?}",
        is.asked
    );
    let is = click(&mut screen, link);
    assert!(is.asks(&Effect::OpenUrl(address)), "again: {:?}", is.asked);
}

#[test]
fn a_link_reaches_from_its_first_letter_to_its_last() {
    let screen = open("4 8 6", (100, 140));
    let text = "600 Busy Everywhere";
    let drawn = screen.text();
    let (row, line) = drawn
        .lines()
        .enumerate()
        .find(|(_, line)| line.contains(&format!("• {text}: ")))
        .expect("a link below its bullet");
    let at = line.find(text).expect("in this line");
    let first = line[..at].chars().count();
    for (column, is_link) in [
        (first - 1, false),
        (first, true),
        (first + text.len() - 1, true),
        (first + text.len(), false),
    ] {
        let small = |number: usize| u16::try_from(number).expect("small");
        let place = (small(column), small(row));
        let is = click(&mut open("4 8 6", (100, 140)), place);
        let selected = is.to_code == Some(600);
        assert_eq!(selected, is_link, "column {column} of {line:?}");
    }
}

#[test]
fn a_click_in_a_comparison_selects_a_link_and_a_second_one_follows_it() {
    let mut screen = open("480,486", (120, 40));
    let link = place_of(&screen, "[RFC ");
    let is = click(&mut screen, link);
    assert!(is.link.is_some() && is.asked.is_empty(), "{}", is.text);
    let address = is.to_address.clone().expect("a section is selected");
    let is = click(&mut screen, link);
    assert!(is.asks(&Effect::OpenUrl(address)), "again: {:?}", is.asked);
}

#[test]
fn a_click_gives_the_focus_to_what_is_under_it() {
    let mut screen = open("tab", SIZE);
    for (place, mode) in [
        (IN_PAGE, Mode::Detail),
        (IN_SEARCH, Mode::Search),
        (IN_LIST, Mode::List),
        (IN_SEARCH, Mode::Search),
        (IN_PAGE, Mode::Detail),
    ] {
        assert_eq!(click(&mut screen, place).mode, mode, "at {place:?}");
    }
    let foot = (50, SIZE.1 - 1);
    assert_eq!(
        click(&mut screen, foot).mode,
        Mode::Detail,
        "the foot is for nothing"
    );
}

#[test]
fn a_click_on_a_code_to_choose_from_takes_it() {
    let mut screen = open("480,486 tab / 6 0", SIZE);
    let decline = place_of(&screen, "603 Decline");
    let is = click(&mut screen, decline);
    assert_eq!(
        (is.mode, &is.compared[..]),
        (Mode::Compare, &[480, 603][..]),
        "the clicked code takes the place of the column"
    );
    // Beside the codes it takes none.
    let mut screen = open("480,486 /", SIZE);
    let is = click(&mut screen, (2, 25));
    assert_eq!((is.mode, &is.compared[..]), (Mode::Choose, &[480, 486][..]));
}

#[test]
fn the_list_keeps_its_place_while_it_is_not_on_the_screen() {
    // Where one pane is shown at a time, the page hides the list; so does a comparison everywhere.
    for (size, away, back) in [
        ((60, 15), "enter pgdn", "h"),
        (SIZE, "c", "esc"),
        ((60, 15), "? pgdn", "esc"),
    ] {
        // Upwards from the end, so that the selected row is neither the first nor the last that is shown.
        let screen = open("tab G up up up", size);
        let was = Seen::of(&screen);
        assert!(was.list.first > 0 && was.list.is_at_end());
        let is = Seen::of(&screen.press(away).press(back));
        assert_eq!(
            (is.list.first, is.code),
            (was.list.first, was.code),
            "{away}"
        );
        assert_eq!(is.list.drawn, was.list.drawn, "after {away}");
    }
}
