//! `sipdex`: reads the command line and does what it says, or opens the explorer.

use std::error::Error;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::Parser;
use sipdex::app::{App, Opening};
use sipdex::cli::{Cli, Open};
use sipdex::commands::{self, Out, Outcome, Usage};
use sipdex::config::Paths;
use sipdex::tui::{self, Ending, Explorer, Settings};
use sipdex::{output, text};

/// The exit status of what makes no sense.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    if let Some(shell) = std::env::var_os(commands::ASKS) {
        // A message would tear the line that is being typed.
        drop(commands::answer(
            &shell,
            std::env::args_os().collect(),
            &mut io::stdout(),
        ));
        return ExitCode::SUCCESS;
    }
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        // What was typed stands in the message, so it is cleaned like any foreign text, and said of one line.
        Err(error) if error.use_stderr() => {
            let typed =
                std::env::args_os().map(|argument| text::clean(&argument.to_string_lossy()));
            let error = Cli::try_parse_from(typed).err().unwrap_or(error);
            tell(&text::clean_lines(&error.render().to_string()));
            return ExitCode::from(USAGE);
        }
        Err(help) => {
            let explained = commands::explained().try_get_matches();
            return explained
                .err()
                .unwrap_or(help)
                .print()
                .map_or_else(|error| failure(&error.into()), |()| ExitCode::SUCCESS);
        }
    };
    let paths = commands::paths(cli.config_dir.clone());
    let mut stdout = BufWriter::new(io::stdout().lock());
    let problems = || Settings::read(&paths).problems;
    let outcome = commands::run(&cli, &paths, &problems, &mut Out::stdout(&mut stdout));
    let outcome =
        outcome.map(|outcome| outcome.and_then(|done| Ok(stdout.flush().map(|()| done)?)));
    drop(stdout);
    match outcome {
        Some(Ok(Outcome::Done)) => ExitCode::SUCCESS,
        Some(Ok(Outcome::NothingFound)) => ExitCode::FAILURE,
        Some(Err(error)) => failure(&error),
        None => match explore(&cli.open, &paths) {
            Ok(Ending::Quit) => ExitCode::SUCCESS,
            Ok(Ending::Signal(signal)) => ExitCode::from(128 + signal),
            Err(error) => failure(&error),
        },
    }
}

/// Opens the explorer where the command line says.
fn explore(open: &Open, paths: &Paths) -> Result<Ending> {
    let opening = opening(open)?;
    if !tui::has_terminal() {
        bail!(Usage(
            "the explorer needs a terminal, and a TERM other than dumb; without one use sipdex list, sipdex show 486, \
             sipdex compare 486 600 or sipdex search busy"
                .into()
        ));
    }
    let Settings {
        config,
        keymap,
        theme,
        store,
        bookmarks,
        problems,
    } = Settings::read(paths);
    let opening = Opening {
        start: config.start,
        mouse: config.mouse,
        ..opening
    };
    let mut app = App::new(bookmarks, &opening);
    if !problems.is_empty() {
        app.warn(problems.join("; "));
    }
    let symbols = tui::symbols(config.borders);
    tui::run(Explorer {
        app,
        store,
        keymap,
        theme,
        symbols,
        markdown: output::markdown,
    })
}

fn opening(open: &Open) -> Result<Opening> {
    let compared = match &open.compare[..] {
        [] => None,
        codes => Some(commands::responses_to_compare(codes)?),
    };
    Ok(Opening {
        query: open.query.as_deref().map(text::clean),
        code: open
            .code
            .as_deref()
            .map(commands::response)
            .transpose()?
            .map(|response| response.code),
        compare: compared,
        ..Opening::default()
    })
}

/// Reports an error; a reader that closed the pipe is none.
fn failure(error: &anyhow::Error) -> ExitCode {
    if is_closed_pipe(error) {
        return ExitCode::SUCCESS;
    }
    // Whatever reads or writes a file says which; what is left went to standard output.
    let what = match error.chain().len() {
        1 if error.is::<io::Error>() => "could not write to standard output: ",
        _ => "",
    };
    tell(&format!("sipdex: {what}{error:#}\n"));
    ExitCode::from(if error.is::<Usage>() { USAGE } else { 1 })
}

/// Writes to standard error; where that is closed, nobody is left to tell.
fn tell(text: &str) {
    drop(io::stderr().write_all(text.as_bytes()));
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let mut causes = error
        .chain()
        .map(|cause: &(dyn Error + 'static)| cause.downcast_ref::<io::Error>());
    causes.any(|cause| cause.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe))
}
