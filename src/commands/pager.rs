//! The pager of the user: takes what is longer than the terminal, in the manner of git.

use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::process::{Command, ExitStatus, Stdio};

use super::messages::Messages;
use super::surroundings::is_dumb;
use crate::text;

/// The first that is set counts, an empty one too.
const NAMED: [&str; 2] = ["SIPDEX_PAGER", "PAGER"];
const USUAL: &str = "less";
/// What pagers are told where the user tells them nothing: to end with the page if it is short, to leave styles and
/// the screen as they are.
const DEFAULTS: [(&str, &str); 2] = [("LESS", "FRX"), ("LV", "-c")];
/// A command that has one of these is one for a shell.
const OF_A_SHELL: &[u8] = b"|&;<>()$`\\\"' \t\n*?[#~=%";
/// How a shell ends that cannot run what it was given.
const NOT_RUN: [Option<i32>; 2] = [Some(126), Some(127)];

pub(super) struct Pager {
    command: OsString,
    is_named: bool,
}

impl Pager {
    /// Returns the pager that the environment names, or the usual one.
    pub(super) fn of(variable: impl Fn(&str) -> Option<OsString>) -> Option<Self> {
        let named = NAMED.into_iter().find_map(&variable);
        let is_named = named.is_some();
        let command = named.unwrap_or_else(|| USUAL.into());
        let wants_none = command.to_str().is_some_and(|command| {
            let command = command.trim();
            command.is_empty() || command == "cat"
        });
        // Where nothing can be done but print, less asks whether it should.
        let is_useless = !is_named && is_dumb(variable);
        (!wants_none && !is_useless).then_some(Self { command, is_named })
    }

    /// Shows a text until the user has seen enough; returns whether there was a pager to do so.
    pub(super) fn show(&self, text: &str, messages: &mut Messages<'_>) -> bool {
        let signals = signals::hold();
        let status = self.fed(text);
        signals::pass_on(&signals);
        let why = match status {
            Ok(status) => return !(self.is_for_a_shell() && NOT_RUN.contains(&status.code())),
            Err(why) => why,
        };
        if self.is_named {
            let command = text::quoted(&self.command.to_string_lossy());
            messages.say(format_args!("the pager {command} could not be run: {why}"));
        }
        false
    }

    /// Gives the pager a text, and waits for its end.
    fn fed(&self, text: &str) -> std::io::Result<ExitStatus> {
        let mut pager = self.program().stdin(Stdio::piped()).spawn()?;
        if let Some(mut stdin) = pager.stdin.take() {
            // A pager that ends before the text does has shown enough of it.
            drop(stdin.write_all(text.as_bytes()));
        }
        pager.wait()
    }

    fn program(&self) -> Command {
        let mut program = if self.is_for_a_shell() {
            let mut shell = Command::new("sh");
            shell.arg("-c").arg(&self.command);
            shell
        } else {
            Command::new(&self.command)
        };
        for (name, value) in DEFAULTS {
            if std::env::var_os(name).is_none() {
                program.env(name, value);
            }
        }
        program
    }

    fn is_for_a_shell(&self) -> bool {
        let bytes = OsStr::as_encoded_bytes(&self.command);
        bytes.iter().any(|byte| OF_A_SHELL.contains(byte))
    }
}

/// While a pager has the terminal, its keys are not for us: Ctrl-C stops a search there. Who wants to end us gets it
/// once the pager has given the terminal back.
#[cfg(unix)]
mod signals {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    use signal_hook::{flag, low_level};

    /// The signals that end us, each with whether it came.
    pub(super) struct Held([(i32, Arc<AtomicBool>); 2]);

    pub(super) fn hold() -> Held {
        for key in [SIGINT, SIGQUIT] {
            drop(flag::register(key, Arc::default()));
        }
        Held([SIGHUP, SIGTERM].map(|signal| {
            let came = Arc::default();
            drop(flag::register(signal, Arc::clone(&came)));
            (signal, came)
        }))
    }

    pub(super) fn pass_on(Held(held): &Held) {
        for (signal, came) in held {
            if came.load(Ordering::Relaxed) {
                drop(low_level::emulate_default_handler(*signal));
            }
        }
    }
}

#[cfg(not(unix))]
mod signals {
    pub(super) fn hold() {}

    pub(super) fn pass_on((): &()) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(words: &[(&'static str, &'static str)]) -> Option<String> {
        let words = words.to_vec();
        let variable = move |name: &str| {
            let mut found = words.iter().filter(|(set, _)| *set == name);
            found.next().map(|(_, value)| value.into())
        };
        Pager::of(variable).map(|pager| pager.command.into_string().expect("UTF-8"))
    }

    #[test]
    fn the_first_that_is_set_counts_and_may_want_none() {
        let (xterm, dumb) = (("TERM", "xterm"), ("TERM", "dumb"));
        for (set, pager) in [
            (&[xterm][..], Some("less")),
            (&[xterm, ("PAGER", "more")], Some("more")),
            (
                &[xterm, ("PAGER", "more"), ("SIPDEX_PAGER", "less -S")],
                Some("less -S"),
            ),
            (&[xterm, ("PAGER", "more"), ("SIPDEX_PAGER", "")], None),
            (&[xterm, ("PAGER", "")], None),
            (&[xterm, ("PAGER", " ")], None),
            (&[xterm, ("PAGER", "cat")], None),
            (&[xterm, ("PAGER", "cat -v")], Some("cat -v")),
            (&[dumb], None),
            (&[], None),
            (&[dumb, ("PAGER", "more")], Some("more")),
        ] {
            assert_eq!(named(set).as_deref(), pager, "{set:?}");
        }
    }
}
