//! `sipdex`: reads the command line and does what it says, or opens the explorer.

use std::error::Error;
use std::ffi::OsStr;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;
use sipdex::cli::{self, Cli};
use sipdex::commands::{self, Messages, Out, Outcome, Usage};
use sipdex::config::Paths;
use sipdex::document::Document;
use sipdex::output::{self, Paint};
use sipdex::text;
use sipdex::tui::{self, Ending, NoTerminal, Settings, Writers};

/// The exit status of what makes no sense.
const USAGE: u8 = 2;
/// The exit status of a check that had nothing to check.
const NO_MESSAGE: u8 = 3;

const WRITERS: Writers = Writers {
    markdown: output::markdown,
    plain,
};

/// Writes a page as it is printed into a file.
fn plain(document: &Document) -> String {
    const WIDTH: usize = 80;
    output::plain(document, WIDTH, Paint::Bare)
}

fn main() -> ExitCode {
    if let Some(shell) = std::env::var_os(commands::ASKS) {
        return complete(&shell);
    }
    let ended = match Cli::try_parse_from(cli::arguments(std::env::args_os())) {
        Ok(cli) => carry_out(&cli),
        Err(error) if error.use_stderr() => return refuse(error),
        Err(help) => explain(help),
    };
    ended.unwrap_or_else(|error| report(&error))
}

/// Answers a shell that asks what may stand where the cursor is.
fn complete(shell: &OsStr) -> ExitCode {
    // A message would tear the line that is being typed.
    drop(commands::offer(
        shell,
        std::env::args_os().collect(),
        &mut io::stdout(),
    ));
    ExitCode::SUCCESS
}

fn carry_out(cli: &Cli) -> Result<ExitCode> {
    let paths = commands::paths(cli.config_dir.clone());
    let (opening, traces) = match command(cli, &paths)? {
        Outcome::Done => return Ok(ExitCode::SUCCESS),
        Outcome::NothingFound => return Ok(ExitCode::FAILURE),
        Outcome::NoMessage => return Ok(ExitCode::from(NO_MESSAGE)),
        Outcome::Explore(opening, traces) => (opening, traces),
    };
    Ok(match tui::open(&opening, traces, &paths, WRITERS)? {
        Ending::Quit => ExitCode::SUCCESS,
        Ending::Signal(signal) => ExitCode::from(128 + signal),
    })
}

/// Does what a command does, with standard output in one piece.
fn command(cli: &Cli, paths: &Paths) -> Result<Outcome> {
    let mut stdout = BufWriter::new(io::stdout().lock());
    let problems = || Settings::read(paths).problems;
    let outcome = commands::run(
        cli,
        paths,
        &problems,
        &mut Out::stdout(&mut stdout, cli.manner),
        &mut Messages::new(&mut io::stderr()),
    )?;
    stdout.flush()?;
    Ok(outcome)
}

/// Prints the help, or the version, that was asked for.
fn explain(help: clap::Error) -> Result<ExitCode> {
    let explained = commands::explained().try_get_matches();
    explained.err().unwrap_or(help).print()?;
    Ok(ExitCode::SUCCESS)
}

/// Says what is wrong with the command line. What was typed stands in the message, so it is cleaned like any
/// foreign text, and said of one line.
fn refuse(error: clap::Error) -> ExitCode {
    let typed = cli::arguments(std::env::args_os()).into_iter();
    let typed = typed.map(|argument| text::clean(&argument.to_string_lossy()));
    let error = Cli::try_parse_from(typed).err().unwrap_or(error);
    let says = text::clean_lines(&error.render().to_string());
    Messages::new(&mut io::stderr()).print(&says);
    ExitCode::from(USAGE)
}

/// Reports an error; a reader that closed the pipe is none.
fn report(error: &anyhow::Error) -> ExitCode {
    if is_closed_pipe(error) {
        return ExitCode::SUCCESS;
    }
    // Whatever reads or writes a file says which; what is left went to standard output.
    let what = match error.chain().len() {
        1 if error.is::<io::Error>() => "could not write to standard output: ",
        _ => "",
    };
    Messages::new(&mut io::stderr()).say(format_args!("{what}{error:#}"));
    let makes_no_sense = error.is::<Usage>() || error.is::<NoTerminal>();
    ExitCode::from(if makes_no_sense { USAGE } else { 1 })
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let mut causes = error
        .chain()
        .map(|cause: &(dyn Error + 'static)| cause.downcast_ref::<io::Error>());
    causes.any(|cause| cause.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe))
}
