//! One fault is said once: what follows from a fault is no other fault beside it.

use super::Found;
use super::order::Call;
use super::said::{NOTIFIES, SAID, SAID_OF_IT, SAID_OF_THEM, has, is_said};

/// Faults of a request itself.
const ROOTS: &str = "bye-before-ack contact-astray contact-rewritten target-altered contact-unbracketed \
    undelivered-port undelivered-answer undelivered-way undelivered-size connection-refused \
    connection-silent stream-unframed binding-elsewhere final-late binding-left binding-transport \
    flow-untried route-unrestored tag-changed node-other proxy-bypassed route-unreached \
    answer-other-address answer-other-field contact-missing record-route-missing number-kept \
    route-loose route-other route-strict target-other dialog-left tag-missing tags-differ \
    tags-swapped tag-other-branch number-lower no-route answer-other-via tag-dropped path-unused \
    path-missing binding-old binding-private contact-unresolved contact-unreachable";
/// An ACK that did not come, or did not fit: the other side ends the call for it.
const ACKS: &str = "ack-inner ack-withheld ack-route-order ack-kept contact-missing record-route-missing \
    route-loose route-other route-strict target-other ok-unacknowledged ack-other-number \
    ack-other-tag ack-other-target ack-no-route ack-private ack-elsewhere ack-lost fork-left-open";
/// What is then found of the same messages.
const CONSEQUENCES: &str = "answers-lost bye-refused bye-unanswered call-dropped change-refused contact-missing \
    dialog-ended dialog-lost final-unacknowledged hop-no-answer no-answer no-answer-here \
    no-answer-large no-answer-open no-answer-request prack-refused ok-unacknowledged refresh-failed \
    request-unseen ringing-only sent-again success-no-tag trying-only trying-request";

/// Leaves out what follows from another finding.
pub(super) fn said(call: &Call<'_>, all: &mut Vec<Found>) {
    let mut dropped = vec![false; all.len()];
    for root in all.iter() {
        for (at, one) in all.iter().enumerate() {
            dropped[at] |= follows(call, root, one);
        }
    }
    let mut dropped = dropped.into_iter();
    all.retain(|_| !dropped.next().unwrap_or_default());
}

fn follows(call: &Call<'_>, root: &Found, one: &Found) -> bool {
    let (of, id) = (root.pattern.id.as_str(), one.pattern.id.as_str());
    let id = if id == "dialogs-lost" {
        "dialog-lost"
    } else {
        id
    };
    let shares = |is_meant: fn(&Call<'_>, usize) -> bool| {
        let mut own = one.proof.iter().filter(|at| is_meant(call, **at));
        own.any(|at| root.proof.contains(at))
    };
    let is_request = |call: &Call<'_>, at: usize| call.message(at).is_request();
    let any = |_: &Call<'_>, _: usize| true;
    if of == id {
        return false;
    }
    match (of, id) {
        // Responses that fit no request are those of a call that is not acknowledged.
        _ if of.starts_with("answer-other") || matches!(of, "tag-dropped" | "field-dropped") => {
            id == "challenge-ignored" || has(CONSEQUENCES, id) && shares(any)
        }
        _ if is_said(SAID, of, id) => true,
        ("bye-unrepeated", "refresh-failed" | "dialog-ended") => shares(any),
        _ if is_said(SAID_OF_IT, of, id) => shares(is_request),
        _ if is_said(SAID_OF_THEM, of, id) => shares(any),
        (_, "field-tells") => shares(|call, at| !call.message(at).is_request()),
        _ if has(NOTIFIES, of) => has(CONSEQUENCES, id) && shares(is_request),
        ("number-kept", _) if id.starts_with("challenge") || id == "merged" => shares(any),
        _ if has(ROOTS, of) && has(CONSEQUENCES, id) => shares(is_request),
        ("ack-other-tag", "tags-differ" | "tag-other-branch" | "tag-changed") => {
            is_of_one_tag(call, root, one)
        }
        (_, "dialog-ended" | "dialog-lost" | "tags-differ") if has(ACKS, of) => shares(is_request),
        _ => false,
    }
}

/// Returns whether requests of two findings have the same tag in To.
fn is_of_one_tag(call: &Call<'_>, root: &Found, one: &Found) -> bool {
    let tags = |found: &Found| -> Vec<Option<String>> {
        let requests = found
            .proof
            .iter()
            .filter(|at| call.message(**at).is_request());
        requests.map(|at| call.to(*at)).collect()
    };
    let own = tags(one);
    tags(root).iter().any(|tag| own.contains(tag))
}
