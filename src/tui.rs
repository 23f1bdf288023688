//! The explorer on a terminal: the event loop, and what begins and ends it.

mod browser;
mod canvas;
mod clipboard;
mod effects;
mod input;
mod open;
mod outside;
mod running;
mod saving;
mod screen;
mod settings;
mod signals;
mod surroundings;
mod tracing;
mod wake;

pub use open::{NoTerminal, open};
pub use running::{Ending, Explorer, Writers, run};
pub use settings::Settings;
