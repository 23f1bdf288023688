//! Private addresses in Contact and in the session description: what goes there, and whether it may arrive.

use super::body;
use super::facts::Facts;
use super::syntax;
use super::way;
use super::words::{list, text};
use crate::message::{Host, Start, address};

/// Returns what follows from private addresses where something outside of their network is on the way.
pub(super) fn says(facts: &Facts<'_>) -> Option<String> {
    let outside = outside(facts)?;
    let contacts = private_contacts(facts);
    let media = private_media(facts);
    let contact = (!contacts.is_empty()).then(|| {
        let goes = goes_to_contact(facts);
        let loss = match outside {
            Outside::Proven => "behind the NAT that Via shows",
            Outside::Likely => "while public addresses are on the way",
        };
        format!(
            "Contact has the private {}, {loss}: {goes} there and may get lost, unless a proxy or SBC corrects it",
            named(&contacts)
        )
    });
    let media = (!media.is_empty()).then(|| {
        let unless = if facts.message.body.windows(12).any(|part| part == b"a=candidate:") {
            "unless ICE finds another way"
        } else {
            "unless a media relay corrects it"
        };
        format!(
            "c= has the private {}: media goes there and may not arrive (no sound on one side), {unless}",
            named(&media)
        )
    });
    let said: Vec<String> = contact.into_iter().chain(media).collect();
    (!said.is_empty()).then(|| said.join("; "))
}

/// Returns addresses with what they are.
fn named(hosts: &[String]) -> String {
    let word = if hosts.len() == 1 {
        "address"
    } else {
        "addresses"
    };
    format!("{word} {}", list(hosts))
}

/// Returns the remark on a value of Contact.
pub(super) fn of_contact(value: &[u8]) -> &'static str {
    if is_private(host_of(value).as_bytes()) {
        " (private: only its own network reaches it)"
    } else {
        ""
    }
}

/// Returns the private addresses to which media is to go.
pub(super) fn private_media(facts: &Facts<'_>) -> Vec<String> {
    let addresses = body::media_addresses(facts.message);
    once(
        addresses
            .into_iter()
            .filter(|host| is_private(host.as_bytes())),
    )
}

/// How sure it is that a private address is seen from outside.
#[derive(Clone, Copy)]
enum Outside {
    /// The sender is behind a NAT.
    Proven,
    /// Public addresses are on the way.
    Likely,
}

fn outside(facts: &Facts<'_>) -> Option<Outside> {
    let vias: Vec<&[u8]> = facts.message.values("Via").collect();
    let is_sender = facts.message.is_request();
    if is_sender && vias.last().is_some_and(|via| way::is_behind_nat(via)) {
        return Some(Outside::Proven);
    }
    let mut hosts: Vec<String> = vias.iter().flat_map(|via| way::hosts(via)).collect();
    for name in ["Record-Route", "Route"] {
        hosts.extend(facts.message.values(name).map(host_of));
    }
    if let Some(Start::Request { uri, .. }) = facts.message.start {
        hosts.push(host_of(uri));
    }
    let is_public = |host: &String| Host::of(host.as_bytes()) == Host::Public;
    hosts.iter().any(is_public).then_some(Outside::Likely)
}

/// Returns the private addresses of Contact, where it names the target of what comes later.
fn private_contacts(facts: &Facts<'_>) -> Vec<String> {
    let code = facts.code();
    let is_target = match code {
        0 => ["INVITE", "UPDATE", "SUBSCRIBE", "REGISTER", "REFER"]
            .iter()
            .any(|method| facts.is(method)),
        101..400 => true,
        _ => false,
    };
    let hosts = facts.message.values("Contact").map(host_of);
    once(hosts.filter(|host| is_target && is_private(host.as_bytes())))
}

fn goes_to_contact(facts: &Facts<'_>) -> &'static str {
    match facts.code() {
        300..400 => "the next request is to go",
        _ if facts.is("REGISTER") => "calls to the account go",
        _ if facts.is("SUBSCRIBE") || facts.is("REFER") => "later requests of the dialog go",
        0 => "the BYE and re-INVITE of the other side go",
        _ => "ACK, BYE and re-INVITE go",
    }
}

/// Returns the host of an address, without its port.
fn host_of(value: &[u8]) -> String {
    let inside = text(address(syntax::address(value)));
    let host = inside.rsplit('@').next().unwrap_or_default();
    match host.split_once(']') {
        Some((inside, _)) => inside.trim_start_matches('[').to_owned(),
        None => host.split(':').next().unwrap_or_default().to_owned(),
    }
}

fn is_private(host: &[u8]) -> bool {
    Host::of(host) == Host::Private
}

fn once(hosts: impl Iterator<Item = String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for host in hosts {
        if !all.contains(&host) {
            all.push(host);
        }
    }
    all
}
