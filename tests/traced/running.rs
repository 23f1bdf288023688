//! The real program on files and pipes, in a real terminal.

use std::fs::{self, File};
use std::io::Write;
use std::process::Command;

use termlens::Result;

use super::explorer::{SIPDEX, home, quit, terminal, type_in, wait_for};
use super::wire::{ETHERNET, PLAIN, Side, ipv4, udp};
use super::{log, messages};

/// The messages of the log, each in a packet.
fn capture() -> Vec<u8> {
    let packets = messages().map(|message| {
        let (_, message) = message.split_once('\n').expect("a label");
        let packet = ipv4(
            Side::Caller,
            17,
            1,
            0,
            &udp(Side::Caller, message.as_bytes()),
        );
        [&ETHERNET.1(false), &packet[..]].concat()
    });
    PLAIN.pcap(ETHERNET.0, &packets)
}

#[test]
fn it_opens_on_a_file_and_reads_a_call_again() -> Result<()> {
    let home = home();
    let path = home.path().join("full.log");
    fs::write(&path, log()).expect("a file");
    let name = path.to_str().expect("a name");
    for arguments in [&[name][..], &["--trace", name]] {
        let terminal = terminal(&home).args(arguments.iter().copied());
        let mut terminal = terminal.spawn(SIPDEX)?;
        wait_for(&mut terminal, "1 of 3 attempts failed")?;
        let call = ["INVITE 201 -> 300: 486 Busy Here", "Call-ID call1@"];
        type_in(&mut terminal, "\r]]\r", &call)?;
        quit(terminal)?;
    }
    Ok(())
}

#[test]
fn a_pipe_is_shown_as_it_comes_and_keys_come_from_the_terminal() -> Result<()> {
    is_shown_as_it_comes("full.log", log().as_bytes())
}

#[test]
fn a_capture_from_a_pipe_is_shown_as_it_comes() -> Result<()> {
    is_shown_as_it_comes("sip.pcap", &capture())
}

fn is_shown_as_it_comes(name: &str, bytes: &[u8]) -> Result<()> {
    let home = home();
    let path = home.path().join(name);
    fs::write(&path, bytes).expect("a file");
    // What comes first is shown before the pipe ends.
    let script = "(cat \"$1\"; sleep 60) | \"$0\" -";
    let name = path.to_str().expect("a name");
    let terminal = terminal(&home).args(["-c", script, SIPDEX, name]);
    let mut terminal = terminal.spawn("/bin/sh")?;
    wait_for(&mut terminal, "1 of 3 attempts failed")?;
    type_in(
        &mut terminal,
        "\r]]\r",
        &["INVITE 201 -> 300: 486 Busy Here"],
    )?;
    terminal.send(termlens::Key::Ctrl('c'))?;
    Ok(())
}

#[test]
fn what_is_gone_when_a_call_is_opened_is_named() -> Result<()> {
    let home = home();
    let path = home.path().join("full.log");
    let name = path.to_str().expect("a name");
    for (why, is_removed) in [("bytes", false), ("error", true)] {
        fs::write(&path, log()).expect("a file");
        let mut terminal = terminal(&home).args([name]).spawn(SIPDEX)?;
        wait_for(&mut terminal, "1 of 3 attempts failed")?;
        let change = if is_removed {
            fs::remove_file(&path)
        } else {
            fs::write(&path, "")
        };
        change.expect("a change");
        type_in(&mut terminal, "\r]]\r", &["not there any more", why])?;
        quit(terminal)?;
    }
    Ok(())
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_whose_name_is_no_text_is_opened() -> Result<()> {
    use std::os::unix::ffi::OsStrExt;
    let home = home();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.log");
    fs::write(home.path().join(name), log()).expect("a file");
    // The terminal of the tests passes on texts only.
    let script = "cd \"$1\" && exec \"$0\" caf*.log";
    let folder = home.path().to_str().expect("a name");
    let terminal = terminal(&home).args(["-c", script, SIPDEX, folder]);
    let mut terminal = terminal.spawn("/bin/sh")?;
    wait_for(&mut terminal, "1 of 3 attempts failed")?;
    quit(terminal)
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_goes_on_is_followed() -> Result<()> {
    let home = home();
    let path = home.path().join("full.log");
    fs::write(&path, log()).expect("a file");
    let name = path.to_str().expect("a name");
    let terminal = terminal(&home).args(["--follow", name]);
    let mut terminal = terminal.spawn(SIPDEX)?;
    wait_for(&mut terminal, "1 of 3 attempts failed")?;
    let mut file = File::options().append(true).open(&path).expect("a file");
    let more = log().replace("call", "next").replace(";tag=f", ";tag=g");
    file.write_all(more.as_bytes()).expect("more");
    wait_for(&mut terminal, "2 of 6 attempts failed")?;
    type_in(
        &mut terminal,
        "\r]]\r",
        &["INVITE 201 -> 300: 486 Busy Here"],
    )?;
    // A call that has gone with what was in the file.
    fs::write(&path, "").expect("a file");
    type_in(&mut terminal, "\x7f]\r", &["not there any more"])?;
    quit(terminal)
}

#[test]
fn what_is_no_file_is_said_before_the_terminal_is_taken() {
    let home = home();
    for (arguments, says) in [
        (&["--trace", "missing.log"][..], "missing.log"),
        (&["--trace", "."], "is a directory"),
        (&["."], "name the files in it"),
    ] {
        let mut command = Command::new(SIPDEX);
        let command = command.current_dir(home.path()).args(arguments);
        let output = command.output().expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(says), "{said}");
    }
}
