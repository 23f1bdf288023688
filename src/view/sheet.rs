//! A page as lines, and where its links are. How the lines come about is for others to know.

use std::ops::Range;
use std::rc::Rc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

use super::pane::rows;
use crate::app::places::{LinkPlace, Places};
use crate::app::viewport::Rows;
use crate::text::width;

/// Lines that are written once and drawn often: one text, in runs that look alike.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    text: String,
    /// Where each run is in the text, and how it looks.
    runs: Vec<(Range<usize>, Style)>,
    /// The runs of each line.
    lines: Vec<Range<usize>>,
    places: Rc<Places>,
    /// Where each heading is in the text.
    headings: Vec<Range<usize>>,
    /// How many cells the line takes that is being written.
    used: usize,
}

impl Sheet {
    pub(super) fn height(&self) -> usize {
        self.lines.len()
    }

    /// Returns where its links, sections and blocks stand.
    pub(super) fn places(&self) -> &Rc<Places> {
        &self.places
    }

    /// Returns the heading of the section that a row belongs to.
    pub(super) fn section_of(&self, row: usize) -> Option<&str> {
        let heading = self.headings.get(self.places.section_of(row)?)?;
        Some(&self.text[heading.clone()])
    }

    /// Begins a block with the next line.
    pub(super) fn begin_block(&mut self) {
        let row = self.height();
        Rc::make_mut(&mut self.places).blocks.push(row);
    }

    /// Returns the text of a line.
    pub(super) fn line(&self, row: usize) -> &str {
        let runs = self.lines.get(row).cloned().unwrap_or_default();
        let runs = self.runs.get(runs).unwrap_or_default();
        match (runs.first(), runs.last()) {
            (Some((first, _)), Some((last, _))) => &self.text[first.start..last.end],
            _ => "",
        }
    }

    /// Returns whether a line has begun and not ended.
    pub(super) fn is_in_line(&self) -> bool {
        self.used > 0
    }

    /// Returns how many cells the line takes that is being written.
    pub(super) fn used(&self) -> usize {
        self.used
    }

    pub(super) fn write(&mut self, text: &str, style: Style) {
        if !text.is_empty() {
            let start = self.text.len();
            self.text.push_str(text);
            self.runs.push((start..self.text.len(), style));
            self.used += width(text);
        }
    }

    /// Writes the heading of a section, which begins in this line.
    pub(super) fn write_heading(&mut self, heading: &str, style: Style) {
        let start = self.text.len();
        self.write(heading, style);
        let row = self.height();
        self.headings.push(start..self.text.len());
        Rc::make_mut(&mut self.places).sections.push(row);
    }

    /// Writes a text that leads somewhere, by the number of the link.
    pub(super) fn write_link(&mut self, text: &str, style: Style, link: usize) {
        let start = self.used;
        self.write(text, style);
        let place = LinkPlace {
            link,
            row: self.height(),
            columns: (cells(start), cells(self.used)),
        };
        Rc::make_mut(&mut self.places).links.push(place);
    }

    /// Writes blanks until the line takes so many cells.
    pub(super) fn pad_to(&mut self, cells: usize) {
        let blanks = " ".repeat(cells.saturating_sub(self.used));
        self.write(&blanks, Style::new());
    }

    /// Ends the line; it is empty if nothing was written into it.
    pub(super) fn end_line(&mut self) {
        let start = self.lines.last().map_or(0, |line| line.end);
        let before = self
            .lines
            .len()
            .checked_sub(1)
            .map_or("", |last| self.line(last));
        let letters = before.bytes().filter(u8::is_ascii_alphanumeric).count();
        let places = Rc::make_mut(&mut self.places);
        let so_far = places.letters.last().copied().unwrap_or_default();
        places
            .letters
            .push(so_far + u32::try_from(letters).unwrap_or_default());
        self.lines.push(start..self.runs.len());
        self.used = 0;
    }

    /// Writes a line of another sheet into the line, if it has so many.
    pub(super) fn append(&mut self, other: &Self, row: usize) {
        let (start, height) = (self.used, self.height());
        for span in other.spans(row) {
            self.write(&span.content, span.style);
        }
        let links = other.places.links.iter().filter(|place| place.row == row);
        let links = links.map(|place| LinkPlace {
            link: place.link,
            row: height,
            columns: (
                cells(start).saturating_add(place.columns.0),
                cells(start).saturating_add(place.columns.1),
            ),
        });
        Rc::make_mut(&mut self.places).links.extend(links);
    }

    /// Draws as many lines as fit, from row `first` on or from an earlier one where it is too short for that.
    pub(super) fn draw(&self, area: Rect, buf: &mut Buffer, first: usize) -> Rows {
        let mut shown = rows(area, first, self.height());
        shown.first = first.min(shown.last_first());
        for (row, area) in (shown.first..self.height()).zip(area.rows()) {
            let mut x = area.x;
            for span in self.spans(row) {
                x = write(buf, (x, area.y), &span, area.right());
            }
        }
        shown
    }

    fn spans(&self, row: usize) -> impl Iterator<Item = Span<'_>> {
        let line = self.lines.get(row).cloned().unwrap_or_default();
        let runs = self.runs.get(line).unwrap_or_default();
        runs.iter()
            .map(|(part, style)| Span::styled(&self.text[part.clone()], *style))
    }
}

/// Writes a clean text into a row up to a column, and returns the column behind it.
fn write(buf: &mut Buffer, (x, y): (u16, u16), span: &Span<'_>, right: u16) -> u16 {
    let room = right.saturating_sub(x);
    let text = span.content.as_bytes();
    if !text.is_ascii() || room == 0 {
        return buf
            .set_stringn(x, y, &span.content, room.into(), span.style)
            .0;
    }
    // A letter a cell: nothing has to be looked up for each.
    let first = buf.index_of(x, y);
    let shown = text.len().min(room.into());
    let row = buf.content.iter_mut().skip(first);
    for (cell, letter) in row.zip(&text[..shown]) {
        cell.set_char((*letter).into()).set_style(span.style);
    }
    x + cells(shown)
}

fn cells(cells: usize) -> u16 {
    u16::try_from(cells).unwrap_or(u16::MAX)
}
