//! A terminal and what it sends, in a time that is no machine's.

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyModifiers, MouseButton, MouseEventKind};

use super::super::decoder::Decoder;

pub(crate) const NO_PAUSE: Duration = Duration::ZERO;
/// As long as connections tear a key apart.
pub(crate) const TORN: Duration = Duration::from_millis(50);
pub(crate) const HALF_A_SECOND: Duration = Duration::from_millis(500);

/// A terminal and what it sends, with the pauses of a story.
#[derive(Default)]
pub(crate) struct Terminal {
    pub(crate) decoder: Decoder,
    pub(crate) seen: Vec<String>,
}

impl Terminal {
    /// Sends something after a pause.
    pub(crate) fn after(mut self, pause: Duration, sent: impl AsRef<[u8]>) -> Self {
        self.pause(pause);
        self.send(sent.as_ref());
        self
    }

    pub(crate) fn pause(&mut self, pause: Duration) {
        let mut left = pause;
        while let Some(patience) = self.decoder.patience().filter(|patience| *patience <= left) {
            left -= patience;
            self.decoder.silence();
        }
        self.look();
    }

    pub(crate) fn send(&mut self, sent: &[u8]) {
        self.decoder.take(sent);
        self.look();
    }

    pub(crate) fn look(&mut self) {
        self.seen.extend(self.decoder.events().iter().map(name));
    }

    /// Returns all that was seen by the end of half a second.
    pub(crate) fn seen(mut self) -> String {
        self.pause(HALF_A_SECOND);
        assert_eq!(self.decoder.patience(), None, "something is half read");
        self.seen.join(" ")
    }
}

fn name(event: &Event) -> String {
    match event {
        Event::Key(key) => {
            let held = [
                (KeyModifiers::CONTROL, "ctrl-"),
                (KeyModifiers::ALT, "alt-"),
                (KeyModifiers::SHIFT, "shift-"),
            ];
            let is_letter = key.code.as_char().is_some();
            let held = held.iter().filter(|(held, _)| {
                let said_by_the_letter = is_letter && *held == KeyModifiers::SHIFT;
                key.modifiers.contains(*held) && !said_by_the_letter
            });
            let held: String = held.map(|(_, name)| *name).collect();
            let code = match key.code {
                KeyCode::Char(' ') => "space".to_owned(),
                KeyCode::Char(letter) => letter.to_string(),
                KeyCode::F(number) => format!("f{number}"),
                other => format!("{other:?}").to_lowercase(),
            };
            held + &code
        }
        Event::Paste(text) => format!("paste({text})"),
        Event::Mouse(mouse) => {
            let kind = match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => "click",
                MouseEventKind::ScrollUp => "wheel-up",
                MouseEventKind::ScrollDown => "wheel-down",
                other => panic!("{other:?} does nothing"),
            };
            format!("{kind}({},{})", mouse.column, mouse.row)
        }
        other => format!("{other:?}").to_lowercase(),
    }
}

pub(crate) fn seen(sent: impl AsRef<[u8]>) -> String {
    Terminal::default().after(NO_PAUSE, sent).seen()
}
