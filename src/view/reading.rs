//! A page or a comparison that is read: as much of it as fits, from where the reader is.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::cache::Cache;
use super::found;
use super::look::Look;
use super::pane::{scrollbar, whereabouts};
use super::setting::Setting;
use crate::app::reader::Reader;
use crate::app::viewport::Viewport;

pub(super) struct Reading<'a> {
    pub(super) reader: &'a Reader,
    /// What it is called on the border, and shorter where there is no room.
    pub(super) title: (&'a str, &'a str),
    /// Whether what is looked for is marked.
    pub(super) marked: bool,
    pub(super) setting: Setting,
}

impl Reading<'_> {
    /// Draws it into `inner`, and on the border around that where one is; notes what is shown and where it stands.
    pub(super) fn draw(
        &self,
        (border, inner): (Rect, Rect),
        buf: &mut Buffer,
        look: &Look<'_>,
        cache: &mut Cache,
        shown: &mut Viewport,
    ) {
        let reader = self.reader;
        let sought = reader.sought().filter(|_| self.marked);
        let (sheet, matches) = cache.page(reader.document(), self.setting, sought);
        let places = sheet.places();
        let first = reader.first(places, &matches, inner.height.into());
        let rows = sheet.draw(inner, buf, first);
        let at = reader.at_match(places, &matches);
        found::mark(inner, buf, (&matches, at), rows, look);
        let count = sought.map(|_| (at, matches.len()));
        let section = sheet.section_of(rows.first);
        whereabouts(border, buf, self.title, (section, rows, count), look);
        scrollbar(border, buf, rows, look);
        shown.page = rows;
        shown.places = places.clone();
        shown.matches = matches;
        shown.at_match = at;
    }
}
