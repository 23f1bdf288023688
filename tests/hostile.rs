//! Hostile text through every way in and out of sipdex: what a terminal is sent is only what sipdex
//! writes itself, and what is kept is what a reader may see.
//!
//! `hostile.tsv` has the strings: a name, the string, and what is left of it.
#![cfg(target_os = "linux")]

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use serde_json::Value;

#[path = "hostile/around.rs"]
mod around;
#[path = "hostile/commands.rs"]
mod commands;
#[path = "pty/explorer.rs"]
mod explorer;
#[path = "hostile/pty.rs"]
mod pty;
#[path = "pty/raw.rs"]
mod raw;
#[path = "hostile/sent.rs"]
mod sent;
#[path = "hostile/strings.rs"]
mod strings;
#[path = "hostile/typed.rs"]
mod typed;

use pty::{Running, Start};
use strings::{Hostile, arguments, strings};

/// The first code to be kept; one for each string from here on.
const FIRST: usize = 300;

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    fs::write(folder.join(name), bytes).expect("written");
}

/// Writes a text as TOML does, on one line.
fn quoted(text: &str) -> String {
    let letter = |letter: char| match letter {
        '"' | '\\' => format!("\\{letter}"),
        ' '..='~' => letter.to_string(),
        other => format!("\\U{:08X}", u32::from(other)),
    };
    format!("\"{}\"", text.chars().map(letter).collect::<String>())
}

/// Returns the end of a text, which a line shows even where the beginning does not fit.
fn end(text: &str) -> String {
    let text = text.trim_end();
    let from = text.char_indices().rev().nth(15).map_or(0, |(at, _)| at);
    text[from..].to_owned()
}

/// Does something with each string, and says for which something was wrong.
fn with_each(wrong: impl Fn(&Hostile) -> Vec<String>) {
    let wrong = |string: &Hostile| {
        let named = |wrong: String| format!("{}, {wrong}", string.name);
        wrong(string).into_iter().map(named).collect::<Vec<_>>()
    };
    // The first that is wrong, since each may wait for a long time.
    let first = strings().iter().flat_map(wrong).next();
    assert_eq!(first, None);
}

/// Returns bookmarks with each string as a note, after a mark to find it by.
fn noted(strings: &[Hostile]) -> String {
    let entry = |(i, string): (usize, &Hostile)| {
        let note = quoted(&format!("n{i}:{}", string.text()));
        format!("[[bookmark]]\ncode = {}\nnote = {note}\n\n", FIRST + i)
    };
    strings.iter().enumerate().map(entry).collect()
}

/// Returns what a note of that file may be when it is read.
fn note_left(i: usize, string: &Hostile) -> String {
    format!("n{i}:{}", string.left).trim().to_owned()
}

#[test]
fn the_check_refuses_each_string_that_is_not_as_it_was() {
    for string in strings() {
        let mut sent = sent::Sent::by_command();
        let passed = sent.take(&string.bytes).and_then(|()| sent.end());
        let lines = string.text().contains('\n');
        let kept = string.bytes == string.left.as_bytes() || (lines && passed.is_ok());
        assert_eq!(passed.is_ok(), kept, "{}: {passed:?}", string.name);
        assert_eq!(sent::harmless(&string.left), Ok(()), "{}", string.name);
    }
}

/// Runs a command whose output goes to a pipe.
fn piped(folder: &Path, typed: &str, string: &Hostile) -> String {
    let mut start = Start::new(folder);
    start.arguments = arguments(typed, &string.argument());
    let output = start.command().output().expect("it runs");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn parsed(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

fn notes(json: &str) -> Vec<String> {
    let kept = parsed(json);
    let kept = kept.as_array().expect("a list").iter();
    kept.map(|kept| kept["note"].as_str().unwrap_or_default().to_owned())
        .collect()
}

/// Opens the explorer with arguments, and waits until it is all there.
fn explore(folder: &Path, typed: &str, foot: &str) -> Result<Running, String> {
    let mut start = Start::new(folder);
    start.arguments = typed.split_whitespace().map(OsString::from).collect();
    let mut explorer = start.explore()?;
    explorer.wait_for(foot)?;
    Ok(explorer)
}

/// Quits the explorer, which has nothing to say.
fn quit(explorer: Running) -> Result<(), String> {
    match explorer.quit()? {
        (Some(0), printed) if printed.is_empty() => Ok(()),
        other => Err(format!("it ends with {other:?}")),
    }
}
