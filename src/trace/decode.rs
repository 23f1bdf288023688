//! What stands for the bytes of messages in a text, put back before they are looked for: hex dumps, arrays of byte
//! values, trees of a dissector, signs that are shown by a name of theirs. A look at the beginning tells which of them a text has; each thing that is decoded
//! becomes one line, folded as a string, so that nothing in it can run into what follows.

mod arrays;
mod fields;
mod form;
mod hex;
mod notation;
mod output;
mod records;
mod row;
mod tree;
mod whence;

use std::io::{Error, Read, Result};
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use memchr::{memchr, memmem};

use super::found::{Found, Scan};
use super::stream::{self, fill};
use super::teller::Teller;
use arrays::Arrays;
use fields::Fields;
use form::Form;
use hex::Hex;
use notation::Notations;
use output::{Output, Shifts};
use records::Records;
use tree::Tree;

/// How much of a text is looked at.
pub(super) const LOOK: usize = 64 * 1024;
/// Read at a time.
const BLOCK: usize = 64 * 1024;
/// Longer lines are left as they are.
const LINE: usize = 1024 * 1024;

/// The forms that a text has, in the order in which they are asked.
pub(super) struct Forms(Vec<Box<dyn Form>>);

/// A form is made by the first; each text that has it has one of the second: to look for these costs less than to read
/// every line.
type Kind = (fn() -> Box<dyn Form>, &'static [&'static [u8]]);

const KINDS: [Kind; 6] = [
    (made::<Hex>, hex::MARKS),
    (made::<Tree>, tree::MARKS),
    (made::<Fields>, fields::MARKS),
    (made::<Arrays>, arrays::MARKS),
    (made::<Records>, records::MARKS),
    (made::<Notations>, notation::MARKS),
];

fn made<F: Form + Default + 'static>() -> Box<dyn Form> {
    Box::<F>::default()
}

impl Forms {
    /// Offers a line to each of them.
    fn offer(&mut self, line: &[u8], out: &mut Output) {
        for at in 0..self.0.len() {
            if self.0[at].take(line, out) {
                for form in &mut self.0[at + 1..] {
                    form.release(out);
                }
                return;
            }
        }
        out.pass(line);
    }

    fn release(&mut self, out: &mut Output) {
        for form in &mut self.0 {
            form.release(out);
        }
    }
}

/// Returns the forms that stand in the beginning of a text; none where its bytes are what they are.
pub(super) fn look(first: &[u8]) -> Option<Forms> {
    let mut unseen = Output::default();
    let has = |mark: &&[u8]| memmem::find(first, mark).is_some();
    let kinds = KINDS.into_iter().filter(|(_, marks)| marks.iter().any(has));
    let kinds: Vec<Kind> = kinds.collect();
    let mut forms = Forms(kinds.iter().map(|(make, _)| make()).collect());
    for line in first.split_inclusive(|byte| *byte == b'\n') {
        forms.offer(line, &mut unseen);
        unseen.text.clear();
    }
    let met = forms.0.iter().zip(kinds);
    let met: Vec<_> = met
        .filter_map(|(form, (make, _))| form.is_met().then(make))
        .collect();
    (!met.is_empty()).then_some(Forms(met))
}

/// Reads a text in which such forms stand; takes what is told of its messages, each at its place in the text as it is.
pub(super) fn scan<T: Teller>(
    input: &mut (dyn Read + Send),
    forms: Forms,
    counts_lines: bool,
    teller: &T,
    take: &mut (dyn FnMut(T::Told) + Send),
) -> Result<Scan> {
    let shifts = RwLock::new(Shifts::default());
    let mut decoded = Decoded {
        input,
        forms,
        block: vec![0; BLOCK],
        line: Vec::new(),
        is_long: false,
        out: Output::default(),
        given: 0,
        is_last: false,
        error: None,
        shifts: &shifts,
    };
    let placed = Placed {
        teller,
        shifts: &shifts,
    };
    let scan = stream::scan(&mut decoded, counts_lines, &placed, take)?;
    let shifts = known(&shifts);
    Ok(Scan {
        bytes: shifts.read,
        first_missed: scan.first_missed.map(|place| shifts.whole(place)),
        first_uncounted: scan.first_uncounted.map(|place| shifts.whole(place)),
        ..scan
    })
}

fn known(shifts: &RwLock<Shifts>) -> RwLockReadGuard<'_, Shifts> {
    shifts.read().unwrap_or_else(PoisonError::into_inner)
}

/// Tells of messages at their place in the text as it is.
struct Placed<'a, T> {
    teller: &'a T,
    shifts: &'a RwLock<Shifts>,
}

impl<T: Teller> Teller for Placed<'_, T> {
    type Notes<'t> = T::Notes<'t>;
    type Told = T::Told;

    fn note<'t>(&self, notes: &mut T::Notes<'t>, found: &Found<'t>) {
        let found = known(self.shifts).put_back(found.clone());
        self.teller.note(notes, &found);
    }

    fn told(&self, notes: T::Notes<'_>) -> T::Told {
        self.teller.told(notes)
    }
}

/// A text with the bytes in it that it shows.
struct Decoded<'a> {
    input: &'a mut (dyn Read + Send),
    forms: Forms,
    block: Vec<u8>,
    /// The line that is not at its end yet.
    line: Vec<u8>,
    /// It was too long, and goes on.
    is_long: bool,
    out: Output,
    given: usize,
    is_last: bool,
    /// Met behind what was read last.
    error: Option<Error>,
    shifts: &'a RwLock<Shifts>,
}

impl Decoded<'_> {
    fn decode(&mut self) {
        let mut block = std::mem::take(&mut self.block);
        let (read, error) = fill(self.input, &mut block);
        self.error = error;
        self.is_last = read < block.len();
        for part in block[..read].split_inclusive(|byte| *byte == b'\n') {
            self.part(part);
        }
        self.block = block;
        if self.is_last {
            let line = std::mem::take(&mut self.line);
            if !line.is_empty() {
                self.forms.offer(&line, &mut self.out);
            }
            self.forms.release(&mut self.out);
        }
        let shifts = self.shifts.write();
        let mut shifts = shifts.unwrap_or_else(PoisonError::into_inner);
        shifts.read += read as u64;
        shifts.add(&mut self.out);
    }

    fn part(&mut self, part: &[u8]) {
        let is_end = memchr(b'\n', part).is_some();
        if self.is_long {
            self.out.pass(part);
            self.is_long = !is_end;
        } else if is_end && self.line.is_empty() {
            self.forms.offer(part, &mut self.out);
        } else {
            self.line.extend_from_slice(part);
            if is_end {
                let line = std::mem::take(&mut self.line);
                self.forms.offer(&line, &mut self.out);
                self.line = line;
                self.line.clear();
            } else if self.line.len() > LINE {
                self.forms.release(&mut self.out);
                self.out.pass(&self.line);
                self.line.clear();
                self.is_long = true;
            }
        }
    }
}

impl Read for Decoded<'_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        while self.given == self.out.text.len() && !self.is_last {
            self.out.text.clear();
            self.given = 0;
            self.decode();
        }
        if self.given == self.out.text.len()
            && let Some(error) = self.error.take()
        {
            return Err(error);
        }
        let length = into.len().min(self.out.text.len() - self.given);
        into[..length].copy_from_slice(&self.out.text[self.given..][..length]);
        self.given += length;
        Ok(length)
    }
}
