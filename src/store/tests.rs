//! The bookmark file, read, changed and merged.

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
fn a_date_of_toml_is_a_date() {
    let folder = tempfile::tempdir().expect("a directory");
    let path = folder.path().join("bookmarks.toml");
    let text = "[[bookmark]]\ncode = 486\nadded = 2026-01-02T03:04:05Z\n";
    fs::write(&path, text).expect("written");
    let saved = store(folder.path()).save([Change::Add(code(600))]);
    let saved = saved.expect("saved").bookmarks;
    assert_eq!(
        saved[&code(486)].added.as_deref(),
        Some("2026-01-02T03:04:05Z")
    );
    let text = fs::read_to_string(&path).expect("readable");
    assert!(text.contains("added = 2026-01-02T03:04:05Z"), "{text}");
}

#[test]
fn unknown_fields_survive_a_save() {
    let folder = tempfile::tempdir().expect("a directory");
    let path = folder.path().join("bookmarks.toml");
    let text =
        "colour = \"blue\"\n\n[[bookmark]]\ncode = 486\nstars = 5\n\n[[bookmark]]\ncode = 7\n";
    fs::write(&path, text).expect("written");
    store(folder.path()).save([note(486, "x")]).expect("saved");
    let saved = fs::read_to_string(&path).expect("readable");
    for kept in [
        "version = 1",
        "colour = \"blue\"",
        "stars = 5",
        "code = 7",
        "note = \"x\"",
    ] {
        assert!(saved.contains(kept), "{kept:?} is missing in\n{saved}");
    }
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
fn a_wrong_entry_costs_itself_and_stays_byte_for_byte() {
    let head = "# mine\nversion = 1\n\n";
    let before = "# the first\n[[bookmark]]\ncode = 486 # busy\nstars = 5\n\n";
    let after = "[[bookmark]]\ncode = 603\nnote = 'no'\n";
    for (wrong, says) in [
        (
            "[[bookmark]]\ncode = \"5o3\"\n\n",
            "line 10: \"5o3\" is no response code",
        ),
        (
            "[[bookmark]]\ncode = 700\n\n",
            "line 10: 700 is no response code",
        ),
        (
            "[[bookmark]]\n\ncode = -1\n\n",
            "line 11: -1 is no response code",
        ),
        (
            "[[bookmark]]\ncode = 500\nnote = [1]\n\n",
            "line 11: the note is no text",
        ),
        ("[[bookmark]]\nnote = \"x\"\n\n", "line 9: no code is given"),
        (
            "[[bookmark]]\ncode = 500\ncode = 500\n\n",
            "line 11: the same name stands here a second time",
        ),
        ("[[bookmark]]\ncode = 500\nnote = \"x\n\n", "line 11: "),
        ("[[bookmark]]\ncode = 500\nnote = \"\"\"\n\n", "line 11: "),
        ("[[bookmark]]\ncode = 500\ntags = [\n\n", "line 11: "),
        (
            "[[bookmark\ncode = 500\n\n",
            "line 9: this is no beginning of an entry",
        ),
    ] {
        let text = [head, before, wrong, after].concat();
        let (notes, notice) = read(&text);
        assert_eq!(notes, [(486, None), (603, Some("no".into()))], "{wrong:?}");
        assert!(notice.contains(says), "{wrong:?}: {notice}");
        assert!(notice.ends_with("left as it is, and not shown"), "{notice}");
        for internal in ["expected struct", "untagged", "variant", "invalid type"] {
            assert!(!notice.contains(internal), "{notice}");
        }
        let now = saved(&text, note(603, "new"));
        let expected = text.replace("note = 'no'", "note = \"new\"");
        assert_eq!(now, expected, "only the note changes");
        let now = saved(&text, Change::Remove(code(603)));
        assert_eq!(now.trim_end(), [head, before, wrong].concat().trim_end());
        let now = saved(&text, Change::Add(code(404)));
        let new = now.strip_prefix(head).expect("the head stays");
        assert!(new.starts_with("[[bookmark]]\ncode = 404\n"), "{now}");
        let rest = ["\n\n", before, wrong, after].concat();
        assert!(now.ends_with(&rest), "{now}");
    }
}

#[test]
fn many_wrong_entries_are_named_in_part_and_counted() {
    let (notes, notice) = read(&"[[bookmark]]\ncode = 7\n".repeat(9));
    assert_eq!(notes, []);
    assert!(notice.contains("line 6: 7 is no"), "{notice}");
    assert!(notice.contains(", and 6 more; left"), "{notice}");
}

#[test]
fn an_entry_is_read_as_it_was_meant() {
    for text in [
        "[[bookmarks]]\ncode = 486\n",
        "[[Bookmark]]\ncode = 486\n",
        "[bookmark]\ncode = 486\n",
        "[bookmark]\ncode = 486\n[bookmark.more]\nstars = 5\n",
        "bookmark = [486]\n",
        "bookmark = 486",
        "bookmark = [{ code = 486, stars = 5 }]\nkept = 1\n",
        "[[bookmark]]\ncode = \"486\"\n",
        "[[bookmark]]\ncode = 486.0\n",
        "\u{feff}[[bookmark]]\r\ncode = 486\r\n",
    ] {
        let (notes, notice) = read(text);
        assert_eq!((notes, &*notice), (vec![(486, None)], ""), "{text:?}");
        let now = saved(text, note(600, "x"));
        let (notes, notice) = read(&now);
        let both = vec![(486, None), (600, Some("x".into()))];
        assert_eq!((notes, &*notice), (both, ""), "{text:?} becomes {now:?}");
        let table = now.trim_start_matches('\u{feff}').parse::<toml::Table>();
        assert!(table.is_ok(), "TOML for others: {now:?}");
        for kept in ["stars = 5", "kept = 1", "\u{feff}", "\r\n"] {
            assert_eq!(now.contains(kept), text.contains(kept), "{kept:?}, {now:?}");
        }
        let now = saved(text, Change::Remove(code(486)));
        assert_eq!(read(&now).0, [], "{now:?}");
    }
    let (notes, notice) = read("bookmark = [486, \"5o3\",\n{ code = 7 }]\n");
    assert_eq!(notes, [(486, None)]);
    assert!(notice.contains("line 1: \"5o3\" is no"), "{notice}");
    assert!(notice.contains("line 2: 7 is no"), "{notice}");
    let (notes, _) = read("[[bookmark]]\ncode = 486\nnote = 17\n");
    assert_eq!(notes, [(486, Some("17".into()))]);
}

#[test]
fn both_sides_of_a_merge_are_read_and_the_marks_stay() {
    let whole = "[[bookmark]]\ncode = 486\n";
    let first = "[[bookmark]]\ncode = 480\n\n";
    for (text, removed) in [
        (
            "<<<<<<< ours\n[[bookmark]]\ncode = 486\n=======\n\
             [[bookmark]]\ncode = 503\n>>>>>>> theirs\n",
            whole,
        ),
        (
            "[[bookmark]]\n<<<<<<< ours\ncode = 486\n||||||| base\n\
             =======\ncode = 503\n>>>>>>> theirs\n",
            "code = 486\n",
        ),
    ] {
        let text = &[first, text].concat();
        let (notes, notice) = read(text);
        let codes: Vec<u16> = notes.iter().map(|note| note.0).collect();
        assert_eq!(codes, [480, 486, 503], "{text}");
        let says = "marks of a merge; both sides are read";
        assert!(notice.contains(says), "{notice}");
        assert!(!notice.contains("not shown"), "{notice}");
        let now = saved(text, Change::Add(code(484)));
        assert!(now.starts_with(&**text), "{now}");
        assert_eq!(read(&now).0.len(), 4);
        let now = saved(text, Change::Remove(code(486)));
        assert_eq!(now, text.replacen(removed, "", 1));
    }
}

#[test]
fn two_entries_of_a_code_are_one_with_both_notes() {
    let text = "version = 1\n\n[[bookmark]]\ncode = 486\nnote = \"a\"\nstars = 5\n\n\
                [[bookmark]]\ncode = 486\nnote = \"b\"\n";
    let (notes, notice) = read(text);
    assert_eq!(notes, [(486, Some("a\nb".into()))]);
    assert!(notice.contains("486: more than one entry"), "{notice}");
    assert_eq!(saved(text, Change::Add(code(486))), text);
    assert_eq!(saved(text, note(486, "a\nb")), text, "an unchanged note");
    let now = saved(text, note(486, "c"));
    assert_eq!(read(&now).0, [(486, Some("c".into()))]);
    assert!(now.contains("stars = 5"), "{now}");
    let now = saved(text, Change::Remove(code(486)));
    assert_eq!(read(&now).0, []);
}

#[test]
fn the_file_is_in_the_order_of_codes() {
    let folder = tempfile::tempdir().expect("a directory");
    for number in [600, 486, 503, 100] {
        let saved = store(folder.path()).save([note(number, "a\nb \"c\\\"")]);
        saved.expect("saved");
    }
    let text = fs::read_to_string(folder.path().join("bookmarks.toml")).expect("readable");
    let codes = text.lines().filter_map(|line| line.strip_prefix("code = "));
    assert_eq!(codes.collect::<Vec<_>>(), ["100", "486", "503", "600"]);
    let table: toml::Table = text.parse().expect("TOML");
    let entries = table["bookmark"].as_array().expect("entries");
    assert_eq!(entries[0]["note"].as_str(), Some("a\nb \"c\\\""));
    assert!(text.starts_with("# Written by sipdex"), "{text}");
    assert!(text.contains("\nversion = 1\n\n[[bookmark]]"), "{text}");
    assert!(
        !text.contains("\n\n\n") && !text.ends_with("\n\n"),
        "{text:?}"
    );
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

#[test]
fn an_import_brings_dates_notes_and_fields_and_overwrites_none() {
    let folder = tempfile::tempdir().expect("a directory");
    let path = folder.path().join("bookmarks.toml");
    store(folder.path())
        .save([note(486, "ours"), Change::Add(code(480))])
        .expect("saved");
    let text = "colour = 1\n[[bookmark]]\ncode = 486\nnote = \"theirs\"\n\n\
                [[bookmark]]\ncode = 480\nnote = \"theirs\"\n\n[[bookmark]]\ncode = 7\n\
                [[bookmark]]\ncode = 600\nstars = 5\nadded = \"2020-01-01T00:00:00Z\"\n";
    let imported = store(folder.path()).import(text.as_bytes());
    let (saved, imported) = imported.expect("an export");
    let saved = saved.bookmarks;
    assert_eq!(saved[&code(486)].note.as_deref(), Some("ours"));
    assert_eq!(saved[&code(480)].note.as_deref(), Some("theirs"));
    assert_eq!(
        saved[&code(600)].added.as_deref(),
        Some("2020-01-01T00:00:00Z")
    );
    assert_eq!(imported.codes, 3);
    assert_eq!(imported.own_notes, [code(486)]);
    assert_eq!(imported.left_out.len(), 1);
    let kept = fs::read_to_string(&path).expect("readable");
    assert!(kept.contains("stars = 5"), "{kept}");
    for nothing in [
        "",
        "version = 99",
        "theme = \"dark\"",
        "[package]\nname = \"x\"\n",
        "[[bookmark]]\ncode = 700\n",
        "no TOML",
    ] {
        let imported = store(folder.path()).import(nothing.as_bytes());
        assert!(imported.is_err(), "{nothing:?}");
    }
    assert_eq!(fs::read_to_string(&path).expect("readable"), kept);
}

#[test]
fn an_import_of_an_export_is_the_same_file() {
    let text = "# c\nversion = 1\ncolour = 1\n[[bookmark]]\ncode = 700\n\n[[bookmark]]\n\
                code = 486 # d\nnote = '''\na\nb\n'''\nstars = 5\n\n[x]\ny = 1\n";
    let here = tempfile::tempdir().expect("a directory");
    let there = tempfile::tempdir().expect("a directory");
    fs::write(here.path().join("bookmarks.toml"), text).expect("written");
    let (exported, _) = store(here.path()).export().expect("exported");
    assert_eq!(exported, text.as_bytes());
    let (_, imported) = store(there.path()).import(&exported).expect("imported");
    assert_eq!((imported.codes, imported.left_out.len()), (1, 0));
    let there = fs::read_to_string(there.path().join("bookmarks.toml"));
    assert_eq!(there.expect("written"), text);
}

#[test]
fn what_is_only_written_in_another_way_is_no_change() {
    for text in [
        "[[bookmark]]\ncode = 486\n",
        "[bookmark]\ncode = 486\n",
        "bookmark = [\n  486, # busy\n]\n",
        "\n\n[[Bookmarks]]\ncode = \"486\"",
    ] {
        assert_eq!(saved(text, Change::Add(code(486))), text);
        assert_eq!(saved(text, note(486, "x")).matches("note").count(), 1);
    }
    let folder = tempfile::tempdir().expect("a directory");
    let removed = store(folder.path()).save([Change::Remove(code(486))]);
    removed.expect("nothing to do");
    assert!(!folder.path().join("bookmarks.toml").exists());
}

#[test]
fn a_list_of_entries_becomes_entries_with_all_that_stands_in_it() {
    let text = "version = 1\nbookmark = [ # all\n  { code = 486, a.b = 1, a.c.d = 2 }, # busy\n\
                \x20 # perhaps 404\n  600, # everywhere\n  # no more\n] # the end\nother = 1\n";
    let now = saved(text, Change::Add(code(503)));
    for kept in [
        "# all\n",
        "a.b = 1\na.c.d = 2\n",
        "# busy\n",
        "# perhaps 404\n# everywhere\n[[bookmark]]\ncode = 600",
        "# no more\n",
        "# the end\n",
        "other = 1\n",
    ] {
        assert!(now.contains(kept), "{kept:?} is missing in\n{now}");
    }
    assert!(now.parse::<toml::Table>().is_ok(), "{now}");
    let codes: Vec<u16> = read(&now).0.into_iter().map(|kept| kept.0).collect();
    assert_eq!(codes, [486, 503, 600]);
}

#[test]
fn an_entry_that_is_written_in_a_note_is_text_whatever_else_is_wrong() {
    let inside = "[[bookmark]]\ncode = 487\n[[bookmark]]\ncode = 488\n";
    for wrong in [
        format!("code = \"5o3\"\nnote = '''\n{inside}'''\n"),
        format!("note = \"\"\"\n{inside}\"\"\"\n"),
        format!("code = 503\nnote = '''\n{inside}'''\nnote = 1\n"),
        format!("code = 503\nx = \nnote = '''\n{inside}'''\n"),
    ] {
        let text = format!("[[bookmark]]\n{wrong}[[bookmark]]\ncode = 600\n");
        let (notes, notice) = read(&text);
        assert_eq!(notes, [(600, None)], "{text}\n{notice}");
    }
    // A text without an end takes nobody with it, wherever it finds an end.
    for end in ["x\"\"\"\n", "\ny\n\"\"\"\n"] {
        let text = format!(
            "[[bookmark]]\ncode = 486\nnote = \"\"\"\nx\n[[bookmark]]\ncode = 503\nnote = \"\"\"{end}\
             [[bookmark]]\ncode = 600\n"
        );
        let (notes, notice) = read(&text);
        let codes: Vec<u16> = notes.iter().map(|note| note.0).collect();
        assert_eq!(codes, [503, 600], "{text}\n{notice}");
    }
}

#[test]
fn bookmarks_that_are_written_in_no_known_way_are_named_and_stay() {
    for (text, line) in [
        ("[bookmark.486]\nnote = \"a\"\n", "line 1: "),
        (
            "version = 1\n\n# c\n[bookmarks.486]\nnote = \"a\"\n",
            "line 4: ",
        ),
        ("version = 1\nbookmark.486.note = \"a\"\n", "line 2: "),
    ] {
        let (notes, notice) = read(text);
        assert_eq!(notes, []);
        assert!(
            notice.contains(line) && notice.contains("[[bookmark]]"),
            "{notice}"
        );
        let now = saved(text, Change::Add(code(503)));
        assert!(text.lines().all(|line| now.contains(line)), "{now}");
        assert_eq!(read(&now).0, [(503, None)]);
    }
}

#[test]
fn a_version_counts_however_it_is_written_and_is_written_once() {
    for (version, is_newer) in [
        ("\"1\"", false),
        ("1.0", false),
        ("true", false),
        ("0x1", false),
        ("\"2\"", true),
        ("2.5", true),
        ("1_0", true),
        ("99999999999999999999", true),
    ] {
        let text = format!("version = {version}\n\n[[bookmark]]\ncode = 486\n");
        let (notes, notice) = read(&text);
        assert_eq!(notes, [(486, None)]);
        assert_eq!(notice.contains("newer"), is_newer, "{text}: {notice}");
        if !is_newer {
            let now = saved(&text, Change::Add(code(600)));
            assert!(now.starts_with(&text) && read(&now).1.is_empty(), "{now}");
        }
    }
}

#[test]
fn comments_and_empty_lines_outlive_the_entry_that_they_stand_at() {
    let text = "# mine\n[[bookmark]]\ncode = 486\n\n# ---- servers ----\n\n\
                # [[bookmark]]\n# code = 404\n[[bookmark]] # c\n# in it\ncode = 503\n\n\n\n";
    let now = saved(text, Change::Remove(code(486)));
    assert_eq!(
        now,
        format!(
            "version = 1\n{}",
            text.replacen("[[bookmark]]\ncode = 486\n", "", 1)
        )
    );
    let now = saved(text, Change::Remove(code(503)));
    let gone = text
        .replacen("[[bookmark]] # c\n", "", 1)
        .replacen("code = 503\n", "", 1);
    assert_eq!(
        now,
        format!("version = 1\n\n{gone}")
            .replacen("\n\n", "\n", 1)
            .replacen("version = 1\n", "version = 1\n\n", 1)
    );
    let both = format!("{text}[[bookmark]]\ncode = 600\n");
    assert_eq!(read(&saved(&both, Change::Remove(code(503)))).0.len(), 2);
    let text = "version = 1\n\n[[bookmark]]\ncode = 486\n\n[[bookmark]]\ncode = 600\n\n\n\n";
    assert!(saved(text, Change::Remove(code(486))).ends_with("600\n\n\n\n"));
    assert_eq!(saved(text, Change::Remove(code(699))), text);
}

#[test]
fn an_import_of_a_merge_takes_each_side_as_an_entry() {
    let merged =
        "[[bookmark]]\n<<<<<<< a\ncode = 480\n=======\ncode = 603\nnote = \"x\"\n>>>>>>> b\n";
    let folder = tempfile::tempdir().expect("a directory");
    store(folder.path())
        .save([note(486, "mine")])
        .expect("saved");
    store(folder.path())
        .import(merged.as_bytes())
        .expect("imported");
    assert_eq!(kept(folder.path()), [480, 486, 603]);
    let text = fs::read_to_string(folder.path().join("bookmarks.toml")).expect("readable");
    assert!(text.parse::<toml::Table>().is_ok(), "{text}");
}

#[test]
fn what_cannot_be_read_is_exported_all_the_same() {
    let folder = tempfile::tempdir().expect("a directory");
    for broken in [&b"note = \"\xff\""[..], b"no TOML\n"] {
        fs::write(folder.path().join("bookmarks.toml"), broken).expect("written");
        let (bytes, loaded) = store(folder.path()).export().expect("exported");
        assert_eq!(bytes, broken);
        let error = loaded.expect_err("broken").to_string();
        assert!(error.contains("is broken"), "{error}");
    }
}

#[test]
fn what_is_wrong_is_said_in_words_of_a_user() {
    for field in [
        "x",
        "= 1",
        "a! = 1",
        "a == 1",
        "a = b",
        "a = b\"",
        "a = \"b",
        "a = 'b",
        "a = \"\u{1}\"",
        "a = '\u{1}'",
        "a = \"\\q\"",
        "a = \"\\uD800\"",
        "a = \"\\u12\"",
        "a = [",
        "a = {",
        "a = 1 2",
        "a = 1\na = 2",
        "a = nil",
        "a = 012",
        "a = 1_",
        "a = 1\rb = 2",
        "a =",
        "a = \"\"\"",
        "a = 2020-13-40",
        "a = '''\u{1}'''",
        "a.b = 1\na = 2",
        "a = { b = 1, b = 2 }",
        "a = [1 2]",
        "a = 0xg",
        "a = +",
        "a = 1.",
        "a = tru",
        "\"a = 1",
        "a = { b }",
        "a = 1e",
        "a.= 1",
        "a = [1,,2]",
    ] {
        let (_, notice) = read(&format!("[[bookmark]]\ncode = 486\n{field}\n"));
        assert!(notice.contains("line "), "{field:?}: {notice}");
        for internal in [
            "expected",
            "invalid",
            "unexpected",
            "key",
            "literal",
            "variant",
            "`",
        ] {
            assert!(!notice.contains(internal), "{field:?}: {notice}");
        }
    }
}

#[test]
fn what_is_taken_away_and_comes_back_is_as_it_was() {
    for text in [
        "version = 1\n\n# of all\n\n# its own\n[[bookmark]]\ncode = 486\nadded = \"2020-01-01T00:00:00Z\"\n\
         note = '''\na\n# b\n''' # c\nstars = 5\n[bookmark.more]\nx = 1\n\n# below\n\n[[bookmark]]\ncode = 600\n",
        "version = 1\n\n[[bookmark]]\ncode = 486\nadded = \"2020-01-01T00:00:00Z\"\n\
         note = \"a\\n# b\"\nstars = 5\n[bookmark.more]\nx = 1",
    ] {
        let folder = tempfile::tempdir().expect("a directory");
        let path = folder.path().join("bookmarks.toml");
        fs::write(&path, text).expect("written");
        let mut store = store(folder.path());
        let before = store.load().expect("bookmarks").bookmarks;
        store.save([Change::Remove(code(486))]).expect("saved");
        let saved = store.save([note(486, "a\n# b")]).expect("saved");
        assert_eq!(saved.bookmarks, before);
        let now = fs::read_to_string(&path).expect("readable");
        for line in text.lines().filter(|line| !line.is_empty()) {
            let count = |text: &str| text.lines().filter(|other| *other == line).count();
            assert_eq!(count(text), count(&now), "{line:?} in\n{now}");
        }
        assert!(now.parse::<toml::Table>().is_ok(), "{now}");
    }
}
