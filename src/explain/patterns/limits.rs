//! What a peer does not let pass, as other calls to it tell: too many at once, to some numbers, or of one user.

use super::attempts::{Attempt, distinct};
use super::forms;
use super::found::values;
use super::order::{SECOND, lasting};
use super::trunks::{self, Told};
use crate::explain::words::list;

/// Refusals that nobody has to think about come so soon.
const SOON: u64 = 2 * SECOND;
/// What a peer says for where it lets no call pass.
const BARRED: [u16; 6] = [402, 403, 480, 503, 603, 606];
/// What it says to whom it lets no call pass.
const SHUT_OUT: [u16; 10] = [402, 403, 404, 484, 500, 503, 603, 604, 607, 608];
/// So many digits at least are a prefix, with what stands for them.
const PREFIX: usize = 2;
/// So many calls are a burst.
const BURST: usize = 3;

/// Returns that refusals come only where so many calls begin in a second.
pub(super) fn rate(one: &Attempt<'_>, invites: &[&Attempt<'_>]) -> Option<Told> {
    let is_it = one.code().is_some_and(|code| trunks::FULL.contains(&code));
    if !is_it || !trunks::is_full(one, one) {
        return None;
    }
    let way = || invites.iter().filter(|other| other.is_on_way(one));
    // How many began in the second that ends with one, itself among them.
    let count = |at: &Attempt<'_>| {
        let is_then =
            |other: &&&Attempt<'_>| other.micros <= at.micros && other.micros + SECOND > at.micros;
        way().filter(is_then).count()
    };
    let refused = || way().filter(|other| trunks::is_full(other, one));
    let least = refused().map(|other| count(other)).min()?;
    let through = || way().filter(|other| other.is_through());
    let most = through().map(|other| count(other)).max()?;
    let callees = distinct(&mut refused().map(|other| other.callee()));
    let callee = one.callee();
    let later = through().find(|other| other.callee() == callee && other.micros > one.micros);
    let is_burst = least >= BURST || later.is_some() && refused().count() > 1;
    let is_rule = least > most && least > 1 && is_burst && through().count() > 1;
    if !is_rule || callees.len() < 2 && later.is_none() {
        return None;
    }
    let later = later.map(|other| {
        let gap = lasting(other.micros - one.micros);
        format!("; {callee} itself was reached {gap} later")
    });
    let refusals = match refused().count() {
        1 => "this refusal".to_owned(),
        all => format!("all {all} such refusals in this trace"),
    };
    let values = values![
        ("took", lasting(one.took()?)),
        ("count", count(one).to_string()),
        ("refusals", refusals),
        ("least", least.to_string()),
        ("most", most.to_string()),
        ("later", later.unwrap_or_default()),
    ];
    Some(("peer-rate", values))
}

/// Returns whether a request was refused at once with a code.
fn is_barred(one: &Attempt<'_>, code: u16) -> bool {
    let is_soon = one.took().is_some_and(|took| took < SOON);
    is_soon && one.code() == Some(code) && !one.is_through()
}

/// Returns that no call to numbers with the same first digits passes, and those to others do.
pub(super) fn barred(one: &Attempt<'_>, invites: &[&Attempt<'_>]) -> Option<Told> {
    let code = one.code().filter(|code| BARRED.contains(code))?;
    let number = one.callee();
    forms::digits(&number).filter(|_| is_barred(one, code))?;
    let way = || {
        invites
            .iter()
            .filter(|other| other.is_on_way(one) && !other.is_step())
    };
    let others = way().filter(|other| other.is_through());
    let passed = distinct(&mut others.clone().map(|other| other.callee()));
    let callers = distinct(&mut others.map(|other| other.user("From")));
    // The shortest prefix that no number has which was reached.
    let is_free = |length: &usize| {
        let prefix = number.get(..*length).unwrap_or(&number);
        !passed.iter().any(|other| other.starts_with(prefix))
    };
    let length = (PREFIX..number.len().saturating_sub(1)).find(is_free)?;
    let prefix = number.get(..length)?.to_owned();
    let of = || way().filter(|other| other.callee().starts_with(&prefix));
    let numbers = distinct(&mut of().map(|other| other.callee()));
    let is_all = of().all(|other| is_barred(other, code));
    let is_his = callers.contains(&one.user("From"));
    if !is_all || !is_his || numbers.len() < 2 || passed.len() < 2 {
        return None;
    }
    let values = values![
        ("all", of().count().to_string()),
        ("prefix", prefix),
        ("numbers", list(&numbers)),
        ("passed", passed.len().to_string()),
        ("like", passed[0].clone()),
        ("caller", one.user("From")),
    ];
    Some(("peer-barred", values))
}

/// Returns that an element refuses all calls of one user, whoever they are for, and those of others pass.
pub(super) fn of_caller(one: &Attempt<'_>, invites: &[&Attempt<'_>]) -> Option<Told> {
    let code = one.code().filter(|code| SHUT_OUT.contains(code))?;
    let own_user = one.user("From");
    let there = || {
        invites
            .iter()
            .filter(|other| other.server == one.server && !other.is_step())
    };
    let own = || there().filter(|other| other.user("From") == own_user);
    let callees = distinct(&mut own().map(|other| other.callee()));
    let others = || there().filter(|other| other.user("From") != own_user && other.is_through());
    // Who was not there and came later is no sign.
    let is_twin = |other: &&&Attempt<'_>| {
        let mut calls = own().filter(|call| call.callee() == other.callee());
        calls.any(|call| code != 404 || other.micros < call.micros)
    };
    let twin = others().find(is_twin);
    let twin = twin.map(|other| (other.user("From"), other.callee()));
    let (who, callee) = twin.filter(|(who, _)| !who.is_empty() && !own_user.is_empty())?;
    let is_all = own().all(|other| is_barred(other, code));
    let is_else = there().any(|other| other.user("From") != own_user && is_barred(other, code));
    if !is_all || is_else || callees.len() < 2 {
        return None;
    }
    let values = values![
        ("caller", own_user.clone()),
        ("count", own().count().to_string()),
        ("callees", list(&callees)),
        ("reached", callee),
        ("who", who),
    ];
    Some(("caller-barred", values))
}
