//! What other programs are given, each in a thread of its own: the loop waits for none of them.

use std::ffi::OsStr;
use std::io;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::wake::{Outcome, Wake};
use super::{browser, clipboard};

/// How often a program is looked after.
const TICK: Duration = Duration::from_millis(10);
/// How long the end waits for a text that was copied just before it.
const MOMENT: Duration = Duration::from_millis(300);

/// The way to other programs, and back for the news.
pub(super) struct Outside {
    news: Sender<Wake>,
    /// What gives tmux its latest text.
    latest: Option<JoinHandle<()>>,
}

impl Outside {
    pub(super) fn new(news: Sender<Wake>) -> Self {
        Self { news, latest: None }
    }

    /// Gives tmux a text, after those before it.
    pub(super) fn copy(&mut self, text: String, said: String) {
        let news = self.news.clone();
        let before = self.latest.take();
        self.latest = Some(thread::spawn(move || {
            drop(before.map(JoinHandle::join));
            let taken = clipboard::to_tmux(&text);
            drop(news.send(Wake::Outcome(Outcome::Tmux(said, taken))));
        }));
    }

    /// Gives an address to a browser.
    pub(super) fn browse(&self, url: String) {
        let news = self.news.clone();
        thread::spawn(move || {
            let (opened, running) = match browser::open(&url) {
                Ok((program, running)) => (Ok(program), running),
                Err(why) => (Err(why), None),
            };
            drop(news.send(Wake::Outcome(Outcome::Browser(url, opened))));
            // Nothing that ended may stay behind.
            drop(running.map(|mut child| child.wait()));
        });
    }

    /// Ends, but lets a text that is on its way arrive.
    pub(super) fn finish(self) {
        let start = Instant::now();
        while self
            .latest
            .as_ref()
            .is_some_and(|latest| !latest.is_finished())
            && start.elapsed() < MOMENT
        {
            thread::sleep(TICK);
        }
    }
}

/// Returns a command that writes nothing over the screen, and does not stop when we do.
pub(super) fn silent(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command
}

/// Returns how a program ended, or nothing if it still runs.
pub(super) fn ends_within(child: &mut Child, limit: Duration) -> io::Result<Option<ExitStatus>> {
    let start = Instant::now();
    loop {
        let ended = child.try_wait()?;
        if ended.is_some() || start.elapsed() >= limit {
            return Ok(ended);
        }
        thread::sleep(TICK);
    }
}

/// Says why a program could not be started.
pub(super) fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "not found".into(),
        _ => error.to_string(),
    }
}
