//! Text for the clipboard of the terminal, and for the buffer of tmux.

use std::io::Write;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use crossterm::Command;
use crossterm::clipboard::CopyToClipboard;

use super::outside::{ends_within, silent, why};
use super::screen;
use super::surroundings::{self, Clipboard};

/// The longest that is sent: terminals drop more than this, or less, without a word.
const LIMIT: usize = 100_000;
/// As much as GNU screen passes on in one string, also where it is old.
const PIECE: usize = 240;
/// What ends a string for the terminal, and what ends it within one for GNU screen.
const END: &str = "\x1b\\";
const END_WITHIN: &str = "\x07";
/// How long tmux may take.
const PATIENCE: Duration = Duration::from_secs(3);

/// Sends a text to the terminal, which does not tell whether it takes it; returns why it is not sent.
pub(super) fn to_terminal(text: &str) -> Result<(), String> {
    let sequence = sequence(text, surroundings::clipboard())?;
    screen::send(sequence.as_bytes()).map_err(|error| error.to_string())
}

fn sequence(text: &str, clipboard: Clipboard) -> Result<String, String> {
    if clipboard == Clipboard::None {
        return Err("a terminal of this kind has no clipboard".into());
    }
    let mut sequence = String::new();
    CopyToClipboard::to_clipboard_from(text)
        .write_ansi(&mut sequence)
        .map_err(|error| error.to_string())?;
    if sequence.len() > LIMIT {
        return Err(format!("it is longer than {LIMIT} bytes"));
    }
    if clipboard == Clipboard::Terminal {
        return Ok(sequence);
    }
    let within = sequence.replace(END, END_WITHIN);
    // It is ASCII throughout, so every piece is text.
    let pieces = within.as_bytes().chunks(PIECE);
    let mut wrapped = String::new();
    for piece in pieces {
        wrapped += "\x1bP";
        wrapped += &String::from_utf8_lossy(piece);
        wrapped += END;
    }
    Ok(wrapped)
}

/// Gives a text to tmux, and through it to the terminal around it if tmux is new enough; returns why it
/// did not take it.
pub(super) fn to_tmux(text: &str) -> Result<(), String> {
    let newer = load(text, &["load-buffer", "-w", "-"]);
    match newer {
        Err(Failure::Refused(_)) => load(text, &["load-buffer", "-"]),
        other => other,
    }
    .map_err(|(Failure::Refused(why) | Failure::Other(why))| why)
}

enum Failure {
    Refused(String),
    Other(String),
}

fn load(text: &str, arguments: &[&str]) -> Result<(), Failure> {
    let other = |error| Failure::Other(why(&error));
    let mut tmux = silent("tmux")
        .args(arguments)
        .stdin(Stdio::piped())
        .spawn()
        .map_err(other)?;
    // It may take nothing, and even then not end: in a thread nobody waits for the writing.
    if let Some(mut stdin) = tmux.stdin.take() {
        let text = text.to_owned();
        thread::spawn(move || drop(stdin.write_all(text.as_bytes())));
    }
    match ends_within(&mut tmux, PATIENCE).map_err(other)? {
        Some(status) if status.success() => Ok(()),
        Some(status) => Err(Failure::Refused(status.to_string())),
        None => {
            tmux.kill().and_then(|()| tmux.wait()).map_err(other)?;
            Err(Failure::Other("it does not answer".into()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_sent_only_where_it_is_taken_and_not_too_long() {
        let direct = sequence("486 Busy Here", Clipboard::Terminal);
        assert_eq!(direct, Ok("\x1b]52;c;NDg2IEJ1c3kgSGVyZQ==\x1b\\".into()));
        assert!(sequence("486 Busy Here", Clipboard::None).is_err());
        // Base64 makes four letters of three.
        for clipboard in [Clipboard::Terminal, Clipboard::Screen] {
            assert!(sequence(&"x".repeat(74_000), clipboard).is_ok());
            assert!(sequence(&"x".repeat(75_000), clipboard).is_err());
        }
    }

    #[test]
    fn screen_gets_pieces_that_are_the_whole_together() {
        let text = "486 Busy Here\n".repeat(100);
        let direct = sequence(&text, Clipboard::Terminal).expect("it is short");
        let wrapped = sequence(&text, Clipboard::Screen).expect("it is short");
        let pieces: Vec<_> = wrapped
            .split_inclusive(END)
            .map(|piece| {
                let within = piece.strip_prefix("\x1bP");
                within.and_then(|within| within.strip_suffix(END))
            })
            .map(|within| within.expect("each piece is wrapped"))
            .collect();
        assert!(pieces.iter().all(|piece| piece.len() <= 256));
        assert_eq!(pieces.concat(), direct.replace(END, END_WITHIN));
    }
}
