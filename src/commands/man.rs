//! `sipdex man`: the manual page.

use anyhow::Result;
use clap::CommandFactory;

use super::{Out, Outcome};
use crate::cli::Cli;

pub(super) fn run(out: &mut Out<'_>) -> Result<Outcome> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page)?;
    out.to.write_all(&page)?;
    Ok(Outcome::Done)
}
