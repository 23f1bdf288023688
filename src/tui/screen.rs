//! Taking the terminal and giving it back, the same way on every way out.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::{fmt, panic, process, thread};

use crossterm::cursor::{MoveTo, Show};
use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, DisableMouseCapture, EnableBracketedPaste,
    EnableFocusChange,
};
use crossterm::style::ResetColor;
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{Command, queue};

/// Whether the terminal is ours: nothing is drawn while it is not.
static OURS: AtomicBool = AtomicBool::new(false);
/// Whether something was drawn, so that there is something to clear.
static DRAWN: AtomicBool = AtomicBool::new(false);

/// Asks for presses and the wheel: crossterm's own command asks for every motion as well.
struct EnablePresses;

impl Command for EnablePresses {
    fn write_ansi(&self, out: &mut impl fmt::Write) -> fmt::Result {
        out.write_str("\x1b[?1000h\x1b[?1006h")
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> io::Result<()> {
        crossterm::event::EnableMouseCapture.execute_winapi()
    }

    #[cfg(windows)]
    fn is_ansi_code_supported(&self) -> bool {
        crossterm::event::EnableMouseCapture.is_ansi_code_supported()
    }
}

/// Takes the terminal; what is drawn first sets its modes.
pub(super) fn enter() -> io::Result<()> {
    OURS.store(true, Ordering::SeqCst);
    // crossterm does nothing where it believes the mode to be raw already, which a shell may have
    // changed while we were stopped.
    let entered = disable_raw_mode().and_then(|()| enable_raw_mode());
    if entered.is_err() {
        restore();
    }
    entered
}

/// Returns what sets the modes that `restore` takes back.
pub(super) fn modes(with_mouse: bool) -> io::Result<Vec<u8>> {
    let mut modes = Vec::new();
    queue!(
        modes,
        EnterAlternateScreen,
        EnableBracketedPaste,
        EnableFocusChange
    )?;
    if with_mouse {
        queue!(modes, EnablePresses)?;
    }
    Ok(modes)
}

/// Gives the terminal back as it was; a second time does nothing.
pub(super) fn restore() {
    if !OURS.swap(false, Ordering::SeqCst) {
        return;
    }
    if DRAWN.swap(false, Ordering::SeqCst) {
        // What is cleared is ours also where there is no alternate screen. A terminal that is gone takes
        // nothing back, and nobody is left to tell.
        let mut modes = Vec::new();
        drop(queue!(
            modes,
            DisableMouseCapture,
            DisableFocusChange,
            DisableBracketedPaste,
            ResetColor,
            MoveTo(0, 0),
            Clear(ClearType::FromCursorDown),
            LeaveAlternateScreen,
            Show
        ));
        drop(write(&modes));
    }
    drop(disable_raw_mode());
}

/// Gives the terminal back before a panic is reported, whichever thread it is in.
pub(super) fn restore_on_panic() {
    let report = panic::take_hook();
    let main = thread::current().id();
    panic::set_hook(Box::new(move |info| {
        restore();
        report(info);
        if thread::current().id() != main {
            process::exit(101);
        }
    }));
}

pub(super) fn mouse(on: bool) -> io::Result<()> {
    let mut modes = Vec::new();
    if on {
        queue!(modes, EnablePresses)?;
    } else {
        queue!(modes, DisableMouseCapture)?;
    }
    send(&modes)
}

/// Returns whether the terminal is ours: not while the process is stopped, nor until it takes it again.
pub(super) fn is_ours() -> bool {
    OURS.load(Ordering::SeqCst)
}

/// Sends bytes to the terminal, as long as it is ours.
pub(super) fn send(bytes: &[u8]) -> io::Result<()> {
    if bytes.is_empty() || !is_ours() {
        return Ok(());
    }
    DRAWN.store(true, Ordering::SeqCst);
    write(bytes)
}

/// Writes all of it, also where another program has made the terminal one that never waits.
fn write(mut bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    while !bytes.is_empty() {
        let written = until_it_takes_more(|| out.write(bytes))?;
        if written == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        bytes = bytes.get(written..).unwrap_or_default();
    }
    until_it_takes_more(|| out.flush())
}

/// Tries again when the terminal has taken what it was sent before.
fn until_it_takes_more<T>(mut attempt: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match attempt() {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => wait_until_writable()?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            done => return done,
        }
    }
}

#[cfg(unix)]
fn wait_until_writable() -> io::Result<()> {
    use rustix::event::{PollFd, PollFlags, poll};

    match poll(&mut [PollFd::new(&io::stdout(), PollFlags::OUT)], None) {
        Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(unix))]
fn wait_until_writable() -> io::Result<()> {
    Err(io::ErrorKind::WouldBlock.into())
}
