//! What a peer takes and what it refuses, as other calls by the same way tell: how many at once.

use super::accounts;
use super::attempts::{Attempt, ago, distinct};
use super::callers;
use super::forms;
use super::found::{Found, values};
use super::hidden;
use super::limits;
use super::order::{SECOND, lasting};
use crate::explain::causes;
use crate::explain::words::list;
use crate::message::{Reason, reasons};

/// Nobody who is asked himself answers in this time.
pub(super) const AT_ONCE: u64 = SECOND / 2;
/// What a peer says that takes no more calls.
pub(super) const FULL: [u16; 7] = [403, 480, 486, 500, 503, 600, 603];
/// The causes of ISDN for a way that has no channel left.
const NO_CHANNEL: [u16; 2] = [34, 44];

/// What is found of a request: the pattern and what its sentence says.
pub(super) type Told = (&'static str, Values);
pub(super) type Values = Vec<(&'static str, String)>;

/// Returns why a peer refuses a request.
pub(super) fn told(one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Told> {
    let invites: Vec<&Attempt<'_>> = all.iter().filter(|one| one.is_invite()).collect();
    let (id, values) = full(one, &invites)
        .or_else(|| forms::told(one, &invites))
        .or_else(|| limits::rate(one, &invites))
        .or_else(|| accounts::called(one, &invites, all))
        .or_else(|| hidden::told(one, &invites))
        .or_else(|| callers::told(one, &invites))
        .or_else(|| limits::barred(one, &invites))
        .or_else(|| limits::of_caller(one, &invites))?;
    let own = values![
        ("name", one.name()),
        ("code", one.code().unwrap_or_default().to_string()),
        ("callee", one.callee()),
        ("from", one.by()),
        ("to", one.at()),
        ("reason", reason(one)),
    ];
    Some((id, values.into_iter().chain(own).collect()))
}

/// Returns it for a request of the call.
pub(super) fn found(one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let (id, values) = told(one, all)?;
    Found::new(id, &values, &one.proof()).map(Found::that_decides)
}

/// Returns what the Reason fields of its final response say, in brackets.
pub(super) fn reason(one: &Attempt<'_>) -> String {
    let fields = one
        .answer
        .into_iter()
        .flat_map(|(answer, _)| answer.all("Reason").collect::<Vec<_>>());
    let said: Vec<String> = fields
        .flat_map(|field| reasons(field.value))
        .map(|reason| causes::said(&reason))
        .collect();
    match said.as_slice() {
        [] => String::new(),
        said => format!(" (Reason {})", list(said)),
    }
}

/// Returns whether a request was refused at once, and as another one was.
pub(super) fn is_full(other: &Attempt<'_>, one: &Attempt<'_>) -> bool {
    let is_soon = other.took().is_some_and(|took| took < AT_ONCE);
    is_soon && !other.is_through() && other.code() == one.code()
}

/// Returns that refusals come only while so many calls are up.
fn full(one: &Attempt<'_>, invites: &[&Attempt<'_>]) -> Option<Told> {
    if !one.code().is_some_and(|code| FULL.contains(&code)) || !is_full(one, one) {
        return None;
    }
    let caller = one.user("From");
    let is_there = |other: &Attempt<'_>| other.server == one.server;
    let is_back =
        |other: &Attempt<'_>| (&other.client, &other.server) == (&one.server, &one.client);
    let all = |is_of: &dyn Fn(&Attempt<'_>) -> bool| -> Vec<&Attempt<'_>> {
        invites
            .iter()
            .copied()
            .filter(|other| is_of(other))
            .collect()
    };
    let between = all(&|other| other.is_on_way(one) || is_back(other));
    let of_caller = all(&|other| is_there(other) && other.user("From") == caller);
    let place = format!("between {} and {}", one.by(), one.at());
    at_most(one, &between, place)
        .or_else(|| at_most(one, &of_caller, format!("from {caller}")))
        .or_else(|| at_most(one, &all(&is_there), format!("by {}", one.at())))
}

/// Returns that of some calls no more are up at once.
fn at_most(one: &Attempt<'_>, of: &[&Attempt<'_>], place: String) -> Option<Told> {
    let up = |at: &Attempt<'_>| {
        let others = of.iter().filter(|other| other.call_id() != at.call_id());
        others.filter(|other| other.is_up(at.micros)).count()
    };
    let callee = one.callee();
    // Whoever is in a call himself is busy.
    let is_in = |other: &Attempt<'_>| {
        [other.callee(), other.user("From"), other.user("To")].contains(&callee)
    };
    let mut busy = of.iter().filter(|other| other.is_up(one.micros));
    let through = || of.iter().filter(|other| other.is_through());
    let (count, most) = (up(one), through().map(|other| up(other)).max()?);
    if busy.any(|other| is_in(other)) || count != most + 1 {
        return None;
    }
    let refused = || of.iter().filter(|other| is_full(other, one));
    let callees = distinct(&mut refused().map(|other| other.callee()));
    let reached = through().find(|other| other.callee() == callee);
    let is_enough = match count {
        1 => callees.len() > 1 && reached.is_some(),
        _ => callees.len() > 1 || reached.is_some(),
    };
    if !is_enough || refused().any(|other| up(other) < count) {
        return None;
    }
    let reached = reached.map(|other| {
        format!(
            "; {callee} itself was reached {}",
            ago(one.micros, other.micros)
        )
    });
    let refusals = match refused().count() {
        1 => String::new(),
        all => format!(
            " All {all} such refusals in this trace came while so many were up, and none with fewer."
        ),
    };
    // Calls for help are not to be counted among the others.
    let is_help = ["112", "911", "110", "999", "000"].contains(&callee.as_str());
    let help = is_help
        .then(|| format!(" {callee} calls for help: such a call has to get through all the same."));
    let refusals = refusals + &help.unwrap_or_default();
    let values = values![
        ("took", lasting(one.took()?)),
        ("count", calls(count)),
        ("place", place),
        ("reached", reached.unwrap_or_default()),
        ("refusals", refusals),
        ("limit", count.to_string()),
    ];
    // What the network says itself is no guess.
    let id = if is_caused(one, &NO_CHANNEL) {
        "peer-full-told"
    } else {
        "peer-full"
    };
    Some((id, values))
}

fn calls(count: usize) -> String {
    match count {
        1 => "one call was".to_owned(),
        count => format!("{count} calls were"),
    }
}

/// Returns whether the Reason of a final response names one of these causes of ISDN.
pub(super) fn is_caused(one: &Attempt<'_>, causes: &[u16]) -> bool {
    let is_it = |reason: &Reason| {
        reason.is_q850() && reason.cause.is_some_and(|cause| causes.contains(&cause))
    };
    one.answer.is_some_and(|(answer, _)| {
        let mut all = answer.all("Reason").flat_map(|field| reasons(field.value));
        all.any(|reason| is_it(&reason))
    })
}
