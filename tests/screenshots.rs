//! The pictures of the README show the program as it is: their texts are taken anew and compared.
#![cfg(unix)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[path = "screens/drive.rs"]
mod drive;
use drive::{scenes, shoot, text};

#[test]
fn the_pictures_are_of_this_program() {
    let sipdex = Path::new(env!("CARGO_BIN_EXE_sipdex"));
    for scene in scenes(Path::new(".")) {
        let path = format!("screenshots/{}.txt", scene.name);
        let kept = fs::read_to_string(&path).expect("the text of the picture");
        let shown = match shoot(&scene, sipdex, |screen| text(screen) == kept) {
            Ok(screen) => text(&screen),
            Err(error) => text(error.screen().expect("a screen")),
        };
        let row = kept
            .lines()
            .zip(shown.lines())
            .find(|(kept, shown)| kept != shown);
        assert!(
            kept == shown,
            "{path} has drifted, first at {row:?}; take the pictures anew:\n\
             cargo run --release --manifest-path screenshots/make/Cargo.toml"
        );
    }
}

#[test]
fn each_scene_has_a_picture_and_a_text_and_each_picture_a_scene() {
    let mut expected = BTreeSet::from(["make".to_owned(), "scenes.toml".to_owned()]);
    for scene in scenes(Path::new(".")) {
        assert!(
            scene.alt.len() > 40,
            "{}: the alternative text says little",
            scene.name
        );
        let theme = scene.files.get("config.toml").map(String::as_str);
        let is_light = theme.is_some_and(|config| config.contains("light"));
        assert_eq!(scene.light, is_light, "{}: terminal and theme", scene.name);
        expected.extend(["png", "txt"].map(|kind| format!("{}.{kind}", scene.name)));
    }
    let found = fs::read_dir("screenshots").expect("the pictures");
    let found = found.map(|entry| entry.expect("readable").file_name());
    let found: BTreeSet<_> = found
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    assert_eq!(found, expected);
}
