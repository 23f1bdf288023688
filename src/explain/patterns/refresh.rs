//! Sessions that are to be refreshed: refreshes that failed, and those that did not come.

use super::found::Found;
use super::order::{Call, Hop, SECOND, lasting};
use crate::explain::words::time;
use crate::message::{Message, parameter, seconds};

/// How much earlier than at its end a session may be given up: 32 s, or a third of a shorter interval.
const EARLY: u64 = 32;
const SLACK: u64 = 3 * SECOND;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let failed = failed(call);
    failed.or_else(|| expired(call)).into_iter().collect()
}

fn is_refresh(hop: &Hop<'_>) -> bool {
    (hop.is("INVITE") || hop.is("UPDATE")) && !hop.is_outside()
}

/// Returns a refresh that got 408 or 481, or no answer, before a BYE of its sender.
fn failed(call: &Call<'_>) -> Option<Found> {
    let timed = |hop: &&Hop<'_>| {
        let first = hop.requests.first();
        is_refresh(hop) && first.is_some_and(|at| call.all[*at].has("Session-Expires"))
    };
    let methods: [&[u8]; 2] = [b"INVITE", b"UPDATE"];
    let mut refreshes = methods
        .into_iter()
        .flat_map(|method| call.requests(method))
        .filter(timed);
    refreshes.find_map(|hop| {
        let group = call.group(hop.method, hop.number, hop.from.as_deref())?;
        let first = *hop.requests.first()?;
        let outcome = call.outcome(group);
        let failed = match outcome.map(|at| call.code(at)) {
            Some(code @ (408 | 481)) => format!("got {code}"),
            Some(_) => return None,
            None => "got no final response".to_owned(),
        };
        let bye = call
            .requests(b"BYE")
            .find(|bye| bye.from == hop.from && bye.first() > Some(first))?;
        let proof: Vec<usize> = [first]
            .into_iter()
            .chain(outcome)
            .chain(bye.first())
            .collect();
        let values = [("name", hop.name()), ("failed", failed)];
        Found::new("refresh-failed", &values, &proof).map(Found::that_decides)
    })
}

/// Returns a BYE that came when the session ran out.
fn expired(call: &Call<'_>) -> Option<Found> {
    let bye = call.requests(b"BYE").min_by_key(|bye| bye.first())?;
    let at = bye.first()?;
    let is_timer = |hop: &&Hop<'_>| hop.is("INVITE") || hop.is("UPDATE");
    let answers = call
        .hops
        .iter()
        .filter(is_timer)
        .flat_map(|hop| &hop.responses);
    let refreshed = answers
        .copied()
        .filter(|one| *one < at && call.is_success(*one));
    let last = refreshed.max()?;
    let value = call.all[last].value("Session-Expires")?;
    let interval = interval(&call.all[last])?;
    let whole = u64::from(interval) * SECOND;
    let early = EARLY.min(u64::from(interval) / 3) * SECOND;
    let span = call.gap(last, at)?;
    if span + early + SLACK < whole || span > whole + SLACK {
        return None;
    }
    // The side that refreshes knows that it did not.
    let asked = call.hops.iter().find(|hop| hop.responses.contains(&last))?;
    let by_client =
        parameter(value, b';', "refresher").map(|side| side.eq_ignore_ascii_case(b"uac"));
    let (client, server) = call.between(last);
    let side = match by_client {
        Some(true) => server,
        Some(false) => client,
        None => "the side that refreshes".to_owned(),
    };
    let who = if bye.from == asked.from {
        "the side that had asked"
    } else {
        "the side that had answered"
    };
    let values = [
        ("span", lasting(span)),
        ("interval", time(interval)),
        ("who", who.to_owned()),
        ("refresher", side),
    ];
    Found::new("session-expired", &values, &[last, at]).map(Found::that_decides)
}

fn interval(response: &Message<'_>) -> Option<u32> {
    let value = response.value("Session-Expires")?;
    value.split(|byte| *byte == b';').next().and_then(seconds)
}
