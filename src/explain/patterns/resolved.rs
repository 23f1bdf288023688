//! What DNS told an element of the names to which requests were to go: nothing, or more servers than it tried.

use core::net::{IpAddr, SocketAddr};

use super::attempts::{Attempt, attempts, distinct};
use super::found::{Found, values};
use super::order::{Call, TIMEOUT, target, times};
use super::undelivered::frame;
use crate::calls::Recorded;
use crate::explain::call::{is_same, named, tag};
use crate::explain::dialog::host;
use crate::explain::words::{list, text};
use crate::message::{Lookup, Message, Network, address};

/// A request that was sent so often had no answer.
const COPIES: usize = 3;
/// So far names lead on to others.
const DEEP: usize = 3;

/// An answer of DNS, and who got it.
struct Told<'a> {
    asker: IpAddr,
    lookup: &'a Lookup,
    recorded: &'a Recorded,
}

/// Returns what DNS explains of a call.
pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let told = call.network.iter().filter_map(|one| match &one.network {
        Some(Network::Resolved(lookup)) => Some(Told {
            asker: one.to?.ip(),
            lookup,
            recorded: one,
        }),
        _ => None,
    });
    let told: Vec<Told<'_>> = told.collect();
    if told.is_empty() {
        return Vec::new();
    }
    let all = attempts(call);
    let untried = all.iter().find_map(|own| untried(call, own, &all, &told));
    let unknown = told.iter().find_map(|one| unknown(call, one, &told));
    untried.into_iter().chain(unknown).collect()
}

/// Returns the name, or the address, to which a request goes next.
pub(in crate::explain) fn goes_to(message: &Message<'_>) -> Option<String> {
    let route = message.values("Route").next().map(address);
    let uri = route.unwrap_or_else(|| target(message));
    let name = host(&text(uri)).to_ascii_lowercase();
    (message.is_request() && !name.is_empty()).then_some(name)
}

/// Returns the addresses that an element was told of a name.
fn addresses(told: &[Told<'_>], asker: IpAddr, name: &str, deep: usize) -> Vec<IpAddr> {
    let mut all: Vec<IpAddr> = Vec::new();
    let is_own = |one: &&Told<'_>| one.asker == asker && one.lookup.host == name;
    for one in told.iter().filter(is_own) {
        let further = one.lookup.targets.iter();
        let further = further.filter(|target| deep > 0 && *target != name);
        let further = further.flat_map(|target| addresses(told, asker, target, deep - 1));
        for address in one.lookup.addresses.iter().copied().chain(further) {
            if !all.contains(&address) {
                all.push(address);
            }
        }
    }
    all
}

fn is_at(address: Option<SocketAddr>, ip: IpAddr) -> bool {
    address.is_some_and(|address| address.ip() == ip)
}

/// Returns that a server failed, and that none of the others was tried that DNS gave for the same name.
fn untried(
    call: &Call<'_>,
    own: &Attempt<'_>,
    all: &[Attempt<'_>],
    told: &[Told<'_>],
) -> Option<Found> {
    own.own?;
    let (client, server) = (own.from?.ip(), own.to?.ip());
    let is_silent = own.heard.is_none() && own.copies >= COPIES;
    let did = match own.code() {
        Some(503) => "answered 503".to_owned(),
        None if is_silent => format!("did not answer (it was sent {})", times(own.copies)),
        _ => return None,
    };
    let near = all
        .iter()
        .find(|near| is_at(near.to, client) && near.is_of(own) && own.is_while(near));
    // A proxy may have put the address in the place of the name.
    let names = [Some(own), near].into_iter().flatten();
    let mut known = names
        .filter_map(|one| goes_to(one.request))
        .map(|name| addresses(told, client, &name, DEEP));
    let known = known.find(|known| known.contains(&server))?;
    let others: Vec<IpAddr> = known.into_iter().filter(|one| *one != server).collect();
    let is_tried = |other: &Attempt<'_>| {
        let is_there = others.iter().any(|address| is_at(other.to, *address));
        is_there && is_at(other.from, client) && other.is_of(own)
    };
    let is_outside = tag(own.request, "To").is_none();
    if !is_outside || others.is_empty() || all.iter().any(is_tried) {
        return None;
    }
    let became = match near.and_then(Attempt::code) {
        Some(code @ 400..) => format!(", and gave {code} back"),
        Some(_) => return None,
        // Another one may be tried once the time is over.
        None if call.last < Some(own.micros + TIMEOUT + TIMEOUT / 8) => return None,
        None => String::new(),
    };
    let by = told.iter().find(|one| {
        let mut told = one.lookup.addresses.iter();
        one.asker == client && told.any(|address| others.contains(address))
    })?;
    let others: Vec<String> = others.iter().map(ToString::to_string).collect();
    let values = values![
        ("name", named(own.request)),
        ("from", own.by()),
        ("to", own.at()),
        ("did", did),
        ("became", became),
        ("others", list(&others)),
        ("host", by.lookup.host.clone()),
        ("place", frame(by.recorded)),
    ];
    let mut proof = own.proof();
    proof.extend(near.into_iter().flat_map(Attempt::proof));
    Found::new("servers-untried", &values, &proof).map(Found::that_decides)
}

/// Returns that an element did not send a request on, since DNS told it no address of the name to which it goes.
fn unknown(call: &Call<'_>, one: &Told<'_>, told: &[Told<'_>]) -> Option<Found> {
    let (name, asker) = (&one.lookup.host, one.asker);
    if one.lookup.failure.is_none() || !addresses(told, asker, name, DEEP).is_empty() {
        return None;
    }
    let goes_there = |at: &usize| {
        let message = call.message(*at);
        is_at(call.record(*at).to, asker) && names(message, name) && message.method() != b"ACK"
    };
    let request = (0..call.all.len()).find(goes_there)?;
    let sent = (0..call.all.len()).filter(|at| {
        is_at(call.record(*at).from, asker) && is_same(call.message(*at), call.message(request))
    });
    let sent: Vec<usize> = sent.collect();
    let answer = sent.iter().find(|at| call.code(**at) >= 400)?;
    if sent.iter().any(|at| call.message(*at).is_request()) {
        return None;
    }
    let is_own = |other: &&Told<'_>| other.asker == asker && other.lookup.host == *name;
    let mut said = told.iter().filter(is_own).filter_map(|one| {
        let failure = one.lookup.failure?;
        Some(format!("{}: {failure}", one.lookup.kind))
    });
    let values = values![
        ("name", named(call.message(request))),
        ("by", asker.to_string()),
        ("host", name.clone()),
        ("said", list(&distinct(&mut said))),
        ("code", call.code(*answer).to_string()),
        ("place", frame(one.recorded)),
    ];
    Found::new("name-unknown", &values, &[request, *answer]).map(Found::that_decides)
}

/// Returns whether a request names a host as its target or on its way.
fn names(message: &Message<'_>, name: &str) -> bool {
    let is_it = |uri: &[u8]| host(&text(address(uri))).eq_ignore_ascii_case(name);
    message.is_request() && (is_it(target(message)) || message.values("Route").any(is_it))
}
