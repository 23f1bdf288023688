//! What a terminal sends besides keys, to the real binary: none of it is text or a command, and keys work after it.
#![cfg(unix)]

use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use termlens::{Result, Screen, Terminal};

#[path = "pty/explorer.rs"]
mod explorer;
use explorer::{LIMIT, LISTING, SEARCHING, home, quit, start, terminal, type_in};

/// What a terminal answers, late, to a question of the program before, or tells on its own account.
const ANSWERS: [&str; 30] = [
    "\x1b[?2026;2$y",
    "\x1b[?25;1$y",
    "\x1b[4;2$y",
    "\x1b[?997;1n",
    "\x1b[0n",
    "\x1b[12;40R",
    "\x1b[?12;40R",
    "\x1b[?62;22c",
    "\x1b[>0;276;0c",
    "\x1b[?1u",
    "\x1b[8;40;120t",
    "\x1b[4;800;1200t",
    "\x1b[48;40;120;800;1200t",
    "\x1b[?0;4;2S",
    "\x1b[>4;2m",
    "\x1b]11;rgb:1e1e/1e1e/1e1e\x07",
    "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
    "\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
    "\x1b]4;1;rgb:cdcd/0000/0000\x07",
    "\x1b]52;c;YnVzeQ==\x07",
    "\x1b]52;c;YnVzeQ==\x1b\\",
    "\x1b]lquit\x1b\\",
    "\x1bP>|XTerm(390)\x1b\\",
    "\x1bP!|00000000\x1b\\",
    "\x1bP1$r0 q\x1b\\",
    "\x1bP1+r544e=787465726d\x1b\\",
    "\x1b_Gi=31;OK\x1b\\",
    "\x1b^quit\x1b\\",
    "\x1bXquit\x1b\\",
    "\x1b[201~",
];

/// The beginnings of what never ends.
const ENDLESS: [&str; 9] = [
    "\x1b[?2026;2$",
    "\x1b[<64;3",
    "\x1b[M +",
    "\x1b[",
    "\x1bO",
    "\x1b]11;rgb:1e1e",
    "\x1b]0;title\x1b",
    "\x1bP1$r",
    "\x1b_Gi=1",
];

/// What stands in the list where the bookmarks alone are shown.
const BOOKMARKS: &str = "no bookmarks";

/// Returns what the search line holds.
fn query(screen: &Screen) -> String {
    let row = screen.row_text(0);
    let query = row.split('❯').nth(1).unwrap_or_default();
    query
        .split("  ")
        .next()
        .unwrap_or_default()
        .trim()
        .to_owned()
}

/// Starts the explorer with the list of a query in focus, and one of its codes selected.
fn start_in_list(home: &TempDir) -> Result<Terminal> {
    let mut explorer = start(terminal(home))?;
    type_in(&mut explorer, "busy\t", &["┌ 486 Busy Here", LISTING])?;
    Ok(explorer)
}

/// By how much a line may tear a key apart, and how long after Esc the rest of a key does nothing.
const TORN: Duration = Duration::from_millis(50);
const AFTER_ESC: Duration = Duration::from_millis(500);

/// Types into the list what says how long it took, and returns the explorer. Where that is longer than anything is
/// promised for, since this test has to share a busy machine, it is typed into another one.
fn typed_within(
    limit: Duration,
    home: &TempDir,
    type_in: impl Fn(&mut Terminal) -> Result<Duration>,
) -> Result<Terminal> {
    let until = Instant::now() + LIMIT;
    loop {
        let mut explorer = start_in_list(home)?;
        if type_in(&mut explorer)? < limit {
            return Ok(explorer);
        }
        quit(explorer)?;
        assert!(Instant::now() < until, "never within {limit:?}");
    }
}

/// Types a key byte by byte; returns the longest time between two of them.
fn tear(explorer: &mut Terminal, key: &str) -> Result<Duration> {
    let (mut longest, mut before) = (Duration::ZERO, None::<Instant>);
    for byte in key.chars() {
        let now = Instant::now();
        explorer.send_str(&byte.to_string())?;
        longest = longest.max(before.map_or(Duration::ZERO, |before| before.elapsed()));
        before = Some(now);
        thread::sleep(Duration::from_millis(5));
    }
    Ok(longest)
}

#[test]
fn late_answers_are_no_text_where_text_is_typed() -> Result<()> {
    let home = home();
    let mut explorer = start(terminal(&home))?;
    for answer in ANSWERS {
        explorer.send_str(&format!("{answer}busy"))?;
        explorer.wait_until(|screen| query(screen) == "busy" && screen.contains(SEARCHING))?;
        // In the midst of a word, and before the key that empties the line.
        explorer.send_str(&format!("{answer} he{answer}re"))?;
        explorer.wait_until(|screen| query(screen) == "busy here")?;
        explorer.send_str(&format!("{answer}\x15"))?;
        explorer.wait_until(|screen| query(screen).is_empty())?;
    }
    quit(explorer)
}

#[test]
fn late_answers_are_no_commands_where_letters_are() -> Result<()> {
    let home = home();
    let mut explorer = start_in_list(&home)?;
    for answer in ANSWERS {
        for (key, then) in [
            ("\x1b[B", "┌ 600 Busy Everywhere"),
            ("k", "┌ 486 Busy Here"),
        ] {
            explorer.send_str(&format!("{answer}{key}"))?;
            explorer.wait_until(|screen| screen.contains(then) && screen.contains(LISTING))?;
        }
        let screen = explorer.screen();
        assert_eq!(query(&screen), "busy", "{answer:?}: {screen}");
    }
    quit(explorer)
}

#[test]
fn control_c_ends_it_in_the_midst_of_what_never_ends() -> Result<()> {
    for endless in ENDLESS {
        let home = home();
        let mut explorer = start_in_list(&home)?;
        explorer.send_str(&format!("{endless}\x03"))?;
        let status = explorer.wait_exit()?;
        assert_eq!(status.code(), Some(0), "{endless:?}");
    }
    Ok(())
}

#[test]
fn keys_work_again_after_what_never_ends() -> Result<()> {
    let home = home();
    let mut explorer = start_in_list(&home)?;
    let rows = ["┌ 600 Busy Everywhere", "┌ 486 Busy Here"];
    let keys = ["j", "k"].into_iter().zip(rows).cycle();
    // Alone, the shortest are keys with Alt.
    let endless = ENDLESS.iter().filter(|endless| endless.len() > 2);
    for (endless, (key, then)) in endless.zip(keys) {
        explorer.send_str(endless)?;
        // A person looks at the screen for longer than the terminal may pause.
        thread::sleep(Duration::from_secs(1));
        type_in(&mut explorer, key, &[then, LISTING])?;
    }
    quit(explorer)
}

#[test]
fn a_paste_without_its_end_is_text_and_then_keys_work() -> Result<()> {
    let home = home();
    for paste in ["busy\nq\x03B", "busy\nq\x03B\x1b[20"] {
        let mut explorer = start(terminal(&home))?;
        type_in(&mut explorer, "\t", &[LISTING])?;
        explorer.send_str(&format!("\x1b[200~{paste}"))?;
        explorer.wait_until(|screen| query(screen) == "busy qB" && screen.contains(SEARCHING))?;
        type_in(
            &mut explorer,
            "\x15486\r",
            &["┌ 486 Busy Here", "] next link"],
        )?;
        quit(explorer)?;
    }
    Ok(())
}

#[test]
fn a_key_that_is_torn_apart_is_never_another() -> Result<()> {
    let home = home();
    for key in [
        "\x1b[B",
        "\x1bOA",
        "\x1b[1;5B",
        "\x1b[5~",
        "\x1b[I",
        "\x1b[<35;9;9M",
    ]
    .repeat(3)
    {
        let mut explorer = typed_within(TORN, &home, |explorer| tear(explorer, key))?;
        // Of its bytes, B would show the bookmarks alone, and a number would be a query.
        type_in(&mut explorer, "?", &["Esc close"])?;
        type_in(&mut explorer, "\x1bOP", &[LISTING])?;
        let screen = explorer.screen();
        assert!(!screen.contains(BOOKMARKS), "{key:?}: {screen}");
        assert_eq!(query(&screen), "busy", "{key:?}: {screen}");
        quit(explorer)?;
    }
    Ok(())
}

#[test]
fn the_rest_of_a_key_after_esc_does_nothing() -> Result<()> {
    let home = home();
    for rest in ["[B", "OB", "[1;5B"] {
        let mut explorer = typed_within(AFTER_ESC, &home, |explorer| {
            type_in(explorer, "?", &["Esc close"])?;
            let began = Instant::now();
            type_in(explorer, "\x1b", &[LISTING])?;
            // What comes now was torn apart by more than a person notices.
            explorer.send_str(rest)?;
            Ok(began.elapsed())
        })?;
        type_in(&mut explorer, "?", &["Esc close"])?;
        type_in(&mut explorer, "\x1bOP", &["┌ 486 Busy Here", LISTING])?;
        let screen = explorer.screen();
        assert!(!screen.contains(BOOKMARKS), "{rest:?}: {screen}");
        assert_eq!(query(&screen), "busy", "{rest:?}: {screen}");
        quit(explorer)?;
    }
    Ok(())
}

#[test]
fn long_after_esc_a_bracket_is_a_key() -> Result<()> {
    let home = home();
    let mut explorer = start(terminal(&home))?;
    type_in(&mut explorer, "\t", &[LISTING])?;
    type_in(&mut explorer, "]", &["┌ 200 OK", LISTING])?;
    type_in(&mut explorer, "?", &["Esc close"])?;
    type_in(&mut explorer, "\x1b", &[LISTING])?;
    thread::sleep(Duration::from_secs(1));
    type_in(&mut explorer, "[", &["┌ 100 Trying", LISTING])?;
    quit(explorer)
}

#[test]
fn alt_with_an_arrow_does_nothing() -> Result<()> {
    let home = home();
    let mut explorer = start(terminal(&home))?;
    type_in(&mut explorer, "busy", &["┌ 486 Busy Here"])?;
    type_in(&mut explorer, "\x1b\x1b[B\x1b\x1bOA here", &["❯ busy here"])?;
    assert_eq!(query(&explorer.screen()), "busy here");
    quit(explorer)
}

#[test]
fn alt_with_a_letter_loses_no_key_after_it() -> Result<()> {
    let home = home();
    let mut explorer = start(terminal(&home))?;
    for alt in ["\x1b]", "\x1b[", "\x1bO", "\x1bP", "\x1b_", "\x1bx"] {
        explorer.send_str(alt)?;
        // A person takes their time.
        thread::sleep(Duration::from_millis(500));
        explorer.send_str("busy")?;
        explorer.wait_until(|screen| query(screen) == "busy")?;
        explorer.send_str("\x15")?;
        explorer.wait_until(|screen| query(screen).is_empty())?;
    }
    quit(explorer)
}

#[test]
fn keys_of_a_mode_that_another_program_left_on_work() -> Result<()> {
    let home = home();
    let mut explorer = start(terminal(&home))?;
    // The keypad, and characters by their numbers.
    type_in(
        &mut explorer,
        "\x1bOt\x1bOx\x1bOv\x1bOM",
        &["┌ 486 Busy Here", "] next link"],
    )?;
    type_in(
        &mut explorer,
        "\x1b[54u\x1b[48;1:1u\x1b[48;1:3u\x1b[51u",
        &["❯ 603"],
    )?;
    type_in(&mut explorer, "\x1b[27;5;117~\x1b[0;;233u", &["❯ é"])?;
    explorer.send_str("\x1b[1089::99;5u")?;
    assert_eq!(explorer.wait_exit()?.code(), Some(0));
    Ok(())
}

#[cfg(target_os = "linux")]
mod at_rest {
    use std::fs;
    use std::io;

    use super::*;

    /// Returns how often the threads of a process have gone to sleep.
    fn sleeps(pid: u32) -> io::Result<u64> {
        let mut sleeps = 0;
        for thread in fs::read_dir(format!("/proc/{pid}/task"))? {
            let status = fs::read_to_string(thread?.path().join("status"))?;
            let count = status
                .lines()
                .find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))
                .and_then(|count| count.trim().parse::<u64>().ok());
            sleeps += count.unwrap_or_default();
        }
        Ok(sleeps)
    }

    #[test]
    fn nothing_wakes_it_up_once_all_is_read() -> Result<()> {
        let home = home();
        let mut explorer = start_in_list(&home)?;
        let pid = explorer.pid().expect("it runs");
        for half_read in ["\x1b]11;", "\x1b[200~", "\x1b"] {
            explorer.send_str(half_read)?;
            // A second in which no thread wakes comes, or it never rests.
            let end = Instant::now() + LIMIT;
            loop {
                let before = sleeps(pid)?;
                thread::sleep(Duration::from_secs(1));
                if sleeps(pid)? == before {
                    break;
                }
                assert!(Instant::now() < end, "after {half_read:?} it never rests");
            }
        }
        quit(explorer)
    }
}

#[cfg(target_os = "linux")]
#[test]
fn windows_that_change_often_read_the_bookmarks_seldom() -> Result<()> {
    use std::{fs, io};

    // What a process has read so far, files and terminal together.
    let read = |explorer: &Terminal| -> io::Result<usize> {
        let pid = explorer.pid().expect("it has started");
        let io = fs::read_to_string(format!("/proc/{pid}/io"))?;
        let read = io.lines().find_map(|line| line.strip_prefix("rchar: "));
        Ok(read.and_then(|read| read.parse().ok()).unwrap_or_default())
    };
    let home = home();
    let bookmarks = format!("version = 1\n# {}\n", "a comment ".repeat(10_000));
    fs::write(home.path().join("bookmarks.toml"), &bookmarks)?;
    let mut explorer = start(terminal(&home))?;
    let before = read(&explorer)?;
    explorer.send_str(&("\x1b[I\x1b[O".repeat(100) + "busy"))?;
    explorer.wait_until(|screen| query(screen) == "busy" && screen.contains(SEARCHING))?;
    let often = (read(&explorer)? - before) / bookmarks.len();
    assert!((1..=20).contains(&often), "{often} times");
    quit(explorer)
}
