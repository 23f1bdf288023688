//! `sipdex man`: the manual page, with every command and its options in one.

use anyhow::Result;
use clap::{Arg, Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, italic, roman};

use super::answer::Answer;
use crate::cli::{Cli, EXAMPLES};
use crate::search;

/// What the options do not say: a heading, and terms with what they mean.
const SECTIONS: [(&str, &[(&str, &str)]); 3] = [
    (
        "FILES",
        &[
            (
                "config.toml",
                "Theme, mouse, borders, start and keys. Nothing has to be in it; sipdex never writes it.",
            ),
            (
                "bookmarks.toml",
                "Bookmarks and their notes, written when the first is kept. sipdex paths says where both are.",
            ),
        ],
    ),
    (
        "ENVIRONMENT",
        &[
            (
                "SIPDEX_CONFIG_DIR",
                "The directory of both files, instead of the one of the system.",
            ),
            (
                "NO_COLOR",
                "If set, the explorer starts in the theme without colour, and plain text has no styles.",
            ),
            (
                "LC_ALL, LC_CTYPE, LANG",
                "Without UTF-8, borders and marks are ASCII.",
            ),
            (
                "BROWSER",
                "What opens a section of an RFC, where DISPLAY or WAYLAND_DISPLAY is set.",
            ),
        ],
    ),
    (
        "EXIT STATUS",
        &[
            (
                "0",
                "Done; also where the reader closed the pipe, and for a number that is not registered.",
            ),
            (
                "1",
                "Nothing found, or something could not be read or written.",
            ),
            (
                "2",
                "Wrong usage, a number that is no response code, or no terminal for the explorer.",
            ),
            (
                "128+n",
                "The explorer was ended by signal n, and gave the terminal back.",
            ),
        ],
    ),
];

pub(super) fn run() -> Result<Answer> {
    let mut command = Cli::command();
    command.build();
    let mut page = Vec::new();
    let man = Man::new(command.clone())
        .manual("sipdex")
        .source(concat!("sipdex ", env!("CARGO_PKG_VERSION")));
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    let mut rest = Roff::new();
    rest.control("SH", ["SYNOPSIS"]);
    for usage in ["[OPTIONS] [CODE]...", "[OPTIONS] COMMAND ..."] {
        rest.control("TP", []).text([bold("sipdex "), roman(usage)]);
    }
    rest.control("SH", ["DESCRIPTION"]).text([roman(
        "Without a code or a command the explorer opens, ready to search; F1 shows its keys. One code shows \
         its page, several are compared.",
    )]);
    rest.control("SH", ["EXAMPLES"]).control("nf", []);
    for example in EXAMPLES.lines().skip(1) {
        rest.text([roman(example)]);
    }
    rest.control("fi", []).control("SH", ["OPTIONS"]);
    arguments(&command, &mut rest);
    rest.control("SH", ["COMMANDS"]);
    commands(&command, &mut rest);
    section(
        "FILTERS",
        search::filters().map(|(example, finds)| (example, format!("Finds {finds}."))),
        &mut rest,
    );
    for (heading, entries) in SECTIONS {
        section(heading, entries.iter().copied(), &mut rest);
    }
    rest.to_writer(&mut page)?;
    Ok(Answer::text(page))
}

/// Writes a heading, and terms with what they mean.
fn section(
    heading: &str,
    entries: impl Iterator<Item = (&'static str, impl Into<String>)>,
    page: &mut Roff,
) {
    page.control("SH", [heading]);
    for (term, says) in entries {
        page.control("TP", [])
            .text([bold(term)])
            .text([roman(says)]);
    }
}

/// Writes each command below another, and those below it.
fn commands(above: &Command, page: &mut Roff) {
    let others = above.get_subcommands();
    for command in others.filter(|command| command.get_name() != "help") {
        if command.has_subcommands() {
            commands(command, page);
            continue;
        }
        let name = command.get_bin_name().unwrap_or(command.get_name());
        let takes: Vec<String> = command.get_positionals().map(ToString::to_string).collect();
        page.control("SS", [format!("{name} {}", takes.join(" ")).trim_end()]);
        page.text([roman(format!(
            "{}.",
            command.get_about().unwrap_or_default()
        ))]);
        arguments(command, page);
    }
}

/// Returns the values that an argument may have, where they are few.
fn values(arg: &Arg) -> Vec<String> {
    let values = arg.get_possible_values();
    values
        .iter()
        .map(|value| value.get_name().to_owned())
        .collect()
}

/// Writes what may stand after a command, but for what may stand after all.
fn arguments(command: &Command, page: &mut Roff) {
    let is_below = command
        .get_bin_name()
        .is_some_and(|name| name.contains(' '));
    let global = |arg: &&Arg| is_below && arg.is_global_set();
    // That codes may stand without a command is told above.
    let told = |arg: &&Arg| !is_below && arg.is_positional();
    let is_help = |arg: &&Arg| is_below && arg.get_id() == "help";
    let own = command
        .get_arguments()
        .filter(|arg| !global(arg) && !told(arg) && !is_help(arg));
    for arg in own {
        let short = arg.get_short().map(|short| format!("-{short}, "));
        let short = short.unwrap_or_default();
        let (name, value) = match (arg.get_long(), arg.get_value_names()) {
            (Some(long), Some([value, ..])) if arg.get_action().takes_values() => {
                (format!("{short}--{long} "), value.to_string())
            }
            (Some(long), _) => (format!("{short}--{long}"), String::new()),
            (None, _) => (String::new(), arg.to_string()),
        };
        page.control("TP", []).text([bold(name), italic(value)]);
        let values = values(arg);
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        page.text([roman(match &values[..] {
            [] => format!("{help}."),
            values => format!("{help}: {}.", values.join(", ")),
        })]);
    }
}
