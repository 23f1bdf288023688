//! Where the user's files are, and what `config.toml` says, checked.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::text;

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

/// Reads the configuration; a missing file is the default.
pub fn load(path: Option<&Path>) -> Result<Config> {
    let Some(path) = path else {
        return Ok(Config::default());
    };
    let shown = text::clean(&path.to_string_lossy());
    let text = match fs::metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Config::default()),
        Ok(metadata) if !metadata.is_file() => anyhow::bail!("{shown} is not a file"),
        _ => fs::read_to_string(path).with_context(|| format!("could not read {shown}"))?,
    };
    parse(&text).with_context(|| format!("{shown} is left aside"))
}

/// Reads a configuration; the error is one clean line that names the key.
pub fn parse(text: &str) -> Result<Config> {
    toml::from_str(text).map_err(|error| {
        let line = error
            .span()
            .map(|span| text[..span.start].matches('\n').count() + 1);
        let place = line.map_or(String::new(), |line| format!("line {line}: "));
        anyhow::Error::msg(text::clean(&format!("{place}{}", error.message())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_file_is_the_default() {
        assert_eq!(parse("").expect("valid"), Config::default());
        assert_eq!(load(None).expect("valid"), Config::default());
    }

    #[test]
    fn every_choice_is_read() {
        let config = parse(
            "theme = \"light\"\nmouse = false\nborders = \"ascii\"\nstart = \"list\"\n\
             [keys]\nquit = \"ctrl-q\"\nhelp = [\"f1\", \"?\"]\n",
        )
        .expect("valid");
        assert_eq!(config.theme.as_deref(), Some("light"));
        assert!(!config.mouse);
        assert_eq!(
            (config.borders, config.start),
            (Borders::Ascii, Start::List)
        );
        assert_eq!(config.keys["help"].iter().collect::<Vec<_>>(), ["f1", "?"]);
    }

    #[test]
    fn an_error_names_the_line_and_the_key() {
        for (text, named) in [
            ("mouse = true\ntheem = \"light\"", "theem"),
            ("mouse = true\ntheem = \"light\"", "line 2"),
            ("borders = \"round\"", "round"),
            ("mouse = 3", "line 1"),
            ("[keys", "line 1"),
        ] {
            let error = parse(text).expect_err("invalid").to_string();
            assert!(error.contains(named), "{text:?} gives {error:?}");
        }
    }

    #[test]
    fn a_named_directory_wins() {
        let paths = Paths::new(Some("/tmp/here".into()));
        assert_eq!(paths.bookmarks(), Some("/tmp/here/bookmarks.toml".into()));
    }
}
