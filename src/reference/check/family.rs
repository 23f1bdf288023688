//! What the build refuses in a family of codes.

use std::collections::BTreeSet;

use super::super::form::StatusCode;
use super::super::model::{Clause, Family, FamilyDifference, Mistake};
use super::complaint::Check;
use super::text::{Mention, mentions};

impl Check<'_> {
    pub(super) fn family(&mut self, family: &Family) {
        if family.codes.len() < 2 {
            self.complain("codes", "a family has two codes or more");
        }
        for StatusCode(code) in &family.codes {
            if !self.is_known(*code) {
                self.complain("codes", format!("no code {code}"));
            }
        }
        self.part("", family);
        for (i, difference) in family.differences.iter().enumerate() {
            self.difference(&format!("differences[{i}]"), difference, family);
        }
        for (i, mistake) in family.mistakes.iter().enumerate() {
            self.mistake(&format!("mistakes[{i}]"), mistake, family);
        }
        let tests = family.tests.iter().map(|test| test.code);
        self.one_of_each("tests", family, tests.collect());
        let advice = family.advice.iter().map(|advice| advice.code);
        self.one_of_each("advice", family, advice.collect());
    }

    /// Refuses a pair that is not two codes, the lower one first, under their name.
    pub(super) fn pair(&mut self, pair: &Family) {
        match pair.codes[..] {
            [low, high] if low < high => {
                if pair.id != format!("{low}-{high}") {
                    self.complain("id", "not the two codes, the lower one first");
                }
            }
            _ => self.complain("codes", "not two codes, the lower one first"),
        }
    }

    fn difference(&mut self, field: &str, difference: &FamilyDifference, family: &Family) {
        self.lead(&format!("{field}.topic"), &difference.topic);
        let groups = &difference.groups;
        let codes: Vec<StatusCode> = groups.iter().flatten().copied().collect();
        let are_full = groups.len() > 1 && groups.iter().all(|group| !group.is_empty());
        if !are_full || !are_different(&codes, &family.codes) {
            self.complain(
                format!("{field}.groups"),
                "not two or more groups of different codes of the family",
            );
        }
        let clauses = &difference.clauses;
        for group in groups {
            let mut said = clauses.iter().flat_map(|clause| &clause.of);
            if !said.any(|code| group.contains(code)) {
                let codes: Vec<u16> = group.iter().map(|code| code.0).collect();
                let says = format!("no clause of the group {codes:?}");
                self.complain(format!("{field}.clauses"), says);
            }
        }
        for (i, clause) in clauses.iter().enumerate() {
            let field = format!("{field}.clauses[{i}]");
            if clause.of.is_empty() || !are_different(&clause.of, &codes) {
                self.complain(format!("{field}.of"), "not different codes of the groups");
            }
            self.clause(&format!("{field}.says"), clause, groups);
            self.proof(&field, clause);
        }
    }

    /// Refuses a clause that does not name each of the codes that it is about.
    fn clause(&mut self, field: &str, clause: &Clause, groups: &[Vec<StatusCode>]) {
        let mut named: Vec<StatusCode> = mentions(&clause.says.0)
            .filter(|(says, _)| matches!(says, Mention::Code))
            .map(|(_, code)| StatusCode(code))
            .filter(|code| groups.iter().flatten().any(|other| other == code))
            .collect();
        // A group of several codes is named by its number, so that only compared codes are shown.
        for part in clause.says.0.split('{').skip(1) {
            let index = part.split('}').next().and_then(|index| index.parse().ok());
            let group = index.and_then(|index: usize| groups.get(index));
            match group.filter(|group| group.len() > 1) {
                Some(group) => named.extend(group),
                None => self.complain(field, "braces hold the number of a group of several codes"),
            }
        }
        for code in clause.of.iter().filter(|code| !named.contains(code)) {
            self.complain(field, format!("is about {code} and does not name it"));
        }
    }

    fn mistake(&mut self, field: &str, mistake: &Mistake, family: &Family) {
        if mistake.of.is_empty() || !are_different(&mistake.of, &family.codes) {
            self.complain(format!("{field}.of"), "not different codes of the family");
        }
        self.lead(&format!("{field}.says"), &mistake.says);
    }

    fn one_of_each(&mut self, field: &str, family: &Family, mut found: Vec<StatusCode>) {
        let mut codes = family.codes.clone();
        codes.sort_unstable();
        found.sort_unstable();
        if found != codes {
            self.complain(field, "not one for each code of the family");
        }
    }

    /// Refuses what cannot stand before a colon.
    fn lead(&mut self, field: &str, text: &str) {
        if text.contains([':', ';']) || text.ends_with(['.', ',']) {
            self.complain(field, "a mark where a colon follows");
        }
    }
}

/// Returns whether all codes are among others, and none stands twice.
fn are_different(codes: &[StatusCode], others: &[StatusCode]) -> bool {
    let mut seen = BTreeSet::new();
    let mut codes = codes.iter();
    codes.all(|code| others.contains(code) && seen.insert(code))
}
