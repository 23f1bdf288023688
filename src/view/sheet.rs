//! Lays a document out as lines of so many cells, and knows where its links went.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::ladder;
use super::look::Look;
use crate::app::viewport::LinkPlace;
use crate::document::{Block, Marker, Role, Span as Said};
use crate::text::{Piece, fit, width, wrap};

/// A page as lines.
#[derive(Default)]
pub(super) struct Sheet<'a> {
    pub(super) lines: Vec<Line<'a>>,
    pub(super) links: Vec<LinkPlace>,
}

/// How pages are laid out.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    pub(super) look: &'a Look<'a>,
    pub(super) width: usize,
    /// The number of the selected link.
    pub(super) link: Option<usize>,
    /// Which columns of a comparison are shown: the first, and how many.
    pub(super) columns: (usize, usize),
}

/// Prose wider than this is hard to read.
const WIDEST: usize = 100;
/// The names of the rows of a comparison stand beside the columns where these keep this width.
const NAME_WIDTH: usize = 17;
pub(super) const COLUMN_WIDTH: usize = 36;
pub(super) const GAP: u16 = 3;

/// What a piece of text looks like, and which link it belongs to.
#[derive(Clone, Copy)]
struct Ink {
    style: Style,
    link: Option<usize>,
}

impl<'a> Setting<'a> {
    /// Lays blocks out, with links numbered from `first_link` on.
    pub(super) fn lay_out<'b>(&self, blocks: &'b [Block], first_link: usize) -> Sheet<'b>
    where
        'a: 'b,
    {
        let mut layout = Layouter {
            setting: *self,
            sheet: Sheet::default(),
            next_link: first_link,
        };
        layout.blocks(blocks);
        layout.sheet
    }

    fn ink(&self, role: Role) -> Style {
        let theme = self.look.theme;
        match role {
            Role::Plain => theme.text,
            Role::Strong => theme.title,
            Role::Muted => theme.muted,
            Role::Strength => theme.must,
            Role::Citation => theme.citation,
            Role::Link => theme.link,
        }
    }
}

struct Layouter<'a, 'b> {
    setting: Setting<'a>,
    sheet: Sheet<'b>,
    next_link: usize,
}

impl<'a: 'b, 'b> Layouter<'a, 'b> {
    fn blocks(&mut self, blocks: &'b [Block]) {
        let mut before: Option<&Block> = None;
        for block in blocks {
            if before.is_some_and(|before| stands_apart(before, block)) {
                self.sheet.lines.push(Line::default());
            }
            self.block(block);
            before = Some(block);
        }
    }

    fn block(&mut self, block: &'b Block) {
        let look = self.setting.look;
        match block {
            Block::Heading(heading) => {
                self.sheet
                    .lines
                    .push(Line::styled(heading.as_ref(), look.theme.heading));
            }
            Block::Paragraph(text) => self.text("", "", text),
            Block::Item {
                marker: Marker::Bullet,
                text,
            } => {
                self.text(look.symbols.bullet, "  ", text);
            }
            Block::Item {
                marker: Marker::Number(number),
                text,
            } => {
                self.text(NUMBERS[number % NUMBERS.len()], "   ", text);
            }
            Block::Detail(text) => self.text("   ", "   ", text),
            Block::Ladder(arrows) => {
                self.sheet
                    .lines
                    .extend(ladder::lines(arrows, self.setting.width, look));
            }
            Block::Message(message) => self.message(message),
            Block::Row {
                name,
                values,
                differs,
            } => self.row(name, values, *differs),
            Block::Columns(columns) => self.columns(columns),
        }
    }

    /// Adds a paragraph; its first line begins with `first`, the others with blanks as wide as `hang`.
    fn text(&mut self, first: &'b str, hang: &'static str, text: &'b [Said]) {
        let mut pieces = Vec::with_capacity(text.len());
        for span in text {
            let mut ink = Ink {
                style: self.setting.ink(span.role),
                link: None,
            };
            if span.link.is_some() {
                ink.link = Some(self.next_link);
                if self.setting.link == ink.link {
                    ink.style = self.setting.look.theme.link_selected;
                }
                self.next_link += 1;
            }
            // The space before a citation is no part of the link.
            let (lead, text) = span
                .text
                .split_at(span.text.len() - span.text.trim_start().len());
            if !lead.is_empty() {
                let style = self.setting.look.theme.text;
                pieces.push(Piece {
                    text: lead,
                    style: Ink { style, link: None },
                });
            }
            pieces.push(Piece { text, style: ink });
        }
        let cells = self.setting.width.min(WIDEST).saturating_sub(width(hang));
        for (i, pieces) in wrap(pieces, cells).into_iter().enumerate() {
            let mut line = Line::default();
            if i == 0 && !first.is_empty() {
                let style = self.setting.look.theme.muted;
                line.push_span(Span::styled(first, style));
                line.push_span(Span::raw(&hang[..width(hang).saturating_sub(width(first))]));
            } else if !hang.is_empty() {
                line.push_span(Span::raw(hang));
            }
            self.push(line, pieces);
        }
    }

    /// Adds a line, and notes where its links are.
    fn push(&mut self, mut line: Line<'b>, pieces: Vec<Piece<'b, Ink>>) {
        let row = self.sheet.lines.len();
        let cells = |cells: usize| u16::try_from(cells).unwrap_or(u16::MAX);
        let mut used = line.width();
        for Piece { text, style: ink } in pieces {
            if let Some(link) = ink.link {
                let columns = (cells(used), cells(used + width(text)));
                self.sheet.links.push(LinkPlace { link, row, columns });
            }
            used += width(text);
            line.push_span(Span::styled(text, ink.style));
        }
        self.sheet.lines.push(line);
    }

    fn message(&mut self, message: &'b str) {
        let theme = self.setting.look.theme;
        let cells = self.setting.width.max(8);
        for (i, line) in message.trim_end().split("\r\n").enumerate() {
            let mut rest = line;
            let mut first = true;
            while first || !rest.is_empty() {
                let indent = if first { "" } else { "    " };
                let part = breakable(rest, cells - indent.len());
                let style = if i == 0 { theme.title } else { theme.message };
                let name = part
                    .find(": ")
                    .filter(|_| first && i > 0)
                    .map_or(0, |at| at + 1);
                self.sheet.lines.push(Line::from(vec![
                    Span::raw(indent),
                    Span::styled(&part[..name], theme.key),
                    Span::styled(&part[name..], style),
                ]));
                rest = &rest[part.len()..];
                first = false;
            }
        }
    }

    fn row(&mut self, name: &'b str, values: &'b [std::borrow::Cow<'static, str>], differs: bool) {
        let theme = self.setting.look.theme;
        let (sign, style) = if differs {
            (self.setting.look.symbols.differs, theme.differs)
        } else {
            (" ", theme.muted)
        };
        let mut label = Line::from(vec![
            Span::styled(sign, theme.differs),
            Span::raw(" "),
            Span::styled(name, style),
        ]);
        let (first, count) = self.setting.columns;
        let shown = values.iter().skip(first).take(count);
        let beside = (self.setting.width + usize::from(GAP)).saturating_sub(NAME_WIDTH)
            / count.max(1)
            >= COLUMN_WIDTH;
        let indent = if beside { NAME_WIDTH } else { 2 };
        let cells = column_width(self.setting.width - indent.min(self.setting.width), count);
        let cells_of = |value: &'b str| {
            let piece = Piece {
                text: value,
                style: theme.text,
            };
            let lines = wrap([piece], cells).into_iter();
            lines
                .map(|line| {
                    line.into_iter()
                        .map(|p| Span::styled(p.text, p.style))
                        .collect()
                })
                .collect()
        };
        let columns: Vec<Vec<Line<'b>>> = shown.map(|value| cells_of(value)).collect();
        if !beside {
            self.sheet.lines.push(std::mem::take(&mut label));
        }
        for line in beside_each_other(columns, cells, self.setting.look) {
            let mut whole = std::mem::take(&mut label);
            let gap = indent.saturating_sub(whole.width());
            whole.push_span(Span::raw(&BLANKS[..gap]));
            whole.extend(line);
            self.sheet.lines.push(whole);
        }
    }

    fn columns(&mut self, columns: &'b [Vec<Block>]) {
        let (first, count) = self.setting.columns;
        let cells = column_width(self.setting.width, count);
        let setting = Setting {
            width: cells,
            ..self.setting
        };
        let shown = columns.iter().skip(first).take(count);
        let sheets = shown
            .map(|column| setting.lay_out(column, self.next_link).lines)
            .collect();
        self.sheet
            .lines
            .extend(beside_each_other(sheets, cells, self.setting.look));
    }
}

const BLANKS: &str =
    "                                                                                ";
const NUMBERS: [&str; 16] = [
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15",
];

/// Returns as much of a line of a message as fits, up to the end of a parameter where there is one.
fn breakable(line: &str, cells: usize) -> &str {
    let part = fit(line, cells);
    if part.len() == line.len() {
        return part;
    }
    let end = part
        .rfind([';', ',', ' '])
        .filter(|end| *end > part.len() / 3);
    end.map_or(part, |end| &part[..=end])
}

/// Returns whether an empty line comes between two blocks.
fn stands_apart(before: &Block, block: &Block) -> bool {
    !matches!(
        (before, block),
        (Block::Heading(_), _)
            | (
                Block::Item { .. } | Block::Detail(_),
                Block::Item { .. } | Block::Detail(_)
            )
            | (Block::Row { .. }, Block::Row { .. })
    )
}

fn column_width(width: usize, count: usize) -> usize {
    let count = count.max(1);
    (width.saturating_sub(usize::from(GAP) * (count - 1)) / count).max(1)
}

/// Puts columns of lines side by side, each `cells` wide.
fn beside_each_other<'b>(
    columns: Vec<Vec<Line<'b>>>,
    cells: usize,
    look: &Look<'b>,
) -> Vec<Line<'b>> {
    let height = columns.iter().map(Vec::len).max().unwrap_or_default();
    let mut columns: Vec<_> = columns.into_iter().map(Vec::into_iter).collect();
    let mut lines = Vec::with_capacity(height);
    for _ in 0..height {
        let mut whole = Line::default();
        for (i, column) in columns.iter_mut().enumerate() {
            if i > 0 {
                let start = i * (cells + usize::from(GAP)) - usize::from(GAP);
                whole.push_span(Span::raw(" ".repeat(start.saturating_sub(whole.width()))));
                whole.push_span(Span::raw(" "));
                whole.push_span(Span::styled(look.symbols.column, look.theme.border));
                whole.push_span(Span::raw(" "));
            }
            whole.extend(column.next().unwrap_or_default());
        }
        lines.push(whole);
    }
    lines
}

/// Returns the lines that fit into an area from row `first` on, each with its row.
pub(super) fn visible<'s, 'b>(
    sheet: &'s Sheet<'b>,
    area: Rect,
    first: usize,
) -> impl Iterator<Item = (&'s Line<'b>, Rect)> {
    sheet.lines.iter().skip(first).zip(area.rows())
}

#[cfg(test)]
mod tests {
    use crate::catalog::{StatusCode, response};
    use crate::document::Document;
    use crate::view::roles::{self, Drawn};

    use super::Setting;

    /// Draws the page of a code in a width, with a link selected.
    fn page(code: u16, link: Option<usize>) -> Drawn {
        const WIDTH: u16 = 140;
        let response = response(StatusCode::new(code).expect("a code"));
        let document = Document::of_response(response);
        roles::lines(WIDTH, |look| {
            let setting = Setting {
                look,
                width: WIDTH.into(),
                link,
                columns: (0, 1),
            };
            let lines = setting.lay_out(&document.blocks, 0).lines;
            let owned = |line: &ratatui::text::Line<'_>| {
                let spans = line.spans.iter();
                let spans: Vec<_> = spans
                    .map(|span| ratatui::text::Span::styled(span.content.to_string(), span.style))
                    .collect();
                ratatui::text::Line::from(spans).style(line.style)
            };
            lines.iter().map(owned).collect()
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
        assert_eq!(drawn.role("Check:"), "muted");
        assert_eq!(drawn.role_beside("Check:", "trace"), "text");
        assert_eq!(drawn.role_beside("• The callee is talking", "•"), "muted");
        assert_eq!(drawn.role("There and back:"), "muted");
    }
}
