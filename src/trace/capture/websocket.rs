//! Frames of WebSocket (RFC 6455): the messages in them, of one frame or of several, without the masks of clients.

use super::sip::{datagram, start_line};
use crate::message::Head;

/// Longer messages are left out.
const LONGEST: usize = 128 * 1024;
/// So much of a masked frame is looked at to tell it from what is none.
const NEAR: usize = 512;

/// How a frame begins.
#[derive(Clone, Copy, Debug)]
struct Header {
    is_last: bool,
    /// What stands in it is packed.
    is_packed: bool,
    kind: u8,
    mask: Option<[u8; 4]>,
    /// How long the header is, and what follows it.
    head: usize,
    length: usize,
}

/// What is read of one direction.
#[derive(Debug, Default)]
pub(super) struct Frames {
    message: Vec<u8>,
    /// A message is open, and can be read.
    is_open: bool,
}

/// What became of the bytes at hand.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// So many are read, and more than are there may be.
    Used(usize),
    Waits,
    /// They are no frame.
    Lost,
}

/// Returns whether a frame with a message of SIP begins here, though no handshake was seen.
pub(super) fn begins(bytes: &[u8]) -> bool {
    let Some(header) = header(bytes) else {
        return false;
    };
    let is_data = matches!(header.kind, 1 | 2) && !header.is_packed;
    is_data && {
        let inner = &bytes[header.head..];
        let near = inner.len().min(header.length).min(NEAR);
        start_line(&plain(&inner[..near], header.mask)).is_some()
    }
}

impl Frames {
    /// Reads the next frame; what is longer than a message may be is left out unseen.
    pub(super) fn step(&mut self, bytes: &[u8], give: &mut dyn FnMut(&[u8])) -> Step {
        let Some(header) = header(bytes) else {
            return Step::Waits;
        };
        if matches!(header.kind, 3..=7 | 11..=15) {
            return Step::Lost;
        }
        let whole = header.head.saturating_add(header.length);
        if header.length > LONGEST || self.message.len() > LONGEST {
            self.close();
            return Step::Used(whole);
        }
        let Some(frame) = bytes.get(..whole) else {
            return Step::Waits;
        };
        // A ping may stand between the frames of a message.
        if header.kind < 8 {
            self.add(header, &frame[header.head..]);
            if header.is_last {
                self.end(give);
            }
        }
        Step::Used(whole)
    }

    /// Takes as much of a frame as there is; returns how much is missing, if that is known.
    pub(super) fn cut(&mut self, bytes: &[u8], give: &mut dyn FnMut(&[u8])) -> Option<usize> {
        let header = header(bytes);
        if let Some(header) = header.filter(|header| header.kind < 3) {
            self.add(header, &bytes[header.head..]);
        }
        self.end(give);
        let whole = header?.head.saturating_add(header?.length);
        whole.checked_sub(bytes.len())
    }

    fn add(&mut self, header: Header, bytes: &[u8]) {
        if header.kind != 0 {
            self.close();
            self.is_open = !header.is_packed;
        }
        if self.is_open {
            self.message.extend(plain(bytes, header.mask));
        }
    }

    fn end(&mut self, give: &mut dyn FnMut(&[u8])) {
        if let Some(message) = datagram(&self.message, &mut Head::default()) {
            give(message);
        }
        self.close();
    }

    fn close(&mut self) {
        self.message = Vec::new();
        self.is_open = false;
    }

    pub(super) fn size(&self) -> usize {
        self.message.capacity()
    }
}

fn header(bytes: &[u8]) -> Option<Header> {
    let ([first, second], rest) = bytes.split_first_chunk()?;
    let (length, head) = match second & 0x7f {
        126 => (u64::from(u16::from_be_bytes(*rest.first_chunk()?)), 4),
        127 => (u64::from_be_bytes(*rest.first_chunk()?), 10),
        length => (u64::from(length), 2),
    };
    let is_masked = second & 0x80 != 0;
    let mask = if is_masked {
        Some(*bytes.get(head..)?.first_chunk()?)
    } else {
        None
    };
    Some(Header {
        is_last: first & 0x80 != 0,
        is_packed: first & 0x70 != 0,
        kind: first & 0x0f,
        mask,
        head: head + if is_masked { 4 } else { 0 },
        length: usize::try_from(length).unwrap_or(usize::MAX),
    })
}

/// Returns the bytes without their mask.
fn plain(bytes: &[u8], mask: Option<[u8; 4]>) -> Vec<u8> {
    let mask = mask.unwrap_or_default();
    let mask = mask.iter().cycle();
    bytes
        .iter()
        .zip(mask)
        .map(|(byte, mask)| byte ^ mask)
        .collect()
}
