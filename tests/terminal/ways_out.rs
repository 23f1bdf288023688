//! Quit, killed or in a panic: the terminal is as it was.

use std::{fs, thread};

use rustix::process::Signal;
use sipdex::app::{App, Opening, Traces};
use sipdex::bookmarks::Bookmarks;
use sipdex::choices::Start;
use sipdex::document::Document;
use sipdex::keymap::Keymap;
use sipdex::store::Store;
use sipdex::theme::{DEFAULT, Theme};
use sipdex::tui::{Explorer, Writers};
use sipdex::view::UNICODE;
use termlens::{Key, Result};

use super::explorer::{LIMIT, LISTING, SEARCHING, home, terminal, type_in, wait_for};
use super::{has_modes, process, run, send};

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
        config: None,
        writers: Writers {
            markdown: on_copy,
            plain: on_copy,
        },
        traces: Traces::default(),
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
        (WayOut::Panic("ways_out::panics_in_the_main_thread"), 101),
        (WayOut::Panic("ways_out::panics_in_another_thread"), 101),
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
