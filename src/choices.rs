//! What the user can choose, as values. Which file says it is not known here.

/// Which characters draw borders and marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Borders {
    /// Unicode, or ASCII where the locale or the terminal cannot show it.
    #[default]
    Auto,
    Unicode,
    Ascii,
}

impl Borders {
    /// Every one by the name that the user gives it.
    pub const NAMED: [(&str, Self); 3] = [
        ("auto", Self::Auto),
        ("unicode", Self::Unicode),
        ("ascii", Self::Ascii),
    ];
}

/// Where the cursor is at the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Start {
    #[default]
    Search,
    List,
    Detail,
}

impl Start {
    /// Every one by the name that the user gives it.
    pub const NAMED: [(&str, Self); 3] = [
        ("search", Self::Search),
        ("list", Self::List),
        ("detail", Self::Detail),
    ];
}

/// What the user wants to press for a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keys {
    One(String),
    Several(Vec<String>),
}

impl Keys {
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        match self {
            Self::One(key) => std::slice::from_ref(key),
            Self::Several(keys) => keys,
        }
        .iter()
        .map(String::as_str)
    }
}
