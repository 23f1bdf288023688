//! What happened, in one sentence: what the message proves, before what the code alone says.

use super::asked::asked_for;
use super::beside;
use super::body;
use super::done;
use super::facts::Facts;
use super::fixes;
use super::nat;
use super::request;
use super::signals as says;
use super::words::{clause, short, text};
use crate::message::{Message, address};

/// What some part of a message says of the cause.
type Signal = fn(&Facts<'_>) -> Option<String>;

/// What tells more than the code does, the most telling first.
const SIGNALS: &[Signal] = &[
    done::says,
    says::stale,
    says::answered_elsewhere,
    says::blocked_by_analytics,
    says::of_own_words,
    says::telling_reason,
    says::told_by_product,
    says::telling_warning,
    asked_for,
    beside::of_request,
    says::contradicting_reason,
    says::warning,
    says::cause_of_product,
    says::of_usual_words,
    says::own_phrase,
    says::fitting_reason,
    says::empty_reason,
    says::acceptable,
    says::error_fields,
    says::words_in_body,
    says::loop_in_via,
    says::next_hop,
    says::no_challenge,
    says::asks_credentials,
    says::refused_stream,
    nat::says,
];

/// So many clauses say enough.
const MOST: usize = 3;
/// A sentence that is longer takes no further clause.
const LONG: usize = 260;

pub(super) fn in_short(facts: &Facts<'_>) -> String {
    let mut clauses: Vec<String> = Vec::new();
    let signals = if facts.page.is_some() { SIGNALS } else { &[] };
    for signal in signals {
        let length: usize = clauses.iter().map(String::len).sum();
        if clauses.len() == MOST || length > LONG {
            break;
        }
        clauses.extend(signal(facts));
    }
    let is_plain = clauses.is_empty();
    if is_plain {
        clauses.extend(plainly(facts));
    }
    clauses.extend(says::retry_after(facts).filter(|_| clauses.len() < MOST));
    if is_plain {
        clauses.extend(whom(facts));
    }
    let what = title(facts);
    match clauses.join("; ").as_str() {
        "" => format!("{what}."),
        says => format!("{what}: {says}."),
    }
}

/// Returns what the message is: "486 Busy Here to INVITE 102".
fn title(facts: &Facts<'_>) -> String {
    let number = facts
        .message
        .cseq()
        .map(|(number, _)| format!(" {}", short(&text(number))));
    let number = number.unwrap_or_default();
    match facts.page {
        Some(page) if facts.method.is_empty() => page.title(),
        Some(page) => format!("{} to {}{number}", page.title(), short(&facts.method)),
        None => request::title(facts, &number),
    }
}

/// Returns what is said where nothing but the code is there.
fn plainly(facts: &Facts<'_>) -> Option<String> {
    let Some(page) = facts.page else {
        return request::says(facts);
    };
    let proven = fixes::proven(facts).map(|fix| clause(&fix.cause));
    let mut senders = page.sent_by.iter().filter(|_| !facts.is("INVITE"));
    let of_method = senders.find(|sender| sender.methods.iter().any(|method| facts.is(method)));
    let of_method = of_method.filter(|sender| sender.methods.len() == 1);
    let of_method = of_method.map(|sender| clause(&sender.says));
    let says = proven.or(of_method);
    Some(says.unwrap_or_else(|| clause(&page.summary)))
}

/// Returns who was asked for and who answered, where the code alone tells what happened.
fn whom(facts: &Facts<'_>) -> Option<String> {
    let page = facts.page?;
    let to = facts.message.value("To").map(|to| text(address(to)));
    let to = to.filter(|to| !to.is_empty() && page.code.get() >= 300);
    let to = to.map(|to| format!("To is {}", short(&to)));
    let agent = Some(facts.agent.as_str()).filter(|agent| !agent.is_empty());
    let agent = agent.map(|agent| format!("the side that answered calls itself {}", short(agent)));
    let version = request::version(facts);
    let said: Vec<String> = version.into_iter().chain(to).chain(agent).collect();
    (!said.is_empty()).then(|| said.join("; "))
}

/// Returns what a response inside of another message says, in a clause.
pub(super) fn of_inner(message: &Message<'_>) -> Option<String> {
    let title = body::title(message)?;
    let facts = Facts::of(message);
    let reason = says::telling_reason(&facts)
        .or_else(|| says::contradicting_reason(&facts))
        .or_else(|| says::fitting_reason(&facts))
        .or_else(|| says::empty_reason(&facts));
    let more = says::of_product(&facts)
        .or_else(|| says::telling_warning(&facts))
        .or_else(|| says::warning(&facts))
        .or(reason);
    Some(match more {
        Some(more) => format!("{title}: {more}"),
        None => title,
    })
}
