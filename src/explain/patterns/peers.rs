//! Peers that are there and get no calls: one whose answers to pings are taken for silence, and a second server that is not
//! tried when the first is dead.

use core::net::IpAddr;

use super::attempts::{Attempt, ago, distinct};
use super::found::{Found, values};
use super::legs;
use super::order::{SECOND, lasting, target, times};
use crate::explain::dialog::host;
use crate::explain::words::{list, text};
use crate::message::{Host, address, warnings};

/// Who answers so soon did not ask further on.
const AT_ONCE: u64 = 2 * SECOND;
/// What an element answers for a peer that it takes for dead.
const DOWN: [u16; 5] = [480, 500, 502, 503, 504];
/// What it answers for a peer that does not answer.
const SILENT: [u16; 4] = [408, 500, 503, 504];
/// So many copies without an answer are a silence.
const COPIES: usize = 3;

pub(super) fn found(all: &[Attempt<'_>]) -> Vec<Found> {
    let own = || all.iter().filter(|one| one.own.is_some());
    let refused = own().find_map(|one| pinged(one, one, all));
    // The pings themselves are asked why they matter.
    let ping = own().find(|one| is_ping(one)).and_then(|ping| {
        let mut calls = all.iter().filter(|one| one.server == ping.client);
        calls.find_map(|one| pinged(ping, one, all))
    });
    let failover = own().find_map(|one| untried(one, all));
    refused.or(ping).into_iter().chain(failover).collect()
}

fn is_ping(one: &Attempt<'_>) -> bool {
    one.request.method() == b"OPTIONS"
}

/// What links a call that was refused to a peer.
struct Link {
    peer: String,
    says: String,
}

/// Returns that an element refuses a call for a peer that answers its pings, though with refusals.
fn pinged(own: &Attempt<'_>, one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let code = one.code().filter(|code| DOWN.contains(code))?;
    let took = one.took().filter(|took| *took < AT_ONCE)?;
    if !one.is_invite() || one.rang.is_some() || legs::further(one, all).is_some() {
        return None;
    }
    let (refusing, others) = asked(one, all);
    let Link { peer, says } = link(one, &refusing, &others, all)?;
    let pings = pings(one, &peer, all);
    let calls: Vec<&Attempt<'_>> = all
        .iter()
        .filter(|other| other.is_invite() && other.is_through())
        .collect();
    let is_to = |other: &Attempt<'_>| other.client == one.server && other.server == peer;
    // Who gets calls is not taken for dead.
    let is_taken = |other: &&Attempt<'_>| is_to(other) && other.micros > one.micros;
    if is_ping(own) && own.server != peer || calls.iter().any(is_taken) {
        return None;
    }
    let codes = pings
        .iter()
        .filter_map(|ping| Some(ping.code()?.to_string()));
    let last = pings.iter().rfind(|ping| ping.micros < one.micros)?;
    let mut back = calls.iter();
    let back = back.find(|other| other.client == peer && other.server == one.server);
    let is_back = back.is_some_and(|other| other.micros > pings[0].micros);
    let back = back.map(|other| {
        let (by, ago) = (one.at(), ago(one.micros, other.micros));
        format!("; {peer} even made a call by {by} itself, {ago}")
    });
    let mut other = calls.iter();
    let other = other.find(|other| other.client == one.server && others.contains(&other.server));
    let other = other.map(|other| format!(", as {} does, which gets its calls", other.server));
    let values = values![
        ("name", one.name()),
        ("code", code.to_string()),
        ("by", one.at()),
        ("took", lasting(took)),
        ("link", says),
        ("count", times(pings.len())),
        ("ping", text(target(last.request))),
        ("codes", list(&distinct(&mut codes.into_iter()))),
        ("last", ago(one.micros, last.micros)),
        ("calls", back.unwrap_or_default()),
        ("other", other.unwrap_or_default()),
        ("peer", peer),
    ];
    // Who does not answer is up only if it calls.
    let id = match last.heard {
        Some(_) => "peer-pinged",
        None if is_back => "peer-unheard",
        None => return None,
    };
    Found::new(id, &values, &own.proof()).map(Found::that_decides)
}

/// Returns the pings of the element that refused a call to a peer.
fn pings<'b, 'a>(one: &Attempt<'a>, peer: &str, all: &'b [Attempt<'a>]) -> Vec<&'b Attempt<'a>> {
    let is_to = |other: &&Attempt<'_>| other.client == one.server && other.server == peer;
    let pings = all.iter().filter(|other| is_ping(other));
    pings.filter(is_to).collect()
}

/// Returns the peers that answer all pings of the element which refused a call, and never with 2xx; and the others.
fn asked(one: &Attempt<'_>, all: &[Attempt<'_>]) -> (Vec<String>, Vec<String>) {
    let is_refusing = |peer: &String| {
        let pings = pings(one, peer, all);
        let is_before = pings.iter().any(|ping| ping.micros < one.micros);
        let is_heard = pings.iter().all(|ping| ping.heard.is_some());
        let is_silent = pings.len() > 1 && pings.iter().all(|ping| ping.heard.is_none());
        let is_so = (is_heard || is_silent) && !pings.iter().any(|ping| ping.is_success());
        is_before && *peer != one.client && is_so
    };
    let beside = all
        .iter()
        .filter(|other| is_ping(other) && other.client == one.server);
    let beside = distinct(&mut beside.map(|other| other.server.clone()));
    beside.into_iter().partition(is_refusing)
}

/// Returns the peer to which a call would have gone, of those that refuse what they are asked.
fn link(
    one: &Attempt<'_>,
    refusing: &[String],
    others: &[String],
    all: &[Attempt<'_>],
) -> Option<Link> {
    let (answer, _) = one.answer?;
    let names = |peer: &&String| {
        let fields = answer.all("Warning");
        let said = fields.flat_map(|field| {
            warnings(field.value)
                .map(|one| text(one.text.unwrap_or_default()))
                .collect::<Vec<_>>()
        });
        let said: Vec<String> = said.collect();
        said.iter()
            .any(|said| said.split([' ', ':', ',', ';']).any(|word| word == *peer))
    };
    let goes = |peer: &&String| host(&text(target(one.request))) == **peer;
    let is_alike = |other: &&Attempt<'_>| {
        other.is_invite()
            && other.is_success()
            && other.client == one.server
            && legs::is_number(&other.callee(), &one.callee())
    };
    let was = all.iter().find(is_alike).map(|other| &other.server);
    let of = |peer: &String, says: &str| Link {
        peer: peer.clone(),
        says: says.to_owned(),
    };
    if let Some(peer) = refusing.iter().find(names) {
        return Some(of(peer, ", which its Warning names,"));
    }
    if let Some(peer) = refusing.iter().find(goes) {
        return Some(of(peer, ", where it was to go,"));
    }
    if let Some(was) = was {
        let peer = refusing.iter().find(|peer| *peer == was)?;
        return Some(of(peer, ", where an earlier call to the same number went,"));
    }
    match refusing {
        [peer] if !others.is_empty() => Some(of(
            peer,
            ", the only peer that it asks and that does not answer 200,",
        )),
        _ => None,
    }
}

/// Returns that a server does not answer, and that another one of the same peer was not tried.
fn untried(own: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    if !own.is_invite() || own.heard.is_some() || own.copies < COPIES {
        return None;
    }
    let is_again = |other: &&Attempt<'_>| {
        // In the same call another one may have been tried before.
        let is_then = other.micros > own.micros || other.call_id() == own.call_id();
        let is_by = other.client == own.client && is_then;
        is_by && other.server != own.server && other.is_of(own)
    };
    if all
        .iter()
        .filter(is_again)
        .any(|other| other.call_id() == own.call_id() || other.micros < own.last + 4 * SECOND)
    {
        return None;
    }
    // What its client gave back for it.
    let near = all.iter().find(|near| {
        let is_it = near.server == own.client && near.is_of(own) && own.is_while(near);
        is_it && near.code().is_some_and(|code| SILENT.contains(&code))
    });
    let near = near?;
    let (second, why, seen) = second(own, near, all)?;
    let values = values![
        ("name", own.name()),
        ("from", own.by()),
        ("to", own.at()),
        ("sent", times(own.copies)),
        ("span", lasting(own.last - own.micros)),
        ("code", near.code()?.to_string()),
        ("near", near.at()),
        ("second", second),
        ("why", why),
        ("seen", seen),
    ];
    Found::new("failover-missing", &values, &own.proof())
}

/// Returns another server of the peer that is alive, why it is one, and when it was seen.
fn second(
    own: &Attempt<'_>,
    near: &Attempt<'_>,
    all: &[Attempt<'_>],
) -> Option<(String, String, String)> {
    let domain = host(&text(target(own.request)));
    if Host::of(domain.as_bytes()) != Host::Name || !domain.contains('.') {
        return None;
    }
    let is_silent = |name: &str| {
        let at = |other: &&Attempt<'_>| {
            other.server == name && other.micros + AT_ONCE >= own.micros && other.micros <= own.last
        };
        all.iter().filter(at).any(|other| other.heard.is_none())
    };
    let known = [&own.server, &own.client, &near.client];
    let is_other = |name: &String| !name.is_empty() && !known.contains(&name) && !is_silent(name);
    let used: Vec<&Attempt<'_>> = all
        .iter()
        .filter(|other| other.client == own.client && other.heard.is_some())
        .filter(|other| is_other(&other.server) && host(&text(target(other.request))) == domain)
        .collect();
    // A phone gets the calls for one user, a server those for many.
    let is_server = |other: &&&Attempt<'_>| {
        let of = used.iter().filter(|one| one.server == other.server);
        let callees = distinct(&mut of.map(|one| one.callee()));
        callees.len() > 1 || callees.contains(&own.callee())
    };
    if let Some(other) = used.iter().find(is_server) {
        let (by, name) = (own.by(), other.name());
        let why = format!("{by} sent {name} for {domain} there, and it answered");
        return Some((other.server.clone(), why, ago(own.micros, other.micros)));
    }
    let calls: Vec<&Attempt<'_>> = all
        .iter()
        .filter(|other| other.server == own.client || other.server == near.client)
        .filter(|other| other.is_invite() && is_other(&other.client))
        .collect();
    let (other, why) = caller(own, &calls, &domain, all)?;
    let why = format!("a call came from there ({}), {why}", other.name());
    let ago = ago(own.micros, other.micros);
    Some((other.client.clone(), why, ago))
}

/// Returns who may be another server of the peer by the calls that come from it, and by what.
fn caller<'b, 'a>(
    own: &Attempt<'_>,
    calls: &[&'b Attempt<'a>],
    domain: &str,
    all: &[Attempt<'_>],
) -> Option<(&'b Attempt<'a>, &'static str)> {
    let is_phone = |name: &str| {
        let mut registers = all.iter().filter(|other| other.client == name);
        registers.any(|other| other.request.method() == b"REGISTER")
    };
    // In a network of its own each address is beside the others.
    let is_house = |name: &str| is_near(name, &own.server) && is_near(&own.client, &own.server);
    if is_phone(&own.server) {
        return None;
    }
    let of_domain = |other: &Attempt<'_>| {
        let fields = ["From", "Contact", "P-Asserted-Identity", "Record-Route"];
        let values = fields.iter().flat_map(|name| other.request.values(name));
        let mut hosts = values.map(|value| host(&text(address(value))));
        hosts.any(|name| is_of_domain(&name, domain))
    };
    let mut servers = calls
        .iter()
        .copied()
        .filter(|other| !is_phone(&other.client) && !is_house(&other.client));
    let named = servers.clone().find(|other| of_domain(other));
    let beside = servers.find(|other| is_near(&other.client, &own.server));
    let named = named.map(|other| (other, "with a name of the same domain"));
    named.or_else(|| Some((beside?, "and its address is beside the other")))
}

/// Returns whether a name is of a domain, or of the one above it where that is more than a top-level domain.
fn is_of_domain(name: &str, domain: &str) -> bool {
    let parent = domain.split_once('.').map_or(domain, |(_, parent)| parent);
    let of = |domain: &str| name == domain || name.ends_with(&format!(".{domain}"));
    of(domain) || parent.contains('.') && of(parent)
}

/// Returns whether two addresses differ in the last of their numbers only.
pub(super) fn is_near(one: &str, other: &str) -> bool {
    let octets = |name: &str| match name.parse().ok()? {
        IpAddr::V4(address) => Some(address.octets()),
        IpAddr::V6(_) => None,
    };
    let pair = octets(one).zip(octets(other));
    pair.is_some_and(|(one, other)| one != other && one[..3] == other[..3])
}
