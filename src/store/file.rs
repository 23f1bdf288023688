//! The form of the bookmark file: parts that are kept byte for byte, among them the entries.

use std::collections::BTreeMap;

use super::entry::Entry;
use super::head::VERSION;
use super::parts::{self, Opening, Part};
use crate::bookmarks::{Bookmarks, Change};
use crate::catalog::StatusCode;

const HEAD: &str = "# Written by sipdex, which keeps comments and what it does not know.\n";

/// The file as it is written.
#[derive(Debug)]
pub(super) struct Contents {
    pub(super) version: i64,
    /// Whether the version still has to be written.
    pub(super) lacks_version: bool,
    pub(super) lead: &'static str,
    pub(super) line_end: &'static str,
    pub(super) kept: Vec<Kept>,
    /// How many entries there are, those that cannot be read among them.
    pub(super) entries: usize,
    /// What is wrong, each with its line.
    pub(super) problems: Vec<String>,
    pub(super) merged: Option<usize>,
}

/// A part of the file.
#[derive(Debug)]
pub(super) enum Kept {
    Entry(Entry),
    /// What is wrong or not known: nothing of it is changed.
    Other(String),
}

/// The entries that were taken away, by code.
pub(super) type Removed = BTreeMap<StatusCode, Entry>;

/// What an import did.
#[derive(Debug, Default)]
pub struct Imported {
    pub codes: usize,
    /// The codes that keep the note that they have, which is another.
    pub own_notes: Vec<StatusCode>,
    /// The entries that were left out, each with its line and the reason.
    pub left_out: Vec<String>,
}

impl Default for Contents {
    fn default() -> Self {
        Self {
            version: VERSION,
            lacks_version: false,
            lead: "",
            line_end: "\n",
            kept: vec![Kept::Other(format!("{HEAD}version = {VERSION}\n"))],
            entries: 0,
            problems: Vec::new(),
            merged: None,
        }
    }
}

impl Contents {
    pub(super) fn is_newer(&self) -> bool {
        self.version > VERSION
    }

    /// Returns the text of the file.
    pub(super) fn text(&self) -> String {
        let version = match self.kept.first() {
            _ if !self.lacks_version || self.merged.is_some() => String::new(),
            Some(Kept::Other(head)) if Part::first(head).opening == Opening::Fields => {
                format!("version = {VERSION}{}", self.line_end)
            }
            _ => format!("version = {VERSION}{0}{0}", self.line_end),
        };
        let kept = self.kept.iter().map(Kept::text);
        [self.lead, &version].into_iter().chain(kept).collect()
    }

    /// Returns the bookmarks. Entries of the same code are one, with the notes of all.
    pub(super) fn bookmarks(&self) -> Bookmarks {
        let mut bookmarks = Bookmarks::new();
        for entry in self.entries() {
            let bookmark = bookmarks.entry(entry.code).or_default();
            bookmark.join(entry.added.as_deref(), entry.note.as_deref());
        }
        bookmarks
    }

    /// Says what the user should know of the file: what is wrong in it, or stands in it more than once.
    pub(super) fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        if let Some(problems) = some_of(&self.problems) {
            remarks.push(format!("{problems}; left as it is, and not shown"));
        }
        if let Some(line) = self.merged {
            remarks.push(format!(
                "line {line}: marks of a merge; both sides are read"
            ));
        }
        let codes: Vec<StatusCode> = self.entries().map(|entry| entry.code).collect();
        let mut twice = Vec::new();
        for (index, code) in codes.iter().enumerate() {
            if codes[..index].contains(code)
                && let Err(place) = twice.binary_search(code)
            {
                twice.insert(place, *code);
            }
        }
        let twice: Vec<String> = twice.iter().map(ToString::to_string).collect();
        if let Some(twice) = some_of(&twice) {
            remarks.push(format!(
                "{twice}: more than one entry, shown as one with all notes"
            ));
        }
        remarks
    }

    /// Makes a change. What is taken away goes to the removed, and comes back from there with its date and its
    /// fields; its note only if the change brings it.
    pub(super) fn apply(&mut self, change: &Change, now: &str, removed: &mut Removed) {
        if !matches!(change, Change::Remove(_))
            && !self.entries().any(|entry| entry.code == change.code())
            && let Some(mut entry) = removed.remove(&change.code())
        {
            if let Change::Add(_) = change {
                entry.set_note(None);
            }
            self.insert(entry);
        }
        match change {
            Change::Add(code) => {
                self.entry(*code, now);
            }
            Change::Remove(code) => {
                let entry = self.entries_of(*code).last();
                removed.extend(entry.map(|entry| (*code, entry.without_comments())));
                self.remove(*code);
            }
            Change::Note(code, note) => {
                let kept = self.bookmarks();
                if kept.get(code).is_some_and(|kept| kept.note == *note) {
                    return;
                }
                for entry in self.entries_of(*code) {
                    entry.set_note(None);
                }
                self.entry(*code, now).set_note(note.clone());
            }
        }
    }

    /// Takes the entries of another file. A note that is there already stays.
    pub(super) fn import(&mut self, other: Self, now: &str) -> Imported {
        let bookmarks = other.bookmarks();
        let mut imported = Imported {
            codes: bookmarks.len(),
            ..Imported::default()
        };
        // Where nothing is kept yet, the other is the file.
        let text = self.text();
        if text.trim().is_empty() || text == Self::default().text() {
            *self = other;
            return imported;
        }
        imported.left_out.clone_from(&other.problems);
        let own = self.bookmarks();
        for (code, bookmark) in &bookmarks {
            let Some(kept) = own.get(code) else {
                let mut entry = other.entries().find(|entry| entry.code == *code).cloned();
                if let Some(entry) = &mut entry {
                    entry.make_one_alone();
                    entry.set_note(bookmark.note.clone());
                    self.insert(entry.clone());
                }
                continue;
            };
            let entry = self.entry(*code, now);
            if bookmark.added.is_some() {
                entry.set_added(bookmark.added.clone());
            }
            match (&kept.note, &bookmark.note) {
                (None, note) => entry.set_note(note.clone()),
                (Some(own), Some(note)) if own != note => imported.own_notes.push(*code),
                _ => {}
            }
        }
        imported
    }

    fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.kept.iter().filter_map(|kept| match kept {
            Kept::Entry(entry) => Some(entry),
            Kept::Other(_) => None,
        })
    }

    fn entries_of(&mut self, code: StatusCode) -> impl Iterator<Item = &mut Entry> {
        self.kept.iter_mut().filter_map(move |kept| match kept {
            Kept::Entry(entry) if entry.code == code => Some(entry),
            _ => None,
        })
    }

    /// Returns the last entry of a code, made anew where there is none.
    fn entry(&mut self, code: StatusCode, now: &str) -> &mut Entry {
        let is_of = |kept: &Kept| kept.code() == Some(code);
        let index = self.kept.iter().rposition(is_of);
        let index = index.unwrap_or_else(|| self.insert(Entry::new(code, now)));
        match &mut self.kept[index] {
            Kept::Entry(entry) => entry,
            Kept::Other(_) => unreachable!("an entry has a code, and nothing else has"),
        }
    }

    /// Puts an entry before the first of a greater code, but not between the marks of a merge.
    fn insert(&mut self, mut entry: Entry) -> usize {
        let is_greater = |kept: &Kept| kept.code() > Some(entry.code);
        let index = self.kept.iter().position(is_greater);
        let index = index.filter(|_| self.merged.is_none());
        let index = index.unwrap_or(self.kept.len());
        let end = self.line_end;
        let text = entry.text_mut();
        if !text.contains(end) {
            *text = text.replace('\n', end);
        }
        separate(text, end, index < self.kept.len());
        if let Some(before) = index.checked_sub(1).and_then(|at| self.kept.get_mut(at)) {
            separate(before.text_mut(), end, true);
        }
        self.entries += 1;
        self.kept.insert(index, Kept::Entry(entry));
        index
    }

    /// Takes the entries of a code away; comments that stand on lines of their own stay.
    fn remove(&mut self, code: StatusCode) {
        for index in (0..self.kept.len()).rev() {
            if self.kept[index].code() != Some(code) {
                continue;
            }
            let comments = parts::comments(self.kept[index].text());
            if !comments.is_empty() {
                self.kept[index] = Kept::Other(comments);
                continue;
            }
            self.kept.remove(index);
            if index == self.kept.len()
                && let Some(last) = self.kept.last_mut().map(Kept::text_mut)
            {
                // The empty line that separated the two.
                let without = last.strip_suffix("\r\n").or(last.strip_suffix('\n'));
                let without = without.filter(|without| without.ends_with('\n'));
                last.truncate(without.map_or(last.len(), str::len));
            }
        }
    }
}

impl Kept {
    fn text(&self) -> &str {
        match self {
            Self::Entry(entry) => entry.text(),
            Self::Other(text) => text,
        }
    }

    fn text_mut(&mut self) -> &mut String {
        match self {
            Self::Entry(entry) => entry.text_mut(),
            Self::Other(text) => text,
        }
    }

    fn code(&self) -> Option<StatusCode> {
        match self {
            Self::Entry(entry) => Some(entry.code),
            Self::Other(_) => None,
        }
    }
}

/// How many of what is wrong are named.
const NAMED: usize = 3;

/// Returns the first few of many texts as one; none if there are none.
pub fn some_of(texts: &[String]) -> Option<String> {
    let named = texts.iter().take(NAMED).cloned().collect::<Vec<_>>();
    let more = texts.len().saturating_sub(NAMED);
    let more = if more > 0 {
        format!(", and {more} more")
    } else {
        String::new()
    };
    (!named.is_empty()).then(|| named.join("; ") + &more)
}

/// Ends a text with a line end, and with an empty line before what follows.
fn separate(text: &mut String, end: &str, is_followed: bool) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push_str(end);
    }
    let ends_empty = text.ends_with("\n\n") || text.ends_with("\n\r\n");
    if is_followed && !text.is_empty() && !ends_empty {
        text.push_str(end);
    }
}
