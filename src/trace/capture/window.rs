//! The bytes of an input as far as they are asked for: some are looked at, more are left out, few are kept.

#![expect(
    clippy::inline_always,
    reason = "a call for each look at a packet would take as long as to look"
)]

use std::io::{Error, Read, Result};
use std::mem;

use crate::trace::stream::fill_least;

const CAPACITY: usize = 512 * 1024;
/// No more can be looked at once.
pub(super) const WIDEST: usize = CAPACITY / 2;

/// So many bytes are there, or will never be: a pause may come behind them.
const HEAD: usize = 32;

pub(super) struct Window<'a> {
    input: &'a mut (dyn Read + Send),
    bytes: Vec<u8>,
    /// What was at hand before: what was met there is told of where it stands.
    left: Option<Vec<u8>>,
    /// Room for what will be at hand.
    spare: Vec<u8>,
    at: usize,
    filled: usize,
    /// Where the bytes at hand begin in the whole.
    base: u64,
    is_ended: bool,
    /// Met behind the bytes at hand.
    error: Option<Error>,
}

impl<'a> Window<'a> {
    pub(super) fn new(input: &'a mut (dyn Read + Send)) -> Self {
        Self {
            input,
            bytes: vec![0; CAPACITY],
            left: None,
            spare: Vec::new(),
            at: 0,
            filled: 0,
            base: 0,
            is_ended: false,
            error: None,
        }
    }

    /// Returns the next bytes: fewer than asked for at the end only.
    #[inline(always)]
    pub(super) fn peek(&mut self, length: usize) -> Result<&[u8]> {
        if self.filled - self.at < length && !self.is_ended {
            self.fill(length)?;
        }
        let end = self.filled.min(self.at.saturating_add(length));
        Ok(self.bytes.get(self.at..end).unwrap_or_default())
    }

    #[inline(never)]
    fn fill(&mut self, length: usize) -> Result<()> {
        if let Some(error) = self.error.take() {
            return Err(error);
        }
        if self.left.is_none() && self.filled > 0 {
            self.left = Some(self.renew());
        } else {
            self.bytes.copy_within(self.at..self.filled, 0);
            self.moved();
        }
        let least = match self.base {
            0 => HEAD.saturating_sub(self.filled),
            _ => 0,
        };
        let (read, error) = fill_least(self.input, &mut self.bytes[self.filled..], least);
        self.filled += read;
        self.is_ended = error.is_none() && self.filled < self.bytes.len();
        self.error = error;
        if self.filled < length
            && let Some(error) = self.error.take()
        {
            return Err(error);
        }
        Ok(())
    }

    /// Moves what is not read yet into other room; returns that in which it was.
    fn renew(&mut self) -> Vec<u8> {
        let rest = self.at..self.filled;
        let mut next = mem::take(&mut self.spare);
        if next.len() < CAPACITY {
            next = vec![0; CAPACITY];
        }
        next[..rest.len()].copy_from_slice(&self.bytes[rest]);
        self.moved();
        mem::replace(&mut self.bytes, next)
    }

    /// What is not read yet stands at the beginning now.
    fn moved(&mut self) {
        self.base += self.at as u64;
        self.filled -= self.at;
        self.at = 0;
    }

    /// Returns what was at hand when bytes were asked for last, if it is no longer.
    pub(super) fn left(&mut self) -> Option<Vec<u8>> {
        self.left.take()
    }

    /// Returns that in which all that was read by now stands.
    pub(super) fn pause(&mut self) -> Vec<u8> {
        match self.left.take() {
            Some(left) => left,
            None => self.renew(),
        }
    }

    /// Returns what is at hand, of which nothing will be asked any longer.
    pub(super) fn end(&mut self) -> Vec<u8> {
        self.is_ended = true;
        self.base = self.read();
        (self.at, self.filled) = (0, 0);
        mem::take(&mut self.bytes)
    }

    /// Takes room that may be used.
    pub(super) fn reuse(&mut self, room: Vec<u8>) {
        if room.len() > self.spare.len() {
            self.spare = room;
        }
    }

    /// Returns where the next byte stands in what is at hand.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Leaves bytes out; returns whether there were so many. What is left of the length is left out where one reads on.
    pub(super) fn skip(&mut self, length: &mut u64) -> Result<bool> {
        loop {
            let at_hand = self.filled - self.at;
            if *length <= at_hand as u64 {
                self.at += usize::try_from(*length).unwrap_or(at_hand);
                *length = 0;
                return Ok(true);
            }
            *length -= at_hand as u64;
            self.at = self.filled;
            if self.peek(1)?.is_empty() {
                return Ok(false);
            }
        }
    }

    /// Returns how many bytes were read.
    pub(super) fn read(&self) -> u64 {
        self.base + self.filled as u64
    }

    /// Returns where the next byte stands in the whole.
    pub(super) fn place(&self) -> u64 {
        self.base + self.at as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_looked_at_and_left_out_wherever_they_stand() {
        let bytes: Vec<u8> = (0..CAPACITY * 3)
            .map(|at| (at / 7).to_le_bytes()[0])
            .collect();
        let mut input = &bytes[..];
        let mut window = Window::new(&mut input);
        let mut at = 0;
        for length in [1, WIDEST, 3, CAPACITY, 500_000, WIDEST] {
            let wanted = &bytes[at..][..WIDEST.min(length)];
            assert!(window.peek(wanted.len()).expect("readable") == wanted);
            assert!(window.skip(&mut (length as u64)).expect("readable"));
            at += length;
            assert_eq!(window.place(), at as u64);
        }
        assert!(!window.skip(&mut (CAPACITY as u64)).expect("readable"));
        assert!(window.peek(1).expect("readable").is_empty());
        assert_eq!(window.read(), bytes.len() as u64);
    }
}
