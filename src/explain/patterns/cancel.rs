//! CANCEL: who gave up and when, what it crossed, and what it did not fit.

use super::disobeyed;
use super::found::{Found, values};
use super::order::{Call, Hop, SECOND, TIMEOUT, lasting, target};
use crate::explain::causes;
use crate::explain::words::{quoted, short, text, time};
use crate::message::{Message, address, reasons, seconds};

/// No network takes longer until it lets a phone ring.
const LONG: u64 = 15 * SECOND;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let invites = call
        .groups
        .iter()
        .filter(|group| call.hop(group[0]).is("INVITE"));
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
        let alone = alone.and_then(|at| alone_487(call, invite, at));
        let alone = alone.or_else(|| disobeyed::by_bye(call, invite));
        return alone.into_iter().collect();
    };
    let early = early(call, invite, cancel);
    let other = match outcome {
        Some(at) if call.is_success(at) => crossed(call, invite, cancel, at),
        Some(at) if call.code(at) == 487 => gave_up(call, invite, cancel, at),
        Some(_) => None,
        None => unfinished(call, invite, cancel),
    };
    let misfit = misfit(call, invite, cancel);
    let went_on = || disobeyed::found(call, group);
    let first = misfit.or(early).or_else(went_on);
    // What is cancelled in vain does not end by it.
    let other =
        other.filter(|found| first.is_none() || found.pattern.id.as_str() != "cancel-no-final");
    first.into_iter().chain(other).collect()
}

/// Returns the CANCEL of an INVITE: that of its own hop, or the first one of any, or of one that was refused before it.
fn cancel_of<'b, 'a>(call: &'b Call<'a>, invite: &Hop<'a>) -> Option<&'b Hop<'a>> {
    let is_it = |hop: &&Hop<'_>| hop.is("CANCEL") && !hop.requests.is_empty();
    let mut all = call.hops.iter().filter(is_it);
    let own = all.clone().find(|hop| hop.branch == invite.branch);
    let is_of_number = |hop: &&Hop<'_>| hop.number == invite.number;
    own.or_else(|| all.clone().find(is_of_number))
        .or_else(|| all.clone().find(|cancel| is_meant(call, invite, cancel)))
        .or_else(|| all.find(|cancel| is_alone(call, invite, cancel)))
}

/// Returns whether a CANCEL fits no INVITE at all, and came while this one was open.
fn is_alone(call: &Call<'_>, invite: &Hop<'_>, cancel: &Hop<'_>) -> bool {
    let fits = |hop: &Hop<'_>| {
        hop.is("INVITE") && (hop.branch == cancel.branch || hop.number == cancel.number)
    };
    let is_open = invite
        .last(call, 200)
        .is_none_or(|last| Some(last) > cancel.first());
    invite.first() < cancel.first() && is_open && !call.hops.iter().any(fits)
}

/// Returns the INVITE by whose branch a CANCEL goes, and the final response that it had got by then.
fn ended_before<'b, 'a>(call: &'b Call<'a>, cancel: &Hop<'_>) -> Option<(&'b Hop<'a>, usize)> {
    let mut hops = call.hops.iter().filter(|hop| hop.is("INVITE"));
    let own = hops.find(|hop| hop.branch == cancel.branch)?;
    let last = own.last(call, 300)?;
    (last < *cancel.requests.first()?).then_some((own, last))
}

/// Returns whether a CANCEL of an INVITE that had been refused came while another one of the same client was open.
fn is_meant(call: &Call<'_>, invite: &Hop<'_>, cancel: &Hop<'_>) -> bool {
    let (Some(first), Some(at)) = (invite.first(), cancel.first()) else {
        return false;
    };
    let (own, other) = (call.record(first), call.record(at));
    let is_open = invite.last(call, 200).is_none_or(|last| last > at);
    let is_one = invite.from == cancel.from && (own.from, own.to) == (other.from, other.to);
    is_one && first < at && is_open && ended_before(call, cancel).is_some()
}

/// Returns whether a CANCEL was sent by the client of an INVITE, and not by a proxy on its way.
fn is_of_caller(invite: &Hop<'_>, cancel: &Hop<'_>) -> bool {
    cancel.branch == invite.branch
}

fn gave_up(call: &Call<'_>, invite: &Hop<'_>, cancel: &Hop<'_>, outcome: usize) -> Option<Found> {
    let (first, at) = (*invite.requests.first()?, *cancel.requests.first()?);
    let fields = call.message(at).all("Reason");
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
        let values = values![("reason", said.join(", "))];
        return Found::new("answered-elsewhere", &values, &proof).map(Found::that_decides);
    }
    let who = if is_of_caller(invite, cancel) && invite.vias == 1 {
        "The caller".to_owned()
    } else {
        format!(
            "{} on the way, or the caller, whose CANCEL is not in this trace,",
            call.between(at).0
        )
    };
    let before = invite.responses.iter().filter(|other| **other < at);
    let before = before.map(|other| call.code(*other));
    let best = before.clone().filter(|code| *code < 200).max();
    let has_rung = before.clone().any(|code| code == 180);
    let state = match best {
        None => " with no response before it in this trace".to_owned(),
        Some(100) if call.is_later(first, at, LONG) => format!(
            " with only a 100 of {}: nothing rang in that time, so it stays there or behind it",
            farthest(call, invite, first)
        ),
        Some(100) => " with only a 100: nothing rang yet".to_owned(),
        Some(code) if has_rung => format!(" while it rang ({code})"),
        Some(code) => format!(" with a {code} and no 180"),
    };
    let values = values![
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

/// Returns the server farthest from the client that has answered an INVITE.
fn farthest(call: &Call<'_>, invite: &Hop<'_>, first: usize) -> String {
    let is_it = |hop: &&Hop<'_>| {
        let is_same = hop.is("INVITE") && (hop.number, &hop.from) == (invite.number, &invite.from);
        is_same && !hop.responses.is_empty() && !hop.requests.is_empty()
    };
    let far = call.hops.iter().filter(is_it).max_by_key(|hop| hop.vias);
    let at = far.and_then(|hop| hop.requests.first().copied());
    call.between(at.unwrap_or(first)).1
}

fn alone_487(call: &Call<'_>, invite: &Hop<'_>, outcome: usize) -> Option<Found> {
    let first = *invite.requests.first()?;
    let expires = match call.message(first).value("Expires") {
        Some(value) => format!("the INVITE has Expires {}", text(value)),
        None => "the INVITE has no Expires".to_owned(),
    };
    let values = values![("name", invite.name()), ("expires", expires)];
    let is_bye = |bye: &&Hop<'_>| bye.first().is_some_and(|at| at < outcome && at > first);
    if let Some(bye) = call.requests(b"BYE").find(is_bye) {
        return early_bye(call, invite, bye, outcome);
    }
    if let Some(expired) = expired(call, invite, first, outcome) {
        return Some(expired);
    }
    Found::new("terminated-alone", &values, &[first, outcome]).map(Found::that_decides)
}

/// Returns that a BYE on the early dialog ended an INVITE, as only a caller may do.
fn early_bye(call: &Call<'_>, invite: &Hop<'_>, bye: &Hop<'_>, outcome: usize) -> Option<Found> {
    let (first, at) = (*invite.requests.first()?, bye.first()?);
    // A re-INVITE that waits for its answer ends with the call.
    if !invite.is_outside() {
        return None;
    }
    let by_caller = bye.from == invite.from;
    let when = call.gap(first, at);
    let values = values![
        ("name", invite.name()),
        ("bye", bye.name()),
        ("code", call.code(outcome).to_string()),
        ("from", call.between(at).0),
        (
            "when",
            when.map_or_else(String::new, |gap| format!(" after {}", lasting(gap))),
        ),
    ];
    let id = if by_caller {
        "bye-early"
    } else {
        "bye-early-called"
    };
    Found::new(id, &values, &[first, at, outcome]).map(Found::that_decides)
}

/// Returns that an INVITE ended when its Expires had run out.
fn expired(call: &Call<'_>, invite: &Hop<'_>, first: usize, outcome: usize) -> Option<Found> {
    let expires = call.message(first).value("Expires").and_then(seconds)?;
    let gap = call.gap(first, outcome)?;
    if gap.abs_diff(u64::from(expires) * SECOND) > 2 * SECOND {
        return None;
    }
    let values = values![
        ("name", invite.name()),
        ("expires", time(expires)),
        ("gap", lasting(gap)),
        ("from", call.between(outcome).0),
    ];
    Found::new("invite-expired", &values, &[first, outcome]).map(Found::that_decides)
}

fn crossed(call: &Call<'_>, invite: &Hop<'_>, cancel: &Hop<'_>, outcome: usize) -> Option<Found> {
    if !is_of_caller(invite, cancel) {
        return None;
    }
    let at = *cancel.requests.first()?;
    let by_caller = |bye: &Hop<'_>| bye.from == invite.from;
    let bye = call.requests(b"BYE").find(|bye| by_caller(bye));
    if call.is_later(at, outcome, disobeyed::CROSSES) {
        return None;
    }
    let gap = match (call.micros(at), call.micros(outcome)) {
        (Some(own), Some(other)) if own >= other => format!(" {} before", lasting(own - other)),
        (Some(own), Some(other)) => format!(" {} after it was sent", lasting(other - own)),
        _ => String::new(),
    };
    let mut values = values![
        ("name", invite.name()),
        ("code", call.code(outcome).to_string()),
        ("gap", gap),
    ];
    if let Some(bye) = bye {
        values.push(("bye", bye.name()));
        let proof = [at, outcome, bye.first()?];
        return Found::new("cancel-crossed", &values, &proof).map(Found::that_decides);
    }
    if let Some(bye) = call.requests(b"BYE").next() {
        return kept_open(call, invite, bye, [at, outcome], values);
    }
    if !call.goes_on(outcome, TIMEOUT) {
        return None;
    }
    values.push(("rest", lasting(call.rest(outcome)?)));
    Found::new("cancel-crossed-open", &values, &[at, outcome]).map(Found::that_decides)
}

/// Returns that a caller which had given up did not end the call that its CANCEL came too late for: the other side did.
fn kept_open(
    call: &Call<'_>,
    invite: &Hop<'_>,
    bye: &Hop<'_>,
    [at, outcome]: [usize; 2],
    mut values: Vec<(&'static str, String)>,
) -> Option<Found> {
    let ends = bye.first()?;
    let rest = call.gap(outcome, ends)?;
    if rest <= disobeyed::CROSSES {
        return None;
    }
    let ack = call.hops.iter().find(|ack| {
        let is_own = ack.is("ACK") && ack.number == invite.number && ack.from == invite.from;
        is_own && ack.to == call.to(outcome) && !ack.requests.is_empty()
    });
    let did = match ack {
        Some(_) => "Only an ACK came",
        None => "Neither came",
    };
    values.push(("did", did.to_owned()));
    values.push(("rest", lasting(rest)));
    values.push(("bye", bye.name()));
    values.push(("by", call.between(ends).0));
    let ack = ack.and_then(Hop::first);
    let proof: Vec<usize> = [at, outcome, ends].into_iter().chain(ack).collect();
    Found::new("cancel-crossed-kept", &values, &proof).map(Found::that_decides)
}

fn early(call: &Call<'_>, invite: &Hop<'_>, cancel: &Hop<'_>) -> Option<Found> {
    let at = *cancel.requests.first()?;
    let first = *invite.requests.first()?;
    let is_early = invite.responses.iter().all(|other| *other > at);
    let is_own = is_of_caller(invite, cancel) && !invite.responses.is_empty() && first < at;
    (is_early && is_own).then(|| {
        let refused = cancel.last(call, 300);
        let refused = refused.map_or_else(String::new, |at| format!(", and got {}", call.code(at)));
        let went_on = disobeyed::went_on(call, invite, at);
        let rang = went_on.map_or_else(String::new, |(last, gap)| {
            let code = call.code(last);
            format!("; the INVITE went on for {} until its {code}", lasting(gap))
        });
        let values = values![
            ("name", invite.name()),
            ("refused", refused),
            ("rang", rang),
        ];
        let answer = invite.responses.first().copied();
        let last = went_on.map(|(last, _)| last);
        let proof: Vec<usize> = [first, at].into_iter().chain(answer).chain(last).collect();
        Found::new("cancel-early", &values, &proof)
    })?
}

/// Returns what a CANCEL that was refused has otherwise than its INVITE (RFC 3261 section 9.1).
fn misfit(call: &Call<'_>, invite: &Hop<'_>, cancel: &Hop<'_>) -> Option<Found> {
    let (first, at) = (*invite.requests.first()?, *cancel.requests.first()?);
    let refused = cancel.responses.iter().find(|at| call.code(**at) >= 400);
    let goes_elsewhere = call.between(at).1 != call.between(first).1;
    // Where nothing answers, the place tells.
    let became = match refused {
        Some(refused) => format!("got {}", call.code(*refused)),
        None if goes_elsewhere && call.is_unheard(cancel) => "got no answer".to_owned(),
        None => return None,
    };
    let refused = *refused.unwrap_or(&at);
    let is_branch = |hop: &&Hop<'_>| hop.is("INVITE") && hop.branch == cancel.branch;
    let is_known = call.hops.iter().any(|hop| is_branch(&hop));
    let ended = ended_before(call, cancel).filter(|_| cancel.branch != invite.branch);
    if cancel.vias != invite.vias || is_known && cancel.branch != invite.branch && ended.is_none() {
        return None;
    }
    let whose = ended.map(|(hop, last)| {
        let (name, code) = (hop.name(), call.code(last));
        format!("; it is that of {name}, which had ended with {code} by then")
    });
    let (own, known) = (call.message(at), call.message(first));
    let tag = |tag: &Option<String>| tag.as_deref().map_or("missing".to_owned(), quoted);
    let uri = |at: usize| short(&text(target(call.message(at))));
    let to = |one: &Message<'_>| text(address(one.value("To").unwrap_or_default()));
    let rows = [
        (
            "branch",
            quoted(&text(cancel.branch)),
            quoted(&text(invite.branch)),
        ),
        (
            "CSeq number",
            cancel.number.to_string(),
            invite.number.to_string(),
        ),
        ("tag in From", tag(&cancel.from), tag(&invite.from)),
        ("tag in To", tag(&cancel.to), tag(&invite.to)),
        ("Request-URI", uri(at), uri(first)),
        ("To", to(own), to(known)),
        ("receiver", call.between(at).1, call.between(first).1),
    ];
    let (part, own, known) = rows.into_iter().find(|(_, own, known)| own != known)?;
    let last = invite.last(call, 200).filter(|last| *last > refused);
    let rang = last.and_then(|last| {
        let (gap, code) = (lasting(call.gap(at, last)?), call.code(last));
        let name = invite.name();
        Some(format!(", and {name} went on for {gap} until its {code}"))
    });
    let values = values![
        ("name", invite.name()),
        ("became", became),
        ("part", part.to_owned()),
        ("own", own),
        ("known", known),
        ("whose", whose.unwrap_or_default()),
        ("rang", rang.unwrap_or_default()),
    ];
    let proof: Vec<usize> = [first, at, refused].into_iter().chain(last).collect();
    Found::new("cancel-branch", &values, &proof).map(Found::that_decides)
}

fn unfinished(call: &Call<'_>, invite: &Hop<'_>, cancel: &Hop<'_>) -> Option<Found> {
    let at = *cancel.requests.first()?;
    if !call.goes_on(at, TIMEOUT) {
        return None;
    }
    let values = values![
        ("name", invite.name()),
        ("rest", lasting(call.rest(at)?)),
        ("to", call.between(at).1),
    ];
    Found::new("cancel-no-final", &values, &[at]).map(Found::that_decides)
}
