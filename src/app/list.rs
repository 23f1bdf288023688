//! The list: what the query found, in rows, and which is selected.

use super::scope::Scope;
use super::viewport::Rows;
use crate::bookmarks::{self, Bookmarks};
use crate::catalog::{self, Class, Entry, Response};
use crate::search::{Hit, Layer, Sets, search};

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListRow {
    Heading(Class),
    /// The number of a hit.
    Hit(usize),
}

#[derive(Debug, Default)]
pub struct List {
    hits: Vec<Hit>,
    rows: Vec<ListRow>,
    selected: usize,
    /// Whether the user chose the selected hit, so that typing on does not take it away.
    chosen: bool,
    scope: Scope,
    /// What the user should know about the query.
    remark: Option<String>,
    /// Whether there is a query, so that each hit has a reason.
    searched: bool,
    /// Where the wheel scrolled to; none while the view follows the selection.
    first: Option<usize>,
}

impl List {
    /// Finds what fits a query. A chosen entry stays selected while it is listed.
    pub(super) fn search(&mut self, query: &str, bookmarked: &Bookmarks) {
        let kept = self.selected().filter(|_| self.chosen);
        let is_empty = query.trim().is_empty();
        let only_bookmarks = self.scope == Scope::Bookmarks;
        self.remark = None;
        self.searched = !is_empty;
        self.hits = if only_bookmarks && is_empty {
            let hit = |code| Hit::listed(catalog::response(code), "bookmarked");
            bookmarked.keys().copied().map(hit).collect()
        } else {
            let sets = Sets {
                bookmarked: bookmarks::codes(bookmarked),
            };
            let results = search(query, &sets);
            self.remark = results.remark;
            let mut hits = results.hits;
            if hits.is_empty() {
                hits = results.nearest;
            }
            let found = hits.len();
            let is_kept = |code| bookmarked.contains_key(&code);
            hits.retain(|hit| !only_bookmarks || hit.entry.code().is_some_and(is_kept));
            if hits.is_empty() && found > 0 {
                let fits = if found == 1 {
                    "other fits"
                } else {
                    "others fit"
                };
                let remark = format!("only bookmarks are listed; {found} {fits}");
                self.remark = Some(remark);
            }
            hits
        };
        self.rows = rows(&self.hits, is_empty);
        self.chosen = kept.is_some_and(|entry| self.select(entry));
        if !self.chosen {
            self.selected = 0;
        }
        self.first = None;
    }

    /// Selects an entry; says whether it is listed.
    pub(super) fn select(&mut self, entry: Entry) -> bool {
        let found = self.hits.iter().position(|hit| hit.entry == entry);
        if let Some(index) = found {
            self.choose(index);
        }
        found.is_some()
    }

    /// Keeps the selected entry selected while it is listed.
    pub(super) fn keep_selected(&mut self) {
        self.chosen = true;
    }

    fn choose(&mut self, index: usize) {
        self.selected = index;
        self.chosen = true;
        self.first = None;
    }

    pub(super) fn step(&mut self, hits: isize) {
        let last = self.hits.len().saturating_sub(1);
        self.choose(self.selected.saturating_add_signed(hits).min(last));
    }

    pub(super) fn select_row(&mut self, row: usize) {
        if let Some(ListRow::Hit(index)) = self.rows.get(row) {
            self.choose(*index);
        }
    }

    /// Selects the first entry of the next class, or of this class or the one before it.
    pub(super) fn turn_class(&mut self, forward: bool) {
        let class = |index: usize| Some(self.hits.get(index)?.entry.code()?.class());
        let starts: Vec<usize> = (0..self.hits.len())
            .filter(|index| index.checked_sub(1).and_then(class) != class(*index))
            .collect();
        let next = if forward {
            starts.iter().find(|start| **start > self.selected)
        } else {
            starts.iter().rfind(|start| **start < self.selected)
        };
        if let Some(index) = next {
            self.choose(*index);
        }
    }

    pub(super) fn wheel(&mut self, rows: isize, shown: Rows) {
        self.first = Some(
            shown
                .first
                .saturating_add_signed(rows)
                .min(shown.last_first()),
        );
    }

    /// Sets what the next search lists.
    pub(super) fn set_scope(&mut self, scope: Scope) {
        self.scope = scope;
    }

    /// Returns the responses whose own number the query has.
    pub(super) fn asked_for(&self) -> Vec<&'static Response> {
        let hits = self.hits.iter().filter(|hit| hit.layer() == Layer::Code);
        hits.filter_map(|hit| hit.entry.response()).collect()
    }

    pub fn selected(&self) -> Option<Entry> {
        self.hits.get(self.selected).map(|hit| hit.entry)
    }

    /// Returns the number of the selected hit.
    pub fn index(&self) -> usize {
        self.selected
    }

    pub fn is_searched(&self) -> bool {
        self.searched
    }

    pub fn remark(&self) -> Option<&str> {
        self.remark.as_deref()
    }

    pub fn hits(&self) -> &[Hit] {
        &self.hits
    }

    pub fn rows(&self) -> &[ListRow] {
        &self.rows
    }

    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// Returns the rows to show, given those shown before and how many fit now.
    pub fn viewport(&self, before: Rows) -> Rows {
        let rows = Rows {
            total: self.rows.len(),
            ..before
        };
        if let Some(first) = self.first {
            return Rows {
                first: first.min(rows.last_first()),
                ..rows
            };
        }
        let selected = self
            .rows
            .iter()
            .position(|row| *row == ListRow::Hit(self.selected));
        let selected = selected.unwrap_or_default();
        // The heading above the first of a class comes along.
        let above = selected
            .checked_sub(1)
            .filter(|row| matches!(self.rows[*row], ListRow::Heading(_)));
        above.map_or(rows, |row| rows.around(row)).around(selected)
    }
}

/// Groups hits by class, each under a heading, where nobody searched.
fn rows(hits: &[Hit], grouped: bool) -> Vec<ListRow> {
    let mut rows = Vec::with_capacity(hits.len());
    let mut class = None;
    for (index, hit) in hits.iter().enumerate() {
        if let Some(code) = hit.entry.code().filter(|_| grouped)
            && class != Some(code.class())
        {
            class = Some(code.class());
            rows.push(ListRow::Heading(code.class()));
        }
        rows.push(ListRow::Hit(index));
    }
    rows
}
