//! NOTIFY requests that a subscriber refuses though it asked for them, and subscriptions that end without another one.

use super::asks::unlisted;
use super::found::{Found, values};
use super::order::{Call, Hop, SECOND, TIMEOUT, lasting};
use super::others::{event, user};
use super::subscribes::{expires, subscribed};
use crate::explain::words::{list, text};

/// Who wants to go on subscribes again sooner than this.
const ANEW: u64 = 60 * SECOND;

/// Returns what a NOTIFY lacks that each one has, where it was refused.
pub(super) fn lacking(call: &Call<'_>, hop: &Hop<'_>, outcome: usize) -> Option<Found> {
    let at = *hop.requests.first()?;
    let code = call.code(outcome);
    // What comes unasked is refused for that.
    subscribed(call, at)?;
    let lacks = |name: &&&str| !call.message(at).has(name);
    let all: Vec<String> = ["Event", "Subscription-State"]
        .iter()
        .filter(lacks)
        .map(|name| (*name).to_owned())
        .collect();
    if all.is_empty() || !matches!(code, 400 | 481 | 489 | 500) {
        return None;
    }
    let values = values![("lacks", list(&all))];
    Found::told(
        call,
        "notify-lacking",
        hop,
        outcome,
        &values,
        &[at, outcome],
    )
}

/// Returns why a NOTIFY of a subscription that is known was refused.
pub(super) fn refused(
    call: &Call<'_>,
    hop: &Hop<'_>,
    subscribe: &Hop<'_>,
    outcome: usize,
) -> Option<Found> {
    match call.code(outcome) {
        481 => over(call, hop, outcome)
            .or_else(|| early(call, hop, subscribe, outcome))
            .or_else(|| forgotten(call, hop, subscribe, outcome)),
        406 | 415 => other_type(call, hop, subscribe, outcome),
        _ => None,
    }
}

/// Returns whether a NOTIFY says that its subscription is over.
fn is_end(call: &Call<'_>, at: usize) -> bool {
    state(call, at).is_some_and(|state| state == "terminated")
}

/// Returns the state that a NOTIFY names.
pub(super) fn state(call: &Call<'_>, at: usize) -> Option<String> {
    let value = call.message(at).value("Subscription-State")?;
    let name = value.split(|byte| *byte == b';').next()?;
    Some(text(name).to_ascii_lowercase())
}

/// Returns the NOTIFY requests of the subscription of one.
fn siblings<'b, 'a>(call: &'b Call<'a>, one: &'b Hop<'a>) -> impl Iterator<Item = &'b Hop<'a>> {
    call.requests(b"NOTIFY")
        .filter(|other| (&other.from, &other.to) == (&one.from, &one.to))
}

/// Returns that a subscription was over before a NOTIFY was refused: a NOTIFY or its subscriber had ended it.
fn over(call: &Call<'_>, hop: &Hop<'_>, outcome: usize) -> Option<Found> {
    let at = *hop.requests.first()?;
    let package = event(call.message(at));
    let mut before = siblings(call, hop).filter_map(|other| other.first().filter(|one| *one < at));
    let ended = before.find(|one| is_end(call, *one) && event(call.message(*one)) == package);
    let unsubscribed = subscribed(call, at).filter(|one| {
        one.requests
            .first()
            .is_some_and(|one| expires(call.message(*one)) == Some(0))
    });
    let end = ended.or_else(|| unsubscribed?.first())?;
    let gap = call
        .gap(end, at)
        .map(|gap| format!(", {} before", lasting(gap)));
    let (number, method) = call.message(end).cseq()?;
    let values = values![
        ("end", format!("{} {}", text(method), text(number))),
        ("by", call.between(end).0),
        ("gap", gap.unwrap_or_default()),
    ];
    let proof = [end, at, outcome];
    Found::told(call, "notify-over", hop, outcome, &values, &proof)
}

/// Returns that the first NOTIFY of a subscription was refused as one of none, and no other one was taken.
fn early(call: &Call<'_>, hop: &Hop<'_>, subscribe: &Hop<'_>, outcome: usize) -> Option<Found> {
    let (request, at) = (*subscribe.requests.first()?, *hop.requests.first()?);
    let success = subscribe.responses.iter().copied();
    let success = success.clone().find(|at| call.is_success(*at));
    let refusal = subscribe.last(call, 300);
    // After 64*T1 a subscriber gives up.
    let is_late = call.is_later(request, at, TIMEOUT);
    let is_taken = |other: &Hop<'_>| other.last(call, 200).is_some_and(|at| call.is_success(at));
    let is_first = !siblings(call, hop).any(is_taken);
    if !subscribe.is_outside() || is_late || !is_first || success.is_none() && refusal.is_some() {
        return None;
    }
    let when = match success {
        Some(success) if success > at => format!(
            ", and came before the {} to it{}",
            call.code(success),
            call.gap(at, success)
                .map_or_else(String::new, |gap| format!(" ({})", lasting(gap)))
        ),
        _ => String::new(),
    };
    let is_after = |other: &Hop<'_>| other.first() > Some(outcome);
    let gone = if siblings(call, hop).any(is_after) {
        String::new()
    } else {
        let (from, code) = (call.between(at).0, call.code(outcome));
        format!(". After the {code} {from} removes the subscription, so no other NOTIFY came")
    };
    let values = values![
        ("subscribe", subscribe.name()),
        ("when", when),
        ("gone", gone),
    ];
    let proof: Vec<usize> = [request, at, outcome].into_iter().chain(success).collect();
    Found::told(call, "notify-early", hop, outcome, &values, &proof)
}

/// Returns that a notifier goes on though its subscriber has refused a NOTIFY as one of no subscription.
pub(super) fn goes_on(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let at = *hop.requests.first()?;
    let outcome = hop.last(call, 300).filter(|at| call.code(*at) == 481)?;
    let later: Vec<usize> = siblings(call, hop)
        .filter_map(Hop::first)
        .filter(|one| *one > outcome)
        .collect();
    let is_before = |other: &Hop<'_>| {
        let outcome = other.last(call, 300);
        other.first() < Some(at) && outcome.is_some_and(|at| call.code(at) == 481)
    };
    let asks = |other: &Hop<'_>| other.from == hop.to && other.first() > Some(outcome);
    let last = *later.last()?;
    // Each of the first few may have crossed the refusal.
    let is_soon = !call.is_later(outcome, last, 4 * SECOND);
    let is_asked = call.requests(b"SUBSCRIBE").any(asks);
    if is_soon || is_asked || siblings(call, hop).any(is_before) {
        return None;
    }
    let values = values![
        ("count", later.len().to_string()),
        ("gap", lasting(call.gap(outcome, last)?)),
    ];
    Found::told(
        call,
        "notify-goes-on",
        hop,
        outcome,
        &values,
        &[at, outcome, last],
    )
}

/// Returns that a subscriber refuses what comes for a subscription of which it was told before, since it has subscribed
/// anew meanwhile.
fn forgotten(call: &Call<'_>, hop: &Hop<'_>, subscribe: &Hop<'_>, outcome: usize) -> Option<Found> {
    let (first, at) = (*subscribe.requests.first()?, *hop.requests.first()?);
    let again = call.again(subscribe, first)?;
    let gap = again.gap.filter(|gap| Some(*gap) < call.gap(first, at))?;
    if again.at.is_some() || again.became >= Some(300) {
        return None;
    }
    let values = values![
        ("again", again.name),
        ("gap", lasting(gap)),
        ("subscribe", subscribe.name()),
    ];
    let proof = [first, at, outcome];
    Found::told(call, "notify-forgotten", hop, outcome, &values, &proof)
}

/// Returns that a NOTIFY has a body of a type that its SUBSCRIBE does not list in Accept.
fn other_type(
    call: &Call<'_>,
    hop: &Hop<'_>,
    subscribe: &Hop<'_>,
    outcome: usize,
) -> Option<Found> {
    let (request, at) = (*subscribe.requests.first()?, *hop.requests.first()?);
    let own = unlisted(
        call.message(at),
        "Content-Type",
        call.message(request),
        "Accept",
    )?;
    let known: Vec<String> = call.message(request).values("Accept").map(text).collect();
    let eventlist = call.message(at).lists("Require", "eventlist")
        && !call.message(request).lists("Supported", "eventlist");
    let more = if eventlist {
        "; it is the state of a whole list, which only a subscriber that lists eventlist in Supported gets"
    } else {
        ""
    };
    let values = values![
        ("own", own),
        ("known", list(&known)),
        ("subscribe", subscribe.name()),
        ("more", more.to_owned()),
    ];
    let proof = [request, at, outcome];
    Found::told(call, "notify-type", hop, outcome, &values, &proof)
}

/// Returns whether who sent a request was still there after a time: he sent something in another call.
fn is_alive(call: &Call<'_>, request: usize, after: usize) -> bool {
    let (Some(side), Some(after)) = (call.record(request).from, call.micros(after)) else {
        return false;
    };
    let own = user(call.message(request), "From");
    let mut others = call.others.iter().filter(|one| one.micros > after);
    // Behind one address may be several.
    others.any(|one| {
        let is_there = one.from.is_some_and(|from| from.ip() == side.ip());
        is_there && one.message.is_request() && user(&one.message, "From") == own
    })
}

/// Returns whether a client asks for the same outside of a dialog after a time, in another call.
fn begins_anew(call: &Call<'_>, request: usize, after: usize) -> bool {
    let own = call.message(request);
    let after = call.micros(after).unwrap_or_default();
    let mut others = call.others.iter().filter(|one| one.micros > after);
    others.any(|one| {
        let message = &one.message;
        let same = |name: &str| user(message, name) == user(own, name);
        message.is_request()
            && message.method() == own.method()
            && event(message) == event(own)
            && same("From")
            && same("To")
    })
}

/// Returns that a subscriber lets a subscription end by not refreshing it, or by not beginning anew, though it is there.
pub(super) fn left(
    call: &Call<'_>,
    id: &str,
    subscribe: &Hop<'_>,
    ended: usize,
    how: &str,
) -> Option<Found> {
    let request = *subscribe.requests.last()?;
    let rest = call.rest(ended).filter(|rest| *rest > ANEW)?;
    let is_anew = call.again(subscribe, ended).is_some() || begins_anew(call, request, ended);
    if is_anew || !is_alive(call, request, ended) {
        return None;
    }
    let values = values![
        ("event", event(call.message(request)).unwrap_or_default()),
        ("how", how.to_owned()),
        ("rest", lasting(rest)),
    ];
    let proof = [request, ended];
    Found::told(call, id, subscribe, ended, &values, &proof)
}

/// Returns that a subscription waits for somebody to allow it, as its last NOTIFY says.
pub(super) fn pending(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let at = *hop.requests.first()?;
    let subscribe = subscribed(call, at).filter(|_| !is_end(call, at))?;
    let rest = call.rest(at).filter(|rest| *rest > ANEW)?;
    let is_later = |other: &Hop<'_>| other.first() > Some(at);
    if state(call, at)? != "pending" || siblings(call, hop).any(is_later) {
        return None;
    }
    let values = values![
        ("event", event(call.message(at)).unwrap_or_default()),
        ("subscribe", subscribe.name()),
        ("rest", lasting(rest)),
    ];
    let proof = [subscribe.first()?, at];
    Found::told(call, "subscription-pending", hop, at, &values, &proof).map(Found::that_decides)
}
