//! What is written on a terminal: as wide as it is, and with a word of what is awaited.

use termlens::Result;

use super::explorer::{SIPDEX, terminal};
use super::*;

/// Returns what a command writes on a terminal of so many columns.
fn written(user: &User, columns: u16, typed: &str) -> Result<String> {
    let script = "\"$0\" \"$@\"; echo end of it; read -r enter";
    let args = ["-c", script, SIPDEX].into_iter().chain(typed.split(' '));
    let terminal = terminal(&user.0).size(columns, 1000);
    let mut terminal = terminal.args(args).spawn("/bin/sh")?;
    terminal.wait_until(|screen| screen.contains("end of it"))?;
    let text = terminal.screen().text();
    terminal.send_str("\r")?;
    terminal.wait_exit()?;
    Ok(text
        .split("end of it")
        .next()
        .unwrap_or_default()
        .to_owned())
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

#[test]
fn text_is_broken_between_words_to_the_width_of_the_terminal() -> Result<()> {
    let user = User::new();
    user.done(&format!("bookmarks add 486 603 --note {}", "short"));
    let note = "our carrier sends this to us for each call without credit, whatever the number is";
    ended(user.command("bookmarks add 477 486").args(["--note", note]));
    for typed in
        each("list; list --unregistered; search unavailable; bookmarks list; show 486; 480 486")
    {
        let piped = user.done(typed);
        for columns in [40, 60, 100] {
            let shown = written(&user, columns, typed)?;
            let widest = shown
                .lines()
                .map(sipdex::text::width)
                .max()
                .unwrap_or_default();
            assert!(widest <= columns.into(), "{typed} at {columns}: {shown}");
            // A word that was torn would be two; the sources of products, and what is sent over the wire, are as
            // long as they are.
            let prose = |text: &str| {
                text.split("Made by your own side")
                    .next()
                    .unwrap_or_default()
                    .to_owned()
            };
            assert_eq!(
                words(&prose(&shown)),
                words(&prose(&piped)),
                "{typed} at {columns}"
            );
        }
    }
    Ok(())
}

#[test]
fn help_is_broken_between_words_too() -> Result<()> {
    let user = User::new();
    let typed = "--help; help show; search --help; bookmarks --help";
    for typed in each(typed) {
        let piped = user.run(typed);
        for columns in [50, 80] {
            let shown = written(&user, columns, typed)?;
            // The examples, and the forms of a usage, are lines to copy.
            let is_prose = |line: &&str| !line.contains("sipdex");
            let widths = shown.lines().filter(is_prose).map(sipdex::text::width);
            assert!(
                widths.max() <= Some(columns.into()),
                "{typed} at {columns}: {shown}"
            );
            let whole = piped.out.clone() + &piped.err;
            assert_eq!(words(&shown), words(&whole), "{typed} at {columns}");
        }
    }
    Ok(())
}

#[test]
fn a_list_hangs_in_its_second_column_and_has_a_line_a_code_in_a_pipe() -> Result<()> {
    let user = User::new();
    let piped = user.done("list --unregistered");
    assert_eq!(piped.lines().count(), 7, "{piped}");
    insta::assert_snapshot!("list_unregistered_in_a_pipe", piped);
    let shown = written(&user, 60, "list --unregistered")?;
    insta::assert_snapshot!("list_unregistered_at_60_columns", shown.trim_end());
    let wide = written(&user, 200, "list --unregistered")?;
    assert_eq!(words(&wide), words(&piped));
    assert_eq!(wide.trim_end().lines().count(), 7, "{wide}");
    Ok(())
}

#[test]
fn a_terminal_on_standard_input_is_told_what_is_awaited() -> Result<()> {
    let user = User::new();
    for (typed, awaited) in [
        ("search -", "type words"),
        ("show -", "type response codes"),
    ] {
        let terminal = terminal(&user.0).size(80, 400);
        let mut terminal = terminal.args(typed.split(' ')).spawn(SIPDEX)?;
        terminal.wait_until(|screen| screen.contains(awaited))?;
        terminal.send_str("486\r\x04")?;
        assert_eq!(terminal.wait_exit()?.code(), Some(0));
        assert!(terminal.screen().contains("486 Busy Here"));
    }
    Ok(())
}
