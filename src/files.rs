//! The user's files: read with care, replaced as a whole, left to their owner. Knows nothing of what they say.

mod folder;
#[cfg(target_os = "linux")]
mod follow;
mod lock;
mod name;
mod owner;
mod read;
mod reason;
mod replace;
mod spool;

pub use folder::{create_folder, real};
#[cfg(target_os = "linux")]
pub use follow::{Following, Turn};
pub use lock::{Lock, lock};
pub use name::shown;
pub use read::{Input, is_there, length, open, read, read_any, text};
pub use reason::reason;
pub use replace::{read_saved, replace, set_aside};
pub use spool::Spool;
