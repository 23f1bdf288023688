//! The command line as the help and the manual page explain it.

use clap::CommandFactory;

use super::surroundings::Terminal;
use crate::cli::Cli;
use crate::search;

/// The width of what has no end.
const ENDLESS: usize = 0;

/// Returns the command line with the filters of a search, which no parser needs; its help is as wide as the terminal.
pub fn explained() -> clap::Command {
    let terminal = Terminal::of_stdout();
    let width = terminal.and_then(|terminal| terminal.columns);
    Cli::command()
        .term_width(width.unwrap_or(ENDLESS))
        .mut_subcommand("search", |command| command.after_help(filters()))
}

/// Returns what the filters are and what each finds, a line each.
fn filters() -> String {
    let widest = search::filters().map(|(example, _)| example.len()).max();
    let widest = widest.unwrap_or_default();
    let lines = search::filters().map(|(example, finds)| format!("\n  {example:widest$}  {finds}"));
    format!("{}:", search::ABOUT_FILTERS) + &lines.collect::<String>()
}
