//! Whether a command can do anything now, and why not: keys, hints and help ask the same question.

use super::action::{Action, ColumnCommand, GlobalCommand, PaneCommand, ReadingCommand};
use super::columns::Columns;
use super::kept::Kept;
use super::mode::Pane;
use super::panes::Panes;
use super::reader::Reader;
use super::scope::Scope;
use super::subject::Subject;
use super::trace::Trace;
use crate::catalog::{self, Entry};
use crate::compare::{Compared, MOST, most_confused_with};

const NO_SECTION: &str = "no RFC defines it, so there is no section to open";
const NO_HEADING: &str = "this page has no sections";
const NO_LINK: &str = "this page has no link";

impl Panes {
    /// Says why a command can do nothing now, if so. A command in braces, such as `{mark}`, stands for its
    /// key.
    pub(super) fn applies(&self, action: &Action, kept: &Kept) -> Result<(), String> {
        match action {
            Action::Open => self.applies_open(),
            Action::Global(GlobalCommand::CopyPage) => {
                self.a_code_to("copy")?;
                self.hides_names()
            }
            Action::Reading(command) => self.applies_reading(*command),
            Action::Pane(command) => self.applies_command(*command, kept),
            Action::Nothing
            | Action::Move(_)
            | Action::Edit(_)
            | Action::Insert(_)
            | Action::Point(_)
            | Action::Back
            | Action::Global(_)
            | Action::Column(_) => Ok(()),
        }
    }

    fn applies_open(&self) -> Result<(), String> {
        let has_links = self.reader.has_links();
        match self.focus {
            Pane::Detail if self.reader.selected().is_some() => Ok(()),
            Pane::Detail if has_links => Err(
                "no link is selected; {next-link} and {previous-link} go from link to link".into(),
            ),
            Pane::Detail => Err(NO_LINK.into()),
            // Where nothing fits, the page may offer the nearest.
            Pane::Search | Pane::List if has_links => Ok(()),
            Pane::Search | Pane::List => self.a_code_to("read"),
        }
    }

    fn applies_reading(&self, command: ReadingCommand) -> Result<(), String> {
        match command {
            ReadingCommand::OpenLink if self.section_to_open().is_none() => {
                self.a_code_to("open")?;
                Err(NO_SECTION.into())
            }
            ReadingCommand::OpenLink => Ok(()),
            command => self.reader.applies(command),
        }
    }

    fn applies_command(&self, command: PaneCommand, kept: &Kept) -> Result<(), String> {
        match command {
            PaneCommand::Mark => self.applies_mark(),
            PaneCommand::Compare => self.codes_to_compare().map(drop),
            PaneCommand::Bookmark => self.a_response_to("bookmark"),
            PaneCommand::EditNote => self.a_response_to("write a note for"),
            PaneCommand::Copy => {
                self.a_code_to("copy")?;
                // Of a code only its phrase is copied.
                if self.code().is_some() {
                    return Ok(());
                }
                self.hides_names()
            }
            PaneCommand::OnlyBookmarks => or(
                !kept.bookmarks.is_empty() || self.list.scope() == Scope::Bookmarks,
                "there are no bookmarks to show; {bookmark} keeps the selected code",
            ),
            PaneCommand::AllCodes | PaneCommand::ByCount | PaneCommand::Redact => {
                self.trace().map(drop)
            }
            PaneCommand::StopReading => {
                let reads = self.trace()?.is_being_read();
                or(reads, "the trace was read to its end")
            }
            PaneCommand::Earlier => or(
                !self.earlier.is_empty(),
                "no query was typed before in this session",
            ),
            PaneCommand::ToList
            | PaneCommand::Zoom
            | PaneCommand::NextClass
            | PaneCommand::PreviousClass => Ok(()),
        }
    }

    fn trace(&self) -> Result<&Trace, String> {
        let trace = self.list.trace();
        trace.ok_or_else(|| "no trace is open; sipdex --trace FILE opens one".to_owned())
    }

    /// Says why a page is not copied on which the names of a trace stand as they are, where they are to be hidden.
    fn hides_names(&self) -> Result<(), String> {
        let trace = self.list.trace().filter(|trace| trace.redacts());
        let (Some(trace), Some(shown)) = (trace, &self.shown) else {
            return Ok(());
        };
        let code = shown.entry().and_then(Entry::code);
        let is_plain = code.is_some_and(|code| trace.count(code).is_none());
        or(
            !shown.grows() || is_plain,
            "only calls and messages have tokens: this page has the names of the trace, and {redact} shows them as they are",
        )
    }

    fn a_code_to(&self, act: &str) -> Result<(), String> {
        let shown = self.shown.as_ref().map(drop);
        shown.ok_or_else(|| format!("nothing is listed, so there is nothing to {act}"))
    }

    /// Says why what only a response code can have done to it is not done to what is shown.
    fn a_response_to(&self, act: &str) -> Result<(), String> {
        self.a_code_to(act)?;
        match &self.shown {
            Some(Subject::Entry(entry)) if entry.response().is_none() => Err(format!(
                "only response codes are there to {act}, and {} is none",
                entry.short()
            )),
            Some(Subject::Message(message)) => {
                let below = message.response().map(|page| page.code);
                let below = below.map(|code| format!("; {code} is listed below it"));
                Err(format!(
                    "only response codes are there to {act}, and this explains a message{}",
                    below.unwrap_or_default()
                ))
            }
            Some(Subject::Entry(_)) | None => Ok(()),
            Some(_) => Err(format!(
                "only response codes are there to {act}, and this is of the trace"
            )),
        }
    }

    /// Says the same of what can be done to the code of a message too.
    fn a_code_of_it_to(&self, act: &str) -> Result<(), String> {
        match &self.shown {
            Some(shown) if shown.response().is_some() => Ok(()),
            _ => self.a_response_to(act),
        }
    }

    fn applies_mark(&self) -> Result<(), String> {
        self.a_code_of_it_to("mark")?;
        let is_marked = self
            .response()
            .is_some_and(|page| self.is_marked(page.code));
        if is_marked || self.marks.len() < MOST {
            return Ok(());
        }
        Err(format!(
            "{MOST} codes are marked already; {{back}} in the list clears the marks"
        ))
    }

    /// Returns the marked codes, or those whose numbers the query has, or the single one with what it is most
    /// confused with.
    pub(super) fn codes_to_compare(&self) -> Result<Compared, String> {
        if let Some(marked) = Compared::of(&self.marks) {
            return Ok(marked);
        }
        self.a_code_of_it_to("compare")?;
        let marked = self.marks.iter().map(|code| catalog::response(*code));
        let mut responses: Vec<_> = marked.chain(self.response()).collect();
        responses.dedup();
        if let [one] = responses[..] {
            let asked_for = self.list.asked_for();
            if asked_for.contains(&one) {
                responses.extend(asked_for.into_iter().filter(|other| *other != one));
            }
            if responses.len() == 1 {
                responses.extend(most_confused_with(one));
            }
        }
        Compared::new(&responses).ok_or_else(|| {
            let code = responses
                .first()
                .map_or_else(String::new, |one| one.code.to_string());
            format!("mark a second code with {{mark}} to compare it with {code}")
        })
    }
}

impl Reader {
    /// Says why a command can do nothing in the page, if so.
    fn applies(&self, command: ReadingCommand) -> Result<(), String> {
        match command {
            ReadingCommand::NextLink | ReadingCommand::PreviousLink => {
                or(self.has_links(), NO_LINK)
            }
            ReadingCommand::NextSection
            | ReadingCommand::PreviousSection
            | ReadingCommand::Outline => or(self.has_sections(), NO_HEADING),
            ReadingCommand::NextMatch | ReadingCommand::PreviousMatch => or(
                self.sought().is_some(),
                "nothing is looked for; {find} finds in the page",
            ),
            _ => Ok(()),
        }
    }
}

impl Columns {
    /// Says why a command can do nothing now, if so.
    pub(super) fn applies(&self, action: &Action) -> Result<(), String> {
        let count = self.responses().len();
        match action {
            Action::Column(ColumnCommand::AddColumn) if count >= MOST => {
                Err(format!("no more than {MOST} codes fit side by side"))
            }
            Action::Column(ColumnCommand::RemoveColumn) => {
                or(count > 2, "a comparison has two codes at the least")
            }
            Action::Column(ColumnCommand::Fold) => {
                or(self.has_equal_rows(), "no row is equal in all columns")
            }
            Action::Reading(ReadingCommand::OpenLink) => {
                or(self.section_to_open().is_some(), NO_SECTION)
            }
            Action::Reading(command) => self.reader.applies(*command),
            Action::Column(ColumnCommand::AddColumn | ColumnCommand::Swap)
            | Action::Nothing
            | Action::Move(_)
            | Action::Edit(_)
            | Action::Insert(_)
            | Action::Point(_)
            | Action::Open
            | Action::Back
            | Action::Global(_)
            | Action::Pane(_) => Ok(()),
        }
    }
}

/// Says why not, unless something holds.
fn or(holds: bool, why: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(why.into()) }
}
