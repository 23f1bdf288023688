//! The event loop: what wakes it, what it draws, and how it ends.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use anyhow::{Context, Result};
use crossterm::event::Event;
use ratatui::{Frame, Terminal};

use super::canvas::Canvas;
use super::outside::Outside;
use super::saving::{self, Saver};
use super::tracing::Tracing;
use super::wake::Wake;
use super::{input, screen, signals};
use crate::app::action::Effect;
use crate::app::viewport::Viewport;
use crate::app::{App, Traces};
use crate::document::Document;
use crate::keymap::Keymap;
use crate::store::Store;
use crate::theme::Theme;
use crate::view::{self, Cache, Look, Symbols};

/// How the explorer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Quit,
    /// By a signal, or by its terminal vanishing, which counts as SIGHUP.
    Signal(u8),
}

/// What the explorer needs besides its state.
pub struct Explorer {
    pub app: App,
    pub store: Store,
    pub keymap: Keymap,
    pub theme: &'static Theme,
    pub symbols: &'static Symbols,
    /// Where choices are kept.
    pub config: Option<PathBuf>,
    pub writers: Writers,
    /// The files of the trace that it shows, if it shows one.
    pub traces: Traces,
}

/// What turns a page into text for the clipboard.
#[derive(Clone, Copy)]
pub struct Writers {
    pub markdown: fn(&Document) -> String,
    pub plain: fn(&Document) -> String,
}

const SIGHUP: u8 = 1;

/// How long the end may wait for the last save; after a signal it must be quick.
const PATIENCE: Duration = Duration::from_secs(1);
const PATIENCE_AFTER_SIGNAL: Duration = Duration::from_millis(300);

/// Runs the explorer until the user quits or a signal ends it. The terminal is given back in any case.
pub fn run(explorer: Explorer) -> Result<Ending> {
    let (sender, wakes) = mpsc::channel();
    screen::restore_on_panic();
    signals::watch(&sender).context("could not watch for signals")?;
    if let Next::End(ending) = take_terminal()? {
        return Ok(ending);
    }
    let mut running = Running::new(explorer, sender.clone());
    let ending = input::read(sender)
        .context("could not read the terminal")
        .and_then(|()| running.until_the_end(&wakes));
    screen::restore();
    running.outside.finish();
    let patience = match ending {
        Ok(Ending::Signal(_)) => PATIENCE_AFTER_SIGNAL,
        _ => PATIENCE,
    };
    let saved = running.saver.end(patience);
    let drafts = running.app.drafts();
    let drafts = (!drafts.is_empty()).then(|| {
        let commands = saving::commands(&drafts);
        format!("you left notes without saving them; to save them:{commands}")
    });
    let notices = saved.as_ref().map_or(&[][..], Vec::as_slice);
    notices.iter().chain(&drafts).for_each(|said| tell(said));
    match (saved, ending) {
        (Err(lost), Ok(Ending::Quit)) => Err(lost),
        // A signal or a broken terminal has the last word; what is lost is said all the same.
        (Err(lost), ending) => {
            tell(&format!("{lost:#}"));
            ending
        }
        (Ok(_), ending) => ending,
    }
}

/// Says something on the screen that was given back.
fn tell(said: &str) {
    // Nobody is left to tell where standard error is closed.
    drop(writeln!(io::stderr(), "sipdex: {said}"));
}

type Screenful = Terminal<Canvas>;

/// What the loop does next.
enum Next {
    Draw,
    /// Draw everything anew: the terminal was given away meanwhile, or is not what it was.
    Repaint,
    End(Ending),
}

/// The explorer while it runs.
pub(super) struct Running {
    pub(super) app: App,
    pub(super) saver: Saver,
    pub(super) outside: Outside,
    pub(super) tracing: Tracing,
    pub(super) keymap: Keymap,
    pub(super) theme: &'static Theme,
    pub(super) symbols: &'static Symbols,
    pub(super) cache: Cache,
    pub(super) config: Option<PathBuf>,
    pub(super) writers: Writers,
}

impl Running {
    fn new(explorer: Explorer, sender: Sender<Wake>) -> Self {
        let Explorer {
            mut app,
            store,
            keymap,
            theme,
            symbols,
            config,
            writers,
            traces,
        } = explorer;
        let tracing = Tracing::begin(traces, &mut app, sender.clone());
        Self {
            app,
            saver: Saver::new(store, sender.clone()),
            outside: Outside::new(sender),
            tracing,
            keymap,
            theme,
            symbols,
            cache: Cache::default(),
            config,
            writers,
        }
    }

    fn until_the_end(&mut self, wakes: &Receiver<Wake>) -> Result<Ending> {
        let mut terminal = self.new_screenful()?;
        loop {
            let mut shown = Viewport::default();
            let drawn = terminal.draw(|frame| shown = self.draw(frame)).map(drop);
            match drawn {
                Err(error) if signals::is_hangup(&error) => return Ok(Ending::Signal(SIGHUP)),
                drawn => drawn.context("could not draw")?,
            }
            self.app.seen(shown);
            // Sleep until something happens; then take all that waits before drawing once.
            let mut wake = Some(
                wakes
                    .recv()
                    .context("nothing watches the terminal any more")?,
            );
            while let Some(woken) = wake {
                match self.wake(woken, &mut terminal)? {
                    Next::Draw => {}
                    Next::Repaint => terminal = self.new_screenful()?,
                    Next::End(ending) => return Ok(ending),
                }
                wake = wakes.try_recv().ok();
            }
        }
    }

    /// Returns a screen on which everything is yet to be drawn.
    fn new_screenful(&self) -> Result<Screenful> {
        Canvas::anew(self.app.mouse())
            .and_then(Terminal::new)
            .context("could not set up the terminal")
    }

    fn draw(&mut self, frame: &mut Frame<'_>) -> Viewport {
        let look = Look {
            theme: self.theme,
            symbols: self.symbols,
            keymap: &self.keymap,
        };
        view::draw(frame, &self.app, &look, &mut self.cache)
    }

    /// Lays out what would be drawn, for an action that counts in its rows; nothing is written.
    fn lay_out(&mut self, terminal: &mut Screenful) -> Result<()> {
        terminal
            .autoresize()
            .context("could not measure the terminal")?;
        let shown = self.draw(&mut terminal.get_frame());
        terminal.current_buffer_mut().reset();
        self.app.seen(shown);
        Ok(())
    }

    fn wake(&mut self, wake: Wake, terminal: &mut Screenful) -> Result<Next> {
        match wake {
            Wake::Events(events) => {
                let mut next = Next::Draw;
                // However often the window changed, the bookmarks are read once.
                if events.contains(&Event::FocusGained) {
                    self.reload();
                }
                for event in events {
                    match self.take(&event, terminal)? {
                        Next::Draw => {}
                        Next::Repaint => next = Next::Repaint,
                        end @ Next::End(_) => return Ok(end),
                    }
                }
                Ok(next)
            }
            Wake::Saved => {
                let outcome = self.saver.wait(Duration::ZERO);
                self.saved(outcome);
                Ok(Next::Draw)
            }
            Wake::Gone => Ok(Next::End(Ending::Signal(SIGHUP))),
            Wake::Unreadable(error) if signals::is_hangup(&error) => {
                Ok(Next::End(Ending::Signal(SIGHUP)))
            }
            Wake::Unreadable(error) => Err(error).context("could not read the terminal"),
            Wake::Outcome(outcome) => {
                self.learn(outcome);
                Ok(Next::Draw)
            }
            Wake::News(news) => {
                self.app.take_news(news);
                Ok(Next::Draw)
            }
            Wake::Signal(signal) => Ok(match signals::meaning(signal) {
                signals::Meaning::Stop => self.suspend(false)?,
                signals::Meaning::Continue => take_terminal()?,
                signals::Meaning::Resize => Next::Repaint,
                signals::Meaning::End(signal) => Next::End(Ending::Signal(signal)),
            }),
        }
    }

    fn take(&mut self, event: &Event, terminal: &mut Screenful) -> Result<Next> {
        let Some(action) = self.keymap.action_for(self.app.mode(), event) else {
            return Ok(Next::Draw);
        };
        if self.app.needs_sight(&action) {
            self.lay_out(terminal)?;
        }
        match self.app.update(&action) {
            Some(Effect::Quit) => return Ok(Next::End(Ending::Quit)),
            Some(Effect::Suspend) => return self.suspend(true),
            Some(Effect::Repaint) => return Ok(Next::Repaint),
            Some(effect) => self.perform(effect),
            None => {}
        }
        Ok(Next::Draw)
    }

    /// Stops until the shell continues us; SIGCONT then sets the terminal up again.
    fn suspend(&mut self, with_group: bool) -> Result<Next> {
        // Asked twice before it stopped, it has done so once both are heard.
        if !screen::is_ours() {
            return Ok(Next::Draw);
        }
        if !signals::can_be_continued() {
            let why = "nobody could continue it here: it runs without a shell that has job control";
            self.app.warn(why);
            return Ok(Next::Draw);
        }
        screen::restore();
        if let Err(error) = signals::stop(with_group) {
            self.app.warn(format!("could not suspend: {error}"));
            return take_terminal();
        }
        Ok(Next::Draw)
    }
}

/// Takes the terminal again, unless it is gone.
fn take_terminal() -> Result<Next> {
    match screen::enter() {
        Err(error) if signals::is_hangup(&error) => Ok(Next::End(Ending::Signal(SIGHUP))),
        entered => entered
            .context("could not set up the terminal")
            .map(|()| Next::Repaint),
    }
}
