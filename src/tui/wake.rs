//! Why the loop wakes up: what its threads send it.

use std::io;

use crossterm::event::Event;

use crate::app::News;

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
    /// Something was learned of the trace.
    News(News),
}

/// What became of something that another program was given.
#[derive(Debug)]
pub(super) enum Outcome {
    /// What was said when tmux was given a text, and why it did not take it.
    Tmux(String, Result<(), String>),
    /// An address, and the program that it was given to or why there is none.
    Browser(String, Result<String, String>),
}
