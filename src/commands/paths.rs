//! `sipdex paths`: where the files are, whether they exist or not, and what is wrong in the configuration.

use std::path::PathBuf;

use super::answer::Answer;
use crate::config::Paths;
use crate::files::shown;

/// Returns where the user's files are: in the directory that is named, or that the environment names.
pub fn paths(named: Option<PathBuf>) -> Paths {
    let from_environment = || std::env::var_os("SIPDEX_CONFIG_DIR").filter(|dir| !dir.is_empty());
    Paths::new(named.or_else(|| from_environment().map(PathBuf::from)))
}

/// Says the paths; the problems are those that the explorer would tell.
pub(super) fn run(paths: &Paths, problems: &dyn Fn() -> Vec<String>) -> Answer {
    let path = |path: Option<PathBuf>| match path {
        None => "not known: set SIPDEX_CONFIG_DIR or HOME".to_owned(),
        Some(path) if path.exists() => shown(&path),
        Some(path) => format!("{} (not there yet)", shown(&path)),
    };
    let line = |name, of| format!("{name:13}  {}", path(of)).trim_end().to_owned() + "\n";
    let lines = line("configuration", paths.config()) + &line("bookmarks", paths.bookmarks());
    Answer::text(lines).with(problems())
}
