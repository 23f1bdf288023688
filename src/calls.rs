//! Messages put together to transactions and attempts, with the outcome that counts for the caller.

mod outcome;
mod recorded;
mod sighting;
mod timeline;
mod transactions;

pub use outcome::Outcome;
pub use recorded::Recorded;
pub use sighting::{Kind, Sighting, Step};
pub use timeline::Timeline;
pub use transactions::{Change, Names, Transaction, Transactions};
