//! Which messages of a trace are to be explained, and how.

use std::num::NonZeroUsize;

use clap::Args;

pub(super) const EXPLAINS: &str = "Examples:
  sipdex explain message.txt                    a message that was copied into a file
  sipdex explain full.log --code 503            what the 503s of a log say
  sipdex explain full.log --method REGISTER     what was said to its REGISTERs
  sipdex explain capture.pcap --call-id a1b2@192.0.2.1           the whole call
  sipdex explain capture.pcap --call-id a1b2@192.0.2.1 --nth 3   a message of it
  sipdex explain capture.pcap --call-id a1b2@192.0.2.1 --raw     with its messages as they were sent
  sipdex explain --check trace.log --allow 405-allow";

/// Which messages are meant, of many.
#[derive(Args, Clone, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch on the command line"
)]
pub struct Picked {
    /// Only responses with this code
    #[arg(long, value_name = "CODE")]
    pub code: Option<String>,
    /// Only requests of this method, and their responses
    #[arg(long, value_name = "METHOD")]
    pub method: Option<String>,
    /// The call with this Call-ID as a whole; with --code, --method, --nth or --check only messages of it
    #[arg(long, value_name = "ID")]
    pub call_id: Option<String>,
    /// Only the message with this number among those that are left, from 1 on
    #[arg(long, value_name = "N")]
    pub nth: Option<NonZeroUsize>,
    /// Print one line a broken rule, and end with status 1 if there is one, 3 without a message
    #[arg(long)]
    pub check: bool,
    /// Let this rule be broken; repeatable
    #[arg(long, value_name = "RULE", requires = "check")]
    pub allow: Vec<String>,
    /// List the rules that messages are held against
    #[arg(long, conflicts_with_all = ["code", "method", "call_id", "nth", "check", "demo", "redact", "raw", "files"])]
    pub rules: bool,
    /// Explain messages that are built in
    #[arg(long, conflicts_with = "files")]
    pub demo: bool,
    /// Print each message too, as it stands in the trace and where, without its credentials
    #[arg(long, conflicts_with = "check")]
    pub raw: bool,
    /// Replace numbers, addresses, names and hosts, each by the same token throughout
    #[arg(long)]
    pub redact: bool,
}
