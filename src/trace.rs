//! Bytes in, messages out: where each begins and ends in a text, however its lines are framed, and in the packets of a
//! capture. No product is known by its name, and nothing is asked of what a message means.

mod capture;
mod container;
mod decode;
mod finder;
mod found;
mod frame;
mod label;
mod looks;
mod lost;
mod named;
mod needle;
mod pause;
mod print;
mod read;
mod readers;
mod stream;
mod teller;
mod unfold;

pub use container::{is_plain, scan, scan_lines};
pub use finder::{Messages, messages};
pub use found::{Format, Found, Origin, Remark, Scan, Transport};
pub use label::{Label, clock};
pub use looks::Looks;
pub use lost::Lost;
pub use pause::pause;
pub use teller::Teller;
