//! Offers and answers (RFC 3264): an answer that is missing or does not fit its offer, and an offer that does not fit the
//! session before it.

use std::borrow::Cow;

use super::found::{Found, values};
use super::order::{Call, Hop, TIMEOUT, lasting};
use super::versions;
use crate::explain::call::{named, number};
use crate::message::Message;

/// What is no codec of its own.
const BESIDE: [&str; 3] = ["telephone-event", "cn/", "red/"];

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let methods: [&[u8]; 2] = [b"INVITE", b"UPDATE"];
    let changes = methods.into_iter().flat_map(|method| call.requests(method));
    changes
        .filter_map(|hop| {
            let answer =
                exchange(call, hop).and_then(|(offer, answer)| unfit(call, hop, offer, answer));
            // Who takes a changed offer for none answers as before.
            missing(call, hop)
                .or_else(|| versions::offer_unfit(call, hop))
                .or(answer)
        })
        .collect()
}

/// Returns the session description of a message.
pub(super) fn session<'a>(message: &Message<'a>) -> Option<Cow<'a, str>> {
    let body = message.body;
    let at = body
        .windows(4)
        .position(|part| part == b"v=0\r" || part == b"v=0\n")?;
    Some(String::from_utf8_lossy(&body[at..]))
}

/// Returns whether a message has no body, and none was cut off.
pub(super) fn is_bare(message: &Message<'_>) -> bool {
    message.is_ended && message.body.is_empty() && message.length().unwrap_or(0) == 0
}

/// Returns whether a response carries an offer or an answer that counts: a 2xx, or one that is acknowledged by PRACK.
fn counts(call: &Call<'_>, at: usize) -> bool {
    let is_reliable = (101..200).contains(&call.code(at)) && call.message(at).has("RSeq");
    call.is_success(at) || is_reliable
}

/// Returns the ACK of a 2xx.
fn ack(call: &Call<'_>, hop: &Hop<'_>, success: usize) -> Option<usize> {
    let acks = call.hops.iter().filter(|ack| ack.is("ACK"));
    let mut all = acks.flat_map(|ack| &ack.requests).copied();
    all.find(|at| {
        let one = call.message(*at);
        let is_own = number(one) == Some(hop.number) && call.from(*at) == hop.from;
        is_own && call.to(*at) == call.to(success) && one.values("Via").count() == hop.vias
    })
}

/// Returns the messages of a request that have an offer and the answer to it.
pub(super) fn exchange(call: &Call<'_>, hop: &Hop<'_>) -> Option<(usize, usize)> {
    let request = *hop.requests.first()?;
    let has = |at: &usize| session(call.message(*at)).is_some();
    let mut told = hop
        .responses
        .iter()
        .copied()
        .filter(|at| counts(call, *at) && has(at));
    let first = told.next()?;
    if has(&request) {
        return Some((request, first));
    }
    let ack = ack(call, hop, first).filter(has)?;
    call.is_success(first).then_some((first, ack))
}

/// Returns that an offer was accepted without an answer.
fn missing(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let request = *hop.requests.first()?;
    let success = *hop.responses.iter().find(|at| call.is_success(**at))?;
    let has = |at: usize| session(call.message(at)).is_some();
    let mut before = hop.responses.iter().filter(|at| counts(call, **at));
    let (offer, bare) = if has(request) {
        let is_answered = before.any(|at| has(*at));
        (request, (!is_answered).then_some(success)?)
    } else {
        // Where a reliable response had the offer, its PRACK has the answer.
        let first = *before.find(|at| has(**at))?;
        (
            success,
            ack(call, hop, success).filter(|_| first == success)?,
        )
    };
    if !is_bare(call.message(bare)) {
        return None;
    }
    let said = |at: usize| match call.message(at).code() {
        Some(code) => format!("the {code} to {}", named(call.message(at))),
        None => named(call.message(at)),
    };
    let is_early = |at: &&usize| (101..200).contains(&call.code(**at)) && has(**at);
    let early = hop
        .responses
        .iter()
        .find(is_early)
        .filter(|_| offer == request);
    let early = early.map_or_else(String::new, |at| {
        let code = call.code(*at);
        format!(" (that in its {code} is none, since that is not reliable)")
    });
    let ended = early + &ended(call, hop, bare);
    // A session that was set up before goes on as it was.
    let lacks = if hop.is_outside() {
        "There is no session"
    } else {
        "The session was not changed"
    };
    let values = values![
        ("lacks", lacks.to_owned()),
        ("offer", said(offer)),
        ("bare", said(bare)),
        ("from", call.between(bare).0),
        ("ended", ended),
    ];
    Found::new("answer-missing", &values, &[offer, bare]).map(Found::that_decides)
}

/// Returns that a BYE ended the call soon after a message.
fn ended(call: &Call<'_>, hop: &Hop<'_>, after: usize) -> String {
    let bye = call.requests(b"BYE").find(|bye| bye.first() > Some(after));
    let bye = bye.and_then(|bye| Some((bye, call.gap(after, bye.first()?)?)));
    let soon = bye.filter(|(_, gap)| *gap < TIMEOUT && hop.is_outside());
    soon.map_or_else(String::new, |(bye, gap)| {
        format!(", and {} later {} ended the call", lasting(gap), bye.name())
    })
}

/// A stream of a session description.
pub(super) struct Stream<'a> {
    kind: &'a str,
    port: &'a str,
    profile: &'a str,
    formats: Vec<&'a str>,
    lines: Vec<&'a str>,
}

/// Returns the lines of a session description above its streams, and these.
pub(super) fn streams(text: &str) -> (Vec<&str>, Vec<Stream<'_>>) {
    let (mut session, mut streams) = (Vec::new(), Vec::<Stream<'_>>::new());
    let lines = text.lines().map(str::trim);
    for line in lines.take_while(|line| !line.starts_with("--")) {
        if let Some(media) = line.strip_prefix("m=") {
            let mut words = media.split(' ').filter(|word| !word.is_empty());
            let mut next = || words.next().unwrap_or_default();
            let (kind, port, profile) = (next(), next(), next());
            streams.push(Stream {
                kind,
                port,
                profile,
                formats: words.collect(),
                lines: Vec::new(),
            });
        } else if let Some(stream) = streams.last_mut() {
            stream.lines.push(line);
        } else {
            session.push(line);
        }
    }
    (session, streams)
}

impl Stream<'_> {
    pub(super) fn is_refused(&self) -> bool {
        self.port == "0"
    }

    pub(super) fn port(&self) -> &str {
        self.port
    }

    /// Returns the address to which its media goes, which the session may say for all.
    pub(super) fn address<'b>(&'b self, session: &'b [&str]) -> Option<&'b str> {
        self.values(session, "c=")
            .next()?
            .split(' ')
            .filter(|word| !word.is_empty())
            .nth(2)
    }

    /// Returns in which direction it goes, which the session may say for all.
    pub(super) fn direction(&self, session: &[&str]) -> &'static str {
        let named = ["sendonly", "recvonly", "inactive", "sendrecv"];
        let says = |lines: &[&str]| {
            let mut named = named.into_iter();
            named.find(|name| {
                lines
                    .iter()
                    .any(|line| line.strip_prefix("a=") == Some(name))
            })
        };
        says(&self.lines)
            .or_else(|| says(session))
            .unwrap_or("sendrecv")
    }

    /// Returns the codecs by their names, or by their numbers where these say all.
    fn codecs(&self) -> Vec<String> {
        let name = |format: &&str| {
            let begins = format!("a=rtpmap:{format} ");
            let named = self
                .lines
                .iter()
                .find_map(|line| line.strip_prefix(&begins));
            let is_dynamic = format.parse().is_ok_and(|number: u8| number > 34);
            let fixed = (!is_dynamic).then(|| (*format).to_owned());
            fixed.or_else(|| named.map(str::to_ascii_lowercase))
        };
        let all = self.formats.iter().filter_map(name);
        let is_codec =
            |name: &String| name != "13" && !BESIDE.iter().any(|one| name.starts_with(one));
        all.filter(is_codec).collect()
    }

    /// Returns the values of an attribute, of the stream or else of the session.
    pub(super) fn values<'b>(
        &'b self,
        session: &'b [&str],
        begins: &'b str,
    ) -> impl Iterator<Item = &'b str> {
        let own = self.lines.iter().chain(session);
        own.filter_map(move |line| line.strip_prefix(begins))
    }

    /// Returns whether its profile protects the media: with one that does not, keys are only tried.
    fn is_secure(&self) -> bool {
        self.profile.contains("SAVP")
    }
}

/// Returns what an answer does not agree to of the protection that its offer asks for.
fn unprotected(
    (asked, of_offer): (&Stream<'_>, &[&str]),
    (told, of_answer): (&Stream<'_>, &[&str]),
) -> Option<String> {
    let pairs = |stream: &Stream<'_>| -> Vec<String> {
        let all = stream.values(&[], "a=crypto:");
        let pair = |value: &str| value.split(' ').take(2).collect::<Vec<_>>().join(" ");
        all.map(pair).collect()
    };
    let (keys, accepted) = (pairs(asked), pairs(told));
    let has_print =
        |stream: &Stream<'_>, of: &[&str]| stream.values(of, "a=fingerprint:").next().is_some();
    let setup = |stream: &Stream<'_>, of: &[&str]| {
        let role = stream.values(of, "a=setup:").next();
        role.unwrap_or_default().to_owned()
    };
    let (role, other) = (setup(asked, of_offer), setup(told, of_answer));
    // A configuration that the offer has as one of several may have another profile.
    let is_configured = told.values(&[], "a=acfg:").next().is_some();
    let is_other = asked.is_secure() != told.is_secure() && accepted.is_empty();
    if is_other && !is_configured {
        Some(format!(
            "is {} in it and {} in the offer, so one side encrypts its media and the other does not",
            told.profile, asked.profile
        ))
    } else if !asked.is_secure() || !told.is_secure() {
        None
    } else if !keys.is_empty() && accepted.is_empty() && !has_print(told, of_answer) {
        Some("has no a=crypto, and the offer has keys, of which one is to be accepted, or the stream refused".to_owned())
    } else if !keys.is_empty() && accepted.first().is_some_and(|own| !keys.contains(own)) {
        Some(format!(
            "has a=crypto:{}, and the offer has none with that number and suite ({})",
            accepted[0],
            keys.join(", ")
        ))
    } else if keys.is_empty() && has_print(asked, of_offer) && !has_print(told, of_answer) {
        Some(
            "has no a=fingerprint, and the offer has one: without it there is no DTLS-SRTP"
                .to_owned(),
        )
    } else if other == "actpass" || !other.is_empty() && other == role && other != "holdconn" {
        Some(format!(
            "has a=setup:{other}, and the offer a=setup:{role}: one side has to be active and the other passive, else neither begins DTLS or both do"
        ))
    } else {
        None
    }
}

/// Returns in which way an answer does not fit its offer.
fn unfit(call: &Call<'_>, hop: &Hop<'_>, offer: usize, answer: usize) -> Option<Found> {
    let (asked, told) = (
        session(call.message(offer))?,
        session(call.message(answer))?,
    );
    let ((of_offer, asked), (of_answer, told)) = (streams(&asked), streams(&told));
    let values = |how: String| {
        [
            ("name", hop.name()),
            ("offer", named(call.message(offer))),
            ("from", call.between(answer).0),
            ("how", how),
            ("ended", ended(call, hop, answer)),
        ]
    };
    let is_refused = !told.is_empty() && told.iter().all(Stream::is_refused);
    if is_refused && hop.is_outside() && !asked.iter().all(Stream::is_refused) {
        let found = Found::new("streams-refused", &values(String::new()), &[offer, answer]);
        return found.map(Found::that_decides);
    }
    let how = if asked.len() == told.len() {
        let mut pairs = asked.iter().zip(&told).enumerate();
        pairs.find_map(|(at, (one, other))| {
            let how = differs((one, &of_offer), (other, &of_answer))?;
            Some(format!("stream {} ({}) {how}", at + 1, one.kind))
        })?
    } else {
        format!(
            "it has {} m= lines, and the offer {}",
            told.len(),
            asked.len()
        )
    };
    Found::new("answer-unfit", &values(how), &[offer, answer])
}

/// Returns what a stream of an answer has that its offer does not allow.
fn differs(
    (asked, of_offer): (&Stream<'_>, &[&str]),
    (told, of_answer): (&Stream<'_>, &[&str]),
) -> Option<String> {
    if asked.is_refused() || told.is_refused() {
        return None;
    }
    let (one, other) = (asked.direction(of_offer), told.direction(of_answer));
    let allowed: &[&str] = match one {
        "sendonly" => &["recvonly", "inactive"],
        "recvonly" => &["sendonly", "inactive"],
        "inactive" => &["inactive"],
        _ => &[],
    };
    let (own, known) = (asked.codecs(), told.codecs());
    let is_rtp = asked.profile.contains("RTP/") && told.profile.contains("RTP/");
    let is_common =
        known.is_empty() || own.is_empty() || known.iter().any(|codec| own.contains(codec));
    if asked.kind != told.kind {
        Some(format!("is {} in it", told.kind))
    } else if is_rtp && !is_common {
        Some(format!(
            "has {}, and the offer has none of it ({})",
            known.join(", "),
            own.join(", ")
        ))
    } else if !allowed.is_empty() && !allowed.contains(&other) {
        Some(format!(
            "is {one} in the offer and {other} in it, where it MUST be {}",
            allowed.join(" or ")
        ))
    } else if is_rtp {
        unprotected((asked, of_offer), (told, of_answer))
    } else {
        None
    }
}
