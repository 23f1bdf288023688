//! What is the same whatever is on the screen.

use super::action::{Effect, GlobalCommand};
use super::step::Step;

/// Returns what follows from a command; the help closes itself by its own key.
pub(super) fn step(command: GlobalCommand, in_help: bool, mouse: &mut bool) -> Step {
    Step::Do(match command {
        GlobalCommand::Help if in_help => return Step::Close,
        GlobalCommand::Help => return Step::Help,
        GlobalCommand::Quit => Effect::Quit,
        GlobalCommand::Suspend => Effect::Suspend,
        GlobalCommand::Repaint => Effect::Repaint,
        GlobalCommand::Reload => Effect::Reload,
        GlobalCommand::CopyPage => Effect::CopyPage,
        GlobalCommand::NextTheme => Effect::NextTheme,
        GlobalCommand::KeepTheme => Effect::KeepTheme,
        GlobalCommand::Mouse => {
            *mouse = !*mouse;
            Effect::Mouse(*mouse)
        }
    })
}
