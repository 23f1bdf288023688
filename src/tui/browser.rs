//! Opens an address with the programs of `BROWSER`, or as the desktop does it.

use std::process::{Child, Stdio};
use std::time::Duration;

use super::outside::{ends_within, silent, why};
use crate::text;

/// What opens an address where `BROWSER` names nothing, written as there.
const DESKTOP: &str = if cfg!(target_os = "macos") {
    "open"
} else if cfg!(windows) {
    "rundll32 url.dll,FileProtocolHandler"
} else {
    "xdg-open:gio open:gnome-open:kde-open:wslview:powershell.exe -NoProfile -Command Start-Process"
};

/// What parts the commands, as in PATH.
const BETWEEN: char = if cfg!(windows) { ';' } else { ':' };

/// How soon a program ends that cannot open anything.
const SOON: Duration = Duration::from_secs(2);

/// Gives an address to the first program that takes it. Returns its name and, if it runs on, the program;
/// or why none of them took it.
pub(super) fn open(url: &str) -> Result<(String, Option<Child>), String> {
    let named = std::env::var_os("BROWSER").filter(|named| !named.is_empty());
    let list = named.map_or(DESKTOP.into(), |named| named.to_string_lossy().into_owned());
    let mut reasons = Vec::new();
    for command in commands(&list) {
        let words = with_url(&command, url);
        let Some((program, arguments)) = words.split_first() else {
            continue;
        };
        let name = text::clean(program);
        let started = silent(program).args(arguments).stdin(Stdio::null()).spawn();
        let ended = started.and_then(|mut child| Ok((ends_within(&mut child, SOON)?, child)));
        match ended {
            Ok((None, child)) => return Ok((name, Some(child))),
            Ok((Some(status), _)) if status.success() => return Ok((name, None)),
            Ok((Some(status), _)) => reasons.push(format!("{name}: {status}")),
            Err(error) => reasons.push(format!("{name}: {}", why(&error))),
        }
    }
    Err(reasons.join("; "))
}

/// Reads a list of commands: words as in a shell, with its quotes, and nothing else of it.
fn commands(list: &str) -> Vec<Vec<String>> {
    let mut letters = list.chars();
    let mut commands = Vec::new();
    while !letters.as_str().is_empty() {
        let (mut words, open) = text::words(&mut letters, Some(BETWEEN));
        words.extend(open);
        commands.push(words);
    }
    commands.retain(|command| !command.is_empty());
    commands
}

/// Puts the address where a command has `%s`, or behind it; no program is waited for, so a `&` at the end
/// says nothing.
fn with_url(command: &[String], url: &str) -> Vec<String> {
    let command = command.strip_suffix(&["&".to_owned()]).unwrap_or(command);
    let mut placed = false;
    let mut fill = |word: &String| {
        let mut filled = String::new();
        let mut letters = word.chars();
        while let Some(letter) = letters.next() {
            match (letter, letters.clone().next()) {
                ('%', Some('s')) => filled.push_str(url),
                ('%', Some('c')) => filled.push(':'),
                ('%', Some('%')) => filled.push('%'),
                _ => {
                    filled.push(letter);
                    continue;
                }
            }
            placed |= letters.next() == Some('s');
        }
        filled
    };
    let mut words: Vec<_> = command.iter().map(&mut fill).collect();
    if !placed {
        words.push(url.to_owned());
    }
    words
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    #[test]
    fn the_programs_of_browser_are_read_as_people_write_them() {
        for (list, expected) in [
            ("firefox", &["firefox|URL"][..]),
            ("firefox --new-window", &["firefox|--new-window|URL"]),
            ("prog %s --at-end", &["prog|URL|--at-end"]),
            ("prog --url=%s", &["prog|--url=URL"]),
            ("prog 100%% %c %x", &["prog|100%|:|%x|URL"]),
            ("prog %%s", &["prog|%s|URL"]),
            ("missing:prog -n", &["missing|URL", "prog|-n|URL"]),
            (":firefox::", &["firefox|URL"]),
            (
                "'/opt/my browser' \"a:b\" c\\ d",
                &["/opt/my browser|a:b|c d|URL"],
            ),
            ("firefox %s &", &["firefox|URL"]),
            ("prog '' \"it's\"", &["prog||it's|URL"]),
            ("prog; rm $HOME", &["prog;|rm|$HOME|URL"]),
            ("prog 'unended", &["prog|unended|URL"]),
            (" : ", &[]),
        ] {
            let read: Vec<_> = commands(list)
                .iter()
                .map(|command| with_url(command, "URL").join("|"))
                .collect();
            assert_eq!(read, expected, "{list}");
        }
    }
}
