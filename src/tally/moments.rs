//! When messages were. What tells it goes with each message; it is read once all are counted, and only of the first and the
//! last, since to read what a writer printed takes longer than to count.

#![expect(
    clippy::inline_always,
    reason = "a call for each message would take as long as to note when it was"
)]

use super::time::{Span, Time};

/// A date and a time of day with all that stands between.
const LENGTH: usize = 46;

/// What tells the time of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stamp {
    #[default]
    None,
    /// Since 1970.
    Nanoseconds(u64),
    Printed {
        bytes: [u8; LENGTH],
        length: u8,
    },
}

/// Reads the time of a stamp.
pub(super) type Read<'a> = dyn Fn(&Stamp) -> Option<Time> + 'a;

impl Stamp {
    /// Keeps what is printed around a time.
    pub fn printed(text: &[u8]) -> Self {
        let mut bytes = [0; LENGTH];
        let length = text.len().min(LENGTH);
        bytes[..length].copy_from_slice(&text[..length]);
        let length = u8::try_from(length).unwrap_or(0);
        Self::Printed { bytes, length }
    }

    pub(super) fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// Returns what is printed.
    pub fn text(&self) -> &[u8] {
        match self {
            Self::Printed { bytes, length } => bytes.get(..usize::from(*length)).unwrap_or(bytes),
            _ => &[],
        }
    }
}

/// The ends of something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moments {
    first: Stamp,
    last: Stamp,
}

impl Moments {
    pub fn note(&mut self, stamp: &Stamp) {
        match (stamp, &mut self.first, &mut self.last) {
            (Stamp::None, ..) => {}
            // A capture need not be in order.
            (Stamp::Nanoseconds(time), Stamp::Nanoseconds(first), Stamp::Nanoseconds(last)) => {
                *first = (*first).min(*time);
                *last = (*last).max(*time);
            }
            (_, Stamp::None, _) => (self.first, self.last) = (*stamp, *stamp),
            (_, _, last) => *last = *stamp,
        }
    }

    /// Adds when something was, in nanoseconds since 1970.
    #[inline(always)]
    pub(super) fn at(&mut self, time: u64) {
        match (&mut self.first, &mut self.last) {
            (Stamp::Nanoseconds(first), Stamp::Nanoseconds(last)) => {
                *first = time.min(*first);
                *last = time.max(*last);
            }
            _ => self.note(&Stamp::Nanoseconds(time)),
        }
    }

    /// Adds what came later.
    pub fn go_on(&mut self, later: &Self) {
        self.note(&later.first);
        self.note(&later.last);
    }

    pub(super) fn first(&mut self) -> &mut Stamp {
        &mut self.first
    }

    pub(super) fn last(&mut self) -> &mut Stamp {
        &mut self.last
    }

    /// Returns when it began and ended, and forgets it.
    pub fn take(&mut self, read: &Read<'_>) -> Span {
        let span = Span::between(read(&self.first), read(&self.last));
        *self = Self::default();
        span
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(stamps: &[Stamp]) -> Span {
        let mut moments = Moments::default();
        for stamp in stamps {
            moments.note(stamp);
        }
        moments.take(&|stamp| match stamp {
            Stamp::None => None,
            Stamp::Nanoseconds(time) => Some(Time::printed(time.to_string())),
            Stamp::Printed { .. } => {
                let text = String::from_utf8_lossy(stamp.text());
                Some(Time::printed(text.into_owned()))
            }
        })
    }

    #[test]
    fn the_ends_are_those_that_say_their_time() {
        let time = |text: &str| Some(Time::printed(text.to_owned()));
        let printed = |text: &str| Stamp::printed(text.as_bytes());
        assert_eq!(span(&[Stamp::None]), Span::default());
        let all = ["10:00:01", "10:00:02", "10:00:03"].map(printed);
        let all = [&[Stamp::None][..], &all, &[Stamp::None]].concat();
        assert_eq!(
            span(&all),
            Span {
                first: time("10:00:01"),
                last: time("10:00:03")
            }
        );
        let all = [5, 3, 9, 4].map(Stamp::Nanoseconds);
        let (first, last) = (time("3"), time("9"));
        assert_eq!(span(&all), Span { first, last });
        let long = "x".repeat(1000);
        assert_eq!(printed(&long).text(), &long.as_bytes()[..LENGTH]);
    }
}
