//! The explorer without a terminal: keys and mouse go in as a terminal reports them, and the screen is a text.
//! Shared by the tests that press keys and by those that wait until the real program shows the same.
#![allow(dead_code, reason = "each test needs another part")]

use crossterm::event::Event;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use sipdex::app::action::Effect;
use sipdex::app::viewport::Viewport;
use sipdex::app::{App, Opening};
use sipdex::bookmarks::Bookmarks;
use sipdex::choices::Start;
use sipdex::keymap::{Keymap, press};
use sipdex::theme::{DEFAULT, Theme};
use sipdex::view::{self, Cache, Look, Symbols, UNICODE};

pub(crate) struct Screen {
    pub(crate) app: App,
    pub(crate) terminal: Terminal<TestBackend>,
    pub(crate) keymap: Keymap,
    pub(crate) theme: &'static Theme,
    pub(crate) symbols: &'static Symbols,
    cache: Cache,
    /// What the app asked its loop for.
    pub(crate) effects: Vec<Effect>,
}

impl Screen {
    /// Opens the explorer of somebody who has no bookmarks yet.
    pub(crate) fn new(size: (u16, u16)) -> Self {
        Self::open(Bookmarks::new(), &Opening::Nothing, size)
    }

    pub(crate) fn open(bookmarks: Bookmarks, opening: &Opening, size: (u16, u16)) -> Self {
        Self::of(App::new(bookmarks, opening, Start::Search, true), size)
    }

    /// Opens the explorer of somebody who has chosen to have no mouse.
    pub(crate) fn without_mouse(opening: &Opening, size: (u16, u16)) -> Self {
        let app = App::new(Bookmarks::new(), opening, Start::Search, false);
        Self::of(app, size)
    }

    fn of(app: App, (width, height): (u16, u16)) -> Self {
        let mut screen = Self {
            app,
            terminal: Terminal::new(TestBackend::new(width, height)).expect("a terminal"),
            keymap: Keymap::default(),
            theme: Theme::named(DEFAULT).expect("the default theme"),
            symbols: &UNICODE,
            cache: Cache::default(),
            effects: Vec::new(),
        };
        screen.draw();
        screen
    }

    pub(crate) fn draw(&mut self) {
        let look = Look {
            theme: self.theme,
            symbols: self.symbols,
            keymap: &self.keymap,
        };
        let mut shown = Viewport::default();
        let drawn = self
            .terminal
            .draw(|frame| shown = view::draw(frame, &self.app, &look, &mut self.cache));
        drawn.expect("drawn");
        self.app.seen(shown);
    }

    /// Does what an event asks for, and draws.
    pub(crate) fn take(&mut self, event: &Event) {
        if let Some(action) = self.keymap.action_for(self.app.mode(), event) {
            self.effects.extend(self.app.update(&action));
        }
        self.draw();
    }

    /// Presses keys by name, with blanks between them, and draws after each.
    pub(crate) fn press(mut self, keys: &str) -> Self {
        for key in keys.split_whitespace() {
            let key = press(key).unwrap_or_else(|| panic!("no key {key:?}"));
            self.take(&Event::Key(key));
        }
        self
    }

    pub(crate) fn text(&self) -> String {
        let buffer = self.terminal.backend().buffer();
        let width = usize::from(buffer.area.width);
        let rows = buffer.content.chunks(width).map(|row| {
            let row: String = row.iter().map(ratatui::buffer::Cell::symbol).collect();
            row.trim_end().to_owned()
        });
        rows.collect::<Vec<_>>().join("\n")
    }
}
