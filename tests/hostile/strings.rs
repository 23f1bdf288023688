//! The table of hostile strings.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};

/// A hostile string.
pub(crate) struct Hostile {
    pub(crate) name: &'static str,
    pub(crate) bytes: Vec<u8>,
    /// What a reader may see of it, on one line.
    pub(crate) left: String,
}

impl Hostile {
    /// Returns it as text, as any program reads bytes that are none.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// Returns it as the system takes it in arguments and in the environment: without NUL.
    pub(crate) fn argument(&self) -> OsString {
        let bytes = self.bytes.iter().copied().filter(|byte| *byte != 0);
        OsString::from_vec(bytes.collect())
    }

    /// Returns it as the name of a directory.
    pub(crate) fn file_name(&self) -> OsString {
        let bytes = self.argument().into_vec().into_iter();
        let bytes = bytes.map(|byte| if byte == b'/' { b'_' } else { byte });
        OsString::from_vec(bytes.take(60).collect())
    }

    /// Returns it as the few letters that somebody types: what is a key of its own is left out.
    pub(crate) fn letters(&self) -> String {
        let text = self.text();
        let letters = text.chars().filter(|c| !c.is_ascii_control());
        letters.take(6).collect()
    }
}

/// Returns arguments in which `!` stands for a string.
pub(crate) fn arguments(typed: &str, string: &OsStr) -> Vec<OsString> {
    let put = |word: &str| {
        let parts: Vec<&[u8]> = word.split('!').map(str::as_bytes).collect();
        OsString::from_vec(parts.join(string.as_bytes()))
    };
    typed.split(' ').map(put).collect()
}

/// Reads the table: name, string, and what is left of it.
pub(crate) fn strings() -> Vec<Hostile> {
    let rows = include_str!("../hostile.tsv").lines();
    let strings = rows.map(|row| {
        let mut fields = row.split('\t');
        let mut field = || {
            fields
                .next()
                .unwrap_or_else(|| panic!("a field in {row:?}"))
        };
        Hostile {
            name: field(),
            bytes: unescaped(field()),
            left: String::from_utf8(unescaped(field())).expect("text is left"),
        }
    });
    strings.collect()
}

/// Reads `\n`, `\r`, `\t`, `\\`, `\xHH` for a byte, `\u{HHHH}` for a character.
fn unescaped(written: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut parts = written.split('\\');
    bytes.extend_from_slice(parts.next().unwrap_or_default().as_bytes());
    while let Some(part) = parts.next() {
        let (letter, rest) = part.split_at(part.len().min(1));
        let rest = match letter {
            "n" => push(&mut bytes, b'\n', rest),
            "r" => push(&mut bytes, b'\r', rest),
            "t" => push(&mut bytes, b'\t', rest),
            "x" => push(&mut bytes, hex(&rest[..2]), &rest[2..]),
            "u" => {
                let (number, rest) = rest[1..].split_once('}').expect("a closing brace");
                let letter = char::from_u32(hex(number)).expect("a character");
                bytes.extend_from_slice(letter.to_string().as_bytes());
                rest
            }
            "" => push(&mut bytes, b'\\', parts.next().unwrap_or_default()),
            other => panic!("no escape {other:?}"),
        };
        bytes.extend_from_slice(rest.as_bytes());
    }
    bytes
}

fn push<'a>(bytes: &mut Vec<u8>, byte: u8, rest: &'a str) -> &'a str {
    bytes.push(byte);
    rest
}

fn hex<T: TryFrom<u32>>(digits: &str) -> T {
    let number = u32::from_str_radix(digits, 16).ok();
    let number = number.and_then(|number| number.try_into().ok());
    number.unwrap_or_else(|| panic!("no number {digits:?}"))
}
