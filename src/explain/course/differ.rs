//! How the messages of two calls differ, but for what differs in any two: tags, numbers, times, ports of media, cookies.

use super::summary;
use crate::calls::Recorded;
use crate::explain::call::{Beside, is_ack, is_same};
use crate::explain::sorted::sort_by_key;
use crate::explain::words::{short, text};
use crate::message::{Field, Message, Start, address, full_name, parameters, parts};

/// What the requests and the answers of two calls say otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// What each call was and came to, and the code of that: "486 Busy Here".
    pub titles: [String; 2],
    pub came_to: [String; 2],
    /// What decides first; then what only the answers tell.
    pub rows: Vec<Difference>,
    /// What their requests have alike.
    pub alike: Vec<String>,
}

/// A header field, or a line of the session description, that two messages have otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub name: String,
    /// With stars around the words that the other has not.
    pub values: [String; 2],
}

/// What is told first, if it differs; the rest stands in the order of the messages.
const FIRST: [&str; 12] = [
    "Route",
    "P-Asserted-Identity",
    "P-Preferred-Identity",
    "Remote-Party-ID",
    "Privacy",
    "Require",
    "Proxy-Require",
    "Supported",
    "Content-Type",
    "Session-Expires",
    "Min-SE",
    "Expires",
];
/// What is told last: it says who called, and from where.
const LAST: [&str; 7] = [
    "Request-URI",
    "From",
    "To",
    "Contact",
    "SDP c",
    "Via",
    "User-Agent",
];
/// What differs in any two requests, or tells nothing.
const LEFT_OUT: [&str; 10] = [
    "Call-ID",
    "CSeq",
    "Date",
    "Timestamp",
    "Content-Length",
    "Max-Forwards",
    "Session-ID",
    "P-Charging-Vector",
    "Cookie",
    "X-CID",
];
/// Of which only is told that they are there: they prove who somebody is.
const PROOFS: [&str; 4] = [
    "Identity",
    "P-Access-Token",
    "Authentication-Info",
    "Signature",
];
/// Parameters of which the same holds.
const VOLATILE: [&str; 8] = [
    "tag", "branch", "rport", "received", "ob", "reg-id", "ftag", "did",
];
/// What an answer tells of itself; a success has more.
const OF_ANSWER: [&str; 9] = [
    "Answer",
    "Server",
    "User-Agent",
    "Reason",
    "Warning",
    "Unsupported",
    "Retry-After",
    "Error-Info",
    "X-Asterisk-HangupCause",
];
/// Attributes of a session that differ in any two.
const OF_SESSION: [&str; 12] = [
    "candidate",
    "ice-ufrag",
    "ice-pwd",
    "fingerprint",
    "ssrc",
    "ssrc-group",
    "msid",
    "cname",
    "rtcp",
    "key-mgmt",
    "tls-id",
    "end-of-candidates",
];
/// So many letters and digits in a row are a cookie, and fewer in a parameter.
const COOKIE: usize = 16;
const SHORT_COOKIE: usize = 6;

/// So many letters of a value are compared, and so many names.
const LONGEST: usize = 600;
const MOST: usize = 200;

type Told = Vec<(String, String)>;

/// Returns how a call differs from another one.
pub fn differences(failed: &[Recorded], worked: &[Recorded]) -> Differences {
    let all = [failed, worked].map(|call| {
        let messages = call.iter().map(|one| Message::of(&one.bytes));
        messages.collect::<Vec<_>>()
    });
    let of_both = |tell: &dyn Fn(&[Message<'_>]) -> Told| [tell(&all[0]), tell(&all[1])];
    let mut alike = Vec::new();
    let mut rows = compared(&of_both(&request), &mut alike);
    // Where both called the same number, another target tells why.
    let is_called = rows.iter().all(|row| row.name != "To");
    sort_by_key(&mut rows, |row| match row.name.as_str() {
        "Request-URI" if is_called => 0,
        name if is_among(name, &LAST) => FIRST.len() + 2 + place_of(name, &LAST),
        name => 1 + place_of(name, &FIRST),
    });
    rows.extend(compared(&of_both(&answer), &mut Vec::new()));
    let time = |call: &[Recorded]| {
        let time = call.iter().find_map(|one| one.time.clone());
        let time = time.unwrap_or_default();
        time.rsplit(' ').next().unwrap_or_default().to_owned()
    };
    let came_to = |all: &[Message<'_>]| {
        let last = summary::final_response(all);
        last.map_or_else(|| "none".to_owned(), summary::came_to)
    };
    let titles = [(failed, &all[0]), (worked, &all[1])];
    Differences {
        titles: titles.map(|(call, all)| {
            let title = format!("{} {}", time(call), summary::title(all));
            title.trim_start().to_owned()
        }),
        came_to: [came_to(&all[0]), came_to(&all[1])],
        rows,
        alike,
    }
}

fn place_of(name: &str, names: &[&str]) -> usize {
    let place = names.iter().position(|one| one.eq_ignore_ascii_case(name));
    place.unwrap_or(names.len())
}

fn is_among(name: &str, names: &[&str]) -> bool {
    place_of(name, names) < names.len()
}

/// Returns what the request says that came to the outcome of a call.
fn request(all: &[Message<'_>]) -> Told {
    let last = summary::final_response(all);
    let at = last.and_then(|last| all.iter().position(|one| core::ptr::eq(one, last)));
    let asked = last.zip(at).and_then(|(last, at)| {
        let beside = Beside { call: all, at };
        beside.request(last)
    });
    let asked = asked.or_else(|| summary::subject(all));
    // It is taken as it came first, before a proxy changed it.
    let is_it = |one: &&Message<'_>| {
        one.is_request() && asked.is_some_and(|asked| is_same(one, asked) && !is_ack(one))
    };
    let first = all.iter().find(is_it);
    first.or(asked).map_or_else(Told::new, told)
}

fn answer(all: &[Message<'_>]) -> Told {
    let mut told = summary::final_response(all).map_or_else(Told::new, told);
    told.retain(|(name, _)| is_among(name, &OF_ANSWER));
    told
}

/// Returns what a message says: each name, and its values.
fn told(message: &Message<'_>) -> Told {
    let mut told = Told::new();
    match message.start {
        Some(Start::Request { uri, .. }) => add(&mut told, "Request-URI", plain(uri)),
        Some(Start::Status { code, phrase }) => {
            add(&mut told, "Answer", format!("{code} {}", text(phrase)));
        }
        None => {}
    }
    for field in &message.fields {
        let name = full_name(field.name).map_or_else(|| text(field.name), str::to_owned);
        if let Some(value) = value(&name, field) {
            add(&mut told, &name, value);
        }
    }
    let is_session = |value: &[u8]| value.starts_with(b"application/sdp");
    if message.value("Content-Type").is_some_and(is_session) {
        session(message.body, &mut told);
    }
    told
}

fn add(told: &mut Told, name: &str, value: String) {
    let has_room = told.len() < MOST;
    let mut known = told.iter_mut();
    match known.find(|(known, _)| known.eq_ignore_ascii_case(name)) {
        Some((_, all)) if all.len() > LONGEST => {}
        Some((_, all)) => *all = format!("{all}, {value}"),
        None if has_room => told.push((name.to_owned(), value)),
        None => {}
    }
}

/// Returns what is compared of a header field.
fn value(name: &str, field: &Field<'_>) -> Option<String> {
    if is_among(name, &LEFT_OUT) {
        return None;
    }
    if is_among(name, &PROOFS) {
        return Some("is there".to_owned());
    }
    if name.ends_with("Authorization") {
        return Some(credentials(field.value));
    }
    let values = parts(field.value, b',').map(|one| match name {
        "Via" => {
            let sent = text(one);
            let transport = sent.split(' ').next().unwrap_or_default();
            transport.rsplit('/').next().unwrap_or_default().to_owned()
        }
        "Contact" | "Record-Route" => host(one),
        _ => plain(one),
    });
    Some(values.collect::<Vec<_>>().join(", "))
}

/// Returns what may be seen of credentials.
fn credentials(value: &[u8]) -> String {
    let end = value.iter().position(|byte| *byte == b' ');
    let (scheme, rest) = value.split_at(end.unwrap_or(value.len()));
    let seen = parameters(rest, b',').filter(|(name, _)| {
        let name = text(name);
        is_among(&name, &["username", "realm", "algorithm", "qop"])
    });
    let seen = seen.map(|(name, value)| format!(" {}={}", text(name), text(value)));
    text(scheme) + &seen.collect::<String>()
}

/// Returns the host of an address, without its port.
fn host(value: &[u8]) -> String {
    let address = text(address(value));
    let host = address.rsplit('@').next().unwrap_or_default();
    let port = host.rsplit_once(':').filter(|(_, port)| {
        let mut digits = port.bytes();
        digits.all(|byte| byte.is_ascii_digit())
    });
    port.map_or(host, |(host, _)| host).to_owned()
}

/// Returns a value without parameters that differ in any two.
fn plain(value: &[u8]) -> String {
    let value = text(value);
    let mut kept = String::new();
    for (place, part) in value.split(';').enumerate() {
        let inside = part.trim_end_matches('>');
        let (name, own) = inside.split_once('=').unwrap_or((inside, ""));
        let is_volatile = is_among(name.trim(), &VOLATILE) || is_cookie(own, SHORT_COOKIE);
        if place > 0 && is_volatile {
            kept += &part[inside.len()..];
            continue;
        }
        if place > 0 {
            kept.push(';');
        }
        kept += part;
    }
    kept
}

/// Returns whether a word is made up anew for each call.
fn is_cookie(word: &str, least: usize) -> bool {
    let has = |is: fn(&u8) -> bool| word.bytes().any(|byte| is(&byte));
    word.len() >= least
        && has(u8::is_ascii_digit)
        && has(u8::is_ascii_alphabetic)
        && !word.contains(['.', '@', '/', ':'])
}

/// Adds what is compared of a session description.
fn session(body: &[u8], told: &mut Told) {
    for line in body.split(|byte| *byte == b'\n') {
        let line = text(line);
        let Some((kind, value)) = line.split_once('=') else {
            continue;
        };
        match kind {
            "c" | "b" => add(told, &format!("SDP {kind}"), value.to_owned()),
            "m" => {
                let mut words = value.splitn(3, ' ');
                let (media, port) = (words.next(), words.next());
                // A stream that is refused has the port 0.
                let refused = port.filter(|port| *port == "0").map(|_| "port=0");
                let words = media.into_iter().chain(refused).chain(words);
                add(told, "SDP m", words.collect::<Vec<_>>().join(" "));
            }
            "a" => {
                let (name, value) = value.split_once(':').unwrap_or((value, ""));
                if name == "crypto" {
                    let suite = value.split(' ').nth(1);
                    add(told, "SDP crypto", suite.unwrap_or_default().to_owned());
                } else if value.is_empty() {
                    add(told, "SDP a", name.to_owned());
                } else if !is_among(name, &OF_SESSION) {
                    add(told, &format!("SDP {name}"), value.to_owned());
                }
            }
            _ => {}
        }
    }
}

/// Returns what differs, and notes the names of the rest.
fn compared([one, other]: &[Told; 2], alike: &mut Vec<String>) -> Vec<Difference> {
    let mut rows = Vec::new();
    for (name, _) in one.iter().chain(other) {
        let values = [find(one, name), find(other, name)];
        let is_seen = |row: &Difference| row.name.eq_ignore_ascii_case(name);
        if alike.contains(name) || rows.iter().any(is_seen) {
            continue;
        }
        let values = match values {
            [Some(own), Some(other)] => {
                let (one, another) = (marked(&own, &other), marked(&other, &own));
                if !one.1 && !another.1 {
                    alike.push(name.clone());
                    continue;
                }
                if one.2 || another.2 {
                    [one.0, another.0]
                } else {
                    [own, other]
                }
            }
            [own, other] => [own.unwrap_or_else(absent), other.unwrap_or_else(absent)],
        };
        rows.push(Difference {
            name: name.clone(),
            values: [short(&values[0]), short(&values[1])],
        });
    }
    rows
}

fn absent() -> String {
    "is not there".to_owned()
}

fn find(told: &Told, name: &str) -> Option<String> {
    let mut told = told.iter();
    let (_, value) = told.find(|(known, _)| known.eq_ignore_ascii_case(name))?;
    Some(value.chars().take(LONGEST).collect())
}

/// Returns a value with stars around the words that another one has not, whether there are any, and any that both have.
fn marked(value: &str, other: &str) -> (String, bool, bool) {
    const SIGNS: [char; 4] = [' ', ',', ';', '\t'];
    let (mut written, mut differs, mut shared) = (String::new(), false, false);
    for part in value.split_inclusive(SIGNS) {
        let word = part.trim_end_matches(SIGNS);
        let is_own = !word.is_empty()
            && !is_cookie(word, COOKIE)
            && !other.split(SIGNS).any(|one| one == word);
        differs |= is_own;
        shared |= !is_own && !word.is_empty();
        if is_own {
            written = format!("{written}*{word}*{}", &part[word.len()..]);
        } else {
            written += part;
        }
    }
    (written, differs, shared)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(fields: &str, body: &str, code: &str) -> Vec<Recorded> {
        let message = |start: &str, fields: &str, body: &str| Recorded {
            bytes: format!("{start}\r\nCSeq: 1 INVITE\r\n{fields}\r\n{body}").into_bytes(),
            ..Recorded::default()
        };
        vec![
            message("INVITE sip:b@example.com SIP/2.0", fields, body),
            message(
                &format!("SIP/2.0 {code}"),
                "To: <sip:b@example.com>;tag=9\r\n",
                "",
            ),
        ]
    }

    fn names(differences: &Differences) -> Vec<(&str, &str, &str)> {
        let rows = differences.rows.iter();
        rows.map(|row| {
            (
                row.name.as_str(),
                row.values[0].as_str(),
                row.values[1].as_str(),
            )
        })
        .collect()
    }

    #[test]
    fn what_any_two_calls_have_otherwise_is_no_difference() {
        let one = "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1a2b3c\r\n\
                   Contact: <sip:a@192.0.2.1:40001;ob>\r\nDate: today\r\nX-Ref: 4f7a9b2c4f7a9b2c4f7a\r\n\
                   Authorization: Digest username=\"a\", realm=\"r\", nonce=\"n1\", response=\"f1\"\r\n\
                   i: 1\r\nContent-Type: application/sdp\r\n";
        let other = "v: SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bK2\r\nf: <sip:a@b>;tag=9z8y7x\r\n\
                     Contact: <sip:a@192.0.2.1:40002>\r\nDate: later\r\nX-Ref: 99aa9b2c4f7a9b2c4f7b\r\n\
                     Authorization: Digest username=\"a\", realm=\"r\", nonce=\"n2\", response=\"f2\"\r\n\
                     Call-ID: 2\r\nc: application/sdp\r\n";
        let session = |port: &str, rest: &str| {
            format!(
                "v=0\r\no=- {port} 1 IN IP4 192.0.2.1\r\nm=audio {port} RTP/AVP 8 0\r\na=ssrc:{port}\r\n{rest}"
            )
        };
        let failed = call(
            one,
            &session("4000", "a=crypto:1 AES inline:abc\r\n"),
            "488 No",
        );
        let worked = call(
            other,
            &session("5000", "a=crypto:1 AES inline:xyz\r\n"),
            "200 OK",
        );
        let found = differences(&failed, &worked);
        assert_eq!(names(&found), [("Answer", "488 No", "200 OK")]);
        assert!(
            found.alike.iter().any(|name| name == "SDP m"),
            "{:?}",
            found.alike
        );
        assert_eq!(found.came_to[1], "200 OK");
    }

    #[test]
    fn what_decides_comes_first_and_the_words_that_differ_have_stars() {
        let failed = call(
            "From: <sip:a@b>;tag=1\r\nX-Trunk: two\r\nRequire: 100rel\r\nContent-Type: application/sdp\r\n",
            "m=audio 4000 RTP/SAVP 8 0\r\n",
            "420 Bad Extension",
        );
        let worked = call(
            "From: <sip:c@b>;tag=2\r\nX-Trunk: two\r\nContent-Type: application/sdp\r\n",
            "m=audio 0 RTP/AVP 8 0\r\n",
            "200 OK",
        );
        assert_eq!(
            names(&differences(&failed, &worked)),
            [
                ("Require", "100rel", "is not there"),
                (
                    "SDP m",
                    "audio *RTP/SAVP* 8 0",
                    "audio *port=0* *RTP/AVP* 8 0"
                ),
                ("From", "<sip:a@b>", "<sip:c@b>"),
                ("Answer", "420 Bad Extension", "200 OK"),
            ]
        );
    }
}
