//! Compares words as people type them: endings and slips of the finger do not matter.

use super::normal::is_among;
pub(super) use super::normal::{plain, telling, words};
use super::terms::stem_of;
use crate::catalog::{self, Stem, responses, topics};

/// The endings of English that a stem may have, beside none.
const ENDINGS: &str = "s es e ed d ing er ers ion ions ation ations ment able al y ies t ting ered ering ration rations";
const SHORTEST_STEM: usize = 4;
/// The shortest beginning of a word that may hold a slip.
const SHORTEST_BEGINNING: usize = 6;

/// How well a word of a query fits a word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    Beginning,
    Stem,
    Whole,
}

/// Compares a word of a query with a word of a text; beginnings count only for a word that may still be typed.
pub(super) fn fit(query: &str, word: &str, unfinished: bool) -> Option<Fit> {
    if query == word {
        return Some(Fit::Whole);
    }
    if same_stem(query, word) {
        return Some(Fit::Stem);
    }
    (unfinished && word.starts_with(query)).then_some(Fit::Beginning)
}

/// Returns whether a phrase, a symptom or a name has a word.
pub(super) fn is_known(word: &str) -> bool {
    let is_named = Stem::find(&stem_of(word)).is_some_and(Stem::is_named);
    is_named && stands_so(plain(word))
}

/// Returns whether a word stands anywhere in the reference.
pub(super) fn stands_in_reference(word: &str) -> bool {
    Stem::find(&stem_of(word)).is_some()
}

/// Returns whether a word stands so in a phrase, a symptom or a name, and not only another form of it.
fn stands_so(word: &str) -> bool {
    let is_it = |other: String| plain(&other) == word;
    let mut phrases = responses().iter();
    let mut names = topics().iter();
    catalog::vocabulary()
        .binary_search_by(|other| other.as_str().cmp(word))
        .is_ok()
        || phrases.any(|response| words(response.phrase()).any(is_it))
        || names.any(|topic| words(&topic.name).any(is_it))
}

/// Returns whether two words differ in their endings only.
pub(super) fn same_stem(a: &str, b: &str) -> bool {
    if a.as_bytes().first() != b.as_bytes().first() {
        return false;
    }
    let shared = a
        .char_indices()
        .zip(b.chars())
        .find(|((_, a), b)| a != b)
        .map_or(a.len().min(b.len()), |((at, _), _)| at);
    let (Some(stem), Some(a), Some(b)) = (a.get(..shared), a.get(shared..), b.get(shared..)) else {
        return false;
    };
    // "stop" and "stopped": the last letter may be doubled.
    let is_ending = |tail: &str| {
        let doubled = || tail.strip_prefix(|c| stem.ends_with(c));
        tail.is_empty()
            || is_among(ENDINGS, tail)
            || doubled().is_some_and(|rest| is_among(ENDINGS, rest))
    };
    shared >= SHORTEST_STEM && is_ending(a) && is_ending(b)
}

/// A word as it was typed, with what is needed to compare it with many others.
pub(super) struct Typed<'a> {
    pub(super) word: &'a str,
    /// Whether the user may still be typing it.
    pub(super) unfinished: bool,
    length: usize,
    letters: u64,
    /// How many slips it may hold: none in the shortest and in numbers, two in the long.
    slips: usize,
}

impl<'a> Typed<'a> {
    pub(super) fn new(word: &'a str, unfinished: bool) -> Self {
        let length = word.chars().count();
        let slips = match length {
            _ if word.bytes().any(|byte| byte.is_ascii_digit()) => 0,
            0..=3 => 0,
            4..=7 => 1,
            _ => 2,
        };
        Self {
            word,
            unfinished,
            length,
            letters: letters(word),
            slips,
        }
    }

    /// Takes a word of a query; a known one is no slip of another.
    pub(super) fn of_query(word: &'a str, unfinished: bool, is_known: bool) -> Self {
        let typed = Self::new(word, unfinished);
        let slips = if is_known { 0 } else { typed.slips };
        Self { slips, ..typed }
    }

    /// Returns the slips between this and the word that was meant, if they are few enough: a letter missing,
    /// extra, wrong, or swapped with the next. A word that may still be typed is compared with the beginning.
    pub(super) fn slips_to(&self, word: &str) -> Option<usize> {
        if self.slips == 0 {
            return None;
        }
        // The words of the reference are ASCII: a letter is a byte.
        if self.length.abs_diff(word.len()) <= self.slips {
            let slips = self.distance(word, self.slips);
            if slips.is_some() {
                return slips;
            }
        }
        if !self.unfinished || word.len() <= self.length || self.length < SHORTEST_BEGINNING {
            return None;
        }
        // One slip more, so that a whole word always comes before a beginning.
        (self.length - 1..=self.length + 1)
            .filter_map(|length| self.distance(word.get(..length)?, 1))
            .min()
            .map(|slips| slips + 1)
    }

    /// Returns the slips between two words, if they are not more than allowed.
    fn distance(&self, word: &str, allowed: usize) -> Option<usize> {
        // Each slip makes at most two letters stand in one word only: most pairs need no closer look.
        let alone = (self.letters ^ letters(word)).count_ones();
        if usize::try_from(alone).is_ok_and(|alone| alone > 2 * allowed) {
            return None;
        }
        Some(strsim::osa_distance(self.word, word)).filter(|slips| *slips <= allowed)
    }
}

/// Returns the set of the letters of a word.
fn letters(word: &str) -> u64 {
    word.bytes().fold(0, |set, byte| set | 1 << (byte & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_and_hyphens_do_not_matter() {
        assert!(same_stem("registered", "registration"));
        assert!(same_stem("loops", "loop"));
        assert!(same_stem("stopped", "stop"));
        assert!(!same_stem("busy", "business"));
        assert!(!same_stem("not", "notify"));
        let typed: Vec<_> = words("Re-INVITE, \"hung/up\"").collect();
        assert_eq!(typed, ["reinvite", "hung", "up"]);
    }

    #[test]
    fn what_says_nothing_is_left_out_unless_it_is_all() {
        let telling = |text: &str| telling(&words(text).collect::<Vec<_>>()).join(" ");
        assert_eq!(telling("why is the line busy"), "line busy");
        assert_eq!(telling("sip error busy"), "busy");
        assert_eq!(telling("error"), "error");
        assert_eq!(telling("is"), "is");
    }

    #[test]
    fn slips_are_few() {
        assert_eq!(Typed::new("rining", false).slips_to("ringing"), Some(1));
        assert_eq!(Typed::new("rigning", false).slips_to("ringing"), Some(1));
        assert_eq!(Typed::new("busi", false).slips_to("busy"), Some(1));
        assert_eq!(Typed::new("bsy", false).slips_to("busy"), None);
        assert_eq!(
            Typed::new("authenitcaton", false).slips_to("authentication"),
            Some(2)
        );
        assert_eq!(Typed::new("404x", false).slips_to("404"), None);
        let beginning = |typed| Typed::new(typed, true).slips_to("temporarily");
        assert_eq!(beginning("tempozar"), Some(2));
        assert_eq!(beginning("temppor"), Some(2), "a letter too many");
        assert_eq!(beginning("temora"), Some(2), "a letter too few");
        assert_eq!(beginning("tmepo"), None, "too short");
        assert_eq!(
            Typed::new("tempozar", false).slips_to("temporarily"),
            None,
            "no word of its own"
        );
    }
}
