//! Records of JSON that hold a line each, as a container's log has them: what is said of the line stands before it then, so
//! that a message over many records is framed as any other.

use memchr::{memchr2, memmem};

use super::form::Form;
use super::output::Output;
use crate::trace::unfold::{Folding, unfold};

/// What stands in every record: the end of a line at the end of a string.
pub(super) const MARKS: &[&[u8]] = &[b"\\n\""];

#[derive(Default)]
pub(super) struct Records {
    is_met: bool,
}

impl Form for Records {
    fn take(&mut self, line: &[u8], out: &mut Output) -> bool {
        let record = line.trim_ascii();
        let Some((start, end)) = string(record) else {
            return false;
        };
        let (before, rest) = record.split_at(start);
        let (value, after) = rest.split_at(end - start);
        self.is_met |= memmem::find(value, b"/2.0").is_some();
        let value = unfold(value, Folding::STRING);
        out.settle();
        out.leave_out(line);
        out.put(&[before, after, b" ", &value].concat());
        true
    }

    fn release(&mut self, _: &mut Output) {}

    fn is_met(&self) -> bool {
        self.is_met
    }
}

/// Returns where the only line of a record is: a string that has one line end, where it ends. What has several is a message as
/// a whole.
fn string(record: &[u8]) -> Option<(usize, usize)> {
    if !record.starts_with(b"{") || !record.ends_with(b"}") {
        return None;
    }
    let mut open = None;
    let mut found = None;
    let mut at = 0;
    while let Some(next) = memchr2(b'"', b'\\', record.get(at..)?) {
        at += next;
        if record[at] == b'"' {
            at += 1;
            open = if open.is_none() { Some(at) } else { None };
            continue;
        }
        at += 2;
        if record.get(at - 1) == Some(&b'n') {
            let start = open.filter(|_| found.is_none() && record.get(at) == Some(&b'"'))?;
            found = Some((start, at));
        }
    }
    found
}
