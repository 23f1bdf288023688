//! What a trace has: as a whole, of a code, and of requests without a final response.

use std::collections::BTreeMap;

use super::block::Block;
use super::counts::{came_to, counted, frequent, method_name, reason, title, warning, why};
use super::setup;
use super::span::{Link, Role, Span};
use super::whole::{Document, under_headings};
use crate::calls::Outcome;
use crate::catalog::{self, Citation, StatusCode};
use crate::message::Method;
use crate::tally::{Beside, Listed, Methods, Sender, Setups, Span as Times, Time, total};
use crate::text;

/// Calls that are listed, each with the number of its transaction, and how many there are in all.
#[derive(Clone, Debug, Default)]
pub struct Calls {
    pub listed: Vec<(usize, Listed)>,
    pub all: u64,
}

/// What a trace has of a code.
#[derive(Clone, Debug, Default)]
pub struct InTrace {
    pub methods: Vec<(Method, Beside)>,
    /// How many such responses there are, hops and retransmissions too, by method.
    pub messages: Vec<(Method, u64)>,
    /// Transactions that came to it.
    pub calls: Calls,
}

/// A fault that calls of a trace have in common.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    /// The messages only point to it.
    pub is_possible: bool,
    /// What the first call with it shows.
    pub says: String,
    pub cites: Vec<Citation>,
    /// The first calls with it, each with the number of a transaction and what it was, and how many there are.
    pub calls: Vec<(usize, String)>,
    pub all: u64,
}

/// What a trace has as a whole.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    pub name: String,
    /// Facts in a word or two each: how much was read, and of what.
    pub facts: Vec<String>,
    pub span: Times,
    pub methods: Methods,
    pub setups: Setups,
    /// What is wrong with its calls.
    pub faults: Vec<Faults>,
    /// Those of each outcome that is a failure, the most frequent first.
    pub failed: Vec<(u16, Calls)>,
    pub unanswered: Calls,
    pub remarks: Vec<String>,
}

impl Document {
    /// Puts what a trace has of its code before all that the page says.
    #[must_use]
    pub fn in_trace(mut self, traced: &InTrace) -> Self {
        let sections = [
            ("In this trace", counts(traced)),
            ("Its calls", calls(&traced.calls, false)),
        ];
        let mut blocks = under_headings(sections.into_iter());
        blocks.append(&mut self.blocks);
        self.blocks = blocks;
        self
    }

    /// Returns what a trace has as a whole: what failed first.
    pub fn of_trace(overview: &Overview) -> Self {
        let sections = [
            ("What went wrong", wrong(&overview.faults)),
            ("What failed", failed(&overview.failed)),
            (
                "Without a final response",
                calls(&overview.unanswered, true),
            ),
            (
                "What requests came to",
                came(&overview.methods, &overview.setups),
            ),
            (
                "What was not read",
                overview.remarks.iter().map(said).collect(),
            ),
        ];
        let facts = overview.facts.iter().map(|fact| text::clean(fact).into());
        Self {
            title: text::clean(&overview.name),
            strip: facts.chain(span(&overview.span).map(Into::into)).collect(),
            summary: summary(overview).into(),
            blocks: under_headings(sections.into_iter()),
            ..Self::default()
        }
    }

    /// Returns the requests of a trace without a final response.
    pub fn of_unanswered(unanswered: &Calls) -> Self {
        let sections = [("Its calls", calls(unanswered, true))];
        Self {
            title: "No final response".to_owned(),
            summary: format!(
                "{} in this trace without a final response: the trace may end before it, or have one side only",
                counted(unanswered.all, "request")
            )
            .into(),
            blocks: under_headings(sections.into_iter()),
            ..Self::default()
        }
    }
}

fn said(text: impl AsRef<str>) -> Block {
    Block::item(text::clean(text.as_ref()))
}

fn summary(overview: &Overview) -> String {
    let outcomes = overview.methods.values();
    let attempts = outcomes.flat_map(|outcomes| outcomes.attempts.values());
    let attempts = total(attempts);
    let failed: u64 = overview.failed.iter().map(|(_, calls)| calls.all).sum();
    let open = match overview.unanswered.all {
        0 => String::new(),
        open => format!("; {open} without a final response"),
    };
    match (attempts, failed) {
        (0, _) => "No request is in what was read".to_owned(),
        (1, 0) => format!("The one attempt did not fail{open}"),
        (all, 0) => format!("None of {all} attempts failed{open}"),
        (all, failed) => format!("{failed} of {} failed{open}", counted(all, "attempt")),
    }
}

/// Returns the first and the last time, as they are printed.
fn span(span: &Times) -> Option<String> {
    let shown = |time: &Time| text::clean(&time.zoned());
    match (&span.first, &span.last) {
        (Some(first), Some(last)) if first != last => {
            Some(format!("{} to {}", text::clean(&first.text), shown(last)))
        }
        (Some(time), _) | (_, Some(time)) => Some(shown(time)),
        (None, None) => None,
    }
}

/// Returns how often a code is there, of whom, and what is said beside it.
fn counts(traced: &InTrace) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (method, beside) in &traced.methods {
        let mut messages = traced.messages.iter();
        let messages = messages.find(|(own, _)| own == method);
        let messages = messages.map_or(0, |(_, count)| *count);
        let responses = match messages {
            0 => String::new(),
            messages if messages == beside.transactions => String::new(),
            messages => format!(
                " in {}, hops and retransmissions too",
                counted(messages, "message")
            ),
        };
        let times = span(&beside.span).map_or_else(String::new, |times| format!(", {times}"));
        let count = match beside.transactions {
            0 => counted(messages, "message"),
            count => format!("{}{responses}", counted(count, "transaction")),
        };
        blocks.push(Block::bullet(vec![
            Span::new(method_name(method), Role::Strong),
            Span::plain(format!(": {count}{times}")),
        ]));
        let rows = [
            ("From:", values(&beside.senders, sender)),
            ("Reason:", values(&beside.reasons, |value| reason(value))),
            ("Warning:", values(&beside.warnings, |code| warning(*code))),
        ];
        let rows = rows.into_iter().filter(|(_, says)| !says.is_empty());
        blocks.extend(rows.map(|(label, says)| Block::labelled(label, says)));
    }
    blocks
}

fn values<T: Ord>(counts: &BTreeMap<T, u64>, says: impl Fn(&T) -> String) -> String {
    if counts.is_empty() {
        return String::new();
    }
    frequent(counts, says)
}

fn sender(sender: &Sender) -> String {
    let parts = [&sender.peer, &sender.agent].map(|part| text::clean(part));
    let parts: Vec<&str> = parts
        .iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(" ")
}

/// Returns calls as links, with what each came to where that differs.
fn calls(calls: &Calls, tells_outcome: bool) -> Vec<Block> {
    let mut blocks: Vec<Block> = calls
        .listed
        .iter()
        .map(|(at, listed)| call(*at, listed, tells_outcome))
        .collect();
    let listed = calls.listed.len() as u64;
    if listed > 0 && calls.all > listed {
        blocks.push(Block::paragraph(format!(
            "{} more: a number, an address or a Call-ID in the search line finds them",
            calls.all - listed
        )));
    }
    blocks
}

/// Returns a call as a link: when, between whom, and what is said beside its code.
fn call(at: usize, listed: &Listed, tells_outcome: bool) -> Block {
    let attempt = &listed.attempt;
    let time = attempt.time.as_ref();
    let time = time.map_or("", |time| time.parts().1);
    let link = [
        text::clean(time),
        method_name(&listed.method),
        text::clean(&attempt.from),
        "to".to_owned(),
        text::clean(&attempt.to),
    ];
    let link: Vec<&str> = link
        .iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    let outcome = match listed.outcome {
        Outcome::Open(Some(code)) if tells_outcome => format!(", {} came", title(code)),
        Outcome::Open(None) if tells_outcome => ", no response at all".to_owned(),
        outcome if tells_outcome => format!(": {}", came_to(outcome)),
        _ => String::new(),
    };
    let by = match text::clean(&attempt.peer) {
        peer if peer.is_empty() => String::new(),
        peer => format!(", from {peer}"),
    };
    Block::bullet(vec![
        Span::link(link.join(" "), Link::Call(at)),
        Span::plain(format!("{outcome}{by}{}", why(attempt))),
    ])
}

/// Returns what is wrong with calls: what the first of them shows, then which they are.
fn wrong(faults: &[Faults]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for fault in faults {
        let label = if fault.is_possible {
            "Possibly:"
        } else {
            "Fault:"
        };
        let mut spans = vec![
            Span::new(label, Role::Label),
            Span::plain(format!(" {}", text::clean(&fault.says))),
        ];
        // The next link is the call, whose page links them.
        spans.extend(fault.cites.iter().map(|cite| Span {
            link: None,
            ..Span::cite(*cite)
        }));
        blocks.push(Block::bullet(spans));
        for (at, title) in &fault.calls {
            let link = Span::link(text::clean(title), Link::Call(*at));
            blocks.push(Block::Detail(vec![link]));
        }
        let listed = fault.calls.len() as u64;
        if fault.all > listed {
            let more = format!("so in {} more", counted(fault.all - listed, "call"));
            blocks.push(Block::Detail(vec![Span::new(more, Role::Muted)]));
        }
    }
    blocks
}

/// Returns what failed, by code: the code, then the first of its calls.
fn failed(failed: &[(u16, Calls)]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (code, of_code) in failed {
        let Ok(status) = StatusCode::new(*code) else {
            continue;
        };
        let page = catalog::response(status);
        blocks.push(Block::bullet(vec![
            Span::entry(page),
            Span::plain(format!(": {}", counted(of_code.all, "attempt"))),
        ]));
        for (at, listed) in &of_code.listed {
            if let Block::Item { text, .. } = call(*at, listed, false) {
                blocks.push(Block::Detail(text));
            }
        }
        let listed = of_code.listed.len() as u64;
        if of_code.all > listed {
            let more = format!("{} more on its page", of_code.all - listed);
            blocks.push(Block::Detail(vec![Span::new(more, Role::Muted)]));
        }
    }
    blocks
}

/// Returns how many of the attempts that ended succeeded.
fn succeeded(outcomes: &crate::tally::Outcomes) -> String {
    let ended = outcomes.attempts.iter();
    let ended = ended.filter_map(|(outcome, count)| match outcome {
        Outcome::Final(code) => Some((*code, *count)),
        Outcome::Open(_) => None,
    });
    let (good, all) = ended.fold((0, 0), |(good, all), (code, count)| {
        let succeeds = u64::from(code < 300);
        (good + succeeds * count, all + count)
    });
    match all {
        0 => String::new(),
        all => format!(", {} % of those that ended with success", good * 100 / all),
    }
}

/// Returns what the requests of each method came to.
fn came(methods: &Methods, setups: &Setups) -> Vec<Block> {
    let block = |(method, outcomes): (&Method, &crate::tally::Outcomes)| {
        let all = total(outcomes.attempts.values());
        let mut text = vec![
            Span::new(method_name(method), Role::Strong),
            Span::plain(format!(
                ": {}{}",
                counted(all, "attempt"),
                succeeded(outcomes)
            )),
        ];
        for (place, (outcome, count)) in outcomes.attempts.iter().enumerate() {
            let before = if place == 0 { "; " } else { ", " };
            text.push(Span::plain(before));
            text.push(match outcome {
                Outcome::Final(code) => match StatusCode::new(*code) {
                    Ok(status) => Span::entry(catalog::response(status)),
                    Err(_) => Span::plain(code.to_string()),
                },
                Outcome::Open(_) => Span::link(came_to(*outcome), Link::Unanswered),
            });
            text.push(Span::plain(format!(" {count}")));
        }
        Block::bullet(text)
    };
    let below = |method: &Method| {
        let is_invite = method.as_bytes() == b"INVITE";
        if is_invite {
            setup::blocks(setups)
        } else {
            Vec::new()
        }
    };
    let blocks = methods
        .iter()
        .map(|row| [vec![block(row)], below(row.0)].concat());
    blocks.flatten().collect()
}
