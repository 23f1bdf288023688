//! What a user types, and the screen then: key names in, screen out.

use crossterm::event::Event;
use ratatui::style::{Color, Modifier};
use sipdex::app::Opening;
use sipdex::app::action::Effect;
use sipdex::bookmarks::{Bookmarks, Change};
use sipdex::catalog::Entry;
use sipdex::compare::Compared;
use sipdex::keymap::Keymap;
use sipdex::theme::{MONO, Theme};
use sipdex::view::ASCII;

#[path = "catalog/codes.rs"]
mod codes;
#[path = "journeys/compared.rs"]
mod compared;
#[path = "screens/screen.rs"]
mod screen;

use codes::code;
use screen::Screen;

fn screen_after(keys: &str) -> String {
    Screen::new((100, 30)).press(keys).text()
}

fn noted() -> Bookmarks {
    let mut bookmarks = Bookmarks::new();
    for change in [
        Change::Note(
            code(486),
            Some("our carrier sends this for no credit".into()),
        ),
        Change::Add(code(503)),
        Change::Note(code(431), Some("a number of our own".into())),
    ] {
        change.apply(&mut bookmarks);
    }
    bookmarks
}

#[test]
fn it_starts_ready_to_search() {
    insta::assert_snapshot!(screen_after(""));
}

#[test]
fn a_word_finds_its_codes_and_shows_the_first() {
    insta::assert_snapshot!(screen_after("b u s y"));
}

#[test]
fn a_prefix_lists_its_block() {
    insta::assert_snapshot!(screen_after("4 8 down"));
}

#[test]
fn a_query_that_finds_nothing_offers_the_nearest() {
    insta::assert_snapshot!(screen_after("f o r b o d o o n"));
}

#[test]
fn a_number_that_nobody_registered_is_answered() {
    insta::assert_snapshot!(screen_after("4 3 1 enter"));
}

#[test]
fn a_hit_says_why_it_is_there() {
    for (name, keys, row, foot) in [
        (
            "found_as_symptom",
            "n o space c o m m o n space c o d e c",
            "488 Not Acceptable Here",
            "symptom: no common codec",
        ),
        (
            "found_in_spite_of_typos",
            "w r n g space p a s w o r d",
            "401 Unauthorized",
            "typo of wrong password",
        ),
        (
            "found_by_header_field",
            "r e t r y - a f t e r",
            "503 Service Unavailable",
            "SHOULD carry Retry-After",
        ),
    ] {
        let screen = screen_after(keys);
        let of_list = |line: &str| line.chars().take(40).collect::<String>();
        let list: Vec<String> = screen.lines().map(of_list).collect();
        assert!(list[2].contains(row), "{row:?} in {:?}", list[2]);
        let reason = list[3..29].concat();
        let reason: Vec<&str> = reason.split(['│', '└', '┘', ' ']).collect();
        let reason: Vec<&str> = reason.into_iter().filter(|word| !word.is_empty()).collect();
        let reason = reason.join(" ");
        assert!(reason.contains(foot), "{foot:?} in {reason:?}");
        insta::assert_snapshot!(name, screen);
    }
}

#[test]
fn a_pasted_message_explains_itself() {
    let message = "SIP/2.0 503 Service Unavailable\r\
        Via: SIP/2.0/UDP 192.0.2.20:5060;branch=z9hG4bK1;received=203.0.113.20;rport=40112\r\
        From: <sip:201@pbx.example.com>;tag=4f1a\r\
        To: <sip:+49305550100@pbx.example.com>;tag=as77\r\
        Call-ID: 1@192.0.2.20\r\
        CSeq: 102 INVITE\r\
        Server: Example PBX 4.2\r\
        Reason: Q.850;cause=34\r\
        Retry-After: 30\r\
        Content-Length: 0\r\r";
    for size in [(120, 40), (80, 24), (60, 15)] {
        let mut screen = Screen::new(size);
        screen.take(&Event::Paste(message.to_owned()));
        let (width, height) = size;
        insta::assert_snapshot!(format!("pasted_message_at_{width}x{height}"), screen.text());
    }
}

#[test]
fn an_unknown_filter_is_explained_and_no_error() {
    insta::assert_snapshot!(screen_after("f o o : b u s y"));
}

#[test]
fn a_code_of_the_field_is_labelled() {
    insta::assert_snapshot!(screen_after("4 7 8 enter"));
}

#[test]
fn the_page_ends_with_ladder_message_and_sections() {
    insta::assert_snapshot!(screen_after("4 8 6 enter G"));
}

#[test]
fn a_link_is_selected_and_followed() {
    insta::assert_snapshot!(screen_after("4 8 6 enter ] ]"));
    let screen = Screen::new((100, 30)).press("4 8 6 enter ] enter");
    assert_eq!(screen.app.shown().and_then(Entry::code), Some(code(600)));
    let screen = screen.press("backspace");
    assert_eq!(screen.app.shown().and_then(Entry::code), Some(code(486)));
}

#[test]
fn two_marked_codes_stand_side_by_side() {
    insta::assert_snapshot!(screen_after("b u s y tab space down space c"));
}

#[test]
fn the_codes_of_the_origin_are_no_alternatives() {
    let opening = Opening::Compare(Compared::of(&[100, 421].map(code)).expect("codes"));
    let screen = Screen::without_mouse(&opening, (120, 40));
    insta::assert_snapshot!("100_against_421_top", screen.text());
    insta::assert_snapshot!("100_against_421_below", screen.press("pgdn").text());
}

#[test]
fn four_columns_turn_where_they_do_not_fit() {
    let compare = Compared::of(&[480, 486, 600, 603].map(code));
    let opening = Opening::Compare(compare.expect("codes"));
    let screen = Screen::without_mouse(&opening, (80, 24));
    insta::assert_snapshot!("four_columns_first_two", screen.text());
    let screen = screen.press("tab tab pgdn");
    insta::assert_snapshot!("four_columns_turned", screen.text());
}

/// Columns of 36 cells: as many as fit, never one of single words, never a table that runs off.
#[test]
fn a_comparison_fits_every_size() {
    for (codes, name) in [(vec![401, 407], "two"), (vec![480, 486, 600, 603], "four")] {
        for size in [(200, 50), (120, 40), (100, 30), (80, 24), (60, 15)] {
            let opening = Opening::Compare(
                Compared::of(&codes.iter().map(|number| code(*number)).collect::<Vec<_>>())
                    .expect("codes"),
            );
            let screen = Screen::without_mouse(&opening, size);
            let name = format!("compared_{name}_at_{}x{}", size.0, size.1);
            insta::assert_snapshot!(name, screen.text());
        }
    }
}

#[test]
fn equal_rows_unfold() {
    let opening = Opening::Compare(Compared::of(&[480, 486].map(code)).expect("codes"));
    let screen = Screen::without_mouse(&opening, (100, 60));
    assert!(screen.text().contains("The same:"));
    assert!(!screen.press("f").text().contains("The same:"));
}

#[test]
fn another_code_is_chosen_for_a_column() {
    let opening = Opening::Compare(Compared::of(&[480, 486].map(code)).expect("codes"));
    let screen = Screen::without_mouse(&opening, (100, 30)).press("tab / 6 0");
    insta::assert_snapshot!(screen.text());
    let screen = screen.press("down enter");
    let codes: Vec<_> = screen
        .app
        .columns()
        .expect("a comparison")
        .responses()
        .iter()
        .map(|r| r.code.get())
        .collect();
    assert_eq!(codes, [480, 603]);
}

#[test]
fn a_note_is_written_and_shown() {
    let screen = Screen::new((100, 30)).press("4 8 6 enter e n o space c r e d i t");
    insta::assert_snapshot!("note_being_written", screen.text());
    let screen = screen.press("enter");
    let saved = Change::Note(code(486), Some("no credit".into()));
    assert_eq!(screen.effects, [Effect::Save(saved)]);
    insta::assert_snapshot!("note_written", screen.text());
}

#[test]
fn bookmarks_are_listed_with_their_notes() {
    let screen = Screen::open(noted(), &Opening::Nothing, (100, 30));
    insta::assert_snapshot!(screen.press("tab B down").text());
}

#[test]
fn the_help_shows_the_keys() {
    insta::assert_snapshot!(Screen::new((100, 46)).press("?").text());
}

#[test]
fn own_keys_are_in_the_help() {
    let (config, _) = sipdex::config::parse(b"[keys]\nquit = \"ctrl-q\"\n");
    let mut screen = Screen::new((100, 46));
    screen.keymap = Keymap::new(&config.keys).0;
    let text = screen.press("?").text();
    let line = text.lines().find(|line| line.contains("  quit "));
    assert!(line.is_some_and(|line| line.contains("Ctrl-Q  ")), "{text}");
}

#[test]
fn a_narrow_terminal_shows_one_pane_at_a_time() {
    let screen = Screen::new((60, 15)).press("4 8");
    insta::assert_snapshot!("narrow_list", screen.text());
    insta::assert_snapshot!("narrow_page", screen.press("down enter").text());
}

#[test]
fn the_usual_terminal_has_room_for_both() {
    insta::assert_snapshot!(Screen::new((80, 24)).press("1 8 0 enter").text());
}

#[test]
fn a_terminal_too_small_says_so() {
    assert!(Screen::new((19, 5)).text().contains("sipdex needs"));
    assert!(Screen::new((20, 4)).text().contains("sipdex needs"));
}

#[test]
fn ascii_has_no_other_characters() {
    for keys in [
        "b u s y enter G",
        "4 8 6 enter c",
        "?",
        "4 8 6 enter space b e",
    ] {
        let mut screen = Screen::new((100, 30));
        screen.symbols = &ASCII;
        let screen = screen.press(keys);
        assert!(screen.text().is_ascii(), "{keys}:\n{}", screen.text());
    }
}

#[test]
fn the_selected_row_and_the_matched_letters_show_without_colour() {
    let mut screen = Screen::new((100, 30));
    screen.theme = Theme::named(MONO).expect("the mono theme");
    let screen = screen.press("b u s y");
    let buffer = screen.terminal.backend().buffer();
    let reversed = (0..100)
        .filter(|x| buffer[(*x, 2)].modifier.contains(Modifier::REVERSED))
        .count();
    assert_eq!(reversed, 38, "the whole row inside the border");
    let marked: String = (0..38)
        .filter(|x| buffer[(*x, 3)].modifier.contains(Modifier::UNDERLINED))
        .map(|x| buffer[(x, 3)].symbol())
        .collect();
    assert_eq!(marked, "Busy");
    let colours = buffer
        .content
        .iter()
        .filter(|cell| cell.fg != Color::Reset || cell.bg != Color::Reset);
    assert_eq!(colours.count(), 0);
}

#[test]
fn the_wheel_scrolls_what_is_under_it() {
    use crossterm::event::{KeyModifiers, MouseEvent, MouseEventKind};
    let mut screen = Screen::new((100, 30));
    for column in [5, 70] {
        let kind = MouseEventKind::ScrollDown;
        let event = MouseEvent {
            kind,
            column,
            row: 10,
            modifiers: KeyModifiers::NONE,
        };
        screen.take(&Event::Mouse(event));
    }
    assert_eq!(screen.app.viewport().list.first, 3);
    assert_eq!(screen.app.viewport().page.first, 3);
    assert_eq!(
        screen.app.shown().and_then(Entry::code),
        Some(code(100)),
        "the selection stays"
    );
}

#[test]
fn a_click_selects_and_a_click_on_a_selected_link_follows_it() {
    use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
    fn click(screen: &mut Screen, column: u16, row: u16) {
        let kind = MouseEventKind::Down(MouseButton::Left);
        let event = MouseEvent {
            kind,
            column,
            row,
            modifiers: KeyModifiers::NONE,
        };
        screen.take(&Event::Mouse(event));
    }
    let mut screen = Screen::new((100, 140)).press("4 8 6");
    let text = screen.text();
    let row = text
        .lines()
        .position(|line| line.contains("• 600 Busy Everywhere"))
        .expect("a link");
    let line = text.lines().nth(row).expect("a row");
    let column = line.chars().position(|c| c == '•').expect("a bullet") + 3;
    let (column, row) = (
        u16::try_from(column).expect("small"),
        u16::try_from(row).expect("small"),
    );
    click(&mut screen, column, row);
    assert_eq!(screen.app.reader().link(), Some(0));
    click(&mut screen, column, row);
    assert_eq!(screen.app.shown().and_then(Entry::code), Some(code(600)));
    click(&mut screen, 5, 4);
    assert_eq!(screen.app.shown().and_then(Entry::code), Some(code(180)));
}

#[test]
fn every_mode_at_every_size_draws_without_a_panic() {
    let journeys = [
        "",
        "b u s y",
        "4 8 tab",
        "4 8 6 enter ] space",
        "4 8 6 enter c",
        "4 8 6 enter c tab +",
        "4 8 6 enter e x",
        "?",
        "S I P / 2 . 0 space 4 8 6",
    ];
    for keys in journeys {
        let mut screen = Screen::new((60, 20)).press(keys);
        for width in 0..=60 {
            for height in 0..=20 {
                screen.terminal.backend_mut().resize(width, height);
                screen.draw();
            }
        }
    }
}
