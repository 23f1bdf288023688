//! The command line as the help and the manual page explain it.

use clap::CommandFactory;

use crate::cli::Cli;
use crate::search;

/// Returns the command line with the filters of a search, which no parser needs.
pub fn explained() -> clap::Command {
    Cli::command().mut_subcommand("search", |command| command.after_help(filters()))
}

/// Returns what the filters are and what each finds, a line each.
fn filters() -> String {
    let widest = search::filters().map(|(example, _)| example.len()).max();
    let widest = widest.unwrap_or_default();
    let lines = search::filters().map(|(example, finds)| format!("\n  {example:widest$}  {finds}"));
    format!("{}:", search::ABOUT_FILTERS) + &lines.collect::<String>()
}
