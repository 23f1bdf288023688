//! What the build refuses in any text, citation or list, wherever it stands.

use super::super::form::{Citation, Leaf, Part};
use super::complaint::Check;

/// Products number their own causes above those of Q.850.
pub(super) const LAST_CAUSE: u16 = 127;

#[derive(Clone, Copy, Debug)]
pub(super) enum Mention {
    Code,
    Cause,
    WarnCode,
}

/// Returns the numbers that a text names as "a 486", "cause 17", "warn-code 305".
pub(super) fn mentions(text: &str) -> impl Iterator<Item = (Mention, u16)> {
    let words = text.split([' ', ';', '=']);
    words.clone().zip(words.skip(1)).filter_map(|(lead, word)| {
        let mention = match lead.trim_start_matches(['(', '"']) {
            "a" | "A" => Mention::Code,
            "cause" | "Cause" => Mention::Cause,
            "warn-code" | "Warning:" => Mention::WarnCode,
            _ => return None,
        };
        let number = word.trim_end_matches(|c: char| c.is_ascii_punctuation());
        let number = number.parse().ok()?;
        // "a 20 ms packet" names no code, and "SIP;cause=408" no cause of Q.850.
        let meant = match mention {
            Mention::Code => (100..700).contains(&number),
            Mention::Cause => number <= LAST_CAUSE,
            Mention::WarnCode => true,
        };
        meant.then_some((mention, number))
    })
}

/// Returns how binding a text is, in the words of RFC 2119, those of one meaning as one word: "MUST never" forbids too.
pub(super) fn strengths(text: &str) -> Vec<&'static str> {
    let words: Vec<_> = text
        .split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| !word.is_empty())
        .collect();
    let follows = |place: usize| matches!(words.get(place + 1), Some(&("NOT" | "never")));
    let strength = |(place, word): (usize, &&str)| match *word {
        "MUST" | "SHALL" if follows(place) => Some("MUST NOT"),
        "MUST" | "SHALL" | "REQUIRED" => Some("MUST"),
        "SHOULD" if follows(place) => Some("SHOULD NOT"),
        "RECOMMENDED" if place > 0 && words[place - 1] == "NOT" => Some("SHOULD NOT"),
        "SHOULD" | "RECOMMENDED" => Some("SHOULD"),
        "MAY" | "OPTIONAL" => Some("MAY"),
        _ => None,
    };
    words.iter().enumerate().filter_map(strength).collect()
}

impl Check<'_> {
    /// Refuses what is wrong in any text, citation or list of a part.
    pub(super) fn part(&mut self, at: &str, part: &impl Part) {
        part.each(at, &mut |field, leaf| match leaf {
            Leaf::Text(text) => self.text(field, text),
            Leaf::Sentence(text) => {
                self.text(field, text);
                if !text.ends_with(['.', '?']) {
                    self.complain(field, "a sentence without an end");
                }
            }
            Leaf::Cite(cite) => self.cite(field, cite),
            Leaf::Nothing => self.complain(field, "empty"),
        });
    }

    /// Refuses a section that does not exist, and one with sub-sections as proof, unless its own opening text is.
    pub(super) fn cite(&mut self, field: &str, Citation(citation): &Citation) {
        let Some(section) = self.source.sections.get(citation) else {
            let says = format!("no section {citation:?} in rfc-sections.tsv");
            return self.complain(field, says);
        };
        let leads = ["defined", "references", "rfc, section"];
        let leads = leads.iter().any(|place| field.contains(place));
        if section.parts > 0 && !leads && !self.source.openings.contains_key(citation) {
            let says =
                format!("{citation:?} has sub-sections, and rfc-openings.tsv does not have it");
            self.complain(field, says);
        }
    }

    /// Refuses an empty text, what a terminal must not get, and a word that stands twice.
    pub(super) fn text(&mut self, field: &str, text: &str) {
        if text.trim().is_empty() {
            return self.complain(field, "empty");
        }
        if text.trim() != text || text.contains("  ") {
            self.complain(field, "stray white space");
        }
        if let Some(odd) = text.chars().find(|c| !c.is_ascii() || c.is_ascii_control()) {
            self.complain(field, format!("{odd:?} is not printable ASCII"));
        }
        let words: Vec<_> = text.split(' ').collect();
        for pair in words.windows(2) {
            let word = pair[0];
            if word.eq_ignore_ascii_case(pair[1]) && word.bytes().all(|b| b.is_ascii_alphabetic()) {
                self.complain(field, format!("{word:?} stands twice in a row"));
            }
        }
        for (says, number) in mentions(text) {
            let exists = match says {
                Mention::Code => self.is_known(number),
                Mention::Cause => self.source.cause(number).is_some(),
                Mention::WarnCode => {
                    let warnings = &self.source.warnings.warning;
                    warnings.iter().any(|warning| warning.code == number)
                }
            };
            if !exists {
                self.complain(field, format!("{says:?} {number} does not exist"));
            }
        }
    }
}
