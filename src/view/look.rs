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

pub(super) fn class_style(class: Class, theme: &Theme) -> Style {
    match class {
        Class::Provisional => theme.provisional,
        Class::Success => theme.success,
        Class::Redirection => theme.redirection,
        Class::RequestFailure => theme.request_failure,
        Class::ServerFailure => theme.server_failure,
        Class::GlobalFailure => theme.global_failure,
    }
}
