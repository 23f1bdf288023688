//! The real binary in a real terminal, whose every byte is read and checked.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::{Child, Command};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::pty::{OpenptFlags, openpt, ptsname, unlockpt};
use rustix::termios::{tcgetwinsize, tcsetwinsize};

use super::sent::Sent;

/// How long anything may take on a machine that has more to do.
const LIMIT: Duration = Duration::from_secs(30);
/// Wide enough that a message is not cut.
const SIZE: (u16, u16) = (240, 12);

/// What is started, and where.
pub(crate) struct Start<'a> {
    pub(crate) folder: &'a Path,
    pub(crate) arguments: Vec<OsString>,
    pub(crate) environment: Vec<(&'static str, OsString)>,
}

impl<'a> Start<'a> {
    pub(crate) fn new(folder: &'a Path) -> Self {
        Self {
            folder,
            arguments: Vec::new(),
            environment: Vec::new(),
        }
    }

    /// Returns the command for a user who has nothing but this folder.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sipdex"));
        let usual = [("TERM", "xterm-256color"), ("LANG", "C.UTF-8")];
        command
            .current_dir(self.folder)
            .args(&self.arguments)
            .env_clear()
            .env("SIPDEX_CONFIG_DIR", self.folder)
            .envs(usual)
            .envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs a command that prints; returns its exit status and what it printed.
    pub(crate) fn print(&self) -> Result<(Option<i32>, String), String> {
        let mut running = self.on_terminal(Sent::by_command())?;
        running.read_to_the_end()
    }

    /// Opens the explorer.
    pub(crate) fn explore(&self) -> Result<Running, String> {
        self.on_terminal(Sent::by_explorer(SIZE.0, SIZE.1))
    }

    fn on_terminal(&self, sent: Sent) -> Result<Running, String> {
        let opened = || -> io::Result<(File, File)> {
            let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
            unlockpt(&terminal)?;
            let mut size = tcgetwinsize(&terminal)?;
            (size.ws_col, size.ws_row) = SIZE;
            tcsetwinsize(&terminal, size)?;
            let inside = File::options()
                .read(true)
                .write(true)
                .custom_flags(OpenptFlags::NOCTTY.bits().cast_signed())
                .open(&*ptsname(&terminal, Vec::new())?.to_string_lossy())?;
            Ok((File::from(terminal), inside))
        };
        let started = || -> io::Result<Running> {
            let (terminal, inside) = opened()?;
            let child = self
                .command()
                .stdin(inside.try_clone()?)
                .stdout(inside.try_clone()?)
                .stderr(inside)
                .spawn()?;
            Ok(Running {
                terminal,
                child,
                sent,
            })
        };
        started().map_err(|error| format!("it does not start: {error}"))
    }
}

/// A program in its terminal; killed when dropped.
pub(crate) struct Running {
    terminal: File,
    child: Child,
    pub(crate) sent: Sent,
}

impl Running {
    pub(crate) fn type_in(&mut self, keys: &str) -> Result<(), String> {
        self.write(keys.as_bytes())
    }

    /// Pastes bytes as a terminal does, in place of what the line has.
    pub(crate) fn paste(&mut self, bytes: &[u8]) -> Result<(), String> {
        self.write(&[b"\x15\x1b[200~", bytes, b"\x1b[201~"].concat())
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), String> {
        let written = self.terminal.write_all(bytes);
        written.map_err(|error| format!("it takes no keys: {error}"))
    }

    /// Reads until the screen shows a text.
    pub(crate) fn wait_for(&mut self, text: &str) -> Result<(), String> {
        self.wait_for_any(&[text]).map(drop)
    }

    /// Reads until the screen shows one of some texts; returns it.
    pub(crate) fn wait_for_any<'a>(&mut self, texts: &[&'a str]) -> Result<&'a str, String> {
        loop {
            let screen = self.sent.screen();
            if let Some(text) = texts.iter().find(|text| screen.contains(**text)) {
                return Ok(text);
            }
            if !self.read()? {
                let printed = &self.sent.printed;
                return Err(format!("it ended without {texts:?}: {printed:?}"));
            }
        }
    }

    /// Quits the explorer; returns its exit status and what it printed on the normal screen.
    pub(crate) fn quit(mut self) -> Result<(Option<i32>, String), String> {
        self.type_in("\x03")?;
        self.read_to_the_end()
    }

    fn read_to_the_end(&mut self) -> Result<(Option<i32>, String), String> {
        while self.read()? {}
        self.sent.end()?;
        let status = self.child.wait().map_err(|error| error.to_string())?;
        Ok((status.code(), std::mem::take(&mut self.sent.printed)))
    }

    /// Reads all that there is, or waits for something; returns false at the end.
    fn read(&mut self) -> Result<bool, String> {
        let limit = Timespec::try_from(LIMIT).map_err(|error| error.to_string())?;
        if !self.is_readable(limit) {
            return Err(format!("it hangs:\n{}", self.sent.screen()));
        }
        let mut chunk = [0; 4096];
        while self.is_readable(Timespec::default()) {
            match self.terminal.read(&mut chunk) {
                // Linux reports so that nobody has the other side open any more.
                Ok(0) | Err(_) => return Ok(false),
                Ok(length) => self.sent.take(&chunk[..length])?,
            }
        }
        Ok(true)
    }

    fn is_readable(&self, limit: Timespec) -> bool {
        let mut readable = [PollFd::new(&self.terminal, PollFlags::IN)];
        poll(&mut readable, Some(&limit)) == Ok(1)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It has ended already unless the test fails.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
