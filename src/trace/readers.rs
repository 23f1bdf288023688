//! Work that several threads do, and that is taken in order.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// More than these would wait for who takes what they did.
const READERS: usize = 4;
/// For each reader: one that it works on, and one that waits to be taken.
const PIECES: usize = 2;

/// What is done, and what may be used again.
struct Heap<Work, Done> {
    /// What was done before what stands before it: the piece, and what came of it.
    waiting: BTreeMap<usize, (Work, Done)>,
    taken: usize,
    is_taking: bool,
    /// Room for pieces: that of such as were taken, and of such as were not made yet.
    free: Vec<Option<Work>>,
    is_ended: bool,
}

/// The readers of one input.
struct Readers<Next, Read, Take, Work, Done> {
    /// The next piece and its number: whoever gets it is the only one who reads the input.
    next: Mutex<(usize, Option<Work>, Next)>,
    read: Read,
    take: Mutex<Take>,
    heap: Mutex<Heap<Work, Done>>,
    /// A piece may be used again, or the input is at its end.
    changed: Condvar,
}

/// Does each piece of work, and takes it in order with what came of it, one at a time. Whoever gets the next piece may use
/// what is in one that is done. No thread is begun for a single piece, and none that only waits: whoever has done what is
/// next takes it, and what waited for it.
pub(super) fn in_order<Work: Send, Done: Send>(
    mut next: impl FnMut(Option<Work>) -> Option<Work> + Send,
    read: impl Fn(&Work) -> Done + Sync,
    mut take: impl FnMut(&Work, Done) + Send,
) {
    let Some(first) = next(None) else { return };
    let done = read(&first);
    take(&first, done);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let threads = threads.min(READERS);
    let Some(second) = next(Some(first)) else {
        return;
    };
    let readers = Readers {
        next: Mutex::new((0, Some(second), next)),
        read,
        take: Mutex::new(take),
        heap: Mutex::new(Heap {
            waiting: BTreeMap::new(),
            taken: 0,
            is_taking: false,
            free: (0..threads * PIECES).map(|_| None).collect(),
            is_ended: false,
        }),
        changed: Condvar::new(),
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(|| readers.work());
        }
        readers.work();
    });
}

impl<Next, Read, Take, Work, Done> Readers<Next, Read, Take, Work, Done>
where
    Next: FnMut(Option<Work>) -> Option<Work>,
    Read: Fn(&Work) -> Done,
    Take: FnMut(&Work, Done),
{
    fn work(&self) {
        // Who waits for a piece does not do so for ever, whatever ends this.
        let _end = Ending(self);
        while let Some((number, piece)) = self.piece() {
            let came = (self.read)(&piece);
            self.done(number, piece, came);
        }
    }

    /// Waits for room, and returns the next piece with its number; none at the end.
    fn piece(&self) -> Option<(usize, Work)> {
        let mut heap = held(&self.heap);
        let free = loop {
            if heap.is_ended {
                return None;
            }
            if let Some(free) = heap.free.pop() {
                break free;
            }
            let changed = self.changed.wait(heap);
            heap = changed.unwrap_or_else(PoisonError::into_inner);
        };
        drop(heap);
        let mut pieces = held(&self.next);
        let (number, second, next) = &mut *pieces;
        let piece = second.take().or_else(|| next(free))?;
        *number += 1;
        Some((*number - 1, piece))
    }

    /// Takes what is done, unless somebody takes: who does so takes this too.
    fn done(&self, number: usize, piece: Work, came: Done) {
        let mut heap = held(&self.heap);
        heap.waiting.insert(number, (piece, came));
        if heap.is_taking {
            return;
        }
        heap.is_taking = true;
        loop {
            let taken = heap.taken;
            let Some((piece, came)) = heap.waiting.remove(&taken) else {
                break;
            };
            drop(heap);
            held(&self.take)(&piece, came);
            heap = held(&self.heap);
            heap.taken += 1;
            heap.free.push(Some(piece));
            self.changed.notify_one();
        }
        heap.is_taking = false;
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Says that nobody need wait any longer.
struct Ending<'a, Next, Read, Take, Work, Done>(&'a Readers<Next, Read, Take, Work, Done>);

impl<Next, Read, Take, Work, Done> Drop for Ending<'_, Next, Read, Take, Work, Done> {
    fn drop(&mut self) {
        held(&self.0.heap).is_ended = true;
        self.0.changed.notify_all();
    }
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
