//! The page of a comparison.

use super::block::{Block, Clause};
use super::page::{DESCRIPTION, HOW_TO_FIX, SEEN, Section};
use super::span::{Role, Span};
use super::whole::Document;
use crate::catalog::{self, StatusCode};
use crate::compare::{Comparison, Said, Use};

impl Document {
    /// Returns the page of a comparison; `fold` leaves out the rows that are equal.
    pub fn of_comparison(comparison: &Comparison, fold: bool) -> Self {
        let mut blocks = Vec::new();
        in_short(comparison, comparison.in_short.clone(), &mut blocks);
        key_differences(comparison, "", &mut blocks);
        side_by_side(comparison, fold, &mut blocks);
        Self::with_the_rest(comparison, blocks)
    }

    /// Returns the same page for a screen, where the rows come second, below one sentence: what follows that leads to
    /// the differences.
    pub fn of_columns(comparison: &Comparison, fold: bool) -> Self {
        let (first, others) = match &comparison.differences[..] {
            [] => (comparison.in_short.as_str(), ""),
            _ => comparison.first_in_short(),
        };
        let mut blocks = Vec::new();
        in_short(comparison, first.to_owned(), &mut blocks);
        side_by_side(comparison, fold, &mut blocks);
        key_differences(comparison, others, &mut blocks);
        Self::with_the_rest(comparison, blocks)
    }

    /// Returns the page of a comparison that begins with these blocks.
    fn with_the_rest(comparison: &Comparison, mut blocks: Vec<Block>) -> Self {
        let responses = &comparison.responses;
        for section in [DESCRIPTION, SEEN, HOW_TO_FIX] {
            columns(comparison, section, &mut blocks);
        }
        when_to_use_which(comparison, &mut blocks);
        common_mistakes(comparison, &mut blocks);
        learn_more(comparison, &mut blocks);
        near_relatives(comparison, &mut blocks);
        let errata = Block::errata(&comparison.learn_more);
        if !errata.is_empty() {
            blocks.push(Block::heading("Errata"));
            blocks.extend(errata);
        }
        Self {
            title: title(comparison),
            columns: responses.iter().map(|response| response.title()).collect(),
            blocks,
            source: responses.iter().find_map(|response| response.defined()),
            ..Self::default()
        }
    }
}

fn title(comparison: &Comparison) -> String {
    let responses = comparison.responses.iter();
    let codes: Vec<String> = responses
        .map(|response| response.code.to_string())
        .collect();
    match &codes[..] {
        [a, b] => format!("{a} against {b}"),
        codes => codes.join(", "),
    }
}

fn in_short(comparison: &Comparison, text: String, blocks: &mut Vec<Block>) {
    let question = comparison.question();
    blocks.extend(question.map(|question| {
        let question = Span::new(question, Role::Strong);
        Block::Paragraph(vec![question])
    }));
    blocks.push(Block::heading("In short"));
    blocks.push(Block::paragraph(text));
}

/// Adds the differences, below a paragraph that leads to them.
fn key_differences(comparison: &Comparison, lead: &str, blocks: &mut Vec<Block>) {
    if comparison.differences.is_empty() {
        return;
    }
    blocks.push(Block::heading("Key differences"));
    if !lead.is_empty() {
        blocks.push(Block::paragraph(lead.to_owned()));
    }
    let column = |code: &StatusCode| {
        let mut responses = comparison.responses.iter();
        responses.position(|response| response.code == *code)
    };
    let differences = comparison.differences.iter().enumerate();
    blocks.extend(differences.map(|(place, difference)| {
        Block::Difference {
            number: place + 1,
            topic: Span::new(difference.topic, Role::Strong),
            clauses: difference
                .clauses
                .iter()
                .map(|said| clause(said, column))
                .collect(),
        }
    }));
}

/// Returns what is said of some codes, with the sections that prove it.
fn clause(said: &Said, column: impl Fn(&StatusCode) -> Option<usize>) -> Clause {
    let mut text = vec![Span::plain(said.says.clone())];
    text.extend(said.cites.iter().copied().map(Span::cite));
    Clause {
        columns: said.codes.iter().filter_map(column).collect(),
        text,
    }
}

fn side_by_side(comparison: &Comparison, fold: bool, blocks: &mut Vec<Block>) {
    blocks.push(Block::heading("Side by side"));
    let rows = comparison.rows.iter().filter(|row| row.differs || !fold);
    blocks.extend(rows.map(|row| Block::Row {
        name: row.name.into(),
        values: row.values.clone(),
        differs: row.differs,
    }));
    let equal: Vec<&str> = comparison
        .rows
        .iter()
        .filter(|row| !row.differs)
        .map(|row| row.name)
        .collect();
    if fold && !equal.is_empty() {
        let text = format!("The same: {}.", equal.join(", "));
        blocks.push(Block::Paragraph(vec![Span::new(text, Role::Muted)]));
    }
}

/// Adds a section of each page side by side, below the heading that they share.
fn columns(comparison: &Comparison, (heading, below): Section, blocks: &mut Vec<Block>) {
    let responses = comparison.responses.iter().copied();
    let mut columns: Vec<Vec<Block>> = responses.map(below).collect();
    if columns.iter().any(|column| !column.is_empty()) {
        for column in columns.iter_mut().filter(|column| column.is_empty()) {
            column.push(Block::paragraph("Nobody has described it."));
        }
        blocks.push(Block::heading(heading));
        blocks.push(Block::Columns(columns));
    }
}

fn when_to_use_which(comparison: &Comparison, blocks: &mut Vec<Block>) {
    blocks.push(Block::heading("When to use which"));
    blocks.extend(comparison.when_to_use.iter().flat_map(advice));
}

fn advice(use_: &Use) -> Vec<Block> {
    let title = catalog::response(use_.code).title();
    let mut blocks = vec![Block::bullet(vec![Span::new(title, Role::Strong)])];
    blocks.extend(use_.test.map(|test| Block::labelled("The test:", test)));
    blocks.push(Block::labelled("Sending:", use_.send.clone()));
    blocks.push(Block::labelled("Received:", use_.received.clone()));
    blocks
}

fn common_mistakes(comparison: &Comparison, blocks: &mut Vec<Block>) {
    if comparison.mistakes.is_empty() {
        return;
    }
    blocks.push(Block::heading("Common mistakes"));
    blocks.extend(comparison.mistakes.iter().map(|mistake| {
        let mut text = vec![Span::plain(format!("{}: {}", mistake.says, mistake.why))];
        text.extend(mistake.cites.iter().copied().map(Span::cite));
        Block::bullet(text)
    }));
}

fn learn_more(comparison: &Comparison, blocks: &mut Vec<Block>) {
    blocks.push(Block::heading("Learn more"));
    let pages = comparison.responses.iter().copied().map(Span::entry);
    blocks.extend(pages.map(|page| Block::bullet(vec![page])));
    blocks.extend(comparison.learn_more.iter().copied().map(Block::reference));
}

fn near_relatives(comparison: &Comparison, blocks: &mut Vec<Block>) {
    if comparison.others.is_empty() {
        return;
    }
    blocks.push(Block::heading("Near relatives"));
    blocks.extend(comparison.others.iter().map(|code| {
        let other = catalog::response(*code);
        Block::bullet(vec![
            Span::entry(other),
            Span::plain(": "),
            Span::plain(other.summary),
        ])
    }));
}
