//! The real binary on a terminal that is no emulator: every byte that it writes is seen.
#![allow(dead_code, reason = "each test needs another part")]

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::process::{Child, Command, Stdio};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::pty::{OpenptFlags, openpt, ptsname, unlockpt};
use rustix::termios::{tcgetwinsize, tcsetwinsize};

use super::explorer::LIMIT;

/// Opens a terminal that sends no SIGHUP, since it controls no process; returns its two sides.
pub(crate) fn open(columns: u16, rows: u16) -> io::Result<(File, File)> {
    let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC;
    let terminal = openpt(flags)?;
    unlockpt(&terminal)?;
    let mut size = tcgetwinsize(&terminal)?;
    (size.ws_col, size.ws_row) = (columns, rows);
    tcsetwinsize(&terminal, size)?;
    let inside = File::options()
        .read(true)
        .write(true)
        .custom_flags(OpenptFlags::NOCTTY.bits().cast_signed())
        .open(&*ptsname(&terminal, Vec::new())?.to_string_lossy())?;
    Ok((terminal.into(), inside))
}

/// Starts a program on such a terminal.
pub(crate) fn start(program: &mut Command, columns: u16, rows: u16) -> io::Result<(File, Child)> {
    let (terminal, inside) = open(columns, rows)?;
    Ok((terminal, start_inside(program, inside)?))
}

/// Starts a program that has a side of a terminal as its own.
pub(crate) fn start_inside(program: &mut Command, inside: File) -> io::Result<Child> {
    program
        .stdin(inside.try_clone()?)
        .stdout(inside)
        .stderr(Stdio::null())
        .spawn()
}

/// Reads until a text has come, and returns all that came.
pub(crate) fn read_until(terminal: &mut File, text: &str) -> io::Result<Vec<u8>> {
    let limit = Timespec::try_from(LIMIT).expect("a short time");
    let mut drawn = Vec::new();
    while !String::from_utf8_lossy(&drawn).contains(text) {
        let mut readable = [PollFd::new(terminal, PollFlags::IN)];
        assert_eq!(poll(&mut readable, Some(&limit))?, 1, "no {text:?}");
        let mut chunk = [0; 1024];
        let length = terminal.read(&mut chunk)?;
        drawn.extend_from_slice(&chunk[..length]);
    }
    Ok(drawn)
}
