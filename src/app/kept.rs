//! What the user keeps: the bookmarks as they are by now, and what was taken away or left half written.

use std::collections::BTreeMap;

use super::action::Effect;
use super::notice::Notice;
use super::step::Step;
use crate::bookmarks::{Bookmark, Bookmarks, Change, clean_note};
use crate::catalog::StatusCode;

#[derive(Debug)]
pub struct Kept {
    pub bookmarks: Bookmarks,
    /// Bookmarks taken away since the start, so that the same key brings them back with their notes.
    removed: BTreeMap<StatusCode, Bookmark>,
    /// Notes that were left without saving.
    drafts: BTreeMap<StatusCode, String>,
    /// Whether there are changes that are not in the file yet.
    pub(super) unsaved: bool,
}

impl Kept {
    pub(super) fn new(bookmarks: Bookmarks) -> Self {
        Self {
            bookmarks,
            removed: BTreeMap::new(),
            drafts: BTreeMap::new(),
            unsaved: false,
        }
    }

    pub fn has(&self, code: StatusCode) -> bool {
        self.bookmarks.contains_key(&code)
    }

    pub(super) fn note(&self, code: StatusCode) -> Option<&str> {
        self.bookmarks.get(&code)?.note.as_deref()
    }

    /// Returns what a page says of a code that is kept: its note, or that it is kept.
    pub(super) fn remark(&self, code: StatusCode) -> Option<&str> {
        let bookmark = self.bookmarks.get(&code)?;
        Some(bookmark.note.as_deref().unwrap_or("bookmarked"))
    }

    /// Returns what the editor begins with: the note as it was left, or as it is.
    pub(super) fn draft(&self, code: StatusCode) -> Option<&str> {
        let draft = self.drafts.get(&code).map(String::as_str);
        draft.or_else(|| self.note(code))
    }

    pub(super) fn put_aside(&mut self, code: StatusCode, draft: String) {
        self.drafts.insert(code, draft);
    }

    pub(super) fn drop_draft(&mut self, code: StatusCode) {
        self.drafts.remove(&code);
    }

    /// Makes a change at once; the disk follows.
    pub(super) fn change(&mut self, change: Change) -> Step {
        change.apply(&mut self.bookmarks);
        Step::Do(Effect::Save(change))
    }

    /// Keeps a code, or forgets it; a note comes back with the bookmark.
    pub(super) fn turn(&mut self, code: StatusCode) -> Step {
        let (said, change) = if let Some(bookmark) = self.bookmarks.get(&code).cloned() {
            let noted = if bookmark.note.is_some() {
                ", its note too; {bookmark} brings both back"
            } else {
                ""
            };
            self.removed.insert(code, bookmark);
            let said = format!("bookmark of {code} removed{noted}");
            (said, Change::Remove(code))
        } else {
            let note = self.removed.remove(&code).and_then(|removed| removed.note);
            let change = match note {
                Some(note) => Change::Note(code, Some(note)),
                None => Change::Add(code),
            };
            (format!("{code} bookmarked"), change)
        };
        self.change(change).saying(Notice::of(said))
    }

    /// Returns the changes that were typed and neither saved nor taken back, those of open editors among
    /// them.
    pub(super) fn drafts<'a>(
        &'a self,
        open: impl Iterator<Item = (StatusCode, &'a str)>,
    ) -> Vec<Change> {
        let drafts = self.drafts.iter().map(|(code, text)| (*code, &**text));
        let mut all = BTreeMap::new();
        all.extend(drafts.chain(open));
        let drafts = all.into_iter().map(|(code, text)| (code, clean_note(text)));
        drafts
            .filter(|(code, note)| note.is_some() || self.has(*code))
            .map(|(code, note)| Change::Note(code, note))
            .collect()
    }
}
