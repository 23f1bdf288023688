//! Explained messages, each with its place.

use super::answer::{Data, Shown};
use super::picking::Seen;
use crate::document::Document;
use crate::explain::{self, Beside, Explanation, Rule};
use crate::message::{Message, Redaction};
use crate::output::json;

pub(super) struct Explained(Vec<(Explanation, Seen)>);

impl Explained {
    pub(super) fn of(mut all: Vec<Seen>, mut redaction: Option<Redaction>) -> Self {
        let mut explained = Vec::with_capacity(all.len());
        for seen in &mut all {
            let call: Vec<Message<'_>> = seen.call.iter().map(|bytes| Message::of(bytes)).collect();
            let beside = Beside {
                call: &call,
                at: seen.at,
            };
            explained.push(explain::explain(&Message::of(&seen.bytes), beside));
            if let Some(redaction) = &mut redaction {
                redaction.learn(&seen.bytes);
                seen.call.iter().for_each(|bytes| redaction.learn(bytes));
                seen.file = redaction.place(&seen.file);
            }
        }
        // What one names may stand in another.
        if let Some(redaction) = &mut redaction {
            for one in &mut explained {
                one.redact(redaction);
            }
        }
        Self(explained.into_iter().zip(all).collect())
    }
}

impl Data for Explained {
    fn shown(&self) -> Shown {
        let pages = self.0.iter();
        let pages =
            pages.map(|(explanation, seen)| Document::of_explanation(explanation, &seen.place()));
        Shown::Pages(pages.collect())
    }

    fn json(&self) -> serde_json::Result<String> {
        let forms = self.0.iter();
        let forms = forms.map(|(explanation, seen)| {
            json::explanation(explanation, &seen.file, seen.line.or(seen.frame))
        });
        json::pretty(&forms.collect::<Vec<_>>())
    }
}

/// The rules that messages are held against.
pub(super) struct Rules(pub(super) Vec<Rule>);

impl Data for Rules {
    fn shown(&self) -> Shown {
        let row = |rule: &Rule| {
            let cite = rule.cite;
            (
                rule.id.clone(),
                format!("{} [RFC {} {}]", rule.says, cite.rfc(), cite.section()),
            )
        };
        Shown::Rows(self.0.iter().map(row).collect())
    }

    fn json(&self) -> serde_json::Result<String> {
        let forms: Vec<_> = self.0.iter().map(json::rule).collect();
        json::pretty(&forms)
    }
}
