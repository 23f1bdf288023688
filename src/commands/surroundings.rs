//! What standard output is, and what the environment says of it.

use std::ffi::OsString;
use std::io::{self, IsTerminal};

use crate::cli::Color;
use crate::output::Paint;
use crate::text::width;

/// A terminal on standard output.
#[derive(Clone, Copy)]
pub(super) struct Terminal {
    /// How wide it is, if it tells.
    pub(super) columns: Option<usize>,
    pub(super) rows: usize,
}

impl Terminal {
    /// How high a terminal is that does not tell.
    const ROWS: usize = 24;

    /// Returns the terminal that standard output is, if it is one.
    pub(super) fn of_stdout() -> Option<Self> {
        let stdout = io::stdout();
        stdout.is_terminal().then(|| {
            let (columns, rows) = told_size();
            // A serial line tells no size.
            let known = |told: u16, name: &str| {
                let named = || variable(name)?.to_str()?.parse().ok();
                let told = Some(usize::from(told)).filter(|told| *told > 0);
                told.or_else(named)
            };
            Self {
                columns: known(columns, "COLUMNS"),
                rows: known(rows, "LINES").unwrap_or(Self::ROWS),
            }
        })
    }

    /// Returns whether a text without styles needs more rows than it has, with one for the prompt.
    pub(super) fn is_shorter_than(&self, text: &str) -> bool {
        let rows = text.lines().map(|line| match self.columns {
            Some(columns) => width(line).div_ceil(columns).max(1),
            None => 1,
        });
        rows.sum::<usize>() >= self.rows
    }
}

#[cfg(unix)]
fn told_size() -> (u16, u16) {
    let size = rustix::termios::tcgetwinsize(io::stdout());
    size.map_or((0, 0), |size| (size.ws_col, size.ws_row))
}

#[cfg(not(unix))]
fn told_size() -> (u16, u16) {
    (0, 0)
}

/// Returns a variable of the environment; one that is empty is there all the same.
pub(super) fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

/// Returns whether the terminal can do nothing but print.
pub(super) fn is_dumb(variable: impl Fn(&str) -> Option<OsString>) -> bool {
    variable("TERM").is_none_or(|term| term.is_empty() || term == "dumb")
}

/// Returns whether plain text has styles: what is asked for, or else what the environment allows.
pub(super) fn paint(
    color: Color,
    on_terminal: bool,
    variable: impl Fn(&str) -> Option<OsString>,
) -> Paint {
    let is_set = |name| variable(name).is_some_and(|value| !value.is_empty());
    let is_zero = |name| variable(name).is_some_and(|value| value == "0");
    let styled = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if is_set("NO_COLOR") => false,
        Color::Auto if is_set("CLICOLOR_FORCE") && !is_zero("CLICOLOR_FORCE") => true,
        Color::Auto => on_terminal && !is_zero("CLICOLOR") && !is_dumb(variable),
    };
    if styled { Paint::Styled } else { Paint::Bare }
}

/// Terminals that take links, by the beginning of `TERM`.
const TERMS: [&str; 6] = [
    "alacritty",
    "contour",
    "foot",
    "wezterm",
    "xterm-ghostty",
    "xterm-kitty",
];
/// The same, by `TERM_PROGRAM`, which does not come along with ssh.
const PROGRAMS: [&str; 6] = ["Hyper", "WezTerm", "ghostty", "iTerm.app", "rio", "vscode"];
/// From this version on VTE shows them; the one before could fall over them.
const VTE: u32 = 5001;
const KONSOLE: u32 = 201_200;
/// tmux passes them on where the terminal around it takes them.
const TMUX: (u32, u32) = (3, 4);

/// Returns whether the terminal is known to take links (OSC 8); others might print them.
pub(super) fn takes_links(variable: impl Fn(&str) -> Option<OsString>) -> bool {
    let text = |name| {
        let value = variable(name)?.into_string().ok()?;
        (!value.is_empty()).then_some(value)
    };
    let term = text("TERM").unwrap_or_default();
    let program = text("TERM_PROGRAM").unwrap_or_default();
    let since = |name, first: u32| {
        let version = text(name).and_then(|version| version.parse::<u32>().ok());
        version.is_some_and(|version| version >= first)
    };
    if is_dumb(&variable) || text("STY").is_some() {
        return false;
    }
    // What stands around tmux or screen has left its variables there too.
    if program == "tmux" || text("TMUX").is_some() {
        let version = text("TERM_PROGRAM_VERSION").unwrap_or_default();
        return program == "tmux" && numbers(&version).is_some_and(|version| version >= TMUX);
    }
    if ["screen", "tmux", "linux"]
        .iter()
        .any(|name| term.starts_with(name))
    {
        return false;
    }
    let is_kind = |name: &&str| {
        let rest = term.strip_prefix(*name);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    TERMS.iter().any(is_kind)
        || PROGRAMS.contains(&&*program)
        || text("COLORTERM").is_some_and(|name| name == "xfce4-terminal")
        || since("VTE_VERSION", VTE)
        || since("KONSOLE_VERSION", KONSOLE)
        || ["KITTY_WINDOW_ID", "WT_SESSION"]
            .into_iter()
            .any(|name| text(name).is_some())
}

/// Returns the first two numbers of a version, such as 3.4 or 3.5a.
fn numbers(version: &str) -> Option<(u32, u32)> {
    let (first, rest) = version.split_once('.')?;
    let letter = |letter: char| !letter.is_ascii_digit();
    let second = rest.split(letter).next().unwrap_or_default();
    Some((first.parse().ok()?, second.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns an environment of words such as `TERM=dumb`.
    fn environment(words: &'static str) -> impl Fn(&str) -> Option<OsString> {
        |name| {
            let mut set = words.split(' ').filter_map(|word| word.split_once('='));
            set.find(|(set, _)| *set == name)
                .map(|(_, value)| value.into())
        }
    }

    #[test]
    fn what_is_asked_for_beats_the_environment_and_no_color_beats_the_rest() {
        use Color::{Always, Auto, Never};
        for (color, on_terminal, set, styled) in [
            (Auto, true, "TERM=xterm", true),
            (Auto, true, "TERM=xterm NO_COLOR=", true),
            (Auto, true, "TERM=xterm NO_COLOR=0", false),
            (Auto, true, "TERM=xterm CLICOLOR=0", false),
            (Auto, true, "TERM=xterm CLICOLOR=1", true),
            (Auto, true, "TERM=dumb", false),
            (Auto, true, "LANG=C", false),
            (Auto, false, "TERM=xterm CLICOLOR=1", false),
            (Auto, false, "CLICOLOR_FORCE=1", true),
            (Auto, false, "CLICOLOR_FORCE=0", false),
            (Auto, false, "CLICOLOR_FORCE=", false),
            (Auto, false, "CLICOLOR_FORCE=1 NO_COLOR=1", false),
            (Auto, false, "CLICOLOR_FORCE=1 CLICOLOR=0", true),
            (Auto, true, "TERM=dumb CLICOLOR_FORCE=1", true),
            (Always, false, "NO_COLOR=1 TERM=dumb", true),
            (Never, true, "TERM=xterm CLICOLOR_FORCE=1", false),
        ] {
            let painted = paint(color, on_terminal, environment(set)) == Paint::Styled;
            assert_eq!(painted, styled, "{color:?}, {on_terminal}, {set}");
        }
    }

    #[test]
    fn links_go_only_where_they_are_known_to_be_taken() {
        for set in [
            "TERM=xterm-kitty",
            "TERM=alacritty",
            "TERM=foot-extra",
            "TERM=xterm-256color TERM_PROGRAM=WezTerm",
            "TERM=xterm-256color VTE_VERSION=7600",
            "TERM=xterm-256color COLORTERM=xfce4-terminal",
            "TERM=xterm-256color WT_SESSION=1-2",
            "TERM=xterm-256color KITTY_WINDOW_ID=1",
            "TERM=xterm-256color KONSOLE_VERSION=220401",
            "TERM=tmux-256color TMUX=a TERM_PROGRAM=tmux TERM_PROGRAM_VERSION=3.5a",
        ] {
            assert!(takes_links(environment(set)), "{set}");
        }
        for set in [
            "VTE_VERSION=7600",
            "TERM=dumb VTE_VERSION=7600",
            "TERM=xterm-256color COLORTERM=truecolor",
            "TERM=xterm-256color VTE_VERSION=5000",
            "TERM=xterm-256color TERM_PROGRAM=Apple_Terminal",
            "TERM=xterm-256color VTE_VERSION=old",
            "TERM=footage",
            "TERM=linux KITTY_WINDOW_ID=1",
            "TERM=screen-256color VTE_VERSION=7600",
            "TERM=xterm-kitty STY=1.pts",
            "TERM=tmux-256color TMUX=a VTE_VERSION=7600",
            "TERM=tmux-256color TMUX=a TERM_PROGRAM=tmux TERM_PROGRAM_VERSION=3.3a",
            "TERM=tmux-256color TERM_PROGRAM=tmux TERM_PROGRAM_VERSION=next-3.6",
        ] {
            assert!(!takes_links(environment(set)), "{set}");
        }
    }
}
