//! What stands around a number: signs that make it part of something else, words that say what it is.

use std::ops::Range;

use super::reading::{Gap, Kind, Reading};

/// What people write between the codes of a list.
pub(super) const BETWEEN: &str = "vs versus or and against oder und v";

/// Who writes these compares codes.
pub(super) const COMPARED: &str = "vs versus against compare difference between or and";

/// Behind these words a number is a code.
const TOLD: &str = "sip http status code codes response responses error errors err reply replies replied received \
    receive receiving got get getting gets returned returns return rejected failed failure result cause \
    reason responded responds answers answered with sends sending sent rc sc gives gave msg statuscode";

/// Behind these words a number is something else.
const OTHERWISE: &str = "port ports cseq seq seqno sequence rseq rack rport pid tid thread branch ssrc pt payload rtpmap fmtp \
    clock bitrate rate frequency length len size forwards expires ttl ip id index idx row offset count \
    version ver build uid gid fd socket sock slot vlan mtu dscp tos jitter rtt latency delay duration \
    interval ptime maxptime age extension exten ext username peer endpoint aor account agent queue room \
    mailbox station rfc warning section se avp";

/// Behind these words a number stands for somebody where more than the two is said.
const SOMEBODY: &str = "user line phone channel trunk number";

/// Units: a number before them measures something.
const UNITS: &str = "bytes byte octets ms msec msecs millisecond milliseconds s sec secs second seconds min mins minute \
    minutes h hour hours day days kb mb kbit kbps mbps bit bits hz khz cps percent concurrent \
    simultaneous parallel euro euros usd dollars meters usec us";

/// What is counted, mostly in round numbers.
const COUNTED: &str = "calls users times attempts tries retries packets channels lines messages entries rows phones \
    extensions agents sessions devices";

/// Behind these a round number is a time, though no unit says so.
const TIMED: &str = "timeout timer every within wait waited waiting for in";

/// Returns whether "SIP/2.0" stands before a number.
pub(super) fn is_behind_version(reading: &Reading<'_>, at: usize) -> bool {
    let Some(version) = at.checked_sub(5).filter(|_| reading.gap(at) == Gap::Blank) else {
        return false;
    };
    let pieces: Vec<&str> = (version..at).map(|piece| reading.word(piece)).collect();
    pieces[0].eq_ignore_ascii_case("sip") && pieces[1..] == ["/", "2", ".", "0"]
}

/// Returns whether nothing is glued behind a number that goes on with it.
pub(super) fn ends_here(reading: &Reading<'_>, at: usize) -> bool {
    let behind = reading.glued_behind(at);
    behind.is_none_or(|behind| reading.letters(behind).is_none())
}

/// Returns whether what is glued before a number leaves it a number of its own.
pub(super) fn is_free_before(reading: &Reading<'_>, at: usize) -> bool {
    if is_of_phone(reading, at) {
        return false;
    }
    let Some(before) = reading.glued_before(at) else {
        return true;
    };
    let further = reading.glued_before(before);
    let further_digits = further.and_then(|further| reading.digits(further));
    let is_letters = further.is_some_and(|further| reading.letters(further).is_some());
    match reading.kind(before) {
        Some(Kind::Letters) => reading.is_any(before, TOLD),
        Some(Kind::Digits) | None => true,
        Some(Kind::Sign(sign)) => match sign {
            '.' => further_digits.is_none() && (!is_letters || is_told_word(reading, further)),
            '+' | '@' | '$' | '%' | '\\' | '~' | '<' => false,
            '-' => {
                further_digits.is_none_or(|digits| digits.len() == 3 && is_pair(reading, at - 2))
            }
            ':' => {
                let is_address = further.is_some_and(|f| reading.sign(f) == Some(']'));
                further_digits.is_none() && !is_address && !is_in_file(reading, further)
            }
            ',' => further_digits.is_none_or(|digits| digits.len() == 3),
            '[' => !is_letters || is_told_word(reading, further),
            // "SIP/200" is a channel.
            '/' => !further.is_some_and(|f| reading.is_any(f, "sip pjsip iax local dahdi")),
            _ => true,
        },
    }
}

/// Returns whether what is glued behind a number leaves it a number of its own.
pub(super) fn is_free_behind(reading: &Reading<'_>, at: usize) -> bool {
    let Some(behind) = reading.glued_behind(at) else {
        return true;
    };
    let further = reading.glued_behind(behind);
    let further_digits = further.and_then(|further| reading.digits(further));
    match reading.kind(behind) {
        Some(Kind::Letters) => is_plural(reading, at),
        Some(Kind::Sign(sign)) => match sign {
            '.' | ':' => further_digits.is_none(),
            '@' | '%' => false,
            '-' => further_digits.is_none() || is_pair(reading, at),
            _ => true,
        },
        Some(Kind::Digits) | None => true,
    }
}

/// Returns whether a number stands in the plural: "503s". A round one before an s is a time.
fn is_plural(reading: &Reading<'_>, at: usize) -> bool {
    let number: Option<u16> = reading.digits(at).and_then(|digits| digits.parse().ok());
    let is_failure = number.is_some_and(|number| number >= 400 && !number.is_multiple_of(10));
    is_failure && reading.letters(at + 1) == Some("s") && !reading.is_glued(at + 2)
}

/// Returns whether two numbers of three digits with a hyphen between them are all of a term.
fn is_pair(reading: &Reading<'_>, first: usize) -> bool {
    let is_code = |at: usize| {
        let digits = reading.digits(at);
        digits.is_some_and(|digits| {
            digits.len() == 3 && (b'1'..=b'6').contains(&digits.as_bytes()[0])
        })
    };
    let term = first..first + 3;
    let free = !reading.is_glued(first) && !reading.is_glued(term.end);
    free && is_code(first) && reading.sign(first + 1) == Some('-') && is_code(first + 2)
}

/// Returns whether a number is a group of a telephone number, or of a list of columns.
fn is_of_phone(reading: &Reading<'_>, at: usize) -> bool {
    let is_group = |at: usize| reading.digits(at).is_some();
    let is_between = |at: usize| matches!(reading.sign(at), Some('-' | '(' | ')' | '.'));
    let mut first = at;
    while first > 0
        && (is_group(first - 1) || is_between(first - 1))
        && reading.gap(first) < Gap::Line
    {
        first -= 1;
    }
    let mut last = at;
    while (is_group(last + 1) || is_between(last + 1)) && reading.gap(last + 1) < Gap::Line {
        last += 1;
    }
    let groups: Vec<&str> = (first..=last).filter_map(|at| reading.digits(at)).collect();
    let is_abroad = first > 0 && reading.sign(first - 1) == Some('+');
    let is_odd = |group: &&str| group.len() > 3 || group.starts_with('0');
    groups.len() > 1 && (is_abroad || groups[0].starts_with('0'))
        || groups.len() > 2 && groups.iter().any(is_odd)
}

/// Returns whether letters before a colon are the end of the name of a file or host, as in "sip.c:29053".
fn is_in_file(reading: &Reading<'_>, letters: Option<usize>) -> bool {
    let Some(letters) = letters.filter(|at| reading.letters(*at).is_some()) else {
        return false;
    };
    let dot = reading.glued_before(letters);
    let dot = dot.filter(|dot| reading.sign(*dot) == Some('.'));
    dot.is_some_and(|dot| reading.glued_before(dot).is_some())
}

fn is_told_word(reading: &Reading<'_>, at: Option<usize>) -> bool {
    at.is_some_and(|at| reading.is_any(at, TOLD))
}

/// Returns whether the words around a number make it a measure.
pub(super) fn is_counted(reading: &Reading<'_>, at: usize, number: u16) -> bool {
    let behind = at + 1;
    // What is glued behind it is the s of a plural.
    let is_near = reading.gap(behind) == Gap::Blank;
    let is_round = number.is_multiple_of(10);
    if is_near && reading.is_any(behind, UNITS) {
        return true;
    }
    if is_near && is_round && reading.is_any(behind, COUNTED) {
        return true;
    }
    let is_time = is_round && (number < 400 || number == 600);
    word_before(reading, at).is_some_and(|word| {
        is_time && reading.is_any(word, TIMED)
            || is_round && reading.is_any(word, COUNTED)
            || reading.is_any(word, UNITS)
    })
}

/// Returns the word before a number, with no more than a few signs between.
fn word_before(reading: &Reading<'_>, at: usize) -> Option<usize> {
    const SIGNS: usize = 4;
    let mut before = at;
    for _ in 0..=SIGNS {
        if reading.gap(before) == Gap::Line {
            return None;
        }
        before = before.checked_sub(1)?;
        match reading.kind(before)? {
            Kind::Letters => return Some(before),
            Kind::Digits => return None,
            // What ends there has no more to do with it.
            Kind::Sign(')' | ']' | '}' | '>') if before + 1 == at && !reading.is_glued(at) => {
                return None;
            }
            Kind::Sign(_) => {}
        }
    }
    None
}

/// Returns whether a number is the name of a caller: "100" <sip:100@10.0.0.1>.
fn is_caller(reading: &Reading<'_>, at: usize) -> bool {
    let mut behind = at + 1;
    while matches!(reading.sign(behind), Some('"' | '\'')) {
        behind += 1;
    }
    reading.sign(behind) == Some('<') && reading.gap(behind) < Gap::Line
}

/// Returns whether a word before a number says that it is one of something else.
pub(super) fn belongs_to_another(reading: &Reading<'_>, at: usize) -> bool {
    if is_caller(reading, at) {
        return true;
    }
    let Some(word) = word_before(reading, at) else {
        return false;
    };
    let is_more = reading.len() > 2;
    let after_retry = reading.is_any(word, "after")
        && word
            .checked_sub(2)
            .is_some_and(|w| reading.is_any(w, "retry") && reading.is_glued(word));
    reading.is_any(word, OTHERWISE)
        || after_retry
        || is_more && reading.is_any(word, SOMEBODY) && !has_word(reading, word, TOLD)
}

/// Returns whether the word before another is one of a list: "error number".
fn has_word(reading: &Reading<'_>, at: usize, words: &str) -> bool {
    at.checked_sub(1)
        .is_some_and(|before| reading.is_any(before, words))
}

/// Returns whether a word before a number says that it is a code.
pub(super) fn is_told(reading: &Reading<'_>, at: usize) -> bool {
    word_before(reading, at).is_some_and(|word| {
        let filler = "a an the is was of no nr number by final";
        reading.is_any(word, TOLD) || reading.is_any(word, filler) && has_word(reading, word, TOLD)
    })
}

/// Returns whether a number stands in brackets of its own, behind an equals sign or a number sign.
pub(super) fn is_bracketed(reading: &Reading<'_>, at: usize) -> bool {
    let Some(before) = reading.glued_before(at) else {
        return false;
    };
    let behind = reading
        .glued_behind(at)
        .and_then(|behind| reading.sign(behind));
    matches!(
        (reading.sign(before), behind),
        (Some('['), Some(']')) | (Some('('), Some(')')) | (Some('=' | '#'), _)
    )
}

/// Returns whether a number with a few words in capitals behind it is all of a text, as a status line shows it.
pub(super) fn is_titled(reading: &Reading<'_>, at: usize) -> bool {
    const LONGEST: usize = 8;
    let first = reading
        .letters(at + 1)
        .filter(|_| at == 0 && reading.len() <= LONGEST);
    first.is_some_and(|word| word.starts_with(char::is_uppercase))
}

/// Whether the phrase of a number stands beside it.
pub(super) struct Said {
    pub(super) is_said: bool,
    /// Whether it is glued to the number: "200OK".
    pub(super) is_glued: bool,
}

/// Returns whether the words of a phrase stand behind a number, or before it.
pub(super) fn has_phrase(reading: &Reading<'_>, at: usize, phrase: &str) -> Said {
    let words = |c: char| !c.is_alphanumeric();
    let first = phrase.split(words).next().unwrap_or_default();
    let last = phrase.rsplit(words).next().unwrap_or_default();
    let mut behind = at + 1;
    while behind < at + 5 && reading.sign(behind).is_some() && reading.gap(behind) < Gap::Line {
        behind += 1;
    }
    let same_line = reading.gap(behind) < Gap::Line;
    let is_behind = same_line && !first.is_empty() && is_like(reading.letters(behind), first);
    let is_glued = is_behind && behind == at + 1 && reading.is_glued(behind);
    let is_before = first != last
        && word_before(reading, at)
            .is_some_and(|word| reading.is_any(word, last) && has_all(reading, word, phrase));
    Said {
        is_said: is_behind || is_before,
        is_glued,
    }
}

/// Returns whether a word is that of a phrase, or another form of it: "Declined".
fn is_like(word: Option<&str>, of_phrase: &str) -> bool {
    const LONG: usize = 5;
    let Some(word) = word else { return false };
    let same = |length: usize| {
        let (word, other) = (word.get(..length), of_phrase.get(..length));
        matches!((word, other), (Some(word), Some(other)) if word.eq_ignore_ascii_case(other))
    };
    word.eq_ignore_ascii_case(of_phrase)
        || of_phrase.len() >= LONG && word.len() >= LONG && same(word.len().min(of_phrase.len()))
        // "BusyHere" in capitals or small letters.
        || of_phrase.len() < word.len() && of_phrase.len() > 3 && same(of_phrase.len())
}

/// Returns whether the words of a phrase end at a place of the text.
fn has_all(reading: &Reading<'_>, last: usize, phrase: &str) -> bool {
    let words: Vec<&str> = phrase.split(|c: char| !c.is_alphanumeric()).collect();
    let mut at = Some(last);
    words.iter().rev().all(|word| {
        while let Some(place) = at.filter(|place| reading.sign(*place).is_some()) {
            at = place.checked_sub(1);
        }
        let fits = at.is_some_and(|at| reading.is_any(at, word));
        at = at.and_then(|at| at.checked_sub(1));
        fits
    })
}

/// Returns the stretches that hold no code: SDP lines, and the payload types of a media line.
pub(super) fn beside_the_point(reading: &Reading<'_>) -> Vec<Range<usize>> {
    let mut stretches = Vec::new();
    let mut at = 0;
    while at < reading.len() {
        if is_sdp(reading, at) || is_profile(reading, at) {
            let line = reading.line(at);
            at = line.end;
            stretches.push(line);
        } else {
            at += 1;
        }
    }
    stretches
}

/// Returns whether an SDP line begins here: a letter, an equals sign, and what belongs behind it.
fn is_sdp(reading: &Reading<'_>, at: usize) -> bool {
    let is_free = !reading.is_glued(at);
    let letter = reading
        .letters(at)
        .filter(|letter| letter.len() == 1 && is_free);
    if letter.is_none() || reading.sign(at + 1) != Some('=') || !reading.is_glued(at + 1) {
        return false;
    }
    let named = |words: &str| reading.is_any(at + 2, words);
    match letter {
        Some("m") => named("audio video image application message text"),
        Some("c") => named("IN"),
        Some("b") => named("AS TIAS CT RR RS"),
        Some("a") => reading.letters(at + 2).is_some(),
        Some("o") => reading.gap(at + 3) == Gap::Blank || reading.sign(at + 2) == Some('-'),
        Some("t" | "v") => reading.digits(at + 2).is_some(),
        _ => false,
    }
}

/// Returns whether "RTP/AVP" or the like begins here, which payload types follow.
fn is_profile(reading: &Reading<'_>, at: usize) -> bool {
    reading.is_any(at, "rtp")
        && reading.sign(at + 1) == Some('/')
        && reading.is_any(at + 2, "avp savp avpf savpf")
        && reading.digits(at + 3).is_some()
}
