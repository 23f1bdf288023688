//! Forks that were answered twice: each answer is a dialog of its own, which has to be acknowledged, and ended if it is
//! not wanted.

use core::net::IpAddr;

use super::found::{Found, values};
use super::order::{Call, Hop, SECOND, TIMEOUT, lasting};
use crate::explain::words::quoted;

/// What a caller does not want it ends so soon; later it hangs up.
const SOON: u64 = 4 * SECOND;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let invites = call.groups.iter().filter_map(|group| {
        let hop = call.nearest(group).filter(|hop| hop.is("INVITE"))?;
        Some((group, hop))
    });
    invites
        .flat_map(|(group, hop)| {
            let twice = of(call, &legs(call, group, hop), hop);
            uncancelled(call, group, hop).into_iter().chain(twice)
        })
        .collect()
}

/// A dialog of an INVITE: its answer, and what ends it.
pub(super) struct Leg {
    pub(super) tag: String,
    answer: usize,
    ack: Option<usize>,
    /// The BYE that was not refused.
    pub(super) bye: Option<usize>,
}

/// Returns the address of who sent the request of a hop.
fn client(call: &Call<'_>, hop: &Hop<'_>) -> Option<IpAddr> {
    let request = hop.requests.first().map(|at| call.record(*at).from);
    let response = || hop.responses.first().map(|at| call.record(*at).to);
    Some(request.or_else(response)??.ip())
}

/// Returns the dialogs that an INVITE was answered with, in the order of their answers.
pub(super) fn legs(call: &Call<'_>, group: &[usize], invite: &Hop<'_>) -> Vec<Leg> {
    let hops = group.iter().map(|hop| call.hop(*hop));
    // An element that makes a request of its own may keep all names.
    let own = client(call, invite);
    let is_own =
        |one: &Hop<'_>| own.is_none() || client(call, one).is_none_or(|ip| own == Some(ip));
    let nearest = hops.filter(|one| one.vias == invite.vias && is_own(one));
    let answers = nearest.flat_map(|one| &one.responses).copied();
    let mut answers: Vec<usize> = answers.filter(|at| call.is_success(*at)).collect();
    answers.sort_unstable();
    let mut legs: Vec<Leg> = Vec::new();
    for answer in answers {
        let Some(tag) = call.to(answer) else {
            continue;
        };
        if legs.iter().any(|leg| leg.tag == tag) {
            continue;
        }
        let ack = call.hops.iter().find(|hop| {
            let is_it = hop.is("ACK") && hop.from == invite.from;
            is_it && hop.to.as_ref() == Some(&tag) && !hop.requests.is_empty()
        });
        // Each dialog counts for itself, so two BYEs may have one number.
        let mut byes = call
            .hops
            .iter()
            .filter(|hop| hop.is("BYE") && !hop.requests.is_empty());
        let bye = byes.find(|bye| {
            let tags = [&bye.from, &bye.to];
            tags.contains(&&invite.from)
                && tags.contains(&&Some(tag.clone()))
                && is_taken(call, bye)
        });
        legs.push(Leg {
            tag,
            answer,
            ack: ack.and_then(Hop::first),
            bye: bye.and_then(Hop::first),
        });
    }
    legs
}

/// Returns that a proxy left a branch of a fork open after another one was answered: it MUST cancel what is pending.
fn uncancelled(call: &Call<'_>, group: &[usize], nearest: &Hop<'_>) -> Option<Found> {
    let hops = || group.iter().map(|hop| call.hop(*hop));
    let goes = |hop: &Hop<'_>| call.recorded.get(*hop.requests.first()?);
    nearest.responses.iter().find(|at| call.is_success(**at))?;
    let is_sent_on = |hop: &&Hop<'_>| hop.vias > nearest.vias && !hop.requests.is_empty();
    hops().filter(is_sent_on).find_map(|one| {
        let answer = *one.responses.iter().find(|at| call.is_success(**at))?;
        let is_open = |other: &&Hop<'_>| {
            let is_sibling = other.vias == one.vias && other.branch != one.branch;
            let from = |hop| goes(hop).and_then(|one| one.from);
            let to = |hop| goes(hop).and_then(|one| one.to);
            let is_of_proxy = from(other).is_some() && from(other) == from(one);
            let rings = other.responses.first().is_some_and(|at| *at < answer);
            let mut finals = other.responses.iter().filter(|at| call.code(**at) >= 200);
            let is_pending = match finals.next() {
                Some(at) => call.is_success(*at) && call.is_later(answer, *at, SECOND),
                None => call.goes_on(answer, TIMEOUT),
            };
            let is_cancelled = call.hops.iter().any(|cancel| {
                cancel.is("CANCEL") && (cancel.branch == other.branch || to(cancel) == to(other))
            });
            is_sibling && is_of_proxy && rings && is_pending && !is_cancelled
        };
        let other = hops().filter(is_sent_on).find(is_open)?;
        let own = other
            .responses
            .iter()
            .find(|at| call.is_success(**at))
            .copied();
        let then = match own.and_then(|at| Some((at, call.gap(answer, at)?))) {
            Some((at, gap)) => format!(
                "rang on and answered {} later with a {} of its own (tag {})",
                lasting(gap),
                call.code(at),
                quoted(&call.to(at).unwrap_or_default())
            ),
            None => "rings on".to_owned(),
        };
        let (from, to) = call.between(other.first()?);
        let values = values![
            ("one", call.between(answer).0),
            ("then", then),
            ("from", from),
            ("to", to),
        ];
        let proof: Vec<usize> = [answer]
            .into_iter()
            .chain(other.first())
            .chain(own)
            .collect();
        Found::told(call, "fork-uncancelled", other, answer, &values, &proof)
    })
}

/// Returns whether a BYE was not refused.
pub(super) fn is_taken(call: &Call<'_>, bye: &Hop<'_>) -> bool {
    let group = call.group(bye.method, bye.number, bye.from.as_deref());
    let outcome = group.and_then(|group| call.outcome(group));
    outcome.is_none_or(|at| call.is_success(at))
}

fn of(call: &Call<'_>, legs: &[Leg], invite: &Hop<'_>) -> Option<Found> {
    let (one, last) = (legs.first()?, legs.last().filter(|_| legs.len() > 1)?);
    if let Some(open) = open(call, legs) {
        let other = legs.iter().find(|leg| leg.tag != open.tag).unwrap_or(one);
        let rest = call.rest(open.bye.unwrap_or(open.answer));
        let mut values = values(call, invite, [other, open]);
        values.push(("rest", rest.map_or_else(String::new, lasting)));
        let proof = proof([other, open]);
        return Found::new("fork-left-open", &values, &proof).map(Found::that_decides);
    }
    let ended = legs.iter().filter(|leg| leg.bye.is_some());
    let ended = ended.min_by_key(|leg| leg.bye)?;
    let is_soon = call
        .gap(ended.answer, ended.bye?)
        .is_none_or(|gap| gap <= SOON);
    let kept = legs.iter().filter(|leg| leg.bye.is_none()).count();
    if kept > 1 || kept == 1 && !is_soon {
        return None;
    }
    let mut values = values(call, invite, [one, last]);
    values.push(("bye", named(call, ended.bye)?));
    values.push(("ended", quoted(&ended.tag)));
    Found::new("fork-answered-twice", &values, &proof([one, last]))
}

/// Returns the dialog that is left: one without an ACK, or without a BYE where the trace goes on after the other one was
/// hung up, or after none was ended.
fn open<'b>(call: &Call<'_>, legs: &'b [Leg]) -> Option<&'b Leg> {
    let mut left = legs.iter().filter(|leg| leg.bye.is_none()).rev();
    let has_acks = legs.iter().any(|leg| leg.ack.is_some());
    let unheard = left.clone().find(|leg| {
        let is_unheard = leg.ack.is_none() && has_acks;
        is_unheard && call.goes_on(leg.answer, TIMEOUT)
    });
    if unheard.is_some() {
        return unheard;
    }
    let last = legs.iter().map(|leg| leg.answer).max()?;
    match legs
        .iter()
        .filter(|leg| leg.bye.is_some())
        .min_by_key(|leg| leg.bye)
    {
        None => left.find(|leg| leg.ack.is_some() && call.goes_on(last, TIMEOUT)),
        Some(ended) => {
            let bye = ended.bye?;
            let is_late = call.is_later(ended.answer, bye, SOON) && call.is_later(last, bye, SOON);
            left.find(|_| is_late && call.goes_on(bye, TIMEOUT))
        }
    }
}

/// Returns what is said of two dialogs: their tags, and what each of them got.
fn values(
    call: &Call<'_>,
    invite: &Hop<'_>,
    [one, other]: [&Leg; 2],
) -> Vec<(&'static str, String)> {
    let got = |leg: &Leg| {
        let ack = if leg.ack.is_some() {
            "an ACK"
        } else {
            "no ACK"
        };
        let bye = named(call, leg.bye).unwrap_or_else(|| "no BYE".to_owned());
        format!("{ack} and {bye}")
    };
    vec![
        ("name", invite.name()),
        ("one", quoted(&one.tag)),
        ("got_one", got(one)),
        ("other", quoted(&other.tag)),
        ("got_other", got(other)),
    ]
}

fn named(call: &Call<'_>, at: Option<usize>) -> Option<String> {
    let at = at?;
    Some(crate::explain::call::named(call.message(at)))
}

fn proof(legs: [&Leg; 2]) -> Vec<usize> {
    let of = |leg: &Leg| [Some(leg.answer), leg.ack, leg.bye];
    legs.into_iter().flat_map(of).flatten().collect()
}
