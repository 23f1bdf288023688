//! What a writer says before a message: when it was, which way it went, and between whom. No product is known by its
//! name: a time looks like a time wherever it stands, and an address like an address.

use core::net::{IpAddr, SocketAddr};

use memchr::{memrchr, memrchr_iter};

use super::named::named;

/// What is looked at before a message, in bytes and in lines.
const REACH: usize = 2 * 1024;
const LINES: usize = 12;
/// A date before a time, with what parts the two; a time of day with its fraction.
const DATE: usize = 26;
const CLOCK: usize = 20;

/// What stands before a message. It adds to a message, and never makes one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// As it is printed; the date before it where there is one.
    pub time: Option<String>,
    pub from: Option<SocketAddr>,
    pub to: Option<SocketAddr>,
}

/// Which way a message went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Received,
    Sent,
}

/// The words that tell which way a message went.
const WORDS: &[(&str, Direction)] = &[
    ("received", Direction::Received),
    ("recv", Direction::Received),
    ("rcv", Direction::Received),
    ("read", Direction::Received),
    ("receiving", Direction::Received),
    ("incoming", Direction::Received),
    ("rx", Direction::Received),
    ("sent", Direction::Sent),
    ("send", Direction::Sent),
    ("snd", Direction::Sent),
    ("sending", Direction::Sent),
    ("transmitting", Direction::Sent),
    ("retransmitting", Direction::Sent),
    ("outgoing", Direction::Sent),
    ("tx", Direction::Sent),
];
/// These say it where none of the others stands beside them: in prose they are something else.
const SHORT: &[(&str, Direction)] = &[("in", Direction::Received), ("out", Direction::Sent)];

impl Label {
    /// Reads what stands between the message before and this one.
    pub fn of(before: &[u8]) -> Self {
        let before = &before[before.len().saturating_sub(REACH)..];
        let lines = before.split(|byte| *byte == b'\n').rev().take(LINES);
        let lines: Vec<&[u8]> = lines.collect();
        let by_name = named(before);
        let time = lines.iter().find_map(|line| time(line)).or(by_name.time);
        if let (Some(_), Some(_)) = (by_name.from, by_name.to) {
            let (from, to) = (by_name.from, by_name.to);
            return Self { time, from, to };
        }
        let named = lines.iter().position(|line| !addresses(line).is_empty());
        let addresses = named.map_or_else(Vec::new, |at| addresses(lines[at]));
        // The word may stand in the line above or below the addresses.
        let near = named.map_or(0, |at| at.saturating_sub(1));
        let direction = lines
            .iter()
            .skip(near)
            .take(3)
            .find_map(|line| direction(line));
        let (from, to) = match (addresses.as_slice(), direction) {
            ([peer], Some(Direction::Sent)) => (None, Some(*peer)),
            ([peer], Some(Direction::Received)) => (Some(*peer), None),
            // "On A received from B" names the receiver first.
            ([own, peer, ..], Some(Direction::Received))
                if says_from(lines[named.unwrap_or(0)]) =>
            {
                (Some(*peer), Some(*own))
            }
            ([from, to, ..], _) => (Some(*from), Some(*to)),
            ([] | [_], _) => (by_name.from, by_name.to),
        };
        Self { time, from, to }
    }
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) micros: u64,
    /// It has more than seconds.
    pub(super) is_exact: bool,
}

/// Returns the last time of day in a text; where there is none, that of a time in seconds since 1970 with a name.
pub(super) fn moment(text: &[u8]) -> Option<Moment> {
    let mut lines = text.split(|byte| *byte == b'\n').rev();
    let clock = lines.find_map(|line| Some((line, time_at(line)?)));
    let Some((line, at)) = clock else {
        let by_name = named(text).time?;
        return moment(by_name.as_bytes());
    };
    let number = |digits: &[u8]| {
        digits
            .iter()
            .fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0'))
    };
    let parts = line[at..at + 8].chunks(3).map(|part| number(&part[..2]));
    let seconds = parts.fold(0, |sum, part| sum * 60 + part);
    let fraction = fraction(&line[at + 8..]);
    let digits = &fraction[..fraction.len().min(6)];
    let micros = (digits.len()..6).fold(number(digits), |micros, _| micros * 10);
    Some(Moment {
        micros: seconds * 1_000_000 + micros,
        is_exact: !fraction.is_empty(),
    })
}

/// Returns whether a text says when something was, between whom, or which way it went.
pub(super) fn tells(text: &[u8]) -> bool {
    let mut lines = text.split(|byte| *byte == b'\n');
    lines.any(|line| {
        time_at(line).is_some() || !addresses(line).is_empty() || direction(line).is_some()
    })
}

/// Returns whether the second address of a line stands behind "from".
fn says_from(line: &[u8]) -> bool {
    let words = line.split(|byte| !byte.is_ascii_alphanumeric());
    let mut words = words.filter(|word| !word.is_empty());
    words.any(|word| word.eq_ignore_ascii_case(b"from"))
}

/// Returns which way a line says that a message went.
pub(super) fn direction(line: &[u8]) -> Option<Direction> {
    [WORDS, SHORT].into_iter().find_map(|known| {
        let mut words = line.split(|byte| !byte.is_ascii_alphabetic());
        words.find_map(|word| {
            for (known, way) in known {
                if known.len() == word.len() && word.eq_ignore_ascii_case(known.as_bytes()) {
                    return Some(*way);
                }
            }
            None
        })
    })
}

/// Returns the addresses with a port in a line.
fn addresses(line: &[u8]) -> Vec<SocketAddr> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let starts =
            at == 0 || !(line[at - 1].is_ascii_alphanumeric() || b".@".contains(&line[at - 1]));
        let length = if !starts || line[..at].ends_with(b"sip:") || line[..at].ends_with(b"sips:") {
            0
        } else if line[at] == b'[' {
            bracketed(&line[at..], &mut found)
        } else if line[at].is_ascii_digit() {
            dotted(&line[at..], &mut found)
        } else {
            0
        };
        at += length.max(1);
    }
    found
}

/// Reads `[address]:port`, and returns how long it is.
fn bracketed(text: &[u8], found: &mut Vec<SocketAddr>) -> usize {
    let Some(end) = text.iter().take(48).position(|byte| *byte == b']') else {
        return 0;
    };
    let Some(ip) = parsed::<IpAddr>(&text[1..end]) else {
        return 0;
    };
    let Some(after) = text[end + 1..].strip_prefix(b":") else {
        return 0;
    };
    port(after).map_or(0, |(port, length)| {
        found.push(SocketAddr::new(ip, port));
        end + 2 + length
    })
}

/// Reads `1.2.3.4:port`, or `1.2.3.4.port` as tcpdump writes it, and returns how long it is.
fn dotted(text: &[u8], found: &mut Vec<SocketAddr>) -> usize {
    let is_part = |byte: &&u8| byte.is_ascii_digit() || **byte == b'.';
    let length = text.iter().take_while(is_part).count();
    let whole = &text[..length];
    let address = |ip: &[u8], port: u16| Some(SocketAddr::new(parsed::<IpAddr>(ip)?, port));
    if text.get(length) == Some(&b':')
        && let Some((port, digits)) = port(&text[length + 1..])
    {
        found.extend(address(whole, port));
        return length + 1 + digits;
    }
    if let Some(dot) = memrchr(b'.', whole)
        && let Some((port, _)) = port(&whole[dot + 1..])
    {
        found.extend(address(&whole[..dot], port));
    }
    length
}

fn port(text: &[u8]) -> Option<(u16, usize)> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let port = parsed::<u16>(text.get(..digits)?)?;
    Some((port, digits))
}

fn parsed<T: std::str::FromStr>(text: &[u8]) -> Option<T> {
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// Returns what is printed around the time of day that stands last in what a label may be, with the date before it: as
/// much of it as tells the time, found without reading the rest. This is asked of every message.
pub fn clock(before: &[u8]) -> Option<&[u8]> {
    let before = &before[before.len().saturating_sub(REACH)..];
    let starts =
        |at: usize| at == 0 || !(before[at - 1].is_ascii_digit() || before[at - 1] == b':');
    // The second colon of a time is met first.
    let at = memrchr_iter(b':', before).find_map(|colon| {
        let at = colon.checked_sub(5)?;
        let is_it = before[at + 2] == b':' && before.get(at..at + 8).is_some_and(is_clock);
        (is_it && starts(at)).then_some(at)
    })?;
    let end = before.len().min(at + CLOCK);
    Some(&before[at.saturating_sub(DATE)..end])
}

/// Returns where the last time of day in a line stands.
fn time_at(line: &[u8]) -> Option<usize> {
    // The second colon of a time is met first.
    memrchr_iter(b':', line).find_map(|colon| {
        let at = colon.checked_sub(5)?;
        let (before, rest) = line.split_at(at);
        let (clock, after) = rest.split_at_checked(8)?;
        (is_clock(clock) && is_apart(before, after)).then_some(at)
    })
}

/// Returns the digits of the fraction behind a time of day.
fn fraction(after: &[u8]) -> &[u8] {
    let [b'.' | b',' | b':', digits @ ..] = after else {
        return b"";
    };
    let length = digits
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    &digits[..length]
}

/// Returns the last time of day in a line, with its fraction, and the date before it.
fn time(line: &[u8]) -> Option<String> {
    let at = time_at(line)?;
    let (clock, rest) = line[at..].split_at(8);
    let mut text = date(&line[..at]).unwrap_or_default();
    text.push_str(&String::from_utf8_lossy(clock));
    let fraction = fraction(rest);
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(&String::from_utf8_lossy(fraction));
    }
    Some(text)
}

/// Returns whether what stands around a time makes it no part of a longer number, as that of a network card.
fn is_apart(before: &[u8], after: &[u8]) -> bool {
    let begins = match before.last() {
        Some(b'T') | None => true,
        Some(byte) => !byte.is_ascii_alphanumeric() && !b":_".contains(byte),
    };
    begins
        && match after {
            [b':', rest @ ..] => {
                let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
                (digits == 0 || digits >= 3) && rest.get(digits) != Some(&b':')
            }
            [byte, ..] => !byte.is_ascii_digit() && *byte != b'_',
            [] => true,
        }
}

fn is_clock(text: &[u8]) -> bool {
    let digits = [0, 1, 3, 4, 6, 7]
        .iter()
        .all(|at| text[*at].is_ascii_digit());
    digits
        && text[2] == b':'
        && text[5] == b':'
        && text[0] <= b'2'
        && text[3] <= b'5'
        && text[6] <= b'6'
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// Returns the date that ends before a time, as `2026-11-28 ` or `Nov 28 `.
fn date(before: &[u8]) -> Option<String> {
    let before = before.trim_ascii_end();
    let before = before.strip_suffix(b"T").unwrap_or(before);
    if let Some(start) = before.len().checked_sub(10)
        && let [y0, y1, y2, y3, sign @ (b'-' | b'/'), m0, m1, other, d0, d1] = before[start..]
        && sign == other
        && [y0, y1, y2, y3, m0, m1, d0, d1]
            .iter()
            .all(u8::is_ascii_digit)
    {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        return Some(format!(
            "{}-{}-{} ",
            text(&[y0, y1, y2, y3]),
            text(&[m0, m1]),
            text(&[d0, d1])
        ));
    }
    let near = &before[before.len().saturating_sub(16)..];
    let words = near.split(|byte| !byte.is_ascii_alphanumeric());
    let words: Vec<&[u8]> = words.filter(|word| !word.is_empty()).collect();
    let is_number = |word: &[u8]| word.iter().all(u8::is_ascii_digit);
    let (month, day) = match words.as_slice() {
        [.., month, day, year] if year.len() == 4 && is_number(year) && is_number(day) => {
            (*month, *day)
        }
        [.., month, day] if is_number(day) && day.len() <= 2 => (*month, *day),
        _ => return None,
    };
    let month = MONTHS
        .iter()
        .find(|name| month.ends_with(name.as_bytes()))?;
    let year = words
        .last()
        .filter(|word| word.len() == 4)
        .map(|year| String::from_utf8_lossy(year).into_owned());
    let day = String::from_utf8_lossy(day).into_owned();
    Some(match year {
        Some(year) => {
            let month = MONTHS.iter().position(|name| name == month)? + 1;
            format!("{year}-{month:02}-{day:0>2} ")
        }
        None => format!("{month} {day:>2} "),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(before: &str) -> (String, String, String) {
        let label = Label::of(before.as_bytes());
        let shown = |address: Option<SocketAddr>| {
            address.map_or(String::new(), |address| address.to_string())
        };
        (
            label.time.unwrap_or_default(),
            shown(label.from),
            shown(label.to),
        )
    }

    /// What stands before a message, and what is read there: time, sender, receiver.
    const LABELS: &[(&str, &str, &str, &str)] = &[
        (
            "<--- Received SIP request (479 bytes) from UDP:10.0.0.1:5083 --->\n",
            "",
            "10.0.0.1:5083",
            "",
        ),
        (
            "[2026-11-28 04:29:27.114] VERBOSE[7] res: <--- Transmitting SIP response (10 bytes) to UDP:10.0.0.1:5083 --->\n[2026-11-28 04:29:27.114] ",
            "2026-11-28 04:29:27.114",
            "",
            "10.0.0.1:5083",
        ),
        (
            "Nov 28 03:56:14 pbx[7]: VERBOSE[8]: logger.c:322 in logging_on_tx_msg: <--- Transmitting SIP response (512 bytes) to UDP:10.0.0.1:5080 --->",
            "Nov 28 03:56:14",
            "",
            "10.0.0.1:5080",
        ),
        (
            "recv 566 bytes from udp/[10.0.0.2]:5081 at 04:01:09.903475:\n----------\n",
            "04:01:09.903475",
            "10.0.0.2:5081",
            "",
        ),
        (
            "send 566 bytes to tcp/[2001:db8::1]:5081 at 04:01:09.9:\n   ---\n   ",
            "04:01:09.9",
            "",
            "[2001:db8::1]:5081",
        ),
        (
            "in udp 2026-11-28 04:11:04 10.0.0.1:5060 -> 10.0.0.2:5061\n",
            "2026-11-28 04:11:04",
            "10.0.0.1:5060",
            "10.0.0.2:5061",
        ),
        (
            "04:16:09.543 core.c .TX 552 bytes Request msg REGISTER/cseq=50490 (tdta0x7f) to UDP 10.0.0.9:5060:\n",
            "04:16:09.543",
            "",
            "10.0.0.9:5060",
        ),
        (
            "U 2026/11/28 03:29:11.182133 10.0.0.1:5060 -> 10.0.0.2:5060 #1\n",
            "2026-11-28 03:29:11.182133",
            "10.0.0.1:5060",
            "10.0.0.2:5060",
        ),
        (
            "03:29:11.182133 IP 10.0.0.1.5060 > 10.0.0.2.5070: SIP, length: 7\n\t",
            "03:29:11.182133",
            "10.0.0.1:5060",
            "10.0.0.2:5070",
        ),
        (
            "-----------\nApr 17 14:17:54.526 On [0:0]10.0.0.3:5060 received from 10.0.0.4:5062\n",
            "Apr 17 14:17:54.526",
            "10.0.0.4:5062",
            "10.0.0.3:5060",
        ),
        (
            "Apr  7 14:17:54.526 On [0:0]10.0.0.3:5060 sent to 10.0.0.4:5062\n",
            "Apr  7 14:17:54.526",
            "10.0.0.3:5060",
            "10.0.0.4:5062",
        ),
        (
            "*Nov 28 2026 03:29:11.182: //-1/xxxx/SIP/Msg/ccsipDisplayMsg:\nReceived: \n",
            "2026-11-28 03:29:11.182",
            "",
            "",
        ),
        (
            "----- 2026-11-28 03:24:02.622436\nUDP message sent [509] bytes:\n\n",
            "2026-11-28 03:24:02.622436",
            "",
            "",
        ),
        (
            "proto:UDP 2026-11-28T03:29:11.182Z  10.0.0.1:5060 ---> 10.0.0.2:5060\r\n\r\n",
            "2026-11-28 03:29:11.182",
            "10.0.0.1:5060",
            "10.0.0.2:5060",
        ),
        ("no label at all", "", "", ""),
        ("version 1.2.3.4 and ratio 12:30", "", "", ""),
        ("from 192.0.2.1 at 10:00:00:\n", "10:00:00", "", ""),
        ("Src: 00:00:00_00:00:00 (02:00:00:00:00:01)", "", "", ""),
        (
            "OPTIONS of sip:bob@192.0.2.1:5060 and sip:192.0.2.2:5060",
            "",
            "",
            "",
        ),
        ("", "", "", ""),
    ];

    #[test]
    fn times_ways_and_addresses_are_read_wherever_they_stand() {
        for (before, time, from, to) in LABELS.iter().copied() {
            assert_eq!(
                read(before),
                (time.to_owned(), from.to_owned(), to.to_owned()),
                "{before}"
            );
            let clock = clock(before.as_bytes()).unwrap_or_default();
            let of_clock = Label::of(clock).time.unwrap_or_default();
            assert_eq!(of_clock, time, "{before}");
        }
    }
}
