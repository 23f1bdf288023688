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
/// No kind of message.
const NONE: u16 = u16::MAX;

/// Where so many messages are noted, there is room for more at once.
const MANY: usize = 16;
const MORE: usize = 2048;

/// The messages of a piece.
#[derive(Debug, Default)]
pub struct Notes<'t> {
    /// Where each kind stands among all.
    places: HashMap<Key, usize, FixedState>,
    /// The kinds of registered methods and where each was seen last: nearly all are found there.
    near: Vec<[u16; 2]>,
    kinds: Vec<OneKind>,
    malformed: u64,
    unnamed: u64,
    names: Vec<u64>,
    /// Those that do not know when they were.
    seen: Vec<Seen<'t>>,
    /// When those were that know.
    moments: Moments,
}

/// The messages of one kind.
#[derive(Debug)]
struct OneKind {
    row: Row,
    /// Where those stand that were seen first and last of a transaction.
    first: u32,
    last: u32,
}

#[derive(Debug)]
struct Seen<'t> {
    /// What is printed before it.
    before: Cow<'t, [u8]>,
    /// Its kind, if it belongs to a transaction: others are counted, and nothing more is told of them.
    kind: Option<u32>,
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
    /// Those that name no transaction, though they are of one.
    pub unnamed: u64,
    /// What tells them from others that are sent, where that is asked for.
    pub names: Vec<u64>,
    /// When all of them were.
    pub moments: Moments,
}

impl<'t> Notes<'t> {
    pub fn note(&mut self, sighting: &Sighting, when: When<'t>) {
        let kind = match &sighting.kind {
            Kind::Request(method) => Some(self.count(method, None)),
            Kind::Response(code) => Some(self.count(&sighting.method, Some(*code))),
            Kind::Malformed => None,
        };
        self.malformed += u64::from(kind.is_none());
        let kind = kind.filter(|_| sighting.is_named());
        self.unnamed += u64::from(kind.is_none() && sighting.lacks_name());
        let mut known = kind.and_then(|kind| self.kinds.get_mut(kind));
        let moments = known
            .as_mut()
            .map(|known| known.row.moments.get_or_insert_default());
        match when {
            When::Known(time) => {
                self.moments.at(time);
                if let Some(moments) = moments {
                    moments.at(time);
                }
            }
            When::Printed(before) => {
                let at = u32::try_from(self.seen.len()).unwrap_or(u32::MAX);
                if let Some(known) = known {
                    known.first = known.first.min(at);
                    known.last = at;
                }
                if self.seen.len() == MANY {
                    self.seen.reserve(MORE);
                }
                let kind = kind.and_then(|kind| u32::try_from(kind).ok());
                self.seen.push(Seen { before, kind });
            }
        }
    }

    /// Notes what tells a message from others that are sent.
    #[inline]
    pub fn name(&mut self, name: Option<u64>) {
        if let Some(name) = name {
            self.names.push(name);
        }
    }

    /// Counts one of a kind; returns where it stands.
    fn count(&mut self, method: &Method, code: Option<u16>) -> usize {
        let (Method::Registered(number), None | Some(1..0x1000)) = (method, code) else {
            return self.counted(method, code);
        };
        let kind = code.unwrap_or(0) << 4 | u16::from(*number);
        let near = usize::from(kind) % NEAR;
        if let Some([known, at]) = self.near.get(near)
            && *known == kind
            && let Some(known) = self.kinds.get_mut(usize::from(*at))
        {
            known.row.count += 1;
            return usize::from(*at);
        }
        let at = self.counted(method, code);
        if self.near.is_empty() {
            self.near = vec![[NONE; 2]; NEAR];
        }
        if let Ok(at) = u16::try_from(at) {
            self.near[near] = [kind, at];
        }
        at
    }

    fn counted(&mut self, method: &Method, code: Option<u16>) -> usize {
        let next = self.kinds.len();
        let at = *self.places.entry((method.clone(), code)).or_insert(next);
        if at == next {
            self.kinds.push(OneKind {
                row: Row {
                    method: method.clone(),
                    code,
                    count: 0,
                    moments: None,
                },
                first: u32::MAX,
                last: u32::MAX,
            });
        }
        self.kinds[at].row.count += 1;
        at
    }

    /// Returns what was noted; reads what is printed before the first and the last of each kind.
    pub fn end(self, read: impl Fn(&[u8]) -> Stamp) -> Noted {
        let seen = &self.seen;
        let mut noted = Noted {
            rows: Vec::with_capacity(self.kinds.len()),
            malformed: self.malformed,
            unnamed: self.unnamed,
            names: self.names,
            moments: self.moments,
        };
        // So nearly all have what is looked for.
        let ends = |moments: &mut Moments, first: Option<&Seen<'_>>, last: Option<&Seen<'_>>| {
            let own = [moments.first().is_none(), moments.last().is_none()];
            if let Some(first) = first.filter(|_| own[0]) {
                *moments.first() = read(&first.before);
            }
            if let Some(last) = last.filter(|_| own[1]) {
                *moments.last() = read(&last.before);
            }
        };
        for kind in self.kinds {
            let OneKind {
                mut row,
                first,
                last,
            } = kind;
            if let Some(moments) = &mut row.moments {
                ends(moments, seen.get(first as usize), seen.get(last as usize));
            }
            noted.rows.push(row);
        }
        ends(&mut noted.moments, seen.first(), seen.last());
        noted.printed(seen.iter(), &read, Moments::first);
        noted.printed(seen.iter().rev(), &read, Moments::last);
        noted
    }
}

impl Noted {
    /// Returns the moments of all and those of its row.
    fn of(&mut self, seen: &Seen<'_>) -> impl Iterator<Item = &mut Moments> {
        let row = seen.kind.and_then(|kind| self.rows.get_mut(kind as usize));
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
            let ends = self.of(seen).map(end);
            let mut open = ends.filter(|stamp| stamp.is_none()).peekable();
            if open.peek().is_some() {
                let stamp = read(&seen.before);
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
