//! The page that was laid out last, since most frames show it again.

use std::rc::Rc;

use super::layout::lay_out;
use super::setting::Setting;
use super::sheet::Sheet;
use crate::document::Document;

/// Keeps a page as it was laid out. What it has not kept is laid out anew, so it is no state of the explorer.
#[derive(Debug, Default)]
pub struct Cache {
    kept: Option<Kept>,
    #[cfg(test)]
    laid_out: usize,
}

/// A page that was laid out, and all that it was made from.
#[derive(Debug)]
struct Kept {
    document: Rc<Document>,
    note: Option<String>,
    setting: Setting,
    sheet: Sheet,
}

impl Cache {
    /// Returns a page as lines; it is laid out if the last one was made from anything else.
    pub(super) fn sheet(
        &mut self,
        document: &Rc<Document>,
        note: Option<&str>,
        setting: Setting,
    ) -> &Sheet {
        let is_made_from_them = |kept: &Kept| {
            Rc::ptr_eq(&kept.document, document)
                && kept.note.as_deref() == note
                && kept.setting == setting
        };
        if !self.kept.as_ref().is_some_and(is_made_from_them) {
            // The old sheet goes first, so that there are never two in memory.
            self.kept = None;
        }
        let kept = self.kept.get_or_insert_with(|| {
            #[cfg(test)]
            {
                self.laid_out += 1;
            }
            Kept {
                document: Rc::clone(document),
                note: note.map(str::to_owned),
                setting,
                sheet: lay_out(document, note, setting),
            }
        });
        &kept.sheet
    }

    /// Returns how many pages were laid out so far.
    #[cfg(test)]
    pub(super) fn laid_out(&self) -> usize {
        self.laid_out
    }
}

#[cfg(test)]
mod tests {
    use crate::bookmarks::Bookmarks;
    use crate::theme::{DEFAULT, Theme};
    use crate::view::roles::{Explorer, app};

    /// Returns how many pages are laid out for a change, and holds what is seen then against what an explorer
    /// draws that has kept nothing.
    fn laid_out(explorer: &mut Explorer, change: impl FnOnce(&mut Explorer)) -> usize {
        let before = explorer.cache.laid_out();
        change(explorer);
        let (drawn, laid_out) = (explorer.draw(), explorer.cache.laid_out());
        let kept = std::mem::take(&mut explorer.cache);
        assert_eq!(drawn, explorer.draw(), "what was kept is old");
        explorer.cache = kept;
        laid_out - before
    }

    #[test]
    fn scrolling_lays_out_nothing_and_what_changes_a_page_lays_it_out_once() {
        let mut explorer = Explorer::new(app(Bookmarks::new()), (100, 30));
        explorer.press("4 8 6 enter");
        for (keys, times) in [
            ("down", 0),
            ("pgdn down pgup", 0),
            ("G", 0),
            ("g", 0),
            ("tab tab tab", 0),
            ("? down esc", 0),
            ("]", 1),
            ("down", 0),
            ("] ]", 2),
            ("b", 1),
            ("e h i enter", 1),
            ("e esc", 0),
            ("b", 1),
            ("[ enter", 2),
            ("backspace", 1),
            ("c", 1),
            ("down pgdn G g", 0),
            ("f", 1),
            ("f", 1),
            ("]", 1),
            ("tab", 0),
            ("x", 1),
            ("esc", 1),
        ] {
            let laid_out = laid_out(&mut explorer, |explorer| explorer.press(keys));
            assert_eq!(laid_out, times, "{keys}");
        }
    }

    #[test]
    fn another_width_or_theme_lays_the_page_out_anew_and_another_height_does_not() {
        for keys in ["4 8 6 enter", "4 8 6 enter c"] {
            let mut explorer = Explorer::new(app(Bookmarks::new()), (100, 30));
            explorer.press(keys);
            for (size, times) in [((100, 20), 0), ((90, 20), 1), ((64, 20), 1), ((100, 30), 1)] {
                let laid_out = laid_out(&mut explorer, |explorer| explorer.resize(size));
                assert_eq!(laid_out, times, "{size:?} after {keys}");
            }
            let theme = Theme::named(DEFAULT).expect("the default theme");
            let laid_out = laid_out(&mut explorer, |explorer| explorer.theme = theme);
            assert_eq!(laid_out, 1, "the theme after {keys}");
        }
    }

    #[test]
    fn a_column_that_comes_into_view_lays_the_comparison_out_anew() {
        let mut explorer = Explorer::new(app(Bookmarks::new()), (60, 20));
        explorer.press("4 8 6 enter c");
        for times in [1, 1] {
            let laid_out = laid_out(&mut explorer, |explorer| explorer.press("tab"));
            assert_eq!(laid_out, times);
        }
    }
}
