//! Splits the bookmark file into its parts, each of which is read by itself. What is wrong ends with its part.

use toml::de::{DeTable, DeValue};

/// What a part of the file begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// `[[bookmark]]`, or what somebody would write for it: `[bookmark]`, `[[Bookmarks]]`.
    Entry,
    /// A table below an entry, which is part of the entry: `[bookmark.extra]`.
    Below,
    /// Another table.
    Table,
    /// A line that begins like a table and is none.
    NoTable,
    /// A line between the two sides of a merge: `<<<<<<<`, `|||||||`, `=======`, `>>>>>>>`.
    Mark,
    /// Fields without a table above them: the head of the file, and what follows a mark.
    Fields,
}

/// A part of the file. All parts together are the file, byte for byte.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'a> {
    pub(super) opening: Opening,
    pub(super) text: &'a str,
    /// Where its fields begin, after its comments and its first line.
    pub(super) fields: usize,
}

impl<'a> Part<'a> {
    /// Returns the part that a text begins with.
    pub(super) fn first(text: &'a str) -> Self {
        let mut at = 0;
        while line(text, at).trim_start().starts_with('#') {
            at += line(text, at).len();
        }
        let opening = opening(line(text, at)).unwrap_or(Opening::Fields);
        let (opening, fields) = match opening {
            Opening::Mark if at > 0 => return Self::new(Opening::Fields, &text[..at], 0),
            Opening::Mark => return Self::new(opening, line(text, 0), 0),
            Opening::Fields => (opening, 0),
            _ => (opening, at + line(text, at).len()),
        };
        Self::new(opening, &text[..end(text, fields.max(at))], fields)
    }

    /// Returns the same up to an entry that a text without an end took in, which ends where another one begins:
    /// what is wrong stands after it in the same field, or else all is well from there on. An entry that
    /// somebody wrote into a note stays in the note.
    pub(super) fn up_to_the_next_entry(self, wrong_line: usize) -> Option<Self> {
        let lines = |end: usize| self.text[..end].matches('\n').count();
        let mut start = self.fields;
        while start < self.text.len() {
            let end = field_end(self.text, start);
            let mut at = start + line(self.text, start).len();
            while at < end {
                let line = line(self.text, at);
                if is_entry(line) {
                    let is_after = (lines(at)..lines(end)).contains(&wrong_line);
                    let is_one = is_after || all_is_well(&self.text[at..]);
                    return is_one.then(|| Self::new(self.opening, &self.text[..at], self.fields));
                }
                at += line.len();
            }
            start = end;
        }
        None
    }

    fn new(opening: Opening, text: &'a str, fields: usize) -> Self {
        Self {
            opening,
            text,
            fields,
        }
    }
}

/// Returns whether each part of a text can be read.
fn all_is_well(mut text: &str) -> bool {
    while !text.is_empty() {
        let part = Part::first(text);
        if DeTable::parse(&part.text[part.fields..]).is_err() {
            return false;
        }
        text = &text[part.text.len()..];
    }
    true
}

/// Returns the comments of an entry that have a line of their own, which are not lost with it.
pub(super) fn comments(text: &str) -> String {
    let mut comments = String::new();
    let mut at = 0;
    while at < text.len() {
        let line = line(text, at);
        let is_comment = line.trim_start().starts_with('#');
        let is_blank = line.trim().is_empty();
        if is_comment || is_blank && comments.trim_end_matches(' ').ends_with('\n') {
            comments.push_str(line);
        }
        at = if is_comment || is_blank {
            at + line.len()
        } else {
            field_end(text, at)
        };
    }
    comments
}

/// Returns where the part ends whose fields begin at a place: before the next opening and its comments.
fn end(text: &str, mut at: usize) -> usize {
    let mut comments = None;
    while at < text.len() {
        let line = line(text, at);
        match opening(line) {
            Some(Opening::Mark) => return at,
            Some(Opening::Below) | None => {}
            Some(_) => return comments.unwrap_or(at),
        }
        comments = line
            .trim_start()
            .starts_with('#')
            .then(|| comments.unwrap_or(at));
        at = field_end(text, at);
    }
    text.len()
}

/// Returns the line that begins at a place, with its end.
fn line(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    &rest[..rest.find('\n').map_or(rest.len(), |end| end + 1)]
}

/// Returns where the field ends that begins at a place: after its line, or after all lines of its text or
/// list. One that never ends is over with its first line.
fn field_end(text: &str, start: usize) -> usize {
    let first = start + line(text, start).len();
    let (mut at, mut depth) = (start, 0_usize);
    while let Some(letter) = text.as_bytes().get(at) {
        let rest = &text[at..];
        match letter {
            b'"' | b'\'' => match text_end(rest) {
                Some(end) => at += end,
                None => return first,
            },
            b'#' => at += line(text, at).trim_end_matches('\n').len(),
            b'\n' => {
                at += 1;
                if depth == 0 {
                    return at;
                }
                let next = line(text, at);
                if is_entry(next) || is_mark(next) {
                    return first;
                }
            }
            b'[' | b'{' => (at, depth) = (at + 1, depth + 1),
            b']' | b'}' => (at, depth) = (at + 1, depth.saturating_sub(1)),
            // One byte of a longer character is no ASCII, and no place to cut.
            _ => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    if depth == 0 { text.len() } else { first }
}

/// Returns the length of the quoted text that another one begins with; one line unless it has three quotes.
pub(super) fn text_end(text: &str) -> Option<usize> {
    let quote = &text[..1];
    let three = quote.repeat(3);
    let (quote, mut at) = match text.strip_prefix(&*three) {
        Some(_) => (&*three, 3),
        None => (quote, 1),
    };
    loop {
        let rest = &text[at..];
        if rest.starts_with(quote) {
            at += quote.len();
            // Up to two quotes may stand before the three that end it.
            let more = text[at..].bytes().take(2);
            let more = more.take_while(|byte| quote.len() == 3 && quote.as_bytes()[0] == *byte);
            return Some(at + more.count());
        }
        match rest.chars().next()? {
            '\n' if quote.len() == 1 => return None,
            '\\' if quote.starts_with('"') => {
                at += 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
            }
            letter => at += letter.len_utf8(),
        }
    }
}

/// Returns what a line opens, if it opens a part.
fn opening(line: &str) -> Option<Opening> {
    if is_mark(line) {
        return Some(Opening::Mark);
    }
    let line = bare(line);
    if !line.starts_with('[') {
        return None;
    }
    let Ok(table) = DeTable::parse(line) else {
        return Some(Opening::NoTable);
    };
    let Some((name, table)) = table.get_ref().iter().next() else {
        return Some(Opening::NoTable);
    };
    let is_empty = |value: &DeValue<'_>| value.as_table().is_some_and(toml::map::Map::is_empty);
    let is_entry = match table.get_ref() {
        DeValue::Array(tables) => tables.len() == 1 && is_empty(tables[0].get_ref()),
        table => is_empty(table),
    };
    Some(match (is_bookmark(name.get_ref()), is_entry) {
        (true, true) => Opening::Entry,
        (true, false) => Opening::Below,
        (false, _) => Opening::Table,
    })
}

fn is_entry(line: &str) -> bool {
    bare(line).starts_with('[') && opening(line) == Some(Opening::Entry)
}

/// Returns a line without blanks, and without the mark of an editor that a file put behind another brings.
fn bare(line: &str) -> &str {
    line.trim().trim_start_matches('\u{feff}').trim_start()
}

/// Returns whether a name is what an entry is called.
pub(super) fn is_bookmark(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.strip_suffix('s').unwrap_or(&name) == "bookmark"
}

fn is_mark(line: &str) -> bool {
    let line = line.trim_end();
    ["<<<<<<<", "|||||||", "=======", ">>>>>>>"]
        .iter()
        .filter_map(|mark| line.strip_prefix(mark))
        .any(|rest| rest.is_empty() || rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(mut text: &str) -> Vec<(Opening, &str)> {
        let mut parts = Vec::new();
        while !text.is_empty() {
            let part = Part::first(text);
            parts.push((part.opening, part.text));
            text = &text[part.text.len()..];
        }
        parts
    }

    #[test]
    fn a_file_is_its_parts() {
        use Opening::{Entry, Fields, Mark, NoTable, Table};
        for (text, openings) in [
            ("", &[][..]),
            (
                "# a\nversion = 1\n\n# b\n[[bookmark]]\ncode = 1\n",
                &[Fields, Entry],
            ),
            (
                "[bookmark]\n[bookmark.more]\na = 1\n[other]\n[[book",
                &[Entry, Table, NoTable],
            ),
            (
                "[[Bookmarks]]\nnote = \"\"\"\n[[bookmark]]\n\"\"\"\"\n[[bookmark]]",
                &[Entry, Entry],
            ),
            (
                "[[bookmark]]\nnote = '''\n[[bookmark]]\n'''\na = [\n[1],\n]\n",
                &[Entry],
            ),
            (
                "[[bookmark]]\nnote = \"\"\"\n[[bookmark]]\n",
                &[Entry, Entry],
            ),
            ("[[bookmark]]\na = [\n[[bookmark]]\n", &[Entry, Entry]),
            (
                "[[bookmark]]\n<<<<<<< a\ncode = 1\n=======\n# c\n>>>>>>> b\n",
                &[Entry, Mark, Fields, Mark, Fields, Mark],
            ),
            (
                "a = \"é\nb = \"\\\"\"\n[[bookmark]] # é\n",
                &[Fields, Entry],
            ),
        ] {
            let found = parts(text);
            let named: Vec<_> = found.iter().map(|part| part.0).collect();
            assert_eq!(named, openings, "{text:?}");
            let whole: String = found.iter().map(|part| part.1).collect();
            assert_eq!(whole, text);
        }
    }
}
