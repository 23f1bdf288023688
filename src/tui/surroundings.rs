//! What the environment says about the terminal, without asking the terminal anything.

use std::io::{self, IsTerminal};

use crate::config::{Borders, Config};
use crate::theme::{DEFAULT, MONO, Theme};
use crate::view::{ASCII, Symbols, UNICODE};

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Returns whether there is a terminal to draw on and to read keys from.
pub fn has_terminal() -> bool {
    io::stdin().is_terminal()
        && io::stdout().is_terminal()
        && variable("TERM").is_some_and(|term| term != "dumb")
}

/// Returns whether a browser has somewhere to open.
pub(super) fn has_display() -> bool {
    let on_desktop =
        cfg!(any(windows, target_os = "macos")) && variable("SSH_CONNECTION").is_none();
    on_desktop || variable("DISPLAY").is_some() || variable("WAYLAND_DISPLAY").is_some()
}

/// Returns the theme that the configuration names; without one the default, or no colour where
/// `NO_COLOR` asks for that.
pub fn theme(config: &Config) -> Result<&'static Theme, String> {
    let fallback = if variable("NO_COLOR").is_some() {
        MONO
    } else {
        DEFAULT
    };
    let name = config.theme.as_deref().unwrap_or(fallback);
    Theme::named(&name.to_lowercase()).ok_or_else(|| {
        let known: Vec<_> = crate::theme::THEMES
            .iter()
            .map(|theme| theme.name)
            .collect();
        format!(
            "no theme {}; the themes are {}",
            crate::text::quoted(name),
            known.join(", ")
        )
    })
}

/// Returns the characters of borders and marks that the terminal can show.
pub fn symbols(borders: Borders) -> &'static Symbols {
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
}
