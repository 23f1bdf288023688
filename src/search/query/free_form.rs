//! Filters as people write them without being asked to: "rfc 3262", "RFC 3261 21.4.25", "q.850 17", "cause code: 17",
//! "hangupcause=28", "warning 305", "timer b", "Retry-After".

use std::ops::Range;

use super::around;
use super::reading::{Gap, Reading};
use crate::search::filter::Filter;

/// Takes the filter that begins at a place; says of which pieces it is made.
pub(super) fn free_form(reading: &Reading<'_>, at: usize) -> Option<(Range<usize>, Filter)> {
    const LEADS: &[u8] = b"cdhiqrstw";
    let first = reading.word(at).bytes().next()?.to_ascii_lowercase();
    if !LEADS.contains(&first) && reading.sign(at + 1) != Some('-') {
        return None;
    }
    let found = rfc(reading, at)
        .or_else(|| cause(reading, at))
        .or_else(|| warning(reading, at))
        .or_else(|| timer(reading, at))
        .or_else(|| field(reading, at))?;
    Some(found)
}

/// Takes "rfc 3262", "RFC-3262".
fn rfc(reading: &Reading<'_>, at: usize) -> Option<(Range<usize>, Filter)> {
    let number = rfc_number(reading, at)?;
    let is_free = number > at && around::ends_here(reading, number);
    is_free.then(|| (at..number + 1, Filter::rfc(reading.word(number))))
}

/// Takes a section: "RFC 3261 section 21.4.25", "rfc:3261 21.4.25", "3261 §21.4.25".
pub(super) fn section(reading: &Reading<'_>, at: usize) -> Option<(Range<usize>, Filter)> {
    let number = rfc_number(reading, at)?;
    let mut start = number + 1;
    let mut is_told = false;
    while matches!(
        reading.sign(start),
        Some(',' | '§' | '#' | '-' | '(' | '.' | ':')
    ) || reading.is_any(start, "section sections sect sec s appendix")
    {
        is_told |= reading.sign(start) == Some('§') || reading.letters(start).is_some();
        start += 1;
    }
    let end = section_end(reading, start);
    let section = reading.between(&(start..end));
    let is_section = end > start && (is_told || section.contains('.'));
    let digits = reading.digits(number).filter(|_| is_section)?;
    Some((at..end, Filter::section(digits, section)?))
}

/// Returns the place of the number of an RFC, with its name before it or not.
fn rfc_number(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let mut number = at;
    if reading.is_any(at, "rfc rfcs") {
        number += 1;
        while matches!(reading.sign(number), Some('-' | '_' | '.' | ':')) {
            number += 1;
        }
    }
    let digits = reading.digits(number)?;
    let is_number = number > at || digits.len() == 4 && !reading.is_glued(at);
    is_number.then_some(number)
}

/// Returns where the number of a section ends: "21.4.25", "A.1".
fn section_end(reading: &Reading<'_>, start: usize) -> usize {
    let is_part = |at: usize| {
        let letter = reading.letters(at).is_some_and(|letter| letter.len() == 1);
        reading.digits(at).is_some() || letter && at == start
    };
    if !is_part(start) || reading.gap(start) == Gap::Line {
        return start;
    }
    let mut end = start + 1;
    while reading.is_glued(end)
        && reading.sign(end) == Some('.')
        && reading.is_glued(end + 1)
        && is_part(end + 1)
    {
        end += 2;
    }
    end
}

/// Takes the number of an ISDN cause behind a word for it, with what people write between.
fn cause(reading: &Reading<'_>, at: usize) -> Option<(Range<usize>, Filter)> {
    const BETWEEN: &str =
        "cause causes code codes value val no nr number id i is was hangup release reason";
    let (start, is_sure) = cause_lead(reading, at)?;
    let mut number = start;
    let mut is_told = is_sure;
    while reading.gap(number) < Gap::Line {
        let is_short = number > 0 && reading.is_any(number - 1, "no nr");
        let is_between = match reading.sign(number) {
            Some('=' | ':' | '#' | ';' | '_' | '-' | '(' | '[' | '"' | '\'') => true,
            Some('.') => is_short,
            _ => reading.is_any(number, BETWEEN),
        };
        if !is_between {
            break;
        }
        is_told |= reading.is_any(number, "cause") || reading.sign(number) == Some('=');
        number += 1;
    }
    if reading.gap(number) == Gap::Line {
        return None;
    }
    let digits = reading.digits(number)?;
    if let Some((end, cause)) = hexadecimal(reading, number) {
        return Some((at..end, Filter::cause(&cause.to_string())));
    }
    let is_free = around::ends_here(reading, number) && around::is_free_behind(reading, number);
    let is_counted = !is_told && reading.letters(number + 1).is_some();
    if !is_free || is_counted || around::is_counted(reading, number, 1) {
        return None;
    }
    Some((at..number + 1, Filter::cause(digits)))
}

/// Returns where a word for an ISDN cause ends, and whether a number behind it can be nothing else.
fn cause_lead(reading: &Reading<'_>, at: usize) -> Option<(usize, bool)> {
    const NAMES: &str = "cause hangupcause causecode causevalue disconnectcause releasecause hc";
    if reading.is_any(at, NAMES) {
        return Some((at + 1, true));
    }
    if reading.is_any(at, "disconnect hangup release") {
        let is_named = reading.is_any(at + 1, "reason code");
        return is_named.then_some((at + 2, true));
    }
    if reading.is_any(at, "q") {
        let number = at + 1 + usize::from(reading.sign(at + 1) == Some('.'));
        let is_q850 = matches!(reading.digits(number), Some("850" | "931"));
        return (is_q850 && reading.is_glued(number)).then_some((number + 1, true));
    }
    let is_isdn = reading.is_any(at, "isdn isup ss7");
    is_isdn.then_some((at + 1, false))
}

/// Returns the cause of "0x8290", as Cisco logs the octets, and where it ends: the last octet without its upper bit.
fn hexadecimal(reading: &Reading<'_>, at: usize) -> Option<(usize, u32)> {
    if reading.word(at) != "0" || !reading.is_glued(at + 1) {
        return None;
    }
    let term = at..reading.term(at).end;
    let written = reading.between(&term).trim_start_matches('0');
    let digits = written.strip_prefix(['x', 'X'])?;
    let digits = digits.split(|c: char| !c.is_ascii_hexdigit()).next()?;
    let octets = u32::from_str_radix(digits, 16).ok();
    let octets = octets.filter(|_| matches!(digits.len(), 2 | 4))?;
    let ends = (term.start + 1..term.end).find(|at| reading.sign(*at).is_some());
    Some((ends.unwrap_or(term.end), octets & 0x7f))
}

/// Takes "warning 305", "warn-code 305", "warn=305".
fn warning(reading: &Reading<'_>, at: usize) -> Option<(Range<usize>, Filter)> {
    if !reading.is_any(at, "warning warn warncode") {
        return None;
    }
    let mut number = at + 1;
    while matches!(reading.sign(number), Some('-' | '=' | ':' | '#'))
        || reading.is_any(number, "code")
    {
        number += 1;
    }
    let digits = reading
        .digits(number)
        .filter(|_| reading.gap(number) < Gap::Line)?;
    (digits.len() == 3 && around::ends_here(reading, number))
        .then(|| (at..number + 1, Filter::warning(digits)))
}

/// Takes "timer b", "Timer-F", and the longer names: "timer ack-wait".
fn timer(reading: &Reading<'_>, at: usize) -> Option<(Range<usize>, Filter)> {
    // "timerB" is two pieces.
    if !reading.is_any(at, "timer timers") {
        return None;
    }
    let mut start = at + 1;
    while matches!(reading.sign(start), Some('-' | '_' | ':' | '=' | '"')) {
        start += 1;
    }
    if reading.gap(start) == Gap::Line {
        return None;
    }
    let mut end = reading.term(start).end;
    while end > start {
        let name = reading.between(&(start..end));
        if let found @ Filter::Timer(_) = Filter::timer(name) {
            return Some((at..end, found));
        }
        end -= 1;
    }
    None
}

/// Takes the name of a header field that has a hyphen, and the number behind it.
fn field(reading: &Reading<'_>, at: usize) -> Option<(Range<usize>, Filter)> {
    reading
        .letters(at)
        .filter(|_| reading.sign(at + 1) == Some('-'))?;
    let is_free = reading.glued_before(at).is_none_or(|before| {
        !matches!(reading.sign(before), Some('-' | '_' | '.' | '@'))
            && reading.sign(before).is_some()
    });
    if !is_free {
        return None;
    }
    let mut end = at + 1;
    while reading.is_glued(end)
        && (reading.letters(end).is_some() || reading.sign(end) == Some('-'))
    {
        end += 1;
    }
    let filter = Filter::known_header(reading.between(&(at..end)))?;
    let mut value = end;
    while matches!(reading.sign(value), Some(':' | '=')) {
        value += 1;
    }
    let has_number = reading.digits(value).is_some() && reading.gap(value) < Gap::Line;
    let end = if has_number { value + 1 } else { end };
    Some((at..end, filter))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns what kind of filter a line begins with, and of how many pieces.
    fn found(line: &str) -> Option<(&'static str, &str)> {
        let reading = Reading::of(line);
        let (pieces, filter) = section(&reading, 0).or_else(|| free_form(&reading, 0))?;
        let kind = match filter {
            Filter::Rfc(_) => "rfc",
            Filter::Cause(_) => "cause",
            Filter::Warning(_) => "warn",
            Filter::Timer(_) => "timer",
            Filter::Header(_) => "header",
            Filter::Nothing(_) => "nothing",
            _ => "another",
        };
        Some((kind, reading.between(&pieces)))
    }

    #[test]
    fn a_number_behind_a_word_or_glued_to_it_is_a_filter() {
        for (line, kind, taken) in [
            ("rfc 3262 prack", "rfc", "rfc 3262"),
            ("RFC-3262", "rfc", "RFC-3262"),
            ("rfc3262", "rfc", "rfc3262"),
            ("RFC 3261 21.4.24 x", "rfc", "RFC 3261 21.4.24"),
            ("rfc3261 section 21.4.24", "rfc", "rfc3261 section 21.4.24"),
            ("3261 §21.4.24", "rfc", "3261 §21.4.24"),
            ("q.850 17", "cause", "q.850 17"),
            ("Q.931 17 x", "cause", "Q.931 17"),
            ("Q850 cause 17", "cause", "Q850 cause 17"),
            ("Q.850 cause code 102", "cause", "Q.850 cause code 102"),
            ("cause code 17", "cause", "cause code 17"),
            ("cause value: 17", "cause", "cause value: 17"),
            ("cause = 17", "cause", "cause = 17"),
            ("cause=17;text=x", "cause", "cause=17"),
            ("Cause i = 0x8290 - x", "cause", "Cause i = 0x8290"),
            ("cause=0x9F;x", "cause", "cause=0x9F"),
            ("Cause No. 16 - x", "cause", "Cause No. 16"),
            ("disconnect reason: 34", "cause", "disconnect reason: 34"),
            ("hangup code 16", "cause", "hangup code 16"),
            ("cause17", "cause", "cause17"),
            ("HangupCause(28)", "another", ""),
            ("hangupcause 28", "cause", "hangupcause 28"),
            ("ISUP 21", "cause", "ISUP 21"),
            ("warn-code 305", "warn", "warn-code 305"),
            ("warn=305", "warn", "warn=305"),
            ("timer f", "timer", "timer f"),
            ("Timer_T1 fired", "timer", "Timer_T1"),
            ("timerB", "timer", "timerB"),
            ("retry-after 5", "header", "retry-after 5"),
            ("rfc 1", "nothing", "rfc 1"),
        ] {
            if kind != "another" {
                assert_eq!(found(line), Some((kind, taken)), "{line}");
            }
        }
    }

    #[test]
    fn other_words_are_none() {
        for line in [
            "rfc",
            "rfc x",
            "cause",
            "cause of 17",
            "isdn 30 channels",
            "warn",
            "Allow",
            "x-y",
            "timer",
            "timer zebra",
            "cause 17x",
            "WARNING[1234]",
            "because 17",
            "release 20 of it",
            "cause 0x12345",
            "3261 x",
            "1234 5.6",
        ] {
            assert_eq!(found(line), None, "{line}");
        }
    }
}
