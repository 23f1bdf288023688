//! `sipdex paths`: where the files are, whether they exist or not, and what is wrong in the configuration.

use std::path::PathBuf;

use anyhow::Result;

use super::{Out, Outcome, report};
use crate::config::{self, Paths};
use crate::files::shown;

pub(super) fn run(paths: &Paths, out: &mut Out<'_>) -> Result<Outcome> {
    let path = |path: Option<PathBuf>| match path {
        None => "not known: set SIPDEX_CONFIG_DIR or HOME".to_owned(),
        Some(path) if path.exists() => shown(&path),
        Some(path) => format!("{} (not there yet)", shown(&path)),
    };
    out.line(&format!("configuration  {}", path(paths.config())))?;
    out.line(&format!("bookmarks      {}", path(paths.bookmarks())))?;
    for problem in config::load(paths.config().as_deref()).1 {
        report(Some(&problem));
    }
    Ok(Outcome::Done)
}
