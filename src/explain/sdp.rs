//! The lines of a session description: which of them are missing, written wrongly, or out of order.

use core::net::{Ipv4Addr, Ipv6Addr};

use super::named::most;
use super::syntax::shown;
use crate::message::Message;

/// What may be wrong with one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Version,
    Origin,
    Name,
    NameEmpty,
    Time,
    Connection,
    Address,
    Media,
    Order,
}

/// The names of the terms, and of what is shown.
pub(super) const PARTS: [(&str, Part); 9] = [
    ("sdp-version", Part::Version),
    ("sdp-origin", Part::Origin),
    ("sdp-name", Part::Name),
    ("sdp-name-empty", Part::NameEmpty),
    ("sdp-time", Part::Time),
    ("sdp-connection", Part::Connection),
    ("sdp-address", Part::Address),
    ("sdp-media", Part::Media),
    ("sdp-order", Part::Order),
];

/// The lines of a session and of a stream, in their order; those between two blanks have one place.
const SESSION: &str = "v o s i u e p c b trz k a";
const STREAM: &str = "m i c b k a";
/// The lines that stand once where they stand.
const ONCE: &str = "vosiuk";

/// Returns what is wrong with a part, as it is shown; keys never are.
pub(super) fn fault(part: Part, message: &Message<'_>) -> Option<String> {
    let lines = lines(message)?;
    let missing = || "none is there".to_owned();
    let values = |kind: char| {
        lines
            .iter()
            .filter(move |line| line.0 == kind)
            .map(|line| line.1.as_str())
    };
    // The first that is written wrongly, or that there is none.
    let needed = |kind: char, is_good: fn(&str) -> bool| match values(kind).next() {
        None => Some(missing()),
        Some(_) => values(kind)
            .find(|value| !is_good(value))
            .map(|value| format!("{kind}={value}")),
    };
    match part {
        Part::Version => needed('v', |value| value == "0"),
        Part::Origin => needed('o', is_origin),
        Part::Name => needed('s', |_| true),
        Part::NameEmpty => values('s')
            .find(|value| value.is_empty())
            .map(|_| "s=".to_owned()),
        Part::Time => needed('t', is_time),
        Part::Connection => {
            let (session, streams) = divided(&lines);
            let has = |lines: &[Line]| lines.iter().any(|line| line.0 == 'c');
            let lacks =
                |stream: &&[Line]| stream[0].1.split(' ').nth(1) != Some("0") && !has(stream);
            let first = streams.into_iter().find(lacks).filter(|_| !has(session));
            first.map(|stream| format!("m={}", stream[0].1))
        }
        Part::Address => values('c')
            .find(|value| !is_connection(value))
            .map(|value| format!("c={value}")),
        Part::Media => values('m')
            .find(|value| !is_media(value))
            .map(|value| format!("m={value}")),
        Part::Order => out_of_order(&lines),
    }
}

type Line = (char, String);

/// Returns the lines of a session description that is whole; a line that is none has no type.
fn lines(message: &Message<'_>) -> Option<Vec<Line>> {
    let kind = message.value("Content-Type")?;
    let is_sdp = kind
        .get(..15)
        .is_some_and(|kind| kind.eq_ignore_ascii_case(b"application/sdp"));
    let body = message.body.trim_ascii_start();
    let is_begun = body.get(1) == Some(&b'=') && body[0].is_ascii_lowercase();
    let is_whole = message
        .length()
        .is_none_or(|length| length <= most(message.body));
    if !is_sdp || !is_begun || !is_whole {
        return None;
    }
    let end = message
        .length()
        .and_then(|length| usize::try_from(length).ok());
    let own = message
        .body
        .get(..end.unwrap_or(usize::MAX))
        .unwrap_or(message.body);
    let rows = own.trim_ascii().split(|byte| *byte == b'\n');
    // Without a length what follows an empty line is something else.
    let rows = rows.take_while(|row| end.is_some() || !row.trim_ascii().is_empty());
    let line = |row: &[u8]| match row {
        [kind @ b'a'..=b'z', b'=', value @ ..] => (char::from(*kind), written(value)),
        _ => ('?', String::new()),
    };
    Some(rows.map(line).collect())
}

/// Returns a value without its line end; blanks inside stay, since one alone divides.
fn written(value: &[u8]) -> String {
    String::from_utf8_lossy(value.strip_suffix(b"\r").unwrap_or(value)).into_owned()
}

/// Returns the lines of the session, and those of each stream.
fn divided(lines: &[Line]) -> (&[Line], Vec<&[Line]>) {
    let start = lines.iter().position(|line| line.0 == 'm');
    let (session, streams) = lines.split_at(start.unwrap_or(lines.len()));
    let streams = streams.chunk_by(|_, next| next.0 != 'm');
    (session, streams.collect())
}

/// Returns the first line that stands where none of its kind belongs, by its number and kind.
fn out_of_order(lines: &[Line]) -> Option<String> {
    let (session, streams) = divided(lines);
    let parts = [(session, SESSION)].into_iter();
    let parts = parts.chain(streams.into_iter().map(|stream| (stream, STREAM)));
    let mut before = 0;
    for (part, order) in parts {
        let mut last = 0;
        for (at, (kind, _)) in part.iter().enumerate() {
            let place = order.split(' ').position(|kinds| kinds.contains(*kind));
            let is_again = ONCE.contains(*kind) && part[..at].iter().any(|line| line.0 == *kind);
            match place {
                Some(place) if place >= last && !is_again => last = place,
                _ if *kind == '?' => return Some(format!("line {} is none", before + at + 1)),
                _ => return Some(format!("line {}, {kind}=", before + at + 1)),
            }
        }
        before += part.len();
    }
    None
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_origin(value: &str) -> bool {
    match value.trim_end().split(' ').collect::<Vec<_>>()[..] {
        [user, id, version, net, kind, address] => {
            !user.is_empty()
                && is_number(id)
                && is_number(version)
                && is_address(net, kind, address)
        }
        _ => false,
    }
}

fn is_time(value: &str) -> bool {
    let words: Vec<&str> = value.trim_end().split(' ').collect();
    words.len() == 2 && words.iter().all(|word| is_number(word))
}

fn is_connection(value: &str) -> bool {
    match value.trim_end().split(' ').collect::<Vec<_>>()[..] {
        [net, kind, address, ..] => {
            is_address(net, kind, address.split('/').next().unwrap_or_default())
        }
        _ => false,
    }
}

/// Returns whether an address is one of its kind; a name may stand for it, and other kinds are not known here.
fn is_address(net: &str, kind: &str, address: &str) -> bool {
    let (is_4, is_6) = (
        address.parse::<Ipv4Addr>().is_ok(),
        address.parse::<Ipv6Addr>().is_ok(),
    );
    let fits = match kind {
        "IP4" => !is_6,
        "IP6" => !is_4,
        _ => true,
    };
    !net.is_empty() && !kind.is_empty() && !address.is_empty() && fits
}

fn is_media(value: &str) -> bool {
    let words: Vec<&str> = value.trim_end().split(' ').collect();
    let is_port = |word: &str| {
        let (port, count) = word.split_once('/').unwrap_or((word, "1"));
        is_number(count) && is_number(port) && port.parse::<u16>().is_ok()
    };
    words.len() >= 4 && words.iter().all(|word| !word.is_empty()) && is_port(words[1])
}

/// Returns whether a message has a fault of a name, and what it is, in one line.
pub(super) fn found(name: &str, message: &Message<'_>) -> Option<String> {
    let (_, part) = PARTS.iter().find(|(known, _)| *known == name)?;
    fault(*part, message).map(|fault| shown(fault.as_bytes()))
}
