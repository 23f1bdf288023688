//! The lines of a session description: which of them are missing, written wrongly, or out of order.

use core::net::{Ipv4Addr, Ipv6Addr};

use super::keys;
use super::looked::Looked;
use super::session::Line;
use super::syntax::shown;
use crate::catalog::SdpPart;

/// The lines of a session and of a stream, in their order; those between two blanks have one place.
const SESSION: &str = "v o s i u e p c b trz k a";
const STREAM: &str = "m i c b k a";
/// The lines that stand once where they stand.
const ONCE: &str = "vosiuk";

/// Returns what is wrong with a part, as it is shown; keys never are.
fn fault(part: SdpPart, message: &Looked<'_>) -> Option<String> {
    let lines = message.session()?;
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
        SdpPart::Version => needed('v', |value| value == "0"),
        SdpPart::Origin => needed('o', is_origin),
        SdpPart::Name => needed('s', |_| true),
        SdpPart::NameEmpty => values('s')
            .find(|value| value.is_empty())
            .map(|_| "s=".to_owned()),
        SdpPart::Time => needed('t', is_time),
        SdpPart::Connection => {
            let (session, streams) = divided(lines);
            let has = |lines: &[Line]| lines.iter().any(|line| line.0 == 'c');
            let lacks =
                |stream: &&[Line]| stream[0].1.split(' ').nth(1) != Some("0") && !has(stream);
            let first = streams.into_iter().find(lacks).filter(|_| !has(session));
            first.map(|stream| format!("m={}", stream[0].1))
        }
        SdpPart::Address => values('c')
            .find(|value| !is_connection(value))
            .map(|value| format!("c={value}")),
        SdpPart::Media => values('m')
            .find(|value| !is_media(value))
            .map(|value| format!("m={value}")),
        SdpPart::Order => out_of_order(lines),
        SdpPart::Ptime => {
            let is_zero = |value: &&str| {
                let time = value.strip_prefix("ptime:").unwrap_or_default().trim();
                time.starts_with('0') && time.bytes().all(|byte| b"0.".contains(&byte))
            };
            values('a').find(is_zero).map(|value| format!("a={value}"))
        }
        SdpPart::Mapping => {
            // Where nothing tells how long it is, its last lines may be missing.
            message.length()?;
            let (_, streams) = divided(lines);
            streams.into_iter().find_map(unmapped)
        }
        part => form_fault(part, lines),
    }
}

/// Returns what is wrong with attributes and the like, as they are written.
fn form_fault(part: SdpPart, lines: &[Line]) -> Option<String> {
    let values = |kind: char| {
        lines
            .iter()
            .filter(move |line| line.0 == kind)
            .map(|line| line.1.as_str())
    };
    match part {
        SdpPart::MappingForm => values('a')
            .find(|value| !is_mapping(value))
            .map(|value| format!("a={value}")),
        SdpPart::Bandwidth => values('b')
            .find(|value| !is_bandwidth(value))
            .map(|value| format!("b={value}")),
        SdpPart::Lifetime => values('c')
            .find(|value| !has_lifetime(value))
            .map(|value| format!("c={value}")),
        SdpPart::Direction => {
            let (session, streams) = divided(lines);
            let mut parts = [session].into_iter().chain(streams);
            parts.find_map(two_ways)
        }
        part => {
            let (session, streams) = divided(lines);
            keys::fault(part, session, &streams)
        }
    }
}

/// Returns a dynamic payload type of a stream that no line names.
fn unmapped(stream: &[Line]) -> Option<String> {
    let mut words = stream[0].1.trim_end().split(' ').skip(1);
    let is_used = words.next()? != "0" && words.next()?.starts_with("RTP/");
    let is_dynamic = |word: &&str| {
        let kind = word.parse::<u8>().ok();
        kind.is_some_and(|kind| (96..=127).contains(&kind))
    };
    let is_named = |word: &str| {
        let mut all = stream.iter().filter(|line| line.0 == 'a');
        all.any(|line| {
            let named = line
                .1
                .strip_prefix("rtpmap:")
                .unwrap_or_default()
                .trim_start();
            named.split(' ').next() == Some(word)
        })
    };
    let mut lacking = words.filter(is_dynamic).filter(|word| !is_named(word));
    lacking.next().filter(|_| is_used).map(str::to_owned)
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
        let (mut last, mut above) = (0, ' ');
        for (at, (kind, _)) in part.iter().enumerate() {
            let place = order.split(' ').position(|kinds| kinds.contains(*kind));
            let is_again = ONCE.contains(*kind) && part[..at].iter().any(|line| line.0 == *kind);
            match place {
                Some(place) if place >= last && !is_again => (last, above) = (place, *kind),
                _ if *kind == '?' => return Some(format!("line {} is none", before + at + 1)),
                _ => return Some(format!("line {}, {kind}= behind {above}=", before + at + 1)),
            }
        }
        before += part.len();
    }
    None
}

/// Returns the directions of a part that has two of them.
fn two_ways(part: &[Line]) -> Option<String> {
    const WAYS: [&str; 4] = ["sendrecv", "sendonly", "recvonly", "inactive"];
    let values = part
        .iter()
        .filter(|line| line.0 == 'a')
        .map(|line| line.1.trim_end());
    let ways: Vec<&str> = values.filter(|value| WAYS.contains(value)).collect();
    match ways.as_slice() {
        [one, other, ..] => Some(format!("a={one} and a={other}")),
        _ => None,
    }
}

/// Returns whether an a=rtpmap names a payload type, a codec and its clock; other attributes are none.
fn is_mapping(value: &str) -> bool {
    let Some(mapping) = value.strip_prefix("rtpmap:") else {
        return true;
    };
    let mut words = mapping.split_whitespace();
    let kind = words.next().and_then(|kind| kind.parse::<u8>().ok());
    let mut codec = words.next().unwrap_or_default().split('/');
    let is_named = codec.next().is_some_and(|name| !name.is_empty());
    // What a static type is, with its clock, is known without the line.
    let is_static = kind.is_some_and(|kind| kind < 96);
    let is_timed = codec.next().map_or(is_static, is_number);
    kind.is_some_and(|kind| kind < 128) && is_named && is_timed
}

fn is_bandwidth(value: &str) -> bool {
    value
        .trim_end()
        .split_once(':')
        .is_some_and(|(kind, number)| !kind.is_empty() && is_number(number))
}

/// Returns whether an address of a group in IPv4 has its lifetime; no other needs one.
fn has_lifetime(value: &str) -> bool {
    let address = value.split(' ').nth(2).unwrap_or_default().trim_end();
    let (host, lifetime) = address.split_once('/').unwrap_or((address, ""));
    let is_group = host
        .parse::<Ipv4Addr>()
        .is_ok_and(|host| host.is_multicast());
    !is_group || !lifetime.is_empty()
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

/// Returns whether a message has a fault of a part, and what it is, in one line.
pub(super) fn found(part: SdpPart, message: &Looked<'_>) -> Option<String> {
    fault(part, message).map(|fault| shown(fault.as_bytes()))
}
