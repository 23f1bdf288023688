//! Codes as they are typed, and what to type instead of what is none.

use anyhow::{Result, bail};
use clap::CommandFactory;

use super::input::STDIN;
use super::usage::Usage;
use crate::catalog::{self, Response, StatusCode};
use crate::cli::Cli;
use crate::compare::{Compared, MOST, most_confused_with};
use crate::text;

/// Leaves out what a comma at the end of a list makes, unless nothing else is there.
pub(super) fn present(codes: &[String]) -> Vec<String> {
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
pub(super) fn response(code: &str) -> Result<&'static Response> {
    let shown = text::clean(code);
    let code = shown.trim();
    if let Ok(code) = code.parse::<StatusCode>() {
        return Ok(catalog::response(code));
    }
    if code == STDIN {
        bail!(hyphen());
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
        None => format!("to search for it: sipdex search {}", text::for_shell(code)),
    };
    bail!(Usage(format!(
        "{} is neither a command nor a response code; {suggestion}",
        text::quoted(code)
    )))
}

/// Says where standard input is read, since here it is not.
pub(super) fn hyphen() -> Usage {
    Usage("- is standard input, which sipdex show - and sipdex search - read".into())
}

/// How many letters may be wrong in a name.
const SLIPS: usize = 2;

/// Returns the command that a word is a slip of.
fn likely_command(word: &str) -> Option<String> {
    let mut names = Cli::command();
    // Then help is one of them.
    names.build();
    let names = names.get_subcommands().map(clap::Command::get_name);
    closest(word, names).map(str::to_owned)
}

/// Returns the name that a word is a slip of.
pub(super) fn closest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let slips = |name: &str| strsim::damerau_levenshtein(&word, &name.to_lowercase());
    names
        .map(|name| (slips(name), name))
        .filter(|(slips, name)| *slips <= SLIPS && *slips < name.len() / 2)
        .min()
        .map(|(_, name)| name)
}

/// Returns the response of each code.
pub(super) fn responses(codes: &[String]) -> Result<Vec<&'static Response>> {
    present(codes).iter().map(|code| response(code)).collect()
}

/// Returns two to four different responses, or says what to type instead.
pub(super) fn responses_to_compare(codes: &[String]) -> Result<Compared> {
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
