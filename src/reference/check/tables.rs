//! What the build refuses in the tables that many pages share.

use std::collections::BTreeSet;

use super::super::form::{Citation, StatusCode, Text};
use super::super::source::VendorCodes;
use super::super::source::field::Codes;
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
        self.file = "field/local.tsv".into();
        self.made_up();
        self.file = "field/routes.tsv".into();
        self.routes();
        self.file = "field/phrases.tsv".into();
        self.phrases();
        self.file = "rfc-openings.tsv".into();
        self.openings();
    }

    fn q850(&mut self) {
        let source = self.source;
        let mut seen = BTreeSet::new();
        for cause in &source.q850.cause {
            if !seen.insert(cause.number) {
                self.complain("cause", format!("{} stands twice", cause.number));
            }
            self.part(&format!("cause {}", cause.number), cause);
        }
        let unlisted = &source.q850.unlisted;
        self.cite("unlisted.cause_cite", &unlisted.cause_cite);
        self.cite("unlisted.code_cite", &unlisted.code_cite);
        self.text("unlisted.first", &unlisted.first);
        if !self.is_registered(unlisted.code) || !self.source.q850.has_cause(unlisted.cause) {
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
            if !self.is_registered(code) || !self.source.q850.has_cause(cause) {
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
                && !self.source.q850.has_cause(cause)
            {
                self.complain("cause", format!("no cause {cause} in q850.toml"));
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

    fn made_up(&mut self) {
        let source = self.source;
        for (place, row) in source.made_up.iter().enumerate() {
            let field = format!("row {}", place + 1);
            self.codes(&field, row.codes);
            let made_up = &row.made_up;
            let texts = [
                Some(&made_up.product),
                made_up.version.as_ref(),
                Some(&made_up.event),
            ];
            let more = [made_up.sign.as_ref(), made_up.source.as_ref()];
            for text in texts.into_iter().chain(more).flatten() {
                self.text(&field, text);
            }
            self.place(&field, made_up.cite.as_ref(), made_up.source.as_ref());
        }
    }

    fn routes(&mut self) {
        let source = self.source;
        for (place, row) in source.routes.iter().enumerate() {
            let field = format!("row {}", place + 1);
            for codes in &row.codes {
                self.codes(&field, *codes);
            }
            let route = &row.route;
            let texts = [Some(&route.product), route.version.as_ref()];
            let more = [route.setting.as_ref(), route.source.as_ref()];
            for text in texts.into_iter().chain(more).flatten() {
                self.text(&field, text);
            }
            self.place(&field, route.cite.as_ref(), route.source.as_ref());
        }
    }

    fn phrases(&mut self) {
        let source = self.source;
        for (place, row) in source.phrases.iter().enumerate() {
            let field = format!("row {}", place + 1);
            self.codes(&field, Codes::One(row.code));
            let phrase = &row.phrase;
            let texts = [&phrase.product, &phrase.sent, &phrase.means];
            let more = phrase.version.iter().chain(&phrase.source);
            for text in texts.into_iter().chain(more) {
                self.text(&field, text);
            }
            self.place(&field, phrase.cite.as_ref(), phrase.source.as_ref());
        }
    }

    fn codes(&mut self, field: &str, codes: Codes) {
        let exists = match codes {
            Codes::One(code) => self.is_known(code),
            Codes::Class(digit) => (1..=6).contains(&digit),
            Codes::Timeout | Codes::Transport => true,
        };
        if !exists {
            self.complain(field, "no such code");
        }
    }

    /// Refuses a row that says nowhere where it is from.
    fn place(&mut self, field: &str, cite: Option<&Citation>, source: Option<&Text>) {
        match cite {
            Some(cite) => self.cite(field, cite),
            None if source.is_none() => self.complain(field, "neither section nor source"),
            None => {}
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
