//! What `tally` prints: counts, each of which is a sum over its parts, and how they are read again.

mod form;
mod read;
mod value;
mod write;

pub use read::tallies;
pub use write::tally;
