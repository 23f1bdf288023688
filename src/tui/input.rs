//! Reads the terminal in a thread of its own: bytes here, what they mean in `decoder` and `keys`.

use std::io;
use std::sync::mpsc::Sender;
use std::thread;

use super::wake::Wake;

#[cfg(unix)]
mod decoder;
#[cfg(unix)]
mod keys;
#[cfg(all(test, unix))]
mod tests;

/// Passes on what the terminal sends, all that came together at once, until it cannot be read any more.
pub(super) fn read(sender: Sender<Wake>) -> io::Result<()> {
    let mut terminal = Terminal::new()?;
    thread::spawn(move || {
        loop {
            let wake = match terminal.events() {
                Ok(events) => Wake::Events(events),
                Err(error) => Wake::Unreadable(error),
            };
            let last = matches!(wake, Wake::Unreadable(_));
            if sender.send(wake).is_err() || last {
                return;
            }
        }
    });
    Ok(())
}

#[cfg(unix)]
mod unix {
    use std::fs::File;
    use std::io::{self, Read};
    use std::time::{Duration, Instant};

    use crossterm::event::Event;
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::io::Errno;

    use super::decoder::Decoder;
    use crate::tui::surroundings::keyboard;

    /// The terminal, and what is half read of it.
    ///
    /// crossterm's own reader waits for ever for the rest of what it does not know, and takes every later
    /// key for it.
    pub(super) struct Terminal {
        file: File,
        decoder: Decoder,
    }

    impl Terminal {
        pub(super) fn new() -> io::Result<Self> {
            Ok(Self {
                file: keyboard()?,
                decoder: Decoder::default(),
            })
        }

        /// Waits for the next events. Only what is half read is waited for with a limit.
        pub(super) fn events(&mut self) -> io::Result<Vec<Event>> {
            let mut bytes = [0; 4096];
            loop {
                if self.is_readable(self.decoder.patience())? {
                    match self.file.read(&mut bytes) {
                        // Nothing at all is what a terminal gives that has hung up.
                        Ok(0) => return Err(Errno::IO.into()),
                        Ok(length) => self.decoder.take(bytes.get(..length).unwrap_or_default()),
                        Err(error) if is_passing(&error) => {}
                        Err(error) => return Err(error),
                    }
                } else {
                    self.decoder.silence();
                }
                let events = self.decoder.events();
                if !events.is_empty() {
                    return Ok(events);
                }
            }
        }

        /// Returns whether there is something to read before the patience ends. Whatever waits when this
        /// thread gets its turn was in time: a busy machine must not tear a key apart.
        fn is_readable(&self, patience: Option<Duration>) -> io::Result<bool> {
            let end = patience.map(|patience| Instant::now() + patience);
            loop {
                let left = end.map(|end| end.saturating_duration_since(Instant::now()));
                let left = left.and_then(|left| Timespec::try_from(left).ok());
                match poll(&mut [PollFd::new(&self.file, PollFlags::IN)], left.as_ref()) {
                    Err(Errno::INTR) => {}
                    ready => return Ok(ready? > 0),
                }
            }
        }
    }

    /// Returns whether an error says no more than that there is nothing to read now.
    fn is_passing(error: &io::Error) -> bool {
        let kinds = [io::ErrorKind::Interrupted, io::ErrorKind::WouldBlock];
        kinds.contains(&error.kind())
    }
}

#[cfg(unix)]
use unix::Terminal;

/// The terminal as crossterm reads it.
#[cfg(not(unix))]
struct Terminal;

#[cfg(not(unix))]
impl Terminal {
    fn new() -> io::Result<Self> {
        Ok(Self)
    }

    fn events(&mut self) -> io::Result<Vec<crossterm::event::Event>> {
        use crossterm::event;

        let mut events = vec![event::read()?];
        while event::poll(std::time::Duration::ZERO)? {
            events.push(event::read()?);
        }
        Ok(events)
    }
}
