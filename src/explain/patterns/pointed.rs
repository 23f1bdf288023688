//! Requests without an answer that go to a private address, since another message has named it: a redirection, or a transfer.

use super::attempts::Attempt;
use super::found::{Found, values};
use super::order::{target, uri};
use super::silence::{led, sent};
use crate::explain::dialog::host;
use crate::explain::words::{short, text};
use crate::message::{Host, Message, parts};

/// Returns that a request of a call goes where nobody answers, as no other call is needed to tell.
pub(super) fn found(all: &[Attempt<'_>]) -> Vec<Found> {
    let own = all.iter().filter(|one| one.own.is_some());
    let mut silent = own.filter(|one| one.heard.is_none() && one.copies > 2);
    let first = silent.find_map(|one| to_private(one, one, all));
    first.into_iter().collect()
}

/// Returns that a request goes to a Contact without what stands behind it, since that is written without angle brackets.
pub(super) fn unbracketed(all: &[Attempt<'_>]) -> Option<Found> {
    let own = all.iter().filter(|one| one.own.is_some());
    let mut silent = own.filter(|one| one.heard.is_none() && one.copies > 2);
    silent.find_map(|one| {
        let goes = uri(target(one.request));
        let lost = |message: &Message<'_>| {
            let mut contacts = message
                .values("Contact")
                .filter(|value| !value.contains(&b'<'));
            let contact = contacts.find(|value| is_alike(value, goes))?;
            let mut each = parts(contact, b';').skip(1).map(text);
            let is_of_uri = |part: &String| {
                let name = part
                    .split('=')
                    .next()
                    .unwrap_or_default()
                    .to_ascii_lowercase();
                ["transport", "maddr", "ob", "alias"].contains(&name.as_str())
            };
            each.find(|part| is_of_uri(part) && !text(goes).contains(part.as_str()))
        };
        let mut before = all.iter().rev().filter(|other| other.micros <= one.micros);
        let (what, lost) = before.find_map(|other| {
            if let Some(lost) = lost(other.request) {
                return Some((other.name(), lost));
            }
            let (answer, _) = other.answer?;
            Some((
                format!("the {} to {}", answer.code()?, other.name()),
                lost(answer)?,
            ))
        })?;
        let values = values![
            ("name", one.name()),
            ("sent", sent(one)),
            ("own", short(&text(goes))),
            ("what", what),
            ("lost", lost),
            ("from", one.by()),
            ("to", one.at()),
        ];
        Found::new("contact-unbracketed", &values, &one.proof()).map(Found::that_decides)
    })
}

/// Returns that a request was sent from outside to a private address that another message has named.
pub(super) fn to_private(
    own: &Attempt<'_>,
    one: &Attempt<'_>,
    all: &[Attempt<'_>],
) -> Option<Found> {
    let goes = uri(target(one.request));
    let is_private = |name: &str| Host::of(name.as_bytes()) == Host::Private;
    let is_there = is_private(&host(&text(goes))) && is_private(&one.server);
    // In one network it leads somewhere, and what has answered once is there.
    let is_known = all
        .iter()
        .any(|other| other.server == one.server && other.heard.is_some());
    if !is_there || is_private(&one.client) || one.client.is_empty() || is_known {
        return None;
    }
    let before = all.iter().filter(|other| other.micros <= one.micros);
    let names = |other: &Attempt<'_>| {
        let (answer, _) = other.answer.filter(|_| other.client == one.client)?;
        let is_redirect = (300..400).contains(&answer.code()?);
        let mut contacts = answer.values("Contact").map(uri);
        let is_it = is_redirect && contacts.any(|contact| is_alike(contact, goes));
        is_it.then(|| {
            let code = answer.code().unwrap_or_default();
            format!("Contact of the {code} to {} ({})", other.name(), other.at())
        })
    };
    let transfers = |other: &Attempt<'_>| {
        let refer = other
            .request
            .value("Refer-To")
            .filter(|_| other.server == one.client)?;
        let is_it = is_alike(uri(refer), goes);
        is_it.then(|| format!("Refer-To of {} ({})", other.name(), other.by()))
    };
    // Where a NOTIFY goes, its SUBSCRIBE has said.
    let subscribes = |other: &Attempt<'_>| {
        let contact = other.request.value("Contact").map(uri)?;
        let is_it = other.server == one.client && is_alike(contact, goes);
        let is_meant = one.request.method() == b"NOTIFY" && other.method() == "SUBSCRIBE";
        (is_it && is_meant).then(|| format!("Contact of {} ({})", other.name(), other.by()))
    };
    let place = before.rev().find_map(|other| {
        let own = names(other).or_else(|| transfers(other));
        own.or_else(|| subscribes(other))
    })?;
    let values = values![
        ("name", led(own, one)),
        ("sent", sent(one)),
        ("uri", short(&text(goes))),
        ("place", place),
        ("from", one.by()),
    ];
    Found::new("named-private", &values, &own.proof()).map(Found::that_decides)
}

/// Returns whether two URIs are one, but for their parameters.
fn is_alike(one: &[u8], other: &[u8]) -> bool {
    let bare = |uri: &[u8]| {
        let end = uri.iter().position(|byte| matches!(byte, b';' | b'?'));
        uri[..end.unwrap_or(uri.len())].to_ascii_lowercase()
    };
    bare(one) == bare(other)
}
