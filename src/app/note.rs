//! Writing the note of a bookmark.

use super::action::{Action, Effect};
use super::edit_line::EditLine;
use super::{App, Overlay};
use crate::bookmarks::{Change, NOTE_LIMIT, clean_note};
use crate::catalog::StatusCode;
use crate::text::clean;

/// A note that is being written.
#[derive(Debug)]
pub struct NoteEditor {
    pub code: StatusCode,
    pub line: EditLine,
    /// The note that was there when the editor opened.
    was: Option<String>,
}

impl App {
    pub(super) fn edit_note(&mut self) {
        let Some(response) = self.shown else { return };
        let code = response.code;
        let was = self.note_of(code);
        let text = self.drafts.get(&code).cloned().or_else(|| was.clone());
        self.overlays.push(Overlay::Note(NoteEditor {
            code,
            line: EditLine::of_note(&text.unwrap_or_default()),
            was,
        }));
    }

    fn note_of(&self, code: StatusCode) -> Option<String> {
        self.bookmarks.get(&code).and_then(|kept| kept.note.clone())
    }

    pub(super) fn update_note(&mut self, action: Action) -> Option<Effect> {
        let Some(Overlay::Note(editor)) = self.overlays.last_mut() else {
            return None;
        };
        let has_room = match action {
            Action::Insert(letter) => editor.line.insert(letter),
            Action::Paste(text) => editor.line.paste(&text),
            Action::Edit(edit) => {
                editor.line.edit(edit);
                true
            }
            Action::Back => {
                self.leave_note();
                true
            }
            Action::Open => return self.save_note(),
            _ => true,
        };
        if !has_room {
            self.warn(format!(
                "a note holds {NOTE_LIMIT} characters; the rest is left out"
            ));
        }
        None
    }

    /// Closes the editor; what was typed is there again at the next visit.
    fn leave_note(&mut self) {
        let Some(Overlay::Note(editor)) = self.overlays.pop() else {
            return;
        };
        if editor.is_untouched() {
            self.drafts.remove(&editor.code);
        } else {
            let text = editor.line.text().to_owned();
            self.drafts.insert(editor.code, text);
            self.notify("note not saved; it is kept until you come back to it");
        }
    }

    /// Saves the note; one that is as it was is no change, and overwrites nothing that is newer.
    fn save_note(&mut self) -> Option<Effect> {
        let Some(Overlay::Note(editor)) = self.overlays.pop() else {
            return None;
        };
        let NoteEditor { code, line, was } = &editor;
        self.drafts.remove(code);
        let note = clean_note(line.text());
        let is_nothing = note.is_none() && !self.bookmarks.contains_key(code);
        if editor.is_untouched() || is_nothing {
            return None;
        }
        let now = self.note_of(*code).filter(|now| Some(now) != was.as_ref());
        match (&note, now.filter(|now| Some(now) != note.as_ref())) {
            (_, Some(other)) => {
                let other = clean(&other);
                self.warn(format!(
                    "note saved; it replaces what another program made of it: {other}"
                ));
            }
            (Some(_), None) => self.notify("note saved"),
            (None, None) => self.notify("note removed; the bookmark stays"),
        }
        Some(self.change(Change::Note(*code, note)))
    }

    /// Returns the changes that were typed and neither saved nor taken back.
    pub fn drafts(&self) -> Vec<Change> {
        let mut drafts = self.drafts.clone();
        for overlay in &self.overlays {
            if let Overlay::Note(editor) = overlay
                && !editor.is_untouched()
            {
                drafts.insert(editor.code, editor.line.text().to_owned());
            }
        }
        let drafts = drafts
            .into_iter()
            .map(|(code, text)| (code, clean_note(&text)));
        drafts
            .filter(|(code, note)| note.is_some() || self.bookmarks.contains_key(code))
            .map(|(code, note)| Change::Note(code, note))
            .collect()
    }
}

impl NoteEditor {
    /// Returns whether the text is the note that was there.
    fn is_untouched(&self) -> bool {
        clean_note(self.line.text()) == self.was
    }
}
