//! Stopped by Ctrl-Z or a signal, and continued.

use std::{fs, io};

use rustix::process::{Signal, kill_process_group};
use termlens::{Key, Result, Screen};

use super::explorer::{SEARCHING, home, quit, terminal, type_in, wait_for};
use super::{READING, has_modes, process, run, send};

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
