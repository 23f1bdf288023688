//! Which codes `sipdex list` prints.

use clap::Args;

/// Which codes to list
#[derive(Args, Debug)]
pub struct Wanted {
    /// Only this class: 1xx to 6xx
    #[arg(long, value_name = "CLASS")]
    pub class: Option<String>,
    /// Only bookmarked codes
    #[arg(long)]
    pub bookmarked: bool,
    /// The codes that no registry has but that are met in the field
    #[arg(long)]
    pub unregistered: bool,
}
