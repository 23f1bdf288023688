//! The thread that reads a trace: its files one after another, and what goes on at their end.

use std::io::{self, PipeReader, PipeWriter, Read};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use memchr::memchr_iter;

use super::again::Rereading;
use super::live::{Come, Live, Pausing};
use crate::app::News;
use crate::app::trace::{Counted, Progress};
use crate::files::{self, Input, Spool};
use crate::ledger::{self, Ledger, Reader, Wants};
use crate::trace::Scan;
use crate::tui::wake::Wake;

/// What is read is shown no more often.
const BETWEEN: Duration = Duration::from_millis(200);
/// So much of a pipe tells whether it is a text.
const FIRST: usize = 64;
pub(super) const STDIN: &str = "-";

/// Whether reading is to end, for who reads and for who waits for more.
#[derive(Clone, Debug, Default)]
pub(super) struct Stop {
    is_wanted: Arc<AtomicBool>,
    /// Whether all files were read to their ends.
    is_read: Arc<AtomicBool>,
    /// Closed to wake who waits.
    waiter: Arc<Mutex<Option<PipeWriter>>>,
}

impl Stop {
    pub(super) fn now(&self) {
        self.is_wanted.store(true, Ordering::Relaxed);
        *self.waiter.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    pub(super) fn is_read(&self) -> bool {
        self.is_read.load(Ordering::Relaxed)
    }

    pub(super) fn is_wanted(&self) -> bool {
        self.is_wanted.load(Ordering::Relaxed)
    }

    /// Returns what can be read, or has ended, once reading is to end.
    fn waiter(&self) -> io::Result<PipeReader> {
        let (reader, writer) = io::pipe()?;
        if !self.is_wanted() {
            *self.waiter.lock().unwrap_or_else(PoisonError::into_inner) = Some(writer);
        }
        Ok(reader)
    }
}

/// How far others come before reading: 0 is nobody, and 19 everybody.
#[cfg(target_os = "linux")]
const GIVES_WAY: i32 = 10;

/// What is to be read, and where it goes.
pub(super) struct Reading {
    pub(super) own: Rereading,
    /// Whether one waits at the end of the last file for more.
    pub(super) follows: bool,
    /// How many bytes were read of all files, and lines of the last.
    pub(super) read: Arc<AtomicU64>,
    pub(super) lines: Arc<AtomicU64>,
}

impl Reading {
    pub(super) fn all(self) {
        // Keys come first: there only this thread gives way, and those that it begins.
        #[cfg(target_os = "linux")]
        {
            _ = rustix::process::nice(GIVES_WAY);
        }
        let files = &self.own.files;
        let total: Option<u64> = files.iter().map(|file| files::length(file)).sum();
        let mut remarks = Vec::new();
        for (at, file) in files.iter().enumerate() {
            self.entered(|book| book.begin(at));
            let said = self.file(file, total, &remarks);
            remarks.extend(said.unwrap_or_else(|error| vec![error]));
        }
        self.own.stop.is_read.store(true, Ordering::Relaxed);
        self.tell(self.ended(), &remarks);
        let looking = self.own.clone();
        thread::spawn(move || looking.look());
        if self.follows
            && let Some(last) = files.last()
        {
            if let Err(error) = self.follow(last, &mut remarks) {
                remarks.push(format!("could not follow {}: {error}", name(last)));
            }
            self.tell(self.ended(), &remarks);
        }
    }

    fn ended(&self) -> Progress {
        if self.own.stop.is_wanted() {
            Progress::Stopped(self.read.load(Ordering::Relaxed))
        } else {
            Progress::Read
        }
    }

    fn tell(&self, progress: Progress, remarks: &[String]) {
        let book = self.own.book.read();
        let counted = Counted::of(&book.unwrap_or_else(PoisonError::into_inner));
        self.send(News::Grown(progress, remarks.to_vec(), counted.into()));
    }

    fn send(&self, news: News) {
        // Where nobody looks at it any more the process ends.
        drop(self.own.sender.send(Wake::News(news)));
    }

    /// Reads a file, and returns what is to be said of it, or why it cannot be read.
    fn file(
        &self,
        file: &Path,
        total: Option<u64>,
        remarks: &[String],
    ) -> std::result::Result<Vec<String>, String> {
        let name = name(file);
        self.lines.store(0, Ordering::Relaxed);
        let mut input = files::open(file).map_err(|error| format!("{error:#}"))?;
        let unread = |error: io::Error| format!("could not read {name}: {error}");
        let mut first = Vec::new();
        let is_quiet = Arc::new(AtomicBool::default());
        let is_pipe = file == Path::new(STDIN);
        let mut input: Box<dyn Read + Send> = if is_pipe {
            first = beginning(&mut input).map_err(unread)?;
            if !is_packed(&first) {
                let scan = self.live(Live::Pipe(input), (first, 0, 0), &name, remarks);
                return Ok(self.end(&name, &scan.map_err(unread)?));
            }
            Box::new(Pausing {
                pipe: input,
                stop: self.own.stop.waiter().map_err(unread)?,
                has_come: true,
                is_quiet: Arc::clone(&is_quiet),
            })
        } else {
            Box::new(input)
        };
        if !first.is_empty() {
            input = Box::new(io::Cursor::new(first).chain(input));
        }
        let watched = Watched {
            input,
            stop: self.own.stop.clone(),
            read: Arc::clone(&self.read),
            lines: self.follows.then(|| Arc::clone(&self.lines)),
            spool: is_pipe.then(|| self.own.spool.clone()),
        };
        let (mut last, mut told) = (Instant::now(), 0);
        let grew = || {
            let is_quiet = is_quiet.swap(false, Ordering::Relaxed);
            let messages = self.entered(|book| book.messages());
            if last.elapsed() >= BETWEEN || is_quiet && messages > told {
                (last, told) = (Instant::now(), messages);
                let read = self.read.load(Ordering::Relaxed);
                self.tell(Progress::Reading(read, total), remarks);
            }
        };
        let scan = self.scan(watched, &name, 0, grew).map_err(unread)?;
        Ok(self.end(&name, &scan))
    }

    /// Reads an input into the book; so many lines of its file stand before it.
    fn scan(
        &self,
        input: impl Read + Send,
        name: &str,
        lines: u64,
        mut grew: impl FnMut() + Send,
    ) -> io::Result<Scan> {
        let wants = Wants {
            attempts: true,
            places: true,
            ..Wants::default()
        };
        let room = self.entered(|book| book.shared());
        let reader = Reader {
            wants: &wants,
            shared: &room,
            lines,
        };
        let shared: Arc<str> = name.into();
        ledger::scan(input, true, &reader, |told| {
            self.entered(|book| book.take(told, &shared, |_| true));
            grew();
        })
    }

    /// Reads what comes until its end; so many bytes and lines of its file stand before what has come first, and that.
    fn live(
        &self,
        live: Live,
        (first, mut base, lines): (Vec<u8>, u64, u64),
        name: &str,
        remarks: &[String],
    ) -> io::Result<Scan> {
        let stop = self.own.stop.waiter()?;
        let mut all = Scan::default();
        let (mut failed, mut remarks) = (None, remarks.to_vec());
        let is_pipe = matches!(live, Live::Pipe(_));
        live.read(&stop, first, lines, |come| match come {
            Come::Text(text, lines) => {
                let read = self.read.fetch_add(text.len() as u64, Ordering::Relaxed);
                if self.own.stop.is_wanted() {
                    return;
                }
                if is_pipe {
                    self.own.spool.keep(text);
                }
                self.entered(|book| book.go_on(base));
                base += text.len() as u64;
                match self.scan(text, name, lines, || {}) {
                    Ok(scan) => add(&mut all, &scan),
                    Err(error) => failed = Some(error),
                }
                let progress = if is_pipe {
                    Progress::Reading(read + text.len() as u64, None)
                } else {
                    Progress::Following
                };
                self.tell(progress, &remarks);
            }
            #[cfg(target_os = "linux")]
            Come::Turned(turn) => {
                base = 0;
                self.entered(Ledger::turn);
                remarks.push(match turn {
                    files::Turn::Cut => {
                        format!("{name} was cut, and is read from its beginning on")
                    }
                    _ => format!("{name} is another file now, which is read from its beginning on"),
                });
            }
        })?;
        failed.map_or(Ok(all), Err)
    }

    /// Waits for more at the end of a file.
    #[cfg(target_os = "linux")]
    fn follow(&self, file: &Path, remarks: &mut Vec<String>) -> io::Result<()> {
        let name = name(file);
        let read = self.entered(|book| book.text_of(&name));
        let Some(read) =
            read.filter(|_| files::length(file).is_some() && !self.own.stop.is_wanted())
        else {
            return Ok(());
        };
        let lines = self.lines.load(Ordering::Relaxed);
        let following = files::Following::from(file, read)?;
        self.tell(Progress::Following, remarks);
        let scan = self.live(
            Live::File(following),
            (Vec::new(), read, lines),
            &name,
            remarks,
        )?;
        remarks.extend(self.end(&name, &scan));
        Ok(())
    }

    #[cfg(not(target_os = "linux"))]
    fn follow(&self, _: &Path, remarks: &mut Vec<String>) -> io::Result<()> {
        remarks.push("following a file is only there on Linux".to_owned());
        Ok(())
    }

    /// Ends a file, and returns what is to be said of it.
    fn end(&self, name: &str, scan: &Scan) -> Vec<String> {
        let is_partial = scan.broken.is_some() || self.own.stop.is_wanted();
        self.entered(|book| book.end(name, scan, is_partial));
        let broken = scan.broken.as_ref();
        let broken = broken.map(|why| format!("could not read {name} to its end: {why}"));
        let remarks = ledger::remarks(scan, name);
        broken.into_iter().chain(remarks).collect()
    }

    fn entered<T>(&self, enter: impl FnOnce(&mut Ledger) -> T) -> T {
        enter(
            &mut self
                .own
                .book
                .write()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }
}

/// Returns what a file is called.
pub(super) fn name(file: &Path) -> String {
    match files::shown(file) {
        shown if shown == STDIN => "standard input".to_owned(),
        shown => shown,
    }
}

/// Adds what was read of a part to what was read before.
fn add(all: &mut Scan, part: &Scan) {
    let before = all.bytes;
    let place = |at| before + at;
    *all = Scan {
        bytes: before + part.bytes,
        messages: all.messages + part.messages,
        missed: all.missed + part.missed,
        first_missed: all.first_missed.or(part.first_missed.map(place)),
        uncounted: all.uncounted + part.uncounted,
        first_uncounted: all.first_uncounted.or(part.first_uncounted.map(place)),
        lines: all.lines.zip(part.lines).map(|(one, other)| one + other),
        lost: all.lost.or(part.lost),
        looks: part.looks,
        is_binary: all.is_binary || part.is_binary,
        ..part.clone()
    };
}

/// Returns the first bytes of a pipe, as many as tell what it is.
fn beginning(input: &mut Input) -> io::Result<Vec<u8>> {
    let mut first = vec![0; FIRST];
    let mut read = 0;
    while read < FIRST {
        match input.read(&mut first[read..])? {
            0 => break,
            more => read += more,
        }
    }
    first.truncate(read);
    Ok(first)
}

/// Returns whether a pipe is packed or a capture, which must be read as a whole.
fn is_packed(first: &[u8]) -> bool {
    let marks = first.iter().take(4);
    marks.clone().any(|byte| *byte >= 0x7f) || first.iter().take(12).any(|byte| *byte == 0)
}

/// What is read, until somebody stops it; a pipe is kept, since it cannot be read again.
struct Watched {
    input: Box<dyn Read + Send>,
    stop: Stop,
    read: Arc<AtomicU64>,
    /// How many lines it has, where that is asked.
    lines: Option<Arc<AtomicU64>>,
    spool: Option<Spool>,
}

impl Read for Watched {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.stop.is_wanted() {
            return Ok(0);
        }
        let read = self.input.read(into)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        if let Some(lines) = &self.lines {
            let count = memchr_iter(b'\n', &into[..read]).count();
            lines.fetch_add(count as u64, Ordering::Relaxed);
        }
        if let Some(spool) = &self.spool {
            spool.keep(&into[..read]);
        }
        Ok(read)
    }
}
