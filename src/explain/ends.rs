//! Why a BYE ends a call: what its Reason, and the fields of products, point to among the fixes of the pages.

use super::facts::Facts;
use super::headers;
use super::words::{plain_words, text};
use crate::catalog::{self, Fix, StatusCode};

/// An end of a call: the words that tell it, any of which will do; what happened; the fix, by its page and how its cause begins; what
/// else the client may do, and the section.
struct End {
    words: &'static [&'static str],
    /// What happened, as a clause.
    says: &'static str,
    page: u16,
    begins: &'static str,
    next: &'static str,
    cite: &'static str,
}

const fn end(
    words: &'static [&'static str],
    says: &'static str,
    (page, begins): (u16, &'static str),
    (next, cite): (&'static str, &'static str),
) -> End {
    End {
        words,
        says,
        page,
        begins,
        next,
        cite,
    }
}

/// The words of a value as `plain_words` has them; several that belong together have a blank between.
const ENDS: &[End] = &[
    end(
        &["ack"],
        "no ACK came for the 200 to the INVITE",
        (200, "No ACK reaches the callee"),
        (
            "Look for the ACK of the 200 to the INVITE: without one for 64*T1 (32 s) the side that answered ends the call with a BYE.",
            "3261 13.3.1.4",
        ),
    ),
    end(
        &["media", "rtp", "rtcp", "ice", "inactivity", "no audio"],
        "no media came any more, or none ever did",
        (200, "The call drops the same few seconds"),
        (
            "Compare the address and port in c= and m= of both sides with where the media comes from and goes to.",
            "3264 5.1",
        ),
    ),
    end(
        &[
            "session timer",
            "session timeout",
            "session expired",
            "session expires",
            "session refresh",
            "refresh",
            "refresher",
        ],
        "the session timer ran out without a refresh",
        (200, "The call drops after another fixed time"),
        (
            "Look for the re-INVITE or UPDATE that refreshes the session: the side that gets none in time ends it with a BYE.",
            "4028 10",
        ),
    ),
    end(
        &[
            "max duration",
            "call duration",
            "time limit",
            "allotted timeout",
            "duration exceeded",
        ],
        "the call reached a limit on its length",
        (200, "The call drops after another fixed time"),
        ("", ""),
    ),
];

/// What fits each BYE.
const UNKNOWN: (u16, &str) = (200, "A call ended, and it is unclear who");
/// What fits one that names a 408 and no words of the above.
const TIMED_OUT: (u16, &str) = (408, "A running call ended with a 408");

/// Returns the fixes for a BYE, and whether it points to them.
pub(super) fn fixes(facts: &Facts<'_>) -> Vec<(&'static Fix, bool)> {
    if !is_bye(facts) {
        return Vec::new();
    }
    let told = found(facts).map(|end| (end.page, end.begins));
    let timed_out = Some(TIMED_OUT).filter(|_| names_408(facts));
    let unknown = Some(UNKNOWN).filter(|_| told.is_none());
    let named = [(told, true), (timed_out, true), (unknown, false)];
    let named = named
        .into_iter()
        .filter_map(|(row, is_told)| Some((row?, is_told)));
    named
        .filter_map(|((page, begins), is_told)| Some((fix(page, begins)?, is_told)))
        .collect()
}

/// Returns what the words of a BYE point to, as a clause.
pub(super) fn says(facts: &Facts<'_>) -> Option<String> {
    found(facts).map(|end| end.says.to_owned())
}

/// Returns what to look at next after a BYE, and the sections.
pub(super) fn next(facts: &Facts<'_>) -> Vec<(&'static str, &'static str)> {
    if !is_bye(facts) {
        return Vec::new();
    }
    let own = found(facts).map(|end| (end.next, end.cite));
    let own = own.filter(|(next, _)| !next.is_empty());
    let answer = (
        "Answer it with a 200 and end the media; a 481 says that no dialog fits it: compare Call-ID and both tags.",
        "3261 15.1.2",
    );
    own.into_iter().chain([answer]).collect()
}

fn is_bye(facts: &Facts<'_>) -> bool {
    facts.page.is_none() && facts.is("BYE") && facts.message.is_request()
}

fn found(facts: &Facts<'_>) -> Option<&'static End> {
    let reasons = facts.reasons.iter().filter_map(|(reason, _)| reason.text);
    let fields = facts.told.iter().map(|(_, value)| value.clone());
    let warnings = facts.warnings.iter().filter_map(|warning| warning.text);
    let means = headers::words(facts);
    let texts: Vec<String> = reasons
        .chain(warnings)
        .map(text)
        .chain(fields)
        .chain(means)
        .collect();
    let texts: Vec<String> = texts
        .iter()
        .map(|text| format!(" {} ", plain_words(text).join(" ")))
        .collect();
    let is_in = |words: &&str| {
        let words = format!(" {words} ");
        texts.iter().any(|text| text.contains(&words))
    };
    let mut ends = ENDS.iter().filter(|_| is_bye(facts));
    ends.find(|end| end.words.iter().any(&is_in))
}

fn names_408(facts: &Facts<'_>) -> bool {
    let mut reasons = facts.reasons.iter();
    reasons.any(|(reason, _)| reason.is_sip() && reason.cause == Some(408))
}

fn fix(page: u16, begins: &str) -> Option<&'static Fix> {
    let page = catalog::response(StatusCode::new(page).ok()?);
    page.fix.iter().find(|fix| fix.cause.starts_with(begins))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Citation;

    #[test]
    fn each_end_has_its_fix_and_its_section() {
        for end in ENDS {
            assert!(fix(end.page, end.begins).is_some(), "{}", end.begins);
            let is_cited = Citation::find(end.cite).is_some();
            assert!(is_cited || end.next.is_empty(), "{}", end.cite);
        }
        for (page, begins) in [UNKNOWN, TIMED_OUT] {
            assert!(fix(page, begins).is_some(), "{begins}");
        }
    }
}
