//! Saves in a thread of its own, one save at a time, so that a lock that another program holds stops no key.

use std::mem;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};

use super::wake::Wake;
use crate::bookmarks::Change;
use crate::store::{Loaded, Store};

/// How long the loop waits for a save, which nearly always ends sooner: what was saved is shown at once.
const PROMPT: Duration = Duration::from_millis(100);

/// The bookmark file, in the hands of the loop or of the thread that saves.
pub(super) struct Saver {
    /// None while the thread has it.
    store: Option<Store>,
    /// What the thread saves.
    sent: Vec<Change>,
    /// What came since it began.
    waiting: Vec<Change>,
    /// Tells the loop that there is something to take back.
    wakes: Sender<Wake>,
    back: (Sender<Saved>, Receiver<Saved>),
}

/// What the thread gives back.
#[derive(Debug)]
struct Saved {
    store: Store,
    outcome: Result<Loaded>,
}

impl Saver {
    pub(super) fn new(store: Store, wakes: Sender<Wake>) -> Self {
        Self {
            store: Some(store),
            sent: Vec::new(),
            waiting: Vec::new(),
            wakes,
            back: mpsc::channel(),
        }
    }

    /// Saves changes, and those that could not be saved before. Returns the outcome if it comes at once; one
    /// that comes later wakes the loop.
    pub(super) fn save(
        &mut self,
        changes: impl IntoIterator<Item = Change>,
    ) -> Option<Result<Loaded>> {
        self.waiting.extend(changes);
        self.begin();
        self.wait(PROMPT)
    }

    fn begin(&mut self) {
        let Some(mut store) = self.store.take() else {
            return;
        };
        let changes = mem::take(&mut self.waiting);
        self.sent = [store.unsaved(), &changes].concat();
        let (wakes, back) = (self.wakes.clone(), self.back.0.clone());
        thread::spawn(move || {
            let outcome = store.save(changes);
            // Nobody is left to tell where the explorer has ended.
            drop(back.send(Saved { store, outcome }));
            drop(wakes.send(Wake::Saved));
        });
    }

    /// Takes the file back with what it says now, and goes on with what came meanwhile. Returns none if
    /// nothing came back in time.
    pub(super) fn wait(&mut self, time: Duration) -> Option<Result<Loaded>> {
        if self.store.is_some() {
            return None;
        }
        let Saved { store, mut outcome } = self.back.1.recv_timeout(time).ok()?;
        self.store = Some(store);
        self.sent.clear();
        if let Ok(loaded) = &mut outcome {
            for change in &self.waiting {
                change.apply(&mut loaded.bookmarks);
            }
        }
        if !self.waiting.is_empty() {
            self.begin();
        }
        Some(outcome)
    }

    /// Reads the file; none while it is saved, since what it says comes then.
    pub(super) fn load(&mut self) -> Option<Result<Loaded>> {
        self.store.as_mut().map(Store::load)
    }

    /// Returns the changes that are not in the file, as far as is known, in their order.
    pub(super) fn unsaved(&self) -> Vec<Change> {
        let kept = self.store.as_ref().map_or(&[][..], Store::unsaved);
        [kept, &self.sent, &self.waiting].concat()
    }

    /// Saves what is left as long as there is patience. Returns what is to be said of it.
    pub(super) fn end(&mut self, patience: Duration) -> Result<Vec<String>> {
        let until = Instant::now() + patience;
        let mut notices = Vec::new();
        if self.unsaved().is_empty() {
            return Ok(notices);
        }
        self.begin();
        while self.store.is_none() {
            match self.wait(until.saturating_duration_since(Instant::now())) {
                Some(Ok(loaded)) => notices.extend(loaded.notice),
                Some(Err(error)) if self.store.is_some() => {
                    return Err(error).with_context(|| self.what_to_type());
                }
                Some(Err(_)) => {}
                None => {
                    let reason =
                        anyhow!("it takes too long; perhaps another program holds the bookmarks");
                    return Err(reason).with_context(|| self.what_to_type());
                }
            }
        }
        Ok(notices)
    }

    fn what_to_type(&self) -> String {
        format!(
            "what you changed could not be saved; to do it again:{}\nThe reason",
            commands(&self.unsaved())
        )
    }
}

/// Returns what to type in a shell to make changes, one a line.
pub(super) fn commands(changes: &[Change]) -> String {
    let commands: Vec<String> = changes.iter().map(Change::command).collect();
    format!("\n  {}", commands.join("\n  "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::StatusCode;
    use crate::files;

    /// How long anything may take on a machine that has more to do.
    const LIMIT: Duration = Duration::from_secs(60);

    #[test]
    fn what_is_changed_while_a_save_waits_is_shown_with_it_and_saved_after_it() {
        let home = tempfile::tempdir().expect("a fresh directory");
        let path = home.path().join("bookmarks.toml");
        let code = |code| StatusCode::new(code).expect("a code");
        let (wakes, _woken) = mpsc::channel();
        let mut saver = Saver::new(Store::new(Some(path.clone())), wakes);
        let held = files::lock(&path).expect("a lock");
        assert!(saver.save(Some(Change::Add(code(480)))).is_none());
        assert!(saver.save(Some(Change::Add(code(481)))).is_none());
        drop(held);
        for _ in 0..2 {
            let outcome = saver.wait(LIMIT).expect("a save has ended");
            let shown = outcome.expect("saved").bookmarks;
            assert!(shown.keys().eq(&[code(480), code(481)]));
        }
        assert!(saver.unsaved().is_empty());
        let kept = Store::new(Some(path)).load().expect("read").bookmarks;
        assert!(kept.keys().eq(&[code(480), code(481)]));
    }
}
