//! Dialogs that an element has lost, as those of other calls tell which it lost at the same time.

use super::dialogs::Dialog;
use super::found::{Found, values};
use super::order::{Call, Hop, lasting};
use super::others::Other;
use crate::explain::call::tag;

/// So many answers of each kind tell enough.
const ENOUGH: usize = 16;

/// Returns that the element which answered 481 did so in other calls too that were set up before, and in none set up later.
pub(super) fn found(
    call: &Call<'_>,
    values: &[(&'static str, String)],
    [by, request, outcome]: [usize; 3],
) -> Option<Found> {
    let server = call.record(outcome).from?;
    let now = call.micros(outcome)?;
    let answers = |code: u16| {
        let all = call
            .others
            .iter()
            .filter(move |one| one.from == Some(server) && one.message.code() == Some(code));
        all.filter(|one| {
            let (_, method) = one.message.cseq().unwrap_or_default();
            matches!(method, b"BYE" | b"INVITE" | b"UPDATE" | b"INFO")
        })
    };
    // When the calls began that the element knows or does not know.
    let mut gone: Vec<u64> = Vec::new();
    for answer in answers(481).take(ENOUGH) {
        let begins = begun(call, answer).filter(|(_, is_ended)| !is_ended);
        let begins = begins.map(|(micros, _)| micros);
        gone.extend(begins.filter(|micros| !gone.contains(micros)));
    }
    let last = gone.iter().copied().chain(call.micros(by)).max()?;
    let later = answers(200).filter(|one| one.micros > now).take(ENOUGH);
    let known = later.filter_map(|one| begun(call, one)).min();
    let known = known.map(|(micros, _)| micros);
    if gone.is_empty() || known.is_some_and(|known| known <= last) {
        return None;
    }
    let later = known.map_or_else(String::new, |known| {
        let gap = lasting(known - last);
        format!("; one that was set up {gap} after the last of them it knows")
    });
    let many = if gone.len() == 1 {
        "one more call".to_owned()
    } else {
        format!("{} more calls", gone.len())
    };
    let mut values = values.to_vec();
    values.push(("many", many));
    values.push(("later", later));
    Found::new("dialogs-lost", &values, &[by, request, outcome])
}

/// Returns when the call of an answer was set up, if that is to a request inside it, and whether another request had ended it.
fn begun(call: &Call<'_>, answer: &Other<'_>) -> Option<(u64, bool)> {
    let call_id = answer.message.value("Call-ID");
    let all = call.others.iter();
    let mut is_inside = false;
    let mut is_ended = false;
    let mut begins = None;
    for one in all.filter(|one| one.message.value("Call-ID") == call_id) {
        let message = &one.message;
        let is_asked = message.cseq() == answer.message.cseq();
        let (_, method) = message.cseq().unwrap_or_default();
        let is_success = message.code() == Some(200) && one.micros < answer.micros;
        if message.is_request() {
            is_inside |= is_asked && tag(message, "To").is_some();
            is_ended |= !is_asked && method == b"BYE";
        } else if is_success && method == b"INVITE" && begins.is_none() {
            begins = Some(one.micros);
        }
    }
    Some((begins.filter(|_| is_inside)?, is_ended))
}

/// Returns that an INVITE which is meant for a call that is up has no tag in To, and so begins another one, or is refused.
pub(super) fn outside(call: &Call<'_>, dialogs: &[Dialog], hop: &Hop<'_>) -> Option<Found> {
    let request = *hop.requests.first().filter(|_| hop.is_outside())?;
    let is_bye = |bye: &Hop<'_>| bye.first() < Some(request);
    let is_up = |one: &&Dialog| {
        let of_invite = call
            .message(one.by)
            .cseq()
            .is_some_and(|(_, method)| method == b"INVITE");
        let is_before = one.by < request && call.is_success(one.by) && of_invite;
        is_before && [&one.asking, &one.asked].contains(&&hop.from.clone().unwrap_or_default())
    };
    let dialog = dialogs.iter().find(is_up)?;
    if call.requests(b"BYE").any(is_bye) {
        return None;
    }
    let is_new = |at: &&usize| {
        let tag = call.to(**at);
        let is_taken = (101..300).contains(&call.code(**at));
        let is_other = tag.as_ref() != Some(&dialog.asked) && tag.as_ref() != Some(&dialog.asking);
        is_taken && tag.is_some() && is_other || matches!(call.code(**at), 400 | 481 | 482)
    };
    let answer = *hop.responses.iter().find(is_new)?;
    let code = call.code(answer);
    let became = if code < 300 {
        format!("began another call (the {code} has a tag of its own) beside that which is up")
    } else {
        format!("got {code}")
    };
    let values = values![("became", became)];
    let proof = [dialog.by, request, answer];
    Found::told(call, "tag-missing", hop, answer, &values, &proof)
}
