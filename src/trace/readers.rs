//! Work that several threads do, and one takes in order.

use std::collections::BTreeMap;
use std::sync::mpsc::{channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// More than these would wait for who takes what they did.
const READERS: usize = 4;
/// One that each works on, and one that waits to be taken.
const PIECES: usize = 2;

/// What a reader did: the number of the piece and its own, the piece, and what came of it.
type Did<Work, Done> = (usize, usize, Work, Done);

/// Does each piece of work, and takes it in order with what came of it. Whoever gets the next piece may use what is in one
/// that is done: each its own, which are near at hand. No thread is begun for a single piece.
pub(super) fn in_order<Work: Send, Done: Send>(
    mut next: impl FnMut(Option<Work>) -> Option<Work> + Send,
    read: impl Fn(&Work) -> Done + Sync,
    mut take: impl FnMut(&Work, Done),
) {
    let Some(first) = next(None) else { return };
    let done = read(&first);
    take(&first, done);
    let readers = thread::available_parallelism().map_or(1, usize::from);
    let Some(second) = next(Some(first)) else {
        return;
    };
    if readers == 1 {
        let mut piece = Some(second);
        while let Some(work) = piece {
            let done = read(&work);
            take(&work, done);
            piece = next(Some(work));
        }
        return;
    }
    let pieces = Mutex::new((0, Some(second), next));
    let (pieces, read) = (&pieces, &read);
    // The next piece with its number: whoever gets it is the only one who reads the input.
    let next = |free| {
        let mut pieces = pieces.lock().unwrap_or_else(PoisonError::into_inner);
        let (number, second, next) = &mut *pieces;
        let piece = second.take().or_else(|| next(free))?;
        *number += 1;
        Some((*number - 1, piece))
    };
    thread::scope(|scope| {
        let readers = readers.min(READERS);
        let (pass, done) = sync_channel::<Did<Work, Done>>(readers);
        let begin = |reader| {
            let (give_back, free) = channel();
            for _ in 0..PIECES {
                // It is there: nobody has ended yet.
                _ = give_back.send(None);
            }
            let pass = pass.clone();
            scope.spawn(move || {
                for free in free {
                    let Some((number, piece)) = next(free) else {
                        return;
                    };
                    let came = read(&piece);
                    // Nobody asks any longer.
                    if pass.send((number, reader, piece, came)).is_err() {
                        return;
                    }
                }
            });
            give_back
        };
        let readers: Vec<_> = (0..readers).map(begin).collect();
        drop(pass);
        let mut waiting = BTreeMap::new();
        let mut taken = 0;
        for (number, reader, piece, came) in done {
            waiting.insert(number, (reader, piece, came));
            while let Some((reader, piece, came)) = waiting.remove(&taken) {
                take(&piece, came);
                // One that has ended needs it no longer.
                _ = readers[reader].send(Some(piece));
                taken += 1;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_is_taken_in_order_and_once() {
        for pieces in [0, 1, 2, 3, 100] {
            let mut given = 0..pieces;
            let mut taken = Vec::new();
            in_order(
                |_| given.next(),
                |piece| piece * 2,
                |piece, done| taken.push((*piece, done)),
            );
            let wanted: Vec<_> = (0..pieces).map(|piece| (piece, piece * 2)).collect();
            assert_eq!(taken, wanted);
        }
    }
}
