//! What was read once, read again: a call that somebody opens, and all calls, to look what went wrong in them.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::sync::{Arc, PoisonError, RwLockReadGuard};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::reading::{STDIN, Stop, name};
use crate::app::faults::{Looked, Looks, Wrong};
use crate::app::legs::Firsts;
use crate::app::trace::Book;
use crate::app::{Again, News};
use crate::files::{self, Spool};
use crate::ledger::{Calling, Ledger, Looking, Seekable};
use crate::tui::wake::Wake;

/// What was found by now is shown no more often.
const BETWEEN: Duration = Duration::from_secs(1);
/// So many bytes are read as a whole for the page of one call.
const WHOLE: u64 = 64 << 20;
/// What is beside calls that failed is read while all are looked at, for so many calls and so many bytes in all.
const BESIDES: u64 = 200;
const BESIDE_BYTES: u64 = BESIDES * (8 << 20);
/// More rounds are not made for calls that had no room.
const ROUNDS: usize = 16;

/// Where what was read stands.
#[derive(Clone)]
pub(super) struct Rereading {
    pub(super) book: Book,
    pub(super) files: Arc<[PathBuf]>,
    pub(super) stop: Stop,
    pub(super) spool: Spool,
    pub(super) sender: Sender<Wake>,
}

impl Rereading {
    /// Reads a call: where it stands, or all of the trace if there is less of it.
    pub(super) fn call(&self, call_id: &str) -> Result<Again, String> {
        let plan = self.book().plan(call_id, self.stop.is_read());
        let known = plan.as_ref().map_or(0, |plan| plan.messages);
        let mut calling = Calling::new(call_id, plan);
        let mut why = self.read(&mut calling);
        if !calling.is_whole() {
            calling = Calling::new(call_id, None);
            why = self.read(&mut calling);
        }
        let (own, ends) = (calling.own, calling.ends);
        let remark = (own < known || own == 0).then(|| match why {
            Some(error) => format!("{error:#}"),
            None => self.changed(),
        });
        match remark {
            Some(why) if own == 0 => Err(format!("the call is not there any more: {why}")),
            remark => {
                self.read_beside(&mut calling);
                Ok(Again {
                    messages: calling.messages(),
                    beside: calling.beside(),
                    ends,
                    remark: remark.map(|why| format!("{own} of {known} messages are there: {why}")),
                })
            }
        }
    }

    /// Reads what the parties of a call sent and got in others, where that is not too much to read for a page.
    fn read_beside(&self, calling: &mut Calling) {
        if self.length().is_none_or(|all| all > WHOLE) {
            return;
        }
        for file in self.files.iter() {
            // What is gone now has nothing to add.
            if let Ok(input) = self.open(file) {
                _ = calling.read_beside(input, &name(file));
            }
        }
    }

    /// Returns how long the files are, if that is known.
    fn length(&self) -> Option<u64> {
        let lengths = self.files.iter().map(|file| files::length(file));
        lengths.sum()
    }

    /// Reads a call in its files, as far as they can be read; returns why one cannot.
    fn read(&self, calling: &mut Calling) -> Option<anyhow::Error> {
        let mut why = None;
        for (at, file) in self.files.iter().enumerate() {
            if calling.stands_in(at) {
                let read = self.open(file).and_then(|input| {
                    let name = name(file);
                    let read = calling.read_slices(input, at, &name);
                    read.map(drop)
                        .with_context(|| format!("could not read {name}"))
                });
                why = why.or(read.err());
            }
        }
        why
    }

    fn open(&self, file: &Path) -> Result<Box<dyn Seekable>> {
        Ok(if file == Path::new(STDIN) {
            Box::new(self.spool.read())
        } else {
            Box::new(files::open(file)?)
        })
    }

    /// Says what became of the files, in which something is not found again.
    fn changed(&self) -> String {
        let book = self.book();
        let cut = self.files.iter().find_map(|file| {
            let (name, length) = (name(file), files::length(file)?);
            let read = book.bytes_of(&name).filter(|read| length < *read)?;
            Some(format!(
                "{name} had {read} bytes when it was read, and has {length} now"
            ))
        });
        let names = || {
            let names = if self.files.len() == 1 {
                "the file"
            } else {
                "one of the files"
            };
            format!("{names} was written anew since it was read")
        };
        cut.unwrap_or_else(names)
    }

    fn book(&self) -> RwLockReadGuard<'_, Ledger> {
        self.book.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks what is wrong with the calls.
    pub(super) fn look(&self) {
        let (mut wrong, mut looking) = (Wrong::default(), Looking::default());
        let mut firsts = Firsts::default();
        let (ends, all) = (self.book().ends(), self.book().known_calls());
        let mut last = Instant::now();
        let length = self.length().filter(|all| *all <= WHOLE);
        let mut besides = length.map_or(0, |all| (BESIDE_BYTES / all.max(1)).min(BESIDES));
        for _ in 0..ROUNDS {
            let mut take = |call_id: &str, calls: usize, messages: &[_]| {
                let mut calling = Calling::known(call_id, messages);
                let beside = || {
                    if besides > 0 && !self.stop.is_wanted() {
                        besides -= 1;
                        self.read_beside(&mut calling);
                    }
                    calling.beside()
                };
                let number = || self.book().attempt_of(call_id);
                wrong.look(messages, ends, number, beside);
                firsts.add(call_id, messages);
                if last.elapsed() >= BETWEEN {
                    last = Instant::now();
                    let how = Looks::On;
                    self.tell(wrong.clone(), Looked { calls, all, how });
                }
            };
            let mut is_whole = true;
            for file in self.files.iter() {
                let read = self.open(file).and_then(|input| {
                    let stop = self.stop.clone();
                    let input = Stopping { input, stop };
                    let of = |call| self.book().known(call);
                    Ok(looking.read(Box::new(input), &name(file), &of, &mut take)?)
                });
                is_whole &= read.is_ok() && !self.stop.is_wanted();
            }
            if !looking.end(is_whole, &mut take) {
                break;
            }
        }
        let how = if self.stop.is_wanted() {
            Looks::Stopped
        } else {
            Looks::Ended
        };
        let calls = looking.calls;
        wrong.legs = firsts.legs();
        self.tell(wrong, Looked { calls, all, how });
    }

    fn tell(&self, wrong: Wrong, looked: Looked) {
        drop(self.sender.send(Wake::News(News::Wrong(wrong, looked))));
    }
}

/// What is read until somebody stops it.
struct Stopping {
    input: Box<dyn Seekable>,
    stop: Stop,
}

impl Read for Stopping {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.stop.is_wanted() {
            return Ok(0);
        }
        self.input.read(into)
    }
}
