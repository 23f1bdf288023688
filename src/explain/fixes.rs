//! The fixes of the page of a code: what the message proves comes first, what it refutes last.

use super::body;
use super::challenge;
use super::ends;
use super::facts::Facts;
use crate::catalog::Fix;
use crate::message::parameter;

/// What a message says of a fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proof {
    Proven,
    Open,
    Refuted,
}

impl Proof {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proven => "proven",
            Self::Open => "open",
            Self::Refuted => "refuted",
        }
    }
}

/// A fix, and what the message says of it.
#[derive(Clone, Copy, Debug)]
pub struct Weighed {
    pub fix: &'static Fix,
    pub proof: Proof,
}

/// What a message can show.
enum Sign {
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
}

/// What a sign decides.
enum Decides {
    /// If it is there, it is this; if not, it may be.
    Proves,
    /// If it is not there, it is not this.
    Needs,
    /// Both.
    Both,
}

use Decides::{Both, Needs, Proves};

/// The signs of fixes: the code, how the cause begins on its page, and what the message must show.
const SIGNS: &[(u16, &str, Decides, Sign)] = &[
    (302, "The 302 is a parameter", Needs, Sign::Lacks("CSeq")),
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
    (408, "A proxy further on", Proves, Sign::Has("To-tag")),
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
    (487, "A transfer ended", Needs, Sign::Sipfrag),
    (
        488,
        "No codec in common",
        Proves,
        Sign::Warning(&[304, 305]),
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

/// Returns the fixes of a page, those that the message proves first, those that it refutes last.
pub(super) fn weighed(facts: &Facts<'_>) -> Vec<Weighed> {
    // What can go wrong behind a success goes wrong in calls: elsewhere nothing is to be mended.
    let is_done = (200..300).contains(&facts.code()) && !facts.is("INVITE");
    let page = facts.page.filter(|_| !is_done || facts.method.is_empty());
    let fixes = page.into_iter().flat_map(|page| page.fix);
    let mut weighed: Vec<Weighed> = fixes
        .map(|fix| Weighed {
            fix,
            proof: proof(facts, fix),
        })
        .collect();
    weighed.extend(
        ends::fixes(facts)
            .into_iter()
            .map(|(fix, is_told)| Weighed {
                fix,
                proof: if is_told { Proof::Proven } else { Proof::Open },
            }),
    );
    weighed.sort_by_key(|weighed| weighed.proof);
    weighed
}

/// Returns the fix that a message proves.
pub(super) fn proven(facts: &Facts<'_>) -> Option<&'static Fix> {
    let weighed = weighed(facts).into_iter();
    let mut proven = weighed.filter(|weighed| weighed.proof == Proof::Proven);
    proven.next().map(|weighed| weighed.fix)
}

fn proof(facts: &Facts<'_>, fix: &Fix) -> Proof {
    // Of a status line alone nothing is known.
    if facts.message.fields.is_empty() {
        return Proof::Open;
    }
    let rows = SIGNS
        .iter()
        .filter(|(code, begins, ..)| *code == facts.code() && fix.cause.starts_with(begins));
    let weights = rows.map(
        |(_, _, decides, sign)| match (decides, shows(facts, sign)) {
            (Proves | Both, true) => Proof::Proven,
            (Needs | Both, false) => Proof::Refuted,
            _ => Proof::Open,
        },
    );
    weights.min().unwrap_or(Proof::Open)
}

fn shows(facts: &Facts<'_>, sign: &Sign) -> bool {
    let message = facts.message;
    match sign {
        Sign::Method(methods) => methods.iter().any(|method| facts.is(method)),
        Sign::Cause(causes) => facts.reasons.iter().any(|(reason, _)| {
            reason.is_q850() && reason.cause.is_some_and(|cause| causes.contains(&cause))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{StatusCode, response};
    use crate::message::Message;

    #[test]
    fn each_sign_is_of_one_fix_of_a_page() {
        for (code, begins, ..) in SIGNS {
            let fixes = response(StatusCode::of(*code)).fix.iter();
            let fitting = fixes.filter(|fix| fix.cause.starts_with(begins));
            assert_eq!(fitting.count(), 1, "{code} {begins}");
        }
    }

    #[test]
    fn what_the_message_proves_comes_first_and_what_it_refutes_last() {
        let message = Message::of(b"SIP/2.0 405 No\r\nCSeq: 2 OPTIONS\r\nTo: a;tag=1\r\n\r\n");
        let all = weighed(&Facts::of(&message));
        assert!(all[0].fix.cause.starts_with("An OPTIONS") && all[0].proof == Proof::Proven);
        let message = Message::of(b"SIP/2.0 404 x\r\nCSeq: 2 INVITE\r\n\r\n");
        let all = weighed(&Facts::of(&message));
        assert_eq!(all.last().map(|one| one.proof), Some(Proof::Refuted));
        let bare = Message::of(b"SIP/2.0 404 Not Found");
        let all = weighed(&Facts::of(&bare));
        assert!(all.iter().all(|one| one.proof == Proof::Open));
    }
}
