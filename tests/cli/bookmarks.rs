//! The bookmarks: kept, listed, forgotten, exported and imported, and where the files are.

use super::forms::assert_fits;
use super::*;

#[test]
fn paths_say_which_file_is_there() {
    let user = User::new();
    let there = |user: &User| -> Vec<bool> {
        let paths = user.done("paths");
        let lines = paths.lines();
        lines
            .map(|line| !line.ends_with("(not there yet)"))
            .collect()
    };
    assert_eq!(there(&user), [false, false]);
    user.done("bookmarks add 486");
    assert_eq!(there(&user), [false, true]);
    user.write("config.toml", "");
    assert_eq!(there(&user), [true, true]);
}

#[test]
fn the_directory_may_be_named_before_and_after_the_command() {
    let user = User::new();
    let (folder, paths) = (user.0.path().display(), user.done("paths"));
    assert!(paths.contains(&format!("{folder}/config.toml")), "{paths}");
    assert!(paths.contains(&format!("{folder}/bookmarks.toml")));
    for typed in ["paths --config-dir !", "--config-dir ! paths"] {
        let typed = typed.replace('!', &folder.to_string());
        assert_eq!(User::new().done(&typed), paths);
    }
}

#[test]
fn bookmarks_are_kept_listed_searched_and_forgotten() {
    let user = User::new();
    user.done("bookmarks add 486 --note no-credit");
    user.done("bookmarks add 600");
    user.done("bookmarks add 486");
    user.done(&format!("bookmarks add 431 --note {HOSTILE}\n"));
    insta::assert_snapshot!(user.done("bookmarks list"));
    let kept = user.json("bookmarks list");
    assert_fits(&kept, &json!(["bookmark"]), "bookmarks");
    assert_eq!(codes(&kept), [431, 486, 600]);
    assert_eq!(kept[0]["note"], "abdefg");
    let added = kept[2]["added"].as_str().expect("a date");
    assert!(added.len() == 20 && added.ends_with('Z'), "{added}");
    assert_eq!(codes(&user.json("search is:bookmarked")), [431, 486, 600]);
    user.done("bookmarks remove 486");
    assert_eq!(codes(&user.json("bookmarks list")), [431, 600]);
    user.write("bookmarks.toml", "[[bookmark]]\ncode = 486");
    let by_hand = json!([{ "code": 486, "note": null, "added": null }]);
    assert_eq!(user.json("bookmarks list"), by_hand);
    assert_eq!(codes(&user.json("search IS:BOOKMARKED")), [486]);
    assert_eq!(codes(&user.json("search Is: bookmarked")), [486]);
}

#[test]
fn several_codes_are_kept_and_forgotten_at_once() {
    let user = User::new();
    user.done("bookmarks add 480 486 600 --note later");
    assert_eq!(codes(&user.json("bookmarks list")), [480, 486, 600]);
    let run = user.run("bookmarks remove 480 603 600");
    assert_eq!(run.status, 1);
    assert_eq!(run.err, "sipdex: 603 is not bookmarked\n");
    assert_eq!(codes(&user.json("bookmarks list")), [486], "the others are");
}

#[test]
fn exported_bookmarks_are_imported_elsewhere() {
    let (here, there, elsewhere) = (User::new(), User::new(), User::new());
    here.done("bookmarks add 486 --note a\"note\"=[1]\\");
    here.done("bookmarks add 603");
    there.done("bookmarks add 100 --note mine");
    let exported = here.done("bookmarks export");
    let file = there.write("exported.toml", &exported);
    let import = there.run(&format!("bookmarks import {file}"));
    let said = (import.status, &*import.err);
    assert_eq!(said, (0, "sipdex: 2 bookmarks imported\n"));
    let (listed, all) = (here.done("bookmarks list"), there.done("bookmarks list"));
    assert!(all.starts_with("100 ") && all.ends_with(&listed), "{all}");
    let mut import: assert_cmd::Command = elsewhere.command("bookmarks import -").into();
    import.write_stdin(exported).assert().success().stdout("");
    assert_eq!(elsewhere.done("bookmarks list"), listed);
}

#[test]
fn a_broken_bookmarks_file_stays_while_it_is_read_and_is_set_aside_on_a_save() {
    let broken = b"[[bookmark]]\r\ncode = \"\x1b[31m\xff\0";
    let user = User::new();
    let path = user.write("bookmarks.toml", broken);
    for typed in each("bookmarks list; list --bookmarked; bookmarks remove 600") {
        let run = user.run(typed);
        assert!(run.status == 1 && is_clean(&run), "{typed}: {:?}", run.err);
        assert!(run.err.contains("is broken"), "{typed}: {:?}", run.err);
        assert_eq!(fs::read(&path).expect("still there"), broken);
    }
    let export = user.command("bookmarks export").output().expect("it runs");
    let says = String::from_utf8(export.stderr).expect("UTF-8");
    assert!(
        says.contains("is broken") && !says.contains('\u{1b}'),
        "{says}"
    );
    assert_eq!(export.status.code(), Some(1));
    assert_eq!(export.stdout, broken, "a copy has all of it");
    assert_eq!(fs::read(&path).expect("still there"), broken);
    let run = user.run("bookmarks add 600");
    assert!(run.status == 0 && is_clean(&run), "{:?}", run.err);
    let aside = run.err.split(' ').find(|word| word.contains("corrupt"));
    let bytes = fs::read(aside.expect("the name of a file"));
    assert_eq!(bytes.expect("a file set aside"), broken);
    assert_eq!(user.run("bookmarks list").err, "", "reported once");
}
