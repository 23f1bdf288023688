//! Text for other programs: the terminal's clipboard, tmux's buffer, a browser.

use std::ffi::OsStr;
use std::io::{self, Write};
use std::process::{Command, Stdio};

use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;

/// Sends a text to the terminal, which may or may not take it, and to tmux if we run in it. Returns
/// where it was sent.
pub(super) fn copy(text: &str) -> io::Result<&'static str> {
    execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text))?;
    let in_tmux = std::env::var_os("TMUX").is_some_and(|tmux| !tmux.is_empty());
    if in_tmux && to_tmux(text).is_ok() {
        return Ok("the terminal's clipboard and the tmux buffer");
    }
    Ok("the terminal's clipboard")
}

fn to_tmux(text: &str) -> io::Result<()> {
    let mut tmux = silent("tmux")
        .args(["load-buffer", "-w", "-"])
        .stdin(Stdio::piped())
        .spawn()?;
    if let Some(mut stdin) = tmux.stdin.take() {
        stdin.write_all(text.as_bytes())?;
    }
    let status = tmux.wait()?;
    if status.success() {
        Ok(())
    } else {
        Err(io::Error::other("tmux did not take it"))
    }
}

/// Opens an address with $BROWSER, or as the desktop does it.
pub(super) fn open(url: &str) -> io::Result<()> {
    match std::env::var_os("BROWSER").filter(|browser| !browser.is_empty()) {
        Some(browser) => silent(&browser)
            .arg(url)
            .stdin(Stdio::null())
            .spawn()
            .map(drop),
        None => open::that_detached(url),
    }
}

/// Returns a command that writes nothing over the screen.
fn silent(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}
