//! Where lines may end, many bytes at a time: this is asked of every byte of a trace.
#![expect(
    clippy::inline_always,
    reason = "it is asked so often that a call would take as long as the answer"
)]

use std::hint::black_box;

use wide::u8x16;

use super::asked::First;

/// So many bytes are looked at at once.
pub(super) const WIDTH: usize = 64;
/// What is asked of them may reach so much farther.
const AHEAD: usize = 32;

/// The bytes that are looked at with those ahead of them.
pub(super) type Block = [u8; WIDTH + AHEAD];

/// Room for the bytes of a text that is shorter, and for blanks behind them.
pub(super) type Short = [[u8; 16]; (WIDTH + AHEAD) / 16];

/// Returns so many blanks. They are no constant: to copy one takes longer than to write them.
#[inline(always)]
pub(super) fn blanks() -> [u8; 16] {
    black_box([b' '; 16])
}

/// Puts as much of a text into such room as it holds.
#[inline(always)]
pub(super) fn fill(short: &mut Short, text: &[u8]) {
    let room = short.as_flattened_mut();
    let length = text.len().min(room.len());
    if let (Some(room), Some(text)) = (room.get_mut(..length), text.get(..length)) {
        room.copy_from_slice(text);
    }
}

/// Returns the bytes in such room.
#[inline(always)]
pub(super) fn block(short: &Short) -> Option<&Block> {
    short.as_flattened().first_chunk()
}

/// Returns the bytes of a text that is shorter, and blanks behind them.
#[cfg(test)]
pub(super) fn padded(text: &[u8]) -> Block {
    let mut short = [blanks(); 6];
    fill(&mut short, text);
    *block(&short).expect("as long")
}

/// Returns a bit for each byte that is a control character, the lowest for the first: the ends of lines are, and little
/// else.
#[inline(always)]
pub(super) fn controls(block: &Block) -> u64 {
    let [a, b, c, d, ..] = block.as_chunks::<16>().0 else {
        return 0;
    };
    part(a) | part(b) << 16 | part(c) << 32 | part(d) << 48
}

/// Returns the bytes of a line that begins among those that are looked at, or just behind them.
#[inline(always)]
pub(super) fn first(block: &Block, at: usize) -> First {
    let at = at.min(WIDTH + 1);
    let first = block.get(at..).and_then(<[u8]>::first_chunk);
    let second = block.get(at + 8..).and_then(<[u8]>::first_chunk);
    let (Some(first), Some(second)) = (first, second) else {
        return [0; 2];
    };
    [u64::from_le_bytes(*first), u64::from_le_bytes(*second)]
}

#[inline(always)]
fn part(bytes: &[u8; 16]) -> u64 {
    let bytes = u8x16::new(*bytes);
    let controls = bytes.min(u8x16::splat(b' ' - 1)).simd_eq(bytes);
    u64::from(controls.to_bitmask())
}

/// Returns whether a byte stands in a text, which is short: to call who looks through long ones takes longer.
#[inline(always)]
pub fn has(text: &[u8], byte: u8) -> bool {
    any(
        text,
        |bytes| bytes.simd_eq(u8x16::splat(byte)),
        |other| other == byte,
    )
}

/// Returns whether a blank or a control character stands in a text, which is short.
#[inline]
pub fn has_white(text: &[u8]) -> bool {
    any(
        text,
        |bytes| bytes.min(u8x16::splat(b' ')).simd_eq(bytes),
        |byte| byte <= b' ',
    )
}

/// Returns where one of two bytes stands last.
pub(super) fn last_of(text: &[u8], one: u8, other: u8) -> Option<usize> {
    if let Some(at) = text.len().checked_sub(16)
        && let Some(end) = text.get(at..).and_then(<[u8]>::first_chunk)
    {
        let end = u8x16::new(*end);
        let found = end.simd_eq(u8x16::splat(one)) | end.simd_eq(u8x16::splat(other));
        if let Some(last) = found.to_bitmask().checked_ilog2() {
            return Some(at + last as usize);
        }
    }
    text.iter().rposition(|byte| *byte == one || *byte == other)
}

#[inline(always)]
fn any(text: &[u8], many: impl Fn(u8x16) -> u8x16, one: impl Fn(u8) -> bool) -> bool {
    let mut rest = text;
    let mut found = u8x16::splat(0);
    while let Some((bytes, behind)) = rest.split_first_chunk() {
        found |= many(u8x16::new(*bytes));
        rest = behind;
    }
    let last = text.len().checked_sub(16).and_then(|at| text.get(at..));
    if let Some(last) = last.and_then(<[u8]>::first_chunk) {
        return (found | many(u8x16::new(*last))).any();
    }
    for byte in rest {
        if one(*byte) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_control_character_has_its_bit() {
        let all: Vec<u8> = b"\nab \n\x0b\x09\x8a\n\0\xff\n\n\r\r\r\n\x1f\x8a\x7f".repeat(5);
        for length in 0..all.len() {
            let text = &all[..length];
            let controls = controls(&padded(text));
            for at in 0..WIDTH {
                let is_control = text.get(at).is_some_and(|byte| *byte < b' ');
                assert_eq!(controls >> at & 1 == 1, is_control, "{at} of {length}");
            }
        }
    }

    #[test]
    fn a_byte_is_seen_wherever_it_stands() {
        for length in 0..50 {
            let mut text = vec![b'!'; length];
            assert!(!has(&text, b' ') && !has_white(&text));
            assert_eq!(last_of(&text, b' ', b'?'), None);
            for at in 0..length {
                text[at] = b' ';
                assert!(has(&text, b' ') && has_white(&text), "{at} of {length}");
                assert_eq!(last_of(&text, b'?', b' '), Some(at));
                text[at] = b'\x7f';
            }
        }
    }
}
