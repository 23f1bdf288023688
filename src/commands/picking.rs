//! Which messages of logs and captures are explained: those that are asked for, failures first, and of many no more than
//! a few.

use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::path::Path;

use anyhow::{Context, Result, anyhow};

use super::beside::{Again, Beside, Key, Part};
use super::codes;
use super::remarks;
use super::watched::{Stop, Watched};
use crate::cli::Picked;
use crate::explain::{MOST, Rank, pasted};
use crate::files;
use crate::message::{Head, Start};
use crate::text;
use crate::trace::{self, Found};

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
    /// The request that it answers, if the trace has it.
    pub(super) request: Option<Vec<u8>>,
    /// What was sent with credentials after a challenge.
    pub(super) again: Option<Again>,
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

    fn is_response(&self) -> bool {
        self.bytes
            .get(..4)
            .is_some_and(|start| start.eq_ignore_ascii_case(b"SIP/"))
    }
}

/// What is asked for, and what was found of it.
pub(super) struct Picking {
    code: Option<u16>,
    call_id: Option<String>,
    nth: Option<usize>,
    /// How many messages were read, and how many of them are asked for.
    pub(super) messages: usize,
    pub(super) left: usize,
    failures: usize,
    kept: [Vec<Seen>; 3],
    /// Why files gave no message.
    unread: Vec<String>,
}

impl Picking {
    pub(super) fn new(picked: &Picked) -> Result<Self> {
        let code = picked.code.as_deref().map(codes::response).transpose()?;
        Ok(Self {
            code: code.map(|page| page.code.get()),
            call_id: picked.call_id.clone(),
            nth: picked.nth.map(NonZeroUsize::get),
            messages: 0,
            left: 0,
            failures: 0,
            kept: Default::default(),
            unread: Vec::new(),
        })
    }

    /// Reads a file; hands each message that is asked for to `take`, or keeps it.
    pub(super) fn read(
        &mut self,
        file: &Path,
        mut take: Option<&mut dyn FnMut(Seen)>,
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
        let (code, call_id) = (self.code, self.call_id.clone());
        let is_kept = take.is_none();
        let tell = |found: &Found<'_>| {
            let head = found.head();
            let is_asked = is_asked(&head, code, call_id.as_deref());
            let asked = is_asked.then(|| (Rank::of(&head), seen(found, &shown)));
            let part = is_kept.then(|| (Key::of(&head), Part::of(&head, &found.bytes)));
            (asked, part)
        };
        let before = self.messages;
        let mut beside = Beside::default();
        let scan = trace::scan_lines(input, tell, |(asked, part)| {
            self.messages += 1;
            if let Some((key, part)) = part {
                beside.see(&key, part, self.kept.iter_mut().flatten());
            }
            if let Some((rank, mut seen)) = asked {
                if seen.is_response() {
                    seen.request = beside.request(&seen.key);
                }
                self.take(rank, seen, &mut take);
            }
        });
        let scan = scan.with_context(|| format!("could not read {shown}"))?;
        if self.messages == before {
            match pasted(&first) {
                Some((line, bytes)) => self.pasted(&shown, line, bytes, &mut take),
                None => self.unread.extend(remarks::of_file(&scan, &shown)),
            }
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
        take: &mut Option<&mut dyn FnMut(Seen)>,
    ) {
        self.messages += 1;
        let head = Head::of(&bytes);
        if is_asked(&head, self.code, self.call_id.as_deref()) {
            let rank = Rank::of(&head);
            let seen = Seen {
                bytes,
                file: shown.to_owned(),
                line: Some(line),
                frame: None,
                key: Key::default(),
                request: None,
                again: None,
            };
            self.take(rank, seen, take);
        }
    }

    fn take(&mut self, rank: Rank, seen: Seen, take: &mut Option<&mut dyn FnMut(Seen)>) {
        self.left += 1;
        self.failures += usize::from(rank != Rank::Other);
        if self.nth.is_some_and(|nth| nth != self.left) {
            return;
        }
        if let Some(take) = take {
            return take(seen);
        }
        let kept = &mut self.kept[rank as usize];
        if kept.len() < MOST {
            kept.push(seen);
        }
    }

    /// Returns what is explained, and what to say of the rest.
    pub(super) fn explained(self) -> (Vec<Seen>, Option<String>) {
        let fails = self.failures > 0 && self.nth.is_none();
        let asks = self.code.is_some() || self.call_id.is_some();
        let [failures, challenges, others] = self.kept;
        let others = others.into_iter().filter(|_| !fails || asks);
        let all: Vec<Seen> = failures
            .into_iter()
            .chain(challenges)
            .chain(others)
            .take(MOST)
            .collect();
        if self.nth.is_some() || all.len() == self.left {
            return (all, None);
        }
        let left = if asks {
            "messages fit"
        } else {
            "messages are there"
        };
        let failing = match self.failures {
            0 => String::new(),
            1 => ", one of them a failure".to_owned(),
            several => format!(", {several} of them failures"),
        };
        let remark = format!(
            "{} {left}{failing}; explained: {}; --code, --call-id or --nth picks others",
            self.left,
            all.len()
        );
        (all, Some(remark))
    }

    /// Returns why nothing was found, and the way out.
    pub(super) fn missed(&self, files: &str) -> Vec<String> {
        if self.messages == 0 {
            return self.unread.clone();
        }
        vec![self.passed_over(files)]
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
            (_, Some(call_id), _) => format!(
                "none of {count} messages in {files} has the Call-ID {}; sipdex tally FILE --all lists those that are there",
                text::quoted(call_id)
            ),
            (_, _, Some(code)) => format!(
                "none of {count} messages in {files} is a {code}; sipdex tally FILE says which codes are there"
            ),
            _ => format!("nothing of {count} messages in {files} is asked for"),
        }
    }
}

fn is_asked(head: &Head<'_>, code: Option<u16>, call_id: Option<&str>) -> bool {
    let own = match head.start {
        Some(Start::Status { code, .. }) => Some(code),
        _ => None,
    };
    code.is_none_or(|asked| own == Some(asked))
        && call_id.is_none_or(|asked| head.call_id == asked.as_bytes())
}

fn seen(found: &Found<'_>, file: &str) -> Seen {
    Seen {
        bytes: found.bytes.to_vec(),
        file: file.to_owned(),
        line: found.line,
        frame: found.origin.frame,
        key: Key::of(&found.head()),
        request: None,
        again: None,
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
