//! A call of the trace, with its messages once they were read again.

use std::cell::RefMut;
use std::rc::Rc;

use crate::app::following::Again;
use crate::app::trace::Trace;
use crate::calls::Recorded;
use crate::catalog::{self, Response, StatusCode};
use crate::document::{Document, Link};
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
                let mut explanation =
                    explain::call_beside(&again.messages, &again.beside, again.ends);
                if let Some(redaction) = &mut redaction {
                    explanation.redact(redaction);
                }
                drop(redaction);
                let others = trace.map(|trace| trace.others(&self.call_id));
                let page = Document::of_call(&explanation);
                let mut page = page.with_others(&others.unwrap_or_default());
                page.strip.extend(remark);
                page
            }
        }
    }

    /// Returns what it has otherwise than a call that worked, which has a transaction with a number.
    pub(in crate::app) fn beside(
        &self,
        worked: &Self,
        at: usize,
        trace: Option<&Trace>,
    ) -> Document {
        if worked.messages().is_empty() {
            return worked.document(trace);
        }
        let (own, other) = (self.shown(trace), worked.shown(trace));
        Document::of_differences(&explain::differences(&own, &other), Link::Call(at))
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

    /// Returns its messages, with tokens if they are wanted.
    fn shown(&self, trace: Option<&Trace>) -> Vec<Recorded> {
        let messages = self.messages();
        let Some(mut redaction) = self.redaction(trace) else {
            return messages.to_vec();
        };
        let shown = |one: &Recorded| Recorded {
            bytes: redaction.redact(&one.bytes),
            // What Via says of them is redacted with the rest.
            from: None,
            to: None,
            label: String::new(),
            ..one.clone()
        };
        messages.iter().map(shown).collect()
    }

    /// Returns the tokens of the trace, if they are wanted, with those of the call among them.
    fn redaction<'a>(&self, trace: Option<&'a Trace>) -> Option<RefMut<'a, Redaction>> {
        let mut redaction = trace?.redaction()?;
        let beside = match self.again.as_deref() {
            Some(Ok(again)) => again.beside.as_slice(),
            _ => &[],
        };
        for recorded in self.messages().iter().chain(beside) {
            redaction.learn(&recorded.bytes);
        }
        Some(redaction)
    }
}
