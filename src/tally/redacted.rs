//! Tokens in the place of what names somebody in what was counted.

use std::collections::BTreeMap;
use std::mem;

use super::answers::{Beside, add_to};
use super::said::Sender;
use super::sum::{Kind, Methods, Sum, merge};
use crate::message::Redaction;

/// What a text of a sum is.
#[derive(Clone, Copy)]
enum Of {
    Address,
    Peer,
    Agent,
    Reason,
    Call,
    Place,
    /// What is said of a call, whose messages are known.
    Cause,
}

impl Sum {
    /// Puts tokens in the place of what names somebody. What had several names that are one counts as one.
    pub fn redact(&mut self, redaction: &mut Redaction) {
        // What one text names may stand in another.
        self.each(&mut |of, text| learn(redaction, of, text));
        self.each(&mut |of, text| put(redaction, of, text));
    }

    fn each(&mut self, put: &mut dyn FnMut(Of, &mut String)) {
        for source in &mut self.sources {
            put(Of::Place, &mut source.name);
        }
        for beside in self.codes.values_mut().flat_map(BTreeMap::values_mut) {
            beside.each(put);
        }
        for listed in &mut self.attempts {
            let attempt = &mut listed.attempt;
            for address in [&mut attempt.from, &mut attempt.to] {
                put(Of::Address, address);
            }
            put(Of::Call, &mut attempt.call_id);
            put(Of::Peer, &mut attempt.peer);
            put(Of::Agent, &mut attempt.agent);
            for reason in &mut attempt.reasons {
                put(Of::Reason, reason);
            }
            put(Of::Place, &mut attempt.place);
            put(Of::Cause, &mut attempt.cause);
        }
        let of = match self.kind {
            Kind::Peer => Of::Peer,
            Kind::Agent => Of::Agent,
            _ => return,
        };
        for (mut key, methods) in mem::take(&mut self.groups) {
            put(of, &mut key);
            let own: &mut Methods = self.groups.entry(key).or_default();
            merge(own, methods);
        }
    }
}

impl Beside {
    fn each(&mut self, put: &mut dyn FnMut(Of, &mut String)) {
        for (mut sender, times) in mem::take(&mut self.senders) {
            let Sender { agent, peer } = &mut sender;
            put(Of::Peer, peer);
            put(Of::Agent, agent);
            add_to(&mut self.senders, &sender, times);
        }
        for (mut reason, times) in mem::take(&mut self.reasons) {
            put(Of::Reason, &mut reason);
            add_to(&mut self.reasons, &reason, times);
        }
        if let Some(call_id) = &mut self.call_id {
            put(Of::Call, call_id);
        }
    }
}

/// Returns the header field that has such texts, and what stands before them there; a sentence is in none.
fn field(of: Of) -> Option<(&'static str, &'static str)> {
    match of {
        Of::Address => Some(("From", "sip:")),
        Of::Peer => Some(("Via", "")),
        Of::Agent => Some(("Server", "")),
        Of::Reason => Some(("Reason", "")),
        Of::Call | Of::Place | Of::Cause => None,
    }
}

fn learn(redaction: &mut Redaction, of: Of, text: &str) {
    match (of, field(of)) {
        (_, Some((name, before))) => redaction.learn_value(name, &format!("{before}{text}")),
        (Of::Call, _) => _ = redaction.call(text),
        // What stands in quotation marks is not said of a call but in it.
        (Of::Cause, _) => {
            let quoted = text.split('"').skip(1).step_by(2);
            quoted.for_each(|text| redaction.learn_text(text));
        }
        _ => {}
    }
}

fn put(redaction: &mut Redaction, of: Of, text: &mut String) {
    match (of, field(of)) {
        (_, Some((name, _))) => redaction.put_value(name, text),
        (Of::Call, _) if !text.is_empty() => *text = redaction.call(text),
        (Of::Place, _) if !text.is_empty() => *text = redaction.place(text),
        _ => redaction.put(text),
    }
}
