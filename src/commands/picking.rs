//! Which messages of logs and captures are explained: those that are asked for, failures first, and of many no more than
//! a few.

use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::path::Path;

use anyhow::{Context, Result, anyhow};

use super::beside::{Beside, Key};
use super::codes;
use super::ranked;
use super::watched::{Stop, Watched};
use crate::calls::Recorded;
use crate::cli::Picked;
use crate::explain::{MOST, Rank, pasted};
use crate::files;
use crate::ledger;
use crate::message::{Head, Start};
use crate::text;
use crate::trace::Found;

/// So much of what holds no message is looked at once more, as something that somebody pasted.
const PASTED: usize = 64 * 1024;

/// A message, and where it was found.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) bytes: Vec<u8>,
    pub(super) file: String,
    /// The line in which it begins, or the number of the packet that brought its end.
    pub(super) line: Option<u64>,
    pub(super) frame: Option<u64>,
    pub(super) key: Key,
    /// The messages of its call in the same trace, it among them.
    pub(super) call: Vec<Vec<u8>>,
    /// Where it stands among them.
    pub(super) at: usize,
    /// The same as the trace tells it, if that is asked for.
    pub(super) raw: Option<Box<Recorded>>,
}

impl Seen {
    /// Returns where it stands: "full.log line 12".
    pub(super) fn place(&self) -> String {
        match (self.line, self.frame) {
            (Some(line), _) => format!("{} line {line}", self.file),
            (None, Some(frame)) => format!("{} frame {frame}", self.file),
            (None, None) => self.file.clone(),
        }
    }

    /// Returns it as the trace tells it.
    pub(super) fn recorded(&mut self) -> Recorded {
        let told = self.raw.take().map(|raw| *raw);
        told.unwrap_or_else(|| Recorded {
            bytes: self.bytes.clone(),
            place: self.place(),
            ..Recorded::default()
        })
    }
}

/// What is asked for, and what was found of it.
pub(super) struct Picking {
    code: Option<u16>,
    call_id: Option<String>,
    method: Option<String>,
    nth: Option<usize>,
    redacts: bool,
    is_raw: bool,
    /// How many messages were read, and how many of them are asked for.
    pub(super) messages: usize,
    pub(super) left: usize,
    failures: usize,
    challenges: usize,
    kept: [Vec<Seen>; 3],
    /// What of the files was not read.
    unread: Vec<String>,
}

impl Picking {
    pub(super) fn new(picked: &Picked) -> Result<Self> {
        let code = picked.code.as_deref().map(codes::response).transpose()?;
        Ok(Self {
            code: code.map(|page| page.code.get()),
            call_id: picked.call_id.clone(),
            method: picked.method.clone(),
            nth: picked.nth.map(NonZeroUsize::get),
            redacts: picked.redact,
            is_raw: picked.raw,
            messages: 0,
            left: 0,
            failures: 0,
            challenges: 0,
            kept: Default::default(),
            unread: Vec::new(),
        })
    }

    /// Reads a file; hands each message that is asked for to `take`, or keeps it.
    pub(super) fn read(
        &mut self,
        file: &Path,
        mut take: Option<&mut (dyn FnMut(Seen) + Send)>,
    ) -> Result<()> {
        let shown = match files::shown(file) {
            shown if shown == "-" => "standard input".to_owned(),
            shown => shown,
        };
        let mut first = Vec::new();
        let input = Watched::new(files::open(file)?, files::length(file), Stop::default());
        let input = Kept {
            input,
            first: &mut first,
        };
        let asked = self.asked();
        let is_kept = take.is_none();
        let is_raw = self.is_raw;
        let tell = |found: &Found<'_>| {
            let head = found.head();
            let is_asked = asked.fits(&head) && !ledger::is_part(&found.before);
            let raw = || is_raw.then(|| Box::new(ledger::alone(found, &shown)));
            let seen = || seen(found, &shown, raw());
            let asked = is_asked.then(|| (Rank::of(&head, &found.bytes), seen()));
            let part = is_kept.then(|| (head.call_id.to_vec(), found.bytes.to_vec()));
            (asked, part)
        };
        let before = self.messages;
        let mut beside = Beside::default();
        let scan = ledger::each(input, tell, |(asked, part)| {
            self.messages += 1;
            if let Some((mut rank, seen)) = asked {
                if rank == Rank::Success && beside.count(&seen.key) == ranked::COPIES {
                    rank = Rank::Failure;
                }
                self.take(rank, seen, &beside, &mut take);
            }
            if let Some((call_id, bytes)) = part {
                beside.see(call_id, bytes, self.kept.iter_mut().flatten());
            }
        });
        let scan = scan.with_context(|| format!("could not read {shown}"))?;
        let pasted = (self.messages == before).then(|| pasted(&first)).flatten();
        match pasted {
            Some((line, bytes)) => self.pasted(&shown, line, bytes, &mut take),
            None => self.unread.extend(ledger::remarks(&scan, &shown)),
        }
        match scan.broken {
            Some(broken) => {
                Err(anyhow!(broken).context(format!("could not read {shown} to its end")))
            }
            None => Ok(()),
        }
    }

    /// Takes what is no whole message, and says something all the same.
    fn pasted(
        &mut self,
        shown: &str,
        line: u64,
        bytes: Vec<u8>,
        take: &mut Option<&mut (dyn FnMut(Seen) + Send)>,
    ) {
        self.messages += 1;
        let head = Head::of(&bytes);
        if self.asked().fits(&head) {
            let rank = Rank::of(&head, &bytes);
            let seen = Seen {
                bytes,
                file: shown.to_owned(),
                line: Some(line),
                frame: None,
                key: Key::default(),
                call: Vec::new(),
                at: 0,
                raw: None,
            };
            self.take(rank, seen, &Beside::default(), take);
        }
    }

    fn take(
        &mut self,
        rank: Rank,
        mut seen: Seen,
        beside: &Beside,
        take: &mut Option<&mut (dyn FnMut(Seen) + Send)>,
    ) {
        self.left += 1;
        self.failures += usize::from(rank == Rank::Failure);
        self.challenges += usize::from(rank == Rank::Challenge);
        if self.nth.is_some_and(|nth| nth != self.left) {
            return;
        }
        if let Some(take) = take {
            return take(seen);
        }
        let is_free = !self.asks() && matches!(rank, Rank::Failure | Rank::Challenge);
        let kept = &mut self.kept[rank.place()];
        let same = kept
            .iter()
            .position(|one| is_free && ranked::is_again(one, &seen));
        if same.is_some_and(|at| kept[at].key.hops <= seen.key.hops)
            || same.is_none() && kept.len() >= MOST
        {
            return;
        }
        seen.call = beside.before(&seen.key.call_id);
        seen.at = seen.call.len();
        match same {
            // The one that is nearest to the caller counts.
            Some(at) => kept[at] = seen,
            None => kept.push(seen),
        }
    }

    fn asks(&self) -> bool {
        self.nth.is_some() || self.code.is_some() || self.call_id.is_some() || self.method.is_some()
    }

    fn asked(&self) -> Wanted {
        Wanted {
            code: self.code,
            call_id: self.call_id.clone(),
            method: self.method.clone(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.kept.iter().all(Vec::is_empty)
    }

    /// Returns what is explained, and what to say of the rest.
    pub(super) fn explained(self) -> (Vec<Seen>, Option<String>) {
        let asks = self.asks();
        let all = ranked::in_order(self.kept, asks);
        if self.nth.is_some() || all.len() == self.left {
            return (all, None);
        }
        let left = if asks {
            "messages fit"
        } else {
            "messages are there"
        };
        let counted = [(self.failures, "failure"), (self.challenges, "challenge")];
        let counted = counted.into_iter().filter(|(count, _)| *count > 0);
        let counted: Vec<String> = counted
            .map(|(count, what)| match count {
                1 => format!(", one a {what}"),
                several => format!(", {several} {what}s"),
            })
            .collect();
        let remark = format!(
            "{} {left}{}; explained: {}; --code, --method, --call-id or --nth picks others",
            self.left,
            counted.concat(),
            all.len()
        );
        (all, Some(remark))
    }

    /// Returns what was not read, and why nothing was found, with the way out.
    pub(super) fn missed(&self, files: &str, is_empty: bool) -> Vec<String> {
        let mut says = self.unread.clone();
        if is_empty && self.messages > 0 {
            says.push(self.passed_over(files));
        }
        says
    }

    fn passed_over(&self, files: &str) -> String {
        let count = self.messages;
        match (self.nth, &self.call_id, self.code) {
            (Some(nth), ..) if self.left > 0 => {
                format!(
                    "message {nth} is asked for, and {} are there: --nth 1 to {0}",
                    self.left
                )
            }
            (_, Some(call_id), _) => no_call(count, files, call_id, self.redacts),
            (.., None) if self.method.is_some() => format!(
                "none of {count} messages in {files} is of the method {}; sipdex tally FILE says which are there",
                text::quoted(self.method.as_deref().unwrap_or_default())
            ),
            (_, _, Some(code)) => format!(
                "none of {count} messages in {files} is a {code}; sipdex tally FILE says which codes are there"
            ),
            _ => format!("nothing of {count} messages in {files} is asked for"),
        }
    }
}

/// Returns that no message has a Call-ID, which often names a host; a file was named by who reads this.
pub(super) fn no_call(count: usize, files: &str, call_id: &str, redacts: bool) -> String {
    let id = if redacts {
        "that is asked for".to_owned()
    } else {
        text::quoted(call_id)
    };
    format!(
        "none of {count} messages in {files} has the Call-ID {id}; sipdex tally FILE --all lists those that are there"
    )
}

/// What is asked for.
struct Wanted {
    code: Option<u16>,
    call_id: Option<String>,
    method: Option<String>,
}

impl Wanted {
    fn fits(&self, head: &Head<'_>) -> bool {
        let (own, method) = match head.start {
            Some(Start::Status { code, .. }) => (Some(code), head.method),
            Some(Start::Request { method, .. }) => (None, method),
            None => (None, head.method),
        };
        let is_of = |asked: &String| method.eq_ignore_ascii_case(asked.as_bytes());
        self.code.is_none_or(|asked| own == Some(asked))
            && self
                .call_id
                .as_ref()
                .is_none_or(|asked| head.call_id == asked.as_bytes())
            && self.method.as_ref().is_none_or(is_of)
    }
}

fn seen(found: &Found<'_>, file: &str, raw: Option<Box<Recorded>>) -> Seen {
    Seen {
        bytes: found.bytes.to_vec(),
        file: file.to_owned(),
        line: found.line,
        frame: found.origin.frame,
        key: Key::of(&found.head()),
        call: Vec::new(),
        at: 0,
        raw,
    }
}

/// What is read, with its first bytes kept.
struct Kept<'a, R> {
    input: R,
    first: &'a mut Vec<u8>,
}

impl<R: Read> Read for Kept<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.input.read(into)?;
        let left = PASTED.saturating_sub(self.first.len()).min(length);
        self.first.extend_from_slice(&into[..left]);
        Ok(length)
    }
}
