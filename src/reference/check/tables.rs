//! What the build refuses in the tables that many pages share.

use std::collections::BTreeSet;

use super::super::form::StatusCode;
use super::super::source::VendorCodes;
use super::complaint::Check;
use super::text::LAST_CAUSE;

impl Check<'_> {
    pub(super) fn tables(&mut self) {
        self.file = "q850.toml".into();
        self.q850();
        self.file = "vendors.tsv".into();
        self.vendors();
        self.file = "warnings.toml".into();
        self.warnings();
        self.file = "http.tsv".into();
        self.http();
        self.file = "classes.toml".into();
        self.classes();
        self.file = "errata.tsv".into();
        self.errata();
        self.field();
        self.file = "rfc-openings.tsv".into();
        self.openings();
    }

    fn q850(&mut self) {
        let source = self.source;
        let unlisted = &source.q850.unlisted;
        self.cite("unlisted.cause_cite", &unlisted.cause_cite);
        self.cite("unlisted.code_cite", &unlisted.code_cite);
        self.text("unlisted.first", &unlisted.first);
        if !self.is_registered(unlisted.code) || self.source.cause(unlisted.cause).is_none() {
            self.complain("unlisted", "no such code or no such cause");
        }
        let to_isdn = source.q850.to_isdn.iter().map(|row| {
            let texts = (row.when.as_ref(), row.first.as_ref());
            ("to_isdn", row.code, row.cause, &row.cite, texts)
        });
        let to_sip = source.q850.to_sip.iter().map(|row| {
            let texts = (row.when.as_ref(), None);
            ("to_sip", row.code, row.cause, &row.cite, texts)
        });
        for (table, code, cause, cite, (when, first)) in to_isdn.chain(to_sip) {
            self.cite(&format!("{table} {code}.cite"), cite);
            for text in [when, first].into_iter().flatten() {
                self.text(&format!("{table} {code}"), text);
            }
            if !self.is_registered(code) || self.source.cause(cause).is_none() {
                self.complain(table, format!("no code {code} or no cause {cause}"));
            }
        }
    }

    fn vendors(&mut self) {
        let source = self.source;
        for row in &source.vendors {
            self.text("product", &row.product);
            self.text("version", &row.version);
            self.text("name", &row.name);
            if let Some(cause) = row.cause
                && cause <= LAST_CAUSE
                && self.source.cause(cause).is_none()
            {
                self.complain("cause", format!("no file causes/{cause}.toml"));
            }
            if let VendorCodes::One(code) = row.codes
                && !self.is_known(code)
            {
                self.complain("code", format!("no code {code}"));
            }
        }
    }

    fn warnings(&mut self) {
        let source = self.source;
        for warning in &source.warnings.warning {
            self.part(&format!("warning {}", warning.code), warning);
            for StatusCode(code) in &warning.codes {
                if !self.is_registered(*code) {
                    self.complain(
                        format!("warning {}.codes", warning.code),
                        format!("no {code}"),
                    );
                }
            }
        }
    }

    fn http(&mut self) {
        let source = self.source;
        for row in &source.http {
            self.text(&format!("{} phrase", row.code), &row.phrase);
            if !self.is_known(row.code) {
                self.complain("code", format!("no code {}", row.code));
            }
        }
    }

    fn errata(&mut self) {
        let source = self.source;
        let mut seen = BTreeSet::new();
        for row in &source.errata {
            let number = row.erratum.number.to_string();
            if !seen.insert((number.clone(), &row.section.0)) {
                self.complain(&number, "stands twice");
            }
            if !source.sections.contains_key(&row.section.0) {
                self.complain(&number, format!("nothing cites {:?}", row.section.0));
            }
            self.text(&number, &row.erratum.says);
        }
    }

    fn openings(&mut self) {
        let source = self.source;
        for (citation, says) in &source.openings {
            self.text(citation, says);
            let section = source.sections.get(citation);
            if section.is_none_or(|section| section.parts == 0) {
                self.complain(
                    citation,
                    "no section that is cited, or one without sub-sections",
                );
            }
        }
    }

    /// Refuses what is wrong in a rule for messages, and two of one name.
    pub(super) fn checks(&mut self) {
        let source = self.source;
        let mut ids = BTreeSet::new();
        for (name, file) in &source.checks {
            self.file = format!("checks/{name}");
            for check in &file.check {
                self.part(&check.id, check);
                if !ids.insert(&check.id) {
                    self.complain(&check.id, "stands twice");
                }
            }
        }
    }

    /// Refuses what is wrong in what calls are held against, what proves nothing, and two of one name.
    pub(super) fn patterns(&mut self) {
        let source = self.source;
        let mut ids = BTreeSet::new();
        for (name, file) in &source.patterns {
            self.file = format!("patterns/{name}");
            for pattern in &file.pattern {
                self.part(&pattern.id, pattern);
                if !ids.insert(&pattern.id) {
                    self.complain(&pattern.id, "stands twice");
                }
                if pattern.cites.is_empty() {
                    self.complain(format!("{}.cites", pattern.id), "empty");
                }
            }
        }
    }

    fn classes(&mut self) {
        let source = self.source;
        let digits: Vec<_> = source
            .classes
            .class
            .iter()
            .map(|class| class.digit)
            .collect();
        if digits != [1, 2, 3, 4, 5, 6] {
            self.complain("class", "not the six classes in order");
        }
        for common in &source.classes.common {
            self.part(&common.name, common);
        }
        for class in &source.classes.class {
            self.part(&format!("{}xx", class.digit), class);
        }
    }
}
