//! The source as a tree of modules from its roots down; what is there for tests alone is left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::source::{self, Found};

/// A file as a module: where it stands, what it is called, what it names.
pub(crate) struct Module {
    /// Below `src`.
    pub(crate) file: PathBuf,
    /// Its path from the root of the crate, the room first.
    pub(crate) path: Vec<String>,
    pub(crate) found: Found,
}

/// All modules of the rooms, and which rooms define a type or a trait of a name.
pub(crate) struct House {
    pub(crate) modules: Vec<Module>,
    homes: BTreeMap<String, BTreeSet<String>>,
}

impl Module {
    pub(crate) fn new(file: &str, text: &str) -> Self {
        let path = file.trim_end_matches(".rs").split('/');
        Self::at(Path::new(file), path.map(str::to_owned).collect(), text)
    }

    fn at(file: &Path, path: Vec<String>, text: &str) -> Self {
        let syntax =
            syn::parse_file(text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let found = source::found(&syntax, &path);
        let file = file.to_owned();
        Self { file, path, found }
    }

    pub(crate) fn room(&self) -> &str {
        &self.path[0]
    }
}

impl House {
    /// Reads the rooms of the program, and the one that only the build opens.
    pub(crate) fn read() -> Self {
        let mut modules = Vec::new();
        for room in rooms() {
            let file = PathBuf::from(format!("{room}.rs"));
            read(&file, vec![room], &mut modules);
        }
        Self::new(modules)
    }

    pub(crate) fn new(modules: Vec<Module>) -> Self {
        let mut homes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for module in &modules {
            for name in &module.found.defined {
                let homes = homes.entry(name.clone()).or_default();
                homes.insert(module.room().to_owned());
            }
        }
        Self { modules, homes }
    }

    /// Returns the room in which what a module calls so is defined; none for what is not of the house.
    pub(crate) fn home(&self, module: &Module, written: &[String]) -> Option<&str> {
        let imported = module.found.imports.get(written.first()?);
        let imported = imported.map(|path| [&path[..], &written[1..]].concat());
        let path = source::absolute(&module.path, written).or(imported);
        let name = path.as_ref().unwrap_or(&written.to_vec()).last()?.clone();
        let homes = self.homes.get(&name)?;
        let room = path.map_or_else(|| module.room().to_owned(), |path| path[0].clone());
        homes.get(&room).or(homes.first()).map(String::as_str)
    }
}

/// Returns the rooms: what `lib.rs` declares, and the half of the build.
pub(crate) fn rooms() -> Vec<String> {
    let text = fs::read_to_string("src/lib.rs").expect("readable");
    let syntax = syn::parse_file(&text).expect("Rust");
    let declared = source::found(&syntax, &[]).declared;
    let mut rooms: Vec<String> = declared.into_iter().map(|module| module.name).collect();
    rooms.push("reference".into());
    rooms
}

/// Reads a file and the files of the modules that it declares.
fn read(file: &Path, path: Vec<String>, modules: &mut Vec<Module>) {
    let text = fs::read_to_string(Path::new("src").join(file));
    let text = text.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let module = Module::at(file, path, &text);
    for declared in &module.found.declared {
        let below = match &declared.borrowed {
            Some(path) => file.with_file_name(path),
            None => file
                .with_extension("")
                .join(format!("{}.rs", declared.name)),
        };
        let name = [declared.name.clone()];
        read(&below, [&module.path[..], &name].concat(), modules);
    }
    modules.push(module);
}
