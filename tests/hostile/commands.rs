//! The commands, and what they print.

use super::explorer::home;
use super::pty::Start;
use super::strings::{Hostile, arguments, strings};
use super::{note_left, noted, notes, parsed, piped, sent, with_each, write};

/// What a forged line would begin with.
const FORGED: [&str; 3] = [
    "sipdex: all is well",
    "[[bookmark]]",
    " sipdex: 486 bookmarked",
];

/// Commands that say what they make of their arguments; `!` stands for the string.
const COMMANDS: &[&str] = &[
    "!",
    "show !",
    "compare 486 !",
    "search !",
    "list --class !",
    "bookmarks add !",
    "bookmarks add 486 --note !",
    "bookmarks import /no/!",
    "bookmarks import broken.toml",
    "--compare 486,!",
    "paths --config-dir /no/!",
    "bookmarks add 486 --config-dir /dev/null/!",
];

/// Commands that clap refuses because of the string.
const REFUSED: [&str; 3] = ["bookmarks !", "--!", "show 486 --format !"];

/// Runs commands with a string, and says which send something hostile, fail, or run a shell.
fn sent_by(commands: &[&str], string: &Hostile, forged: &[&str]) -> Vec<String> {
    let home = home();
    let broken = [b"note = \"", &string.bytes[..]].concat();
    write(home.path(), "broken.toml", &broken);
    let wrong = |typed: &&str| {
        let mut start = Start::new(home.path());
        start.arguments = arguments(typed, &string.argument());
        let (status, printed) = match start.print() {
            Ok(printed) => printed,
            Err(wrong) => return Some(format!("{typed}: {wrong}")),
        };
        let mut lines = printed.lines();
        let forged = lines.any(|line| forged.iter().any(|forged| line.starts_with(forged)));
        let in_order = matches!(status, Some(0..=2)) && !forged;
        (!in_order).then(|| format!("{typed}: {status:?} {printed}"))
    };
    let mut wrong: Vec<String> = commands.iter().filter_map(wrong).collect();
    if home.path().join("pwned").exists() {
        wrong.push("a shell: it ran".into());
    }
    wrong
}

#[test]
fn commands_send_nothing_hostile_to_the_terminal() {
    with_each(|string| {
        let wrong = sent_by(COMMANDS, string, &FORGED);
        [wrong, sent_by(&REFUSED, string, &[])].concat()
    });
}

#[test]
fn what_is_refused_forges_no_line() {
    with_each(|string| sent_by(&REFUSED, string, &FORGED));
}

#[test]
fn a_broken_bookmarks_file_is_reported_harmlessly() {
    with_each(|string| {
        let home = home();
        let broken = [b"note = \"", &string.bytes[..]].concat();
        write(home.path(), "bookmarks.toml", broken);
        let mut start = Start::new(home.path());
        start.arguments = arguments("bookmarks list", string.name.as_ref());
        match start.print() {
            Ok((_, printed)) if printed.contains("is broken") => Vec::new(),
            // One that looks like an entry is a wrong one.
            Ok((_, printed)) if printed.contains("left as it is") => Vec::new(),
            other => vec![format!("broken bookmarks: {other:?}")],
        }
    });
}

/// Returns what Markdown shows of a text; an unescaped sign that it obeys is an error.
fn read_as_markdown(text: &str) -> Result<String, char> {
    let mut read = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => read.extend(letters.next()),
            '`' | '*' | '_' | '<' | '>' | '[' | ']' | '|' | '#' | '~' | '&' => return Err(letter),
            other => read.push(other),
        }
    }
    Ok(read)
}

#[test]
fn notes_come_out_as_they_may_be_read_in_every_format() {
    let (here, there) = (home(), home());
    let strings = strings();
    write(here.path(), "bookmarks.toml", noted(&strings));
    let left: Vec<String> = strings
        .iter()
        .enumerate()
        .map(|(i, s)| note_left(i, s))
        .collect();
    let any = &strings[0];
    let json = piped(here.path(), "bookmarks list --format json", any);
    let same = |one: &[String], other: &[String]| {
        // What is left stands on one line in the table; a note keeps its lines.
        let flat = |text: &String| text.replace(" ⏎ ", " ").replace('\n', " ");
        for (i, string) in strings.iter().enumerate() {
            assert_eq!(flat(&one[i]), flat(&other[i]), "{}", string.name);
        }
        assert_eq!(one.len(), other.len());
    };
    same(&notes(&json), &left);
    sent::harmless(&json.replace('\n', " ")).expect("harmless JSON");

    let exported = piped(here.path(), "bookmarks export", any);
    sent::harmless(&exported.replace('\n', " ")).expect("a harmless export");
    write(there.path(), "exported.toml", exported);
    piped(there.path(), "bookmarks import exported.toml", any);
    same(
        &notes(&piped(there.path(), "bookmarks list --format json", any)),
        &left,
    );

    let plain = piped(here.path(), "bookmarks list", any);
    let of_plain = plain.lines().zip(&strings).map(|(line, string)| {
        sent::harmless(line).unwrap_or_else(|wrong| panic!("{}: {wrong}", string.name));
        line[line.find(" n").map_or(0, |at| at + 1)..].to_owned()
    });
    let of_plain: Vec<String> = of_plain.collect();
    let without_spaces: Vec<String> = left.iter().map(|left| left.trim_end().to_owned()).collect();
    same(&of_plain, &without_spaces);

    let markdown = piped(here.path(), "bookmarks list --format markdown", any);
    let of_markdown = markdown.lines().zip(&strings).map(|(line, string)| {
        let (_, note) = line.split_once(": ").expect("a note");
        let read = read_as_markdown(note);
        read.unwrap_or_else(|sign| panic!("{}: {sign:?} in {line}", string.name))
    });
    same(&of_markdown.collect::<Vec<_>>(), &without_spaces);
}

#[test]
fn a_search_gives_json_whatever_is_searched() {
    let home = home();
    for string in strings().iter().filter(|s| s.text().as_bytes() == s.bytes) {
        let hits = piped(home.path(), "search ! --format json", string);
        assert!(parsed(&hits).is_array(), "{}: {hits}", string.name);
    }
}
