//! What other programs are given: the clipboard of the terminal, tmux, a browser.
#![cfg(target_os = "linux")]

use std::io::Write;
use std::os::unix::fs::DirBuilderExt;
use std::process::{Command, Stdio};
use std::{fs, io};

use tempfile::TempDir;
use termlens::{Result, Screen, Terminal, TerminalBuilder};

#[path = "pty/explorer.rs"]
mod explorer;
use explorer::{
    LISTING, SEARCHING, SIPDEX, home, quit, start, terminal, type_in, wait_for, wait_until,
};

const READING: &str = "] next link";
const URL: &str = "https://www.rfc-editor.org/rfc/rfc3261";

/// Makes a program that the explorer finds in its PATH. Another process writes it: a file that this one
/// has open for writing could not be run as long as a child of another test has it too.
fn program(home: &TempDir, name: &str, script: &str) -> io::Result<()> {
    let mut shell = Command::new("/bin/sh")
        .args(["-c", r#"cat >"$0" && chmod +x "$0""#])
        .arg(home.path().join(name))
        .stdin(Stdio::piped())
        .spawn()?;
    let mut stdin = shell.stdin.take().expect("a pipe");
    stdin.write_all(format!("#!/bin/sh\n{script}\n").as_bytes())?;
    drop(stdin);
    assert!(shell.wait()?.success());
    Ok(())
}

/// Returns a terminal whose programs find those that were made.
fn with_programs(home: &TempDir) -> TerminalBuilder {
    let path = format!("{}:/usr/bin:/bin", home.path().display());
    terminal(home).env("PATH", path)
}

fn start_at_486(terminal: TerminalBuilder) -> Result<Terminal> {
    let mut explorer = start(terminal)?;
    type_in(&mut explorer, "busy\r", &["486 Busy Here ", READING])?;
    Ok(explorer)
}

fn clipboard(screen: &Screen) -> Option<String> {
    let clipboard = screen.clipboard()?;
    clipboard.text().map(str::to_owned)
}

/// Waits until the explorer has no child, not even one that ended and was not waited for.
fn wait_until_childless(explorer: &Terminal) {
    let pid = explorer.pid().expect("it has started").to_string();
    let is_child = |stat: String| {
        let fields = stat.rsplit(')').next().unwrap_or_default().to_owned();
        fields.split_whitespace().nth(1) == Some(&*pid)
    };
    wait_until("no child stays behind", || {
        let mut stats = fs::read_dir("/proc")
            .expect("the processes")
            .filter_map(|entry| fs::read_to_string(entry.ok()?.path().join("stat")).ok());
        !stats.any(is_child)
    });
}

#[test]
fn tmux_gets_what_is_copied_and_an_older_one_too() -> Result<()> {
    let takes = r#"test "$*" = "load-buffer -w -" && cat >"$SIPDEX_CONFIG_DIR/buffer""#;
    let older = r#"test "$*" = "load-buffer -" && cat >"$SIPDEX_CONFIG_DIR/buffer""#;
    for tmux in [takes, older] {
        let home = home();
        program(&home, "tmux", tmux)?;
        let mut explorer = start_at_486(with_programs(&home).env("TMUX", "/tmp/socket,1,0"))?;
        let then = "486 Busy Here: sent to the terminal; in the tmux buffer";
        type_in(&mut explorer, "y", &[then])?;
        let buffer = fs::read_to_string(home.path().join("buffer"))?;
        assert_eq!(buffer, "486 Busy Here");
        assert_eq!(clipboard(&explorer.screen()), Some(buffer));
        wait_until_childless(&explorer);
        quit(explorer)?;
    }
    Ok(())
}

#[test]
fn the_text_copied_last_is_the_last_in_tmux() -> Result<()> {
    let home = home();
    program(
        &home,
        "tmux",
        r#"cat >>"$SIPDEX_CONFIG_DIR/buffer"; echo >>"$SIPDEX_CONFIG_DIR/buffer""#,
    )?;
    let mut explorer = start_at_486(with_programs(&home).env("TMUX", "/tmp/socket,1,0"))?;
    let then = "the page as Markdown: sent to the terminal; in the tmux buffer";
    type_in(&mut explorer, "yyyyyY", &[then])?;
    let buffer = fs::read_to_string(home.path().join("buffer"))?;
    let rows: Vec<_> = buffer.lines().take(6).collect();
    assert_eq!(rows[..5], ["486 Busy Here"; 5]);
    assert!(rows[5].starts_with("# 486 Busy Here"), "{rows:?}");
    quit(explorer)
}

#[test]
fn a_tmux_that_does_not_take_it_is_told() -> Result<()> {
    let home = home();
    let in_tmux = |home| with_programs(home).env("TMUX", "/tmp/socket,1,0");
    program(&home, "tmux", "exit 1")?;
    let mut explorer = start_at_486(in_tmux(&home))?;
    type_in(
        &mut explorer,
        "y",
        &["not in the tmux buffer: exit status: 1"],
    )?;
    quit(explorer)?;

    // Without any tmux in the path.
    let mut explorer = start_at_486(in_tmux(&home).env("PATH", "/nowhere"))?;
    type_in(&mut explorer, "y", &["not in the tmux buffer: not found"])?;
    quit(explorer)
}

#[test]
fn a_tmux_that_hangs_holds_nobody_up() -> Result<()> {
    let home = home();
    // Longer than any test waits.
    program(&home, "tmux", "exec sleep 120")?;
    let in_tmux = || with_programs(&home).env("TMUX", "/tmp/socket,1,0");
    let mut explorer = start_at_486(in_tmux())?;
    type_in(&mut explorer, "y", &["486 Busy Here: sent to the terminal"])?;
    type_in(&mut explorer, "h", &[LISTING])?;
    wait_for(&mut explorer, "not in the tmux buffer: it does not answer")?;
    wait_until_childless(&explorer);
    type_in(
        &mut explorer,
        "Y",
        &["the page as Markdown: sent to the terminal"],
    )?;
    quit(explorer)
}

#[test]
fn a_terminal_without_a_clipboard_is_sent_nothing() -> Result<()> {
    for term in ["linux", "vt220"] {
        let home = home();
        let mut explorer = start_at_486(terminal(&home).env("TERM", term))?;
        for (key, what) in [("y", "486 Busy Here"), ("o", URL)] {
            type_in(&mut explorer, key, &[what, "not sent to the terminal"])?;
            assert_eq!(clipboard(&explorer.screen()), None);
        }
        quit(explorer)?;
    }
    Ok(())
}

#[test]
fn gnu_screen_passes_a_whole_page_on() -> Result<()> {
    let home = home();
    if !Command::new("screen")
        .arg("-v")
        .output()
        .is_ok_and(|output| !output.stdout.is_empty())
    {
        eprintln!("left out: GNU screen is not installed");
        return Ok(());
    }
    let sockets = home.path().join("sockets");
    fs::DirBuilder::new().mode(0o700).create(&sockets)?;
    let mut explorer = terminal(&home)
        .env("SCREENDIR", sockets)
        .args(["-U", "-c", "/dev/null", SIPDEX])
        .spawn("screen")?;
    wait_for(&mut explorer, "type to search")?;
    type_in(&mut explorer, "busy\r", &["486 Busy Here ", READING])?;
    let before = explorer.snapshot_after(|screen| screen.contains(READING))?;
    type_in(
        &mut explorer,
        "Y",
        &["the page as Markdown: sent to the terminal"],
    )?;
    explorer.wait_until(|screen| {
        clipboard(screen).is_some_and(|text| text.starts_with("# 486 Busy Here"))
    })?;
    let above = |screen: &Screen| screen.rect_text(.., ..39);
    assert_eq!(above(&explorer.screen()), above(&before));
    explorer.send_str("\x03")?;
    explorer.wait_exit().map(drop)
}

/// A browser that keeps what it was called with.
const KEEPS: &str = r#"for word in "$@"; do echo "$word"; done >"$SIPDEX_CONFIG_DIR/called""#;

#[test]
fn browser_is_read_as_people_write_it() -> Result<()> {
    for (browser, called) in [
        ("keeps", "URL\n"),
        ("keeps --new-window", "--new-window\nURL\n"),
        ("keeps --url=%s 'two words'", "--url=URL\ntwo words\n"),
        ("missing -n:fails %s:keeps %s --last", "URL\n--last\n"),
    ] {
        let home = home();
        program(&home, "keeps", KEEPS)?;
        program(&home, "fails", "exit 3")?;
        let desktop = with_programs(&home).env("DISPLAY", ":0");
        let mut explorer = start_at_486(desktop.env("BROWSER", browser))?;
        type_in(&mut explorer, "o", &[URL, "given to keeps"])?;
        let found = fs::read_to_string(home.path().join("called"))?;
        let url = "https://www.rfc-editor.org/rfc/rfc3261#section-21.4.24";
        assert_eq!(found, called.replace("URL", url), "{browser}");
        assert_eq!(clipboard(&explorer.screen()), None);
        quit(explorer)?;
    }
    Ok(())
}

#[test]
fn without_a_browser_the_address_is_shown_and_sent_with_the_reason() -> Result<()> {
    let home = home();
    program(&home, "fails", "exit 3")?;
    let desktop = with_programs(&home).env("DISPLAY", ":0");
    let mut explorer = start_at_486(desktop.env("BROWSER", "missing %s:fails"))?;
    let foot = format!(
        "{URL}#section-21.4.24 (not opened: missing: not found; fails: exit status: 3): sent"
    );
    type_in(&mut explorer, "o", &[&foot])?;
    let screen = explorer.screen();
    let sent = clipboard(&screen).expect("it was sent");
    assert!(sent.starts_with(URL), "{sent}");
    quit(explorer)
}

#[test]
fn without_a_display_no_browser_is_started() -> Result<()> {
    let home = home();
    program(&home, "keeps", KEEPS)?;
    let mut explorer = start_at_486(with_programs(&home).env("BROWSER", "keeps"))?;
    type_in(&mut explorer, "o", &[URL, "sent to the terminal"])?;
    let sent = clipboard(&explorer.screen()).expect("it was sent");
    assert!(sent.starts_with(URL), "{sent}");
    assert!(!home.path().join("called").exists());
    quit(explorer)
}

#[test]
fn no_browser_stays_behind_as_a_zombie() -> Result<()> {
    let home = home();
    program(&home, "stays", "exec sleep 3")?;
    for (browser, times) in [("true", 3), ("stays", 1)] {
        let desktop = with_programs(&home).env("DISPLAY", ":0");
        let mut explorer = start_at_486(desktop.env("BROWSER", browser))?;
        for _ in 0..times {
            type_in(&mut explorer, "o", &[&format!("given to {browser}")])?;
            explorer.send_str("m")?;
            explorer.wait_until(|screen| !screen.contains("given to"))?;
        }
        wait_until_childless(&explorer);
        quit(explorer)?;
    }
    Ok(())
}

#[test]
fn what_tmux_took_is_said_only_while_its_copy_is_spoken_of() -> Result<()> {
    let home = home();
    program(
        &home,
        "tmux",
        r#"while ! test -e "$SIPDEX_CONFIG_DIR/go"; do sleep 0.01; done; cat >"$SIPDEX_CONFIG_DIR/buffer""#,
    )?;
    let mut explorer = start_at_486(with_programs(&home).env("TMUX", "/tmp/socket,1,0"))?;
    type_in(&mut explorer, "y", &["486 Busy Here: sent to the terminal"])?;
    type_in(&mut explorer, "h", &[LISTING])?;
    fs::write(home.path().join("go"), "")?;
    wait_until_childless(&explorer);
    assert_eq!(
        fs::read_to_string(home.path().join("buffer"))?,
        "486 Busy Here"
    );
    // What is read anew when the terminal gets the focus is drawn after the news of tmux.
    fs::write(
        home.path().join("bookmarks.toml"),
        "[[bookmark]]\ncode = 486\n",
    )?;
    type_in(&mut explorer, "\x1b[I", &["★ 486"])?;
    let screen = explorer.screen();
    assert!(
        screen.contains(LISTING) && !screen.contains("tmux"),
        "{screen}"
    );
    quit(explorer)
}

#[test]
fn a_browser_goes_on_while_the_explorer_is_stopped() -> Result<()> {
    let home = home();
    let stays = r#"echo $$ >"$SIPDEX_CONFIG_DIR/browser"; exec sleep 120"#;
    program(&home, "stays", stays)?;
    let script = r#"set -m; "$0"; echo is stopped; read -r _; kill -9 %1 $(cat "$SIPDEX_CONFIG_DIR/browser")"#;
    let desktop = with_programs(&home)
        .env("DISPLAY", ":0")
        .env("BROWSER", "stays");
    let mut shell = desktop.args(["-c", script, SIPDEX]).spawn("/bin/bash")?;
    wait_for(&mut shell, SEARCHING)?;
    type_in(&mut shell, "busy\r", &["486 Busy Here ", READING])?;
    type_in(&mut shell, "o", &["given to stays"])?;
    type_in(&mut shell, "\x1a", &["is stopped"])?;
    let browser = fs::read_to_string(home.path().join("browser"))?;
    let stat = fs::read_to_string(format!("/proc/{}/stat", browser.trim()))?;
    let state = stat.rsplit(')').next().unwrap_or_default().trim_start();
    assert!(!state.starts_with(['T', 'Z']), "{stat}");
    shell.send_str("\r")?;
    shell.wait_exit()?;
    Ok(())
}
