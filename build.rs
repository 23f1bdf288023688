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
    linked_smaller(out);
}

/// What the linker leaves out: a release aborts where it panics, and nothing ever unwinds its stack.
const LEFT_OUT: &str = "SECTIONS { /DISCARD/ : { *(.eh_frame) *(.gcc_except_table .gcc_except_table.*) } } INSERT AFTER .text;\n";

/// Makes a release for Linux smaller by what its linker can do, which is tried: leave out what only unwinding reads, 0.6 MB,
/// and keep functions that came out alike once, 30 KB.
fn linked_smaller(out: &Path) {
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|set| set == value);
    if !is("PROFILE", "release") || !is("CARGO_CFG_TARGET_OS", "linux") {
        return;
    }
    let script = out.join("without-unwinding.ld");
    write(&script, LEFT_OUT);
    let unwinding = [
        format!("-Wl,-T,{}", script.display()),
        "-Wl,--no-eh-frame-hdr".to_owned(),
    ];
    let alike = ["-Wl,--icf=all".to_owned()];
    for options in [&unwinding[..], &alike] {
        if links_with(out, options) {
            for option in options {
                println!("cargo::rustc-link-arg-bins={option}");
            }
        }
    }
}

/// Returns whether a program can be linked with these options.
fn links_with(out: &Path, options: &[String]) -> bool {
    let tried = out.join("tried.rs");
    write(&tried, "fn main() {}\n");
    let set = |name: &str| env::var(name).unwrap_or_default();
    let mut rustc = process::Command::new(set("RUSTC"));
    rustc.arg(&tried).arg("-o").arg(out.join("tried"));
    rustc.args(["--target", &set("TARGET"), "-Cpanic=abort"]);
    rustc.args(options.iter().map(|option| format!("-Clink-arg={option}")));
    let flags = set("CARGO_ENCODED_RUSTFLAGS");
    rustc.args(flags.split('\x1f').filter(|flag| !flag.is_empty()));
    let linker = env::var("RUSTC_LINKER");
    rustc.args(linker.map(|linker| format!("-Clinker={linker}")));
    rustc.output().is_ok_and(|tried| tried.status.success())
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
