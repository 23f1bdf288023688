//! Times and addresses that have a name: `srcip: 10.0.0.1`, `"dst_port":5060`, `SrcIP=…`, `"source":{"ip":…}`.

use core::net::{IpAddr, SocketAddr};
use std::str::{self, FromStr};

/// What a text says by name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) from: Option<SocketAddr>,
    pub(super) to: Option<SocketAddr>,
    /// Of what is printed in seconds since 1970 or parts of them, which are of no zone but UTC.
    pub(super) time: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    From,
    To,
}

/// What a side is called, and then its parts.
const SIDES: [(&str, Side); 8] = [
    ("source", Side::From),
    ("src", Side::From),
    ("from", Side::From),
    ("sender", Side::From),
    ("destination", Side::To),
    ("dest", Side::To),
    ("dst", Side::To),
    ("to", Side::To),
];
const ADDRESSES: [&str; 8] = [
    "",
    "ip",
    "ipv",
    "addr",
    "address",
    "ipaddr",
    "ipaddress",
    "host",
];

#[derive(Default)]
struct Parts {
    whole: Option<SocketAddr>,
    ip: Option<IpAddr>,
    port: Option<u16>,
}

impl Parts {
    fn address(&self) -> Option<SocketAddr> {
        let parts = || Some(SocketAddr::new(self.ip?, self.port?));
        self.whole.or_else(parts)
    }
}

/// Reads what has a name in a text.
pub(super) fn named(text: &[u8]) -> Named {
    let (mut from, mut to) = (Parts::default(), Parts::default());
    let mut time = None;
    // `"source":{` says whose parts follow.
    let mut open = None;
    for (at, _) in text
        .iter()
        .enumerate()
        .filter(|(_, byte)| b":=".contains(byte))
    {
        let key = key(&text[..at]);
        if key.is_empty() {
            continue;
        }
        let value = text[at + 1..].trim_ascii_start();
        let named = SIDES
            .iter()
            .find_map(|(name, side)| Some((*side, key.strip_prefix(name)?)));
        if value.starts_with(b"{") {
            open = named
                .filter(|(_, part)| part.is_empty())
                .map(|(side, _)| side);
            continue;
        }
        time = time.or_else(|| since_1970(&key, value));
        let Some((side, part)) = named.or_else(|| Some((open?, &key[..]))) else {
            continue;
        };
        let parts = match side {
            Side::From => &mut from,
            Side::To => &mut to,
        };
        if part == "port" {
            parts.port = parts.port.or_else(|| parsed(value));
        } else if ADDRESSES.contains(&part) {
            parts.whole = parts.whole.or_else(|| parsed(value));
            parts.ip = parts.ip.or_else(|| parsed(value));
        }
    }
    Named {
        from: from.address(),
        to: to.address(),
        time,
    }
}

/// Returns the letters of the name that ends a text, small.
fn key(text: &[u8]) -> String {
    let text = text.trim_ascii_end();
    let text = text.strip_suffix(b"\"").unwrap_or(text);
    let inside = |byte: &&u8| byte.is_ascii_alphanumeric() || b"_.-@".contains(byte);
    let length = text.iter().rev().take(40).take_while(inside).count();
    let letters = text[text.len() - length..].iter();
    let letters = letters.filter(|byte| byte.is_ascii_alphabetic());
    letters
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect()
}

fn parsed<T: FromStr>(value: &[u8]) -> Option<T> {
    let value = value.strip_prefix(b"\"").unwrap_or(value);
    let ends = |byte: &u8| b" \t\r\n\",;}/".contains(byte);
    let length = value
        .iter()
        .take(64)
        .position(ends)
        .unwrap_or(value.len().min(64));
    str::from_utf8(&value[..length]).ok()?.parse().ok()
}

/// Reads seconds since 1970, or a thousandth, a millionth or a billionth of them, by how many digits they have.
fn since_1970(key: &str, value: &[u8]) -> Option<String> {
    let is_time = ["time", "timestamp", "epoch"]
        .iter()
        .any(|name| key.ends_with(name))
        || key == "ts";
    if !is_time || key.contains("mono") {
        return None;
    }
    let value = value.strip_prefix(b"\"").unwrap_or(value);
    let digits = |text: &[u8]| {
        text.iter()
            .take(20)
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    };
    let length = digits(value);
    let number: u64 = str::from_utf8(&value[..length]).ok()?.parse().ok()?;
    let nanos = match length {
        10 => {
            let fraction = value[length..].strip_prefix(b".").unwrap_or_default();
            let fraction = str::from_utf8(&fraction[..digits(fraction).min(9)]).ok()?;
            let fraction: u64 = format!("{fraction:0<9}").parse().ok()?;
            number * 1_000_000_000 + fraction
        }
        13 => number * 1_000_000,
        16 => number * 1_000,
        19 => number,
        _ => return None,
    };
    Some(utc(nanos / 1000))
}

/// Writes microseconds since 1970 as a date and a time of day.
fn utc(micros: u64) -> String {
    let seconds = micros / 1_000_000;
    // From the first of March of the year 0 on, the day that leap years add is the last one.
    let days = seconds / 86_400 + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + u64::from(month <= 2);
    format!(
        "{year}-{month:02}-{day:02} {:02}:{:02}:{:02}.{:06}Z",
        seconds / 3600 % 24,
        seconds / 60 % 60,
        seconds % 60,
        micros % 1_000_000
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_whose_address_it_is() {
        for text in [
            "tag: rcv\nproto: udp ipv4\nsrcip: 192.0.2.1\nsrcport: 5070\ndstip: 192.0.2.2\ndstport: 5060\n",
            r#"{"src_ip":"192.0.2.1","src_port":5070,"dst_ip":"192.0.2.2","dst_port":"5060","m":""#,
            r#"{"sourceIp": "192.0.2.1", "sourcePort": 5070, "destinationIp": "192.0.2.2", "destinationPort": 5060}"#,
            r#"{"source":{"ip":"192.0.2.1","port":5070},"destination":{"port":5060,"ip":"192.0.2.2"}}"#,
            r#"{"from": "192.0.2.1:5070", "to": "192.0.2.2:5060"}"#,
            "x:{SrcIP:192.0.2.1,DstIP:192.0.2.2,SrcPort:5070,DstPort:5060,Tsec:1598992438}",
            "src=192.0.2.1:5070 dst=192.0.2.2:5060",
        ] {
            let named = named(text.as_bytes());
            assert_eq!(named.from, parsed(b"192.0.2.1:5070"), "{text}");
            assert_eq!(named.to, parsed(b"192.0.2.2:5060"), "{text}");
        }
        let v6 = named(br#"{"src":"[2001:db8::1]:5060","dst_ip":"2001:db8::2","dst_port":5}"#);
        assert_eq!(v6.from, parsed(b"[2001:db8::1]:5060"));
        assert_eq!(v6.to, parsed(b"[2001:db8::2]:5"));
    }

    #[test]
    fn what_is_no_address_and_no_time_is_not_read() {
        for text in [
            "From: <sip:a@192.0.2.1:5060>\nTo: b",
            r#"{"total": 5060, "src": "core/a.c", "src_port": 99999, "uptime": 12}"#,
            "source: {",
            "__MONOTONIC_TIMESTAMP : \"1795836668\"",
            "time: 99999999999999999999999",
            "::==:",
        ] {
            assert_eq!(named(text.as_bytes()), Named::default(), "{text}");
        }
    }

    #[test]
    fn seconds_since_1970_are_a_time() {
        for text in [
            "time: 1795838933.150318",
            r#"{"ts":1795838933.150318}"#,
            r#""__REALTIME_TIMESTAMP" : "1795838933150318""#,
            "epoch=1795838933150318000",
        ] {
            let time = named(text.as_bytes()).time;
            assert_eq!(
                time.as_deref(),
                Some("2026-11-28 04:08:53.150318Z"),
                "{text}"
            );
        }
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        for (seconds, day) in [
            (951_782_400, "2000-02-29"),
            (951_868_800, "2000-03-01"),
            (4_107_542_400, "2100-03-01"),
            (1_735_689_599, "2024-12-31"),
            (0, "1970-01-01"),
        ] {
            assert_eq!(utc(seconds * 1_000_000)[..10], *day);
        }
    }
}
