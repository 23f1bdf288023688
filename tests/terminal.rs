//! The real binary in a real terminal: starts, is used, quits or is killed, gives it back as it was.
#![cfg(unix)]

use std::collections::BTreeSet;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::{fs, io, thread};

use rustix::process::{
    Pid, Signal, WaitId, WaitIdOptions, kill_process, kill_process_group, waitid,
};
use sipdex::app::{App, Opening};
use sipdex::bookmarks::Bookmarks;
use sipdex::choices::Start;
use sipdex::document::Document;
use sipdex::keymap::Keymap;
use sipdex::store::Store;
use sipdex::theme::{DEFAULT, THEMES, Theme};
use sipdex::tui::Explorer;
use sipdex::view::UNICODE;
use tempfile::TempDir;
use termlens::{Color, Key, MouseMode, Result, Screen, Terminal, TerminalBuilder};

#[path = "pty/explorer.rs"]
mod explorer;
#[path = "screens/screen.rs"]
mod inside;
#[cfg(target_os = "linux")]
#[path = "pty/raw.rs"]
mod raw;
use explorer::{
    LIMIT, LISTING, SEARCHING, SIPDEX, home, quit, rows, start, terminal, type_in, wait_for,
};

/// The foot of the screen, which is drawn last.
const READING: &str = "] next link";
const COMPARING: &str = "x swap";

/// Returns the same without a terminal.
fn without_terminal(home: &TempDir) -> Command {
    let mut sipdex = Command::new(SIPDEX);
    sipdex
        .env_clear()
        .env("TERM", "xterm-256color")
        .env("SIPDEX_CONFIG_DIR", home.path());
    sipdex
}

/// Starts the explorer, and opens a page in it.
fn start_at_486(terminal: TerminalBuilder) -> Result<Terminal> {
    let mut explorer = start(terminal)?;
    type_in(&mut explorer, "busy\r", &["┌ 486 Busy Here", READING])?;
    Ok(explorer)
}

/// Runs a shell script that finds the program in `$0`.
fn run(terminal: TerminalBuilder, script: &str) -> Result<Terminal> {
    terminal.args(["-c", script, SIPDEX]).spawn("/bin/sh")
}

/// Returns whether the terminal is in all the modes of the explorer, or in none of them.
fn has_modes(screen: &Screen, on: bool) -> bool {
    let mouse = screen.mouse_modes();
    screen.alternate_screen() == on
        && screen.bracketed_paste() == on
        && screen.focus_events() == on
        && mouse.contains(MouseMode::PressRelease) == on
        && mouse.len() == usize::from(on)
        && (on || screen.cursor_visible())
}

/// Returns whether a child ends or stops, which no screen tells; leaves it to be waited for.
fn happens_to(pid: Pid, what: WaitIdOptions) -> bool {
    let (sender, happened) = mpsc::channel();
    let what = what | WaitIdOptions::NOWAIT;
    thread::spawn(move || sender.send(waitid(WaitId::Pid(pid), what)).is_ok());
    matches!(happened.recv_timeout(LIMIT), Ok(Ok(Some(_))))
}

fn process(pid: Option<u32>) -> Pid {
    let pid = pid.and_then(|pid| pid.try_into().ok());
    pid.and_then(Pid::from_raw).expect("it has started")
}

fn send(signal: Signal, pid: Pid) -> Result<()> {
    Ok(kill_process(pid, signal).map_err(io::Error::from)?)
}

#[test]
fn a_newcomer_reads_compares_and_keeps_a_code() -> Result<()> {
    let home = home();
    let mut explorer = start(terminal(&home))?;
    type_in(&mut explorer, "busy", &["❯ busy", "┌ 486 Busy Here"])?;
    type_in(&mut explorer, "\r", &[READING, "Description"])?;
    type_in(&mut explorer, " ", &["1 marked"])?;
    type_in(&mut explorer, "600", &["❯ 600", SEARCHING])?;
    type_in(&mut explorer, "\r", &["┌ 600 Busy Everywhere", READING])?;
    type_in(&mut explorer, " ", &["2 marked"])?;
    // Without its foot, that of the page would still be there, and Esc and b would arrive together as Alt-B.
    let compared = ["486 against 600", "In short", COMPARING];
    type_in(&mut explorer, "c", &compared)?;
    type_in(&mut explorer, "\x1b", &[READING])?;
    type_in(&mut explorer, "b", &["600 bookmarked"])?;
    type_in(&mut explorer, "e", &["Note for 600 Busy Everywhere"])?;
    type_in(&mut explorer, "ends all\r", &["note saved"])?;
    explorer.send(Key::Char('q'))?;
    assert_eq!(explorer.wait_exit()?.code(), Some(0));

    let mut explorer = start(terminal(&home))?;
    type_in(&mut explorer, "\t", &[LISTING])?;
    type_in(&mut explorer, "B", &["★ 600 Busy Everywhere", "★ ends all"])?;
    quit(explorer)
}

#[test]
fn a_word_and_enter_in_one_go_search_and_open() -> Result<()> {
    let home = home();
    quit(start_at_486(terminal(&home))?)
}

#[test]
fn keys_that_arrive_together_do_what_they_do_one_by_one() -> Result<()> {
    let size = (120, 20);
    for (names, keys) in [
        ("enter pgdn", "\r\x1b[6~"),
        ("enter G", "\rG"),
        ("enter ]", "\r]"),
        ("tab ? pgdn", "\t?\x1b[6~"),
    ] {
        let one_by_one = inside::Screen::new(size).press("4 8 8").press(names);
        let one_by_one = one_by_one.text();

        let home = home();
        let mut explorer = start(terminal(&home).size(size.0, size.1))?;
        type_in(&mut explorer, "488", &["┌ 488 Not"])?;
        explorer.send_str(keys)?;
        explorer.wait_until(|screen| rows(screen) == one_by_one)?;
        quit(explorer)?;
    }
    Ok(())
}

/// Runs the program and tells what is left of it: the exit status, whether the settings of the
/// terminal are the same, and which modes are on.
const AND_AFTER: &str = r#"
    before=$(stty -g)
    sh -c 'echo $$ >"$SIPDEX_CONFIG_DIR/pid"; exec "$0" "$@"' "$0" "$@"
    echo "status $?"
    test "$(stty -g)" = "$before" && echo "settings kept"
    for mode in 25 1000 1002 1003 1004 1006 1049 2004; do printf '\033[?%s$p' $mode; done
    read -r enter
"#;
/// What the terminal answers, echoed: the cursor is shown, and everything else is off.
const MODES_AFTER: &str = "^[[?25;1$y^[[?1000;2$y^[[?1002;2$y^[[?1003;2$y\
                           ^[[?1004;2$y^[[?1006;2$y^[[?1049;2$y^[[?2004;2$y";

#[derive(Debug)]
enum WayOut {
    Keys(&'static str),
    Kill(Signal),
    /// In the thread that a test of this file names.
    Panic(&'static str),
}

/// Runs the explorer with a key, Y, that panics; only to be started in a terminal by other tests.
fn explore_and_panic(on_copy: fn(&Document) -> String) {
    let ended = sipdex::tui::run(Explorer {
        app: App::new(Bookmarks::default(), &Opening::Nothing, Start::Search, true),
        store: Store::new(None),
        keymap: Keymap::default(),
        theme: Theme::named(DEFAULT).expect("a theme"),
        symbols: &UNICODE,
        markdown: on_copy,
    });
    unreachable!("it ended with {ended:?}");
}

#[test]
#[ignore = "is started in a terminal by the tests of the ways out"]
fn panics_in_the_main_thread() {
    explore_and_panic(|_| panic!("on purpose"));
}

#[test]
#[ignore = "is started in a terminal by the tests of the ways out"]
fn panics_in_another_thread() {
    explore_and_panic(|_| {
        let other = thread::spawn(|| panic!("on purpose"));
        drop(other.join());
        thread::sleep(LIMIT);
        String::new()
    });
}

fn leaves_the_terminal_as_it_was(term: &str) -> Result<()> {
    for (way_out, status) in [
        (WayOut::Keys("\tq"), 0),
        (WayOut::Keys("\x03"), 0),
        (WayOut::Kill(Signal::TERM), 143),
        (WayOut::Kill(Signal::INT), 130),
        (WayOut::Kill(Signal::HUP), 129),
        (WayOut::Kill(Signal::QUIT), 131),
        (WayOut::Panic("panics_in_the_main_thread"), 101),
        (WayOut::Panic("panics_in_another_thread"), 101),
    ] {
        let home = home();
        let shell = terminal(&home).env("TERM", term);
        let mut shell = if let WayOut::Panic(test) = way_out {
            let itself = std::env::current_exe()?.display().to_string();
            shell
                .args([
                    "-c",
                    AND_AFTER,
                    &itself,
                    test,
                    "--exact",
                    "--ignored",
                    "--nocapture",
                ])
                .spawn("/bin/sh")?
        } else {
            run(shell, AND_AFTER)?
        };
        shell.wait_until(|screen| screen.contains(SEARCHING) && has_modes(screen, true))?;
        match way_out {
            WayOut::Keys(keys) => shell.send_str(keys)?,
            WayOut::Kill(signal) => {
                let pid = fs::read_to_string(home.path().join("pid"))?;
                send(signal, process(pid.trim().parse().ok()))?;
            }
            WayOut::Panic(_) => {
                type_in(&mut shell, "\t", &[LISTING])?;
                shell.send_str("Y")?;
            }
        }
        wait_for(&mut shell, "^[[?2004")?;
        shell.send(Key::Enter)?;
        shell.wait_exit()?;
        let after = shell.screen();
        let status = format!("status {status}\n");
        for left in [&status, "settings kept\n", MODES_AFTER] {
            assert!(after.contains(left), "{way_out:?}, {left:?}: {after}");
        }
        let panicked = matches!(way_out, WayOut::Panic(_));
        assert_eq!(
            after.contains("on purpose"),
            panicked,
            "{way_out:?}: {after}"
        );
        assert!(has_modes(&after, false), "{way_out:?}: {after}");
    }
    Ok(())
}

#[test]
fn every_way_out_leaves_an_xterm_as_it_was() -> Result<()> {
    leaves_the_terminal_as_it_was("xterm-256color")
}

#[test]
fn every_way_out_leaves_a_tmux_as_it_was() -> Result<()> {
    leaves_the_terminal_as_it_was("tmux-256color")
}

/// Runs the explorer below a shell with job control; Enter continues it when it has stopped.
const WITH_JOB_CONTROL: &str = r#"
    set -m
    sh -c 'echo $$ >"$SIPDEX_CONFIG_DIR/pid"; exec "$0"' "$0"
    while test $? -gt 128; do jobs; read -r enter; fg; done
"#;
/// The same below a script that is no shell for a user, and stops with it.
const WITH_JOB_CONTROL_BY_A_SCRIPT: &str = r#"
    set -m
    sh -c 'sh -c "echo \$\$ >\"\$SIPDEX_CONFIG_DIR/pid\"; exec \"\$0\"" "$0"; exit $?' "$0"
    while test $? -gt 128; do jobs; read -r enter; fg; done
"#;

#[test]
fn stopped_it_gives_the_terminal_back_and_continued_it_repaints() -> Result<()> {
    for (script, from_outside) in [
        (WITH_JOB_CONTROL, false),
        (WITH_JOB_CONTROL, true),
        (WITH_JOB_CONTROL_BY_A_SCRIPT, false),
    ] {
        let home = home();
        let mut shell = run(terminal(&home), script)?;
        wait_for(&mut shell, SEARCHING)?;
        type_in(&mut shell, "busy\r", &["┌ 486 Busy Here", READING])?;
        let before = shell.snapshot_after(|screen| screen.contains(READING))?;
        for times in 1..=2 {
            if from_outside {
                let pid = fs::read_to_string(home.path().join("pid"))?;
                send(Signal::TSTP, process(pid.trim().parse().ok()))?;
            } else {
                shell.send(Key::Ctrl('z'))?;
            }
            // Its shell says so each time.
            let stopped = |screen: &Screen| screen.find_all("Stopped").len() == times;
            shell.wait_until(|screen| stopped(screen) && has_modes(screen, false))?;
            assert!(!shell.screen().contains("486 Busy Here"));
            shell.send(Key::Enter)?;
            shell.wait_until(|screen| has_modes(screen, true) && screen.text() == before.text())?;
        }
        quit(shell)?;
    }
    Ok(())
}

#[test]
fn asked_twice_at_once_it_stops_once() -> Result<()> {
    let home = home();
    let mut shell = run(terminal(&home), WITH_JOB_CONTROL)?;
    wait_for(&mut shell, SEARCHING)?;
    shell.send_str("\x1a\x1a")?;
    shell.wait_until(|screen| screen.contains("Stopped") && has_modes(screen, false))?;
    shell.send(Key::Enter)?;
    wait_for(&mut shell, SEARCHING)?;
    type_in(&mut shell, "busy\r", &["┌ 486 Busy Here", READING])?;
    quit(shell)
}

#[test]
fn where_nobody_could_continue_it_nothing_stops_it() -> Result<()> {
    for script in [r#"exec "$0""#, r#""$0"; exit $?"#] {
        for from_outside in [false, true] {
            let home = home();
            let script = format!(r#"echo $$ >"$SIPDEX_CONFIG_DIR/pid"; {script}"#);
            let mut shell = run(terminal(&home), &script)?;
            wait_for(&mut shell, SEARCHING)?;
            if from_outside {
                let group = fs::read_to_string(home.path().join("pid"))?;
                let group = process(group.trim().parse().ok());
                kill_process_group(group, Signal::TSTP).map_err(io::Error::from)?;
            } else {
                shell.send(Key::Ctrl('z'))?;
            }
            wait_for(&mut shell, "nobody could continue it here")?;
            assert!(has_modes(&shell.screen(), true));
            type_in(&mut shell, "busy\r", &["┌ 486 Busy Here", READING])?;
            quit(shell)?;
        }
    }
    Ok(())
}

#[cfg(target_os = "linux")]
mod vanishing {
    use super::*;

    /// Returns the processor time of a process in hundredths of a second.
    fn processor_time(pid: u32) -> io::Result<u64> {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
        let fields = stat.rsplit(')').next().unwrap_or_default();
        let times = fields.split_whitespace().skip(11).take(2);
        Ok(times.filter_map(|time| time.parse::<u64>().ok()).sum())
    }

    /// Takes the terminal away once a text has been read from it.
    fn ends_when_the_terminal_vanishes(rows: u16, text: &str) -> io::Result<()> {
        let home = home();
        let (mut terminal, mut explorer) = raw::start(&mut without_terminal(&home), 120, rows)?;
        raw::read_until(&mut terminal, text)?;
        let before = processor_time(explorer.id())?;
        drop(terminal);
        let ended = happens_to(Pid::from_child(&explorer), WaitIdOptions::EXITED);
        let spent = processor_time(explorer.id())? - before;
        explorer.kill()?;
        let status = explorer.wait()?;
        assert_eq!((ended, status.code()), (true, Some(129)), "{status}");
        assert!(spent < 25, "it spins: {spent}");
        Ok(())
    }

    #[test]
    fn a_terminal_that_vanishes_ends_it() -> io::Result<()> {
        // Where the cursor is put when all is drawn.
        ends_when_the_terminal_vanishes(40, "\x1b[1;11H")
    }

    #[test]
    fn a_terminal_that_vanishes_before_it_is_read_ends_it_as_later() -> io::Result<()> {
        // Whether it is read by then depends on the machine: one time out of ten it was not.
        for _ in 0..20 {
            ends_when_the_terminal_vanishes(40, "Responses")?;
        }
        Ok(())
    }

    #[test]
    fn a_terminal_that_vanishes_while_it_is_stopped_ends_it_as_later() -> io::Result<()> {
        // Which of the two is heard first, that it goes on or that the terminal is gone, depends on the machine.
        for _ in 0..40 {
            let home = home();
            let (mut terminal, mut explorer) = raw::start(&mut without_terminal(&home), 120, 40)?;
            raw::read_until(&mut terminal, "\x1b[1;11H")?;
            let pid = Pid::from_child(&explorer);
            kill_process(pid, Signal::STOP)?;
            assert!(happens_to(pid, WaitIdOptions::STOPPED));
            drop(terminal);
            kill_process(pid, Signal::CONT)?;
            let ended = happens_to(pid, WaitIdOptions::EXITED);
            explorer.kill()?;
            let status = explorer.wait()?;
            assert_eq!((ended, status.code()), (true, Some(129)), "{status}");
        }
        Ok(())
    }

    #[test]
    fn a_terminal_that_vanishes_while_it_draws_ends_it() -> io::Result<()> {
        // Too much for the terminal to take in before somebody reads it.
        ends_when_the_terminal_vanishes(4000, "Responses")
    }
}

#[test]
fn it_follows_the_size_of_the_terminal() -> Result<()> {
    let home = home();
    let mut explorer = start_at_486(terminal(&home))?;
    let before = explorer.snapshot_after(|screen| screen.contains(READING))?;
    explorer.resize(60, 15)?;
    // The page alone, from the first column on.
    explorer.wait_until(|screen| {
        screen.find("┌ 486 Busy Here") == Some((1, 0)) && screen.row_text(14).contains(READING)
    })?;
    explorer.resize(10, 3)?;
    wait_for(&mut explorer, "needs 20x5")?;
    explorer.resize(120, 40)?;
    explorer.wait_until(|screen| screen.text() == before.text())?;
    quit(explorer)
}

#[test]
fn without_colour_the_selection_is_still_seen() -> Result<()> {
    let is_coloured = |screen: &Screen| {
        let colours = |style: &termlens::Style| [style.fg, style.bg] != [Color::Default; 2];
        screen.find_by(|cell| colours(cell.style())).is_some()
    };
    for no_color in ["", "1"] {
        let home = home();
        let mut explorer = start(terminal(&home).env("NO_COLOR", no_color))?;
        explorer.send_str("busy")?;
        let shown = [
            "┌ 486 Busy Here",
            "  486 Busy Here",
            "  600 Busy Everywhere",
        ];
        let screen = explorer.snapshot_after(|screen| shown.iter().all(|s| screen.contains(s)))?;
        let (row, column) = screen.find(shown[1]).expect("the list shows it");
        let selected = screen.cell(row, column + 6).expect("a cell").style();
        assert_eq!(is_coloured(&screen), no_color.is_empty(), "{screen}");
        assert!(selected.reverse || no_color.is_empty(), "{selected:?}");
        for (keys, then) in [("\rc", COMPARING), ("?", "Esc close")] {
            type_in(&mut explorer, keys, &[then])?;
            assert_eq!(is_coloured(&explorer.screen()), no_color.is_empty());
        }
        quit(explorer)?;
    }
    Ok(())
}

#[test]
fn a_locale_without_unicode_gets_ascii_borders() -> Result<()> {
    let home = home();
    let mut explorer = start(terminal(&home).env("LANG", "C"))?;
    type_in(&mut explorer, "busy\r", &["+ 486 Busy Here", READING])?;
    for (keys, then) in [("", READING), ("c", COMPARING), ("?", "Esc close")] {
        type_in(&mut explorer, keys, &[then])?;
        let screen = explorer.screen();
        let other = screen.find_by(|cell| !cell.contents().is_ascii());
        assert_eq!(other, None, "{screen}");
    }
    quit(explorer)?;

    // LC_ALL says more than LC_CTYPE, and that more than LANG.
    for (variables, corner) in [
        (
            [
                ("LC_ALL", "C"),
                ("LC_CTYPE", "C.UTF-8"),
                ("LANG", "C.UTF-8"),
            ],
            "+",
        ),
        (
            [("LC_ALL", "C.UTF-8"), ("LC_CTYPE", "C"), ("LANG", "C")],
            "┌",
        ),
        (
            [("LC_ALL", ""), ("LC_CTYPE", "C"), ("LANG", "C.UTF-8")],
            "+",
        ),
    ] {
        let mut explorer = start(
            variables
                .into_iter()
                .fold(terminal(&home), |terminal, (name, value)| {
                    terminal.env(name, value)
                }),
        )?;
        type_in(
            &mut explorer,
            "busy\r",
            &[&format!("{corner} 486 Busy Here"), READING],
        )?;
        quit(explorer)?;
    }
    Ok(())
}

#[test]
fn without_a_terminal_it_names_the_commands_that_need_none() -> Result<()> {
    let home = home();
    let output = without_terminal(&home).stdin(Stdio::null()).output()?;
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert!(message.contains("sipdex show 486"), "{message}");
    assert_eq!(output.stdout, b"");

    for without in ["</dev/null", ">/dev/null", "TERM=dumb"] {
        let script = format!(r#"{without} "$0"; echo "status $?"; read -r enter"#);
        let mut shell = run(terminal(&home), &script)?;
        type_in(&mut shell, "", &["sipdex show 486", "status 2"])?;
        shell.send(Key::Enter)?;
        shell.wait_exit()?;
    }
    Ok(())
}

#[test]
fn a_copied_code_goes_to_the_clipboard_of_the_terminal() -> Result<()> {
    let home = home();
    let mut explorer = start_at_486(terminal(&home))?;
    type_in(&mut explorer, "y", &["sent to the terminal"])?;
    let screen = explorer.screen();
    let copied = screen.clipboard().and_then(|clipboard| clipboard.text());
    assert_eq!(copied, Some("486 Busy Here"));
    quit(explorer)
}

#[test]
fn m_gives_the_mouse_to_the_terminal_and_takes_it_back() -> Result<()> {
    let home = home();
    let mut explorer = start_at_486(terminal(&home))?;
    let clicks = |screen: &Screen| screen.mouse_modes().contains(MouseMode::PressRelease);
    assert!(clicks(&explorer.screen()));
    type_in(&mut explorer, "m", &["mouse off"])?;
    assert!(explorer.screen().mouse_modes().is_empty());
    type_in(&mut explorer, "m", &["mouse on"])?;
    assert!(has_modes(&explorer.screen(), true));
    quit(explorer)
}

#[test]
fn t_turns_to_every_theme_and_back_to_the_first() -> Result<()> {
    let home = home();
    let mut explorer = start_at_486(terminal(&home))?;
    // The foot says the name; the rest tells the theme by its styles.
    let styles = |screen: &Screen| {
        let styled = screen.mask_rect(.., 39..).with_styles().to_string();
        let rows = styled.lines().filter(|row| !row.starts_with("39: "));
        rows.map(str::to_owned).collect::<Vec<_>>()
    };
    let first = styles(&explorer.screen());
    let mut seen = BTreeSet::new();
    let mut theme = Theme::named(DEFAULT).expect("a theme");
    for _ in 0..THEMES.len() {
        theme = theme.next();
        explorer.send_str("t")?;
        let foot = format!("theme {}", theme.name);
        let screen = explorer.snapshot_after(|screen| screen.row_text(39).trim() == foot)?;
        seen.insert(styles(&screen));
    }
    assert_eq!(styles(&explorer.screen()), first);
    assert_eq!(seen.len(), THEMES.len());
    quit(explorer)
}
