//! Opens the explorer: reads the user's files, makes the state and hands both to the loop.

use std::fmt;
use std::path::Path;

use anyhow::{Result, bail};

use super::running::{Ending, Explorer, Writers, run};
use super::settings::Settings;
use super::surroundings::{has_terminal, symbols};

use crate::app::{App, Opening, Traces};
use crate::config::Paths;

/// There is nothing to draw on, or nothing to read keys from.
#[derive(Debug)]
pub struct NoTerminal;

impl fmt::Display for NoTerminal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the explorer needs a terminal, and a TERM other than dumb; without one use sipdex list, sipdex show 486, \
             sipdex compare 486 600 or sipdex search busy",
        )
    }
}

impl std::error::Error for NoTerminal {}

/// Runs the explorer from where it is to open until it ends.
pub fn open(opening: &Opening, traces: Traces, paths: &Paths, writers: Writers) -> Result<Ending> {
    let reads_stdin = traces
        .files
        .iter()
        .any(|file| file.as_path() == Path::new("-"));
    if !has_terminal(reads_stdin) {
        bail!(NoTerminal);
    }
    let Settings {
        config,
        keymap,
        theme,
        store,
        bookmarks,
        problems,
    } = Settings::read(paths);
    let mut app = App::new(bookmarks, opening, config.start, config.mouse);
    if !problems.is_empty() {
        app.warn(problems.join("; "));
    }
    run(Explorer {
        app,
        store,
        keymap,
        theme,
        symbols: symbols(config.borders),
        config: paths.config(),
        writers,
        traces,
    })
}
