//! Reliable provisional responses, and the PRACK that each of them wants.

use super::found::{Found, values};
use super::media::{is_bare, session};
use super::order::{Call, Hop, SECOND, TIMEOUT, lasting, times};
use crate::explain::call::named;
use crate::explain::words::{quoted, text};

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let invites = call.requests(b"INVITE");
    let each = |invite| {
        let own = hasty(call, invite).or_else(|| of(call, invite));
        own.into_iter().chain(unanswered(call, invite))
    };
    invites.flat_map(each).collect()
}

fn is_reliable(call: &Call<'_>, at: usize) -> bool {
    let response = call.message(at);
    let is_provisional = (101..200).contains(&call.code(at));
    is_provisional && response.has("RSeq") && response.lists("Require", "100rel")
}

/// Returns that a call was accepted before the PRACK of a reliable response that has a session description.
fn hasty(call: &Call<'_>, invite: &Hop<'_>) -> Option<Found> {
    let success = invite
        .responses
        .iter()
        .copied()
        .find(|at| call.is_success(*at))?;
    let mut before = invite.responses.iter().copied().filter(|at| {
        let is_of = *at < success && call.to(*at) == call.to(success);
        is_of && is_reliable(call, *at)
    });
    let early = before.find(|at| session(call.message(*at)).is_some())?;
    let wanted = waits(call, early);
    let copies = 1 + before.filter(|at| rseq(call, *at) == wanted.0).count();
    let pracks = pracks(call);
    let prack = pracks.iter().find(|(_, own, _)| *own == wanted);
    let is_bare = session(call.message(success)).is_none();
    let (prack, came) = match prack {
        Some((at, ..)) if *at > success => (
            Some(*at),
            format!("; {} came later", named(call.message(*at))),
        ),
        None if copies > 2 => (None, format!(", though it had sent that {}", times(copies))),
        _ => return None,
    };
    let bye = call.requests(b"BYE").filter_map(Hop::first).min();
    let ends = bye.filter(|bye| call.gap(success, *bye).is_some_and(|gap| gap <= 3 * SECOND));
    if !is_bare && ends.is_none() {
        return None;
    }
    let mut rest = String::new();
    if is_bare {
        rest += ". That has no session description, so without the other one there is no answer";
    }
    if let Some(gap) = ends.and_then(|bye| call.gap(success, bye)) {
        rest = format!("{rest}; {} later a BYE ended the call", lasting(gap));
    }
    let values = values![
        ("early", call.code(early).to_string()),
        ("rseq", wanted.0),
        ("came", came),
        ("rest", rest),
    ];
    let proof: Vec<usize> = [early, success]
        .into_iter()
        .chain(prack)
        .chain(ends)
        .collect();
    Found::told(call, "success-early", invite, success, &values, &proof)
}

/// Returns that an offer in a reliable response, or in its PRACK, was left without its answer.
fn unanswered(call: &Call<'_>, invite: &Hop<'_>) -> Option<Found> {
    let request = *invite.requests.first()?;
    let early = invite
        .responses
        .iter()
        .copied()
        .find(|at| is_reliable(call, *at))?;
    let (at, ..) = pracks(call)
        .into_iter()
        .find(|(_, own, to)| *own == waits(call, early) && *to == call.to(early))?;
    let has = |at: usize| session(call.message(at)).is_some();
    let prack = call.hops.iter().find(|hop| hop.requests.contains(&at))?;
    let success = prack.last(call, 200).filter(|at| call.is_success(*at))?;
    let is_late = !has(request) && call.message(request).is_ended && is_bare(call.message(request));
    let (offer, bare) = match (has(at), has(early)) {
        (false, true) if is_late => (early, at),
        (true, _) if has(request) == has(early) && has(request) => (at, success),
        _ => return None,
    };
    if has(bare) || !is_bare(call.message(bare)) {
        return None;
    }
    let values = [
        ("lacks", "There is no session".to_owned()),
        ("offer", call.said(offer)),
        ("bare", call.said(bare)),
        ("from", call.between(bare).0),
        ("ended", ended(call, invite)),
    ];
    Found::new("answer-missing", &values, &[offer, bare]).map(Found::that_decides)
}

/// What `RAck` names: `RSeq`, and number and method of `CSeq`.
type Acknowledged = (String, String, String);

/// A PRACK: where it stands, what it acknowledges, and the tag in its To.
type Prack = (usize, Acknowledged, Option<String>);

fn of(call: &Call<'_>, invite: &Hop<'_>) -> Option<Found> {
    let reliable = invite.responses.iter().copied();
    let reliable: Vec<usize> = reliable.filter(|at| is_reliable(call, *at)).collect();
    let rseq = |at: usize| rseq(call, at);
    let name = |at: usize| waits(call, at);
    let pracks = pracks(call);
    let is_of = |(_, own, to): &&Prack, at: usize| *own == name(at) && *to == call.to(at);
    let met = |at: &usize| pracks.iter().find(|prack| is_of(prack, *at));
    let Some(open) = reliable.iter().copied().find(|at| met(at).is_none()) else {
        let mut met = reliable.iter().filter_map(|at| Some((*at, met(at)?.0)));
        return met.find_map(|(at, prack)| refused(call, invite, at, prack));
    };
    let copies: Vec<usize> = reliable
        .iter()
        .copied()
        .filter(|at| rseq(*at) == rseq(open) && call.to(*at) == call.to(open))
        .collect();
    let values = values![
        ("code", call.code(open).to_string()),
        ("name", invite.name()),
        ("rseq", rseq(open)),
        ("times", times(copies.len())),
        ("from", call.between(open).0),
        ("ended", ended(call, invite)),
    ];
    if let Some(found) = skipped(call, &reliable, &copies, &values) {
        return Some(found);
    }
    if let Some(found) = unfit(call, &reliable, &pracks, open, &values) {
        return Some(found);
    }
    if let Some(found) = of_other_branch(call, &reliable, &pracks, open, &values) {
        return Some(found);
    }
    if copies.len() >= 3 {
        let unasked = unasked(call, invite, open, &values);
        let none = || Found::new("prack-none", &values, &copies).map(Found::that_decides);
        return unasked.or_else(none);
    }
    // After a final response nobody waits for it.
    let is_final = invite.responses.iter().any(|at| call.code(*at) >= 300);
    let is_seen = !is_final && call.goes_on(open, TIMEOUT);
    is_seen.then(|| Found::new("prack-missing", &values, &[open]))?
}

/// Returns that a PRACK names no response, or the one before again.
fn unfit(
    call: &Call<'_>,
    reliable: &[usize],
    pracks: &[Prack],
    open: usize,
    values: &[(&'static str, String)],
) -> Option<Found> {
    let names = |(_, own, _): &Prack, at: usize| *own == waits(call, at);
    let is_of = |prack: &Prack, at: usize| names(prack, at) && prack.2 == call.to(at);
    // What names a response that another PRACK had acknowledged, and that did not come again, is meant for the one that waits.
    let of_before = |prack: &Prack| {
        let known = *reliable.iter().rfind(|at| is_of(prack, **at))?;
        let (first, ..) = *pracks.iter().find(|first| is_of(first, known))?;
        let is_again = known < first && first < open && call.to(known) == call.to(open);
        is_again.then_some((known, first))
    };
    let prack = pracks.iter().find(|prack| {
        let fits_none = !reliable.iter().any(|at| names(prack, *at));
        prack.0 > open && (fits_none || of_before(prack).is_some())
    })?;
    let fits = of_before(prack).map_or_else(
        || "it fits none".to_owned(),
        |(known, first)| {
            format!(
                "it names the {} before, which {} had acknowledged",
                call.code(known),
                named(call.message(first))
            )
        },
    );
    let (at, own, _) = prack;
    let mut values = values.to_vec();
    values.push(("fits", fits));
    values.push(("prack", named(call.message(*at))));
    values.push(("own", quoted(&format!("{} {} {}", own.0, own.1, own.2))));
    Found::new("prack-other", &values, &[open, *at]).map(Found::that_decides)
}

/// Returns what a PRACK has to name that acknowledges a response.
fn waits(call: &Call<'_>, at: usize) -> Acknowledged {
    let (number, method) = call.message(at).cseq().unwrap_or_default();
    (rseq(call, at), text(number), text(method))
}

fn pracks(call: &Call<'_>) -> Vec<Prack> {
    let all = call.requests(b"PRACK").filter_map(|prack| {
        let at = *prack.requests.first()?;
        let value = text(call.message(at).value("RAck")?);
        let mut words = value.split(' ').map(str::to_owned);
        let own = (words.next()?, words.next()?, words.next()?);
        Some((at, own, call.to(at)))
    });
    all.collect()
}

/// Returns that a PRACK for a response went into the dialog of another branch: each branch of a fork counts its own
/// responses, so the numbers may be the same.
fn of_other_branch(
    call: &Call<'_>,
    reliable: &[usize],
    pracks: &[Prack],
    open: usize,
    values: &[(&'static str, String)],
) -> Option<Found> {
    let wanted = waits(call, open);
    let is_branch = |to: &Option<String>| reliable.iter().any(|at| call.to(*at) == *to);
    let (at, _, to) = pracks.iter().find(|(at, own, to)| {
        let is_number = *at > open && *own == wanted && *to != call.to(open);
        let mut before = pracks.iter().take_while(|(other, ..)| other < at);
        is_number && (before.any(|(_, own, of)| *own == wanted && of == to) || !is_branch(to))
    })?;
    let mut values = values.to_vec();
    values.push(("prack", named(call.message(*at))));
    values.push(("own", tagged(to.as_deref())));
    values.push(("known", tagged(call.to(open).as_deref())));
    Found::new("prack-other-branch", &values, &[open, *at]).map(Found::that_decides)
}

fn tagged(tag: Option<&str>) -> String {
    tag.map_or_else(|| "none".to_owned(), quoted)
}

fn rseq(call: &Call<'_>, at: usize) -> String {
    call.message(at).value("RSeq").map(text).unwrap_or_default()
}

/// Returns that a response which waits is not numbered as the one after that before it.
fn skipped(
    call: &Call<'_>,
    reliable: &[usize],
    copies: &[usize],
    values: &[(&'static str, String)],
) -> Option<Found> {
    let first = *copies.first().filter(|_| copies.len() > 1)?;
    let mut before = reliable.iter().rev();
    let before = before.find(|at| **at < first && call.to(**at) == call.to(first))?;
    let known: u64 = rseq(call, *before).parse().ok()?;
    let own: u64 = rseq(call, first).parse().ok()?;
    let mut values = values.to_vec();
    values.push(("known", known.to_string()));
    values.push(("wanted", (known + 1).to_string()));
    let proof: Vec<usize> = copies.iter().chain([before]).copied().collect();
    (own != known + 1).then(|| Found::new("rseq-gap", &values, &proof).map(Found::that_decides))?
}

/// Returns that a response is sent reliably though the INVITE names no 100rel.
fn unasked(
    call: &Call<'_>,
    invite: &Hop<'_>,
    open: usize,
    values: &[(&str, String)],
) -> Option<Found> {
    let at = *invite.requests.first()?;
    let asked = call.message(at);
    let is_asked = asked.lists("Supported", "100rel") || asked.lists("Require", "100rel");
    (!is_asked && asked.is_ended)
        .then(|| Found::new("reliable-unasked", values, &[at, open]).map(Found::that_decides))?
}

/// Returns that a PRACK which fits was refused.
fn refused(call: &Call<'_>, invite: &Hop<'_>, open: usize, prack: usize) -> Option<Found> {
    let hop = call.hops.iter().find(|hop| hop.requests.contains(&prack))?;
    let outcome = hop.last(call, 200).filter(|at| call.code(*at) >= 300)?;
    // After a final response to the INVITE nobody waits for it.
    let is_over = invite.last(call, 200).is_some_and(|at| at < outcome);
    if matches!(call.code(outcome), 401 | 407) || is_over {
        return None;
    }
    let values = values![
        ("prack", hop.name()),
        ("code", call.code(outcome).to_string()),
        ("known", call.code(open).to_string()),
        ("name", invite.name()),
        ("to", call.between(prack).1),
        ("ended", ended(call, invite)),
    ];
    Found::new("prack-refused", &values, &[open, prack, outcome]).map(Found::that_decides)
}

/// Returns how the server gave up.
fn ended(call: &Call<'_>, invite: &Hop<'_>) -> String {
    let last = invite
        .last(call, 500)
        .filter(|at| (500..600).contains(&call.code(*at)));
    last.map_or_else(String::new, |at| {
        format!("; then it refused with {}", call.code(at))
    })
}
