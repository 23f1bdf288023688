//! Where the explorer opens.

use std::path::PathBuf;

use clap::{Args, ValueHint};

/// Where the explorer opens
#[derive(Args, Debug)]
pub struct Open {
    /// Start the explorer with this query
    #[arg(long, value_name = "TEXT", conflicts_with = "codes")]
    pub query: Option<String>,

    /// Start the explorer at this code
    #[arg(long, value_name = "N", conflicts_with_all = ["codes", "query"])]
    pub code: Option<String>,

    /// Start the explorer with a comparison of two to four codes
    #[arg(long, value_name = "N,N", value_delimiter = ',', conflicts_with_all = ["codes", "query", "code"])]
    pub compare: Vec<String>,

    /// Open the explorer on the SIP messages of a log or a capture; repeatable, - reads standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub trace: Vec<PathBuf>,

    /// Go on at the end of the last file, as more is written into it
    #[arg(long)]
    pub follow: bool,
}
