//! Each key of the table pressed in each mode that has it, and what the user sees changed then; the same for
//! the keys that change a line, for the mouse, and for what the explorer says.

/// Writes cases as `"command" { Mode "keys" from "keys before", "what it means", |was, is| …; }`.
macro_rules! cases {
    ($($command:literal { $($mode:ident $keys:literal from $from:literal, $means:literal, $holds:expr;)+ })+) => {
        &[$($(crate::Case {
            command: $command,
            mode: sipdex::app::Mode::$mode,
            keys: $keys,
            from: $from,
            means: $means,
            holds: $holds,
        }),+),+]
    };
}

#[path = "catalog/codes.rs"]
mod codes;
#[path = "keys/lines.rs"]
mod lines;
#[path = "keys/messages.rs"]
mod messages;
#[path = "keys/mouse.rs"]
mod mouse;
#[path = "keys/moving.rs"]
mod moving;
#[path = "keys/notices.rs"]
mod notices;
#[path = "keys/passages.rs"]
mod passages;
#[path = "keys/reading.rs"]
mod reading;
#[path = "screens/screen.rs"]
mod screen;
#[path = "keys/seen.rs"]
mod seen;

use std::collections::BTreeSet;

use sipdex::app::Mode;
use sipdex::keymap::Command;

use seen::{Seen, open};

/// A key of the table in a mode: where it is pressed, and what is true then.
struct Case {
    command: &'static str,
    mode: Mode,
    /// All keys that the command has in this mode.
    keys: &'static str,
    /// What is pressed before.
    from: &'static str,
    means: &'static str,
    holds: fn(&Seen, &Seen) -> bool,
}

fn all() -> impl Iterator<Item = &'static Case> {
    moving::CASES.iter().chain(reading::CASES)
}

#[test]
fn each_key_does_what_it_means() {
    for case in all() {
        for key in case.keys.split(' ') {
            let screen = open(case.from, (100, 30));
            let (command, mode, from) = (case.command, case.mode, case.from);
            assert_eq!(screen.app.mode(), mode, "after {from:?}, for {command}");
            let was = Seen::of(&screen);
            let mut screen = screen;
            screen.effects.clear();
            let is = Seen::of(&screen.press(key));
            assert!(
                (case.holds)(&was, &is),
                "{command}, which is {key} in {mode:?}, after {from:?}: {}\nbefore: {was:#?}\nafter: {is:#?}\n{}",
                case.means,
                is.text
            );
        }
    }
}

#[test]
fn each_row_mode_and_key_of_the_table_has_a_case_and_each_case_a_row() {
    let mut of_table = BTreeSet::new();
    for command in Command::ALL {
        for (modes, keys) in command.keys() {
            let here = modes
                .iter()
                .flat_map(|mode| keys.iter().map(move |key| (mode, key.written())));
            of_table
                .extend(here.map(|(mode, key)| format!("{} in {mode:?}: {key}", command.name())));
        }
    }
    let mut of_cases = BTreeSet::new();
    for case in all() {
        let keys = case.keys.split(' ');
        of_cases.extend(keys.map(|key| format!("{} in {:?}: {key}", case.command, case.mode)));
    }
    let without_case: Vec<_> = of_table.difference(&of_cases).collect();
    let without_row: Vec<_> = of_cases.difference(&of_table).collect();
    assert!(
        without_case.is_empty() && without_row.is_empty(),
        "keys without a case: {without_case:#?}\ncases without a key: {without_row:#?}"
    );
}
