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

/// What a column of a comparison needs.
pub(super) const COLUMN_WIDTH: usize = 36;
/// What lies between two columns.
pub(super) const GAP: u16 = 3;

impl Setting {
    pub(super) fn ink(&self, role: Role) -> Style {
        match role {
            Role::Plain => self.theme.text,
            Role::Strong => self.theme.title,
            Role::Muted => self.theme.muted,
            Role::Strength => self.theme.must,
            Role::Citation => self.theme.citation,
            Role::Link => self.theme.link,
        }
    }
}

/// Returns how wide each of so many columns is.
pub(super) fn column_width(width: usize, count: usize) -> usize {
    let count = count.max(1);
    (width.saturating_sub(usize::from(GAP) * (count - 1)) / count).max(1)
}
