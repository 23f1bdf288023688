//! What the README says is so.

use std::fs;

use sipdex::keymap::{COMMANDS, Keymap, markdown_table};
use sipdex::search::filters;
use sipdex::theme::Theme;

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
    between("keys", &format!("\n{}\n", markdown_table()));
}

#[test]
fn the_filters_are_those_of_the_program() {
    let rows = filters().map(|(example, finds)| format!("| `{example}` | {finds} |\n"));
    let table = "| filter | finds |\n| --- | --- |\n".to_owned() + &rows.collect::<String>();
    between("filters", &format!("\n{table}\n"));
}

#[test]
fn the_command_names_are_those_of_the_program() {
    let names: Vec<String> = COMMANDS
        .iter()
        .map(|command| format!("`{}`", command.name))
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
    assert!(Theme::named(config.theme.as_deref().expect("a theme")).is_some());
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
