//! A call of the trace, with its messages once they were read again.

use std::borrow::Cow;
use std::rc::Rc;

use crate::app::trace::Trace;
use crate::calls::Recorded;
use crate::catalog::{self, Response, StatusCode};
use crate::document::Document;
use crate::explain::{self, Beside};
use crate::message::Message;
use crate::text;

/// A call.
#[derive(Clone, Debug)]
pub struct Told {
    call_id: Rc<str>,
    /// Its messages in the order of the trace; none while they are read.
    messages: Option<Rc<[Recorded]>>,
    /// When the trace ends, in microseconds as they are told in it.
    ends: Option<u64>,
}

impl PartialEq for Told {
    fn eq(&self, other: &Self) -> bool {
        self.call_id == other.call_id
    }
}

impl Eq for Told {}

impl Told {
    /// Returns a call that is yet to be read.
    pub(in crate::app) fn of(call_id: Rc<str>) -> Self {
        Self {
            call_id,
            messages: None,
            ends: None,
        }
    }

    pub(in crate::app) fn read(&mut self, messages: Vec<Recorded>, ends: Option<u64>) {
        self.messages = Some(messages.into());
        self.ends = ends;
    }

    pub(in crate::app) fn call_id(&self) -> &str {
        &self.call_id
    }

    pub(in crate::app) fn is_read(&self) -> bool {
        self.messages.is_some()
    }

    fn title(&self) -> String {
        format!("Call-ID {}", text::clean(&self.call_id))
    }

    pub(in crate::app) fn document(&self, trace: Option<&Trace>) -> Document {
        match self.messages.as_deref() {
            None => Document::of_absent(&self.title(), "its messages are being read"),
            Some([]) => {
                let id = text::clean(&self.call_id);
                let why = format!(
                    "no message of the call {id} was found again: the file may have changed"
                );
                Document::of_absent(&self.title(), &why)
            }
            Some(messages) => {
                let messages = shown(messages, trace);
                Document::of_call(&explain::call_explained(&messages, self.ends))
            }
        }
    }

    /// Returns the page of the code of one of its messages.
    pub(in crate::app) fn response(&self, at: usize) -> Option<&'static Response> {
        let recorded = self.messages.as_ref()?.get(at)?;
        let code = Message::of(&recorded.bytes).code()?;
        StatusCode::new(code).ok().map(catalog::response)
    }

    /// Returns what there is to say about one of its messages.
    pub(in crate::app) fn message(&self, at: usize, trace: Option<&Trace>) -> Document {
        let messages = shown(self.messages.as_deref().unwrap_or_default(), trace);
        let Some(recorded) = messages.get(at) else {
            return Document::default();
        };
        let call: Vec<Message<'_>> = messages.iter().map(|one| Message::of(&one.bytes)).collect();
        let beside = Beside { call: &call, at };
        let mut explanation = explain::explain(&call[at], beside);
        // Tokens are no fault of the message.
        let as_it_is = self.messages.iter().filter_map(|messages| messages.get(at));
        let known: Vec<_> = as_it_is
            .flat_map(|recorded| explain::findings(&Message::of(&recorded.bytes)))
            .map(|finding| finding.id)
            .collect();
        explanation
            .findings
            .retain(|finding| known.contains(&finding.id));
        Document::of_explanation(&explanation, &recorded.place).with_message(&recorded.bytes)
    }
}

/// Returns messages as a trace shows them.
fn shown<'a>(messages: &'a [Recorded], trace: Option<&Trace>) -> Cow<'a, [Recorded]> {
    match trace.filter(|trace| trace.redacts()) {
        Some(trace) => messages.iter().map(|one| trace.shown(one)).collect(),
        None => Cow::Borrowed(messages),
    }
}
