//! What records of a call hold: addresses of one device, the way that a call has gone, where the caller is.

use super::super::found::Terms;
use super::super::syntax::{self, Sip, shown};
use crate::catalog::Named;
use crate::message::{Message, parameter};

/// The parameters of Contact that name a device alone (RFC 5627).
const GRUUS: [&str; 2] = ["pub-gruu", "temp-gruu"];

pub(super) const TERMS: &Terms = &[
    (Named::Gruu, |message| {
        each_gruu(message, |name, uri| {
            let gr = Sip::of(uri).map(|uri| uri.parameter("gr"));
            match (gr, name) {
                (None, _) => Some(format!("{name} is no SIP URI")),
                (Some(None), _) => Some(format!("{name} has no gr")),
                // The public one has a value, by which its address is told from that of the account.
                (Some(Some(b"")), "pub-gruu") => Some("gr of pub-gruu has no value".to_owned()),
                _ => None,
            }
        })
    }),
    (Named::GruuAsked, |message| {
        each_gruu(message, |name, _| Some(name.to_owned()))
    }),
    (Named::GruuOfAddress, |message| {
        let own = syntax::address(message.value("To")?);
        let contacts = syntax::values("Contact", message);
        let mut uris = contacts.into_iter().map(syntax::address);
        uris.find(|uri| is_same(uri, own)).map(shown)
    }),
    (Named::HistoryAgain, |message| {
        let values = syntax::values("History-Info", message);
        let indexes: Vec<&[u8]> = values
            .iter()
            .filter_map(|value| syntax::parameter_of(value, "index"))
            .collect();
        let again = |at: &usize| indexes[..*at].contains(&indexes[*at]);
        (0..indexes.len()).find(again).map(|at| shown(indexes[at]))
    }),
    (Named::HistoryTarget, |message| {
        let values = syntax::values("History-Info", message);
        let kinds = ["rc", "mp", "np"];
        values.iter().find_map(|value| {
            let named = kinds
                .iter()
                .filter(|kind| syntax::parameter_of(value, kind).is_some());
            let named: Vec<&&str> = named.collect();
            match named.as_slice() {
                [] => None,
                [kind] => {
                    let index = syntax::parameter_of(value, kind)?;
                    let mut parts = index.split(|byte| *byte == b'.');
                    let is_index =
                        parts.all(|part| !part.is_empty() && part.iter().all(u8::is_ascii_digit));
                    (!is_index).then(|| format!("{kind} names no index ({})", shown(value)))
                }
                [one, other, ..] => Some(format!(
                    "{one} and {other} stand in one entry ({})",
                    shown(value)
                )),
            }
        })
    }),
    (Named::LocationPart, |message| {
        let is_whole = message
            .length()
            .is_some_and(|length| length <= message.body.len() as u64);
        let values = syntax::values("Geolocation", message);
        let mut uris = values.into_iter().map(syntax::address);
        let lost = uris.find(|uri| {
            let id = uri.get(4..).unwrap_or_default();
            let is_part = syntax::scheme(uri).eq_ignore_ascii_case(b"cid");
            is_part && !names_part(message, id)
        });
        lost.filter(|_| is_whole).map(shown)
    }),
];

/// Returns what is found in the first address of a device.
fn each_gruu(
    message: &Message<'_>,
    finds: impl Fn(&'static str, &[u8]) -> Option<String>,
) -> Option<String> {
    let contacts = syntax::values("Contact", message);
    contacts.into_iter().find_map(|value| {
        let named = |name: &&'static str| finds(name, parameter(value, b';', name)?);
        GRUUS.iter().find_map(named)
    })
}

/// Returns whether two SIP URIs have the same user and host, and nothing that would tell them apart.
fn is_same(one: &[u8], other: &[u8]) -> bool {
    let has_gr = |uri: &[u8]| Sip::of(uri).is_some_and(|uri| uri.parameter("gr").is_some());
    let bare = |uri: &[u8]| {
        let end = uri.iter().position(|byte| *byte == b';');
        uri[..end.unwrap_or(uri.len())].to_ascii_lowercase()
    };
    let is_sip = Sip::of(one).is_some_and(|uri| uri.user.is_some());
    is_sip && !has_gr(one) && bare(one) == bare(other)
}

/// Returns whether the body has a part of an identifier; in a URL its signs may be escaped.
fn names_part(message: &Message<'_>, id: &[u8]) -> bool {
    let id = String::from_utf8_lossy(id)
        .replace("%40", "@")
        .to_lowercase();
    let body = String::from_utf8_lossy(message.body).to_lowercase();
    let own = message.value("Content-ID").unwrap_or_default();
    let own = String::from_utf8_lossy(own).to_lowercase();
    let is_named = |line: &str| line.contains(&id);
    is_named(&own)
        || body
            .lines()
            .any(|line| line.starts_with("content-id") && is_named(line))
}
