//! Requests of all calls that are told, each on one hop with what came back: what a call is held against.

use core::net::SocketAddr;
use std::collections::HashMap;

use super::order::{Call, PRINT, SECOND, lasting, target};
use crate::explain::call::{branch, named, number, tag};
use crate::explain::dialog::host;
use crate::explain::sorted::sort_by_key;
use crate::explain::way;
use crate::explain::words::text;
use crate::message::{Message, address, user};

/// A phone is not let ring for longer (RFC 3261 section 16.6, Timer C).
const RINGS: u64 = 180 * SECOND;

/// A request on one hop, and what came back.
pub(super) struct Attempt<'a> {
    pub(super) request: &'a Message<'a>,
    /// When it was sent first, and last.
    pub(super) micros: u64,
    pub(super) last: u64,
    pub(super) copies: usize,
    pub(super) from: Option<SocketAddr>,
    pub(super) to: Option<SocketAddr>,
    /// The elements at both ends, as far as the trace tells them; what wrote a log may have no name.
    pub(super) client: String,
    pub(super) server: String,
    /// When the first response came, and the first one that rings or tells of progress.
    pub(super) heard: Option<u64>,
    pub(super) rang: Option<u64>,
    /// When the first one came that says that it rings.
    pub(super) rings: Option<u64>,
    /// The first of the latter with a session description.
    pub(super) early: Option<u16>,
    pub(super) answer: Option<(&'a Message<'a>, u64)>,
    /// The first CANCEL of it, and when that was sent.
    pub(super) cancel: Option<(&'a Message<'a>, u64)>,
    /// When a BYE came.
    pub(super) ends: Option<u64>,
    /// Where it stands in the call, if it is of it, and where its final response does.
    pub(super) own: Option<usize>,
    pub(super) own_answer: Option<usize>,
}

/// A message with its time, its addresses, and where it stands in the call.
pub(super) type Seen<'b, 'a> = (
    &'b Message<'a>,
    u64,
    Option<SocketAddr>,
    Option<SocketAddr>,
    Option<usize>,
);

/// Returns the messages of a call and of others, those of the call first.
pub(super) fn seen<'a>(call: &Call<'a>) -> impl Iterator<Item = Seen<'a, 'a>> {
    let own = call.all.iter().zip(call.recorded).enumerate();
    let own = own.filter_map(|(at, (message, one))| {
        Some((message, one.micros?, one.from, one.to, Some(at)))
    });
    let others = call.others.iter();
    let others = others.map(|one| (&one.message, one.micros, one.from, one.to, None));
    own.chain(others)
}

/// Returns what was asked in a call and in others, in the order of time.
pub(super) fn attempts<'a>(call: &Call<'a>) -> Vec<Attempt<'a>> {
    let mut all: Vec<Attempt<'a>> = Vec::new();
    let mut known: HashMap<(u64, &[u8], &[u8]), usize> = HashMap::new();
    for seen in seen(call) {
        let message = seen.0;
        let Some((_, method)) = message.cseq() else {
            continue;
        };
        if method == b"ACK" || message.code().is_some() && method == b"CANCEL" {
            continue;
        }
        let via = message.values("Via").next().unwrap_or_default();
        let key = (
            number(message).unwrap_or_default(),
            message.value("Call-ID").unwrap_or_default(),
            branch(message).unwrap_or(via),
        );
        match known.get(&key) {
            // A CANCEL has the branch of its INVITE.
            Some(at) if method == b"CANCEL" => {
                all[*at].cancel.get_or_insert((message, seen.1));
            }
            None if method == b"CANCEL" => {}
            Some(at) => all[*at].take(seen),
            None if message.is_request() => {
                known.insert(key, all.len());
                all.push(Attempt::new(seen));
            }
            None => {}
        }
    }
    let byes: Vec<(&[u8], u64)> = all
        .iter()
        .filter(|one| one.request.method() == b"BYE")
        .map(|one| (one.call_id(), one.micros))
        .collect();
    for one in all.iter_mut().filter(|one| one.is_invite()) {
        let mut byes = byes.iter().filter(|(id, _)| *id == one.call_id());
        one.ends = byes.next().map(|(_, at)| *at);
    }
    sort_by_key(&mut all, |one| one.micros);
    all
}

impl<'a> Attempt<'a> {
    fn new((request, micros, from, to, own): Seen<'a, 'a>) -> Self {
        let (client, server) = ends(request, from, to);
        Self {
            request,
            micros,
            last: micros,
            copies: 1,
            from,
            to,
            client,
            server,
            heard: None,
            rang: None,
            rings: None,
            early: None,
            answer: None,
            cancel: None,
            ends: None,
            own,
            own_answer: None,
        }
    }

    /// Takes another message of it.
    fn take(&mut self, (message, micros, _, _, at): Seen<'a, 'a>) {
        let Some(code) = message.code() else {
            // The same packet at another place is no copy.
            if micros >= self.last + PRINT {
                self.copies += 1;
                self.last = micros;
            }
            return;
        };
        self.heard.get_or_insert(micros);
        // What comes after the final response tells of nothing any more.
        if (101..200).contains(&code) && self.answer.is_none() {
            self.rang.get_or_insert(micros);
            if code == 180 {
                self.rings.get_or_insert(micros);
            }
            if message.session().is_some() {
                self.early.get_or_insert(code);
            }
        }
        if code >= 200 && self.answer.is_none() {
            self.answer = Some((message, micros));
            self.own_answer = at;
        }
    }

    pub(super) fn call_id(&self) -> &'a [u8] {
        self.request.value("Call-ID").unwrap_or_default()
    }

    /// Returns whether it begins a call.
    pub(super) fn is_invite(&self) -> bool {
        self.request.method() == b"INVITE" && tag(self.request, "To").is_none()
    }

    pub(super) fn code(&self) -> Option<u16> {
        self.answer?.0.code()
    }

    pub(super) fn is_success(&self) -> bool {
        self.code().is_some_and(|code| (200..300).contains(&code))
    }

    /// Returns whether its final response asks for another request in its place, and so ends nothing.
    pub(super) fn is_step(&self) -> bool {
        self.code().is_some_and(is_step)
    }

    /// Returns whether it was refused for good: not challenged, redirected or cancelled.
    pub(super) fn is_refused(&self) -> bool {
        let code = self.code().filter(|code| *code >= 400);
        code.is_some_and(|code| code != 487 && !is_step(code))
    }

    /// Returns whether somebody was reached by it.
    pub(super) fn is_through(&self) -> bool {
        self.is_success() || self.rang.is_some()
    }

    /// Returns whether a call was up at a time by it.
    pub(super) fn is_up(&self, at: u64) -> bool {
        let begins = match self.answer {
            Some((_, micros)) if self.is_success() => Some(self.rang.unwrap_or(micros)),
            _ => self.rang,
        };
        let ends = match self.answer {
            Some(_) if self.is_success() => self.ends.unwrap_or(u64::MAX),
            Some((_, micros)) => micros,
            None => self.micros + RINGS,
        };
        begins.is_some_and(|begins| begins <= at) && at < ends
    }

    /// Returns how long its final response took.
    pub(super) fn took(&self) -> Option<u64> {
        Some(self.answer?.1.saturating_sub(self.micros))
    }

    pub(super) fn method(&self) -> String {
        text(self.request.method())
    }

    /// Returns the number, or the name, that it goes to.
    pub(super) fn callee(&self) -> String {
        text(user(target(self.request)))
    }

    /// Returns the user of an address of it.
    pub(super) fn user(&self, name: &str) -> String {
        self.request
            .value(name)
            .map(user)
            .map(text)
            .unwrap_or_default()
    }

    /// Returns whether both went from one element to another one.
    pub(super) fn is_on_way(&self, other: &Self) -> bool {
        self.client == other.client && self.server == other.server
    }

    /// Returns whether both may be of one request: by their Call-ID, or by whom they are for.
    pub(super) fn is_of(&self, other: &Self) -> bool {
        let is_one = self.call_id() == other.call_id();
        let is_alike = self.callee() == other.callee() && self.user("From") == other.user("From");
        self.request.method() == other.request.method() && (is_one || is_alike)
    }

    /// Returns whether it was sent while another one was not answered.
    pub(super) fn is_while(&self, other: &Self) -> bool {
        let ends = other.answer.map_or(u64::MAX, |(_, at)| at);
        (other.micros..=ends).contains(&self.micros)
    }

    /// Returns its client as it is shown.
    pub(super) fn by(&self) -> String {
        let via = self.request.values("Via").next().and_then(way::sent_by);
        shown(&self.client, via)
    }

    /// Returns its server as it is shown.
    pub(super) fn at(&self) -> String {
        shown(&self.server, aim(self.request))
    }

    /// Returns its name, with a word for what is not of the call.
    pub(super) fn name(&self) -> String {
        let name = named(self.request);
        match self.own {
            Some(_) => name,
            None => format!("{name} of another Call-ID"),
        }
    }

    /// Returns its messages that are of the call.
    pub(super) fn proof(&self) -> Vec<usize> {
        self.own.into_iter().chain(self.own_answer).collect()
    }

    /// Returns how many bytes it has, but for line ends that its writer may have changed.
    pub(super) fn size(&self) -> usize {
        let request = self.request;
        request.line.len() + 2 + request.rows.len() + 2 + request.body.len()
    }
}

/// Returns whether a code redirects, challenges, or asks for the same with other values.
pub(super) fn is_step(code: u16) -> bool {
    matches!(code, 300..=399 | 401 | 407 | 421..=423 | 491 | 494)
}

/// Returns how long before a time, or after it, another was.
pub(super) fn ago(at: u64, other: u64) -> String {
    let gap = lasting(at.abs_diff(other));
    if other < at {
        format!("{gap} before")
    } else {
        format!("{gap} later")
    }
}

/// Returns each of some names once.
pub(super) fn distinct(names: &mut dyn Iterator<Item = String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for name in names {
        if !name.is_empty() && !all.contains(&name) {
            all.push(name);
        }
    }
    all
}

fn shown(name: &str, known: Option<String>) -> String {
    match (name, known) {
        ("", Some(known)) => host(&known),
        ("", None) => "?".to_owned(),
        (name, _) => name.to_owned(),
    }
}

/// Returns the elements between which a request went.
fn ends(
    request: &Message<'_>,
    from: Option<SocketAddr>,
    to: Option<SocketAddr>,
) -> (String, String) {
    let ip = |address: SocketAddr| address.ip().to_string();
    match (from, to) {
        // On one machine the ports tell them apart.
        (Some(from), Some(to)) if from.ip() == to.ip() => (from.to_string(), to.to_string()),
        (Some(from), Some(to)) => (ip(from), ip(to)),
        (Some(from), None) => (ip(from), String::new()),
        (None, Some(to)) => (String::new(), ip(to)),
        (None, None) => {
            let via = request.values("Via").next().and_then(way::sent_by);
            let name = |one: Option<String>| one.map_or_else(String::new, |one| host(&one));
            (name(via), name(aim(request)))
        }
    }
}

/// Returns the host to which a request goes by itself.
fn aim(request: &Message<'_>) -> Option<String> {
    let route = request.values("Route").next().map(address);
    let aim = text(route.unwrap_or_else(|| address(target(request))));
    Some(aim).filter(|aim| !aim.is_empty())
}
