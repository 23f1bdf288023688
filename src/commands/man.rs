//! `sipdex man`: the manual page, with every command and its options in one.

use std::io;

use anyhow::Result;
use clap::builder::PossibleValue;
use clap::{Arg, Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::answer::Answer;
use super::facts::FACTS;
use crate::cli::{Cli, EXAMPLES};
use crate::search;

const DESCRIPTION: &str = "Without a code or a command the explorer opens, ready to search; F1 shows its keys. \
                           One code shows its page, several are compared.";

pub(super) fn run() -> Result<Answer> {
    let mut command = Cli::command();
    command.build();
    let mut page = Vec::new();
    let whole = told(&command);
    let usage = usage(&whole);
    let man = Man::new(whole.override_usage(usage))
        .manual("sipdex")
        .source(concat!("sipdex ", env!("CARGO_PKG_VERSION")));
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    let mut own = Roff::new();
    own.control("SH", ["DESCRIPTION"]);
    own.text([roman(DESCRIPTION)]);
    own.control("SH", ["EXAMPLES"]).control("nf", []);
    for example in EXAMPLES.lines().skip(1) {
        own.text([roman(example)]);
    }
    own.control("fi", []);
    own.to_writer(&mut page)?;
    man.render_options_section(&mut page)?;
    heading("SH", "COMMANDS", &mut page)?;
    commands(&command, &mut page)?;
    let filters = search::filters().map(|(example, finds)| (example, format!("finds {finds}")));
    section("FILTERS", search::ABOUT_FILTERS, filters, &mut page)?;
    for facts in FACTS {
        section(facts.heading, "", facts.rows.iter().copied(), &mut page)?;
    }
    Ok(Answer::text(page))
}

/// Returns how a command may be written, a line for each form.
fn usage(command: &Command) -> String {
    let usage = command.clone().render_usage().to_string();
    usage.trim_start_matches("Usage:").trim().to_owned()
}

/// Returns a command as the page tells it: values stand in the line of their option, and what holds for every
/// command is told once.
fn told(command: &Command) -> Command {
    let is_below = command
        .get_bin_name()
        .is_some_and(|name| name.contains(' '));
    let in_a_line = |arg: Arg| {
        let is_told = is_below && (arg.is_global_set() || arg.get_id() == "help");
        let values = arg.get_possible_values();
        let values: Vec<&str> = values.iter().map(PossibleValue::get_name).collect();
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        let help = match &values[..] {
            [] => help,
            values => format!("{help}: {}", values.join(", ")),
        };
        arg.help(help).hide_possible_values(true).hide(is_told)
    };
    command.clone().mut_args(in_a_line)
}

/// Writes each command below another, and those below it.
fn commands(above: &Command, page: &mut Vec<u8>) -> Result<()> {
    let others = above.get_subcommands();
    for command in others.filter(|command| command.get_name() != "help") {
        if command.has_subcommands() {
            commands(command, page)?;
            continue;
        }
        let command = told(command);
        heading("SS", &usage(&command), page)?;
        let man = Man::new(command);
        page.extend(below_heading(|page| man.render_description_section(page))?);
        page.extend(below_heading(|page| man.render_options_section(page))?);
    }
    Ok(())
}

fn heading(level: &str, heading: &str, page: &mut Vec<u8>) -> io::Result<()> {
    Roff::new().control(level, [heading]).to_writer(page)
}

/// Returns what a section has below its heading; nothing of one that is not there.
fn below_heading(render: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> Result<Vec<u8>> {
    let mut section = Vec::new();
    render(&mut section)?;
    let lines = section.split_inclusive(|byte| *byte == b'\n');
    let below = lines.skip_while(|line| !line.starts_with(b".SH "));
    Ok(below.skip(1).flatten().copied().collect())
}

/// Writes a heading, and terms with what they mean.
fn section(
    heading: &str,
    about: &str,
    entries: impl Iterator<Item = (&'static str, impl Into<String>)>,
    page: &mut Vec<u8>,
) -> io::Result<()> {
    let mut section = Roff::new();
    section.control("SH", [heading]);
    if !about.is_empty() {
        section.text([roman(format!("{about}:"))]);
    }
    for (term, says) in entries {
        section.control("TP", []);
        section.text([bold(term)]).text([roman(says)]);
    }
    section.to_writer(page)
}
