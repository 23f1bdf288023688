//! A dialog whose place an INVITE with Replaces took: the BYE in the old one is by design.

use super::dialogs::dialogs;
use super::found::Found;
use super::order::{Call, Hop, SECOND, lasting};
use super::refer;
use crate::explain::call::named;
use crate::explain::words::{quoted, text};
use crate::message::{Message, parameter};

/// So soon after it has accepted an INVITE with Replaces a side ends the old dialog.
const SOON: u64 = 8 * SECOND;

/// Returns that this dialog was replaced, and what ended it.
pub(super) fn found(call: &Call<'_>) -> Option<Found> {
    let id = call.all.iter().find_map(|one| one.value("Call-ID"))?;
    call.others.iter().find_map(|other| {
        let value = value(&other.message).filter(|value| named_id(value) == Some(id))?;
        let answer = call.answer_to(other)?;
        if answer.message.code() >= Some(300) || !has_dialog(call, value) {
            return None;
        }
        let methods: [&[u8]; 2] = [b"BYE", b"CANCEL"];
        let ends = methods.into_iter().flat_map(|method| call.requests(method));
        let end = ends.filter_map(Hop::first).find(|at| {
            let at = call.micros(*at).unwrap_or_default();
            (other.micros..answer.micros + SOON).contains(&at)
        })?;
        let other_id = other.message.value("Call-ID").map(text);
        let values = [
            ("bye", named(&call.all[end])),
            ("invite", named(&other.message)),
            ("other", quoted(&other_id.unwrap_or_default())),
            ("gap", lasting(call.micros(end)? - other.micros)),
            ("by", call.between(end).0),
        ];
        Found::new("dialog-replaced", &values, &[end]).map(Found::that_decides)
    })
}

/// Returns the Replaces of an INVITE.
fn value<'a>(message: &Message<'a>) -> Option<&'a [u8]> {
    let is_invite = message.is_request() && message.method() == b"INVITE";
    message.value("Replaces").filter(|_| is_invite)
}

fn named_id(value: &[u8]) -> Option<&[u8]> {
    Some(value.split(|byte| *byte == b';').next()?.trim_ascii())
}

/// Returns whether the tags that a Replaces names are those of a dialog here.
fn has_dialog(call: &Call<'_>, value: &[u8]) -> bool {
    let [to, from] = ["to-tag", "from-tag"].map(|name| parameter(value, b';', name).map(text));
    dialogs(call).iter().any(|dialog| {
        let own = (Some(&dialog.asking), Some(&dialog.asked));
        own == (to.as_ref(), from.as_ref()) || own == (from.as_ref(), to.as_ref())
    })
}

/// Returns that an INVITE took the place of another dialog, and what ended that, if the trace has it.
pub(super) fn done(
    call: &Call<'_>,
    invite: &Hop<'_>,
    value: &[u8],
    [request, outcome]: [usize; 2],
) -> Option<Found> {
    let begins = call.micros(request);
    let mut ends = call.others.iter().filter(|other| {
        let one = &other.message;
        let is_end = matches!(one.method(), b"BYE" | b"CANCEL") && one.is_request();
        is_end && one.value("Call-ID") == named_id(value) && Some(other.micros) > begins
    });
    let ended = ends.next().and_then(|other| {
        let gap = lasting(other.micros - begins?);
        Some(format!(
            ", and {} ended that one {gap} after it",
            named(&other.message)
        ))
    });
    let values = [
        ("dialog", refer::said(value)),
        ("to", call.between(outcome).0),
        (
            "ended",
            ended.unwrap_or_else(|| "; that one then ends, which is no fault there".to_owned()),
        ),
    ];
    Found::told(
        call,
        "replaces-done",
        invite,
        outcome,
        &values,
        &[request, outcome],
    )
}
