//! The messages that stand in the search line, explained: found as `sipdex explain` finds them, the failures first.

use std::rc::Rc;

use memchr::memchr_iter;

use crate::catalog::Response;
use crate::document::Document;
use crate::explain::{self, Beside, Explanation, MOST, Rank};
use crate::message::{Field, Message};
use crate::text;
use crate::trace;

/// What stands before the title of a message in the list.
const KIND: &str = "message";
/// What each start line has.
const VERSION: &[u8] = b"SIP/2.0";

/// A message in the search line, and what there is to say about it.
#[derive(Debug)]
pub struct Explained {
    message: Vec<u8>,
    /// How many messages of its call were there.
    beside: usize,
    place: String,
    /// What the title begins with: "message", or "message 2:" where there are several.
    short: String,
    title: String,
    says: String,
    explanation: Explanation,
}

/// What is explained of a text, and what is to be said of the rest.
#[derive(Debug, Default)]
pub(in crate::app) struct AllExplained {
    pub(in crate::app) messages: Vec<Rc<Explained>>,
    pub(in crate::app) remark: Option<String>,
}

impl PartialEq for Explained {
    fn eq(&self, other: &Self) -> bool {
        (&self.place, &self.message) == (&other.place, &other.message)
    }
}

impl Eq for Explained {}

impl Explained {
    fn of(message: &[u8], place: String, short: String, beside: Beside<'_>) -> Self {
        let explanation = explain::explain(&Message::of(message), beside);
        let method = text::clean(&explanation.method);
        let what = match explanation.response {
            Some(page) if method.is_empty() => page.title(),
            Some(page) => format!("{} to {method}", page.code),
            None if method.is_empty() => "without a start line".to_owned(),
            None => method,
        };
        let sentence = text::clean(&explanation.in_short);
        let sentence = sentence.trim_end_matches('.');
        // The title says what it is.
        let says = match (sentence.split_once(": "), explanation.fields.first()) {
            (Some((_, says)), _) => says.to_owned(),
            (None, Some(field)) => text::clean(&format!("{}: {}", field.name, field.says)),
            (None, None) => sentence.to_owned(),
        };
        Self {
            message: message.to_owned(),
            beside: beside.call.len(),
            place,
            title: format!("{short} {what}"),
            short,
            says,
            explanation,
        }
    }

    /// Returns what stands in the list.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Returns what the title begins with.
    pub fn short(&self) -> &str {
        &self.short
    }

    /// Returns what its sentence says.
    pub fn says(&self) -> &str {
        &self.says
    }

    /// Returns the page of its code, if it is a response.
    pub fn response(&self) -> Option<&'static Response> {
        self.explanation.response
    }

    pub(in crate::app) fn document(&self) -> Document {
        Document::of_explanation(&self.explanation, &self.place)
    }
}

/// Explains the messages that a text holds, but for those that were explained `before`; what nobody would take for one
/// costs nothing.
pub(in crate::app) fn explained(text: &str, before: &[Rc<Explained>]) -> AllExplained {
    let bytes = text.as_bytes();
    let mut versions = bytes.windows(VERSION.len());
    if versions.any(|window| window.eq_ignore_ascii_case(VERSION)) {
        let all = whole(bytes, before);
        if !all.messages.is_empty() {
            return all;
        }
    } else if !looks_like_fields(text) {
        return AllExplained::default();
    }
    let part = explain::pasted(bytes).map(|(line, message)| {
        let place = place(line, 1);
        explain_once(&message, place, KIND.to_owned(), Beside::default(), before)
    });
    // Header fields that say nothing are no message.
    let part = part.filter(|part| {
        part.response().is_some()
            || !part.explanation.method.is_empty()
            || !part.explanation.fields.is_empty()
    });
    AllExplained {
        messages: part.into_iter().collect(),
        remark: None,
    }
}

/// Explains whole messages: the failures, or else the first.
fn whole(text: &[u8], before: &[Rc<Explained>]) -> AllExplained {
    let mut found: Vec<(Rank, usize, u64)> = Vec::new();
    let mut all: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
    let (mut line, mut at) = (1, 0);
    for (nth, message) in trace::messages(text).enumerate() {
        let start = usize::try_from(message.place.start).unwrap_or(at);
        let between = text.get(at..start).unwrap_or_default();
        line += memchr_iter(b'\n', between).count() as u64;
        at = at.max(start);
        let head = message.head();
        found.push((Rank::of(&head, &message.bytes), nth, line));
        all.push((head.call_id.to_vec(), message.bytes.to_vec()));
    }
    let count = found.len();
    let is_failure = |(rank, ..): &(Rank, usize, u64)| rank.place() < Rank::Other.place();
    let failures = found.iter().filter(|found| is_failure(found)).count();
    if failures > 0 {
        found.retain(is_failure);
    }
    crate::search::sort_by_key(&mut found, |(rank, ..)| rank.place());
    found.truncate(MOST);
    let explained = found.len();
    let remark = (explained < count).then(|| {
        let which = match failures {
            0 => format!(", none of them a failure; the first {explained} are explained"),
            1 => "; the failure is explained".to_owned(),
            all if all == explained => format!("; the {all} failures are explained"),
            all => format!(", {all} of them failures; {explained} are explained"),
        };
        format!("{count} messages are there{which}")
    });
    let messages = found.into_iter().map(|(_, nth, line)| {
        let short = match count {
            1 => KIND.to_owned(),
            _ => format!("{KIND} {}:", nth + 1),
        };
        let (call_id, message) = &all[nth];
        let of_call = |(id, _): &&(Vec<u8>, Vec<u8>)| !id.is_empty() && id == call_id;
        let call: Vec<Message<'_>> = all
            .iter()
            .filter(of_call)
            .map(|(_, bytes)| Message::of(bytes))
            .collect();
        let beside = Beside {
            call: &call,
            at: all[..nth].iter().filter(of_call).count(),
        };
        explain_once(message, place(line, count), short, beside, before)
    });
    AllExplained {
        messages: messages.collect(),
        remark,
    }
}

/// Explains a message, with what stands beside it, that was not explained before.
fn explain_once(
    message: &[u8],
    place: String,
    short: String,
    beside: Beside<'_>,
    before: &[Rc<Explained>],
) -> Rc<Explained> {
    let is_same = |known: &&Rc<Explained>| {
        known.message == message
            && (&known.place, &known.short) == (&place, &short)
            && known.beside == beside.call.len()
    };
    let known = before.iter().find(is_same).map(Rc::clone);
    known.unwrap_or_else(|| Rc::new(Explained::of(message, place, short, beside)))
}

/// Returns where a message begins among so many.
fn place(line: u64, count: usize) -> String {
    if line == 1 && count == 1 {
        return "pasted".to_owned();
    }
    format!("pasted, line {line}")
}

/// Returns whether a text may be header fields: lines of it, or one with a name as senders write it.
fn looks_like_fields(text: &str) -> bool {
    let text = text.trim();
    let first = text.bytes().next();
    text.contains('\n')
        || first.is_some_and(|letter| letter.is_ascii_uppercase())
            && Field::parse(text.as_bytes()).is_some()
}
