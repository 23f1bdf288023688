//! What the build refuses, each complaint with its file and field.

mod fields;
mod page;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::source::{Family, Page, Source};
use super::vocabulary::Status;

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

/// Whether a registered code may still be without a page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum MissingPage {
    Allowed,
    Refused,
}

/// Products number their own causes above those of Q.850.
const LAST_CAUSE: u16 = 127;

/// Returns all that is wrong with the reference; empty means that it can be built.
pub(crate) fn check(source: &Source, missing: MissingPage) -> Vec<Complaint> {
    let mut check = Check {
        source,
        file: String::new(),
        complaints: Vec::new(),
    };
    check.registry(missing);
    for (name, page) in &source.pages {
        check.file = format!("responses/{name}");
        check.registered(page);
        check.page(name, page);
    }
    for (name, page) in &source.unregistered {
        check.file = format!("unregistered/{name}");
        if page.status != Status::Unregistered || check.is_registered(page.code) {
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
                .any(|(_, page)| page.code == code)
    }

    fn registry(&mut self, missing: MissingPage) {
        self.file = "registry.tsv".into();
        let source = self.source;
        let mut seen = BTreeSet::new();
        for row in &source.registry {
            if !seen.insert(row.code) {
                self.complain("code", format!("{} stands twice", row.code));
            }
            self.cite("rfc, section", &row.defined);
            self.text("phrase", &row.phrase);
            let has_page = source.pages.iter().any(|(_, page)| page.code == row.code);
            if missing == MissingPage::Refused && !has_page {
                self.complain("code", format!("{} has no page in responses", row.code));
            }
        }
    }

    fn registered(&mut self, page: &Page) {
        let Some(row) = self
            .source
            .registry
            .iter()
            .find(|row| row.code == page.code)
        else {
            return self.complain("code", format!("{} is not in registry.tsv", page.code));
        };
        let defined = row.defined.clone();
        if page.phrase != row.phrase {
            self.complain("phrase", format!("the registry has {:?}", row.phrase));
        }
        if page.status != row.status {
            self.complain("status", format!("the registry has {:?}", row.status));
        }
        if page.defined.as_ref() != Some(&defined) {
            self.complain("defined", format!("the registry has {defined:?}"));
        }
    }

    fn family(&mut self, family: &Family) {
        if family.codes.len() < 2 {
            self.complain("codes", "a family has two codes or more");
        }
        for code in &family.codes {
            if !self.is_known(*code) {
                self.complain("codes", format!("no code {code}"));
            }
        }
        let mut texts: Vec<(String, &str)> = vec![
            ("question".into(), &family.question),
            ("in_short".into(), &family.in_short),
        ];
        for (i, difference) in family.differences.iter().enumerate() {
            texts.push((format!("differences[{i}].says"), &difference.says));
            self.optional_cite(
                &format!("differences[{i}].cite"),
                difference.cite.as_deref(),
            );
            // A group of several codes is named by its number, so that only compared codes are shown.
            for part in difference.says.split('{').skip(1) {
                let index = part.split('}').next().and_then(|index| index.parse().ok());
                let group = index.and_then(|index: usize| difference.codes.get(index));
                if group.is_none_or(|group| group.len() < 2) {
                    let field = format!("differences[{i}].says");
                    self.complain(field, "braces hold the number of a group of several codes");
                }
            }
            let mut seen = BTreeSet::new();
            let listed = difference.codes.iter().flatten();
            let sound = listed
                .clone()
                .all(|c| family.codes.contains(c) && seen.insert(c));
            if !sound || difference.codes.len() < 2 || difference.codes.iter().any(Vec::is_empty) {
                self.complain(
                    format!("differences[{i}].codes"),
                    "not two or more groups of different codes of the family",
                );
            }
        }
        for (i, mistake) in family.mistakes.iter().enumerate() {
            texts.push((format!("mistakes[{i}].says"), &mistake.says));
            self.optional_cite(&format!("mistakes[{i}].cite"), mistake.cite.as_deref());
        }
        for test in &family.tests {
            texts.push((format!("tests ({})", test.code), &test.says));
        }
        for advice in &family.advice {
            texts.push((format!("advice ({}).send", advice.code), &advice.send));
            texts.push((
                format!("advice ({}).received", advice.code),
                &advice.received,
            ));
        }
        for (field, text) in texts {
            self.text(&field, text);
            if !text.ends_with(['.', '?']) {
                self.complain(field, "a sentence without an end");
            }
        }
        let mut codes = family.codes.clone();
        codes.sort_unstable();
        for (field, mut found) in [
            (
                "tests",
                family
                    .tests
                    .iter()
                    .map(|test| test.code)
                    .collect::<Vec<_>>(),
            ),
            (
                "advice",
                family.advice.iter().map(|advice| advice.code).collect(),
            ),
        ] {
            found.sort_unstable();
            if found != codes {
                self.complain(field, "not one for each code of the family");
            }
        }
    }

    fn tables(&mut self) {
        let source = self.source;
        let causes: BTreeMap<u16, &str> = source
            .q850
            .cause
            .iter()
            .map(|cause| (cause.number, cause.name.as_str()))
            .collect();
        self.file = "q850.toml".into();
        if causes.len() != source.q850.cause.len() {
            self.complain("cause", "a number stands twice");
        }
        for (table, code, cause, cite) in source
            .q850
            .to_isdn
            .iter()
            .map(|row| ("to_isdn", row.code, row.cause, &row.cite))
            .chain(
                source
                    .q850
                    .to_sip
                    .iter()
                    .map(|row| ("to_sip", row.code, row.cause, &row.cite)),
            )
        {
            self.cite(&format!("{table} {code}.cite"), cite);
            if !self.is_registered(code) || !causes.contains_key(&cause) {
                self.complain(table, format!("no code {code} or no cause {cause}"));
            }
        }
        self.file = "vendors.tsv".into();
        for row in &source.vendors {
            if row.cause <= LAST_CAUSE && !causes.contains_key(&row.cause) {
                self.complain("cause", format!("no cause {} in q850.toml", row.cause));
            }
        }
        self.file = "warnings.toml".into();
        for warning in &source.warnings.warning {
            self.cite(&format!("warning {}.cite", warning.code), &warning.cite);
            self.text(&format!("warning {}.text", warning.code), &warning.text);
            self.text(&format!("warning {}.says", warning.code), &warning.says);
            for code in &warning.codes {
                if !self.is_registered(*code) {
                    self.complain(
                        format!("warning {}.codes", warning.code),
                        format!("no {code}"),
                    );
                }
            }
        }
        self.file = "classes.toml".into();
        let digits: Vec<_> = source
            .classes
            .class
            .iter()
            .map(|class| class.digit)
            .collect();
        if digits != [1, 2, 3, 4, 5, 6] {
            self.complain("class", "not the six classes in order");
        }
        for class in &source.classes.class {
            for (field, citation) in [
                ("defined", &class.defined),
                ("cite", &class.cite),
                ("retry.cite", &class.retry.cite),
                ("forking.cite", &class.forking.cite),
                ("dialog.cite", &class.dialog.cite),
            ] {
                self.cite(&format!("{}xx.{field}", class.digit), citation);
            }
            for (field, text) in [
                ("says", &class.says),
                ("unknown", &class.unknown),
                ("retry.says", &class.retry.says),
                ("forking.says", &class.forking.says),
                ("dialog.says", &class.dialog.says),
            ] {
                self.text(&format!("{}xx.{field}", class.digit), text);
            }
        }
    }

    fn optional_cite(&mut self, field: &str, citation: Option<&str>) {
        if let Some(citation) = citation {
            self.cite(field, citation);
        }
    }

    fn cite(&mut self, field: &str, citation: &str) {
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
    }
}
