//! What is said beside results: on standard error, each on a line of its own.

use std::fmt::Display;
use std::io::Write;

/// Where messages go.
pub struct Messages<'a>(&'a mut dyn Write);

impl<'a> Messages<'a> {
    pub fn new(to: &'a mut dyn Write) -> Self {
        Self(to)
    }

    /// Says something in one line.
    pub fn say(&mut self, message: impl Display) {
        self.print(&format!("sipdex: {message}\n"));
    }

    /// Writes a text of whole lines. Where standard error is closed, nobody is left to tell.
    pub fn print(&mut self, text: &str) {
        drop(self.0.write_all(text.as_bytes()));
    }
}
