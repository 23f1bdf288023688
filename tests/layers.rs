//! The plan of the house: reads the source and holds it against a list of all that each room may name.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[path = "layers/house.rs"]
mod house;
#[path = "layers/picture.rs"]
mod picture;
#[path = "layers/planted.rs"]
mod planted;
#[path = "layers/source.rs"]
mod source;
#[path = "layers/walls.rs"]
mod walls;

use house::House;
use picture::{drawn, reduction};
use walls::complaints;

/// Each room and all rooms that it may name.
type List = [(&'static str, &'static [&'static str])];

const ROOMS: &List = &[
    ("catalog", &[]),
    ("text", &[]),
    ("theme", &[]),
    ("choices", &[]),
    ("cli", &[]),
    ("reference", &[]),
    ("files", &["text"]),
    ("bookmarks", &["catalog", "text"]),
    ("store", &["bookmarks", "catalog", "files", "text"]),
    ("config", &["choices", "files", "text"]),
    ("compare", &["catalog"]),
    ("message", &[]),
    ("trace", &["message"]),
    ("calls", &["message"]),
    ("tally", &["calls", "message"]),
    ("ledger", &["calls", "message", "tally", "text", "trace"]),
    ("search", &["catalog", "message"]),
    ("explain", &["calls", "catalog", "message"]),
    (
        "document",
        &[
            "calls", "catalog", "compare", "explain", "message", "tally", "text",
        ],
    ),
    (
        "output",
        &[
            "bookmarks",
            "calls",
            "catalog",
            "compare",
            "document",
            "explain",
            "message",
            "search",
            "tally",
            "text",
        ],
    ),
    (
        "app",
        &[
            "bookmarks",
            "calls",
            "catalog",
            "choices",
            "compare",
            "document",
            "explain",
            "ledger",
            "message",
            "search",
            "tally",
            "text",
            "trace",
        ],
    ),
    ("keymap", &["app", "choices", "text"]),
    (
        "view",
        &[
            "app", "catalog", "document", "keymap", "search", "text", "theme",
        ],
    ),
    (
        "commands",
        &[
            "app",
            "bookmarks",
            "calls",
            "catalog",
            "cli",
            "compare",
            "config",
            "document",
            "explain",
            "files",
            "ledger",
            "message",
            "output",
            "search",
            "store",
            "tally",
            "text",
            "trace",
        ],
    ),
    (
        "tui",
        &[
            "app",
            "bookmarks",
            "choices",
            "config",
            "document",
            "files",
            "keymap",
            "ledger",
            "store",
            "text",
            "theme",
            "trace",
            "view",
        ],
    ),
];

/// What is outside of the house, and the rooms that know it.
const OUTSIDE: &List = &[
    ("crossterm", &["keymap", "tui"]),
    ("ratatui", &["theme", "tui", "view"]),
    ("std::env", &["commands", "config", "ledger", "tui"]),
    ("std::fs", &["files", "reference", "tui"]),
    ("std::net", &[]),
    ("std::process", &["commands", "tui"]),
    ("std::thread", &["files", "trace", "tui"]),
    (
        "std::time",
        &["commands", "files", "ledger", "store", "tui"],
    ),
];

/// The files that one room takes from another by their path, since the build cannot open the other.
const BORROWED: &[(&str, &str)] = &[
    ("reference.rs", "catalog/field.rs"),
    ("reference.rs", "catalog/model.rs"),
    ("reference.rs", "catalog/packing.rs"),
    ("reference.rs", "catalog/term.rs"),
    ("reference.rs", "catalog/vocabulary.rs"),
    ("reference.rs", "search/normal.rs"),
    ("reference.rs", "search/stem.rs"),
    ("reference.rs", "search/terms.rs"),
    ("reference.rs", "theme/roles.rs"),
];

/// How many lines a file has at the most: of the program without the tests at its foot, of the tests with all.
const LINES: usize = 400;

#[test]
fn no_room_names_what_the_list_does_not_give_it() {
    let house = House::read();
    let complaints: Vec<String> = house
        .modules
        .iter()
        .flat_map(|module| complaints(module, &house))
        .collect();
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn nothing_on_the_list_is_idle() {
    let house = House::read();
    let used = walls::used(&house);
    for (list, what) in [(ROOMS, "names"), (OUTSIDE, "is known to")] {
        for (left, rights) in list {
            for right in *rights {
                let pair = ((*left).to_owned(), (*right).to_owned());
                assert!(used.contains(&pair), "nowhere: {left} {what} {right}");
            }
        }
    }
}

/// A file that others in its room lie below is their face: it names them, and they do not name it.
#[test]
fn nothing_in_a_room_runs_back_up() {
    let arrows = walls::back_up(&House::read());
    assert_eq!(arrows, BTreeSet::new());
}

#[test]
fn each_room_is_on_the_list_and_names_only_rooms_above_it() {
    let mut above: Vec<&str> = Vec::new();
    for (room, named) in ROOMS {
        let unknown: Vec<_> = named.iter().filter(|name| !above.contains(name)).collect();
        assert!(unknown.is_empty(), "{room} stands above {unknown:?}");
        above.push(room);
    }
    let listed: BTreeSet<String> = above.into_iter().map(str::to_owned).collect();
    assert_eq!(listed, house::rooms().into_iter().collect());
}

/// Returns the text of a block of the README between two marks.
fn block(name: &str) -> String {
    let readme = fs::read_to_string("README.md").expect("the README");
    let (start, end) = (format!("<!-- {name} -->"), format!("<!-- /{name} -->"));
    let block = readme
        .split_once(&start)
        .and_then(|(_, rest)| rest.split_once(&end));
    block.expect("the marks").0.to_owned()
}

#[test]
fn the_table_of_the_readme_is_the_list() {
    let table = block("rooms");
    let rows = table.lines().filter(|line| line.starts_with("| `"));
    let rows: Vec<&str> = rows
        .map(|row| row.rsplit_once(" | ").expect("three columns").0)
        .collect();
    let wanted: Vec<String> = ROOMS
        .iter()
        .map(|(room, named)| match named {
            [] => format!("| `{room}` | –"),
            _ => format!("| `{room}` | {}", named.join(", ")),
        })
        .collect();
    assert_eq!(rows, wanted, "write this:\n{}", wanted.join(" | …\n"));
}

#[test]
fn the_picture_of_the_readme_is_the_list_without_what_is_plain() {
    let picture = block("picture");
    let drawn = drawn(&picture);
    let rooms = house::rooms();
    for room in &rooms {
        let mut words = picture.split(|letter: char| !letter.is_ascii_lowercase());
        assert!(words.any(|word| word == room), "{room} is not in it");
    }
    let is_of_rooms = |(from, to): &(String, String)| rooms.contains(from) && rooms.contains(to);
    let drawn: BTreeSet<_> = drawn.into_iter().filter(is_of_rooms).collect();
    let wanted = reduction(ROOMS);
    let missing: Vec<_> = wanted.difference(&drawn).collect();
    let wrong: Vec<_> = drawn.difference(&wanted).collect();
    assert!(
        missing.is_empty() && wrong.is_empty(),
        "missing {missing:?}, wrong {wrong:?}"
    );
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

/// Returns the files of the program, each without the tests at its foot.
fn files() -> Vec<(PathBuf, String)> {
    let house = House::read();
    let of_rooms = house.modules.iter().map(|module| module.file.as_path());
    let of_rooms = of_rooms.chain([Path::new("lib.rs"), Path::new("main.rs")]);
    let files: BTreeSet<PathBuf> = of_rooms.map(|file| Path::new("src").join(file)).collect();
    let text = |file: PathBuf| {
        let text = fs::read_to_string(&file).expect("readable");
        let end = text.find("#[cfg(test)]\nmod tests");
        (file, text[..end.unwrap_or(text.len())].to_owned())
    };
    files.into_iter().map(text).collect()
}

/// Returns the files of the program, the tests and the benches.
fn all_sources() -> impl Iterator<Item = PathBuf> {
    let folders = ["src", "tests", "benches"].into_iter().map(Path::new);
    folders.flat_map(sources)
}

/// Returns the files that are tests from the first line to the last.
fn files_of_tests() -> Vec<(PathBuf, String)> {
    let program: BTreeSet<PathBuf> = files().into_iter().map(|(file, _)| file).collect();
    let tests = all_sources().filter(|file| !program.contains(file));
    let text = |file: PathBuf| {
        let text = fs::read_to_string(&file).expect("readable");
        (file, text)
    };
    tests.map(text).collect()
}

#[test]
fn each_file_says_what_it_is_for() {
    for path in all_sources() {
        let text = fs::read_to_string(&path).expect("readable");
        assert!(text.starts_with("//! "), "{}", path.display());
    }
}

#[test]
fn no_file_is_long() {
    for (file, text) in files().into_iter().chain(files_of_tests()) {
        let lines = text.lines().count();
        assert!(lines <= LINES, "{}: {lines} lines", file.display());
    }
}

#[test]
fn one_use_line_a_module() {
    for (file, text) in files() {
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
    for (file, text) in files() {
        let debug = text.lines().find(|line| line.contains("?}"));
        let fine = file.starts_with("src/reference") || debug.is_none();
        assert!(fine, "{}: {debug:?}", file.display());
    }
}
