//! Marks and bookmarks.

use super::action::Effect;
use super::{App, Overlay};
use crate::app::columns::Columns;
use crate::bookmarks::{Bookmark, Bookmarks, Change};
use crate::catalog::StatusCode;

impl App {
    /// Marks the shown code for a comparison, or takes the mark away.
    pub(super) fn mark(&mut self) {
        let Some(response) = self.shown else { return };
        let code = response.code;
        if let Some(index) = self.marks.iter().position(|mark| *mark == code) {
            self.marks.remove(index);
        } else {
            self.marks.push(code);
        }
    }

    /// Compares the marked codes; a single one with what it is most confused with.
    pub(super) fn compare(&mut self) {
        if let Ok(compared) = self.codes_to_compare() {
            self.overlays
                .push(Overlay::Compare(Box::new(Columns::new(&compared))));
        }
    }

    /// Keeps the shown code, or forgets it; a note comes back with the bookmark.
    pub(super) fn bookmark(&mut self) -> Option<Effect> {
        let code = self.shown?.code;
        let change = if let Some(bookmark) = self.bookmarks.get(&code).cloned() {
            let noted = if bookmark.note.is_some() {
                ", its note too; {bookmark} brings both back"
            } else {
                ""
            };
            self.notify(format!("bookmark of {code} removed{noted}"));
            self.removed.insert(code, bookmark);
            Change::Remove(code)
        } else {
            self.notify(format!("{code} bookmarked"));
            match self.removed.remove(&code) {
                Some(Bookmark {
                    note: Some(note), ..
                }) => Change::Note(code, Some(note)),
                _ => Change::Add(code),
            }
        };
        Some(self.change(change))
    }

    /// Makes a change at once; the disk follows. Among the bookmarks a code that was taken away stays
    /// listed, so that the same key brings it back.
    pub(super) fn change(&mut self, change: Change) -> Effect {
        change.apply(&mut self.bookmarks);
        Effect::Save(change)
    }

    pub(super) fn only_bookmarks(&mut self) {
        self.list.turn_bookmarks();
        self.search();
    }

    /// Takes the bookmarks as they are in the file now.
    pub fn reloaded(&mut self, bookmarks: Bookmarks) {
        let same_codes = bookmarks.keys().eq(self.bookmarks.keys());
        self.bookmarks = bookmarks;
        if self.list.has_only_bookmarks() && !same_codes {
            self.list.keep_selected();
            self.search();
        }
    }

    pub fn is_marked(&self, code: StatusCode) -> bool {
        self.marks.contains(&code)
    }
}
