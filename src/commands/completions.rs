//! `sipdex completions`: what a shell needs to complete the command line, codes with their phrases.

use anyhow::Result;
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Command, CommandFactory};
use clap_complete::Shell;

use super::{Out, Outcome};
use crate::catalog::{self, Response};
use crate::cli::Cli;

/// The arguments that take codes.
const CODES: [&str; 2] = ["codes", "code"];

pub(super) fn run(shell: Shell, out: &mut Out<'_>) -> Result<Outcome> {
    let script = match shell {
        Shell::Zsh => of_zsh(),
        Shell::Fish => of_clap(shell, with_codes(Cli::command())) + &in_fish(),
        _ => of_clap(shell, with_codes(Cli::command())),
    };
    out.to.write_all(script.as_bytes())?;
    Ok(Outcome::Done)
}

fn of_clap(shell: Shell, mut command: Command) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "sipdex", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// Makes an option of what is left out of a script.
const NOWHERE: &str = "left-out";

/// Writes codes among the commands: clap's script for this shell cannot have both, since it takes what
/// follows any number of codes for one more.
fn of_zsh() -> String {
    let command = Cli::command()
        .mut_arg("codes", |codes| codes.long(NOWHERE))
        .mut_subcommands(with_codes);
    let script = of_clap(Shell::Zsh, command);
    let own = |line: &&str| line.trim_start().starts_with(&format!("'*--{NOWHERE}="));
    let lines = script.split_inclusive('\n').filter(|line| !own(line));
    let script = lines
        .collect::<String>()
        .replace(&format!("--{NOWHERE}"), "")
        // One colon more, and options would end at the first code.
        .replace("'*::codes", "'*:codes");
    let codes = catalog::responses()
        .iter()
        .map(|response| format!("'{}:{}' \\\n", response.code, phrase(response)));
    let start = "local commands; commands=(\n";
    script.replacen(start, &format!("{start}{}", codes.collect::<String>()), 1)
}

/// Returns a reason phrase as it stands between quotation marks of a shell.
fn phrase(response: &Response) -> String {
    response.phrase.replace('\'', "")
}

fn in_fish() -> String {
    let codes = catalog::responses()
        .iter()
        .map(|response| format!("{}\\t'{}'", response.code, phrase(response)));
    let codes = codes.collect::<Vec<_>>().join("\n");
    let complete = |place| format!("complete -c sipdex -n \"{place}\" -f -a \"{codes}\"\n");
    IN_FISH.map(complete).concat()
}

/// Where codes are typed that clap leaves out for this shell: it completes only what follows an option.
const IN_FISH: [&str; 3] = [
    "__fish_sipdex_needs_command",
    "__fish_sipdex_using_subcommand show; or __fish_sipdex_using_subcommand compare",
    "__fish_sipdex_using_subcommand bookmarks; and __fish_seen_subcommand_from add remove",
];

/// Tells a command and those below it which codes there are; the program itself takes more.
fn with_codes(command: Command) -> Command {
    let codes = || {
        catalog::responses().iter().map(|response| {
            // Names of values live as long as the program, which ends after this.
            let code: &'static str = response.code.to_string().leak();
            PossibleValue::new(code).help(response.phrase)
        })
    };
    command
        .mut_args(|arg| {
            if CODES.contains(&arg.get_id().as_str()) {
                arg.value_parser(PossibleValuesParser::new(codes()))
            } else {
                arg
            }
        })
        .mut_subcommands(with_codes)
}
