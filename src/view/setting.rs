//! How a page is laid out: what its lines depend on besides what it says.

use ratatui::style::Style;

use super::symbols::Symbols;
use crate::document::Role;
use crate::theme::Theme;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Setting {
    pub(super) theme: &'static Theme,
    pub(super) symbols: &'static Symbols,
    pub(super) width: usize,
    /// The number of the selected link.
    pub(super) link: Option<usize>,
    /// Which columns of a comparison are shown: the first, and how many.
    pub(super) columns: (usize, usize),
}

impl Setting {
    pub(super) fn ink(&self, role: Role) -> Style {
        match role {
            Role::Plain => self.theme.text,
            Role::Strong => self.theme.title,
            Role::Label => self.theme.key,
            Role::Muted => self.theme.muted,
            Role::Strength => self.theme.must,
            Role::Citation => self.theme.citation,
            Role::Link => self.theme.link,
        }
    }
}
