//! The foot of the screen: what just happened, or the keys that matter here.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Look;
use crate::app::{App, Mode};
use crate::text::{Piece, wrap};

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
            ("mark", "mark"),
            ("compare", "compare"),
            ("bookmark", "bookmark"),
            ("quit", "quit"),
        ],
        Mode::Detail => &[
            ("next-link", "next link"),
            ("open", "follow"),
            ("back", "list"),
            ("help", "keys"),
            ("compare", "compare"),
            ("bookmark", "bookmark"),
            ("edit-note", "note"),
            ("return", "back"),
            ("quit", "quit"),
        ],
        Mode::Compare => &[
            ("back", "back"),
            ("next-pane", "column"),
            ("help", "keys"),
            ("search", "other code"),
            ("swap", "swap"),
            ("add-column", "add"),
            ("remove-column", "remove"),
            ("fold", "fold"),
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

/// How many rows a message may take.
const MOST_ROWS: usize = 3;

/// Returns how many rows the foot takes: more than one only for a long message.
pub(super) fn height(app: &App, width: u16) -> u16 {
    let rows = message(app).map_or(1, |(text, _)| wrapped(text, width).len());
    u16::try_from(rows.clamp(1, MOST_ROWS)).unwrap_or(1)
}

/// Returns what there is to say, and whether it is an error: what just happened, or a remark about the query.
fn message(app: &App) -> Option<(&str, bool)> {
    let notice = app.notice().map(|notice| (&*notice.text, notice.is_error));
    let remark = || {
        let of_query = matches!(app.mode(), Mode::Search | Mode::List);
        Some((app.list().remark()?, false)).filter(|_| of_query)
    };
    notice.or_else(remark)
}

fn wrapped(text: &str, width: u16) -> Vec<Vec<Piece<'_, ()>>> {
    wrap(
        [Piece { text, style: () }],
        usize::from(width).saturating_sub(2),
    )
}

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, app: &App, look: &Look<'_>) {
    let theme = look.theme;
    if let Some((text, is_error)) = message(app) {
        let style = if is_error { theme.error } else { theme.notice };
        for (line, area) in wrapped(text, area.width).into_iter().zip(area.rows()) {
            let text: String = line.into_iter().map(|piece| piece.text).collect();
            frame.render_widget(Line::styled(format!(" {text}"), style), area);
        }
        return;
    }
    let off = if app.mouse() { "" } else { " mouse off " };
    let room = usize::from(area.width).saturating_sub(off.len());
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
    frame.render_widget(Line::styled(off, theme.muted).right_aligned(), area);
}
