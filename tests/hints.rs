//! What the foot of the screen and the help offer is true, and a key that cannot act says why.

#![cfg(unix)]

#[path = "pty/explorer.rs"]
mod explorer;

use std::fs;

use explorer::{SIPDEX, home, quit, terminal, type_in, wait_for};
use termlens::{Result, Screen, Terminal};

const TAB: &str = "\t";
const ENTER: &str = "\r";
const BACKSPACE: &str = "\x7f";
const ESCAPE: &str = "\x1b";
/// A key that has no meaning anywhere.
const F7: &str = "\x1b[18~";

const SIZES: [(u16, u16); 3] = [(120, 40), (80, 24), (60, 15)];

/// Returns the last row that shows anything.
fn foot(screen: &Screen) -> String {
    screen.row_text(screen.rows() - 1).trim().to_owned()
}

/// Types, and returns the screen as soon as its foot has a text.
fn until(explorer: &mut Terminal, typed: &str, says: &str) -> Result<Screen> {
    explorer.send_str(typed)?;
    explorer.snapshot_after(|screen| foot(screen).contains(says))
}

/// Types, and waits until the foot offers something, and nothing of what it should not.
fn offers(explorer: &mut Terminal, typed: &str, offer: &str, not: &[&str]) -> Result<()> {
    explorer.send_str(typed)?;
    explorer.wait_until(|screen| {
        let foot = foot(screen);
        foot.contains(offer) && !not.iter().any(|hint| foot.contains(hint))
    })
}

fn start((width, height): (u16, u16), arguments: &[&str]) -> Result<Terminal> {
    let home = home();
    let mut explorer = terminal(&home)
        .size(width, height)
        .args(arguments)
        .spawn(SIPDEX)?;
    wait_for(&mut explorer, "┘")?;
    Ok(explorer)
}

#[test]
fn what_does_nothing_here_is_not_offered() -> Result<()> {
    let mut explorer = start((120, 40), &[])?;
    type_in(&mut explorer, "zzqqxx", &["Nothing fits \"zzqqxx\""])?;
    offers(
        &mut explorer,
        TAB,
        "/ search · ? keys · q quit",
        &["read", "mark", "bookmark"],
    )?;
    // Nowhere to go back to, and no link to follow.
    offers(&mut explorer, "486\r", "Esc list", &["Backspace", "follow"])?;
    offers(&mut explorer, "]", "Enter follow", &["Backspace"])?;
    offers(&mut explorer, ENTER, "Backspace back", &["follow"])?;
    offers(&mut explorer, BACKSPACE, "Enter follow", &["Backspace"])?;
    assert!(explorer.screen().contains("┌ 486 Busy Here"));

    // Two codes are the least, and four are the most.
    offers(&mut explorer, "c", "+ add", &["remove"])?;
    offers(&mut explorer, "+480\r", "+ add · - remove", &[])?;
    offers(&mut explorer, "+603\r", "- remove", &["+ add"])?;
    quit(explorer)
}

#[test]
fn a_hint_says_what_the_key_does_now() -> Result<()> {
    let mut explorer = start((120, 40), &["--query", "busy"])?;
    until(&mut explorer, TAB, "b bookmark · q quit · Space mark")?;
    until(&mut explorer, " ", "Space unmark")?;
    until(&mut explorer, "b", "486 bookmarked")?;
    until(&mut explorer, F7, "b forget")?;
    until(&mut explorer, "B", "B all codes")?;
    until(&mut explorer, "B", "B only bookmarks")?;
    until(&mut explorer, "c", "f unfold")?;
    until(&mut explorer, "f", "equal rows unfolded")?;
    until(&mut explorer, F7, "f fold")?;
    quit(explorer)
}

#[test]
fn a_key_that_cannot_act_says_why() -> Result<()> {
    let home = home();
    let mut explorer = terminal(&home).spawn(SIPDEX)?;
    until(&mut explorer, "\t", "Enter read")?;
    until(
        &mut explorer,
        "B",
        "there are no bookmarks to show; b keeps the selected code",
    )?;
    type_in(&mut explorer, "/zzqqxx", &["Nothing fits"])?;
    let refused = [
        (" ", "mark"),
        ("c", "compare"),
        ("b", "bookmark"),
        ("e", "write a note for"),
        ("y", "copy"),
        ("o", "open"),
        ("Y", "copy"),
    ];
    until(&mut explorer, TAB, "/ search")?;
    until(
        &mut explorer,
        ENTER,
        "nothing is listed, so there is nothing to read",
    )?;
    for page in [false, true] {
        if page {
            until(&mut explorer, TAB, "Esc list")?;
        }
        for (key, act) in refused {
            let why = format!("nothing is listed, so there is nothing to {act}");
            until(&mut explorer, key, &why)?;
        }
    }
    until(&mut explorer, "]", "this page has no link")?;
    until(&mut explorer, ENTER, "this page has no link")?;
    until(&mut explorer, BACKSPACE, "no page was read before this one")?;
    assert!(
        explorer.screen().clipboard().is_none(),
        "nothing was copied"
    );
    assert!(!home.path().join("bookmarks.toml").exists());

    until(&mut explorer, "486\r", "Esc list")?;
    until(
        &mut explorer,
        ENTER,
        "no link is selected; ] and [ go from link to link",
    )?;
    until(&mut explorer, "c", "Tab column")?;
    until(
        &mut explorer,
        "-",
        "a comparison has two codes at the least",
    )?;
    type_in(&mut explorer, "+480\r", &["3 codes"])?;
    type_in(&mut explorer, "+603\r", &["columns 2 to 4 of 4"])?;
    until(&mut explorer, "+", "no more than 4 codes fit side by side")?;
    quit(explorer)
}

#[test]
fn a_code_that_is_compared_is_marked_in_the_choice_and_not_taken_twice() -> Result<()> {
    let mut explorer = start((100, 30), &["--compare", "480,486"])?;
    type_in(&mut explorer, "/48", &["481 Call/Transaction"])?;
    let screen = explorer.snapshot_after(|screen| screen.contains("● 480"))?;
    let marked: Vec<String> = (0..screen.rows())
        .filter_map(|row| Some(screen.row_text(row).split_once("● ")?.1.to_owned()))
        .collect();
    let codes: Vec<&str> = marked.iter().map(|row| &row[..3]).collect();
    assert_eq!(codes, ["480", "486"]);
    offers(&mut explorer, "", "Esc leave", &["take"])?;
    until(&mut explorer, ENTER, "480 is in the comparison already")?;
    until(&mut explorer, "1", "Enter take")?;
    type_in(&mut explorer, ENTER, &["481 against 486"])?;
    quit(explorer)
}

#[test]
fn bookmarks_that_were_removed_count_no_more() -> Result<()> {
    let mut explorer = start((80, 24), &["--query", "48"])?;
    until(&mut explorer, TAB, "b bookmark")?;
    for code in [480, 481, 482] {
        until(&mut explorer, "b", &format!("{code} bookmarked"))?;
        until(&mut explorer, "j", "b bookmark")?;
    }
    type_in(&mut explorer, "/\x1b", &["75 of 75"])?;
    type_in(&mut explorer, "\tB", &["bookmarks, 3 of 75"])?;
    for (code, left) in [(480, 2), (481, 1), (482, 0)] {
        until(&mut explorer, "b", &format!("bookmark of {code} removed"))?;
        assert!(
            explorer
                .screen()
                .contains(&format!("bookmarks, {left} of 75"))
        );
        explorer.send_str("j")?;
    }
    // As they are still listed, the same key brings them back.
    until(&mut explorer, "b", "482 bookmarked")?;
    type_in(
        &mut explorer,
        "b/x\x1b",
        &["No bookmarks", "bookmarks, 0 of 75"],
    )?;
    until(&mut explorer, ESCAPE, "B all codes")?;
    quit(explorer)
}

#[test]
fn a_remark_about_the_query_leaves_the_page_its_keys() -> Result<()> {
    for size in SIZES {
        let mut explorer = start(size, &[])?;
        until(&mut explorer, "class:", "takes a class")?;
        offers(&mut explorer, ENTER, "Esc list", &["takes a class"])?;
        until(&mut explorer, ESCAPE, "takes a class")?;
        quit(explorer)?;
    }
    Ok(())
}

#[test]
fn a_message_of_several_rows_leaves_the_panes_whole() -> Result<()> {
    for size in SIZES {
        let mut explorer = start(size, &[])?;
        explorer.send_str("foo:busy")?;
        let message = ["there is no filter foo:", "is:"];
        let screen =
            explorer.snapshot_after(|screen| message.iter().all(|part| screen.contains(part)))?;
        let (row, _) = screen.find("there is no filter").expect("the message");
        let border = screen.row_text(row - 1);
        let whole = border.starts_with('└') && border.trim_end().ends_with('┘');
        assert!(whole, "{size:?}:\n{}", screen.text());
        assert!((row..screen.rows()).all(|row| !screen.row_text(row).contains('│')));
        quit(explorer)?;
    }
    Ok(())
}

#[test]
fn a_notice_goes_at_the_next_key_whatever_that_does() -> Result<()> {
    let mut explorer = start((80, 24), &["--query", "486"])?;
    until(&mut explorer, ENTER, "Esc list")?;
    until(&mut explorer, "b", "486 bookmarked")?;
    until(&mut explorer, F7, "Esc list")?;
    until(&mut explorer, "?", "Esc close")?;
    // A key without meaning closes nothing, and a letter narrows the help.
    until(&mut explorer, &format!("{F7}q\x1b"), "Esc list")?;
    until(&mut explorer, "b", "bookmark of 486 removed")?;
    quit(explorer)
}

#[test]
fn an_abbreviation_is_explained_in_the_list() -> Result<()> {
    let mut explorer = start((100, 30), &["--query", "nf"])?;
    let screen = explorer.snapshot_after(|screen| screen.contains("404 Not Found"))?;
    let list = screen.row_text(2);
    assert!(list.contains("404 Not Found"), "{list}");
    let list = list.split("││").next().expect("the list");
    assert!(list.trim_end().ends_with(" short"), "{list}");
    assert!(
        screen.contains("└ initials of Not Found ─"),
        "{}",
        screen.text()
    );
    quit(explorer)
}

#[test]
fn a_command_that_lost_its_key_is_no_hint_and_the_help_says_so() -> Result<()> {
    let home = home();
    let own = "[keys]\nbookmark = [\"c\"]\nmark = [\"v\"]\ndown = [\"w\"]\n";
    fs::write(home.path().join("config.toml"), own).expect("written");
    let mut explorer = terminal(&home).spawn(SIPDEX)?;
    wait_for(
        &mut explorer,
        "keys: compare: c is the key of bookmark already",
    )?;
    // The letter stays text in the search line, and the key of the table works there.
    until(&mut explorer, F7, "type to search · Down choose")?;
    offers(
        &mut explorer,
        TAB,
        "c bookmark · q quit · v mark",
        &["compare"],
    )?;
    until(
        &mut explorer,
        "B",
        "there are no bookmarks to show; c keeps",
    )?;
    explorer.send_str("?nearest")?;
    explorer.wait_until(|screen| {
        let row = screen.find("compare the marked codes").map(|(row, _)| row);
        row.is_some_and(|row| screen.row_text(row).contains(" no key "))
    })?;
    quit(explorer)
}

#[test]
fn in_ascii_nothing_between_hints_looks_like_a_key() -> Result<()> {
    for (width, height) in SIZES {
        let home = home();
        let mut explorer = terminal(&home)
            .size(width, height)
            .env("LANG", "C")
            .env("TERM", "linux")
            .args(["--compare", "480,486,600"])
            .spawn(SIPDEX)?;
        let mut feet = vec![foot(&until(&mut explorer, "", "Esc back")?)];
        feet.push(foot(&until(&mut explorer, "/", "type to search")?));
        feet.push(foot(&until(&mut explorer, ESCAPE, "Esc back")?));
        feet.push(foot(&until(&mut explorer, ENTER, "Esc comparison")?));
        feet.push(foot(&until(&mut explorer, "e", "type a note")?));
        feet.push(foot(&until(&mut explorer, ESCAPE, "Esc comparison")?));
        feet.push(foot(&until(&mut explorer, ESCAPE, "Esc back")?));
        feet.push(foot(&until(&mut explorer, ESCAPE, "type to search")?));
        feet.push(foot(&until(&mut explorer, TAB, "Enter read")?));
        feet.push(foot(&until(&mut explorer, "?", "Esc close")?));
        for foot in feet {
            assert!(foot.is_ascii() && foot.contains(" | "), "{foot}");
            for hint in foot.split(" | ") {
                let (key, says) = hint.split_once(' ').expect("a key and a word");
                assert!(
                    !says.contains(['-', '+', '|']),
                    "{key:?} {says:?} in {foot}"
                );
            }
        }
        quit(explorer)?;
    }
    Ok(())
}
