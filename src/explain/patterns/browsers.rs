//! Answers that no browser takes: it offers ICE and one port for RTP and RTCP, and needs both.

use super::found::Found;
use super::media::{exchange, session};
use super::order::{Call, Hop, SECOND, lasting};
use crate::explain::call::named;
use crate::explain::words::text;

/// A browser that cannot take an answer ends the call by itself.
const AT_ONCE: u64 = 3 * SECOND;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let all = call.requests(b"INVITE").filter(|hop| hop.is_outside());
    all.filter_map(|hop| of(call, hop)).take(1).collect()
}

/// Returns whether a message comes from a browser: it came by a WebSocket, or has no address.
fn is_of_browser(call: &Call<'_>, at: usize) -> bool {
    let message = &call.all[at];
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
    let (asked, told) = (session(&call.all[offer])?, session(&call.all[answer])?);
    let both = |line: &str| asked.contains(line) && !told.contains(line);
    let lacks = [
        ("a=ice-ufrag:", "no a=ice-ufrag, so there is no ICE"),
        (
            "a=fingerprint:",
            "no a=fingerprint, so there is no DTLS-SRTP",
        ),
        (
            "a=rtcp-mux",
            "no a=rtcp-mux, so RTCP needs a port of its own",
        ),
    ];
    let (_, lacks) = lacks.iter().find(|(line, _)| both(line))?;
    let bye = call
        .requests(b"BYE")
        .find(|bye| bye.first() > Some(success))?;
    let end = *bye.requests.first()?;
    let gap = call.gap(success, end).filter(|gap| *gap <= AT_ONCE)?;
    let is_own = call.from(offer) == bye.from || call.to(offer) == bye.from;
    let values = [
        ("lacks", (*lacks).to_owned()),
        ("offer", named(&call.all[offer])),
        ("by", call.between(end).0),
        ("bye", bye.name()),
        ("gap", lasting(gap)),
    ];
    let proof = [offer, answer, success, end];
    let found = Found::told(call, "answer-not-browser", hop, success, &values, &proof);
    found.filter(|_| is_own)
}
