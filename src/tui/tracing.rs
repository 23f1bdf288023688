//! The trace that the explorer shows: read by a thread of its own while one looks at what is there by now, and a call of it
//! once more when somebody opens it.

mod again;
mod live;
mod reading;

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, sync_channel};
use std::thread;
use std::time::Duration;

use again::Rereading;
use reading::{Reading, Stop, name};

use super::running::Running;
use super::wake::Wake;
use crate::app::trace::{Book, Trace};
use crate::app::{App, News, Traces};
use crate::files::Spool;

/// A call that is there sooner is shown at once, without a word that it is read.
const SOON: Duration = Duration::from_millis(40);

/// What is read, and what ends reading.
pub(super) struct Tracing(Rereading);

impl Tracing {
    /// Begins to read files, and opens what comes of them.
    pub(super) fn begin(traces: Traces, app: &mut App, sender: Sender<Wake>) -> Self {
        let Traces { files, follows } = traces;
        let book = Book::default();
        let names: Vec<String> = files.iter().map(|file| short(file)).collect();
        let own = Rereading {
            book: Arc::clone(&book),
            files: files.into(),
            stop: Stop::default(),
            spool: Spool::new(std::env::temp_dir()),
            sender,
        };
        if !own.files.is_empty() {
            app.open_trace(Trace::new(&names.join(", "), book));
            let reading = Reading {
                own: own.clone(),
                follows,
                read: Arc::default(),
                lines: Arc::default(),
            };
            thread::spawn(move || reading.all());
        }
        Self(own)
    }

    pub(super) fn stop(&self) {
        self.0.stop.now();
    }

    /// Reads the messages of a call by a thread, and hands over where they come.
    fn call(&self, call_id: &str) -> Receiver<News> {
        // Nothing is passed that nobody takes.
        let (pass, came) = sync_channel(0);
        let (own, call_id) = (self.0.clone(), call_id.to_owned());
        thread::spawn(move || {
            let again = own.call(&call_id);
            // Who has waited long enough is woken instead.
            if let Err(late) = pass.send(News::Call(call_id, again)) {
                drop(own.sender.send(Wake::News(late.0)));
            }
        });
        came
    }
}

impl Running {
    /// Reads the messages of a call: at once where that is quick.
    pub(super) fn read_call(&mut self, call_id: &str) {
        let came = self.tracing.call(call_id);
        if let Ok(news) = came.recv_timeout(SOON) {
            self.app.take_news(news);
        }
    }
}

/// Returns what a file is called where there is little room.
fn short(file: &Path) -> String {
    let last = file.file_name().map(Path::new);
    name(last.unwrap_or(file))
}
