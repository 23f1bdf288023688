//! A call as a whole: the messages of one Call-ID as rows of a ladder, what happened in it, and what to do next.

mod attempt;
mod differ;
mod finding;
mod order;
mod rows;
mod summary;

use crate::calls::Recorded;
use crate::catalog::{Entry, Response};
use crate::message::{Message, Redaction};

use super::patterns::{self, Call, Others};
use super::words::{short, text};

pub use attempt::attempt;
pub use differ::{Difference, Differences, differences};
pub use finding::{Advice, CallFinding, Sureness};
use order::{Order, in_time};
pub use rows::Row;

/// What there is to say about a call.
#[derive(Clone, Debug, Default)]
pub struct CallExplanation {
    /// What it was: "INVITE alice -> bob: 486 Busy Here".
    pub title: String,
    /// The page of its outcome, if it has one.
    pub response: Option<&'static Response>,
    pub call_id: String,
    /// How many messages the trace has of it.
    pub messages: usize,
    /// When the first and the last of them were, as it is printed.
    pub first: Option<String>,
    pub last: Option<String>,
    /// How long it lasted from the first to the last, in microseconds.
    pub lasted: Option<u64>,
    /// What happened, in a sentence.
    pub in_short: String,
    /// The ladder.
    pub rows: Vec<Row>,
    pub findings: Vec<CallFinding>,
    pub next: Vec<Advice>,
    /// The pages of its codes and causes, the outcome first.
    pub pages: Vec<Entry>,
}

impl CallExplanation {
    /// Puts tokens in the place of what names somebody.
    pub fn redact(&mut self, redaction: &mut Redaction) {
        let words = [&mut self.title, &mut self.call_id, &mut self.in_short];
        let rows = self.rows.iter_mut();
        let rows = rows.flat_map(|row| [&mut row.from, &mut row.to, &mut row.says]);
        let findings = self.findings.iter_mut().map(|one| &mut one.says);
        let next = self.next.iter_mut().map(|one| &mut one.says);
        for says in words.into_iter().chain(rows).chain(findings).chain(next) {
            redaction.put(says);
        }
    }
}

/// Explains a call: its messages in the order of the trace, what the same trace has beside it in other calls, and when the trace
/// ends, in microseconds as they are told there: what was not answered by then may have been answered later.
pub fn call_beside(
    messages: &[Recorded],
    beside: &[Recorded],
    ends: Option<u64>,
) -> CallExplanation {
    in_order(messages, beside, ends, true)
}

/// Returns what is found in a call, with its title, its outcome and its first time: quicker, where many calls are looked at.
pub fn call_looked_at(
    messages: &[Recorded],
    beside: &[Recorded],
    ends: Option<u64>,
) -> CallExplanation {
    in_order(messages, beside, ends, false)
}

fn in_order(
    messages: &[Recorded],
    beside: &[Recorded],
    ends: Option<u64>,
    is_told: bool,
) -> CallExplanation {
    let order = match in_time(messages) {
        Order::AsTold => return explained(messages, beside, ends, is_told),
        Order::Untold => {
            let untimed = messages.iter().map(|one| Recorded {
                micros: None,
                ..one.clone()
            });
            return explained(&untimed.collect::<Vec<_>>(), &[], None, is_told);
        }
        Order::Other(order) => order,
    };
    let sorted: Vec<Recorded> = order.iter().map(|at| messages[*at].clone()).collect();
    let mut call = explained(&sorted, beside, ends, is_told);
    let rows = call.rows.iter_mut().flat_map(|row| &mut row.messages);
    let proof = call.findings.iter_mut().flat_map(|one| &mut one.proof);
    for at in rows.chain(proof) {
        *at = order[*at];
    }
    call
}

fn explained(
    messages: &[Recorded],
    beside: &[Recorded],
    ends: Option<u64>,
    is_told: bool,
) -> CallExplanation {
    let all: Vec<Message<'_>> = messages.iter().map(|one| Message::of(&one.bytes)).collect();
    let others = Others::of(beside);
    let call = Call::new(messages, &all, ends).beside(&others);
    let found = patterns::found(&call);
    let call_id = all.iter().find_map(|one| one.value("Call-ID"));
    let times = || messages.iter().filter_map(|one| one.time.clone());
    let micros = || messages.iter().filter_map(|one| one.micros);
    let lasted = micros().max().zip(micros().min());
    if !is_told {
        return CallExplanation {
            title: summary::title(&all),
            response: summary::outcome(&all),
            first: times().next(),
            findings: found.into_iter().map(CallFinding::from).collect(),
            ..CallExplanation::default()
        };
    }
    CallExplanation {
        title: summary::title(&all),
        response: summary::outcome(&all),
        call_id: call_id.map(text).map_or_else(String::new, |id| short(&id)),
        messages: messages.len(),
        first: times().next(),
        last: times().next_back(),
        lasted: lasted.map(|(last, first)| last - first),
        in_short: summary::in_short(&all, &found),
        rows: rows::rows(messages, &all, others.network()),
        next: summary::next(&all, &found),
        findings: found.into_iter().map(CallFinding::from).collect(),
        pages: summary::pages(&all),
    }
}
