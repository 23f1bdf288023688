//! An answer that changes between two responses to its offer.

use super::dialogs::Dialog;
use super::found::{Found, values};
use super::media::{Stream, session, streams};
use super::order::{Call, Hop};
use super::routes::said;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let invites = call.requests(b"INVITE");
    invites.filter_map(|hop| changed(call, hop)).collect()
}

/// Returns that the answer to an offer is another one in the 2xx than in a response before it.
fn changed(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let request = *hop.requests.first()?;
    let success = *hop.responses.iter().find(|at| call.is_success(**at))?;
    session(call.message(request))?;
    let is_of = |at: &usize| {
        let code = call.code(*at);
        let is_early = (101..200).contains(&code) && *at < success;
        is_early && call.to(*at) == call.to(success) && session(call.message(*at)).is_some()
    };
    let early = hop.responses.iter().copied().find(is_of)?;
    let dialog = Dialog::of_response(call, hop, success)?;
    // A new offer may change all of it.
    let is_offer = |other: &Hop<'_>| {
        let at = other.requests.first().copied().unwrap_or_default();
        let is_between = (early..success).contains(&at) && dialog.is_of(other);
        let mut all = other.requests.iter().chain(&other.responses);
        is_between && all.any(|at| session(call.message(*at)).is_some())
    };
    if call.hops.iter().any(is_offer) {
        return None;
    }
    let (one, other) = (
        session(call.message(early))?,
        session(call.message(success))?,
    );
    let ((of_one, one), (of_other, other)) = (streams(&one), streams(&other));
    let mut pairs = one.iter().zip(&other);
    let (own, known) = pairs.find_map(|(one, other)| {
        let (own, known) = (place(one, &of_one)?, place(other, &of_other)?);
        (own != known).then_some((own, known))
    })?;
    let values = values![
        ("name", hop.name()),
        ("to", call.between(success).0),
        ("early", said(call, early)),
        ("success", said(call, success)),
        ("own", own),
        ("known", known),
    ];
    let id = if call.message(early).has("RSeq") {
        "answer-changed"
    } else {
        "answer-changed-early"
    };
    Found::new(id, &values, &[request, early, success])
}

/// Returns where a stream wants its media: address and port; none of one that was refused.
fn place(stream: &Stream<'_>, session: &[&str]) -> Option<String> {
    let address = stream.address(session)?;
    (!stream.is_refused()).then(|| format!("{address} port {}", stream.port()))
}
