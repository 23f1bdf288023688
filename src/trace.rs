//! Bytes in, messages out: where each begins and ends in a text, however its lines are framed. No product is known by
//! its name, and nothing is asked of what a message means.

mod container;
mod finder;
mod frame;
mod needle;
mod read;
mod stream;
mod unfold;

pub use finder::{Found, Messages, messages};
pub use stream::{Scan, scan};
