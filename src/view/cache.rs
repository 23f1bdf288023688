//! The page and the help that were laid out last, since most frames show them again.

use std::rc::Rc;

use super::found::matches;
use super::layout::lay_out;
use super::offer::Offer;
use super::setting::Setting;
use super::sheet::Sheet;
use crate::app::places::{Match, Places};
use crate::app::sought::Sought;
use crate::document::Document;
use crate::keymap::Keymap;

/// Keeps what was laid out. What it has not kept is laid out anew, so it is no state of the explorer, whose
/// keys stay the same as long as it runs.
#[derive(Debug, Default)]
pub struct Cache {
    page: Kept<Rc<Document>>,
    found: Found,
    help: Kept<Offer>,
}

/// What was laid out last, and all that it was made from.
#[derive(Debug)]
struct Kept<T> {
    last: Option<(T, Setting, Sheet)>,
    #[cfg(test)]
    laid_out: usize,
}

impl Cache {
    /// Returns a page as lines, and what is found in it; it is laid out if the last one was made from anything else.
    pub(super) fn page(
        &mut self,
        document: &Rc<Document>,
        setting: Setting,
        sought: Option<&Sought>,
    ) -> (&Sheet, Rc<Vec<Match>>) {
        let is_it = |kept: &Rc<Document>| Rc::ptr_eq(kept, document);
        let sheet = self.page.sheet(setting, is_it, || {
            (Rc::clone(document), lay_out(document, setting))
        });
        let found = sought.map_or_else(Rc::default, |sought| self.found.of(sheet, sought));
        (sheet, found)
    }

    /// Returns the help as lines; it is laid out if it offered anything else the last time.
    pub(super) fn help(&mut self, offer: &Offer, setting: Setting, keymap: &Keymap) -> &Sheet {
        let is_it = |kept: &Offer| kept == offer;
        self.help.sheet(setting, is_it, || {
            let sheet = offer.lay_out(setting, keymap);
            (offer.clone(), sheet)
        })
    }

    /// Returns how many pages were laid out so far.
    #[cfg(test)]
    pub(super) fn pages(&self) -> usize {
        self.page.laid_out
    }

    /// Returns how often the help was laid out so far.
    #[cfg(test)]
    pub(super) fn helps(&self) -> usize {
        self.help.laid_out
    }
}

/// What was found last: in which page, and what was looked for.
#[derive(Debug, Default)]
struct Found {
    places: Rc<Places>,
    texts: Vec<String>,
    as_it_is: bool,
    matches: Rc<Vec<Match>>,
}

impl Found {
    fn of(&mut self, sheet: &Sheet, sought: &Sought) -> Rc<Vec<Match>> {
        let is_kept = Rc::ptr_eq(&self.places, sheet.places())
            && (&self.texts, self.as_it_is) == (&sought.texts, sought.as_it_is);
        if !is_kept {
            *self = Self {
                places: Rc::clone(sheet.places()),
                texts: sought.texts.clone(),
                as_it_is: sought.as_it_is,
                matches: Rc::new(matches(sheet, sought)),
            };
        }
        Rc::clone(&self.matches)
    }
}

impl<T> Kept<T> {
    /// Returns what is kept if it is what is shown and set alike, or else what is made now.
    fn sheet(
        &mut self,
        setting: Setting,
        is_it: impl Fn(&T) -> bool,
        make: impl FnOnce() -> (T, Sheet),
    ) -> &Sheet {
        let is_kept = |(kept, with, _): &(T, Setting, Sheet)| is_it(kept) && *with == setting;
        if !self.last.as_ref().is_some_and(is_kept) {
            // The old sheet goes first, so that there are never two in memory.
            self.last = None;
        }
        let (.., sheet) = self.last.get_or_insert_with(|| {
            #[cfg(test)]
            {
                self.laid_out += 1;
            }
            let (made_from, sheet) = make();
            (made_from, setting, sheet)
        });
        sheet
    }
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self {
            last: None,
            #[cfg(test)]
            laid_out: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Cache;
    use crate::bookmarks::Bookmarks;
    use crate::theme::{DEFAULT, Theme};
    use crate::view::roles::{Explorer, app};

    /// Returns how many pages are laid out for a change.
    fn laid_out(explorer: &mut Explorer, change: impl FnOnce(&mut Explorer)) -> usize {
        counted(explorer, change, Cache::pages)
    }

    /// Counts what is laid out for a change, and holds what is seen then against what an explorer draws that
    /// has kept nothing.
    fn counted(
        explorer: &mut Explorer,
        change: impl FnOnce(&mut Explorer),
        count: fn(&Cache) -> usize,
    ) -> usize {
        let before = count(&explorer.cache);
        change(explorer);
        let (drawn, laid_out) = (explorer.draw(), count(&explorer.cache));
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
    fn the_help_is_laid_out_where_it_offers_something_else_and_when_its_width_changes() {
        let mut explorer = Explorer::new(app(Bookmarks::new()), (100, 30));
        for (keys, times) in [
            ("4 8 6 f1", 1),
            ("down pgdn pgup", 0),
            ("esc left f1", 0),
            ("esc tab ?", 1),
            ("down", 0),
            ("esc b ?", 1),
            ("esc enter ?", 1),
        ] {
            let change = |explorer: &mut Explorer| explorer.press(keys);
            assert_eq!(
                counted(&mut explorer, change, Cache::helps),
                times,
                "{keys}"
            );
        }
        for (size, times) in [((100, 20), 0), ((90, 20), 0), ((60, 20), 1)] {
            let change = |explorer: &mut Explorer| explorer.resize(size);
            assert_eq!(
                counted(&mut explorer, change, Cache::helps),
                times,
                "{size:?}"
            );
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
