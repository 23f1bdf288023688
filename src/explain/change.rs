//! What a session description does to a running call: hold and the end of it, fax, a refresh.

use super::call::tag;
use super::facts::Facts;
use super::words::{list, short, time};
use crate::message::{Message, parameter, seconds};

/// A stream that is used: its kind, its direction, and where its media is to go.
struct Stream<'a> {
    kind: &'a str,
    way: &'a str,
    address: &'a str,
}

/// A session description, as far as it tells what becomes of a call.
struct Session<'a> {
    streams: Vec<Stream<'a>>,
    refused: usize,
    version: &'a str,
}

const WAYS: [&str; 4] = ["sendrecv", "sendonly", "recvonly", "inactive"];

impl<'a> Session<'a> {
    fn of(message: &Message<'a>) -> Option<Self> {
        let text = str::from_utf8(message.session()?).ok()?;
        let mut parts: Vec<Vec<&str>> = vec![Vec::new()];
        for line in text.lines().map(str::trim_end) {
            if line.starts_with("m=") {
                parts.push(Vec::new());
            }
            parts.last_mut()?.push(line);
        }
        let (above, media) = parts.split_first()?;
        let of = |part: &[&'a str]| (way(part), address(part));
        let (way_above, address_above) = of(above);
        let origin = above.iter().find_map(|line| line.strip_prefix("o="));
        let word = |part: &[&'a str], at: usize| part[0].split(' ').nth(at).unwrap_or_default();
        let used = media.iter().filter(|part| word(part, 1) != "0");
        let streams: Vec<Stream<'a>> = used
            .map(|part| Stream {
                kind: word(part, 0).trim_start_matches("m="),
                way: of(part).0.or(way_above).unwrap_or("sendrecv"),
                address: of(part).1.or(address_above).unwrap_or_default(),
            })
            .collect();
        Some(Self {
            refused: media.len() - streams.len(),
            streams,
            version: origin
                .and_then(|origin| origin.split(' ').nth(2))
                .unwrap_or_default(),
        })
    }

    /// Returns what the first stream of sound, or else the first of all, does.
    fn first(&self) -> Option<&Stream<'a>> {
        let mut all = self.streams.iter();
        all.clone()
            .find(|stream| stream.kind == "audio")
            .or_else(|| all.next())
    }

    fn is_held(&self) -> bool {
        self.first()
            .is_some_and(|stream| stream.way != "sendrecv" || is_nowhere(stream.address))
    }
}

fn way<'a>(part: &[&'a str]) -> Option<&'a str> {
    let mut values = part.iter().filter_map(|line| line.strip_prefix("a="));
    values.find(|value| WAYS.contains(value))
}

fn address<'a>(part: &[&'a str]) -> Option<&'a str> {
    let value = part.iter().find_map(|line| line.strip_prefix("c="))?;
    value.split(' ').nth(2)?.split('/').next()
}

/// Returns whether an address stands for none, as those of RFC 2543 and RFC 4566 put a call on hold.
fn is_nowhere(address: &str) -> bool {
    address == "0.0.0.0" || address == "::"
}

/// Returns what a request inside a call does to its session.
pub(super) fn says(facts: &Facts<'_>) -> Option<String> {
    let is_it = facts.is("INVITE") || facts.is("UPDATE");
    let to = tag(facts.message, "To").filter(|_| is_it && facts.message.is_request());
    to?;
    let timer = facts.seconds("Session-Expires").map(|lasts| {
        format!(
            "Session-Expires asks for the session to last another {}",
            time(lasts)
        )
    });
    let Some(session) = Session::of(facts.message) else {
        let is_bare = facts.message.body.trim_ascii().is_empty();
        let says = match (facts.is("UPDATE"), timer) {
            (true, timer) => format!("it has no offer, so nothing changes: {}", timer?),
            (false, timer) => {
                let timer = timer.map(|timer| format!("; {timer}")).unwrap_or_default();
                format!(
                    "it has no offer, so the other side makes one in its 200, and the ACK answers it{timer}"
                )
            }
        };
        if !is_bare {
            return None;
        }
        return Some(says);
    };
    let says = of_offer(facts, &session);
    Some(
        [Some(says), timer]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join("; "),
    )
}

fn of_offer(facts: &Facts<'_>, session: &Session<'_>) -> String {
    let before = before(facts);
    let is_same = before
        .as_ref()
        .is_some_and(|before| before.version == session.version);
    let was_held = before.as_ref().is_some_and(Session::is_held);
    let version = short(session.version);
    let Some(first) = session.first() else {
        return "every stream has port 0: no media is left".to_owned();
    };
    if session.streams.iter().any(|stream| stream.kind == "image") {
        return "m=image asks to go over to fax (T.38)".to_owned();
    }
    if is_same {
        return format!("o= has the version of before ({version}), so nothing changes: a refresh");
    }
    if is_nowhere(first.address) {
        return "c= is 0.0.0.0, the old way to put a call on hold: nothing is to be sent there until another offer names an address".to_owned();
    }
    match first.way {
        "inactive" => "a=inactive puts it on hold, so that neither side sends media until an offer with a=sendrecv takes it up again: no fault of the media".to_owned(),
        "sendonly" => "a=sendonly puts the other side on hold: it hears music at the most and is not heard, until an offer with a=sendrecv".to_owned(),
        "recvonly" => "a=recvonly: the sender only listens and sends nothing".to_owned(),
        _ if was_held => "a=sendrecv takes it up again after a hold".to_owned(),
        _ => {
            let kinds: Vec<String> = session.streams.iter().map(|one| one.kind.to_owned()).collect();
            format!(
                "it offers {} in both directions: a hold ends, codecs or addresses change, or it is a refresh; the version in o= ({version}) is one more for each change",
                short(&list(&kinds))
            )
        }
    }
}

/// Returns the session description that the same side sent last.
fn before<'a>(facts: &Facts<'a>) -> Option<Session<'a>> {
    let own = tag(facts.message, "From");
    let is_of_sender = |one: &&Message<'a>| {
        let name = if one.is_request() { "From" } else { "To" };
        tag(one, name) == own
    };
    let mut all = facts.beside.before().iter().rev().filter(is_of_sender);
    all.find_map(Session::of)
}

/// Returns what a 2xx settles: whether media flows, and how long the session lasts.
pub(super) fn of_answer(facts: &Facts<'_>) -> Option<String> {
    let is_it = (200..300).contains(&facts.code()) && (facts.is("INVITE") || facts.is("UPDATE"));
    let session = Session::of(facts.message).filter(|_| is_it);
    let held = session.as_ref().and_then(|session| {
        let first = session.first()?;
        Some(match first.way {
            _ if is_nowhere(first.address) => {
                "c= is 0.0.0.0, so nothing is to be sent there (hold)".to_owned()
            }
            "sendrecv" => return None,
            "recvonly" => {
                "its answer is a=recvonly: it only listens, as where the offer puts it on hold"
                    .to_owned()
            }
            "sendonly" => "its answer is a=sendonly: it sends and takes nothing".to_owned(),
            way => format!("its answer is a={way}: no media flows (hold)"),
        })
    });
    let lost = session.filter(|session| session.streams.is_empty() && session.refused > 0);
    let lost = lost.map(|_| "its answer refuses every stream, so there is no media".to_owned());
    let parts = [lost.or(held), timer(facts).filter(|_| is_it)];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// Returns whether the side that sent the request refreshes the session that a 2xx agrees on, if it says so.
fn refresher(facts: &Facts<'_>) -> Option<(&'static str, &'static str)> {
    let value = facts.message.value("Session-Expires")?;
    let refresher = parameter(value, b';', "refresher")?.to_ascii_lowercase();
    match refresher.as_slice() {
        b"uac" => Some((
            "the side that sent the request (refresher=uac)",
            "the side that answered",
        )),
        b"uas" => Some(("the side that answered (refresher=uas)", "the other side")),
        _ => None,
    }
}

/// Returns how long a session lasts without a refresh, and when the other side ends it (RFC 4028 section 10).
fn interval(facts: &Facts<'_>) -> Option<(u32, u32)> {
    let lasts = facts.message.value("Session-Expires").and_then(seconds)?;
    Some((lasts, lasts - (lasts / 3).min(32)))
}

fn timer(facts: &Facts<'_>) -> Option<String> {
    let (lasts, ends) = interval(facts)?;
    Some(match refresher(facts) {
        Some((who, other)) => format!(
            "the call is cut after {} unless {who} refreshes it with a re-INVITE or UPDATE, best after half of that; without one {other} sends a BYE after some {}",
            time(lasts),
            time(ends)
        ),
        None => format!(
            "the call is cut after {} without a refresh, and it is not said who sends that",
            time(lasts)
        ),
    })
}

/// Returns what to look for where a 2xx sets a time for the session.
pub(super) fn next(facts: &Facts<'_>) -> Option<String> {
    let is_it = (200..300).contains(&facts.code()) && (facts.is("INVITE") || facts.is("UPDATE"));
    let (lasts, _) = interval(facts).filter(|_| is_it)?;
    let who = refresher(facts).map_or("one of the sides", |(who, _)| who);
    Some(format!(
        "If calls drop at the same second, look whether {who} sends a re-INVITE or UPDATE within {}, and whether it arrives.",
        time(lasts / 2)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(start: &str, fields: &str, lines: &str) -> String {
        let body = format!("v=0\r\no=- 1 7 IN IP4 192.0.2.1\r\ns=-\r\n{lines}");
        format!(
            "{start}\r\nFrom: a;tag=1\r\nTo: b;tag=2\r\n{fields}Content-Type: application/sdp\r\n\r\n{body}"
        )
    }

    #[test]
    fn an_offer_in_a_call_says_what_becomes_of_it() {
        for (lines, says) in [
            (
                "c=IN IP4 192.0.2.1\r\na=sendonly\r\nm=audio 4 RTP/AVP 0\r\n",
                "a=sendonly puts",
            ),
            (
                "c=IN IP4 0.0.0.0\r\nm=audio 4 RTP/AVP 0\r\n",
                "c= is 0.0.0.0",
            ),
            (
                "a=inactive\r\nm=audio 4 RTP/AVP 0\r\na=sendrecv\r\n",
                "it offers audio",
            ),
            ("m=audio 0 RTP/AVP 0\r\n", "every stream has port 0"),
            ("m=audio 0 RTP/AVP 0\r\nm=image 4 udptl t38\r\n", "m=image"),
        ] {
            let text = text(
                "INVITE sip:b@example.com SIP/2.0",
                "CSeq: 2 INVITE\r\n",
                lines,
            );
            let message = Message::of(text.as_bytes());
            let said = super::says(&Facts::of(&message)).unwrap_or_default();
            assert!(said.starts_with(says), "{lines}: {said}");
        }
        let first = text("INVITE sip:b@example.com SIP/2.0", "CSeq: 2 INVITE\r\n", "")
            .replace(";tag=2", "");
        assert_eq!(
            super::says(&Facts::of(&Message::of(first.as_bytes()))),
            None
        );
    }

    #[test]
    fn a_success_says_when_the_session_ends() {
        for (value, says) in [
            ("90;refresher=uac", "after some 1 min"),
            ("1800; refresher=UAS", "unless the side that answered"),
            ("1800", "not said who"),
            ("0", "after 0 s"),
        ] {
            let fields = format!("CSeq: 2 INVITE\r\nSession-Expires: {value}\r\n");
            let text = text("SIP/2.0 200 OK", &fields, "m=audio 4 RTP/AVP 0\r\n");
            let message = Message::of(text.as_bytes());
            let said = of_answer(&Facts::of(&message)).unwrap_or_default();
            assert!(said.contains(says), "{value}: {said}");
        }
    }
}
