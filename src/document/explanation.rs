//! What there is to say about a message.

use super::block::Block;
use super::span::{Role, Span};
use super::whole::{Document, under_headings};
use crate::explain::Explanation;
use crate::text;

impl Document {
    /// Returns what there is to say about a message.
    pub fn of_explanation(explanation: &Explanation) -> Self {
        let response = explanation.response;
        let title = match response {
            Some(page) => format!("{} to {}", page.title(), text::clean(&explanation.method)),
            None => text::clean(&explanation.method),
        };
        let sections = [
            ("What it says", says(explanation)),
            ("What is wrong with it", wrong(explanation)),
            ("What to do next", next(explanation)),
            ("How to fix", fixes(explanation)),
            ("Read on", read_on(explanation)),
        ];
        Self {
            title,
            class: response.map(|page| page.class()),
            summary: text::clean(&explanation.in_short).into(),
            blocks: under_headings(sections.into_iter()),
            source: response.and_then(|page| page.defined()),
            ..Self::default()
        }
    }
}

fn says(explanation: &Explanation) -> Vec<Block> {
    let entry = |saying: &crate::explain::Saying| {
        let mut text = vec![Span::plain(text::clean(&saying.says))];
        text.extend(saying.cites.iter().copied().map(Span::cite));
        Block::Entry {
            label: vec![Span::new(text::clean(&saying.name), Role::Strong)],
            text,
            item: None,
        }
    };
    explanation.fields.iter().map(entry).collect()
}

fn wrong(explanation: &Explanation) -> Vec<Block> {
    let findings = explanation.findings.iter();
    let block =
        |finding: &crate::explain::Finding| Block::cited(text::clean(&finding.says), finding.cite);
    findings.map(block).collect()
}

fn next(explanation: &Explanation) -> Vec<Block> {
    let rules = explanation.next.iter();
    rules
        .map(|rule| Block::cited(rule.says, rule.cite))
        .collect()
}

fn fixes(explanation: &Explanation) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (place, fix) in explanation.fixes.iter().enumerate() {
        blocks.push(Block::numbered(
            place,
            vec![Span::new(fix.cause, Role::Strong)],
        ));
        blocks.push(Block::labelled("Check:", fix.check));
        blocks.push(Block::labelled("Remedy:", fix.remedy));
    }
    blocks
}

fn read_on(explanation: &Explanation) -> Vec<Block> {
    let page = explanation.response.into_iter();
    page.map(|page| Block::bullet(vec![Span::entry(page)]))
        .collect()
}
