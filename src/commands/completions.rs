//! `sipdex completions`: what a shell needs to complete the command line.

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;

use super::{Out, Outcome};
use crate::cli::Cli;

pub(super) fn run(shell: Shell, out: &mut Out<'_>) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "sipdex", &mut script);
    out.to.write_all(&script)?;
    Ok(Outcome::Done)
}
