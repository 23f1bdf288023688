//! `sipdex completions`: the script that a shell loads, and the answers when it asks what may stand where the cursor is.

mod candidates;

use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap_complete::Shell;
use clap_complete::engine::{CompletionCandidate, complete};
use clap_complete::env::{Elvish, EnvCompleter, Powershell};

use super::answer::Answer;
use super::paths::paths;
use crate::catalog::StatusCode;
use crate::text;
use candidates::{FILES, FOLDERS};
pub(super) use candidates::{filter_name, values};

/// Where a script names the shell that asks.
pub const ASKS: &str = "SIPDEX_COMPLETE";

pub(super) fn run(shell: Shell) -> Result<Answer> {
    let own = match shell {
        Shell::Bash => include_str!("completions/sipdex.bash"),
        Shell::Fish => include_str!("completions/sipdex.fish"),
        Shell::Zsh => include_str!("completions/_sipdex"),
        Shell::Elvish => return of_clap(&Elvish),
        _ => return of_clap(&Powershell),
    };
    Ok(Answer::text(own))
}

fn of_clap(shell: &dyn EnvCompleter) -> Result<Answer> {
    let mut script = Vec::new();
    shell.write_registration(ASKS, "sipdex", "sipdex", "sipdex", &mut script)?;
    Ok(Answer::text(script))
}

/// Answers a script: writes what may stand where the cursor is, one candidate a line.
pub fn offer(shell: &OsStr, typed: Vec<OsString>, out: &mut dyn Write) -> Result<()> {
    // Before the two hyphens stands the program that the script called.
    let typed: Vec<OsString> = typed
        .into_iter()
        .skip_while(|arg| arg != "--")
        .skip(1)
        .collect();
    match shell.to_str() {
        Some("bash") => {
            let [line, word] = &typed[..] else {
                return Ok(());
            };
            let (line, word) = (line.to_string_lossy(), word.to_string_lossy());
            let (mut words, last) = text::words(&mut line.chars(), None);
            words.push(last.unwrap_or_default());
            // A quotation mark has closed the word: nothing is offered.
            if is_closed(&word) {
                return Ok(());
            }
            // Bash parts words at colons and equals signs too, and puts in the last part only.
            let before = words.last().and_then(|last| last.strip_suffix(&*word));
            let before = before.unwrap_or_default().to_owned();
            let words = words.into_iter().map(OsString::from).collect();
            write(&fitting(words)?, out, |value, _| {
                value.strip_prefix(&before).unwrap_or(value).to_owned()
            })
        }
        Some("fish") => write(&fitting(typed)?, out, |value, says| match says {
            Some(says) => format!("{value}\t{says}"),
            None => value.to_owned(),
        }),
        Some("zsh") => write(&fitting(typed)?, out, |value, says| {
            let value = value.replace('\\', "\\\\").replace(':', "\\:");
            match says {
                Some(says) => format!("{value}:{}", says.replace('\\', "\\\\")),
                None => value,
            }
        }),
        Some("elvish") => of_clap_answered(&Elvish, typed, out),
        Some("powershell") => of_clap_answered(&Powershell, typed, out),
        _ => Ok(()),
    }
}

/// Returns whether a word is in quotation marks from its first letter to its last.
fn is_closed(word: &str) -> bool {
    let inside = |mark| word.strip_prefix(mark)?.strip_suffix(mark);
    ['"', '\''].into_iter().any(|mark| inside(mark).is_some())
}

/// Returns what fits the last word of a command line.
fn fitting(mut words: Vec<OsString>) -> Result<Vec<CompletionCandidate>> {
    let last = words.pop().context("nothing is typed")?;
    // Shells leave a quotation mark that has no other end.
    let last = last
        .to_string_lossy()
        .trim_start_matches(['"', '\''])
        .to_owned();
    let wants_option = last.starts_with('-');
    let mut command = candidates::command(&paths(config_dir(&words)));
    let before = words.clone();
    words.push(last.into());
    let place = words.len() - 1;
    let mut fitting = complete(&mut command, words, place, None)?;
    fitting.retain(|candidate| {
        let value = candidate.get_value().to_string_lossy();
        // A code that is there already is wanted once.
        let is_again =
            value.parse::<StatusCode>().is_ok() && before.iter().any(|word| *word == *value);
        (wants_option || !value.starts_with('-')) && !is_again
    });
    Ok(fitting)
}

/// Returns the directory that a command line names.
fn config_dir(words: &[OsString]) -> Option<PathBuf> {
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let word = word.to_str()?;
        if word == "--config-dir" {
            return words.next().map(PathBuf::from);
        }
        if let Some(named) = word.strip_prefix("--config-dir=") {
            return Some(named.into());
        }
    }
    None
}

fn write(
    fitting: &[CompletionCandidate],
    out: &mut dyn Write,
    written: impl Fn(&str, Option<&str>) -> String,
) -> Result<()> {
    let marks = fitting.iter().filter_map(CompletionCandidate::get_id);
    if let Some(mark) = marks
        .into_iter()
        .find(|id| [FILES, FOLDERS].contains(&id.as_str()))
    {
        return Ok(writeln!(out, "{mark}")?);
    }
    for candidate in fitting {
        let says = candidate.get_help().map(ToString::to_string);
        let says = says.as_deref().and_then(|says| says.lines().next());
        let value = candidate.get_value().to_string_lossy();
        writeln!(out, "{}", written(&value, says))?;
    }
    Ok(())
}

fn of_clap_answered(
    shell: &dyn EnvCompleter,
    words: Vec<OsString>,
    mut out: &mut dyn Write,
) -> Result<()> {
    let mut command = candidates::command(&paths(config_dir(&words)));
    Ok(shell.write_complete(&mut command, words, None, &mut out)?)
}
