//! What a page is about, and what a row of the list stands for.

pub mod explained;
pub mod told;

use std::rc::Rc;

use crate::catalog::{Entry, Response, StatusCode};
use crate::document::Document;
use crate::search::{Hit, Layer};
use explained::Explained;
use told::Told;

use super::trace::{Held, Trace};

/// What a page is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    Entry(Entry),
    /// A message that stands in the search line.
    Message(Rc<Explained>),
    /// The trace as a whole.
    Trace,
    /// The requests of the trace without a final response.
    Unanswered,
    /// A call of the trace, or a message of it.
    Call(Told),
    Told(Told, usize),
    /// A call beside one that worked, which has a transaction with a number.
    Pair(Told, Told, usize),
}

impl Subject {
    /// Returns the entry of the reference, where it is one.
    pub fn entry(&self) -> Option<Entry> {
        match self {
            Self::Entry(entry) => Some(*entry),
            _ => None,
        }
    }

    /// Returns the response that it is, or that the message is.
    pub(super) fn response(&self) -> Option<&'static Response> {
        match self {
            Self::Entry(entry) => entry.response(),
            Self::Message(message) => message.response(),
            Self::Told(told, at) => told.response(*at),
            Self::Trace | Self::Unanswered | Self::Call(_) | Self::Pair(..) => None,
        }
    }

    /// Returns whether a row of the list may stand for it.
    pub(super) fn is_listed(&self) -> bool {
        self.call().is_none()
    }

    /// Returns the call that it is, that it is a message of, or that another one is held beside.
    pub(super) fn call(&self) -> Option<&Told> {
        match self {
            Self::Call(told) | Self::Told(told, _) | Self::Pair(_, told, _) => Some(told),
            _ => None,
        }
    }

    /// Returns whether what a trace has grows with it.
    pub(super) fn grows(&self) -> bool {
        match self {
            Self::Entry(entry) => entry.code().is_some(),
            Self::Trace | Self::Unanswered => true,
            Self::Message(_) | Self::Call(_) | Self::Told(..) | Self::Pair(..) => false,
        }
    }

    pub(super) fn document(&self, trace: Option<&Trace>) -> Document {
        match (self, trace) {
            (Self::Entry(entry), trace) => {
                let page = Document::of(*entry);
                match entry.code().and_then(|code| trace?.of_code(code)) {
                    Some(traced) => page.in_trace(&traced),
                    None => page,
                }
            }
            (Self::Message(message), _) => message.document(),
            (Self::Call(told), trace) => told.document(trace),
            (Self::Told(told, at), trace) => told.message(*at, trace),
            (Self::Pair(told, worked, at), trace) => told.beside(worked, *at, trace),
            (Self::Trace, Some(trace)) => Document::of_trace(&trace.overview()),
            (Self::Unanswered, Some(trace)) => Document::of_unanswered(&trace.open()),
            (Self::Trace | Self::Unanswered, None) => Document::default(),
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
    Trace(&'a Trace),
    Hit(&'a Hit),
    Unanswered(&'a Trace),
    Call(&'a Held),
}

impl Item<'_> {
    pub(super) fn subject(self) -> Subject {
        match self {
            Self::Message(message) => Subject::Message(Rc::clone(message)),
            Self::Trace(_) => Subject::Trace,
            Self::Hit(hit) => Subject::Entry(hit.entry),
            Self::Unanswered(_) => Subject::Unanswered,
            Self::Call(held) => Subject::Call(Told::of(Rc::clone(&held.call_id))),
        }
    }

    pub fn title(self) -> String {
        match self {
            Self::Message(message) => message.title().to_owned(),
            Self::Trace(trace) => format!("trace {}", trace.name()),
            Self::Hit(hit) => hit.entry.title(),
            Self::Unanswered(_) => "no final response".to_owned(),
            Self::Call(held) => held.title().to_owned(),
        }
    }

    /// Returns what the title begins with, which says what it is.
    pub fn short(self) -> String {
        match self {
            Self::Message(message) => message.short().to_owned(),
            Self::Trace(_) => "trace".to_owned(),
            Self::Hit(hit) => hit.entry.short(),
            Self::Unanswered(_) => "no".to_owned(),
            Self::Call(_) => "call".to_owned(),
        }
    }

    /// Returns the reason in words why a hit is there, or what is said of a message or a call.
    pub fn why(&self) -> &str {
        match self {
            Self::Message(message) => message.says(),
            Self::Hit(hit) => hit.why(),
            Self::Call(held) => held.says(),
            Self::Trace(_) | Self::Unanswered(_) => "",
        }
    }

    /// Returns whether that is worth a row: a code that was typed has no reason, nor has a phrase.
    pub fn has_reason(self) -> bool {
        match self {
            Self::Message(_) | Self::Call(_) => true,
            Self::Hit(hit) => !matches!(hit.layer(), Layer::Code | Layer::Phrase),
            Self::Trace(_) | Self::Unanswered(_) => false,
        }
    }

    fn hit(&self) -> Option<&Hit> {
        match self {
            Self::Hit(hit) => Some(hit),
            _ => None,
        }
    }

    /// Returns which characters of the title the query meant.
    pub fn marks(&self) -> &[usize] {
        self.hit().map_or(&[], Hit::marks)
    }

    /// Returns the layer of the search that found a hit.
    pub fn layer(self) -> Option<Layer> {
        self.hit().map(Hit::layer)
    }

    /// Returns the status code, where it is one.
    pub fn code(self) -> Option<StatusCode> {
        self.hit()?.entry.code()
    }

    /// Returns the code that a comparison takes: its own, or that of the message.
    pub fn compared(self) -> Option<StatusCode> {
        match self {
            Self::Message(message) => message.response().map(|page| page.code),
            item => item.code(),
        }
    }
}
