//! How everything looks: styles, characters, and the names of keys.

use ratatui::style::Style;

use super::symbols::Symbols;
use crate::catalog::Class;
use crate::keymap::Keymap;
use crate::theme::Theme;

/// How everything looks.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    pub theme: &'static Theme,
    pub symbols: &'static Symbols,
    pub keymap: &'a Keymap,
}

impl Look<'_> {
    pub(super) fn class(&self, class: Class) -> Style {
        match class {
            Class::Provisional => self.theme.provisional,
            Class::Success => self.theme.success,
            Class::Redirection => self.theme.redirection,
            Class::RequestFailure => self.theme.request_failure,
            Class::ServerFailure => self.theme.server_failure,
            Class::GlobalFailure => self.theme.global_failure,
        }
    }
}
