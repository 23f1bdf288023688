//! What the build refuses in a page.

use std::collections::BTreeSet;

use super::super::message;
use super::super::vocabulary::{Place, Status, Strength};
use super::fields::{citations, sentences, texts};
use super::{Check, Page};

const SUMMARY_LIMIT: usize = 100;
const MESSAGE_LIMIT: usize = 36;
const PARTICIPANT_LIMIT: usize = 4;

impl Check<'_> {
    pub(super) fn page(&mut self, name: &str, page: &Page) {
        if name != format!("{}.toml", page.code) {
            self.complain("code", format!("{} in a file named {name}", page.code));
        }
        if !(100..700).contains(&page.code) {
            self.complain("code", format!("{} is no response code", page.code));
        }
        if page.summary.chars().count() > SUMMARY_LIMIT {
            self.complain("summary", format!("over {SUMMARY_LIMIT} characters"));
        }
        for (field, text) in texts(page) {
            self.text(&field, text);
        }
        for (field, sentence) in sentences(page) {
            if !sentence.ends_with(['.', '?']) {
                self.complain(field, "a sentence without an end");
            }
        }
        for (field, count) in [
            ("meaning", page.meaning.len()),
            ("seen", page.seen.len()),
            ("symptoms", page.symptoms.len()),
            ("fix", page.fix.len()),
            ("sent_by", page.sent_by.len()),
            ("retry", page.retry.len()),
            ("forking", page.forking.len()),
            ("dialog", page.dialog.len()),
            ("related", page.related.len()),
            ("references", page.references.len()),
        ] {
            if count == 0 {
                self.complain(field, "empty");
            }
        }
        for (field, citation) in citations(page) {
            self.cite(&field, citation);
        }
        let mut seen = BTreeSet::new();
        for (i, related) in page.related.iter().enumerate() {
            let field = format!("related[{i}].code");
            if related.code == page.code || !self.is_known(related.code) {
                self.complain(field, format!("no other code {}", related.code));
            } else if !seen.insert(related.code) {
                self.complain(field, format!("{} stands twice", related.code));
            }
        }
        for (i, sender) in page.sent_by.iter().enumerate() {
            if !sender.methods.is_empty() && !sender.except.is_empty() {
                let field = format!("sent_by[{i}].except");
                self.complain(field, "only any method has exceptions");
            }
        }
        self.example(page);
        self.flow(page);
    }

    fn example(&mut self, page: &Page) {
        let reserved = page.status == Some(Status::Reserved);
        let Some(example) = &page.example else {
            if !reserved {
                self.complain("example", "missing");
            }
            return;
        };
        if reserved {
            self.complain("example", "a reserved code has none");
        }
        let wire = message::wire(example);
        // A product may add to the phrase of its own codes: "(478/TM)".
        let start = format!("SIP/2.0 {} ", page.code);
        let own = wire
            .lines()
            .next()
            .and_then(|line| line.strip_prefix(&start));
        let own = own.filter(|own| page.status.is_none() && own.starts_with(&page.phrase));
        for fault in message::faults(page.code, own.unwrap_or(&page.phrase), &wire) {
            self.complain("example", fault);
        }
        for (_, value) in message::header_fields(&wire).filter(|(name, _)| *name == "Warning") {
            self.text("example", &format!("Warning: {value}"));
        }
        for header in &page.headers {
            let demanded = header.strength == Strength::Must
                && header.place == Place::Response
                && header.when.is_none();
            if demanded && !message::header_fields(&wire).any(|(name, _)| name == header.name) {
                self.complain(
                    "example",
                    format!("without {}, which is a MUST", header.name),
                );
            }
        }
    }

    fn flow(&mut self, page: &Page) {
        if page.status == Some(Status::Reserved) {
            if !page.flow.is_empty() {
                self.complain("flow", "a reserved code has none");
            }
            return;
        }
        if !(3..=9).contains(&page.flow.len()) {
            self.complain(
                "flow",
                format!("{} steps; 3 to 9 make a ladder", page.flow.len()),
            );
        }
        let people: BTreeSet<_> = page.flow.iter().flat_map(|s| [&s.from, &s.to]).collect();
        if people.len() > PARTICIPANT_LIMIT {
            self.complain(
                "flow",
                format!("more than {PARTICIPANT_LIMIT} participants"),
            );
        }
        for (i, step) in page.flow.iter().enumerate() {
            if step.from == step.to {
                self.complain(format!("flow[{i}].to"), "a message to its own sender");
            }
            if step.message.len() > MESSAGE_LIMIT || !step.message.is_ascii() {
                self.complain(
                    format!("flow[{i}].message"),
                    format!("over {MESSAGE_LIMIT} characters, or not ASCII"),
                );
            }
        }
        let code = page.code.to_string();
        if !page.flow.iter().any(|step| step.message.starts_with(&code)) {
            self.complain("flow", format!("no step with {code}"));
        }
    }
}
