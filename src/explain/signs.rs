//! What a message, and those of its call, can show of a fix: a table of signs.

use super::body;
use super::call;
use super::cancelled;
use super::challenge;
use super::credentials;
use super::dialog;
use super::facts::Facts;
use super::makers;
use super::offer;
use crate::message::{Message, parameter};

/// What a message can show.
pub(super) enum Sign {
    Method(&'static [&'static str]),
    Cause(&'static [u16]),
    Warning(&'static [u16]),
    Phrase(&'static str),
    Lists(&'static str, &'static str),
    Has(&'static str),
    Lacks(&'static str),
    Stale,
    Algorithm(&'static str),
    /// A status line in a NOTIFY.
    Sipfrag,
    Seconds(&'static str, u32, u32),
    /// What the other messages of its call show.
    Beside(fn(&Facts<'_>) -> bool),
    /// What its request shows, unless that is not in the trace.
    Asked(fn(&Message<'_>) -> bool),
}

/// What a sign decides.
pub(super) enum Decides {
    /// If it is there, it is this; if not, it may be.
    Proves,
    /// If it is not there, it is not this.
    Needs,
    /// Both.
    Both,
}

use Decides::{Both, Needs, Proves};

/// The signs of fixes: the code, how the cause begins on its page, and what the message must show.
pub(super) const SIGNS: &[(u16, &str, Decides, Sign)] = &[
    (302, "The 302 is a parameter", Needs, Sign::Lacks("CSeq")),
    (
        401,
        "The user name, authentication",
        Proves,
        Sign::Beside(credentials::is_wrong),
    ),
    (
        401,
        "No account of the client",
        Proves,
        Sign::Beside(credentials::is_of_other_realm),
    ),
    (401, "The nonce has run out", Proves, Sign::Stale),
    (401, "SIM and network", Both, Sign::Algorithm("AKA")),
    (
        403,
        "The user may not change",
        Needs,
        Sign::Method(&["REGISTER"]),
    ),
    (
        403,
        "The refusal comes from the telephone",
        Proves,
        Sign::Cause(&[21, 55, 57, 87]),
    ),
    (
        403,
        "The signature of the call",
        Both,
        Sign::Phrase("Stale Date"),
    ),
    (
        404,
        "The account behind a REGISTER",
        Needs,
        Sign::Method(&["REGISTER"]),
    ),
    (
        404,
        "A gateway or B2BUA",
        Proves,
        Sign::Cause(&[1, 2, 3, 22, 26, 27, 28]),
    ),
    (
        403,
        "The request names a domain",
        Proves,
        Sign::Phrase("Not relaying"),
    ),
    (
        404,
        "A request inside the dialog",
        Both,
        Sign::Beside(in_dialog),
    ),
    (404, "A transfer ended", Both, Sign::Sipfrag),
    (
        405,
        "An OPTIONS keepalive",
        Both,
        Sign::Method(&["OPTIONS"]),
    ),
    (
        405,
        "The request goes to the wrong",
        Proves,
        Sign::Method(&["REGISTER", "SUBSCRIBE", "PUBLISH"]),
    ),
    (407, "The nonce has run out", Proves, Sign::Stale),
    (408, "A proxy got no answer", Proves, Sign::Has("To-tag")),
    (
        408,
        "A BYE, REFER or OPTIONS",
        Both,
        Sign::Method(&[
            "BYE",
            "REFER",
            "OPTIONS",
            "REGISTER",
            "SUBSCRIBE",
            "MESSAGE",
        ]),
    ),
    (408, "A running call ended", Needs, Sign::Method(&["BYE"])),
    (
        415,
        "The device does not read multipart",
        Needs,
        Sign::Beside(offer::may_be_multipart),
    ),
    (
        415,
        "The sender of the 415 means",
        Needs,
        Sign::Beside(offer::may_be_session),
    ),
    (
        415,
        "The type is supported, but",
        Needs,
        Sign::Beside(offer::may_be_accepted),
    ),
    (415, "DTMF or other data", Both, Sign::Method(&["INFO"])),
    (415, "An instant message", Both, Sign::Method(&["MESSAGE"])),
    (
        420,
        "The caller demands 100rel",
        Both,
        Sign::Lists("Unsupported", "100rel"),
    ),
    (
        420,
        "The registrar does not accept",
        Both,
        Sign::Lists("Unsupported", "path"),
    ),
    (
        421,
        "The network demands",
        Both,
        Sign::Lists("Require", "sec-agree"),
    ),
    (422, "A B2BUA or SBC passes", Proves, Sign::Lacks("Min-SE")),
    (
        422,
        "The server demands a longer",
        Proves,
        Sign::Seconds("Min-SE", 3600, u32::MAX),
    ),
    (
        423,
        "The 423 has no Min-Expires",
        Both,
        Sign::Lacks("Min-Expires"),
    ),
    (
        424,
        "The location body",
        Both,
        Sign::Seconds("Geolocation-Error", 100, 199),
    ),
    (
        424,
        "The location cannot",
        Both,
        Sign::Seconds("Geolocation-Error", 300, 399),
    ),
    (
        424,
        "A permission",
        Both,
        Sign::Seconds("Geolocation-Error", 200, 299),
    ),
    (
        480,
        "A gateway or B2BUA",
        Proves,
        Sign::Cause(&[18, 19, 20]),
    ),
    (
        480,
        "The Reason header field and",
        Proves,
        Sign::Cause(&[16, 31]),
    ),
    (
        480,
        "The caller uses sips",
        Proves,
        Sign::Warning(&[380, 381]),
    ),
    (480, "A transfer ended", Both, Sign::Sipfrag),
    (
        481,
        "A tag is missing",
        Proves,
        Sign::Beside(dialog::has_other_tags),
    ),
    (481, "The CANCEL does not", Both, Sign::Method(&["CANCEL"])),
    (481, "The PRACK does not", Both, Sign::Method(&["PRACK"])),
    (481, "Replaces does not", Needs, Sign::Method(&["INVITE"])),
    (
        481,
        "The subscription is gone",
        Both,
        Sign::Method(&["NOTIFY"]),
    ),
    (
        481,
        "A re-INVITE, UPDATE",
        Needs,
        Sign::Method(&["INVITE", "UPDATE", "INFO"]),
    ),
    (
        486,
        "The telephone network said",
        Proves,
        Sign::Cause(&[17]),
    ),
    (
        486,
        "No trunk or outbound",
        Proves,
        Sign::Cause(&[34, 38, 41, 42, 44, 47]),
    ),
    (
        487,
        "Another phone took",
        Proves,
        Sign::Phrase("Call completed elsewhere"),
    ),
    (
        487,
        "Another phone took",
        Proves,
        Sign::Beside(dialog::is_answered_elsewhere),
    ),
    (487, "A transfer ended", Needs, Sign::Sipfrag),
    (
        487,
        "The INVITE expired",
        Needs,
        Sign::Beside(cancelled::may_be_expired),
    ),
    (487, "The call is up", Needs, Sign::Method(&["CANCEL"])),
    (
        488,
        "No codec in common",
        Proves,
        Sign::Warning(&[304, 305]),
    ),
    (
        488,
        "No codec in common",
        Proves,
        Sign::Beside(offer::lacks_codecs),
    ),
    (
        488,
        "The codecs match, but",
        Proves,
        Sign::Beside(offer::has_codecs),
    ),
    (
        488,
        "An attribute or an address",
        Proves,
        Sign::Warning(&[300, 301, 302, 306, 307]),
    ),
    (488, "Not the device but", Proves, Sign::Warning(&[370])),
    (
        489,
        "An unsolicited NOTIFY",
        Both,
        Sign::Method(&["NOTIFY"]),
    ),
    (
        494,
        "Client and server",
        Needs,
        Sign::Has("Security-Server"),
    ),
    (
        500,
        "A gateway translated",
        Proves,
        Sign::Cause(&[41, 111, 127]),
    ),
    (
        503,
        "A telephone network behind",
        Proves,
        Sign::Cause(&[34, 38, 41, 42, 44, 47, 58, 63]),
    ),
    (
        603,
        "A network blocked",
        Both,
        Sign::Phrase("Network Blocked"),
    ),
    (606, "There is not enough", Proves, Sign::Warning(&[370])),
    (606, "The address type", Proves, Sign::Warning(&[301])),
    (
        606,
        "Codecs, media types",
        Proves,
        Sign::Warning(&[304, 305]),
    ),
];

/// Returns whether a message shows a sign.
pub(super) fn shows(facts: &Facts<'_>, sign: &Sign) -> bool {
    let message = facts.message;
    match sign {
        Sign::Method(methods) => methods.iter().any(|method| facts.is(method)),
        Sign::Cause(causes) => facts.reasons.iter().any(|(reason, _)| {
            let mut cause = reason.cause.filter(|_| reason.is_q850()).into_iter();
            cause.any(|cause| causes.contains(&cause) && makers::of_cause(facts, cause).is_none())
        }),
        Sign::Warning(codes) => facts
            .warnings
            .iter()
            .any(|warning| codes.contains(&warning.code)),
        Sign::Phrase(phrase) => {
            let mut texts = facts.reasons.iter().filter_map(|(reason, _)| reason.text);
            facts.phrase.eq_ignore_ascii_case(phrase)
                || texts.any(|text| text.eq_ignore_ascii_case(phrase.as_bytes()))
        }
        Sign::Lists(field, token) => message.lists(field, token),
        Sign::Has("To-tag") => has_tag(facts),
        Sign::Has(field) => message.has(field),
        Sign::Lacks(field) => !message.has(field),
        Sign::Stale => challenge::challenges(message)
            .iter()
            .any(|one| one.is_stale),
        Sign::Algorithm(name) => challenge::challenges(message).iter().any(|one| {
            let algorithm = one.algorithm.as_deref().unwrap_or_default();
            algorithm.starts_with(name)
        }),
        Sign::Beside(is_shown) => is_shown(facts),
        Sign::Asked(is_shown) => facts.request.is_none_or(is_shown),
        Sign::Sipfrag => body::sipfrag(message).is_some(),
        Sign::Seconds(field, first, last) => facts
            .seconds(field)
            .is_some_and(|own| (*first..=*last).contains(&own)),
    }
}

fn has_tag(facts: &Facts<'_>) -> bool {
    let to = facts.message.value("To");
    to.is_some_and(|to| parameter(to, b';', "tag").is_some())
}

/// Returns whether what was answered belongs to a dialog, as far as the trace or the method says it.
fn in_dialog(facts: &Facts<'_>) -> bool {
    match facts.request {
        Some(request) => call::tag(request, "To").is_some(),
        None => facts.is("BYE"),
    }
}
