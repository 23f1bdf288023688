//! Requests of a dialog that were refused: what the other side had said that it takes, and who ended the call for it.

use super::found::{Found, values};
use super::obeyed::Refusal;
use super::order::{Call, Hop, SECOND, TIMEOUT, lasting, target};
use super::routes::said;
use crate::explain::offer::Offered;
use crate::explain::words::{list, text};
use crate::message::{is_same_user, user};

/// What ends a call so soon after a refusal does so for that.
const SOON: u64 = 2 * SECOND;
/// After these a request comes again, or its sender has to end the dialog.
const OTHER: [u16; 6] = [401, 407, 408, 422, 423, 481];

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let groups = call.groups.iter();
    groups
        .filter_map(|group| {
            let hop = call.nearest(group).filter(|hop| !hop.is_outside())?;
            let outcome = call.outcome(group).filter(|at| call.code(*at) >= 300)?;
            package(call, hop, outcome)
                .or_else(|| untrue(call, hop, outcome))
                .or_else(|| hung_up(call, hop, outcome))
        })
        .collect()
}

/// Returns that a change of the session was refused, and a BYE of either side ended the call for it.
fn hung_up(call: &Call<'_>, hop: &Hop<'_>, outcome: usize) -> Option<Found> {
    let request = *hop.requests.first()?;
    let is_change = matches!(hop.method, b"INVITE" | b"UPDATE");
    if !is_change || OTHER.contains(&call.code(outcome)) {
        return None;
    }
    let is_of_dialog = |bye: &&Hop<'_>| {
        (&bye.from, &bye.to) == (&hop.from, &hop.to) || (&bye.from, &bye.to) == (&hop.to, &hop.from)
    };
    let mut byes = call.requests(b"BYE").filter(is_of_dialog);
    let bye = byes.find(|bye| bye.first() > Some(request))?;
    let at = bye.first().filter(|at| *at > outcome)?;
    let gap = call.gap(outcome, at).filter(|gap| *gap <= SOON)?;
    let is_between = |other: &Hop<'_>| {
        let first = other.requests.first();
        first.is_some_and(|first| (outcome..at).contains(first)) && !other.is("ACK")
    };
    if call.hops.iter().any(is_between) {
        return None;
    }
    let offered = Offered::of(call.message(request));
    let values = values![
        (
            "offer",
            offered.map_or_else(String::new, |one| {
                format!(", which offers {},", list(&one.kinds))
            }),
        ),
        ("gap", lasting(gap)),
        ("bye", bye.name()),
        ("by", call.between(at).0),
    ];
    let proof = [request, outcome, at];
    Found::told(call, "change-hung-up", hop, outcome, &values, &proof)
}

/// Returns that a refusal says with what a request would be taken, and that none came with it.
pub(super) fn unmet(refusal: &Refusal<'_, '_>) -> Option<Found> {
    let (call, outcome) = (refusal.call, refusal.outcome);
    let values = |field: &str| -> Option<String> {
        let all: Vec<String> = refusal.response().values(field).map(text).collect();
        (!all.is_empty()).then(|| list(&all))
    };
    let asks = match call.code(outcome) {
        420 => format!("a request without {}", values("Unsupported")?),
        421 => format!("a request with {} in Supported", values("Require")?),
        416 => {
            let own = target(call.message(*refusal.hop.requests.first()?));
            let is_again = |uri: &[u8]| is_same_user(user(uri), user(own));
            let mut others = call.others.iter().map(|other| &other.message);
            let is_dialled =
                others.any(|one| one.is_request() && target(one) != own && is_again(target(one)));
            let is_tel = own.to_ascii_lowercase().starts_with(b"tel:") && !is_dialled;
            is_tel.then(|| "a SIP URI for the same number (user=phone)".to_owned())?
        }
        _ => format!("a session interval of at least {} s", values("Min-SE")?),
    };
    let is_own = refusal.hop.vias == 1 && !refusal.hop.is("OPTIONS");
    if !is_own || refusal.again.is_some() || !call.goes_on(outcome, TIMEOUT) {
        return None;
    }
    let rest = lasting(call.rest(outcome)?);
    refusal.found("ask-unmet", [("asks", asks), ("rest", rest)])
}

/// Returns the last message of the side that refuses which has a field, before a message.
fn told(call: &Call<'_>, hop: &Hop<'_>, request: usize, field: &str) -> Option<usize> {
    (0..request).rev().find(|at| {
        let sender = if call.message(*at).is_request() {
            call.from(*at)
        } else {
            call.to(*at)
        };
        let is_own = sender.is_some() && sender == hop.to;
        is_own && call.code(*at) < 300 && call.message(*at).has(field)
    })
}

/// Returns that a method was refused which the same side lists in Allow.
fn untrue(call: &Call<'_>, hop: &Hop<'_>, outcome: usize) -> Option<Found> {
    let request = *hop.requests.first()?;
    if !matches!(call.code(outcome), 405 | 501) {
        return None;
    }
    let by = told(call, hop, request, "Allow")?;
    let method = String::from_utf8_lossy(hop.method);
    let values = values![
        ("by", said(call, by)),
        (
            "allow",
            text(call.message(by).value("Allow").unwrap_or_default()),
        ),
    ];
    let is_listed = call.message(by).lists("Allow", &method);
    let proof = [by, request, outcome];
    is_listed.then(|| Found::told(call, "allow-untrue", hop, outcome, &values, &proof))?
}

/// Returns that an INFO has a package which the other side has not said to take.
fn package(call: &Call<'_>, hop: &Hop<'_>, outcome: usize) -> Option<Found> {
    let request = *hop.requests.first()?;
    let own = call.message(request).value("Info-Package").map(text)?;
    if call.code(outcome) != 469 {
        return None;
    }
    let name = own.split(';').next().unwrap_or_default().trim();
    let by = told(call, hop, request, "Recv-Info").or_else(|| told(call, hop, request, "CSeq"))?;
    let takes: Vec<String> = call.message(by).values("Recv-Info").map(text).collect();
    let how = match takes.as_slice() {
        _ if call.message(by).lists("Recv-Info", name) => format!(
            "lists {name} in Recv-Info all the same: whoever answers is not the one that said so"
        ),
        [] => "has no Recv-Info: so its sender takes no packages at all".to_owned(),
        all => format!("lists {} in Recv-Info and not that", list(all)),
    };
    let values = values![("own", own.clone()), ("by", said(call, by)), ("how", how)];
    let proof = [by, request, outcome];
    Found::told(call, "package-unlisted", hop, outcome, &values, &proof)
}
