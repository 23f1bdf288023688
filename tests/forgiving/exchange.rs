//! Bookmarks that are imported and exported.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use termlens::Result;

use super::explorer::{self, SIPDEX, home, terminal};
use super::{FILE, done, run, said, text, write};

/// Imports what a pipe holds.
fn import(folder: &Path, bytes: &[u8]) -> Output {
    let mut importing = Command::new(SIPDEX)
        .args(["bookmarks", "import", "-"])
        .env_clear()
        .env("SIPDEX_CONFIG_DIR", folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut pipe = importing.stdin.take().expect("a pipe");
    // One that reads no more closes the pipe.
    drop(pipe.write_all(bytes));
    drop(pipe);
    importing.wait_with_output().expect("it ends")
}

#[test]
fn an_import_without_bookmarks_or_without_an_end_is_refused_and_writes_nothing() {
    let home = home();
    for nothing in [
        "",
        "theme = \"dark\"\n",
        "[package]\nname = \"x\"\n",
        "[[bookmark]]\ncode = 700\n",
    ] {
        let run = import(home.path(), nothing.as_bytes());
        assert_eq!(run.status.code(), Some(1), "{nothing:?}");
        assert!(said(&run).contains("- was not imported"), "{}", said(&run));
    }
    let endless = run(&[], home.path(), &["bookmarks", "import", "/dev/zero"]);
    assert_eq!(endless.status.code(), Some(1));
    assert!(
        said(&endless).contains("/dev/zero is too large"),
        "{}",
        said(&endless)
    );
    let endless = import(home.path(), &vec![b'y'; (64 << 20) + 4096]);
    assert_eq!(endless.status.code(), Some(1));
    assert_eq!(fs::read_dir(home.path()).expect("a directory").count(), 0);
}

#[test]
fn an_import_says_what_it_took_and_what_not() {
    let home = home();
    done(home.path(), &["bookmarks", "add", "486", "--note", "mine"]);
    let other = "[[bookmark]]\ncode = 486\nnote = \"theirs\"\n[[bookmark]]\ncode = 603\n\
                 stars = 5\n[[bookmark]]\ncode = \"5o3\"\n";
    let run = import(home.path(), other.as_bytes());
    assert_eq!(
        said(&run),
        "sipdex: 2 bookmarks imported; 1 keeps its own note: 486; 1 entry left out: line 8: \"5o3\" is no \
         response code from 100 to 699\n"
    );
    assert!(text(home.path()).contains("stars = 5"));
    // A broken file is set aside, as any save does it.
    write(home.path(), "broken");
    assert!(said(&import(home.path(), other.as_bytes())).contains("corrupt-"));
    assert!(text(home.path()).contains("theirs"));
}

#[test]
fn an_export_is_the_file() {
    let home = home();
    let file = format!(
        "# mine\n{FILE}tags = [\"a\"]\nnote = \"\"\"\n{}\"\"\"\n[[bookmark]]\ncode = 700\n",
        "a line\n".repeat(200)
    );
    write(home.path(), &file);
    let export = run(&[], home.path(), &["bookmarks", "export"]);
    assert_eq!(String::from_utf8_lossy(&export.stdout), file);
    let elsewhere = explorer::home();
    assert!(import(elsewhere.path(), file.as_bytes()).status.success());
    assert!(text(elsewhere.path()).ends_with(&file));
}

#[test]
fn an_export_is_the_file_in_a_pipe_and_harmless_on_a_terminal() -> Result<()> {
    let home = home();
    let file = "# \x1b]0;mine\x07\x1b[31mred\n[[bookmark]]\ncode = 486\n";
    write(home.path(), file);
    let piped = run(&[], home.path(), &["bookmarks", "export"]);
    assert_eq!(piped.stdout, file.as_bytes());

    let mut shown = terminal(&home)
        .args(["bookmarks", "export"])
        .spawn(SIPDEX)?;
    shown.wait_exit()?;
    let screen = shown.screen();
    assert!(screen.contains("code = 486"), "{screen}");
    assert_ne!(screen.title(), "mine");
    Ok(())
}

#[test]
fn an_import_brings_its_dates_with_it() {
    let home = home();
    let kept = "version = 1\n\n[[bookmark]]\ncode = 486\nadded = \"2026-01-02T03:04:05Z\"\nnote = \"mine\"\n";
    write(home.path(), kept);
    let older = kept.replace("2026-01", "2020-02");
    let run = import(home.path(), older.as_bytes());
    assert!(run.status.success(), "{}", said(&run));
    assert_eq!(text(home.path()), older);
}
