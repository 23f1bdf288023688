//! The packet at hand: what a message that ends in it is told with.

use core::net::{IpAddr, SocketAddr};
use std::ops::Range;

use crate::trace::found::{Origin, Transport};

/// A message that ends in a packet is handed over with what is known of the packet.
pub(super) type Give<'a> = dyn FnMut(&[u8], Transport, &Seen) + 'a;

/// Where a packet stands, when it came, and between whom.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    pub(super) place: Range<u64>,
    pub(super) origin: Origin,
}

impl Seen {
    pub(super) fn between(&self, from: (IpAddr, u16), to: (IpAddr, u16)) -> Self {
        let mut seen = self.clone();
        seen.origin.from = Some(SocketAddr::from(from));
        seen.origin.to = Some(SocketAddr::from(to));
        seen
    }

    pub(super) fn frame(&self) -> u64 {
        self.origin.frame.unwrap_or_default()
    }

    /// Returns how many seconds it came after another one; 0 where that is not known.
    pub(super) fn seconds_after(&self, other: &Self) -> u64 {
        let times = self.origin.time.zip(other.origin.time);
        times.map_or(0, |(late, early)| {
            late.saturating_sub(early) / 1_000_000_000
        })
    }
}
