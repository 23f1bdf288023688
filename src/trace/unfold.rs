//! Lines that hold a whole message, with something else for each line end: `#015#012`, or `\r\n` in two letters.

use std::str;

use memchr::{memchr, memchr2, memmem};
use wide::u8x16;

use super::read::REACH;

/// How far behind a version the first line end is looked for.
const NEAR: usize = 256;

/// What stands for the bytes that a line cannot hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Folding {
    octal: bool,
    backslash: bool,
}

impl Folding {
    /// As a string of JSON.
    pub(super) const STRING: Self = Self {
        octal: false,
        backslash: true,
    };
}

/// Returns where the line ends in which a version ends, and whether it may be folded. So the start line of nearly every
/// message is told from the sixteen bytes behind its version.
#[inline]
pub(super) fn line_end(text: &[u8], version: usize) -> (Option<usize>, bool) {
    let behind = text.get(version..).unwrap_or_default();
    if let Some(near) = behind.first_chunk() {
        let near = u8x16::new(*near);
        let sees = |byte: u8| near.simd_eq(u8x16::splat(byte));
        let ends = sees(b'\n').to_bitmask();
        if ends != 0 {
            let signs = (sees(b'#') | sees(b'\\')).to_bitmask();
            let end = version + ends.trailing_zeros() as usize;
            return (Some(end), signs & (ends ^ (ends - 1)) != 0);
        }
    }
    let reach = &behind[..behind.len().min(REACH)];
    (memchr(b'\n', reach).map(|length| version + length), true)
}

/// Returns how a line is folded, from what stands behind the version in it.
pub(super) fn folding(line: &[u8], version: usize) -> Option<Folding> {
    let near = &line[version..line.len().min(version + NEAR)];
    let slashed = line[..version].ends_with(b"\\/2.0");
    if !slashed && memchr2(b'#', b'\\', near).is_none() {
        return None;
    }
    let has = |escape: &[u8]| memmem::find(near, escape).is_some();
    let octal = has(b"#012") || has(b"#015");
    let backslash = slashed || has(b"\\n") || has(b"\\r");
    (octal || backslash).then_some(Folding { octal, backslash })
}

/// Returns the lines that were folded into one.
pub(super) fn unfold(line: &[u8], folding: Folding) -> Vec<u8> {
    let mut text = Vec::with_capacity(line.len());
    let mut rest = line;
    while let [byte, after @ ..] = rest {
        rest = after;
        match byte {
            b'#' if folding.octal => rest = octal(after, &mut text),
            b'\\' if folding.backslash => rest = escaped(after, &mut text),
            b'"' if folding.backslash && ends_string(after) => text.extend_from_slice(b"\n\n"),
            byte => text.push(*byte),
        }
    }
    text
}

/// Returns whether a quotation mark ends a string: inside of one it would stand behind a backslash.
fn ends_string(after: &[u8]) -> bool {
    let next = after.iter().find(|byte| !byte.is_ascii_whitespace());
    next.is_none_or(|byte| b",}]".contains(byte))
}

fn octal<'a>(after: &'a [u8], text: &mut Vec<u8>) -> &'a [u8] {
    let number = after.split_at_checked(3).and_then(|(digits, rest)| {
        let digits = str::from_utf8(digits).ok()?;
        Some((u8::from_str_radix(digits, 8).ok()?, rest))
    });
    let (byte, rest) = number.unwrap_or((b'#', after));
    text.push(byte);
    rest
}

fn escaped<'a>(after: &'a [u8], text: &mut Vec<u8>) -> &'a [u8] {
    let Some((letter, rest)) = after.split_first() else {
        return after;
    };
    let byte = match letter {
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'u' => return unicode(rest, text),
        letter => *letter,
    };
    text.push(byte);
    rest
}

fn unicode<'a>(after: &'a [u8], text: &mut Vec<u8>) -> &'a [u8] {
    let letter = after.split_at_checked(4).and_then(|(digits, rest)| {
        let digits = str::from_utf8(digits).ok()?;
        let number = u32::from_str_radix(digits, 16).ok()?;
        Some((char::from_u32(number).unwrap_or('\u{fffd}'), rest))
    });
    let (letter, rest) = letter.unwrap_or(('u', after));
    text.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_are_put_back() {
        for (line, text) in [
            (
                "x: SIP/2.0 200 OK#015#012Via: #1",
                "x: SIP/2.0 200 OK\r\nVia: #1",
            ),
            (
                r#"{"m": "SIP\/2.0 200 OK\r\nTo: \"A\" \u003ca>", "n": 1}"#,
                "{\"m\": \"SIP/2.0 200 OK\r\nTo: \"A\" <a>\n\n, \"n\": 1}",
            ),
            (
                r#"{"m":"SIP\/2.0 200 OK#015#012To: a"}"#,
                "{\"m\":\"SIP/2.0 200 OK\r\nTo: a\n\n}",
            ),
        ] {
            let version = line.find("/2.0").expect("a version") + 4;
            let folding = folding(line.as_bytes(), version).expect("folded");
            let unfolded = unfold(line.as_bytes(), folding);
            assert_eq!(String::from_utf8_lossy(&unfolded), text);
        }
        assert_eq!(folding(b"SIP/2.0 200 OK", 7), None);
    }
}
