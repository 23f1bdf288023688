//! What an element between does not pass on from one leg of a call to the other: an answer, the end of a caller who gave up
//! as it came, and the end of the ringing that it made itself.

use super::attempts::{Attempt, ago, distinct};
use super::found::{Found, values};
use super::groups::{self, Group};
use super::legs::{ON, is_number};
use super::order::{SECOND, TIMEOUT, lasting, uri};
use super::rings;
use super::trunks;
use crate::explain::call::named;
use crate::explain::words::{short, text};
use crate::message::{reasons, seconds, user};

/// An answer is passed on sooner.
const KEPT: u64 = 4 * SECOND;
/// What is answered while its caller gives up is ended sooner.
const LEFT: u64 = 10 * SECOND;
/// No phone is let ring for less.
const RANG: u64 = 5 * SECOND;
/// Times of one timer differ by no more.
const SAME: u64 = SECOND;
/// No timer lets a phone ring for less than this, and people do not give up at the same age as others, but for this.
const LONG: u64 = 15 * SECOND;
const EQUAL: u64 = SECOND / 4;

/// Returns what an element kept back between the legs of a call; `ends` is when the trace does.
pub(super) fn found(all: &[Attempt<'_>], ends: u64) -> Vec<Found> {
    let own = all
        .iter()
        .filter(|one| one.own.is_some() && one.is_invite());
    let mut each = own.filter_map(|one| {
        let near = groups::near(one, all);
        [Some(one), near].into_iter().flatten().find_map(|near| {
            let group = groups::down(near, all)?;
            let mut legs = group
                .legs
                .iter()
                .filter(|leg| leg.call_id() != near.call_id());
            legs.find_map(|leg| {
                kept(near, leg, &group, all, ends)
                    .or_else(|| crossed(near, leg, all, ends))
                    .or_else(|| rang_out(near, leg, &group, all))
                    .or_else(|| cut_early(near, leg, &group))
                    .or_else(|| unfollowed(near, leg, all))
                    .or_else(|| again(near, leg, &group))
            })
        })
    });
    let first = each.next();
    let own = all.iter().filter(|one| one.own.is_some());
    let cut = || own.clone().find_map(|one| cut(one, all));
    first.or_else(cut).into_iter().collect()
}

/// Returns for how long a request rang until it was cancelled, from its beginning on; or was only tried.
fn age(one: &Attempt<'_>) -> Option<u64> {
    let (_, at) = one
        .cancel
        .filter(|_| one.is_invite() && one.heard.is_some() && !one.is_success())?;
    let least = if one.rang.is_some() { LONG } else { KEPT };
    at.checked_sub(one.micros).filter(|age| *age >= least)
}

/// Returns that calls of different callers are cancelled at one age: a timer before the callee, and nobody who gave up.
fn cut(one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let own = age(one)?;
    let way = || {
        all.iter()
            .filter(|other| other.is_on_way(one) && other.is_invite())
    };
    let is_kind = |other: &&Attempt<'_>| other.rang.is_some() == one.rang.is_some();
    let is_same = |other: &&Attempt<'_>| age(other).is_some_and(|age| age.abs_diff(own) <= EQUAL);
    let alike = || way().filter(is_kind).filter(is_same);
    let callers = distinct(&mut alike().map(|other| other.user("From")));
    let calls = distinct(&mut alike().map(|other| text(other.call_id())));
    // Who may ring for longer shows that there is no such timer.
    let is_longer = way().any(|other| {
        let ends = other.cancel.or(other.answer).map(|(_, at)| at);
        let ends = if one.rang.is_none() {
            other.rang.or(ends)
        } else {
            ends
        };
        let rang = ends.and_then(|at| at.checked_sub(other.micros));
        rang.is_some_and(|rang| rang > own + SAME)
    });
    // At a full number of seconds two are enough.
    let is_round = (own + EQUAL) % (5 * SECOND) <= 2 * EQUAL;
    if callers.len() < 2 || calls.len() < 3 && !is_round || is_longer {
        return None;
    }
    let (none, what) = match one.rang {
        Some(_) => ("rang for longer", "the ringing"),
        None => ("took longer to ring", "what does not ring yet"),
    };
    let values = values![
        ("name", named(one.request)),
        ("from", one.by()),
        ("count", calls.len().to_string()),
        ("callers", callers.len().to_string()),
        ("age", lasting(own)),
        ("none", none.to_owned()),
        ("what", what.to_owned()),
    ];
    Found::new("ring-cut", &values, &one.proof()).map(Found::that_decides)
}

/// Returns what is said of both legs.
fn values(near: &Attempt<'_>, leg: &Attempt<'_>) -> Vec<(&'static str, String)> {
    let id = |one: &Attempt<'_>| short(&text(one.call_id()));
    vec![
        ("name", named(near.request)),
        ("id", id(near)),
        ("from", near.by()),
        ("by", leg.by()),
        ("leg", named(leg.request)),
        ("other", id(leg)),
        ("peer", leg.at()),
    ]
}

fn told(
    id: &str,
    near: &Attempt<'_>,
    leg: &Attempt<'_>,
    more: Vec<(&'static str, String)>,
) -> Option<Found> {
    let mut values = values(near, leg);
    values.extend(more);
    let proof: Vec<usize> = [near, leg].into_iter().flat_map(Attempt::proof).collect();
    Found::new(id, &values, &proof).map(Found::that_decides)
}

/// Returns the first request of a call with a method.
fn first<'b, 'a>(
    of: &Attempt<'_>,
    methods: &[&[u8]],
    all: &'b [Attempt<'a>],
) -> Option<&'b Attempt<'a>> {
    let is_of = |one: &&Attempt<'_>| {
        one.call_id() == of.call_id() && methods.contains(&one.request.method())
    };
    all.iter().find(is_of)
}

/// Returns that a leg was answered, and its caller was not told.
fn kept(
    near: &Attempt<'_>,
    leg: &Attempt<'_>,
    group: &Group<'_, '_>,
    all: &[Attempt<'_>],
    ends: u64,
) -> Option<Found> {
    let (answer, at) = leg.answer.filter(|_| leg.is_success())?;
    let until = match (near.cancel, near.answer) {
        (Some((_, cancelled)), _) => cancelled,
        (None, Some((_, answered))) => answered,
        (None, None) => ends,
    };
    // What ends with the trace may have been answered on a way that it does not show.
    let is_open = near.cancel.is_none() && near.answer.is_none();
    let least = if is_open { TIMEOUT } else { KEPT };
    let waited = until.checked_sub(at).filter(|waited| *waited >= least)?;
    // Digits of the callee, or another branch that gets the call, tell that this answer is not meant for the caller yet.
    let is_asked = first(leg, &[b"INFO", b"REFER"], all).is_some();
    let others = group.legs.iter().filter(|one| one.is_success()).count();
    let is_ended = leg.ends.is_some_and(|end| end < until);
    if near.is_success() || near.ends.is_some() || is_asked || others > 1 || is_ended {
        return None;
    }
    let open = all.iter().find(|one| {
        let is_of = one.call_id() == near.call_id() && !one.is_invite();
        let is_open = one.micros < at && one.answer.is_none_or(|(_, then)| then > at);
        let is_change = matches!(one.request.method(), b"PRACK" | b"UPDATE");
        is_of && is_open && is_change
    });
    let open =
        open.map(|one| format!(", while {} there waited for its answer", named(one.request)));
    let became = match (near.cancel, near.code()) {
        (Some(_), _) => "until its caller gave up".to_owned(),
        (None, Some(code)) => format!("and then {code}"),
        (None, None) => "to the end of this trace".to_owned(),
    };
    let more = values![
        ("code", answer.code()?.to_string()),
        ("waited", lasting(waited)),
        ("became", became),
        ("open", open.unwrap_or_default()),
    ];
    told("answer-kept", near, leg, more)
}

/// Returns that a leg was answered while its caller gave up, and nobody ended it.
fn crossed(near: &Attempt<'_>, leg: &Attempt<'_>, all: &[Attempt<'_>], ends: u64) -> Option<Found> {
    let (answer, at) = leg.answer.filter(|_| leg.is_success())?;
    let (_, gave_up) = near.cancel.filter(|_| near.code() == Some(487))?;
    if at + KEPT < gave_up || at > gave_up + ON {
        return None;
    }
    let bye = first(leg, &[b"BYE"], all);
    let until = bye.map_or(ends, |bye| bye.micros);
    let is_used = first(leg, &[b"REFER", b"UPDATE"], all).is_some();
    let stays = until
        .checked_sub(at)
        .filter(|stays| *stays >= LEFT && !is_used)?;
    let until = match bye {
        None => "to the end of this trace".to_owned(),
        Some(bye) => format!("until {}", named(bye.request)),
    };
    let cancelled = match leg.cancel {
        Some(_) => "its CANCEL came too late there",
        None => "it sent no CANCEL there",
    };
    let more = values![
        ("code", answer.code()?.to_string()),
        ("ago", ago(at, gave_up)),
        ("cancelled", cancelled.to_owned()),
        ("stays", lasting(stays)),
        ("until", until),
    ];
    told("leg-answered-open", near, leg, more)
}

/// Returns for how long a leg rang until its element ended that by itself.
fn ringing(near: &Attempt<'_>, leg: &Attempt<'_>) -> Option<u64> {
    let (_, at) = leg.cancel.filter(|_| !leg.is_success())?;
    let (_, told) = near.answer.filter(|_| near.cancel.is_none())?;
    let is_refused = near.code().is_some_and(|code| (400..600).contains(&code));
    let rang = at.checked_sub(leg.rang?)?;
    (is_refused && told.abs_diff(at) <= ON && rang >= RANG).then_some(rang)
}

/// Returns that an element ended the ringing of a leg by itself.
fn rang_out(
    near: &Attempt<'_>,
    leg: &Attempt<'_>,
    group: &Group<'_, '_>,
    all: &[Attempt<'_>],
) -> Option<Found> {
    let rang = ringing(near, leg)?;
    let is_last = group
        .legs
        .iter()
        .all(|one| one.micros <= leg.cancel.map_or(0, |(_, at)| at));
    let is_answered = group
        .legs
        .iter()
        .any(|one| one.is_success() || one.is_refused());
    if !is_last || is_answered {
        return None;
    }
    let alike = all.iter().filter(|one| {
        let is_other =
            one.is_invite() && one.client == leg.client && one.call_id() != leg.call_id();
        let near = groups::near(one, all).filter(|_| is_other);
        let own = near.and_then(|near| ringing(near, one));
        own.is_some_and(|own| own.abs_diff(rang) <= SAME)
    });
    let alike = match alike.count() {
        0 => String::new(),
        1 => "; it is so in one other call of this trace".to_owned(),
        count => format!("; it is so in {count} other calls of this trace"),
    };
    let more = values![
        ("code", near.code()?.to_string()),
        ("rang", lasting(rang)),
        ("alike", alike),
    ];
    told("leg-rang-out", near, leg, more)
}

/// Returns that an element gave up by itself a leg that did not ring yet, though the next one had it.
fn cut_early(near: &Attempt<'_>, leg: &Attempt<'_>, group: &Group<'_, '_>) -> Option<Found> {
    let (_, at) = leg.cancel.filter(|_| leg.rang.is_none())?;
    leg.heard.filter(|heard| *heard < at)?;
    let (_, told) = near.answer.filter(|_| near.cancel.is_none())?;
    let gap = at.checked_sub(leg.micros)?;
    let is_it = (rings::LEAST..rings::LATE).contains(&gap) && told.abs_diff(at) <= ON;
    let is_refused = near.is_refused() && near.ends.is_none() && near.code() < Some(600);
    let is_other = |one: &&&Attempt<'_>| one.server != leg.server;
    let is_answered = group
        .legs
        .iter()
        .any(|one| one.is_success() || one.is_refused() || one.micros > at);
    if !is_it || !is_refused || is_answered {
        return None;
    }
    let others = group.legs.iter().filter(is_other);
    let expires = leg.request.value("Expires").and_then(seconds);
    let is_over = expires.is_some_and(|one| gap.abs_diff(u64::from(one) * SECOND) < 2 * SECOND);
    let more = values![
        ("far", leg.at()),
        ("code", near.code()?.to_string()),
        ("gap", lasting(gap)),
        (
            "whose",
            format!(
                " ({}, Call-ID {})",
                named(leg.request),
                short(&text(leg.call_id()))
            ),
        ),
        (
            "too",
            rings::too(&distinct(&mut others.map(|one| one.at()))),
        ),
        ("timer", rings::timer(is_over).to_owned()),
    ];
    self::told("branch-cut", near, leg, more)
}

/// Returns that an element refused a call since it did not go where a leg was redirected to.
fn unfollowed(near: &Attempt<'_>, leg: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let (answer, at) = leg.answer?;
    let code = answer.code().filter(|code| (300..=302).contains(code))?;
    let (_, told) = near.answer.filter(|_| near.is_refused())?;
    let gap = told.checked_sub(at).filter(|gap| *gap <= ON)?;
    let contact = uri(answer.values("Contact").next()?);
    let aim = text(user(contact));
    // Where the call had been before it comes back to, and that is not followed.
    let is_there = |one: &Attempt<'_>| {
        let is_then = one.micros + LEFT >= at;
        one.is_invite() && is_then && is_number(&one.callee(), &aim)
    };
    if all.iter().any(is_there) || is_number(&aim, &leg.callee()) {
        return None;
    }
    let more = values![
        ("redirect", code.to_string()),
        ("contact", short(&text(contact))),
        ("code", near.code()?.to_string()),
        ("gap", lasting(gap)),
    ];
    self::told("leg-unfollowed", near, leg, more)
}

/// Returns that an element tried a number by another way though its user had refused the call himself.
fn again(near: &Attempt<'_>, leg: &Attempt<'_>, group: &Group<'_, '_>) -> Option<Found> {
    let (answer, at) = leg.answer?;
    let code = answer.code()?;
    let mut causes = answer.all("Reason").flat_map(|field| reasons(field.value));
    let is_cause = causes.any(|reason| reason.is_q850() && matches!(reason.cause, Some(17 | 21)));
    if !matches!(code, 486 | 600 | 603) && !is_cause || !near.is_refused() {
        return None;
    }
    let is_next = |other: &&&Attempt<'_>| {
        let is_then = other.micros >= at && other.is_refused();
        let is_same = is_number(&other.callee(), &leg.callee());
        is_then && is_same && other.server != leg.server
    };
    let next = group.legs.iter().find(is_next)?;
    let more = values![
        ("refused", code.to_string()),
        ("reason", trunks::reason(leg)),
        ("callee", leg.callee()),
        ("to", next.at()),
        ("got", next.code()?.to_string()),
        ("code", near.code()?.to_string()),
    ];
    told("user-asked-again", near, leg, more)
}
