//! What is noted of the messages of a piece of a trace, while its bytes are at hand: how many of each kind there are, and
//! when the first and the last of them were. To read when each was would take longer than to count them.

use std::borrow::Cow;
use std::collections::HashMap;

use foldhash::quality::FixedState;

use super::moments::{Moments, Stamp};
use crate::calls::{Kind, Sighting};
use crate::message::Method;

/// Where it stands when a message was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When<'t> {
    /// Nanoseconds since 1970.
    Known(u64),
    /// In what is printed before it, if anywhere.
    Printed(Cow<'t, [u8]>),
}

/// A method, and a code that answers it, which a request has not.
type Key = (Method, Option<u16>);

/// So many kinds are found without a digest.
const NEAR: usize = 1024;

/// Where so many messages are noted, there is room for more at once.
const MANY: usize = 16;
const MORE: usize = 2048;

/// The messages of a piece.
#[derive(Debug, Default)]
pub struct Notes<'t> {
    /// Where each kind stands among all.
    places: HashMap<Key, usize, FixedState>,
    /// Where one of a registered method was seen last, counted from 1 on: nearly all are found there.
    near: Vec<u16>,
    rows: Vec<Row>,
    malformed: u64,
    seen: Vec<Seen<'t>>,
}

#[derive(Debug)]
struct Seen<'t> {
    when: When<'t>,
    /// Its row, if it belongs to a transaction: others are counted, and nothing more is told of them.
    row: Option<u32>,
}

/// The messages of a method, or the responses of a code to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub method: Method,
    pub code: Option<u16>,
    pub count: u64,
    /// When those were that belong to a transaction, if any does.
    pub moments: Option<Moments>,
}

/// What was noted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Noted {
    pub rows: Vec<Row>,
    pub malformed: u64,
    /// When all of them were.
    pub moments: Moments,
}

impl<'t> Notes<'t> {
    pub fn note(&mut self, sighting: &Sighting, when: When<'t>) {
        let row = match &sighting.kind {
            Kind::Request(method) => Some(self.count(method, None)),
            Kind::Response(code) => Some(self.count(&sighting.method, Some(*code))),
            Kind::Malformed => None,
        };
        self.malformed += u64::from(row.is_none());
        let row = row.filter(|_| sighting.is_named());
        if let Some(row) = row {
            self.rows[row].moments.get_or_insert_default();
        }
        let row = row.and_then(|row| u32::try_from(row).ok());
        if self.seen.len() == MANY {
            self.seen.reserve(MORE);
        }
        self.seen.push(Seen { when, row });
    }

    /// Counts one of a kind; returns its row.
    fn count(&mut self, method: &Method, code: Option<u16>) -> usize {
        let Method::Registered(number) = method else {
            return self.counted(method, code);
        };
        let near = usize::from(code.unwrap_or(0)) << 4 ^ usize::from(*number);
        let near = near % NEAR;
        if let Some(at) = self.near.get(near)
            && let Some(at) = usize::from(*at).checked_sub(1)
            && let Some(row) = self.rows.get_mut(at)
            && row.code == code
            && row.method == *method
        {
            row.count += 1;
            return at;
        }
        let at = self.counted(method, code);
        if self.near.is_empty() {
            self.near = vec![0; NEAR];
        }
        self.near[near] = u16::try_from(at + 1).unwrap_or(0);
        at
    }

    fn counted(&mut self, method: &Method, code: Option<u16>) -> usize {
        let next = self.rows.len();
        let at = *self.places.entry((method.clone(), code)).or_insert(next);
        if at == next {
            self.rows.push(Row {
                method: method.clone(),
                code,
                count: 0,
                moments: None,
            });
        }
        self.rows[at].count += 1;
        at
    }

    /// Returns what was noted; reads what is printed before the first and the last of each kind.
    pub fn end(self, read: impl Fn(&[u8]) -> Stamp) -> Noted {
        let mut noted = Noted {
            rows: self.rows,
            malformed: self.malformed,
            moments: Moments::default(),
        };
        noted.known(&self.seen);
        noted.printed(self.seen.iter(), &read, Moments::first);
        noted.printed(self.seen.iter().rev(), &read, Moments::last);
        noted
    }
}

impl Noted {
    /// Notes the times that are known.
    fn known(&mut self, seen: &[Seen<'_>]) {
        for seen in seen {
            if let When::Known(time) = seen.when {
                let stamp = Stamp::Nanoseconds(time);
                for moments in self.of(seen) {
                    moments.note(&stamp);
                }
            }
        }
    }

    /// Returns the moments of all and those of its row.
    fn of(&mut self, seen: &Seen<'_>) -> impl Iterator<Item = &mut Moments> {
        let row = seen.row.and_then(|row| self.rows.get_mut(row as usize));
        let row = row.and_then(|row| row.moments.as_mut());
        [Some(&mut self.moments), row].into_iter().flatten()
    }

    /// Reads the times that are printed, until each has the end that is looked for.
    fn printed<'a>(
        &mut self,
        seen: impl Iterator<Item = &'a Seen<'a>>,
        read: &impl Fn(&[u8]) -> Stamp,
        end: fn(&mut Moments) -> &mut Stamp,
    ) {
        let rows = self.rows.iter_mut();
        let rows = rows.filter_map(|row| row.moments.as_mut());
        let all = rows.chain([&mut self.moments]).map(end);
        let mut left = all.filter(|stamp| stamp.is_none()).count();
        for seen in seen {
            if left == 0 {
                return;
            }
            let When::Printed(before) = &seen.when else {
                continue;
            };
            let ends = self.of(seen).map(end);
            let mut open = ends.filter(|stamp| stamp.is_none()).peekable();
            if open.peek().is_some() {
                let stamp = read(before);
                for end in open {
                    *end = stamp;
                    left -= usize::from(!stamp.is_none());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Head;

    #[test]
    fn the_first_and_the_last_of_each_kind_are_those_that_have_a_time() {
        let mut notes = Notes::default();
        let busy = "SIP/2.0 486 Busy\r\nFrom: a;tag=1\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n\r\n";
        let invite =
            "INVITE sip:a@b SIP/2.0\r\nFrom: a;tag=1\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n\r\n";
        let bare = "SIP/2.0 486 Busy\r\nCSeq: 1 INVITE\r\n\r\n";
        for (message, time) in [
            (invite, ""),
            (bare, "1"),
            (busy, ""),
            (busy, "2"),
            (invite, "3"),
            (busy, "4"),
            (busy, ""),
            (invite, "5"),
            (bare, ""),
        ] {
            let sighting = Sighting::of(&Head::of(message.as_bytes()));
            notes.note(&sighting, When::Printed(Cow::Borrowed(time.as_bytes())));
        }
        let read = |text: &[u8]| match text {
            [] => Stamp::None,
            text => Stamp::printed(text),
        };
        let told = notes.end(read);
        let times = |moments: &Moments| {
            let mut moments = *moments;
            [
                moments.first().text().to_vec(),
                moments.last().text().to_vec(),
            ]
            .concat()
        };
        assert_eq!(times(&told.moments), b"15");
        let rows = told.rows.iter();
        let rows: Vec<_> = rows
            .map(|row| (row.count, row.moments.as_ref().map(times)))
            .collect();
        assert_eq!(rows, [(3, Some(b"35".to_vec())), (6, Some(b"24".to_vec()))]);
    }

    #[test]
    fn times_that_are_known_need_no_order() {
        let mut notes = Notes::default();
        for time in [5, 3, 9, 4] {
            notes.note(&Sighting::default(), When::Known(time));
        }
        let mut told = notes.end(|_| Stamp::None);
        assert_eq!(told.malformed, 4);
        assert_eq!(*told.moments.first(), Stamp::Nanoseconds(3));
        assert_eq!(*told.moments.last(), Stamp::Nanoseconds(9));
    }
}
