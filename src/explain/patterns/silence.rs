//! Requests without an answer, and what is answered beside them: a peer that is silent to all, to one address, or to what
//! is large; and calls that are refused since a peer is taken for dead.

use super::attempts::{Attempt, ago, distinct};
use super::digests;
use super::found::{Found, values};
use super::groups;
use super::legs;
use super::order::{SECOND, T1, lasting, times};
use super::places;
use super::pointed;
use crate::explain::call::{has_credentials, named};
use crate::explain::words::{list, text};

/// So many refusals from one address make a server shut it out.
const REFUSALS: usize = 3;
/// In this time.
const WHILE: u64 = 600 * SECOND;
/// What comes after the last of them is answered no longer than this.
const SOON: u64 = 30 * SECOND;
/// Larger requests are to go by a transport with congestion control (RFC 3261 section 18.1.1).
const LARGE: usize = 1300;
/// What an element answers for a peer that it does not reach.
const MADE_UP: [u16; 6] = [408, 480, 500, 502, 503, 504];

/// Returns what there is beside the requests of a call that nothing answers.
pub(super) fn found(all: &[Attempt<'_>]) -> Vec<Found> {
    let Some(ends) = all
        .iter()
        .map(|one| one.last.max(one.heard.unwrap_or(0)))
        .max()
    else {
        return Vec::new();
    };
    // A single copy at the end of a trace may have been answered later.
    let is_silent =
        |one: &Attempt<'_>| one.heard.is_none() && (one.copies > 2 || one.micros + 8 * T1 < ends);
    let own = all.iter().filter(|one| one.own.is_some());
    let silent = own.clone().filter(|one| is_silent(one)).find_map(|one| {
        large(one, all)
            .or_else(|| banned(one, all, &is_silent))
            .or_else(|| places::moved(one, one, all))
            .or_else(|| pointed::to_private(one, one, all))
            .or_else(|| dead(one, one, all, &is_silent))
    });
    let made = own.clone().find_map(|one| given_up(one, all, &is_silent));
    silent.into_iter().chain(made).collect()
}

pub(super) fn sent(one: &Attempt<'_>) -> String {
    match one.last - one.micros {
        0 => format!("was sent {}", times(one.copies)),
        span => format!("was sent {} in {}", times(one.copies), lasting(span)),
    }
}

fn is_udp(one: &Attempt<'_>) -> bool {
    let via = one.request.values("Via").next().unwrap_or_default();
    via.windows(4)
        .any(|part| part.eq_ignore_ascii_case(b"/UDP"))
}

/// Returns that only what is large is not answered.
fn large(one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let (size, most) = (one.size(), LARGE);
    let way = all
        .iter()
        .filter(|other| other.is_on_way(one) && is_udp(other));
    let answered = way.clone().filter(|other| other.heard.is_some());
    let is_like = |other: &&Attempt<'_>| other.request.method() == one.request.method();
    let like: Vec<usize> = answered
        .clone()
        .filter(is_like)
        .map(Attempt::size)
        .collect();
    let largest = answered.map(Attempt::size).max()?;
    let is_rule = size > most && largest < size && one.copies > 2 && is_udp(one);
    let silent = way
        .filter(|other| other.heard.is_none() && other.size() > largest)
        .count();
    if !is_rule || (like.is_empty() && silent < 2) {
        return None;
    }
    let smaller = match like.iter().max() {
        Some(most) => format!(
            "{} {} by the same way with no more than {most} bytes got an answer",
            like.len(),
            one.method()
        ),
        None => format!("requests with no more than {largest} bytes got an answer by the same way"),
    };
    let values = values![
        ("name", named(one.request)),
        ("size", size.to_string()),
        ("sent", sent(one)),
        ("smaller", smaller),
        ("silent", silent.to_string()),
        ("from", one.by()),
        ("to", one.at()),
    ];
    Found::new("large-lost", &values, &one.proof()).map(Found::that_decides)
}

/// Returns that an address is served no longer, after refusals or without them, while others are.
fn banned(
    one: &Attempt<'_>,
    all: &[Attempt<'_>],
    is_silent: &dyn Fn(&Attempt<'_>) -> bool,
) -> Option<Found> {
    let way = || all.iter().filter(|other| other.is_on_way(one));
    let answered = way().filter(|other| other.micros < one.micros && other.heard.is_some());
    let answered: Vec<&Attempt<'_>> = answered.collect();
    let ends = answered
        .iter()
        .map(|other| other.answer.map_or(other.micros, |(_, at)| at));
    let last = ends.max()?;
    let served = all.iter().filter(|other| {
        other.server == one.server && other.client != one.client && other.heard > Some(last)
    });
    let served = distinct(&mut served.map(Attempt::by));
    let silent = || way().filter(|other| other.micros >= last && is_silent(other));
    let (count, calls) = (
        silent().count(),
        distinct(&mut silent().map(|other| text(other.call_id()))),
    );
    let (before, whose) = match refused(one, &answered, last) {
        Some(refused) => refused,
        None if calls.len() > 1 && count >= REFUSALS => {
            let ago = ago(one.micros, last);
            (
                format!("it had answered {} too, the last time {ago}", one.by()),
                Vec::new(),
            )
        }
        None => return None,
    };
    // Of one address alone only its refusals tell.
    let is_asked = |other: &&Attempt<'_>| {
        other.server == one.server && other.client != one.client && other.micros > last
    };
    let is_alone = !whose.is_empty() && one.copies > 2 && !all.iter().any(|other| is_asked(&other));
    let is_told = !served.is_empty() || is_alone;
    let meanwhile = match served.as_slice() {
        [] => "; whether it answers others is not in this trace".to_owned(),
        served => format!(", while {} answered {}: it is up", one.at(), few(served)),
    };
    let others = match count {
        0 | 1 => String::new(),
        count => format!(", as all {count} requests from {} since then", one.by()),
    };
    let own = one.user("From");
    let shared = if whose.is_empty() || whose.contains(&own) {
        String::new()
    } else {
        format!("; {own} comes from the same address and had no part in it")
    };
    let values = values![
        ("name", one.name()),
        ("sent", sent(one)),
        ("others", others),
        ("from", one.by()),
        ("to", one.at()),
        ("served", meanwhile),
        ("before", before),
        ("shared", shared),
    ];
    let found = Found::new("address-banned", &values, &one.proof())?;
    is_told.then(|| found.that_decides())
}

/// Returns the first names of some.
fn few(names: &[String]) -> String {
    list(&names[..names.len().min(3)])
}

/// Returns how often requests from an address had been refused before it was shut out, and whose they were.
fn refused(
    one: &Attempt<'_>,
    answered: &[&Attempt<'_>],
    last: u64,
) -> Option<(String, Vec<String>)> {
    let is_refusal = |other: &&&Attempt<'_>| {
        let is_wrong = match other.code() {
            // Whose nonce has run out is not refused.
            Some(code @ (401 | 407)) => {
                let answer = other.answer.map(|(answer, _)| digests::asked(answer, code));
                has_credentials(other.request) && answer.is_some_and(|asked| !asked.is_stale)
            }
            Some(403 | 404) => matches!(other.request.method(), b"REGISTER" | b"INVITE"),
            _ => false,
        };
        is_wrong && other.micros + WHILE > last
    };
    let all = || answered.iter().filter(is_refusal);
    let latest = all().next_back()?;
    if all().count() < REFUSALS || last > latest.micros + SOON {
        return None;
    }
    let whose = distinct(&mut all().map(|other| other.user("From")));
    let codes = distinct(&mut all().filter_map(|other| Some(other.code()?.to_string())));
    let says = format!(
        "it had refused {} from {} {} ({}), the last time {}",
        few(&whose),
        one.by(),
        times(all().count()),
        list(&codes),
        ago(one.micros, latest.micros)
    );
    Some((says, whose))
}

/// Returns the name of a request, behind that of the call of which it became.
pub(super) fn led(own: &Attempt<'_>, one: &Attempt<'_>) -> String {
    match one.own {
        Some(_) => one.name(),
        None => format!("{} became {}, which", own.name(), one.name()),
    }
}

/// Returns that a peer answers nobody any more, while others are there.
fn dead(
    own: &Attempt<'_>,
    one: &Attempt<'_>,
    all: &[Attempt<'_>],
    is_silent: &dyn Fn(&Attempt<'_>) -> bool,
) -> Option<Found> {
    let there = all.iter().filter(|other| other.server == one.server);
    let heard = there.clone().filter_map(|other| other.heard);
    let last = heard.clone().filter(|at| *at < one.micros).max();
    let back = heard.clone().filter(|at| *at > one.micros).min();
    let is_then = |other: &&Attempt<'_>| {
        Some(other.micros) >= last && back.is_none_or(|back| other.micros < back)
    };
    let silent: Vec<&Attempt<'_>> = there
        .filter(is_then)
        .filter(|other| is_silent(other))
        .collect();
    let begins = silent.first()?.micros;
    let others = all.iter().filter(|other| {
        other.client == one.client && other.server != one.server && other.heard > Some(begins)
    });
    let others = distinct(&mut others.map(Attempt::at));
    let calls = distinct(&mut silent.iter().map(|other| text(other.call_id())));
    // What came back before it was given up is a loss.
    if others.is_empty() || calls.len() < 2 || one.copies < 2 && is_udp(one) {
        return None;
    }
    let since = match last {
        Some(last) => format!("The last answer from there came {}", ago(one.micros, last)),
        None => "No answer from there is in this trace".to_owned(),
    };
    let back = back.map(|back| format!(", and the next one {}", ago(one.micros, back)));
    let own_calls = silent
        .iter()
        .filter(|other| other.is_invite() && other.client == one.client);
    let count = distinct(&mut own_calls.map(|other| text(other.call_id()))).len();
    let still = match count {
        3.. => format!(
            ". {} has begun {count} calls there in this time, so it does not take it out of use",
            one.by()
        ),
        _ => String::new(),
    };
    let back = back.unwrap_or_default() + &still;
    let values = values![
        ("name", led(own, one)),
        ("sent", sent(one)),
        ("from", one.by()),
        ("to", one.at()),
        ("count", silent.len().to_string()),
        ("since", since),
        ("back", back),
        ("others", few(&others)),
    ];
    Found::new("peer-dead", &values, &own.proof()).map(Found::that_decides)
}

/// Returns that an element refuses calls since it does not hear from the peer to which they would go.
fn given_up(
    one: &Attempt<'_>,
    all: &[Attempt<'_>],
    is_silent: &dyn Fn(&Attempt<'_>) -> bool,
) -> Option<Found> {
    let code = one.code().filter(|code| MADE_UP.contains(code))?;
    let (answer, _) = one
        .answer
        .filter(|_| one.is_invite() && one.rang.is_none())?;
    let leg = legs::further(one, all);
    if leg.is_some_and(|leg| leg.heard.is_some()) || answer.code() != Some(code) {
        return None;
    }
    if let Some(leg) = leg {
        return places::moved(one, leg, all)
            .or_else(|| pointed::to_private(one, leg, all))
            .or_else(|| dead(one, leg, all, is_silent))
            .or_else(|| unanswered(one, leg));
    }
    // Of a proxy the other leg has the same Call-ID.
    match groups::down(one, all) {
        None => pinged(one, all, is_silent),
        Some(_) => None,
    }
}

/// Returns that the peer to which an earlier call for the same number went answers nothing that an element sends there.
fn pinged(
    one: &Attempt<'_>,
    all: &[Attempt<'_>],
    is_silent: &dyn Fn(&Attempt<'_>) -> bool,
) -> Option<Found> {
    let own = all
        .iter()
        .filter(|other| other.client == one.server && other.server != one.client);
    let is_alike = |other: &&Attempt<'_>| {
        other.is_invite() && other.is_success() && legs::is_number(&other.callee(), &one.callee())
    };
    let was = own.clone().find(is_alike)?;
    let until = one.micros + one.took()?;
    let there = own.filter(|other| other.server == was.server && other.micros < until);
    let heard = there.clone().filter_map(|other| other.heard);
    let last = heard.filter(|at| *at < one.micros).max();
    let silent: Vec<&Attempt<'_>> = there
        .filter(|other| Some(other.micros) > last && is_silent(other))
        .collect();
    let since = last.map(|last| ago(one.micros, last));
    let since = since.map(|ago| format!("; the last answer from there came {ago}"));
    let kinds = distinct(&mut silent.iter().map(|other| other.method()));
    let values = values![
        ("name", one.name()),
        ("code", one.code()?.to_string()),
        ("by", one.at()),
        ("took", lasting(one.took()?)),
        ("peer", was.at()),
        ("callee", was.callee()),
        ("count", silent.len().to_string()),
        ("kinds", list(&kinds)),
        ("begins", ago(one.micros, silent.first()?.micros)),
        ("since", since.unwrap_or_default()),
    ];
    Found::new("peer-given-up", &values, &one.proof()).map(Found::that_decides)
}

/// Returns that what became of a request at another element got no answer.
fn unanswered(one: &Attempt<'_>, leg: &Attempt<'_>) -> Option<Found> {
    let values = values![
        ("name", one.name()),
        ("code", one.code()?.to_string()),
        ("by", one.at()),
        ("leg", leg.name()),
        ("to", leg.at()),
        ("sent", sent(leg)),
        ("known", text(leg.call_id())),
    ];
    Found::new("leg-unanswered", &values, &one.proof()).map(Found::that_decides)
}
