//! Calls that are legs of one: what an element between two sides made of a call, with a Call-ID of its own.

use core::net::SocketAddr;
use std::collections::HashMap;

use foldhash::quality::FixedState;

use crate::calls::Recorded;
use crate::message::{Field, Head, Message, is_same_user, parameter, parameters, unescaped, user};
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
/// What a REFER asks for begins within this time.
const ASKED: u64 = 5_000_000;
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
    /// Whether its first request was answered.
    is_answered: bool,
    /// The REFER requests in it.
    refers: Vec<Recorded>,
}

/// The first request of a call.
type First<'a> = Option<(&'a Recorded, Message<'a>)>;

impl Firsts {
    /// Looks at a call.
    pub fn add(&mut self, call_id: &str, messages: &[Recorded]) {
        if self.0.len() < CALLS {
            let is_request = |one: &&Recorded| Message::of(&one.bytes).is_request();
            let is_refer = |one: &&Recorded| one.bytes.starts_with(b"REFER ");
            let is_answer = |one: &Recorded| {
                one.bytes.starts_with(b"SIP/2.0 2") && Head::of(&one.bytes).method == b"INVITE"
            };
            self.0.push(One {
                call_id: call_id.to_owned(),
                first: messages.iter().find(is_request).cloned(),
                ends: messages.iter().filter_map(|one| one.micros).max(),
                is_answered: messages.iter().any(is_answer),
                refers: messages.iter().filter(is_refer).cloned().collect(),
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
    for (at, call) in calls.iter().enumerate() {
        for refer in &call.refers {
            transferred(&mut joined, &firsts, at, refer);
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
                let is_left = calls[at].is_answered && !calls[later].is_answered;
                match next(calls, &firsts, at, later).filter(|_| is_left) {
                    Some(next) => {
                        let why = "the same number, as soon as the other way was refused, and no message says so";
                        joined.put([at, next], why.to_owned(), true);
                    }
                    None => joined.put([at, later], why, true),
                }
            }
        }
    }
    joined.0
}

/// Returns the call by which an element reached somebody when another way had failed.
fn next(calls: &[One], firsts: &[First<'_>], at: usize, failed: usize) -> Option<usize> {
    let (near, _) = firsts[at].as_ref()?;
    let (left, _) = firsts[failed].as_ref()?;
    let ends = calls[failed].ends?;
    let is_next = |next: &usize| {
        let other = firsts[*next].as_ref();
        other.is_some_and(|other| {
            let begins = other.0.micros.unwrap_or_default();
            let is_soon = begins.abs_diff(ends) <= SOON && calls[at].ends >= Some(begins);
            let ip = |one: &Recorded| one.from.map(|from| from.ip());
            let is_his = ip(left) == ip(other.0) && near.from != other.0.from;
            let one = firsts[at].as_ref();
            is_soon && is_his && one.is_some_and(|one| is_alike(one, other))
        })
    };
    let mut later = failed + 1..calls.len().min(failed + NEXT);
    later.find(|next| calls[*next].is_answered && is_next(next))
}

/// Joins a call with what a REFER in it names: the one that is to be replaced, and the one that came of it.
fn transferred(joined: &mut Joined<'_>, firsts: &[First<'_>], at: usize, refer: &Recorded) {
    let asks = Message::of(&refer.bytes);
    let Some(aim) = asks.value("Refer-To") else {
        return;
    };
    let plain = unescaped(aim);
    let replaces = plain.split(|byte| b"?&".contains(byte));
    let mut replaces = replaces.filter_map(|part| {
        let (name, value) = part.split_at_checked(9)?;
        name.eq_ignore_ascii_case(b"Replaces=").then_some(value)
    });
    let replaces = replaces
        .next_back()
        .and_then(|value| value.split(|byte| b";>".contains(byte)).next());
    for (other, call) in joined.1.iter().enumerate() {
        if replaces == Some(call.call_id.as_bytes()) {
            joined.put([at, other], "Refer-To names its Call-ID".to_owned(), false);
        }
    }
    let (Some(sent), callee) = (refer.micros, user(aim)) else {
        return;
    };
    // Where a log names no address of the element, it is the same that got the REFER.
    let is_asked = |other: &(&Recorded, Message<'_>)| {
        let (new, message) = other;
        let ip = |one: Option<SocketAddr>| one.map(|one| one.ip());
        let after = new.micros.and_then(|micros| micros.checked_sub(sent));
        message.method() == b"INVITE"
            && after.is_some_and(|after| after <= ASKED)
            && ip(new.from) == ip(refer.to)
            && is_same_user(user(message.value("To").unwrap_or_default()), callee)
    };
    let is_new = |other: &First<'_>| other.as_ref().is_some_and(is_asked);
    let new = firsts.iter().position(is_new).filter(|new| *new != at);
    let Some((new, (_, message))) = new.and_then(|new| Some((new, firsts[new].as_ref()?))) else {
        return;
    };
    let by = message.value("Referred-By").map(user);
    let is_named = by.is_some() && by == asks.value("From").map(user);
    let is_told = is_named || replaces.is_some() && message.has("Replaces");
    if !is_told && refer.from.is_none() && refer.to.is_none() {
        return;
    }
    let why = if is_told {
        "a REFER asked for it"
    } else {
        "as a REFER just before asked, and no message says so"
    };
    joined.beside([at, new], why.to_owned(), !is_told);
}

/// Legs that are joined, and the calls that they are of.
struct Joined<'a>(Vec<Leg>, &'a [One]);

impl Joined<'_> {
    fn by(&mut self, field: &Field<'_>, says: &str, calls: [usize; 2]) {
        let why = format!("{} {says}", String::from_utf8_lossy(field.name));
        self.put(calls, why, false);
    }

    fn put(&mut self, [one, other]: [usize; 2], why: String, is_guess: bool) {
        // Of calls that messages join nothing is guessed.
        let ids = [one, other].map(|at| &self.1[at].call_id);
        let is_joined = |leg: &Leg| ids.iter().any(|id| leg.calls.contains(id));
        if !is_guess || !self.0.iter().any(is_joined) {
            self.beside([one, other], why, is_guess);
        }
    }

    /// Joins two calls, whatever else they are joined with.
    fn beside(&mut self, [one, other]: [usize; 2], why: String, is_guess: bool) {
        let (one, other) = (&self.1[one].call_id, &self.1[other].call_id);
        let is_both = |leg: &Leg| leg.calls.contains(one) && leg.calls.contains(other);
        let is_known = self.0.iter().any(is_both);
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
