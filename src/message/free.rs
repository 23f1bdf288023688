//! Free texts: what of them may name somebody. That is all but words that the reference knows and small numbers.

use core::net::IpAddr;
use std::iter;

use super::forms::{PART, groups, is_common, is_device, is_digits};

/// Returns whether the reference has a word, in small letters.
pub type IsWord = fn(&str) -> bool;

/// What a part of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Word,
    Number,
    Host,
}

/// A number of so many digits may be that of a telephone, and one of so many that of an extension.
pub(super) const LONG: usize = 5;
const EXTENSION: usize = 4;
/// Words before a number that makes of any number an extension.
const EXTENSIONS: &str = " dw ext extension x agent room desk phone handset user durchwahl nst nebenstelle apparat zimmer poste interno ";
/// Words that people are called by.
const NAMES: &str = " bill chance drew grant hope hunt june law mark marks max may page pike price rich ruby white will ";
/// A number has no more digits than so many, and with so many it is a whole one.
const MOST: usize = 16;
const WHOLE: usize = 10;
/// What stands glued to numbers that say how long or how much.
const UNITS: &str = " s h m x k ms ";
/// What sets words off. A slash does where no number has it.
const SIGNS: &str = ",;\"<>()[]{}=:!?|&'`/\\";
/// Groups of digits between dots that are so short are versions.
const VERSION: usize = 3;
/// Parameters whose numbers say how long or which one.
const COUNTS: &[&str] = &["cause", "expires", "ttl", "index", "reg-id", "code", "q"];

/// Hands each part of a text that may name somebody to a function, in order. What an agent calls itself is taken piece by
/// piece, and has versions.
pub(super) fn parts(text: &str, is_agent: bool, is_word: IsWord, part: &mut dyn FnMut(Part, &str)) {
    let mut before = "";
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let counts = text[..at].ends_with('=') && counts(before.as_bytes());
        // The seconds of a time have dots.
        let is_time = text[..at].ends_with(':')
            && text[..at - 1].ends_with(|sign: char| sign.is_ascii_digit());
        if let Some(length) = number(rest).filter(|_| !is_agent && !is_time) {
            if !counts {
                part(Part::Number, &rest[..length]);
            }
            (before, at) = ("", at + length);
            continue;
        }
        if is_sign(first) {
            at += first.len_utf8();
            continue;
        }
        // Colons belong to addresses.
        let ends = |letter: char| letter != ':' && is_sign(letter);
        let run = &rest[..rest.find(ends).unwrap_or(rest.len())];
        if run.parse::<IpAddr>().is_ok() || is_device(run) {
            at += run.len();
            continue;
        }
        let word = &rest[..rest.find(is_sign).unwrap_or(rest.len())];
        at += word.len();
        let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let after = || {
            let mut behind = text[at..].split(is_sign);
            behind.find(|word| !word.is_empty()).unwrap_or_default()
        };
        if !counts && is_somebody(word, before, after, is_word) {
            part(Part::Word, word);
        } else if !counts {
            of_word(word, before, is_agent, is_word, part);
        }
        before = word;
    }
}

fn is_sign(letter: char) -> bool {
    letter.is_whitespace() || SIGNS.contains(letter)
}

/// Returns whether the numbers of a parameter say how long or which one.
pub(super) fn counts(name: &[u8]) -> bool {
    let mut counts = COUNTS.iter();
    counts.any(|own| own.as_bytes().eq_ignore_ascii_case(name))
}

/// Returns how long the number is that begins a text and has several groups of digits, if it may be one of a telephone.
fn number(text: &str) -> Option<usize> {
    let dials = text.starts_with(['+', '(']);
    if !dials && !text.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let (digits, ends) = groups(text);
    let is_glued = |end: usize| {
        text[end..].starts_with(|next: char| next.is_alphanumeric() || "@%_".contains(next))
    };
    let mut last = None;
    for (end, count) in ends {
        if count > MOST {
            break;
        }
        if !is_glued(end) {
            last = Some((end, count));
        }
        // Behind a blank another one may follow.
        let behind = text[end..].strip_prefix(' ').unwrap_or_default();
        let dials = behind.starts_with(['0', '+', '(']) && groups(behind).1[0].1 > 2;
        if !behind.is_empty() && (count >= WHOLE || count >= LONG && dials) {
            break;
        }
    }
    let (end, count) = last?;
    let shown = &text[..end];
    if count < LONG || shown.parse::<IpAddr>().is_ok() {
        return None;
    }
    let lengths = || {
        shown
            .split(|letter: char| !letter.is_ascii_digit())
            .map(str::len)
            .filter(|length| *length > 0)
    };
    let is_small = lengths().all(|length| length <= VERSION);
    // Codes beside each other, and a version.
    let is_list = shown.contains(' ') && is_small && !dials && !digits.starts_with('0');
    let has_dots = shown
        .bytes()
        .all(|byte| byte == b'.' || byte.is_ascii_digit());
    let is_version =
        has_dots && is_small && lengths().count() > 2 && count <= 7 && !digits.starts_with('0');
    (!is_list && !is_version).then_some(end)
}

/// Returns whether a word that is a name, too, is one: such as `Max Calls Exceeded` have a phrase around it.
fn is_somebody<'a>(word: &str, before: &str, after: impl Fn() -> &'a str, is_word: IsWord) -> bool {
    let is_big = |word: &str| word.starts_with(char::is_uppercase);
    let of_phrase = |word: &str| is_big(word) && is_word(&word.to_ascii_lowercase());
    is_big(word)
        && NAMES.contains(&format!(" {} ", word.to_ascii_lowercase()))
        && !of_phrase(before)
        && !of_phrase(after())
}

/// Tells what a word is, or each of its pieces.
fn of_word(
    word: &str,
    before: &str,
    is_agent: bool,
    is_word: IsWord,
    part: &mut dyn FnMut(Part, &str),
) {
    if word.contains('@') {
        return;
    }
    let small = word.to_ascii_lowercase();
    if is_digits(word) {
        let is_extension =
            word.len() > 1 && EXTENSIONS.contains(&format!(" {} ", before.to_ascii_lowercase()));
        if !is_agent && (word.len() >= EXTENSION || is_extension) {
            part(Part::Number, word);
        }
    } else if is_host(word) && !is_word(&small) {
        part(Part::Host, word);
    } else if is_agent {
        for piece in pieces(word).filter(|piece| !is_known(piece, is_word)) {
            part(Part::Word, piece);
        }
    } else if !is_word(&small) {
        let is_known = |piece: &str| is_known(piece, is_word);
        // A name and a number are a host or a device: GW-02.
        let has_number = word.contains(['-', '_'])
            && pieces(word).any(is_digits)
            && !pieces(word).all(is_digits);
        if has_number || !pieces(word).all(is_known) {
            part(Part::Word, word);
        }
    }
}

fn pieces(word: &str) -> impl Iterator<Item = &str> {
    word.split(|letter: char| !letter.is_alphanumeric())
        .filter(|piece| !piece.is_empty())
}

fn is_known(piece: &str, is_word: IsWord) -> bool {
    let small = piece.to_ascii_lowercase();
    let unit = small.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let digits = small.len() - unit.len();
    let is_unit = || UNITS.contains(&format!(" {unit} ")) || is_word(unit);
    let is_short = || piece.chars().count() == 1 || piece.len() == 2 && !is_name(piece);
    match (digits, unit) {
        (digits, "") => digits < EXTENSION,
        (0, _) => {
            is_short()
                || is_word(&small)
                || small.len() >= PART && is_common(&small)
                || humps(piece).count() > 1 && humps(piece).all(|hump| is_known(hump, is_word))
        }
        (digits, _) => is_word(&small) || digits < EXTENSION && is_unit(),
    }
}

/// Returns the words that are written as one: `NegativeResult`, `SIPProxy`.
fn humps(piece: &str) -> impl Iterator<Item = &str> {
    let mut rest = piece;
    iter::from_fn(move || {
        let letters = rest.as_bytes();
        let is_big = |at: usize| letters.get(at).is_some_and(u8::is_ascii_uppercase);
        let is_end = |at: &usize| {
            is_big(*at) && (!is_big(at - 1) || at + 1 < letters.len() && !is_big(at + 1))
        };
        let end = (1..letters.len()).find(|at| piece.is_ascii() && is_end(at));
        let (hump, behind) = rest.split_at(end.unwrap_or(rest.len()));
        rest = behind;
        (!hump.is_empty()).then_some(hump)
    })
}

/// Returns whether two letters are written as a name is.
fn is_name(piece: &str) -> bool {
    piece.starts_with(|first: char| first.is_uppercase())
        && piece.ends_with(|last: char| last.is_lowercase())
}

/// Returns whether a word is written as the name of a host is.
fn is_host(word: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    let top = word.rsplit_once('.').map_or("", |(_, top)| top);
    // Names of programs have points, too.
    let is_mixed = humps(top).count() > 1;
    top.len() > 1
        && !is_mixed
        && top.bytes().all(|byte| byte.is_ascii_alphabetic())
        && word.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, is_agent: bool) -> Vec<(Part, String)> {
        let is_word = |word: &str| {
            " no route to destination the user is busy phone sip port 3xx grandstream freeswitch asterisk mod sofia release pcmu \
             audio box of from calls fax srv sbc pbx x-asterisk-hangupcause cause text max"
                .split(' ')
                .any(|own| own == word)
        };
        let mut parts = Vec::new();
        super::parts(text, is_agent, is_word, &mut |part, text| {
            parts.push((part, text.to_owned()));
        });
        parts
    }

    #[test]
    fn what_the_reference_knows_stays_in_a_free_text() {
        for text in [
            "No route to destination",
            "SIP ;cause=200 ;text=\"user is busy\"",
            "PCMU/8000, 3xx, 30s, port 486 503 404",
            "Max Calls, 18.10.0 of X-Asterisk-HangupCause",
            "10.1.2.3:5060? no: 00:15:65:ab:cd:ef",
        ] {
            let found = shown(text, false);
            let found: Vec<_> = found
                .iter()
                .filter(|(_, text)| text != "8000" && text != "5060")
                .collect();
            assert!(found.is_empty(), "{text}: {found:?}");
        }
        for agent in [
            "FreeSWITCH-mod_sofia/1.10.9-release~64bit",
            "Grandstream 1.0.11.64",
            "Asterisk 18.10.0",
        ] {
            let found = shown(agent, true);
            let found: Vec<_> = found.iter().filter(|(_, text)| text != "64bit").collect();
            assert!(found.is_empty(), "{agent}: {found:?}");
        }
    }

    #[test]
    fn what_else_stands_in_a_free_text_may_name_somebody() {
        let text = "0171-998877 0171/998877 (0171) 998877 212.555.0188 x1042 SRV-MUC-01 pbx7.corp.example user 104 ext1 SBC-02 \
                    to Max, Otto's Li M\u{fc}ller otto-busy imsi-262011234567890 35-209900-176148-1 1042";
        let found: Vec<String> = shown(text, false)
            .into_iter()
            .map(|(_, text)| text)
            .collect();
        assert_eq!(
            found,
            [
                "0171-998877",
                "0171/998877",
                "(0171) 998877",
                "212.555.0188",
                "x1042",
                "SRV-MUC-01",
                "pbx7.corp.example",
                "104",
                "ext1",
                "SBC-02",
                "Max",
                "Otto",
                "Li",
                "M\u{fc}ller",
                "otto-busy",
                "imsi-262011234567890",
                "35-209900-176148-1",
                "1042",
            ]
        );
        let found: Vec<String> = shown("Otto-FreeSWITCH box-of-miller/1.2 pbx7", true)
            .into_iter()
            .map(|(_, text)| text)
            .collect();
        assert_eq!(found, ["Otto", "miller", "pbx7"]);
    }
}
