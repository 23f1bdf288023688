//! The name of a file as it is shown.

use std::path::{MAIN_SEPARATOR_STR, Path, is_separator};

use crate::text::clean;

/// Returns a path without what a terminal would obey. Each name is cleaned alone: a sequence without an end
/// in one of them must not hide those that follow.
pub fn shown(path: &Path) -> String {
    let path = path.to_string_lossy();
    let names: Vec<String> = path.split(is_separator).map(clean).collect();
    names.join(MAIN_SEPARATOR_STR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_a_terminal_would_obey_hides_no_other_name() {
        let path = Path::new("/home/\u{1b}]0;you/\u{202e}sipdex/bookmarks.toml");
        let names: Vec<String> = shown(path).split(is_separator).map(str::to_owned).collect();
        assert_eq!(names, ["", "home", "", "sipdex", "bookmarks.toml"]);
    }
}
