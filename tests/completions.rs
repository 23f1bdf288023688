//! What a shell offers at Tab: bash, zsh and fish, each as it runs, where it is installed.
#![cfg(unix)]

use std::fs;
use std::process::Command;
use std::time::Duration;

use termlens::{Result, Terminal};

#[path = "completions/cases.rs"]
mod cases;
#[path = "completions/offers.rs"]
mod offers;

use offers::{
    Home, assert_explained, assert_offers, at_the_keyboard, driver, is_installed, of_fish,
};

/// How long a shell may take on a machine that has more to do.
const LIMIT: Duration = Duration::from_secs(60);

#[test]
fn bash_offers_what_fits() -> Result<()> {
    if is_installed("bash") {
        let driver = driver("driver.bash").display().to_string();
        let offers = at_the_keyboard(
            &Home::new(),
            "bash",
            &["--noprofile", "--rcfile", &driver, "-i"],
        )?;
        assert_offers("bash", &offers);
    }
    Ok(())
}

#[test]
fn zsh_offers_what_fits_and_explains_it() -> Result<()> {
    if is_installed("zsh") {
        let home = Home::new();
        fs::copy(driver("driver.zsh"), home.path().join(".zshrc"))?;
        let offers = at_the_keyboard(&home, "zsh", &["-d", "-i"])?;
        assert_offers("zsh", &offers);
        assert_explained(&offers);
    }
    Ok(())
}

#[test]
fn fish_offers_what_fits_and_explains_it() {
    if is_installed("fish") {
        let offers = of_fish(&Home::new());
        assert_offers("fish", &offers);
        assert_explained(&offers);
    }
}

#[test]
fn a_filter_waits_for_its_value_and_a_code_does_not() -> Result<()> {
    for (shell, args) in [
        ("bash", ["--norc", "--noprofile", "-i"]),
        ("zsh", ["-f", "-d", "-i"]),
    ] {
        if !is_installed(shell) {
            continue;
        }
        let home = Home::new();
        let mut terminal = Terminal::builder()
            .size(100, 40)
            .timeout(LIMIT)
            .env_clear()
            .envs(home.variables())
            .args(args)
            .spawn(shell)?;
        let ready = match shell {
            "bash" => "source <(sipdex completions bash); PS1='$ '; echo rea''dy\r",
            _ => {
                "autoload -Uz compinit; compinit -u -D; source <(sipdex completions zsh); PS1='$ '; echo rea''dy\r"
            }
        };
        terminal.send_str(ready)?;
        terminal.wait_until(|screen| screen.contains("ready\n"))?;
        terminal.send_str("echo; sipdex search hea\tx\t")?;
        terminal.wait_until(|screen| screen.contains("search header:x"))?;
        terminal.send_str("\x15sipdex 42\t1\tx")?;
        terminal.wait_until(|screen| screen.contains("sipdex 421 x"))?;
    }
    Ok(())
}

#[test]
fn a_word_whose_quotation_marks_are_closed_keeps_them() {
    let asked = |word: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_sipdex"))
            .args(["--", &format!("sipdex search {word}"), word])
            .env("SIPDEX_COMPLETE", "bash")
            .output()
            .expect("sipdex runs");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    assert_eq!(asked("\"busy header:\""), "");
    assert_eq!(asked("'busy header:'"), "");
    assert!(asked("busy\\ is:").contains("is:bookmarked"));
    assert!(asked("\"").contains("header:"), "one mark is no end");
}

#[test]
fn a_script_asks_whatever_program_is_on_the_path_and_is_never_in_the_way() {
    let home = Home::new();
    for (shell, words) in [
        ("bash", ["sipdex sho", "sho"]),
        ("fish", ["sipdex", "sho"]),
        ("zsh", ["sipdex", "sho"]),
    ] {
        let asked = |args: &[&str]| {
            let mut sipdex = Command::new(env!("CARGO_BIN_EXE_sipdex"));
            let asked = sipdex
                .args(args)
                .env("SIPDEX_COMPLETE", shell)
                .output()
                .expect("sipdex runs");
            assert!(
                asked.status.success() && asked.stderr.is_empty(),
                "{shell}: {asked:?}"
            );
            String::from_utf8(asked.stdout).expect("UTF-8")
        };
        assert!(
            asked(&["--", words[0], words[1]]).starts_with("show"),
            "{shell}"
        );
        assert_eq!(asked(&[]), "", "{shell}");
        assert_eq!(asked(&["--"]), "", "{shell}");
        assert_eq!(
            asked(&["--", "sipdex", "no-command", "x", "y"]),
            "",
            "{shell}"
        );
    }
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let mut sipdex = Command::new(env!("CARGO_BIN_EXE_sipdex"));
        let script = sipdex
            .args(["completions", shell])
            .output()
            .expect("sipdex runs")
            .stdout;
        let script = String::from_utf8(script).expect("UTF-8");
        assert!(script.contains("sipdex --"), "{shell}");
        assert!(!script.contains(env!("CARGO_BIN_EXE_sipdex")), "{shell}");
    }
    drop(home);
}

#[test]
fn the_script_of_each_shell_is_as_it_was_seen() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = Command::new(env!("CARGO_BIN_EXE_sipdex"))
            .args(["completions", shell])
            .output()
            .expect("sipdex runs")
            .stdout;
        let script = String::from_utf8(script).expect("UTF-8");
        insta::assert_snapshot!(format!("script_of_{shell}"), script);
    }
}
