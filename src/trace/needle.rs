//! Where a start line may stand: the bytes around a version tell it from Via and from prose, before any line is split.

use std::sync::LazyLock;

use memchr::{memchr, memchr3, memmem, memrchr};

use crate::message::{METHODS, Method, has_white};

/// What is looked for: it stands in `SIP/2.0` as in `SIP\/2.0`, written large or small.
pub(super) const NEEDLE: &[u8] = b"/2.0";

/// Looks for it, made once: a text has it often.
pub(super) static VERSION: LazyLock<memmem::Finder<'static>> =
    LazyLock::new(|| memmem::Finder::new(NEEDLE));

/// How far before a version its line may begin.
pub(super) const BEFORE: usize = 8 * 1024;

/// No method of the registry is longer, and no scheme that is met.
const LONGEST: usize = 9;

/// A start line that may be one: two known header fields below it will tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) start: usize,
    /// Where the version ends.
    pub(super) version: usize,
    /// No line ends before it.
    pub(super) is_whole: bool,
}

/// Looks at a hit of the needle; a request line may not begin before `floor`.
pub(super) fn candidate(text: &[u8], hit: usize, floor: usize) -> Option<Candidate> {
    let before = text.get(floor..hit)?;
    // So begin more than half of all messages.
    if let [.., b'S', b'I', b'P'] = before
        && let Some(b' ') = text.get(hit + NEEDLE.len())
        && let Some(b'0'..=b'9') = text.get(hit + NEEDLE.len() + 1)
    {
        return Some(Candidate {
            start: hit - 3,
            version: hit + NEEDLE.len(),
            is_whole: true,
        });
    }
    let before = if let [before @ .., b'\\'] = before {
        before
    } else {
        before
    };
    let end = before.len().checked_sub(3)?;
    let (before, name) = (before.get(..end)?, before.get(end..)?);
    if !matches!(name, b"SIP") && !name.eq_ignore_ascii_case(b"SIP") {
        return None;
    }
    let version = hit + NEEDLE.len();
    let mut blanks = 0;
    while let Some(b' ' | b'\t') = text.get(version + blanks) {
        blanks += 1;
    }
    match text.get(version + blanks) {
        // A code may be coloured.
        Some(code) if blanks > 0 && (code.is_ascii_digit() || *code == b'\x1b') => {
            Some(Candidate {
                start: floor + before.len(),
                version,
                is_whole: true,
            })
        }
        Some(end) if !ends(*end) => None,
        _ => {
            let (start, is_whole) = request(before)?;
            Some(Candidate {
                start: floor + start,
                version,
                is_whole,
            })
        }
    }
}

/// Returns whether a request line ends with a hit of the needle that began before `from`, which is as far as one is looked for.
pub(super) fn ends_long(text: &[u8], hit: usize, from: usize) -> bool {
    // Nearly all hits stand in Via.
    matches!(text.get(hit + NEEDLE.len()), Some(b'\r' | b'\n'))
        && hit - from == BEFORE
        && text[from..hit].ends_with(b" SIP")
        && memchr(b'\n', &text[from..hit]).is_none()
}

/// Returns where a request line begins that ends with what stands before the version, and whether no line ends in it.
fn request(before: &[u8]) -> Option<(usize, bool)> {
    match before {
        [.., last] if last.is_ascii_whitespace() => {}
        _ => return None,
    }
    let line = match memrchr(b'\n', before) {
        Some(end) => end + 1,
        None => 0,
    };
    if is_plain(before.get(line..).unwrap_or_default()) {
        return Some((line, true));
    }
    let mut end = before.trim_ascii_end().len();
    let mut has_scheme = false;
    // A blank in the address is wrong, and met.
    for _ in 0..5 {
        let words = &before[..end];
        let word = words.iter().rposition(u8::is_ascii_whitespace);
        let word = word.map_or(0, |blank| blank + 1);
        if has_scheme && let Some(method) = method(&before[word..end]) {
            return Some((end - method, false));
        }
        has_scheme |= before[word..end].contains(&b':');
        end = before[..word].trim_ascii_end().len();
        if before[end..word].contains(&b'\n') || end == 0 {
            return None;
        }
    }
    None
}

/// Returns whether what stands before the version is a request line as nearly all are: so it need not be read backwards.
fn is_plain(line: &[u8]) -> bool {
    let mut end = 0;
    while end <= LONGEST && line.get(end).is_some_and(|letter| *letter != b' ') {
        end += 1;
    }
    let uri = line
        .get(end + 1..line.len().saturating_sub(1))
        .unwrap_or_default();
    let has_scheme = matches!(uri, [b's', b'i', b'p', b':', ..])
        || uri.iter().take(LONGEST).any(|byte| *byte == b':');
    has_scheme
        && Method::is_registered(&line[..end])
        && (!has_white(uri) || memchr3(b' ', b'\t', b'\r', uri).is_none())
}

/// Returns the length of the method that ends a word: binary bytes may be glued to it.
fn method(word: &[u8]) -> Option<usize> {
    if let Method::Registered(_) = Method::of(word) {
        return Some(word.len());
    }
    let known = METHODS
        .iter()
        .filter(|name| word.ends_with(name.as_bytes()));
    let known = known.map(|name| name.len()).max();
    let is_token = |byte: &&u8| byte.is_ascii_alphanumeric() || b"-.!%*_+`'~".contains(byte);
    let length = word.iter().rev().take_while(is_token).count();
    let token = &word[word.len() - length..];
    let named = token.iter().any(u8::is_ascii_alphabetic);
    known.or(named.then_some(length))
}

/// Returns whether a byte ends the start line of a request behind the version, as text or as what stands for a line end.
fn ends(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n' | b'.' | b'^' | b'\\' | b'#' | b'\x1b')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begins(text: &str) -> Option<&str> {
        let hit = text.find("/2.0")?;
        let candidate = candidate(text.as_bytes(), hit, 0)?;
        Some(&text[candidate.start..])
    }

    #[test]
    fn a_start_line_may_stand_behind_anything() {
        for (text, line) in [
            ("x: SIP/2.0 486 Busy", "SIP/2.0 486 Busy"),
            (
                "..Y.lOPTIONS sip:a@b SIP/2.0\r\n",
                "OPTIONS sip:a@b SIP/2.0\r\n",
            ),
            ("in: BYE sip:a;  b SIP/2.0", "BYE sip:a;  b SIP/2.0"),
            ("X-new <tel:1> sip\\/2.0#015", "X-new <tel:1> sip\\/2.0#015"),
        ] {
            assert_eq!(begins(text), Some(line), "{text}");
        }
    }

    #[test]
    fn what_is_no_start_line_is_left_at_once() {
        for text in [
            "Via: SIP/2.0/UDP a",
            "with 401 Unauthorized for SIP/2.0 request",
            "http://a/SIP/2.0\n",
            "replaced by SIP/2.0.\n",
            "HTTP/2.0 200",
            "a:b\nc SIP/2.0\n",
        ] {
            assert_eq!(begins(text), None, "{text}");
        }
    }
}
