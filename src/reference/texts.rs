//! The texts of the tables, each once: short ones as they are, others packed.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::packing::{self, BITS, LONGEST, PACKED, STEP};
use super::pieces::cut;
use super::tables::{Added, spelled, starts_of};

/// Texts shorter than this stay as they are: lists and searches read them all the time, and packing wins little.
const SHORT: usize = 40;

/// How many pieces, the most used, are read all the time.
const OFTEN: usize = 1024;

/// The texts as they come.
#[derive(Default)]
pub(crate) struct Texts {
    /// The number of each text.
    numbers: HashMap<String, u16>,
    plain: Vec<String>,
    packed: Vec<String>,
}

impl Texts {
    /// Takes a text, if it is a new one, and returns its number.
    pub(crate) fn number(&mut self, text: &str) -> u16 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let (texts, kind) = match text.len() {
            SHORT..=LONGEST => (&mut self.packed, PACKED),
            _ => (&mut self.plain, 0),
        };
        let place = u16::try_from(texts.len()).expect("it was below `PACKED`");
        assert!(place < PACKED, "there is no number left for a text");
        texts.push(text.to_owned());
        self.numbers.insert(text.to_owned(), place | kind);
        place | kind
    }

    pub(crate) fn write(&self) -> Added {
        let (pieces, rows) = cut(&self.packed);
        let (string, starts) = overlay(&pieces);
        let lengths: Vec<u8> = pieces
            .iter()
            .map(|piece| u8::try_from(piece.len()).expect("no piece is as long"))
            .collect();
        let numbers = pack(&rows.concat());
        let (row_starts, row_turns) = starts_of(rows.iter().map(Vec::len));
        let (plain_starts, plain_turns) = starts_of(self.plain.iter().map(String::len));

        let read = packing::Pieces {
            string: &string,
            starts: &starts,
            lengths: &lengths,
        };
        for (place, text) in self.packed.iter().enumerate() {
            let range = packing::range(&row_starts, &row_turns, place);
            assert_eq!(
                *read.unpack(&numbers, range),
                **text,
                "a text as it is read"
            );
        }
        Added {
            tables: vec![
                ("TEXT_STARTS", "u16", spelled(&plain_starts)),
                ("TEXT_TURNS", "u16", spelled(&plain_turns)),
                ("PACKED_STARTS", "u16", spelled(&row_starts)),
                ("PACKED_TURNS", "u16", spelled(&row_turns)),
                ("PIECE_STARTS", "u16", spelled(&starts)),
                ("PIECE_LENGTHS", "u8", spelled(&lengths)),
            ],
            files: vec![
                ("texts.txt", self.plain.concat().into()),
                ("pieces.txt", string.into()),
                ("packed.bin", numbers),
            ],
        }
    }
}

/// Returns a string that all pieces are parts of, and where each starts: most of them lie in longer ones, but those that
/// are read all the time lie together.
fn overlay(pieces: &[String]) -> (String, Vec<u16>) {
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    order.sort_by_key(|number| (*number >= OFTEN, Reverse(pieces[*number].len())));
    let mut string = String::new();
    let mut starts = vec![0; pieces.len()];
    for number in order {
        let piece = pieces[number].as_str();
        let start = string.find(piece).unwrap_or_else(|| {
            string += piece;
            string.len() - piece.len()
        });
        starts[number] = u16::try_from(start).expect("the pieces have at most 64 KB");
    }
    string += &" ".repeat(STEP);
    (string, starts)
}

/// Writes numbers of pieces as `packing` reads them.
fn pack(numbers: &[usize]) -> Vec<u8> {
    let mut bytes = vec![0; numbers.len() * BITS / 8 + 3];
    for (place, number) in numbers.iter().enumerate() {
        let bit = place * BITS;
        let bits = u32::try_from(number << (bit % 8)).expect("it has few bits");
        for (byte, more) in bytes[bit / 8..].iter_mut().zip(bits.to_le_bytes()) {
            *byte |= more;
        }
    }
    bytes
}
