//! Where results go: the one place that prints, in the format that is asked for.

use std::io::{IsTerminal, Write};

use anyhow::Result;

use super::answer::{Answer, Data, Outcome, Says, Shown};
use super::messages::Messages;
use crate::cli::Format;
use crate::document::Document;
use crate::output::{Paint, list, markdown, plain, table};
use crate::text;

/// Standard output, and what may be written there.
pub struct Out<'a> {
    to: &'a mut dyn Write,
    on_terminal: bool,
    /// The width of the terminal, if it is one that tells it.
    columns: Option<usize>,
    paint: Paint,
}

impl<'a> Out<'a> {
    /// Prose is as wide as the terminal; elsewhere, and on a very wide one, it stays readable.
    const WIDTH: usize = 80;
    const WIDEST: usize = 100;
    const NARROWEST: usize = 20;

    /// Takes standard output; styles and the width only if it is a terminal.
    pub fn stdout(to: &'a mut dyn Write) -> Self {
        let on_terminal = std::io::stdout().is_terminal();
        let forbidden = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").is_none_or(|term| term == "dumb");
        let paint = if on_terminal && !forbidden {
            Paint::Styled
        } else {
            Paint::Bare
        };
        let columns = if on_terminal { terminal_width() } else { None };
        Self {
            to,
            on_terminal,
            columns,
            paint,
        }
    }

    /// Prints an answer, and what is to be told beside it.
    pub(super) fn print(
        &mut self,
        answer: Answer,
        format: Format,
        messages: &mut Messages<'_>,
    ) -> Result<Outcome> {
        match answer.says {
            Says::Nothing => {}
            Says::File(bytes) if self.on_terminal => {
                let clean = text::clean_lines(&String::from_utf8_lossy(&bytes));
                self.to.write_all(clean.as_bytes())?;
            }
            Says::Text(bytes) | Says::File(bytes) => self.to.write_all(&bytes)?,
            Says::Data(data) => {
                let text = self.formatted(&*data, format)?;
                self.to.write_all(text.as_bytes())?;
            }
        }
        for remark in answer.remarks {
            messages.say(remark);
        }
        answer.ending
    }

    fn formatted(&self, data: &dyn Data, format: Format) -> Result<String> {
        Ok(match format {
            Format::Json => data.json()?,
            Format::Markdown => match data.shown() {
                Shown::Pages(documents) => pages(&documents, markdown),
                Shown::Rows(rows) => list(&rows),
            },
            Format::Plain => match data.shown() {
                Shown::Pages(documents) => {
                    let width = self.columns.unwrap_or(Self::WIDTH);
                    let width = width.clamp(Self::NARROWEST, Self::WIDEST);
                    pages(&documents, |document| plain(document, width, self.paint))
                }
                Shown::Rows(rows) => table(&rows, self.columns),
            },
        })
    }
}

/// Returns pages with an empty line between two.
fn pages(documents: &[Document], text: impl Fn(&Document) -> String) -> String {
    documents.iter().map(text).collect::<Vec<_>>().join("\n")
}

#[cfg(unix)]
fn terminal_width() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(std::io::stdout()).ok()?;
    let named = || std::env::var("COLUMNS").ok()?.parse().ok();
    // A serial line tells no width.
    (size.ws_col > 0)
        .then_some(size.ws_col.into())
        .or_else(named)
}

#[cfg(not(unix))]
fn terminal_width() -> Option<usize> {
    None
}
