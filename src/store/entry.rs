//! One entry of the bookmark file: what it says, and its text, in which only what changes is changed.

use toml::de::{DeTable, DeValue};

use crate::bookmarks::clean_note;
use crate::catalog::StatusCode;
use crate::files;
use crate::text::clean;

/// The line that an entry begins with.
pub(super) const ENTRY: &str = "[[bookmark]]\n";

/// The text of an entry, and what it says.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    text: String,
    /// Where its fields begin in the text.
    fields: usize,
    pub(super) code: StatusCode,
    pub(super) note: Option<String>,
    pub(super) added: Option<String>,
}

/// Why an entry cannot be read: in which of its lines, counted from 0, and in words of a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) line: usize,
    pub(super) reason: String,
}

impl Entry {
    /// Reads the text of an entry, the fields of which begin at a place.
    pub(super) fn read(text: &str, fields: usize) -> Result<Self, Wrong> {
        let wrong = |at: usize, reason: String| Wrong {
            line: text[..at].matches('\n').count(),
            reason,
        };
        let table = parsed(text, fields)?;
        let Some(code) = table.get("code") else {
            return Err(wrong(0, "no code is given".into()));
        };
        let at = fields + code.span().start;
        let code = self::code(code.get_ref()).ok_or_else(|| {
            let written = clean(&text[at..fields + code.span().end]);
            wrong(at, format!("{written} is no response code from 100 to 699"))
        })?;
        let note = match table.get("note") {
            None => None,
            Some(note) => Some(self::text(note.get_ref()).ok_or_else(|| {
                let at = fields + note.span().start;
                wrong(at, "the note is no text in quotes".into())
            })?),
        };
        let added = table
            .get("added")
            .and_then(|added| self::text(added.get_ref()));
        Ok(Self {
            text: text.to_owned(),
            fields,
            code,
            note: note.as_deref().and_then(clean_note),
            added: added.as_deref().and_then(clean_note),
        })
    }

    pub(super) fn new(code: StatusCode, added: &str) -> Self {
        let head = ENTRY;
        Self {
            text: format!("{head}code = {code}\nadded = {}\n", quoted(added)),
            fields: head.len(),
            code,
            note: None,
            added: Some(added.to_owned()),
        }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Makes room for another part before it or after it.
    pub(super) fn text_mut(&mut self) -> &mut String {
        &mut self.text
    }

    /// Writes `[bookmark]` as `[[bookmark]]`, beside which others can stand.
    pub(super) fn make_one_of_many(&mut self) {
        let head = &self.text[..self.fields];
        let line = head.trim_end().rfind('\n').map_or(0, |at| at + 1);
        if let (Some(open), Some(close)) = (head[line..].find('['), head[line..].find(']'))
            && !head[line + open..].starts_with("[[")
        {
            self.text.insert(line + close, ']');
            self.text.insert(line + open, '[');
            self.fields += 2;
        }
    }

    /// Returns the same without the comments above it and below it, which stay where it stood.
    pub(super) fn without_comments(&self) -> Self {
        let head = &self.text[..self.fields];
        let start = head.trim_end().rfind('\n').map_or(0, |at| at + 1);
        let is_beside = |line: &&str| line.trim().is_empty() || line.trim_start().starts_with('#');
        let lines = self.text[self.fields..].split_inclusive('\n');
        let after: usize = lines.rev().take_while(is_beside).map(str::len).sum();
        let mut entry = Self {
            text: self.text[start..self.text.len() - after].to_owned(),
            fields: self.fields - start,
            ..self.clone()
        };
        entry.make_one_alone();
        entry
    }

    /// Writes the first line of an entry that has none, since it follows a mark of a merge.
    pub(super) fn make_one_alone(&mut self) {
        if self.fields == 0 {
            self.text.insert_str(0, ENTRY);
            self.fields = ENTRY.len();
        }
    }

    pub(super) fn set_note(&mut self, note: Option<String>) {
        if note != self.note {
            self.set("note", note.as_deref());
            self.note = note;
        }
    }

    pub(super) fn set_added(&mut self, added: Option<String>) {
        if added != self.added {
            self.set("added", added.as_deref());
            self.added = added;
        }
    }

    /// Changes a field in the text, and nothing else of it.
    fn set(&mut self, name: &str, value: Option<&str>) {
        let place = |name| {
            let table = DeTable::parse(&self.text[self.fields..]).ok()?;
            let (key, value) = table.get_ref().get_key_value(name)?;
            Some(self.fields + key.span().start..self.fields + value.span().end)
        };
        let field = value.map(|value| format!("{name} = {}", quoted(value)));
        let end = if self.text.contains("\r\n") {
            "\r\n"
        } else {
            "\n"
        };
        match (place(name), field) {
            (Some(place), Some(field)) => self.text.replace_range(place, &field),
            (Some(place), None) => {
                let end = place.end + blank_length(&self.text[place.end..]);
                self.text.replace_range(place.start..end, "");
            }
            (None, Some(field)) => {
                let after = place("code").map_or(self.fields, |place| place.end);
                let rest = &self.text[after..];
                let at = after + rest.find('\n').map_or(rest.len(), |end| end + 1);
                let lead = if self.text[..at].ends_with('\n') {
                    ""
                } else {
                    end
                };
                self.text.insert_str(at, &format!("{lead}{field}{end}"));
            }
            (None, None) => {}
        }
    }
}

/// Reads the fields of a text that begin at a place.
pub(super) fn parsed(text: &str, fields: usize) -> Result<DeTable<'_>, Wrong> {
    let table = DeTable::parse(&text[fields..]).map_err(|error| {
        let at = error.span().map_or(0, |span| fields + span.start);
        // What never ends is wrong where its last line stands, not on the empty ones after it.
        let before = text.get(..at.min(text.trim_end().len()));
        Wrong {
            line: before.unwrap_or_default().matches('\n').count(),
            reason: files::reason(error.message()).into(),
        }
    })?;
    Ok(table.into_inner())
}

/// Returns the length of what is left of a line, with its end, or 0 if that is not blank.
pub(super) fn blank_length(rest: &str) -> usize {
    let line = rest.find('\n').map_or(rest, |end| &rest[..=end]);
    if line.trim().is_empty() {
        line.len()
    } else {
        0
    }
}

/// Returns the code that somebody meant with `486`, `"486"` or `486.0`.
pub(super) fn code(value: &DeValue<'_>) -> Option<StatusCode> {
    match value {
        DeValue::Integer(number) => {
            let digits = number.as_str().replace('_', "");
            StatusCode::new(u16::from_str_radix(&digits, number.radix()).ok()?).ok()
        }
        DeValue::Float(number) => number.as_str().strip_suffix(".0")?.parse().ok(),
        DeValue::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// Returns a text, also one that was written without quotes.
fn text(value: &DeValue<'_>) -> Option<String> {
    Some(match value {
        DeValue::String(text) => text.clone().into_owned(),
        DeValue::Integer(number) => number.as_str().to_owned(),
        DeValue::Float(number) => number.as_str().to_owned(),
        DeValue::Boolean(yes) => yes.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Array(_) | DeValue::Table(_) => return None,
    })
}

/// Writes a text as TOML does on one line, so that a cut or a merge takes it as a whole.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            letter if letter.is_control() => {
                quoted.extend(format!("\\u{:04X}", u32::from(letter)).chars());
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}
