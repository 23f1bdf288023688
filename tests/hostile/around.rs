//! What is around the explorer: the configuration, the environment, folders and their names.

use std::ffi::OsString;
use std::fs;

use super::explorer::{SEARCHING, home};
use super::pty::Start;
use super::strings::{Hostile, strings};
use super::{end, explore, notes, quit, quoted, sent, with_each, write};

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
