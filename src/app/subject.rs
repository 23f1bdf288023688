//! What a page is about, and what a row of the list stands for.

pub mod explained;

use std::rc::Rc;

use crate::catalog::{Entry, Response, StatusCode};
use crate::document::Document;
use crate::search::{Hit, Layer};
use explained::Explained;

/// What a page is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    Entry(Entry),
    /// A message that stands in the search line.
    Message(Rc<Explained>),
}

impl Subject {
    /// Returns the entry of the reference, where it is one.
    pub fn entry(&self) -> Option<Entry> {
        match self {
            Self::Entry(entry) => Some(*entry),
            Self::Message(_) => None,
        }
    }

    /// Returns the response that it is, or that the message is.
    pub(super) fn response(&self) -> Option<&'static Response> {
        match self {
            Self::Entry(entry) => entry.response(),
            Self::Message(message) => message.response(),
        }
    }

    pub(super) fn document(&self) -> Document {
        match self {
            Self::Entry(entry) => Document::of(*entry),
            Self::Message(message) => message.document(),
        }
    }
}

impl<E: Into<Entry>> From<E> for Subject {
    fn from(entry: E) -> Self {
        Self::Entry(entry.into())
    }
}

/// What a row of the list stands for.
#[derive(Clone, Copy, Debug)]
pub enum Item<'a> {
    Message(&'a Rc<Explained>),
    Hit(&'a Hit),
}

impl Item<'_> {
    pub(super) fn subject(self) -> Subject {
        match self {
            Self::Message(message) => Subject::Message(Rc::clone(message)),
            Self::Hit(hit) => Subject::Entry(hit.entry),
        }
    }

    pub fn title(self) -> String {
        match self {
            Self::Message(message) => message.title().to_owned(),
            Self::Hit(hit) => hit.entry.title(),
        }
    }

    /// Returns what the title begins with, which says what it is.
    pub fn short(self) -> String {
        match self {
            Self::Message(message) => message.short().to_owned(),
            Self::Hit(hit) => hit.entry.short(),
        }
    }

    /// Returns the reason in words why a hit is there, or what is said of a message.
    pub fn why(&self) -> &str {
        match self {
            Self::Message(message) => message.says(),
            Self::Hit(hit) => hit.why(),
        }
    }

    /// Returns whether that is worth a row: a code that was typed has no reason, nor has a phrase.
    pub fn has_reason(self) -> bool {
        match self {
            Self::Message(_) => true,
            Self::Hit(hit) => !matches!(hit.layer(), Layer::Code | Layer::Phrase),
        }
    }

    /// Returns which characters of the title the query meant.
    pub fn marks(&self) -> &[usize] {
        match self {
            Self::Message(_) => &[],
            Self::Hit(hit) => hit.marks(),
        }
    }

    /// Returns the layer of the search that found a hit.
    pub fn layer(self) -> Option<Layer> {
        match self {
            Self::Message(_) => None,
            Self::Hit(hit) => Some(hit.layer()),
        }
    }

    /// Returns the status code, where it is one.
    pub fn code(self) -> Option<StatusCode> {
        match self {
            Self::Message(_) => None,
            Self::Hit(hit) => hit.entry.code(),
        }
    }

    /// Returns the code that a comparison takes: its own, or that of the message.
    pub fn compared(self) -> Option<StatusCode> {
        match self {
            Self::Message(message) => message.response().map(|page| page.code),
            Self::Hit(hit) => hit.entry.code(),
        }
    }
}
