//! Reading of what may be long: it says how far it is, and a key can end it.

use std::io::{self, ErrorKind, IsTerminal, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::files::{self, Input};
use crate::ledger::Calling;

/// Nothing is said of what is done sooner.
const SILENT: Duration = Duration::from_secs(1);
const BETWEEN: Duration = Duration::from_millis(200);
const MEBIBYTE: f64 = 1_048_576.0;

/// Whether Ctrl-C was pressed. The first time what was read until then is the end; the second time ends the program.
#[derive(Clone, Default)]
pub(super) struct Stop(Arc<AtomicBool>);

impl Stop {
    #[cfg(unix)]
    pub(super) fn on_interrupt() -> io::Result<Self> {
        use signal_hook::{consts::SIGINT, flag};
        const STATUS: i32 = 128 + SIGINT;
        let stop = Self::default();
        flag::register_conditional_shutdown(SIGINT, STATUS, Arc::clone(&stop.0))?;
        flag::register(SIGINT, Arc::clone(&stop.0))?;
        Ok(stop)
    }

    #[cfg(not(unix))]
    pub(super) fn on_interrupt() -> io::Result<Self> {
        Ok(Self::default())
    }

    pub(super) fn is_wanted(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Reads files that were read before once more, for what is beside a call in them.
pub(super) fn read_beside(calling: &mut Calling, files: &[PathBuf], stop: &Stop) {
    for file in files {
        // What is gone now has nothing to add.
        if let Ok(input) = files::open(file) {
            let input = Watched::new(input, files::length(file), stop.clone());
            _ = calling.read_beside(input, &files::shown(file));
        }
    }
}

/// What is read, watched.
pub(super) struct Watched<R> {
    input: R,
    stop: Stop,
    progress: Option<Progress>,
    /// What may keep its reader waiting: a key has to end that too, whichever thread it reaches.
    live: Option<Input>,
}

impl Watched<Input> {
    /// Watches a file, or what has no length and may wait, such as a pipe.
    pub(super) fn of(input: Input, total: Option<u64>, stop: Stop) -> Self {
        let live = match total {
            Some(_) => None,
            None => input.try_clone().ok(),
        };
        let mut watched = Self::new(input, total, stop);
        watched.live = live;
        watched
    }
}

impl<R: Read> Watched<R> {
    /// Watches an input of so many bytes, where that is known.
    pub(super) fn new(input: R, total: Option<u64>, stop: Stop) -> Self {
        let progress = io::stderr().is_terminal().then(|| Progress::new(total));
        Self {
            input,
            stop,
            progress,
            live: None,
        }
    }
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.stop.is_wanted() || !comes(self.live.as_ref(), &self.stop) {
            return Ok(0);
        }
        let read = match self.input.read(into) {
            Err(error) if error.kind() == ErrorKind::Interrupted && self.stop.is_wanted() => 0,
            read => read?,
        };
        if let Some(progress) = &mut self.progress {
            progress.went_on(read as u64);
        }
        Ok(read)
    }
}

/// Waits until there is something to read, or its end; returns whether that came before a key.
#[cfg(unix)]
fn comes(live: Option<&Input>, stop: &Stop) -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let Some(live) = live else { return true };
    let wait = Timespec::try_from(BETWEEN).ok();
    while let Ok(0) = poll(&mut [PollFd::new(live, PollFlags::IN)], wait.as_ref()) {
        if stop.is_wanted() {
            return false;
        }
    }
    !stop.is_wanted()
}

#[cfg(not(unix))]
fn comes(_: Option<&Input>, _: &Stop) -> bool {
    true
}

impl<R> Drop for Watched<R> {
    fn drop(&mut self) {
        if let Some(progress) = &self.progress {
            progress.end();
        }
    }
}

/// How far reading is, on standard error.
struct Progress {
    total: Option<u64>,
    read: u64,
    began: Instant,
    said: Option<Instant>,
}

impl Progress {
    fn new(total: Option<u64>) -> Self {
        Self {
            total,
            read: 0,
            began: Instant::now(),
            said: None,
        }
    }

    fn went_on(&mut self, bytes: u64) {
        self.read += bytes;
        let now = Instant::now();
        let waits = self.said.is_some_and(|said| now - said < BETWEEN);
        if now - self.began < SILENT || waits {
            return;
        }
        self.said = Some(now);
        let says = says(self.read, self.total, now - self.began);
        // Whoever looks away from it loses nothing.
        _ = write!(io::stderr(), "\r\u{1b}[K{says}");
    }

    fn end(&self) {
        if self.said.is_some() {
            _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}

/// Says how far reading is: "45 %, 90 MiB, 180 MiB/s, 1 s left".
#[expect(clippy::cast_precision_loss, reason = "it is told in whole units")]
fn says(read: u64, total: Option<u64>, time: Duration) -> String {
    let mebibytes = read as f64 / MEBIBYTE;
    let rate = mebibytes / time.as_secs_f64();
    let total = total.filter(|total| *total >= read && read > 0);
    let share = total.map_or(String::new(), |total| format!("{} %, ", read * 100 / total));
    let left = total.map_or(String::new(), |total| {
        let left = time.as_secs_f64() * (total - read) as f64 / read as f64;
        format!(", {left:.0} s left")
    });
    format!("{share}{mebibytes:.0} MiB, {rate:.0} MiB/s{left}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_told_in_words() {
        let time = Duration::from_secs(2);
        let (read, total) = (90 << 20, 200 << 20);
        assert_eq!(
            says(read, Some(total), time),
            "45 %, 90 MiB, 45 MiB/s, 2 s left"
        );
        assert_eq!(says(read, None, time), "90 MiB, 45 MiB/s");
        assert_eq!(says(0, Some(0), time), "0 MiB, 0 MiB/s");
    }

    #[test]
    fn what_is_stopped_ends() {
        let stop = Stop::default();
        let mut input = Watched::new(&b"abc"[..], None, stop.clone());
        let mut one = [0];
        assert_eq!(input.read(&mut one).expect("a byte"), 1);
        stop.0.store(true, Ordering::Relaxed);
        assert_eq!(input.read(&mut one).expect("the end"), 0);
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_that_is_quiet_is_stopped_by_a_key() {
        use std::os::fd::OwnedFd;
        let (reader, writer) = io::pipe().expect("a pipe");
        let stop = Stop::default();
        let file = Input::from(OwnedFd::from(reader));
        let mut input = Watched::of(file, None, stop.clone());
        (&writer).write_all(b"a").expect("a byte");
        let mut one = [0];
        assert_eq!(input.read(&mut one).expect("a byte"), 1);
        let key = std::thread::spawn(move || stop.0.store(true, Ordering::Relaxed));
        assert_eq!(input.read(&mut one).expect("the end"), 0);
        key.join().expect("a key");
    }
}
