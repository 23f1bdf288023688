//! The fields before the first table: the version, and entries that are written as a list.

use toml::de::{DeTable, DeValue};

use super::entry::{ENTRY, Wrong, parsed};
use super::parts::{is_bookmark, text_end};

/// The version of the file that is written here.
pub(super) const VERSION: i64 = 1;
/// What is wrong where a bookmark is written in a way that is not read.
pub(super) const ASTRAY: &str =
    "this is no entry; one is written as [[bookmark]], and below it code = 486";

/// What the head of a file says.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) version: Option<i64>,
    /// The fields that are no entries, and what was written into the list after the last of them.
    pub(super) rest: String,
    pub(super) entries: Vec<Listed>,
    /// Where somebody wrote bookmarks as `bookmark.486.note = "x"`.
    pub(super) astray: Option<Wrong>,
}

/// An entry of a list, written as one that stands by itself.
#[derive(Debug)]
pub(super) struct Listed {
    pub(super) text: String,
    /// Where its fields begin in the text.
    pub(super) fields: usize,
    /// Its line in the head, counted from 0.
    pub(super) line: usize,
}

impl Head {
    pub(super) fn read(text: &str) -> Result<Self, Wrong> {
        let table = parsed(text, 0)?;
        let mut head = Self {
            version: version(&table),
            rest: text.to_owned(),
            entries: Vec::new(),
            astray: None,
        };
        let mut named = table.iter().filter(|(name, _)| is_bookmark(name.get_ref()));
        let Some((name, value)) = named.next() else {
            return Ok(head);
        };
        if is_dotted(text, value) {
            let line = text[..name.span().start].matches('\n').count();
            let reason = ASTRAY.into();
            head.astray = Some(Wrong { line, reason });
            return Ok(head);
        }
        head.take_list(text, name.span().start, value);
        Ok(head)
    }

    /// Takes the list out of the fields, which begins at a place with its name.
    fn take_list(&mut self, text: &str, start: usize, value: &toml::Spanned<DeValue<'_>>) {
        let one = [value.clone()];
        let values = match value.get_ref() {
            DeValue::Array(values) => values.iter().as_slice(),
            _ => &one,
        };
        let mut at = value.span().start;
        for value in values {
            let end = with_comment(text, value.span().end);
            let mut entry = comments(&text[at..end]) + ENTRY;
            let fields = entry.len();
            match value.get_ref() {
                DeValue::Table(table) => write_fields(&mut entry, text, table, ""),
                _ => write_field(&mut entry, "code", &text[value.span()]),
            }
            entry.push('\n');
            self.entries.push(Listed {
                text: entry,
                fields,
                line: text[..value.span().start].matches('\n').count(),
            });
            at = end;
        }
        let end = value.span().end;
        let left = comments(&text[at.min(end)..end]);
        let after = &text[end.max(at)..];
        let blank = after.find('\n').map_or(after, |end| &after[..=end]);
        let blank = if blank.trim().is_empty() {
            blank.len()
        } else {
            0
        };
        self.rest = format!("{}{left}{}", &text[..start], &after[blank..]);
        if !self.entries.is_empty() && !self.rest.is_empty() && !self.rest.ends_with("\n\n") {
            self.rest.push('\n');
        }
    }
}

/// Returns the version that a head says. One that is no number is not taken for a newer one.
fn version(head: &DeTable<'_>) -> Option<i64> {
    let whole = |text: &str, radix| {
        let text = text.trim().replace('_', "");
        let digits = text.split('.').next().unwrap_or_default();
        match i64::from_str_radix(digits, radix) {
            Err(error) if *error.kind() == std::num::IntErrorKind::PosOverflow => i64::MAX,
            number => number.unwrap_or(VERSION),
        }
    };
    Some(match head.get("version")?.get_ref() {
        DeValue::Integer(number) => whole(number.as_str(), number.radix()),
        DeValue::Float(number) => whole(number.as_str(), 10),
        DeValue::String(text) => whole(text, 10),
        _ => VERSION,
    })
}

/// Returns the version that some line of a head says which cannot be read as a whole.
pub(super) fn version_of_any(text: &str) -> i64 {
    let versions = text
        .lines()
        .filter_map(|line| version(&parsed(line, 0).ok()?));
    versions.max().unwrap_or(VERSION)
}

fn is_dotted(text: &str, value: &toml::Spanned<DeValue<'_>>) -> bool {
    value.get_ref().is_table() && !text[value.span()].starts_with('{')
}

/// Writes the fields of a table one a line, those with dots in their names too.
fn write_fields(to: &mut String, text: &str, table: &DeTable<'_>, before: &str) {
    for (name, value) in table {
        let name = format!("{before}{}", &text[name.span()]);
        match value.get_ref() {
            DeValue::Table(below) if is_dotted(text, value) => {
                write_fields(to, text, below, &format!("{name}."));
            }
            _ => write_field(to, &name, &text[value.span()]),
        }
    }
}

fn write_field(to: &mut String, name: &str, value: &str) {
    for piece in [name, " = ", value, "\n"] {
        to.push_str(piece);
    }
}

/// Returns where a value ends with the comment that follows on its line.
fn with_comment(text: &str, end: usize) -> usize {
    let rest = &text[end..];
    let line = rest.lines().next().unwrap_or_default();
    if line.trim_start_matches([' ', '\t', ',']).starts_with('#') {
        end + line.len()
    } else {
        end
    }
}

/// Returns the comments of a text, one a line.
fn comments(text: &str) -> String {
    let mut comments = String::new();
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let rest = &text[at..];
        at += match letter {
            '#' => {
                let comment = rest.lines().next().unwrap_or_default();
                comments += comment;
                comments.push('\n');
                comment.len()
            }
            '"' | '\'' => text_end(rest).unwrap_or(1),
            _ => letter.len_utf8(),
        };
    }
    comments
}
