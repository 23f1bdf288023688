//! The keys to teach at the foot of the screen: in each mode the most useful first, and those that are true.

use crate::app::{Meaning, Mode};
use crate::keymap::{Command, Key, Keymap};

/// What to teach.
struct Hint {
    /// None for what is text of its own.
    command: Option<Command>,
    says: &'static str,
    /// What it says where the command means its other thing; without that it is not taught then.
    other: Option<&'static str>,
}

const fn text(says: &'static str) -> Hint {
    Hint {
        command: None,
        says,
        other: None,
    }
}

const fn hint(command: Command, says: &'static str) -> Hint {
    Hint {
        command: Some(command),
        says,
        other: None,
    }
}

impl Hint {
    const fn or(self, other: &'static str) -> Self {
        Self {
            other: Some(other),
            ..self
        }
    }
}

const SEARCH: &[Hint] = &[
    text("type to search"),
    hint(Command::Down, "choose"),
    hint(Command::Open, "read").or("nearest codes"),
    hint(Command::Help, "keys"),
    hint(Command::NextPane, "list"),
    hint(Command::Quit, "quit"),
];

const LIST: &[Hint] = &[
    hint(Command::Open, "read").or("nearest codes"),
    hint(Command::Search, "search"),
    hint(Command::Help, "keys"),
    hint(Command::Compare, "compare"),
    hint(Command::Bookmark, "bookmark").or("forget"),
    hint(Command::Quit, "quit"),
    hint(Command::Mark, "mark").or("unmark"),
    hint(Command::OnlyBookmarks, "only bookmarks").or("all codes"),
];

const DETAIL: &[Hint] = &[
    hint(Command::Open, "follow"),
    hint(Command::Back, "list").or("comparison"),
    hint(Command::Return, "back"),
    hint(Command::NextMatch, "next match"),
    hint(Command::NextSection, "section"),
    hint(Command::NextLink, "next link"),
    hint(Command::Outline, "outline"),
    hint(Command::Find, "find"),
    hint(Command::Help, "keys"),
    hint(Command::Zoom, "zoom").or("both panes"),
    hint(Command::Compare, "compare"),
    hint(Command::Bookmark, "bookmark").or("forget"),
    hint(Command::Quit, "quit"),
    hint(Command::EditNote, "note"),
];

const COMPARE: &[Hint] = &[
    hint(Command::Open, "follow"),
    hint(Command::Back, "back"),
    hint(Command::NextPane, "column"),
    hint(Command::NextSection, "section"),
    hint(Command::Help, "keys"),
    hint(Command::Search, "other code"),
    hint(Command::Swap, "swap"),
    hint(Command::Fold, "fold").or("unfold"),
    hint(Command::Quit, "quit"),
    hint(Command::AddColumn, "add"),
    hint(Command::RemoveColumn, "remove"),
];

const CHOOSE: &[Hint] = &[
    text("type to search"),
    hint(Command::Down, "choose"),
    hint(Command::Open, "take"),
    hint(Command::Back, "leave"),
];

const OUTLINE: &[Hint] = &[
    text("type to narrow"),
    hint(Command::Down, "choose"),
    hint(Command::Open, "go there"),
    hint(Command::CopySection, "copy"),
    hint(Command::Back, "leave"),
];

const FIND: &[Hint] = &[hint(Command::Open, "keep"), hint(Command::Back, "end")];

const NOTE: &[Hint] = &[
    text("type a note"),
    hint(Command::Open, "save"),
    hint(Command::Back, "leave"),
];

const HELP: &[Hint] = &[
    text("type to narrow"),
    hint(Command::Down, "choose"),
    hint(Command::Open, "do it"),
    hint(Command::Back, "close"),
];

fn of(mode: Mode) -> &'static [Hint] {
    match mode {
        Mode::Search => SEARCH,
        Mode::List => LIST,
        Mode::Detail => DETAIL,
        Mode::Compare => COMPARE,
        Mode::Choose => CHOOSE,
        Mode::Outline => OUTLINE,
        Mode::Find => FIND,
        Mode::Note => NOTE,
        Mode::Help => HELP,
    }
}

/// A hint as it is shown.
pub(super) struct Taught {
    pub(super) key: Option<Key>,
    pub(super) says: &'static str,
    /// Whether others go before it does: the way to all keys, and the way out.
    pub(super) is_kept: bool,
}

impl Taught {
    fn text(says: &'static str) -> Self {
        Self {
            key: None,
            says,
            is_kept: false,
        }
    }
}

/// Returns the hints that are true: each has a key, and its command does something.
pub(super) fn taught(
    mode: Mode,
    keymap: &Keymap,
    meaning: impl Fn(Command) -> Meaning,
) -> impl Iterator<Item = Taught> {
    of(mode).iter().filter_map(move |hint| {
        let Some(command) = hint.command else {
            return Some(Taught::text(hint.says));
        };
        let key = keymap.first(command, mode)?;
        let says = match meaning(command) {
            Meaning::Nothing => return None,
            Meaning::Usual => hint.says,
            Meaning::Other => hint.other?,
        };
        Some(Taught {
            key: Some(key),
            says,
            is_kept: matches!(command, Command::Help | Command::Quit),
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::view::roles::keys;

    #[test]
    fn a_chosen_code_is_taken_though_the_list_has_none() {
        let drawn = keys("tab space down space / x y z z y tab c / 4 8 6");
        assert_eq!(drawn.role_beside("Enter take", "take"), "muted");
    }
}
