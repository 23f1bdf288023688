//! Holds that go wrong: a timer for missing media that runs on, the old form of a hold that is refused, and changes that
//! elements send to and fro.

use super::found::{Found, values};
use super::held::{is_without_address, media};
use super::media::{exchange, session, streams};
use super::order::{Call, Hop, SECOND, lasting};
use crate::explain::call::{named, tag};
use crate::explain::sorted::sort_by_key;
use crate::explain::words::text;

/// Nobody at a phone changes a session so soon after the last change.
const SOON: u64 = 2 * SECOND;
/// What goes to and fro so often does not come to rest.
const ROUNDS: usize = 6;
/// What a refusal of a change has to be about.
const CODES: [u16; 9] = [400, 403, 406, 415, 488, 500, 501, 603, 606];

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let changes = changes(call);
    if changes.is_empty() {
        return Vec::new();
    }
    let timed = timed_out(call, &changes);
    let refused = changes.iter().find_map(|hop| refused(call, hop, &changes));
    timed
        .into_iter()
        .chain(refused)
        .chain(to_and_fro(call, &changes))
        .collect()
}

/// Returns the requests with an offer inside a call, in the order of the trace.
fn changes<'b, 'a>(call: &'b Call<'a>) -> Vec<&'b Hop<'a>> {
    let methods: [&[u8]; 2] = [b"INVITE", b"UPDATE"];
    let mut all: Vec<&Hop<'_>> = Vec::new();
    for method in methods {
        for hop in call.requests(method).filter(|hop| !hop.is_outside()) {
            let at = hop.requests.first().copied().unwrap_or_default();
            if session(call.message(at)).is_some() {
                all.push(hop);
            }
        }
    }
    sort_by_key(&mut all, |hop| hop.first());
    all
}

/// Returns in which direction the first stream of a message goes that is there.
fn direction(call: &Call<'_>, at: usize) -> Option<&'static str> {
    if is_without_address(call, at) {
        return Some("to 0.0.0.0");
    }
    let text = session(call.message(at))?;
    let (of_all, streams) = streams(&text);
    let first = streams.iter().find(|stream| !stream.is_refused())?;
    Some(first.direction(&of_all))
}

/// Returns that a BYE for want of media ended a call that was held, where none has to come.
fn timed_out(call: &Call<'_>, changes: &[&Hop<'_>]) -> Option<Found> {
    let bye = call.requests(b"BYE").next()?;
    let end = *bye.requests.first()?;
    let said = call.message(end).value("Reason").map(text)?;
    let lower = said.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let is_of_media = has(&["rtp", "media", "rtcp"]);
    if !is_of_media || !has(&["time", "inactiv", "no ", "lost", "missing"]) {
        return None;
    }
    let last = changes.iter().rev().find_map(|hop| {
        let (offer, answer) = exchange(call, hop)?;
        (answer < end).then_some((*hop, offer, answer))
    });
    let (hop, offer, answer) = last?;
    let (own, known) = (direction(call, offer)?, direction(call, answer)?);
    if matches!((own, known), ("sendrecv", "sendrecv")) {
        return None;
    }
    let media = media(
        own,
        known,
        [&call.between(offer).0, &call.between(answer).0],
    )?;
    let values = values![
        ("by", call.between(end).0),
        ("bye", bye.name()),
        ("reason", said),
        ("gap", lasting(call.gap(answer, end)?)),
        ("hold", hop.name()),
        ("own", own.to_owned()),
        ("known", known.to_owned()),
        ("media", media),
    ];
    Found::new("hold-timed-out", &values, &[offer, answer, end]).map(Found::that_decides)
}

/// Returns that a hold by the address 0.0.0.0 was refused.
fn refused(call: &Call<'_>, hop: &Hop<'_>, changes: &[&Hop<'_>]) -> Option<Found> {
    let request = *hop.requests.first()?;
    let outcome = hop.last(call, 300)?;
    let is_meant = is_without_address(call, request) && CODES.contains(&call.code(outcome));
    let is_again = |later: &&&Hop<'_>| later.from == hop.from && later.first() > Some(outcome);
    let is_taken = |later: &Hop<'_>| {
        let at = later.last(call, 200);
        at.is_none_or(|at| call.is_success(at))
    };
    let mut later = changes.iter().filter(is_again);
    if !is_meant || call.message(outcome).has("Retry-After") || later.any(|later| is_taken(later)) {
        return None;
    }
    let server = call.record(request).to;
    let held = call.others.iter().find_map(|other| {
        let message = &other.message;
        let text =
            session(message).filter(|_| tag(message, "To").is_some() && other.to == server)?;
        let by = ["a=sendonly", "a=inactive"];
        let by = by.into_iter().find(|line| text.contains(line))?;
        let answer = call.answer_to(other)?;
        let is_taken = message.is_request() && answer.message.code() < Some(300);
        is_taken.then(|| {
            format!(
                ". It took a hold by {by}, {} of another Call-ID",
                named(message)
            )
        })
    });
    let values = values![("other", held.unwrap_or_default())];
    Found::told(
        call,
        "hold-refused",
        hop,
        outcome,
        &values,
        &[request, outcome],
    )
}

/// Returns that changes of a session follow one another with no user between, and come back to what was before.
fn to_and_fro(call: &Call<'_>, changes: &[&Hop<'_>]) -> Option<Found> {
    let mut run: Vec<&Hop<'_>> = Vec::new();
    // What was refused, as with 491, changed nothing.
    let is_made = |hop: &&&Hop<'_>| {
        let last = hop.last(call, 200);
        last.is_some_and(|at| call.is_success(at))
    };
    for hop in changes.iter().filter(is_made) {
        let is_next = run.last().is_none_or(|last| {
            let gap = last
                .first()
                .zip(hop.first())
                .and_then(|(one, other)| call.gap(one, other));
            gap.is_some_and(|gap| gap <= SOON)
        });
        if !is_next && run.len() >= ROUNDS {
            break;
        }
        if !is_next {
            run.clear();
        }
        run.push(hop);
    }
    let (first, last) = (run.first()?.first()?, run.last()?.first()?);
    let offer = |hop: &&Hop<'_>| {
        let at = hop.requests.first().copied().unwrap_or_default();
        let text = session(call.message(at)).unwrap_or_default();
        let (of_all, streams) = streams(&text);
        let first = streams.first();
        let place = first.and_then(|one| one.address(&of_all).map(str::to_owned));
        let direction = direction(call, at).unwrap_or("without media");
        format!("{} {direction}", place.unwrap_or_default())
    };
    let mut states: Vec<String> = Vec::new();
    for state in run.iter().map(offer) {
        if !states.contains(&state) {
            states.push(state);
        }
    }
    if run.len() < ROUNDS || states.len() * 2 > run.len() {
        return None;
    }
    let (one, other) = call.between(first);
    let own = run.iter().filter(|hop| hop.from == run[0].from).count();
    let values = values![
        ("count", run.len().to_string()),
        ("span", lasting(call.gap(first, last)?)),
        ("one", one),
        ("other", other),
        ("own", own.to_string()),
        ("known", (run.len() - own).to_string()),
        ("states", states.join(", then ")),
    ];
    let proof: Vec<usize> = run.iter().filter_map(|hop| hop.first()).take(8).collect();
    Found::new("changes-round", &values, &proof).map(Found::that_decides)
}
