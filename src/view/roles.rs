//! For tests: a theme in which every role has a colour of its own, so that each cell says what it is drawn as.

use std::sync::LazyLock;

use crossterm::event::Event;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};

use super::cache::Cache;
use super::look::Look;
use super::setting::Setting;
use super::sheet::Sheet;
use super::symbols::UNICODE;
use crate::app::viewport::Viewport;
use crate::app::{App, Opening};
use crate::bookmarks::Bookmarks;
use crate::choices::Start;
use crate::keymap::{Keymap, press};
use crate::theme::{Theme, each_role};

macro_rules! roles {
    ($($(#[$says:meta])* $role:ident)*) => {
        const ROLES: &[&str] = &[$(stringify!($role)),*];

        fn theme() -> Theme {
            let mut colors = (0..).map(|index| Style::new().fg(Color::Indexed(index)));
            Theme { name: "roles", $($role: colors.next().unwrap_or_default()),* }
        }
    };
}

each_role!(roles);

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
    App::new(bookmarks, &Opening::Nothing, Start::Search, true)
}

/// An explorer without a terminal.
pub(super) struct Explorer {
    app: App,
    terminal: Terminal<TestBackend>,
    pub(super) cache: Cache,
    pub(super) theme: &'static Theme,
}

impl Explorer {
    pub(super) fn new(app: App, (width, height): (u16, u16)) -> Self {
        let mut explorer = Self {
            app,
            terminal: Terminal::new(TestBackend::new(width, height)).expect("a terminal"),
            cache: Cache::default(),
            theme: &THEME,
        };
        explorer.draw();
        explorer
    }

    pub(super) fn resize(&mut self, (width, height): (u16, u16)) {
        self.terminal.backend_mut().resize(width, height);
        self.draw();
    }

    /// Draws, and returns what was drawn.
    pub(super) fn draw(&mut self) -> Buffer {
        let look = Look {
            theme: self.theme,
            ..look()
        };
        let mut shown = Viewport::default();
        let drawn = self
            .terminal
            .draw(|frame| shown = super::draw(frame, &self.app, &look, &mut self.cache));
        let buffer = drawn.expect("drawn").buffer.clone();
        self.app.seen(shown);
        buffer
    }

    /// Presses keys by their names, with blanks between them, and draws after each.
    pub(super) fn press(&mut self, keys: &str) {
        for key in keys.split_whitespace() {
            let event = Event::Key(press(key).unwrap_or_else(|| panic!("no key {key:?}")));
            if let Some(action) = KEYMAP.action_for(self.app.mode(), &event) {
                self.app.update(&action);
            }
            self.draw();
        }
    }
}

/// Draws an explorer after keys.
pub(super) fn after(app: App, keys: &str, size: (u16, u16)) -> Drawn {
    let mut explorer = Explorer::new(app, size);
    explorer.press(keys);
    Drawn(explorer.draw())
}

/// Draws the screen of the usual size after keys.
pub(super) fn keys(keys: &str) -> Drawn {
    after(app(Bookmarks::new()), keys, (100, 30))
}

/// Draws what a part of a page writes in so many cells.
pub(super) fn sheet(width: u16, write: impl FnOnce(Setting, &mut Sheet)) -> Drawn {
    let mut sheet = Sheet::default();
    let setting = Setting {
        theme: &THEME,
        symbols: &UNICODE,
        width: width.into(),
        link: None,
        columns: (0, 1),
    };
    write(setting, &mut sheet);
    let height = u16::try_from(sheet.height()).expect("a few lines");
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    buffer.set_style(area, THEME.text);
    sheet.draw(area, &mut buffer, 0);
    Drawn(buffer)
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
