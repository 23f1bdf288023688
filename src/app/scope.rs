//! What the list is about.

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    #[default]
    All,
    Bookmarks,
    /// The codes of the trace, where nothing is searched for.
    Traced,
}
