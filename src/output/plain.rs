//! Plain text that reads well aloud: headings are words, there are no boxes, and lines fit the width.

use std::borrow::Cow;

use anstyle::Style;

use crate::catalog::Citation;
use crate::document::{Arrow, Block, Document, Link, Marker, Role, Span};
use crate::text::{Piece, wrap};

/// Whether the text may have terminal styles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    Styled,
    Bare,
}

/// Returns a document as lines of at most `width` cells.
pub fn plain(document: &Document, width: usize, paint: Paint) -> String {
    written(document, width, paint, false)
}

/// Returns the same with links to what is cited, for terminals that take them (OSC 8).
pub(crate) fn linked(document: &Document, width: usize, paint: Paint) -> String {
    written(document, width, paint, true)
}

fn written(document: &Document, width: usize, paint: Paint, links: bool) -> String {
    let mut page = Writer {
        text: String::new(),
        width,
        paint,
        links,
    };
    page.line("", "", &[(&document.title, Style::new().bold())]);
    if !document.strip.is_empty() {
        page.line("", "", &[(&document.strip.join(", "), Style::new())]);
    }
    if !document.summary.is_empty() {
        page.line("", "", &[(&document.summary, Style::new())]);
    }
    page.blocks(&document.blocks, &document.columns);
    page.text
}

struct Writer {
    text: String,
    width: usize,
    paint: Paint,
    links: bool,
}

/// What stands before what belongs to an item.
const BELOW: &str = "     ";

/// How a piece of a line looks, and the section to which it leads.
type Look = (Style, Option<Citation>);

impl Writer {
    fn blocks(&mut self, blocks: &[Block], columns: &[String]) {
        let mut before: Option<&Block> = None;
        for block in blocks {
            let both = (before, block);
            if matches!(both, (Some(Block::Paragraph(_)), Block::Paragraph(_))) {
                self.text.push('\n');
            }
            self.block(block, columns);
            before = Some(block);
        }
    }

    fn block(&mut self, block: &Block, columns: &[String]) {
        match block {
            Block::Heading(heading) => {
                self.text.push('\n');
                self.line("", "", &[(heading, Style::new().bold())]);
            }
            Block::Paragraph(text) => self.text("  ", "  ", text),
            Block::Item {
                marker: Marker::Bullet,
                text,
            } => self.text("  - ", "    ", text),
            Block::Item {
                marker: Marker::Number(number),
                text,
            } => {
                let number = format!("{number:3}. ");
                self.text(&number, &" ".repeat(number.len()), text);
            }
            Block::Detail(text) => self.text(BELOW, BELOW, text),
            Block::Entry { label, text, .. } => {
                let colon = Span::plain(": ");
                self.text(BELOW, BELOW, label.iter().chain([&colon]).chain(text));
            }
            Block::Difference {
                number,
                topic,
                clauses,
            } => {
                let marker = format!("{number:3}. ");
                self.text(&marker, &" ".repeat(marker.len()), [topic]);
                for clause in clauses {
                    self.text(BELOW, BELOW, &clause.text);
                }
            }
            Block::Ladder(arrows) => arrows.iter().for_each(|arrow| self.arrow(arrow)),
            Block::Message(message) => {
                for line in message.trim_end().split("\r\n") {
                    self.text.push_str(format!("  {line}").trim_end());
                    self.text.push('\n');
                }
            }
            Block::Row {
                name,
                values,
                differs,
            } => self.row((name, *differs), values, columns),
            Block::Columns(sides) => self.sides(sides, columns),
        }
    }

    fn row(
        &mut self,
        (name, differs): (&str, bool),
        values: &[Cow<'static, str>],
        columns: &[String],
    ) {
        let remark = if differs { " (differs)" } else { "" };
        let name = (name, Style::new().bold());
        self.line("  ", "  ", &[name, (remark, Style::new())]);
        for (value, column) in values.iter().zip(columns) {
            let code = column.split(' ').next().unwrap_or_default();
            let text = format!("{code}: {value}");
            self.line("    ", "         ", &[(&text, Style::new())]);
        }
    }

    fn sides(&mut self, sides: &[Vec<Block>], columns: &[String]) {
        for (i, (side, column)) in sides.iter().zip(columns).enumerate() {
            if i > 0 {
                self.text.push('\n');
            }
            let heading = [(column.as_str(), Style::new().bold()), (":", Style::new())];
            self.line("  ", "  ", &heading);
            self.blocks(side, columns);
        }
    }

    fn arrow(&mut self, arrow: &Arrow) {
        let mark = if arrow.marked { " (this code)" } else { "" };
        let before = match &*arrow.before {
            "" => String::new(),
            before => format!("{before}  "),
        };
        let text = format!(
            "{before}{} to {}: {}{mark}",
            arrow.from, arrow.to, arrow.message
        );
        let style = if arrow.marked {
            Style::new().bold()
        } else {
            Style::new()
        };
        self.line("  ", "      ", &[(&text, style)]);
    }

    fn text<'a>(&mut self, first: &str, hang: &str, text: impl IntoIterator<Item = &'a Span>) {
        let pieces = text.into_iter().map(|span| Piece {
            text: span.text.as_ref(),
            style: (style(span.role), span.link.and_then(Link::section)),
        });
        self.pieces(first, hang, pieces);
    }

    /// Adds a paragraph that leads nowhere.
    fn line(&mut self, first: &str, hang: &str, pieces: &[(&str, Style)]) {
        let pieces = pieces.iter().map(|(text, style)| Piece {
            text,
            style: (*style, None),
        });
        self.pieces(first, hang, pieces);
    }

    /// Adds a paragraph; its first line begins with `first`, the others with `hang`.
    fn pieces<'a>(
        &mut self,
        first: &str,
        hang: &str,
        pieces: impl IntoIterator<Item = Piece<'a, Look>>,
    ) {
        let width = self.width.saturating_sub(hang.len()).max(1);
        for (i, pieces) in wrap(pieces, width).into_iter().enumerate() {
            self.text.push_str(if i == 0 { first } else { hang });
            for piece in pieces {
                self.piece(piece);
            }
            self.text.push('\n');
        }
    }

    fn piece(&mut self, Piece { text, style }: Piece<'_, Look>) {
        let (style, cite) = style;
        let is_styled = self.paint == Paint::Styled && !style.is_plain();
        if is_styled {
            self.text.push_str(&style.render().to_string());
        }
        // The space before a citation leads nowhere.
        let own = text.trim_start();
        self.text.push_str(&text[..text.len() - own.len()]);
        match cite.filter(|_| self.links && !own.is_empty()) {
            Some(cite) => {
                let parts = [LINK, &cite.url(), END, own, LINK, END];
                self.text.extend(parts);
            }
            None => self.text.push_str(own),
        }
        if is_styled {
            self.text.push_str(&style.render_reset().to_string());
        }
    }
}

/// What stands before and after the address of a link; without an address the link ends there.
const LINK: &str = "\u{1b}]8;;";
const END: &str = "\u{1b}\\";

fn style(role: Role) -> Style {
    match role {
        Role::Plain | Role::Link => Style::new(),
        Role::Strong | Role::Strength => Style::new().bold(),
        Role::Label | Role::Muted | Role::Citation => Style::new().dimmed(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{StatusCode, response};
    use crate::text;

    fn page(code: u16, width: usize, paint: Paint) -> String {
        plain(
            &Document::of_response(response(StatusCode::new(code).expect("a code"))),
            width,
            paint,
        )
    }

    #[test]
    fn lines_fit_the_width_but_for_the_message() {
        for width in [40, 60, 80, 120] {
            let page = page(486, width, Paint::Bare);
            let (prose, _) = page.split_once("On the wire").expect("an example");
            for line in prose.lines() {
                assert!(text::width(line) <= width, "{width}: {line:?}");
            }
        }
    }

    #[test]
    fn bare_text_has_no_escape_sequence() {
        assert!(!page(486, 80, Paint::Bare).contains('\u{1b}'));
        assert!(page(486, 80, Paint::Styled).contains("\u{1b}[1m"));
    }

    #[test]
    fn no_line_ends_with_a_space() {
        assert!(
            page(486, 80, Paint::Bare)
                .lines()
                .all(|line| !line.ends_with(' '))
        );
    }
}
