//! What the build refuses in the list of the registry, and in a page that is not as the registry has it.

use std::collections::BTreeSet;

use super::super::model::Response;
use super::complaint::Check;

impl Check<'_> {
    pub(super) fn registry(&mut self) {
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

    pub(super) fn registered(&mut self, page: &Response) {
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
}
