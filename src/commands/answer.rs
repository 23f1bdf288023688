//! What a command gives back, whatever the format: only the form that is asked for is made of it.

use anyhow::Result;

use crate::app::{Opening, Traces};
use crate::document::Document;

/// How a command ended, when it did not fail.
#[derive(Debug)]
pub enum Outcome {
    Done,
    /// Nothing fits: exit status 1.
    NothingFound,
    /// There was no message to check: exit status 3.
    NoMessage,
    /// No command was given: the explorer is wanted, on the trace of these files if there are any.
    Explore(Opening, Traces),
}

/// What a command found or did.
pub(super) struct Answer {
    pub(super) says: Says,
    /// What to tell the user beside it, a line each.
    pub(super) remarks: Vec<String>,
    /// A command may fail after it said something.
    pub(super) ending: Result<Outcome>,
}

pub(super) enum Says {
    Nothing,
    /// Our own text, which is what it is in every format.
    Text(Vec<u8>),
    /// A file of the user, which may hold what a terminal would obey.
    File(Vec<u8>),
    Data(Box<dyn Data>),
}

/// What has a form in each format.
pub(super) trait Data {
    fn shown(&self) -> Shown;

    fn json(&self) -> serde_json::Result<String>;
}

/// Data as people read it.
pub(super) enum Shown {
    Pages(Vec<Document>),
    /// What it is, and a word about it.
    Rows(Vec<(String, String)>),
    /// For other programs: a line each, whole however long it is.
    Lines(Vec<String>),
}

impl Answer {
    pub(super) fn of(data: impl Data + 'static) -> Self {
        Self::new(Says::Data(Box::new(data)))
    }

    pub(super) fn new(says: Says) -> Self {
        Self {
            says,
            remarks: Vec::new(),
            ending: Ok(Outcome::Done),
        }
    }

    pub(super) fn text(text: impl Into<Vec<u8>>) -> Self {
        Self::new(Says::Text(text.into()))
    }

    /// Adds what to tell the user beside it.
    pub(super) fn with(mut self, remarks: impl IntoIterator<Item = String>) -> Self {
        self.remarks.extend(remarks);
        self
    }

    /// Fails, once it is printed.
    pub(super) fn failed(mut self, error: anyhow::Error) -> Self {
        self.ending = Err(error);
        self
    }

    /// Says that nothing was found.
    pub(super) fn in_vain(mut self) -> Self {
        self.ending = Ok(Outcome::NothingFound);
        self
    }
}
