//! Where lines end, sixteen bytes at a time: this is asked of every byte of a trace.

use wide::u8x16;

/// Returns a bit for each byte that ends a line, the lowest for the first.
#[inline]
pub(super) fn line_ends(bytes: &[u8; 16]) -> u32 {
    let ends = u8x16::new(*bytes).simd_eq(u8x16::splat(b'\n'));
    ends.to_bitmask()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_end_has_its_bit() {
        for bytes in [
            *b"\nab\n\x0b\x09\x8a\n\0\xff\n\n\r\r\r\n",
            [b'\n'; 16],
            [0x8a; 16],
        ] {
            let ends = line_ends(&bytes);
            for (at, byte) in bytes.iter().enumerate() {
                assert_eq!(ends >> at & 1 == 1, *byte == b'\n', "{at} of {bytes:?}");
            }
        }
    }
}
