//! Challenges that go round: two servers that ask in turn, of which only one is answered at a time, and nonces that have run
//! out when they come back.

use super::digests::{Digest, asked, brought, digest};
use super::found::{Found, values};
use super::order::{Call, Hop, SECOND, lasting, times};
use crate::explain::words::{list, quoted};
use crate::message::Message;

/// One round brings the counters of both sides into line.
const ROUNDS: usize = 2;
/// No nonce is meant to run out so soon.
const SOON: u64 = 10 * SECOND;
const FIELDS: [&str; 2] = ["Authorization", "Proxy-Authorization"];

/// A request that was challenged.
struct Asked<'b, 'a> {
    hop: &'b Hop<'a>,
    request: usize,
    outcome: usize,
    code: u16,
    digest: Digest,
}

pub(super) fn found(call: &Call<'_>) -> Option<Found> {
    let all = challenged(call);
    let passed = || all.iter().find_map(|one| passed_on(call, one, &all));
    passed()
        .or_else(|| half(call, &all))
        .or_else(|| run_out(call, &all))
}

fn challenged<'b, 'a>(call: &'b Call<'a>) -> Vec<Asked<'b, 'a>> {
    let groups = call.groups.iter();
    let of = |group: &Vec<usize>| {
        let (hop, outcome) = (call.nearest(group)?, call.outcome(group)?);
        let code = call.code(outcome);
        let is_it = matches!(code, 401 | 407) && !hop.is("ACK") && !hop.is("CANCEL");
        is_it.then_some(Asked {
            hop,
            request: *hop.requests.first()?,
            outcome,
            code,
            digest: asked(call.message(outcome), code),
        })
    };
    groups.filter_map(of).collect()
}

/// Returns all credentials of a request.
fn credentials(request: &Message<'_>) -> Vec<Digest> {
    let fields = FIELDS.iter().flat_map(|name| request.all(name));
    fields.map(|field| digest(field.value)).collect()
}

/// Returns whether a request of the same kind that came later was accepted, or brings what several servers ask for.
fn is_settled(call: &Call<'_>, one: &Asked<'_, '_>) -> bool {
    let mut later = call.hops.iter().filter(|other| {
        other.method == one.hop.method
            && other.number > one.hop.number
            && call.is_same_client(other, one.hop)
    });
    later.any(|other| {
        let is_full = other
            .requests
            .first()
            .is_some_and(|at| credentials(call.message(*at)).len() > 1);
        is_full || other.responses.iter().any(|at| call.is_success(*at))
    })
}

/// Returns that a client has credentials for the server that asked last only.
fn half(call: &Call<'_>, all: &[Asked<'_, '_>]) -> Option<Found> {
    let half = all.iter().rev().find_map(|one| {
        let realm = &one.digest.realm;
        let own = credentials(call.message(one.request));
        let has =
            |other: &Asked<'_, '_>| brought(call.message(other.request), one.code, realm).is_some();
        if own.is_empty() || has(one) || is_settled(call, one) {
            return None;
        }
        let before = all.iter().find(|before| {
            let is_other = (before.code, &before.digest.realm) != (one.code, realm);
            let is_before = before.request < one.request && before.hop.method == one.hop.method;
            is_before && is_other && has(before) && call.is_same_client(before.hop, one.hop)
        })?;
        Some((one, before, own))
    });
    let (one, before, own) = half?;
    let own: Vec<String> = own.iter().map(|own| quoted(&own.realm)).collect();
    let values = values![
        ("own", list(&own)),
        ("realm", quoted(&one.digest.realm)),
        ("before", before.hop.name()),
        ("other", call.code(before.outcome).to_string()),
    ];
    let proof = [before.request, before.outcome, one.request, one.outcome];
    Found::told(
        call,
        "credentials-half",
        one.hop,
        one.outcome,
        &values,
        &proof,
    )
}

/// Returns that a proxy passes on the challenge of the server behind it, to whom has an account at the proxy itself.
fn passed_on(call: &Call<'_>, one: &Asked<'_, '_>, all: &[Asked<'_, '_>]) -> Option<Found> {
    // The request as it was challenged, behind the element that then passes the challenge on.
    let far = |one: &Asked<'_, '_>| {
        let mut hops = call.hops.iter().filter(|hop| {
            let is_it = (hop.method, hop.number, &hop.from)
                == (one.hop.method, one.hop.number, &one.hop.from);
            is_it
                && hop.vias > one.hop.vias
                && hop.responses.iter().any(|at| call.code(*at) == one.code)
        });
        hops.find_map(|hop| hop.requests.first())
    };
    let behind = *far(one)?;
    let before = all.iter().find(|before| {
        let is_before = before.outcome < one.request && call.is_same_client(before.hop, one.hop);
        is_before && before.digest.realm != one.digest.realm && far(before).is_none()
    })?;
    brought(call.message(one.request), before.code, &before.digest.realm)?;
    if is_settled(call, one) {
        return None;
    }
    let tried = all.iter().find_map(|later| {
        let own = brought(call.message(later.request), one.code, &one.digest.realm)?;
        (later.request > one.outcome).then(|| {
            let user = quoted(&own.user);
            format!(
                ", and its own user {user} is not known there ({} got {})",
                later.hop.name(),
                later.code
            )
        })
    });
    let (by, peer) = call.between(behind);
    let values = values![
        ("by", by),
        ("peer", peer),
        ("realm", quoted(&one.digest.realm)),
        ("own", quoted(&before.digest.realm)),
        ("tried", tried.unwrap_or_default()),
    ];
    let proof = [before.outcome, one.request, one.outcome];
    Found::told(
        call,
        "challenge-passed-on",
        one.hop,
        one.outcome,
        &values,
        &proof,
    )
}

/// Returns that a server takes each nonce for one that has run out, which it had given just before.
fn run_out(call: &Call<'_>, all: &[Asked<'_, '_>]) -> Option<Found> {
    let given = |one: &Asked<'_, '_>| {
        let own = brought(call.message(one.request), one.code, &one.digest.realm)?;
        let mut before = all.iter().filter(|before| before.outcome < one.request);
        let before = before.rfind(|before| before.digest.nonce == own.nonce)?;
        let gap = call.gap(before.outcome, one.request)?;
        (one.digest.is_stale && gap < SOON).then_some((before, gap))
    };
    let rounds: Vec<&Asked<'_, '_>> = all.iter().filter(|one| given(one).is_some()).collect();
    let last = *rounds.last()?;
    let (before, gap) = given(last)?;
    if rounds.len() < ROUNDS || is_settled(call, last) {
        return None;
    }
    let values = values![
        ("nonce", quoted(&before.digest.nonce)),
        ("before", before.hop.name()),
        ("gap", lasting(gap)),
        ("times", times(rounds.len())),
    ];
    let proof: Vec<usize> = rounds
        .iter()
        .flat_map(|one| [one.request, one.outcome])
        .collect();
    Found::told(call, "nonce-short", last.hop, last.outcome, &values, &proof)
}
