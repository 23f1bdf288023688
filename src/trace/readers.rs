//! Work that several threads do, and one takes in order.

use std::sync::mpsc::sync_channel;
use std::thread;

/// More than these would wait for who takes what they did.
const READERS: usize = 3;

/// Does each piece of work, and takes it in order with what came of it. Whoever gives the next piece may use what is in
/// one that is done. No thread is begun for a single piece.
pub(super) fn in_order<Work: Send, Done: Send>(
    mut next: impl FnMut(Option<Work>) -> Option<Work>,
    read: impl Fn(&Work) -> Done + Sync,
    mut take: impl FnMut(&Work, Done),
) {
    let Some(first) = next(None) else { return };
    let mut second = next(None);
    let readers = thread::available_parallelism().map_or(1, usize::from);
    if second.is_none() || readers == 1 {
        let mut work = Some(first);
        while let Some(piece) = work {
            let done = read(&piece);
            take(&piece, done);
            work = second.take().or_else(|| next(Some(piece)));
        }
        return;
    }
    let read = &read;
    thread::scope(|scope| {
        let begin = |_| {
            let (give, work) = sync_channel::<Work>(1);
            let (pass, done) = sync_channel(1);
            scope.spawn(move || {
                for piece in work {
                    let came = read(&piece);
                    // Nobody asks any longer.
                    if pass.send((piece, came)).is_err() {
                        return;
                    }
                }
            });
            (give, done)
        };
        let readers: Vec<_> = (0..readers.min(READERS)).map(begin).collect();
        let mut waiting = [Some(first), second].into_iter().flatten();
        let mut free = Vec::new();
        let (mut given, mut taken) = (0, 0);
        loop {
            while given <= taken + readers.len()
                && let Some(piece) = waiting.next().or_else(|| next(free.pop()))
            {
                // One that has gone away is met below.
                _ = readers[given % readers.len()].0.send(piece);
                given += 1;
            }
            if taken == given {
                return;
            }
            let Ok((piece, done)) = readers[taken % readers.len()].1.recv() else {
                return;
            };
            taken += 1;
            take(&piece, done);
            free.push(piece);
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
