//! What is drawn, on terminals of all kinds: the real binary, and every byte that it writes.
#![cfg(target_os = "linux")]

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::process::Command;

use rustix::io::ioctl_fionbio;
use rustix::process::{Pid, Signal, kill_process};
use rustix::pty::OpenptFlags;
use tempfile::TempDir;
use termlens::{Key, Result, Terminal};

#[path = "pty/explorer.rs"]
mod explorer;
#[path = "pty/raw.rs"]
mod raw;
use explorer::{LISTING, SEARCHING, SIPDEX, home, quit, start, terminal, type_in, wait_for};

const ALTERNATE: [&str; 2] = ["\x1b[?1049h", "\x1b[?1049l"];
/// What it writes last when it gives the terminal back.
const LAST: &str = "\x1b[?25h";

/// Starts the explorer where every byte is seen.
fn start_raw(home: &TempDir, term: &str) -> io::Result<(File, std::process::Child)> {
    raw::start(&mut sipdex(home, term), 120, 40)
}

fn sipdex(home: &TempDir, term: &str) -> Command {
    let mut sipdex = Command::new(SIPDEX);
    sipdex
        .env_clear()
        .env("TERM", term)
        .env("LANG", "C.UTF-8")
        .env("SIPDEX_CONFIG_DIR", home.path());
    sipdex
}

/// Writes on the terminal of the explorer as another process does.
fn scribble(explorer: &Terminal, text: &str) -> io::Result<()> {
    let pid = explorer.pid().expect("it has started");
    let mut terminal = File::options()
        .write(true)
        .custom_flags(OpenptFlags::NOCTTY.bits().cast_signed())
        .open(format!("/proc/{pid}/fd/1"))?;
    terminal.write_all(text.as_bytes())
}

#[test]
fn without_an_alternate_screen_no_old_text_shines_through() -> Result<()> {
    let home = home();
    let mut wanted = start(terminal(&home))?;
    let wanted_screen = wanted.snapshot_after(|screen| screen.contains(SEARCHING))?;
    quit(wanted)?;

    let (mut terminal_of_bytes, mut child) = start_raw(&home, "xterm-256color")?;
    let painted = raw::read_until(&mut terminal_of_bytes, "\x1b[1;11H")?;
    terminal_of_bytes.write_all(b"\x03")?;
    let left = raw::read_until(&mut terminal_of_bytes, LAST)?;
    assert_eq!(child.wait()?.code(), Some(0));

    for (name, bytes) in [("painted", painted), ("left", left)] {
        let mut text = String::from_utf8_lossy(&bytes).into_owned();
        for mode in ALTERNATE {
            text = text.replace(mode, "");
        }
        fs::write(home.path().join(name), text)?;
    }
    let script = r#"
        seq 2000 | xargs -n 20 echo older text
        cat "$SIPDEX_CONFIG_DIR/painted"; read -r enter
        cat "$SIPDEX_CONFIG_DIR/left"; printf 'prompt$ '; read -r enter
    "#;
    let mut shell = terminal(&home).args(["-c", script]).spawn("/bin/sh")?;
    shell.wait_until(|screen| screen.text() == wanted_screen.text())?;
    shell.send(Key::Enter)?;
    wait_for(&mut shell, "prompt$")?;
    let after = shell.screen();
    assert_eq!(after.text().trim(), "prompt$", "{after}");
    assert_eq!(after.find("prompt$"), Some((0, 0)));
    shell.send(Key::Enter)?;
    shell.wait_exit().map(drop)
}

#[test]
fn control_l_paints_anew_in_every_mode() -> Result<()> {
    let home = home();
    let mut explorer = start(terminal(&home))?;
    for (keys, then) in [
        ("busy", SEARCHING),
        ("\t", LISTING),
        ("\r", "] next link"),
        ("c", "x swap"),
        ("/", "Code for column 1"),
        ("\x1b", "x swap"),
        ("?", "Esc close"),
        ("\x1b", "x swap"),
        ("\x1b", "] next link"),
        ("b", "486 bookmarked"),
        ("e", "Note for"),
    ] {
        type_in(&mut explorer, keys, &[then])?;
        let before = explorer.snapshot_after(|screen| screen.contains(then))?;
        scribble(&explorer, "\x1b[20;20Hwritten by another")?;
        wait_for(&mut explorer, "written by another")?;
        explorer.send_str("\x0c")?;
        explorer.wait_until(|screen| screen.text() == before.text())?;
    }
    // From the note, which keeps Ctrl-C to itself.
    type_in(&mut explorer, "\x1b", &["] next link"])?;
    quit(explorer)
}

#[test]
fn keys_typed_with_control_l_are_not_lost() -> Result<()> {
    let home = home();
    let mut explorer = start(terminal(&home))?;
    type_in(
        &mut explorer,
        "\x0cbusy\r",
        &["┌ 486 Busy Here", "] next link"],
    )?;
    quit(explorer)
}

#[test]
fn another_terminal_of_the_same_size_is_painted_and_set_up() -> Result<()> {
    let home = home();
    let mut explorer = start(terminal(&home))?;
    let before = explorer.snapshot_after(|screen| screen.contains(SEARCHING))?;
    // As after dtach: a fresh terminal, of which only the size is told.
    scribble(
        &explorer,
        "\x1b[?1049l\x1b[?2004l\x1b[?1004l\x1b[?1000l\x1b[?1006l\x1b[2J",
    )?;
    explorer.wait_until(|screen| !screen.contains(SEARCHING))?;
    let pid = explorer.pid().and_then(|pid| pid.try_into().ok());
    let pid = pid.and_then(Pid::from_raw).expect("it has started");
    kill_process(pid, Signal::WINCH).map_err(io::Error::from)?;
    explorer.wait_until(|screen| {
        screen.text() == before.text()
            && screen.alternate_screen()
            && screen.bracketed_paste()
            && screen.focus_events()
            && !screen.mouse_modes().is_empty()
    })?;
    quit(explorer)
}

#[test]
fn a_terminal_that_tells_no_size_is_taken_as_the_usual_one() -> Result<()> {
    for (columns, rows, environment) in [(80, 24, ""), (60, 15, "COLUMNS=60 LINES=15")] {
        let home = home();
        let mut told = start(terminal(&home).size(columns, rows))?;
        let wanted = told.snapshot_after(|screen| screen.contains(SEARCHING))?;
        quit(told)?;

        let script = format!(r#"stty rows 0 cols 0; {environment} exec "$0""#);
        let untold = terminal(&home).size(columns, rows);
        let mut untold = untold.args(["-c", &script, SIPDEX]).spawn("/bin/sh")?;
        untold.wait_until(|screen| screen.text() == wanted.text())?;
        quit(untold)?;
    }
    Ok(())
}

#[test]
fn a_terminal_that_tells_a_size_that_none_has_is_drawn_on_all_the_same() -> io::Result<()> {
    let home = home();
    let mut sipdex = sipdex(&home, "xterm-256color");
    let (mut terminal, mut child) = raw::start(&mut sipdex, u16::MAX, u16::MAX)?;
    raw::read_until(&mut terminal, SEARCHING)?;
    terminal.write_all(b"\x03")?;
    raw::read_until(&mut terminal, LAST)?;
    assert_eq!(child.wait()?.code(), Some(0));
    Ok(())
}

#[test]
fn a_terminal_that_never_waits_gets_all_that_is_drawn() -> io::Result<()> {
    let home = home();
    // More than it takes in before somebody reads it.
    let (mut terminal, inside) = raw::open(400, 400)?;
    ioctl_fionbio(&inside, true)?;
    let mut child = raw::start_inside(&mut sipdex(&home, "xterm-256color"), inside)?;
    raw::read_until(&mut terminal, SEARCHING)?;
    terminal.write_all(b"\x03")?;
    raw::read_until(&mut terminal, LAST)?;
    assert_eq!(child.wait()?.code(), Some(0));
    Ok(())
}

#[test]
fn plain_text_on_a_terminal_that_tells_no_size_is_as_wide_as_columns_says() -> Result<()> {
    let of_60 = "  The call reached the callee's phone, and the phone cannot";
    let of_80 = format!("{of_60} or will not take");
    for (environment, first) in [("", &*of_80), ("COLUMNS=60", of_60)] {
        let home = home();
        let script = format!(r#"stty cols 0; {environment} "$0" show 486; read -r enter"#);
        let shell = terminal(&home).size(120, 900);
        let mut shell = shell.args(["-c", &script, SIPDEX]).spawn("/bin/sh")?;
        wait_for(&mut shell, "Description")?;
        shell.send(Key::Enter)?;
        shell.wait_exit()?;
        let screen = shell.screen();
        let (row, _) = screen.find(of_60).expect("it is shown");
        assert_eq!(screen.row_text(row).trim_end(), first, "{environment}");
    }
    Ok(())
}

/// Returns the numbers of all styles that bytes set.
fn style_numbers(bytes: &[u8]) -> BTreeSet<u16> {
    let text = String::from_utf8_lossy(bytes);
    let sequences = text.split("\x1b[").skip(1).filter_map(|rest| {
        let end = rest.find(|letter: char| letter.is_ascii_alphabetic())?;
        (rest[end..].starts_with('m')).then_some(&rest[..end])
    });
    sequences
        .flat_map(|numbers| numbers.split(';'))
        .map(|number| number.parse().expect("a number"))
        .collect()
}

fn is_colour(number: u16) -> bool {
    matches!(number, 30..=37 | 40..=47 | 90..=97 | 100..=107)
}

/// Returns the numbers of the styles on all that one sees while the themes are turned through.
fn numbers_of_styles(home: &TempDir, term: &str, themes: usize) -> io::Result<BTreeSet<u16>> {
    let (mut terminal, mut child) = start_raw(home, term)?;
    let mut bytes = raw::read_until(&mut terminal, "\x1b[1;11H")?;
    terminal.write_all(b"busy\r")?;
    bytes.extend(raw::read_until(&mut terminal, "next link")?);
    for _ in 0..themes {
        terminal.write_all(b"t")?;
        bytes.extend(raw::read_until(&mut terminal, "theme ")?);
    }
    terminal.write_all(b"\x03")?;
    bytes.extend(raw::read_until(&mut terminal, LAST)?);
    assert_eq!(child.wait()?.code(), Some(0));
    Ok(style_numbers(&bytes))
}

#[test]
fn colours_are_those_of_every_terminal() -> io::Result<()> {
    let attributes = [0, 1, 2, 3, 4, 7];
    let known = |number: &u16| attributes.contains(number) || is_colour(*number);
    for (term, themes) in [
        ("xterm-256color", sipdex::theme::THEMES.len()),
        ("xterm-16color", 0),
        ("linux", 0),
        ("ansi", 0),
        ("screen", 0),
    ] {
        let numbers = numbers_of_styles(&home(), term, themes)?;
        assert!(numbers.iter().all(known), "{term}: {numbers:?}");
        assert!(numbers.iter().any(|number| is_colour(*number)), "{term}");
    }
    Ok(())
}

#[test]
fn a_terminal_without_colours_gets_them_only_on_request() -> io::Result<()> {
    for term in ["vt100", "vt220", "xterm-mono"] {
        let home = home();
        let coloured = |numbers: BTreeSet<u16>| numbers.into_iter().any(is_colour);
        assert!(!coloured(numbers_of_styles(&home, term, 0)?), "{term}");
        fs::write(home.path().join("config.toml"), "theme = \"dark\"\n")?;
        assert!(coloured(numbers_of_styles(&home, term, 0)?), "{term}");
    }
    Ok(())
}
