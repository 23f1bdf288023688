//! A SIP message as bytes: its start line, its header fields, and what some of them say. Borrowed, and nothing of where
//! it was found.

mod asked;
mod body;
mod ends;
mod field;
mod forms;
mod free;
mod head;
mod host;
mod learned;
mod masked;
mod method;
mod naming;
mod network;
mod reason;
mod redacted;
mod start;
mod tokens;
mod value;
mod warning;
mod whole;

pub use ends::{has, has_white};
pub use field::{Field, fields, full_name, lines};
pub use free::IsWord;
pub use head::{End, HEAD_LINES, Head};
pub use host::Host;
pub use masked::masked;
pub use method::{METHODS, Method};
pub use network::{Lookup, Network, Refusal};
pub use reason::{Reason, reason, reasons};
pub use redacted::Redaction;
pub use start::Start;
pub use value::{address, is_same_user, parameter, parameters, parts, seconds, unescaped, user};
pub use warning::{Warning, warnings};
pub use whole::Message;
