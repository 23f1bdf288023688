//! Causes of ISDN that tell another thing than the code beside them, and calls that the network behind a gateway ended.

use core::net::SocketAddr;

use super::attempts::{Attempt, distinct};
use super::found::{Found, values};
use super::order::{Call, Hop, SECOND};
use super::trunks;
use crate::explain::words::list;
use crate::message::{Reason, reasons};

/// Causes that are of the network and its lines, and of nobody who hangs up or refuses.
const OF_NETWORK: [u16; 9] = [27, 34, 38, 41, 42, 43, 44, 46, 47];
/// Codes that are of the number, or of whom it is.
const OF_CALLEE: [u16; 7] = [404, 410, 484, 486, 600, 603, 604];
/// Causes that are of the number, or of whom it is, and the code that is made of each (RFC 3398 section 7.2.4.1).
const CODES: [(u16, u16); 5] = [(1, 404), (17, 486), (21, 403), (22, 410), (28, 484)];
/// Codes that are of the server or the way, so that another one is tried.
const OF_SERVER: [u16; 4] = [500, 502, 503, 504];
/// What ends for one reason ends so soon one after another.
const AT_ONCE: u64 = 2 * SECOND;

/// Returns that the code of a refusal and the cause in its Reason are against each other.
pub(super) fn found(all: &[Attempt<'_>]) -> Option<Found> {
    let own = all
        .iter()
        .filter(|one| one.own.is_some() && one.is_invite());
    let unfit = own.filter_map(|one| Some((one, unfit(one)?)));
    // What comes from afar, others passed on.
    let vias = |one: &Attempt<'_>| one.request.values("Via").count();
    let (one, (why, right)) = unfit.max_by_key(|(one, _)| vias(one))?;
    let is_next = |other: &&Attempt<'_>| {
        let is_later = other.micros > one.micros && other.server != one.server;
        is_later && other.is_invite() && other.client == one.client && other.is_of(one)
    };
    let next = distinct(&mut all.iter().filter(is_next).map(Attempt::at));
    let tried = match next.as_slice() {
        [] => String::new(),
        next => format!(" ({} went on to {})", one.by(), list(next)),
    };
    let values = values![
        ("name", one.name()),
        ("to", one.at()),
        ("code", one.code()?.to_string()),
        ("reason", trunks::reason(one)),
        ("why", why.to_owned()),
        ("tried", tried),
        ("cause", own_cause(one)?.to_string()),
        ("right", right.to_string()),
    ];
    Found::new("cause-unfit", &values, &one.proof()).map(Found::that_decides)
}

/// Returns why the cause of a refusal does not fit its code, and the code that does.
fn unfit(one: &Attempt<'_>) -> Option<(&'static str, u16)> {
    let (code, cause) = (one.code()?, own_cause(one)?);
    if OF_CALLEE.contains(&code) && OF_NETWORK.contains(&cause) && one.rang.is_none() {
        let why = "the cause is of the network, and the code of the callee: so nobody tries another way, and the caller hears what is not true";
        return Some((why, 503));
    }
    let (_, right) = CODES.iter().find(|(own, _)| *own == cause)?;
    let why = "the cause is of the callee, and the code of a server that is out of order: so another way is tried, which does not help";
    OF_SERVER.contains(&code).then_some((why, *right))
}

/// Returns the cause of ISDN of a final response.
fn own_cause(one: &Attempt<'_>) -> Option<u16> {
    let (answer, _) = one.answer?;
    let mut all = answer.all("Reason").flat_map(|field| reasons(field.value));
    all.find(Reason::is_q850)?.cause
}

/// Returns how many calls the network ended with a BYE, this one among them; none where somebody may have hung up.
pub(super) fn ended(call: &Call<'_>, bye: &Hop<'_>) -> Option<usize> {
    let at = *bye.requests.first()?;
    let mut all = call
        .message(at)
        .all("Reason")
        .flat_map(|field| reasons(field.value));
    let cause = all.find(Reason::is_q850)?.cause?;
    let ip = |from: Option<SocketAddr>| from.map(|from| from.ip());
    let by = ip(call.record(at).from);
    let is_beside = |other: &&super::others::Other<'_>| {
        let is_soon = call
            .micros(at)
            .is_some_and(|at| at.abs_diff(other.micros) <= AT_ONCE);
        let is_bye = other.message.is_request() && other.message.method() == b"BYE";
        is_soon && is_bye && by.is_some() && ip(other.from) == by
    };
    let beside = call.others.iter().filter(is_beside).count();
    OF_NETWORK.contains(&cause).then_some(beside + 1)
}
