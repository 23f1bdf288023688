//! How often each code answers each method.

mod counts;

pub use counts::Counts;
