//! Files that cannot be read are named, with the line or the field.

use std::fs;
use std::path::Path;

use super::house::reference::asked::{Terms, term};
use super::house::reference::model::{Check, Response};
use super::house::reference::source::{parse, read};
use super::house::reference::themes;

/// Copies a folder with all that is in it.
fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("readable").path();
        let copy = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copied(&path, &copy);
        } else {
            fs::copy(&path, &copy).expect("copied");
        }
    }
}

#[test]
fn a_mistyped_folder_is_refused() {
    let error = read(Path::new("assets/responses")).err().expect("an error");
    assert!(error.contains("assets/responses/registry.tsv"), "{error}");
}

#[test]
fn unknown_and_missing_fields_are_named() {
    let text = std::fs::read_to_string("assets/responses/486.toml").expect("a page");
    let error = |text: &str| parse::<Response>(text).expect_err("refused");
    assert!(error(&text.replacen("summary =", "sumary =", 1)).contains("sumary"));
    assert!(
        error(&text.replacen("strength = \"MAY\"", "strength = \"MIGHT\"", 1)).contains("MIGHT")
    );
    assert!(error(&text.replacen("verdict = \"later\"", "verdict = \"soon\"", 1)).contains("soon"));
    assert!(error(&text.replacen("use_when =", "# use_when =", 1)).contains("use_when"));
}

#[test]
fn a_term_that_nobody_understands_is_refused() {
    for text in [
        "request",
        "not code 1xx,486",
        "faulty Via rport",
        "any Contact,Expires",
        "above CSeq 2147483647",
        "sdp-order",
        "star-without-expires-0",
    ] {
        assert!(term(text).is_ok(), "{text}");
    }
    for text in [
        "",
        "not ",
        "nothing",
        "requests",
        "methods INVITE",
        "method",
        "has ",
        "has Via To",
        "code 48",
        "code 7xx",
        "code 486,",
        "method INVITE,",
        "above CSeq many",
        "not not request",
        "sdp-keys",
    ] {
        assert_eq!(term(text), Err(format!("no term {text:?}")));
    }
    let check = "id = 'a'\nkind = 'note'\nsays = 'b'\ncite = '3261 1'\nwhen = ";
    let read = |when: &str| parse::<Check>(&format!("{check}'{when}'"));
    assert_eq!(
        read("request; has Via").expect("a check").when,
        Terms(vec![
            term("request").expect("a term"),
            term("has Via").expect("a term")
        ])
    );
    assert!(
        read("request; hass Via")
            .expect_err("refused")
            .contains("no term \"hass Via\"")
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn a_row_that_cannot_be_read_is_named_by_file_and_line() {
    let folder = tempfile::tempdir().expect("a directory");
    copied(Path::new("assets"), folder.path());
    assert!(read(folder.path()).is_ok());
    for (file, from, to, says) in [
        (
            "registry.tsv",
            "100\tTrying",
            "1OO\tTrying",
            ":3: \"1OO\" is no number",
        ),
        (
            "registry.tsv",
            "21.1.1\tcurrent",
            "21.1.1\told",
            ":3: unknown variant `old`",
        ),
        (
            "registry.tsv",
            "100\tTrying\t",
            "100\tTrying ",
            ":3: 4 fields where 5 belong",
        ),
        (
            "http.tsv",
            "other",
            "cousin",
            ":2: unknown variant `cousin`",
        ),
        (
            "vendors.tsv",
            "to-isdn",
            "to-pstn",
            ":2: no direction \"to-pstn\"",
        ),
        (
            "vendors.tsv",
            "\t302\t",
            "\t3x\t",
            ":2: \"3x\" is no number",
        ),
        (
            "vendors.tsv",
            "\t302\t",
            "\tyxx\t",
            ":2: \"y\" is no number",
        ),
        (
            "vendors.tsv",
            "\t23\t",
            "\t99999\t",
            ":2: \"99999\" is no number",
        ),
        (
            "rfc-sections.tsv",
            "2543\t",
            "2543 ",
            ":3: 3 fields where 4 belong",
        ),
        (
            "q850.toml",
            "without_cause",
            "ohne_cause",
            ": TOML parse error",
        ),
        (
            "families/busy.toml",
            "question",
            "questions",
            ": TOML parse error",
        ),
        (
            "responses/486.toml",
            "verdict = \"later\"",
            "verdict = 1",
            ": TOML parse error",
        ),
    ] {
        let path = folder.path().join(file);
        let text = fs::read_to_string(&path).expect("a file");
        assert!(text.contains(from), "{from:?} is not in {file}");
        fs::write(&path, text.replacen(from, to, 1)).expect("written");
        let error = read(folder.path()).err().expect("an error");
        fs::write(&path, text).expect("written");
        let expected = format!("{file}{says}");
        assert!(error.contains(&expected), "{expected} is not in {error}");
    }
}

#[test]
fn a_theme_has_every_role_in_words_that_are_known() {
    let folder = tempfile::tempdir().expect("a directory");
    let error = themes::read(&folder.path().join("none")).expect_err("no folder");
    assert!(error.contains("none: "), "{error}");
    let dark = fs::read_to_string("assets/themes/dark.toml").expect("a theme");
    for (from, to, says) in [
        ("star = ", "starr = ", "starr: no such role"),
        ("star = ", "# star = ", "star: missing"),
        (
            "\"yellow\"",
            "\"ochre\"",
            "star: no colour or attribute \"ochre\"",
        ),
        (
            "\"yellow\"",
            "\"yellow on\"",
            "star: no colour or attribute \"\"",
        ),
        ("star = ", "star ", "TOML parse error"),
    ] {
        assert!(dark.contains(from), "{from:?} is not in the theme");
        let path = folder.path().join("mine.toml");
        fs::write(&path, dark.replacen(from, to, 1)).expect("written");
        let error = themes::read(folder.path()).expect_err("an error");
        let expected = format!("mine.toml: {says}");
        assert!(error.contains(&expected), "{expected} is not in {error}");
    }
}
