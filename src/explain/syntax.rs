//! Whether the value of a header field is written as its grammar says. Where writers are known to differ and readers to
//! bear it, it is no stricter than they are.

mod address;
mod field;
mod reader;
mod via;

use std::borrow::Cow;

use crate::message::{Field, Message};

pub(super) use address::{has_headers, is_uri, uri};
pub(super) use field::challenge;
use field::{FIELDS, Many};
use reader::parts;
pub(super) use via::Via;

/// Returns whether the grammar of a header field is known here.
pub(super) fn is_known(name: &str) -> bool {
    FIELDS.iter().any(|(known, _, _)| *known == name)
}

/// Returns the first value of a header field that is written wrongly, if there is one.
pub(super) fn bad<'a>(name: &str, message: &Message<'a>) -> Option<Cow<'a, [u8]>> {
    let mut fields = FIELDS.iter();
    let (name, many, is_good) = fields.find(|(known, _, _)| *known == name)?;
    let rows = message.all(name);
    match many {
        Many::One => rows
            .map(|field| unfolded(field.value))
            .find(|value| !is_good(value)),
        Many::List => rows.flat_map(divided).find(|value| !is_good(value)),
    }
}

/// Returns the values of a header field, those of a row one by one.
pub(super) fn values<'a>(name: &str, message: &Message<'a>) -> Vec<Cow<'a, [u8]>> {
    message.all(name).flat_map(divided).collect()
}

/// Returns the topmost Via, if it is written rightly.
pub(super) fn top_via<'a>(message: &Message<'a>) -> Option<Via<'a>> {
    let first = message.value("Via")?;
    parts(first, b',').next().and_then(Via::of)
}

/// Returns the value of a parameter of the first header field with a name; behind the address, if it has one in `<>`.
pub(super) fn parameter<'a>(
    name: &str,
    parameter: &str,
    message: &Message<'a>,
) -> Option<&'a [u8]> {
    parts(message.value(name)?, b';').skip(1).find_map(|part| {
        let at = part.iter().position(|byte| *byte == b'=')?;
        let (name, value) = part.split_at(at);
        let is_it = name.trim_ascii().eq_ignore_ascii_case(parameter.as_bytes());
        Some(value.get(1..)?.trim_ascii()).filter(|value| is_it && !value.is_empty())
    })
}

/// Returns the values of a row, which commas divide.
fn divided<'a>(field: &Field<'a>) -> Vec<Cow<'a, [u8]>> {
    let mut values: Vec<_> = parts(field.value, b',').map(unfolded).collect();
    // One comma too many does no harm; a row in which nothing stands is a value.
    if values.len() > 1 {
        values.retain(|value| !value.is_empty());
    }
    values
}

/// Returns a value as one line: a line end before a blank is a blank (RFC 3261 section 7.3.1).
fn unfolded(value: &[u8]) -> Cow<'_, [u8]> {
    if value.iter().any(|byte| matches!(byte, b'\r' | b'\n')) {
        let blank = |byte: &u8| match byte {
            b'\r' | b'\n' => b' ',
            byte => *byte,
        };
        Cow::Owned(value.iter().map(blank).collect())
    } else {
        Cow::Borrowed(value)
    }
}
