//! Subscriptions: whether a NOTIFY came, what ended them, and whether they were refreshed in time.

use super::found::{Found, values};
use super::notified;
use super::order::{Call, Hop, SECOND, TIMEOUT, lasting};
use super::others::{Again, event};
use crate::explain::call::{has_credentials, tag};
use crate::explain::words::{text, time};
use crate::message::{Message, parameter, seconds};

/// Clocks, networks and recorders differ by so much.
const SLACK: u64 = 2 * SECOND;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let of_subscribe = call
        .requests(b"SUBSCRIBE")
        .filter_map(|hop| of_subscribe(call, hop));
    let of_notify = call.requests(b"NOTIFY").filter_map(|hop| {
        let ended = || ended(call, hop).or_else(|| notified::pending(call, hop));
        refused(call, hop).or_else(ended)
    });
    let goes_on = call
        .requests(b"NOTIFY")
        .find_map(|hop| notified::goes_on(call, hop));
    of_subscribe.chain(of_notify).chain(goes_on).collect()
}

/// Returns the seconds that a message names in Expires.
pub(super) fn expires(message: &Message<'_>) -> Option<u32> {
    message.value("Expires").and_then(seconds)
}

/// Returns the request that a hop has, and its success.
pub(super) fn accepted<'a>(call: &Call<'a>, hop: &Hop<'a>) -> Option<(usize, usize)> {
    let group = call.group(hop.method, hop.number, hop.from.as_deref())?;
    let outcome = call.outcome(group).filter(|at| call.is_success(*at))?;
    Some((*hop.requests.first()?, outcome))
}

/// Returns that a lifetime was granted that is longer than what was asked for, which RFCs 6665 and 3903 forbid alike.
pub(super) fn longer(call: &Call<'_>, hop: &Hop<'_>, id: &str) -> Option<Found> {
    let (request, outcome) = accepted(call, hop)?;
    let asked = expires(call.message(request))?;
    let granted = expires(call.message(outcome))?;
    let values = values![("asked", time(asked)), ("granted", time(granted))];
    (granted > asked).then(|| Found::told(call, id, hop, outcome, &values, &[request, outcome]))?
}

fn of_subscribe(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    kept(call, hop)
        .or_else(|| silent(call, hop))
        .or_else(|| late(call, hop))
        .or_else(|| longer(call, hop, "subscription-longer"))
}

/// Returns that a subscription which is over is refreshed all the same.
fn kept(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let request = *hop.requests.first()?;
    let ends = |at: &usize| {
        let code = call.code(*at);
        matches!(code, 404 | 405 | 410 | 416 | 480..=485 | 489 | 501 | 604)
    };
    let outcome = hop.last(call, 300).filter(ends)?;
    let Some(next) = call.again(hop, outcome) else {
        let is_gone = call.code(outcome) == 481 && !hop.is_outside();
        let how = format!("{} got 481", hop.name());
        return is_gone.then(|| notified::left(call, "subscription-left", hop, outcome, &how))?;
    };
    let again = next.at?;
    let is_dead = |message: &Message<'_>| tag(message, "To").is_some();
    if !is_dead(call.message(request)) || !is_dead(next.message) {
        return None;
    }
    let values = values![
        ("next", next.name.clone()),
        (
            "result",
            next.became
                .map_or_else(|| "no final response".to_owned(), |code| code.to_string()),
        ),
    ];
    let proof = [request, outcome, again];
    Found::told(call, "subscription-kept", hop, outcome, &values, &proof)
}

/// Returns the NOTIFY requests of a subscription that come after a message.
fn notifies<'b, 'a>(
    call: &'b Call<'a>,
    hop: &'b Hop<'a>,
    after: usize,
) -> impl Iterator<Item = usize> + 'b {
    let package = hop.first().and_then(|at| event(call.message(at)));
    let notifies = call.requests(b"NOTIFY");
    let own = notifies.filter(move |notify| notify.to == hop.from || notify.from != hop.from);
    own.filter_map(move |notify| {
        let at = *notify.requests.first()?;
        let named = event(call.message(at));
        let is_own = package.is_none() || named.is_none() || named == package;
        (at > after && is_own).then_some(at)
    })
}

/// Returns that no NOTIFY follows where a subscription was accepted.
fn silent(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let (request, outcome) = accepted(call, hop)?;
    let is_ending = expires(call.message(request)) == Some(0);
    // What is sent on may get its NOTIFY by a way that leaves out who recorded this.
    let is_near = hop.vias == 1;
    if is_ending || !is_near || notifies(call, hop, request).next().is_some() {
        return None;
    }
    let again = call.again(hop, outcome);
    let until = again.as_ref().and_then(|again| again.gap);
    let waited = until.or_else(|| call.rest(outcome))?;
    if waited + SLACK < TIMEOUT || !call.goes_on(outcome, TIMEOUT) {
        return None;
    }
    let tries = again.map(|again| format!(", and {} tries anew", again.name));
    let values = values![
        ("event", event(call.message(request)).unwrap_or_default()),
        ("rest", lasting(waited)),
        ("tries", tries.unwrap_or_default()),
    ];
    Found::told(
        call,
        "subscription-silent",
        hop,
        outcome,
        &values,
        &[request, outcome],
    )
}

/// Returns that a subscription was refreshed when it had run out.
fn late(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let (request, outcome) = accepted(call, hop)?;
    let granted = expires(call.message(outcome)).or_else(|| expires(call.message(request)))?;
    let next = call
        .again(hop, outcome)
        .filter(|again| again.at.is_some())?;
    let at = next.at?;
    if tag(next.message, "To").is_none() || granted == 0 {
        return None;
    }
    // What a NOTIFY says of the rest of it counts.
    let told = notifies(call, hop, request).filter(|notify| *notify < at);
    let told = told.filter_map(|notify| {
        let state = call.message(notify).value("Subscription-State")?;
        let left = parameter(state, b';', "expires").and_then(seconds)?;
        Some(call.micros(notify)? + u64::from(left) * SECOND)
    });
    let own = call.micros(outcome)? + u64::from(granted) * SECOND;
    let ends = told.fold(own, u64::max);
    if call.micros(at)? < ends + SLACK {
        return None;
    }
    let asked = expires(call.message(request)).filter(|asked| *asked > granted);
    let values = values![
        ("granted", time(granted)),
        (
            "asked",
            asked.map_or_else(String::new, |asked| {
                format!(" of the {} that it asked for", time(asked))
            }),
        ),
        ("again", next.name.clone()),
        ("gap", lasting(next.gap?)),
        ("became", next.became()),
    ];
    Found::told(
        call,
        "subscription-late",
        hop,
        outcome,
        &values,
        &[outcome, at],
    )
}

/// Returns the SUBSCRIBE that is the last one before a NOTIFY of its subscription.
pub(super) fn subscribed<'b, 'a>(call: &'b Call<'a>, notify: usize) -> Option<&'b Hop<'a>> {
    let to = tag(call.message(notify), "To");
    let before = call.requests(b"SUBSCRIBE");
    let own = before.filter(|hop| hop.first() < Some(notify) && hop.from == to);
    own.max_by_key(|hop| hop.first())
}

/// Returns whether a NOTIFY that was challenged did not come again with credentials.
fn is_left(call: &Call<'_>, outcome: usize) -> bool {
    let mut later = call
        .requests(b"NOTIFY")
        .filter(|other| other.first() > Some(outcome));
    let brings = |at: &usize| has_credentials(call.message(*at));
    call.goes_on(outcome, TIMEOUT) && !later.any(|other| other.requests.iter().any(brings))
}

/// Returns that a NOTIFY was refused which has no subscription, or one of another event.
fn refused(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let group = call.group(hop.method, hop.number, hop.from.as_deref())?;
    let outcome = call.outcome(group)?;
    let code = call.code(outcome);
    let at = *hop.requests.first()?;
    if let Some(lacking) = notified::lacking(call, hop, outcome) {
        return Some(lacking);
    }
    let own = event(call.message(at))?;
    let is_challenge = matches!(code, 401 | 407);
    let is_early = is_challenge && !is_left(call, outcome);
    if code < 300 || is_early || own == "refer" {
        return None;
    }
    let mut values = values![("event", own.clone())];
    if is_challenge {
        let asks = ", and wants credentials for it, of which the other side has none";
        values.push(("asks", asks.to_owned()));
    }
    let id = |message: &Message<'_>| {
        let value = message.value("Event")?;
        parameter(value, b';', "id").map(text)
    };
    let Some(subscribe) = subscribed(call, at) else {
        let is_known = call.requests(b"SUBSCRIBE").next().is_some();
        let is_inside = call.requests(b"INVITE").next().is_some();
        if is_known || is_inside {
            return None;
        }
        let found = Found::told(
            call,
            "notify-unasked",
            hop,
            outcome,
            &values,
            &[at, outcome],
        );
        return found.map(Found::that_decides);
    };
    let first = subscribe.first()?;
    let named = |message: &Message<'_>| {
        let id = id(message).map(|id| format!(" with id {id}"));
        event(message).unwrap_or_default() + &id.unwrap_or_default()
    };
    let (sent, known) = (named(call.message(at)), named(call.message(first)));
    let proof = [first, at, outcome];
    if sent != known {
        values.push(("own", sent));
        values.push(("known", known));
        values.push(("subscribe", subscribe.name()));
        return Found::told(call, "notify-event", hop, outcome, &values, &proof);
    }
    if let Some(found) = notified::refused(call, hop, subscribe, outcome) {
        return Some(found);
    }
    if code == 481 {
        return None;
    }
    Found::told(call, "notify-rejected", hop, outcome, &values, &proof)
}

/// Returns what ended a subscription, and whether its client comes again where it should not.
fn ended(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let at = *hop.requests.first()?;
    let message = call.message(at);
    let state = message.value("Subscription-State")?;
    let name = state.split(|byte| *byte == b';').next()?.trim_ascii();
    let is_end = name.eq_ignore_ascii_case(b"terminated");
    let subscribe = subscribed(call, at).filter(|_| is_end)?;
    let request = *subscribe.requests.last().filter(|one| **one < at)?;
    let reason = parameter(state, b';', "reason").map(text);
    let reason = reason.unwrap_or_default().to_ascii_lowercase();
    let mut values = values![
        ("name", subscribe.name()),
        ("notify", hop.name()),
        ("event", event(message).unwrap_or_default()),
    ];
    if expires(call.message(request)) == Some(0) {
        return Found::told(
            call,
            "subscription-fetched",
            hop,
            at,
            &values,
            &[request, at],
        )
        .map(Found::that_decides);
    }
    let (_, means, forbids) = *REASONS
        .iter()
        .find(|(own, ..)| *own == reason)
        .unwrap_or(&REASONS[0]);
    values.push((
        "reason",
        match reason.as_str() {
            "" => "without a reason".to_owned(),
            reason => format!("with the reason {reason}"),
        },
    ));
    let is_at_once = matches!(reason.as_str(), "deactivated" | "timeout");
    let wait = parameter(state, b';', "retry-after").and_then(seconds);
    let wait = wait.filter(|_| !is_at_once);
    let waits = wait
        .filter(|_| !forbids)
        .map(|wait| format!(", and after {} at the earliest", time(wait)));
    values.push(("means", format!("{means}{}", waits.unwrap_or_default())));
    let left = (reason == "timeout").then(|| left(call, subscribe, at));
    if let Some(left) = left.flatten() {
        return Some(left);
    }
    let again = too_soon(call, subscribe, at, wait).filter(|(_, is_soon)| forbids || *is_soon);
    let Some((again, _)) = again else {
        return Found::told(call, "subscription-ended", hop, at, &values, &[request, at])
            .map(Found::that_decides);
    };
    values.push(("again", again.name));
    let gap = again.gap.map(|gap| format!(" {}", lasting(gap)));
    values.push(("gap", gap.unwrap_or_default()));
    let proof: Vec<usize> = [request, at].into_iter().chain(again.at).collect();
    Found::told(call, "subscription-again", hop, at, &values, &proof)
}

/// Returns that a subscription ran out and its client, which is there, did not begin anew.
fn left(call: &Call<'_>, subscribe: &Hop<'_>, notify: usize) -> Option<Found> {
    let (number, _) = call.message(notify).cseq()?;
    let how = format!(
        "NOTIFY {} ended it, since it was not refreshed",
        text(number)
    );
    notified::left(call, "subscription-left", subscribe, notify, &how)
}

/// Returns the next SUBSCRIBE that begins anew, and whether it comes before a time is over.
fn too_soon<'b, 'a>(
    call: &'b Call<'a>,
    subscribe: &Hop<'a>,
    at: usize,
    wait: Option<u32>,
) -> Option<(Again<'b, 'a>, bool)> {
    let again = call.again(subscribe, at)?;
    let begins = tag(again.message, "To").is_none() && expires(again.message) != Some(0);
    let is_soon = wait
        .zip(again.gap)
        .is_some_and(|(wait, gap)| gap + SLACK < u64::from(wait) * SECOND);
    begins.then_some((again, is_soon))
}

/// Reasons of a NOTIFY that ends a subscription, what they say, and whether a client should not come again (RFC 6665
/// section 4.1.3).
const REASONS: [(&str, &str, bool); 8] = [
    ("", "the client may subscribe again", false),
    (
        "deactivated",
        "the client should subscribe anew at once, as where another node takes over",
        false,
    ),
    (
        "probation",
        "the client should subscribe again later",
        false,
    ),
    (
        "rejected",
        "the rules of who may watch have changed or forbid it, and the client SHOULD NOT subscribe again",
        true,
    ),
    ("timeout", "it was not refreshed before it ran out", false),
    ("giveup", "no permission could be got in time", false),
    (
        "noresource",
        "what was watched is no longer there, and the client SHOULD NOT subscribe again",
        true,
    ),
    (
        "invariant",
        "what is watched will not change, and the client SHOULD NOT subscribe again",
        true,
    ),
];
