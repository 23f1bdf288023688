//! Where lines end, many bytes at a time: this is asked of every byte of a trace.

use wide::u8x16;

/// So many bytes are looked at at once.
pub(super) const WIDTH: usize = 64;

/// Returns a bit for each of the first bytes of a text that ends a line, the lowest for the first.
#[inline]
pub(super) fn line_ends(text: &[u8]) -> u64 {
    match text.first_chunk() {
        Some(bytes) => ends(bytes),
        None => last_ends(text),
    }
}

/// Returns the same of what is shorter.
#[cold]
fn last_ends(text: &[u8]) -> u64 {
    let mut bytes = [0; WIDTH];
    bytes[..text.len()].copy_from_slice(text);
    ends(&bytes)
}

#[inline]
fn ends(bytes: &[u8; WIDTH]) -> u64 {
    let [a, b, c, d] = bytes.as_chunks::<16>().0 else {
        return 0;
    };
    part(a) | part(b) << 16 | part(c) << 32 | part(d) << 48
}

#[inline]
fn part(bytes: &[u8; 16]) -> u64 {
    let ends = u8x16::new(*bytes).simd_eq(u8x16::splat(b'\n'));
    u64::from(ends.to_bitmask())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_end_has_its_bit() {
        let all: Vec<u8> = b"\nab\n\x0b\x09\x8a\n\0\xff\n\n\r\r\r\n\x8a".repeat(5);
        for length in 0..all.len() {
            let text = &all[..length];
            let ends = line_ends(text);
            for at in 0..WIDTH {
                let is_end = text.get(at) == Some(&b'\n');
                assert_eq!(ends >> at & 1 == 1, is_end, "{at} of {length}");
            }
        }
    }
}
