//! The page of a comparison.

use std::borrow::Cow;

use super::page::{description, how_to_fix, seen};
use super::{Block, Document, Marker, Role, Span, bullet, paragraph, reference};
use crate::catalog::{self, Response};
use crate::compare::{Comparison, Use};

pub(super) fn page(comparison: &Comparison, fold: bool) -> Document {
    let responses = &comparison.responses;
    let mut blocks = Vec::new();
    if let Some(family) = comparison.family {
        blocks.push(Block::Paragraph(vec![Span::new(
            family.question,
            Role::Strong,
        )]));
    }
    blocks.push(Block::Heading("In short"));
    blocks.push(paragraph(comparison.in_short.clone()));
    if !comparison.differences.is_empty() {
        blocks.push(Block::Heading("Key differences"));
        blocks.extend(
            comparison
                .differences
                .iter()
                .enumerate()
                .map(|(i, difference)| {
                    let mut text = topic(&difference.says);
                    text.extend(difference.cites.iter().map(|cite| Span::cite(*cite)));
                    Block::Item {
                        marker: Marker::Number(i + 1),
                        text,
                    }
                }),
        );
    }
    side_by_side(comparison, fold, &mut blocks);
    columns(responses, description, &mut blocks);
    columns(responses, seen, &mut blocks);
    columns(
        responses,
        |response, blocks| how_to_fix(response.fix, blocks),
        &mut blocks,
    );

    blocks.push(Block::Heading("When to use which"));
    blocks.extend(comparison.when_to_use.iter().flat_map(advice));
    if !comparison.mistakes.is_empty() {
        blocks.push(Block::Heading("Common mistakes"));
        blocks.extend(comparison.mistakes.iter().map(|mistake| {
            let mut text = vec![Span::plain(mistake.says)];
            text.extend(mistake.cite.map(Span::cite));
            bullet(text)
        }));
    }
    blocks.push(Block::Heading("Learn more"));
    blocks.extend(
        responses
            .iter()
            .map(|response| bullet(vec![Span::response(response)])),
    );
    blocks.extend(comparison.learn_more.iter().map(|cite| reference(*cite)));
    if !comparison.others.is_empty() {
        blocks.push(Block::Heading("Near relatives"));
        blocks.extend(comparison.others.iter().map(|code| {
            let other = catalog::response(*code);
            bullet(vec![
                Span::response(other),
                Span::plain(": "),
                Span::plain(other.summary),
            ])
        }));
    }
    let codes: Vec<String> = responses
        .iter()
        .map(|response| response.code.to_string())
        .collect();
    let title = match &codes[..] {
        [a, b] => format!("{a} against {b}"),
        codes => codes.join(", "),
    };
    Document {
        title,
        strip: Vec::new(),
        summary: "".into(),
        columns: responses.iter().map(|response| response.title()).collect(),
        blocks,
        source: responses.iter().find_map(|response| response.defined),
    }
}

/// The longest text before a colon that is a topic: "Telephone network, by RFC 3398".
const LONGEST_TOPIC: usize = 32;

/// Sets off the topic of a difference.
fn topic(says: &str) -> Vec<Span> {
    match says.split_once(": ") {
        Some((topic, rest)) if topic.len() <= LONGEST_TOPIC => {
            vec![
                Span::new(format!("{topic}:"), Role::Strong),
                Span::plain(format!(" {rest}")),
            ]
        }
        _ => vec![Span::plain(says.to_owned())],
    }
}

fn side_by_side(comparison: &Comparison, fold: bool, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading("Side by side"));
    let rows = comparison.rows.iter().filter(|row| row.differs || !fold);
    blocks.extend(rows.map(|row| Block::Row {
        name: row.name,
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
fn columns(
    responses: &[&'static Response],
    section: impl Fn(&'static Response, &mut Vec<Block>),
    blocks: &mut Vec<Block>,
) {
    let mut heading = None;
    let columns: Vec<Vec<Block>> = responses
        .iter()
        .map(|response| {
            let mut column = Vec::new();
            section(response, &mut column);
            if matches!(column.first(), Some(Block::Heading(_))) {
                heading = Some(column.remove(0));
            }
            column
        })
        .collect();
    if let Some(heading) = heading {
        blocks.push(heading);
        blocks.push(Block::Columns(columns));
    }
}

fn advice(use_: &Use) -> Vec<Block> {
    let title = catalog::response(use_.code).title();
    let mut blocks = vec![bullet(vec![Span::new(title, Role::Strong)])];
    let label = |name: &'static str, text: Cow<'static, str>| {
        Block::Detail(vec![
            Span::new(name, Role::Muted),
            Span::plain(" "),
            Span::plain(text),
        ])
    };
    blocks.extend(use_.test.map(|test| label("The test:", test.into())));
    blocks.push(label("Sending:", use_.send.clone()));
    blocks.push(label("Received:", use_.received.clone()));
    blocks
}
