//! The foot of the screen: what just happened, or the keys that matter here.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::look::Look;
use crate::app::viewport::Viewport;
use crate::app::{App, Mode, Scope};
use crate::catalog::Entry;
use crate::keymap::{Command, Key};
use crate::text::{Piece, fit, width, wrap};

/// The commands to teach in each mode, the most useful first; what has none is text of its own.
fn hints(mode: Mode) -> &'static [(Option<Command>, &'static str)] {
    match mode {
        Mode::Search => &[
            (None, "type to search"),
            (Some(Command::Down), "choose"),
            (Some(Command::Open), "read"),
            (Some(Command::Help), "keys"),
            (Some(Command::NextPane), "list"),
            (Some(Command::Quit), "quit"),
        ],
        Mode::List => &[
            (Some(Command::Open), "read"),
            (Some(Command::Search), "search"),
            (Some(Command::Help), "keys"),
            (Some(Command::Compare), "compare"),
            (Some(Command::Bookmark), "bookmark"),
            (Some(Command::Quit), "quit"),
            (Some(Command::Mark), "mark"),
            (Some(Command::OnlyBookmarks), "only bookmarks"),
        ],
        Mode::Detail => &[
            (Some(Command::Open), "follow"),
            (Some(Command::Back), "list"),
            (Some(Command::Return), "back"),
            (Some(Command::NextLink), "next link"),
            (Some(Command::Help), "keys"),
            (Some(Command::Compare), "compare"),
            (Some(Command::Bookmark), "bookmark"),
            (Some(Command::Quit), "quit"),
            (Some(Command::EditNote), "note"),
        ],
        Mode::Compare => &[
            (Some(Command::Open), "follow"),
            (Some(Command::Back), "back"),
            (Some(Command::NextPane), "column"),
            (Some(Command::Help), "keys"),
            (Some(Command::Search), "other code"),
            (Some(Command::Swap), "swap"),
            (Some(Command::Fold), "fold"),
            (Some(Command::Quit), "quit"),
            (Some(Command::AddColumn), "add"),
            (Some(Command::RemoveColumn), "remove"),
        ],
        Mode::Choose => &[
            (None, "type to search"),
            (Some(Command::Down), "choose"),
            (Some(Command::Open), "take"),
            (Some(Command::Back), "leave"),
        ],
        Mode::Note => &[
            (None, "type a note"),
            (Some(Command::Open), "save"),
            (Some(Command::Back), "leave"),
        ],
        Mode::Help => &[
            (Some(Command::Down), "scroll"),
            (Some(Command::Back), "close"),
        ],
    }
}

/// Returns what a command does as things are: what the table says, or the way back; nothing if it does nothing.
fn now(command: Command, says: &'static str, app: &App, shown: &Viewport) -> Option<&'static str> {
    let mode = app.mode();
    let chosen_from = match app.overlays().last() {
        Some(crate::app::Overlay::Choose(chooser)) => chooser.hits().len(),
        _ => app.list().hits().len(),
    };
    let code = app.shown().and_then(Entry::code);
    let comparing = app.columns();
    Some(match command {
        Command::Down if mode == Mode::Help && shown.overlay.total <= shown.overlay.shown() => {
            return None;
        }
        Command::Down if mode != Mode::Help && chosen_from < 2 => return None,
        Command::Open if mode == Mode::Compare => {
            comparing?.reader.link()?;
            says
        }
        Command::Open if code.is_none() && mode != Mode::Detail => "nearest codes",
        Command::Mark if code.is_some_and(|code| app.is_marked(code)) => "unmark",
        Command::Bookmark if code.is_some_and(|code| app.kept().has(code)) => "forget",
        Command::OnlyBookmarks if app.list().scope() == Scope::Bookmarks => "all codes",
        Command::Fold if comparing.is_some_and(|comparing| comparing.folded) => "unfold",
        _ => says,
    })
}

/// How many rows a message may take; the rest is cut, with a sign.
const MOST_ROWS: u16 = 3;

/// The foot, before it is known where it stands: the rows of a message, or none for the hints.
pub(super) struct Foot {
    said: Vec<String>,
    style: Style,
}

impl Foot {
    /// Returns what there is to say: what just happened, or a remark about the query.
    pub(super) fn new(area: Rect, app: &App, look: &Look<'_>) -> Self {
        let mode = app.mode();
        let theme = look.theme;
        let of_query = matches!(mode, Mode::Search | Mode::List);
        if let Some(notice) = app.notice() {
            let style = if notice.is_error {
                theme.error
            } else {
                theme.notice
            };
            let text = look.keymap.with_keys(&notice.text, mode);
            let said = message(&text, area, look);
            return Self { said, style };
        }
        let remark = app.list().remark().filter(|_| of_query);
        Self {
            said: remark.map_or(Vec::new(), |remark| message(remark, area, look)),
            style: theme.notice,
        }
    }

    pub(super) fn height(&self) -> u16 {
        u16::try_from(self.said.len()).unwrap_or(MOST_ROWS).max(1)
    }

    pub(super) fn draw(
        self,
        frame: &mut Frame<'_>,
        area: Rect,
        app: &App,
        look: &Look<'_>,
        shown: &Viewport,
    ) {
        if self.said.is_empty() {
            return teach(frame, area, app, look, shown);
        }
        for (row, area) in self.said.into_iter().zip(area.rows()) {
            frame.render_widget(Line::styled(format!(" {row}"), self.style), area);
        }
    }
}

/// Returns the rows of a message, as many as it may take.
fn message(text: &str, area: Rect, look: &Look<'_>) -> Vec<String> {
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

/// Shows the keys of what can be done now, as many as fit, and what is not as usual.
fn teach(frame: &mut Frame<'_>, area: Rect, app: &App, look: &Look<'_>, shown: &Viewport) {
    let theme = look.theme;
    let state: String = [
        (app.has_unsaved(), " not saved "),
        (!app.mouse(), " mouse off "),
    ]
    .into_iter()
    .filter_map(|(holds, says)| holds.then_some(says))
    .collect();
    let room = usize::from(area.width).saturating_sub(state.len());
    let mut line = Line::from(" ");
    for (key, says) in taught(app, look, shown) {
        let mut hint = Vec::new();
        if line.spans.len() > 1 {
            hint.push(Span::styled(look.symbols.dot, theme.muted));
        }
        if let Some(key) = key {
            hint.push(Span::styled(key.to_string(), theme.key));
            hint.push(Span::raw(" "));
        }
        hint.push(Span::styled(says, theme.muted));
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

/// Returns the hints that are true: each has a key, and its command does something.
fn taught(
    app: &App,
    look: &Look<'_>,
    shown: &Viewport,
) -> impl Iterator<Item = (Option<Key>, &'static str)> {
    hints(app.mode()).iter().filter_map(|(command, says)| {
        let Some(command) = *command else {
            return Some((None, *says));
        };
        let key = look.keymap.first(command, app.mode())?;
        app.applies(&command.action()).ok()?;
        Some((Some(key), now(command, says, app, shown)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
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
