//! One way to write bytes as text, line by line.

use super::output::Output;

pub(super) trait Form: Send {
    /// Takes a line, with its end, if it is one of its own; else gives back what it kept.
    fn take(&mut self, line: &[u8], out: &mut Output) -> bool;
    /// Gives out what it kept: what follows is not its own.
    fn release(&mut self, out: &mut Output);
    /// Returns whether it has met what it reads.
    fn is_met(&self) -> bool;
}
