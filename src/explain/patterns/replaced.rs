//! An INVITE with Replaces: whether it took the place of the dialog that it names, whose BYE is by design then, or was refused.

use core::net::SocketAddr;

use super::dialogs::dialogs;
use super::found::{Found, values};
use super::order::{Call, Hop, SECOND, lasting};
use super::others::{Other, user};
use crate::explain::call::{named, tag};
use crate::explain::words::{quoted, text};
use crate::message::{Message, parameter, parameters};

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
        let values = values![
            ("bye", named(call.message(end))),
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

pub(super) fn named_id(value: &[u8]) -> Option<&[u8]> {
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
    let values = values![
        ("dialog", said(value)),
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

/// Returns that an INVITE which is to take the place of a dialog was refused, and what that says of the dialog.
pub(super) fn replaces(call: &Call<'_>, invite: &Hop<'_>) -> Option<Found> {
    let request = *invite.requests.first()?;
    let value = call.message(request).value("Replaces")?;
    let group = call.group(invite.method, invite.number, invite.from.as_deref())?;
    let outcome = call.outcome(group)?;
    if call.is_success(outcome) {
        return done(call, invite, value, [request, outcome]);
    }
    let is_early =
        parameters(value, b';').any(|(name, _)| name.eq_ignore_ascii_case(b"early-only"));
    let code = call.code(outcome);
    if let Some(found) = over(call, value, invite, [request, outcome]) {
        return Some(found);
    }
    // What proxies pass on comes to its side by the last hop.
    let hops = group.iter().map(|hop| call.hop(*hop));
    let last = hops.max_by_key(|hop| hop.vias)?.requests.first();
    let to = call.record(*last.unwrap_or(&request)).to;
    let known = known(call, value, |invite| side(invite, to)).filter(|_| code == 481);
    let why = match code {
        481 => known.unwrap_or(
            "it has no such dialog, by that Call-ID and with these tags, of which to-tag is its own",
        ),
        486 if is_early => {
            return late(call, value, invite, [request, outcome]);
        }
        603 => "that dialog may be over, or a user declined",
        420 | 501 => "it does not know Replaces",
        _ => return None,
    };
    let values = values![
        ("name", invite.name()),
        ("code", code.to_string()),
        ("dialog", said(value)),
        ("from", call.between(outcome).0),
        ("why", why.to_owned()),
    ];
    // The tags of both dialogs are here.
    let id = if known.is_some() {
        "replaces-unfit"
    } else {
        "replaces-refused"
    };
    Found::new(id, &values, &[request, outcome]).map(Found::that_decides)
}

/// Returns whether an element got the INVITE of a dialog and did not send it; none where the trace does not tell.
fn side(invite: &Other<'_>, element: Option<SocketAddr>) -> Option<bool> {
    let ip = |address: Option<SocketAddr>| address.map(|one| one.ip());
    let ends = [invite.to, invite.from];
    let [called, calls] = ends.map(|own| ip(own) == ip(element));
    if called != calls {
        return Some(called);
    }
    // On one machine the ports tell them apart.
    let [called, calls] = ends.map(|own| own == element);
    (called != calls).then_some(called)
}

/// Returns what ended a dialog before a time, by whom, and how long before.
pub(super) fn ended(call: &Call<'_>, value: &[u8], now: u64) -> Option<(String, String, u64)> {
    let is_end = |other: &&Other<'_>| {
        let one = &other.message;
        let is_bye = one.is_request() && one.method() == b"BYE" && other.micros < now;
        is_bye && one.value("Call-ID") == named_id(value)
    };
    let end = call.others.iter().find(is_end)?;
    // A BYE that is refused ends nothing.
    let answer = call.answer_to(end).map(|answer| &answer.message);
    if answer.is_some_and(|answer| answer.code() >= Some(300)) {
        return None;
    }
    let by = end
        .from
        .map_or_else(|| user(&end.message, "From"), |from| from.ip().to_string());
    Some((named(&end.message), by, now - end.micros))
}

/// Returns that a dialog was over before an INVITE that was to take its place came.
fn over(
    call: &Call<'_>,
    value: &[u8],
    invite: &Hop<'_>,
    [request, outcome]: [usize; 2],
) -> Option<Found> {
    let code = call.code(outcome);
    let (bye, by, gap) = ended(call, value, call.micros(request)?)?;
    let values = values![
        ("dialog", said(value)),
        ("bye", bye),
        ("by", by),
        ("gap", lasting(gap)),
    ];
    let proof = [request, outcome];
    let found = Found::told(call, "replaces-over", invite, outcome, &values, &proof);
    found.filter(|_| matches!(code, 404 | 480 | 481 | 486 | 603))
}

/// Returns that a call was answered before another phone wanted to take it while it rang.
fn late(
    call: &Call<'_>,
    value: &[u8],
    invite: &Hop<'_>,
    [request, outcome]: [usize; 2],
) -> Option<Found> {
    let now = call.micros(request)?;
    let is_answer = |other: &&Other<'_>| {
        let one = &other.message;
        let is_success = one.code().is_some_and(|code| (200..300).contains(&code));
        let is_of = one.value("Call-ID") == named_id(value);
        is_of && is_success && one.cseq().is_some_and(|(_, method)| method == b"INVITE")
    };
    let answer = call.others.iter().find(is_answer);
    let answer = answer.and_then(|one| Some((one.message.code()?, now.checked_sub(one.micros)?)));
    let before = answer.map(|(code, gap)| format!(" {} before, with {code}", lasting(gap)));
    let values = values![
        ("dialog", said(value)),
        ("before", before.unwrap_or_default()),
    ];
    let proof = [request, outcome];
    let found = Found::told(call, "replaces-late", invite, outcome, &values, &proof);
    found.map(Found::that_decides)
}

/// Returns why a Replaces does not fit the dialog that it names, where the trace has that; `side` tells whether the side
/// that is to replace it was called in it.
pub(super) fn known(
    call: &Call<'_>,
    value: &[u8],
    side: impl Fn(&Other<'_>) -> Option<bool>,
) -> Option<&'static str> {
    let id = value.split(|byte| *byte == b';').next()?.trim_ascii();
    let named = ["to-tag", "from-tag"].map(|name| parameter(value, b';', name).map(text));
    let own = call.others.iter().map(|other| (other, &other.message));
    let own = own.filter(|(_, message)| {
        message.value("Call-ID") == Some(id) && message.method() == b"INVITE"
    });
    let invites = own.clone().filter(|(_, message)| message.is_request());
    let mut sides = invites.filter_map(|(other, _)| side(other));
    let first = sides.next();
    // Who is at both ends of a hop passed it on.
    let is_called = first.filter(|first| sides.all(|other| other == *first));
    let mut answers = own.filter(|(_, message)| message.code() >= Some(101));
    let is_success = |one: &Message<'_>| one.code().is_some_and(|code| (200..300).contains(&code));
    let Some((_, answer)) = answers.clone().find(|(_, one)| is_success(one)) else {
        let is_it = |one: &Message<'_>| tag(one, "To").is_some() && tag(one, "To") == named[0];
        let is_early = answers.any(|(_, one)| is_it(one));
        return is_early.then_some(
            "that dialog is not answered yet, and only the side that has sent its INVITE can have it replaced then",
        );
    };
    let tags = [tag(answer, "To"), tag(answer, "From")];
    let mut other_way = tags.clone();
    if is_called? {
        other_way.reverse();
    }
    (named == other_way && tags[0] != tags[1]).then_some(
        "its tags stand the other way round: to-tag is that of the side which gets the INVITE with Replaces",
    )
}

/// Returns the dialog that a Replaces names, in words.
pub(super) fn said(value: &[u8]) -> String {
    let name = |name: &str| {
        let value = parameter(value, b';', name).map(text);
        value.map_or_else(|| "missing".to_owned(), |value| quoted(&value))
    };
    let call_id = value.split(|byte| *byte == b';').next().unwrap_or_default();
    format!(
        "{} (to-tag {}, from-tag {})",
        quoted(&text(call_id)),
        name("to-tag"),
        name("from-tag")
    )
}
