//! Which messages of a trace are to be explained.

use std::num::NonZeroUsize;

use clap::Args;

pub(super) const EXPLAINS: &str = "Examples:
  sipdex explain message.txt                    a message that was copied into a file
  sipdex explain full.log --code 503            what the 503s of a log say
  sipdex explain capture.pcap --call-id a1b2@192.0.2.1 --nth 3";

/// Which messages are meant, of many.
#[derive(Args, Clone, Debug, Default)]
pub struct Picked {
    /// Only responses with this code
    #[arg(long, value_name = "CODE")]
    pub code: Option<u16>,
    /// Only messages with this Call-ID
    #[arg(long, value_name = "ID")]
    pub call_id: Option<String>,
    /// Only the message with this number among those that are left, from 1 on
    #[arg(long, value_name = "N")]
    pub nth: Option<NonZeroUsize>,
}
