//! What the app asks for: saving, copying, opening, and what becomes of it.

use anyhow::Result;

use super::running::Running;
use super::wake::Outcome;
use super::{clipboard, screen, surroundings};
use crate::app::action::Effect;
use crate::app::columns::Columns;
use crate::bookmarks::Change;
use crate::config;
use crate::document::Document;
use crate::store::Loaded;

impl Running {
    /// Does what the app asked for, but for what changes the course of the loop.
    pub(super) fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Save(change) => self.save(Some(change)),
            Effect::Reload => {
                self.app.notify("bookmarks read anew");
                self.reload();
            }
            Effect::Copy(text) => {
                let what = text.clone();
                self.copy(text, &what);
            }
            Effect::CopyText => {
                let page = (self.writers.plain)(&self.in_print());
                self.copy(page, "the explanation");
            }
            Effect::CopyPage => {
                let page = (self.writers.markdown)(&self.in_print());
                self.copy(page, "the page as Markdown");
            }
            Effect::CopySection(name) => {
                let section = (self.writers.markdown)(&self.in_print().only(&[name]));
                self.copy(section, "the section as Markdown");
            }
            Effect::OpenUrl(url) => {
                if surroundings::has_display() {
                    self.app.notify(opening(&url));
                    self.outside.browse(url);
                } else {
                    let what = url.clone();
                    self.copy(url, &what);
                }
            }
            Effect::ReadCall(call_id) => self.read_call(&call_id),
            Effect::StopReading => self.tracing.stop(),
            Effect::Mouse(on) => {
                if let Err(error) = screen::mouse(on) {
                    return self
                        .app
                        .warn(format!("could not switch the mouse: {error}"));
                }
                let text = if on {
                    "mouse on"
                } else {
                    "mouse off: the terminal selects text itself"
                };
                self.app.notify(text);
            }
            Effect::NextTheme => {
                self.theme = self.theme.next();
                let said = format!("theme {}; {{keep-theme}} keeps it", self.theme.name);
                self.app.notify(said);
            }
            Effect::KeepTheme => self.keep_theme(),
            // Those change the course of the loop, which has seen to them.
            Effect::Quit | Effect::Suspend | Effect::Repaint => {}
        }
    }

    fn keep_theme(&mut self) {
        let name = self.theme.name;
        let Some(path) = &self.config else {
            return self
                .app
                .warn("no home is known, so there is no config.toml to keep it in");
        };
        match config::keep_theme(path, name) {
            Ok(()) => self.app.notify(format!("theme {name} kept in config.toml")),
            Err(error) => self.app.warn(format!("theme not kept: {error:#}")),
        }
    }

    /// Returns what is read, as it is printed.
    fn in_print(&self) -> Document {
        let columns = self.app.columns();
        columns.map_or_else(|| self.app.document().clone(), Columns::in_print)
    }

    /// Sends a text to the terminal, and to tmux if it runs there.
    fn copy(&mut self, text: String, what: &str) {
        let said = match clipboard::to_terminal(&text) {
            Ok(()) => {
                let said = format!("{what}: sent to the terminal");
                self.app.notify(&*said);
                said
            }
            Err(why) => {
                let said = format!("{what}: not sent to the terminal: {why}");
                self.app.warn(&*said);
                said
            }
        };
        if surroundings::in_tmux() {
            self.outside.copy(text, said);
        }
    }

    /// Says what another program made of what it was given; what went well only while its notice stands.
    pub(super) fn learn(&mut self, outcome: Outcome) {
        let notice = self.app.notice().map(|notice| &*notice.text);
        match outcome {
            Outcome::Tmux(said, Ok(())) if notice == Some(&said) => {
                self.app.notify(format!("{said}; in the tmux buffer"));
            }
            Outcome::Browser(url, Ok(program)) if notice == Some(&opening(&url)) => {
                self.app.notify(format!("{url}: given to {program}"));
            }
            Outcome::Tmux(_, Ok(())) | Outcome::Browser(_, Ok(_)) => {}
            Outcome::Tmux(said, Err(why)) => {
                self.app
                    .warn(format!("{said}; not in the tmux buffer: {why}"));
            }
            Outcome::Browser(url, Err(why)) => {
                let what = format!("{url} (not opened: {why})");
                self.copy(url, &what);
            }
        }
    }

    /// Reads what other processes saved, and saves what could not be saved before.
    pub(super) fn reload(&mut self) {
        if !self.saver.unsaved().is_empty() {
            return self.save(None);
        }
        match self.saver.load() {
            Some(Ok(loaded)) => self.take_bookmarks(loaded),
            Some(Err(error)) => self.app.warn(format!("{error:#}")),
            None => {}
        }
    }

    fn save(&mut self, change: Option<Change>) {
        let outcome = self.saver.save(change);
        self.saved(outcome);
    }

    /// Shows how a save ended, if one has.
    pub(super) fn saved(&mut self, outcome: Option<Result<Loaded>>) {
        match outcome {
            Some(Ok(loaded)) => self.take_bookmarks(loaded),
            Some(Err(error)) => self
                .app
                .warn(format!("not saved, kept until it can be: {error:#}")),
            None => {}
        }
        self.app.take_unsaved(!self.saver.unsaved().is_empty());
    }

    fn take_bookmarks(&mut self, loaded: Loaded) {
        self.app.reloaded(loaded.bookmarks);
        if let Some(notice) = loaded.notice {
            self.app.warn(notice);
        }
    }
}

fn opening(url: &str) -> String {
    format!("opening {url}")
}
