//! The start line and the rows below it as they stand.

use super::super::found::{Terms, when};
use super::super::looked::Looked;
use super::super::strays::letters;
use super::super::syntax::{names, shown};
use crate::catalog::Named;
use crate::message::{METHODS, Start};

pub(super) const TERMS: &Terms = &[
    (Named::RequestBlanks, |message| match message.start {
        Some(Start::Request { .. }) => blanks(message.line),
        _ => None,
    }),
    (Named::StatusBlanks, |message| match message.start {
        Some(Start::Status { .. }) => status_blanks(message.line),
        _ => None,
    }),
    (Named::SmallVersion, |message| {
        let line = message.line.trim_ascii();
        let version = match message.start? {
            Start::Status { .. } => line.get(..3)?,
            Start::Request { .. } => line.get(line.len().checked_sub(7)?..)?.get(..3)?,
        };
        (version != b"SIP").then(|| shown(version))
    }),
    (Named::BadStatus, |message| match message.start {
        None => status(message.line.trim_ascii()),
        _ => None,
    }),
    (Named::NoVersion, |message| {
        let line = message.line.trim_ascii();
        let mut words = line.split(u8::is_ascii_whitespace);
        let first = words.next().unwrap_or_default();
        let is_method = METHODS.iter().any(|known| known.as_bytes() == first);
        let last = words.next_back().unwrap_or_default();
        (message.start.is_none() && is_method && !is_version(last)).then(|| shown(line))
    }),
    (Named::NoColon, |message| {
        let mut rows = message
            .strays()
            .iter()
            .copied()
            .filter(|row| !has_name(row));
        if body(message).is_some() {
            return None;
        }
        // Behind the first words secrets may stand.
        let row = rows.next()?;
        let end = row.iter().position(|byte| b"=\"".contains(byte));
        Some(shown(&row[..end.unwrap_or(row.len())]))
    }),
    (Named::BlankInName, |message| {
        let mut rows = message.strays().iter().copied().filter(|row| has_name(row));
        let row = rows.next().filter(|_| body(message).is_none())?;
        let name = row.split(|byte| *byte == b':').next().unwrap_or_default();
        let meant = names().find(|known| letters(known.as_bytes()) == letters(name));
        let meant = meant.map_or(String::new(), |name| format!(" ({name})"));
        Some(shown(name) + &meant)
    }),
    // Of a message that was copied the end of the last line is lost with the empty one.
    (Named::NoEmptyLine, |message| {
        let is_lost = message.rows.ends_with(b"\r\n") && message.has("Content-Length");
        let has_body = message.length().is_some_and(|length| length > 0);
        when(!message.is_ended && is_lost && !has_body && body(message).is_none())
    }),
    (Named::BodyInHeader, |message| {
        let mut words = body(message)?.split(u8::is_ascii_whitespace);
        words.next().map(shown)
    }),
];

/// Returns the first row of a body that begins among the header fields: what looks like one, or is the last of a message
/// that has none and says to have one.
fn body<'a>(message: &Looked<'a>) -> Option<&'a [u8]> {
    let is_last = |row: &&[u8]| {
        let has_body = message.length().is_some_and(|length| length > 0);
        let fields = message.fields.iter().map(|field| field.name.as_ptr());
        let is_below = fields.max().is_some_and(|field| field < row.as_ptr());
        !message.is_ended && has_body && is_below
    };
    message
        .strays()
        .iter()
        .copied()
        .find(|row| is_body(row) || is_last(row))
}

/// Returns whether a word is SIP/ and two numbers.
fn is_version(word: &[u8]) -> bool {
    let is_sip = word.len() > 4 && word[..4].eq_ignore_ascii_case(b"SIP/");
    is_sip && {
        let mut numbers = word[4..].split(|byte| *byte == b'.');
        let is_number = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
        numbers.clone().count() == 2 && numbers.all(is_number)
    }
}

/// Returns whether a row is one of a body: of SDP, of XML, of a part or a status line.
fn is_body(row: &[u8]) -> bool {
    let is_sdp = matches!(row, [letter, b'=', ..] if letter.is_ascii_lowercase());
    is_sdp || row.starts_with(b"<?") || row.starts_with(b"--") || row.starts_with(b"SIP/2.0 ")
}

/// Returns whether words stand before a colon.
fn has_name(row: &[u8]) -> bool {
    let name = row.split(|byte| *byte == b':').next().unwrap_or_default();
    let is_sign = |byte: &u8| byte.is_ascii_alphanumeric() || b"- \t".contains(byte);
    name.len() < row.len() && !name.trim_ascii().is_empty() && name.iter().all(is_sign)
}

/// Returns what is wrong with the blanks of a line in which single ones divide three parts.
fn blanks(line: &[u8]) -> Option<String> {
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    let fault = if line.first().is_some_and(is_blank) {
        "a blank stands before the method"
    } else if line.last().is_some_and(is_blank) {
        "a blank stands behind the version"
    } else if line.contains(&b'\t') {
        "a tab stands in it"
    } else if line.windows(2).any(|two| two == b"  ") {
        "two blanks stand in a row"
    } else {
        return None;
    };
    Some(fault.to_owned())
}

/// Returns what is wrong with the blanks before and behind the code.
fn status_blanks(line: &[u8]) -> Option<String> {
    let behind = line.trim_ascii_start().get(7..)?;
    let fault = match behind {
        _ if line.first().is_some_and(u8::is_ascii_whitespace) => {
            "a blank stands before the version"
        }
        [b' ', b' ' | b'\t', ..] => "two blanks stand before the code",
        [b'\t', ..] => "a tab stands before the code",
        [b' ', _, _, _] => "no blank stands behind the code, which is there without a phrase too",
        [b' ', _, _, _, b' ', ..] => return None,
        _ => "no blank stands behind the code",
    };
    Some(fault.to_owned())
}

/// Returns what is wrong with a status line that is none.
fn status(line: &[u8]) -> Option<String> {
    let (version, behind) = line.split_at_checked(7)?;
    if !version.eq_ignore_ascii_case(b"SIP/2.0") {
        return None;
    }
    let code = behind.trim_ascii_start();
    let digits = code.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let shown = shown(&code[..digits]);
    Some(match digits {
        0 => "no code stands behind the version".to_owned(),
        3 if behind.len() == code.len() => "no blank stands behind the version".to_owned(),
        3 if code.get(3).is_some_and(u8::is_ascii_alphanumeric) => {
            format!("no blank stands behind the code {shown}")
        }
        3 => format!("the code {shown} is of no class: they go from 1xx to 6xx"),
        _ => format!("the code {shown} has not three digits"),
    })
}
