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
use sipdex::bookmarks::{Bookmarks, Change};
use sipdex::catalog::StatusCode;
use sipdex::store::Store;
use tempfile::TempDir;
use termlens::Result;

#[path = "pty/explorer.rs"]
mod explorer;
use explorer::{LISTING, SIPDEX, home, quit, start, terminal, type_in, wait_for, wait_until};

/// A user who is neither root nor the owner of anything.
const NOBODY: u32 = 65534;
const LOCK: &str = "bookmarks.toml.lock";

fn code(code: u16) -> StatusCode {
    StatusCode::new(code).expect("a code")
}

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
    let own = |(code, bookmark): (&StatusCode, &sipdex::bookmarks::Bookmark)| {
        bookmark.note == Some(code.to_string())
    };
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

/// Makes something odd of the directory, and returns the one to name on the command line.
type Odd = fn(&Path) -> PathBuf;

fn in_place_of_the_file(folder: &Path) -> PathBuf {
    folder.join("bookmarks.toml")
}

/// The places where nothing can be saved, with what the message says.
const NOT_SAVED: [(&str, Odd, &str); 9] = [
    (
        "a directory in its place",
        |folder| {
            fs::create_dir(in_place_of_the_file(folder)).expect("created");
            folder.to_owned()
        },
        "bookmarks.toml is not a file",
    ),
    (
        "a pipe in its place",
        |folder| {
            pipe(&in_place_of_the_file(folder));
            folder.to_owned()
        },
        "bookmarks.toml is not a file",
    ),
    (
        "a pipe in the place of the lock",
        |folder| {
            pipe(&folder.join(LOCK));
            folder.to_owned()
        },
        "bookmarks.toml.lock is not a file",
    ),
    (
        "a link in a circle",
        |folder| {
            symlink("bookmarks.toml", in_place_of_the_file(folder)).expect("linked");
            folder.to_owned()
        },
        "bookmarks.toml",
    ),
    (
        "a directory that is a file",
        |folder| {
            let file = folder.join("file");
            fs::write(&file, "").expect("written");
            file
        },
        "file",
    ),
    (
        "a directory that is nowhere",
        |_| PathBuf::from("/dev/null/sipdex"),
        "/dev/null/sipdex",
    ),
    (
        "a directory that may only be read",
        |folder| {
            fs::set_permissions(folder, Permissions::from_mode(0o555)).expect("set");
            folder.to_owned()
        },
        "Permission denied",
    ),
    (
        "a file that may not be read",
        |folder| {
            let file = in_place_of_the_file(folder);
            fs::write(&file, "version = 1\n").expect("written");
            fs::set_permissions(&file, Permissions::from_mode(0o000)).expect("set");
            folder.to_owned()
        },
        "Permission denied",
    ),
    (
        "a directory that may not be entered",
        |folder| {
            let inner = folder.join("inner");
            fs::create_dir(&inner).expect("created");
            fs::set_permissions(&inner, Permissions::from_mode(0o000)).expect("set");
            inner
        },
        "Permission denied",
    ),
];

fn pipe(path: &Path) {
    mknodat(CWD, path, FileType::Fifo, Mode::RWXU, 0).expect("a pipe");
}

/// Puts the program where anybody may run it, and makes the directory anybody's own.
fn anybody() -> (TempDir, PathBuf) {
    let home = home();
    run_by_all(&home.path().join("sipdex"));
    fs::set_permissions(home.path(), Permissions::from_mode(0o755)).expect("set");
    let folder = home.path().join("folder");
    fs::create_dir(&folder).expect("created");
    if geteuid().is_root() {
        chown(&folder, Some(NOBODY), Some(NOBODY)).expect("given away");
    }
    (home, folder)
}

/// Links the program to another name, or has it copied where that is on another disk. This process must
/// not copy it: a child that another test starts meanwhile would hold the copy open for writing, and what
/// somebody writes to cannot be run ("Text file busy"). What `cp` opens no other child can inherit.
fn run_by_all(name: &Path) {
    if fs::hard_link(SIPDEX, name).is_ok() {
        return;
    }
    let copied = Command::new("cp").arg(SIPDEX).arg(name).status();
    assert!(copied.expect("cp runs").success());
}

/// Runs the program as somebody whom permissions bind, which they do not root.
fn run_bound(home: &TempDir, folder: &Path, typed: &[&str]) -> Output {
    let mut sipdex = Command::new(home.path().join("sipdex"));
    sipdex
        .env_clear()
        .env("SIPDEX_CONFIG_DIR", folder)
        .args(typed);
    if geteuid().is_root() {
        sipdex.uid(NOBODY).gid(NOBODY);
    }
    sipdex.stdin(Stdio::null()).output().expect("it runs")
}

fn own(path: &Path) {
    for path in fs::read_dir(path)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
    {
        let is_link = fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_symlink());
        if geteuid().is_root() && !is_link {
            chown(&path, Some(NOBODY), Some(NOBODY)).expect("given away");
        }
    }
}

#[test]
fn where_nothing_can_be_saved_it_says_why_and_works_on() {
    for (place, odd, reason) in NOT_SAVED {
        let (home, folder) = anybody();
        let named = odd(&folder);
        own(&folder);
        let before = names(&folder);
        for typed in [&["show", "486"][..], &["search", "busy"], &["paths"]] {
            assert!(
                run_bound(&home, &named, typed).status.success(),
                "{place}: {typed:?}"
            );
        }
        let run = run_bound(&home, &named, &["bookmarks", "add", "486"]);
        let message = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(1), "{place}: {message}");
        assert!(message.contains(reason), "{place}: {message}");
        let after = names(&folder);
        let new: Vec<_> = after
            .difference(&before)
            .filter(|name| *name != LOCK)
            .collect();
        assert!(new.is_empty(), "{place}: {new:?}");
        // The directory can be removed again.
        fs::set_permissions(&folder, Permissions::from_mode(0o755)).expect("set");
        let inner = folder.join("inner");
        if inner.exists() {
            fs::set_permissions(inner, Permissions::from_mode(0o755)).expect("set");
        }
    }
}

/// The odd places where saving works, with where the file is then.
const SAVED: [(&str, Odd, &str); 4] = [
    (
        "a directory that is not there yet",
        |folder| folder.join("a/b"),
        "a/b/bookmarks.toml",
    ),
    (
        "a link to a file",
        |folder| {
            fs::write(folder.join("real"), "version = 1\n").expect("written");
            symlink("real", in_place_of_the_file(folder)).expect("linked");
            folder.to_owned()
        },
        "real",
    ),
    (
        "a link to a file that is not there yet",
        |folder| {
            fs::create_dir(folder.join("dotfiles")).expect("created");
            symlink("dotfiles/real", in_place_of_the_file(folder)).expect("linked");
            folder.to_owned()
        },
        "dotfiles/real",
    ),
    (
        "a name that is not UTF-8",
        |folder| {
            use std::os::unix::ffi::OsStrExt;
            folder.join(std::ffi::OsStr::from_bytes(b"caf\xe9\x1b[31m"))
        },
        "",
    ),
];

#[test]
fn in_odd_places_it_saves_where_it_can() {
    for (place, odd, file) in SAVED {
        let (home, folder) = anybody();
        let named = odd(&folder);
        own(&folder);
        let run = run_bound(&home, &named, &["bookmarks", "add", "486"]);
        assert!(
            run.status.success(),
            "{place}: {}",
            String::from_utf8_lossy(&run.stderr)
        );
        if !file.is_empty() {
            let text = fs::read_to_string(folder.join(file)).expect("written");
            assert!(text.contains("code = 486"), "{place}: {text}");
        }
        assert_eq!(kept(&named).len(), 1, "{place}");
    }
}

#[test]
fn without_a_home_it_says_what_to_set() {
    let relative = home();
    for (name, value) in [("HOME", "/dev/null"), ("XDG_CONFIG_HOME", "relative")] {
        let mut sipdex = Command::new(SIPDEX);
        sipdex
            .env_clear()
            .env("HOME", "/dev/null")
            .env(name, value)
            .current_dir(&relative);
        let shown = sipdex.args(["show", "486"]).output().expect("it runs");
        assert!(shown.status.success());
        let mut sipdex = Command::new(SIPDEX);
        sipdex
            .env_clear()
            .env("HOME", "/dev/null")
            .env(name, value)
            .current_dir(&relative);
        let run = sipdex
            .args(["bookmarks", "add", "486"])
            .output()
            .expect("it runs");
        let message = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(1), "{message}");
        assert!(message.contains("/dev/null/.config/sipdex"), "{message}");
        assert_eq!(names(relative.path()), BTreeSet::new());
    }
}

#[test]
fn root_leaves_the_files_to_the_user() {
    if !geteuid().is_root() {
        eprintln!("skipped: only root can leave a file to somebody else");
        return;
    }
    let (_home, folder) = anybody();
    let named = folder.join("config/sipdex");
    for code in ["486", "600"] {
        assert!(run(&named, &["bookmarks", "add", code]).status.success());
    }
    for path in [folder.join("config"), named.clone()] {
        assert_eq!(
            fs::metadata(&path).expect("there").uid(),
            NOBODY,
            "{}",
            path.display()
        );
    }
    for name in names(&named) {
        let owner = fs::metadata(named.join(&name)).expect("there").uid();
        assert_eq!(owner, NOBODY, "{name}");
    }
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

#[test]
fn two_explorers_keep_each_others_notes_and_show_them() -> Result<()> {
    let home = home();
    let (mut one, mut two) = (start(terminal(&home))?, start(terminal(&home))?);
    type_in(&mut one, "486\t", &["┌ 486 Busy", LISTING])?;
    type_in(&mut two, "600\t", &["┌ 600 Busy", LISTING])?;
    type_in(&mut one, "e", &["Note for 486"])?;
    type_in(&mut two, "e", &["Note for 600"])?;
    type_in(&mut one, "of one\r", &["★ of one", "note saved"])?;
    type_in(&mut two, "of two\r", &["★ of two", "note saved"])?;
    let notes = || -> Vec<_> {
        let kept = kept(home.path()).into_values();
        kept.map(|bookmark| bookmark.note).collect()
    };
    // A slow disk holds up no key, so the screen may be ahead of the file.
    wait_until("both notes are saved", || {
        notes() == [Some("of one".into()), Some("of two".into())]
    });
    // The second saw the first when it saved; the first sees the second on a key.
    type_in(&mut two, "486\t", &["┌ 486 Busy", "★ of one"])?;
    type_in(&mut one, "r", &["read anew"])?;
    type_in(&mut one, "600\t", &["┌ 600 Busy", "★ of two"])?;
    // And on the focus.
    type_in(&mut two, "e", &["Note for 486"])?;
    type_in(&mut two, " and two\r", &["★ of one and two"])?;
    type_in(&mut one, "486\t", &["┌ 486 Busy", "★ of one"])?;
    one.send_str("\x1b[I")?;
    wait_for(&mut one, "★ of one and two")?;
    quit(one)?;
    quit(two)
}

#[test]
fn what_cannot_be_saved_is_kept_and_said_until_it_can_be() -> Result<()> {
    for obstacle in ["a directory", "a file of a newer version"] {
        let home = home();
        let path = home.path().join("bookmarks.toml");
        if obstacle == "a directory" {
            fs::create_dir(&path)?;
        } else {
            fs::write(&path, "version = 99\n")?;
        }
        let mut explorer = start_warned(&home)?;
        type_in(&mut explorer, "486\t", &["┌ 486 Busy", LISTING])?;
        type_in(
            &mut explorer,
            "b",
            &["not saved, kept until it can be", "bookmarks.toml"],
        )?;
        type_in(&mut explorer, "j", &[LISTING, " not saved"])?;
        type_in(&mut explorer, "k", &["★ bookmarked"])?;
        type_in(&mut explorer, "r", &["not saved, kept until it can be"])?;
        if obstacle == "a directory" {
            fs::remove_dir(&path)?;
        } else {
            fs::remove_file(&path)?;
        }
        type_in(&mut explorer, "r", &["bookmarks read anew"])?;
        explorer.send_str("k")?;
        explorer.wait_until(|screen| screen.contains(LISTING) && !screen.contains("not saved"))?;
        wait_until("it is saved", || kept(home.path()).len() == 1);
        quit(explorer)?;
    }
    Ok(())
}

/// Starts the explorer where a warning stands in the place of the foot.
fn start_warned(home: &TempDir) -> Result<termlens::Terminal> {
    let mut explorer = terminal(home).spawn(SIPDEX)?;
    wait_for(&mut explorer, "bookmarks.toml")?;
    Ok(explorer)
}

#[test]
fn what_is_lost_in_the_end_is_said_with_what_to_type() -> Result<()> {
    for (signal, status) in [(None, "status 1"), (Some(Signal::TERM), "status 143")] {
        let home = home();
        fs::create_dir(home.path().join("bookmarks.toml"))?;
        let script = r#"
            sh -c 'echo $$ >"$SIPDEX_CONFIG_DIR/pid"; exec "$0"' "$0"
            echo "status $?"
            read -r enter"#;
        let mut shell = terminal(&home)
            .args(["-c", script, SIPDEX])
            .spawn("/bin/sh")?;
        wait_for(&mut shell, "is not a file")?;
        type_in(&mut shell, "486\t", &["┌ 486 Busy", LISTING])?;
        type_in(&mut shell, "e", &["Note for 486"])?;
        type_in(&mut shell, "it's busy\r", &["not saved"])?;
        if let Some(signal) = signal {
            let pid = fs::read_to_string(home.path().join("pid"))?;
            let pid = pid.trim().parse().ok().and_then(Pid::from_raw);
            kill_process(pid.expect("a process"), signal).map_err(std::io::Error::from)?;
        } else {
            shell.send_str("q")?;
        }
        let to_type = r"sipdex bookmarks add 486 --note 'it'\''s busy'";
        shell.wait_until(|screen| screen.contains(status) && screen.contains(to_type))?;
        shell.send_str("\r")?;
        shell.wait_exit()?;
    }
    Ok(())
}
