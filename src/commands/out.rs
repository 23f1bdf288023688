//! Where results go: the one place that prints, in the format that is asked for.

use std::io::{self, Write};

use anyhow::Result;

use super::answer::{Answer, Outcome, Says, Shown};
use super::messages::Messages;
use super::pager::Pager;
use super::surroundings::{Terminal, paint, takes_links, variable};
use crate::cli::{Color, Format, Manner};
use crate::document::Document;
use crate::output::{Paint, linked, list, markdown, plain, table};
use crate::text;

/// How a page becomes plain text of a width.
type Plain = fn(&Document, usize, Paint) -> String;

/// Standard output, and what may be written there.
pub struct Out<'a> {
    to: &'a mut dyn Write,
    terminal: Option<Terminal>,
    pager: Option<Pager>,
    paint: Paint,
    takes_links: bool,
}

impl<'a> Out<'a> {
    /// Prose is as wide as the terminal; elsewhere, and on a very wide one, it stays readable.
    const WIDTH: usize = 80;
    const WIDEST: usize = 100;
    const NARROWEST: usize = 20;

    /// Takes standard output; what a terminal has only if it is one.
    pub fn stdout(to: &'a mut dyn Write, manner: Manner) -> Self {
        let terminal = Terminal::of_stdout();
        let color = manner.color.unwrap_or_default();
        let on_terminal = terminal.is_some();
        let wants_pager = on_terminal && !manner.no_pager;
        Self {
            to,
            terminal,
            pager: wants_pager.then(|| Pager::of(variable)).flatten(),
            paint: paint(color, on_terminal, variable),
            takes_links: on_terminal && color != Color::Never && takes_links(variable),
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
            Says::File(bytes) if self.terminal.is_some() => {
                let clean = text::clean_lines(&String::from_utf8_lossy(&bytes));
                self.to.write_all(clean.as_bytes())?;
            }
            Says::Text(bytes) | Says::File(bytes) => self.to.write_all(&bytes)?,
            Says::Data(data) if format == Format::Json => {
                self.to.write_all(data.json()?.as_bytes())?;
            }
            Says::Data(data) => self.show(&data.shown(), format, messages)?,
        }
        for remark in answer.remarks {
            messages.say(remark);
        }
        answer.ending
    }

    /// Shows data as people read it: in a pager if it is longer than the terminal, and then without links.
    fn show(
        &mut self,
        shown: &Shown,
        format: Format,
        messages: &mut Messages<'_>,
    ) -> io::Result<()> {
        let bare = || self.text(shown, format, plain, Paint::Bare);
        if let (Some(terminal), Some(pager)) = (self.terminal, &self.pager)
            && terminal.is_shorter_than(&bare())
            && pager.show(&self.text(shown, format, plain, self.paint), messages)
        {
            return Ok(());
        }
        let written = if self.takes_links { linked } else { plain };
        let text = self.text(shown, format, written, self.paint);
        self.to.write_all(text.as_bytes())
    }

    fn text(&self, shown: &Shown, format: Format, plain: Plain, paint: Paint) -> String {
        let columns = self.terminal.and_then(|terminal| terminal.columns);
        match (shown, format) {
            (Shown::Pages(documents), Format::Plain) => {
                let width = columns.unwrap_or(Self::WIDTH);
                let width = width.clamp(Self::NARROWEST, Self::WIDEST);
                pages(documents, |document| plain(document, width, paint))
            }
            (Shown::Rows(rows), Format::Plain) => table(rows, columns),
            (Shown::Lines(lines), _) => lines
                .iter()
                .flat_map(|line| [line.as_str(), "\n"])
                .collect(),
            (Shown::Pages(documents), _) => pages(documents, markdown),
            (Shown::Rows(rows), _) => list(rows),
        }
    }
}

/// Returns pages with an empty line between two.
fn pages(documents: &[Document], text: impl Fn(&Document) -> String) -> String {
    let pages = documents.iter().map(text);
    pages
        .reduce(|before, page| before + "\n" + &page)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::rc::Rc;

    use super::super::answer::Data;
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
                terminal: None,
                pager: None,
                paint: Paint::Bare,
                takes_links: false,
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
