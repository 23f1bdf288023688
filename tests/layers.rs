//! Reads the `use` lines of the source: no room imports against an arrow of the picture.

use std::fs;
use std::path::{Path, PathBuf};

/// Each room and the rooms that an arrow leads from, directly.
const ARROWS: [(&str, &[&str]); 19] = [
    ("catalog", &[]),
    ("text", &[]),
    ("theme", &[]),
    ("choices", &[]),
    ("search", &["catalog"]),
    ("compare", &["catalog"]),
    ("document", &["search", "compare"]),
    ("files", &["text"]),
    ("bookmarks", &["catalog", "text"]),
    ("store", &["bookmarks", "files"]),
    ("config", &["choices", "files"]),
    ("output", &["document", "bookmarks"]),
    ("app", &["document", "bookmarks", "choices"]),
    ("keymap", &["app"]),
    ("view", &["keymap", "theme"]),
    ("tui", &["view", "store", "config"]),
    ("cli", &[]),
    ("commands", &["output", "cli", "store", "config"]),
    ("reference", &[]),
];

fn direct(room: &str) -> &'static [&'static str] {
    let row = ARROWS.iter().find(|(name, _)| *name == room);
    row.unwrap_or_else(|| panic!("{room} is no room of the picture"))
        .1
}

/// Returns every room from which arrows lead to a room.
fn left_of(room: &str) -> Vec<&'static str> {
    let mut rooms: Vec<&str> = direct(room).to_vec();
    let mut next = 0;
    while next < rooms.len() {
        rooms.extend(direct(rooms[next]));
        next += 1;
    }
    rooms
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("readable").path());
    let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) = entries.partition(|path| path.is_dir());
    let is_rust = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "rs");
    files
        .into_iter()
        .filter(is_rust)
        .chain(folders.iter().flat_map(|folder| sources(folder)))
        .collect()
}

fn room(path: &Path) -> String {
    let first = path
        .strip_prefix("src")
        .expect("below src")
        .iter()
        .next()
        .expect("a name");
    first.to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// Returns whether a file is there for tests alone.
fn is_of_tests(path: &Path) -> bool {
    path.ends_with("tests.rs") || path.ends_with("view/roles.rs")
}

/// Returns the rooms that a file names as `crate::room`, tests at its foot left out.
fn named(text: &str) -> Vec<&str> {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    text.split("crate::")
        .skip(1)
        .flat_map(|rest| match rest.strip_prefix('{') {
            Some(group) => group
                .split('}')
                .next()
                .unwrap_or_default()
                .split(',')
                .collect(),
            None => vec![rest],
        })
        .map(|rest| {
            rest.trim()
                .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .next()
        })
        .map(Option::unwrap_or_default)
        .filter(|name| !name.is_empty())
        .collect()
}

#[test]
fn nothing_imports_against_an_arrow() {
    for path in sources(Path::new("src")) {
        let room = room(&path);
        if matches!(room.as_str(), "main" | "lib") || is_of_tests(&path) {
            continue;
        }
        let text = fs::read_to_string(&path).expect("readable");
        let allowed = left_of(&room);
        for name in named(&text) {
            let fine = name == room || allowed.contains(&name);
            assert!(fine, "{}: {room} imports {name}", path.display());
        }
    }
}

#[test]
fn the_app_knows_no_terminal_no_disk_and_no_clock() {
    for path in sources(Path::new("src/app"))
        .into_iter()
        .chain(["src/app.rs".into()])
    {
        let text = fs::read_to_string(&path).expect("readable");
        for stranger in ["ratatui", "crossterm", "std::fs", "std::time", "std::env"] {
            assert!(!text.contains(stranger), "{}: {stranger}", path.display());
        }
    }
}

#[test]
fn each_file_says_what_it_is_for() {
    for path in sources(Path::new("src")) {
        let text = fs::read_to_string(&path).expect("readable");
        assert!(text.starts_with("//! "), "{}", path.display());
    }
}

#[test]
fn one_use_line_a_module() {
    for file in sources(Path::new("src")) {
        let text = fs::read_to_string(&file).expect("readable");
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        let mut seen = Vec::new();
        for line in text.lines().filter(|line| line.starts_with("use crate::")) {
            let path = line.split(['{', ';']).next().unwrap_or_default();
            // `use crate::text;` takes the module itself, every other line something out of one.
            let module = path
                .rsplit_once("::")
                .filter(|(module, _)| module.contains("::"));
            let module = module.map_or(path, |(module, _)| module);
            assert!(!seen.contains(&module), "{}: {line}", file.display());
            seen.push(module);
        }
    }
}

/// Debug output is for programmers: a user who typed `"` or a joined emoji would read it with backslashes.
#[test]
fn no_text_is_shown_as_rust_writes_it() {
    let is_of_the_build = |path: &Path| path.starts_with("src/reference");
    for path in sources(Path::new("src")) {
        let text = fs::read_to_string(&path).expect("readable");
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        let debug = text.lines().find(|line| line.contains("?}"));
        let fine = is_of_the_build(&path) || is_of_tests(&path) || debug.is_none();
        assert!(fine, "{}: {debug:?}", path.display());
    }
}
