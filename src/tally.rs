//! How often each code answers each method.

mod attempts;
mod counts;
mod outcomes;

pub use attempts::{Attempt, Attempts, By, Told};
pub use counts::Counts;
pub use outcomes::{Outcomes, outcomes};
