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
    let pages = documents.iter().map(text);
    pages
        .reduce(|before, page| before + "\n" + &page)
        .unwrap_or_default()
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

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::rc::Rc;

    use super::*;

    /// Data that notes which of its forms is made.
    struct Watched(Rc<RefCell<Vec<&'static str>>>);

    impl Data for Watched {
        fn shown(&self) -> Shown {
            self.0.borrow_mut().push("shown");
            Shown::Rows(vec![("486".into(), "*busy*".into())])
        }

        fn json(&self) -> serde_json::Result<String> {
            self.0.borrow_mut().push("json");
            Ok("[486]\n".into())
        }
    }

    #[test]
    fn only_the_form_that_is_asked_for_is_made_and_remarks_follow_it() {
        for (format, form, expected) in [
            (Format::Plain, "shown", "486  *busy*\n"),
            (Format::Markdown, "shown", "- 486: \\*busy\\*\n"),
            (Format::Json, "json", "[486]\n"),
        ] {
            let made = Rc::new(RefCell::new(Vec::new()));
            let (mut printed, mut said) = (Vec::new(), Vec::new());
            let mut out = Out {
                to: &mut printed,
                on_terminal: false,
                columns: None,
                paint: Paint::Bare,
            };
            let answer = Answer::of(Watched(Rc::clone(&made))).with(["a word".into()]);
            let outcome = out.print(answer, format, &mut Messages::new(&mut said));
            assert!(matches!(outcome, Ok(Outcome::Done)));
            assert_eq!(*made.borrow(), [form]);
            assert_eq!(printed, expected.as_bytes(), "{format:?}");
            assert_eq!(said, b"sipdex: a word\n");
        }
    }
}
