//! Lays a document out as lines of so many cells.

use ratatui::style::Style;

use super::look::class_style;
use super::setting::Setting;
use super::sheet::Sheet;
use super::{ladder, strength, wire};
use crate::document::{Block, Document, Marker, Role, Span};
use crate::text::{Piece, width, wrap};

/// The prose of a page that is wider than this is hard to read. A comparison is a table, and takes what there is.
pub(super) const WIDEST: usize = 100;
/// Lays out a page.
pub(super) fn lay_out(document: &Document, setting: Setting) -> Sheet {
    let mut layout = Layout {
        setting,
        sheet: Sheet::default(),
        next_link: 0,
        columns: &document.columns,
        labels: 0,
    };
    layout.sheet.begin_block();
    if !document.summary.is_empty() {
        layout.head(document);
    }
    layout.blocks(&document.blocks, true);
    layout.sheet
}

/// What a piece of text looks like, and which link it belongs to.
#[derive(Clone, Copy)]
struct Ink {
    style: Style,
    link: Option<usize>,
}

/// A page that is being laid out.
pub(super) struct Layout<'a> {
    pub(super) setting: Setting,
    pub(super) sheet: Sheet,
    pub(super) next_link: usize,
    /// The titles of the columns of a comparison; a page has none.
    pub(super) columns: &'a [String],
    /// How wide the labels of the table are that is being laid out.
    pub(super) labels: usize,
}

impl Layout<'_> {
    /// Lays out what stands above the sections: the facts, the sentence that answers, and what is kept.
    fn head(&mut self, document: &Document) {
        let Setting { theme, symbols, .. } = self.setting;
        let class = document.class.map(|class| class_style(class, theme));
        let mut pieces = Vec::new();
        for (i, fact) in document.strip.iter().enumerate() {
            if i > 0 {
                pieces.push((symbols.dot, theme.muted));
            }
            let style = class.filter(|_| i == 0).unwrap_or(theme.text);
            pieces.push((fact.as_ref(), style));
        }
        self.wrapped(&pieces);
        self.sheet.end_line();
        self.wrapped(&[(&document.summary, theme.title)]);
        for (row, line) in document
            .note
            .iter()
            .flat_map(|note| note.lines())
            .enumerate()
        {
            let star = if row == 0 { symbols.star } else { " " };
            self.wrapped(&[(star, theme.star), (" ", theme.star), (line, theme.text)]);
        }
        self.sheet.end_line();
    }

    /// Adds a paragraph as wide as the page.
    pub(super) fn wrapped(&mut self, pieces: &[(&str, Style)]) {
        let pieces = pieces.iter().map(|(text, style)| Piece {
            text,
            style: *style,
        });
        for line in wrap(pieces, self.setting.width) {
            for piece in line {
                self.sheet.write(piece.text, piece.style);
            }
            self.sheet.end_line();
        }
    }

    /// Adds blocks; those of a column are parts of one, which has its place.
    pub(super) fn blocks(&mut self, blocks: &[Block], placed: bool) {
        let mut before: Option<&Block> = None;
        for (at, block) in blocks.iter().enumerate() {
            let apart = |before| stands_apart(before, block) || self.begins_cause(before, block);
            if before.is_some_and(apart) {
                self.sheet.end_line();
            }
            if placed {
                self.sheet.begin_block();
            }
            if matches!(block, Block::Entry { .. }) {
                self.entry(&blocks[at..], before);
            } else {
                self.block(block, blocks.get(at + 1));
            }
            before = Some(block);
        }
    }

    /// Returns whether a block of a page begins another cause, below what is said of the one before.
    fn begins_cause(&self, before: &Block, block: &Block) -> bool {
        let is_numbered = matches!(
            block,
            Block::Item {
                marker: Marker::Number(_),
                ..
            }
        );
        self.columns.is_empty() && is_numbered && matches!(before, Block::Detail(_))
    }

    /// Adds a heading: as a label of the columns below it where that has room, else in a line of its own.
    fn heading(&mut self, heading: &str, below: Option<&Block>) {
        let grid = self.grid();
        let is_label = matches!(below, Some(Block::Columns(_)))
            && !grid.is_stacked()
            && grid.has_room_for(width(heading));
        self.sheet
            .write_heading(heading, self.setting.theme.heading);
        if !is_label {
            self.sheet.end_line();
        }
    }

    fn block(&mut self, block: &Block, below: Option<&Block>) {
        let Setting { theme, symbols, .. } = self.setting;
        match block {
            Block::Heading(heading) => self.heading(heading, below),
            Block::Paragraph(text) => self.marked(("", theme.muted), 0, text),
            Block::Item {
                marker: Marker::Bullet,
                text,
            } => self.marked((symbols.bullet, theme.muted), 2, text),
            Block::Item {
                marker: Marker::Number(number),
                text,
            } => {
                let number = number.to_string();
                let hang = (width(&number) + 1).max(3);
                self.marked((&number, theme.heading), hang, text);
            }
            Block::Detail(text) => self.marked(("", theme.muted), 3, text),
            Block::Ladder(arrows) => {
                let first = self.next_link;
                self.next_link += arrows.iter().filter(|arrow| arrow.link.is_some()).count();
                ladder::draw(arrows, first, &self.setting, &mut self.sheet);
            }
            Block::Message(message) => wire::draw(message, &self.setting, &mut self.sheet),
            Block::Row {
                name,
                values,
                differs,
            } => self.row(name, values, *differs),
            Block::Columns(columns) => self.columns(columns),
            Block::Difference {
                number,
                topic,
                clauses,
            } => self.difference(*number, topic, clauses),
            Block::Entry { .. } => {}
        }
    }

    /// Adds a paragraph; its first line begins with a marker, and all of them `hang` cells from the left.
    pub(super) fn marked(&mut self, (marker, marks): (&str, Style), hang: usize, text: &[Span]) {
        let theme = self.setting.theme;
        let mut pieces = Vec::with_capacity(text.len());
        for span in text {
            let link = span.link.map(|_| self.next_link);
            self.next_link += usize::from(link.is_some());
            let style = if link.is_some() && link == self.setting.link {
                theme.link_selected
            } else {
                self.setting.ink(span.role)
            };
            // The space before a citation is no part of the link.
            let text = span.text.trim_start();
            let (lead, text) = span.text.split_at(span.text.len() - text.len());
            if !lead.is_empty() {
                let (style, link) = (theme.text, None);
                pieces.push(Piece {
                    text: lead,
                    style: Ink { style, link },
                });
            }
            let style = Ink { style, link };
            if span.role != Role::Plain {
                pieces.push(Piece { text, style });
                continue;
            }
            // How binding a rule is stands out in a sentence too.
            let words = strength::pieces(text).into_iter();
            pieces.extend(words.map(|(text, is_word)| {
                let word = Ink {
                    style: theme.must,
                    link: None,
                };
                let style = if is_word { word } else { style };
                Piece { text, style }
            }));
        }
        let widest = if self.columns.is_empty() {
            WIDEST
        } else {
            usize::MAX
        };
        let cells = self.setting.width.min(widest).saturating_sub(hang);
        for (row, line) in wrap(pieces, cells).into_iter().enumerate() {
            if row == 0 {
                self.sheet.write(marker, marks);
            }
            self.sheet.pad_to(hang);
            for Piece { text, style: ink } in line {
                match ink.link {
                    Some(link) => self.sheet.write_link(text, ink.style, link),
                    None => self.sheet.write(text, ink.style),
                }
            }
            self.sheet.end_line();
        }
    }
}

/// Returns whether an empty line comes between two blocks.
fn stands_apart(before: &Block, block: &Block) -> bool {
    !matches!(
        (before, block),
        (Block::Heading(_), _)
            | (
                Block::Item { .. } | Block::Detail(_) | Block::Entry { .. },
                Block::Item { .. } | Block::Detail(_) | Block::Entry { .. }
            )
            | (Block::Row { .. }, Block::Row { .. })
    )
}

#[cfg(test)]
mod tests {
    use super::{Block, Document, Marker, Setting, Span, lay_out};
    use crate::catalog::{StatusCode, response};
    use crate::document::{Link, Role};
    use crate::view::roles::{self, Drawn};

    /// Draws the page of a code, with a link selected.
    fn page(code: u16, link: Option<usize>) -> Drawn {
        let response = response(StatusCode::new(code).expect("a code"));
        of(&Document::of_response(response), link)
    }

    fn of(document: &Document, link: Option<usize>) -> Drawn {
        roles::sheet(140, |setting, sheet| {
            *sheet = lay_out(document, Setting { link, ..setting });
        })
    }

    #[test]
    fn the_selected_link_is_highlighted_and_the_others_are_links() {
        let none = page(486, None);
        assert_eq!(none.role("600 Busy Everywhere"), "link");
        assert_eq!(none.all("link_selected"), [""; 0]);
        let first = page(486, Some(0));
        assert_eq!(first.all("link_selected"), ["600 Busy Everywhere"]);
        assert_eq!(first.role("480 Temporarily Unavailable"), "link");
        let second = page(486, Some(1));
        assert_eq!(second.all("link_selected"), ["480 Temporarily Unavailable"]);
    }

    #[test]
    fn a_citation_is_one_and_is_highlighted_as_a_link_too() {
        let drawn = page(486, None);
        assert_eq!(drawn.role("[RFC 3261 13.3.1.3]"), "citation");
        let drawn = page(486, Some(4));
        assert_eq!(drawn.all("link_selected"), ["[RFC 3261 13.3.1.3]"]);
    }

    #[test]
    fn how_binding_a_header_field_is_is_emphasised() {
        for (code, name, word) in [
            (486, "• Retry-After MAY in", "MAY"),
            (421, "• Require MUST in", "MUST"),
            (100, " MUST NOT in the response", "MUST NOT"),
            (486, "• Call-Info MUST in", "MUST"),
        ] {
            let drawn = page(code, None);
            assert_eq!(drawn.role_beside(name, word), "must", "{word} on {code}");
            assert_eq!(drawn.role_beside(name, "in the response"), "text");
        }
        assert_eq!(
            page(486, None).role_beside("• Retry-After MAY", "Retry-After"),
            "title"
        );
    }

    #[test]
    fn the_example_message_shows_its_start_line_and_the_names_of_its_header_fields() {
        let drawn = page(486, None);
        assert_eq!(drawn.role("SIP/2.0 486 Busy Here"), "title");
        for (line, name, value) in [
            ("Retry-After: 300", "Retry-After:", "300"),
            ("CSeq: 1 INVITE", "CSeq:", "1 INVITE"),
            ("Content-Length: 0", "Content-Length:", "0"),
        ] {
            assert_eq!(drawn.role_beside(line, name), "key", "{name}");
            assert_eq!(drawn.role_beside(line, value), "message", "{name} {value}");
        }
    }

    #[test]
    fn headings_causes_labels_and_markers_have_their_roles() {
        let drawn = page(486, None);
        assert_eq!(drawn.role("How to fix"), "heading");
        assert_eq!(
            drawn.role("The user pressed Reject, or do-not-disturb is on"),
            "title"
        );
        assert_eq!(drawn.role("Check:"), "key");
        assert_eq!(drawn.role_beside("Check:", "trace"), "text");
        assert_eq!(drawn.role_beside("• The callee is talking", "•"), "muted");
        assert_eq!(drawn.role("There and back:"), "muted");
    }

    /// Returns a text that leads to a code.
    fn leading_to(text: &str, code: u16) -> Vec<Span> {
        let response = response(StatusCode::new(code).expect("a code"));
        vec![Span {
            text: text.to_owned().into(),
            role: Role::Link,
            link: Some(Link::Entry(response.into())),
        }]
    }

    #[test]
    fn an_item_has_its_number_whichever_it_is() {
        let numbers = [1, 9, 10, 16, 17, 100, 1234];
        let item = |number| Block::Item {
            marker: Marker::Number(number),
            text: leading_to(&"a long item ".repeat(13), 486),
        };
        let document = Document {
            blocks: numbers.map(item).into(),
            ..Document::default()
        };
        let drawn = of(&document, None);
        for (row, number) in (0..).step_by(2).zip(numbers) {
            let marker = format!("{number:<2} ");
            let [first, second] = [drawn.text(row), drawn.text(row + 1)];
            assert!(
                first.starts_with(&(marker.clone() + "a long item")),
                "{first}"
            );
            let below = second.strip_prefix(&" ".repeat(marker.len()));
            assert!(below.is_some_and(|text| !text.starts_with(' ')), "{second}");
        }
    }

    #[test]
    fn links_beside_each_other_have_their_places_and_their_numbers_shown_or_not() {
        let side = |text, code| vec![Block::Paragraph(leading_to(text, code))];
        let document = Document {
            blocks: vec![
                Block::Columns(vec![side("left", 480), side("right", 486)]),
                Block::Paragraph(leading_to("below", 600)),
            ],
            ..Document::default()
        };
        let places = |columns| {
            let mut links = Vec::new();
            let drawn = roles::sheet(83, |setting, sheet| {
                let setting = Setting {
                    columns,
                    link: Some(1),
                    ..setting
                };
                *sheet = lay_out(&document, setting);
                let places = sheet.places().links.iter();
                links.extend(places.map(|place| (place.link, place.row, place.columns)));
            });
            (drawn.all("link_selected"), links)
        };
        let (selected, links) = places((0, 2));
        assert_eq!(selected, ["right"]);
        assert_eq!(links, [(0, 0, (17, 21)), (1, 0, (51, 56)), (2, 2, (0, 5))]);
        let (selected, links) = places((0, 1));
        assert_eq!(selected, [""; 0]);
        assert_eq!(links, [(0, 0, (0, 4)), (2, 2, (0, 5))]);
    }
}
