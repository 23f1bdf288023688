//! Registrations: refreshed too late, or too often, numbers that do not go up, and a Path that the registrar does not keep.

use super::bindings;
use super::found::{Found, values};
use super::order::{Call, Hop, SECOND, lasting};
use super::others::{bare, user};
use super::subscribes::accepted;
use crate::explain::call::{named, number as number_of};
use crate::explain::words::{list, text, time};
use crate::message::{Message, address, parameter, seconds};

/// Clocks, networks and recorders differ by so much.
const SLACK: u64 = 2 * SECOND;
/// So many REGISTER requests that are accepted, each so soon after the one before, are a flood.
const FLOOD: usize = 5;
const SOON: u64 = 15 * SECOND;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let registers: Vec<&Hop<'_>> = call.requests(b"REGISTER").collect();
    let of_each = registers
        .iter()
        .filter_map(|hop| late(call, hop).or_else(|| other_contact(call, hop)));
    let numbers = call.groups.iter().filter_map(|group| number(call, group));
    let hops = call.hops.iter().filter_map(|hop| path(call, hop));
    let flood = flood(call, &registers);
    let all = of_each.chain(numbers).chain(hops).chain(flood);
    all.collect()
}

/// Returns the binding that a REGISTER asks for; none where it removes one, or only asks.
fn contact<'a>(request: &Message<'a>) -> Option<&'a [u8]> {
    let contact = request.values("Contact").next()?;
    let lasts = asked(request);
    (contact != b"*" && lasts != Some(0)).then_some(contact)
}

/// Returns the lifetime that a REGISTER asks for: that of its Contact before that of Expires.
fn asked(request: &Message<'_>) -> Option<u32> {
    let contact = request.values("Contact").next()?;
    let own = parameter(contact, b';', "expires").or(request.value("Expires"));
    own.and_then(seconds)
}

/// Returns the lifetime that a registrar granted to the Contact of a request.
pub(super) fn granted(request: &Message<'_>, response: &Message<'_>) -> Option<u32> {
    let own = bare(contact(request)?);
    let mut all = response.values("Contact");
    let given = all.find(|value| bare(value) == own)?;
    let lasts = parameter(given, b';', "expires").or(response.value("Expires"));
    lasts.and_then(seconds)
}

/// Returns that the next REGISTER came when the registration had run out, or that none came.
fn late(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let (request, outcome) = accepted(call, hop)?;
    let (asking, response) = (call.message(request), call.message(outcome));
    let granted = granted(asking, response)?;
    let ends = u64::from(granted) * SECOND + SLACK;
    let again = call.again(hop, outcome);
    // Where numbers are missing, REGISTER requests are.
    let next = again.as_ref().and_then(|again| number_of(again.message));
    let misses = again.as_ref().is_some_and(|again| again.at.is_some())
        && next.is_some_and(|next| next > hop.number + 1);
    let gap = match &again {
        _ if misses => return None,
        Some(again) => again.gap?,
        None => call.rest(outcome)?,
    };
    if gap < ends {
        return None;
    }
    let user = user(asking, "To");
    let begins = call.micros(outcome)? + ends;
    let until = call.micros(outcome)? + gap;
    let wanted = asked(asking).filter(|wanted| *wanted > granted);
    let wanted = wanted.map(|wanted| format!(" ({} was asked for)", time(wanted)));
    let expires = asking.value("Expires").and_then(seconds);
    let beaten = expires.filter(|expires| wanted.is_none() && Some(*expires) > asked(asking));
    let beaten = beaten.map(|expires| {
        format!(
            " (its Contact asks for that, which counts before its Expires of {})",
            time(expires)
        )
    });
    let wanted = wanted.or(beaten);
    let mut values = values![
        ("granted", time(granted)),
        ("asked", wanted.unwrap_or_default()),
        ("gap", lasting(gap)),
        ("refused", bindings::refused(call, &user, begins, until)),
        ("user", user),
    ];
    let Some(again) = again else {
        return Found::told(
            call,
            "registration-lapsed",
            hop,
            outcome,
            &values,
            &[request, outcome],
        );
    };
    values.push(("again", again.name.clone()));
    let proof: Vec<usize> = [request, outcome].into_iter().chain(again.at).collect();
    Found::told(call, "registration-late", hop, outcome, &values, &proof)
}

/// Returns that the response names no Contact of its request, but others.
fn other_contact(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let (request, outcome) = accepted(call, hop)?;
    let own = contact(call.message(request))?;
    let mut values = call.message(outcome).values("Contact");
    let is_there = values.any(|value| bare(value) == bare(own));
    let given = call.message(outcome).values("Contact");
    let given: Vec<String> = given.map(|value| text(address(value))).collect();
    let values = values![("own", text(address(own))), ("given", list(&given))];
    let id = if given.is_empty() {
        "contact-unstored"
    } else {
        "contact-other"
    };
    (!is_there).then(|| Found::told(call, id, hop, outcome, &values, &[request, outcome]))?
}

/// Returns that a REGISTER has the number of one that was answered before, or a lower one.
fn number(call: &Call<'_>, group: &[usize]) -> Option<Found> {
    let hop = call.nearest(group).filter(|hop| hop.is("REGISTER"))?;
    let first = *hop.requests.first()?;
    // The same number goes to another server where one failed.
    let is_answered = |at: usize| !matches!(call.code(at), 408 | 500..);
    let same = group.iter().map(|own| call.hop(*own)).find_map(|other| {
        let at = *other.requests.first()?;
        let outcome = hop
            .last(call, 200)
            .filter(|outcome| is_answered(*outcome))?;
        (other.vias == hop.vias && at > outcome).then_some((first, at, other))
    });
    let lower = call.requests(b"REGISTER").filter_map(|before| {
        let at = *before.requests.first()?;
        let is_it = before.number > hop.number && at < first && call.is_same_client(before, hop);
        is_it.then_some((at, first, hop))
    });
    let (before, at, other) = same.or_else(|| lower.last())?;
    let became = other.last(call, 200);
    let values = values![
        ("name", named(call.message(at))),
        ("before", named(call.message(before))),
        (
            "became",
            became.map_or_else(String::new, |at| format!("; it got {}", call.code(at))),
        ),
    ];
    let proof: Vec<usize> = [before, at].into_iter().chain(became).collect();
    Found::told(call, "register-number", other, at, &values, &proof)
}

/// Returns that the response to a REGISTER with Path does not have it.
fn path(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    if !hop.is("REGISTER") {
        return None;
    }
    let request = *hop.requests.first()?;
    let outcome = hop.last(call, 200).filter(|at| call.is_success(*at))?;
    let (asking, response) = (call.message(request), call.message(outcome));
    let path = asking.values("Path").next()?;
    contact(asking)?;
    if response.has("Path") || !asking.lists("Supported", "path") {
        return None;
    }
    let values = values![("path", text(path))];
    Found::told(
        call,
        "path-lost",
        hop,
        outcome,
        &values,
        &[request, outcome],
    )
}

/// Returns that a client registers again and again, long before it has to.
fn flood(call: &Call<'_>, registers: &[&Hop<'_>]) -> Option<Found> {
    let accepted: Vec<(usize, usize)> = registers
        .iter()
        .filter_map(|hop| accepted(call, hop))
        .collect();
    let first = *accepted.first()?;
    let own = contact(call.message(first.0))?;
    let (asking, response) = (call.message(first.0), call.message(first.1));
    let given: Vec<&[u8]> = response.values("Contact").collect();
    let is_unfound = !given.is_empty() && given.iter().all(|given| bare(given) != bare(own));
    let lasts = match given.first().filter(|_| is_unfound) {
        Some(given) => parameter(given, b';', "expires")
            .or(response.value("Expires"))
            .and_then(seconds),
        None => granted(asking, response),
    }?;
    let given: Vec<String> = given.iter().map(|value| text(address(value))).collect();
    let is_soon = |pair: &[(usize, usize)]| {
        let (before, next) = (pair[0], pair[1]);
        let gap = call.gap(before.1, next.0);
        contact(call.message(next.0)).is_some_and(|contact| bare(contact) == bare(own))
            && gap.is_some_and(|gap| gap < SOON && gap < u64::from(lasts) * SECOND / 4)
    };
    let is_flood = accepted.len() >= FLOOD && accepted.windows(2).all(is_soon);
    let last = accepted.last()?;
    let span = call.gap(first.0, last.0)?;
    let values = values![
        ("times", accepted.len().to_string()),
        ("span", lasting(span)),
        ("granted", time(lasts)),
        ("own", text(address(own))),
        ("given", list(&given)),
    ];
    let id = if is_unfound {
        "contact-unfound"
    } else {
        "register-flood"
    };
    let proof: Vec<usize> = accepted.iter().map(|(request, _)| *request).collect();
    is_flood.then(|| Found::told(call, id, registers[0], first.1, &values, &proof))?
}
