//! A leg of a call that stays up though the other one has ended, and calls that find its phone busy for that.

use super::attempts::{Attempt, ago, distinct};
use super::found::{Found, values};
use super::legs::{self, ON, SOON};
use super::order::{SECOND, lasting};
use crate::explain::call::{named, tag};
use crate::explain::words::{short, text};
use crate::message::{is_same_user, user};

/// What ends a leg ends the other one sooner than this.
const LEFT: u64 = 10 * SECOND;
/// A caller hears a tone or an announcement for so long.
const TONE: u64 = 30 * SECOND;
/// Who hangs up himself after so long heard nothing that was meant for him.
const DEAD: u64 = 60 * SECOND;

/// Two legs of a call that was answered: what came to an element, and what it sent on.
struct Pair<'b, 'a> {
    near: &'b Attempt<'a>,
    far: &'b Attempt<'a>,
    /// One was answered since the other was, and not only while it was up.
    is_close: bool,
}

/// A leg that stayed up, and the BYE that ended the other one.
struct Left<'b, 'a> {
    ended: &'b Attempt<'a>,
    bye: &'b Attempt<'a>,
    open: &'b Attempt<'a>,
    /// The BYE that ended it at last.
    until: Option<&'b Attempt<'a>>,
    span: u64,
    /// It is that of the caller.
    is_near: bool,
}

/// Returns what is found of legs that stay up; `ends` is when the trace does.
pub(super) fn found(all: &[Attempt<'_>], ends: u64) -> Vec<Found> {
    let is_own = |one: &Attempt<'_>| one.own.is_some();
    let busy = all.iter().find(|one| is_own(one) && is_busy(one));
    let is_asked = all
        .iter()
        .any(|one| is_own(one) && one.is_invite() && one.is_success());
    if busy.is_none() && !is_asked {
        return Vec::new();
    }
    let pairs = pairs(all);
    let own = pairs
        .iter()
        .filter(|pair| is_own(pair.near) || is_own(pair.far));
    let open = own
        .filter_map(|pair| left(pair, all, ends))
        .find_map(|left| told(&left, &pairs, all));
    let busy = busy.and_then(|one| {
        let device = legs::further(one, all).filter(|leg| is_busy(leg));
        let device = device.unwrap_or(one);
        let mut lefts = pairs.iter().filter_map(|pair| left(pair, all, ends));
        lefts.find_map(|left| of_busy(one, device, &left))
    });
    open.into_iter().chain(busy).collect()
}

fn is_busy(one: &Attempt<'_>) -> bool {
    one.is_invite() && matches!(one.code(), Some(486 | 600))
}

/// Returns the legs of calls that were answered, as numbers and times tell.
fn pairs<'b, 'a>(all: &'b [Attempt<'a>]) -> Vec<Pair<'b, 'a>> {
    let answered = all.iter().filter(|one| one.is_invite() && one.is_success());
    let legs: Vec<&Attempt<'_>> = answered.collect();
    let nears = legs.iter().enumerate();
    nears
        .filter_map(|(at, near)| {
            let mut soon = legs[at..]
                .iter()
                .take_while(|other| other.micros <= near.micros + SOON);
            let far = soon
                .find(|other| legs::passed_on(near, other).is_some() && legs::became(near, other));
            Some(Pair {
                near,
                far: far.copied().or_else(|| served(near, &legs, at))?,
                is_close: far.is_some(),
            })
        })
        .collect()
}

/// Returns the number of who calls.
fn caller<'a>(one: &Attempt<'a>) -> Option<&'a [u8]> {
    let own = one.request.value("From").map(user)?;
    let is_number = own.len() > 2 && matches!(own[0], b'+' | b'0'..=b'9');
    is_number.then_some(own)
}

/// Returns the last leg that an element answered a caller with who had called another number: a queue, a group, a menu.
fn served<'b, 'a>(
    near: &Attempt<'_>,
    legs: &[&'b Attempt<'a>],
    at: usize,
) -> Option<&'b Attempt<'a>> {
    let (ends, who) = (near.ends?, caller(near)?);
    let is_his = |one: &Attempt<'_>| {
        let is_other = one.call_id() != near.call_id();
        is_other && caller(one).is_some_and(|own| is_same_user(own, who))
    };
    let is_leg = |one: &&&Attempt<'_>| {
        let is_there = one.client == near.server && one.server != near.client;
        let is_then = one.answer.is_some_and(|(_, at)| at <= ends);
        is_there && is_then && is_his(one)
    };
    let while_up = || legs.iter().take_while(|one| one.micros <= ends);
    let far = while_up().skip(at).filter(is_leg).last()?;
    // Of two calls of one caller nothing tells to which of them a leg belongs.
    let is_too = |one: &&Attempt<'_>| {
        let is_then = one.ends.is_none_or(|over| over >= far.micros);
        is_then && one.is_on_way(near) && is_his(one)
    };
    (!while_up().any(is_too)).then_some(far)
}

fn bye<'b, 'a>(
    leg: &Attempt<'_>,
    all: &'b [Attempt<'a>],
    is_accepted: bool,
) -> Option<&'b Attempt<'a>> {
    let is_of =
        |one: &&Attempt<'_>| one.request.method() == b"BYE" && one.call_id() == leg.call_id();
    all.iter()
        .filter(is_of)
        .find(|one| !is_accepted || one.is_success())
}

/// Returns whether who called by an INVITE sent a request.
fn is_of_caller(leg: &Attempt<'_>, request: &Attempt<'_>) -> bool {
    tag(leg.request, "From") == tag(request.request, "From")
}

/// Returns the leg that stayed up when the other one had ended.
fn left<'b, 'a>(pair: &Pair<'b, 'a>, all: &'b [Attempt<'a>], ends: u64) -> Option<Left<'b, 'a>> {
    let any = |leg| bye(leg, all, false);
    let taken = |leg| bye(leg, all, true);
    let (near, far) = (any(pair.near), any(pair.far));
    let is_near = match (near, far) {
        (Some(near), Some(far)) => far.micros < near.micros,
        (near, _) => near.is_none(),
    };
    let (ended, open, until) = if is_near {
        (pair.far, pair.near, near)
    } else {
        (pair.near, pair.far, far)
    };
    let bye = taken(ended)?;
    let span = until
        .map_or(ends, |until| until.micros)
        .checked_sub(bye.micros)?;
    let is_of_peer = is_of_caller(ended, bye) != is_near;
    let left = Left {
        ended,
        bye,
        open,
        until,
        span,
        is_near,
    };
    let least = if is_near { TONE } else { LEFT };
    let is_told = pair.is_close || !is_near;
    (is_told && span >= least && is_of_peer && !is_joined(&left, all)).then_some(left)
}

/// Returns whether a leg that stays up may have been joined with another call: a transfer, a pick-up, a conference.
fn is_joined(left: &Left<'_, '_>, all: &[Attempt<'_>]) -> bool {
    let ids = [left.ended.call_id(), left.open.call_id()];
    let begins = left.ended.micros.min(left.open.micros);
    let ends = left.bye.micros;
    let (near, far) = if left.is_near {
        (left.open, left.ended)
    } else {
        (left.ended, left.open)
    };
    // What a caller dialled is no party where another one was called for it.
    let parties = [far.callee(), far.user("From"), near.user("From")];
    let is_party = |name: &String| parties.contains(name);
    all.iter().any(|one| {
        let is_of = ids.contains(&one.call_id());
        let is_then = one.micros > begins && one.micros <= ends + LEFT;
        match one.request.method() {
            b"REFER" => is_of,
            b"INVITE" | b"UPDATE" if !one.is_invite() => {
                is_of && is_then && one.micros + SECOND > ends
            }
            b"INVITE" if !is_of && is_then => {
                let replaced = one.request.value("Replaces");
                let is_replaced = replaced.is_some_and(|value| {
                    let id = value.split(|byte| *byte == b';').next();
                    id.is_some_and(|id| ids.contains(&id.trim_ascii()))
                });
                let is_up = one.is_up(ends) || one.micros > ends && one.micros <= ends + ON;
                let is_of_party = is_party(&one.callee()) || is_party(&one.user("From"));
                is_replaced || is_up && one.is_success() && is_of_party
            }
            _ => false,
        }
    })
}

/// Returns how the same element ended other calls: how many, and the longest time between both legs.
fn usual(left: &Left<'_, '_>, pairs: &[Pair<'_, '_>], all: &[Attempt<'_>]) -> Option<(usize, u64)> {
    let gaps = pairs.iter().filter_map(|pair| {
        let any = |leg| bye(leg, all, false);
        let (near, far) = (any(pair.near)?.micros, any(pair.far)?.micros);
        let gap = if left.is_near {
            near.checked_sub(far)
        } else {
            far.checked_sub(near)
        };
        let far = if left.is_near { left.ended } else { left.open };
        gap.filter(|gap| *gap <= ON && pair.far.client == far.client)
    });
    let gaps: Vec<u64> = gaps.collect();
    Some((gaps.len(), *gaps.iter().max()?))
}

/// Returns whether a caller was kept so long that he hung up himself.
fn is_dead(left: &Left<'_, '_>) -> bool {
    let is_own = |until: &Attempt<'_>| is_of_caller(left.open, until) == left.is_near;
    left.span >= DEAD && left.until.is_some_and(is_own)
}

/// Returns until when a leg stayed up.
fn until(left: &Left<'_, '_>, by: &str, peer: &str) -> String {
    let Some(until) = left.until else {
        return "to the end of this trace".to_owned();
    };
    let bye = named(until.request);
    if is_of_caller(left.open, until) == left.is_near {
        format!("until {peer} itself ended it with {bye}")
    } else {
        format!("until {by} ended it with {bye}")
    }
}

fn told(left: &Left<'_, '_>, pairs: &[Pair<'_, '_>], all: &[Attempt<'_>]) -> Option<Found> {
    let usual = usual(left, pairs, all);
    let (by, who, peer) = if left.is_near {
        (left.ended.by(), left.ended.at(), left.open.by())
    } else {
        (left.open.by(), left.ended.by(), left.open.at())
    };
    let id = match usual {
        None if left.is_near => return None,
        _ if left.is_near && !is_dead(left) => "leg-kept-open",
        _ => "leg-left-open",
    };
    let way = if left.is_near { "from" } else { "to" };
    let usual = usual.map(|(count, gap)| {
        let calls = if count == 1 { "call" } else { "calls" };
        format!(
            "; in {count} other {calls} of this trace it ended the other leg within {}",
            lasting(gap)
        )
    });
    let ends = left.bye.micros + left.span;
    let busy = all.iter().filter(|one| {
        let is_then = one.micros > left.bye.micros && one.micros < ends;
        is_then
            && is_busy(one)
            && !left.is_near
            && one.server == left.open.server
            && one.callee() == left.open.callee()
    });
    let busy = distinct(&mut busy.map(|one| text(one.call_id()))).len();
    let busy = match busy {
        0 => String::new(),
        1 => format!("; meanwhile {peer} refused a call as busy"),
        busy => format!("; meanwhile {peer} refused {busy} calls as busy"),
    };
    let values = values![
        ("until", until(left, &by, &peer)),
        ("by", by),
        ("who", who),
        ("peer", peer),
        ("way", way.to_owned()),
        ("bye", named(left.bye.request)),
        ("leg", named(left.open.request)),
        ("ended", short(&text(left.ended.call_id()))),
        ("open", short(&text(left.open.call_id()))),
        ("span", lasting(left.span)),
        ("usual", usual.unwrap_or_default()),
        ("busy", busy),
    ];
    let all = [
        Some(left.ended),
        Some(left.bye),
        Some(left.open),
        left.until,
    ];
    let proof: Vec<usize> = all.into_iter().flatten().flat_map(Attempt::proof).collect();
    Found::new(id, &values, &proof).map(Found::that_decides)
}

/// Returns that a phone is busy with a call which its caller had ended.
fn of_busy(one: &Attempt<'_>, device: &Attempt<'_>, left: &Left<'_, '_>) -> Option<Found> {
    let is_then = device.micros > left.bye.micros && device.micros < left.bye.micros + left.span;
    let is_there = device.server == left.open.server && device.callee() == left.open.callee();
    if left.is_near || !is_then || !is_there {
        return None;
    }
    let (by, to) = (left.open.by(), left.open.at());
    let values = values![
        ("until", until(left, &by, &to)),
        ("name", one.name()),
        ("code", one.code()?.to_string()),
        ("by", by),
        ("to", to),
        ("leg", named(left.open.request)),
        ("open", short(&text(left.open.call_id()))),
        ("bye", named(left.bye.request)),
        ("ended", short(&text(left.ended.call_id()))),
        ("ago", ago(device.micros, left.bye.micros)),
        ("span", lasting(left.span)),
    ];
    Found::new("busy-left-open", &values, &one.proof()).map(Found::that_decides)
}
