//! Where the explorer opens.

use clap::Args;

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
}
