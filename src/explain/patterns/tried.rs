//! Servers that are tried where it is of no use: before the time that they named, by another way though the callee himself
//! has refused, and again and again while they are slow; and a peer that is taken for a stranger.

use super::attempts::{Attempt, ago, distinct};
use super::found::{Found, values};
use super::legs::{ON, is_number};
use super::order::{SECOND, T1, lasting, times};
use super::peers::is_near;
use super::retry;
use super::trunks;
use crate::explain::call::{has_credentials, tag};
use crate::explain::dialog::host;
use crate::explain::way;
use crate::explain::words::{text, time};
use crate::message::{Host, address, reasons};

/// What a callee answers for himself, wherever he is.
const OF_CALLEE: [u16; 3] = [486, 600, 603];
/// Causes of ISDN that tell of the callee: busy, no answer, refused, number changed.
const CAUSES: [u16; 5] = [17, 18, 19, 21, 22];
/// What is sent in this time is of one moment.
const MOMENT: u64 = 30 * SECOND;
/// So many requests that are sent again are no single loss.
const MANY: usize = 4;

pub(super) fn found(all: &[Attempt<'_>]) -> Vec<Found> {
    let own = || all.iter().filter(|one| one.own.is_some());
    let storm = own().find_map(|one| storm(one, all));
    let needless = own().find_map(|one| needless(one, all));
    let stranger = own().find_map(|one| stranger(one, all));
    let slow = own().find_map(|one| slow(one, all));
    let all = storm.into_iter().chain(needless).chain(stranger);
    all.chain(slow).collect()
}

fn begins(one: &Attempt<'_>) -> bool {
    let is_probe = matches!(one.request.method(), b"OPTIONS" | b"BYE" | b"PRACK");
    !is_probe && tag(one.request, "To").is_none()
}

/// Returns whether two requests are of one client: phones behind a NAT have one address and several ports.
fn is_same_client(one: &Attempt<'_>, other: &Attempt<'_>) -> bool {
    let via = |one: &Attempt<'_>| one.request.values("Via").next().and_then(way::sent_by);
    match (one.from, other.from) {
        (Some(one), Some(other)) => one == other,
        _ => via(one) == via(other),
    }
}

/// Returns the seconds for which a server asked to be left alone.
fn asked(one: &Attempt<'_>) -> Option<u32> {
    let (answer, _) = one.answer?;
    retry::wait(answer).filter(|_| one.code() == Some(503))
}

/// Returns that a client goes on with other requests to a server that has asked it to wait.
fn storm(one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let is_there = |other: &Attempt<'_>, first: &Attempt<'_>| {
        other.server == first.server && other.to == first.to && is_same_client(other, first)
    };
    let within = |first: &Attempt<'_>, other: &Attempt<'_>| {
        let ends = |at: u64, wait: u32| at + u64::from(wait) * SECOND;
        first
            .answer
            .zip(asked(first))
            .is_some_and(|((_, at), wait)| {
                other.micros > at + T1 && other.micros + SECOND < ends(at, wait)
            })
    };
    let mut firsts = all
        .iter()
        .filter(|first| asked(first).is_some() && is_there(one, first));
    let first = firsts.find(|first| {
        core::ptr::eq(*first, one) || first.call_id() != one.call_id() && within(first, one)
    })?;
    let after: Vec<&Attempt<'_>> = all
        .iter()
        .filter(|other| begins(other) && is_there(other, first) && within(first, other))
        .filter(|other| other.call_id() != first.call_id())
        .collect();
    let calls = distinct(&mut after.iter().map(|other| text(other.call_id())));
    // A server that takes others after all is not out of service.
    let is_taken = after
        .iter()
        .any(|other| other.is_through() || other.is_success());
    let next = after
        .iter()
        .find(|other| other.own.is_some())
        .or(after.first())?;
    let refused = after
        .iter()
        .filter(|other| other.code() == Some(503))
        .count();
    if calls.len() < 2 || is_taken || refused == 0 {
        return None;
    }
    let (_, at) = first.answer?;
    let values = values![
        ("wait", time(asked(first)?)),
        ("before", first.name()),
        ("name", next.name()),
        ("gap", lasting(next.micros.saturating_sub(at))),
        ("from", first.by()),
        ("to", first.at()),
        ("count", after.len().to_string()),
        ("refused", refused.to_string()),
        ("second", second(first, &after, all).unwrap_or_default()),
    ];
    let own = first.own.map_or(next.proof(), |_| first.proof());
    Found::new("retry-ignored", &values, &own).map(Found::that_decides)
}

/// Returns, as the end of a sentence, that another server was there, to which no call went that the first had refused.
fn second(first: &Attempt<'_>, after: &[&Attempt<'_>], all: &[Attempt<'_>]) -> Option<String> {
    let (_, at) = first.answer?;
    let by = &first.client;
    let refused = || after.iter().copied().chain([first]);
    let to = |name: &str| {
        let of = all
            .iter()
            .filter(|other| other.is_invite() && other.client == *by);
        let of: Vec<&Attempt<'_>> = of.filter(|other| other.server == name).collect();
        of
    };
    let is_phone = |name: &str| {
        let mut registers = all.iter().filter(|other| other.client == name);
        registers.any(|other| other.request.method() == b"REGISTER")
    };
    // In a network of its own each address is beside the others.
    let is_beside = |name: &str| is_near(name, &first.server) && !is_near(name, by);
    let is_it = |name: &str| {
        let calls = to(name);
        let callees = distinct(&mut calls.iter().map(|other| other.callee()));
        let is_again = |other: &&Attempt<'_>| {
            let is_then = |one: &Attempt<'_>| {
                let gap = other.micros.checked_sub(one.micros);
                gap.is_some_and(|gap| gap < MOMENT) && is_number(&one.callee(), &other.callee())
            };
            refused().any(is_then)
        };
        let is_server = is_beside(name) || callees.len() > 1;
        is_server && !is_phone(name) && !calls.iter().any(is_again)
    };
    let (name, other) = all.iter().find_map(|other| {
        let name = match (other.client == *by, other.server == *by) {
            (true, _) => &other.server,
            (_, true) => &other.client,
            _ => return None,
        };
        let is_alive = match other.request.method() {
            b"OPTIONS" => other.client == *by && other.is_success(),
            b"INVITE" => other.server == *by || other.is_through(),
            _ => false,
        };
        let is_then = other.micros.abs_diff(at) < 6 * MOMENT;
        let is_other = *name != first.server && !name.is_empty();
        (is_alive && is_then && is_other && is_it(name)).then_some((name, other))
    })?;
    Some(format!(
        ". {name} was there ({}, {}), and none of these calls went on to it",
        other.name(),
        ago(at, other.micros)
    ))
}

/// Returns whether the callee himself has refused, and not what leads to him.
fn is_of_callee(one: &Attempt<'_>) -> bool {
    let Some((answer, _)) = one.answer else {
        return false;
    };
    let mut all = answer.all("Reason").flat_map(|field| reasons(field.value));
    let cause = all.find_map(|reason| reason.cause.filter(|_| reason.is_q850()));
    match cause {
        Some(cause) => CAUSES.contains(&cause) && one.is_refused(),
        None => one.code().is_some_and(|code| OF_CALLEE.contains(&code)),
    }
}

/// Returns whether an element sent a call on by another way as soon as the first had refused it.
fn is_pair(first: &Attempt<'_>, second: &Attempt<'_>) -> bool {
    let answer = first.answer;
    let after = answer.and_then(|(_, at)| second.micros.checked_sub(at));
    first.client == second.client
        && first.server != second.server
        && second.is_invite()
        && after.is_some_and(|after| after <= ON)
        && is_number(&first.callee(), &second.callee())
        && first.user("From") == second.user("From")
}

/// Returns that an element tried another trunk where the callee had refused by the first.
fn needless(one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let is_trunk = |leg: &Attempt<'_>| {
        let of = all
            .iter()
            .filter(|other| other.is_invite() && other.is_on_way(leg));
        let is_phone = all
            .iter()
            .any(|other| other.request.method() == b"REGISTER" && other.client == leg.server);
        !is_phone && distinct(&mut of.map(Attempt::callee)).len() > 1
    };
    let firsts = || {
        all.iter()
            .filter(|first| first.is_invite() && is_of_callee(first))
    };
    let pair = firsts().find_map(|first| {
        let second = all.iter().find(|second| is_pair(first, second))?;
        // The call that it is for waits meanwhile.
        let is_near = |near: &Attempt<'_>| {
            near.server == first.client
                && near.is_invite()
                && second.is_while(near)
                && first.is_while(near)
                && is_number(&near.callee(), &first.callee())
        };
        let is_own = |one: &Attempt<'_>| {
            core::ptr::eq(one, first) || core::ptr::eq(one, second) || is_near(one)
        };
        let is_it = all.iter().any(is_near) && is_own(one);
        is_it.then_some((first, second))
    });
    let (first, second) = pair.filter(|(first, second)| is_trunk(first) && is_trunk(second))?;
    let became = match second.code() {
        Some(code) => format!("got {code}"),
        None => "has no final response in this trace".to_owned(),
    };
    let values = values![
        ("name", first.name()),
        ("callee", first.callee()),
        ("code", first.code()?.to_string()),
        ("reason", trunks::reason(first)),
        ("to", first.at()),
        ("by", first.by()),
        ("again", second.name()),
        ("second", second.at()),
        (
            "gap",
            lasting(second.micros.saturating_sub(first.answer?.1)),
        ),
        ("became", became),
    ];
    Found::new("failover-needless", &values, &one.proof())
}

/// Returns that a peer which answers no challenge is asked for credentials, while another address of it is not.
fn stranger(one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let code = one.code().filter(|code| matches!(code, 401 | 407))?;
    let of = |name: &str| -> Vec<&Attempt<'_>> {
        let all = all.iter().filter(|other| other.server == one.server);
        all.filter(|other| other.client == name).collect()
    };
    // Who registers, or brings credentials, is a user.
    let is_user = |name: &str| {
        of(name)
            .iter()
            .any(|other| has_credentials(other.request) || other.request.method() == b"REGISTER")
    };
    let from = |other: &Attempt<'_>| {
        let from = other
            .request
            .value("From")
            .map(|value| host(&text(address(value))));
        from.filter(|name| Host::of(name.as_bytes()) == Host::Name)
    };
    if !one.is_invite() || one.client.is_empty() || is_user(&one.client) {
        return None;
    }
    // Credentials may come when the trace has ended.
    let (_, asked) = one.answer?;
    if all.iter().all(|other| other.last < asked + MOMENT / 6) {
        return None;
    }
    let is_other = |other: &&Attempt<'_>| {
        let is_through = other.is_invite() && other.is_through();
        is_through && other.server == one.server && other.client != one.client
    };
    let taken = all.iter().filter(is_other);
    let (other, why) = taken
        .filter(|other| !is_user(&other.client))
        .find_map(|other| {
            let why = if from(other).is_some() && from(other) == from(one) {
                "and From has the same domain in both"
            } else if is_near(&other.client, &one.client) {
                "and its address is beside the other"
            } else if other.callee() == one.callee() && one.callee().len() > 3 {
                "for the same number"
            } else {
                return None;
            };
            Some((other, why))
        })?;
    let values = values![
        ("name", one.name()),
        ("client", one.by()),
        ("code", code.to_string()),
        ("other", other.name()),
        ("peer", other.by()),
        ("ago", ago(one.micros, other.micros)),
        ("why", why.to_owned()),
        ("to", one.at()),
    ];
    Found::new("peer-unknown", &values, &one.proof()).map(Found::that_decides)
}

/// Returns that a server answers so late that most requests to it are sent again.
fn slow(one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let is_late = |one: &Attempt<'_>| {
        let heard = one.heard.filter(|_| one.copies > 1);
        heard.is_some_and(|heard| heard > one.micros + T1)
    };
    if !is_late(one) {
        return None;
    }
    let there: Vec<&Attempt<'_>> = all
        .iter()
        .filter(|other| other.server == one.server && other.to == one.to)
        .filter(|other| other.micros.abs_diff(one.micros) < MOMENT)
        .collect();
    let late = || there.iter().filter(|other| is_late(other));
    let silent = there.iter().filter(|other| other.heard.is_none()).count();
    let count = late().count();
    let calls = distinct(&mut late().map(|other| text(other.call_id())));
    // What is lost on the way is not answered at each copy.
    if count < MANY || 2 * count < there.len() || calls.len() < MANY || 4 * silent > count {
        return None;
    }
    let begins = there.iter().map(|other| other.micros).min()?;
    let ends = there.iter().map(|other| other.micros).max()?;
    let values = values![
        ("name", one.name()),
        ("times", times(one.copies)),
        ("to", one.at()),
        ("gap", lasting(one.heard?.saturating_sub(one.micros))),
        ("count", count.to_string()),
        ("all", there.len().to_string()),
        ("span", lasting(ends - begins)),
    ];
    Found::new("peer-slow", &values, &one.proof())
}
