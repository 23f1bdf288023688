//! A line of text with a cursor.

use tui_input::{Input, InputRequest};

use super::action::Edit;
use crate::bookmarks::NOTE_LIMIT;
use crate::text;

#[derive(Clone, Debug, Default)]
pub struct EditLine {
    input: Input,
    /// Whether what is typed next replaces the text.
    selected: bool,
    /// Whether it may have line ends, and be long.
    is_note: bool,
}

impl EditLine {
    /// What a line holds at the most; the rest of a paste is dropped.
    const LIMIT: usize = 500;

    pub(super) fn with(text: &str) -> Self {
        Self {
            input: Input::new(text.chars().take(Self::LIMIT).collect()),
            ..Self::default()
        }
    }

    /// Takes a note as it is, whatever its length.
    pub(super) fn of_note(note: &str) -> Self {
        Self {
            input: Input::new(note.to_owned()),
            is_note: true,
            ..Self::default()
        }
    }

    fn limit(&self) -> usize {
        if self.is_note {
            NOTE_LIMIT
        } else {
            Self::LIMIT
        }
    }

    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Returns how many characters stand before the cursor.
    pub fn cursor(&self) -> usize {
        self.input.cursor()
    }

    /// Lets what is typed or pasted next take the place of the whole text.
    pub(super) fn select(&mut self) {
        self.selected = !self.text().is_empty();
    }

    pub fn is_selected(&self) -> bool {
        self.selected
    }

    /// Inserts a letter at the cursor; returns whether there is room for it.
    pub(super) fn insert(&mut self, letter: char) -> bool {
        self.replace_selected();
        let has_room = self.input.value().chars().count() < self.limit();
        if has_room {
            self.input.handle(InputRequest::InsertChar(letter));
            self.tidy();
        }
        has_room
    }

    /// Inserts a text at the cursor, in one go whatever its length; returns whether there is room for all.
    pub(super) fn paste(&mut self, text: &str) -> bool {
        self.replace_selected();
        let held = self.input.value();
        let at = held
            .char_indices()
            .nth(self.cursor())
            .map_or(held.len(), |(at, _)| at);
        let room = self.limit().saturating_sub(held.chars().count());
        let pasted: String = text.chars().take(room).collect();
        let cursor = self.cursor() + pasted.chars().count();
        let value = format!("{}{pasted}{}", &held[..at], &held[at..]);
        self.input = Input::new(value).with_cursor(cursor);
        self.tidy();
        pasted.len() == text.len()
    }

    fn replace_selected(&mut self) {
        if self.selected {
            (self.input, self.selected) = (Input::default(), false);
        }
    }

    pub(super) fn edit(&mut self, edit: Edit) {
        if matches!(edit, Edit::DeleteLeft | Edit::DeleteRight) && self.selected {
            return self.replace_selected();
        }
        self.selected = false;
        self.input.handle(match edit {
            Edit::DeleteLeft => InputRequest::DeletePrevChar,
            Edit::DeleteRight => InputRequest::DeleteNextChar,
            Edit::DeleteWordLeft => InputRequest::DeletePrevWord,
            Edit::DeleteWordRight => InputRequest::DeleteNextWord,
            Edit::DeleteToStart => InputRequest::DeleteFromStart,
            Edit::DeleteToEnd => InputRequest::DeleteTillEnd,
            Edit::Yank => InputRequest::Yank,
            Edit::Left => InputRequest::GoToPrevChar,
            Edit::Right => InputRequest::GoToNextChar,
            Edit::WordLeft => InputRequest::GoToPrevWord,
            Edit::WordRight => InputRequest::GoToNextWord,
            Edit::Start => InputRequest::GoToStart,
            Edit::End => InputRequest::GoToEnd,
        });
        self.tidy();
    }

    /// Takes out what only arises letter by letter or where two ends meet: what nobody sees, a heap of
    /// marks.
    fn tidy(&mut self) {
        let cleaner = if self.is_note {
            text::clean_lines
        } else {
            text::clean
        };
        let held = self.text();
        let clean = cleaner(held);
        if clean != held {
            let before: String = held.chars().take(self.cursor()).collect();
            let cursor = cleaner(&before).chars().count();
            self.input = Input::new(clean).with_cursor(cursor);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paste_goes_where_the_cursor_is() {
        let mut line = EditLine::with("ac");
        line.edit(Edit::Left);
        line.paste("b");
        assert_eq!((line.text(), line.cursor()), ("abc", 2));
    }

    #[test]
    fn a_line_has_an_end() {
        let mut line = EditLine::default();
        line.paste(&"x".repeat(1_000_000));
        line.insert('y');
        assert_eq!(line.text().len(), EditLine::LIMIT);
    }

    #[test]
    fn a_note_is_long_and_has_lines_and_says_when_it_is_full() {
        let long = "x\n".repeat(NOTE_LIMIT);
        let mut line = EditLine::of_note(&long);
        assert!(!line.insert('y'));
        assert_eq!(line.text(), long, "it is as it was");
        let mut line = EditLine::of_note("a");
        assert!(line.paste("b\nc"));
        assert!(line.insert('d'));
        assert_eq!(line.text(), "ab\ncd");
        assert!(!line.paste(&long));
        assert_eq!(line.text().chars().count(), NOTE_LIMIT);
    }

    #[test]
    fn a_letter_of_two_characters_is_deleted_whole() {
        let mut line = EditLine::with("e\u{301}");
        line.edit(Edit::DeleteLeft);
        assert_eq!(line.text(), "");
    }

    #[test]
    fn what_is_typed_replaces_what_is_selected_and_an_edit_keeps_it() {
        let mut line = EditLine::with("486");
        line.select();
        line.insert('6');
        assert_eq!(line.text(), "6");
        line.select();
        line.edit(Edit::Start);
        line.insert('4');
        assert_eq!(line.text(), "46");
        line.select();
        line.paste("busy");
        assert_eq!((line.text(), line.is_selected()), ("busy", false));
    }

    #[test]
    fn what_nobody_sees_cannot_be_typed() {
        let mut line = EditLine::with("486");
        line.edit(Edit::Start);
        for letter in "a\u{202e}\u{200b}e\u{301}b".chars() {
            line.insert(letter);
        }
        assert_eq!((line.text(), line.cursor()), ("ae\u{301}b486", 4));
    }

    #[test]
    fn no_heap_of_marks_arises_where_two_ends_meet() {
        let marks = "\u{301}".repeat(3);
        let mut line = EditLine::with(&format!("e{marks}"));
        line.paste(&marks);
        assert_eq!(line.text().chars().count(), 1 + 4);
    }
}
