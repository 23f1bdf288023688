//! The user's files where a system lacks something, another program is at work, or somebody wrote them by
//! hand: saved in the next best way, and nothing is cut, dropped or overwritten without a word.
#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

#[path = "forgiving/by_hand.rs"]
mod by_hand;
#[path = "forgiving/exchange.rs"]
mod exchange;
#[path = "pty/explorer.rs"]
mod explorer;
#[path = "forgiving/lacking.rs"]
mod lacking;
#[path = "forgiving/open.rs"]
mod open;

use explorer::SIPDEX;

const FILE: &str = "[[bookmark]]\ncode = 603 # mine\n";

/// Runs the program, perhaps through another such as strace, for a user who has nothing but a folder.
fn run(through: &[&str], folder: &Path, typed: &[&str]) -> Output {
    let words = [through, &[SIPDEX], typed].concat();
    Command::new(words[0])
        .args(&words[1..])
        .env_clear()
        .env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin")
        .env("HOME", folder)
        .env("SIPDEX_CONFIG_DIR", folder)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("it runs")
}

fn said(run: &Output) -> String {
    String::from_utf8_lossy(&run.stderr).into_owned()
}

/// Runs a command that must succeed; returns what it says.
fn done(folder: &Path, typed: &[&str]) -> String {
    let run = run(&[], folder, typed);
    assert!(run.status.success(), "{typed:?}: {}", said(&run));
    said(&run)
}

fn write(folder: &Path, text: impl AsRef<[u8]>) {
    fs::write(folder.join("bookmarks.toml"), text).expect("written");
}

fn text(folder: &Path) -> String {
    fs::read_to_string(folder.join("bookmarks.toml")).expect("there")
}
