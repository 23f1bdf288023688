//! The user's files where a system lacks something, another program is at work, or somebody wrote them by
//! hand: saved in the next best way, and nothing is cut, dropped or overwritten without a word.
#![cfg(target_os = "linux")]

use std::fs::{self, File, Permissions};
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use termlens::Result;

#[path = "pty/explorer.rs"]
mod explorer;
use explorer::{LISTING, SIPDEX, home, quit, start, terminal, type_in, wait_for, wait_until};

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

#[test]
fn a_tilde_that_no_shell_has_seen_is_the_home() {
    let home = home();
    let named = run(
        &[],
        home.path(),
        &["bookmarks", "add", "486", "--config-dir=~/a"],
    );
    assert!(named.status.success(), "{}", said(&named));
    assert!(text(&home.path().join("a")).contains("486"));
    for (set, folder) in [("~", "."), ("~/b/c", "b/c"), ("~nobody/d", "~nobody/d")] {
        let status = Command::new(SIPDEX)
            .args(["bookmarks", "add", "600"])
            .env_clear()
            .env("HOME", home.path())
            .env("SIPDEX_CONFIG_DIR", set)
            .current_dir(home.path())
            .status();
        assert!(status.expect("it runs").success());
        assert!(text(&home.path().join(folder)).contains("600"), "{set}");
    }
    assert!(!home.path().join("~").exists());
}

#[test]
fn a_folder_that_is_a_link_to_nowhere_is_made_where_the_link_leads() {
    let home = home();
    symlink("dotfiles/sipdex", home.path().join("config")).expect("linked");
    let config = home.path().join("config");
    let typed = [
        "bookmarks",
        "add",
        "486",
        "--config-dir",
        config.to_str().expect("a name"),
    ];
    done(home.path(), &typed);
    assert!(text(&home.path().join("dotfiles/sipdex")).contains("486"));
    assert!(config.is_symlink());
    symlink("round/more", home.path().join("round")).expect("linked");
    let round = home.path().join("round");
    let typed = [
        "bookmarks",
        "add",
        "486",
        "--config-dir",
        round.to_str().expect("a name"),
    ];
    assert_eq!(run(&[], home.path(), &typed).status.code(), Some(1));
}

#[test]
fn what_a_file_has_beside_its_text_is_kept_or_said() {
    use rustix::fs::{XattrFlags, getxattr, setxattr};
    let home = home();
    write(home.path(), FILE);
    let path = home.path().join("bookmarks.toml");
    let has_attributes = setxattr(&path, "user.mine", b"yes", XattrFlags::empty()).is_ok();
    fs::hard_link(&path, home.path().join("other")).expect("linked");
    fs::set_permissions(&path, Permissions::from_mode(0o444)).expect("set");
    let says = done(home.path(), &["bookmarks", "add", "486"]);
    assert!(
        says.contains("hard links") && says.contains("read-only"),
        "{says}"
    );
    assert_eq!(
        fs::read_to_string(home.path().join("other")).expect("there"),
        FILE
    );
    let mode = fs::metadata(&path).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o444);
    if has_attributes {
        let mut value = [0; 9];
        assert_eq!(getxattr(&path, "user.mine", &mut value[..]), Ok(3));
        assert_eq!(&value[..3], b"yes");
    } else {
        eprintln!("skipped: this file system has no attributes of the user");
    }
}

#[test]
fn passed_over_is_not_none() {
    let home = home();
    write(home.path(), "[[bookmark]]\ncode = 99\n");
    let list = run(&[], home.path(), &["bookmarks", "list"]);
    assert_eq!(list.status.code(), Some(1));
    assert!(
        said(&list).contains("line 2: 99 is no response code"),
        "{}",
        said(&list)
    );
    assert!(!said(&list).contains("no bookmarks yet"), "{}", said(&list));
}

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
fn a_long_note_is_kept_whole_or_refused() {
    let home = home();
    let note = "a line\n".repeat(1400) + "end";
    done(home.path(), &["bookmarks", "add", "486", "--note", &note]);
    let list = run(&[], home.path(), &["bookmarks", "list", "--format", "json"]);
    let list: serde_json::Value = serde_json::from_slice(&list.stdout).expect("JSON");
    assert_eq!(list[0]["note"], *note);
    let list = run(&[], home.path(), &["bookmarks", "list"]);
    let list = String::from_utf8_lossy(&list.stdout).into_owned();
    assert!(
        list.lines().count() == 1 && list.contains("a line ⏎ a line"),
        "{list}"
    );
    let before = text(home.path());
    let refused = run(
        &[],
        home.path(),
        &["bookmarks", "add", "486", "--note", &"x".repeat(70_000)],
    );
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        said(&refused).contains("70000 characters"),
        "{}",
        said(&refused)
    );
    assert_eq!(text(home.path()), before);
}

#[test]
fn a_code_that_stands_twice_with_one_note_has_that_note_once() {
    let home = home();
    let entry = "[[bookmark]]\ncode = 486\nnote = \"no credit\"\n";
    let other = "[[bookmark]]\ncode = 486\nnote = \"ask Bob\"\n";
    for (file, note) in [
        ([entry, entry].concat(), "no credit"),
        ([entry, other, entry].concat(), "no credit\nask Bob"),
    ] {
        write(home.path(), &file);
        let list = run(&[], home.path(), &["bookmarks", "list", "--format", "json"]);
        let list: serde_json::Value = serde_json::from_slice(&list.stdout).expect("JSON");
        assert_eq!(list[0]["note"], note, "{file}");
        assert_eq!(list.as_array().map(Vec::len), Some(1), "{file}");
    }
}

#[test]
fn paths_says_what_the_explorer_says() -> Result<()> {
    let home = home();
    let config = "theme = \"dracula\"\n[keys]\nblah = \"x\"\nhelp = \"ctrl+q\"\nquit = [\"q\", 4, \"C-x\", \"^x\", \"shift-g\"]\n\
                  mark = \"b\"\n";
    fs::write(home.path().join("config.toml"), config)?;
    write(home.path(), "[[bookmark]]\ncode = 99\n");
    let paths = done(home.path(), &["paths"]);
    for says in [
        "no theme \"dracula\"; the themes are colour-blind, dark",
        "no command \"blah\"",
        "no key \"ctrl+q\"; here it is written \"ctrl-q\"",
        "no key \"C-x\"; here it is written \"ctrl-x\"",
        "no key \"^x\"; here it is written \"ctrl-x\"",
        "no key \"shift-g\"; here it is written \"G\"",
        "line 5: keys: quit: 4 is no key",
        "keys: bookmark: b is the key of mark already",
        "line 2: 99 is no response code",
    ] {
        assert!(paths.contains(says), "{says:?} in {paths}");
    }
    // The foot has room for the first of it.
    let mut explorer = terminal(&home).size(200, 40).spawn(SIPDEX)?;
    explorer.wait_until(|screen| screen.contains("4 is no key") && screen.contains("blah"))?;
    quit(explorer)
}

/// Waits until the file has a text: a slow disk holds up no key, so the screen may be ahead of it.
fn saved_soon(home: &TempDir, wanted: &str) {
    wait_until(wanted, || text(home.path()).contains(wanted));
}

/// Opens the page of a code in the explorer.
fn on_page(home: &TempDir, code: &str) -> Result<termlens::Terminal> {
    let mut explorer = start(terminal(home))?;
    let title = format!("┌ {code} ");
    type_in(&mut explorer, &format!("{code}\t"), &[&title, LISTING])?;
    Ok(explorer)
}

#[test]
fn a_note_that_nobody_touched_is_no_change() -> Result<()> {
    let home = home();
    let note = "short\n".repeat(200);
    let file = format!("[[bookmark]]\ncode = 486\nnote = \"\"\"\n{note}last\"\"\"\n");
    write(home.path(), &file);
    let mut explorer = on_page(&home, "486")?;
    type_in(&mut explorer, "e", &["Note for 486", "short⏎short⏎last"])?;
    type_in(&mut explorer, "\r", &[LISTING])?;
    assert_eq!(text(home.path()), file);
    // What is typed into it changes nothing else of it.
    type_in(&mut explorer, "e", &["Note for 486"])?;
    type_in(&mut explorer, "!\r", &["note saved"])?;
    quit(explorer)?;
    let expected = format!("note = \"{}last!\"", note.replace('\n', "\\n"));
    assert!(
        text(home.path()).contains(&expected),
        "{}",
        text(home.path())
    );
    Ok(())
}

#[test]
fn a_paste_into_a_note_keeps_its_lines_and_says_what_is_cut() -> Result<()> {
    let home = home();
    let mut explorer = on_page(&home, "486")?;
    type_in(&mut explorer, "e", &["Note for 486"])?;
    type_in(&mut explorer, "\x1b[200~one\rtwo\x1b[201~", &["one⏎two"])?;
    type_in(&mut explorer, "\r", &["★ one", "two"])?;
    let full = format!("\x1b[200~{}\x1b[201~", "x".repeat(70_000));
    type_in(&mut explorer, "e", &["Note for 486"])?;
    type_in(&mut explorer, &full, &["the rest is left out"])?;
    type_in(&mut explorer, "\x1b", &["note not saved"])?;
    type_in(&mut explorer, "e", &["Note for 486"])?;
    type_in(&mut explorer, "\x15one\r", &["note saved"])?;
    quit(explorer)?;
    assert!(text(home.path()).contains("note = \"one\""));
    Ok(())
}

#[test]
fn a_newer_note_of_another_is_not_overwritten_unseen() -> Result<()> {
    let home = home();
    let (mut one, mut two) = (on_page(&home, "486")?, on_page(&home, "486")?);
    type_in(&mut one, "e", &["Note for 486"])?;
    type_in(&mut one, "one\r", &["★ one", "note saved"])?;
    type_in(&mut two, "e", &["Note for 486"])?;
    type_in(&mut two, "two\r", &["★ two", "yours replaces it: one"])?;
    type_in(&mut one, "e", &["Note for 486"])?;
    type_in(&mut one, "\r", &[LISTING])?;
    saved_soon(&home, "note = \"two\"");
    type_in(&mut one, "e", &["Note for 486"])?;
    type_in(&mut one, "!\r", &["★ one!", "yours replaces it: two"])?;
    saved_soon(&home, "note = \"one!\"");
    quit(one)?;
    quit(two)
}

/// Runs the explorer in a shell that shows what is printed after it.
fn in_shell(home: &TempDir) -> Result<termlens::Terminal> {
    let script = r#""$0"; echo "status $?"; read -r enter"#;
    let mut shell = terminal(home)
        .args(["-c", script, SIPDEX])
        .spawn("/bin/sh")?;
    wait_for(&mut shell, explorer::SEARCHING)?;
    type_in(&mut shell, "486\t", &["┌ 486 ", LISTING])?;
    Ok(shell)
}

#[test]
fn a_note_that_was_not_saved_is_said_at_the_end() -> Result<()> {
    for leaves in ["\x03", "\x1b"] {
        let home = home();
        let mut shell = in_shell(&home)?;
        type_in(&mut shell, "e", &["Note for 486"])?;
        type_in(&mut shell, "it's half a", &["it's half a"])?;
        type_in(&mut shell, leaves, &["note not saved"])?;
        let says = r"sipdex bookmarks add 486 --note 'it'\''s half a'";
        type_in(
            &mut shell,
            "q",
            &["status 0", "left notes without saving", says],
        )?;
        shell.send_str("\r")?;
        shell.wait_exit()?;
    }
    Ok(())
}

#[test]
fn a_lock_that_another_program_holds_stops_no_key() -> Result<()> {
    let home = home();
    let lock = File::create(home.path().join("bookmarks.toml.lock"))?;
    lock.lock()?;
    let mut explorer = start(terminal(&home))?;
    type_in(&mut explorer, "48\t", &["┌ 480 ", LISTING])?;
    let began = Instant::now();
    type_in(&mut explorer, "b", &["★ bookmarked"])?;
    type_in(&mut explorer, "j", &["┌ 481 ", "not saved"])?;
    type_in(&mut explorer, "b", &["481 bookmarked"])?;
    type_in(&mut explorer, "k", &["┌ 480 ", "not saved"])?;
    assert!(!home.path().join("bookmarks.toml").exists());
    assert!(
        began.elapsed() < Duration::from_secs(9),
        "it waited for the lock"
    );
    lock.unlock()?;
    explorer.wait_until(|screen| screen.contains(LISTING) && !screen.contains("not saved"))?;
    let file = text(home.path());
    assert!(
        file.contains("code = 480") && file.contains("code = 481"),
        "{file}"
    );
    quit(explorer)
}

#[test]
fn quitting_waits_for_no_lock_and_says_what_to_type() -> Result<()> {
    let home = home();
    let lock = File::create(home.path().join("bookmarks.toml.lock"))?;
    lock.lock()?;
    let mut shell = in_shell(&home)?;
    type_in(&mut shell, "b", &["★ bookmarked"])?;
    let began = Instant::now();
    type_in(
        &mut shell,
        "q",
        &["status 1", "sipdex bookmarks add 486", "another program"],
    )?;
    assert!(
        began.elapsed() < Duration::from_secs(8),
        "it waited for the lock"
    );
    shell.send_str("\r")?;
    shell.wait_exit()?;
    Ok(())
}

#[test]
fn what_cannot_be_read_anew_is_said_and_changes_nothing() -> Result<()> {
    let home = home();
    write(home.path(), FILE);
    let mut explorer = start(terminal(&home))?;
    type_in(&mut explorer, "603\tB", &[LISTING, "1 of 75", "★ 603"])?;
    write(home.path(), [0xff, 0xfe, b'\n']);
    let broken = "is broken and stays as it is until something is saved";
    type_in(&mut explorer, "r", &[broken, "★ 603"])?;
    quit(explorer)
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

#[test]
fn a_file_with_the_line_ends_of_windows_keeps_them() {
    let home = home();
    let file = "version = 1\r\n\r\n[[bookmark]]\r\ncode = 486\r\n";
    write(home.path(), file);
    done(home.path(), &["bookmarks", "add", "603", "--note", "x"]);
    let saved = text(home.path());
    assert!(saved.starts_with(file) && saved.contains("code = 603\r\n"));
    assert!(saved.replace("\r\n", "").find('\n').is_none(), "{saved:?}");
}
