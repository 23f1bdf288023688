//! A BYE that the other side does not take: nothing answers it, or it wants credentials that do not come.

use super::found::{Found, values};
use super::order::{Call, Hop, SECOND, TIMEOUT, lasting, target, times};
use crate::explain::call::named;
use crate::explain::dialog::host;
use crate::explain::words::text;
use crate::message::Host;

/// So soon after a 2xx an ACK is on its way.
const HASTE: u64 = 4 * SECOND;

/// Returns a BYE that was asked for credentials and not sent again, and what the other side still sent in the dialog.
pub(super) fn unrepeated(
    call: &Call<'_>,
    bye: &Hop<'_>,
    request: usize,
    outcome: usize,
) -> Option<Found> {
    let again = call
        .requests(b"BYE")
        .any(|other| other.from == bye.from && other.number > bye.number);
    if again || !call.goes_on(outcome, TIMEOUT) {
        return None;
    }
    let later = call
        .hops
        .iter()
        .find(|hop| hop.from == bye.to && hop.first() > Some(outcome) && !hop.requests.is_empty());
    let later = later.and_then(|hop| hop.requests.first().copied());
    let holds = later.and_then(|at| Some((at, call.gap(outcome, at)?)));
    let holds = holds.map(|(at, gap)| {
        format!(
            ": {} later it sent {}",
            lasting(gap),
            named(call.message(at))
        )
    });
    let (from, to) = call.between(request);
    let values = values![
        ("name", bye.name()),
        ("code", call.code(outcome).to_string()),
        ("from", from),
        ("to", to),
        ("holds", holds.unwrap_or_default()),
    ];
    let proof: Vec<usize> = [request, outcome].into_iter().chain(later).collect();
    Found::new("bye-unrepeated", &values, &proof).map(Found::that_decides)
}

/// Returns a BYE that nothing answers, and whether it goes to an address that only its own network reaches.
pub(super) fn unanswered(call: &Call<'_>, hop: &Hop<'_>, request: usize) -> Option<Found> {
    if !hop.is("BYE") || hop.requests.len() < 3 {
        return None;
    }
    let uri = text(target(call.message(request)));
    let is_private = Host::of(host(&uri).as_bytes()) == Host::Private;
    let is_routed = call.message(request).has("Route");
    let private = if is_private && !is_routed {
        format!("; it goes to {uri}, which is a private address")
    } else {
        String::new()
    };
    let elsewhere = elsewhere(call, request).filter(|_| !is_routed);
    let elsewhere = elsewhere.map_or_else(String::new, |other| {
        format!(
            "; it goes to {}, as Contact says, and all else of that side comes from {other}",
            call.between(request).1
        )
    });
    let private = private + &elsewhere;
    let values = values![
        ("name", hop.name()),
        ("times", times(hop.requests.len())),
        ("to", call.between(request).1),
        ("private", private),
    ];
    Found::new("bye-unanswered", &values, &hop.requests)
}

/// Returns from where the other side sends, where a request goes to another address from which nothing comes.
fn elsewhere(call: &Call<'_>, request: usize) -> Option<String> {
    let (from, goes) = (call.record(request).from?, call.record(request).to?);
    let mut heard = call.recorded.iter().filter(|one| one.to == Some(from));
    let other = heard.clone().find_map(|one| one.from)?;
    heard
        .all(|one| one.from == Some(other) && other != goes)
        .then(|| other.to_string())
}

/// Returns that the side which answered a call ended it before an ACK came.
pub(super) fn hasty(call: &Call<'_>) -> Option<Found> {
    let mut invites = call.requests(b"INVITE").filter(|hop| hop.is_outside());
    invites.find_map(|invite| {
        let answer = *invite.responses.iter().find(|at| call.is_success(**at))?;
        let tag = call.to(answer);
        let is_own = |hop: &&Hop<'_>| hop.from == tag && hop.to == invite.from;
        let bye = call.requests(b"BYE").find(is_own)?;
        let at = bye.first().filter(|at| *at > answer)?;
        let acks = call
            .hops
            .iter()
            .filter(|ack| ack.is("ACK") && ack.number == invite.number);
        let ack = acks.filter_map(|ack| ack.requests.first().copied()).min()?;
        let gap = call
            .gap(answer, at)
            .filter(|gap| ack > at && *gap < HASTE)?;
        if call.is_later(at, ack, HASTE) || bye.to.is_none() {
            return None;
        }
        let refused = bye.last(call, 300).filter(|at| !call.is_success(*at));
        let became = refused.map(|at| format!(", which got {},", call.code(at)));
        let values = values![
            ("bye", bye.name()),
            ("gap", lasting(gap)),
            ("answer", call.code(answer).to_string()),
            ("soon", lasting(call.gap(at, ack)?)),
            ("became", became.unwrap_or_default()),
            ("invite", invite.name()),
        ];
        let proof: Vec<usize> = [answer, at, ack].into_iter().chain(refused).collect();
        let found = Found::told(call, "bye-before-ack", bye, at, &values, &proof)?;
        Some(if refused.is_some() {
            found
        } else {
            found.that_is_beside()
        })
    })
}
