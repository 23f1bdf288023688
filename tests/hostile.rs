//! Hostile text through every way in and out of sipdex: what a terminal is sent is only what sipdex
//! writes itself, and what is kept is what a reader may see.
//!
//! `hostile.tsv` has the strings: a name, the string, and what is left of it.
#![cfg(target_os = "linux")]

#[path = "pty/explorer.rs"]
mod explorer;
#[path = "hostile/pty.rs"]
mod pty;
#[path = "pty/raw.rs"]
mod raw;
#[path = "hostile/sent.rs"]
mod sent;
#[path = "hostile/strings.rs"]
mod strings;

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use explorer::{SEARCHING, home};
use pty::{Running, Start};
use serde_json::Value;
use strings::{Hostile, arguments, strings};

/// The foot of a comparison.
const COMPARING: &str = "x swap";
/// What a forged line would begin with.
const FORGED: [&str; 3] = [
    "sipdex: all is well",
    "[[bookmark]]",
    " sipdex: 486 bookmarked",
];
/// The first code to be kept; one for each string from here on.
const FIRST: usize = 300;

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    fs::write(folder.join(name), bytes).expect("written");
}

/// Writes a text as TOML does, on one line.
fn quoted(text: &str) -> String {
    let letter = |letter: char| match letter {
        '"' | '\\' => format!("\\{letter}"),
        ' '..='~' => letter.to_string(),
        other => format!("\\U{:08X}", u32::from(other)),
    };
    format!("\"{}\"", text.chars().map(letter).collect::<String>())
}

/// Returns the end of a text, which a line shows even where the beginning does not fit.
fn end(text: &str) -> String {
    let text = text.trim_end();
    let from = text.char_indices().rev().nth(15).map_or(0, |(at, _)| at);
    text[from..].to_owned()
}

/// Returns the same of what stands in a note, where it is no longer than its last line.
fn end_of_note(left: &str, string: &Hostile) -> String {
    let text = string.text();
    let end = end(left);
    match text.trim_end().rsplit_once(['\n', '\r']) {
        None => end,
        Some((_, last)) => {
            let skipped = end.chars().count().saturating_sub(last.chars().count());
            end.chars().skip(skipped).collect()
        }
    }
}

/// Does something with each string, and says for which something was wrong.
fn with_each(wrong: impl Fn(&Hostile) -> Vec<String>) {
    let wrong = |string: &Hostile| {
        let named = |wrong: String| format!("{}, {wrong}", string.name);
        wrong(string).into_iter().map(named).collect::<Vec<_>>()
    };
    // The first that is wrong, since each may wait for a long time.
    let first = strings().iter().flat_map(wrong).next();
    assert_eq!(first, None);
}

/// Returns bookmarks with each string as a note, after a mark to find it by.
fn noted(strings: &[Hostile]) -> String {
    let entry = |(i, string): (usize, &Hostile)| {
        let note = quoted(&format!("n{i}:{}", string.text()));
        format!("[[bookmark]]\ncode = {}\nnote = {note}\n\n", FIRST + i)
    };
    strings.iter().enumerate().map(entry).collect()
}

/// Returns what a note of that file may be when it is read.
fn note_left(i: usize, string: &Hostile) -> String {
    format!("n{i}:{}", string.left).trim().to_owned()
}

#[test]
fn the_check_refuses_each_string_that_is_not_as_it_was() {
    for string in strings() {
        let mut sent = sent::Sent::by_command();
        let passed = sent.take(&string.bytes).and_then(|()| sent.end());
        let lines = string.text().contains('\n');
        let kept = string.bytes == string.left.as_bytes() || (lines && passed.is_ok());
        assert_eq!(passed.is_ok(), kept, "{}: {passed:?}", string.name);
        assert_eq!(sent::harmless(&string.left), Ok(()), "{}", string.name);
    }
}

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

/// Runs a command whose output goes to a pipe.
fn piped(folder: &Path, typed: &str, string: &Hostile) -> String {
    let mut start = Start::new(folder);
    start.arguments = arguments(typed, &string.argument());
    let output = start.command().output().expect("it runs");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn parsed(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

fn notes(json: &str) -> Vec<String> {
    let kept = parsed(json);
    let kept = kept.as_array().expect("a list").iter();
    kept.map(|kept| kept["note"].as_str().unwrap_or_default().to_owned())
        .collect()
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

/// Opens the explorer with arguments, and waits until it is all there.
fn explore(folder: &Path, typed: &str, foot: &str) -> Result<Running, String> {
    let mut start = Start::new(folder);
    start.arguments = typed.split_whitespace().map(OsString::from).collect();
    let mut explorer = start.explore()?;
    explorer.wait_for(foot)?;
    Ok(explorer)
}

/// Quits the explorer, which has nothing to say.
fn quit(explorer: Running) -> Result<(), String> {
    match explorer.quit()? {
        (Some(0), printed) if printed.is_empty() => Ok(()),
        other => Err(format!("it ends with {other:?}")),
    }
}

#[test]
fn notes_are_harmless_in_the_list_on_the_page_and_in_the_editor() {
    let home = home();
    let strings = strings();
    write(home.path(), "bookmarks.toml", noted(&strings));
    let mut explorer = explore(home.path(), "", SEARCHING).expect("the explorer");
    explorer.type_in("\tBg").expect("keys are taken");
    for (i, string) in strings.iter().enumerate() {
        let note = |explorer: &mut Running| {
            explorer.wait_for(&end_of_note(&note_left(i, string), string))?;
            explorer.type_in("e")?;
            explorer.wait_for("type a note")?;
            explorer.wait_for(&end_of_note(&note_left(i, string), string))?;
            let pasted = format!("p{i}:{}", string.text());
            explorer.paste(pasted.as_bytes())?;
            explorer.wait_for(&end_of_note(&format!("p{i}:{}", string.left), string))?;
            explorer.type_in("\r")?;
            explorer.wait_for("note saved")?;
            explorer.type_in("e")?;
            explorer.wait_for("type a note")?;
            explorer.type_in(&format!("\x15t{i}:{}:t{i}", string.letters()))?;
            explorer.wait_for(&format!(":t{i}"))?;
            explorer.type_in("\r")?;
            explorer.wait_for("note saved")?;
            explorer.type_in("j")
        };
        note(&mut explorer).unwrap_or_else(|wrong| panic!("{}, note: {wrong}", string.name));
    }
    quit(explorer).expect("quits");
    let kept = notes(&piped(
        home.path(),
        "bookmarks list --format json",
        &strings[0],
    ));
    for (note, string) in kept.iter().zip(&strings) {
        assert!(note.starts_with('t'), "{}: {note}", string.name);
        assert_eq!(sent::harmless(note), Ok(()), "{}", string.name);
    }
}

#[test]
fn queries_are_harmless_in_the_search_line_on_the_page_and_in_the_clipboard() {
    const NOTHING: &str = "nothing to copy";
    let home = home();
    let mut explorer = explore(home.path(), "", SEARCHING).expect("the explorer");
    let (mut titles, mut pages) = (0, 0);
    for (i, string) in strings().iter().enumerate() {
        let query = |explorer: &mut Running| {
            let pasted = format!("xyzzy{i} {}", string.text());
            explorer.paste(pasted.as_bytes())?;
            explorer.wait_for(&end(&format!("xyzzy{i} {}", string.left)))?;
            explorer.type_in("\tY")?;
            let said = explorer.wait_for_any(&[NOTHING, "the page as Markdown"])?;
            let title = format!("Nothing fits \"xyzzy{i} ");
            let shown = explorer.sent.screen().contains(&title);
            explorer.type_in(&format!("/\x15{}t{i}", string.letters()))?;
            explorer.wait_for(&format!("t{i} "))?;
            Ok::<_, String>((said, shown))
        };
        let (said, shown) =
            query(&mut explorer).unwrap_or_else(|wrong| panic!("{}, query: {wrong}", string.name));
        titles += usize::from(shown);
        pages += usize::from(said != NOTHING);
        // The page of a code is copied, and the query is no part of it.
        let copied = explorer.sent.copied.pop();
        assert_eq!(copied.is_some(), said != NOTHING, "{}", string.name);
        for line in copied.iter().flat_map(|copied| copied.lines()) {
            assert_eq!(sent::harmless(line), Ok(()), "{}, clipboard", string.name);
            assert!(!line.contains("xyzzy"), "{}: {line}", string.name);
        }
    }
    assert!(titles > 100, "only {titles} titles hold the query");
    assert!(pages > 0, "some query finds a code");
    quit(explorer).expect("quits");
}

#[test]
fn what_is_typed_over_a_comparison_is_harmless() {
    let home = home();
    let explorer = explore(home.path(), "--compare 486,600", COMPARING);
    let mut explorer = explorer.expect("the explorer");
    explorer.type_in("/").expect("keys are taken");
    for (i, string) in strings().iter().enumerate() {
        let choice = |explorer: &mut Running| {
            let pasted = format!("c{i} {}", string.text());
            explorer.paste(pasted.as_bytes())?;
            explorer.wait_for(&end(&format!("c{i} {}", string.left)))
        };
        choice(&mut explorer).unwrap_or_else(|wrong| panic!("{}, choice: {wrong}", string.name));
    }
    quit(explorer).expect("quits");
}

#[test]
fn a_paste_of_a_megabyte_is_text_and_no_command() {
    let home = home();
    let mut explorer = explore(home.path(), "", SEARCHING).expect("the explorer");
    let megabyte = |explorer: &mut Running| {
        explorer.type_in("\t")?;
        explorer.wait_for("Space mark")?;
        explorer.paste(&b"q\r".repeat(500_000))?;
        explorer.wait_for("q q q q q q")?;
        explorer.wait_for(SEARCHING)?;
        // Ctrl-U empties the line.
        explorer.type_in("\x15busy\r")?;
        explorer.wait_for("486 Busy Here")?;
        explorer.wait_for("] next link")
    };
    megabyte(&mut explorer).unwrap_or_else(|wrong| panic!("{wrong}"));
    quit(explorer).expect("quits");
}

/// Opens the explorer on a configuration, and waits for what it says of it.
fn complains(config: &[u8], about: &str) -> Result<(), String> {
    let home = home();
    write(home.path(), "config.toml", config);
    quit(explore(home.path(), "", about)?)
}

#[test]
fn what_the_configuration_says_is_harmless_in_the_status_line() {
    with_each(|string| {
        let said = quoted(&string.text());
        let values =
            format!("theme = {said}\n[keys]\n{said} = \"x\"\nquit = [{said}, \"ctrl-c\"]\n");
        let broken = [b"theme = \"", &string.bytes[..]].concat();
        let configurations = [
            ("values", values.as_bytes(), "no command"),
            ("broken", &broken, "config.toml"),
        ];
        let wrong = configurations.iter().filter_map(|(sink, config, about)| {
            let wrong = complains(config, about).err()?;
            Some(format!("configuration, {sink}: {wrong}"))
        });
        wrong.collect()
    });
}

/// Sets everything in the environment that sipdex reads to a string; the desktop is not to be asked.
fn surroundings(string: &Hostile) -> Vec<(&'static str, OsString)> {
    let names = ["LANG", "NO_COLOR", "BROWSER", "DISPLAY"];
    let mut all = Vec::from(names.map(|name| (name, string.argument())));
    // A terminal whose name is no text is none.
    all.push(("TERM", string.text().replace('\0', "").into()));
    all
}

#[test]
fn the_surroundings_are_harmless_in_a_folder_of_a_hostile_name() {
    with_each(|string| {
        let home = home();
        let folder = home.path().join(string.file_name());
        fs::create_dir_all(&folder).expect("created");
        let unknown = format!("{} = 1\n", quoted(&string.text()));
        write(&folder, "config.toml", unknown);
        write(&folder, "bookmarks.toml", "[");
        let surroundings = || -> Result<(), String> {
            let mut start = Start::new(&folder);
            start.arguments = vec!["--query".into(), string.text().replace('\0', "").into()];
            start.environment = surroundings(string);
            let mut explorer = start.explore()?;
            // An unended sequence in the name hides the rest of the path.
            explorer.wait_for("no such choice")?;
            explorer.wait_for(&end(&string.left))?;
            // The browser cannot be started.
            explorer.type_in("\x15486\ro")?;
            explorer.wait_for("sent to the terminal")?;
            quit(explorer)
        };
        let wrong = surroundings().err();
        wrong
            .map(|wrong| format!("surroundings: {wrong}"))
            .into_iter()
            .collect()
    });
}

#[test]
fn a_folder_that_cannot_be_is_named_harmlessly_and_once_more_at_the_end() {
    with_each(|string| {
        let home = home();
        write(home.path(), "file", "");
        let nowhere = || -> Result<(), String> {
            let folder = home.path().join("file").join(string.file_name());
            let mut start = Start::new(home.path());
            start.environment = vec![("SIPDEX_CONFIG_DIR", folder.into())];
            let mut explorer = start.explore()?;
            explorer.wait_for("could not read")?;
            explorer.type_in("\tb")?;
            explorer.wait_for("not saved")?;
            let (status, printed) = explorer.quit()?;
            let told = printed.starts_with("sipdex: what you changed could not be saved");
            let again = printed.contains("\n  sipdex bookmarks add 100\n");
            let in_order = status == Some(1) && told && again && printed.lines().count() == 3;
            in_order
                .then_some(())
                .ok_or_else(|| format!("{status:?} {printed:?}"))
        };
        let wrong = nowhere().err();
        wrong
            .map(|wrong| format!("no folder: {wrong}"))
            .into_iter()
            .collect()
    });
}

/// Writes notes where nothing can be saved; returns what the explorer prints at its end.
fn unsaved(notes: &[String]) -> Result<String, String> {
    let home = home();
    write(home.path(), "file", "");
    let mut start = Start::new(home.path());
    let folder = home.path().join("file").join("none");
    start.environment = vec![("SIPDEX_CONFIG_DIR", folder.into())];
    let mut explorer = start.explore()?;
    explorer.wait_for("could not read")?;
    explorer.type_in("\tg")?;
    for note in notes {
        explorer.type_in("e")?;
        explorer.wait_for("type a note")?;
        explorer.paste(note.as_bytes())?;
        explorer.type_in("\r")?;
        explorer.wait_for("not saved, kept until it can be")?;
        explorer.type_in("j")?;
        explorer.wait_for("Space mark")?;
    }
    Ok(explorer.quit()?.1)
}

/// Types in a shell what was printed; returns the notes that are kept then.
fn done_again(printed: &str) -> Vec<String> {
    let home = home();
    let (_, commands) = printed.split_once("again:\n").expect("commands");
    let (commands, _) = commands.rsplit_once("The reason").expect("a reason");
    let function = "sipdex() { \"$SIPDEX\" \"$@\"; }\n";
    let shell = std::process::Command::new("/bin/sh")
        .args(["-ec", &format!("{function}{commands}")])
        .current_dir(home.path())
        .env("SIPDEX", env!("CARGO_BIN_EXE_sipdex"))
        .env("SIPDEX_CONFIG_DIR", home.path())
        .output();
    let shell = shell.expect("a shell");
    let said = String::from_utf8_lossy(&shell.stderr);
    assert!(shell.status.success() && said.is_empty(), "{said}");
    assert!(!home.path().join("pwned").exists(), "a shell ran a note");
    let mut list = Start::new(home.path());
    list.arguments = ["bookmarks", "list", "--format", "json"]
        .map(OsString::from)
        .into();
    let list = list.command().output().expect("it runs");
    notes(&String::from_utf8_lossy(&list.stdout))
}

#[test]
fn what_could_not_be_saved_is_printed_so_that_a_shell_does_it_again() {
    let strings = strings();
    let strings: Vec<&Hostile> = strings.iter().filter(|s| s.left.len() < 400).collect();
    for some in strings.chunks(60) {
        let mut notes: Vec<String> = some.iter().map(|s| format!("-{}", s.text())).collect();
        notes.extend(["'; touch pwned; '", "--help", "it's"].map(str::to_owned));
        let left = some
            .iter()
            .map(|s| format!("-{}", s.left).trim().to_owned());
        let left = left.chain(notes[some.len()..].iter().cloned());
        let printed = unsaved(&notes).expect("the explorer");
        let again = done_again(&printed).into_iter();
        let again: Vec<String> = again.map(|note| note.replace('\n', " ")).collect();
        assert_eq!(again, left.collect::<Vec<_>>(), "{printed}");
    }
}

/// Returns the characters that no text may have, out of all strings.
fn dropped_letters() -> Vec<char> {
    let mut letters: Vec<char> = Vec::new();
    for string in strings() {
        let dropped = string.text();
        let dropped = dropped
            .chars()
            .filter(|c| sent::harmless(&c.to_string()).is_err());
        letters.extend(dropped);
    }
    letters.sort_unstable();
    letters.dedup();
    letters
}

fn shows_help(config: &str) -> Result<(), String> {
    let home = home();
    write(home.path(), "config.toml", config);
    let mut explorer = explore(home.path(), "", "Responses")?;
    explorer.type_in("\x1bOP")?;
    explorer.wait_for("Esc close")?;
    explorer.type_in("\x1b")?;
    explorer.wait_for(SEARCHING)?;
    quit(explorer)
}

#[test]
fn own_keys_are_harmless_in_the_help() {
    let letters = dropped_letters();
    assert!(letters.len() > 60, "{letters:?}");
    let wrong: Vec<String> = letters
        .iter()
        .filter_map(|letter| {
            let keys = [letter.to_string(), format!("alt-{letter}")];
            let keys = keys.map(|key| quoted(&key)).join(", ");
            let config = format!("[keys]\nnext-pane = [{keys}, \"tab\"]\n");
            let wrong = shows_help(&config).err()?;
            Some(format!("{letter:?}: {wrong}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
