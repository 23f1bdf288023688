//! Turns `assets` into static tables, and refuses to build what is wrong in them.

use std::path::Path;
use std::{env, fs, process};

/// The room that the build shares with the tests.
#[path = "src"]
mod house {
    pub(crate) mod reference;
}

use house::reference::check::check;
use house::reference::{source, tables, themes};

fn main() {
    println!("cargo::rerun-if-changed=assets");
    println!("cargo::rerun-if-changed=src/reference.rs");
    println!("cargo::rerun-if-changed=src/reference");
    println!("cargo::rerun-if-changed=src/catalog/field.rs");
    println!("cargo::rerun-if-changed=src/catalog/model.rs");
    println!("cargo::rerun-if-changed=src/catalog/packing.rs");
    println!("cargo::rerun-if-changed=src/catalog/term.rs");
    println!("cargo::rerun-if-changed=src/catalog/vocabulary.rs");
    println!("cargo::rerun-if-changed=src/search/normal.rs");
    println!("cargo::rerun-if-changed=src/search/stem.rs");
    println!("cargo::rerun-if-changed=src/search/terms.rs");
    println!("cargo::rerun-if-changed=src/theme/roles.rs");
    let assets = Path::new("assets");
    let source = source::read(assets).unwrap_or_else(|error| refuse(&[error]));
    let complaints: Vec<_> = check(&source).iter().map(ToString::to_string).collect();
    if !complaints.is_empty() {
        refuse(&complaints);
    }
    let themes = themes::read(&assets.join("themes")).unwrap_or_else(|error| refuse(&[error]));

    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    let out = Path::new(&out);
    let written = tables::write(&source);
    write(&out.join("reference.rs"), &written.tables);
    for (name, content) in &written.files {
        write(&out.join(name), content);
    }
    write(&out.join("themes.rs"), &themes);
}

fn write(path: &Path, content: impl AsRef<[u8]>) {
    fs::write(path, content)
        .unwrap_or_else(|error| refuse(&[format!("{}: {error}", path.display())]));
}

fn refuse(complaints: &[String]) -> ! {
    for complaint in complaints {
        println!("cargo::error={}", complaint.trim_end().replace('\n', " "));
    }
    process::exit(1);
}
