//! The real binary in a real terminal, for the tests that start it there.
#![allow(dead_code, reason = "each test needs another part")]

use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use termlens::{Key, Result, Screen, Terminal, TerminalBuilder};

pub(crate) const SIPDEX: &str = env!("CARGO_BIN_EXE_sipdex");
/// How long anything may take on a machine that has more to do.
pub(crate) const LIMIT: Duration = Duration::from_secs(60);
/// The foot of the screen in the modes where a test waits for it, which is drawn last.
pub(crate) const SEARCHING: &str = "type to search";
pub(crate) const LISTING: &str = "Space mark";

pub(crate) fn home() -> TempDir {
    tempfile::tempdir().expect("a fresh directory")
}

/// Returns a terminal whose programs know no user but the one of a fresh directory.
pub(crate) fn terminal(home: &TempDir) -> TerminalBuilder {
    Terminal::builder()
        .size(120, 40)
        .timeout(LIMIT)
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("TERM", "xterm-256color")
        .env("LANG", "C.UTF-8")
        .env("SIPDEX_CONFIG_DIR", home.path())
}

/// Starts the explorer, and waits until it is all there.
pub(crate) fn start(terminal: TerminalBuilder) -> Result<Terminal> {
    let mut terminal = terminal.spawn(SIPDEX)?;
    wait_for(&mut terminal, SEARCHING)?;
    Ok(terminal)
}

pub(crate) fn wait_for(terminal: &mut Terminal, text: &str) -> Result<()> {
    terminal.wait_until(|screen| screen.contains(text))
}

/// Types, and waits for what must be on the screen then.
pub(crate) fn type_in(terminal: &mut Terminal, typed: &str, then: &[&str]) -> Result<()> {
    terminal.send_str(typed)?;
    terminal.wait_until(|screen| then.iter().all(|text| screen.contains(text)))
}

/// Returns the rows of a screen, without the blanks at their ends.
pub(crate) fn rows(screen: &Screen) -> String {
    let rows = (0..screen.rows()).map(|row| screen.row_text(row).trim_end().to_owned());
    rows.collect::<Vec<_>>().join("\n")
}

/// Waits for what no screen shows, such as the bytes of a file.
pub(crate) fn wait_until(what: &str, holds: impl Fn() -> bool) {
    let until = Instant::now() + LIMIT;
    while !holds() {
        assert!(Instant::now() < until, "not yet so: {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

pub(crate) fn quit(mut terminal: Terminal) -> Result<()> {
    terminal.send(Key::Ctrl('c'))?;
    let status = terminal.wait_exit()?;
    assert_eq!(status.code(), Some(0), "{status}");
    Ok(())
}
