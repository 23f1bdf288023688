//! The foot of the screen: what just happened, or the keys that matter here.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Clear;

use super::Look;
use crate::app::{App, Mode};
use crate::text::{Piece, fit, width, wrap};

/// The commands to teach in each mode, the most useful first; an empty name is text of its own.
fn hints(mode: Mode) -> &'static [(&'static str, &'static str)] {
    match mode {
        Mode::Search => &[
            ("", "type to search"),
            ("down", "choose"),
            ("open", "read"),
            ("help", "keys"),
            ("next-pane", "list"),
            ("quit", "quit"),
        ],
        Mode::List => &[
            ("open", "read"),
            ("search", "search"),
            ("help", "keys"),
            ("compare", "compare"),
            ("bookmark", "bookmark"),
            ("quit", "quit"),
            ("mark", "mark"),
            ("only-bookmarks", "only bookmarks"),
        ],
        Mode::Detail => &[
            ("back", "list"),
            ("next-link", "next link"),
            ("help", "keys"),
            ("compare", "compare"),
            ("bookmark", "bookmark"),
            ("quit", "quit"),
            ("edit-note", "note"),
            ("return", "back"),
        ],
        Mode::Compare => &[
            ("back", "back"),
            ("next-pane", "column"),
            ("help", "keys"),
            ("search", "other code"),
            ("swap", "swap"),
            ("fold", "fold"),
            ("quit", "quit"),
            ("add-column", "add"),
            ("remove-column", "remove"),
        ],
        Mode::Choose => &[
            ("", "type to search"),
            ("down", "choose"),
            ("open", "take"),
            ("back", "leave"),
        ],
        Mode::Note => &[("", "type a note"), ("open", "save"), ("back", "leave")],
        Mode::Help => &[("down", "scroll"), ("back", "close")],
    }
}

/// How many rows a message may take; the rest is cut, with a sign.
const MOST_ROWS: u16 = 3;

/// Returns what there is to say, and whether it is an error: what just happened, or a remark about the query.
fn message(app: &App) -> Option<(&str, bool)> {
    let notice = app.notice().map(|notice| (&*notice.text, notice.is_error));
    let remark = || {
        let of_query = matches!(app.mode(), Mode::Search | Mode::List);
        Some((app.list().remark()?, false)).filter(|_| of_query)
    };
    notice.or_else(remark)
}

/// Draws the foot; a long message lies over the rows above it for a moment, so that nothing moves.
pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, app: &App, look: &Look<'_>) {
    let theme = look.theme;
    if let Some((text, is_error)) = message(app) {
        let style = if is_error { theme.error } else { theme.notice };
        return say(frame, area, text, style, look);
    }
    let state: String = [
        (app.has_unsaved(), " not saved "),
        (!app.mouse(), " mouse off "),
    ]
    .into_iter()
    .filter_map(|(holds, says)| holds.then_some(says))
    .collect();
    let room = usize::from(area.width).saturating_sub(state.len());
    let mut line = Line::from(" ");
    for (i, (name, says)) in hints(app.mode()).iter().enumerate() {
        let keys = look.keymap.shown(name, Some(app.mode()));
        let key = keys.split(' ').next().unwrap_or_default().to_owned();
        let mut hint = Vec::new();
        if i > 0 {
            hint.push(Span::styled(look.symbols.dot, theme.muted));
        }
        if !key.is_empty() {
            hint.push(Span::styled(key, theme.key));
            hint.push(Span::raw(" "));
        }
        hint.push(Span::styled(*says, theme.muted));
        let needed: usize = hint.iter().map(Span::width).sum();
        if line.width() + needed > room {
            break;
        }
        line.extend(hint);
    }
    frame.render_widget(line, area);
    let style = if app.has_unsaved() {
        theme.error
    } else {
        theme.muted
    };
    frame.render_widget(Line::styled(state, style).right_aligned(), area);
}

fn say(frame: &mut Frame<'_>, area: Rect, text: &str, style: Style, look: &Look<'_>) {
    let cells = usize::from(area.width).saturating_sub(2);
    let mut lines = wrap([Piece { text, style: () }], cells);
    let most = MOST_ROWS.min(area.bottom() / 2).max(1);
    let is_cut = lines.len() > most.into();
    lines.truncate(most.into());
    let height = u16::try_from(lines.len()).unwrap_or(most);
    let area = Rect {
        y: area.bottom().saturating_sub(height),
        height,
        ..area
    };
    frame.render_widget(Clear, area);
    frame.buffer_mut().set_style(area, look.theme.text);
    let last = lines.len().saturating_sub(1);
    for (row, (line, area)) in lines.into_iter().zip(area.rows()).enumerate() {
        let mut text: String = line.into_iter().map(|piece| piece.text).collect();
        if is_cut && row == last {
            let more = look.symbols.more;
            text.truncate(fit(&text, cells.saturating_sub(width(more))).len());
            text.push_str(more);
        }
        frame.render_widget(Line::styled(format!(" {text}"), style), area);
    }
}
