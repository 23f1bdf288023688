//! What the terminal can show: its size, colours, letters, themes.

use std::collections::BTreeSet;

use sipdex::theme::{DEFAULT, THEMES, Theme};
use termlens::{Color, Result, Screen};

use super::explorer::{home, quit, start, terminal, type_in, wait_for};
use super::{COMPARING, READING, start_at_486};

#[test]
fn it_follows_the_size_of_the_terminal() -> Result<()> {
    let home = home();
    let mut explorer = start_at_486(terminal(&home))?;
    let before = explorer.snapshot_after(|screen| screen.contains(READING))?;
    explorer.resize(60, 15)?;
    // The page alone, from the first column on.
    explorer.wait_until(|screen| {
        screen.find("┌ 486 Busy Here") == Some((1, 0)) && screen.row_text(14).contains(READING)
    })?;
    explorer.resize(10, 3)?;
    wait_for(&mut explorer, "needs 20x5")?;
    explorer.resize(120, 40)?;
    explorer.wait_until(|screen| screen.text() == before.text())?;
    quit(explorer)
}

#[test]
fn without_colour_the_selection_is_still_seen() -> Result<()> {
    let is_coloured = |screen: &Screen| {
        let colours = |style: &termlens::Style| [style.fg, style.bg] != [Color::Default; 2];
        screen.find_by(|cell| colours(cell.style())).is_some()
    };
    for no_color in ["", "1"] {
        let home = home();
        let mut explorer = start(terminal(&home).env("NO_COLOR", no_color))?;
        explorer.send_str("busy")?;
        let shown = [
            "┌ 486 Busy Here",
            "  486 Busy Here",
            "  600 Busy Everywhere",
        ];
        let screen = explorer.snapshot_after(|screen| shown.iter().all(|s| screen.contains(s)))?;
        let (row, column) = screen.find(shown[1]).expect("the list shows it");
        let selected = screen.cell(row, column + 6).expect("a cell").style();
        assert_eq!(is_coloured(&screen), no_color.is_empty(), "{screen}");
        assert!(selected.reverse || no_color.is_empty(), "{selected:?}");
        for (keys, then) in [("\rc", COMPARING), ("?", "Esc close")] {
            type_in(&mut explorer, keys, &[then])?;
            assert_eq!(is_coloured(&explorer.screen()), no_color.is_empty());
        }
        quit(explorer)?;
    }
    Ok(())
}

#[test]
fn a_locale_without_unicode_gets_ascii_borders() -> Result<()> {
    let home = home();
    let mut explorer = start(terminal(&home).env("LANG", "C"))?;
    type_in(&mut explorer, "busy\r", &["+ 486 Busy Here", READING])?;
    for (keys, then) in [("", READING), ("c", COMPARING), ("?", "Esc close")] {
        type_in(&mut explorer, keys, &[then])?;
        let screen = explorer.screen();
        let other = screen.find_by(|cell| !cell.contents().is_ascii());
        assert_eq!(other, None, "{screen}");
    }
    quit(explorer)?;

    // LC_ALL says more than LC_CTYPE, and that more than LANG.
    for (variables, corner) in [
        (
            [
                ("LC_ALL", "C"),
                ("LC_CTYPE", "C.UTF-8"),
                ("LANG", "C.UTF-8"),
            ],
            "+",
        ),
        (
            [("LC_ALL", "C.UTF-8"), ("LC_CTYPE", "C"), ("LANG", "C")],
            "┌",
        ),
        (
            [("LC_ALL", ""), ("LC_CTYPE", "C"), ("LANG", "C.UTF-8")],
            "+",
        ),
    ] {
        let mut explorer = start(
            variables
                .into_iter()
                .fold(terminal(&home), |terminal, (name, value)| {
                    terminal.env(name, value)
                }),
        )?;
        type_in(
            &mut explorer,
            "busy\r",
            &[&format!("{corner} 486 Busy Here"), READING],
        )?;
        quit(explorer)?;
    }
    Ok(())
}

#[test]
fn t_turns_to_every_theme_and_back_to_the_first() -> Result<()> {
    let home = home();
    let mut explorer = start_at_486(terminal(&home))?;
    // The foot says the name; the rest tells the theme by its styles.
    let styles = |screen: &Screen| {
        let styled = screen.mask_rect(.., 39..).with_styles().to_string();
        let rows = styled.lines().filter(|row| !row.starts_with("39: "));
        rows.map(str::to_owned).collect::<Vec<_>>()
    };
    let first = styles(&explorer.screen());
    let mut seen = BTreeSet::new();
    let mut theme = Theme::named(DEFAULT).expect("a theme");
    for _ in 0..THEMES.len() {
        theme = theme.next();
        explorer.send_str("t")?;
        let foot = format!("theme {}; T keeps it", theme.name);
        let screen = explorer.snapshot_after(|screen| screen.row_text(39).trim() == foot)?;
        seen.insert(styles(&screen));
    }
    assert_eq!(styles(&explorer.screen()), first);
    assert_eq!(seen.len(), THEMES.len());
    quit(explorer)
}
