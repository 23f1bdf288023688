//! Whether the value of a header field is written as its grammar says. Where writers are known to differ and readers to
//! bear it, it is no stricter than they are.

mod address;
mod field;
mod form;
mod heads;
mod host;
mod login;
mod reader;
mod uri;
mod via;

use std::borrow::Cow;

use super::words::text;
use crate::message::{Field, Message, Start};

pub(super) use address::{is_bare, uri as address};
use field::{FIELDS, Many, Row};
pub(super) use form::is_weight;
pub(super) use login::Login;
use reader::{Fault, Reader, must, parts};
pub(super) use uri::{Sip, fault as uri_fault, forbidden, scheme, twice as twice_in_uri};
pub(super) use via::Via;

/// What is shown of a value at the most, in characters.
const SHOWN: usize = 80;

fn row(name: &str) -> Option<&'static Row> {
    FIELDS.iter().find(|row| row.name == name)
}

/// Returns what is wrong with the first value of a header field that is written wrongly, and the value; one that is for
/// nobody to see stays unsaid.
pub(super) fn bad(name: &str, message: &Message<'_>) -> Option<String> {
    let row = row(name)?;
    message.all(name).find_map(|field| {
        let values = divided(row.many, field.value);
        if let Some(fault) = commas(row.many, &values) {
            return Some(said(row, &fault, field.value));
        }
        let mut values = values.iter();
        values.find_map(|value| fault(row, value).map(|fault| said(row, &fault, value)))
    })
}

fn said(row: &Row, fault: &str, value: &[u8]) -> String {
    let value = shown(value);
    if row.is_secret || value.is_empty() {
        fault.to_owned()
    } else {
        format!("{fault} ({value})")
    }
}

/// What credentials begin with, which a fold may have put behind another value.
const SECRETS: [&str; 5] = ["digest ", "basic ", "bearer ", "nonce=", "response="];

/// Returns the beginning of a value as text, in one line; what may be secret ends it.
pub(super) fn shown(value: &[u8]) -> String {
    let text = text(value);
    let small = text.to_ascii_lowercase();
    let secret = SECRETS.iter().filter_map(|secret| small.find(secret)).min();
    let long = text.char_indices().nth(SHOWN).map(|(end, _)| end);
    match secret.into_iter().chain(long).min() {
        Some(end) => format!("{} \u{2026}", text[..end].trim_end()),
        None => text,
    }
}

/// Returns what is wrong with one value.
fn fault(row: &Row, value: &[u8]) -> Option<Fault> {
    let value = unfolded(value.trim_ascii());
    let mut reader = Reader::of(&value);
    let read = (row.reads)(&mut reader).and_then(|()| match row.parameters {
        Some(known) => form::parameters(&mut reader, known, b';').map(|_| ()),
        None => reader.end(),
    });
    let fault = read.err()?;
    Some(if value.is_empty() {
        "it is empty".into()
    } else {
        fault
    })
}

/// Returns what is wrong with the commas between the values of a row.
fn commas(many: Many, values: &[&[u8]]) -> Option<Fault> {
    let empty = values.iter().position(|value| value.is_empty())?;
    let fault = match (many, values.len()) {
        (Many::One | Many::Rows, _) | (Many::ListOrNone, 1) => return None,
        (Many::List, 1) => "it is empty",
        (_, count) if empty + 1 == count => "a comma stands behind the last value",
        _ if empty == 0 => "a comma stands before the first value",
        _ => "nothing stands between one comma and the next",
    };
    must(false, fault).err()
}

/// Returns the values of a row.
fn divided(many: Many, value: &[u8]) -> Vec<&[u8]> {
    match many {
        Many::One | Many::Rows => vec![value],
        Many::ListOrNone if value.trim_ascii().is_empty() => Vec::new(),
        _ => parts(value, b',').collect(),
    }
}

/// Returns the values of a header field, those of a row one by one.
pub(super) fn values<'a>(name: &str, message: &Message<'a>) -> Vec<&'a [u8]> {
    let rows = message.all(name).flat_map(|field| parts(field.value, b','));
    rows.filter(|value| !value.is_empty()).collect()
}

/// Returns the topmost Via, if it is written rightly.
pub(super) fn top_via<'a>(message: &Message<'a>) -> Option<Via<'a>> {
    let first = message.value("Via")?;
    parts(first, b',').next().and_then(Via::of)
}

/// Returns whether the sender goes by RFC 2543, as the branch of its own Via tells, which stands last.
pub(super) fn is_old(message: &Message<'_>) -> bool {
    let last = values("Via", message).pop();
    last.is_some_and(|via| !via::is_cookie(parameter_of(via, "branch").unwrap_or_default()))
}

/// Returns the value of a parameter of the first header field with a name; behind the address, if it has one in `<>`.
pub(super) fn parameter<'a>(
    name: &str,
    parameter: &str,
    message: &Message<'a>,
) -> Option<&'a [u8]> {
    let value = parameter_of(message.value(name)?, parameter)?;
    Some(value).filter(|value| !value.is_empty())
}

/// Returns the value of a parameter behind a value, empty where it has none.
pub(super) fn parameter_of<'a>(value: &'a [u8], parameter: &str) -> Option<&'a [u8]> {
    behind(value).find_map(|(name, value)| {
        let is_it = name.eq_ignore_ascii_case(parameter.as_bytes());
        is_it.then_some(value)
    })
}

/// Returns the parameters behind a value.
fn behind(value: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    parts(value, b';').skip(1).map(|part| {
        let at = part.iter().position(|byte| *byte == b'=');
        let (name, value) = part.split_at(at.unwrap_or(part.len()));
        let value = value.get(1..).unwrap_or_default();
        (name.trim_ascii(), value.trim_ascii())
    })
}

/// Returns the name of a parameter that stands twice behind one value, and the name of its header field, if that is
/// written rightly.
pub(super) fn twice(message: &Message<'_>) -> Option<(String, &'static str)> {
    let rows = FIELDS.iter().filter(|row| row.parameters.is_some());
    let mut all = rows.flat_map(|row| message.all(row.name).map(move |field| (row, field)));
    all.find_map(|(row, field): (&Row, &Field<'_>)| {
        let mut values = divided(row.many, field.value).into_iter();
        let name = values.find_map(|value| {
            let mut names: Vec<&[u8]> = Vec::new();
            behind(value).map(|(name, _)| name).find(|name| {
                let is_known = names.iter().any(|known| known.eq_ignore_ascii_case(name));
                names.push(name);
                is_known
            })
        });
        let name = name.filter(|_| bad(row.name, message).is_none());
        name.map(|name| (shown(name), row.name))
    })
}

/// Returns the URIs of a message, each with the header field in which it stands, or `Request-URI`.
pub(super) fn uris<'a>(message: &Message<'a>) -> Vec<(&'static str, &'a [u8])> {
    let mut uris = Vec::new();
    if let Some(Start::Request { uri, .. }) = message.start {
        uris.push(("Request-URI", uri));
    }
    for row in FIELDS.iter().filter(|row| row.has_uri) {
        for field in message.all(row.name) {
            let values = divided(row.many, field.value).into_iter();
            uris.extend(values.map(|value| (row.name, address(value))));
        }
    }
    uris
}

/// Returns the names of the header fields whose grammar is known.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    FIELDS.iter().map(|row| row.name)
}

/// Returns the names of the header fields that stand in one row only.
pub(super) fn single() -> impl Iterator<Item = &'static str> {
    let rows = FIELDS.iter().filter(|row| row.many == Many::One);
    rows.map(|row| row.name)
}

/// Returns a value as one line: a line end before a blank is a blank (RFC 3261 section 7.3.1).
fn unfolded(value: &[u8]) -> Cow<'_, [u8]> {
    if value.iter().any(|byte| matches!(byte, b'\r' | b'\n')) {
        let blank = |byte: &u8| match byte {
            b'\r' | b'\n' => b' ',
            byte => *byte,
        };
        Cow::Owned(value.iter().map(blank).collect())
    } else {
        Cow::Borrowed(value)
    }
}
