//! A document as Markdown, for tickets and wikis.

use crate::document::{Block, Document, Link, Marker, Role, Text};

/// Returns a document as Markdown.
pub fn markdown(document: &Document) -> String {
    let mut out = format!("# {}\n", document.title);
    if !document.strip.is_empty() {
        out += &format!("\n*{}*\n", document.strip.join(", "));
    }
    if !document.summary.is_empty() {
        out += &format!("\n{}.\n", document.summary);
    }
    blocks(&document.blocks, &document.columns, 2, &mut out);
    out
}

fn blocks(all: &[Block], columns: &[String], level: usize, out: &mut String) {
    let mut before: Option<&Block> = None;
    for block in all {
        let continues = match (before, block) {
            (
                Some(Block::Item { .. } | Block::Detail(_)),
                Block::Item { .. } | Block::Detail(_),
            ) => true,
            (Some(Block::Row { .. }), Block::Row { .. }) => true,
            _ => false,
        };
        if !continues {
            out.push('\n');
        }
        match block {
            Block::Heading(heading) => *out += &format!("{} {heading}\n", "#".repeat(level)),
            Block::Paragraph(text) => *out += &format!("{}\n", inline(text)),
            Block::Item {
                marker: Marker::Bullet,
                text,
            } => *out += &format!("- {}\n", inline(text)),
            Block::Item {
                marker: Marker::Number(number),
                text,
            } => {
                *out += &format!("{number}. {}\n", inline(text));
            }
            Block::Detail(text) => *out += &format!("   - {}\n", inline(text)),
            Block::Ladder(steps) => {
                *out += "```text\n";
                for step in *steps {
                    *out += &format!("{} -> {}: {}\n", step.from, step.to, step.message);
                }
                *out += "```\n";
            }
            Block::Message(message) => {
                *out += &format!(
                    "```text\n{}\n```\n",
                    message.trim_end().replace("\r\n", "\n")
                );
            }
            Block::Row {
                name,
                values,
                differs,
            } => {
                if !continues {
                    *out += &format!("|  | {} |\n", columns.join(" | "));
                    *out += &format!("|---|{}\n", "---|".repeat(columns.len()));
                }
                let sign = if *differs { "\u{2260} " } else { "" };
                *out += &format!("| {sign}{name} | {} |\n", values.join(" | "));
            }
            Block::Columns(sides) => {
                for (side, column) in sides.iter().zip(columns) {
                    *out += &format!("{} {column}\n", "#".repeat(level + 1));
                    blocks(side, columns, level + 1, out);
                    out.push('\n');
                }
                out.truncate(out.trim_end_matches('\n').len() + 1);
            }
        }
        before = Some(block);
    }
}

fn inline(text: &Text) -> String {
    text.iter()
        .map(|span| {
            let shown = escape(span.text.trim());
            let space = if span.text.starts_with(' ') { " " } else { "" };
            let end = if span.text.len() > 1 && span.text.ends_with(' ') {
                " "
            } else {
                ""
            };
            match (span.link, span.role) {
                (Some(Link::Section(cite)), _) => {
                    format!(
                        "{space}[{}]({}){end}",
                        shown.trim_matches(['[', ']', '\\']),
                        cite.url()
                    )
                }
                (_, Role::Strong | Role::Strength) if !shown.is_empty() => {
                    format!("{space}**{shown}**{end}")
                }
                _ => format!("{space}{shown}{end}"),
            }
        })
        .collect()
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(
            letter,
            '\\' | '`' | '*' | '_' | '<' | '>' | '[' | ']' | '|' | '#'
        ) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{StatusCode, response};

    #[test]
    fn citations_are_links() {
        let page = Document::of_response(response(StatusCode::new(486).expect("a code")));
        let text = markdown(&page);
        assert!(text.starts_with("# 486 Busy Here\n"));
        assert!(
            text.contains("[RFC 3261 16.7](https://www.rfc-editor.org/rfc/rfc3261#section-16.7)"),
            "{text}"
        );
        assert!(!text.contains("\n\n\n"));
    }

    #[test]
    fn what_markdown_would_obey_is_escaped() {
        assert_eq!(escape("<a_b>"), "\\<a\\_b\\>");
    }
}
