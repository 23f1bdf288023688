//! The terms of a text: what the index knows it by. Each is a stem that stands for a word and what means the same,
//! with what a negation makes of it. The build shares this file, so that texts and queries are read alike.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::normal::{is_among, is_idle, plain};
use super::stem::stem;

/// A word of a text, or several that are one, as the index knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) stem: String,
    pub(crate) sense: Sense,
    /// The place of its first word, and how many there are.
    pub(crate) at: usize,
    pub(crate) count: usize,
    /// The place of the negation before it.
    pub(crate) negation: Option<usize>,
    /// Whether it is the second word behind a negation, which may be denied or not.
    pub(crate) is_second: bool,
}

/// What a text says of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sense {
    /// It is so.
    Said,
    /// It is not so.
    Denied,
    /// Nothing that a negation elsewhere would contradict.
    Open,
    /// A length of time, which excludes every other.
    Span,
}

/// Words that deny what follows.
const NEGATIONS: &str = "no not never nobody noone none neither nor nothing cannot unable wasnt arent hasnt havent couldnt \
    couldn doesn don isn won wouldnt werent shouldnt hardly";
/// Words that say that something is not there, wherever it is named.
const LACKS: &str = "missing without lacks lacking lack absent omitted lacked";
/// How many of the words behind a negation it denies.
const REACH: usize = 2;
/// Words that say what something is like: where one is denied, the thing itself is not.
const QUALITIES: &str = "compatible common suitable matching valid free usable such more available other further single \
    proper correct working known";
/// Who or what a state is said of: the state tells, the bearer little, and it is neither so nor not so.
const BEARERS: &str = "user callee phone line lines extension number destination subscriber peer device person party \
    customer endpoint call client side people somebody someone telephone mobile contact account called target remote \
    agent guest host far";
/// What people write in two words, or in one that says less, behind the word that stands for it.
const COMPOUNDS: &str = "\
callee: called party|called person|called user|called subscriber|called number|called phone|called side|remote party|\
remote side|remote end|remote user|remote phone|other party|other side|other end|far end|b party|b number
caller: calling party|calling user|calling number|calling side|a party|a number
offline: switched off|turned off|powered off|powered down|switch off|turn off|power off
answer: pick up|picks up|picked up|picking up
hangup: hung up|hang up|hangs up|hanging up
timeout: time out|timed out|times out|timing out
voicemail: voice mail
reinvite: re invite
callid: caller id|caller identification";

/// Words for one thing that differ in more than their endings, behind the one that stands for it.
const SAME_TO_THE_INDEX: &str = "\
missing: without lacks lacking lack absent omitted lacked
reject: decline refuse
timeout: timedout
hangup: hungup
recipient: recepient
overload: overloaded congestion congested
dial: dialled dialling
anonymous: anonymity anonymized withheld
digit: digits
unwanted: spam nuisance
robocall: robocalls
certificate: x509
authenticate: authorize authorized authorization
encrypt: encryption
forward: divert diverted
ring: ringback
pay: payment paid
credit: balance funds
permanent: permanently
temporary: temporarily";

/// Words that begin with a denial of the rest.
const UN: &str = "available reachable registered answered supported authorized authorised known wanted allocated assigned \
    obtainable acceptable recognized recognised resolvable routable avail";

/// The units of a length of time, and the words that they stand for.
const UNITS: [(&str, &str); 4] = [
    ("s", "seconds"),
    ("seconds", "seconds"),
    ("minutes", "minutes"),
    ("hour", "hours"),
];

/// Returns the terms of a text that has these words.
pub(crate) fn terms(words: &[String]) -> Vec<Term> {
    let lacks = words.iter().any(|word| is_among(LACKS, word));
    let mut reader = Reader {
        words,
        lacks,
        denied: 0,
        negation: None,
        is_open: false,
        terms: Vec::with_capacity(words.len()),
    };
    let mut at = 0;
    while at < words.len() {
        at += reader.read(at);
    }
    reader.terms
}

/// The stems that another stands for, made when first somebody searches.
static SAME_STEMS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let same = SAME_TO_THE_INDEX
        .lines()
        .filter_map(|line| line.split_once(": "));
    // Of several the first counts.
    let same = same.rev();
    let stems = same.flat_map(|(first, others)| {
        let others = others.split(' ');
        others.map(move |other| (stem(other), stem(first)))
    });
    stems.collect()
});

/// Returns the stem that stands for a word and all that means the same.
pub(crate) fn stem_of(word: &str) -> String {
    let stem = stem(plain(word));
    SAME_STEMS.get(&stem).cloned().unwrap_or(stem)
}

/// Returns whether a word denies what follows.
pub(crate) fn is_negation(word: &str) -> bool {
    is_among(NEGATIONS, plain(word))
}

/// Returns whether a word is that of which something is said, and not what is said of it.
pub(crate) fn is_bearer(word: &str) -> bool {
    is_among(BEARERS, word) || is_among(BEARERS, plain(word))
}

struct Reader<'a> {
    words: &'a [String],
    lacks: bool,
    /// How many words a negation still denies.
    denied: usize,
    negation: Option<usize>,
    /// Whether what follows is neither said nor denied.
    is_open: bool,
    terms: Vec<Term>,
}

impl Reader<'_> {
    /// Reads what begins at a word; returns how many words it is made of.
    fn read(&mut self, at: usize) -> usize {
        let word = self.words[at].as_str();
        let next = self.words.get(at + 1).map_or("", String::as_str);
        if is_negation(word) {
            self.denied = REACH;
            self.negation = Some(at);
            return 1;
        }
        if let Some(whole) = compound(word, next) {
            self.take(whole, at, 2);
            return 2;
        }
        if let Some((span, count)) = span(word, next) {
            self.push(span, Sense::Span, at, count);
            return count;
        }
        if is_idle(word) {
            return 1;
        }
        if let Some(rest) = denied_rest(word) {
            let sense = match self.sense() {
                Sense::Said => Sense::Denied,
                Sense::Denied => Sense::Said,
                other => other,
            };
            self.push(stem_of(rest), sense, at, 1);
            return 1;
        }
        self.take(word, at, 1);
        1
    }

    fn take(&mut self, word: &str, at: usize, count: usize) {
        let stem = stem_of(word);
        if is_bearer(word) {
            return self.push(stem, Sense::Open, at, count);
        }
        let sense = self.sense();
        let is_second = sense == Sense::Denied && self.denied == 1;
        let is_open = std::mem::take(&mut self.is_open);
        self.denied = match self.denied {
            0 | 1 => 0,
            // "no compatible codec" neither says a codec nor denies one.
            _ if is_among(QUALITIES, word) => {
                self.is_open = true;
                0
            }
            more => more - 1,
        };
        // What is denied with the word before it may be so for all that.
        let sense = if is_second || is_open && sense == Sense::Said {
            Sense::Open
        } else {
            sense
        };
        self.push(stem, sense, at, count);
        if let Some(last) = self.terms.last_mut() {
            last.is_second = is_second;
            if is_second {
                last.negation = self.negation;
            }
        }
    }

    fn sense(&self) -> Sense {
        match self.denied {
            _ if self.lacks => Sense::Open,
            0 => Sense::Said,
            _ => Sense::Denied,
        }
    }

    fn push(&mut self, stem: String, sense: Sense, at: usize, count: usize) {
        let negation = self
            .negation
            .filter(|_| sense == Sense::Denied || self.denied > 0);
        self.terms.push(Term {
            stem,
            sense,
            at,
            count,
            negation,
            is_second: false,
        });
    }
}

/// Returns the word that two words are.
fn compound(word: &str, next: &str) -> Option<&'static str> {
    let mut lines = COMPOUNDS.lines().filter_map(|line| line.split_once(": "));
    lines.find_map(|(whole, parts)| {
        let mut parts = parts.split('|').filter_map(|part| part.split_once(' '));
        parts.any(|part| part == (word, next)).then_some(whole)
    })
}

/// Returns what a word denies by its beginning: "unavailable".
pub(crate) fn denied_rest(word: &str) -> Option<&str> {
    if word == "disallowed" {
        return Some("allowed");
    }
    let rest = word.strip_prefix("un")?;
    is_among(UN, rest).then_some(rest)
}

/// Returns a length of time, and of how many words it is made: "32 seconds", "32s".
fn span(word: &str, next: &str) -> Option<(String, usize)> {
    let digits = word.len()
        - word
            .trim_start_matches(|letter: char| letter.is_ascii_digit())
            .len();
    let (number, unit) = word.split_at(digits);
    if number.is_empty() {
        return None;
    }
    let (unit, count) = if unit.is_empty() {
        (next, 2)
    } else {
        (unit, 1)
    };
    let units = UNITS.iter();
    let mut units = units.filter(|(short, _)| *short == unit || *short == plain(unit));
    units
        .next()
        .map(|(_, unit)| (format!("{number}{unit}"), count))
}

#[cfg(test)]
mod tests {
    use super::super::normal::words;
    use super::*;

    fn read(text: &str) -> String {
        let words: Vec<String> = words(text).collect();
        let shown = terms(&words).into_iter().map(|term| {
            let sign = match term.sense {
                Sense::Said => "",
                Sense::Denied => "!",
                Sense::Open => "?",
                Sense::Span => "=",
            };
            format!("{sign}{}", term.stem)
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_negation_denies_the_next_two_words_that_tell() {
        assert_eq!(read("call not answered"), read("call unanswered"));
        assert_eq!(read("nobody picks up"), "!answr");
        assert_eq!(read("the phone does not ring"), "?phon !ring");
        assert_eq!(read("no media session here"), "!media ?sess here");
        assert_eq!(read("no compatible codec"), "!compat ?codec");
        assert_eq!(read("not unavailable"), "avail");
        assert_eq!(read("without identity header"), "?missing ?identit ?headr");
    }

    #[test]
    fn what_is_said_in_two_words_is_one_term() {
        assert_eq!(read("called party switched off"), "?callee offlin");
        assert_eq!(read("caller hung up"), read("caller hangup"));
        assert_eq!(read("drops after 32 seconds"), "drop after =32seconds");
        assert_eq!(read("32s"), "=32seconds");
    }
}
