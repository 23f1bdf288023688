//! Runs of text: what each piece is, and where it leads.

use std::borrow::Cow;

use crate::catalog::{Citation, Entry};

/// A piece of a run of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub text: Cow<'static, str>,
    pub role: Role,
    pub link: Option<Link>,
}

/// What a piece of text is, so that whoever draws it knows how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Plain,
    /// What the eye should find first: names, causes.
    Strong,
    /// What stands before a text and says which one it is: "Check:".
    Label,
    Muted,
    /// MUST, SHOULD and their kin.
    Strength,
    Citation,
    Link,
}

/// Where a piece of text leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    Entry(Entry),
    Section(Citation),
    /// A message of the call that the page is about, by its number among them from 0 on.
    Message(usize),
    /// The call of a trace to which the transaction with a number belongs.
    Call(usize),
    /// The call that the page is about, beside the one to which the transaction with a number belongs.
    Pair(usize),
    /// All calls of a trace without a final response.
    Unanswered,
}

impl Link {
    /// Returns the section that it leads to, or that defines what it leads to.
    pub fn section(self) -> Option<Citation> {
        match self {
            Self::Entry(entry) => entry.defined(),
            Self::Section(cite) => Some(cite),
            Self::Message(_) | Self::Call(_) | Self::Pair(_) | Self::Unanswered => None,
        }
    }
}

impl Span {
    pub(super) fn new(text: impl Into<Cow<'static, str>>, role: Role) -> Self {
        Self {
            text: text.into(),
            role,
            link: None,
        }
    }

    pub(crate) fn plain(text: impl Into<Cow<'static, str>>) -> Self {
        Self::new(text, Role::Plain)
    }

    /// Returns a citation that leads to its section, with a word on its errata.
    pub(super) fn cite(cite: Citation) -> Self {
        let errata = match cite.errata().as_slice() {
            [] => String::new(),
            [one] => format!(", erratum {}", one.number),
            _ => ", errata".to_owned(),
        };
        let text = format!(" [RFC {} {}{errata}]", cite.rfc(), cite.section());
        Self {
            link: Some(Link::Section(cite)),
            ..Self::new(text, Role::Citation)
        }
    }

    /// Returns a text that leads somewhere.
    pub(super) fn link(text: impl Into<Cow<'static, str>>, link: Link) -> Self {
        Self {
            link: Some(link),
            ..Self::new(text, Role::Link)
        }
    }

    /// Returns the number of a section, which leads to it.
    pub(super) fn section(cite: Citation) -> Self {
        let text = format!("RFC {} {}", cite.rfc(), cite.section());
        Self {
            link: Some(Link::Section(cite)),
            ..Self::new(text, Role::Link)
        }
    }

    /// Returns a text that leads to a message of a call.
    pub(super) fn message(text: impl Into<Cow<'static, str>>, at: usize) -> Self {
        Self {
            link: Some(Link::Message(at)),
            ..Self::new(text, Role::Link)
        }
    }

    /// Returns the title of an entry, which leads to its page.
    pub(super) fn entry(entry: impl Into<Entry>) -> Self {
        let entry = entry.into();
        Self {
            link: Some(Link::Entry(entry)),
            ..Self::new(entry.title(), Role::Link)
        }
    }
}
