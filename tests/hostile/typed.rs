//! What is typed and pasted into the explorer, and what it shows of notes.

use super::explorer::{SEARCHING, home};
use super::pty::Running;
use super::strings::{Hostile, strings};
use super::{end, explore, note_left, noted, notes, piped, quit, sent, write};

/// The foot of a comparison.
const COMPARING: &str = "x swap";

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
    // Most strings have words that are part of some text, and so find a page.
    assert!(titles > 30, "only {titles} titles hold the query");
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
