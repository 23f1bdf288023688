//! The user's files with the real binary: many processes at once, kills, full disks, odd places, sudo.
#![cfg(unix)]

use std::collections::BTreeSet;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Instant;

use rustix::fs::{CWD, FileType, Mode, mknodat};
use rustix::process::{Pid, Signal, geteuid, kill_process};
use sipdex::bookmarks::{Bookmark, Bookmarks, Change};
use sipdex::catalog::StatusCode;
use sipdex::store::Store;
use tempfile::TempDir;
use termlens::Result;

#[path = "catalog/codes.rs"]
mod codes;
#[path = "pty/explorer.rs"]
mod explorer;
#[path = "files/explorers.rs"]
mod explorers;
#[path = "files/odd_places.rs"]
mod odd_places;

use codes::code;
use explorer::{LISTING, SIPDEX, home, quit, start, terminal, type_in, wait_for, wait_until};

/// A user who is neither root nor the owner of anything.
const NOBODY: u32 = 65534;
const LOCK: &str = "bookmarks.toml.lock";

fn sipdex(folder: &Path, typed: &[&str]) -> Command {
    let mut sipdex = Command::new(SIPDEX);
    sipdex
        .env_clear()
        .env("SIPDEX_CONFIG_DIR", folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .args(typed);
    sipdex
}

fn run(folder: &Path, typed: &[&str]) -> Output {
    sipdex(folder, typed).output().expect("it runs")
}

fn kept(folder: &Path) -> Bookmarks {
    let mut store = Store::new(Some(folder.join("bookmarks.toml")));
    store.load().expect("a whole file").bookmarks
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).expect("a directory");
    let names = entries.map(|entry| entry.expect("readable").file_name());
    names
        .map(|name| name.to_string_lossy().into_owned())
        .collect()
}

#[test]
fn four_processes_at_once_lose_nothing_of_each_other() {
    let home = home();
    thread::scope(|scope| {
        for process in 0..4 {
            let folder = home.path();
            scope.spawn(move || {
                for number in 0..50 {
                    let code = (100 + process * 50 + number).to_string();
                    let added = run(folder, &["bookmarks", "add", &code, "--note", &code]);
                    assert!(added.status.success(), "{added:?}");
                }
            });
        }
    });
    let kept = kept(home.path());
    assert_eq!(kept.len(), 200);
    let own = |(code, bookmark): (&StatusCode, &Bookmark)| bookmark.note == Some(code.to_string());
    assert!(kept.iter().all(own));
}

#[test]
fn a_kill_at_any_moment_leaves_a_whole_file() {
    let home = home();
    let note = "n".repeat(40);
    let all = (100..700).map(|number| Change::Note(code(number), Some(note.clone())));
    let path = home.path().join("bookmarks.toml");
    Store::new(Some(path)).save(all).expect("saved");
    // Spread from before it starts to after it ends, which depends on the machine.
    let started = Instant::now();
    assert!(
        run(home.path(), &["bookmarks", "add", "486"])
            .status
            .success()
    );
    let whole = started.elapsed();
    let mut ended = 0;
    for time in 0..200 {
        let mut saving = sipdex(home.path(), &["bookmarks", "add", "486", "--note", "new"])
            .spawn()
            .expect("it runs");
        thread::sleep(whole * (time * 37 % 200) / 150);
        saving.kill().expect("killed");
        ended += u32::from(saving.wait().expect("ended").success());
        let kept = kept(home.path());
        assert_eq!(kept.len(), 600, "after {time}");
        let now = kept[&code(486)].note.as_deref();
        assert!(now == Some("new") || now == Some(&note), "{now:?}");
    }
    assert!(ended < 200, "none was killed");
    // What a killed process left behind is in nobody's way, and is gone after a save.
    assert!(
        run(home.path(), &["bookmarks", "add", "600"])
            .status
            .success()
    );
    let expected = ["bookmarks.toml", LOCK].map(String::from);
    assert_eq!(names(home.path()), BTreeSet::from(expected));
}

#[test]
fn a_full_disk_leaves_the_old_bytes() {
    let home = home();
    assert!(
        run(home.path(), &["bookmarks", "add", "486"])
            .status
            .success()
    );
    let path = home.path().join("bookmarks.toml");
    let before = fs::read(&path).expect("readable");
    // No file may have a byte, which is how a full disk looks to the one who writes.
    let script = r#"trap '' XFSZ; ulimit -f 0; exec "$0" bookmarks add 600"#;
    let full = Command::new("/bin/sh")
        .args(["-c", script, SIPDEX])
        .env_clear()
        .env("SIPDEX_CONFIG_DIR", home.path())
        .output()
        .expect("a shell");
    let message = String::from_utf8_lossy(&full.stderr);
    assert_eq!(full.status.code(), Some(1), "{message}");
    assert!(message.contains("could not write"), "{message}");
    assert_eq!(fs::read(&path).expect("readable"), before);
    assert!(!names(home.path()).iter().any(|name| name.contains(".tmp")));
}

#[test]
fn a_file_cut_anywhere_loses_nothing() {
    let first = "version = 1\ncolour = \"blue\"\n\n[[bookmark]]\ncode = 486\nnote = \"é\"\nadded = \
                 \"2026-01-02T03:04:05Z\"\n";
    let whole = format!("{first}\n[[bookmark]]\ncode = 600\nstars = 5\n");
    for end in 0..=whole.len() {
        let home = home();
        let path = home.path().join("bookmarks.toml");
        let cut = &whole.as_bytes()[..end];
        fs::write(&path, cut).expect("written");
        let mut store = Store::new(Some(path.clone()));
        let loaded = store.load();
        assert_eq!(
            fs::read(&path).expect("there"),
            cut,
            "reading changes nothing"
        );
        let is_broken = loaded.is_err();
        let loaded = loaded.unwrap_or_default().bookmarks;
        let has_whole = end >= first.len();
        assert!(!has_whole || loaded.contains_key(&code(486)), "{end}");
        let saved = store.save([Change::Add(code(404))]).expect("saved");
        assert!(saved.bookmarks.contains_key(&code(404)));
        let mut codes = loaded.keys();
        assert!(codes.all(|code| saved.bookmarks.contains_key(code)));
        // Every byte that was there is still there: in the file, or in the one set aside.
        let names = names(home.path());
        let aside = names.iter().find(|name| name.contains("corrupt"));
        assert_eq!(aside.is_some(), is_broken, "{end}");
        if let Some(aside) = aside {
            let aside = fs::read(home.path().join(aside));
            assert_eq!(aside.expect("there"), cut);
        } else {
            let now = fs::read_to_string(&path).expect("text");
            for line in String::from_utf8_lossy(cut).lines() {
                assert!(now.contains(line), "{line:?} of {end} in {now}");
            }
        }
    }
}

#[test]
fn huge_and_strange_files_are_read_or_refused_and_never_overwritten() {
    let many: Vec<_> = (0..10_000)
        .map(|n| format!("[[bookmark]]\ncode = {}\n", 100 + n % 600))
        .collect();
    let many = many.concat();
    let long = format!(
        "[[bookmark]]\ncode = 486\nnote = \"{}\"\n",
        "x".repeat(1 << 20)
    );
    let deep = format!("deep = {}{}\n", "[".repeat(10_000), "]".repeat(10_000));
    let marked = "\u{feff}[[bookmark]]\ncode = 486\n";
    for (text, count) in [
        (&*many, Some(600)),
        (&long, Some(1)),
        (&deep, None),
        (marked, Some(1)),
    ] {
        let home = home();
        let path = home.path().join("bookmarks.toml");
        fs::write(&path, text).expect("written");
        let run = run(home.path(), &["list", "--bookmarked"]);
        let lines = String::from_utf8_lossy(&run.stdout).lines().count();
        assert_eq!(run.status.success().then_some(lines), count);
        assert_eq!(fs::read_to_string(&path).expect("there"), text);
    }
}
