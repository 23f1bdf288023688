//! What the list is about.

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    #[default]
    All,
    Bookmarks,
}

impl Scope {
    pub(super) fn other(self) -> Self {
        match self {
            Self::All => Self::Bookmarks,
            Self::Bookmarks => Self::All,
        }
    }
}
