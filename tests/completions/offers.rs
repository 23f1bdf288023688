//! What a shell offers, driven as a user does it, and what an offer must have.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use termlens::{Result, Terminal};

use super::LIMIT;
use super::cases::CASES;

/// What a shell offered for one line: the values, and how it shows them.
pub(crate) struct Offer {
    pub(crate) values: Vec<String>,
    pub(crate) shown: Vec<String>,
}

/// A user's home, with bookmarks, files and folders to complete, and the program on the path.
pub(crate) struct Home(TempDir);

impl Home {
    pub(crate) fn new() -> Self {
        let home = tempfile::tempdir().expect("a directory");
        let at = |name: &str| home.path().join(name);
        for folder in ["a-folder", "elsewhere", "broken"] {
            fs::create_dir(at(folder)).expect("a folder");
        }
        for (file, text) in [
            ("import-me.toml", ""),
            ("another-file", ""),
            (
                "bookmarks.toml",
                "[[bookmark]]\ncode = 486\n[[bookmark]]\ncode = 431\n",
            ),
            ("elsewhere/bookmarks.toml", "[[bookmark]]\ncode = 603\n"),
            ("broken/bookmarks.toml", "[[bookmark\ncode = "),
        ] {
            fs::write(at(file), text).expect("written");
        }
        Self(home)
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn variables(&self) -> Vec<(&str, String)> {
        let home = self.path().display().to_string();
        let sipdex = Path::new(env!("CARGO_BIN_EXE_sipdex"));
        let folder = sipdex.parent().expect("a directory").display();
        vec![
            ("PATH", format!("{folder}:/usr/bin:/bin")),
            ("LANG", "C.UTF-8".into()),
            ("TERM", "xterm-256color".into()),
            ("OUT", format!("{home}/offered")),
            ("ZDOTDIR", home.clone()),
            ("SIPDEX_CONFIG_DIR", home.clone()),
            ("HOME", home),
        ]
    }
}

pub(crate) fn is_installed(shell: &str) -> bool {
    let installed = Command::new(shell).arg("--version").output().is_ok();
    if !installed {
        eprintln!("skipped: {shell} is not installed");
    }
    installed
}

pub(crate) fn driver(of: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/completions")
        .join(of)
}

/// Returns what a shell offers that is driven in a terminal, key by key.
pub(crate) fn at_the_keyboard(home: &Home, shell: &str, args: &[&str]) -> Result<Vec<Offer>> {
    let mut terminal = Terminal::builder()
        .size(100, 40)
        .timeout(LIMIT)
        .env_clear()
        .envs(home.variables())
        .current_dir(home.path())
        .args(args)
        .spawn(shell)?;
    terminal.wait_until(|screen| screen.contains("ready"))?;
    for (i, (typed, ..)) in CASES.iter().enumerate() {
        terminal.send_str(&format!("{typed}\t\x1d"))?;
        let ended = format!("case {} ended", i + 1);
        terminal.wait_until(|screen| screen.contains(&ended))?;
    }
    drop(terminal);
    let offered = fs::read_to_string(home.path().join("offered"))?;
    let mut offers = Vec::new();
    let (mut values, mut shown) = (Vec::new(), Vec::new());
    for line in offered.lines() {
        match line.split_once(' ') {
            Some(("offered", value)) => values.push(value.to_owned()),
            Some(("shown", how)) => shown.push(how.to_owned()),
            // A shell puts in what is alone.
            Some(("line", line)) => {
                values.extend(
                    line.rsplit(' ')
                        .find(|word| !word.is_empty())
                        .map(str::to_owned),
                );
                let (values, shown) = (std::mem::take(&mut values), std::mem::take(&mut shown));
                offers.push(Offer { values, shown });
            }
            _ => {}
        }
    }
    Ok(offers)
}

pub(crate) fn of_fish(home: &Home) -> Vec<Offer> {
    let script =
        "sipdex completions fish | source\nfor typed in $argv\ncomplete -C $typed\necho :end\nend";
    let output = Command::new("fish")
        .args(["--no-config", "-c", script])
        .args(CASES.iter().map(|(typed, ..)| typed))
        .env_clear()
        .envs(home.variables())
        .current_dir(home.path())
        .output()
        .expect("fish runs");
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let offers = printed.split_terminator(":end\n").map(|lines| Offer {
        values: lines
            .lines()
            .map(|line| line.split('\t').next().unwrap_or_default().to_owned())
            .collect(),
        shown: lines.lines().map(str::to_owned).collect(),
    });
    offers.collect()
}

/// Holds the offers of a shell against the table.
pub(crate) fn assert_offers(shell: &str, offers: &[Offer]) {
    assert_eq!(offers.len(), CASES.len(), "{shell}");
    for (Offer { values, .. }, (typed, wanted, unwanted)) in offers.iter().zip(CASES) {
        // Of a value with blanks the last word is looked at.
        let has = |wanted: &str| {
            let word = |value: &String| {
                value.trim_end_matches(['"', '\'']).rsplit(' ').next() == Some(wanted)
            };
            values.iter().any(word)
        };
        // Bash puts in what follows the last colon or equals sign, if one is typed.
        let last = typed.rsplit(' ').next().unwrap_or_default();
        let quoted = typed.contains(['"', '\'']);
        let parts = shell == "bash" && last.contains([':', '=']) && !quoted;
        for wanted in wanted.split_whitespace() {
            let part = wanted.rsplit([':', '=']).next().filter(|_| parts);
            let there = has(wanted) || part.is_some_and(has);
            assert!(there, "{shell}: {typed:?} has no {wanted} in {values:?}");
        }
        for unwanted in unwanted.split_whitespace() {
            assert!(
                !has(unwanted) || typed.ends_with(unwanted),
                "{shell}: {typed:?} has {unwanted} in {values:?}"
            );
        }
    }
}

/// Holds against the catalog that codes have their phrases, and that commands have their help.
pub(crate) fn assert_explained(offers: &[Offer]) {
    let explained = |typed: &str, value: &str, says: &str| {
        let place = CASES
            .iter()
            .position(|(case, ..)| *case == typed)
            .expect("a case");
        let shown = offers[place].shown.iter();
        let found = shown
            .into_iter()
            .find(|shown| shown.starts_with(value) && shown.contains(says));
        assert!(found.is_some(), "{typed:?}: {value} does not say {says:?}");
    };
    for response in sipdex::catalog::responses() {
        let code = response.code.to_string();
        if code.starts_with("48") {
            explained("sipdex --code 48", &code, response.phrase());
        }
    }
    explained("sipdex ", "compare", "Tell two to four codes apart");
    explained("sipdex bookmarks remove ", "486", "Busy Here");
    explained("sipdex search busy ", "rfc:", "codes that the RFC defines");
    explained("sipdex search cause:1", "cause:17", "user busy");
    explained("sipdex list --", "--class", "Only this class");
}
