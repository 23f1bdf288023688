//! The foot of the screen: what just happened, or the keys that matter here.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::hints::Taught;
use super::look::Look;
use crate::app::{Mode, Notice};
use crate::text::{Piece, fit, width, wrap};

/// How many rows a message may take; the rest is cut, with a sign.
const MOST_ROWS: u16 = 3;

/// A message, before it is known where it stands.
pub(super) struct Message {
    rows: Vec<String>,
    style: Style,
}

impl Message {
    /// Returns the message of what just happened.
    pub(super) fn of_notice(notice: &Notice, mode: Mode, area: Rect, look: &Look<'_>) -> Self {
        let text = look.keymap.with_keys(&notice.text, mode);
        let style = if notice.is_error {
            look.theme.error
        } else {
            look.theme.notice
        };
        Self {
            rows: rows(&text, area, look),
            style,
        }
    }

    /// Returns the message of what the user should know about the query.
    pub(super) fn of_remark(remark: &str, area: Rect, look: &Look<'_>) -> Self {
        Self {
            rows: rows(remark, area, look),
            style: look.theme.notice,
        }
    }

    pub(super) fn height(&self) -> u16 {
        u16::try_from(self.rows.len()).unwrap_or(MOST_ROWS).max(1)
    }

    pub(super) fn draw(self, area: Rect, buf: &mut Buffer) {
        for (row, area) in self.rows.into_iter().zip(area.rows()) {
            Line::styled(format!(" {row}"), self.style).render(area, buf);
        }
    }
}

/// Returns the rows of a message, as many as it may take.
fn rows(text: &str, area: Rect, look: &Look<'_>) -> Vec<String> {
    let cells = usize::from(area.width).saturating_sub(2);
    let mut lines = wrap([Piece { text, style: () }], cells);
    let most = usize::from(MOST_ROWS.min(area.height / 2).max(1));
    let is_cut = lines.len() > most;
    lines.truncate(most);
    let pieces = |line: Vec<Piece<'_, ()>>| line.into_iter().map(|piece| piece.text).collect();
    let mut rows: Vec<String> = lines.into_iter().map(pieces).collect();
    if let Some(last) = rows.last_mut().filter(|_| is_cut) {
        let more = look.symbols.more;
        last.truncate(fit(last, cells.saturating_sub(width(more))).len());
        last.push_str(more);
    }
    rows
}

/// The keys of what can be done now, and what is not as usual.
pub(super) struct Hints<T> {
    /// Each key with what it does, the most useful first.
    pub(super) taught: T,
    /// Whether the last row of what is read is shown, and the first is not.
    pub(super) at_end: bool,
    pub(super) unsaved: bool,
    pub(super) mouse: bool,
}

impl<T: Iterator<Item = Taught>> Hints<T> {
    /// Shows as many hints as fit.
    pub(super) fn draw(self, area: Rect, buf: &mut Buffer, look: &Look<'_>) {
        let theme = look.theme;
        let state: String = [
            (self.at_end, " end of the page "),
            (self.unsaved, " not saved "),
            (!self.mouse, " mouse off "),
        ]
        .into_iter()
        .filter_map(|(holds, says)| holds.then_some(says))
        .collect();
        let room = usize::from(area.width).saturating_sub(state.len());
        let hints: Vec<(bool, Vec<Span<'_>>)> = self
            .taught
            .map(|hint| (hint.is_kept, spans(&hint, look)))
            .collect();
        let mut line = Line::from(" ");
        let (hints, is_whole) = fitting(&hints, room.saturating_sub(1), look);
        for hint in hints {
            if line.spans.len() > 1 {
                line.push_span(Span::styled(look.symbols.dot, theme.muted));
            }
            line.extend(hint);
        }
        if !is_whole {
            let more = format!(" {}", look.symbols.more);
            line.push_span(Span::styled(more, theme.muted));
        }
        line.render(area, buf);
        let style = if self.unsaved {
            theme.error
        } else {
            theme.muted
        };
        Line::styled(state, style).right_aligned().render(area, buf);
    }
}

/// Returns a key, and what it does.
fn spans<'a>(hint: &Taught, look: &Look<'_>) -> Vec<Span<'a>> {
    let theme = look.theme;
    let key = hint
        .key
        .map(|key| Span::styled(format!("{key} "), theme.key));
    let says = Span::styled(hint.says, theme.muted);
    key.into_iter().chain([says]).collect()
}

/// Returns the hints for which there is room, the first before the others, and whether these are all.
fn fitting<'a>(
    hints: &[(bool, Vec<Span<'a>>)],
    room: usize,
    look: &Look<'_>,
) -> (Vec<Vec<Span<'a>>>, bool) {
    let dot = width(look.symbols.dot);
    let cells = |hint: &[Span<'_>]| hint.iter().map(Span::width).sum::<usize>() + dot;
    let all: usize = hints.iter().map(|(_, hint)| cells(hint)).sum();
    if all <= room + dot {
        return (hints.iter().map(|(_, hint)| hint.clone()).collect(), true);
    }
    let more = width(look.symbols.more) + 1;
    let kept = hints.iter().filter(|(is_kept, _)| *is_kept);
    let mut left = (room + dot).saturating_sub(kept.map(|(_, hint)| cells(hint)).sum());
    left = left.saturating_sub(more);
    let mut is_full = false;
    let mut fitting = Vec::new();
    for (is_kept, hint) in hints {
        if !is_kept {
            is_full |= cells(hint) > left;
            if is_full {
                continue;
            }
            left -= cells(hint);
        }
        fitting.push(hint.clone());
    }
    (fitting, false)
}

#[cfg(test)]
mod tests {
    use crate::app::App;
    use crate::bookmarks::Bookmarks;
    use crate::view::roles::{Drawn, after, app, keys};

    fn told(tell: impl Fn(&mut App)) -> Drawn {
        let mut app = app(Bookmarks::new());
        tell(&mut app);
        after(app, "", (100, 30))
    }

    #[test]
    fn an_error_is_no_notice_and_a_notice_no_error() {
        assert_eq!(told(|app| app.warn("it broke")).role("it broke"), "error");
        assert_eq!(
            told(|app| app.notify("all well")).role("all well"),
            "notice"
        );
        assert_eq!(keys("f o o : b u s y").all("error"), [""; 0]);
    }

    #[test]
    fn what_is_not_saved_is_an_error_and_a_mouse_that_is_off_is_none() {
        let drawn = told(|app| app.take_unsaved(true));
        assert_eq!(drawn.role("not saved"), "error");
        assert_eq!(keys("tab m").role("mouse off"), "muted");
    }

    #[test]
    fn hints_name_their_keys() {
        let drawn = keys("tab");
        let hint = |text| drawn.role_beside("Enter read", text);
        assert_eq!(hint("Enter"), "key");
        assert_eq!(hint("read"), "muted");
        assert_eq!(hint("·"), "muted");
    }
}
