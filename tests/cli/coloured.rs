//! `--color`, and the variables that mean the same.

use super::*;

#[test]
fn styles_in_a_pipe_are_asked_for() {
    let user = User::new();
    for (set, typed, styled) in [
        (&[][..], "503", false),
        (&[], "--color auto 503", false),
        (&[], "--color always 503", true),
        (&[], "503 --color=always", true),
        (&[], "show 503 --color always", true),
        (&[], "--color never show 503 --color always", true),
        (&[("NO_COLOR", "1")], "480 486 --color always", true),
        (&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], "503", false),
        (&[("CLICOLOR_FORCE", "1")], "timer b", true),
        (&[("CLICOLOR_FORCE", "0")], "timer b", false),
        (&[("CLICOLOR_FORCE", "1")], "timer b --color never", false),
        (&[], "--color always 503 --format json", false),
        (&[], "--color always 503 --format markdown", false),
    ] {
        let run = ended(user.command(typed).envs(set.iter().copied()));
        assert_eq!((run.status, &*run.err), (0, ""), "{typed}");
        assert_eq!(run.out.contains('\u{1b}'), styled, "{set:?} {typed}");
        assert!(!run.out.contains("\u{1b}]"), "no link in a pipe: {typed}");
    }
}

#[test]
fn what_is_no_way_to_colour_is_refused() {
    let run = User::new().run("--color sometimes 503");
    assert_eq!((run.status, &*run.out), (2, ""));
    assert!(run.err.contains("auto, always, never"), "{}", run.err);
}

#[test]
#[cfg(unix)]
fn citations_and_entries_are_links_where_they_are_taken() -> termlens::Result<()> {
    use super::explorer::{SIPDEX, terminal};

    let links = |set: &[(&str, &str)], typed: &str| -> termlens::Result<Vec<(String, String)>> {
        let user = User::new();
        let terminal = terminal(&user.0).size(80, 1000).envs(set.iter().copied());
        let mut terminal = terminal.args(typed.split(' ')).spawn(SIPDEX)?;
        assert_eq!(terminal.wait_exit()?.code(), Some(0));
        let screen = terminal.screen();
        let links = screen.links();
        Ok(links
            .iter()
            .map(|link| {
                (
                    link.label().unwrap_or_default().to_owned(),
                    link.uri().to_owned(),
                )
            })
            .collect())
    };
    let kitty = ("TERM", "xterm-kitty");
    let of_cause = links(&[kitty], "cause 34")?;
    let has = |text: &str, end: &str| {
        of_cause.iter().any(|(shown, address)| {
            shown == text && address == &format!("https://www.rfc-editor.org/rfc/{end}")
        })
    };
    assert!(
        has("[RFC 3398 7.1.6]", "rfc3398#section-7.1.6"),
        "{of_cause:?}"
    );
    assert!(
        has("503 Service Unavailable", "rfc3261#section-21.5.4"),
        "{of_cause:?}"
    );
    for (set, typed) in [
        (&[kitty][..], "503 --color never"),
        (&[kitty], "503 --format markdown"),
        (&[kitty], "503 --format json"),
        (&[("TERM", "xterm-256color")], "503"),
        (&[("TERM", "dumb"), ("VTE_VERSION", "7600")], "503"),
    ] {
        assert_eq!(links(set, typed)?, [], "{set:?} {typed}");
    }
    Ok(())
}
