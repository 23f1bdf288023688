//! A style for each role on the screen. Themes are files in `assets/themes`; the build checks them.

use ratatui::style::{Color, Modifier, Style};

/// What each thing on the screen looks like.
#[derive(Debug, PartialEq)]
pub struct Theme {
    pub name: &'static str,
    pub text: Style,
    pub muted: Style,
    pub border: Style,
    pub border_focused: Style,
    pub title: Style,
    pub heading: Style,
    pub selected: Style,
    pub selected_unfocused: Style,
    pub matched: Style,
    pub marked: Style,
    pub star: Style,
    pub provisional: Style,
    pub success: Style,
    pub redirection: Style,
    pub request_failure: Style,
    pub server_failure: Style,
    pub global_failure: Style,
    pub must: Style,
    pub citation: Style,
    pub link: Style,
    pub link_selected: Style,
    pub message: Style,
    pub differs: Style,
    pub key: Style,
    pub prompt: Style,
    pub notice: Style,
    pub error: Style,
}

include!(concat!(env!("OUT_DIR"), "/themes.rs"));

/// The theme of a terminal that nobody configured.
pub const DEFAULT: &str = "dark";
/// The theme that has no colour.
pub const MONO: &str = "mono";

impl Theme {
    pub fn named(name: &str) -> Option<&'static Self> {
        THEMES.iter().find(|theme| theme.name == name)
    }

    /// Returns the theme after this one, the first after the last.
    pub fn next(&self) -> &'static Self {
        let index = THEMES
            .iter()
            .position(|theme| theme.name == self.name)
            .unwrap_or_default();
        &THEMES[(index + 1) % THEMES.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn styles(theme: &Theme) -> [Style; 3] {
        [theme.selected, theme.matched, theme.selected_unfocused]
    }

    #[test]
    fn the_default_and_the_mono_theme_exist() {
        assert!(Theme::named(DEFAULT).is_some());
        assert!(Theme::named(MONO).is_some());
    }

    #[test]
    fn every_theme_shows_the_selection_without_colour_alone() {
        for theme in &THEMES {
            for style in styles(theme) {
                let by_attribute = !style.add_modifier.is_empty();
                assert!(by_attribute || style.bg.is_some(), "{}", theme.name);
            }
        }
    }

    #[test]
    fn mono_names_no_colour() {
        let mono = Theme::named(MONO).expect("the mono theme");
        assert!(!format!("{mono:?}").contains("Some("));
    }
}
