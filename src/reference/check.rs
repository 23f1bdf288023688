//! What the build refuses, each complaint with its file and field.

mod family;
mod page;
mod tables;

use std::collections::BTreeSet;
use std::fmt;

use super::form::{Citation, Leaf, Part};
use super::model::Response;
use super::source::Source;

/// Something wrong in an asset file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Complaint {
    pub(crate) file: String,
    pub(crate) field: String,
    pub(crate) says: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "assets/{}: {}: {}", self.file, self.field, self.says)
    }
}

/// Products number their own causes above those of Q.850.
const LAST_CAUSE: u16 = 127;

/// Returns all that is wrong with the reference; empty means that it can be built.
pub(crate) fn check(source: &Source) -> Vec<Complaint> {
    let mut check = Check {
        source,
        file: String::new(),
        complaints: Vec::new(),
    };
    check.registry();
    for (name, page) in &source.pages {
        check.file = format!("responses/{name}");
        check.registered(page);
        check.page(name, page);
    }
    for (name, page) in &source.unregistered {
        check.file = format!("unregistered/{name}");
        if page.status.is_some() || check.is_registered(page.code.0) {
            check.complain(
                "status",
                "the registry decides: only an unlisted code is unregistered",
            );
        }
        check.page(name, page);
    }
    let mut ids = BTreeSet::new();
    for (name, family) in &source.families {
        check.file = format!("families/{name}");
        if !ids.insert(&family.id) || *name != format!("{}.toml", family.id) {
            check.complain("id", "not the name of the file");
        }
        check.family(family);
    }
    check.tables();
    check.complaints
}

#[derive(Clone, Copy, Debug)]
enum Mention {
    Code,
    Cause,
    WarnCode,
}

/// Returns the numbers that a text names as "a 486", "cause 17", "warn-code 305".
fn mentions(text: &str) -> impl Iterator<Item = (Mention, u16)> {
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

struct Check<'a> {
    source: &'a Source,
    file: String,
    complaints: Vec<Complaint>,
}

impl Check<'_> {
    fn complain(&mut self, field: impl Into<String>, says: impl Into<String>) {
        self.complaints.push(Complaint {
            file: self.file.clone(),
            field: field.into(),
            says: says.into(),
        });
    }

    fn is_registered(&self, code: u16) -> bool {
        self.source.registry.iter().any(|row| row.code == code)
    }

    fn is_known(&self, code: u16) -> bool {
        self.is_registered(code)
            || self
                .source
                .unregistered
                .iter()
                .any(|(_, page)| page.code.0 == code)
    }

    fn registry(&mut self) {
        self.file = "registry.tsv".into();
        let source = self.source;
        let mut seen = BTreeSet::new();
        for row in &source.registry {
            if !seen.insert(row.code) {
                self.complain("code", format!("{} stands twice", row.code));
            }
            self.cite("rfc, section", &row.defined);
            self.text("phrase", &row.phrase);
            if !source.pages.iter().any(|(_, page)| page.code.0 == row.code) {
                self.complain("code", format!("{} has no page in responses", row.code));
            }
        }
    }

    fn registered(&mut self, page: &Response) {
        let Some(row) = self
            .source
            .registry
            .iter()
            .find(|row| row.code == page.code.0)
        else {
            return self.complain("code", format!("{} is not in registry.tsv", page.code));
        };
        let defined = row.defined.clone();
        if page.phrase.as_ref() != Some(&row.phrase) {
            self.complain("phrase", format!("the registry has {:?}", row.phrase));
        }
        if page.status != Some(row.status) {
            self.complain("status", format!("the registry has {:?}", row.status));
        }
        if page.defined.as_ref() != Some(&defined) {
            self.complain("defined", format!("the registry has {:?}", defined.0));
        }
    }

    /// Refuses what is wrong in any text, citation or list of a part.
    fn part(&mut self, at: &str, part: &impl Part) {
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

    fn cite(&mut self, field: &str, Citation(citation): &Citation) {
        if !self.source.sections.contains_key(citation) {
            self.complain(
                field,
                format!("no section {citation:?} in rfc-sections.tsv"),
            );
        }
    }

    /// Refuses an empty text, what a terminal must not get, and a word that stands twice.
    fn text(&mut self, field: &str, text: &str) {
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
                Mention::Cause => self.source.q850.has_cause(number),
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
