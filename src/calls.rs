//! Messages put together to transactions and attempts, with the outcome that counts for the caller.

mod outcome;
mod transactions;

pub use outcome::Outcome;
pub use transactions::{Change, Transaction, Transactions};
