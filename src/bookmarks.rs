//! What the user keeps: bookmarks, and the changes of them, as values. Where they are stored is not known here.

use std::collections::BTreeMap;

use crate::catalog::{Codes, StatusCode};
use crate::text;

/// How many characters may be written into a note; one that is longer already is kept and shown.
pub const NOTE_LIMIT: usize = 64 << 10;

/// A bookmarked code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bookmark {
    /// What the user wrote, with its line ends.
    pub note: Option<String>,
    /// When it was added, in UTC as RFC 3339 writes it; unknown for one written by hand.
    pub added: Option<String>,
}

impl Bookmark {
    /// Takes in another bookmark of the same code: the first date that is known, and the notes of both.
    pub fn join(&mut self, added: Option<&str>, note: Option<&str>) {
        self.added = self.added.take().or_else(|| added.map(str::to_owned));
        self.note = match (self.note.take(), note) {
            (Some(own), Some(more)) if format!("\n{own}\n").contains(&format!("\n{more}\n")) => {
                Some(own)
            }
            (Some(own), Some(more)) => Some(format!("{own}\n{more}")),
            (own, more) => own.or_else(|| more.map(str::to_owned)),
        };
    }
}

/// The bookmarks by code.
pub type Bookmarks = BTreeMap<StatusCode, Bookmark>;

/// Something that the user did to the bookmarks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Keeps a code; one that is kept already stays as it is.
    Add(StatusCode),
    Remove(StatusCode),
    /// Keeps a code with a note, or with none.
    Note(StatusCode, Option<String>),
}

impl Change {
    /// Makes the change in memory.
    pub fn apply(&self, bookmarks: &mut Bookmarks) {
        match self {
            Self::Add(code) => {
                bookmarks.entry(*code).or_default();
            }
            Self::Remove(code) => {
                bookmarks.remove(code);
            }
            Self::Note(code, note) => bookmarks.entry(*code).or_default().note.clone_from(note),
        }
    }

    /// Returns the code that it is about.
    pub fn code(&self) -> StatusCode {
        match self {
            Self::Add(code) | Self::Remove(code) | Self::Note(code, _) => *code,
        }
    }

    /// Returns the note that is kept now and lost with the change, if the user never saw it.
    pub fn unseen_loss<'a>(&self, seen: &Bookmarks, now: &'a Bookmarks) -> Option<&'a str> {
        let (code, new) = match self {
            Self::Note(code, new) => (code, new.as_deref()),
            Self::Remove(code) => (code, None),
            Self::Add(_) => return None,
        };
        let lost = note_of(now, *code)?;
        (Some(lost) != new && Some(lost) != note_of(seen, *code)).then_some(lost)
    }

    /// Returns what to type in a shell for the same.
    pub fn command(&self) -> String {
        let command = match self {
            Self::Add(code) => format!("add {code}"),
            Self::Remove(code) => format!("remove {code}"),
            Self::Note(code, note) => {
                let note = note.as_deref().unwrap_or_default().replace('\'', r"'\''");
                format!("add {code} --note '{note}'")
            }
        };
        format!("sipdex bookmarks {command}")
    }
}

/// Returns the bookmarked codes.
pub fn codes(bookmarks: &Bookmarks) -> Codes {
    bookmarks.keys().copied().collect()
}

fn note_of(bookmarks: &Bookmarks, code: StatusCode) -> Option<&str> {
    bookmarks.get(&code)?.note.as_deref()
}

/// Returns a note as it is kept: clean, with its line ends, and `None` if nothing is left.
pub fn clean_note(note: &str) -> Option<String> {
    let note = text::clean_lines(note).trim().to_owned();
    (!note.is_empty()).then_some(note)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(code: u16) -> StatusCode {
        StatusCode::new(code).expect("a code")
    }

    #[test]
    fn a_lost_change_can_be_typed_again() {
        assert_eq!(
            Change::Remove(code(486)).command(),
            "sipdex bookmarks remove 486"
        );
        assert_eq!(Change::Add(code(486)).command(), "sipdex bookmarks add 486");
        assert_eq!(
            Change::Note(code(486), Some("it's theirs".into())).command(),
            r"sipdex bookmarks add 486 --note 'it'\''s theirs'"
        );
        assert_eq!(
            Change::Note(code(486), None).command(),
            "sipdex bookmarks add 486 --note ''"
        );
    }

    #[test]
    fn notes_are_clean_and_whole() {
        assert_eq!(clean_note("  a\u{1b}[31mb\n"), Some("ab".into()));
        assert_eq!(clean_note("a\r\n\tb\n\nc"), Some("a\n b\n\nc".into()));
        assert_eq!(clean_note(" \u{7} "), None);
        let long = "x\n".repeat(100_000) + "y";
        assert_eq!(clean_note(&long), Some(long));
    }
}
