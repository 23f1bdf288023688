//! The command line as scripts meet it: the real binary, each run with a configuration of its own.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

#[path = "cli/around.rs"]
mod around;
#[path = "cli/attempts.rs"]
mod attempts;
#[path = "cli/bookmarks.rs"]
mod bookmarks;
#[path = "cli/called.rs"]
mod called;
#[path = "cli/coloured.rs"]
mod coloured;
#[path = "cli/decided.rs"]
mod decided;
#[path = "cli/explain.rs"]
mod explain;
#[path = "cli/explained.rs"]
mod explained;
#[cfg(unix)]
#[path = "pty/explorer.rs"]
mod explorer;
#[path = "cli/foreign.rs"]
mod foreign;
#[path = "cli/formats.rs"]
mod formats;
#[path = "cli/forms.rs"]
mod forms;
#[path = "cli/hidden.rs"]
mod hidden;
#[cfg(unix)]
#[path = "cli/in_a_terminal.rs"]
mod in_a_terminal;
#[path = "cli/manual.rs"]
mod manual;
#[path = "cli/merged.rs"]
mod merged;
#[cfg(target_os = "linux")]
#[path = "cli/paged.rs"]
mod paged;
#[path = "cli/raw.rs"]
mod raw;
#[path = "cli/sections.rs"]
mod sections;
#[path = "cli/status.rs"]
mod status;
#[path = "cli/tally.rs"]
mod tally;
#[path = "cli/told.rs"]
mod told;
#[path = "cli/typed.rs"]
mod typed;
#[path = "cli/uncounted.rs"]
mod uncounted;

/// What a terminal obeys (7-bit, 8-bit), and what deceives a reader (bidi).
const HOSTILE: &str = "a\u{1b}[31mb\u{1b}]0;c\u{7}d\u{9b}1me\u{202e}f\u{2066}g";
const RAW: [char; 5] = ['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}', '\u{2066}'];

/// What a run left behind.
struct Run {
    status: i32,
    out: String,
    err: String,
}

/// A user's configuration directory, gone when dropped.
struct User(TempDir);

impl User {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a directory"))
    }

    /// Writes a file beside the user's own, and returns its path.
    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.0.path().join(name);
        fs::write(&path, bytes).expect("written");
        path.display().to_string()
    }

    /// Makes a program of a shell script in the user's directory, and returns its path. A shell writes it: a file that
    /// this process has open could not be run as long as a child of another test has it too.
    #[cfg(target_os = "linux")]
    fn program(&self, name: &str, script: &str) -> String {
        let path = self.0.path().join(name);
        let write = r#"printf '#!/bin/sh\n%s\n' "$1" >"$0" && chmod +x "$0""#;
        let shell = Command::new("/bin/sh")
            .args(["-c", write])
            .arg(&path)
            .arg(script)
            .status();
        assert!(shell.expect("a shell").success());
        path.display().to_string()
    }

    /// Returns a command from what is typed after `sipdex`; no argument has a space.
    fn command(&self, typed: &str) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("sipdex"));
        command.args(typed.split(' ').filter(|arg| !arg.is_empty()));
        command.env_clear().env("SIPDEX_CONFIG_DIR", self.0.path());
        command.envs([
            ("LANG", "C.UTF-8"),
            ("TERM", "xterm-256color"),
            ("TZ", "UTC0"),
        ]);
        command
    }

    fn run(&self, typed: &str) -> Run {
        ended(&mut self.command(typed))
    }

    /// Runs what has to succeed without a message, and returns its output.
    fn done(&self, typed: &str) -> String {
        let run = self.run(typed);
        assert_eq!((run.status, &*run.err), (0, ""), "{typed}");
        run.out
    }

    fn json(&self, typed: &str) -> Value {
        let json = self.run(&format!("{typed} --format json")).out;
        serde_json::from_str(&json).expect("JSON on standard output")
    }
}

fn ended(command: &mut Command) -> Run {
    let output = command.output().expect("sipdex runs");
    Run {
        status: output.status.code().expect("no signal"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

fn is_clean(run: &Run) -> bool {
    !run.out.contains(RAW) && !run.err.contains(RAW)
}

fn registered() -> Vec<u64> {
    let rows = include_str!("../assets/registry.tsv").lines();
    rows.filter_map(|row| row.get(..3)?.parse().ok()).collect()
}

fn codes(list: &Value) -> Vec<u64> {
    let items = list.as_array().expect("a list").iter();
    items.filter_map(|item| item["code"].as_u64()).collect()
}

/// Splits what semicolons part.
fn each(list: &str) -> impl Iterator<Item = &str> {
    list.split(';').map(str::trim)
}

/// Returns the cases of a table: on each line what is expected, a bar, and what is typed.
fn cases(table: &str) -> impl Iterator<Item = (&str, &str)> {
    let rows = table.lines().filter_map(|line| line.split_once('|'));
    rows.flat_map(|(expected, typed)| each(typed).map(move |typed| (expected.trim(), typed)))
}
