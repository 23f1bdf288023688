//! The texts of the reference: short ones as they are, others put together when somebody first reads them.

use std::sync::OnceLock;

use super::packing::{PACKED, Pieces, range};
use super::tables::{
    PACKED_STARTS, PACKED_TEXTS, PACKED_TURNS, PIECE_LENGTHS, PIECE_STARTS, PIECES, TEXT_STARTS,
    TEXT_TURNS, TEXTS,
};

/// The packed texts that somebody has read, by shelves: what nobody has read of takes no room, neither here nor in the
/// file of the program.
static SHELVES: [OnceLock<Shelf>; PACKED_STARTS.len() / SHELF + 1] = [const { OnceLock::new() }; _];

type Shelf = Box<[OnceLock<Box<str>>; SHELF]>;

/// How many texts stand on a shelf.
const SHELF: usize = 32;

/// Returns a text by its number.
pub(super) fn text(number: u16) -> &'static str {
    let place = usize::from(number & !PACKED);
    if number & PACKED == 0 {
        return &TEXTS[range(&TEXT_STARTS, &TEXT_TURNS, place)];
    }
    let shelf = SHELVES[place / SHELF].get_or_init(|| Box::new([const { OnceLock::new() }; SHELF]));
    shelf[place % SHELF].get_or_init(|| {
        let pieces = Pieces {
            string: PIECES,
            starts: &PIECE_STARTS,
            lengths: &PIECE_LENGTHS,
        };
        let range = range(&PACKED_STARTS, &PACKED_TURNS, place);
        pieces.unpack(PACKED_TEXTS, range)
    })
}

#[cfg(test)]
mod tests {
    use crate::catalog::{StatusCode, response};

    #[test]
    fn a_long_text_is_put_together_once() {
        let busy = response(StatusCode::of(486));
        let [first, second] = [(); 2].map(|()| busy.meaning[0].as_str());
        assert!(first.len() > 100, "it is packed: {first}");
        assert!(std::ptr::eq(first, second));
    }
}
