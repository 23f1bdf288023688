//! What the command line does, one file a subcommand. Results go to `out`, messages to the caller.

mod bookmarks;
mod compare;
mod completions;
mod list;
mod man;
mod paths;
mod search;
mod show;

use std::io::{IsTerminal, Write};

use anyhow::{Result, bail};
use clap::CommandFactory;

use crate::catalog::{self, Response, StatusCode};
use crate::cli::{Cli, Command, Format, Output};
use crate::compare::{MOST, most_confused_with};
use crate::config::Paths;
use crate::document::Document;
use crate::output::{Paint, escape, markdown, plain};
use crate::text;

/// How a command ended, when it did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// Nothing fits: exit status 1.
    NothingFound,
}

/// The user typed what makes no sense: exit status 2.
#[derive(Debug)]
pub struct Usage(pub String);

impl std::fmt::Display for Usage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}

/// Where results go, and what may be written there.
pub struct Out<'a> {
    pub to: &'a mut dyn Write,
    pub width: usize,
    pub paint: Paint,
}

impl<'a> Out<'a> {
    /// Plain text is as wide as the terminal; elsewhere, and on a very wide one, it stays readable.
    const WIDTH: usize = 80;
    const WIDEST: usize = 100;

    /// Takes standard output; styles and the width only if it is a terminal.
    pub fn stdout(to: &'a mut dyn Write) -> Self {
        let on_terminal = std::io::stdout().is_terminal();
        let forbidden = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").is_none_or(|term| term == "dumb");
        let paint = if on_terminal && !forbidden {
            Paint::Styled
        } else {
            Paint::Bare
        };
        let width = if on_terminal { terminal_width() } else { None };
        Self {
            to,
            width: width.unwrap_or(Self::WIDTH).clamp(20, Self::WIDEST),
            paint,
        }
    }

    fn document(&mut self, document: &Document, output: Output) -> Result<()> {
        let text = match output.format {
            Format::Markdown => markdown(document),
            _ => plain(document, self.width, self.paint),
        };
        Ok(self.to.write_all(text.as_bytes())?)
    }

    fn json(&mut self, value: &serde_json::Value) -> Result<()> {
        Ok(self
            .to
            .write_all(crate::output::json::pretty(value)?.as_bytes())?)
    }

    /// Writes one line a row: in plain text the second column is aligned.
    fn table(&mut self, rows: &[(String, String)], format: Format) -> Result<()> {
        let widest = rows
            .iter()
            .map(|(first, _)| text::width(first))
            .max()
            .unwrap_or_default();
        rows.iter()
            .try_for_each(|(first, second)| match (format, second.as_str()) {
                (Format::Markdown, "") => self.line(&format!("- {}", escape(first))),
                (Format::Markdown, second) => {
                    self.line(&format!("- {}: {}", escape(first), escape(second)))
                }
                (_, second) => self.line(&format!("{first:<widest$}  {second}")),
            })
    }

    fn line(&mut self, line: &str) -> Result<()> {
        Ok(writeln!(self.to, "{}", line.trim_end())?)
    }
}

#[cfg(unix)]
fn terminal_width() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(std::io::stdout()).ok()?;
    (size.ws_col > 0).then_some(size.ws_col.into())
}

#[cfg(not(unix))]
fn terminal_width() -> Option<usize> {
    None
}

/// Returns the command line as the help explains it, with the filters of a search, which no parser needs.
pub fn explained() -> clap::Command {
    Cli::command().mut_subcommand("search", |command| command.after_help(search::filters()))
}

/// Does what the command line says; `None` if it says nothing, so that the explorer is wanted.
pub fn run(cli: &Cli, paths: &Paths, out: &mut Out<'_>) -> Option<Result<Outcome>> {
    let Some(command) = &cli.command else {
        let output = cli.codes.output;
        return match &cli.codes.codes[..] {
            [] if output.format != Format::Plain => Some(Err(Usage(
                "--format goes with a code or a command".into(),
            )
            .into())),
            [] => None,
            [code] => Some(show::run(std::slice::from_ref(code), output, out)),
            codes => Some(compare::run(codes, output, out)),
        };
    };
    if let Some(misplaced) = misplaced(cli) {
        return Some(Err(Usage(misplaced.into()).into()));
    }
    Some(match command {
        Command::Show { codes, output } => show::run(codes, *output, out),
        Command::Compare { codes, output } => compare::run(codes, *output, out),
        Command::Search { words, output } => search::run(words, *output, paths, out),
        Command::List {
            class,
            bookmarked,
            unregistered,
            output,
        } => {
            let wanted = list::Wanted {
                bookmarked: *bookmarked,
                unregistered: *unregistered,
            };
            list::run(class.as_deref(), wanted, *output, paths, out)
        }
        Command::Bookmarks(command) => bookmarks::run(command, paths, out),
        Command::Completions { shell } => completions::run(*shell, out),
        Command::Man => man::run(out),
        Command::Paths => paths::run(paths, out),
    })
}

/// Says what stands before a command and belongs after it, or beside none.
fn misplaced(cli: &Cli) -> Option<&'static str> {
    let Cli { codes, open, .. } = cli;
    if !codes.codes.is_empty() {
        return Some("codes go after the command, such as sipdex show 486");
    }
    if codes.output.format != Format::Plain {
        return Some("--format goes after the command, such as sipdex list --format json");
    }
    let opens = open.query.is_some() || open.code.is_some() || !open.compare.is_empty();
    opens.then_some("--query, --code and --compare open the explorer and go with no command")
}

/// Returns the response of a code, or says what to type instead.
pub fn response(code: &str) -> Result<&'static Response> {
    if let Ok(code) = code.parse::<StatusCode>() {
        return Ok(catalog::response(code));
    }
    let shown = text::clean(code);
    if !code.is_empty() && code.bytes().all(|b| b.is_ascii_digit()) {
        bail!(Usage(format!(
            "{shown} is no response code; response codes are the numbers from 100 to 699"
        )));
    }
    let suggestion = match likely_command(code) {
        _ if code.eq_ignore_ascii_case("help") => "for help: sipdex --help".to_owned(),
        Some(command) => format!("did you mean sipdex {command}?"),
        None => format!("to search for it: sipdex search {shown}"),
    };
    bail!(Usage(format!(
        "{shown:?} is neither a command nor a response code; {suggestion}"
    )))
}

/// How many letters may be wrong in the name of a command.
const SLIPS: usize = 2;

/// Returns the command that a word is a slip of.
fn likely_command(word: &str) -> Option<String> {
    let names = Cli::command();
    let names = names.get_subcommands().map(clap::Command::get_name);
    names
        .map(|name| (strsim::damerau_levenshtein(word, name), name))
        .filter(|(slips, name)| *slips <= SLIPS && *slips < name.len() / 2)
        .min()
        .map(|(_, name)| name.to_owned())
}

fn responses(codes: &[String]) -> Result<Vec<&'static Response>> {
    codes.iter().map(|code| response(code)).collect()
}

/// Returns two to four different responses, or says what to type instead.
pub fn responses_to_compare(codes: &[String]) -> Result<Vec<&'static Response>> {
    let mut responses: Vec<&'static Response> = Vec::new();
    for response in self::responses(codes)? {
        if !responses.contains(&response) {
            responses.push(response);
        }
    }
    match responses.len() {
        2..=MOST => Ok(responses),
        1 => bail!(Usage(format!(
            "a comparison takes two to four different codes, such as {} {}",
            responses[0].code,
            most_confused_with(responses[0]).map_or(486, |other| other.code.get())
        ))),
        count => bail!(Usage(format!(
            "{count} codes given; a comparison takes two to four"
        ))),
    }
}

/// Reads the user's bookmarks; what else there is to know of the file goes to standard error.
fn load_bookmarks(paths: &Paths) -> Result<crate::bookmarks::Bookmarks> {
    let loaded = crate::bookmarks::Store::new(paths.bookmarks()).load()?;
    report(loaded.notice.as_deref());
    Ok(loaded.bookmarks)
}

fn report(notice: Option<&str>) {
    if let Some(notice) = notice {
        // Nobody is left to tell where standard error is closed.
        drop(writeln!(std::io::stderr(), "sipdex: {notice}"));
    }
}
