//! Line ends and signs that a line shows by a name or a number of theirs: `<013><010>`, `[0D][0A]`, `<CR><LF>`, `\x0d\x0a`,
//! `%0D%0A`, and the `<br>` and `&lt;` of a page of HTML. Which of them a line has is told by what stands behind its version.

use memchr::{memchr, memmem};

use super::form::Form;
use super::output::{Output, folded};

/// What stands where a line end or an angle bracket is written so; small and capital letters are alike.
pub(super) const MARKS: &[&[u8]] = &[
    b"<010>", b"<0A>", b"<0a>", b"<LF>", b"<CRLF>", b"[010]", b"[0A]", b"[0a]", b"[LF]", b"[CRLF]",
    b"{0A}", b"{LF}", b"\\x0a", b"\\x0A", b"\\012", b"%0A", b"%0a", b"<br", b"<BR", b"&#10;",
    b"&#xA;", b"&#xa;", b"&lt;sip", b"&lt;tel",
];
/// How far behind a version the first line end stands.
const NEAR: usize = 256;
/// Longer signs are none.
const LONGEST: usize = 64;
/// The tags between which a text goes on as it does without them.
const INLINE: [&[u8]; 10] = [
    b"span", b"b", b"i", b"u", b"a", b"em", b"font", b"code", b"strong", b"tt",
];
/// The other tags of a page that shows a log.
const BLOCKS: [&[u8]; 16] = [
    b"br", b"p", b"div", b"pre", b"td", b"th", b"tr", b"tbody", b"table", b"li", b"ul", b"ol",
    b"hr", b"body", b"html", b"h2",
];

/// How signs are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Notation {
    /// Between brackets of any kind: `<010>`, `[0A]`, `{LF}`.
    Bracket,
    /// Behind a backslash: `\x0a`, `\012`.
    Backslash,
    /// As in a URL: `%0A`.
    Percent,
    /// As tags and entities: `<br>`, `&lt;`, `&#10;`.
    Page,
}

#[derive(Debug, Default)]
pub(super) struct Notations {
    is_met: bool,
    /// That of a message whose lines are lines all the same.
    of_lines: Option<Notation>,
}

impl Form for Notations {
    fn take(&mut self, line: &[u8], out: &mut Output) -> bool {
        let whole = line.trim_ascii_end();
        let is_page = || is_of_page(whole).then_some(Notation::Page);
        let Some(notation) = of(whole).or(self.of_lines).or_else(is_page) else {
            return false;
        };
        let decoded = decoded(whole, notation);
        if decoded == whole {
            return false;
        }
        self.is_met = true;
        // Lines that are lines may show their ends as well.
        let start = decoded.iter().take_while(|byte| b"\r\n".contains(byte));
        let one = decoded[start.count()..].trim_ascii_end();
        let is_whole = memchr(b'\n', one).is_some();
        if !is_whole && matches!(notation, Notation::Bracket | Notation::Page) {
            self.of_lines = Some(notation);
        }
        out.settle();
        out.leave_out(line);
        if is_whole {
            out.put(&folded(&[], &decoded));
        } else {
            out.put(&[one, &line[whole.len()..]].concat());
        }
        true
    }

    fn release(&mut self, _: &mut Output) {}

    fn is_met(&self) -> bool {
        self.is_met
    }
}

/// Returns how the line ends of a message are written that stands in a line as a whole, or how the end of its start line is.
fn of(line: &[u8]) -> Option<Notation> {
    let after = |slash: &'static [u8]| {
        let found = memmem::find_iter(line, slash);
        let mut found = found.map(move |at| &line[at + slash.len()..]);
        // That of a Via goes on with a slash.
        found.find(move |rest| !rest.starts_with(&slash[..slash.len() - 3]))
    };
    let rest = after(b"/2.0")
        .or_else(|| after(b"%2F2.0"))
        .or_else(|| after(b"%2f2.0"))?;
    let near = &rest[..rest.len().min(NEAR)];
    (0..near.len()).find_map(|at| {
        let all = [
            Notation::Bracket,
            Notation::Backslash,
            Notation::Percent,
            Notation::Page,
        ];
        let ends = |sign: &(Vec<u8>, usize)| sign.0.contains(&b'\n');
        all.into_iter()
            .find(|notation| sign(&near[at..], *notation).is_some_and(|sign| ends(&sign)))
    })
}

/// Returns whether a line has an address between brackets as a page has it, in a field that holds one.
fn is_of_page(line: &[u8]) -> bool {
    let has = |mark: &[u8]| memmem::find(line, mark).is_some();
    let is_field = || {
        [&b"From:"[..], b"To:", b"Contact:", b"Route:"]
            .into_iter()
            .any(has)
    };
    (has(b"&lt;sip") || has(b"&lt;tel")) && is_field()
}

fn decoded(line: &[u8], notation: Notation) -> Vec<u8> {
    let mut text = Vec::with_capacity(line.len());
    let mut rest = line;
    while let [byte, after @ ..] = rest {
        if let Some((sign, length)) = sign(rest, notation) {
            text.extend_from_slice(&sign);
            rest = &rest[length..];
        } else {
            text.push(*byte);
            rest = after;
        }
    }
    text
}

/// Returns what stands at the start of a text for other bytes, and how long it is there.
fn sign(text: &[u8], notation: Notation) -> Option<(Vec<u8>, usize)> {
    match (notation, text.first()?) {
        (Notation::Bracket, b'<' | b'[' | b'{') => {
            let (inside, length) = inside(text)?;
            Some((control(inside)?, length))
        }
        (Notation::Backslash, b'\\') => match text.get(1)? {
            b'x' | b'X' => Some((vec![number(text.get(2..4)?, 16)?], 4)),
            b'0'..=b'3' => Some((vec![number(text.get(1..4)?, 8)?], 4)),
            _ => None,
        },
        (Notation::Percent, b'%') => Some((vec![number(text.get(1..3)?, 16)?], 3)),
        (Notation::Page, b'<') => {
            let (inside, length) = inside(text)?;
            Some((tag(inside)?, length))
        }
        (Notation::Page, b'&') => {
            let end = text.iter().take(LONGEST).position(|byte| *byte == b';')?;
            Some((entity(&text[1..end])?, end + 1))
        }
        _ => None,
    }
}

/// Returns what stands between the bracket at the start of a text and the one that closes it, and how long that is with both.
fn inside(text: &[u8]) -> Option<(&[u8], usize)> {
    let closing = match text.first()? {
        b'<' => b'>',
        b'[' => b']',
        _ => b'}',
    };
    let end = text
        .iter()
        .take(LONGEST)
        .position(|byte| *byte == closing)?;
    Some((&text[1..end], end + 1))
}

/// Reads a control character from its name or its number, which has three digits or is hexadecimal.
fn control(name: &[u8]) -> Option<Vec<u8>> {
    let named: &[u8] = match name.to_ascii_uppercase().as_slice() {
        b"CRLF" => b"\r\n",
        b"CR" | b"013" | b"0D" => b"\r",
        b"LF" | b"010" | b"0A" => b"\n",
        b"TAB" | b"HT" | b"009" | b"09" => b"\t",
        _ => return None,
    };
    Some(named.to_vec())
}

fn number(digits: &[u8], radix: u32) -> Option<u8> {
    let is_plain = digits.iter().all(u8::is_ascii_alphanumeric);
    u8::from_str_radix(str::from_utf8(digits).ok().filter(|_| is_plain)?, radix).ok()
}

/// Returns what a tag is for a text: nothing, or the end of a line, or the end of all that stood before.
fn tag(inside: &[u8]) -> Option<Vec<u8>> {
    let is_end = inside.starts_with(b"/");
    let name = inside.strip_prefix(b"/").unwrap_or(inside);
    let letters = name.iter().take_while(|byte| byte.is_ascii_alphanumeric());
    let (name, rest) = name.split_at(letters.count());
    if !matches!(rest.first(), None | Some(b' ' | b'/' | b'\t')) {
        return None;
    }
    let name = name.to_ascii_lowercase();
    if INLINE.contains(&name.as_slice()) {
        return Some(Vec::new());
    }
    let is_block = BLOCKS.contains(&name.as_slice());
    is_block.then(|| {
        if is_end {
            b"\n\n".to_vec()
        } else {
            b"\n".to_vec()
        }
    })
}

fn entity(name: &[u8]) -> Option<Vec<u8>> {
    let named: &[u8] = match name {
        b"lt" => b"<",
        b"gt" => b">",
        b"amp" => b"&",
        b"quot" => b"\"",
        b"apos" => b"'",
        b"nbsp" => b" ",
        _ => return numbered(name),
    };
    Some(named.to_vec())
}

fn numbered(name: &[u8]) -> Option<Vec<u8>> {
    let digits = str::from_utf8(name.strip_prefix(b"#")?).ok()?;
    let number = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => digits.parse(),
    };
    let letter = char::from_u32(number.ok()?)?;
    Some(letter.to_string().into_bytes())
}
