//! `sipdex explain --check`: each broken rule in a line, for the tests of those who write SIP.

use super::answer::{Data, Shown};
use super::picking::Seen;
use crate::explain::{self, Finding, Kind};
use crate::message::{Message, Redaction};
use crate::output::json;
use crate::text;

/// What was found in all messages.
pub(super) struct Checked {
    found: Vec<(Finding, String, Option<u64>)>,
    allowed: Vec<String>,
    redaction: Option<Redaction>,
}

impl Checked {
    pub(super) fn new(allowed: &[String], redaction: Option<Redaction>) -> Self {
        Self {
            found: Vec::new(),
            allowed: allowed.to_vec(),
            redaction,
        }
    }

    /// Holds a message against the rules.
    pub(super) fn add(&mut self, seen: &Seen) {
        let findings = explain::findings(&Message::of(&seen.bytes)).into_iter();
        let counts = findings
            .filter(|finding| finding.kind != Kind::Note && !self.allowed.contains(&finding.id));
        let line = seen.line.or(seen.frame);
        let mut found: Vec<_> = counts
            .map(|finding| (finding, seen.file.clone(), line))
            .collect();
        if let Some(redaction) = self.redaction.as_mut().filter(|_| !found.is_empty()) {
            redaction.learn(&seen.bytes);
            for (finding, file, _) in &mut found {
                redaction.put(&mut finding.says);
                *file = redaction.place(file);
            }
        }
        self.found.extend(found);
    }

    /// Returns whether a rule is broken, whatever stands around the messages.
    pub(super) fn is_broken(&self) -> bool {
        self.found
            .iter()
            .any(|(finding, ..)| finding.kind == Kind::Broken)
    }
}

impl Data for Checked {
    fn shown(&self) -> Shown {
        let line = |(finding, file, line): &(Finding, String, Option<u64>)| {
            let line = line.unwrap_or(1);
            let doubt = if finding.kind == Kind::Broken {
                ""
            } else {
                " (doubt)"
            };
            let cite = finding.cite;
            let says = format!("{} [RFC {} {}]", finding.says, cite.rfc(), cite.section());
            text::clean(&format!("{file}:{line}: {}{doubt}: {says}", finding.id))
        };
        Shown::Lines(self.found.iter().map(line).collect())
    }

    fn json(&self) -> serde_json::Result<String> {
        let form = |(finding, file, line): &(Finding, String, Option<u64>)| {
            json::checked(finding, file, *line)
        };
        let forms: Vec<_> = self.found.iter().map(form).collect();
        json::pretty(&forms)
    }
}
