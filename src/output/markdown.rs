//! A document as Markdown, for tickets and wikis.

use crate::document::{Arrow, Block, Document, Link, Marker, Role, Span};

/// Returns a document as Markdown.
pub fn markdown(document: &Document) -> String {
    let mut page = Writer {
        lines: vec![format!("# {}", escape(&document.title))],
    };
    if !document.strip.is_empty() {
        page.paragraph(format!("*{}*", document.strip.join(", ")));
    }
    if !document.summary.is_empty() {
        page.paragraph(format!("{}.", document.summary));
    }
    page.blocks(&document.blocks, &document.columns, 2);
    page.lines.join("\n") + "\n"
}

struct Writer {
    lines: Vec<String>,
}

impl Writer {
    /// Adds a line after an empty one.
    fn paragraph(&mut self, line: String) {
        self.lines.push(String::new());
        self.lines.push(line);
    }

    /// Adds what belongs to an item.
    fn detail(&mut self, text: &[Span]) {
        self.lines.push(format!("   - {}", inline(text)));
    }

    fn code<'a>(&mut self, lines: impl Iterator<Item = &'a str>) {
        self.paragraph("```text".into());
        self.lines.extend(lines.map(str::to_owned));
        self.lines.push("```".into());
    }

    fn blocks(&mut self, blocks: &[Block], columns: &[String], level: usize) {
        let mut before: Option<&Block> = None;
        for block in blocks {
            if !before.is_some_and(|before| continues(before, block)) {
                self.begin(block, columns);
            }
            self.block(block, columns, level);
            before = Some(block);
        }
    }

    /// Begins a list or a table.
    fn begin(&mut self, block: &Block, columns: &[String]) {
        match block {
            block if is_listed(block) => self.lines.push(String::new()),
            Block::Row { .. } => {
                self.paragraph(format!("|  | {} |", columns.join(" | ")));
                self.lines
                    .push(format!("|---|{}", "---|".repeat(columns.len())));
            }
            _ => {}
        }
    }

    fn block(&mut self, block: &Block, columns: &[String], level: usize) {
        match block {
            Block::Heading(heading) => {
                self.paragraph(format!("{} {heading}", "#".repeat(level)));
            }
            Block::Paragraph(text) => self.paragraph(inline(text)),
            Block::Item {
                marker: Marker::Bullet,
                text,
            } => {
                self.lines.push(format!("- {}", inline(text)));
            }
            Block::Item {
                marker: Marker::Number(number),
                text,
            } => {
                self.lines.push(format!("{number}. {}", inline(text)));
            }
            Block::Detail(text) => self.detail(text),
            Block::Entry { label, text, .. } => {
                let label = inline(label);
                self.lines.push(format!("   - {label}: {}", inline(text)));
            }
            Block::Difference {
                number,
                topic,
                clauses,
            } => {
                self.lines.push(format!("{number}. {}", span(topic)));
                for clause in clauses {
                    self.detail(&clause.text);
                }
            }
            Block::Ladder(arrows) => {
                let arrows: Vec<String> = arrows.iter().map(Arrow::numbered).collect();
                self.code(arrows.iter().map(String::as_str));
            }
            Block::Message(message) => self.code(message.trim_end().split("\r\n")),
            Block::Row {
                name,
                values,
                differs,
            } => {
                let sign = if *differs { "\u{2260} " } else { "" };
                let values: Vec<String> = values.iter().map(|value| escape(value)).collect();
                let values = values.join(" | ");
                self.lines.push(format!("| {sign}{name} | {values} |"));
            }
            Block::Columns(sides) => {
                for (side, column) in sides.iter().zip(columns) {
                    self.paragraph(format!("{} {column}", "#".repeat(level + 1)));
                    self.blocks(side, columns, level + 1);
                }
            }
        }
    }
}

/// Returns whether a block is a part of a list.
fn is_listed(block: &Block) -> bool {
    use Block::{Detail, Difference, Entry, Item};
    matches!(
        block,
        Item { .. } | Detail(_) | Entry { .. } | Difference { .. }
    )
}

/// Returns whether a block is in the same list or table as the one before it.
fn continues(before: &Block, block: &Block) -> bool {
    let both_rows = matches!((before, block), (Block::Row { .. }, Block::Row { .. }));
    both_rows || (is_listed(before) && is_listed(block))
}

fn inline<'a>(text: impl IntoIterator<Item = &'a Span>) -> String {
    text.into_iter().map(span).collect()
}

/// Marks up a piece of text; the spaces around it stay outside the marks.
fn span(span: &Span) -> String {
    let inner = span.text.trim();
    let (lead, rest) = span
        .text
        .split_at(span.text.len() - span.text.trim_start().len());
    let tail = &rest[inner.len()..];
    let marked = match (span.link, span.role) {
        (Some(Link::Section(cite)), _) => {
            format!("[{}]({})", inner.trim_matches(['[', ']']), cite.url())
        }
        (_, Role::Strong | Role::Strength) if !inner.is_empty() => {
            format!("**{}**", escape(inner))
        }
        _ => escape(inner),
    };
    format!("{lead}{marked}{tail}")
}

/// Returns a text so that Markdown shows it as it is.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(
            letter,
            '\\' | '`' | '*' | '_' | '<' | '>' | '[' | ']' | '|' | '#' | '~' | '&'
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
        for (text, escaped) in [
            ("<a_b>", "\\<a\\_b\\>"),
            ("a](b) ~~c~~ &lt;", "a\\](b) \\~\\~c\\~\\~ \\&lt;"),
        ] {
            assert_eq!(escape(text), escaped);
        }
    }

    #[test]
    fn a_title_shows_what_was_typed() {
        let text = markdown(&Document::of_nothing("[x](y) `z`", None));
        assert!(
            text.starts_with("# Nothing fits \"\\[x\\](y) \\`z\\`\"\n"),
            "{text}"
        );
    }
}
