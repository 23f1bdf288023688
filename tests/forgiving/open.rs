//! The explorer while another program writes or holds the file, and the notes that are written in it.

use std::fs::File;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use termlens::Result;

use super::explorer::{
    self, LISTING, SIPDEX, home, quit, start, terminal, type_in, wait_for, wait_until,
};
use super::{FILE, text, write};

/// Waits until the file has a text: a slow disk holds up no key, so the screen may be ahead of it.
fn saved_soon(home: &TempDir, wanted: &str) {
    wait_until(wanted, || text(home.path()).contains(wanted));
}

/// Opens the page of a code in the explorer.
fn on_page(home: &TempDir, code: &str) -> Result<termlens::Terminal> {
    let mut explorer = start(terminal(home))?;
    let title = format!("┌ {code} ");
    type_in(&mut explorer, &format!("{code}\t"), &[&title, LISTING])?;
    Ok(explorer)
}

#[test]
fn a_note_that_nobody_touched_is_no_change() -> Result<()> {
    let home = home();
    let note = "short\n".repeat(200);
    let file = format!("[[bookmark]]\ncode = 486\nnote = \"\"\"\n{note}last\"\"\"\n");
    write(home.path(), &file);
    let mut explorer = on_page(&home, "486")?;
    type_in(&mut explorer, "e", &["Note for 486", "short⏎short⏎last"])?;
    type_in(&mut explorer, "\r", &[LISTING])?;
    assert_eq!(text(home.path()), file);
    // What is typed into it changes nothing else of it.
    type_in(&mut explorer, "e", &["Note for 486"])?;
    type_in(&mut explorer, "!\r", &["note saved"])?;
    quit(explorer)?;
    let expected = format!("note = \"{}last!\"", note.replace('\n', "\\n"));
    assert!(
        text(home.path()).contains(&expected),
        "{}",
        text(home.path())
    );
    Ok(())
}

#[test]
fn a_paste_into_a_note_keeps_its_lines_and_says_what_is_cut() -> Result<()> {
    let home = home();
    let mut explorer = on_page(&home, "486")?;
    type_in(&mut explorer, "e", &["Note for 486"])?;
    type_in(&mut explorer, "\x1b[200~one\rtwo\x1b[201~", &["one⏎two"])?;
    type_in(&mut explorer, "\r", &["★ one", "two"])?;
    let full = format!("\x1b[200~{}\x1b[201~", "x".repeat(70_000));
    type_in(&mut explorer, "e", &["Note for 486"])?;
    type_in(&mut explorer, &full, &["the rest is left out"])?;
    type_in(&mut explorer, "\x1b", &["note not saved"])?;
    type_in(&mut explorer, "e", &["Note for 486"])?;
    type_in(&mut explorer, "\x15one\r", &["note saved"])?;
    quit(explorer)?;
    assert!(text(home.path()).contains("note = \"one\""));
    Ok(())
}

#[test]
fn a_newer_note_of_another_is_not_overwritten_unseen() -> Result<()> {
    let home = home();
    let (mut one, mut two) = (on_page(&home, "486")?, on_page(&home, "486")?);
    type_in(&mut one, "e", &["Note for 486"])?;
    type_in(&mut one, "one\r", &["★ one", "note saved"])?;
    type_in(&mut two, "e", &["Note for 486"])?;
    type_in(&mut two, "two\r", &["★ two", "yours replaces it: one"])?;
    type_in(&mut one, "e", &["Note for 486"])?;
    type_in(&mut one, "\r", &[LISTING])?;
    saved_soon(&home, "note = \"two\"");
    type_in(&mut one, "e", &["Note for 486"])?;
    type_in(&mut one, "!\r", &["★ one!", "yours replaces it: two"])?;
    saved_soon(&home, "note = \"one!\"");
    quit(one)?;
    quit(two)
}

/// Runs the explorer in a shell that shows what is printed after it.
fn in_shell(home: &TempDir) -> Result<termlens::Terminal> {
    let script = r#""$0"; echo "status $?"; read -r enter"#;
    let mut shell = terminal(home)
        .args(["-c", script, SIPDEX])
        .spawn("/bin/sh")?;
    wait_for(&mut shell, explorer::SEARCHING)?;
    type_in(&mut shell, "486\t", &["┌ 486 ", LISTING])?;
    Ok(shell)
}

#[test]
fn a_note_that_was_not_saved_is_said_at_the_end() -> Result<()> {
    for leaves in ["\x03", "\x1b"] {
        let home = home();
        let mut shell = in_shell(&home)?;
        type_in(&mut shell, "e", &["Note for 486"])?;
        type_in(&mut shell, "it's half a", &["it's half a"])?;
        type_in(&mut shell, leaves, &["note not saved"])?;
        let says = r"sipdex bookmarks add 486 --note 'it'\''s half a'";
        type_in(
            &mut shell,
            "q",
            &["status 0", "left notes without saving", says],
        )?;
        shell.send_str("\r")?;
        shell.wait_exit()?;
    }
    Ok(())
}

#[test]
fn a_lock_that_another_program_holds_stops_no_key() -> Result<()> {
    let home = home();
    let lock = File::create(home.path().join("bookmarks.toml.lock"))?;
    lock.lock()?;
    let mut explorer = start(terminal(&home))?;
    type_in(&mut explorer, "48\t", &["┌ 480 ", LISTING])?;
    let began = Instant::now();
    type_in(&mut explorer, "b", &["★ bookmarked"])?;
    type_in(&mut explorer, "j", &["┌ 481 ", "not saved"])?;
    type_in(&mut explorer, "b", &["481 bookmarked"])?;
    type_in(&mut explorer, "k", &["┌ 480 ", "not saved"])?;
    assert!(!home.path().join("bookmarks.toml").exists());
    assert!(
        began.elapsed() < Duration::from_secs(9),
        "it waited for the lock"
    );
    lock.unlock()?;
    explorer.wait_until(|screen| screen.contains(LISTING) && !screen.contains("not saved"))?;
    let file = text(home.path());
    assert!(
        file.contains("code = 480") && file.contains("code = 481"),
        "{file}"
    );
    quit(explorer)
}

#[test]
fn quitting_waits_for_no_lock_and_says_what_to_type() -> Result<()> {
    let home = home();
    let lock = File::create(home.path().join("bookmarks.toml.lock"))?;
    lock.lock()?;
    let mut shell = in_shell(&home)?;
    type_in(&mut shell, "b", &["★ bookmarked"])?;
    let began = Instant::now();
    type_in(
        &mut shell,
        "q",
        &["status 1", "sipdex bookmarks add 486", "another program"],
    )?;
    assert!(
        began.elapsed() < Duration::from_secs(8),
        "it waited for the lock"
    );
    shell.send_str("\r")?;
    shell.wait_exit()?;
    Ok(())
}

#[test]
fn what_cannot_be_read_anew_is_said_and_changes_nothing() -> Result<()> {
    let home = home();
    write(home.path(), FILE);
    let mut explorer = start(terminal(&home))?;
    type_in(&mut explorer, "603\tB", &[LISTING, "1 of 75", "★ 603"])?;
    write(home.path(), [0xff, 0xfe, b'\n']);
    let broken = "is broken and stays as it is until something is saved";
    type_in(&mut explorer, "r", &[broken, "★ 603"])?;
    quit(explorer)
}
