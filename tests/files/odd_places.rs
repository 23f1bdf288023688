//! Places where a file can be saved only in the next best way, or not at all, and people who may not.

use super::*;

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
