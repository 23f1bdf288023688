//! A line of text with a cursor.

pub mod glance;

use std::mem;

use tui_input::{Input, InputRequest};

use super::action::{Edit, Insert, LINE_LIMIT};
use crate::text;
use glance::Glance;

#[derive(Clone, Debug, Default)]
pub struct EditLine {
    input: Input,
    /// Whether what is typed next replaces the text.
    selected: bool,
    /// Whether all of its lines are shown, and their ends.
    is_note: bool,
}

impl EditLine {
    pub(super) fn with(text: &str) -> Self {
        Self {
            input: Input::new(text.chars().take(LINE_LIMIT).collect()),
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

    /// Returns what is seen of it where so many cells have room: all of a note and of what fits, of other texts the line
    /// that has the cursor.
    pub fn glance(&self, room: usize) -> Glance<'_> {
        let text = self.text();
        let mut letters = text.char_indices().map(|(at, _)| at);
        let at = letters.nth(self.cursor()).unwrap_or(text.len());
        if self.is_note {
            let whole = Glance::whole(text, at);
            return Glance {
                has_line_ends: true,
                ..whole
            };
        }
        Glance::at(text, at, room)
    }

    /// Returns the text with its line ends.
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

    /// Puts something in at the cursor, in one go whatever its length; returns whether there is room for all.
    pub(super) fn insert(&mut self, insert: &Insert) -> bool {
        self.replace_selected();
        let room = LINE_LIMIT.saturating_sub(self.text().chars().count());
        match insert {
            Insert::Letter(_) if room == 0 => return false,
            Insert::Letter(letter) => {
                self.input.handle(InputRequest::InsertChar(*letter));
            }
            Insert::Text(text) => {
                let end = text.char_indices().nth(room);
                let (text, rest) = text.split_at(end.map_or(text.len(), |(end, _)| end));
                self.paste(text);
                self.tidy();
                return rest.is_empty();
            }
        }
        self.tidy();
        true
    }

    fn paste(&mut self, text: &str) {
        let held = self.text();
        let at = held
            .char_indices()
            .nth(self.cursor())
            .map_or(held.len(), |(at, _)| at);
        let value = format!("{}{text}{}", &held[..at], &held[at..]);
        self.hold(value, self.cursor() + text.chars().count());
    }

    /// Holds another text; what was cut out can still be put back.
    fn hold(&mut self, value: String, cursor: usize) {
        let input = mem::take(&mut self.input);
        self.input = input.with_value(value).with_cursor(cursor);
    }

    fn replace_selected(&mut self) {
        if self.selected {
            self.selected = false;
            self.hold(String::new(), 0);
        }
    }

    /// Returns whether it is a change of the text, and not of the cursor alone.
    pub(super) fn edit(&mut self, edit: Edit) -> bool {
        if matches!(edit, Edit::DeleteLeft | Edit::DeleteRight) && self.selected {
            self.replace_selected();
            return true;
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
        !edit.only_moves()
    }

    /// Takes out what only arises letter by letter or where two ends meet: what nobody sees, a heap of
    /// marks.
    fn tidy(&mut self) {
        let held = self.text();
        let clean = text::clean_lines(held);
        if clean != held {
            let before: String = held.chars().take(self.cursor()).collect();
            let cursor = text::clean_lines(&before).chars().count();
            self.hold(clean, cursor);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paste(line: &mut EditLine, text: &str) -> bool {
        line.insert(&Insert::Text(text.into()))
    }

    #[test]
    fn a_paste_goes_where_the_cursor_is() {
        let mut line = EditLine::with("ac");
        line.edit(Edit::Left);
        paste(&mut line, "b");
        assert_eq!((line.text(), line.cursor()), ("abc", 2));
    }

    #[test]
    fn a_paste_keeps_its_line_ends() {
        let mut line = EditLine::default();
        paste(&mut line, "SIP/2.0 486 Busy Here\r\nReason: x");
        assert_eq!(line.text(), "SIP/2.0 486 Busy Here\nReason: x");
    }

    #[test]
    fn what_was_cut_out_comes_back_whatever_was_put_in_meanwhile() {
        for (put_in, then) in [("busy", "busy486"), ("\u{202e}x", "x486")] {
            let mut line = EditLine::with("486");
            line.edit(Edit::DeleteToStart);
            line.edit(Edit::Yank);
            line.edit(Edit::Start);
            line.edit(Edit::DeleteToEnd);
            paste(&mut line, put_in);
            line.edit(Edit::Yank);
            assert_eq!(line.text(), then, "{put_in:?}");
            line.select();
            line.insert(&Insert::Letter('6'));
            line.edit(Edit::Yank);
            assert_eq!(line.text(), "6486", "{put_in:?}");
        }
    }

    #[test]
    fn a_line_has_an_end() {
        let mut line = EditLine::default();
        paste(&mut line, &"x".repeat(1_000_000));
        line.insert(&Insert::Letter('y'));
        assert_eq!(line.text().len(), LINE_LIMIT);
    }

    #[test]
    fn a_note_is_long_and_has_lines_and_says_when_it_is_full() {
        let long = "x\n".repeat(LINE_LIMIT);
        let mut line = EditLine::of_note(&long);
        assert!(!line.insert(&Insert::Letter('y')));
        assert_eq!(line.text(), long, "it is as it was");
        let mut line = EditLine::of_note("a");
        assert!(paste(&mut line, "b\nc"));
        assert!(line.insert(&Insert::Letter('d')));
        assert_eq!(line.text(), "ab\ncd");
        assert!(!paste(&mut line, &long));
        assert_eq!(line.text().chars().count(), LINE_LIMIT);
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
        line.insert(&Insert::Letter('6'));
        assert_eq!(line.text(), "6");
        line.select();
        line.edit(Edit::Start);
        line.insert(&Insert::Letter('4'));
        assert_eq!(line.text(), "46");
        line.select();
        paste(&mut line, "busy");
        assert_eq!((line.text(), line.is_selected()), ("busy", false));
    }

    #[test]
    fn what_nobody_sees_cannot_be_typed() {
        let mut line = EditLine::with("486");
        line.edit(Edit::Start);
        for letter in "a\u{202e}\u{200b}e\u{301}b".chars() {
            line.insert(&Insert::Letter(letter));
        }
        assert_eq!((line.text(), line.cursor()), ("ae\u{301}b486", 4));
    }

    #[test]
    fn no_heap_of_marks_arises_where_two_ends_meet() {
        let marks = "\u{301}".repeat(3);
        let mut line = EditLine::with(&format!("e{marks}"));
        paste(&mut line, &marks);
        assert_eq!(line.text().chars().count(), 1 + 4);
    }
}
