//! Requests that nothing answers, or not to the end.

use super::found::Found;
use super::order::{Call, Hop, SECOND, T1, TIMEOUT, is_udp, lasting, times};
use crate::message::Message;

/// What an element makes up where nothing came from behind it.
const MADE_UP: [u16; 5] = [408, 480, 500, 503, 504];
/// Timer C (RFC 3261 section 16.6) is longer.
const TIMER_C: u64 = 180 * SECOND;
/// So many requests at intervals that double were sent by a client that heard nothing.
const SENT: usize = 3;
/// Timer E has been reset to T2 after T1, 2*T1 and 4*T1.
const UNTIL_T2: u64 = 7 * T1;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let groups = call.groups.iter().filter(|group| {
        let hop = call.hop(group[0]);
        !hop.is("ACK") && !hop.is("CANCEL")
    });
    groups.filter_map(|group| of(call, group)).collect()
}

fn of(call: &Call<'_>, group: &[usize]) -> Option<Found> {
    if let Some(lost) = group.iter().find_map(|hop| lost(call, call.hop(*hop))) {
        return Some(lost);
    }
    let outcome = call.outcome(group);
    if outcome.is_some_and(|at| call.is_success(at)) {
        return None;
    }
    let hops = group.iter().map(|hop| call.hop(*hop));
    // What came after the outcome was too late for it.
    let is_late = |hop: &Hop<'_>| outcome.is_some() && hop.responses.first().copied() > outcome;
    let open: Vec<&Hop<'_>> = hops
        .filter(|hop| !hop.requests.is_empty())
        .filter(|hop| hop.last(call, 200).is_none() || is_late(hop))
        .collect();
    // The one that is farthest from the client tells where it stays.
    let hop = *open.iter().max_by_key(|hop| hop.vias)?;
    match outcome {
        Some(at) => of_hop(call, group, hop, at),
        None if hop.responses.is_empty() => silent(call, hop),
        None => unfinished(call, hop),
    }
}

/// Returns that a request is sent on although it was answered on the same hop.
fn lost(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let answer = *hop
        .responses
        .iter()
        .find(|at| hop.is("INVITE") || call.code(**at) >= 200)?;
    let after = |at: &&usize| call.is_later(answer, **at, T1 - T1 / 5);
    let again: Vec<usize> = hop.requests.iter().filter(after).copied().collect();
    if again.len() < 2 {
        return None;
    }
    let mut values = values(call, hop);
    values.push(("code", call.code(answer).to_string()));
    let proof: Vec<usize> = [answer].into_iter().chain(again).collect();
    Found::new("answers-lost", &values, &proof).map(Found::that_decides)
}

/// Larger requests are to go by a transport with congestion control (RFC 3261 section 18.1.1).
const LARGE: usize = 1300;

/// Returns that nothing answers a request at all.
fn silent(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let (first, last) = (*hop.requests.first()?, *hop.requests.last()?);
    let spans = call.gap(first, last);
    let is_untold = spans.is_none() && hop.requests.len() > 5;
    let is_proven = hop.requests.len() >= SENT && (is_over(call, hop) || is_untold);
    if let Some(found) = incomplete(call, hop, first) {
        return Some(found);
    }
    let mut values = values(call, hop);
    let size = call.record(first).bytes.len();
    if is_proven && is_udp(call, first) && size > LARGE {
        values.push(("size", size.to_string()));
        return Found::new("no-answer-large", &values, &hop.requests).map(Found::that_decides);
    }
    if is_proven {
        let id = if hop.is("INVITE") {
            "no-answer"
        } else {
            "no-answer-request"
        };
        return Found::new(id, &values, &hop.requests).map(Found::that_decides);
    }
    // What has no times and only requests was written by one who sees no more.
    let is_one_sided = call.all.iter().all(Message::is_request);
    if is_one_sided && call.rest(last).is_none() {
        return None;
    }
    // Over UDP a client without an answer sends again after T1: that this one does not tells that an answer came.
    if is_udp(call, first) && hop.requests.len() == 1 && call.goes_on(first, 4 * T1) {
        return None;
    }
    let is_cut = hop.requests.len() < SENT && call.rest(last).is_some_and(|rest| rest < TIMEOUT);
    let rest = match call.rest(last) {
        _ if hop.requests.len() >= SENT => {
            let within = spans.map(|span| format!(" in {}", lasting(span)));
            format!(
                "although it was sent {}{}",
                times(hop.requests.len()),
                within.unwrap_or_default()
            )
        }
        Some(rest) if rest < TIMEOUT => {
            format!(
                "which ends {} after it: it may have come later",
                lasting(rest)
            )
        }
        Some(rest) => format!(
            "which goes on for {}: it did not come, or went where nobody recorded it",
            lasting(rest)
        ),
        None => "which does not tell how long it goes on".to_owned(),
    };
    values.push(("rest", rest));
    let id = if is_cut {
        "no-answer-here"
    } else {
        "no-answer-open"
    };
    let found = Found::new(id, &values, &hop.requests)?;
    let is_open = call.all.iter().all(|one| one.code() < Some(200));
    Some(if is_open { found.that_decides() } else { found })
}

/// Returns that a request over a stream says to have a longer body than it has: who gets it waits for the rest.
fn incomplete(call: &Call<'_>, hop: &Hop<'_>, at: usize) -> Option<Found> {
    let request = call.message(at);
    let (says, has) = (request.length()?, request.body.len() as u64);
    if is_udp(call, at) || says <= has || !request.is_ended {
        return None;
    }
    let mut values = values(call, hop);
    values.push(("says", says.to_string()));
    values.push(("has", has.to_string()));
    Found::new("body-incomplete", &values, &[at]).map(Found::that_decides)
}

/// Returns that an element answered for one behind it that said nothing, or nothing final.
fn of_hop(call: &Call<'_>, group: &[usize], hop: &Hop<'_>, outcome: usize) -> Option<Found> {
    let first = *hop.requests.first()?;
    let (from, _) = call.between(first);
    // Proxies nearer to the client pass it on.
    let finals = group
        .iter()
        .filter_map(|hop| call.hop(*hop).last(call, 300));
    let own = finals.filter(|at| call.between(*at).0 == from).max();
    let outcome = own.unwrap_or(outcome);
    let (by, _) = call.between(outcome);
    let code = call.code(outcome);
    let is_made_up = MADE_UP.contains(&code) && outcome > first && from == by;
    // Long before a timer can run out, something else was the cause.
    let waited = call.gap(first, outcome);
    if !is_made_up || waited.is_some_and(|waited| waited < 2 * SECOND) {
        return None;
    }
    let mut values = values(call, hop);
    values.push(("code", code.to_string()));
    if let Some(waited) = waited {
        values.retain(|(name, _)| *name != "span");
        values.push(("span", lasting(waited)));
    }
    let proof: Vec<usize> = hop.requests.iter().chain([&outcome]).copied().collect();
    let id = match hop.responses.iter().rfind(|at| **at < outcome) {
        None => {
            let late = hop.responses.first();
            let late = late.and_then(|at| Some((call.code(*at), call.gap(outcome, *at)?)));
            let look = match late {
                Some(_) => {
                    format!("why does its first answer take so long, or {from} wait no longer")
                }
                None => format!(
                    "is it up, does it listen where {from} sends to, does its answer come back"
                ),
            };
            values.push(("look", look));
            let late = late.map(|(code, gap)| {
                format!("; its first was a {code}, {} after that", lasting(gap))
            });
            values.push(("late", late.unwrap_or_default()));
            "hop-no-answer"
        }
        Some(last) => {
            values.push(("last", call.code(*last).to_string()));
            "hop-no-final"
        }
    };
    Found::new(id, &values, &proof).map(Found::that_decides)
}

/// Returns that provisional responses came and no final one.
fn unfinished(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let is_cancelled = call.requests(b"CANCEL").any(|one| one.number == hop.number);
    if !hop.is("INVITE") {
        return trying_request(call, hop);
    }
    if is_cancelled {
        return None;
    }
    let last = *hop.responses.last()?;
    let rest = call.rest(last)?;
    let code = hop.responses.iter().map(|at| call.code(*at)).max()?;
    let (id, waits) = if code == 100 {
        ("trying-only", TIMEOUT)
    } else {
        ("ringing-only", TIMER_C)
    };
    if rest < waits {
        return None;
    }
    let mut values = values(call, hop);
    values.retain(|(name, _)| *name != "span");
    values.push(("span", lasting(rest)));
    values.push(("last", code.to_string()));
    let proof = [*hop.requests.first()?, last];
    Found::new(id, &values, &proof).map(Found::that_decides)
}

/// Returns that a request which is no INVITE got only provisional responses.
fn trying_request(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let (first, response) = (*hop.requests.first()?, *hop.responses.first()?);
    if !is_over(call, hop) {
        return None;
    }
    let code = call.code(response);
    let waited = call.gap(first, response);
    let soon = match waited {
        _ if code != 100 => format!("; a {code} MUST NOT be sent to it at all"),
        Some(waited) if waited < UNTIL_T2 && is_udp(call, first) => format!(
            "; and a 100 that comes {} after the request is forbidden over UDP, where it stops nothing",
            lasting(waited)
        ),
        _ => String::new(),
    };
    let mut values = values(call, hop);
    values.retain(|(name, _)| *name != "span");
    values.push(("span", lasting(call.rest(response)?)));
    values.push(("code", code.to_string()));
    values.push(("soon", soon));
    let proof = [first, response];
    Found::new("trying-request", &values, &proof).map(Found::that_decides)
}

/// Returns whether the client has given up by the end of the trace, or was about to.
fn is_over(call: &Call<'_>, hop: &Hop<'_>) -> bool {
    let ends = hop.requests.first().zip(hop.requests.last());
    ends.is_some_and(|(first, last)| {
        call.goes_on(*first, TIMEOUT) || call.is_later(*first, *last, TIMEOUT / 2)
    })
}

/// Returns what each sentence may say of a request: its name, how often it was sent and in which time, between whom.
fn values(call: &Call<'_>, hop: &Hop<'_>) -> Vec<(&'static str, String)> {
    let first = hop.requests.first().copied().unwrap_or_default();
    let last = hop.requests.last().copied().unwrap_or_default();
    let (from, to) = call.between(first);
    let span = call.gap(first, last).filter(|span| *span > 0);
    let span = span.or_else(|| call.rest(first));
    let span = span.map_or_else(|| "a time that is not told".to_owned(), lasting);
    vec![
        ("name", hop.name()),
        ("times", times(hop.requests.len())),
        ("span", span),
        ("from", from),
        ("to", to),
    ]
}
