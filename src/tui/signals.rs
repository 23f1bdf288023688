//! Signals, and a terminal that vanishes without one.

use std::io;
use std::sync::mpsc::Sender;

use super::wake::Wake;

/// What a signal asks for.
pub(super) enum Meaning {
    Stop,
    Continue,
    /// The terminal has another size, or shows what it is told anew.
    Resize,
    End(u8),
}

#[cfg(unix)]
mod unix {
    use std::time::Duration;
    use std::{process, thread};

    use nix::unistd::{getpgrp, getppid, getsid};
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::process::{Signal, getpid, kill_current_process_group, kill_process};
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
    use signal_hook::iterator::Signals;

    use super::{Meaning, Sender, Wake, io};
    use crate::tui::surroundings::keyboard;

    /// How long the loop may take to end when it should.
    const PATIENCE: Duration = Duration::from_millis(500);

    /// Passes signals on, and the news that the terminal is gone.
    pub(in super::super) fn watch(sender: &Sender<Wake>) -> io::Result<()> {
        let mut signals =
            Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
        let of_signals = sender.clone();
        thread::spawn(move || {
            for signal in signals.forever() {
                let told = of_signals.send(Wake::Signal(signal)).is_ok();
                if let Meaning::End(_) = meaning(signal) {
                    end_anyway(signal);
                }
                if !told {
                    return;
                }
            }
        });
        let of_terminal = sender.clone();
        let terminal = keyboard()?;
        thread::spawn(move || {
            // Asked for nothing, poll still tells that the other side hung up.
            let mut watched = [PollFd::new(&terminal, PollFlags::empty())];
            while let Ok(0) | Err(rustix::io::Errno::INTR) = poll(&mut watched, None) {}
            drop(of_terminal.send(Wake::Gone));
            end_anyway(SIGHUP);
        });
        Ok(())
    }

    /// Ends the process if the loop does not, since it waits for a terminal that takes nothing.
    fn end_anyway(signal: i32) -> ! {
        thread::sleep(PATIENCE);
        // This one setting can be given back without writing to the terminal.
        drop(crossterm::terminal::disable_raw_mode());
        process::exit(128 + signal);
    }

    /// Returns whether an error means that the terminal is gone; where the error itself does not say so, the
    /// terminal does.
    pub(in super::super) fn is_hangup(error: &io::Error) -> bool {
        error.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error()) || is_gone()
    }

    fn is_gone() -> bool {
        let Ok(terminal) = keyboard() else {
            return true;
        };
        let mut asked = [PollFd::new(&terminal, PollFlags::empty())];
        poll(&mut asked, Some(&Timespec::default())).is_ok_and(|answers| answers > 0)
    }

    pub(in super::super) fn meaning(signal: i32) -> Meaning {
        match signal {
            SIGTSTP => Meaning::Stop,
            SIGCONT => Meaning::Continue,
            SIGWINCH => Meaning::Resize,
            other => Meaning::End(u8::try_from(other).unwrap_or_default()),
        }
    }

    /// Returns whether somebody could continue us: a shell with job control, which is of our session and put
    /// us into a process group of our own. A signal that stops a whole terminal is ignored elsewhere. What
    /// stands outside of a container has the number 0, which the process numbers of `rustix` cannot be.
    pub(in super::super) fn can_be_continued() -> bool {
        let parent = getppid();
        let Ok(session) = getsid(None) else {
            return false;
        };
        parent.as_raw() != 0 && getsid(Some(parent)) == Ok(session) && getpgrp() != session
    }

    /// Stops the process until it is continued; with its group, if the user asks for it, so that what runs
    /// it stops too and the shell is heard again.
    pub(in super::super) fn stop(with_group: bool) -> io::Result<()> {
        if with_group {
            kill_current_process_group(Signal::STOP)?;
        } else {
            kill_process(getpid(), Signal::STOP)?;
        }
        Ok(())
    }
}

#[cfg(unix)]
pub(super) use unix::{can_be_continued, is_hangup, meaning, stop, watch};

#[cfg(not(unix))]
pub(super) fn watch(_: &Sender<Wake>) -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn is_hangup(_: &io::Error) -> bool {
    false
}

#[cfg(not(unix))]
pub(super) fn meaning(_: i32) -> Meaning {
    Meaning::Continue
}

#[cfg(not(unix))]
pub(super) fn can_be_continued() -> bool {
    false
}

#[cfg(not(unix))]
pub(super) fn stop(_: bool) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
