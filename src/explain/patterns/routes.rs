//! Requests inside a dialog that do not go the way that Record-Route asks for.

use super::dialogs::Dialog;
use super::found::Found;
use super::order::{Call, Hop, target};
use crate::explain::words::{short, text};
use crate::message::{Message, address};

/// What an element answers that knows neither the dialog nor where to send the request.
const REFUSALS: [u16; 4] = [403, 404, 481, 483];
/// So many requests without an answer were not heard.
const SENT: usize = 3;

/// Returns that a request of a dialog has no Route, was not taken, and should have had one.
pub(super) fn missing(
    call: &Call<'_>,
    dialog: &Dialog,
    hop: &Hop<'_>,
    outcome: Option<usize>,
) -> Option<Found> {
    let request = *hop.requests.first()?;
    let own = &call.all[request];
    // A proxy takes away what it has followed.
    if hop.vias != 1 || own.has("Route") {
        return None;
    }
    let became = match outcome {
        Some(at) if REFUSALS.contains(&call.code(at)) => format!("got {}", call.code(at)),
        Some(_) => return None,
        None if hop.requests.len() < SENT => return None,
        None => "got no answer".to_owned(),
    };
    let by = if hop.from.as_ref() == Some(&dialog.asking) {
        answer(call, dialog)?
    } else {
        asked(call, dialog, request)?
    };
    let routes: Vec<&[u8]> = call.all[by].values("Record-Route").map(address).collect();
    let first = if call.all[by].is_request() {
        routes.first()
    } else {
        routes.last()
    }?;
    // A strict router stands in the Request-URI itself.
    if routes.contains(&address(target(own))) {
        return None;
    }
    let with_route = call.requests(b"ACK").chain(call.hops.iter()).find(|other| {
        let is_own = other.from == hop.from && other.to == hop.to && other.vias == 1;
        let first = other.requests.first();
        is_own && first.is_some_and(|at| call.all[*at].has("Route"))
    });
    let what = if call.all[by].is_request() {
        "request".to_owned()
    } else {
        call.code(by).to_string()
    };
    let (number, method) = call.all[by].cseq().unwrap_or_default();
    let values = [
        ("name", hop.name()),
        ("became", became),
        ("by", format!("{} {}", text(method), text(number))),
        ("what", what),
        ("route", short(&text(first))),
        (
            "other",
            with_route.map_or_else(String::new, |other| {
                format!(", and {} has it", other.name())
            }),
        ),
        ("from", call.between(request).0),
    ];
    let with = with_route.and_then(|other| other.requests.first().copied());
    let proof: Vec<usize> = [by, request]
        .into_iter()
        .chain(with)
        .chain(outcome)
        .collect();
    Found::new("no-route", &values, &proof).map(Found::that_decides)
}

/// Returns the response that set up a dialog, as the side that asked got it.
fn answer(call: &Call<'_>, dialog: &Dialog) -> Option<usize> {
    let known = &call.all[dialog.by];
    let is_it = |at: &usize| {
        let one: &Message<'_> = &call.all[*at];
        one.cseq() == known.cseq()
            && one.code() == known.code()
            && call.to(*at).as_ref() == Some(&dialog.asked)
            && one.values("Via").count() == 1
    };
    let mut all = call
        .hops
        .iter()
        .flat_map(|hop| hop.responses.iter().copied());
    all.find(is_it)
}

/// Returns the request that set up a dialog, as the side that was asked got it, which sends now.
fn asked(call: &Call<'_>, dialog: &Dialog, request: usize) -> Option<usize> {
    let cseq = call.all[dialog.by].cseq();
    let sender = call.recorded[request].from;
    let all = call
        .hops
        .iter()
        .filter_map(|hop| hop.requests.first().copied());
    let mut all = all.filter(|at| call.all[*at].cseq() == cseq);
    all.find(|at| sender.is_some() && call.recorded[*at].to == sender)
}
