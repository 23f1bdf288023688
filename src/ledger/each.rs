//! The one way through a trace: all who ask share it, which else would be in the program again for each of them.

use std::any::Any;
use std::io::{Read, Result};

use super::reader::{self, Kept, Reader};
use crate::trace::{self, Found, Scan, Teller};

/// What somebody tells of a message.
type Told = Box<dyn Any + Send>;

/// What is asked of the messages of a trace.
enum Asked<'a> {
    Counts(&'a Reader<'a>),
    /// Each by itself.
    Each(&'a (dyn Fn(&Found<'_>) -> Told + Sync)),
}

/// What is noted of the messages of a piece: one of both, as it is asked.
#[derive(Default)]
struct Notes<'t> {
    counts: Kept<'t>,
    each: Vec<Told>,
}

enum Piece {
    Counts(reader::Told),
    Each(Vec<Told>),
}

impl Teller for Asked<'_> {
    type Notes<'t> = Notes<'t>;
    type Told = Piece;

    fn note<'t>(&self, notes: &mut Notes<'t>, found: &Found<'t>) {
        match self {
            Self::Counts(reader) => reader.note(&mut notes.counts, found),
            Self::Each(tell) => notes.each.push(tell(found)),
        }
    }

    fn told(&self, notes: Notes<'_>) -> Piece {
        match self {
            Self::Counts(reader) => Piece::Counts(reader.told(notes.counts)),
            Self::Each(_) => Piece::Each(notes.each),
        }
    }
}

/// Reads a trace to its end; takes what is told of its pieces, in order.
pub fn scan(
    input: impl Read + Send,
    counts_lines: bool,
    reader: &Reader<'_>,
    mut take: impl FnMut(reader::Told) + Send,
) -> Result<Scan> {
    let take = |piece| {
        if let Piece::Counts(told) = piece {
            take(told);
        }
    };
    trace::scan(input, counts_lines, &Asked::Counts(reader), take)
}

/// Does the same with what is told of each message by itself.
pub fn each<T: Send + 'static>(
    input: impl Read + Send,
    tell: impl Fn(&Found<'_>) -> T + Sync,
    mut take: impl FnMut(T) + Send,
) -> Result<Scan> {
    let tell = |found: &Found<'_>| -> Told { Box::new(tell(found)) };
    let take = |piece| {
        let Piece::Each(all) = piece else { return };
        for told in all {
            if let Ok(told) = told.downcast() {
                take(*told);
            }
        }
    };
    trace::scan(input, true, &Asked::Each(&tell), take)
}
