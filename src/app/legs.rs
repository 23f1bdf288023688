//! Calls that are legs of one: what an element between two sides made of a call, with a Call-ID of its own.

use std::collections::HashMap;

use foldhash::quality::FixedState;

use crate::calls::Recorded;
use crate::message::{Field, Message, parameter, parameters, user};
use crate::search::sort_by_key;

/// Two calls that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leg {
    /// Their Call-IDs.
    pub calls: [String; 2],
    /// What says so.
    pub why: String,
    /// No message says so: they only look like it.
    pub is_guess: bool,
}

impl Leg {
    /// Returns the call that it is beside another one.
    pub fn beside(&self, call_id: &str) -> Option<&str> {
        let own = self.calls.iter().position(|id| id == call_id)?;
        Some(&self.calls[1 - own])
    }
}

/// Returns what a leg is called.
pub fn label(is_guess: bool) -> &'static str {
    if is_guess {
        "Possibly the other leg:"
    } else {
        "Other leg:"
    }
}

/// Header fields that elements put into all legs of a call, each with the same value.
const SHARED: [&str; 8] = [
    "X-CID",
    "X-Call-ID",
    "X-Session-ID",
    "X-Correlation-ID",
    "X-UUID",
    "X-GUID",
    "Cisco-Guid",
    "X-Genesys-CallUUID",
];
/// No shorter word is taken for the name of a call.
const SHORTEST: usize = 6;
/// What an element sends on it sends within this time, in microseconds.
const SOON: u64 = 1_000_000;
/// It is looked for among so many calls that follow.
const NEXT: usize = 64;
/// No more legs are joined.
const MOST: usize = 5000;

/// No more calls are looked at.
const CALLS: usize = 4000;

/// What tells of each call whose leg it is.
#[derive(Debug, Default)]
pub struct Firsts(Vec<One>);

#[derive(Debug)]
struct One {
    call_id: String,
    /// Its first request, if it has one.
    first: Option<Recorded>,
    /// When its last message was.
    ends: Option<u64>,
}

/// The first request of a call.
type First<'a> = Option<(&'a Recorded, Message<'a>)>;

impl Firsts {
    /// Looks at a call.
    pub fn add(&mut self, call_id: &str, messages: &[Recorded]) {
        if self.0.len() < CALLS {
            let is_request = |one: &&Recorded| Message::of(&one.bytes).is_request();
            self.0.push(One {
                call_id: call_id.to_owned(),
                first: messages.iter().find(is_request).cloned(),
                ends: messages.iter().filter_map(|one| one.micros).max(),
            });
        }
    }

    /// Returns which of these calls are legs of one.
    pub fn legs(mut self) -> Vec<Leg> {
        sort_by_key(&mut self.0, |one| {
            let first = one.first.as_ref();
            first.and_then(|first| first.micros)
        });
        legs(&self.0)
    }
}

/// Returns which of these calls are legs of one: as their messages say, or else as numbers and times suggest.
fn legs(calls: &[One]) -> Vec<Leg> {
    let firsts: Vec<First<'_>> = calls.iter().map(first).collect();
    let mut known: HashMap<Vec<u8>, usize, FixedState> = HashMap::default();
    for (at, call) in calls.iter().enumerate() {
        known.insert(call.call_id.clone().into_bytes(), at);
    }
    let mut joined = Joined(Vec::new(), calls);
    for (at, first) in firsts.iter().enumerate() {
        let fields = first.iter().flat_map(|(_, message)| &message.fields);
        for field in fields.filter(|field| !field.is("Call-ID")) {
            for word in field.value.split(|byte| b" \t\r\n;,<>\"=".contains(byte)) {
                if let Some(other) = known.get(word).filter(|_| word.len() >= SHORTEST) {
                    joined.by(field, "names a Call-ID", [at, *other]);
                }
            }
            for mark in marks(field) {
                let key = [field.name, b"\n", mark].concat();
                if let Some(other) = known.insert(key, at) {
                    joined.by(field, "is the same", [at, other]);
                }
            }
        }
    }
    for (at, one) in firsts.iter().enumerate() {
        let ends = calls[at].ends;
        for (later, other) in firsts.iter().enumerate().skip(at + 1).take(NEXT) {
            let (Some(one), Some(other)) = (one, other) else {
                continue;
            };
            let (Some(first), Some(begins)) = (one.0.micros, other.0.micros) else {
                continue;
            };
            let apart = begins.abs_diff(first);
            if apart > SOON {
                break;
            }
            if ends >= Some(begins) && is_alike(one, other) {
                let apart = apart / 1000;
                let why = format!("the same number {apart} ms apart, and no message says so");
                joined.put([at, later], why, true);
            }
        }
    }
    joined.0
}

/// Legs that are joined, and the calls that they are of.
struct Joined<'a>(Vec<Leg>, &'a [One]);

impl Joined<'_> {
    fn by(&mut self, field: &Field<'_>, says: &str, calls: [usize; 2]) {
        let why = format!("{} {says}", String::from_utf8_lossy(field.name));
        self.put(calls, why, false);
    }

    fn put(&mut self, [one, other]: [usize; 2], why: String, is_guess: bool) {
        let (one, other) = (&self.1[one].call_id, &self.1[other].call_id);
        // Of calls that messages join nothing is guessed.
        let is_known = self.0.iter().any(|leg| {
            let (own, its) = (leg.calls.contains(one), leg.calls.contains(other));
            own && its || is_guess && (own || its)
        });
        if one != other && !is_known && self.0.len() < MOST {
            self.0.push(Leg {
                calls: [one.clone(), other.clone()],
                why,
                is_guess,
            });
        }
    }
}

fn first(call: &One) -> First<'_> {
    let first = call.first.as_ref();
    first.map(|first| (first, Message::of(&first.bytes)))
}

/// Returns what a header field has in common with other legs.
fn marks<'a>(field: &Field<'a>) -> Vec<&'a [u8]> {
    if field.is("Session-ID") {
        let uuids = parameters(field.value, b';');
        let uuids = uuids.map(|(name, value)| if value.is_empty() { name } else { value });
        // One that is not known yet is all zeros.
        return uuids
            .filter(|uuid| uuid.iter().any(|digit| *digit != b'0'))
            .collect();
    }
    if field.is("P-Charging-Vector") {
        let value = field.value;
        return parameter(value, b';', "icid-value").into_iter().collect();
    }
    let is_shared = SHARED.iter().any(|name| field.is(name)) && field.value.len() >= SHORTEST;
    is_shared.then_some(field.value).into_iter().collect()
}

/// Returns whether the second request may be what became of the first: for the same number, by whom the first went to.
fn is_alike(one: &(&Recorded, Message<'_>), other: &(&Recorded, Message<'_>)) -> bool {
    let is_same = |name| {
        let [own, its] = [&one.1, &other.1].map(|one| user(one.value(name).unwrap_or_default()));
        // Who hides the own number has that of many others.
        own == its && !own.eq_ignore_ascii_case(b"anonymous")
    };
    let goes_on = match (one.0.to, other.0.from) {
        (Some(to), Some(from)) => to.ip() == from.ip() && (is_same("To") || is_same("From")),
        _ => is_same("To") && is_same("From"),
    };
    goes_on && one.1.method() == b"INVITE" && other.1.method() == b"INVITE"
}
