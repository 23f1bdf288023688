//! Files and folders that somebody made by hand.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;

use termlens::Result;

use super::explorer::{SIPDEX, home, quit, terminal};
use super::{FILE, done, run, said, text, write};

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
        "no theme \"dracula\"; the themes are auto, colour-blind, dark",
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
