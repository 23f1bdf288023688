//! What `-` on the command line stands for: standard input.

use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::messages::Messages;
use super::usage::Usage;
use crate::text;

/// More is no query, and no list of codes.
const LIMIT: usize = 64 * 1024;

/// The argument that stands for standard input.
pub(super) const STDIN: &str = "-";

/// Refuses files among which standard input is more than once.
pub(super) fn once(files: &[PathBuf]) -> Result<(), Usage> {
    let hyphens = files.iter().filter(|file| **file == Path::new(STDIN));
    if hyphens.count() > 1 {
        return Err(Usage(
            "- is standard input, which can be read once only; it is given more than once".into(),
        ));
    }
    Ok(())
}

/// Reads standard input to its end; at a terminal it says what is awaited there.
pub(super) fn read(awaited: &str, messages: &mut Messages<'_>) -> Result<String> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        messages.say(format_args!(
            "type {awaited}; Ctrl-D in an empty line ends it"
        ));
    }
    let mut bytes = Vec::new();
    stdin
        .lock()
        .take(LIMIT as u64 + 1)
        .read_to_end(&mut bytes)
        .context("could not read standard input")?;
    if bytes.len() > LIMIT {
        bytes.truncate(LIMIT);
        messages.say("only the first 64 KiB of standard input were read");
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    if text.trim().is_empty() {
        bail!("standard input is empty: {awaited} would stand there");
    }
    Ok(text)
}

/// Returns codes with those of standard input in the place of a hyphen.
pub(super) fn codes(given: &[String], messages: &mut Messages<'_>) -> Result<Vec<String>> {
    let Some(place) = given.iter().position(|code| code == STDIN) else {
        return Ok(given.to_vec());
    };
    let text = text::clean(&read("response codes", messages)?);
    let apart = |letter: char| letter.is_whitespace() || letter == ',';
    let read: Vec<String> = text
        .split(apart)
        .filter(|code| !code.is_empty())
        .map(str::to_owned)
        .collect();
    if read.is_empty() {
        bail!("standard input has no response codes");
    }
    let mut codes = given.to_vec();
    codes.splice(place..=place, read);
    Ok(codes)
}
