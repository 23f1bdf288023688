//! The list: marks, code, phrase with the letters that matched, and why.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Widget};

use super::look::{Look, class_style};
use super::pane::{area_of, pane, scrollbar};
use crate::app::kept::Kept;
use crate::app::list::{self, ListRow};
use crate::app::subject::Item;
use crate::app::trace::{Progress, Trace};
use crate::app::viewport::Rows;
use crate::app::{Pane, Scope};
use crate::catalog::{Class, StatusCode, class_rule};
use crate::search::Layer;
use crate::text::{Piece, fit, width, wrap};

/// How many lines a reason has at the most.
const MOST_LINES: usize = 4;
/// How far a reason stands from the left: below the title.
const INDENT: usize = 3;

pub(super) struct List<'a> {
    pub(super) listed: &'a list::List,
    pub(super) kept: &'a Kept,
    pub(super) marks: &'a [StatusCode],
    pub(super) focus: Pane,
    /// The rows that were shown before.
    pub(super) before: Rows,
}

impl List<'_> {
    /// Draws the list, and returns the rows that are shown.
    pub(super) fn draw(&self, area: Rect, buf: &mut Buffer, look: &Look<'_>) -> Rows {
        let reason = self.reason(area, look);
        let block = self.border(&reason, look);
        let inner = block.inner(area);
        block.render(area, buf);
        let inner = draw_reason(&reason, inner, buf, look);
        let list = self.listed;
        let rows = list.viewport(Rows {
            area: area_of(inner),
            first: self.before.first,
            total: 0,
        });
        let listed = list.rows(rows.shown());
        let visible = listed.iter().skip(rows.first).take(rows.shown());
        for (row, area) in visible.zip(inner.rows()) {
            self.row(*row, rows.shown(), (area, buf), look);
        }
        if list.is_empty() {
            let says = if list.is_searched() {
                "  nothing fits"
            } else {
                "  no bookmarks"
            };
            Span::styled(says, look.theme.muted).render(inner, buf);
        }
        scrollbar(area, buf, rows, look);
        rows
    }

    /// Returns why the selected item is there, in lines as wide as the list; none where nobody searched.
    fn reason(&self, area: Rect, look: &Look<'_>) -> Vec<String> {
        let list = self.listed;
        let selected = list.item(list.index());
        let Some(item) = selected.filter(|_| list.is_searched()) else {
            return Vec::new();
        };
        let cells = usize::from(area.width).saturating_sub(4);
        let room = usize::from(area.height).saturating_sub(2);
        if list.has_reason_below(room) && width(item.why()) <= cells.saturating_sub(INDENT) {
            return Vec::new();
        }
        let why = Piece {
            text: item.why(),
            style: (),
        };
        let joined = |line: Vec<Piece<'_, ()>>| -> String {
            line.into_iter().map(|piece| piece.text).collect()
        };
        let mut lines: Vec<String> = wrap([why], cells).into_iter().map(joined).collect();
        // At least as many rows stay with the list.
        let most = (usize::from(area.height) / 3).clamp(1, MOST_LINES);
        if lines.len() > most {
            lines.truncate(most);
            if let Some(last) = lines.last_mut() {
                let more = look.symbols.more;
                let cut = fit(last.trim_end(), cells.saturating_sub(width(more) + 1));
                *last = format!("{cut} {more}");
            }
        }
        lines
    }

    /// Returns the border, with the reason of the selected item at its foot where it is a line.
    fn border(&self, reason: &[String], look: &Look<'_>) -> Block<'_> {
        let list = self.listed;
        let title = match (list.scope(), list.trace()) {
            (Scope::Bookmarks, _) => " Bookmarks ".to_owned(),
            (Scope::Traced, Some(trace)) if !list.is_searched() => match trace.progress() {
                Progress::Read => " In this trace ".to_owned(),
                _ => format!(" Trace: {} ", trace.reading()),
            },
            _ => " Responses ".to_owned(),
        };
        let mut block = pane(Line::from(title), self.focus == Pane::List, look);
        let found = list.len();
        if found > 0 {
            let place = format!(" {}/{found} ", list.index() + 1);
            let place = Line::styled(place, look.theme.muted);
            block = block.title_top(place.right_aligned());
        }
        let [why] = reason else {
            return block;
        };
        block.title_bottom(Line::styled(format!(" {why} "), look.theme.muted))
    }

    /// Draws why an item is there, below it.
    fn why(&self, index: usize, area: Rect, buf: &mut Buffer, look: &Look<'_>) {
        let Some(item) = self.listed.item(index) else {
            return;
        };
        let cells = usize::from(area.width).saturating_sub(INDENT);
        let more = look.symbols.more;
        let why = match item.why() {
            why if width(why) <= cells => why.to_owned(),
            why => format!("{}{more}", fit(why, cells.saturating_sub(width(more)))),
        };
        let blanks = " ".repeat(INDENT);
        Line::styled(format!("{blanks}{why}"), look.theme.muted).render(area, buf);
    }

    fn row(&self, row: ListRow, room: usize, (area, buf): (Rect, &mut Buffer), look: &Look<'_>) {
        let index = match row {
            ListRow::Heading(class) => return heading(class, look).render(area, buf),
            ListRow::Why(index) => return self.why(index, area, buf, look),
            ListRow::Item(index) => index,
        };
        let Some(item) = self.listed.item(index) else {
            return;
        };
        let is_marked = |code| self.marks.contains(&code);
        let row = ItemRow {
            item,
            kept: item.code().is_some_and(|code| self.kept.has(code)),
            marked: item.compared().is_some_and(is_marked),
            count: self.listed.trace().and_then(|trace| count(trace, item)),
            explained: self.listed.is_searched(),
            has_row: self.listed.is_explained(room),
            width: area.width.into(),
        };
        row.line(look).render(area, buf);
        if index == self.listed.index() {
            let style = if self.focus == Pane::Detail {
                look.theme.selected_unfocused
            } else {
                look.theme.selected
            };
            // Dimmed text is hard to read on the colour of the selection.
            buf.set_style(area, style.remove_modifier(Modifier::DIM));
        }
    }
}

/// Draws a reason of several lines below the list, and returns what is left for the list.
fn draw_reason(reason: &[String], area: Rect, buf: &mut Buffer, look: &Look<'_>) -> Rect {
    let lines = u16::try_from(reason.len()).unwrap_or_default();
    if lines < 2 {
        return area;
    }
    let [list, rule, below] = area.layout(&Layout::vertical([
        Constraint::Fill(1),
        Constraint::Length(1),
        Constraint::Length(lines),
    ]));
    let line = look.symbols.border.horizontal_bottom;
    Line::styled(line.repeat(rule.width.into()), look.theme.border).render(rule, buf);
    for (text, row) in reason.iter().zip(below.rows()) {
        Line::styled(format!(" {text}"), look.theme.muted).render(row, buf);
    }
    list
}

/// Returns how often a trace has what a row stands for.
fn count(trace: &Trace, item: Item<'_>) -> Option<u64> {
    match item {
        Item::Unanswered(trace) => Some(trace.unanswered()),
        item => trace.count(item.code()?),
    }
}

fn heading(class: Class, look: &Look<'_>) -> Line<'static> {
    let rule = class_rule(class);
    let style = class_style(class, look.theme);
    Line::from(vec![
        Span::styled(class.pattern(), style),
        Span::raw(" "),
        Span::styled(rule.title, look.theme.muted),
    ])
}

/// An item in a row.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
struct ItemRow<'a> {
    item: Item<'a>,
    kept: bool,
    marked: bool,
    /// How often the trace has it.
    count: Option<u64>,
    /// Whether there is something to explain: nobody asks why the whole list is listed.
    explained: bool,
    /// Whether the reason has a row of its own.
    has_row: bool,
    width: usize,
}

impl ItemRow<'_> {
    fn line(&self, look: &Look<'_>) -> Line<'static> {
        let item = self.item;
        let (theme, symbols) = (look.theme, look.symbols);
        let mark = if self.marked { symbols.mark } else { " " };
        let star = if self.kept { symbols.star } else { " " };
        let mut line = Line::from(vec![
            Span::styled(mark, theme.marked),
            Span::styled(star, theme.star),
            Span::raw(" "),
        ]);
        let full = item.title();
        let count = self
            .count
            .map_or_else(String::new, |count| format!(" {count} "));
        let room = self.width.saturating_sub(line.width() + width(&count));
        let more = if width(&full) > room {
            symbols.more
        } else {
            ""
        };
        let title = fit(&full, room.saturating_sub(width(more)));
        let class = item
            .code()
            .map_or(theme.key, |code| class_style(code.class(), look.theme));
        let head = width(&item.short());
        let style = |at: usize| match at {
            at if item.marks().contains(&at) => theme.matched,
            at if at < head => class,
            _ => Style::new(),
        };
        let mut runs: Vec<(String, Style)> = Vec::new();
        for (at, letter) in title.chars().enumerate() {
            match runs.last_mut() {
                Some((run, last)) if *last == style(at) => run.push(letter),
                _ => runs.push((letter.into(), style(at))),
            }
        }
        let runs = runs.into_iter();
        line.extend(runs.map(|(run, style)| Span::styled(run, style)));
        line.push_span(Span::styled(more, theme.muted));
        self.push_reason(&mut line, look);
        let gap = self.width.saturating_sub(line.width() + width(&count));
        if self.count.is_some() {
            line.push_span(Span::raw(" ".repeat(gap)));
            line.push_span(Span::styled(count, theme.key));
        }
        line
    }

    /// Adds why it was found, right aligned, where there is room and something to say.
    fn push_reason(&self, line: &mut Line<'static>, look: &Look<'_>) {
        if self.has_row {
            return;
        }
        let (long, short): (&str, &str) = match self.item.layer() {
            Some(Layer::Abbreviation) => ("short", "short"),
            Some(Layer::Guess) => ("guess", "guess"),
            Some(Layer::Field) if self.explained => (self.item.why(), ""),
            Some(Layer::Symptom) => (self.item.why(), "symptom"),
            Some(Layer::Typo) => (self.item.why(), "typo"),
            Some(Layer::Words) => (self.item.why(), "words"),
            Some(Layer::Nearest) => ("nearest", "near"),
            _ => return,
        };
        if self.count.is_some() {
            return;
        }
        // The foot of the list has the reason in full.
        let room = self.width.saturating_sub(line.width() + 3);
        let why = if width(long) <= room { long } else { short };
        if why.is_empty() || width(why) > room {
            return;
        }
        let gap = self.width.saturating_sub(line.width() + width(why) + 1);
        line.push_span(Span::raw(" ".repeat(gap)));
        line.push_span(Span::styled(why.to_owned(), look.theme.muted));
    }
}

#[cfg(test)]
mod tests {
    use crate::bookmarks::{Bookmarks, Change};
    use crate::catalog::StatusCode;
    use crate::view::roles::{after, app, keys};

    #[test]
    fn the_selected_row_is_highlighted_and_dimmer_while_the_page_is_read() {
        for (typed, role) in [
            ("b u s y", "selected"),
            ("b u s y tab", "selected"),
            ("b u s y enter", "selected_unfocused"),
        ] {
            let drawn = keys(typed);
            assert_eq!(drawn.role("   486 Busy Here "), role, "after {typed:?}");
            assert_eq!(drawn.all(role).len(), 1, "one row after {typed:?}");
        }
    }

    #[test]
    fn the_letters_that_matched_are_marked_and_no_others() {
        let drawn = keys("b u s y");
        assert_eq!(drawn.role_beside("600 Busy", "Busy"), "matched");
        assert_eq!(drawn.role_beside("600 Busy", "Everywhere"), "text");
        assert_eq!(drawn.role_beside("600 Busy", "600"), "global_failure");
        let drawn = keys("4 8 down");
        assert_eq!(drawn.role_beside("80 Temporarily", "48"), "matched");
        assert_eq!(drawn.role_beside("80 Temporarily", "0"), "request_failure");
    }

    #[test]
    fn stars_marks_and_reasons_have_their_roles() {
        let mut bookmarks = Bookmarks::new();
        Change::Add(StatusCode::new(486).expect("a code")).apply(&mut bookmarks);
        let drawn = after(app(bookmarks), "b u s y tab down space up", (100, 30));
        // The selection lies over the star of the first row, so it moves away.
        assert_eq!(drawn.role("● "), "marked");
        let mut bookmarks = Bookmarks::new();
        Change::Add(StatusCode::new(600).expect("a code")).apply(&mut bookmarks);
        let drawn = after(app(bookmarks), "b u s y", (100, 30));
        assert_eq!(drawn.role_beside("600 Busy", "★"), "star");
        assert_eq!(drawn.all("star"), ["★"]);

        let drawn = keys("w r n g space p a s w o r d");
        assert_eq!(drawn.role("typo of wrong password"), "muted");
    }

    #[test]
    fn headings_and_an_empty_list_are_muted() {
        assert_eq!(keys("").role("Provisional"), "muted");
        assert_eq!(keys("x y z z y").role("nothing fits"), "muted");
        assert_eq!(keys("").role("Responses"), "title");
    }
}
