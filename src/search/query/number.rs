//! The one reader of numbers: which numbers of three digits are codes, whatever sign stands beside them, and how sure
//! that is by what stands around them.

use std::cmp::Reverse;

use super::around;
use super::reading::Reading;
use crate::catalog::{Class, StatusCode, response};
use crate::search::sorted::sort_by_key;

/// How sure it is that a number is a code, the surest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::search) enum Sureness {
    /// Nothing around it says so.
    Bare,
    /// It begins the text, stands in brackets or behind a word such as "status".
    Told,
    /// Its own phrase stands beside it.
    Phrase,
    /// A status line has it.
    StatusLine,
}

/// A code that stands in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    pub(super) code: StatusCode,
    pub(super) sure: Sureness,
    /// The place of its digits.
    pub(super) at: usize,
}

/// Returns the codes of a text: registered ones first, then the surest, then as they stand there.
pub(super) fn codes(reading: &Reading<'_>) -> Vec<Number> {
    let skipped = around::beside_the_point(reading);
    let mut numbers: Vec<Number> = reading
        .left()
        .filter(|at| !skipped.iter().any(|lines| lines.contains(at)))
        .filter_map(|at| number(reading, at))
        .collect();
    listed_together(reading, &mut numbers);
    let alone = is_all(reading, &numbers);
    numbers.retain(|number| {
        let is_known = response(number.code).is_written();
        is_known || alone || number.sure > Sureness::Told || is_meant(reading, number.at)
    });
    let best = numbers.iter().map(|number| number.sure).max();
    if best > Some(Sureness::Told) && !alone {
        // Beside a status line or a phrase a number that nothing speaks for is something else.
        numbers.retain(|number| number.sure > Sureness::Bare);
    }
    if !alone {
        // Of a flow with its phrases the failure is what the text is about.
        let is_flow = !(0..reading.len()).any(|at| reading.is_any(at, around::COMPARED));
        sort_by_key(&mut numbers, |number| {
            let is_unknown = !response(number.code).is_written();
            let is_failure = number.sure > Sureness::Told && number.code.class() > Class::Success;
            (is_unknown, Reverse(number.sure), is_flow && !is_failure)
        });
    }
    numbers
}

/// Makes the numbers of a list as sure as the surest of them: "486 600 busy".
fn listed_together(reading: &Reading<'_>, numbers: &mut [Number]) {
    let is_between = |at: usize| {
        reading.is_any(at, around::BETWEEN)
            || matches!(reading.sign(at), Some(',' | ';' | '/' | '|' | '&'))
    };
    for _ in 0..2 {
        for second in 1..numbers.len() {
            let (one, other) = (numbers[second - 1], numbers[second]);
            if (one.at + 1..other.at).all(is_between) {
                let sure = one.sure.max(other.sure).min(Sureness::Phrase);
                numbers[second - 1].sure = one.sure.max(sure);
                numbers[second].sure = other.sure.max(sure);
            }
        }
    }
}

/// Returns whether a text has a code of which something around it says that it is one.
pub(super) fn has_sure_code(text: &str) -> bool {
    let reading = Reading::of(text);
    codes(&reading)
        .iter()
        .any(|number| number.sure > Sureness::Bare)
}

/// Returns whether numbers, and what people write between them, are all that is left of a text.
fn is_all(reading: &Reading<'_>, numbers: &[Number]) -> bool {
    let is_number = |at: &usize| numbers.iter().any(|number| number.at == *at);
    let is_between = |at: usize| match reading.letters(at) {
        Some(_) => reading.is_any(at, around::BETWEEN),
        None => reading.sign(at).is_some(),
    };
    !numbers.is_empty() && reading.left().all(|at| is_number(&at) || is_between(at))
}

fn number(reading: &Reading<'_>, at: usize) -> Option<Number> {
    let code: StatusCode = reading.digits(at)?.parse().ok()?;
    let phrase = response(code).phrase();
    let in_version = around::is_behind_version(reading, at);
    if in_version {
        let sure = Sureness::StatusLine;
        return around::ends_here(reading, at).then_some(Number { code, sure, at });
    }
    let said = around::has_phrase(reading, at, phrase);
    if !around::is_free_before(reading, at)
        || !(around::is_free_behind(reading, at) || said.is_glued)
    {
        return None;
    }
    if said.is_said {
        let sure = Sureness::Phrase;
        return Some(Number { code, sure, at });
    }
    if around::is_counted(reading, at, code.get()) || around::belongs_to_another(reading, at) {
        return None;
    }
    let told = around::is_told(reading, at) || around::is_bracketed(reading, at);
    let begins = (0..at).all(|before| reading.sign(before).is_some());
    let sure = if told || begins {
        Sureness::Told
    } else {
        Sureness::Bare
    };
    Some(Number { code, sure, at })
}

/// Returns whether a number that nobody registered is meant as a code: it stands in brackets, a word says so, or a
/// phrase of somebody follows.
fn is_meant(reading: &Reading<'_>, at: usize) -> bool {
    around::is_told(reading, at)
        || around::is_bracketed(reading, at)
        || around::is_titled(reading, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<u16> {
        let numbers = codes(&Reading::of(text));
        numbers.iter().map(|number| number.code.get()).collect()
    }

    #[test]
    fn a_code_is_one_whatever_sign_stands_beside_it() {
        for text in [
            "486",
            "486.",
            "486;",
            "486:",
            "(486)",
            "[486]",
            "#486",
            "code=486",
            "=486",
            "486?",
            "486/INVITE",
            "\"486\"",
            "'486'",
            "486!",
            "<-- 486",
            "-> 486",
            "status:486",
            "VENDOR_486",
            "x: 486,",
            "{\"status\":486}",
            "StatusCode486",
            "sip486",
            "486BusyHere",
            "486_busy",
            "486-busy",
            "SIP-486",
            "486...",
            "*486*",
            "`486`",
        ] {
            assert_eq!(found(text), [486], "{text}");
        }
    }

    #[test]
    fn lists_keep_their_order() {
        for text in [
            "480 408",
            "480,408",
            "480, 408",
            "480/408",
            "480 vs 408",
            "480 or 408?",
            "480|408",
            "480;408",
            "480 and 408",
            "480-408",
            "480 vs. 408",
            "480 & 408",
            "480 -> 408",
        ] {
            assert_eq!(found(text), [480, 408], "{text}");
        }
    }

    #[test]
    fn what_is_counted_or_named_otherwise_is_none() {
        for text in [
            "received 420 bytes from peer",
            "took 180 ms to answer",
            "drops after 180 seconds",
            "sent to port 500 of it",
            "CSeq: 102 INVITE x",
            "seqno 480 seen",
            "chan_sip.c:404 x",
            "from 10.0.0.200 x",
            "10.1.180.2:500 x",
            "at 10:00:01.486 x",
            "at 10:00:01,486 x",
            "2026-11-22 x",
            "+49 555 486 123",
            "0800 486 123",
            "800 555 0199",
            "sip:403@1.2.3.4 x",
            "m=audio 4000 RTP/AVP 0 8 101",
            "a=rtpmap:101 telephone-event",
            "tag=as486f3",
            "500GB disk",
            "4860 x",
            "1.486 x",
            "486.5 x",
            "500ms x",
            "asterisk[486] x",
            "200 calls at once",
            "\"100\" <sip:100@10.0.0.1> x",
            "duration_ms=200 x",
            "retries 200 x",
            "180s x",
            "Content-Length: 200 x",
            "expires=300 x",
            "x SIP/200-00000001 x",
            "486x",
        ] {
            assert_eq!(found(text), [0; 0], "{text}");
        }
    }

    #[test]
    fn what_stands_around_it_says_which_is_meant() {
        for (text, first) in [
            (".RX 420 bytes Response msg 487/INVITE", 487),
            ("line 200 of x: error 503", 503),
            ("tried 180 then 486 Busy Here", 486),
            ("101 then 486", 486),
            ("on 404 channel: got SIP/2.0 603 x", 603),
            ("Not Found (404) after 200", 404),
            ("100 Trying, 180 Ringing, 486 Busy Here", 486),
            ("SIP/2.0 100 Trying\nSIP/2.0 404 Not Found", 404),
            ("100 Trying vs 421 Extension Required", 100),
            ("we get 503s", 503),
        ] {
            assert_eq!(found(text).first(), Some(&first), "{text}");
        }
    }

    #[test]
    fn what_nobody_registered_counts_alone_or_where_something_says_so() {
        for text in [
            "599",
            "599 Gone Fishing",
            "599?",
            "got 599 back",
            "[599]",
            "status=599",
            "599 Gone Fishing",
        ] {
            assert_eq!(found(text), [599], "{text}");
        }
        for text in ["room 599 rings", "x 101 y", "the 599 is here"] {
            assert_eq!(found(text), [0; 0], "{text}");
        }
    }
}
