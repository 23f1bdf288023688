//! What a shell offers at Tab: bash, zsh and fish, each as it runs, where it is installed.
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use tempfile::TempDir;
use termlens::{Result, Terminal};

/// How long a shell may take on a machine that has more to do.
const LIMIT: Duration = Duration::from_secs(60);

/// What is typed before Tab, what must be offered then, and what must not.
const CASES: &[(&str, &str, &str)] = &[
    (
        "sipdex ",
        "show compare search list bookmarks completions man paths help",
        "486 import-me.toml --query",
    ),
    ("sipdex sh", "show", "486 search"),
    ("sipdex 48", "480 486 489", "400 show"),
    ("sipdex 486 6", "600 603 608", "486 show"),
    ("sipdex 486 600 48", "480 487", "600"),
    ("sipdex 486 --", "--format --help --config-dir", "486"),
    ("sipdex show 47", "476 477", "486"),
    ("sipdex compare 486 6", "600", "486"),
    ("sipdex compare 486,60", "486,600 486,603", "600 486,486"),
    ("sipdex --code 48", "480 486", "600 import-me.toml"),
    ("sipdex --code=48", "--code=480 --code=486", "--code=600"),
    ("sipdex --compare 48", "480 486", "600"),
    ("sipdex --compare 486,60", "486,600 486,608", "486,480"),
    ("sipdex --query ", "", "show 486 import-me.toml"),
    (
        "sipdex list --",
        "--class --bookmarked --unregistered --format --config-dir",
        "--note",
    ),
    (
        "sipdex list --class ",
        "1xx 4xx 6xx",
        "import-me.toml 486 --format",
    ),
    (
        "sipdex show 486 --format ",
        "plain markdown json",
        "import-me.toml",
    ),
    (
        "sipdex list --format=",
        "--format=plain --format=json",
        "import-me.toml",
    ),
    ("sipdex --format ", "plain markdown json", "show"),
    ("sipdex completions ", "bash zsh fish", "import-me.toml"),
    ("sipdex help sh", "show", "search"),
    ("sipdex search he", "header:", "help method:"),
    (
        "sipdex search busy ",
        "rfc: header: method: from: cause: warn: class: is:",
        "import-me.toml",
    ),
    (
        "sipdex search header:",
        "header:retry-after header:warning header:call-info",
        "header:Retry-After method:",
    ),
    (
        "sipdex search header:Re",
        "header:Retry-After header:Reason",
        "header:Warning",
    ),
    (
        "sipdex search 4xx method:",
        "method:invite method:register",
        "header:reason",
    ),
    ("sipdex search from:pro", "from:proxy", "from:uas"),
    (
        "sipdex search class:",
        "class:4xx class:6xx",
        "import-me.toml",
    ),
    ("sipdex search cause:1", "cause:16 cause:17", "cause:21"),
    (
        "sipdex search is:",
        "is:bookmarked is:unregistered",
        "is:486",
    ),
    ("sipdex search nothing:", "", "nothing: import-me.toml"),
    ("sipdex bookmarks ", "list add remove export import", "486"),
    ("sipdex bookmarks add 48", "480 486", "603"),
    ("sipdex bookmarks add 486 --note ", "", "480 import-me.toml"),
    (
        "sipdex bookmarks remove ",
        "431 486",
        "480 603 import-me.toml",
    ),
    (
        "sipdex bookmarks remove --config-dir elsewhere ",
        "603",
        "431 486",
    ),
    (
        "sipdex bookmarks remove --config-dir broken ",
        "",
        "431 486 603 import-me.toml",
    ),
    ("sipdex bookmarks import imp", "import-me.toml", "a-folder"),
    (
        "sipdex bookmarks import ~/imp",
        "~/import-me.toml",
        "a-folder",
    ),
    ("sipdex --config-dir a-f", "a-folder/", "import-me.toml"),
    ("sipdex paths --config-dir a", "a-folder/", "another-file"),
    (
        "sipdex --config-dir=a",
        "--config-dir=a-folder/",
        "--config-dir=another-file",
    ),
    ("sipdex --query class:", "class:4xx class:6xx", "show 486"),
    ("sipdex --query 'busy he", "header:", "method:"),
    (
        "sipdex search \"busy header:retry-a",
        "header:retry-after",
        "show",
    ),
    ("sipdex search rfc:326", "rfc:3261 rfc:3262", "rfc:8599"),
    ("sipdex show 480 486 48", "481 482 489", "480 486"),
    ("sipdex bookmarks remove 431 486 ", "", "431 480"),
];

/// What a shell offered for one line: the values, and how it shows them.
struct Offer {
    values: Vec<String>,
    shown: Vec<String>,
}

/// A user's home, with bookmarks, files and folders to complete, and the program on the path.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
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

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn variables(&self) -> Vec<(&str, String)> {
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

fn is_installed(shell: &str) -> bool {
    let installed = Command::new(shell).arg("--version").output().is_ok();
    if !installed {
        eprintln!("skipped: {shell} is not installed");
    }
    installed
}

fn driver(of: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/completions")
        .join(of)
}

/// Returns what a shell offers that is driven in a terminal, key by key.
fn at_the_keyboard(home: &Home, shell: &str, args: &[&str]) -> Result<Vec<Offer>> {
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

fn of_fish(home: &Home) -> Vec<Offer> {
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
fn assert_offers(shell: &str, offers: &[Offer]) {
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
fn assert_explained(offers: &[Offer]) {
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
