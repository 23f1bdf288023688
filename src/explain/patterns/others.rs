//! What the parties of a call sent and got in other calls of the same trace, and the request that comes next after one.

use core::net::SocketAddr;

use super::order::{Call, Hop, target};
use crate::calls::Recorded;
use crate::explain::call::{branch, is_same, named, tag};
use crate::explain::dialog::host;
use crate::explain::way;
use crate::explain::words::text;
use crate::message::{Message, address};

/// Messages of other calls, those whose time is known.
pub(in crate::explain) struct Others<'a> {
    all: Vec<Other<'a>>,
    /// What the network says itself.
    network: Vec<&'a Recorded>,
}

/// A message of another call.
pub(super) struct Other<'a> {
    pub(super) recorded: &'a Recorded,
    pub(super) message: Message<'a>,
    pub(super) micros: u64,
    pub(super) from: Option<SocketAddr>,
    pub(super) to: Option<SocketAddr>,
}

/// A request that comes after another one of its kind, in the same call or in another one.
#[derive(Clone)]
pub(super) struct Again<'b, 'a> {
    pub(super) message: &'b Message<'a>,
    /// Where it stands, if it is of the same call.
    pub(super) at: Option<usize>,
    /// "SUBSCRIBE 2".
    pub(super) name: String,
    /// The code of its final response.
    pub(super) became: Option<u16>,
    /// How long after the other it came, in microseconds.
    pub(super) gap: Option<u64>,
    pub(super) to: Option<SocketAddr>,
}

impl<'a> Others<'a> {
    pub(in crate::explain) fn of(recorded: &'a [Recorded]) -> Self {
        let is_message = |one: &&Recorded| one.network.is_none();
        let timed = recorded.iter().filter(is_message).filter_map(|one| {
            Some(Other {
                recorded: one,
                message: Message::of(&one.bytes),
                micros: one.micros?,
                from: one.from,
                to: one.to,
            })
        });
        let network = recorded.iter().filter(|one| one.network.is_some());
        Self {
            all: timed.collect(),
            network: network.collect(),
        }
    }

    pub(super) fn all(&self) -> &[Other<'a>] {
        &self.all
    }

    pub(in crate::explain) fn network(&self) -> &[&'a Recorded] {
        &self.network
    }
}

impl<'a> Call<'a> {
    /// Returns the next request after a message that is of the kind and of the client of another.
    pub(super) fn again<'b>(&'b self, hop: &Hop<'a>, after: usize) -> Option<Again<'b, 'a>> {
        let here = self.again_here(hop, after);
        if !hop.is_outside() {
            return here;
        }
        let there = self.again_there(hop, after);
        match (&here, &there) {
            (Some(one), Some(other)) if one.gap.is_some() && other.gap < one.gap => there,
            (None, _) => there,
            _ => here,
        }
    }

    /// Returns the final response to a request of another call.
    pub(super) fn answer_to(&self, request: &Other<'_>) -> Option<&Other<'a>> {
        let mut later = self
            .others
            .iter()
            .skip_while(|other| other.micros < request.micros);
        later.find(|other| other.is_answer(request))
    }

    fn again_here<'b>(&'b self, hop: &Hop<'a>, after: usize) -> Option<Again<'b, 'a>> {
        let is_next = |other: &&Hop<'a>| {
            other.number > hop.number
                && self.is_same_client(other, hop)
                && other.first() > Some(after)
        };
        let next = self.requests(hop.method).filter(is_next);
        let next = next.min_by_key(|other| other.number)?;
        let at = *next.requests.first()?;
        let group = self.group(next.method, next.number, next.from.as_deref());
        let outcome = group.and_then(|group| self.outcome(group));
        Some(Again {
            message: &self.all[at],
            at: Some(at),
            name: next.name(),
            became: outcome.map(|at| self.code(at)),
            gap: self.gap(after, at),
            to: self.recorded[at].to,
        })
    }

    fn again_there<'b>(&'b self, hop: &Hop<'a>, after: usize) -> Option<Again<'b, 'a>> {
        let own = &self.all[*hop.requests.first()?];
        let begins = self.micros(after)?;
        let is_next = |other: &&Other<'a>| {
            let message = &other.message;
            other.micros > begins && is_like(message, own) && tag(message, "To").is_none()
        };
        let next = self.others.iter().filter(is_next);
        let next = next.min_by_key(|other| other.micros)?;
        Some(Again {
            message: &next.message,
            at: None,
            name: format!("{} of another Call-ID", named(&next.message)),
            became: self
                .answer_to(next)
                .and_then(|answer| answer.message.code()),
            gap: Some(next.micros - begins),
            to: next.to,
        })
    }
}

impl Other<'_> {
    /// Returns whether it is the final response to a request, on the same hop.
    fn is_answer(&self, request: &Self) -> bool {
        let (one, other) = (&self.message, &request.message);
        one.code() >= Some(200)
            && is_same(one, other)
            && one.value("Call-ID") == other.value("Call-ID")
            && branch(one) == branch(other)
    }
}

impl Again<'_, '_> {
    /// Returns what it came to.
    pub(super) fn became(&self) -> String {
        match self.became {
            Some(code) => format!("it got {code}"),
            None => "no final response to it is in this trace".to_owned(),
        }
    }
}

/// Returns whether two requests are of one kind, of one client, and for one target, seen at the same place.
fn is_like(one: &Message<'_>, other: &Message<'_>) -> bool {
    let same = |name: &str| one.value(name).map(address) == other.value(name).map(address);
    one.is_request()
        && one.method() == other.method()
        && same("From")
        && same("To")
        && event(one) == event(other)
        && one.values("Via").count() == other.values("Via").count()
        && origin(one) == origin(other)
}

/// Returns the host of the client that a request comes from.
pub(super) fn origin(message: &Message<'_>) -> Option<String> {
    let sent_by = message.values("Via").last().and_then(way::sent_by)?;
    Some(host(&sent_by))
}

/// Returns the package that Event names.
pub(super) fn event(message: &Message<'_>) -> Option<String> {
    let value = message.value("Event")?;
    let name = value.split(|byte| *byte == b';').next()?;
    Some(text(name).to_ascii_lowercase())
}

/// Returns the user of an address in a header field, or its host.
pub(super) fn user(message: &Message<'_>, name: &str) -> String {
    let address = message.value(name).map(|value| text(address(value)));
    let address = address.unwrap_or_default();
    address.split('@').next().unwrap_or_default().to_owned()
}

/// Returns a URI as it is compared: without its scheme and parameters, in small letters.
pub(super) fn bare(uri: &[u8]) -> String {
    let uri = text(address(uri)).to_ascii_lowercase();
    uri.strip_suffix(":5060").unwrap_or(&uri).to_owned()
}

/// Returns the Request-URI in the same way.
pub(super) fn bare_target(message: &Message<'_>) -> String {
    bare(target(message))
}
