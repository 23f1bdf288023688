//! A line of a hex dump: its offset, its bytes, and mostly what they are as text, which tells where the bytes end.

/// No line shows more bytes.
const WIDTH: usize = 8 * 1024;

/// Reads a number in digits of a base.
pub(super) fn number(digits: &[u8], radix: u32) -> Option<usize> {
    usize::from_str_radix(std::str::from_utf8(digits).ok()?, radix).ok()
}

/// A line of a dump.
pub(super) struct Row<'a> {
    pub(super) offset: &'a [u8],
    /// All that may be bytes; some of it may be what they are as text.
    bytes: Vec<u8>,
    /// How many of them are proved by that text, or by its absence.
    proved: Option<usize>,
}

impl<'a> Row<'a> {
    /// Takes a line from its offset on.
    pub(super) fn of(line: &'a [u8]) -> Option<Self> {
        let line = line.trim_ascii();
        let line = line.strip_prefix(b"0x").unwrap_or(line);
        let digits = line.iter().take_while(|byte| byte.is_ascii_hexdigit());
        let (offset, rest) = line.split_at(digits.count());
        let after = rest.strip_prefix(b":").unwrap_or(rest);
        let has_room = matches!(after.first(), Some(b' ' | b'\t'));
        if !(1..=16).contains(&offset.len()) || !has_room {
            return None;
        }
        let (bytes, proved) = bytes(after);
        Some(Self {
            offset,
            bytes,
            proved,
        })
    }

    /// Returns its bytes, which are as many as in the line before where nothing else tells.
    pub(super) fn bytes(&self, width: usize) -> Option<&[u8]> {
        self.bytes.get(..self.proved.unwrap_or(width))
    }
}

/// Returns what may be bytes in a line, and how many of them are proved.
fn bytes(text: &[u8]) -> (Vec<u8>, Option<usize>) {
    let is_gap = |byte: &&u8| b" \t-".contains(byte);
    let mut bytes = Vec::new();
    let mut proved = None;
    let mut rest = text;
    while !rest.is_empty() {
        let gap = rest.iter().take_while(is_gap).count();
        if !bytes.is_empty() && gap > 0 && shows(rest, &bytes) {
            proved = Some(bytes.len());
        }
        rest = &rest[gap..];
        let digits = rest.iter().take_while(|byte| byte.is_ascii_hexdigit());
        let (group, after) = rest.split_at(digits.count());
        let is_whole = matches!(group.len(), 2..=32) && group.len() % 2 == 0;
        if !is_whole || !after.first().is_none_or(|byte| is_gap(&byte)) || bytes.len() > WIDTH {
            return (bytes, proved);
        }
        let (pairs, _) = group.as_chunks::<2>();
        bytes.extend(
            pairs
                .iter()
                .map(|[high, low]| (digit(*high) << 4) | digit(*low)),
        );
        rest = after;
    }
    let proved = proved.or(Some(bytes.len()));
    (bytes, proved.filter(|proved| *proved > 0))
}

/// Returns the value of a hexadecimal digit.
fn digit(letter: u8) -> u8 {
    (letter & 0xf) + 9 * (letter >> 6)
}

/// Returns whether what follows bytes is what they are as text.
fn shows(text: &[u8], bytes: &[u8]) -> bool {
    // Most of what follows is more bytes.
    if text.trim_ascii().len() > bytes.len() + 2 {
        return false;
    }
    let text = text.trim_ascii_end();
    let framed = |open: &[u8], close: &[u8]| {
        let inside = text.trim_ascii_start().strip_prefix(open)?;
        inside.strip_suffix(close)
    };
    let bare = || text.get(text.len().saturating_sub(bytes.len())..);
    let shown = framed(b"|", b"|").or_else(|| framed(b">", b"<"));
    if let Some(shown) = shown.filter(|shown| shown.len() == bytes.len()) {
        return agree(shown, bytes);
    }
    if text.trim_ascii().is_empty() {
        return false;
    }
    let shown = bare().unwrap_or_default();
    let before = &text[..text.len() - shown.len()];
    if before.trim_ascii().is_empty() && agree(shown, bytes) {
        return true;
    }
    // Blanks at its end are lost, or one stands in its middle.
    let shown = text.trim_ascii_start();
    let half = shown.len() / 2;
    let is_parted = shown.len() == bytes.len() + 1 && shown[half] == b' ';
    is_parted && agree(&[&shown[..half], &shown[half + 1..]].concat(), bytes)
        || shown.len() < bytes.len() && {
            let (with, without) = bytes.split_at(shown.len());
            without.iter().all(|byte| !byte.is_ascii_graphic()) && agree(shown, with)
        }
}

fn agree(shown: &[u8], bytes: &[u8]) -> bool {
    let mut pairs = shown.iter().zip(bytes);
    shown.len() == bytes.len()
        && pairs.all(|(shown, byte)| {
            !byte.is_ascii_graphic() && !shown.is_ascii_alphanumeric() || shown == byte
        })
}
