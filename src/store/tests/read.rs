//! What is read as what, and what is said of it.

use super::*;

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
