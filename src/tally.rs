//! How often each code answers each method, and what is said beside it: sums, which add up across files.

mod answers;
mod attempts;
mod counts;
mod moments;
mod most;
mod names;
mod notes;
mod outcomes;
mod redacted;
mod repeats;
mod said;
mod setups;
mod sum;
mod time;

pub use answers::{Answers, Beside, Codes};
pub use attempts::{Alike, Attempt, Attempts, By, Listed, Place, Told};
pub use counts::{Counts, total};
pub use moments::{Moments, Stamp};
pub use most::most;
pub use names::Names;
pub use notes::{Noted, Notes, When};
pub use outcomes::{Outcomes, add_outcomes, outcomes};
pub use repeats::Repeats;
pub use said::{Known, Said, Sayings, Sender, Word};
pub use setups::{Ring, Rings, Setups};
pub use sum::{Kind, Methods, Source, Sum};
pub use time::{Clock, Span, Time};
