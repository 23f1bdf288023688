//! What the build refuses in a page.

use std::collections::BTreeSet;

use super::super::form::StatusCode;
use super::super::message;
use super::super::model::Response;
use super::super::vocabulary::{Branches, Place, Status, Strength};
use super::complaint::Check;

const SUMMARY_LIMIT: usize = 100;
const GIST_LIMIT: usize = 180;
const RECEIVED_LIMIT: usize = 260;
const MESSAGE_LIMIT: usize = 36;
const PARTICIPANT_LIMIT: usize = 4;

impl Check<'_> {
    pub(super) fn page(&mut self, name: &str, page: &Response) {
        let StatusCode(code) = page.code;
        if name != format!("{code}.toml") {
            self.complain("code", format!("{code} in a file named {name}"));
        }
        if !(100..700).contains(&code) {
            self.complain("code", format!("{code} is no response code"));
        }
        if page.summary.chars().count() > SUMMARY_LIMIT {
            self.complain("summary", format!("over {SUMMARY_LIMIT} characters"));
        }
        self.part("", page);
        self.sentences(page);
        let mut seen = BTreeSet::new();
        for (i, related) in page.related.iter().enumerate() {
            let field = format!("related[{i}].code");
            if related.code == page.code || !self.is_known(related.code.0) {
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
            if sender.cite.is_none() && page.sources.is_empty() {
                self.complain(format!("sent_by[{i}].cite"), "neither section nor source");
            }
        }
        self.forking(page);
        self.example(page);
        self.flow(page);
    }

    /// Refuses a page without the sentences that stand in comparisons, or with too long ones.
    fn sentences(&mut self, page: &Response) {
        let start = format!("A {} ", page.code);
        for (field, text, start, limit) in [
            ("gist", &page.gist, start.as_str(), GIST_LIMIT),
            ("occurs", &page.occurs, &start, GIST_LIMIT),
            ("received", &page.received, "", RECEIVED_LIMIT),
        ] {
            let text = text.as_ref().map_or("", |text| &text.0);
            if text.is_empty() {
                self.complain(field, "missing");
            } else if !text.starts_with(start) || text.len() > limit {
                self.complain(
                    field,
                    format!("not {start:?} first, or over {limit} characters"),
                );
            }
        }
    }

    /// Refuses a statement that ends the other branches where the class lets them go on, or the other way round.
    fn forking(&mut self, page: &Response) {
        let mut classes = self.source.classes.class.iter();
        let class = classes.find(|class| class.digit == page.code.0 / 100);
        for (i, forking) in page.forking.iter().enumerate() {
            let unlike = forking.verdict.zip(class).filter(|(verdict, class)| {
                let of_class = class.others;
                ends(*verdict) != ends(of_class)
            });
            if let Some((_, class)) = unlike {
                let field = format!("forking[{i}].verdict");
                self.complain(
                    field,
                    format!("others {} in a {}xx", class.others.as_str(), class.digit),
                );
            }
        }
    }

    fn example(&mut self, page: &Response) {
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
        let wire = message::wire(&example.0);
        let phrase = page.phrase.as_deref().unwrap_or_default();
        // A product may add to the phrase of its own codes: "(478/TM)".
        let start = format!("SIP/2.0 {} ", page.code);
        let own = wire
            .lines()
            .next()
            .and_then(|line| line.strip_prefix(&start));
        let own = own.filter(|own| page.status.is_none() && own.starts_with(phrase));
        for fault in message::faults(page.code.0, own.unwrap_or(phrase), &wire) {
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

    fn flow(&mut self, page: &Response) {
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

/// Returns whether a response ends the other branches.
fn ends(branches: Branches) -> bool {
    matches!(branches, Branches::Cancelled | Branches::GivenUp)
}
