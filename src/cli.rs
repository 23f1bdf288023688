//! The command line: what may be typed after `sipdex`.

mod asked;
mod open;
mod picked;
mod wanted;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, ValueEnum, ValueHint};
use clap_complete::Shell;

use asked::TALLIES;
pub use asked::{Apart, Asked};
pub use open::Open;
use picked::EXPLAINS;
pub use picked::Picked;
pub use wanted::Wanted;

pub(crate) const EXAMPLES: &str = "\
Examples:
  sipdex                     the explorer, ready to search
  sipdex 486                 the page of a code
  sipdex 486 600             two codes side by side
  sipdex search busy         codes that fit a word
  sipdex show 503 --format markdown
  sipdex compare 401 407 --format json | jq -r '.in_short'";

/// Every SIP response code, explained in the terminal, with the proof beside it
#[derive(Debug, Parser)]
#[command(version, before_help = EXAMPLES)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Subcommand>,

    #[command(flatten)]
    pub codes: Codes,

    #[command(flatten)]
    pub open: Open,

    #[arg(
        long,
        global = true,
        value_name = "DIR",
        value_hint = ValueHint::DirPath,
        help = "The directory of config.toml and bookmarks.toml [env: SIPDEX_CONFIG_DIR]"
    )]
    pub config_dir: Option<PathBuf>,

    #[command(flatten)]
    pub manner: Manner,
}

/// How it is printed on a terminal
#[derive(Args, Clone, Copy, Debug)]
pub struct Manner {
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "WHEN",
        help = "Whether plain text has styles; auto has them on a terminal, unless NO_COLOR is set"
    )]
    pub color: Option<Color>,

    /// Print at once what is longer than the terminal, instead of through PAGER
    #[arg(long, global = true)]
    pub no_pager: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

/// Returns the arguments with what ends the options before a line of a log that begins with a hyphen, as in
/// `sipdex search '-- Got SIP response 480'`: nobody means an option by it. Options behind the line go before it.
pub fn arguments(typed: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = Vec::new();
    for argument in typed {
        // A name that is no text is no code either.
        let stands_alone = match &arguments[..] {
            [_] => true,
            [.., option, _] if option == "--trace" => true,
            before => before.last().is_some_and(|before| before == "--follow"),
        };
        if stands_alone && argument.to_str().is_none() {
            arguments.push("--trace".into());
        }
        arguments.push(argument);
    }
    let words = arguments.iter().position(|argument| argument == "search");
    let ended = arguments.iter().position(|argument| argument == "--");
    let line = words.and_then(|words| {
        let mut behind = arguments.iter().enumerate().skip(words + 1);
        behind.find(|(_, argument)| is_line(&argument.to_string_lossy()))
    });
    if let Some((line, _)) = line
        && ended.is_none_or(|ended| ended > line)
    {
        let mut lines = vec!["--".into()];
        let mut behind = arguments.split_off(line).into_iter();
        while let Some(argument) = behind.next() {
            match option(&argument.to_string_lossy()) {
                _ if argument == "--" => lines.extend(behind.by_ref()),
                Some(takes_value) => {
                    arguments.push(argument);
                    arguments.extend(behind.by_ref().take(usize::from(takes_value)));
                }
                None => lines.push(argument),
            }
        }
        arguments.append(&mut lines);
    }
    arguments
}

/// Returns whether an argument is an option of the search, and if so whether its value is the next one.
fn option(argument: &str) -> Option<bool> {
    let name = argument.strip_prefix("--")?;
    let (name, has_value) = name
        .split_once('=')
        .map_or((name, false), |(name, _)| (name, true));
    let cli = Cli::command();
    let search = cli.find_subcommand("search");
    let own = search.into_iter().flat_map(clap::Command::get_arguments);
    let mut options = cli.get_arguments().chain(own);
    let option = options.find(|option| option.get_long() == Some(name))?;
    Some(!has_value && option.get_action().takes_values())
}

/// Returns whether an argument begins as an option does and is none: blanks or signs follow.
fn is_line(argument: &str) -> bool {
    let Some(name) = argument.strip_prefix('-').filter(|name| !name.is_empty()) else {
        return false;
    };
    let name = name.strip_prefix('-').unwrap_or(name);
    let first = name.split(char::is_whitespace).next().unwrap_or_default();
    let has_blanks = first.len() < name.len() && !first.contains('=');
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic());
    !name.is_empty() && (has_blanks || !is_name)
}

impl Cli {
    /// Returns how to print; refuses what stands before a command and does not belong there.
    pub fn format(&self) -> Result<Format, &'static str> {
        let Self { codes, open, .. } = self;
        let before = codes.pages.output.format;
        let after = self.command.as_ref().map(Subcommand::output);
        let opens = open.query.is_some() || open.code.is_some() || !open.compare.is_empty();
        Err(match (before, after) {
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
        })
    }

    /// Returns the sections that are asked for; none are all. Refuses them where no page is printed.
    pub fn sections(&self) -> Result<&[String], &'static str> {
        let before = &self.codes.pages.sections[..];
        let Some(command) = &self.command else {
            return match before {
                [_, ..] if self.codes.codes.is_empty() => Err("--section goes with a code"),
                before => Ok(before),
            };
        };
        match (command.pages(), before) {
            (None, [_, ..]) => Err(
                "--section goes with a command that prints pages, such as sipdex show 486 --section fix",
            ),
            (Some(pages), before) if pages.sections.is_empty() => Ok(before),
            (pages, _) => Ok(pages.map_or(&[], |pages| &pages.sections)),
        }
    }
}

/// One code to show, or several to compare
#[derive(Args, Debug)]
pub struct Codes {
    /// A response code; several are compared
    #[arg(value_name = "CODE", value_delimiter = ',')]
    pub codes: Vec<String>,

    #[command(flatten)]
    pub pages: Pages,
}

#[derive(Args, Clone, Copy, Debug)]
pub struct Output {
    /// How to print, plain unless told
    #[arg(long, value_enum)]
    pub format: Option<Format>,
}

/// How to print pages
#[derive(Args, Clone, Debug)]
pub struct Pages {
    #[command(flatten)]
    pub output: Output,
    /// Only these sections of the page, such as fix or fix,headers; an unknown one names all
    #[arg(long = "section", value_name = "ID", value_delimiter = ',')]
    pub sections: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    #[default]
    Plain,
    Markdown,
    Json,
}

#[derive(Debug, clap::Subcommand)]
pub enum Subcommand {
    /// Show the page of each code
    Show {
        /// A response code, from 100 to 699; - reads codes from standard input
        #[arg(value_name = "CODE", required = true, value_delimiter = ',')]
        codes: Vec<String>,
        #[command(flatten)]
        pages: Pages,
    },
    /// Tell two to four codes apart
    Compare {
        /// Two to four response codes; - reads them from standard input
        #[arg(value_name = "CODE", required = true, value_delimiter = ',')]
        codes: Vec<String>,
        #[command(flatten)]
        pages: Pages,
    },
    /// Find codes by number, class or words, best first
    Search {
        /// A code, a class, words, a header field, a line of a log, a message; - alone reads standard input
        #[arg(value_name = "WORDS", required = true)]
        words: Vec<String>,
        #[command(flatten)]
        output: Output,
    },
    /// Show the page of a Q.850 cause, as Reason has it
    Cause {
        /// A cause from 1 to 127
        #[arg(value_name = "N", required = true, value_delimiter = ',')]
        numbers: Vec<String>,
        #[command(flatten)]
        pages: Pages,
    },
    /// Show the page of a warn-code, as Warning has it
    Warn {
        /// A warn-code, such as 305
        #[arg(value_name = "N", required = true, value_delimiter = ',')]
        numbers: Vec<String>,
        #[command(flatten)]
        pages: Pages,
    },
    /// Show the page of a timer, with its value in products
    Timer {
        /// The name of a timer: A to N, T1, T2, T4, session and others
        #[arg(value_name = "NAME", required = true, value_delimiter = ',')]
        names: Vec<String>,
        #[command(flatten)]
        pages: Pages,
    },
    /// Show what is known of a product: codes, routes, phrases, numbers, timers
    Product {
        /// The name of a product, or its beginning
        #[arg(value_name = "NAME", required = true, value_delimiter = ',')]
        names: Vec<String>,
        #[command(flatten)]
        pages: Pages,
    },
    /// List the codes, one a line
    List {
        #[command(flatten)]
        wanted: Wanted,
        #[command(flatten)]
        output: Output,
    },
    /// Count the SIP messages of logs and captures, and what their requests came to
    #[command(after_help = TALLIES)]
    Tally {
        /// A file that holds SIP messages, framed in any way; - reads standard input
        #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,
        #[command(flatten)]
        asked: Asked,
        #[command(flatten)]
        output: Output,
    },
    /// Explain SIP messages: what happened, what each header field says, what is wrong, what to do next
    #[command(after_help = EXPLAINS)]
    Explain {
        /// A message, a log or a capture; - reads standard input, as a pipe without FILE does
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,
        #[command(flatten)]
        picked: Picked,
        #[command(flatten)]
        output: Output,
    },
    /// Keep codes and notes; the explorer shows the same
    #[command(subcommand)]
    Bookmarks(Bookmarks),
    /// Print the completions of a shell
    Completions {
        /// The shell to complete in
        shell: Shell,
    },
    /// Print the manual page
    Man,
    /// Say where the files are
    Paths,
}

impl Subcommand {
    /// Returns how it is to print; none for one that prints no data.
    pub fn output(&self) -> Option<Output> {
        match self {
            Self::Search { output, .. }
            | Self::List { output, .. }
            | Self::Tally { output, .. }
            | Self::Explain { output, .. }
            | Self::Bookmarks(Bookmarks::List { output }) => Some(*output),
            _ => self.pages().map(|pages| pages.output),
        }
    }

    /// Returns how it is to print pages; none for one that prints none.
    pub fn pages(&self) -> Option<&Pages> {
        match self {
            Self::Show { pages, .. }
            | Self::Compare { pages, .. }
            | Self::Cause { pages, .. }
            | Self::Warn { pages, .. }
            | Self::Timer { pages, .. }
            | Self::Product { pages, .. } => Some(pages),
            Self::Search { .. }
            | Self::List { .. }
            | Self::Tally { .. }
            | Self::Explain { .. }
            | Self::Bookmarks(_)
            | Self::Completions { .. }
            | Self::Man
            | Self::Paths => None,
        }
    }
}

#[derive(Debug, clap::Subcommand)]
pub enum Bookmarks {
    /// List the bookmarks with their notes
    List {
        #[command(flatten)]
        output: Output,
    },
    /// Keep codes, or change their note
    Add {
        /// A response code to keep
        #[arg(value_name = "CODE", required = true, value_delimiter = ',')]
        codes: Vec<String>,
        /// A line of text to keep with each
        #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
        note: Option<String>,
    },
    /// Forget codes and their notes
    Remove {
        /// A response code to forget
        #[arg(value_name = "CODE", required = true, value_delimiter = ',')]
        codes: Vec<String>,
    },
    /// Print the bookmarks as a file to import elsewhere
    Export,
    /// Add the bookmarks of an exported file; - reads standard input
    Import {
        /// A file that export printed
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_end(typed: &str) -> String {
        let typed = typed.split('|').map(OsString::from);
        let arguments = arguments(typed).into_iter();
        let arguments: Vec<String> = arguments.filter_map(|a| a.into_string().ok()).collect();
        arguments.join("|")
    }

    #[test]
    fn a_line_that_begins_with_a_hyphen_is_no_option() {
        for (typed, read) in [
            ("sipdex|search|-- Got SIP", "sipdex|search|--|-- Got SIP"),
            (
                "sipdex|search|--format|json|- a",
                "sipdex|search|--format|json|--|- a",
            ),
            ("sipdex|search|->|486", "sipdex|search|--|->|486"),
            ("sipdex|search|-1 x", "sipdex|search|--|-1 x"),
            (
                "sipdex|search|- a|b|--format|json|-x",
                "sipdex|search|--format|json|--|- a|b|-x",
            ),
            (
                "sipdex|search|- a|--format=json|--|--format",
                "sipdex|search|--format=json|--|- a|--format",
            ),
        ] {
            assert_eq!(with_end(typed), read);
        }
        for typed in [
            "sipdex|search|-",
            "sipdex|search|--|-- Got",
            "sipdex|search|busy|--format|json",
            "sipdex|search|--config-dir=/a b|busy",
            "sipdex|search|-h",
            "sipdex|search|--nope",
            "sipdex|show|- 486",
        ] {
            assert_eq!(with_end(typed), typed);
        }
    }
}
