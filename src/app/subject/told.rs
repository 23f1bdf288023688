//! A call of the trace, with its messages once they were read again.

use std::cell::RefMut;
use std::rc::Rc;

use crate::app::following::Again;
use crate::app::trace::Trace;
use crate::calls::Recorded;
use crate::catalog::{self, Response, StatusCode};
use crate::document::Document;
use crate::explain::{self, Beside};
use crate::message::{Message, Redaction};
use crate::text;

/// A call.
#[derive(Clone, Debug)]
pub struct Told {
    call_id: Rc<str>,
    /// Its messages in the order of the trace, or why there are none; nothing while they are read.
    again: Option<Rc<Result<Again, String>>>,
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
            again: None,
        }
    }

    pub(in crate::app) fn read(&mut self, again: Result<Again, String>) {
        self.again = Some(again.into());
    }

    fn messages(&self) -> &[Recorded] {
        match self.again.as_deref() {
            Some(Ok(again)) => &again.messages,
            _ => &[],
        }
    }

    pub(in crate::app) fn call_id(&self) -> &str {
        &self.call_id
    }

    pub(in crate::app) fn is_read(&self) -> bool {
        self.again.is_some()
    }

    pub(in crate::app) fn document(&self, trace: Option<&Trace>) -> Document {
        let mut redaction = self.redaction(trace);
        let id = match &mut redaction {
            Some(redaction) => redaction.call(&self.call_id),
            None => text::clean(&self.call_id),
        };
        let title = format!("Call-ID {id}");
        // It names the file.
        let named = |why: &str| match redaction {
            Some(_) => "not all that was of it is there".to_owned(),
            None => text::clean(why),
        };
        match self.again.as_deref() {
            None => Document::of_absent(&title, "its messages are being read"),
            Some(Err(why)) => Document::of_absent(&title, &named(why)),
            Some(Ok(again)) => {
                let remark = again.remark.as_deref().map(|remark| named(remark).into());
                let mut explanation = explain::call_explained(&again.messages, again.ends);
                if let Some(redaction) = &mut redaction {
                    explanation.redact(redaction);
                }
                let mut page = Document::of_call(&explanation);
                page.strip.extend(remark);
                page
            }
        }
    }

    /// Returns the page of the code of one of its messages.
    pub(in crate::app) fn response(&self, at: usize) -> Option<&'static Response> {
        let recorded = self.messages().get(at)?;
        let code = Message::of(&recorded.bytes).code()?;
        StatusCode::new(code).ok().map(catalog::response)
    }

    /// Returns what there is to say about one of its messages.
    pub(in crate::app) fn message(&self, at: usize, trace: Option<&Trace>) -> Document {
        let messages = self.messages();
        let Some(recorded) = messages.get(at) else {
            return Document::default();
        };
        let call: Vec<Message<'_>> = messages.iter().map(|one| Message::of(&one.bytes)).collect();
        let beside = Beside { call: &call, at };
        let mut explanation = explain::explain(&call[at], beside);
        let Some(mut redaction) = self.redaction(trace) else {
            return Document::of_explanation(&explanation, &recorded.place)
                .with_message(&explanation.findings, recorded);
        };
        explanation.redact(&mut redaction);
        let place = redaction.place(&recorded.place);
        let shown = Recorded {
            bytes: redaction.redact(&recorded.bytes),
            ..Recorded::default()
        };
        Document::of_explanation(&explanation, &place).with_message(&explanation.findings, &shown)
    }

    /// Returns the tokens of the trace, if they are wanted, with those of the call among them.
    fn redaction<'a>(&self, trace: Option<&'a Trace>) -> Option<RefMut<'a, Redaction>> {
        let mut redaction = trace?.redaction()?;
        for recorded in self.messages() {
            redaction.learn(&recorded.bytes);
        }
        Some(redaction)
    }
}
