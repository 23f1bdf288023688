//! For tests: a theme in which every role has a colour of its own, so that each cell says what it is drawn as.

use std::sync::LazyLock;

use crossterm::event::Event;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Style};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::look::Look;
use super::symbols::UNICODE;
use crate::app::viewport::Viewport;
use crate::app::{App, Opening};
use crate::bookmarks::Bookmarks;
use crate::keymap::{Keymap, press};
use crate::theme::Theme;

macro_rules! roles {
    ($($role:ident)*) => {
        const ROLES: &[&str] = &[$(stringify!($role)),*];

        fn theme() -> Theme {
            let mut colors = (0..).map(|index| Style::new().fg(Color::Indexed(index)));
            Theme { name: "roles", $($role: colors.next().unwrap_or_default()),* }
        }
    };
}

roles! {
    text muted border border_focused title heading selected selected_unfocused matched marked star
    provisional success redirection request_failure server_failure global_failure
    must citation link link_selected message differs key prompt notice error
}

static THEME: LazyLock<Theme> = LazyLock::new(theme);
static KEYMAP: LazyLock<Keymap> = LazyLock::new(Keymap::default);

fn look() -> Look<'static> {
    Look {
        theme: &THEME,
        symbols: &UNICODE,
        keymap: &KEYMAP,
    }
}

/// What was drawn, cell by cell.
pub(super) struct Drawn(Buffer);

/// Returns an explorer of the usual kind.
pub(super) fn app(bookmarks: Bookmarks) -> App {
    let mouse = true;
    App::new(
        bookmarks,
        &Opening {
            mouse,
            ..Opening::default()
        },
    )
}

/// Draws an explorer after keys by their names, with blanks between them.
pub(super) fn after(mut app: App, keys: &str, (width, height): (u16, u16)) -> Drawn {
    let look = look();
    let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a terminal");
    let mut draw = |app: &mut App| {
        let mut shown = Viewport::default();
        terminal
            .draw(|frame| shown = super::draw(frame, app, &look))
            .expect("drawn");
        app.seen(shown);
        terminal.backend().buffer().clone()
    };
    let mut buffer = draw(&mut app);
    for key in keys.split_whitespace() {
        let event = Event::Key(press(key).unwrap_or_else(|| panic!("no key {key:?}")));
        if let Some(action) = look.keymap.action_for(app.mode(), &event) {
            app.update(&action);
        }
        buffer = draw(&mut app);
    }
    Drawn(buffer)
}

/// Draws the screen of the usual size after keys.
pub(super) fn keys(keys: &str) -> Drawn {
    after(app(Bookmarks::new()), keys, (100, 30))
}

/// Draws lines that a part of a page lays out.
pub(super) fn lines<'a>(
    width: u16,
    lay_out: impl FnOnce(&Look<'static>) -> Vec<Line<'a>>,
) -> Drawn {
    let look = look();
    let lines = lay_out(&look);
    let height = u16::try_from(lines.len()).expect("a few lines");
    let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a terminal");
    let drawn = terminal.draw(|frame| {
        let area = frame.area();
        frame.buffer_mut().set_style(area, look.theme.text);
        frame.render_widget(Paragraph::new(lines), area);
    });
    Drawn(drawn.expect("drawn").buffer.clone())
}

impl Drawn {
    /// Returns the role of a text where it stands first.
    pub(super) fn role(&self, text: &str) -> &'static str {
        self.role_beside(text, text)
    }

    /// Returns the role of a text in the first row that has another one too.
    pub(super) fn role_beside(&self, row_with: &str, text: &str) -> &'static str {
        let row = (0..self.0.area.height).find(|row| self.text(*row).contains(row_with));
        let row = row.unwrap_or_else(|| panic!("no {row_with:?} in\n{}", self.screen()));
        let line = self.text(row);
        let at = line.find(text);
        let at = at.unwrap_or_else(|| panic!("no {text:?} in {line:?}"));
        let first = line[..at].chars().count();
        let cells = (first..).zip(text.chars()).filter(|(_, c)| *c != ' ');
        let mut roles: Vec<&str> = cells
            .map(|(column, _)| self.cell(u16::try_from(column).expect("a column"), row))
            .collect();
        roles.dedup();
        match roles[..] {
            [role] => role,
            ref roles => panic!("{text:?} is drawn as {roles:?} in {line:?}"),
        }
    }

    /// Returns every text that is drawn in a role, in the order of the screen; blanks are none.
    pub(super) fn all(&self, role: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for row in 0..self.0.area.height {
            let mut before = false;
            for column in 0..self.0.area.width {
                let (symbol, is) = (self.symbol(column, row), self.cell(column, row) == role);
                if is && !before {
                    texts.push(String::new());
                }
                if let Some(text) = texts.last_mut().filter(|_| is) {
                    text.push_str(symbol);
                }
                before = is;
            }
        }
        texts.retain(|text| !text.trim().is_empty());
        texts
    }

    /// Returns the role of a cell.
    pub(super) fn cell(&self, column: u16, row: u16) -> &'static str {
        match self.0[(column, row)].fg {
            Color::Indexed(index) => ROLES.get(usize::from(index)).unwrap_or(&"no role"),
            _ => "no role",
        }
    }

    pub(super) fn symbol(&self, column: u16, row: u16) -> &str {
        self.0[(column, row)].symbol()
    }

    pub(super) fn text(&self, row: u16) -> String {
        (0..self.0.area.width)
            .map(|column| self.symbol(column, row))
            .collect()
    }

    fn screen(&self) -> String {
        let rows: Vec<String> = (0..self.0.area.height).map(|row| self.text(row)).collect();
        rows.join("\n")
    }
}
