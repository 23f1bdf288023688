//! The rows among the header fields of a message that are none.

use crate::message::{Field, Message, lines};

/// Returns the rows among the header fields that are none; a list that a comma leaves open goes on where a writer lost the
/// blank.
pub(super) fn strays<'a>(message: &Message<'a>) -> impl Iterator<Item = &'a [u8]> + use<'a> {
    let rows = message.rows;
    let goes_on = |before: &[u8]| before.trim_ascii_end().ends_with(b",");
    let all = lines(rows).filter(move |row| !goes_on(&rows[..row.start]));
    let all = all.map(move |row| &rows[row]);
    let is_stray = |row: &&[u8]| !row.trim_ascii().is_empty() && Field::parse(row).is_none();
    all.filter(is_stray).map(<[u8]>::trim_ascii_end)
}

/// Returns the letters and digits of a text, in small letters.
pub(super) fn letters(text: &[u8]) -> Vec<u8> {
    let letters = text.iter().filter(|byte| byte.is_ascii_alphanumeric());
    letters.map(u8::to_ascii_lowercase).collect()
}

/// Returns whether one of these rows seems to be meant as a header field.
pub(super) fn seem(name: &str, strays: &[&[u8]]) -> bool {
    !strays.is_empty() && {
        let name = letters(name.as_bytes());
        strays.iter().any(|row| letters(row).starts_with(&name))
    }
}
