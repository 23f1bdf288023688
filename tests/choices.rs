//! Each choice of `config.toml` seen working through the real program, and what it says of the effects that
//! only the real program has.
#![cfg(unix)]

use std::collections::BTreeSet;
use std::fs;

use sipdex::theme::THEMES;
use tempfile::TempDir;
use termlens::{Key, Result, Screen, Terminal};

#[path = "pty/explorer.rs"]
mod explorer;
use explorer::{LISTING, SEARCHING, SIPDEX, home, quit, start, terminal, type_in, wait_for};

/// The foot of the screen on a page.
const READING: &str = "] next link";

/// Returns a user who has made choices.
fn chosen(choices: &str) -> TempDir {
    let home = home();
    fs::write(home.path().join("config.toml"), choices).expect("written");
    home
}

/// Starts the explorer of such a user, and waits for its foot, which is drawn last.
fn open(home: &TempDir, foot: &str) -> Result<Terminal> {
    let mut explorer = terminal(home).spawn(SIPDEX)?;
    wait_for(&mut explorer, foot)?;
    Ok(explorer)
}

/// Returns the colours and the weights on a screen, cell by cell; without the foot, which comes last.
fn styles(screen: &Screen) -> Vec<String> {
    let cells =
        (0..screen.rows() - 1).flat_map(|row| (0..screen.cols()).map(move |column| (row, column)));
    let cells = cells.filter_map(|(row, column)| screen.cell(row, column));
    cells.map(|cell| format!("{:?}", cell.style())).collect()
}

#[test]
fn the_chosen_theme_is_the_one_on_the_screen() -> Result<()> {
    let mut of_themes = Vec::new();
    for theme in &THEMES {
        let home = chosen(&format!("theme = \"{}\"", theme.name));
        let explorer = open(&home, SEARCHING)?;
        of_themes.push(styles(&explorer.screen()));
        quit(explorer)?;
    }
    let distinct: BTreeSet<_> = of_themes.iter().collect();
    assert_eq!(
        distinct.len(),
        THEMES.len(),
        "each looks like none of the others"
    );

    let home = chosen("");
    let explorer = open(&home, SEARCHING)?;
    let dark = THEMES.iter().position(|theme| theme.name == "dark");
    let without_a_choice = styles(&explorer.screen());
    assert_eq!(
        Some(&without_a_choice),
        dark.and_then(|dark| of_themes.get(dark))
    );
    quit(explorer)
}

#[test]
fn a_chosen_theme_holds_where_the_surroundings_want_no_colour() -> Result<()> {
    let home = chosen("theme = \"light\"");
    let mut plain = start(terminal(&home))?;
    let light = styles(&plain.screen());
    plain.send_str("\x03")?;
    plain.wait_exit()?;
    let explorer = start(terminal(&home).env("NO_COLOR", "1"))?;
    assert!(
        styles(&explorer.screen()) == light,
        "it is the chosen theme: {}",
        explorer.screen()
    );
    quit(explorer)
}

#[test]
fn the_key_of_the_theme_goes_through_all_of_them() -> Result<()> {
    let home = chosen("theme = \"light\"");
    let mut explorer = open(&home, SEARCHING)?;
    type_in(&mut explorer, "\t", &[LISTING])?;
    let light = THEMES
        .iter()
        .position(|theme| theme.name == "light")
        .expect("it is there");
    let mut seen = BTreeSet::new();
    for next in 1..=THEMES.len() {
        let name = THEMES[(light + next) % THEMES.len()].name;
        type_in(&mut explorer, "t", &[&format!("theme {name}")])
            .unwrap_or_else(|error| panic!("t leads to the theme {name}: {error}"));
        seen.insert(styles(&explorer.screen()));
    }
    assert_eq!(
        seen.len(),
        THEMES.len(),
        "each looks like none of the others"
    );
    quit(explorer)
}

#[test]
fn borders_are_of_the_chosen_characters_whatever_the_locale() -> Result<()> {
    for (borders, locale, corner) in [
        ("ascii", "C.UTF-8", "+ 100 Trying"),
        ("unicode", "C", "┌ 100 Trying"),
        ("auto", "C", "+ 100 Trying"),
        ("auto", "C.UTF-8", "┌ 100 Trying"),
    ] {
        let home = chosen(&format!("borders = \"{borders}\""));
        let mut explorer = start(terminal(&home).env("LANG", locale))?;
        wait_for(&mut explorer, corner)
            .unwrap_or_else(|error| panic!("borders = {borders:?}, LANG={locale}: {error}"));
        let screen = explorer.screen();
        let other = screen.find_by(|cell| !cell.contents().is_ascii());
        assert_eq!(
            other.is_some(),
            corner.starts_with('┌'),
            "{borders}, {locale}: {screen}"
        );
        quit(explorer)?;
    }
    Ok(())
}

#[test]
fn it_starts_where_it_is_chosen_to_start() -> Result<()> {
    for (start, foot, keys, then) in [
        ("search", SEARCHING, "busy", "❯ busy"),
        ("list", LISTING, "j", "┌ 180 Ringing"),
        ("detail", READING, "h", LISTING),
    ] {
        let home = chosen(&format!("start = \"{start}\""));
        let mut explorer =
            open(&home, foot).unwrap_or_else(|error| panic!("start = {start:?}: {error}"));
        type_in(&mut explorer, keys, &[then])?;
        quit(explorer)?;
    }
    Ok(())
}

#[test]
fn the_mouse_is_as_chosen_until_its_key_is_pressed() -> Result<()> {
    for (choices, has_chosen) in [("mouse = false", false), ("mouse = true", true), ("", true)] {
        let home = chosen(choices);
        let mut explorer = open(&home, SEARCHING)?;
        let has_mouse = |explorer: &Terminal| !explorer.screen().mouse_modes().is_empty();
        assert_eq!(has_mouse(&explorer), has_chosen, "{choices:?}");
        let says = if has_chosen { LISTING } else { "mouse off" };
        type_in(&mut explorer, "\t", &[LISTING, says])?;
        assert!(!has_chosen || !explorer.screen().contains("mouse off"));
        let mut is_on = has_chosen;
        for _ in 0..2 {
            is_on = !is_on;
            let says = if is_on { " mouse on" } else { " mouse off" };
            type_in(&mut explorer, "m", &[says])?;
            assert_eq!(has_mouse(&explorer), is_on, "{choices:?}, then m");
        }
        quit(explorer)?;
    }
    Ok(())
}

#[test]
fn chosen_keys_take_the_place_of_those_of_the_table() -> Result<()> {
    let home = chosen("[keys]\nquit = \"ctrl-q\"\ndown = [\"w\", \"down\"]\n");
    let mut explorer = open(&home, SEARCHING)?;
    type_in(&mut explorer, "\t", &["Ctrl-Q quit"])?;
    type_in(&mut explorer, "w", &["┌ 180 Ringing"])?;
    // Neither q nor Ctrl-C quits, nor does j go down; the digit is seen to be typed after them.
    type_in(&mut explorer, "qj\x034", &["❯ 4", "┌ 400 Bad Request"])?;
    explorer.send(Key::Ctrl('q'))?;
    assert_eq!(explorer.wait_exit()?.code(), Some(0));
    Ok(())
}

#[test]
fn what_only_the_program_can_do_is_said_when_it_is_done() -> Result<()> {
    let home = home();
    let mut explorer = start(terminal(&home))?;
    type_in(&mut explorer, "busy\r", &["┌ 486 Busy Here", READING])?;
    for (keys, says) in [
        ("y", &["486 Busy Here: sent to the terminal"][..]),
        ("Y", &["the page as Markdown: sent to the terminal"]),
        (
            "o",
            &[
                "https://www.rfc-editor.org/rfc/rfc3261",
                "sent to the terminal",
            ],
        ),
        ("r", &["bookmarks read anew"]),
        ("b", &["486 bookmarked"]),
        ("b", &["bookmark of 486 removed"]),
        ("m", &["mouse off", "selects text itself"]),
        ("m", &["mouse on"]),
    ] {
        type_in(&mut explorer, keys, says)?;
    }
    let copied = explorer.screen();
    let copied = copied.clipboard().and_then(|clipboard| clipboard.text());
    assert!(
        copied.is_some_and(|copied| copied.starts_with("https://www.rfc-editor.org/rfc/rfc3261"))
    );
    quit(explorer)
}
