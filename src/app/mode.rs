//! What takes the keys.

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    Search,
    List,
    Detail,
    Compare,
    Choose,
    Outline,
    Find,
    Note,
    Help,
}

/// The pane that has the focus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    #[default]
    Search,
    List,
    Detail,
}

impl Pane {
    pub(super) fn mode(self) -> Mode {
        match self {
            Self::Search => Mode::Search,
            Self::List => Mode::List,
            Self::Detail => Mode::Detail,
        }
    }

    pub(super) fn next(self) -> Self {
        match self {
            Self::Search => Self::List,
            Self::List => Self::Detail,
            Self::Detail => Self::Search,
        }
    }

    pub(super) fn previous(self) -> Self {
        self.next().next()
    }
}
