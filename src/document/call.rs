//! What there is to say about a call: what happened, its messages, what to do next.

use super::block::{Arrow, Block};
use super::span::{Link, Role, Span};
use super::whole::{Document, under_headings};
use crate::calls::Recorded;
use crate::catalog::Response;
use crate::explain::{self, Advice, CallExplanation, CallFinding, Row, Sureness};
use crate::text;

/// So many of the messages that prove a finding are named.
const PROOF: usize = 6;

impl Document {
    /// Returns what there is to say about a call; its messages are links by their numbers.
    pub fn of_call(call: &CallExplanation) -> Self {
        let sections = [
            ("What happened", happened(call)),
            ("Messages", messages(call)),
            ("What to do next", next(call)),
            ("Read on", read_on(call)),
        ];
        let summary = text::clean(&call.in_short);
        Self {
            title: text::clean(&call.title),
            class: call.response.map(Response::class),
            strip: strip(call).into_iter().map(Into::into).collect(),
            summary: summary.trim_end_matches('.').to_owned().into(),
            blocks: under_headings(sections.into_iter()),
            source: call.response.and_then(Response::defined),
            ..Self::default()
        }
    }
}

/// Returns why an attempt came to a code, with the sections that say so: that to which the message with a number belongs, or
/// what the call as a whole came to.
pub fn cause(
    messages: &[Recorded],
    call: &CallExplanation,
    attempt: Option<(usize, u16)>,
) -> String {
    let own = attempt.and_then(|(at, code)| explain::attempt(messages, &call.findings, at, code));
    let (says, cites) = own.unwrap_or_else(|| {
        let mut findings = call.findings.iter();
        let proof = findings.find(|finding| finding.says == call.in_short);
        let defined = || call.response.and_then(Response::defined);
        let cites = proof.map_or_else(
            || defined().into_iter().collect(),
            |finding| finding.cites.clone(),
        );
        (call.in_short.clone(), cites)
    });
    let cites = cites.into_iter().map(|cite| Span::cite(cite).text);
    text::clean(&says).trim_end_matches('.').to_owned() + &cites.collect::<String>()
}

fn strip(call: &CallExplanation) -> Vec<String> {
    let id = Some(text::clean(&call.call_id)).filter(|id| !id.is_empty());
    let id = id.map(|id| format!("Call-ID {id}"));
    let times = match (&call.first, &call.last) {
        (Some(first), Some(last)) if first != last => Some(format!("{first} to {last}")),
        (Some(first), _) => Some(first.clone()),
        _ => None,
    };
    let times = times.map(|times| text::clean(&times));
    let count = match call.messages {
        1 => "1 message".to_owned(),
        several => format!("{several} messages"),
    };
    id.into_iter().chain(times).chain([count]).collect()
}

fn happened(call: &CallExplanation) -> Vec<Block> {
    let block = |finding: &CallFinding| {
        let label = match finding.sureness {
            Sureness::Proven => "Fault:",
            Sureness::Possible => "Possibly:",
            Sureness::Sound => "No fault:",
            Sureness::Told => "Seen:",
        };
        let mut spans = vec![
            Span::new(label, Role::Label),
            Span::plain(format!(" {}", text::clean(&finding.says))),
        ];
        spans.extend(finding.cites.iter().copied().map(Span::cite));
        spans.extend(proof(&finding.proof));
        Block::bullet(spans)
    };
    call.findings.iter().map(block).collect()
}

/// Returns the messages that prove something, each a link, in parentheses.
fn proof(messages: &[usize]) -> Vec<Span> {
    let mut spans = Vec::new();
    for (place, at) in messages.iter().take(PROOF).enumerate() {
        let before = match (place, messages.len()) {
            (0, 1) => " (message ",
            (0, _) => " (messages ",
            _ => ", ",
        };
        spans.push(Span::plain(before));
        spans.push(Span::message((at + 1).to_string(), *at));
    }
    if !spans.is_empty() {
        let more = messages.len().saturating_sub(PROOF);
        spans.push(Span::plain(match more {
            0 => ")".to_owned(),
            more => format!(" and {more} more)"),
        }));
    }
    spans
}

fn messages(call: &CallExplanation) -> Vec<Block> {
    if call.rows.is_empty() {
        return Vec::new();
    }
    vec![Block::Ladder(call.rows.iter().map(arrow).collect())]
}

/// Returns a row of the ladder: its number, when it was, between whom, and how often.
fn arrow(row: &Row) -> Arrow {
    let at = row.messages.first().copied();
    let number = at.map_or_else(String::new, |at| (at + 1).to_string());
    let time = match (row.after, &row.time) {
        (Some(after), _) => format!("+{}.{:03}", after / 1_000_000, after / 1_000 % 1_000),
        (None, Some(time)) => text::clean(time.rsplit(' ').next().unwrap_or_default()),
        (None, None) => String::new(),
    };
    let again = match row.sent {
        1 => String::new(),
        several => format!(" x{several}"),
    };
    Arrow {
        from: text::clean(&row.from).into(),
        to: text::clean(&row.to).into(),
        message: format!("{}{again}", text::clean(&row.says)).into(),
        marked: false,
        before: format!("{number:>2} {time:>8}")
            .trim_end()
            .to_owned()
            .into(),
        link: at.map(Link::Message),
    }
}

fn next(call: &CallExplanation) -> Vec<Block> {
    let block = |advice: &Advice| {
        let mut spans = vec![Span::plain(text::clean(&advice.says))];
        spans.extend(advice.cites.iter().copied().map(Span::cite));
        Block::bullet(spans)
    };
    call.next.iter().map(block).collect()
}

fn read_on(call: &CallExplanation) -> Vec<Block> {
    let pages = call.pages.iter();
    let block = |page: &_| Block::bullet(vec![Span::entry(*page)]);
    pages.map(block).collect()
}
