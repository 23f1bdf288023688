//! The real binary in a real terminal, whose every byte is read and checked.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, ioctl_fionbio};

use super::explorer::{LIMIT, SIPDEX};
use super::raw;
use super::sent::Sent;

/// How often a process is asked whether it has ended.
const BETWEEN: Duration = Duration::from_millis(5);
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
        let mut command = Command::new(SIPDEX);
        let usual = [
            ("TERM", "xterm-256color"),
            ("LANG", "C.UTF-8"),
            ("PAGER", ""),
        ];
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
        let started = || -> io::Result<Running> {
            let (terminal, inside) = raw::open(SIZE.0, SIZE.1)?;
            // A write that waits for a program that is gone would wait for ever.
            ioctl_fionbio(&terminal, true)?;
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

    /// Writes as fast as the program reads, and reads what it sends meanwhile, or each would wait for the other.
    fn write(&mut self, mut bytes: &[u8]) -> Result<(), String> {
        let mut until = Instant::now() + LIMIT;
        while !bytes.is_empty() {
            let ready = self.wait(PollFlags::IN | PollFlags::OUT, until)?;
            if !ready.contains(PollFlags::OUT) {
                if !self.read_what_there_is()? {
                    return Err(format!(
                        "it takes no keys, since it ended: {:?}",
                        self.sent.printed
                    ));
                }
                continue;
            }
            match self.terminal.write(bytes) {
                Ok(written) => {
                    bytes = &bytes[written..];
                    until = Instant::now() + LIMIT;
                }
                Err(error) if is_to_be_continued(&error) => {
                    self.read_what_there_is()?;
                }
                Err(error) => return Err(format!("it takes no keys: {error}")),
            }
        }
        Ok(())
    }

    /// Reads until the screen shows a text.
    pub(crate) fn wait_for(&mut self, text: &str) -> Result<(), String> {
        self.wait_for_any(&[text]).map(drop)
    }

    /// Reads until the screen shows one of some texts; returns it.
    pub(crate) fn wait_for_any<'a>(&mut self, texts: &[&'a str]) -> Result<&'a str, String> {
        let until = Instant::now() + LIMIT;
        loop {
            let screen = self.sent.screen();
            if let Some(text) = texts.iter().find(|text| screen.contains(**text)) {
                return Ok(text);
            }
            let waited = self.wait(PollFlags::IN, until);
            waited.map_err(|wrong| format!("none of {texts:?}, {wrong}"))?;
            if !self.read_what_there_is()? {
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
        let until = Instant::now() + LIMIT;
        loop {
            self.wait(PollFlags::IN, until)?;
            if !self.read_what_there_is()? {
                break;
            }
        }
        self.sent.end()?;
        let status = self.end(until)?;
        Ok((status.code(), std::mem::take(&mut self.sent.printed)))
    }

    /// Waits for the end of the process, which may come after that of its terminal.
    fn end(&mut self, until: Instant) -> Result<ExitStatus, String> {
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => return Ok(status),
                Ok(None) if Instant::now() < until => thread::sleep(BETWEEN),
                Ok(None) => return Err("it left its terminal and does not end".into()),
                Err(error) => return Err(error.to_string()),
            }
        }
    }

    /// Reads until there is nothing more for now; returns false at the end.
    fn read_what_there_is(&mut self) -> Result<bool, String> {
        let mut chunk = [0; 4096];
        // What never stops is left to the caller, who knows how long it may take.
        for _ in 0..64 {
            match self.terminal.read(&mut chunk) {
                Ok(length) if length > 0 => self.sent.take(&chunk[..length])?,
                Err(error) if is_to_be_continued(&error) => return Ok(true),
                // Linux reports so that nobody has the other side open any more.
                Ok(_) | Err(_) => return Ok(false),
            }
        }
        Ok(true)
    }

    /// Waits until the terminal is ready for something.
    fn wait(&self, wanted: PollFlags, until: Instant) -> Result<PollFlags, String> {
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let left = Timespec::try_from(left).map_err(|error| error.to_string())?;
            let mut terminal = [PollFd::new(&self.terminal, wanted)];
            match poll(&mut terminal, Some(&left)) {
                Ok(0) => return Err(format!("it hangs:\n{}", self.sent.screen())),
                Ok(_) => return Ok(terminal[0].revents()),
                Err(Errno::INTR) => {}
                Err(error) => return Err(error.to_string()),
            }
        }
    }
}

/// Returns whether an error says no more than that there is nothing to do for now.
fn is_to_be_continued(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted
    )
}

impl Drop for Running {
    fn drop(&mut self) {
        // It has ended already unless the test fails.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
