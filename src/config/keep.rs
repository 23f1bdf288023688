//! Keeps a choice in `config.toml`: its line alone is changed.

use std::path::Path;

use anyhow::{Result, bail};
use toml::de::DeTable;

use crate::files;

/// Writes which theme is chosen; comments and all else stay as they are.
pub fn keep_theme(path: &Path, name: &str) -> Result<()> {
    let path = files::real(path)?;
    if let Some(folder) = path.parent() {
        files::create_folder(folder)?;
    }
    let _lock = files::lock(&path)?;
    let bytes = files::read(&path)?.unwrap_or_default();
    let text = with_theme(files::text(&bytes)?, name)?;
    files::replace(&path, &text)?;
    Ok(())
}

/// Returns a configuration with another theme. One that is broken is left to who can mend it.
fn with_theme(text: &str, name: &str) -> Result<String> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        bail!("config.toml has mistakes, which sipdex paths names; it stays as it is");
    }
    let chosen = format!("\"{name}\"");
    if let Some(value) = table.get_ref().get("theme") {
        let span = value.span();
        return Ok(format!(
            "{}{chosen}{}",
            &text[..span.start],
            &text[span.end..]
        ));
    }
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    Ok(format!("theme = {chosen}{end}{text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_value_of_the_theme_changes() {
        for (text, kept) in [
            ("", "theme = \"light\"\n"),
            (
                "# mine\ntheme   = \"dark\" # at night\nmouse = false\n",
                "# mine\ntheme   = \"light\" # at night\nmouse = false\n",
            ),
            (
                "[keys]\nquit = \"x\"\n",
                "theme = \"light\"\n[keys]\nquit = \"x\"\n",
            ),
            ("mouse = true\r\n", "theme = \"light\"\r\nmouse = true\r\n"),
            ("theme = 3", "theme = \"light\""),
        ] {
            assert_eq!(with_theme(text, "light").expect(text), kept);
        }
    }

    #[test]
    fn a_broken_file_is_left_alone() {
        let refused = with_theme("theme = \"dark\nmouse = true", "light");
        assert!(refused.is_err_and(|why| why.to_string().contains("stays as it is")));
    }
}
