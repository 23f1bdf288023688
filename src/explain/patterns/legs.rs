//! Two calls of which one became of the other at an element between: what it changed, and calls that are sent round.

use super::attempts::{Attempt, ago, distinct};
use super::behind::{self, Shown};
use super::forms;
use super::found::{Found, values};
use super::offers;
use super::order::{SECOND, lasting, times};
use super::shortened;
use super::trunks;
use crate::explain::call::named;
use crate::explain::words::{list, short, text};
use crate::message::{is_same_user, user};

/// What an element sends on it sends within this time.
pub(super) const SOON: u64 = SECOND;
/// What comes back it passes on within this one.
pub(super) const ON: u64 = 2 * SECOND;
/// Redirections belong together that come so soon one after another.
const ROUND: u64 = 10 * SECOND;

/// Returns what the other leg of a call tells.
pub(super) fn found(all: &[Attempt<'_>], shown: &dyn Fn(&[u8]) -> Shown) -> Vec<Found> {
    let own = || {
        all.iter()
            .filter(|one| one.own.is_some() && one.is_invite())
    };
    let round = own().find_map(|one| round(one, all).or_else(|| again(one, all)));
    let each = own().filter(|one| one.is_refused());
    let each = each.filter_map(|one| {
        let leg = further(one, all);
        let peer = nearer(one, all).and_then(|near| spoiled(one, near, one));
        let peer = peer.or_else(|| shortened::found(one, all));
        let peer = peer.or_else(|| offers::of_leg(one, leg?, all));
        let peer = peer.or_else(|| behind::found(one, leg?, all, shown));
        let peer = peer.or_else(|| behind::challenged(one, one, leg?, all));
        let peer = peer.or_else(|| trunks::found(one, all));
        let peer = peer.or_else(|| of_leg(one, leg?, all));
        let peer = peer.or_else(|| leg.and_then(|leg| changed(one, one, leg)));
        peer.or_else(|| changed(one, nearer(one, all)?, one))
    });
    let early = own().filter(|one| !one.is_success()).find_map(|one| {
        further(one, all)
            .and_then(|leg| early(one, one, leg))
            .or_else(|| early(one, nearer(one, all)?, one))
    });
    let challenged = own()
        .filter(|one| one.is_step())
        .find_map(|one| behind::challenged(one, nearer(one, all)?, one, all));
    let mut found: Vec<Found> = each.chain(challenged).take(1).collect();
    if round.is_some() {
        found.clear();
    }
    round.into_iter().chain(found).chain(early).collect()
}

/// Returns whether two numbers are one, but for what stands before it.
pub(super) fn is_number(one: &str, other: &str) -> bool {
    is_same_user(one.as_bytes(), other.as_bytes())
}

/// Returns whether the second may be what became of the first at an element between.
pub(super) fn became(one: &Attempt<'_>, other: &Attempt<'_>) -> bool {
    let apart = other.micros.checked_sub(one.micros);
    let is_soon = apart.is_some_and(|apart| apart <= SOON);
    let is_while = one.answer.is_none_or(|(_, at)| other.micros <= at);
    // Most are told apart by their times, without a look at who calls whom.
    if !is_soon || !is_while || one.call_id() == other.call_id() {
        return false;
    }
    let is_for = is_number(&one.callee(), &other.callee());
    let is_by = is_number(&one.user("From"), &other.user("From"));
    let is_there = one.server == other.client && one.client != other.server;
    is_for && (is_there || is_by)
}

/// Returns what became of a request at the element that got it: what it tried last, before it answered.
pub(super) fn further<'b, 'a>(
    one: &Attempt<'a>,
    all: &'b [Attempt<'a>],
) -> Option<&'b Attempt<'a>> {
    let invites = || all.iter().filter(|other| other.is_invite());
    let first = invites().find(|other| became(one, other))?;
    let ends = one.answer.map_or(u64::MAX, |(_, at)| at);
    let is_next = |other: &&Attempt<'_>| {
        other.client == first.client
            && other.micros <= ends
            && other.micros >= first.micros
            && is_number(&other.callee(), &one.callee())
            && is_number(&other.user("From"), &first.user("From"))
    };
    invites().rfind(is_next)
}

/// Returns of what a request became.
pub(super) fn nearer<'b, 'a>(one: &Attempt<'a>, all: &'b [Attempt<'a>]) -> Option<&'b Attempt<'a>> {
    let mut invites = all.iter().rev().filter(|other| other.is_invite());
    invites.find(|other| became(other, one))
}

/// Returns how long after one final response the other came, if it may have been made of it.
pub(super) fn passed_on(near: &Attempt<'_>, far: &Attempt<'_>) -> Option<u64> {
    let (got, sent) = (far.answer?.1, near.answer?.1);
    sent.checked_sub(got).filter(|gap| *gap <= ON)
}

/// Returns why the other leg was refused.
fn of_leg(one: &Attempt<'_>, leg: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    passed_on(one, leg).filter(|_| leg.is_refused())?;
    spoiled(one, one, leg).or_else(|| {
        let (id, values) = trunks::told(leg, all)?;
        Found::new(id, &values, &one.proof()).map(Found::that_decides)
    })
}

/// Returns that an element put a prefix before a number of three digits.
fn spoiled(one: &Attempt<'_>, near: &Attempt<'_>, far: &Attempt<'_>) -> Option<Found> {
    let (dialled, sent) = (near.callee(), far.callee());
    if !forms::is_spoiled(&sent, &dialled) || !far.is_refused() {
        return None;
    }
    let prefix = sent.strip_suffix(dialled.as_str())?.to_owned();
    let values = values![
        ("name", named(near.request)),
        ("from", near.by()),
        ("dialled", dialled),
        ("by", far.by()),
        ("sent", sent),
        ("prefix", prefix),
        ("to", far.at()),
        ("code", far.code()?.to_string()),
        ("reason", trunks::reason(far)),
    ];
    Found::new("number-spoiled", &values, &one.proof()).map(Found::that_decides)
}

/// Returns that an element made another code of the one that it got.
fn changed(one: &Attempt<'_>, near: &Attempt<'_>, far: &Attempt<'_>) -> Option<Found> {
    let gap = passed_on(near, far)?;
    let (code, other) = (near.code()?, far.code()?);
    let reason = trunks::reason(far);
    let is_dropped = !reason.is_empty() && trunks::reason(near).is_empty();
    if !near.is_refused() || !far.is_refused() || code == other && !is_dropped {
        return None;
    }
    let values = values![
        ("name", named(near.request)),
        ("by", far.by()),
        ("code", code.to_string()),
        ("other", other.to_string()),
        ("reason", reason),
        ("from", far.at()),
        ("callee", far.callee()),
        ("gap", lasting(gap)),
        ("own", short(&text(near.call_id()))),
        ("known", short(&text(far.call_id()))),
    ];
    let id = if code == other {
        "leg-reason-dropped"
    } else {
        "leg-code-changed"
    };
    Found::new(id, &values, &one.proof()).map(Found::that_decides)
}

/// Returns that an element kept back what was to be heard before the answer.
fn early(one: &Attempt<'_>, near: &Attempt<'_>, far: &Attempt<'_>) -> Option<Found> {
    let code = far
        .early
        .filter(|_| near.early.is_none() && near.rang.is_some())?;
    let (got, sent) = (far.rang?, near.rang?);
    sent.checked_sub(got).filter(|gap| *gap <= ON)?;
    let values = values![
        ("name", named(near.request)),
        ("by", far.by()),
        ("code", code.to_string()),
        ("from", far.at()),
        ("gap", lasting(sent - got)),
        ("known", short(&text(far.call_id()))),
    ];
    Found::new("early-media-dropped", &values, &one.proof())
}

/// Returns that phones redirect a call to one another.
fn round(one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let is_end = one.is_refused() || matches!(one.code(), Some(301 | 302 | 487));
    let (answer, ends) = one.answer.filter(|_| is_end)?;
    let is_then =
        |other: &&Attempt<'_>| other.micros + ROUND >= one.micros && other.micros <= ends + ROUND;
    let is_redirect = |other: &&Attempt<'_>| matches!(other.code(), Some(301 | 302));
    let near: Vec<&Attempt<'_>> = all.iter().filter(is_then).filter(is_redirect).collect();
    let members = members(one, &near)?;
    let of: Vec<&&Attempt<'_>> = near
        .iter()
        .filter(|other| members.contains(&other.callee()))
        .collect();
    // A proxy follows them within one call; who is told of them himself is another one.
    let alone: Vec<&&Attempt<'_>> = of
        .iter()
        .filter(|other| other.call_id() == one.call_id() && other.client == one.server)
        .copied()
        .collect();
    let is_told = |member: &String| alone.iter().any(|other| other.callee() == *member);
    let is_alone = answer.code() >= Some(400) && members.iter().all(is_told);
    let of = if is_alone { alone } else { of };
    let calls = distinct(&mut of.iter().map(|other| text(other.call_id())));
    if calls.len() < 2 && !is_alone {
        return None;
    }
    let way = members
        .iter()
        .chain(members.first())
        .cloned()
        .collect::<Vec<_>>()
        .join(" -> ");
    let (first, last) = (of.first()?.micros, of.last()?.answer?.1);
    let each = if is_alone {
        let by = of.last()?.by();
        format!("all in one call: {by} follows them, and comes back to where it has been")
    } else {
        anew(calls.len(), &mut all.iter().filter(is_then))
    };
    let ended = match answer.code() {
        Some(301 | 302) => String::new(),
        _ => format!("; that is why {} got {}", named(one.request), one.code()?),
    };
    let values = values![
        ("way", way),
        ("count", of.len().to_string()),
        ("span", lasting(last.saturating_sub(first))),
        ("each", each),
        ("ended", ended),
        ("members", list(&members)),
        ("begins", ago(one.micros, first)),
    ];
    Found::new("forwarded-round", &values, &one.proof()).map(Found::that_decides)
}

/// Returns the users who redirect a call to one another.
fn members(one: &Attempt<'_>, near: &[&Attempt<'_>]) -> Option<Vec<String>> {
    let next = |callee: &str| {
        let own = near.iter().find(|other| other.callee() == callee)?;
        let contact = own.answer?.0.values("Contact").next()?;
        Some(text(user(contact))).filter(|next| next != callee)
    };
    let mut members = vec![one.callee()];
    loop {
        let to = next(members.last()?)?;
        if let Some(at) = members.iter().position(|known| *known == to) {
            members.drain(..at);
            return Some(members);
        }
        members.push(to);
    }
}

/// Returns that an element begins a call of its own for each redirection.
fn anew(calls: usize, near: &mut dyn Iterator<Item = &Attempt<'_>>) -> String {
    let most = near
        .map(|other| other.request.values("Diversion").count())
        .max();
    let most = most
        .filter(|most| *most > 1)
        .map(|most| format!(", with up to {most} entries in Diversion"));
    format!(
        "each in a call of its own ({calls} Call-IDs){}. An element that begins anew each time, with a new Max-Forwards, takes away what stops loops",
        most.unwrap_or_default()
    )
}

/// Returns that a call was forwarded by one user more than once, with others between.
fn again(one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let (_, ends) = one.answer.filter(|_| one.is_refused())?;
    let is_of = |other: &&Attempt<'_>| {
        let is_leg =
            other.client == one.server && is_number(&other.user("From"), &one.user("From"));
        let is_then = (one.micros..=ends).contains(&other.micros);
        other.own.is_some() || other.is_invite() && is_leg && is_then
    };
    let fields = ["Diversion", "History-Info"];
    let mut each = all
        .iter()
        .filter(is_of)
        .flat_map(|other| fields.map(|field| (other, field)));
    each.find_map(|(other, field)| {
        let values = other.request.values(field);
        let users: Vec<String> = values.map(|value| text(user(value))).collect();
        let is_again = |at: &usize| {
            let before = users[..*at].iter().rposition(|own| *own == users[*at]);
            before.is_some_and(|before| before + 1 < *at)
        };
        let who = &users[(0..users.len()).find(is_again)?];
        let count = users.iter().filter(|own| *own == who).count();
        let values = values![
            ("field", field.to_owned()),
            ("other", other.name()),
            ("users", list(&users)),
            ("who", who.clone()),
            ("times", times(count)),
            ("name", one.name()),
            ("code", one.code()?.to_string()),
        ];
        Found::new("forwarded-again", &values, &one.proof()).map(Found::that_decides)
    })
}
