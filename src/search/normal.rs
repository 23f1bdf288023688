//! Words as they are compared: without case, hyphens, and what says nothing.
//! The build shares this file, so that the words of symptoms are ready when somebody types.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Words that say nothing of what is looked for.
const STOP: &str = "a an and are as at be been but by can do does for from get getting gets got had has have how i in is \
    it me my of on or that the this to was we what when why with";
/// Words that every code could claim.
const GENERIC: &str = "sip error errors code status response";
/// What makes a generic word tell something after all: "no response".
const MISSING: &str = "no without not cannot missing";

/// What people write for another word, a line each behind the one that stands for all of them.
const SAME: &str = "\
password: pwd passwd pw
credentials: creds credential login
voicemail: vm mailbox
registration: reg
authentication: auth
certificate: cert certs
database: db
telephone: pstn
cancel: cxl
transfer: xfer
seconds: sec secs
minutes: min mins
hour: hr hrs hours
number: num did ddi numbers
channel: channels circuit circuits
fail: failure failures
rejected: refused declined denied refuses declines denies refuse deny
wrong: incorrect
cannot: cant wont unable
not: doesnt dont didnt isnt never
phone: handset device softphone phones devices
audio: sound voice
drops: cuts cut lost disconnects disconnected ends ended
reply: replies
person: employee somebody
extension: ext
codec: codecs g711 g722 g729 opus
carrier: provider itsp carriers
all: every everyone
off: down";

/// Returns whether a word is one of a list, which is one text so that the program starts with no table of pointers.
pub(crate) fn is_among(list: &str, word: &str) -> bool {
    list.split(' ').any(|listed| listed == word)
}

/// The words that another stands for, made when first somebody searches.
static PLAIN: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let same = SAME.lines().filter_map(|line| line.split_once(": "));
    // Of several the first counts.
    let same = same.rev();
    let words = same.flat_map(|(plain, others)| others.split(' ').map(move |other| (other, plain)));
    words.collect()
});

/// Returns the word that stands for what is meant.
pub(crate) fn plain(word: &str) -> &str {
    PLAIN.get(word).copied().unwrap_or(word)
}

/// Returns whether a word says nothing of what is looked for.
pub(crate) fn is_idle(word: &str) -> bool {
    is_among(STOP, word)
}

/// Returns the words of a text as they are compared: in lower case, without hyphens and what stands around them.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '/' | ',' | '_'))
        .flat_map(parts)
        .map(|word| {
            word.trim_matches(|c: char| !c.is_alphanumeric())
                .chars()
                .filter(|letter| *letter != '-' && *letter != '\'')
                .flat_map(char::to_lowercase)
                .collect::<String>()
        })
        .filter(|word| !word.is_empty())
}

/// The longest word that is looked at letter by letter.
const LONGEST: usize = 80;
/// The shortest part of a constant that is a word of its own: `VoIP` and `G711` are one.
const SHORTEST_PART: usize = 3;

/// Takes a constant apart where a small letter stands before a word with a capital, and where letters meet digits:
/// `ReasonNotFound`, `Status402PaymentRequired`.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let letters = word.as_bytes();
    let run = |at: usize, is_of: fn(&u8) -> bool| {
        letters[..at].iter().rev().take_while(|l| is_of(l)).count()
    };
    let after =
        |at: usize, is_of: fn(&u8) -> bool| letters[at..].iter().take_while(|l| is_of(l)).count();
    let is_cut = |at: usize| {
        let small = run(at, u8::is_ascii_lowercase);
        let capitals = run(at, u8::is_ascii_uppercase);
        let next = after(at, u8::is_ascii_uppercase);
        let then = after(at + next, u8::is_ascii_lowercase);
        let word_follows = next == 1 && then + 1 >= SHORTEST_PART;
        let word_ends = small > 0
            && small + run(at - small, u8::is_ascii_uppercase) >= SHORTEST_PART
            || capitals >= SHORTEST_PART;
        let digits_meet = run(at, u8::is_ascii_alphabetic) > SHORTEST_PART
            && after(at, u8::is_ascii_digit) > 0
            || run(at, u8::is_ascii_digit) > 0
                && after(at, u8::is_ascii_alphabetic) > SHORTEST_PART;
        word_follows && word_ends || digits_meet
    };
    let end = if letters.len() > LONGEST {
        0
    } else {
        letters.len()
    };
    let cuts = (1..end).filter(|at| is_cut(*at));
    let cuts: Vec<usize> = cuts.chain([letters.len()]).collect();
    let mut from = 0;
    cuts.into_iter().filter_map(move |to| {
        let part = word.get(from..to);
        from = to;
        part
    })
}

/// Leaves out what says nothing, unless nothing would be left.
pub(crate) fn telling(words: &[String]) -> Vec<String> {
    let without = |idle: &str, words: &[String]| -> Vec<String> {
        let left: Vec<String> = words
            .iter()
            .filter(|word| !is_among(idle, word))
            .cloned()
            .collect();
        if left.is_empty() {
            words.to_vec()
        } else {
            left
        }
    };
    let words = without(STOP, words);
    if words.iter().any(|word| is_among(MISSING, word)) {
        return words;
    }
    without(GENERIC, &words)
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn constants_are_taken_apart() {
        for (constant, taken) in [
            (
                "LinphoneReasonNotAcceptable",
                "linphone reason not acceptable",
            ),
            (
                "IPEC_SIPReasonStatus402PaymentRequired",
                "ipec sip reason status 402 payment required",
            ),
            ("badIdentityInfo", "bad identity info"),
            ("hangupcause28", "hangupcause 28"),
            ("PJSIP_SC_NOT_FOUND", "pjsip sc not found"),
            (
                "FreeSWITCH VoIP iPhone G711 Q850 100rel INVITEs",
                "freeswitch voip iphone g711 q850 100rel invites",
            ),
            ("T1", "t1"),
            ("äÖü", "äöü"),
        ] {
            assert_eq!(words(constant).collect::<Vec<_>>().join(" "), taken);
        }
    }
}
