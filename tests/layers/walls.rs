//! Holds what a module names against the list, and says what it may not.

use std::collections::BTreeSet;

use crate::house::{House, Module};
use crate::source::{Impl, Name};
use crate::{BORROWED, List, OUTSIDE, ROOMS};

/// Returns what a module does that it may not, each with its file.
pub(crate) fn complaints(module: &Module, house: &House) -> Vec<String> {
    let found = &module.found;
    let names = found
        .names
        .iter()
        .flat_map(|name| [of_name(module, name), of_outside(module, name)]);
    let borrowed = found.declared.iter().filter_map(|declared| {
        let borrowed = declared.borrowed.as_deref()?;
        let file = module.file.to_str().unwrap_or_default();
        let is_known = BORROWED.contains(&(file, borrowed));
        (!is_known).then(|| format!("it borrows {borrowed}"))
    });
    let included = found.included.iter().filter_map(|included| {
        let is_written = included.contains("OUT_DIR");
        (!is_written).then(|| format!("it borrows {included}"))
    });
    let complaints = names
        .chain(
            found
                .impls
                .iter()
                .map(|found| of_impl(module, house, found)),
        )
        .flatten();
    complaints
        .chain(borrowed)
        .chain(included)
        .map(|says| format!("{}: {says}", module.file.display()))
        .collect()
}

/// Returns each room with each room that it names, and what is outside with each room that knows it.
pub(crate) fn used(house: &House) -> BTreeSet<(String, String)> {
    let mut used = BTreeSet::new();
    for module in &house.modules {
        let room = module.room().to_owned();
        for name in &module.found.names {
            if name.is_of_the_house && !name.path.is_empty() {
                used.insert((room.clone(), name.path[0].clone()));
            } else if let Some((outside, _)) = outside(name) {
                used.insert(((*outside).to_owned(), room.clone()));
            }
        }
    }
    used
}

/// Returns each file with each file above it that defines what it names.
pub(crate) fn back_up(house: &House) -> BTreeSet<(String, String)> {
    let mut arrows = BTreeSet::new();
    for module in &house.modules {
        let is_above = |other: &&Module| {
            other.path.len() < module.path.len() && module.path.starts_with(&other.path)
        };
        for above in house.modules.iter().filter(is_above) {
            let names = module
                .found
                .names
                .iter()
                .filter(|name| name.is_of_the_house);
            let mut names =
                names.filter_map(|name| name.path.strip_prefix(&above.path[..])?.first());
            if names.any(|name| above.found.defines(name)) {
                let [from, to] = [module, above].map(|at| at.file.display().to_string());
                arrows.insert((from, to));
            }
        }
    }
    arrows
}

fn may_name(list: &List, left: &str, right: &str) -> bool {
    let row = list.iter().find(|(name, _)| *name == left);
    row.is_some_and(|(_, named)| named.contains(&right))
}

fn of_name(module: &Module, name: &Name) -> Option<String> {
    let room = module.room();
    if !name.is_of_the_house {
        return None;
    }
    let path = name.path.join("::");
    match name.path.first().map(String::as_str) {
        None | Some("*") => Some(format!("{room} names the whole house")),
        Some(other) if other == room => None,
        Some(other) if !may_name(ROOMS, room, other) => {
            Some(format!("{room} may not name {other} (crate::{path})"))
        }
        Some(other) if name.is_handed_on => {
            Some(format!("{room} hands on {other} (crate::{path})"))
        }
        Some(_) => None,
    }
}

fn outside(name: &Name) -> Option<&'static (&'static str, &'static [&'static str])> {
    let path = format!("{}::", name.path.join("::"));
    OUTSIDE
        .iter()
        .find(|(outside, _)| path.starts_with(&format!("{outside}::")))
}

fn of_outside(module: &Module, name: &Name) -> Option<String> {
    if name.is_of_the_house {
        return None;
    }
    let room = module.room();
    if ["std", "std::*", "std::self"].contains(&name.path.join("::").as_str()) {
        return Some(format!("{room} names the whole of std"));
    }
    let (outside, rooms) = outside(name)?;
    (!rooms.contains(&room)).then(|| format!("{room} may not know {outside}"))
}

/// An impl stands in the room of its type, or in that of its trait.
fn of_impl(module: &Module, house: &House, found: &Impl) -> Option<String> {
    let own = module.room();
    let of = found.of.as_deref();
    let trait_home = of.and_then(|of| house.home(module, of));
    let type_home = house.home(module, &found.to);
    let stands_well =
        [trait_home, type_home].contains(&Some(own)) || trait_home.is_none() && type_home.is_none();
    let other = type_home.or(trait_home).filter(|_| !stands_well)?;
    let to = found.to.join("::");
    let of = of.map_or(String::new(), |of| format!("{} for ", of.join("::")));
    Some(format!(
        "{own} holds an impl of {of}{to}, which belongs to {other}"
    ))
}
