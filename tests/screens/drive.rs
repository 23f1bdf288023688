//! Drives the real binary in a real terminal to the scenes of `screenshots/scenes.toml`. Shared by the test
//! that compares their text and by the tool that takes their pictures.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use serde::Deserialize;
use tempfile::TempDir;
use termlens::{Screen, Terminal};

/// How long anything may take on a machine that has more to do.
const LIMIT: Duration = Duration::from_secs(60);

/// What one picture shows, and what leads there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scene {
    pub(crate) name: String,
    /// What somebody hears who does not see the picture.
    pub(crate) alt: String,
    /// Columns and rows.
    size: (u16, u16),
    /// What is typed, each with a text that is on the screen then.
    steps: Vec<(String, String)>,
    /// Files of the configuration directory, by name.
    #[serde(default)]
    pub(crate) files: BTreeMap<String, String>,
    /// The file of that directory that it opens on.
    opens: Option<String>,
    /// Whether the terminal of the picture is light.
    #[serde(default)]
    pub(crate) light: bool,
}

#[derive(Deserialize)]
struct Scenes {
    scene: Vec<Scene>,
}

/// Reads the scenes of a repository.
pub(crate) fn scenes(repository: &Path) -> Vec<Scene> {
    let path = repository.join("screenshots/scenes.toml");
    let text = fs::read_to_string(path).expect("the list of scenes");
    let scenes: Scenes = toml::from_str(&text).expect("scenes");
    scenes.scene
}

/// Returns the screen of a scene, once it is complete: a screen arrives in pieces, and on a busy machine with
/// pauses between them.
pub(crate) fn shoot(
    scene: &Scene,
    sipdex: &Path,
    is_complete: impl Fn(&Screen) -> bool,
) -> termlens::Result<Screen> {
    let home = home(scene);
    let mut terminal = Terminal::builder()
        .size(scene.size.0, scene.size.1)
        .timeout(LIMIT)
        .env_clear()
        .env("TERM", "xterm-256color")
        .env("LANG", "C.UTF-8")
        .env("SIPDEX_CONFIG_DIR", home.path())
        .args(scene.opens.iter().map(|name| home.path().join(name)))
        .spawn(sipdex)?;
    terminal.wait_until(|screen| screen.contains("type to search"))?;
    for (keys, then) in &scene.steps {
        terminal.send_str(keys)?;
        terminal.wait_until(|screen| screen.contains(then))?;
    }
    let (_, last) = scene.steps.last().cloned().unwrap_or_default();
    let screen = terminal.snapshot_after(|screen| screen.contains(&last) && is_complete(screen))?;
    terminal.send_str("\x03")?;
    terminal.wait_exit()?;
    Ok(screen)
}

fn home(scene: &Scene) -> TempDir {
    let home = tempfile::tempdir().expect("a fresh directory");
    for (name, text) in &scene.files {
        fs::write(home.path().join(name), text).expect("written");
    }
    home
}

/// Returns the text of a screen as it stands beside its picture.
pub(crate) fn text(screen: &Screen) -> String {
    let rows = (0..screen.rows()).map(|row| screen.row_text(row));
    let rows: Vec<String> = rows.map(|row| row.trim_end().to_owned()).collect();
    rows.join("\n") + "\n"
}
