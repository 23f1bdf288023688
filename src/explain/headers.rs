//! What header fields of products tell of the cause: a number of Q.850, a Reason under another name, or words.

use super::causes::{self, Bearing};
use super::facts::Facts;
use super::makers;
use super::words::{quoted, short, text};
use crate::catalog::{self, TopicKind};
use crate::message::{Reason, parameter, reasons};

/// What such a field tells.
pub(super) struct Told {
    name: String,
    says: String,
    /// The cause of Q.850 that it names.
    cause: Option<u16>,
    /// Whether its words say more than the name of a cause or a code does.
    tells: bool,
}

/// Returns what a field of a product says, in words.
pub(super) fn says(name: &str, value: &str) -> String {
    told(name, value).says
}

/// Returns what the fields say whose words tell more than any name of a cause.
pub(super) fn words(facts: &Facts<'_>) -> Option<String> {
    let all = all(facts);
    let said: Vec<String> = all
        .iter()
        .filter(|told| told.tells)
        .take(2)
        .map(|told| format!("{} says {}", told.name, told.says))
        .collect();
    (!said.is_empty()).then(|| said.join("; "))
}

/// Returns the cause that a field names, with what it has to do with the code, and where it sends one.
pub(super) fn cause(facts: &Facts<'_>) -> Option<String> {
    let all = all(facts);
    let told = all.iter().find(|told| !told.tells)?;
    let Some(cause) = told.cause else {
        return Some(format!("{} says {}", told.name, told.says));
    };
    let reason = Reason {
        protocol: b"Q.850",
        cause: Some(cause),
        text: None,
    };
    let but = match causes::bearing(&reason, facts.page) {
        Bearing::Against => "but ",
        _ => "",
    };
    let look = makers::look_of(facts, cause);
    let look = look.map(|look| format!(": {look}"));
    Some(format!(
        "{but}{} says {}{}",
        told.name,
        told.says,
        look.unwrap_or_default()
    ))
}

/// Returns the fields that tell something, without what another one or Reason tells as well.
fn all(facts: &Facts<'_>) -> Vec<Told> {
    let fields = facts.told.iter();
    let all: Vec<Told> = fields.map(|(name, value)| told(name, value)).collect();
    let numbers: Vec<u16> = all.iter().filter_map(|told| told.cause).collect();
    let of_reason = |cause: u16| {
        let mut reasons = facts.reasons.iter();
        reasons.any(|(reason, _)| reason.is_q850() && reason.cause == Some(cause))
    };
    let mut seen: Vec<u16> = Vec::new();
    let is_new = |mut told: Told| {
        let value = facts.told.iter().find(|(name, _)| *name == told.name);
        let value = value.map_or("", |(_, value)| value);
        let is_name = numbers.iter().any(|cause| causes::is_name(*cause, value));
        told.tells &= !is_name && !facts.is_usual(value);
        let again = match told.cause {
            Some(cause) if of_reason(cause) || seen.contains(&cause) => true,
            Some(cause) => {
                seen.push(cause);
                false
            }
            None => !told.tells && (is_name || facts.is_usual(value)),
        };
        (told.tells || !again).then_some(told)
    };
    all.into_iter().filter_map(is_new).collect()
}

fn told(name: &str, value: &str) -> Told {
    let own = |says: String, cause: Option<u16>, tells: bool| Told {
        name: name.to_owned(),
        says,
        cause,
        tells,
    };
    if let Some(reason) = reasons(value.as_bytes()).find(|reason| reason.cause.is_some()) {
        let cause = reason.cause.filter(|_| reason.is_q850());
        return own(
            causes::reason(&reason),
            cause,
            causes::has_own_words(&reason),
        );
    }
    let value = value.trim_matches('"').trim();
    let is_cause = name.to_lowercase().contains("cause");
    let topic = catalog::topic_called(TopicKind::Cause, value).filter(|_| is_cause);
    if let Some(topic) = topic {
        let says = format!("ISDN cause {}, {}", topic.id, topic.name);
        return own(says, topic.number(), false);
    }
    // Some have a number, and words in a parameter: 1038;reason="…".
    let words = parameter(value.as_bytes(), b';', "reason").map(text);
    let number = value.split(';').next().unwrap_or_default();
    let has_words = value.bytes().any(|byte| byte.is_ascii_alphabetic());
    match words.as_deref() {
        None | Some("") => own(quoted(value) + &causes::of_word(value), None, has_words),
        Some(words) => own(format!("{}, {}", short(number), quoted(words)), None, true),
    }
}
