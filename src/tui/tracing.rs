//! The trace that the explorer shows: read by a thread of its own while one looks at what is there by now, and a call of it
//! once more when somebody opens it.

mod live;
mod reading;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, sync_channel};
use std::thread;
use std::time::Duration;

use reading::{Reading, Stop, again, name};

use super::running::Running;
use super::wake::{Call, Grown, Wake};
use crate::app::trace::{Book, Progress, Trace};
use crate::app::{App, Traces};
use crate::files::Spool;
use crate::ledger::Calling;

/// A call that is there sooner is shown at once, without a word that it is read.
const SOON: Duration = Duration::from_millis(40);

/// What is read, and how far.
pub(super) struct Tracing {
    trace: Option<Trace>,
    files: Arc<[PathBuf]>,
    stop: Stop,
    spool: Spool,
    sender: Sender<Wake>,
}

impl Tracing {
    /// Begins to read files.
    pub(super) fn begin(traces: Traces, sender: Sender<Wake>) -> Self {
        let Traces { files, follows } = traces;
        let book = Book::default();
        let names: Vec<String> = files.iter().map(|file| short(file)).collect();
        let trace = (!files.is_empty()).then(|| Trace::new(&names.join(", "), Arc::clone(&book)));
        let tracing = Self {
            trace,
            files: files.into(),
            stop: Stop::default(),
            spool: Spool::default(),
            sender: sender.clone(),
        };
        if tracing.trace.is_some() {
            let reading = Reading {
                book,
                files: Arc::clone(&tracing.files),
                follows,
                stop: tracing.stop.clone(),
                read: Arc::default(),
                lines: Arc::default(),
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
        self.stop.now();
    }

    /// Reads the messages of a call by a thread, and hands over where they come.
    fn call(&self, call_id: &str) -> Receiver<Call> {
        // Nothing is passed that nobody takes.
        let (pass, came) = sync_channel(0);
        let (files, spool) = (Arc::clone(&self.files), self.spool.clone());
        let (call_id, sender) = (call_id.to_owned(), self.sender.clone());
        thread::spawn(move || {
            let mut calling = Calling::new(&call_id);
            for file in files.iter() {
                // What cannot be read any more has no messages.
                _ = again(file, &spool, &mut calling);
            }
            let call = Call {
                id: call_id,
                ends: calling.ends,
                messages: calling.messages(),
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
            self.app.take_call(&call.id, &call.messages, call.ends);
        }
    }
}

/// Returns what a file is called where there is little room.
fn short(file: &Path) -> String {
    let last = file.file_name().map(Path::new);
    name(last.unwrap_or(file))
}
