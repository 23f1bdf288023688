//! What may be asked of a trace.

use clap::{Args, ValueEnum};

pub(super) const TALLIES: &str = "Examples:
  sipdex tally full.log full.log.1.gz           what requests came to, by method
  sipdex tally capture.pcap --failed            each attempt that failed, with its Call-ID
  sipdex tally full.log --by hour --method INVITE
  sipdex tally --merge monday.json tuesday.json what both runs with --format json counted";

/// What is asked of a trace beside the plain counts.
#[derive(Args, Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option")]
pub struct Asked {
    /// Add up what sipdex tally --format json printed, instead of counting
    #[arg(long, conflicts_with_all = ["messages", "failed", "all", "by", "method", "code", "since", "until"])]
    pub merge: bool,
    /// Count each message, hops and retransmissions too, and look at no transactions
    #[arg(long, conflicts_with_all = ["failed", "all", "by"])]
    pub messages: bool,
    /// List the attempts that ended with a final response from 300 on, one a line
    #[arg(long, conflicts_with_all = ["all", "by"])]
    pub failed: bool,
    /// List every attempt, one a line
    #[arg(long, conflicts_with = "by")]
    pub all: bool,
    /// Count apart by when an attempt began, or by who sent the response that is its outcome
    #[arg(long, value_name = "WHAT")]
    pub by: Option<Apart>,
    /// Only requests of this method, and their responses
    #[arg(long, value_name = "METHOD")]
    pub method: Option<String>,
    /// Only attempts with this outcome
    #[arg(long, value_name = "CODE", conflicts_with = "messages")]
    pub code: Option<String>,
    /// Only messages from this time on: a date, a time of day or both, as the trace prints them
    #[arg(long, value_name = "TIME")]
    pub since: Option<String>,
    /// Only messages up to this time; a minute is asked for to its end
    #[arg(long, value_name = "TIME")]
    pub until: Option<String>,
    /// Replace numbers, addresses, names and hosts, each by the same token throughout
    #[arg(long)]
    pub redact: bool,
}

impl Asked {
    /// Returns the code that is asked for; what is none is refused before.
    pub fn code(&self) -> Option<u16> {
        self.code
            .as_deref()
            .and_then(|code| code.trim().parse().ok())
    }

    /// Returns whether messages or attempts are left out.
    pub fn leaves_out(&self) -> bool {
        let times = self.since.is_some() || self.until.is_some();
        times || self.method.is_some() || self.code.is_some()
    }

    /// Returns whether attempts are to be told one by one, or apart.
    pub fn tells_attempts(&self) -> bool {
        self.all || self.failed || self.by.is_some()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Apart {
    Minute,
    Hour,
    Peer,
    Agent,
}
