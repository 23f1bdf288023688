//! Which rules of a page are about a message: what it, its request or its call refutes is left out.

use super::call::{has_credentials, tag, target};
use super::cancelled::{Whose, is_ended_otherwise, may_be_expired, whose};
use super::challenge::{Challenge, challenges};
use super::facts::Facts;
use super::signs::{
    Decides::{self, Both, Needs},
    Sign, shows,
};
use super::syntax;
use crate::catalog::{Citation, Retry};
use crate::message::{METHODS, Message};

/// A request that is longer should not go over UDP (RFC 3261 section 18.1.1).
const LARGE: usize = 1300;

/// What a message has to show for a rule of its page: the code, how the rule begins, and the sign. Of a request that is not in
/// the trace nothing is refuted.
const CONDITIONS: &[(u16, &str, Decides, Sign)] = &[
    (
        100,
        "On a request other than",
        Both,
        Sign::Beside(|facts| !facts.is("INVITE")),
    ),
    (180, "A reliable 180", Needs, Sign::Has("RSeq")),
    (183, "If RSeq of a reliable", Needs, Sign::Has("RSeq")),
    (180, "A session description", Needs, BODY),
    (183, "A session description", Needs, BODY),
    (200, "After a 200 to the refresh", Needs, SUBSCRIBE),
    (202, "After a 202 to the refresh", Needs, SUBSCRIBE),
    (200, "After a 200 to its CANCEL", Needs, CANCEL),
    (
        200,
        "A UAC that no longer wants",
        Needs,
        Sign::Method(&["INVITE"]),
    ),
    (200, "The NOTIFY of a simple", Needs, REFER),
    (202, "The body of each NOTIFY", Needs, REFER),
    (
        200,
        "A REFER with nosub",
        Needs,
        Sign::Asked(|asked| asked.lists("Require", "nosub")),
    ),
    (
        200,
        "A 200 with Session-Expires",
        Needs,
        Sign::Has("Session-Expires"),
    ),
    (
        200,
        "After a 200 to a REGISTER",
        Needs,
        Sign::Lacks("Flow-Timer"),
    ),
    (
        200,
        "After a 200 to a REGISTER",
        Needs,
        Sign::Asked(|asked| asked.lists("Supported", "outbound")),
    ),
    (300, "If the request that got a 300", Needs, SIPS),
    (301, "If the request that got a 301", Needs, SIPS),
    (302, "If the request went to a sips", Needs, SIPS),
    (300, "The Contact URI of a 300", Needs, HEADERS_IN_URI),
    (301, "The Contact URI of a 301", Needs, HEADERS_IN_URI),
    (302, "The Contact URI of a 302", Needs, HEADERS_IN_URI),
    (305, "The Contact URI of a 305", Needs, HEADERS_IN_URI),
    (
        301,
        "If a 301 lists several",
        Needs,
        Sign::Beside(|facts| facts.message.values("Contact").count() > 1),
    ),
    (380, "If a 380 carries Contact", Needs, Sign::Has("Contact")),
    (
        380,
        "A client that uses the Contact",
        Needs,
        Sign::Has("Contact"),
    ),
    (401, "The client MUST NOT try again", Needs, CREDENTIALS),
    (407, "The client MUST NOT try again", Needs, CREDENTIALS),
    (403, "If the 403 rejects", Needs, CREDENTIALS),
    (482, "A retry with credentials", Needs, CREDENTIALS),
    (401, "Of several challenges", Needs, SEVERAL),
    (407, "Of several challenges", Needs, SEVERAL),
    (407, "After a 407 with several", Needs, SEVERAL),
    (401, "After a 401 with a Bearer", Needs, BEARER),
    (407, "After a 407 with a Bearer", Needs, BEARER),
    (401, "By the older RFC 2617", Needs, Sign::Stale),
    (407, "By the older RFC 2617", Needs, Sign::Stale),
    (401, "A challenge in a 401", Needs, UNNAMED),
    (407, "A challenge in a 407", Needs, UNNAMED),
    (
        401,
        "In a 401 with algorithm AKAv1",
        Needs,
        Sign::Algorithm("AKAv1"),
    ),
    (
        401,
        "A 401 with algorithm AKAv2",
        Needs,
        Sign::Algorithm("AKAv2"),
    ),
    (401, "The auts in an answer", Needs, Sign::Algorithm("AKA")),
    (401, "A challenge with the scheme", Needs, BASIC),
    (407, "Basic is no scheme", Needs, BASIC),
    (
        403,
        "A 403 to a request with Target-Dialog",
        Needs,
        Sign::Asked(|asked| asked.has("Target-Dialog")),
    ),
    (
        404,
        "A 404 can carry Retry-After",
        Needs,
        Sign::Has("Retry-After"),
    ),
    (405, "After a 405 read Allow", Needs, Sign::Has("Allow")),
    (405, "A presence server that", Needs, SUBSCRIBE),
    (489, "A presence server that", Needs, SUBSCRIBE),
    (
        408,
        "A request of more than 1300",
        Needs,
        Sign::Asked(|asked| asked.line.len() + asked.rows.len() + asked.body.len() > LARGE),
    ),
    (
        415,
        "If an S/MIME body",
        Needs,
        Sign::Asked(|asked| {
            let kind = asked.value("Content-Type").unwrap_or_default();
            let kind = kind.to_ascii_lowercase();
            [&b"multipart/"[..], b"application/pkcs7"]
                .iter()
                .any(|known| kind.starts_with(known))
        }),
    ),
    (
        416,
        "After a 416 to a tel URI",
        Needs,
        Sign::Asked(|asked| !goes_to(asked, "sips:")),
    ),
    (416, "After a 416 a UAC MUST NOT", Needs, SIPS),
    (
        416,
        "The SIP URI that replaces",
        Needs,
        Sign::Asked(|asked| goes_to(asked, "tel:")),
    ),
    (
        420,
        "After a 420 for the tag pref",
        Needs,
        Sign::Lists("Unsupported", "pref"),
    ),
    (
        421,
        "After a 421 with Security-Server",
        Needs,
        Sign::Has("Security-Server"),
    ),
    (
        421,
        "Session timers need no",
        Needs,
        Sign::Lists("Require", "timer"),
    ),
    (422, "If a refresh gets the same", Needs, INSIDE),
    (428, "A UAC that gets a 428", Needs, INSIDE),
    (436, "A UAC that gets a 436", Needs, INSIDE),
    (437, "A UAC that gets a 437", Needs, INSIDE),
    (438, "A UAC that gets a 438", Needs, INSIDE),
    (
        424,
        "Who does not want to give",
        Needs,
        Sign::Seconds("Geolocation-Error", 200, 299),
    ),
    (
        425,
        "Before another try read",
        Needs,
        Sign::Has("AlertMsg-Error"),
    ),
    (
        480,
        "After a 480 with warn-code 380",
        Needs,
        Sign::Warning(&[380]),
    ),
    (481, "After a 481 to the refresh", Needs, SUBSCRIBE),
    (481, "After a 481 to a CANCEL", Needs, CANCEL),
    (481, "A CANCEL that overtakes", Needs, CANCEL),
    (
        487,
        "A 487 after your own CANCEL",
        Both,
        Sign::Beside(|facts| {
            let whose = whose(facts);
            matches!(whose, Whose::Caller | Whose::Somebody | Whose::Unknown)
        }),
    ),
    (
        487,
        "A 487 that you did not ask for",
        Needs,
        Sign::Beside(|facts| {
            let is_open = whose(facts) != Whose::Caller && !is_ended_otherwise(facts);
            is_open
                && facts
                    .request
                    .is_none_or(|request| tag(request, "To").is_none())
        }),
    ),
    (
        487,
        "If a 487 came because the INVITE expired",
        Needs,
        Sign::Beside(may_be_expired),
    ),
    // It came.
    (487, "After a CANCEL the 487 may never", Needs, NEVER),
    (487, "The 200 to your CANCEL says", Needs, NEVER),
    (
        488,
        "If a 488 carries Policy-Contact",
        Needs,
        Sign::Has("Policy-Contact"),
    ),
    (488, "A Warning in a 488", Needs, Sign::Has("Warning")),
    (489, "After a 489 to the refresh", Needs, INSIDE),
    (491, "A 491 to an UPDATE", Needs, UPDATE),
    (504, "After a 504 to an UPDATE", Needs, UPDATE),
    (500, "A client that gets a 503", Needs, NEVER),
    (500, "A UAC that got a 500 to a second", Needs, INSIDE),
    (
        503,
        "If the 503 has no Retry-After",
        Needs,
        Sign::Lacks("Retry-After"),
    ),
    (
        503,
        "A phone that follows RFC 5626",
        Needs,
        Sign::Has("Retry-After"),
    ),
    // What says when to come again was sent.
    (
        503,
        "A name without SRV records",
        Needs,
        Sign::Lacks("Retry-After"),
    ),
    (
        503,
        "A request that went to TCP",
        Needs,
        Sign::Lacks("Retry-After"),
    ),
    (
        503,
        "A request that went to TCP",
        Needs,
        Sign::Beside(|facts| {
            let via = syntax::top_via(facts.message);
            via.is_none_or(|via| !via.transport.eq_ignore_ascii_case(b"UDP"))
        }),
    ),
    (
        606,
        "The warn-codes in Warning",
        Needs,
        Sign::Has("Warning"),
    ),
];

const SUBSCRIBE: Sign = Sign::Method(&["SUBSCRIBE"]);
const CANCEL: Sign = Sign::Method(&["CANCEL"]);
const REFER: Sign = Sign::Method(&["REFER"]);
const UPDATE: Sign = Sign::Method(&["UPDATE"]);
const NEVER: Sign = Sign::Beside(|_| false);
const BODY: Sign = Sign::Beside(|facts| !facts.message.body.is_empty());
const SIPS: Sign = Sign::Asked(|asked| goes_to(asked, "sips:"));
const INSIDE: Sign = Sign::Asked(|asked| tag(asked, "To").is_some());
const CREDENTIALS: Sign = Sign::Asked(has_credentials);
const HEADERS_IN_URI: Sign = Sign::Beside(|facts| {
    let mut contacts = facts.message.values("Contact");
    contacts.any(|contact| contact.contains(&b'?'))
});
const SEVERAL: Sign = Sign::Beside(|facts| challenges(facts.message).len() > 1);
const BEARER: Sign = Sign::Beside(|facts| asks(facts, |one| is_scheme(one, "Bearer")));
const BASIC: Sign = Sign::Beside(|facts| asks(facts, |one| is_scheme(one, "Basic")));
const UNNAMED: Sign = Sign::Beside(|facts| asks(facts, |one| one.algorithm.is_none()));

fn asks(facts: &Facts<'_>, is_it: fn(&Challenge) -> bool) -> bool {
    challenges(facts.message).iter().any(is_it)
}

fn is_scheme(challenge: &Challenge, scheme: &str) -> bool {
    challenge.scheme.eq_ignore_ascii_case(scheme)
}

/// Returns whether the Request-URI has a scheme, which is given with its colon.
fn goes_to(request: &Message<'_>, scheme: &str) -> bool {
    let uri = target(request).unwrap_or_default();
    let own = uri.get(..scheme.len());
    own.is_some_and(|own| own.eq_ignore_ascii_case(scheme))
}

/// Returns whether a message, as far as it is known, is what a rule is about.
pub(super) fn fits(facts: &Facts<'_>, rule: &Retry) -> bool {
    let says = rule.says.as_str();
    // Of a status line alone nothing is known.
    let is_whole = facts.message.has("CSeq");
    let rows = CONDITIONS
        .iter()
        .filter(|(code, begins, ..)| is_whole && *code == facts.code() && says.starts_with(begins));
    let mut is_proven = false;
    for (_, _, decides, sign) in rows {
        match (decides, shows(facts, sign)) {
            (Needs | Both, false) => return false,
            (Both, true) => is_proven = true,
            _ => {}
        }
    }
    let is_about = is_proven || facts.method.is_empty() || is_about(facts, says);
    is_about && (facts.method.is_empty() || is_of(facts, rule.cite)) && !is_refuted(facts, says)
}

/// Returns whether a message shows that a rule is not about it: about a time to wait that it does not name, or about what
/// stands inside a dialog and outside of one.
fn is_refuted(facts: &Facts<'_>, says: &str) -> bool {
    // With a time the message says it itself, with its value.
    let waits = says.contains("If the") && says.contains(" has Retry-After")
        || says.contains("when the time in Retry-After has passed");
    let of_dialog = says.starts_with("Inside a dialog") || says.starts_with("Within a dialog");
    let outside = facts
        .request
        .is_some_and(|request| tag(request, "To").is_none());
    facts.message.has("CSeq") && (waits || of_dialog && outside)
}

/// Returns whether a rule names the method, or none at all.
fn is_about(facts: &Facts<'_>, says: &str) -> bool {
    let apart = |letter: char| !letter.is_ascii_alphanumeric();
    let mut named = says
        .split(apart)
        .filter(|word| METHODS.contains(word))
        .peekable();
    named.peek().is_none() || named.any(|method| facts.is(method))
}

/// Sections about sessions alone: RFC, the section with those below it, and the methods whose responses they are about.
const OF_SESSIONS: &[(u16, &str, &[&str])] = &[
    (3261, "13.", &["INVITE"]),
    (3261, "14.", &["INVITE"]),
    (4028, "", &["INVITE", "UPDATE"]),
];

/// Returns whether the section of a rule is about the method, or about all.
fn is_of(facts: &Facts<'_>, cite: Citation) -> bool {
    let mut sections = OF_SESSIONS.iter();
    let section = sections
        .find(|(rfc, section, _)| *rfc == cite.rfc() && cite.section().starts_with(section));
    section.is_none_or(|(.., methods)| methods.iter().any(|method| facts.is(method)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{StatusCode, response};
    use crate::explain::call::Beside;

    #[test]
    fn each_condition_is_of_one_rule_of_a_page() {
        for (code, begins, ..) in CONDITIONS {
            let rules = response(StatusCode::of(*code)).retry.iter();
            let fitting = rules.filter(|rule| rule.says.starts_with(begins));
            assert_eq!(fitting.count(), 1, "{code} {begins}");
        }
    }

    /// Returns how the rules begin that are about the last of some messages.
    fn rules(messages: &[String]) -> Vec<&'static str> {
        let all: Vec<Message<'_>> = messages
            .iter()
            .map(|one| Message::of(one.as_bytes()))
            .collect();
        let at = all.len() - 1;
        let facts = Facts::of(&all[at]).beside(Beside { call: &all, at });
        let page = facts.page.expect("a response");
        let rules = page.retry.iter().filter(|rule| fits(&facts, rule));
        rules
            .map(|rule| rule.says.as_str())
            .map(|says| says.get(..says.len().min(24)).unwrap_or(says))
            .collect()
    }

    fn message(start: &str, vias: usize, branch: &str, cseq: &str, fields: &str) -> String {
        let via = format!("Via: SIP/2.0/UDP a;branch={branch}\r\n");
        let via = via + &"Via: SIP/2.0/UDP b;branch=z\r\n".repeat(vias - 1);
        format!(
            "{start}\r\n{via}From: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\nCall-ID: 1\r\nCSeq: {cseq}\r\n{fields}\r\n"
        )
    }

    fn terminated(invite: &str, cancel: Option<(&str, &str)>) -> Vec<String> {
        let mut all = vec![message(
            "INVITE sip:c@d SIP/2.0",
            1,
            "1",
            "1 INVITE",
            invite,
        )];
        all.extend(cancel.map(|(branch, fields)| {
            message("CANCEL sip:c@d SIP/2.0", 1, branch, "1 CANCEL", fields)
        }));
        all.push(message("SIP/2.0 487 x", 1, "1", "1 INVITE", ""));
        all
    }

    #[test]
    fn a_487_has_the_rules_of_what_ended_it() {
        let own = "A 487 after your own CAN";
        let other = "A 487 that you did not a";
        let expired = "If a 487 came because th";
        let elsewhere = "Reason: SIP;cause=200\r\n";
        for (messages, expected) in [
            (terminated("", Some(("1", ""))), &[own][..]),
            (terminated("", Some(("2", ""))), &[other]),
            (terminated("", Some(("2", elsewhere))), &[]),
            (terminated("", None), &[other]),
            (terminated("Expires: 30\r\n", None), &[other, expired]),
            (
                vec![message("SIP/2.0 487 x", 1, "1", "1 INVITE", "")],
                &[own, other, expired],
            ),
        ] {
            assert_eq!(rules(&messages), expected, "{messages:?}");
        }
    }

    #[test]
    fn what_the_message_refutes_is_left_out() {
        let of = |code: u16, fields: &str| {
            let start = format!("SIP/2.0 {code} x");
            rules(&[message(&start, 1, "1", "1 INVITE", fields)])
        };
        let has_other = |fields: &str| {
            let rules = of(503, fields);
            rules
                .iter()
                .any(|rule| rule.starts_with("If the 503 has no"))
        };
        assert!(has_other("") && !has_other("Retry-After: 9\r\n"));
        for (code, begins, fields) in [
            (
                401,
                "After a 401 with a Beare",
                "WWW-Authenticate: Bearer a=\"b\"\r\n",
            ),
            (
                488,
                "If a 488 carries Policy-",
                "Policy-Contact: <sip:p@q>\r\n",
            ),
            (
                302,
                "The Contact URI of a 302",
                "Contact: <sip:a@b?Subject=x>\r\n",
            ),
        ] {
            assert!(of(code, fields).contains(&begins), "{code}");
            assert!(!of(code, "").contains(&begins), "{code}");
        }
        // A status line alone refutes nothing.
        let bare = rules(&["SIP/2.0 487 Request Terminated\r\n".to_owned()]);
        assert_eq!(bare.len(), 5);
    }
}
