//! Writing the note of a bookmark.

use super::action::Action;
use super::edit_line::EditLine;
use super::kept::Kept;
use super::notice::Notice;
use super::step::Step;
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

impl NoteEditor {
    pub(super) fn new(code: StatusCode, kept: &Kept) -> Self {
        Self {
            code,
            line: EditLine::of_note(kept.draft(code).unwrap_or_default()),
            was: kept.note(code).map(str::to_owned),
        }
    }

    pub(super) fn update(&mut self, action: &Action, kept: &mut Kept) -> Step {
        match action {
            Action::Insert(insert) => {
                if !self.line.insert(insert) {
                    let full =
                        format!("a note holds {NOTE_LIMIT} characters; the rest is left out");
                    return Step::Say(Notice::error(full));
                }
            }
            Action::Edit(edit) => {
                self.line.edit(*edit);
            }
            Action::Open => return self.save(kept),
            Action::Back => return self.leave(kept),
            Action::Nothing
            | Action::Move(_)
            | Action::Point(_)
            | Action::Global(_)
            | Action::Reading(_)
            | Action::Pane(_)
            | Action::Column(_) => {}
        }
        Step::Stay
    }

    /// Closes the editor; what was typed is there again at the next visit.
    fn leave(&self, kept: &mut Kept) -> Step {
        match self.draft() {
            None => {
                kept.drop_draft(self.code);
                Step::Close
            }
            Some((code, text)) => {
                kept.put_aside(code, text.to_owned());
                let said = "note not saved; it is kept until you come back to it";
                Step::Say(Notice::of(said)).closing()
            }
        }
    }

    /// Saves the note; one that is as it was is no change, and overwrites nothing that is newer.
    fn save(&self, kept: &mut Kept) -> Step {
        kept.drop_draft(self.code);
        let note = clean_note(self.line.text());
        let is_nothing = note.is_none() && !kept.has(self.code);
        if note == self.was || is_nothing {
            return Step::Close;
        }
        let now = kept.note(self.code);
        let other = now.filter(|now| ![self.was.as_deref(), note.as_deref()].contains(&Some(now)));
        let said = match (&note, other) {
            (_, Some(other)) => Notice::error(format!(
                "note saved; it replaces what another program made of it: {}",
                clean(other)
            )),
            (Some(_), None) => Notice::of("note saved"),
            (None, None) => Notice::of("note removed; the bookmark stays"),
        };
        let change = kept.change(Change::Note(self.code, note));
        change.saying(said).closing()
    }

    /// Returns what was typed, unless it is the note that was there.
    pub(super) fn draft(&self) -> Option<(StatusCode, &str)> {
        let text = self.line.text();
        (clean_note(text) != self.was).then_some((self.code, text))
    }
}
