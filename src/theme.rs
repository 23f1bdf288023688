//! A style for each role on the screen. Themes are files in `assets/themes`; the build checks them.

mod roles;

use ratatui::style::{Color, Modifier, Style};

pub(crate) use roles::each_role;

macro_rules! theme {
    ($($(#[$says:meta])* $role:ident)*) => {
        /// What each thing on the screen looks like.
        #[derive(Debug, PartialEq)]
        pub struct Theme {
            pub name: &'static str,
            $($(#[$says])* pub $role: Style,)*
        }

        impl Theme {
            /// Returns the style of each role, by its name.
            pub fn styles(&self) -> impl ExactSizeIterator<Item = (&'static str, Style)> {
                [$((stringify!($role), self.$role)),*].into_iter()
            }
        }
    };
}

each_role!(theme);

include!(concat!(env!("OUT_DIR"), "/themes.rs"));

/// The theme of a terminal that nobody configured.
pub const DEFAULT: &str = "dark";
/// What lets the surroundings choose a theme.
pub const AUTO: &str = "auto";
/// The theme of a terminal that says that it is light.
pub const LIGHT: &str = "light";
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
        assert!(Theme::named(LIGHT).is_some());
        assert!(Theme::named(AUTO).is_none());
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
