//! Offers and answers that no browser takes: it needs keys over DTLS, ICE, and one port for RTP and RTCP.

use super::found::{Found, values};
use super::media::{exchange, session};
use super::order::{Call, Hop, SECOND, lasting, target};
use crate::explain::call::named;
use crate::explain::offer::Offered;
use crate::explain::words::text;
use crate::message::Message;

/// A browser that cannot take an answer ends the call by itself.
const AT_ONCE: u64 = 3 * SECOND;

/// What a browser has in each session description, and what is said where it is missing.
const NEEDS: [(&str, &str); 3] = [
    (
        "a=fingerprint:",
        "no a=fingerprint, so there is no DTLS-SRTP",
    ),
    ("a=ice-ufrag:", "no a=ice-ufrag, so there is no ICE"),
    (
        "a=rtcp-mux",
        "no a=rtcp-mux, so RTCP needs a port of its own",
    ),
];
/// The same, of an answer.
const SETUP: (&str, &str) = (
    "a=setup:",
    "no a=setup, so nothing says which side begins DTLS",
);

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let all = call.requests(b"INVITE").filter(|hop| hop.is_outside());
    let answers = all.filter_map(|hop| of(call, hop)).take(1);
    let mut offers = call.hops.iter().filter(|hop| hop.is("INVITE"));
    let refused = offers.find_map(|hop| refused(call, hop));
    answers.chain(refused).collect()
}

/// Returns whether a request goes to a browser: it has no address, or is reached by its WebSocket.
fn is_to_browser(request: &Message<'_>) -> bool {
    let aim = text(target(request)).to_ascii_lowercase();
    let contact = request.value("Contact").map(text).unwrap_or_default();
    let is_it = aim.contains(".invalid") || aim.contains("transport=ws");
    is_it && !contact.contains(".invalid")
}

/// Returns what is missing for a browser in the session description of a message.
fn lacks(message: &Message<'_>) -> Option<&'static str> {
    let told = session(message)?;
    let (_, lacks) = NEEDS.iter().find(|(line, _)| !told.contains(line))?;
    Some(lacks)
}

/// Returns that a browser refused an offer which none takes.
fn refused(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let request = *hop.requests.first()?;
    let outcome = hop.last(call, 200)?;
    let (own, answer) = (call.message(request), call.message(outcome));
    let is_refused = matches!(call.code(outcome), 488 | 606) && !answer.has("Warning");
    let lacks = lacks(own).filter(|_| is_refused && is_to_browser(own))?;
    let profile = Offered::of(own)?.profile;
    let accepted = call.others.iter().filter_map(|other| {
        let one = &other.message;
        let is_like = one.method() == b"INVITE" && other.from == call.record(request).from;
        let code = call
            .answer_to(other)
            .filter(|_| is_like && is_to_browser(one))?;
        let is_taken = code.message.code() < Some(300);
        is_taken.then_some(one)
    });
    let accepted: Vec<&Message<'_>> = accepted.collect();
    // What takes such an offer is no browser.
    let is_other = |one: &&Message<'_>| target(one) == target(own) && self::lacks(one).is_some();
    if accepted.iter().any(is_other) {
        return None;
    }
    let twin = accepted.iter().find(|one| self::lacks(one).is_none());
    let accepted = twin.and_then(|one| {
        let (name, profile) = (named(one), Offered::of(one)?.profile);
        Some(format!(
            "; {name} of another Call-ID offers {profile} with it, and was accepted"
        ))
    });
    let values = values![
        ("profile", profile),
        ("uri", text(target(own))),
        ("lacks", lacks.to_owned()),
        ("accepted", accepted.unwrap_or_default()),
    ];
    let proof = [request, outcome];
    Found::told(call, "offer-not-browser", hop, outcome, &values, &proof)
}

/// Returns whether a message comes from a browser: it came by a WebSocket, or has no address.
fn is_of_browser(call: &Call<'_>, at: usize) -> bool {
    let message = call.message(at);
    let via = message.values("Via").last().map(text).unwrap_or_default();
    let contact = message.value("Contact").map(text).unwrap_or_default();
    let via = via.to_ascii_uppercase();
    via.contains("/WS ") || via.contains("/WSS ") || contact.contains(".invalid")
}

fn of(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let (offer, answer) = exchange(call, hop)?;
    let success = hop.last(call, 200).filter(|at| call.is_success(*at))?;
    if !is_of_browser(call, offer) {
        return None;
    }
    let (asked, told) = (
        session(call.message(offer))?,
        session(call.message(answer))?,
    );
    let both = |line: &str| asked.contains(line) && !told.contains(line);
    let mut needs = NEEDS.iter().chain([&SETUP]);
    let (_, lacks) = needs.find(|(line, _)| both(line))?;
    let bye = call
        .requests(b"BYE")
        .find(|bye| bye.first() > Some(success))?;
    let end = *bye.requests.first()?;
    let gap = call.gap(success, end).filter(|gap| *gap <= AT_ONCE)?;
    let is_own = call.from(offer) == bye.from || call.to(offer) == bye.from;
    let values = values![
        ("lacks", (*lacks).to_owned()),
        ("offer", named(call.message(offer))),
        ("by", call.between(end).0),
        ("bye", bye.name()),
        ("gap", lasting(gap)),
    ];
    let proof = [offer, answer, success, end];
    let found = Found::told(call, "answer-not-browser", hop, success, &values, &proof);
    found.filter(|_| is_own)
}
