//! What was counted in a trace, as rows that people read.

use std::collections::BTreeMap;

use crate::calls::Outcome;
use crate::document::{
    came_to, counted, frequent, method_name as name, reason, setup, title, warning, why,
};
use crate::message::Method;
use crate::tally::{Beside, Listed, Methods, Outcomes, Sum, Time, total};
use crate::text;

type Row = (String, String);

/// Returns how often each message is there.
pub(super) fn messages(sum: &Sum) -> Vec<Row> {
    let counts = &sum.counts;
    let mut rows = vec![("SIP messages".to_owned(), counts.messages().to_string())];
    for (method, count) in &counts.requests {
        rows.push((name(method), count.to_string()));
    }
    for (method, codes) in &counts.responses {
        for (code, count) in codes {
            let says = format!("{} to {}", title(*code), name(method));
            rows.push((says, count.to_string()));
        }
    }
    if counts.malformed > 0 {
        let says = "with a start line that is wrong".to_owned();
        rows.push((says, counts.malformed.to_string()));
    }
    rows.extend(span(sum));
    rows
}

/// Returns what the requests of each method came to, and of how much.
pub(super) fn outcomes(sum: &Sum) -> Vec<Row> {
    let mut rows = Vec::new();
    for (method, outcomes) in &sum.methods {
        rows.extend(of_method(sum, method, outcomes));
    }
    let messages = counted(sum.counts.messages(), "message");
    rows.push((messages, format!("in {}", counted(sum.bytes(), "byte"))));
    rows.extend(span(sum));
    rows
}

/// Returns when the first and the last message was.
fn span(sum: &Sum) -> Vec<Row> {
    let span = sum.span();
    let row = |name: &str, time: &Time| (name.to_owned(), text::clean(&time.zoned()));
    match (&span.first, &span.last) {
        (Some(first), Some(last)) if first == last => vec![row("at", first)],
        (first, last) => {
            let first = first.iter().map(|first| row("from", first));
            first
                .chain(last.iter().map(|last| row("to", last)))
                .collect()
        }
    }
}

/// Returns the same below what it is counted apart by.
pub(super) fn apart(groups: &BTreeMap<String, Methods>) -> Vec<Row> {
    let mut rows = Vec::new();
    for (key, methods) in groups {
        let attempts = methods
            .values()
            .flat_map(|outcomes| outcomes.attempts.values());
        let key = match key.as_str() {
            "" => "not said in this trace".to_owned(),
            key => text::clean(key),
        };
        rows.push((key, counted(total(attempts), "attempt")));
        for (method, outcomes) in methods {
            for (outcome, count) in &outcomes.attempts {
                let says = format!("  {} {}", name(method), came_to(*outcome));
                rows.push((says, count.to_string()));
            }
        }
    }
    rows
}

/// Returns a row for each attempt: when, what it came to, between whom, where it stands, and why.
pub(super) fn attempts(all: &[Listed]) -> Vec<Row> {
    let row = |listed: &Listed| {
        let (attempt, outcome) = (&listed.attempt, listed.outcome);
        let time = attempt.time.as_ref();
        let time = time.map_or_else(String::new, |time| format!("{} ", text::clean(&time.text)));
        let what = format!("{time}{} {}", name(&listed.method), came_to(outcome));
        let who = format!("{} to {}", attempt.from, attempt.to);
        let sender = [&attempt.peer, &attempt.agent];
        let sender: Vec<&str> = sender
            .into_iter()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        let sender = match sender.as_slice() {
            [] => String::new(),
            parts => format!(", answered by {}", parts.join(" ")),
        };
        let place = format!(
            "{who}{sender}{}, Call-ID {}, {}",
            why(attempt),
            attempt.call_id,
            attempt.place
        );
        let cause = match attempt.cause.as_str() {
            "" => String::new(),
            cause => format!(": {cause}"),
        };
        (what, text::clean(&(place + &cause)))
    };
    all.iter().map(row).collect()
}

fn of_method(sum: &Sum, method: &Method, outcomes: &Outcomes) -> Vec<Row> {
    let attempts = total(outcomes.attempts.values());
    let says = format!(
        "{}, {}",
        counted(attempts, "attempt"),
        counted(outcomes.transactions, "transaction")
    );
    let mut rows = vec![(name(method), says)];
    for (outcome, count) in &outcomes.attempts {
        rows.push((format!("  {}", came_to(*outcome)), count.to_string()));
        if let Outcome::Final(code) = outcome {
            let beside = sum.codes.get(method).and_then(|codes| codes.get(code));
            rows.extend(beside.into_iter().flat_map(beside_it));
        }
    }
    if method.is_invite() {
        let setup = setup(&sum.setups).into_iter();
        rows.extend(setup.map(|(name, says)| (format!("  {name}"), says)));
    }
    rows
}

/// Returns what the responses say of why, most frequent first.
fn beside_it(beside: &Beside) -> Vec<Row> {
    let mut rows = Vec::new();
    if !beside.reasons.is_empty() {
        let says = frequent(&beside.reasons, |value| reason(value));
        rows.push(("    Reason".to_owned(), says));
    }
    if !beside.warnings.is_empty() {
        let says = frequent(&beside.warnings, |code| warning(*code));
        rows.push(("    Warning".to_owned(), says));
    }
    rows
}
