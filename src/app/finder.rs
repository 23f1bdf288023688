//! The line in which one types what is to be found in the page.

use super::action::Action;
use super::edit_line::EditLine;
use super::reader::Top;
use super::step::Step;

#[derive(Debug)]
pub struct Finder {
    pub line: EditLine,
    /// Where finding began.
    from: Top,
}

impl Finder {
    pub(super) fn new(from: Top) -> Self {
        Self {
            line: EditLine::default(),
            from,
        }
    }

    pub(super) fn update(&mut self, action: &Action) -> Step {
        let changed = match action {
            Action::Insert(insert) => {
                self.line.insert(insert);
                true
            }
            Action::Edit(edit) => self.line.edit(*edit),
            Action::Open => return Step::Close,
            Action::Back => return Step::EndFinding.closing(),
            Action::Nothing
            | Action::Move(_)
            | Action::Point(_)
            | Action::Global(_)
            | Action::Reading(_)
            | Action::Pane(_)
            | Action::Column(_) => false,
        };
        if changed {
            return Step::Find(self.line.text().to_owned(), self.from);
        }
        Step::Stay
    }
}
