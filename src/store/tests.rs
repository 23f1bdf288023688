//! The bookmark file on the disk: found, missing, broken, shared with others.

mod exchange;
mod kept;
mod read;

use std::fs;

use super::*;
use crate::catalog::StatusCode;

fn code(code: u16) -> StatusCode {
    StatusCode::new(code).expect("a code")
}

fn note(code_: u16, text: &str) -> Change {
    Change::Note(code(code_), Some(text.into()))
}

fn store(folder: &Path) -> Store {
    Store::new(Some(folder.join("bookmarks.toml")))
}

fn kept(folder: &Path) -> Vec<u16> {
    let loaded = store(folder).load().expect("bookmarks");
    loaded.bookmarks.keys().map(|code| code.get()).collect()
}

#[test]
fn what_was_saved_is_there_again() {
    let folder = tempfile::tempdir().expect("a directory");
    store(folder.path())
        .save([note(486, "no credit"), Change::Add(code(600))])
        .expect("saved");
    let loaded = store(folder.path()).load().expect("bookmarks").bookmarks;
    assert_eq!(loaded[&code(486)].note.as_deref(), Some("no credit"));
    assert!(
        loaded[&code(600)]
            .added
            .as_deref()
            .is_some_and(|added| added.ends_with('Z'))
    );
    store(folder.path())
        .save([Change::Remove(code(486))])
        .expect("saved");
    assert_eq!(kept(folder.path()), [600]);
}

#[test]
fn a_missing_file_is_an_empty_set_and_is_not_created() {
    let folder = tempfile::tempdir().expect("a directory");
    assert_eq!(kept(folder.path()), [0; 0]);
    assert_eq!(fs::read_dir(folder.path()).expect("a directory").count(), 0);
}

#[test]
fn two_processes_lose_nothing_of_each_other() {
    let folder = tempfile::tempdir().expect("a directory");
    let (mut one, mut two) = (store(folder.path()), store(folder.path()));
    one.load().expect("bookmarks");
    two.load().expect("bookmarks");
    one.save([Change::Add(code(486))]).expect("saved");
    two.save([Change::Add(code(600))]).expect("saved");
    assert_eq!(kept(folder.path()), [486, 600]);
}

#[test]
fn a_broken_file_stays_while_it_is_read_and_is_set_aside_with_every_byte_on_a_save() {
    for broken in [
        &b"\0\0\0"[..],
        b"version = 1\nversion = 1",
        b"theme = dark",
        b"[[bookm",
        b"note = \"\xff\"",
    ] {
        let folder = tempfile::tempdir().expect("a directory");
        let path = folder.path().join("bookmarks.toml");
        fs::write(&path, broken).expect("written");
        let error = store(folder.path()).load().expect_err("broken").to_string();
        assert!(error.contains("bookmarks.toml is broken"), "{error}");
        assert_eq!(fs::read(&path).expect("readable"), broken);

        let saved = store(folder.path()).save([Change::Add(code(486))]);
        let notice = saved.expect("saved").notice.expect("a notice");
        let aside = fs::read_dir(folder.path()).expect("a directory");
        let aside = aside.map(|entry| entry.expect("readable").path());
        let aside = aside.filter(|path| path.to_string_lossy().contains("corrupt-"));
        let [aside] = &aside.collect::<Vec<_>>()[..] else {
            panic!("one file is set aside");
        };
        assert!(notice.contains(&*aside.to_string_lossy()), "{notice}");
        assert_eq!(fs::read(aside).expect("readable"), broken);
        assert_eq!(kept(folder.path()), [486]);
    }
}

#[test]
fn a_newer_file_is_shown_and_never_changed() {
    let folder = tempfile::tempdir().expect("a directory");
    let path = folder.path().join("bookmarks.toml");
    for (text, shown) in [
        ("version = 99\n[[bookmark]]\ncode = 486\n", vec![486]),
        ("version = 2\nbookmark = \"somewhere else\"\n", vec![]),
        ("version = 9999999999\n", vec![]),
    ] {
        fs::write(&path, text).expect("written");
        let loaded = store(folder.path()).load().expect("bookmarks");
        assert!(loaded.notice.is_some_and(|notice| notice.contains("newer")));
        assert_eq!(kept(folder.path()), shown);
        assert!(store(folder.path()).save([Change::Add(code(600))]).is_err());
        assert_eq!(fs::read_to_string(&path).expect("readable"), text);
    }
}

#[test]
fn what_cannot_be_read_is_no_empty_set() {
    let folder = tempfile::tempdir().expect("a directory");
    let path = folder.path().join("bookmarks.toml");
    let huge = fs::File::create(&path).expect("created");
    huge.set_len(1 << 30).expect("a sparse file");
    let error = store(folder.path()).load().expect_err("huge").to_string();
    assert!(error.ends_with("bookmarks.toml is too large"), "{error}");
    assert!(store(&path).load().is_err(), "a file is no directory");
}

#[test]
fn what_cannot_be_saved_is_kept_for_the_next_time() {
    let folder = tempfile::tempdir().expect("a directory");
    let blocked = folder.path().join("blocked");
    fs::write(&blocked, "a file where a directory belongs").expect("written");
    let mut store = Store::new(Some(blocked.join("bookmarks.toml")));
    assert!(store.save([Change::Add(code(486))]).is_err());
    fs::remove_file(&blocked).expect("removed");
    store.save([Change::Add(code(600))]).expect("saved");
    assert_eq!(kept(&blocked), [486, 600]);
}

#[test]
fn a_directory_in_its_place_is_an_error_that_names_it() {
    let folder = tempfile::tempdir().expect("a directory");
    fs::create_dir(folder.path().join("bookmarks.toml")).expect("created");
    let error = store(folder.path())
        .load()
        .expect_err("no file")
        .to_string();
    assert!(error.contains("bookmarks.toml is not a file"), "{error}");
}

#[test]
#[cfg(unix)]
fn a_link_stays_a_link_and_the_mode_stays() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().expect("a directory");
    let real = folder.path().join("real.toml");
    fs::write(&real, "version = 1\n").expect("written");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("set");
    let link = folder.path().join("bookmarks.toml");
    symlink(&real, &link).expect("linked");
    store(folder.path())
        .save([Change::Add(code(486))])
        .expect("saved");
    assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
    assert_eq!(
        fs::metadata(&real).expect("there").permissions().mode() & 0o777,
        0o640
    );
    assert!(fs::read_to_string(&real).expect("readable").contains("486"));
}

/// Saves a change on top of a text; returns what the file is then.
fn saved(text: &str, change: Change) -> String {
    let folder = tempfile::tempdir().expect("a directory");
    let path = folder.path().join("bookmarks.toml");
    fs::write(&path, text).expect("written");
    store(folder.path()).save([change]).expect("saved");
    let names = fs::read_dir(folder.path()).expect("a directory");
    assert_eq!(names.count(), 2, "nothing is set aside");
    fs::read_to_string(path).expect("readable")
}

/// Returns the codes of a text with their notes, and what is said of it.
fn read(text: &str) -> (Vec<(u16, Option<String>)>, String) {
    let folder = tempfile::tempdir().expect("a directory");
    fs::write(folder.path().join("bookmarks.toml"), text).expect("written");
    let loaded = store(folder.path()).load().expect("bookmarks");
    let notes = loaded.bookmarks.into_iter();
    let notes = notes.map(|(code, bookmark)| (code.get(), bookmark.note));
    (notes.collect(), loaded.notice.unwrap_or_default())
}

#[test]
fn what_changes_nothing_writes_nothing() {
    use std::time::SystemTime;
    let folder = tempfile::tempdir().expect("a directory");
    let path = folder.path().join("bookmarks.toml");
    store(folder.path()).save([note(486, "x")]).expect("saved");
    let long_ago = SystemTime::UNIX_EPOCH;
    let file = fs::File::options().append(true).open(&path);
    let file = file.expect("there");
    file.set_modified(long_ago).expect("set");
    for change in [
        note(486, "x"),
        Change::Add(code(486)),
        Change::Remove(code(600)),
    ] {
        store(folder.path()).save([change]).expect("saved");
        let written = fs::metadata(&path).and_then(|file| file.modified());
        assert_eq!(written.expect("there"), long_ago);
    }
}

#[test]
fn a_note_of_another_that_is_replaced_is_said() {
    let folder = tempfile::tempdir().expect("a directory");
    let (mut one, mut two) = (store(folder.path()), store(folder.path()));
    one.load().expect("bookmarks");
    two.load().expect("bookmarks");
    let said = |store: &mut Store, change| {
        let saved = store.save([change]).expect("saved");
        saved.notice.unwrap_or_default()
    };
    assert_eq!(said(&mut one, note(486, "one")), "");
    let notice = said(&mut two, note(486, "two"));
    assert!(
        notice.contains("the note of 486") && notice.ends_with(": one"),
        "{notice}"
    );
    assert_eq!(said(&mut two, note(486, "three")), "", "its own note");
    let notice = said(&mut one, Change::Remove(code(486)));
    assert!(notice.ends_with(": three"), "{notice}");
}
