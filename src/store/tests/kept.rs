//! What a save leaves as it is.

use super::*;

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
