//! Takes the pictures of the README: the real binary in a real terminal, each cell drawn where it stands.
//!
//! `cargo run --release --manifest-path screenshots/make/Cargo.toml` writes `screenshots/*.png` and `*.txt`.

#[path = "../../../tests/screens/drive.rs"]
mod drive;
mod palette;
mod picture;
mod signs;

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use palette::{DARK, LIGHT};
use picture::{Fonts, picture};

fn main() -> Result<()> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let built = Command::new("cargo")
        .args(["build", "--release", "--locked", "--target-dir", "target"])
        .current_dir(&repository)
        .status()
        .context("cargo")?;
    ensure!(built.success(), "sipdex could not be built");
    let sipdex = repository.join("target/release/sipdex");
    let fonts = Fonts::new()?;
    for scene in drive::scenes(&repository) {
        let screen = drive::shoot(&scene, &sipdex, |_| true).with_context(|| scene.name.clone())?;
        let palette = if scene.light { &LIGHT } else { &DARK };
        let png = picture(&screen, palette, &fonts).with_context(|| scene.name.clone())?;
        println!("{}: {} bytes; {}", scene.name, png.len(), scene.alt);
        let file = repository.join("screenshots").join(&scene.name);
        fs::write(file.with_extension("png"), png)?;
        fs::write(file.with_extension("txt"), drive::text(&screen))?;
    }
    Ok(())
}
