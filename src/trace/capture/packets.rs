//! The packets of a capture, one after the other: pcap in both byte orders, and the blocks of pcapng.
//!
//! By hand, since a crate for it costs 38 KB of program and loses what went wrong in reading.

use std::io::{Read, Result};
use std::ops::Range;

use super::clock::Clock;
use super::window::{WIDEST, Window};

/// The first bytes of pcap in the order of a little-endian writer: microseconds, nanoseconds, and records with more in
/// their headers.
const MICROS: u32 = 0xa1b2_c3d4;
const NANOS: u32 = 0xa1b2_3c4d;
const MODIFIED: u32 = 0xa1b2_cd34;
/// The section header of pcapng, the same in both orders, and the number in it that tells them apart.
const SECTION: u32 = 0x0a0d_0d0a;
const ORDER: u32 = 0x1a2b_3c4d;

/// What is longer is read as far as this.
const LONGEST: usize = WIDEST - 64;
/// Of a section; no capture has so many.
const INTERFACES: usize = 4096;

/// A packet as it was captured.
#[derive(Debug)]
pub(super) struct Packet<'a> {
    pub(super) frame: u64,
    pub(super) time: Option<u64>,
    pub(super) link: u16,
    pub(super) place: Range<u64>,
    pub(super) bytes: &'a [u8],
    /// Where it begins in what is at hand.
    pub(super) at: usize,
    /// What was at hand with the packets before, if it is no longer.
    pub(super) left: Option<Vec<u8>>,
}

/// What is said of an interface.
#[derive(Clone, Copy, Debug, Default)]
struct Interface {
    link: u16,
    /// Longer packets are cut; 0 where none are.
    longest: usize,
    clock: Clock,
}

/// Where a packet stands at hand, and what is said of it.
struct Record {
    interface: Interface,
    ticks: Option<u64>,
    head: usize,
    length: usize,
}

pub(super) struct Packets<'a> {
    window: Window<'a>,
    is_big: bool,
    /// How long the header of each packet is; 0 where they stand in blocks.
    header: usize,
    interfaces: Vec<Interface>,
    /// What is left of the packet that was given last.
    left: u64,
    frames: u64,
    is_cut: bool,
}

/// Returns whether a file that begins so is a capture.
pub(in crate::trace) fn is_capture(first: &[u8]) -> bool {
    let Some(first) = first.first_chunk() else {
        return false;
    };
    let both = [u32::from_le_bytes(*first), u32::from_be_bytes(*first)];
    both.iter()
        .any(|magic| [MICROS, NANOS, MODIFIED, SECTION].contains(magic))
}

impl<'a> Packets<'a> {
    pub(super) fn new(input: &'a mut (dyn Read + Send)) -> Result<Self> {
        let mut packets = Self {
            window: Window::new(input),
            is_big: false,
            header: 0,
            interfaces: Vec::new(),
            left: 0,
            frames: 0,
            is_cut: false,
        };
        let Some(magic) = packets.number(0)? else {
            return Ok(packets);
        };
        if magic != SECTION {
            packets.file_header(magic)?;
        }
        Ok(packets)
    }

    fn file_header(&mut self, magic: u32) -> Result<()> {
        self.is_big = ![MICROS, NANOS, MODIFIED].contains(&magic);
        let magic = if self.is_big {
            magic.swap_bytes()
        } else {
            magic
        };
        self.header = if magic == MODIFIED { 24 } else { 16 };
        let resolution = if magic == NANOS {
            1_000_000_000
        } else {
            1_000_000
        };
        let Some(link) = self.number(20)? else {
            self.is_cut = true;
            return Ok(());
        };
        self.interfaces.push(Interface {
            // What stands above is how long a check sum behind each packet is.
            link: (link & 0xffff) as u16,
            longest: 0,
            clock: Clock {
                resolution,
                offset: 0,
            },
        });
        self.left = 24;
        Ok(())
    }

    /// Returns the next packet that is there as a whole.
    pub(super) fn next(&mut self) -> Result<Option<Packet<'_>>> {
        let record = loop {
            let is_whole = self.window.skip(&mut self.left)?;
            self.is_cut |= !is_whole;
            if self.is_cut || self.window.peek(1)?.is_empty() {
                return Ok(None);
            }
            let record = match self.header {
                0 => self.block(),
                _ => self.record(),
            };
            let record = self.or_again(record)?;
            if self.is_cut {
                return Ok(None);
            }
            if let Some(record) = record {
                break record;
            }
        };
        let Record { head, length, .. } = record;
        let kept = length.min(LONGEST);
        let start = self.window.place();
        let at_hand = self.window.peek(head + kept).map(<[u8]>::len);
        if self.or_again(at_hand)? < head + kept {
            self.is_cut = true;
            return Ok(None);
        }
        self.frames += 1;
        let clock = record.interface.clock;
        Ok(Some(Packet {
            frame: self.frames,
            time: record.ticks.and_then(|ticks| clock.time(ticks)),
            link: record.interface.link,
            place: start..start + (head + length) as u64,
            at: self.window.at() + head,
            left: self.window.left(),
            bytes: self
                .window
                .peek(head + kept)?
                .get(head..)
                .unwrap_or_default(),
        }))
    }

    /// Leaves nothing out of what could not be read by now: it is looked at again.
    fn or_again<T>(&mut self, came: Result<T>) -> Result<T> {
        if came.is_err() {
            self.left = 0;
        }
        came
    }

    /// Returns whether the input ended within a packet or a header.
    pub(super) fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Returns how many bytes were read.
    pub(super) fn read(&self) -> u64 {
        self.window.read()
    }

    /// Returns that in which the packets of by now stand.
    pub(super) fn pause(&mut self) -> Vec<u8> {
        self.window.pause()
    }

    /// Returns what was at hand with the last packets; none are left.
    pub(super) fn end(&mut self) -> Vec<u8> {
        let left = self.window.left();
        left.unwrap_or_else(|| self.window.end())
    }

    /// Takes room for what will be at hand.
    pub(super) fn reuse(&mut self, room: Vec<u8>) {
        self.window.reuse(room);
    }

    /// Looks at the header of a packet of pcap.
    fn record(&mut self) -> Result<Option<Record>> {
        let is_big = self.is_big;
        let Some(header) = self.window.peek(12)?.first_chunk::<12>() else {
            self.is_cut = true;
            return Ok(None);
        };
        let number = |at: usize| {
            let bytes = [header[at], header[at + 1], header[at + 2], header[at + 3]];
            if is_big {
                u32::from_be_bytes(bytes)
            } else {
                u32::from_le_bytes(bytes)
            }
        };
        let (seconds, fraction, length) = (number(0), number(4), number(8));
        self.left = self.header as u64 + u64::from(length);
        let interface = self.interfaces.first().copied().unwrap_or_default();
        let ticks = u64::from(seconds) * interface.clock.resolution + u64::from(fraction);
        Ok(Some(Record {
            interface,
            ticks: Some(ticks),
            head: self.header,
            length: length as usize,
        }))
    }

    /// Looks at a block of pcapng; none if no packet is in it.
    fn block(&mut self) -> Result<Option<Record>> {
        let kind = self.number(0)?;
        if kind == Some(SECTION) {
            let order = self.number(8)?;
            self.is_big ^= order == Some(ORDER.swap_bytes());
            self.interfaces.clear();
        }
        let (Some(kind), Some(length)) = (kind, self.number(4)?) else {
            self.is_cut = true;
            return Ok(None);
        };
        // What is shorter than its own frame is no block: nothing behind it can be told apart.
        let Some(content) = length.checked_sub(12) else {
            self.is_cut = true;
            return Ok(None);
        };
        self.left = u64::from(length).next_multiple_of(4);
        let content = content as usize;
        match kind {
            1 => {
                self.interface(content)?;
                Ok(None)
            }
            // With options, without, and as they were written before 2006.
            6 | 2 if content >= 20 => self.enhanced(kind == 2, content - 20),
            3 if content >= 4 => {
                let interface = self.interfaces.first().copied().unwrap_or_default();
                let length = self.number(8)?.map_or(0, |length| length as usize);
                let limit = match interface.longest {
                    0 => content - 4,
                    longest => longest.min(content - 4),
                };
                Ok(Some(Record {
                    interface,
                    ticks: None,
                    head: 12,
                    length: length.min(limit),
                }))
            }
            _ => Ok(None),
        }
    }

    fn enhanced(&mut self, is_old: bool, limit: usize) -> Result<Option<Record>> {
        let header = [self.number(8)?, self.number(12)?, self.number(16)?];
        let ([Some(id), Some(high), Some(low)], Some(length)) = (header, self.number(20)?) else {
            self.is_cut = true;
            return Ok(None);
        };
        let id = match (is_old, self.is_big) {
            (false, _) => id,
            (true, false) => id & 0xffff,
            (true, true) => id >> 16,
        };
        let interface = self.interfaces.get(id as usize).copied();
        Ok(Some(Record {
            // An interface that nothing is said of has no link that could be read.
            interface: interface.unwrap_or(Interface {
                link: u16::MAX,
                ..Interface::default()
            }),
            ticks: interface.map(|_| u64::from(high) << 32 | u64::from(low)),
            head: 28,
            length: limit.min(length as usize),
        }))
    }

    /// Takes what a block says of an interface.
    fn interface(&mut self, content: usize) -> Result<()> {
        let is_big = self.is_big;
        let block = self.window.peek((8 + content).min(WIDEST))?;
        let content = block.get(8..).unwrap_or_default();
        let Some((head, mut options)) = content.split_first_chunk::<8>() else {
            return Ok(());
        };
        let mut interface = Interface {
            link: short(head, is_big),
            longest: long(&head[4..], is_big) as usize,
            clock: Clock::default(),
        };
        while let Some((head, rest)) = options.split_first_chunk::<4>() {
            let length = usize::from(short(&head[2..], is_big));
            let Some(value) = rest.get(..length) else {
                break;
            };
            match (short(head, is_big), value) {
                (0, _) => break,
                (9, [byte]) => interface.clock.resolution = Clock::resolution(*byte).unwrap_or(0),
                (14, value) => {
                    if let Ok(value) = value.try_into() {
                        let offset = i64::from_le_bytes(value);
                        let offset = if is_big { offset.swap_bytes() } else { offset };
                        interface.clock.offset = offset;
                    }
                }
                _ => {}
            }
            options = rest.get(length.next_multiple_of(4)..).unwrap_or_default();
        }
        if self.interfaces.len() < INTERFACES {
            self.interfaces.push(interface);
        }
        Ok(())
    }

    /// Returns the number that stands so far behind the next byte.
    fn number(&mut self, at: usize) -> Result<Option<u32>> {
        let is_big = self.is_big;
        let bytes = self.window.peek(at + 4)?;
        Ok(bytes.get(at..at + 4).map(|bytes| long(bytes, is_big)))
    }
}

fn long(bytes: &[u8], is_big: bool) -> u32 {
    let number = bytes.first_chunk().copied().unwrap_or_default();
    if is_big {
        u32::from_be_bytes(number)
    } else {
        u32::from_le_bytes(number)
    }
}

fn short(bytes: &[u8], is_big: bool) -> u16 {
    let number = bytes.first_chunk().copied().unwrap_or_default();
    if is_big {
        u16::from_be_bytes(number)
    } else {
        u16::from_le_bytes(number)
    }
}
