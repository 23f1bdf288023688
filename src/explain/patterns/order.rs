//! A call put into order: which messages are one request on one hop with its responses, which were sent again, which are
//! the same request on its way, and when each was.

use std::collections::HashMap;

use super::others::{Other, Others};
use crate::calls::Recorded;
use crate::explain::call::{branch, named, number, tag};
use crate::explain::words::time;
use crate::explain::{causes, parties};
use crate::message::{Message, Start, address, reasons};

/// T1 and what is made of it, in microseconds (RFC 3261 section 17.1.1.1).
pub(super) const T1: u64 = 500_000;
pub(super) const TIMEOUT: u64 = 64 * T1;
pub(super) const SECOND: u64 = 1_000_000;
/// What comes again so soon was not sent again: it was seen at another place.
pub(in crate::explain) const PRINT: u64 = 100_000;

/// The messages of a call in order.
pub(in crate::explain) struct Call<'a> {
    pub(super) recorded: &'a [Recorded],
    pub(super) all: &'a [Message<'a>],
    /// In the order of their first messages.
    pub(super) hops: Vec<Hop<'a>>,
    /// Hops of one request, by their numbers: From tag, method and `CSeq` number are the same.
    pub(super) groups: Vec<Vec<usize>>,
    pub(super) others: &'a [Other<'a>],
    /// What the network says itself.
    pub(super) network: &'a [&'a Recorded],
    /// When the trace ends.
    pub(super) last: Option<u64>,
}

/// A request between two elements, and its responses there: a client transaction.
pub(super) struct Hop<'a> {
    pub(super) method: &'a [u8],
    pub(super) number: u64,
    pub(super) branch: &'a [u8],
    /// The tags of From and To, the latter as the request has it.
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
    /// How many Via values it has.
    pub(super) vias: usize,
    /// The request, and when it was sent again; none where the trace has responses only.
    pub(super) requests: Vec<usize>,
    pub(super) responses: Vec<usize>,
}

/// What hops of one request share: number, method, From tag, and whether it is outside of a dialog.
type Name<'a> = (u64, &'a [u8], Option<&'a str>, bool);

impl<'a> Call<'a> {
    pub(in crate::explain) fn new(
        recorded: &'a [Recorded],
        all: &'a [Message<'a>],
        ends: Option<u64>,
    ) -> Self {
        let mut call = Self {
            recorded,
            all,
            hops: Vec::new(),
            groups: Vec::new(),
            others: &[],
            network: &[],
            last: recorded.iter().filter_map(|one| one.micros).max().max(ends),
        };
        let mut by_name: HashMap<(u64, &[u8], &[u8]), usize> = HashMap::new();
        let mut seen: HashMap<(usize, u16, Option<String>), usize> = HashMap::new();
        for (at, message) in all.iter().enumerate() {
            let Some((_, of_cseq)) = message.cseq() else {
                continue;
            };
            let via = message.values("Via").next().unwrap_or_default();
            let top = branch(message).unwrap_or(via);
            let method = if message.is_request() {
                message.method()
            } else {
                of_cseq
            };
            let name = (number(message).unwrap_or_default(), method, top);
            let hop = *by_name.entry(name).or_insert_with(|| {
                call.hops.push(Hop::new(message, name));
                call.hops.len() - 1
            });
            call.put(&mut seen, hop, at);
        }
        call.groups = call.grouped();
        call
    }

    pub(in crate::explain) fn beside(self, others: &'a Others<'a>) -> Self {
        Self {
            others: others.all(),
            network: others.network(),
            ..self
        }
    }

    /// Puts a message on its hop, unless it was seen there just before.
    fn put(
        &mut self,
        seen: &mut HashMap<(usize, u16, Option<String>), usize>,
        hop: usize,
        at: usize,
    ) {
        let message = &self.all[at];
        let code = message.code().unwrap_or_default();
        let name = (hop, code, tag(message, "To"));
        let before = seen.get(&name).copied();
        let is_print = before.is_some_and(|before| {
            let is_exact = self.recorded[at].is_exact && self.recorded[before].is_exact;
            is_exact && self.gap(before, at).is_some_and(|gap| gap < PRINT)
        });
        if is_print {
            return;
        }
        seen.insert(name, at);
        let hop = &mut self.hops[hop];
        if message.is_request() {
            if hop.requests.is_empty() {
                (hop.from, hop.to) = (tag(message, "From"), tag(message, "To"));
            }
            hop.requests.push(at);
        } else if message.code().is_some() {
            hop.responses.push(at);
        }
    }

    fn grouped(&self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut by_name: HashMap<Name<'_>, usize> = HashMap::new();
        for (at, hop) in self.hops.iter().enumerate() {
            let name = |is_outside| (hop.number, hop.method, hop.from.as_deref(), is_outside);
            // A number that is used again in the dialog is another request; responses alone do not say.
            let is_outside = if hop.requests.is_empty() {
                by_name.contains_key(&name(true)) || !by_name.contains_key(&name(false))
            } else {
                hop.is_outside()
            };
            let group = *by_name.entry(name(is_outside)).or_insert_with(|| {
                groups.push(Vec::new());
                groups.len() - 1
            });
            groups[group].push(at);
        }
        groups
    }

    /// Returns when a message was, in microseconds.
    pub(super) fn micros(&self, at: usize) -> Option<u64> {
        self.recorded[at].micros
    }

    /// Returns how long after one message another was; none where that is not known.
    pub(super) fn gap(&self, from: usize, to: usize) -> Option<u64> {
        let (from, to) = (self.micros(from)?, self.micros(to)?);
        Some(to.saturating_sub(from))
    }

    /// Returns how long the trace goes on after a message.
    pub(super) fn rest(&self, at: usize) -> Option<u64> {
        Some(self.last?.saturating_sub(self.micros(at)?))
    }

    /// Returns whether the trace goes on for so long after a message, as far as that is known.
    pub(super) fn goes_on(&self, at: usize, micros: u64) -> bool {
        self.rest(at).is_some_and(|rest| rest >= micros)
    }

    /// Returns whether one message was later than another by at least so much, as far as that is known.
    pub(super) fn is_later(&self, from: usize, to: usize, micros: u64) -> bool {
        self.gap(from, to).is_some_and(|gap| gap >= micros)
    }

    /// Returns sender and receiver of a message on its hop.
    pub(super) fn between(&self, at: usize) -> (String, String) {
        parties::between(self.recorded, self.all, at)
    }

    /// Returns the first final response that the nearest hop of a group to its client has, and all of that hop.
    pub(super) fn outcome(&self, group: &[usize]) -> Option<usize> {
        let with_final = group
            .iter()
            .filter_map(|hop| Some((self.hops[*hop].vias, self.hops[*hop].last(self, 200)?)));
        let (_, at) = with_final.min_by_key(|(vias, at)| (*vias, !self.is_success(*at)))?;
        Some(at)
    }

    /// Returns the group of a request with a method, a number and a From tag.
    pub(super) fn group(&self, method: &[u8], number: u64, from: Option<&str>) -> Option<&[usize]> {
        let is_it = |group: &&Vec<usize>| {
            group.first().is_some_and(|hop| {
                let hop = &self.hops[*hop];
                hop.method == method && hop.number == number && hop.from.as_deref() == from
            })
        };
        self.groups.iter().find(is_it).map(Vec::as_slice)
    }

    /// Returns the first message of a group.
    pub(super) fn begins(&self, group: &[usize]) -> Option<usize> {
        let hops = group.iter().map(|hop| &self.hops[*hop]);
        hops.filter_map(Hop::first).min()
    }

    /// Returns the hop of a group that its client sent itself: the one with the fewest Via values of which the request is
    /// in the trace.
    pub(super) fn nearest(&self, group: &[usize]) -> Option<&Hop<'a>> {
        let hops = group.iter().map(|hop| &self.hops[*hop]);
        hops.filter(|hop| !hop.requests.is_empty())
            .min_by_key(|hop| hop.vias)
    }

    /// Returns the requests with a method, each as it is seen first on its hops, in the order of the trace.
    pub(super) fn requests<'b>(
        &'b self,
        method: &'b [u8],
    ) -> impl Iterator<Item = &'b Hop<'a>> + 'b {
        let groups = self.groups.iter();
        groups.filter_map(move |group| self.nearest(group).filter(|hop| hop.method == method))
    }

    /// Returns whether two requests are of one client: by the tag in From, or outside of a dialog by its address, since some
    /// take a new tag where they send a request again.
    pub(super) fn is_same_client(&self, one: &Hop<'_>, other: &Hop<'_>) -> bool {
        let from = |hop: &Hop<'_>| {
            let at = *hop.requests.first()?;
            self.all[at].value("From").map(address)
        };
        let is_outside = one.is_outside() && other.is_outside();
        one.from == other.from || is_outside && from(one) == from(other)
    }

    /// Returns whether nothing answers a request: it was sent several times, or over a stream, which sends none again, and the
    /// trace goes on for as long as its client waits.
    pub(super) fn is_unheard(&self, hop: &Hop<'_>) -> bool {
        let waits = |at: usize| !is_udp(self, at) && self.goes_on(at, TIMEOUT);
        let is_sent = hop.requests.len() > 2 || hop.requests.first().is_some_and(|at| waits(*at));
        hop.responses.is_empty() && is_sent
    }

    /// Returns what a message is called: "INVITE 102", "the 200 to INVITE 102".
    pub(super) fn said(&self, at: usize) -> String {
        let name = named(&self.all[at]);
        match self.all[at].code() {
            Some(code) => format!("the {code} to {name}"),
            None => name,
        }
    }

    pub(super) fn code(&self, at: usize) -> u16 {
        self.all[at].code().unwrap_or_default()
    }

    /// Returns what the Reason fields of a message say.
    pub(super) fn reasons(&self, at: usize) -> Vec<String> {
        let fields = self.all[at].all("Reason");
        fields
            .flat_map(|field| reasons(field.value))
            .map(|reason| causes::said(&reason))
            .collect()
    }

    pub(super) fn is_success(&self, at: usize) -> bool {
        (200..300).contains(&self.code(at))
    }

    /// Returns the tag in From of a message.
    pub(super) fn from(&self, at: usize) -> Option<String> {
        tag(&self.all[at], "From")
    }

    /// Returns the tag in To of a message.
    pub(super) fn to(&self, at: usize) -> Option<String> {
        tag(&self.all[at], "To")
    }
}

impl<'a> Hop<'a> {
    fn new(message: &Message<'a>, (number, method, branch): (u64, &'a [u8], &'a [u8])) -> Self {
        Self {
            method,
            number,
            branch,
            from: tag(message, "From"),
            to: tag(message, "To").filter(|_| message.is_request()),
            vias: message.values("Via").count(),
            requests: Vec::new(),
            responses: Vec::new(),
        }
    }

    pub(super) fn is(&self, method: &str) -> bool {
        self.method == method.as_bytes()
    }

    /// Returns the first message of it.
    pub(super) fn first(&self) -> Option<usize> {
        let first = [self.requests.first(), self.responses.first()];
        first.into_iter().flatten().min().copied()
    }

    /// Returns the last response from a code on, but a success before all others.
    pub(super) fn last(&self, call: &Call<'_>, from: u16) -> Option<usize> {
        let all = || {
            self.responses
                .iter()
                .copied()
                .filter(|at| call.code(*at) >= from)
        };
        all()
            .find(|at| call.is_success(*at))
            .or_else(|| all().next_back())
    }

    /// Returns its name: "INVITE 102".
    pub(super) fn name(&self) -> String {
        format!("{} {}", String::from_utf8_lossy(self.method), self.number)
    }

    /// Returns whether it begins something new: it has no tag in To.
    pub(super) fn is_outside(&self) -> bool {
        self.to.is_none()
    }
}

/// Returns a time as people say it: "32 s", "0.5 s".
pub(super) fn lasting(micros: u64) -> String {
    // Of long times no part of a second is said.
    let rounded = match micros {
        ..100_000 => micros,
        100_000..9_950_000 => micros + 50_000,
        _ => micros + SECOND / 2,
    };
    let seconds = rounded / SECOND;
    let tenths = rounded % SECOND / 100_000;
    match (seconds, tenths) {
        // Many writers print whole seconds only.
        (0, 0) if micros == 0 => "less than 1 s".to_owned(),
        (0, 0) if micros < 1000 => "less than 1 ms".to_owned(),
        (0, 0) => format!("{} ms", micros / 1000),
        (0..10, 1..) => format!("{seconds}.{tenths} s"),
        _ => time(u32::try_from(seconds).unwrap_or(u32::MAX)),
    }
}

/// Returns how often something was sent: "once", "7 times".
pub(super) fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        count => format!("{count} times"),
    }
}

/// Returns the Request-URI.
pub(super) fn target<'a>(message: &Message<'a>) -> &'a [u8] {
    match message.start {
        Some(Start::Request { uri, .. }) => uri,
        _ => b"",
    }
}

/// Returns the URI of an address, with its parameters.
pub(super) fn uri(value: &[u8]) -> &[u8] {
    match value.iter().position(|byte| *byte == b'<') {
        Some(at) => {
            let inside = &value[at + 1..];
            let end = inside.iter().position(|byte| *byte == b'>');
            &inside[..end.unwrap_or(inside.len())]
        }
        None => value.split(|byte| *byte == b' ').next().unwrap_or(value),
    }
}

/// Returns whether a message is sent over UDP.
pub(super) fn is_udp(call: &Call<'_>, at: usize) -> bool {
    let via = call.all[at].values("Via").next().unwrap_or_default();
    via.windows(4)
        .any(|part| part.eq_ignore_ascii_case(b"/UDP"))
}
