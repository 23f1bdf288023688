//! What happened, in one sentence: what the message proves, before what the code alone says.

use super::alternative;
use super::asked::asked_for;
use super::beside;
use super::body;
use super::call;
use super::credentials;
use super::dialog;
use super::done;
use super::facts::Facts;
use super::finding::{Finding, Kind};
use super::fixes;
use super::loops;
use super::makers;
use super::nat;
use super::offer;
use super::reach;
use super::readings;
use super::request;
use super::sides;
use super::signals as says;
use super::words::{clause, short, text};
use crate::message::{Message, address};

/// What some part of a message says of the cause.
type Signal = fn(&Facts<'_>) -> Option<String>;

/// What tells more than the code does, the most telling first.
const SIGNALS: &[Signal] = &[
    dialog::unacknowledged,
    done::says,
    alternative::says,
    says::stale,
    credentials::refused,
    says::answered_elsewhere,
    dialog::cancelled,
    says::blocked_by_analytics,
    says::of_own_words,
    says::telling_reason,
    says::told_by_product,
    says::telling_warning,
    asked_for,
    dialog::no_dialog,
    dialog::no_route,
    dialog::silent_hop,
    says::contradicting_reason,
    says::warning,
    offer::says,
    loops::says,
    makers::of_code,
    makers::candidates,
    beside::of_request,
    says::cause_of_product,
    says::of_usual_words,
    says::own_phrase,
    says::fitting_reason,
    says::empty_reason,
    says::acceptable,
    says::error_fields,
    says::words_in_body,
    sides::says,
    says::next_hop,
    says::no_challenge,
    says::asks_credentials,
    reach::says,
    says::refused_stream,
    nat::says,
];

/// So many clauses say enough.
const MOST: usize = 3;
/// A sentence that is longer takes no further clause.
const LONG: usize = 260;

/// Returns what happened, with the first rule that a message breaks which says nothing of a failure itself.
pub(super) fn with_fault(facts: &Facts<'_>, findings: &[Finding]) -> String {
    let says = in_short(facts);
    let is_failure = facts.page.is_some_and(|page| page.code.get() >= 300);
    let mut broken = findings.iter().filter(|one| one.kind == Kind::Broken);
    let Some(first) = broken.next().filter(|_| !is_failure && says.len() < LONG) else {
        return says;
    };
    let fault = first.says.split(". ").next().unwrap_or_default();
    // The name of a header field keeps its capital.
    let is_article = ["The ", "A ", "An "]
        .iter()
        .any(|word| fault.starts_with(word));
    let fault = if is_article {
        clause(fault)
    } else {
        fault.trim_end_matches('.').to_owned()
    };
    format!("{}; but {fault}.", says.trim_end_matches('.'))
}

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
    // A remark on the time to wait is a cause.
    let is_told = facts
        .message
        .value("Retry-After")
        .is_some_and(|value| readings::comment(value).is_some());
    if is_plain && !is_told {
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
        Some(page) => {
            let method = short(&facts.method);
            match call::other_method(facts) {
                Some(own) => format!("{} to {own} (CSeq says {method}{number})", page.title()),
                None => format!("{} to {method}{number}", page.title()),
            }
        }
        None => request::title(facts, &number),
    }
}

/// Returns what is said where nothing but the code is there.
fn plainly(facts: &Facts<'_>) -> Option<String> {
    let Some(page) = facts.page else {
        let told = [dialog::unacknowledged(facts), request::says(facts)];
        let told: Vec<String> = told.into_iter().flatten().collect();
        return (!told.is_empty()).then(|| told.join("; "));
    };
    let proven = fixes::proven(facts).map(|fix| clause(&fix.cause));
    let mut senders = page.sent_by.iter().filter(|_| !facts.is("INVITE"));
    let of_method = senders.find(|sender| sender.methods.iter().any(|method| facts.is(method)));
    let of_method = of_method.filter(|sender| sender.methods.len() == 1);
    let of_method = of_method.map(|sender| clause(&sender.says));
    let agreed = (200..300).contains(&facts.code()) && facts.is("INVITE");
    let streams = body::streams(facts.message);
    let agreed = (agreed && !streams.is_empty()).then(|| {
        format!(
            "the INVITE is accepted, and the session has {}",
            short(&streams.join("; "))
        )
    });
    let says = proven.or(of_method).or(agreed);
    Some(says.unwrap_or_else(|| clause(&page.summary)))
}

/// Returns who was asked for and who answered, where nothing but the code tells what happened.
fn whom(facts: &Facts<'_>) -> Option<String> {
    let page = facts.page?;
    let to = facts.message.value("To").map(|to| text(address(to)));
    let to = to.filter(|to| !to.is_empty() && page.code.get() >= 300);
    let to = to.map(|to| format!("To is {}", short(&to)));
    let agent = Some(facts.agent.as_str()).filter(|agent| !agent.is_empty());
    let agent = agent.map(|agent| format!("the side that answered calls itself {}", short(agent)));
    let version = request::version(facts);
    let said: Vec<String> = to.into_iter().chain(agent).collect();
    let is_unknown = page.code.get() >= 300 && fixes::proven(facts).is_none();
    let no_more = (!said.is_empty() && is_unknown).then(|| {
        format!(
            "the message says no more of the cause ({})",
            said.join("; ")
        )
    });
    let said = no_more.or_else(|| (!said.is_empty()).then(|| said.join("; ")));
    let said: Vec<String> = version.into_iter().chain(said).collect();
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
