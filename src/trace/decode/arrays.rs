//! Arrays of byte values in JSON, in one line or over many, as text with bytes that do not print is written.

use memchr::memchr;

use super::form::Form;
use super::output::{Output, fold};

/// What stands in every array.
pub(super) const MARKS: &[&[u8]] = &[b"["];
/// Shorter arrays hold no message.
const FEW: usize = 32;
/// Longer ones are left as they are.
const MANY: usize = 256 * 1024;

/// What is known of the array at hand.
#[derive(Default)]
pub(super) struct Arrays {
    /// The lines since it began, as they are.
    kept: Vec<u8>,
    /// The same, with strings for the arrays that ended.
    decoded: Vec<u8>,
    values: Values,
    is_open: bool,
    is_met: bool,
}

/// The values of an array so far.
#[derive(Default)]
struct Values {
    bytes: Vec<u8>,
    /// A comma or the end comes next.
    has_value: bool,
}

/// How an array goes on.
enum Goes {
    /// To the end of the text.
    On,
    /// To its own end, and so far in the text.
    Closed(usize),
    /// It is none.
    Wrong,
}

impl Form for Arrays {
    fn take(&mut self, line: &[u8], out: &mut Output) -> bool {
        if !self.is_open && memchr(b'[', line).is_none() {
            return false;
        }
        let mut rest = line;
        let mut has_decoded = self.is_open;
        if self.is_open {
            match self.values.read(rest) {
                Goes::On if self.kept.len() < MANY * 8 => {
                    self.kept.extend_from_slice(line);
                    return true;
                }
                Goes::Closed(end) if self.values.bytes.len() >= FEW => {
                    self.string();
                    rest = &rest[end..];
                }
                _ => {
                    self.release(out);
                    return false;
                }
            }
        } else {
            self.decoded.clear();
        }
        has_decoded |= self.rest(rest);
        if has_decoded || self.is_open {
            if self.kept.is_empty() {
                out.settle();
            }
            self.kept.extend_from_slice(line);
        }
        if self.is_open {
            return true;
        }
        if has_decoded {
            out.leave_out(&self.kept);
            out.put(&self.decoded);
            self.kept.clear();
        }
        has_decoded
    }

    fn release(&mut self, out: &mut Output) {
        self.is_open = false;
        if !self.kept.is_empty() {
            out.pass(&self.kept);
            self.kept.clear();
        }
    }

    fn is_met(&self) -> bool {
        self.is_met
    }
}

impl Arrays {
    /// Goes over what is left of a line; returns whether an array of bytes ended in it.
    fn rest(&mut self, mut rest: &[u8]) -> bool {
        let mut has_decoded = false;
        self.is_open = false;
        while let Some(at) = memchr(b'[', rest) {
            let (before, after) = rest.split_at(at + 1);
            self.decoded.extend_from_slice(before);
            rest = after;
            self.values = Values::default();
            match self.values.read(after) {
                Goes::Closed(end) if self.values.bytes.len() >= FEW => {
                    self.decoded.pop();
                    self.string();
                    has_decoded = true;
                    rest = &after[end..];
                }
                Goes::On if after.ends_with(b"\n") => {
                    self.decoded.pop();
                    self.is_open = true;
                    return has_decoded;
                }
                _ => {}
            }
        }
        self.decoded.extend_from_slice(rest);
        has_decoded
    }

    /// Writes the array as a string.
    fn string(&mut self) {
        self.is_met = true;
        self.decoded.push(b'"');
        fold(&self.values.bytes, &mut self.decoded);
        self.decoded.push(b'"');
    }
}

impl Values {
    fn read(&mut self, text: &[u8]) -> Goes {
        let mut at = 0;
        while let Some(byte) = text.get(at) {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' => at += 1,
                b',' if self.has_value => {
                    self.has_value = false;
                    at += 1;
                }
                b']' if self.has_value => return Goes::Closed(at + 1),
                b'0'..=b'9' if !self.has_value && self.bytes.len() < MANY => {
                    let digits = text[at..].iter().take(4);
                    let digits = digits.take_while(|byte| byte.is_ascii_digit()).count();
                    let number = std::str::from_utf8(&text[at..at + digits]);
                    let Some(byte) = number.ok().and_then(|number| number.parse().ok()) else {
                        return Goes::Wrong;
                    };
                    self.bytes.push(byte);
                    self.has_value = true;
                    at += digits;
                }
                _ => return Goes::Wrong,
            }
        }
        Goes::On
    }
}
