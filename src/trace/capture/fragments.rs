//! Fragments of IP put together, in any order, few at a time.

use core::net::IpAddr;

use etherparse::IpNumber;
use etherparse::defrag::IpDefragBuf;

use super::ip::{Carried, Piece};
use super::seen::Seen;

/// So many are waited for, of at most 64 KiB each, and for so many seconds.
const MOST: usize = 32;
const PATIENCE: u64 = 30;
/// What has more holes is given up.
const HOLES: usize = 128;

/// What was put together, or as much of its beginning as came.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) from: IpAddr,
    pub(super) to: IpAddr,
    pub(super) number: IpNumber,
    pub(super) bytes: Vec<u8>,
    pub(super) is_cut: bool,
    /// The packet that came last.
    pub(super) seen: Seen,
}

#[derive(Debug)]
struct Open {
    id: (u32, IpAddr, IpAddr, IpNumber),
    buffer: IpDefragBuf,
    first: Seen,
    last: Seen,
}

/// The fragments that wait for others, the oldest first.
#[derive(Debug, Default)]
pub(super) struct Fragments {
    open: Vec<Open>,
}

impl Fragments {
    /// Adds a fragment; returns what is whole now, and what is waited for no more.
    pub(super) fn add(&mut self, carried: &Carried<'_>, piece: Piece, seen: &Seen) -> Vec<Whole> {
        let id = (piece.id, carried.from, carried.to, carried.number);
        let mut wholes = Vec::new();
        while let Some(oldest) = self.open.first()
            && (seen.seconds_after(&oldest.first) > PATIENCE || self.open.len() >= MOST)
        {
            wholes.extend(self.open.remove(0).beginning());
        }
        let at = self.open.iter().position(|open| open.id == id);
        let at = at.unwrap_or_else(|| {
            self.open.push(Open {
                id,
                buffer: IpDefragBuf::new(carried.number, Vec::new(), Vec::new()),
                first: seen.clone(),
                last: seen.clone(),
            });
            self.open.len() - 1
        });
        let open = &mut self.open[at];
        open.last = seen.clone();
        let fits = open.buffer.add(piece.offset, piece.has_more, carried.bytes);
        if fits.is_ok() && open.buffer.is_complete() {
            let open = self.open.remove(at);
            let (id, seen) = (open.id, open.last);
            wholes.push(whole(id, open.buffer.take_bufs().0, seen, false));
        } else if open.buffer.sections().len() > HOLES {
            wholes.extend(self.open.remove(at).beginning());
        }
        wholes
    }

    /// Gives up what is waited for, one after the other.
    pub(super) fn rest(&mut self) -> Vec<Whole> {
        let open = self.open.drain(..);
        open.filter_map(Open::beginning).collect()
    }
}

impl Open {
    /// Takes what came of the beginning, without a hole.
    fn beginning(self) -> Option<Whole> {
        let (mut bytes, sections) = self.buffer.take_bufs();
        let first = sections.iter().find(|section| section.start == 0)?;
        bytes.truncate(usize::from(first.end));
        Some(whole(self.id, bytes, self.last, true))
    }
}

fn whole(
    (_, from, to, number): (u32, IpAddr, IpAddr, IpNumber),
    bytes: Vec<u8>,
    seen: Seen,
    is_cut: bool,
) -> Whole {
    Whole {
        from,
        to,
        number,
        bytes,
        is_cut,
        seen,
    }
}

#[cfg(test)]
mod tests {
    use etherparse::IpFragOffset;

    use super::*;

    #[test]
    fn no_more_are_waited_for_than_there_is_room_for() {
        let mut fragments = Fragments::default();
        let mut given = 0;
        let carried = Carried {
            from: [192, 0, 2, 1].into(),
            to: [192, 0, 2, 2].into(),
            number: IpNumber::UDP,
            bytes: &[7; 80],
            missing: 0,
            piece: None,
        };
        for id in 0..1000 {
            for offset in [0, 20] {
                let piece = Piece {
                    id,
                    offset: IpFragOffset::try_new(offset).expect("near"),
                    has_more: true,
                };
                for whole in fragments.add(&carried, piece, &Seen::default()) {
                    assert!(whole.is_cut);
                    assert_eq!(whole.bytes, [7; 80]);
                    given += 1;
                }
                assert!(fragments.open.len() <= MOST);
            }
        }
        assert_eq!(given + fragments.rest().len(), 1000);
    }
}
