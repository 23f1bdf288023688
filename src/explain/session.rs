//! The lines of a session description as they stand.

use memchr::memchr_iter;

use crate::message::Message;

/// The type of a line, and its value.
pub(super) type Line = (char, String);

/// Returns the lines of a session description that is whole; a line that is none has no type.
pub(super) fn lines(message: &Message<'_>) -> Option<Vec<Line>> {
    let session = message.session()?;
    let is_part = session.len() < message.body.len();
    let body = session.trim_ascii_start();
    let is_begun = body.get(1) == Some(&b'=') && body[0].is_ascii_lowercase();
    let is_whole = message
        .length()
        .is_none_or(|length| length <= most(message.body));
    if !is_begun || !is_whole {
        return None;
    }
    let end = message
        .length()
        .and_then(|length| usize::try_from(length).ok());
    let own = session.get(..end.unwrap_or(usize::MAX)).unwrap_or(session);
    let rows = own.trim_ascii().split(|byte| *byte == b'\n');
    // Without a length what follows an empty line is something else.
    let is_bounded = end.is_some() || is_part;
    let rows = rows.take_while(|row| is_bounded || !row.trim_ascii().is_empty());
    let line = |row: &[u8]| match row {
        [kind @ b'a'..=b'z', b'=', value @ ..] => (char::from(*kind), written(value)),
        _ => ('?', String::new()),
    };
    Some(rows.map(line).collect())
}

/// Returns a value without its line end; blanks inside stay, since one alone divides.
fn written(value: &[u8]) -> String {
    String::from_utf8_lossy(value.strip_suffix(b"\r").unwrap_or(value)).into_owned()
}

/// Returns how long a body can have been before its line ends were changed and the last of them was lost.
pub(super) fn most(body: &[u8]) -> u64 {
    let is_bare = |at: &usize| at.checked_sub(1).and_then(|at| body.get(at)) != Some(&b'\r');
    let bare = memchr_iter(b'\n', body).filter(is_bare).count();
    // What ends as it was sent has lost nothing.
    let lost = if bare == 0 && body.ends_with(b"\r\n") {
        0
    } else {
        2
    };
    (body.len() + bare + lost) as u64
}
