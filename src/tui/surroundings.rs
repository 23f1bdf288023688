//! What the environment says about the terminal, without asking the terminal anything.

#[cfg(unix)]
use std::fs::File;
use std::io::{self, IsTerminal};

use ratatui::layout::Size;

use crate::choices::Borders;
use crate::config::Config;
use crate::theme::{AUTO, DEFAULT, LIGHT, MONO, Theme};
use crate::view::{ASCII, Symbols, UNICODE};

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Returns the terminal that keys come from: standard input, or the one that the process has where that is something
/// else, such as a trace.
#[cfg(unix)]
pub(super) fn keyboard() -> io::Result<File> {
    use std::os::fd::AsFd;
    let stdin = io::stdin();
    if stdin.is_terminal() {
        return Ok(stdin.as_fd().try_clone_to_owned()?.into());
    }
    File::open("/dev/tty")
}

/// Returns whether there is a terminal to draw on and to read keys from, which standard input need not be where it is a
/// trace.
pub(super) fn has_terminal(reads_stdin: bool) -> bool {
    (io::stdin().is_terminal() || reads_stdin && has_keyboard())
        && io::stdout().is_terminal()
        && variable("TERM").is_some_and(|term| term != "dumb")
}

#[cfg(unix)]
fn has_keyboard() -> bool {
    keyboard().is_ok()
}

#[cfg(not(unix))]
fn has_keyboard() -> bool {
    false
}

/// The widest and highest that is drawn; what tells more is wrong, and would need gigabytes.
const LARGEST: u16 = 1000;

/// Returns the size of the terminal; where it tells none, as a serial line, that of COLUMNS and LINES or
/// else the usual one.
pub(super) fn size() -> Size {
    let (width, height) = told_size().unwrap_or_default();
    let known = |told: u16, name: &str, usual: u16| {
        let named = || variable(name)?.parse().ok();
        let told = Some(told).filter(|told| *told > 0);
        told.or_else(|| named().filter(|named| (1..=LARGEST).contains(named)))
            .unwrap_or(usual)
            .min(LARGEST)
    };
    Size::new(known(width, "COLUMNS", 80), known(height, "LINES", 24))
}

#[cfg(unix)]
fn told_size() -> Option<(u16, u16)> {
    let size = rustix::termios::tcgetwinsize(io::stdout()).ok()?;
    Some((size.ws_col, size.ws_row))
}

#[cfg(not(unix))]
fn told_size() -> Option<(u16, u16)> {
    crossterm::terminal::size().ok()
}

/// Returns whether tmux is around us.
pub(super) fn in_tmux() -> bool {
    variable("TMUX").is_some()
}

/// What takes a text for the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clipboard {
    None,
    Terminal,
    /// GNU screen prints what it does not understand, and passes on what is wrapped for it.
    Screen,
}

pub(super) fn clipboard() -> Clipboard {
    let term = variable("TERM").unwrap_or_default();
    clipboard_of(&term, variable("STY").is_some(), in_tmux())
}

/// Elsewhere than in `STY`, which does not come along with ssh, screen is known by its `TERM`; tmux says
/// `screen-256color` where it says so at all.
fn clipboard_of(term: &str, sty: bool, in_tmux: bool) -> Clipboard {
    let named = |name| term.split(['.', '-']).any(|part| part == name);
    if ["linux", "dumb", "ansi", "pcansi", "cons25"]
        .into_iter()
        .any(named)
        || is_video_terminal(term)
    {
        Clipboard::None
    } else if sty || (!in_tmux && (term == "screen" || term.starts_with("screen."))) {
        Clipboard::Screen
    } else {
        Clipboard::Terminal
    }
}

/// Returns whether a terminal calls itself one of the VT series, which had neither colours nor a clipboard;
/// serial lines are often set so.
fn is_video_terminal(term: &str) -> bool {
    term.strip_prefix("vt")
        .is_some_and(|number| number.starts_with(|first: char| first.is_ascii_digit()))
}

fn has_colours(term: &str) -> bool {
    let mono = [MONO, "m"].map(|mono| term.ends_with(&format!("-{mono}")));
    !is_video_terminal(term) && mono == [false; 2]
}

/// Returns whether a browser has somewhere to open.
pub(super) fn has_display() -> bool {
    let on_desktop =
        cfg!(any(windows, target_os = "macos")) && variable("SSH_CONNECTION").is_none();
    on_desktop || variable("DISPLAY").is_some() || variable("WAYLAND_DISPLAY").is_some()
}

/// Returns the theme that the configuration names; without one, or for `auto`, the one without colour where `NO_COLOR`
/// asks for that or `TERM` has none, the light one where the terminal says that it is light, or else the default.
pub(super) fn theme(config: &Config) -> Result<&'static Theme, String> {
    let coloured = variable("TERM").is_none_or(|term| has_colours(&term));
    let background = variable("COLORFGBG");
    let fallback = if variable("NO_COLOR").is_some() || !coloured {
        MONO
    } else if background.is_some_and(|colours| is_light(&colours)) {
        LIGHT
    } else {
        DEFAULT
    };
    let chosen = config.theme.as_deref();
    let name = chosen.filter(|name| !name.eq_ignore_ascii_case(AUTO));
    let name = name.unwrap_or(fallback);
    Theme::named(&name.to_lowercase()).ok_or_else(|| {
        let known: Vec<_> = crate::theme::THEMES
            .iter()
            .map(|theme| theme.name)
            .collect();
        format!(
            "no theme {}; the themes are {AUTO}, {}",
            crate::text::quoted(name),
            known.join(", ")
        )
    })
}

/// Returns whether a terminal has a light background, by its colours as rxvt, Konsole and others tell them: those of text
/// and background, as `15;0` or `0;default;15`. What is none of the sixteen says nothing.
fn is_light(colours: &str) -> bool {
    let background = colours
        .rsplit(';')
        .next()
        .and_then(|last| last.parse().ok());
    matches!(background, Some(7u8 | 9..=15))
}

/// Returns the characters of borders and marks that the terminal can show.
pub(super) fn symbols(borders: Borders) -> &'static Symbols {
    let unicode = match borders {
        Borders::Unicode => true,
        Borders::Ascii => false,
        Borders::Auto => {
            let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
                .into_iter()
                .find_map(variable);
            shows_unicode(locale.as_deref(), variable("TERM").as_deref())
        }
    };
    if unicode { &UNICODE } else { &ASCII }
}

fn shows_unicode(locale: Option<&str>, term: Option<&str>) -> bool {
    let locale = locale.unwrap_or_default().to_ascii_lowercase();
    (cfg!(windows) || locale.contains("utf-8") || locale.contains("utf8")) && term != Some("linux")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn ascii_where_the_locale_or_the_console_has_no_more() {
        assert!(shows_unicode(Some("en_GB.UTF-8"), Some("xterm-256color")));
        assert!(shows_unicode(Some("C.utf8"), None));
        assert!(!shows_unicode(Some("C"), Some("xterm")));
        assert!(!shows_unicode(None, Some("xterm")));
        assert!(!shows_unicode(Some("C.UTF-8"), Some("linux")));
    }

    #[test]
    fn light_where_the_terminal_says_so() {
        for (colours, light) in [
            ("0;15", true),
            ("0;default;15", true),
            ("12;7", true),
            ("15;0", false),
            ("7;8", false),
            ("15;default", false),
            ("15;231", false),
            ("", false),
        ] {
            assert_eq!(is_light(colours), light, "{colours}");
        }
    }

    #[test]
    fn colours_where_the_terminal_has_some() {
        for term in ["xterm", "linux", "screen", "ansi", "vte-256color", "rxvt"] {
            assert!(has_colours(term), "{term}");
        }
        for term in ["vt100", "vt220-8bit", "xterm-mono", "linux-m"] {
            assert!(!has_colours(term), "{term}");
        }
    }

    #[test]
    fn a_text_goes_to_what_takes_it() {
        use Clipboard::{None, Screen, Terminal};
        for (term, sty, in_tmux, expected) in [
            ("xterm-256color", false, false, Terminal),
            ("tmux-256color", false, true, Terminal),
            ("screen", false, true, Terminal),
            ("screen-256color", false, false, Terminal),
            ("screen", false, false, Screen),
            ("screen.xterm-256color", false, false, Screen),
            ("xterm-256color", true, false, Screen),
            ("tmux-256color", true, true, Screen),
            ("linux", false, false, None),
            ("screen.linux", true, false, None),
            ("vt220", false, false, None),
        ] {
            let found = clipboard_of(term, sty, in_tmux);
            assert_eq!(found, expected, "{term}, {sty}, {in_tmux}");
        }
    }
}
