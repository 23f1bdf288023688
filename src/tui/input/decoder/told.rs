//! What bytes tell by themselves, whatever was read before.

use memchr::memmem;

/// What stands in each message, and in nothing that a person types and ends with Enter before more.
const VERSION: &[u8] = b"SIP/2.0";

/// Returns whether what came at once is a message that somebody pasted where the terminal does not mark it: text of
/// several lines. Its line ends would be Enter, and its letters commands.
pub(super) fn is_pasted(bytes: &[u8]) -> bool {
    let mut lines = bytes.split(|byte| matches!(byte, b'\r' | b'\n'));
    let has_more = lines.next().is_some() && lines.any(|line| !line.is_empty());
    has_more && memmem::find(bytes, VERSION).is_some()
}

/// Returns whether a byte is one of a text.
pub(super) fn is_text(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n' | b'\t' | b' '..=b'~' | 0x80..)
}

/// Returns whether a byte that follows an introducer at once goes on with what it began.
pub(super) fn goes_on(by: u8, byte: u8) -> bool {
    match by {
        // The answers to questions begin with a number, and those for the title with one of these.
        b']' => byte.is_ascii_digit() || b"lL".contains(&byte),
        _ => (b' '..=b'~').contains(&byte),
    }
}

/// Returns whether a byte that comes late is the rest of a sequence, and not a key that a person typed
/// after another.
pub(super) fn comes_late(by: u8, byte: u8) -> bool {
    match by {
        b'[' => byte.is_ascii_digit() || b"ABCDEFHIMOPQSZ[<=>?;".contains(&byte),
        b'O' => b"ABCDFHMPQRS".contains(&byte),
        b']' => byte.is_ascii_digit(),
        b'P' => (b' '..=b'?').contains(&byte),
        b'_' => byte == b'G',
        _ => false,
    }
}
