//! What was counted in a trace, in words.

use std::collections::BTreeMap;

use crate::calls::Outcome;
use crate::catalog::{self, StatusCode, TopicKind};
use crate::message::Method;
use crate::tally::{self, Attempt};
use crate::text;

/// Returns what the response of an attempt says beside its code.
pub fn why(attempt: &Attempt) -> String {
    let reasons = attempt.reasons.iter();
    let reasons = reasons.map(|value| format!(", Reason {}", reason(value)));
    let warnings = attempt.warnings.iter();
    let warnings = warnings.map(|code| format!(", Warning {}", warning(*code)));
    reasons.chain(warnings).collect()
}

/// More values are counted, and not told in the table.
const TOLD: usize = 3;

/// Returns the most frequent of counted values, in words.
pub fn frequent<T: Ord>(counts: &BTreeMap<T, u64>, says: impl Fn(&T) -> String) -> String {
    let all = tally::most(counts);
    let more = all.len().saturating_sub(TOLD);
    let told = all.iter().take(TOLD);
    let mut told: Vec<String> = told
        .map(|(value, count)| format!("{} ({count})", says(value)))
        .collect();
    if more > 0 {
        told.push(format!("{more} more"));
    }
    told.join(", ")
}

/// Returns a value of Reason, with the name of its cause.
pub fn reason(value: &str) -> String {
    let cause = value.strip_prefix("Q.850;cause=");
    let topic = cause.and_then(|cause| catalog::topic(TopicKind::Cause, cause));
    let sip = value.strip_prefix("SIP;cause=");
    let code = sip.and_then(|code| code.parse::<StatusCode>().ok());
    let name = match (topic, code) {
        (Some(topic), _) => format!(" {}", topic.name),
        (None, Some(code)) => format!(" {}", catalog::response(code).phrase()),
        (None, None) => String::new(),
    };
    format!("{}{name}", text::clean(value))
}

/// Returns a warn-code, with its name.
pub fn warning(code: u16) -> String {
    let topic = catalog::topic(TopicKind::Warning, &code.to_string());
    topic.map_or_else(
        || code.to_string(),
        |topic| format!("{code} {}", topic.name),
    )
}

/// Returns a number of things: "1 call", "2 calls".
pub fn counted(count: u64, what: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {what}{ending}")
}

/// Returns what a method is called.
pub fn method_name(method: &Method) -> String {
    match method.as_bytes() {
        [] => "a method that is cut off".to_owned(),
        method => text::clean(&String::from_utf8_lossy(method)),
    }
}

/// Returns a code with its phrase.
pub fn title(code: u16) -> String {
    let known = StatusCode::new(code).map(|code| catalog::response(code).title());
    known.unwrap_or_else(|_| code.to_string())
}

/// Returns what an outcome is called.
pub fn came_to(outcome: Outcome) -> String {
    match outcome {
        Outcome::Final(code) => title(code),
        Outcome::Open(None) => "no response in this trace".to_owned(),
        Outcome::Open(Some(code)) => format!("no final response in this trace, {}", title(code)),
    }
}
