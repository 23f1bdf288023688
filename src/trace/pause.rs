//! A pause of an input: nothing is at hand for a moment. It is told as an error, after which one reads on.

use std::fmt;
use std::io::{self, ErrorKind};

#[derive(Debug)]
struct Pause;

impl fmt::Display for Pause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nothing more by now")
    }
}

impl std::error::Error for Pause {}

/// Returns what an input says that has nothing at hand for a moment: what was found by then is told, and to read again
/// waits for more.
pub fn pause() -> io::Error {
    io::Error::new(ErrorKind::WouldBlock, Pause)
}

/// Returns whether an error is none but that.
pub(super) fn is_pause(error: &io::Error) -> bool {
    let inner = error.get_ref();
    inner.is_some_and(<dyn std::error::Error + Send + Sync>::is::<Pause>)
}
