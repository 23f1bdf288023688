//! Where the user's files are, and what `config.toml` says, checked.

mod keep;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use crate::choices::{Borders, Keys, Start};
use crate::files;
use crate::text::clean;
pub use keep::keep_theme;

/// The user's choices. What the file does not say is as here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    pub theme: Option<String>,
    pub mouse: bool,
    pub borders: Borders,
    /// Where the cursor is at the start.
    pub start: Start,
    /// Keys by the name of the action; one or several each.
    pub keys: BTreeMap<String, Keys>,
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
            folder: named.map(expanded).or_else(of_system),
        }
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

/// Puts the home in the place of `~`, for a path that no shell has seen. `~user` is a name like any other.
fn expanded(path: PathBuf) -> PathBuf {
    let home = std::env::home_dir().filter(|home| !home.as_os_str().is_empty());
    match (path.strip_prefix("~"), home) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path,
    }
}

/// Reads a configuration. A choice or a key that makes no sense is left out, and said in one clean line that
/// names it; the others hold.
pub fn parse(bytes: &[u8]) -> (Config, Vec<String>) {
    let text = match files::text(bytes) {
        Ok(text) => text,
        Err(error) => return (Config::default(), vec![format!("left aside, {error:#}")]),
    };
    let ends: Vec<usize> = text.match_indices('\n').map(|(end, _)| end).collect();
    let line = |at: usize| ends.partition_point(|end| *end < at) + 1;
    let (table, errors) = DeTable::parse_recoverable(text);
    let of_error = |error: &Error| {
        let at = error.span().map_or(0, |span| span.start);
        (line(at), files::reason(error.message()).to_owned())
    };
    let mut problems: Vec<(usize, String)> = errors.iter().map(of_error).collect();
    in_lines(&mut problems);
    problems.dedup_by_key(|(line, _)| *line);
    let torn: Vec<usize> = problems.iter().map(|(line, _)| *line).collect();
    let line_of = |name: &Spanned<_>| Some(line(name.span().start)).filter(|at| !torn.contains(at));
    let mut config = Config::default();
    for (name, value) in table.get_ref() {
        let Some(line) = line_of(name) else { continue };
        match value.get_ref().as_table() {
            Some(keys) if name.get_ref() == "keys" => {
                for (name, value) in keys {
                    let Some(line) = line_of(name) else { continue };
                    let wrong = config.take_keys(name.get_ref(), value.get_ref());
                    problems.extend(wrong.into_iter().map(|wrong| (line, wrong)));
                }
            }
            _ => {
                let taken = config.take(name.get_ref(), value.get_ref());
                let named = |wrong| format!("{}: {wrong}", clean(name.get_ref()));
                problems.extend(taken.err().map(|wrong| (line, named(wrong))));
            }
        }
    }
    in_lines(&mut problems);
    let problems = problems.into_iter();
    let problems = problems.map(|(line, problem)| format!("line {line}: {problem}"));
    (config, problems.collect())
}

fn in_lines(problems: &mut [(usize, String)]) {
    // There are few, and nearly all of them are in order.
    for end in 1..problems.len() {
        let mut at = end;
        while at > 0 && problems[at - 1].0 > problems[at].0 {
            problems.swap(at - 1, at);
            at -= 1;
        }
    }
}

impl Config {
    /// Takes a choice; says what it could be if it makes no sense.
    fn take(&mut self, name: &str, value: &DeValue<'_>) -> Result<(), String> {
        match name {
            "theme" => {
                let theme = value.as_str().ok_or("a theme is a name in quotes")?;
                self.theme = Some(theme.to_owned());
            }
            "mouse" => {
                let mouse = value.as_bool();
                self.mouse = mouse.ok_or("it is true or false, without quotes")?;
            }
            "borders" => {
                self.borders = one_of(value, &Borders::NAMED)?;
            }
            "start" => {
                self.start = one_of(value, &Start::NAMED)?;
            }
            "keys" => return Err("the keys stand below a line [keys], such as quit = \"q\"".into()),
            _ => {
                return Err(
                    "there is no such choice; there are theme, mouse, borders, start and [keys]"
                        .into(),
                );
            }
        }
        Ok(())
    }

    /// Takes the keys of a command; says what is no key among them.
    fn take_keys(&mut self, name: &str, value: &DeValue<'_>) -> Vec<String> {
        let (keys, wrong) = read_keys(value);
        self.keys.extend(keys.map(|keys| (name.to_owned(), keys)));
        let name = clean(name);
        let says = |wrong: String| {
            format!("keys: {name}: {wrong} is no key; a key is written in quotes, such as \"q\"")
        };
        wrong.into_iter().map(says).collect()
    }
}

/// Returns the choice that a name means, whatever its case.
fn one_of<T: Copy>(value: &DeValue<'_>, choices: &[(&str, T)]) -> Result<T, String> {
    let value = value.as_str().unwrap_or_default();
    let found = choices
        .iter()
        .find(|(name, _)| value.eq_ignore_ascii_case(name));
    found.map(|(_, choice)| *choice).ok_or_else(|| {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        format!("it is one of \"{}\"", names.join("\", \""))
    })
}

/// Returns the keys of a command, and what is no key among them.
fn read_keys(value: &DeValue<'_>) -> (Option<Keys>, Vec<String>) {
    let Some(values) = value.as_array() else {
        return match value.as_str() {
            Some(key) => (Some(Keys::One(key.to_owned())), vec![]),
            None => (None, vec![written(value)]),
        };
    };
    let values = values.iter().map(|value| match value.get_ref().as_str() {
        Some(key) => Ok(key.to_owned()),
        None => Err(written(value.get_ref())),
    });
    let (keys, wrong): (Vec<_>, Vec<_>) = values.partition(Result::is_ok);
    let keys: Vec<String> = keys.into_iter().flatten().collect();
    let wrong: Vec<String> = wrong.into_iter().filter_map(Result::err).collect();
    // Where none is given the command says so itself.
    let some = !keys.is_empty() || wrong.is_empty();
    (some.then_some(Keys::Several(keys)), wrong)
}

/// Returns a value that is no text as somebody wrote it.
fn written(value: &DeValue<'_>) -> String {
    match value {
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(yes) => yes.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        _ => "a list or a table".to_owned(),
    }
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
            (
                "mouse = false\ntheem = \"light\"",
                ["line 2: theem: ", "no such choice"],
            ),
            (
                "mouse = false\nborders = \"round\"",
                ["line 2: borders: ", "\"unicode\""],
            ),
            (
                "theme = 3\nmouse = false",
                ["line 1: theme: ", "a name in quotes"],
            ),
            (
                "mouse = false\n[keys]\nquit = 4",
                ["line 3: keys: quit: 4 ", "is no key"],
            ),
            ("keys = 3\nmouse = false", ["line 1: keys: ", "[keys]"]),
            ("theme = dark\nmouse = false", ["line 1: ", ""]),
            (
                "mouse = false\ntheme = \"dark\nstart = \"list\"",
                ["line 2: ", ""],
            ),
        ] {
            let (config, problems) = parse(text.as_bytes());
            let [problem] = &problems[..] else {
                panic!("{text:?} gives {problems:?}");
            };
            assert!(
                named.iter().all(|named| problem.contains(named)),
                "{problem}"
            );
            for internal in ["untagged", "variant", "expected a", "invalid type"] {
                assert!(!problem.contains(internal), "{problem}");
            }
            assert!(!config.mouse, "{text:?}");
        }
        for broken in [&b"[keys"[..], b"theme = \"\xff\""] {
            let (config, problems) = parse(broken);
            assert_eq!((config, problems.len()), (Config::default(), 1));
        }
    }

    #[test]
    fn a_key_that_is_none_costs_itself() {
        let (config, problems) = parse(b"[keys]\nquit = [\"q\", 4]\nhelp = \"h\"\nup = []\n");
        assert_eq!(config.keys["quit"].iter().collect::<Vec<_>>(), ["q"]);
        assert_eq!(config.keys["help"].iter().collect::<Vec<_>>(), ["h"]);
        assert_eq!(config.keys["up"].iter().count(), 0);
        let expected = "line 2: keys: quit: 4 is no key; a key is written in quotes, such as \"q\"";
        assert_eq!(problems, [expected]);
    }

    #[test]
    fn the_case_of_a_choice_says_nothing() {
        let (config, problems) = parse(b"borders = \"ASCII\"\nstart = \"List\"\n");
        assert_eq!(
            (config.borders, config.start),
            (Borders::Ascii, Start::List)
        );
        assert_eq!(problems, [""; 0]);
    }

    #[test]
    fn a_named_directory_wins() {
        let paths = Paths::new(Some("/tmp/here".into()));
        assert_eq!(paths.bookmarks(), Some("/tmp/here/bookmarks.toml".into()));
    }
}
