//! Explained messages, each with its place.

use super::answer::{Data, Shown};
use super::picking::Seen;
use crate::calls::Recorded;
use crate::document::Document;
use crate::explain::{self, Beside, Explanation, Rule};
use crate::message::{Message, Redaction};
use crate::output::json;

pub(super) struct Explained {
    all: Vec<(Explanation, Seen)>,
    /// Each as it stands in the trace, if that is asked for.
    raw: Vec<Recorded>,
}

impl Explained {
    pub(super) fn of(mut all: Vec<Seen>, mut redaction: Option<Redaction>, is_raw: bool) -> Self {
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
        let raw = all.iter_mut().filter(|_| is_raw).map(Seen::recorded);
        let mut raw: Vec<Recorded> = raw.collect();
        // What one names may stand in another.
        if let Some(redaction) = &mut redaction {
            for one in &mut explained {
                one.redact(redaction);
            }
            for (one, seen) in raw.iter_mut().zip(&all) {
                hide(one, seen.place(), redaction);
            }
        }
        Self {
            all: explained.into_iter().zip(all).collect(),
            raw,
        }
    }
}

/// Puts tokens in the place of what names somebody in a message as it stands in a trace.
pub(super) fn hide(one: &mut Recorded, place: String, redaction: &mut Redaction) {
    *one = Recorded {
        bytes: redaction.redact(&one.bytes),
        place,
        time: one.time.take(),
        ..Recorded::default()
    };
}

impl Data for Explained {
    fn shown(&self) -> Shown {
        let pages = self.all.iter().enumerate();
        let pages = pages.map(|(at, (explanation, seen))| {
            let raw = self.raw.get(at..=at).unwrap_or_default();
            Document::of_explanation(explanation, &seen.place()).with_raw(raw, false)
        });
        Shown::Pages(pages.collect())
    }

    fn json(&self) -> serde_json::Result<String> {
        let forms = self.all.iter().enumerate();
        let forms = forms.map(|(at, (explanation, seen))| {
            let line = seen.line.or(seen.frame);
            json::explanation(explanation, &seen.file, line, self.raw.get(at))
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
