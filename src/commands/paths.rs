//! `sipdex paths`: where the files are, whether they exist or not, and what is wrong in the configuration.

use std::path::PathBuf;

use anyhow::Result;

use super::{Out, Outcome, report};
use crate::config::Paths;
use crate::files::shown;

/// Prints the paths; the problems are those that the explorer would tell.
pub(super) fn run(
    paths: &Paths,
    problems: &dyn Fn() -> Vec<String>,
    out: &mut Out<'_>,
) -> Result<Outcome> {
    let path = |path: Option<PathBuf>| match path {
        None => "not known: set SIPDEX_CONFIG_DIR or HOME".to_owned(),
        Some(path) if path.exists() => shown(&path),
        Some(path) => format!("{} (not there yet)", shown(&path)),
    };
    out.line(&format!("configuration  {}", path(paths.config())))?;
    out.line(&format!("bookmarks      {}", path(paths.bookmarks())))?;
    for problem in problems() {
        report(Some(&problem));
    }
    Ok(Outcome::Done)
}
