//! What the command line does, one file a subcommand. Results go to `out`, messages to the caller.

mod bookmarks;
mod compare;
mod completions;
mod input;
mod list;
mod man;
mod paths;
mod search;
mod show;

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::CommandFactory;
use serde::Serialize;

use crate::catalog::{self, Response, StatusCode};
use crate::cli::{Cli, Command, Format};
use crate::compare::{Compared, MOST, most_confused_with};
use crate::config::Paths;
use crate::document::Document;
use crate::output::{Paint, escape, markdown, plain, table};
use crate::text;
pub use completions::{ASKS, answer};

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
    to: &'a mut dyn Write,
    /// The width of the terminal, if it is one.
    columns: Option<usize>,
    paint: Paint,
}

impl<'a> Out<'a> {
    /// Prose is as wide as the terminal; elsewhere, and on a very wide one, it stays readable.
    const WIDTH: usize = 80;
    const WIDEST: usize = 100;
    const NARROWEST: usize = 20;

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
        let columns = if on_terminal { terminal_width() } else { None };
        Self { to, columns, paint }
    }

    fn document(&mut self, document: &Document, format: Format) -> Result<()> {
        let width = self.columns.unwrap_or(Self::WIDTH);
        let width = width.clamp(Self::NARROWEST, Self::WIDEST);
        let text = match format {
            Format::Markdown => markdown(document),
            _ => plain(document, width, self.paint),
        };
        Ok(self.to.write_all(text.as_bytes())?)
    }

    fn json(&mut self, value: &impl Serialize) -> Result<()> {
        Ok(self
            .to
            .write_all(crate::output::json::pretty(value)?.as_bytes())?)
    }

    /// Writes rows of two columns; in plain text the second is aligned, and elsewhere than on a terminal a row is
    /// a line.
    fn table(&mut self, rows: &[(String, String)], format: Format) -> Result<()> {
        if format != Format::Markdown {
            return Ok(self.to.write_all(table(rows, self.columns).as_bytes())?);
        }
        rows.iter()
            .try_for_each(|(first, second)| match second.as_str() {
                "" => self.line(&format!("- {}", escape(first))),
                second => self.line(&format!("- {}: {}", escape(first), escape(second))),
            })
    }

    fn line(&mut self, line: &str) -> Result<()> {
        Ok(writeln!(self.to, "{}", line.trim_end())?)
    }
}

#[cfg(unix)]
fn terminal_width() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(std::io::stdout()).ok()?;
    let named = || std::env::var("COLUMNS").ok()?.parse().ok();
    // A serial line tells no width.
    (size.ws_col > 0)
        .then_some(size.ws_col.into())
        .or_else(named)
}

#[cfg(not(unix))]
fn terminal_width() -> Option<usize> {
    None
}

/// Returns the command line as the help explains it, with the filters of a search, which no parser needs.
pub fn explained() -> clap::Command {
    Cli::command().mut_subcommand("search", |command| command.after_help(search::filters()))
}

/// Returns where the user's files are: in the directory that is named, or that the environment names.
pub fn paths(named: Option<PathBuf>) -> Paths {
    let from_environment = || std::env::var_os("SIPDEX_CONFIG_DIR").filter(|dir| !dir.is_empty());
    Paths::new(named.or_else(|| from_environment().map(PathBuf::from)))
}

/// Does what the command line says; `None` if it says nothing, so that the explorer is wanted.
/// `problems` is called only by the command that prints them.
pub fn run(
    cli: &Cli,
    paths: &Paths,
    problems: &dyn Fn() -> Vec<String>,
    out: &mut Out<'_>,
) -> Option<Result<Outcome>> {
    let format = match format(cli) {
        Ok(format) => format,
        Err(misplaced) => return Some(Err(misplaced.into())),
    };
    let Some(command) = &cli.command else {
        return match &present(&cli.codes.codes)[..] {
            [] => None,
            codes if codes.iter().any(|code| code == input::STDIN) => {
                Some(response(input::STDIN).map(|_| Outcome::Done))
            }
            [code] => Some(show::run(std::slice::from_ref(code), format, out)),
            codes => Some(compare::run(codes, format, out)),
        };
    };
    Some(match command {
        Command::Show { codes, .. } => show::run(codes, format, out),
        Command::Compare { codes, .. } => compare::run(codes, format, out),
        Command::Search { words, .. } => search::run(words, format, paths, out),
        Command::List {
            class,
            bookmarked,
            unregistered,
            ..
        } => {
            let wanted = list::Wanted {
                bookmarked: *bookmarked,
                unregistered: *unregistered,
            };
            list::run(class.as_deref(), wanted, format, paths, out)
        }
        Command::Bookmarks(command) => bookmarks::run(command, format, paths, out),
        Command::Completions { shell } => completions::run(*shell, out),
        Command::Man => man::run(out),
        Command::Paths => paths::run(paths, problems, out),
    })
}

/// Returns how to print; refuses what stands before a command and does not belong there.
fn format(cli: &Cli) -> Result<Format, Usage> {
    let Cli { codes, open, .. } = cli;
    let (before, after) = (
        codes.output.format,
        cli.command.as_ref().map(Command::output),
    );
    let opens = open.query.is_some() || open.code.is_some() || !open.compare.is_empty();
    Err(Usage(
        match (before, after) {
            (_, Some(_)) if !codes.codes.is_empty() => {
                "codes go after the command, such as sipdex show 486"
            }
            (_, Some(_)) if opens => {
                "--query, --code and --compare open the explorer and go with no command"
            }
            (Some(_), Some(None)) => {
                "--format goes with a command that prints data, such as sipdex list --format json"
            }
            (Some(format), None) if codes.codes.is_empty() && format != Format::Plain => {
                "--format goes with a code or a command"
            }
            (before, after) => {
                let after = after.flatten().and_then(|output| output.format);
                return Ok(after.or(before).unwrap_or_default());
            }
        }
        .into(),
    ))
}

/// Leaves out what a comma at the end of a list makes, unless nothing else is there.
fn present(codes: &[String]) -> Vec<String> {
    let present: Vec<String> = codes
        .iter()
        .filter(|code| !code.is_empty())
        .cloned()
        .collect();
    if present.is_empty() {
        codes.to_vec()
    } else {
        present
    }
}

/// Returns the response of a code, or says what to type instead.
pub fn response(code: &str) -> Result<&'static Response> {
    let shown = text::clean(code);
    let code = shown.trim();
    if let Ok(code) = code.parse::<StatusCode>() {
        return Ok(catalog::response(code));
    }
    if code == input::STDIN {
        bail!(Usage(
            "- is standard input, which sipdex show - and sipdex search - read".into()
        ));
    }
    if code.is_empty() {
        bail!(Usage(
            "no code is given; response codes are the numbers from 100 to 699".into()
        ));
    }
    if code.bytes().all(|b| b.is_ascii_digit()) {
        bail!(Usage(format!(
            "{code} is no response code; response codes are the numbers from 100 to 699"
        )));
    }
    let suggestion = match likely_command(code) {
        Some(command) if command == code => {
            bail!(Usage(format!(
                "{command} is a command; it stands before the codes, such as sipdex show 486"
            )));
        }
        Some(command) => format!("did you mean sipdex {command}?"),
        None => format!("to search for it: sipdex search {}", for_shell(code)),
    };
    bail!(Usage(format!(
        "{} is neither a command nor a response code; {suggestion}",
        text::quoted(code)
    )))
}

/// Returns words as they may be pasted into a shell: between quotation marks where it would take a sign for its own.
fn for_shell(words: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || " -_.,:/@%+".contains(letter);
    if words.chars().all(is_plain) && !words.starts_with('-') {
        return words.to_owned();
    }
    let dashes = if words.starts_with('-') { "-- " } else { "" };
    format!("{dashes}'{}'", words.replace('\'', r"'\''"))
}

/// How many letters may be wrong in the name of a command.
const SLIPS: usize = 2;

/// Returns the command that a word is a slip of.
fn likely_command(word: &str) -> Option<String> {
    let mut names = Cli::command();
    // Then help is one of them.
    names.build();
    let names = names.get_subcommands().map(clap::Command::get_name);
    names
        .map(|name| (strsim::damerau_levenshtein(word, name), name))
        .filter(|(slips, name)| *slips <= SLIPS && *slips < name.len() / 2)
        .min()
        .map(|(_, name)| name.to_owned())
}

fn responses(codes: &[String]) -> Result<Vec<&'static Response>> {
    present(codes).iter().map(|code| response(code)).collect()
}

/// Returns two to four different responses, or says what to type instead.
pub fn responses_to_compare(codes: &[String]) -> Result<Compared> {
    let mut responses: Vec<&'static Response> = Vec::new();
    for response in self::responses(codes)? {
        if !responses.contains(&response) {
            responses.push(response);
        }
    }
    if let [one] = responses[..] {
        bail!(Usage(format!(
            "a comparison takes two to four different codes, such as {} {}",
            one.code,
            most_confused_with(one).map_or(486, |other| other.code.get())
        )));
    }
    let count = responses.len();
    Compared::new(&responses)
        .filter(|_| count <= MOST)
        .ok_or_else(|| {
            Usage(format!(
                "{count} codes given; a comparison takes two to four"
            ))
            .into()
        })
}

/// Reads the user's bookmarks; what else there is to know of the file goes to standard error.
fn load_bookmarks(paths: &Paths) -> Result<crate::bookmarks::Bookmarks> {
    let loaded = crate::store::Store::new(paths.bookmarks()).load()?;
    report(loaded.notice.as_deref());
    Ok(loaded.bookmarks)
}

fn report(notice: Option<&str>) {
    if let Some(notice) = notice {
        // Nobody is left to tell where standard error is closed.
        drop(writeln!(std::io::stderr(), "sipdex: {notice}"));
    }
}
