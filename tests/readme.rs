//! What the README says is so.

use std::fs;

use sipdex::app::Mode::{self, Compare, Detail, List, Search};
use sipdex::commands::FACTS;
use sipdex::keymap::{Command, Keymap};
use sipdex::search::filters;

fn readme() -> String {
    fs::read_to_string("README.md").expect("the README")
}

/// Returns what stands between two marks, and says what should.
fn between(name: &str, wanted: &str) {
    let readme = readme();
    let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let found = readme
        .split_once(&start)
        .and_then(|(_, rest)| rest.split_once(&end));
    let found = found.expect("the marks").0.trim();
    assert_eq!(
        found,
        wanted.trim(),
        "put this between the marks of {name}:\n\n{wanted}\n"
    );
}

#[test]
fn the_key_table_is_that_of_the_program() {
    let keymap = Keymap::default();
    let row = |command: &Command| {
        let keys = |mode: Mode| match keymap.shown(*command, &[mode]).as_str() {
            "" => String::new(),
            keys => format!("`{}`", keys.replace(' ', "` `")),
        };
        let keys = [Search, List, Detail, Compare].map(keys);
        format!("| {} | {} |\n", command.says(), keys.join(" | "))
    };
    let heading =
        "| does | search line | list | page | comparison |\n| --- | --- | --- | --- | --- |\n";
    let rows: String = Command::ALL.iter().map(row).collect();
    between("keys", &format!("\n{heading}{rows}\n"));
}

#[test]
fn the_filters_are_those_of_the_program() {
    let rows = filters().map(|(example, finds)| format!("| `{example}` | {finds} |\n"));
    let table = "| filter | finds |\n| --- | --- |\n".to_owned() + &rows.collect::<String>();
    between("filters", &format!("\n{table}\n"));
}

#[test]
fn files_environment_and_exit_statuses_are_those_of_the_manual_page() {
    for facts in FACTS {
        let (name, columns) = match facts.heading {
            "FILES" => ("files", "file | holds"),
            "ENVIRONMENT" => ("environment", "variable | does"),
            "EXIT STATUS" => ("exit-status", "exit status | when"),
            other => panic!("{other} has no place in the README"),
        };
        let rows = facts.rows.iter();
        let rows = rows.map(|(term, says)| format!("| `{term}` | {says} |\n"));
        let table = format!("| {columns} |\n| --- | --- |\n{}", rows.collect::<String>());
        between(name, &format!("\n{table}\n"));
    }
}

/// Holds each command below another, and those below it, against the table of commands.
fn assert_told(above: &clap::Command, table: &str) {
    for command in above.get_subcommands() {
        let name = command.get_name();
        let is_told = table.contains(&format!("`sipdex {name}"))
            || table.contains(&format!("`{name}`"))
            || table.contains(&format!("`{name} "));
        assert!(is_told, "{name} is missing");
        for arg in command.get_arguments() {
            let Some(long) = arg.get_long() else { continue };
            assert!(
                table.contains(&format!("--{long}")),
                "{name} --{long} is missing"
            );
        }
        assert_told(command, table);
    }
}

#[test]
fn each_command_and_option_is_in_the_table_of_commands() {
    let readme = readme();
    let part = readme
        .split("\n## ")
        .find(|part| part.starts_with("Commands\n"));
    let table = part.expect("the commands");
    let command = <sipdex::cli::Cli as clap::CommandFactory>::command();
    for arg in command.get_arguments() {
        let Some(long) = arg.get_long() else { continue };
        // It is told where the files are.
        assert!(
            long == "config-dir" || table.contains(&format!("--{long}")),
            "--{long} is missing"
        );
    }
    assert_told(&command, table);
}

#[test]
fn the_command_names_are_those_of_the_program() {
    let names: Vec<String> = Command::ALL
        .iter()
        .map(|command| format!("`{}`", command.name()))
        .collect();
    between("commands", &format!("\n{}.\n", names.join(", ")));
}

#[test]
fn the_configuration_is_complete_and_valid() {
    let readme = readme();
    let example = readme
        .split("```toml\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    let (config, problems) = sipdex::config::parse(example.expect("an example").as_bytes());
    assert_eq!(problems, [""; 0]);
    assert!(Keymap::new(&config.keys).1.is_empty());
    assert_eq!(config.theme.as_deref(), Some(sipdex::theme::AUTO));
    let defaults = sipdex::config::Config {
        theme: config.theme.clone(),
        keys: config.keys.clone(),
        ..Default::default()
    };
    assert_eq!(config, defaults, "the example shows the defaults");
}

#[test]
fn every_theme_is_named() {
    for theme in &sipdex::theme::THEMES {
        assert!(readme().contains(theme.name), "{}", theme.name);
    }
}

#[test]
fn the_unregistered_codes_are_named() {
    let unregistered = sipdex::catalog::responses()
        .iter()
        .filter(|response| !response.is_registered());
    let codes: Vec<u16> = unregistered.map(|response| response.code.get()).collect();
    assert_eq!(
        codes,
        [303, 409, 411, 476, 477, 478, 479],
        "the list in the README"
    );
    assert!(readme().contains("(303, 409, 411, 476 to\n479)"));
}

/// Returns what is in blocks of a kind.
fn blocks(readme: &str, kind: &str) -> Vec<String> {
    let start = format!("```{kind}\n");
    let blocks = readme.split(&start).skip(1);
    blocks
        .map(|rest| rest.split("```").next().unwrap_or_default().to_owned())
        .collect()
}

#[test]
#[cfg(unix)]
fn what_the_readme_types_prints_what_it_says() {
    let sipdex = std::path::Path::new(env!("CARGO_BIN_EXE_sipdex"));
    let folder = sipdex.parent().expect("a directory").display();
    let home = tempfile::tempdir().expect("a directory");
    let sh = |typed: &str| {
        std::process::Command::new("sh")
            .args(["-c", typed])
            .env_clear()
            .env("PATH", format!("{folder}:/usr/bin:/bin"))
            .env("SIPDEX_CONFIG_DIR", home.path())
            .output()
            .expect("a shell")
    };
    let has_jq = sh("command -v jq").status.success();
    let mut tried = 0;
    for session in blocks(&readme(), "console").concat().split("$ ").skip(1) {
        let (typed, expected) = session.split_once('\n').expect("a line of output");
        if typed.contains("jq ") && !has_jq {
            eprintln!("skipped, since jq is missing: {typed}");
            continue;
        }
        let output = sh(typed);
        let printed = String::from_utf8_lossy(&output.stdout);
        assert_eq!(
            printed.trim_end(),
            expected.trim_end(),
            "{typed}: {output:?}"
        );
        tried += 1;
    }
    assert!(tried > 2, "the README shows commands");
}

#[cfg(unix)]
mod on_a_fresh_account {
    use std::path::Path;
    use std::process::Command;
    use std::time::Duration;

    use tempfile::TempDir;
    use termlens::{Result, Terminal};

    use super::{blocks, readme};

    /// Where Debian, Fedora, Arch and others have it.
    const BASH_COMPLETION: &str = "/usr/share/bash-completion/bash_completion";

    fn variables(home: &TempDir) -> Vec<(&'static str, String)> {
        let sipdex = Path::new(env!("CARGO_BIN_EXE_sipdex"));
        let folder = sipdex.parent().expect("a directory").display();
        vec![
            ("HOME", home.path().display().to_string()),
            ("PATH", format!("{folder}:/usr/bin:/bin")),
            ("LANG", "C.UTF-8".into()),
            ("TERM", "xterm-256color".into()),
        ]
    }

    /// Types the lines of the README into a shell of a user who has no file yet.
    fn installed(shell: &str) -> Option<TempDir> {
        let home = tempfile::tempdir().expect("a directory");
        let readme = readme();
        let block = blocks(&readme, "sh")
            .into_iter()
            .find(|block| block.contains("completions"));
        let typed = Command::new(shell)
            .args(["-c", &block.expect("the lines")])
            .env_clear()
            .envs(variables(&home))
            .output();
        let Ok(typed) = typed else {
            eprintln!("skipped: {shell} is not installed");
            return None;
        };
        assert!(
            typed.status.success() && typed.stderr.is_empty(),
            "{shell}: {typed:?}"
        );
        for file in [
            ".local/share/bash-completion/completions/sipdex",
            ".zfunc/_sipdex",
            ".zshrc",
            ".config/fish/completions/sipdex.fish",
            ".local/share/man/man1/sipdex.1",
        ] {
            let length = home.path().join(file).metadata().map(|file| file.len());
            assert!(length.expect(file) > 0, "{shell}: {file}");
        }
        Some(home)
    }

    /// Starts a shell as the user does then, and presses Tab.
    fn completes(shell: &str, home: &TempDir, shown: &[&str]) -> Result<()> {
        let mut terminal = Terminal::builder()
            .size(100, 40)
            .timeout(Duration::from_secs(60))
            .env_clear()
            .envs(variables(home))
            .args(["-i"])
            .spawn(shell)?;
        terminal.send_str("echo rea''dy\r")?;
        terminal.wait_until(|screen| screen.contains("ready\n"))?;
        terminal.send_str("sipdex 48\t\t")?;
        terminal.wait_until(|screen| shown.iter().all(|shown| screen.contains(shown)))
    }

    #[test]
    fn bash_completes_after_the_lines_of_the_readme() -> Result<()> {
        let Some(home) = installed("bash") else {
            return Ok(());
        };
        if !Path::new(BASH_COMPLETION).exists() {
            eprintln!("skipped: bash-completion is not installed");
            return Ok(());
        }
        std::fs::write(
            home.path().join(".bashrc"),
            format!(". {BASH_COMPLETION}\n"),
        )?;
        completes("bash", &home, &["480", "486", "489"])
    }

    #[test]
    fn bash_completes_without_bash_completion() -> Result<()> {
        let Some(home) = installed("bash") else {
            return Ok(());
        };
        let line = "source <(sipdex completions bash)";
        assert!(readme().contains(&format!("put `{line}` into `~/.bashrc`")));
        std::fs::write(home.path().join(".bashrc"), line)?;
        completes("bash", &home, &["480", "486", "489"])
    }

    #[test]
    fn zsh_completes_after_the_lines_of_the_readme() -> Result<()> {
        installed("zsh").map_or(Ok(()), |home| {
            completes("zsh", &home, &["480", "486", "Busy Here", "489"])
        })
    }

    #[test]
    fn fish_completes_after_the_lines_of_the_readme() -> Result<()> {
        installed("fish").map_or(Ok(()), |home| {
            completes("fish", &home, &["480", "486", "Busy Here", "489"])
        })
    }

    #[test]
    fn what_is_installed_is_what_the_lock_file_says() {
        assert!(readme().contains("`cargo install --locked --path .`"));
    }
}

#[test]
fn the_pictures_of_the_readme_are_there_with_their_words() {
    let readme = readme();
    let scenes = fs::read_to_string("screenshots/scenes.toml").expect("the scenes");
    for image in readme.split("<img src=\"").skip(1) {
        let (path, rest) = image.split_once('"').expect("a path");
        let alt = rest
            .split("alt=\"")
            .nth(1)
            .and_then(|alt| alt.split('"').next());
        assert!(fs::exists(path).expect("readable"), "{path}");
        let alt = alt.expect("words for who does not see the picture");
        assert!(scenes.contains(alt), "{path}: {alt}");
    }
    for linked in readme.split("](screenshots/").skip(1) {
        let name = linked.split(')').next().unwrap_or_default();
        assert!(
            fs::exists(format!("screenshots/{name}")).expect("readable"),
            "{name}"
        );
    }
}
