//! What the explorer reads of the user's files before it starts, and what is wrong in them.

use crate::bookmarks::Bookmarks;
use crate::config::{self, Config, Paths};
use crate::keymap::Keymap;
use crate::store::{Loaded, Store};
use crate::theme::Theme;

use super::surroundings;

/// The user's choices and bookmarks. What makes no sense is left out, and is among the problems.
pub struct Settings {
    pub config: Config,
    pub keymap: Keymap,
    pub theme: &'static Theme,
    pub store: Store,
    pub bookmarks: Bookmarks,
    /// What to tell the user, each on one line.
    pub problems: Vec<String>,
}

impl Settings {
    pub fn read(paths: &Paths) -> Self {
        let (config, mut problems) = config::load(paths.config().as_deref());
        let (keymap, unknown) = Keymap::new(&config.keys);
        problems.extend(unknown);
        let theme = surroundings::theme(&config).unwrap_or_else(|error| {
            problems.push(error);
            default_theme()
        });
        let mut store = Store::new(paths.bookmarks());
        let loaded = store.load().unwrap_or_else(|error| {
            problems.push(format!("{error:#}"));
            Loaded::default()
        });
        problems.extend(loaded.notice);
        Self {
            config,
            keymap,
            theme,
            store,
            bookmarks: loaded.bookmarks,
            problems,
        }
    }
}

fn default_theme() -> &'static Theme {
    surroundings::theme(&Config::default()).expect("the build has the default themes")
}
