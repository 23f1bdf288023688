//! Whether a command can do anything now, and why not: keys, hints and help ask the same question.

use super::action::Action;
use super::{App, Mode, Pane};
use crate::catalog;
use crate::compare::{Compared, MOST, most_confused_with};

const NO_SECTION: &str = "no RFC defines it, so there is no section to open";
const NO_LINK: &str = "this page has no link";

impl App {
    /// Says why a command can do nothing now, if so. A command in braces, such as `{mark}`, stands for its key.
    pub fn applies(&self, action: &Action) -> Result<(), String> {
        match self.mode_below_help() {
            Mode::Search | Mode::List | Mode::Detail => self.applies_to_codes(action),
            Mode::Compare => self.applies_to_columns(action),
            Mode::Choose if *action == Action::Open => self.choice().map(drop),
            Mode::Choose | Mode::Note | Mode::Help => Ok(()),
        }
    }

    fn applies_to_codes(&self, action: &Action) -> Result<(), String> {
        let has_links = self.reader.has_links();
        let in_page = self.focus == Pane::Detail;
        match action {
            Action::Open if in_page && self.reader.selected().is_some() => Ok(()),
            Action::Open if in_page && has_links => Err(
                "no link is selected; {next-link} and {previous-link} go from link to link".into(),
            ),
            Action::Open if in_page => Err(NO_LINK.into()),
            // Where nothing fits, the page may offer the nearest.
            Action::Open if has_links => Ok(()),
            Action::Open => self.a_code_to("read"),
            Action::NextLink | Action::PreviousLink if !has_links => Err(NO_LINK.into()),
            Action::Return if self.visited.is_empty() => Err("no code was visited before".into()),
            Action::Mark => self.applies_to_marks(),
            Action::Compare => self.codes_to_compare().map(drop),
            Action::Bookmark => self.a_code_to("bookmark"),
            Action::EditNote => self.a_code_to("write a note for"),
            Action::Copy | Action::CopyPage => self.a_code_to("copy"),
            Action::OpenLink if self.section_to_open().is_none() => {
                self.a_code_to("open")?;
                Err(NO_SECTION.into())
            }
            Action::OnlyBookmarks
                if self.bookmarks.is_empty() && !self.list.has_only_bookmarks() =>
            {
                Err("there are no bookmarks to show; {bookmark} keeps the selected code".into())
            }
            _ => Ok(()),
        }
    }

    fn applies_to_columns(&self, action: &Action) -> Result<(), String> {
        let Some(columns) = self.columns() else {
            return Ok(());
        };
        let count = columns.responses().len();
        match action {
            Action::AddColumn if count >= MOST => {
                Err(format!("no more than {MOST} codes fit side by side"))
            }
            Action::RemoveColumn if count <= 2 => {
                Err("a comparison has two codes at the least".into())
            }
            Action::Fold if !columns.has_equal_rows() => {
                Err("no row is equal in all columns".into())
            }
            Action::NextLink | Action::PreviousLink if !columns.reader.has_links() => {
                Err(NO_LINK.into())
            }
            Action::OpenLink if columns.section_to_open().is_none() => Err(NO_SECTION.into()),
            _ => Ok(()),
        }
    }

    fn a_code_to(&self, act: &str) -> Result<(), String> {
        let shown = self.shown.map(drop);
        shown.ok_or_else(|| format!("nothing is listed, so there is nothing to {act}"))
    }

    fn applies_to_marks(&self) -> Result<(), String> {
        self.a_code_to("mark")?;
        let is_marked = self.shown.is_some_and(|shown| self.is_marked(shown.code));
        if is_marked || self.marks.len() < MOST {
            return Ok(());
        }
        Err(format!(
            "{MOST} codes are marked already; {{back}} in the list clears the marks"
        ))
    }

    /// Returns the marked codes, or the single one with what it is most confused with.
    pub(super) fn codes_to_compare(&self) -> Result<Compared, String> {
        if let Some(marked) = Compared::of(&self.marks) {
            return Ok(marked);
        }
        self.a_code_to("compare")?;
        let marked = self.marks.iter().map(|code| catalog::response(*code));
        let mut responses: Vec<_> = marked.chain(self.shown).collect();
        responses.dedup();
        if let [one] = responses[..] {
            responses.extend(most_confused_with(one));
        }
        Compared::new(&responses).ok_or_else(|| {
            let code = responses
                .first()
                .map_or_else(String::new, |one| one.code.to_string());
            format!("mark a second code with {{mark}} to compare it with {code}")
        })
    }
}
