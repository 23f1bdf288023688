//! The call that `explain` is asked for: the messages of one Call-ID in logs and captures, and when the trace ends.

use std::path::Path;

use anyhow::{Context, Result, anyhow};

use super::answer::{Data, Shown};
use super::picking::is_part;
use super::remarks;
use super::times::{stamp, time};
use super::watched::{Stop, Watched};
use crate::calls::{Recorded, Timeline};
use crate::document::Document;
use crate::explain::{CallExplanation, call_explained};
use crate::files;
use crate::message::Redaction;
use crate::output::json;
use crate::tally::Stamp;
use crate::trace::{self, Found, Label};

/// So many messages of a call are explained, the first ones.
const MOST: usize = 2000;

/// Reads the messages of one Call-ID.
#[derive(Default)]
pub(super) struct Calling {
    call_id: Vec<u8>,
    messages: Vec<Recorded>,
    /// How many messages of the call were read, and how many of all calls.
    own: usize,
    pub(super) all: usize,
    timeline: Timeline,
    ends: Option<u64>,
    /// Why files gave no message.
    pub(super) unread: Vec<String>,
}

impl Calling {
    pub(super) fn new(call_id: &str) -> Self {
        Self {
            call_id: call_id.as_bytes().to_vec(),
            ..Self::default()
        }
    }

    pub(super) fn read(&mut self, file: &Path) -> Result<()> {
        let shown = match files::shown(file) {
            shown if shown == "-" => "standard input".to_owned(),
            shown => shown,
        };
        let input = Watched::new(files::open(file)?, files::length(file), Stop::default());
        let call_id = self.call_id.clone();
        let tell = |found: &Found<'_>| {
            let stamp = stamp(found);
            let is_own = found.head().call_id == call_id && !is_part(&found.before);
            let own = is_own.then(|| recorded(found, &shown));
            (stamp, own)
        };
        let (before, mut last) = (self.all, Stamp::None);
        let (mut first_micros, mut last_micros) = (None, None);
        let begins = self.messages.len();
        let scan = trace::scan_lines(input, tell, |(stamp, own)| {
            self.all += 1;
            if let Some(own) = own {
                self.own += 1;
                let own = self.timed(own, &stamp);
                first_micros = first_micros.or(own.micros);
                last_micros = own.micros.or(last_micros);
                if self.messages.len() < MOST {
                    self.messages.push(own);
                }
            }
            if !matches!(stamp, Stamp::None) {
                last = stamp;
            }
        });
        let scan = scan.with_context(|| format!("could not read {shown}"))?;
        // Some writers put the latest first.
        if last_micros < first_micros {
            self.messages[begins..].reverse();
        }
        self.ends = self.ends.max(self.micros(&last).map(|(micros, _)| micros));
        if self.all == before {
            self.unread.extend(remarks::of_file(&scan, &shown));
        }
        match scan.broken {
            Some(broken) => {
                Err(anyhow!(broken).context(format!("could not read {shown} to its end")))
            }
            None => Ok(()),
        }
    }

    fn timed(&mut self, own: Recorded, stamp: &Stamp) -> Recorded {
        let micros = self.micros(stamp);
        Recorded {
            time: time(stamp).map(|time| time.text),
            micros: micros.map(|(micros, _)| micros),
            is_exact: micros.is_some_and(|(_, is_exact)| is_exact),
            ..own
        }
    }

    fn micros(&mut self, stamp: &Stamp) -> Option<(u64, bool)> {
        let time = time(stamp)?;
        match time.epoch {
            Some(micros) => Some((micros, true)),
            None => self.timeline.micros(&time.text),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }

    /// Hides what names somebody; the addresses of packets are left out.
    pub(super) fn redact(&mut self, redaction: &mut Redaction) {
        for message in &mut self.messages {
            message.bytes = redaction.redact(&message.bytes);
            (message.from, message.to) = (None, None);
        }
    }

    /// Returns what there is to say of the call, and what was left out.
    pub(super) fn explained(self) -> (Called, Option<String>) {
        let left = self.own.saturating_sub(self.messages.len());
        let remark = (left > 0).then(|| {
            format!(
                "{} messages are of this call; the first {MOST} are explained",
                self.own
            )
        });
        let explanation = call_explained(&self.messages, self.ends);
        let messages = self.messages;
        (
            Called {
                explanation,
                messages,
            },
            remark,
        )
    }
}

fn recorded(found: &Found<'_>, file: &str) -> Recorded {
    let (from, to) = if found.origin.frame.is_some() {
        (found.origin.from, found.origin.to)
    } else {
        let label = Label::of(&found.before);
        (label.from, label.to)
    };
    let place = match (found.line, found.origin.frame) {
        (Some(line), _) => format!("{file} line {line}"),
        (None, Some(frame)) => format!("{file} frame {frame}"),
        (None, None) => file.to_owned(),
    };
    Recorded {
        bytes: found.bytes.to_vec(),
        from,
        to,
        place,
        ..Recorded::default()
    }
}

/// A call that is explained.
pub(super) struct Called {
    explanation: CallExplanation,
    messages: Vec<Recorded>,
}

impl Data for Called {
    fn shown(&self) -> Shown {
        Shown::Pages(vec![Document::of_call(&self.explanation)])
    }

    fn json(&self) -> serde_json::Result<String> {
        json::pretty(&[json::call(&self.explanation, &self.messages)])
    }
}
