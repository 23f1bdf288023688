//! `sipdex`: reads the command line and does what it says, or opens the explorer.

use std::error::Error;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;
use sipdex::cli::Cli;
use sipdex::commands::{self, Out, Outcome, Usage};
use sipdex::config::Paths;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version go to stdout; a closed pipe there is no error.
            let failed = error.use_stderr();
            return match error.print() {
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => ExitCode::FAILURE,
                _ if failed => ExitCode::from(2),
                _ => ExitCode::SUCCESS,
            };
        }
    };
    let paths = Paths::new(cli.config_dir.clone());
    let mut stdout = BufWriter::new(io::stdout().lock());
    let outcome = commands::run(&cli, &paths, &mut Out::stdout(&mut stdout));
    let outcome = outcome.map(|outcome| outcome.and_then(|done| Ok(stdout.flush().map(|()| done)?)));
    drop(stdout);
    match outcome {
        None => ExitCode::SUCCESS,
        Some(outcome) => exit(outcome),
    }
}

fn exit(outcome: Result<Outcome>) -> ExitCode {
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::NothingFound) => ExitCode::FAILURE,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody is left to tell where standard error is closed.
            drop(writeln!(io::stderr(), "sipdex: {error:#}"));
            ExitCode::from(if error.is::<Usage>() { 2 } else { 1 })
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let mut causes = error.chain().map(|cause: &(dyn Error + 'static)| cause.downcast_ref::<io::Error>());
    causes.any(|cause| cause.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe))
}
