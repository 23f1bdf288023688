//! A system without locks, without permissions, without a rename, and a disk that is full.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use super::explorer::home;
use super::{FILE, done, run, said, text, write};

/// Returns how to let system calls fail, or nothing where that cannot be done.
fn failing<'a>(faults: &'a [&'a str]) -> Option<Vec<&'a str>> {
    let strace = Command::new("strace")
        .args(["-o/dev/null", "true"])
        .status();
    if !strace.is_ok_and(|status| status.success()) {
        eprintln!("skipped: strace cannot be run here");
        return None;
    }
    let faults = faults.iter().flat_map(|fault| ["-e", fault]);
    Some(
        ["strace", "-f", "-o/dev/null"]
            .into_iter()
            .chain(faults)
            .collect(),
    )
}

#[test]
fn without_locks_it_saves_and_says_so() {
    for error in ["ENOSYS", "ENOLCK", "EOPNOTSUPP", "EINVAL"] {
        let fault = format!("inject=flock:error={error}");
        let Some(through) = failing(&[&*fault]).map(|words| words.join(" ")) else {
            return;
        };
        let through: Vec<&str> = through.split(' ').collect();
        let home = home();
        let run = run(&through, home.path(), &["bookmarks", "add", "486"]);
        assert!(run.status.success(), "{error}: {}", said(&run));
        assert!(
            said(&run).contains("has no locks"),
            "{error}: {}",
            said(&run)
        );
        assert!(text(home.path()).contains("code = 486"), "{error}");
    }
}

#[test]
fn without_permissions_it_saves_and_keeps_the_mode_that_it_can() {
    let Some(through) = failing(&["inject=fchmod,chmod,fchmodat:error=EPERM"]) else {
        return;
    };
    for mode in [0o600, 0o644] {
        let home = home();
        write(home.path(), FILE);
        let path = home.path().join("bookmarks.toml");
        fs::set_permissions(&path, Permissions::from_mode(mode)).expect("set");
        for code in ["486", "600"] {
            let run = run(&through, home.path(), &["bookmarks", "add", code]);
            assert!(run.status.success(), "{}", said(&run));
            assert!(text(home.path()).contains(code));
        }
        let now = fs::metadata(&path).expect("there").permissions().mode();
        assert_eq!(now & 0o777, mode, "nobody else may read it now");
    }
}

#[test]
fn what_cannot_be_replaced_is_written_in_place() {
    for error in ["EBUSY", "EXDEV"] {
        let fault = format!("inject=rename,renameat,renameat2:error={error}:when=1");
        let faults = [&*fault];
        let Some(through) = failing(&faults) else {
            return;
        };
        let home = home();
        // The new text is shorter: nothing of the old one is left behind it.
        write(
            home.path(),
            format!("{FILE}note = \"{}\"\n", "x".repeat(5000)),
        );
        let run = run(
            &through,
            home.path(),
            &["bookmarks", "add", "603", "--note", "y"],
        );
        assert!(run.status.success(), "{}", said(&run));
        assert!(said(&run).contains("written in place"), "{}", said(&run));
        assert_eq!(
            text(home.path()),
            format!("version = 1\n\n{FILE}note = \"y\"\n")
        );
        let names = fs::read_dir(home.path()).expect("a directory").count();
        assert_eq!(names, 2, "the file and its lock");
    }
}

#[test]
fn a_kill_while_it_is_written_in_place_loses_nothing() {
    let faults = [
        "inject=rename,renameat,renameat2:error=EBUSY:when=1",
        "inject=ftruncate:signal=SIGKILL",
    ];
    let Some(through) = failing(&faults) else {
        return;
    };
    let home = home();
    write(home.path(), FILE);
    let killed = run(&through, home.path(), &["bookmarks", "add", "486"]);
    assert!(!killed.status.success());
    let list = run(&[], home.path(), &["bookmarks", "list"]);
    assert!(String::from_utf8_lossy(&list.stdout).starts_with("603 "));
    assert!(
        said(&list).contains("a save was cut off"),
        "{}",
        said(&list)
    );
    let added = done(home.path(), &["bookmarks", "add", "600"]);
    assert!(added.contains("corrupt-"), "{added}");
    assert!(text(home.path()).contains("code = 603 # mine"));
    assert_eq!(done(home.path(), &["bookmarks", "list"]), "", "said once");
}

/// Mounts something for the time of a test.
struct Mounted<'a>(&'a Path);

impl<'a> Mounted<'a> {
    fn new(command: &[&str], on: &'a Path) -> Option<Self> {
        let mounted = Command::new(command[0])
            .args(&command[1..])
            .arg(on)
            .output();
        if mounted.is_ok_and(|mounted| mounted.status.success()) {
            return Some(Self(on));
        }
        eprintln!("skipped: {command:?} cannot be done here");
        None
    }
}

impl Drop for Mounted<'_> {
    fn drop(&mut self) {
        drop(Command::new("umount").arg(self.0).status());
    }
}

#[test]
fn a_file_that_is_mounted_alone_is_saved() {
    for before in [FILE, "broken"] {
        let (home, other) = (home(), home());
        let source = other.path().join("b.toml");
        fs::write(&source, before).expect("written");
        write(home.path(), "");
        let path = home.path().join("bookmarks.toml");
        let bind = ["mount", "--bind", source.to_str().expect("a name")];
        let Some(_mounted) = Mounted::new(&bind, &path) else {
            return;
        };
        let says = done(home.path(), &["bookmarks", "add", "486"]);
        assert!(says.contains("written in place"), "{says}");
        let saved = fs::read_to_string(&source).expect("there");
        assert!(saved.contains("code = 486"), "{saved}");
        assert_eq!(saved.contains("# mine"), before == FILE);
        assert_eq!(says.contains("kept as"), before == "broken", "{says}");
    }
}

#[test]
fn a_file_that_nobody_can_write_leaves_no_copy_that_would_count_for_it() {
    let (home, other) = (home(), home());
    let source = other.path().join("b.toml");
    fs::write(&source, FILE).expect("written");
    write(home.path(), "");
    let path = home.path().join("bookmarks.toml");
    let bind = ["mount", "--bind", source.to_str().expect("a name")];
    let Some(_mounted) = Mounted::new(&bind, &path) else {
        return;
    };
    let read_only = Command::new("mount")
        .args(["-o", "remount,ro,bind"])
        .arg(&path)
        .status();
    if !read_only.is_ok_and(|status| status.success()) {
        eprintln!("skipped: nothing can be made read-only here");
        return;
    }
    let add = run(&[], home.path(), &["bookmarks", "add", "486"]);
    assert!(!add.status.success());
    assert!(said(&add).contains("could not write"), "{}", said(&add));
    // What its owner writes into it later is what is read.
    fs::write(&source, format!("{FILE}\n[[bookmark]]\ncode = 480\n")).expect("written");
    let list = run(&[], home.path(), &["bookmarks", "list"]);
    assert!(String::from_utf8_lossy(&list.stdout).starts_with("480 "));
    assert_eq!(said(&list), "");
    let names = fs::read_dir(home.path()).expect("a directory").count();
    assert_eq!(names, 2, "the file and its lock");
}

#[test]
fn what_was_set_aside_is_said_also_where_nothing_can_be_written() {
    let faults = ["inject=fsync:error=ENOSPC:when=1"];
    let Some(through) = failing(&faults) else {
        return;
    };
    let home = home();
    write(home.path(), b"\xff");
    let run = run(&through, home.path(), &["bookmarks", "add", "486"]);
    assert!(!run.status.success());
    let said = said(&run);
    assert!(
        said.contains("are kept as") && said.contains("could not write"),
        "{said}"
    );
}

#[test]
fn on_a_file_system_that_refuses_chmod_it_saves_again_and_again() {
    let (home, source) = (home(), home());
    let bind = [
        "bindfs",
        "--chmod-deny",
        source.path().to_str().expect("a name"),
    ];
    let Some(_mounted) = Mounted::new(&bind, home.path()) else {
        return;
    };
    for code in ["486", "600", "603"] {
        done(home.path(), &["bookmarks", "add", code]);
        assert!(text(source.path()).contains(code));
    }
}
