//! What there is to say about a message.

use std::borrow::Cow;

use super::block::Block;
use super::span::{Role, Span};
use super::whole::{Document, under_headings};
use crate::calls::Recorded;
use crate::catalog::{self, Entry, Response};
use crate::explain::{Explanation, Finding, Kind, Proof, Saying, Step};
use crate::message::{full_name, masked};
use crate::text;

/// More rules than these are on the page of the code.
const STEPS: usize = 5;
/// So many codes that it is confused with are named.
const CONFUSED: usize = 3;

impl Document {
    /// Returns what there is to say about a message that was found at a place.
    pub fn of_explanation(explanation: &Explanation, place: &str) -> Self {
        let response = explanation.response;
        let method = text::clean(&explanation.method);
        let title = match response {
            Some(page) if method.is_empty() => page.title(),
            Some(page) => match &explanation.other_method {
                Some(own) => format!(
                    "{} to {} (CSeq says {method})",
                    page.title(),
                    text::clean(own)
                ),
                None => format!("{} to {method}", page.title()),
            },
            None if method.is_empty() => "A message without a start line".to_owned(),
            None => method,
        };
        let call_id = explanation.call_id.as_ref();
        let call_id = call_id.map(|id| format!("Call-ID {}", text::clean(id)));
        let place = Some(text::clean(place)).filter(|place| !place.is_empty());
        let sections = [
            ("What it says", says(explanation)),
            ("What is wrong with it", wrong(explanation)),
            ("What to do next", next(explanation)),
            ("How to fix", fixes(explanation)),
            ("Read on", read_on(explanation)),
        ];
        let summary = text::clean(&explanation.in_short);
        Self {
            title,
            class: response.map(Response::class),
            strip: place.into_iter().chain(call_id).map(Into::into).collect(),
            summary: summary.trim_end_matches('.').to_owned().into(),
            blocks: under_headings(sections.into_iter()),
            source: response.and_then(Response::defined),
            ..Self::default()
        }
    }
}

impl Document {
    /// Puts the message itself below what is said of it, without its secrets: what is wrong stands below the row that it
    /// is about.
    #[must_use]
    pub fn with_message(mut self, findings: &[Finding], recorded: &Recorded) -> Self {
        self.put("On the wire".into(), findings, recorded);
        self
    }

    /// Puts messages below as they stand in a trace, without their secrets: each below where that is and when it was, with its
    /// number if there is more to it than one.
    #[must_use]
    pub fn with_raw(mut self, messages: &[Recorded], are_numbered: bool) -> Self {
        for (at, one) in messages.iter().enumerate() {
            let what = if are_numbered {
                format!("Message {}", at + 1)
            } else {
                "On the wire".to_owned()
            };
            let ends = one
                .from
                .zip(one.to)
                .map(|(from, to)| format!("{from} to {to}"));
            let place = Some(&one.place).filter(|place| !place.is_empty());
            let told = place.into_iter().chain(&one.time).chain(&ends);
            let told: Vec<String> = told.map(|part| text::clean(part)).collect();
            let colon = if told.is_empty() { "" } else { ": " };
            let heading = format!("{what}{colon}{}", told.join(", "));
            self.put(heading.into(), &[], one);
        }
        self
    }

    fn put(&mut self, heading: Cow<'static, str>, findings: &[Finding], recorded: &Recorded) {
        self.blocks.push(Block::heading(heading));
        let label = text::clean(&recorded.label);
        if !label.is_empty() {
            let label = Block::labelled("Printed before it:", label);
            self.blocks.push(label);
        }
        let shown = marked(&as_it_stands(recorded), findings);
        self.blocks.push(Block::Message(shown.into()));
    }
}

/// Returns a message as it stands in a trace, without its secrets and what a terminal would obey.
pub fn as_it_stands(recorded: &Recorded) -> String {
    text::clean_lines(&masked(&recorded.bytes))
}

/// Returns a message with a line for each finding below the row that it is about, or below the start line.
fn marked(message: &str, findings: &[Finding]) -> String {
    let head = message.find("\n\n").unwrap_or(message.len());
    let mut written = String::new();
    for (at, line) in message[..head].split('\n').enumerate() {
        written += line;
        written += "\r\n";
        for finding in findings {
            let mut lines = message[..head].split('\n');
            let about = lines.position(|line| is_about(finding, line));
            if about.unwrap_or_default() == at && finding.kind != Kind::Note {
                let sign = if finding.kind == Kind::Broken {
                    "! "
                } else {
                    "? "
                };
                written += sign;
                // The sentence as a whole stands above.
                let said = finding.says.split(": ").next().unwrap_or_default();
                written += text::clean(said).trim_end_matches('.');
                written += "\r\n";
            }
        }
    }
    let body = message[head..].strip_prefix('\n').unwrap_or_default();
    written + &body.replace('\n', "\r\n")
}

/// Returns whether a finding begins with the name of the header field in a line.
fn is_about(finding: &Finding, line: &str) -> bool {
    let name = line.split(':').next().unwrap_or_default();
    let name = full_name(name.as_bytes()).unwrap_or(name);
    let said = finding.says.split(' ').next();
    said.is_some_and(|said| said.eq_ignore_ascii_case(name))
}

fn says(explanation: &Explanation) -> Vec<Block> {
    let block = |saying: &Saying| {
        let (value, says) = (text::clean(&saying.value), text::clean(&saying.says));
        // Where the words hold the value, it need not stand twice.
        let value = match value.as_str() {
            "" => String::new(),
            value if says.contains(value) => String::new(),
            value => format!(" {value}"),
        };
        let mut text = vec![
            Span::new(text::clean(&saying.name), Role::Strong),
            Span::plain(format!("{value}: {says}")),
        ];
        text.extend(saying.cites.iter().copied().map(Span::cite));
        Block::bullet(text)
    };
    explanation.fields.iter().map(block).collect()
}

fn wrong(explanation: &Explanation) -> Vec<Block> {
    let block = |finding: &Finding| {
        let kind = match finding.kind {
            Kind::Broken => "Broken:",
            Kind::Doubt => "May be broken:",
            Kind::Note => "No fault:",
        };
        Block::bullet(vec![
            Span::new(kind, Role::Label),
            Span::plain(format!(" {}", text::clean(&finding.says))),
            Span::cite(finding.cite),
        ])
    };
    explanation.findings.iter().map(block).collect()
}

fn next(explanation: &Explanation) -> Vec<Block> {
    let steps = explanation.next.iter().take(STEPS);
    let block = |step: &Step| Block::cited(text::clean(&step.says), step.cite);
    steps.map(block).collect()
}

fn fixes(explanation: &Explanation) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (place, weighed) in explanation.fixes.iter().enumerate() {
        let fix = weighed.fix;
        let mark = match weighed.proof {
            Proof::Proven => " (the message points to it)",
            Proof::Open => "",
            Proof::Refuted => " (the message speaks against it)",
        };
        let cause = Span::new(fix.cause, Role::Strong);
        blocks.push(Block::numbered(
            place,
            vec![cause, Span::new(mark, Role::Muted)],
        ));
        if weighed.proof != Proof::Refuted {
            blocks.push(Block::labelled("Check:", fix.check));
            blocks.push(Block::labelled("Remedy:", fix.remedy));
        }
    }
    blocks
}

fn read_on(explanation: &Explanation) -> Vec<Block> {
    let page = explanation.response.map(Entry::from);
    let links = explanation
        .fields
        .iter()
        .flat_map(|saying| saying.links.clone());
    let mut entries: Vec<Entry> = Vec::new();
    for entry in page.into_iter().chain(links) {
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    let mut blocks: Vec<Block> = entries
        .iter()
        .map(|entry| Block::bullet(vec![Span::entry(*entry)]))
        .collect();
    let related = explanation
        .response
        .into_iter()
        .flat_map(|page| page.related);
    for other in related.take(CONFUSED) {
        let page = catalog::response(other.code);
        let says = format!(": {}", other.says);
        blocks.push(Block::bullet(vec![Span::entry(page), Span::plain(says)]));
    }
    blocks
}
