//! What the command line does, one file a subcommand: each gives an answer, which is printed in one place.

mod answer;
mod beside;
mod bookmarks;
mod called;
mod causes;
mod checked;
mod codes;
mod compare;
mod completions;
mod counted;
mod demo;
mod explain;
mod explained;
mod explore;
mod facts;
mod help;
mod input;
mod legs;
mod list;
mod man;
mod merged;
mod messages;
mod out;
mod pager;
mod paths;
mod picking;
mod ranked;
mod remarks;
mod search;
mod section;
mod show;
mod surroundings;
mod tallied;
mod tally;
mod topic;
mod usage;
mod watched;
mod window;

use anyhow::Result;

use crate::catalog::TopicKind;
use crate::cli::{Cli, Format, Subcommand};
use crate::config::Paths;
use answer::Answer;
pub use answer::Outcome;
pub use completions::{ASKS, offer};
pub use facts::FACTS;
pub use help::explained;
pub use messages::Messages;
pub use out::Out;
pub use paths::paths;
pub use usage::Usage;

/// Does what the command line says. `problems` is called only by the command that prints them.
pub fn run(
    cli: &Cli,
    paths: &Paths,
    problems: &dyn Fn() -> Vec<String>,
    out: &mut Out<'_>,
    messages: &mut Messages<'_>,
) -> Result<Outcome> {
    let format = cli.format().map_err(|says| Usage(says.into()))?;
    let sections = cli.sections().map_err(|says| Usage(says.into()))?;
    let answer = match &cli.command {
        Some(Subcommand::Tally { files, asked, .. }) if !asked.merge => {
            tally::run(files, asked, format == Format::Json)?
        }
        Some(command) => answer(command, paths, problems, messages)?,
        None => match &codes::present(&cli.codes.codes)[..] {
            [] => return explore::explorer(&cli.open, &[]),
            names if explore::are_traces(names) => return explore::explorer(&cli.open, names),
            codes if codes.iter().any(|code| code == input::STDIN) => {
                return Err(codes::hyphen().into());
            }
            [code] => show::run(std::slice::from_ref(code), messages)?,
            codes => compare::run(codes, messages)?,
        },
    };
    out.print(section::of(answer, sections, format)?, format, messages)
}

fn answer(
    command: &Subcommand,
    paths: &Paths,
    problems: &dyn Fn() -> Vec<String>,
    messages: &mut Messages<'_>,
) -> Result<Answer> {
    match command {
        Subcommand::Show { codes, .. } => show::run(codes, messages),
        Subcommand::Compare { codes, .. } => compare::run(codes, messages),
        Subcommand::Search { words, .. } => search::run(words, paths, messages),
        Subcommand::Cause { numbers, .. } => topic::topics(TopicKind::Cause, numbers),
        Subcommand::Warn { numbers, .. } => topic::topics(TopicKind::Warning, numbers),
        Subcommand::Timer { names, .. } => topic::topics(TopicKind::Timer, names),
        Subcommand::Product { names, .. } => topic::products(names),
        Subcommand::List { wanted, .. } => list::run(wanted, paths, messages),
        Subcommand::Tally { files, asked, .. } => merged::run(files, asked.redact),
        Subcommand::Explain { files, picked, .. } => explain::run(files, picked),
        Subcommand::Bookmarks(command) => bookmarks::run(command, paths, messages),
        Subcommand::Completions { shell } => completions::run(*shell),
        Subcommand::Man => man::run(),
        Subcommand::Paths => Ok(paths::run(paths, problems)),
    }
}
