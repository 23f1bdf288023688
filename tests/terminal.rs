//! The real binary in a real terminal: starts, is used, quits or is killed, gives it back as it was.
#![cfg(unix)]

use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::{io, thread};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};
use tempfile::TempDir;
use termlens::{Key, MouseMode, Result, Screen, Terminal, TerminalBuilder};

#[path = "pty/explorer.rs"]
mod explorer;
#[path = "screens/screen.rs"]
mod inside;
#[path = "terminal/looks.rs"]
mod looks;
#[cfg(target_os = "linux")]
#[path = "pty/raw.rs"]
mod raw;
#[path = "terminal/stopping.rs"]
mod stopping;
#[cfg(target_os = "linux")]
#[path = "terminal/vanishing.rs"]
mod vanishing;
#[path = "terminal/ways_out.rs"]
mod ways_out;

use explorer::{LIMIT, LISTING, SEARCHING, SIPDEX, home, quit, rows, start, terminal, type_in};

/// The foot of the screen, which is drawn last.
const READING: &str = "] next link";
const COMPARING: &str = "x swap";

/// Returns the same without a terminal.
fn without_terminal(home: &TempDir) -> Command {
    let mut sipdex = Command::new(SIPDEX);
    sipdex
        .env_clear()
        .env("TERM", "xterm-256color")
        .env("SIPDEX_CONFIG_DIR", home.path());
    sipdex
}

/// Starts the explorer, and opens a page in it.
fn start_at_486(terminal: TerminalBuilder) -> Result<Terminal> {
    let mut explorer = start(terminal)?;
    type_in(&mut explorer, "busy\r", &["┌ 486 Busy Here", READING])?;
    Ok(explorer)
}

/// Runs a shell script that finds the program in `$0`.
fn run(terminal: TerminalBuilder, script: &str) -> Result<Terminal> {
    terminal.args(["-c", script, SIPDEX]).spawn("/bin/sh")
}

/// Returns whether the terminal is in all the modes of the explorer, or in none of them.
fn has_modes(screen: &Screen, on: bool) -> bool {
    let mouse = screen.mouse_modes();
    screen.alternate_screen() == on
        && screen.bracketed_paste() == on
        && screen.focus_events() == on
        && mouse.contains(MouseMode::PressRelease) == on
        && mouse.len() == usize::from(on)
        && (on || screen.cursor_visible())
}

/// Returns whether a child ends or stops, which no screen tells; leaves it to be waited for.
fn happens_to(pid: Pid, what: WaitIdOptions) -> bool {
    let (sender, happened) = mpsc::channel();
    let what = what | WaitIdOptions::NOWAIT;
    thread::spawn(move || sender.send(waitid(WaitId::Pid(pid), what)).is_ok());
    matches!(happened.recv_timeout(LIMIT), Ok(Ok(Some(_))))
}

fn process(pid: Option<u32>) -> Pid {
    let pid = pid.and_then(|pid| pid.try_into().ok());
    pid.and_then(Pid::from_raw).expect("it has started")
}

fn send(signal: Signal, pid: Pid) -> Result<()> {
    Ok(kill_process(pid, signal).map_err(io::Error::from)?)
}

#[test]
fn a_newcomer_reads_compares_and_keeps_a_code() -> Result<()> {
    let home = home();
    let mut explorer = start(terminal(&home))?;
    type_in(&mut explorer, "busy", &["❯ busy", "┌ 486 Busy Here"])?;
    type_in(&mut explorer, "\r", &[READING, "Description"])?;
    type_in(&mut explorer, " ", &["1 marked"])?;
    type_in(&mut explorer, "600", &["❯ 600", SEARCHING])?;
    type_in(&mut explorer, "\r", &["┌ 600 Busy Everywhere", READING])?;
    type_in(&mut explorer, " ", &["2 marked"])?;
    // Without its foot, that of the page would still be there, and Esc and b would arrive together as Alt-B.
    let compared = ["486 against 600", "In short", COMPARING];
    type_in(&mut explorer, "c", &compared)?;
    type_in(&mut explorer, "\x1b", &[READING])?;
    type_in(&mut explorer, "b", &["600 bookmarked"])?;
    type_in(&mut explorer, "e", &["Note for 600 Busy Everywhere"])?;
    type_in(&mut explorer, "ends all\r", &["note saved"])?;
    explorer.send(Key::Char('q'))?;
    assert_eq!(explorer.wait_exit()?.code(), Some(0));

    let mut explorer = start(terminal(&home))?;
    type_in(&mut explorer, "\t", &[LISTING])?;
    type_in(&mut explorer, "B", &["★ 600 Busy Everywhere", "★ ends all"])?;
    quit(explorer)
}

#[test]
fn a_word_and_enter_in_one_go_search_and_open() -> Result<()> {
    let home = home();
    quit(start_at_486(terminal(&home))?)
}

#[test]
fn keys_that_arrive_together_do_what_they_do_one_by_one() -> Result<()> {
    let size = (120, 20);
    for (names, keys) in [
        ("enter pgdn", "\r\x1b[6~"),
        ("enter G", "\rG"),
        ("enter ]", "\r]"),
        ("tab ? pgdn", "\t?\x1b[6~"),
    ] {
        let one_by_one = inside::Screen::new(size).press("4 8 8").press(names);
        let one_by_one = one_by_one.text();

        let home = home();
        let mut explorer = start(terminal(&home).size(size.0, size.1))?;
        type_in(&mut explorer, "488", &["┌ 488 Not"])?;
        explorer.send_str(keys)?;
        explorer.wait_until(|screen| rows(screen) == one_by_one)?;
        quit(explorer)?;
    }
    Ok(())
}

#[test]
fn without_a_terminal_it_names_the_commands_that_need_none() -> Result<()> {
    let home = home();
    let output = without_terminal(&home).stdin(Stdio::null()).output()?;
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert!(message.contains("sipdex show 486"), "{message}");
    assert_eq!(output.stdout, b"");

    for without in ["</dev/null", ">/dev/null", "TERM=dumb"] {
        let script = format!(r#"{without} "$0"; echo "status $?"; read -r enter"#);
        let mut shell = run(terminal(&home), &script)?;
        type_in(&mut shell, "", &["sipdex show 486", "status 2"])?;
        shell.send(Key::Enter)?;
        shell.wait_exit()?;
    }
    Ok(())
}

#[test]
fn a_copied_code_goes_to_the_clipboard_of_the_terminal() -> Result<()> {
    let home = home();
    let mut explorer = start_at_486(terminal(&home))?;
    type_in(&mut explorer, "y", &["sent to the terminal"])?;
    let screen = explorer.screen();
    let copied = screen.clipboard().and_then(|clipboard| clipboard.text());
    assert_eq!(copied, Some("486 Busy Here"));
    quit(explorer)
}

#[test]
fn m_gives_the_mouse_to_the_terminal_and_takes_it_back() -> Result<()> {
    let home = home();
    let mut explorer = start_at_486(terminal(&home))?;
    let clicks = |screen: &Screen| screen.mouse_modes().contains(MouseMode::PressRelease);
    assert!(clicks(&explorer.screen()));
    type_in(&mut explorer, "m", &["mouse off"])?;
    assert!(explorer.screen().mouse_modes().is_empty());
    type_in(&mut explorer, "m", &["mouse on"])?;
    assert!(has_modes(&explorer.screen(), true));
    quit(explorer)
}
