//! Imports and exports.

use super::*;

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
