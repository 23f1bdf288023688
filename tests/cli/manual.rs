//! The help and the manual page.

use super::*;

#[test]
fn help_begins_with_examples() {
    let user = User::new();
    assert!(user.done("--help").starts_with("Examples:\n  sipdex "));
    let version = concat!("sipdex ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!(user.done("--version"), version);
}

#[test]
fn help_is_a_command_too() {
    let user = User::new();
    assert_eq!(user.done("help"), user.done("--help"));
    for of in each("show; compare; list; bookmarks; bookmarks add; completions; man; paths") {
        assert_eq!(
            user.done(&format!("help {of}")),
            user.done(&format!("{of} --help")),
            "{of}"
        );
    }
}

/// Returns the manual page as it is read, without its marks.
fn manual() -> String {
    let marks = ["\\fB", "\\fI", "\\fR", "\\&"];
    let page = User::new().done("man").replace("\\-", "-");
    let page = marks.iter().fold(page, |page, mark| page.replace(mark, ""));
    page.replace("\\*(Aq", "'")
}

/// Holds what the manual page says of a command against its own words and arguments.
fn assert_explained(command: &clap::Command, said: &str) {
    let name = command.get_bin_name().unwrap_or(command.get_name());
    let told = |text: &str| assert!(said.contains(text), "{name}: {text:?} is missing in {said}");
    told(&command.get_about().expect("what it does").to_string());
    let is_root = !name.contains(' ');
    for arg in command.get_arguments() {
        // Options for all are told once; that codes may stand alone is told in the description.
        let is_told_elsewhere = if is_root {
            arg.is_positional()
        } else {
            arg.is_global_set()
        };
        if arg.get_id() == "help" || is_told_elsewhere {
            continue;
        }
        let value = arg.get_value_names().and_then(<[_]>::first);
        match (
            arg.get_long(),
            value.filter(|_| arg.get_action().takes_values()),
        ) {
            (Some(long), Some(value)) => told(&format!("--{long} <{value}>")),
            (Some(long), None) => told(&format!("--{long}")),
            (None, _) => told(&arg.to_string()),
        }
        told(&arg.get_help().expect("what it is for").to_string());
        for value in arg.get_possible_values() {
            told(value.get_name());
        }
    }
}

/// Holds each command below another against its section of the manual page.
fn assert_all_explained(above: &clap::Command, page: &str) {
    for command in above.get_subcommands() {
        if command.get_name() == "help" {
            continue;
        }
        if command.has_subcommands() {
            assert_all_explained(command, page);
            continue;
        }
        let name = command.get_bin_name().expect("a name");
        let is_its = |section: &&str| {
            let heading = section.lines().next().unwrap_or_default().trim_matches('"');
            heading == name || heading.starts_with(&format!("{name} "))
        };
        let section = page.split(".SS ").skip(1).find(is_its);
        let section = section.unwrap_or_else(|| panic!("{name} is missing"));
        assert_explained(command, section.split("\n.SH").next().unwrap_or_default());
    }
}

#[test]
fn the_manual_page_has_every_command_and_option() {
    let mut command = <sipdex::cli::Cli as clap::CommandFactory>::command();
    command.build();
    let page = manual();
    assert_explained(
        &command,
        page.split("\n.SH COMMANDS").next().unwrap_or_default(),
    );
    assert_all_explained(&command, &page);
    for said in [
        "FILES",
        "ENVIRONMENT",
        "EXIT STATUS",
        "SIPDEX_CONFIG_DIR",
        "-h, --help",
        "-V, --version",
    ] {
        assert!(page.contains(said), "{said:?} is missing");
    }
}

#[test]
fn the_manual_page_reads_as_it_was_seen() {
    insta::assert_snapshot!(manual().replace(env!("CARGO_PKG_VERSION"), "VERSION"));
}

#[test]
fn the_manual_page_and_the_help_of_search_have_every_filter() {
    let user = User::new();
    let (help, page) = (user.done("search --help"), manual());
    let page = page.split_once(".SH FILTERS").expect("the filters").1;
    for (example, finds) in sipdex::search::filters() {
        assert!(help.contains(&format!("  {example} ")), "{example}: {help}");
        assert!(help.contains(finds), "{example}: {help}");
        assert!(
            page.contains(&format!("{example}\nfinds {finds}\n")),
            "{example}: {page}"
        );
    }
    assert_eq!(user.done("help search"), help);
}
