//! How texts are packed: a text is a row of pieces that come back in many, each by a number of thirteen bits.
//! The build shares this file, so that it can read back what it has written.

use std::ops::Range;

/// A text with this bit in its number is packed; the others are as they are.
pub(crate) const PACKED: u16 = 1 << 15;

/// How many bits the number of a piece has.
pub(crate) const BITS: usize = 13;

/// The longest text that is packed.
pub(crate) const LONGEST: usize = 1024;

/// How many bytes are taken of a piece at once. Most pieces are shorter: to take what follows them too costs less than to
/// ask for each how long it is.
pub(crate) const STEP: usize = 16;

/// The pieces: parts of one string, which may overlap. As many bytes as a step has follow the last.
#[derive(Clone, Copy)]
pub(crate) struct Pieces<'a> {
    pub(crate) string: &'a str,
    pub(crate) starts: &'a [u16],
    pub(crate) lengths: &'a [u8],
}

impl Pieces<'_> {
    /// Returns a text, by its pieces in a row of numbers.
    pub(crate) fn unpack(self, numbers: &[u8], range: Range<usize>) -> Box<str> {
        let mut text = [0; LONGEST + STEP];
        let mut end = 0;
        for piece in range.map(|place| number(numbers, place)) {
            let start = usize::from(self.starts[piece]);
            let length = usize::from(self.lengths[piece]);
            for at in (0..length).step_by(STEP) {
                let piece = self.string.as_bytes()[start + at..].first_chunk();
                let place = text[end + at..].first_chunk_mut::<STEP>();
                if let (Some(piece), Some(place)) = (piece, place) {
                    *place = *piece;
                }
            }
            end += length;
        }
        str::from_utf8(&text[..end]).unwrap_or_default().into()
    }
}

/// Returns where a text starts and where it ends. Places have two bytes; `turns` are the texts from which on they have
/// come round once more.
pub(crate) fn range(starts: &[u16], turns: &[u16], text: usize) -> Range<usize> {
    let place = |text: usize| {
        let turns = turns.partition_point(|turn| usize::from(*turn) <= text);
        turns << 16 | usize::from(starts[text])
    };
    place(text)..place(text + 1)
}

/// Returns the number at a place of a row, which ends with a byte more than it needs.
fn number(numbers: &[u8], place: usize) -> usize {
    let bit = place * BITS;
    let bytes = numbers[bit / 8..].first_chunk();
    let [low, middle, high] = bytes.copied().unwrap_or_default();
    let bits = u32::from_le_bytes([low, middle, high, 0]) >> (bit % 8);
    bits as usize % (1 << BITS)
}
