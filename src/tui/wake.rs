//! Why the loop wakes up: what its threads send it.

use std::io;

use crossterm::event::Event;

use crate::app::faults::Fault;
use crate::app::trace::Progress;
use crate::calls::Recorded;

/// Why the loop wakes up.
#[derive(Debug)]
pub(super) enum Wake {
    Events(Vec<Event>),
    Signal(i32),
    /// The terminal cannot be read any more.
    Unreadable(io::Error),
    Gone,
    /// A save has ended, well or not; how it ended may be known already.
    Saved,
    /// What another program made of what it was given.
    Outcome(Outcome),
    /// More of the trace was read.
    Grown(Grown),
    /// The calls of the trace were looked at.
    Looked(Looked),
    /// The messages of a call were read.
    Call(Call),
}

/// How far reading of the trace is, and what is to be said of its files.
#[derive(Debug)]
pub(super) struct Grown {
    pub(super) progress: Progress,
    pub(super) remarks: Vec<String>,
}

/// What is wrong with the calls of the trace, and what is to be said of that.
#[derive(Debug)]
pub(super) struct Looked {
    pub(super) faults: Vec<Fault>,
    pub(super) remark: Option<String>,
}

/// The messages of the call that has a Call-ID, and when the trace ends.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) id: String,
    pub(super) messages: Vec<Recorded>,
    pub(super) ends: Option<u64>,
}

/// What became of something that another program was given.
#[derive(Debug)]
pub(super) enum Outcome {
    /// What was said when tmux was given a text, and why it did not take it.
    Tmux(String, Result<(), String>),
    /// An address, and the program that it was given to or why there is none.
    Browser(String, Result<String, String>),
}
