//! Where the user's files are, and what `config.toml` says, checked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, Deserializer};

use crate::files;
use crate::text::clean;

/// The user's choices. What the file does not say is as here.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    pub theme: Option<String>,
    pub mouse: bool,
    pub borders: Borders,
    /// Where the cursor is at the start.
    pub start: Start,
    /// Keys by the name of the action; one or several each.
    pub keys: BTreeMap<String, Keys>,
}

/// Which characters draw borders and marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Borders {
    /// Unicode, or ASCII where the locale or the terminal cannot show it.
    #[default]
    Auto,
    Unicode,
    Ascii,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Start {
    #[default]
    Search,
    List,
    Detail,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Keys {
    One(String),
    Several(Vec<String>),
}

impl Keys {
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        match self {
            Self::One(key) => std::slice::from_ref(key),
            Self::Several(keys) => keys,
        }
        .iter()
        .map(String::as_str)
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            theme: None,
            mouse: true,
            borders: Borders::default(),
            start: Start::default(),
            keys: BTreeMap::new(),
        }
    }
}

/// The directory of the user's files; none where no home is known.
#[derive(Clone, Debug)]
pub struct Paths {
    folder: Option<PathBuf>,
}

impl Paths {
    /// Takes the directory that the user named, else the one of the system.
    pub fn new(named: Option<PathBuf>) -> Self {
        let of_system = || {
            Some(
                directories::ProjectDirs::from("", "", "sipdex")?
                    .config_dir()
                    .to_owned(),
            )
        };
        Self {
            folder: named.or_else(of_system),
        }
    }

    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    pub fn config(&self) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join("config.toml"))
    }

    pub fn bookmarks(&self) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join("bookmarks.toml"))
    }
}

/// Reads the configuration, and says what is wrong in it; a missing file is the default.
pub fn load(path: Option<&Path>) -> (Config, Vec<String>) {
    let bytes = path.map_or(Ok(None), files::read);
    let (config, problems) = match bytes {
        Ok(bytes) => parse(&bytes.unwrap_or_default()),
        Err(error) => return (Config::default(), vec![format!("{error:#}")]),
    };
    let name = |problem| format!("{}: {problem}", path.map(files::shown).unwrap_or_default());
    (config, problems.into_iter().map(name).collect())
}

/// Reads a configuration. A choice that makes no sense is left out, and said in one clean line that names
/// it; the others hold.
pub fn parse(bytes: &[u8]) -> (Config, Vec<String>) {
    let text = match files::text(bytes) {
        Ok(text) => text,
        Err(error) => return (Config::default(), vec![format!("{error:#}")]),
    };
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            let problem = format!("left aside, {}", files::of_line(&error, text));
            return (Config::default(), vec![problem]);
        }
    };
    let whole = table.span();
    let read = |table| Config::deserialize(Deserializer::from(Spanned::new(whole.clone(), table)));
    let mut problems = Vec::new();
    let mut choices = DeTable::new();
    for choice in table.into_inner() {
        match read(DeTable::from_iter([choice.clone()])) {
            Ok(_) => choices.extend([choice]),
            Err(error) => {
                let name = clean(choice.0.as_ref());
                problems.push(format!("{name}, {}", files::of_line(&error, text)));
            }
        }
    }
    // Each choice alone could be read, so all of them can.
    (read(choices).unwrap_or_default(), problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_file_is_the_default() {
        assert_eq!(parse(b""), (Config::default(), vec![]));
        assert_eq!(load(None), (Config::default(), vec![]));
    }

    #[test]
    fn every_choice_is_read() {
        let (config, problems) = parse(
            b"theme = \"light\"\nmouse = false\nborders = \"ascii\"\nstart = \"list\"\n\
             [keys]\nquit = \"ctrl-q\"\nhelp = [\"f1\", \"?\"]\n",
        );
        assert_eq!(problems, [""; 0]);
        assert_eq!(config.theme.as_deref(), Some("light"));
        assert!(!config.mouse);
        assert_eq!(
            (config.borders, config.start),
            (Borders::Ascii, Start::List)
        );
        assert_eq!(config.keys["help"].iter().collect::<Vec<_>>(), ["f1", "?"]);
    }

    #[test]
    fn a_choice_that_makes_no_sense_is_named_with_its_line_and_the_others_hold() {
        for (text, named) in [
            ("mouse = false\ntheem = \"light\"", ["theem", "line 2"]),
            ("mouse = false\nborders = \"round\"", ["round", "line 2"]),
            ("theme = 3\nmouse = false", ["expected a string", "line 1"]),
            ("mouse = false\n[keys]\nquit = 4", ["line 3", ""]),
        ] {
            let (config, problems) = parse(text.as_bytes());
            let [problem] = &problems[..] else {
                panic!("{text:?} gives {problems:?}");
            };
            assert!(
                named.iter().all(|named| problem.contains(named)),
                "{problem}"
            );
            assert!(!config.mouse, "{text:?}");
        }
        for broken in [&b"[keys"[..], b"theme = \"\xff\""] {
            let (config, problems) = parse(broken);
            assert_eq!((config, problems.len()), (Config::default(), 1));
        }
    }

    #[test]
    fn a_named_directory_wins() {
        let paths = Paths::new(Some("/tmp/here".into()));
        assert_eq!(paths.bookmarks(), Some("/tmp/here/bookmarks.toml".into()));
    }
}
