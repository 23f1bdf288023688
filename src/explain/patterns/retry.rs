//! Refusals that say when to come again, and when the next request comes.

use super::found::{Found, values};
use super::order::{Call, Hop, SECOND, T1, lasting, target};
use crate::explain::dialog::host;
use crate::explain::words::{text, time};
use crate::message::{Host, Message, seconds};

/// Clocks and recorders differ by so much.
const SLACK: u64 = SECOND / 10;
/// What may have Retry-After (RFC 3261 section 20.33).
const WITH_RETRY: [u16; 8] = [404, 413, 480, 486, 500, 503, 600, 603];

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let groups = call.groups.iter();
    let of = |group: &Vec<usize>| {
        let (hop, outcome) = (call.nearest(group)?, call.outcome(group)?);
        let wait = wait(call.message(outcome));
        let wait = wait.filter(|_| WITH_RETRY.contains(&call.code(outcome)));
        let next = next(call, hop, outcome);
        let Some(wait) = wait else {
            let open = open_offer(call, hop, outcome, None, next);
            return open.or_else(|| no_other(call, group, hop));
        };
        open_offer(call, hop, outcome, Some(wait), next).or_else(|| match next {
            Some(next) => of_next(call, hop, outcome, wait, next),
            None => of_later(call, hop, outcome, wait),
        })
    };
    groups.filter_map(of).collect()
}

/// Returns that a client gives up at the first server that refuses with 503, where a name may be that of several.
fn no_other(call: &Call<'_>, group: &[usize], hop: &Hop<'_>) -> Option<Found> {
    let outcome = call.outcome(group).filter(|at| call.code(*at) == 503)?;
    let first = *hop.requests.first()?;
    let name = host(&text(target(call.message(first))));
    let server = call.record(first).to?;
    let again = call.again(hop, outcome);
    let goes_elsewhere = again.as_ref().is_some_and(|again| again.to != Some(server));
    let is_of_client = hop.is_outside() && hop.vias == 1;
    let is_open = again.is_none() && !call.goes_on(outcome, T1);
    let is_name = Host::of(name.as_bytes()) == Host::Name && name.contains('.');
    let mut hops = group.iter().map(|own| call.hop(*own));
    let goes_elsewhere =
        goes_elsewhere || hops.any(|other| other.vias == 1 && other.first() > Some(outcome));
    if !is_of_client || goes_elsewhere || is_open || !is_name {
        return None;
    }
    let again = again.map(|again| format!("; {} goes to {server} once more", again.name));
    let values = values![("host", name), ("again", again.unwrap_or_default())];
    let found = Found::told(
        call,
        "server-only",
        hop,
        outcome,
        &values,
        &[first, outcome],
    )?;
    let response = call.message(outcome);
    let says_why = response.has("Reason")
        || response.has("Warning")
        || !response.line.ends_with(b" Service Unavailable");
    Some(if says_why {
        found
    } else {
        found.that_decides()
    })
}

/// Returns the seconds of Retry-After.
pub(super) fn wait(response: &Message<'_>) -> Option<u32> {
    response.value("Retry-After").and_then(seconds)
}

/// Returns when the same client sends the same kind of request there again, and what it is called.
fn next<'b>(call: &'b Call<'_>, hop: &Hop<'_>, outcome: usize) -> Option<(&'b Hop<'b>, usize)> {
    let before = *hop.requests.first()?;
    let aim = |at: usize| (target(call.message(at)), call.record(at).to);
    let again = call.hops.iter().filter_map(|other| {
        let at = *other.requests.first()?;
        let is_it = other.method == hop.method
            && other.vias == hop.vias
            && other.is_outside() == hop.is_outside()
            && call.is_same_client(other, hop)
            && aim(at) == aim(before)
            && at > outcome;
        is_it.then_some((other, at))
    });
    again.min_by_key(|(_, at)| *at)
}

/// Returns how long after a refusal the next request came, and whether that was soon enough to be wrong.
fn gap(call: &Call<'_>, outcome: usize, at: usize, wait: u32) -> Option<(String, bool)> {
    let gap = call.gap(outcome, at)?;
    let is_exact = call.record(at).is_exact && call.record(outcome).is_exact;
    let slack = if is_exact { SLACK } else { SECOND };
    Some((lasting(gap), gap + slack < u64::from(wait) * SECOND))
}

fn of_next(
    call: &Call<'_>,
    hop: &Hop<'_>,
    outcome: usize,
    wait: u32,
    (again, at): (&Hop<'_>, usize),
) -> Option<Found> {
    let (gap, is_soon) = gap(call, outcome, at, wait)?;
    // Only a 503 says that nothing more should come until then (RFC 3261 section 21.5.4).
    if is_soon && call.code(outcome) != 503 {
        return None;
    }
    let values = values![
        ("name", hop.name()),
        ("code", call.code(outcome).to_string()),
        ("again", again.name()),
        ("wait", time(wait)),
        ("gap", gap),
        ("from", call.between(at).0),
    ];
    let id = if is_soon {
        "retry-too-soon"
    } else {
        "retry-waited"
    };
    Found::new(id, &values, &[outcome, at])
}

/// Returns that a request of another call came before the time that a 503 names.
fn of_later(call: &Call<'_>, hop: &Hop<'_>, outcome: usize, wait: u32) -> Option<Found> {
    let first = *hop.requests.first()?;
    let again = call
        .again(hop, outcome)
        .filter(|again| again.at.is_none())?;
    let gap = again.gap?;
    let is_same =
        again.to == call.record(first).to && target(again.message) == target(call.message(first));
    let is_soon = gap + SECOND < u64::from(wait) * SECOND;
    let values = values![
        ("again", again.name.clone()),
        ("wait", time(wait)),
        ("gap", lasting(gap)),
    ];
    let is_it = is_same && is_soon && call.code(outcome) == 503;
    is_it.then(|| Found::told(call, "retry-too-soon", hop, outcome, &values, &[outcome]))?
}

/// Returns that a request was refused since one before it had an offer, or was an UPDATE, that was not answered yet.
fn open_offer(
    call: &Call<'_>,
    hop: &Hop<'_>,
    outcome: usize,
    wait: Option<u32>,
    next: Option<(&Hop<'_>, usize)>,
) -> Option<Found> {
    let request = *hop.requests.first()?;
    let is_change = |hop: &Hop<'_>| matches!(hop.method, b"INVITE" | b"UPDATE");
    // Without an offer an UPDATE may come at any time: then only what is asked for tells.
    let is_offer = !hop.is("UPDATE") || call.message(request).session().is_some();
    let is_refused = call.code(outcome) == 500 && (wait.is_some() || is_offer);
    if !is_refused || !is_change(hop) || hop.is_outside() {
        return None;
    }
    let before = call.groups.iter().filter_map(|group| {
        let other = call.nearest(group).filter(|other| is_change(other))?;
        let at = *other.requests.first()?;
        let is_own = other.from == hop.from && (other.is_outside() || other.to == hop.to);
        let is_open = call.outcome(group).is_none_or(|answer| answer > request);
        let is_it = at < request && is_own && is_open && !has_answer(call, other, request);
        is_it.then_some((other, at))
    });
    let (before, at) = before.max_by_key(|(_, at)| *at)?;
    let waited = next.and_then(|(again, at)| {
        let (gap, is_soon) = gap(call, outcome, at, wait?)?;
        let judged = if is_soon { "too soon" } else { "in time" };
        Some(format!("; {} came {gap} later, {judged}", again.name()))
    });
    let mut rule = "one change waits for the final response to the one before".to_owned();
    if let Some(wait) = wait {
        let waited = waited.unwrap_or_default();
        rule = format!("{rule}. Retry-After asks for {}{waited}", time(wait));
    }
    let since = call.gap(at, request);
    let values = values![
        ("name", hop.name()),
        ("before", before.name()),
        (
            "since",
            since.map_or_else(String::new, |gap| format!(", {} after it", lasting(gap))),
        ),
        ("rule", rule),
    ];
    let proof: Vec<usize> = [at, request, outcome]
        .into_iter()
        .chain(next.map(|(_, at)| at))
        .collect();
    Found::new("offer-too-soon", &values, &proof).map(Found::that_decides)
}

/// Returns whether the offer of an INVITE was answered by a reliable provisional response before a request.
fn has_answer(call: &Call<'_>, invite: &Hop<'_>, request: usize) -> bool {
    invite.responses.iter().any(|at| {
        let response = call.message(*at);
        *at < request && response.has("RSeq") && !response.body.is_empty()
    })
}
