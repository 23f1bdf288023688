//! How often each code answers each method.

mod counts;
mod outcomes;

pub use counts::Counts;
pub use outcomes::{Outcomes, outcomes};
