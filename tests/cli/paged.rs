//! What is longer than the terminal goes through the pager of the user, as git does it.

use std::process::Stdio;

use rustix::process::{Pid, Signal, kill_process};
use termlens::{Key, Result, Terminal};

use super::explorer::{SIPDEX, terminal, wait_for, wait_until};
use super::*;

/// A pager that shows how much it was given, and with what in its environment.
const COUNTS: &str = "echo \"pager $* LESS=${LESS-unset} LV=${LV-unset} $(wc -l) lines\"";

/// Runs a command on a terminal of 80x24, with a pager that stands in the directory of the user.
fn started(user: &User, script: &str, set: &[(&str, &str)], typed: &str) -> Result<Terminal> {
    user.program("shown", script);
    let path = format!("{}:/usr/bin:/bin", user.0.path().display());
    let run = "\"$0\" \"$@\"; echo end of it: $?; read -r enter";
    let args = ["-c", run, SIPDEX].into_iter().chain(typed.split(' '));
    let set = [("PAGER", "shown"), ("PATH", &path)]
        .into_iter()
        .chain(set.iter().copied());
    terminal(&user.0)
        .size(80, 24)
        .envs(set)
        .args(args)
        .spawn("/bin/sh")
}

/// Returns what stands on the terminal at the end, and the exit status.
fn ended_with(mut terminal: Terminal) -> Result<(String, String)> {
    terminal.wait_until(|screen| {
        screen
            .text()
            .lines()
            .any(|line| line.starts_with("end of it: "))
    })?;
    let text = terminal.screen().text();
    terminal.send_str("\r")?;
    terminal.wait_exit()?;
    let (shown, status) = text.rsplit_once("end of it: ").expect("the end");
    Ok((shown.to_owned(), status.trim().to_owned()))
}

fn shown(set: &[(&str, &str)], typed: &str) -> Result<String> {
    let (shown, status) = ended_with(started(&User::new(), COUNTS, set, typed)?)?;
    assert_eq!(status, "0", "{typed}: {shown}");
    Ok(shown)
}

#[test]
fn what_is_longer_than_the_terminal_is_paged_in_words_that_people_read() -> Result<()> {
    let long = "503; show 503 486; --format markdown 503; 480 486; compare 480 486; cause 34; warn 305; timer b; \
                product kamailio; list; search class:4xx; --color never 503";
    for typed in each(long) {
        let shown = shown(&[], typed)?;
        assert!(
            shown.starts_with("pager  LESS=FRX LV=-c "),
            "{typed}: {shown}"
        );
    }
    let plain = "list --class 6xx; search caller hung up; paths; --no-pager 503; 503 --no-pager; \
                 --format json 503; list --format json; man; completions bash";
    for typed in each(plain) {
        assert!(!shown(&[], typed)?.contains("LESS=FRX"), "{typed}");
    }
    let lines = User::new().done("timer b").lines().count();
    assert!(shown(&[], "timer b")?.contains(&format!(" {lines} lines")));
    Ok(())
}

#[test]
fn a_pager_is_named_as_for_git() -> Result<()> {
    for (set, begins) in [
        (
            &[("PAGER", "shown -a 'b  c'")][..],
            "pager -a b  c LESS=FRX",
        ),
        (
            &[("PAGER", "cat"), ("SIPDEX_PAGER", "shown")],
            "pager  LESS=FRX",
        ),
        (
            &[("PAGER", "shown"), ("SIPDEX_PAGER", "shown own")],
            "pager own ",
        ),
        (&[("LESS", "")], "pager  LESS= LV=-c "),
        (&[("LESS", "-S"), ("LV", "-a")], "pager  LESS=-S LV=-a "),
        (&[("PAGER", "X=1; shown $X | tr a-z A-Z")], "PAGER 1 "),
        (&[("TERM", "dumb")], "pager "),
    ] {
        let shown = shown(set, "503")?;
        assert!(shown.starts_with(begins), "{set:?}: {shown}");
    }
    let whole = User::new().done("503");
    let last = whole.lines().last().expect("a line").trim();
    for set in [
        &[("PAGER", "")][..],
        &[("PAGER", "cat")],
        &[("SIPDEX_PAGER", "")],
        &[("SIPDEX_PAGER", "cat")],
    ] {
        let shown = shown(set, "503")?;
        assert!(
            !shown.contains("pager ") && shown.contains(last),
            "{set:?}: {shown}"
        );
    }
    Ok(())
}

#[test]
fn without_the_pager_all_is_printed() -> Result<()> {
    let user = User::new();
    let whole = user.done("503");
    let last = whole.lines().last().expect("a line").trim();
    for (pager, says) in [
        ("nosuch", "the pager \"nosuch\" could not be run"),
        ("nosuch -x", ""),
    ] {
        let set = [("PAGER", pager)];
        let terminal = started(&user, COUNTS, &set, "503")?;
        let (shown, status) = ended_with(terminal)?;
        assert!(shown.contains(last), "{pager}: {shown}");
        assert_eq!(status, "0", "{pager}");
        let of_short = started(&user, COUNTS, &set, "list --class 6xx")?;
        assert!(!ended_with(of_short)?.0.contains("nosuch"));
        // Said before the page, so it has scrolled away; a smaller page shows it.
        let terminal = terminal_of_all(&user, pager)?;
        assert!(terminal.contains(says), "{terminal}");
    }
    Ok(())
}

/// Returns what a missing pager leaves on standard error.
fn terminal_of_all(user: &User, pager: &str) -> Result<String> {
    let errors = user.0.path().join("errors");
    let run = format!(
        "\"$0\" list 2>'{}'; echo end of it: $?; read -r enter",
        errors.display()
    );
    let terminal = terminal(&user.0)
        .size(80, 24)
        .env("PAGER", pager)
        .args(["-c", &run, SIPDEX])
        .spawn("/bin/sh")?;
    ended_with(terminal)?;
    Ok(fs::read_to_string(errors)?)
}

#[test]
fn a_pager_that_ends_early_or_badly_is_no_error() -> Result<()> {
    let every: Vec<String> = registered().iter().map(u64::to_string).collect();
    let every = format!("show {}", every.join(" "));
    for script in [
        "head -3; exit 0",
        "head -3; exit 1",
        "head -3; kill -9 $$",
        "head -3; exec <&-; sleep 0.1",
    ] {
        let (shown, status) = ended_with(started(&User::new(), script, &[], &every)?)?;
        assert_eq!(status, "0", "{script}");
        let lines: Vec<&str> = shown.lines().filter(|line| !line.is_empty()).collect();
        assert!(
            lines.len() <= 4 && lines[0] == "100 Trying",
            "{script}: {shown}"
        );
        assert!(!shown.contains("sipdex:"), "{script}: {shown}");
    }
    Ok(())
}

#[test]
fn ctrl_c_is_for_the_pager() -> Result<()> {
    // One that goes on, as less does, and one that ends.
    for (script, after) in [
        (
            // It waits in a program, which the signal ends at whatever moment it comes.
            "trap 'echo stays' INT; head -2; echo ready; sleep 30; read -r key </dev/tty; read -r key </dev/tty",
            Some("stays"),
        ),
        ("head -2; read -r key </dev/tty", None),
    ] {
        let user = User::new();
        let mut terminal = started(&user, script, &[], "503")?;
        wait_for(&mut terminal, "503 Service Unavailable")?;
        if after.is_some() {
            wait_for(&mut terminal, "ready")?;
        }
        terminal.send(Key::Ctrl('c'))?;
        if let Some(after) = after {
            wait_for(&mut terminal, after)?;
            terminal.send_str("\r\r")?;
        }
        // The shell around has it as well, so the status is seen where there is none.
        let status = terminal.wait_exit()?;
        assert!(
            terminal.screen().contains("503 Service Unavailable"),
            "{status}"
        );
    }
    let mut terminal = paging(&User::new())?;
    terminal.send(Key::Ctrl('c'))?;
    assert_eq!(terminal.wait_exit()?.code(), Some(0));
    assert!(terminal.screen().contains("503 Service Unavailable"));
    Ok(())
}

/// Starts a command without a shell around it, in a pager that waits for a key.
fn paging(user: &User) -> Result<Terminal> {
    let pager = user.program("shown", "head -2; read -r key </dev/tty");
    let terminal = terminal(&user.0).size(80, 24).env("PAGER", pager);
    let mut terminal = terminal.args(["503"]).spawn(SIPDEX)?;
    wait_for(&mut terminal, "503 Service Unavailable")?;
    Ok(terminal)
}

#[test]
fn a_signal_that_ends_us_waits_until_the_pager_has_ended() -> Result<()> {
    let user = User::new();
    let mut terminal = paging(&user)?;
    let pid = Pid::from_raw(terminal.pid().expect("started").cast_signed()).expect("a process");
    kill_process(pid, Signal::TERM).expect("sent");
    // Had it ended, the terminal would be gone from below the pager.
    wait_until("the signal came", || {
        let status = fs::read_to_string(format!("/proc/{}/status", pid.as_raw_nonzero()));
        let pending = |line: &str| line.starts_with("ShdPnd:") && line.ends_with(" 0");
        status.is_ok_and(|status| !status.lines().any(pending))
    });
    terminal.send_str("\r")?;
    assert_eq!(terminal.wait_exit()?.code(), None);
    Ok(())
}

#[test]
fn colours_go_into_the_pager_and_never_links() -> Result<()> {
    let sees = "if grep -q '\\[1m'; then echo styled; else echo bare; fi";
    let kitty = ("TERM", "xterm-kitty");
    for (set, typed, seen) in [
        (&[kitty][..], "503", "styled"),
        (&[kitty, ("NO_COLOR", "1")], "503", "bare"),
        (&[kitty, ("NO_COLOR", "1")], "503 --color always", "styled"),
        (&[kitty], "--color never 503", "bare"),
        (&[("TERM", "dumb")], "503", "bare"),
    ] {
        let (shown, _) = ended_with(started(&User::new(), sees, set, typed)?)?;
        assert_eq!(shown.trim(), seen, "{set:?} {typed}");
    }
    let links = "if grep -q ']8;'; then echo linked; else echo none; fi";
    let (shown, _) = ended_with(started(&User::new(), links, &[kitty], "503")?)?;
    assert_eq!(shown.trim(), "none");
    Ok(())
}

#[test]
fn nothing_is_paged_in_a_pipe() {
    let user = User::new();
    let pager = user.program("shown", COUNTS);
    for typed in each("503; 480 486; list; --color always 503") {
        let run = ended(
            user.command(typed)
                .env("PAGER", &pager)
                .stderr(Stdio::piped()),
        );
        assert_eq!(run.status, 0);
        assert!(!run.out.contains("pager "), "{typed}");
    }
}
