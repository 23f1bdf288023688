//! What comes while one looks at it: a pipe, and a file that others go on writing. What has come is read as soon as no more
//! comes for a moment, and nothing is asked until then.

use std::fs::File;
use std::io::{self, PipeReader, Read};
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use memchr::memchr_iter;
use rustix::event::{PollFd, PollFlags, Timespec, poll};

#[cfg(target_os = "linux")]
use crate::files::{Following, Turn};
use crate::trace;

/// Who writes a message writes all of it within so long.
const PAUSE: Duration = Duration::from_millis(60);
/// So much is read at once, and without a pause so much is enough.
const PIECE: usize = 256 * 1024;
const ENOUGH: usize = 4 * 1024 * 1024;

/// What comes.
pub(super) enum Live {
    Pipe(File),
    #[cfg(target_os = "linux")]
    File(Following),
}

/// What has come.
pub(super) enum Come<'a> {
    /// Whole messages, and how many lines stand before them in all.
    Text(&'a [u8], u64),
    /// It is another file now, or begins anew.
    #[cfg(target_os = "linux")]
    Turned(Turn),
}

enum Waited {
    Ready,
    Quiet,
    Stopped,
}

fn wait(own: BorrowedFd<'_>, stop: &PipeReader, patience: Option<Duration>) -> io::Result<Waited> {
    let patience = patience.and_then(|patience| Timespec::try_from(patience).ok());
    let mut asked = [
        PollFd::new(&own, PollFlags::IN),
        PollFd::new(stop, PollFlags::IN),
    ];
    loop {
        match poll(&mut asked, patience.as_ref()) {
            Ok(0) => return Ok(Waited::Quiet),
            Ok(_) if !asked[1].revents().is_empty() => return Ok(Waited::Stopped),
            Ok(_) => return Ok(Waited::Ready),
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

impl Live {
    fn waits(&self) -> BorrowedFd<'_> {
        match self {
            Self::Pipe(pipe) => pipe.as_fd(),
            #[cfg(target_os = "linux")]
            Self::File(file) => file.told(),
        }
    }

    /// Hands over what comes, whole messages at a time, until its end or until somebody stops it. `lines` of it stand
    /// before what comes; `first` has come already.
    pub(super) fn read(
        mut self,
        stop: &PipeReader,
        first: Vec<u8>,
        lines: u64,
        mut take: impl FnMut(Come<'_>),
    ) -> io::Result<()> {
        let mut come = Coming { text: first, lines };
        // What came before anybody waited for it is told by nobody.
        let mut waits = matches!(self, Self::Pipe(_));
        loop {
            let patience = (!come.text.is_empty()).then_some(PAUSE);
            let waited = if waits {
                wait(self.waits(), stop, patience)?
            } else {
                Waited::Ready
            };
            waits = true;
            match waited {
                Waited::Stopped => return Ok(()),
                Waited::Quiet => {
                    come.pass(come.text.len(), &mut take);
                    continue;
                }
                Waited::Ready => {}
            }
            #[cfg(target_os = "linux")]
            if let Self::File(file) = &mut self {
                let turn = file.turn()?;
                if turn != Turn::On {
                    come.pass(come.text.len(), &mut take);
                    come.lines = 0;
                    take(Come::Turned(turn));
                }
            }
            let is_ended = self.take(&mut come.text)?;
            if is_ended && matches!(self, Self::Pipe(_)) {
                come.pass(come.text.len(), &mut take);
                return Ok(());
            }
            // A file may have more, of which nobody tells again.
            waits = is_ended || matches!(self, Self::Pipe(_));
            if come.text.len() >= ENOUGH {
                come.pass(whole(&come.text), &mut take);
            }
        }
    }

    /// Takes a piece of what is there; returns whether that is the end, for now or for good.
    fn take(&mut self, text: &mut Vec<u8>) -> io::Result<bool> {
        let before = text.len();
        text.resize(before + PIECE, 0);
        let read = match self {
            Self::Pipe(pipe) => pipe.read(&mut text[before..]),
            #[cfg(target_os = "linux")]
            Self::File(file) => file.read(&mut text[before..]),
        };
        text.truncate(before + read.as_ref().map_or(0, |read| *read));
        Ok(read? == 0)
    }
}

/// A pipe that tells when no more comes for a moment.
pub(super) struct Pausing {
    pub(super) pipe: File,
    pub(super) stop: PipeReader,
    /// Whether something came since that was told last.
    pub(super) has_come: bool,
    /// Set where it is told.
    pub(super) is_quiet: Arc<AtomicBool>,
}

impl Read for Pausing {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let patience = self.has_come.then_some(PAUSE);
        match wait(self.pipe.as_fd(), &self.stop, patience)? {
            Waited::Stopped => Ok(0),
            Waited::Quiet => {
                self.has_come = false;
                self.is_quiet.store(true, Ordering::Relaxed);
                Err(trace::pause())
            }
            Waited::Ready => {
                self.has_come = true;
                self.pipe.read(into)
            }
        }
    }
}

/// What has come and was not handed over, and how many lines stand before it.
struct Coming {
    text: Vec<u8>,
    lines: u64,
}

impl Coming {
    /// Hands over so much of it.
    fn pass(&mut self, end: usize, take: &mut dyn FnMut(Come<'_>)) {
        let text = &self.text[..end];
        if !text.is_empty() {
            take(Come::Text(text, self.lines));
            self.lines += memchr_iter(b'\n', text).count() as u64;
            self.text.drain(..end);
        }
    }
}

/// Returns how much of a text holds whole messages.
fn whole(text: &[u8]) -> usize {
    let from = text.len() - text.len().min(PIECE);
    let messages = trace::messages(&text[from..]);
    let ends: Vec<u64> = messages.map(|message| message.place.end).collect();
    // The last may go on.
    let end = ends.iter().rev().nth(1).copied();
    let end = end.and_then(|end| usize::try_from(end).ok());
    end.map_or(text.len(), |end| from + end)
}
