//! What an element that tried several makes of their responses: whether it waits for all of them, and which one it passes on.

use super::attempts::{Attempt, distinct};
use super::found::{Found, values};
use super::groups::{Group, led, proof};
use super::legs::ON;
use super::order::{SECOND, TIMEOUT, lasting};
use crate::explain::call::named;
use crate::explain::words::list;

/// What rings is ended sooner.
const LEFT: u64 = 4 * SECOND;
/// Of several 4xx a proxy prefers these, since whoever called can do something about them (RFC 3261 section 16.7).
const TELLING: [u16; 5] = [401, 407, 415, 420, 484];

/// Returns that an element refused a call while a leg of it still rang, and let that ring on.
pub(super) fn early(group: &Group<'_, '_>, ends: u64) -> Option<Found> {
    let near = group.near.filter(|near| near.cancel.is_none())?;
    let (answer, at) = near.answer?;
    let code = answer.code().filter(|code| *code >= 400 && *code != 487)?;
    let rings_on = |leg: &&&Attempt<'_>| {
        let until = leg.answer.map_or(ends, |(_, until)| until);
        let least = if leg.answer.is_some() { LEFT } else { TIMEOUT };
        let is_cancelled = leg.cancel.is_some_and(|(_, then)| then <= at + ON);
        leg.rang.is_some_and(|rang| rang < at) && !is_cancelled && until.saturating_sub(at) >= least
    };
    let leg = group.legs.iter().find(rings_on)?;
    let mut refused = group.legs.iter().filter(|one| {
        let told = one.answer.filter(|_| !one.is_success());
        told.is_some_and(|(_, told)| told <= at && at - told <= ON)
    });
    let since = refused.next_back().map(|one| {
        let got = one.code().unwrap_or_default();
        format!(
            ", after {} had answered {} with {got},",
            one.at(),
            led(group, one)
        )
    });
    let until = match leg.answer {
        Some((last, until)) => format!(
            "for {} more, until its {}",
            lasting(until - at),
            last.code().unwrap_or_default()
        ),
        None => format!("for {} more, to the end of this trace", lasting(ends - at)),
    };
    let values = values![
        ("by", leg.by()),
        ("name", named(near.request)),
        ("code", code.to_string()),
        ("since", since.unwrap_or_default()),
        ("leg", led(group, leg)),
        ("to", leg.at()),
        ("until", until),
    ];
    Found::new("refused-ringing", &values, &proof(&[near, leg])).map(Found::that_decides)
}

/// Returns that a proxy passed on another response of its branches than the one that it should.
pub(super) fn unfit(group: &Group<'_, '_>) -> Option<Found> {
    let near = group.near.filter(|near| near.cancel.is_none())?;
    let (answer, at) = near.answer?;
    let code = answer.code().filter(|code| *code >= 400 && *code < 600)?;
    let is_branch = |leg: &&&Attempt<'_>| {
        let is_in_time = leg.answer.is_some_and(|(_, then)| then <= at);
        leg.call_id() == near.call_id() && is_in_time
    };
    let all: Vec<&Attempt<'_>> = group.legs.iter().filter(is_branch).copied().collect();
    let of = |is_it: &dyn Fn(u16) -> bool| {
        all.iter()
            .copied()
            .find(|leg| leg.code().is_some_and(is_it))
    };
    let chosen = of(&|own| own == code || own == 503 && code == 500)?;
    let is_plain = |own: u16| (400..500).contains(&own) && !matches!(own, 408 | 482 | 487);
    let (right, why) = if let Some(right) = of(&|own| own >= 600) {
        (
            right,
            "a 6xx is for the whole call, and MUST be passed on".to_owned(),
        )
    } else if let Some(right) =
        of(&|own| matches!(own, 401 | 407)).filter(|_| !TELLING.contains(&code))
    {
        let why = "without it the caller cannot bring credentials, so that branch is never reached";
        (right, why.to_owned())
    } else {
        let right = of(&is_plain).filter(|_| code >= 500)?;
        // What is tried one after another is a route that was advanced.
        let is_at_once = right.micros.abs_diff(chosen.micros) <= SECOND;
        let why = "the response SHOULD be one of the lowest class that came".to_owned();
        (right, Some(why).filter(|_| is_at_once)?)
    };
    let codes = all.iter().filter_map(|leg| Some(leg.code()?.to_string()));
    let values = values![
        ("by", right.by()),
        ("several", list(&distinct(&mut codes.into_iter()))),
        ("code", code.to_string()),
        ("right", right.code()?.to_string()),
        ("to", right.at()),
        ("why", why),
    ];
    Found::new("branch-unfit", &values, &proof(&[near, chosen, right])).map(Found::that_decides)
}
