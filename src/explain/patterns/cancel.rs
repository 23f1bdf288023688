//! CANCEL: who gave up and when, what it crossed, and what it did not fit.

use super::found::Found;
use super::order::{Call, Hop, TIMEOUT, lasting};
use crate::explain::causes;
use crate::explain::words::{quoted, text};
use crate::message::reasons;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let invites = call
        .groups
        .iter()
        .filter(|group| call.hops[group[0]].is("INVITE"));
    invites.flat_map(|group| of(call, group)).collect()
}

fn of(call: &Call<'_>, group: &[usize]) -> Vec<Found> {
    let Some(invite) = call.nearest(group) else {
        return Vec::new();
    };
    let outcome = call.outcome(group);
    let cancel = cancel_of(call, invite);
    let Some(cancel) = cancel else {
        let alone = outcome.filter(|at| call.code(*at) == 487);
        return alone
            .and_then(|at| alone_487(call, invite, at))
            .into_iter()
            .collect();
    };
    let early = early(invite, cancel);
    let other = match outcome {
        Some(at) if call.is_success(at) => crossed(call, invite, cancel, at),
        Some(at) if call.code(at) == 487 => gave_up(call, invite, cancel, at),
        Some(_) => None,
        None => unfinished(call, invite, cancel),
    };
    let branch = other_branch(call, invite, cancel);
    [branch, early, other].into_iter().flatten().collect()
}

/// Returns the CANCEL of an INVITE: that of its own hop, or the first one of any.
fn cancel_of<'b, 'a>(call: &'b Call<'a>, invite: &Hop<'a>) -> Option<&'b Hop<'a>> {
    let is_it = |hop: &&Hop<'_>| {
        hop.is("CANCEL") && hop.number == invite.number && !hop.requests.is_empty()
    };
    let mut all = call.hops.iter().filter(is_it);
    let own = all.clone().find(|hop| hop.branch == invite.branch);
    own.or_else(|| all.next())
}

/// Returns whether a CANCEL was sent by the client of an INVITE, and not by a proxy on its way.
fn is_of_caller(invite: &Hop<'_>, cancel: &Hop<'_>) -> bool {
    cancel.branch == invite.branch
}

fn gave_up(call: &Call<'_>, invite: &Hop<'_>, cancel: &Hop<'_>, outcome: usize) -> Option<Found> {
    let (first, at) = (*invite.requests.first()?, *cancel.requests.first()?);
    let fields = call.all[at].all("Reason");
    let all: Vec<_> = fields.flat_map(|field| reasons(field.value)).collect();
    // That it was cancelled is no news.
    let telling = all
        .iter()
        .filter(|reason| !reason.is_sip() || reason.cause != Some(487));
    let said: Vec<String> = telling.map(causes::said).collect();
    let proof = [first, at, outcome];
    let is_elsewhere = all.iter().any(|reason| {
        reason.is_sip() && reason.cause == Some(200) || reason.is_q850() && reason.cause == Some(26)
    });
    if is_elsewhere {
        let values = [("reason", said.join(", "))];
        return Found::new("answered-elsewhere", &values, &proof).map(Found::that_decides);
    }
    let who = if is_of_caller(invite, cancel) {
        "The caller".to_owned()
    } else {
        format!(
            "{} on the way, or the caller, whose CANCEL is not in this trace,",
            call.between(at).0
        )
    };
    let best = invite.responses.iter().filter(|other| **other < at);
    let best = best
        .map(|other| call.code(*other))
        .filter(|code| *code < 200)
        .max();
    let state = match best {
        None => " with no response before it in this trace".to_owned(),
        Some(100) => " with only a 100: nothing rang yet".to_owned(),
        Some(code) => format!(" while it rang ({code})"),
    };
    let values = [
        ("who", who),
        (
            "when",
            call.gap(first, at)
                .map_or_else(String::new, |gap| format!(" after {}", lasting(gap))),
        ),
        ("state", state),
        (
            "reason",
            match said.as_slice() {
                [] => String::new(),
                said => format!("; its Reason says {}", said.join(", ")),
            },
        ),
    ];
    Found::new("caller-gave-up", &values, &proof).map(Found::that_decides)
}

fn alone_487(call: &Call<'_>, invite: &Hop<'_>, outcome: usize) -> Option<Found> {
    let first = *invite.requests.first()?;
    let expires = match call.all[first].value("Expires") {
        Some(value) => format!("the INVITE has Expires {}", text(value)),
        None => "the INVITE has no Expires".to_owned(),
    };
    let values = [("name", invite.name()), ("expires", expires)];
    // A BYE in the early dialog ends it as well.
    let is_bye = |bye: &Hop<'_>| bye.first().is_some_and(|at| at < outcome && at > first);
    if call.requests(b"BYE").any(is_bye) {
        return None;
    }
    Found::new("terminated-alone", &values, &[first, outcome]).map(Found::that_decides)
}

fn crossed(call: &Call<'_>, invite: &Hop<'_>, cancel: &Hop<'_>, outcome: usize) -> Option<Found> {
    if !is_of_caller(invite, cancel) {
        return None;
    }
    let at = *cancel.requests.first()?;
    let by_caller = |bye: &Hop<'_>| bye.from == invite.from;
    let bye = call.requests(b"BYE").find(|bye| by_caller(bye));
    let gap = match (call.micros(at), call.micros(outcome)) {
        (Some(own), Some(other)) if own >= other => format!(" {} before", lasting(own - other)),
        (Some(own), Some(other)) => format!(" {} after it was sent", lasting(other - own)),
        _ => String::new(),
    };
    let mut values = vec![
        ("name", invite.name()),
        ("code", call.code(outcome).to_string()),
        ("gap", gap),
    ];
    if let Some(bye) = bye {
        values.push(("bye", bye.name()));
        let proof = [at, outcome, bye.first()?];
        return Found::new("cancel-crossed", &values, &proof).map(Found::that_decides);
    }
    let is_ended = call.requests(b"BYE").next().is_some();
    if is_ended || !call.goes_on(outcome, TIMEOUT) {
        return None;
    }
    values.push(("rest", lasting(call.rest(outcome)?)));
    Found::new("cancel-crossed-open", &values, &[at, outcome]).map(Found::that_decides)
}

fn early(invite: &Hop<'_>, cancel: &Hop<'_>) -> Option<Found> {
    let at = *cancel.requests.first()?;
    let first = *invite.requests.first()?;
    let is_early = invite.responses.iter().all(|other| *other > at);
    let is_own = is_of_caller(invite, cancel) && !invite.responses.is_empty() && first < at;
    (is_early && is_own).then(|| {
        let values = [("name", invite.name())];
        let answer = invite.responses.first().copied();
        let proof: Vec<usize> = [first, at].into_iter().chain(answer).collect();
        Found::new("cancel-early", &values, &proof)
    })?
}

fn other_branch(call: &Call<'_>, invite: &Hop<'_>, cancel: &Hop<'_>) -> Option<Found> {
    let refused = cancel.responses.iter().find(|at| call.code(**at) == 481)?;
    let at = *cancel.requests.first()?;
    let fits = |hop: &&Hop<'_>| hop.is("INVITE") && hop.branch == cancel.branch;
    let is_near = cancel.vias == invite.vias;
    if call.hops.iter().any(|hop| fits(&hop)) || !is_near {
        return None;
    }
    let values = [
        ("name", invite.name()),
        ("own", quoted(&text(cancel.branch))),
        ("known", quoted(&text(invite.branch))),
    ];
    let proof = [*invite.requests.first()?, at, *refused];
    Found::new("cancel-branch", &values, &proof).map(Found::that_decides)
}

fn unfinished(call: &Call<'_>, invite: &Hop<'_>, cancel: &Hop<'_>) -> Option<Found> {
    let at = *cancel.requests.first()?;
    if !call.goes_on(at, TIMEOUT) {
        return None;
    }
    let values = [
        ("name", invite.name()),
        ("rest", lasting(call.rest(at)?)),
        ("to", call.between(at).1),
    ];
    Found::new("cancel-no-final", &values, &[at]).map(Found::that_decides)
}
