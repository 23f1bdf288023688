//! What a body says: the streams of a session description, and the status line that a NOTIFY brings.

use super::words::{list, short, text};
use crate::catalog::{self, StatusCode};
use crate::message::{Message, Start};

/// What stands behind a stream that is refused.
pub(super) const REFUSED: &str = ": refused (port 0)";

/// Returns the response that a sipfrag body holds, as a message of its own.
pub(super) fn sipfrag<'a>(message: &Message<'a>) -> Option<Message<'a>> {
    let of_type = message.value("Content-Type").is_some_and(|value| {
        let value = value.to_ascii_lowercase();
        value.starts_with(b"message/sipfrag") || value.starts_with(b"message/sip")
    });
    let inner = Message::of(message.body.trim_ascii_start());
    (of_type && matches!(inner.start, Some(Start::Status { .. }))).then_some(inner)
}

/// Returns the title of a response, with the phrase of its own where it has one.
pub(super) fn title(message: &Message<'_>) -> Option<String> {
    let Some(Start::Status { code, phrase }) = message.start else {
        return None;
    };
    let page = StatusCode::new(code).ok().map(catalog::response)?;
    let phrase = text(phrase);
    Some(match phrase.as_str() {
        "" => page.title(),
        phrase => format!("{code} {}", short(phrase)),
    })
}

/// Returns what the session description says: each stream with its protocol and codecs.
pub(super) fn streams(message: &Message<'_>) -> Vec<String> {
    described(message, true)
}

/// Returns what a description of capabilities says, in which the port is 0 and means nothing (RFC 3264 section 9).
pub(super) fn capabilities(message: &Message<'_>) -> Vec<String> {
    described(message, false)
}

fn described(message: &Message<'_>, has_ports: bool) -> Vec<String> {
    let session = message.session().unwrap_or(message.body);
    let lines = session.split(|byte| *byte == b'\n');
    let lines: Vec<String> = lines.map(text).collect();
    let mut streams: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        let Some(media) = line.strip_prefix("m=") else {
            continue;
        };
        let below = lines[at..]
            .iter()
            .take_while(|line| !line.starts_with("m="));
        let below: Vec<&str> = below.map(String::as_str).collect();
        streams.extend(stream(media, &below, has_ports));
    }
    streams
}

/// Returns the addresses to which a session description wants media: those of its c= lines, but for refused streams.
pub(super) fn media_addresses(message: &Message<'_>) -> Vec<String> {
    let session = message.session().unwrap_or(message.body);
    let lines = session.split(|byte| *byte == b'\n').map(text);
    let mut addresses = Vec::new();
    let mut is_refused = false;
    for line in lines {
        if let Some(media) = line.strip_prefix("m=") {
            is_refused = media.split(' ').nth(1) == Some("0");
        }
        let address = line
            .strip_prefix("c=")
            .and_then(|line| line.split(' ').nth(2));
        let address = address.and_then(|address| address.split('/').next());
        addresses.extend(address.filter(|_| !is_refused).map(str::to_owned));
    }
    addresses
}

fn stream(media: &str, below: &[&str], has_port: bool) -> Option<String> {
    let mut words = media.split(' ');
    let (kind, port, protocol) = (words.next()?, words.next()?, words.next()?);
    if port == "0" && has_port {
        return Some(format!("{kind}{REFUSED}"));
    }
    let codecs: Vec<String> = words.map(|format| codec(format, below)).collect();
    let directions = ["a=sendonly", "a=recvonly", "a=inactive"];
    let direction = below.iter().find(|line| directions.contains(line));
    let direction = direction.map_or(String::new(), |line| format!(", {}", &line[2..]));
    // A key for the media is never shown.
    let has_key = below.iter().any(|line| line.starts_with("a=crypto:"));
    let key = if has_key {
        ", a=crypto with a key that is not shown"
    } else {
        ""
    };
    Some(format!(
        "{kind}: {protocol}, {}{direction}{key}",
        list(&codecs)
    ))
}

/// Returns the name of a payload type.
fn codec(format: &str, below: &[&str]) -> String {
    const STATIC: [(&str, &str); 5] = [
        ("0", "PCMU"),
        ("3", "GSM"),
        ("8", "PCMA"),
        ("9", "G722"),
        ("18", "G729"),
    ];
    let prefix = format!("a=rtpmap:{format} ");
    let named = below.iter().find_map(|line| line.strip_prefix(&prefix));
    let known = STATIC.iter().find(|(number, _)| *number == format);
    named
        .or(known.map(|(_, name)| *name))
        .unwrap_or(format)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_told_without_their_keys() {
        let text = b"SIP/2.0 488 x\r\nContent-Type: application/sdp\r\n\r\nv=0\r\nm=audio 4000 RTP/SAVP 8 96\r\n\
                     a=rtpmap:96 opus/48000/2\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:s3cret\r\na=sendonly\r\n\
                     m=video 0 RTP/AVP 31\r\n";
        let message = Message::of(text);
        let streams = streams(&message);
        assert_eq!(streams.len(), 2, "{streams:?}");
        assert!(streams[0].starts_with("audio: RTP/SAVP, PCMA and opus/48000/2, sendonly"));
        assert!(!streams[0].contains("s3cret"));
        assert_eq!(streams[1], "video: refused (port 0)");
    }
}
