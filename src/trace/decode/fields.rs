//! The tree of a dissector as XML or JSON: a message has one field for its start line and one for its whole header.

use memchr::{memchr, memmem};

use super::form::Form;
use super::output::{Output, fold};
use super::whence::Whence;

/// What stands in every tree of them.
pub(super) const MARKS: &[&[u8]] = &[HEADER, b"_raw\": [", b"time\"", b"src\""];
const STARTS: [&[u8]; 2] = [b"Request-Line", b"Status-Line"];
const HEADER: &[u8] = b"msg_hdr";
/// Where the digits are that a field stands for: in its own line, or in the next one.
const VALUE: &[u8] = b" value=\"";
const RAW: &[u8] = b"_raw\": [";
/// A header in XML has its value behind its text, which is no longer.
const MANY: usize = 256 * 1024;

/// What is known of the message at hand.
#[derive(Default)]
pub(super) struct Fields {
    whence: Whence,
    /// The start line, folded.
    start: Vec<u8>,
    /// The last message, folded: what a body holds is shown again as fields.
    last: Vec<u8>,
    /// The field whose digits come farther down.
    open: Option<Open>,
    is_met: bool,
}

#[derive(Clone, Copy)]
struct Open {
    is_start: bool,
    mark: &'static [u8],
    /// How much is looked at.
    left: usize,
}

impl Form for Fields {
    fn take(&mut self, line: &[u8], out: &mut Output) -> bool {
        let is_xml = line.trim_ascii_start().starts_with(b"<");
        if let Some(open) = self.open.take()
            && !is_xml
            && self.digits(line, open, out)
        {
            return true;
        }
        self.whence.of_fields(line);
        let is_start = STARTS.iter().any(|name| has(line, name));
        let is_header = has(line, HEADER) && (has(line, b"msg_hdr\"") || has(line, RAW));
        self.is_met = self.is_met || has(line, RAW);
        if !is_start && !is_header {
            // What is in a message is shown again, and no message of its own.
            let is_inside = is_xml && self.is_met();
            if is_inside {
                out.leave_out(line);
            }
            return is_inside;
        }
        out.settle();
        if is_xml || has(line, RAW) {
            let open = Open {
                is_start,
                mark: if is_xml { VALUE } else { b"\"" },
                left: if is_xml { MANY } else { 1 },
            };
            if is_xml {
                let name = if is_start { b"-Line" } else { HEADER };
                let at = memmem::find(line, name).unwrap_or(0);
                out.leave_out(&line[..at]);
                if !self.digits(&line[at..], open, out) {
                    out.leave_out(&line[at..]);
                }
            } else {
                out.leave_out(line);
                self.open = Some(open);
            }
        } else {
            out.leave_out(line);
            self.strings(line, out);
        }
        true
    }

    fn release(&mut self, _: &mut Output) {
        self.open = None;
    }

    fn is_met(&self) -> bool {
        // The first message may stand farther down.
        self.is_met || self.whence.is_known()
    }
}

impl Fields {
    /// Takes the digits of a field, if they stand in a line; else it waits for them, if they may come.
    fn digits(&mut self, line: &[u8], open: Open, out: &mut Output) -> bool {
        if !has(line, open.mark) {
            let left = open.left.saturating_sub(line.len());
            self.open = (left > 0).then_some(Open { left, ..open });
            if left > 0 {
                out.leave_out(line);
            }
            return left > 0;
        }
        let Some(bytes) = hex(line, open.mark) else {
            return false;
        };
        out.leave_out(line);
        let mut value = Vec::new();
        fold(&bytes, &mut value);
        if open.is_start {
            self.start = value;
        } else {
            self.put(&value, out);
        }
        true
    }

    /// Takes the start lines and headers in a line of JSON, which are folded already.
    fn strings(&mut self, line: &[u8], out: &mut Output) {
        let mut rest = line;
        loop {
            let starts = STARTS.iter().filter_map(|name| string(rest, name));
            let start = starts.min_by_key(|(_, end)| *end);
            let header = string(rest, HEADER);
            let is_start = match (start, header) {
                (Some((_, start)), Some((_, header))) => start < header,
                (start, _) => start.is_some(),
            };
            let Some((value, end)) = (if is_start { start } else { header }) else {
                return;
            };
            rest = &rest[end..];
            if is_start {
                self.start = value.to_vec();
            } else {
                self.put(value, out);
            }
        }
    }

    /// Puts the message whose header this is.
    fn put(&mut self, header: &[u8], out: &mut Output) {
        let start = std::mem::take(&mut self.start);
        let is_of_body = memmem::find(&unescaped(&self.last), &unescaped(&start));
        let is_of_body = is_of_body.is_some_and(|at| at > 0);
        if start.is_empty() || is_of_body {
            return;
        }
        self.last = [&start[..], b"\\r\\n", header].concat();
        self.is_met = true;
        let mut line = Vec::new();
        fold(&self.whence.label(), &mut line);
        line.extend_from_slice(&self.last);
        line.extend_from_slice(b"\"\n");
        out.put(&line);
    }
}

/// Returns a text without backslashes, since not every writer puts one before a slash.
fn unescaped(text: &[u8]) -> Vec<u8> {
    let bytes = text.iter().copied();
    bytes.filter(|byte| *byte != b'\\').collect()
}

fn has(line: &[u8], what: &[u8]) -> bool {
    memmem::find(line, what).is_some()
}

/// Returns the bytes that the digits behind a mark stand for.
fn hex(line: &[u8], mark: &[u8]) -> Option<Vec<u8>> {
    let at = memmem::find(line, mark)? + mark.len();
    let end = memchr(b'"', &line[at..])?;
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    let pairs = line[at..at + end].chunks(2);
    pairs
        .map(|pair| {
            let [high, low] = pair else { return None };
            u8::try_from(digit(high)? * 16 + digit(low)?).ok()
        })
        .collect()
}

/// Returns the inside of the string that is the value of a name, and where it ends.
fn string<'a>(line: &'a [u8], name: &[u8]) -> Option<(&'a [u8], usize)> {
    let at = memmem::find(line, name)? + name.len();
    let rest = line[at..].strip_prefix(b"\"")?.trim_ascii_start();
    let rest = rest.strip_prefix(b":")?;
    let rest = rest.trim_ascii_start().strip_prefix(b"\"")?;
    let mut end = 0;
    loop {
        end += memchr::memchr2(b'"', b'\\', &rest[end..])?;
        if rest[end] == b'"' {
            return Some((&rest[..end], line.len() - rest.len() + end + 1));
        }
        end = (end + 2).min(rest.len());
    }
}
