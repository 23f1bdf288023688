//! What was counted in a trace, as rows that people read.

use std::collections::BTreeMap;

use super::tally::Tally;
use crate::calls::Outcome;
use crate::catalog::{self, StatusCode};
use crate::message::Method;
use crate::tally::{Attempt, Outcomes};
use crate::text;

type Row = (String, String);

/// Returns how often each message is there.
pub(super) fn messages(tally: &Tally) -> Vec<Row> {
    let counts = &tally.counts;
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
    rows
}

/// Returns what the requests of each method came to.
pub(super) fn outcomes(tally: &Tally) -> Vec<Row> {
    let mut rows = of_methods(&tally.outcomes);
    let messages = format!("{} messages", tally.counts.messages());
    // Of what broke off nobody knows them.
    let bytes = match tally.bytes {
        0 => String::new(),
        bytes => format!("in {bytes} bytes"),
    };
    rows.push((messages, bytes));
    rows
}

/// Returns the same below what it is counted apart by.
pub(super) fn apart(groups: &BTreeMap<String, BTreeMap<Method, Outcomes>>) -> Vec<Row> {
    let mut rows = Vec::new();
    for (key, methods) in groups {
        let attempts = methods
            .values()
            .flat_map(|outcomes| outcomes.attempts.values());
        let key = match key.as_str() {
            "" => "not said in this trace".to_owned(),
            key => text::clean(key),
        };
        rows.push((key, counted(attempts.sum(), "attempt")));
        for (method, outcomes) in methods {
            for (outcome, count) in &outcomes.attempts {
                let says = format!("  {} {}", name(method), came_to(*outcome));
                rows.push((says, count.to_string()));
            }
        }
    }
    rows
}

/// Returns a row for each attempt: when, what it came to, between whom, and where it stands.
pub(super) fn attempts<'a>(
    all: impl Iterator<Item = (&'a Method, Outcome, &'a Attempt)>,
) -> Vec<Row> {
    let row = |(method, outcome, attempt): (&Method, Outcome, &Attempt)| {
        let time = match attempt.time.as_str() {
            "" => String::new(),
            time => format!("{time} "),
        };
        let what = format!("{time}{} {}", name(method), came_to(outcome));
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
            "{who}{sender}, Call-ID {}, {}",
            attempt.call_id, attempt.place
        );
        (what, text::clean(&place))
    };
    all.map(row).collect()
}

fn of_methods(methods: &BTreeMap<Method, Outcomes>) -> Vec<Row> {
    let mut rows = Vec::new();
    for (method, outcomes) in methods {
        let attempts: u64 = outcomes.attempts.values().sum();
        let says = format!(
            "{}, {}",
            counted(attempts, "attempt"),
            counted(outcomes.transactions, "transaction")
        );
        rows.push((name(method), says));
        for (outcome, count) in &outcomes.attempts {
            rows.push((format!("  {}", came_to(*outcome)), count.to_string()));
        }
    }
    rows
}

fn counted(count: u64, what: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {what}{ending}")
}

fn name(method: &Method) -> String {
    match method.as_bytes() {
        [] => "a method that is cut off".to_owned(),
        method => text::clean(&String::from_utf8_lossy(method)),
    }
}

fn title(code: u16) -> String {
    let known = StatusCode::new(code).map(|code| catalog::response(code).title());
    known.unwrap_or_else(|_| code.to_string())
}

fn came_to(outcome: Outcome) -> String {
    match outcome {
        Outcome::Final(code) => title(code),
        Outcome::Open(None) => "no response in this trace".to_owned(),
        Outcome::Open(Some(code)) => format!("no final response in this trace, {}", title(code)),
    }
}
