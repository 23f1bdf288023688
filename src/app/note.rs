//! Writing the note of a bookmark.

use super::action::{Action, Effect};
use super::line::Line;
use super::{App, Layer};
use crate::bookmarks::{Change, clean_note};
use crate::catalog::StatusCode;

/// A note that is being written.
#[derive(Debug)]
pub struct Noting {
    pub code: StatusCode,
    pub line: Line,
}

impl App {
    pub(super) fn edit_note(&mut self) {
        let Some(response) = self.shown else { return };
        let code = response.code;
        let saved = || {
            self.bookmarks
                .get(&code)
                .and_then(|bookmark| bookmark.note.clone())
        };
        let text = self
            .drafts
            .get(&code)
            .cloned()
            .or_else(saved)
            .unwrap_or_default();
        self.layers.push(Layer::Note(Noting {
            code,
            line: Line::with(&text),
        }));
    }

    pub(super) fn update_note(&mut self, action: Action) -> Option<Effect> {
        let Some(Layer::Note(noting)) = self.layers.last_mut() else {
            return None;
        };
        match action {
            Action::Insert(letter) => noting.line.insert(letter),
            Action::Paste(text) => noting.line.paste(&text),
            Action::Edit(edit) => noting.line.edit(edit),
            Action::Back => self.leave_note(),
            Action::Open => return self.save_note(),
            _ => {}
        }
        None
    }

    /// Closes the editor; what was typed is there again at the next visit.
    fn leave_note(&mut self) {
        let Some(Layer::Note(Noting { code, line })) = self.layers.pop() else {
            return;
        };
        let saved = self
            .bookmarks
            .get(&code)
            .and_then(|bookmark| bookmark.note.as_deref());
        if saved.unwrap_or_default() == line.text() {
            self.drafts.remove(&code);
        } else {
            self.drafts.insert(code, line.text().to_owned());
            self.notify("note not saved; it is kept until you come back to it");
        }
    }

    fn save_note(&mut self) -> Option<Effect> {
        let Some(Layer::Note(Noting { code, line })) = self.layers.pop() else {
            return None;
        };
        self.drafts.remove(&code);
        let note = clean_note(line.text());
        if note.is_none() && !self.bookmarks.contains_key(&code) {
            return None;
        }
        let text = if note.is_some() {
            "note saved"
        } else {
            "note removed; the bookmark stays"
        };
        self.notify(text);
        Some(self.change(Change::Note(code, note)))
    }
}
