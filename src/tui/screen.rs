//! Taking the terminal and giving it back, the same way on every way out.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::{panic, process, thread};

use crossterm::cursor::Show;
use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, DisableMouseCapture, EnableBracketedPaste,
    EnableFocusChange, EnableMouseCapture,
};
use crossterm::style::{ResetColor, force_color_output};
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};

/// Whether the terminal is ours: nothing is drawn while it is not.
static OURS: AtomicBool = AtomicBool::new(false);

/// Takes the terminal.
pub(super) fn enter(with_mouse: bool) -> io::Result<()> {
    // crossterm would answer NO_COLOR by resetting all attributes; the mono theme answers it instead.
    force_color_output(true);
    OURS.store(true, Ordering::SeqCst);
    // crossterm does nothing where it believes the mode to be raw already, which a shell may have
    // changed while we were stopped.
    let entered = disable_raw_mode()
        .and_then(|()| enable_raw_mode())
        .and_then(|()| {
            let mut out = io::stdout();
            queue!(
                out,
                EnterAlternateScreen,
                EnableBracketedPaste,
                EnableFocusChange
            )?;
            if with_mouse {
                queue!(out, EnableMouseCapture)?;
            }
            out.flush()
        });
    if entered.is_err() {
        restore();
    }
    entered
}

/// Gives the terminal back as it was; a second time does nothing.
pub(super) fn restore() {
    if !OURS.swap(false, Ordering::SeqCst) {
        return;
    }
    // A terminal that is gone takes nothing back, and nobody is left to tell.
    drop(execute!(
        io::stdout(),
        DisableMouseCapture,
        DisableFocusChange,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        ResetColor,
        Show
    ));
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
    if on {
        execute!(io::stdout(), EnableMouseCapture)
    } else {
        execute!(io::stdout(), DisableMouseCapture)
    }
}

/// What is drawn, kept until it is complete and then written at once.
#[derive(Debug, Default)]
pub(super) struct Screen {
    drawn: Vec<u8>,
}

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.drawn.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let drawn = std::mem::take(&mut self.drawn);
        if !OURS.load(Ordering::SeqCst) || drawn.is_empty() {
            return Ok(());
        }
        let mut out = io::stdout().lock();
        out.write_all(&drawn)?;
        out.flush()
    }
}
