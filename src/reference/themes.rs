//! Reads `assets/themes` and writes each as a static.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::roles::each_role;

macro_rules! names {
    ($($(#[$says:meta])* $role:ident)*) => {
        /// Every role of a theme, in the order of the fields of `Theme`.
        const ROLES: &[&str] = &[$(stringify!($role)),*];
    };
}

each_role!(names);

/// Returns the source text of the static themes, or what is wrong with which file.
pub(crate) fn read(folder: &Path) -> Result<String, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<_> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    let themes = paths
        .iter()
        .map(|path| {
            let name = path
                .file_stem()
                .and_then(|stem| stem.to_str())
                .unwrap_or_default();
            let text = fs::read_to_string(path).map_err(|error| error.to_string());
            text.and_then(|text| theme(name, &text))
                .map_err(|error| format!("{}: {error}", path.display()))
        })
        .collect::<Result<Vec<_>, _>>()?;
    Ok(format!(
        "pub static THEMES: [Theme; {}] = [{}];\n",
        themes.len(),
        themes.join(",\n")
    ))
}

fn theme(name: &str, text: &str) -> Result<String, String> {
    let styles: BTreeMap<String, String> =
        toml::from_str(text).map_err(|error| error.to_string())?;
    if let Some(unknown) = styles.keys().find(|role| !ROLES.contains(&role.as_str())) {
        return Err(format!("{unknown}: no such role"));
    }
    let fields = ROLES
        .iter()
        .map(|role| {
            let words = styles
                .get(*role)
                .ok_or_else(|| format!("{role}: missing"))?;
            Ok(format!(
                "{role}: {}",
                style(words).map_err(|error| format!("{role}: {error}"))?
            ))
        })
        .collect::<Result<Vec<_>, String>>()?;
    Ok(format!("Theme {{ name: {name:?}, {} }}", fields.join(", ")))
}

/// Turns words like "cyan on black bold" into a constant style.
fn style(words: &str) -> Result<String, String> {
    let mut style = String::from("Style::new()");
    let mut words = words.split_whitespace();
    while let Some(word) = words.next() {
        let attribute = match word {
            "plain" => String::new(),
            "bold" | "dim" | "italic" | "underlined" | "reversed" => {
                format!(".add_modifier(Modifier::{})", word.to_uppercase())
            }
            "on" => format!(".bg({})", color(words.next().unwrap_or_default())?),
            word => format!(".fg({})", color(word)?),
        };
        style.push_str(&attribute);
    }
    Ok(style)
}

fn color(word: &str) -> Result<String, String> {
    let name = match word {
        "black" => "Black",
        "red" => "Red",
        "green" => "Green",
        "yellow" => "Yellow",
        "blue" => "Blue",
        "magenta" => "Magenta",
        "cyan" => "Cyan",
        "gray" => "Gray",
        "dark-gray" => "DarkGray",
        "light-red" => "LightRed",
        "light-green" => "LightGreen",
        "light-yellow" => "LightYellow",
        "light-blue" => "LightBlue",
        "light-magenta" => "LightMagenta",
        "light-cyan" => "LightCyan",
        "white" => "White",
        "default" => "Reset",
        other => return Err(format!("no colour or attribute {other:?}")),
    };
    Ok(format!("Color::{name}"))
}
