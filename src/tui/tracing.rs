//! The trace that the explorer shows: read by a thread of its own while one looks at what is there by now, and a call of it
//! once more when somebody opens it.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, sync_channel};
use std::sync::{Arc, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::running::Running;
use super::wake::{Call, Grown, Wake};
use crate::app::App;
use crate::app::trace::{Book, Progress, Trace};
use crate::files::{self, Spool};
use crate::ledger::{self, Reader, Wants};
use crate::trace;

/// What is read is shown no more often.
const BETWEEN: Duration = Duration::from_millis(200);
/// A call that is there sooner is shown at once, without a word that it is read.
const SOON: Duration = Duration::from_millis(40);

/// What is read, and how far.
pub(super) struct Tracing {
    trace: Option<Trace>,
    files: Arc<[PathBuf]>,
    stop: Arc<AtomicBool>,
    spool: Spool,
    sender: Sender<Wake>,
}

impl Tracing {
    /// Begins to read files.
    pub(super) fn begin(files: Vec<PathBuf>, sender: Sender<Wake>) -> Self {
        let book = Book::default();
        let names: Vec<String> = files.iter().map(|file| name(file)).collect();
        let trace = (!files.is_empty()).then(|| Trace::new(&names.join(", "), Arc::clone(&book)));
        let tracing = Self {
            trace,
            files: files.into(),
            stop: Arc::default(),
            spool: Spool::default(),
            sender: sender.clone(),
        };
        if tracing.trace.is_some() {
            let reading = Reading {
                book,
                files: Arc::clone(&tracing.files),
                stop: Arc::clone(&tracing.stop),
                read: Arc::default(),
                spool: tracing.spool.clone(),
                sender,
            };
            thread::spawn(move || reading.all());
        }
        tracing
    }

    /// Shows the trace as it is before anything was read.
    pub(super) fn show(&self, app: &mut App) {
        if let Some(trace) = self.trace.clone() {
            app.take_trace(trace, Progress::Reading(0, None), &[]);
        }
    }

    pub(super) fn grew(&self, grown: Grown, app: &mut App) {
        if let Some(trace) = self.trace.clone() {
            app.take_trace(trace, grown.progress, &grown.remarks);
        }
    }

    pub(super) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Reads the messages of a call by a thread, and hands over where they come.
    fn call(&self, call_id: &str) -> Receiver<Call> {
        // Nothing is passed that nobody takes.
        let (pass, came) = sync_channel(0);
        let (files, spool) = (Arc::clone(&self.files), self.spool.clone());
        let (call_id, sender) = (call_id.to_owned(), self.sender.clone());
        thread::spawn(move || {
            let mut messages = Vec::new();
            for file in files.iter() {
                // What cannot be read any more has no messages.
                let read = if file.as_path() == Path::new("-") {
                    ledger::of_call(spool.read(), &name(file), &call_id).ok()
                } else {
                    let input = files::open(file).ok();
                    input.and_then(|input| ledger::of_call(input, &name(file), &call_id).ok())
                };
                messages.extend(read.into_iter().flatten());
            }
            let call = Call {
                call_id,
                messages,
                ends: None,
            };
            // Who has waited long enough is woken instead.
            if let Err(late) = pass.send(call) {
                drop(sender.send(Wake::Call(late.0)));
            }
        });
        came
    }
}

impl Running {
    /// Reads the messages of a call: at once where that is quick.
    pub(super) fn read_call(&mut self, call_id: &str) {
        let came = self.tracing.call(call_id);
        if let Ok(call) = came.recv_timeout(SOON) {
            self.app.take_call(&call.call_id, &call.messages, call.ends);
        }
    }
}

/// Returns what a file is called.
fn name(file: &Path) -> String {
    match files::shown(file) {
        shown if shown == "-" => "standard input".to_owned(),
        shown => shown,
    }
}

/// The thread that reads.
struct Reading {
    book: Book,
    files: Arc<[PathBuf]>,
    stop: Arc<AtomicBool>,
    /// How many bytes were read.
    read: Arc<AtomicU64>,
    spool: Spool,
    sender: Sender<Wake>,
}

impl Reading {
    fn all(self) {
        let total: Option<u64> = self.files.iter().map(|file| files::length(file)).sum();
        let mut remarks = Vec::new();
        for file in self.files.iter() {
            let said = self.file(file, total, &remarks);
            remarks.extend(said);
        }
        let read = self.read.load(Ordering::Relaxed);
        let progress = if self.is_stopped() {
            Progress::Stopped(read)
        } else {
            Progress::Read
        };
        // Nobody looks at it any more, or is woken.
        drop(self.sender.send(Wake::Grown(Grown { progress, remarks })));
    }

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Reads a file, and returns what is to be said of it.
    fn file(&self, file: &Path, total: Option<u64>, remarks: &[String]) -> Vec<String> {
        let name = name(file);
        let input = match files::open(file) {
            Ok(input) => input,
            Err(error) => return vec![format!("{error:#}")],
        };
        let is_spooled = file == Path::new("-");
        let input = Watched {
            input,
            stop: Arc::clone(&self.stop),
            read: Arc::clone(&self.read),
            spool: is_spooled.then(|| self.spool.clone()),
        };
        let wants = Wants {
            attempts: true,
            ..Wants::default()
        };
        let sayings = self.entered(|book| book.sayings());
        let reader = Reader {
            wants: &wants,
            sayings: &sayings,
        };
        let shared: Arc<str> = name.as_str().into();
        let mut last = Instant::now();
        let scan = trace::scan(input, true, &reader, |told| {
            self.entered(|book| book.take(told, &shared));
            if last.elapsed() >= BETWEEN {
                last = Instant::now();
                let read = self.read.load(Ordering::Relaxed);
                let progress = Progress::Reading(read, total);
                let remarks = remarks.to_vec();
                drop(self.sender.send(Wake::Grown(Grown { progress, remarks })));
            }
        });
        match scan {
            Ok(scan) => {
                let is_partial = scan.broken.is_some() || self.is_stopped();
                self.entered(|book| book.end(&name, &scan, is_partial));
                let broken = scan.broken.as_ref();
                let broken = broken.map(|why| format!("could not read {name} to its end: {why}"));
                broken
                    .into_iter()
                    .chain(ledger::remarks(&scan, &name))
                    .collect()
            }
            Err(error) => vec![format!("could not read {name}: {error}")],
        }
    }

    fn entered<T>(&self, enter: impl FnOnce(&mut ledger::Ledger) -> T) -> T {
        enter(&mut self.book.write().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What is read, until somebody stops it; a pipe is kept, since it cannot be read again.
struct Watched {
    input: files::Input,
    stop: Arc<AtomicBool>,
    read: Arc<AtomicU64>,
    spool: Option<Spool>,
}

impl Read for Watched {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.stop.load(Ordering::Relaxed) {
            return Ok(0);
        }
        let read = self.input.read(into)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        if let Some(spool) = &self.spool {
            spool.keep(&into[..read]);
        }
        Ok(read)
    }
}
