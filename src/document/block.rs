//! What a page is made of, block by block.

use std::borrow::Cow;

use super::span::{Link, Role, Span};
use crate::catalog::{Citation, Step};

#[derive(Clone, Debug)]
pub enum Block {
    Heading(Cow<'static, str>),
    Paragraph(Vec<Span>),
    Item {
        marker: Marker,
        text: Vec<Span>,
    },
    /// What belongs to the item before it.
    Detail(Vec<Span>),
    /// A row of the table that belongs to the item before it.
    Entry {
        /// What the row is about. Where that is the same as in the row before, a table may leave it out.
        label: Vec<Span>,
        text: Vec<Span>,
        /// Which row of its section it is in the reference, if it is one.
        item: Option<usize>,
    },
    Ladder(Vec<Arrow>),
    /// A message in wire form.
    Message(Cow<'static, str>),
    /// One fact of each column. Rows that differ say so by a sign.
    Row {
        name: Cow<'static, str>,
        values: Vec<Cow<'static, str>>,
        differs: bool,
    },
    /// Blocks side by side, one list for each column.
    Columns(Vec<Vec<Block>>),
    /// A numbered difference between the columns.
    Difference {
        number: usize,
        topic: Span,
        clauses: Vec<Clause>,
    },
}

/// What a difference says of some of the columns.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Of which columns, by their numbers.
    pub columns: Vec<usize>,
    pub text: Vec<Span>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    Bullet,
    Number(usize),
}

/// A message on its way from one participant of a call flow to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrow {
    pub from: Cow<'static, str>,
    pub to: Cow<'static, str>,
    pub message: Cow<'static, str>,
    /// Whether it is what the page is about.
    pub marked: bool,
    /// What stands before it: its number in a trace, and when it was.
    pub before: Cow<'static, str>,
    pub link: Option<Link>,
}

impl Arrow {
    /// Returns the message with what stands before it.
    pub fn numbered(&self) -> String {
        let before = if self.before.is_empty() { "" } else { "  " };
        format!(
            "{}{before}{} -> {}: {}",
            self.before, self.from, self.to, self.message
        )
    }
}

impl From<&'static Step> for Arrow {
    fn from(step: &'static Step) -> Self {
        Self {
            from: step.from.into(),
            to: step.to.into(),
            message: step.message.into(),
            marked: step.marked,
            before: Cow::Borrowed(""),
            link: None,
        }
    }
}

impl Block {
    /// Hands over each of its links, in the order of reading.
    pub fn each_link(&self, to: &mut impl FnMut(Link)) {
        match self {
            Self::Ladder(arrows) => arrows.iter().filter_map(|arrow| arrow.link).for_each(to),
            Self::Columns(columns) => {
                let blocks = columns.iter().flatten();
                blocks.for_each(|block| block.each_link(to));
            }
            block => block.each_span(&mut |span: &Span| span.link.into_iter().for_each(&mut *to)),
        }
    }

    /// Hands over each piece of its text, in the order of reading.
    pub fn each_span<'a>(&'a self, to: &mut impl FnMut(&'a Span)) {
        match self {
            Self::Paragraph(text) | Self::Item { text, .. } | Self::Detail(text) => {
                text.iter().for_each(to);
            }
            Self::Entry { label, text, .. } => label.iter().chain(text).for_each(to),
            Self::Columns(columns) => {
                let blocks = columns.iter().flatten();
                blocks.for_each(|block| block.each_span(to));
            }
            Self::Difference { topic, clauses, .. } => {
                let texts = clauses.iter().flat_map(|clause| &clause.text);
                [topic].into_iter().chain(texts).for_each(to);
            }
            Self::Heading(_) | Self::Ladder(_) | Self::Message(_) | Self::Row { .. } => {}
        }
    }

    pub(super) fn heading(text: impl Into<Cow<'static, str>>) -> Self {
        Self::Heading(text.into())
    }

    pub(super) fn paragraph(text: impl Into<Cow<'static, str>>) -> Self {
        Self::Paragraph(vec![Span::plain(text)])
    }

    pub(super) fn bullet(text: Vec<Span>) -> Self {
        Self::Item {
            marker: Marker::Bullet,
            text,
        }
    }

    /// Returns an item that is text alone.
    pub(super) fn item(text: impl Into<Cow<'static, str>>) -> Self {
        Self::bullet(vec![Span::plain(text)])
    }

    /// Returns an item with the section that says so.
    pub(super) fn cited(text: impl Into<Cow<'static, str>>, cite: Citation) -> Self {
        Self::bullet(vec![Span::plain(text), Span::cite(cite)])
    }

    /// Returns the item of a list that is numbered from 1 on, by its place in it.
    pub(super) fn numbered(place: usize, text: Vec<Span>) -> Self {
        Self::Item {
            marker: Marker::Number(place + 1),
            text,
        }
    }

    /// Returns what belongs to an item, after a label such as "Check:".
    pub(super) fn labelled(
        label: impl Into<Cow<'static, str>>,
        text: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::Detail(vec![
            Span::new(label, Role::Label),
            Span::plain(" "),
            Span::plain(text),
        ])
    }

    /// Returns the errata of sections, each once.
    pub(super) fn errata(cites: &[Citation]) -> Vec<Self> {
        let first = |(place, cite): (usize, _)| (!cites[..place].contains(cite)).then_some(*cite);
        let once = cites.iter().enumerate().filter_map(first);
        once.flat_map(|cite| {
            cite.errata().iter().map(move |erratum| {
                let (number, status) = (erratum.number, erratum.status.as_str());
                let text = format!(", erratum {number} ({status}): {}", erratum.says);
                Self::bullet(vec![Span::section(cite), Span::plain(text)])
            })
        })
        .collect()
    }

    /// Returns a section to read: its number, its title, and where it is.
    pub(super) fn reference(cite: Citation) -> Self {
        let title = format!("  {}", cite.title());
        Self::bullet(vec![Span::section(cite), Span::plain(title)])
    }
}
