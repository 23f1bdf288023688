//! The list: what the query found, in rows, and which is selected.

use std::mem;
use std::rc::Rc;

use super::scope::Scope;
use super::subject::explained::{AllExplained, Explained, explained};
use super::subject::{Item, Subject};
use super::trace::{Held, Order, Trace};
use super::viewport::Rows;
use crate::bookmarks::{self, Bookmarks};
use crate::catalog::{self, Class, Response};
use crate::search::{Hit, Layer, Sets, search, sort_by_key};
use crate::text::width;

/// What stands between a title and the reason beside it.
const GAP: usize = 3;

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListRow {
    Heading(Class),
    /// The number of an item.
    Item(usize),
    /// Why an item is there.
    Why(usize),
}

#[derive(Debug, Default)]
pub struct List {
    /// What is said of the messages that stand in the query, before all that it finds.
    messages: Vec<Rc<Explained>>,
    /// The trace that the explorer was opened on.
    trace: Option<Trace>,
    /// How the codes of the trace stand.
    order: Order,
    /// Whether the trace as a whole is listed, which nobody searched for.
    tells_trace: bool,
    hits: Vec<Hit>,
    /// Calls of the trace in which the query stands.
    held: Vec<Held>,
    rows: Vec<ListRow>,
    /// The rows with the reason of each item below it, for where there is room.
    explained: Vec<ListRow>,
    /// How many cells the widest row needs.
    widest: usize,
    selected: usize,
    /// Whether the user chose the selected item, so that typing on does not take it away.
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
        self.remark = None;
        let before = mem::take(&mut self.messages);
        self.searched = !is_empty;
        self.held = Vec::new();
        self.tells_trace = is_empty && self.scope == Scope::Traced;
        let trace = self.trace.clone();
        self.hits = match (self.scope, &trace) {
            (Scope::Bookmarks, _) if is_empty => {
                let hit = |code| Hit::listed(catalog::response(code), "bookmarked");
                bookmarked.keys().copied().map(hit).collect()
            }
            (Scope::Traced, Some(trace)) if is_empty => {
                let hit = |code| Hit::listed(catalog::response(code), "in the trace");
                trace.codes(self.order).into_iter().map(hit).collect()
            }
            _ => self.found(query, bookmarked, &before),
        };
        self.rows = self.grouped(is_empty && !(self.tells_trace && self.order == Order::ByCount));
        self.explained = self.with_reasons();
        self.widest = self.widest();
        self.chosen = kept.is_some_and(|subject| self.select(&subject));
        if !self.chosen {
            self.selected = 0;
        }
        self.first = None;
    }

    /// Returns what a query finds, those of the trace before others that are there for as strong a reason.
    fn found(&mut self, query: &str, bookmarked: &Bookmarks, before: &[Rc<Explained>]) -> Vec<Hit> {
        let only_bookmarks = self.scope == Scope::Bookmarks;
        let trace = self.trace.as_ref();
        let sets = Sets {
            bookmarked: bookmarks::codes(bookmarked),
            traced: trace.map_or_else(Default::default, |trace| {
                trace.codes(Order::ByCode).into_iter().collect()
            }),
        };
        let results = search(query, &sets);
        if !only_bookmarks {
            let AllExplained { messages, remark } = explained(query, before);
            self.messages = messages;
            self.remark = remark;
            self.held = trace.map_or_else(Vec::new, |trace| trace.holding(query));
        }
        self.remark = self.remark.take().or(results.remark);
        let mut hits = results.hits;
        if hits.is_empty() && self.held.is_empty() {
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
        if let Some(trace) = trace {
            let is_traced = |hit: &Hit| {
                hit.entry
                    .code()
                    .and_then(|code| trace.count(code))
                    .is_some()
            };
            sort_by_key(&mut hits, |hit| (hit.layer(), !is_traced(hit)));
        }
        hits
    }

    /// Takes the trace as it is by now.
    pub(super) fn set_trace(&mut self, trace: Trace) {
        self.trace = Some(trace);
    }

    pub fn trace(&self) -> Option<&Trace> {
        self.trace.as_ref()
    }

    /// Puts the codes of the trace into the other order.
    pub(super) fn turn_order(&mut self) {
        self.order = match self.order {
            Order::ByCode => Order::ByCount,
            Order::ByCount => Order::ByCode,
        };
    }

    pub fn order(&self) -> Order {
        self.order
    }

    /// Selects an item; says whether it is listed.
    pub(super) fn select(&mut self, subject: &Subject) -> bool {
        let found = self.items().position(|item| item.subject() == *subject);
        if let Some(index) = found {
            self.choose(index);
        }
        found.is_some()
    }

    /// Keeps the selected item selected while it is listed.
    pub(super) fn keep_selected(&mut self) {
        self.chosen = true;
    }

    fn choose(&mut self, index: usize) {
        self.selected = index;
        self.chosen = true;
        self.first = None;
    }

    pub(super) fn step(&mut self, items: isize) {
        let last = self.len().saturating_sub(1);
        self.choose(self.selected.saturating_add_signed(items).min(last));
    }

    pub(super) fn select_row(&mut self, row: usize, shown: Rows) {
        let row = self.rows(shown.shown()).get(row).copied();
        if let Some(ListRow::Item(index) | ListRow::Why(index)) = row {
            self.choose(index);
        }
    }

    /// Selects the first entry of the next class, or of this class or the one before it.
    pub(super) fn turn_class(&mut self, forward: bool) {
        let class = |index: usize| Some(self.item(index)?.code()?.class());
        let starts: Vec<usize> = (0..self.len())
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

    /// Returns what the selected item stands for.
    pub(super) fn selected(&self) -> Option<Subject> {
        self.item(self.selected).map(Item::subject)
    }

    /// Returns the selected item, where it is a hit.
    pub(super) fn hit(&self) -> Option<&Hit> {
        match self.item(self.selected)? {
            Item::Hit(hit) => Some(hit),
            _ => None,
        }
    }

    /// Returns the items in their order: the messages that stand in the query or the trace as a whole, then what it finds.
    pub fn items(&self) -> impl Iterator<Item = Item<'_>> {
        let trace = self.trace.as_ref().filter(|_| self.tells_trace);
        let unanswered = trace.filter(|trace| trace.unanswered() > 0);
        let messages = self.messages.iter().map(Item::Message);
        messages
            .chain(trace.map(Item::Trace))
            .chain(self.hits.iter().map(Item::Hit))
            .chain(unanswered.map(Item::Unanswered))
            .chain(self.held.iter().map(Item::Call))
    }

    /// Returns an item by its number.
    pub fn item(&self, index: usize) -> Option<Item<'_>> {
        self.items().nth(index)
    }

    /// Returns how many items there are.
    pub fn len(&self) -> usize {
        let of_trace = self.trace.as_ref().filter(|_| self.tells_trace);
        let of_trace = of_trace.map_or(0, |trace| 1 + usize::from(trace.unanswered() > 0));
        self.messages.len() + of_trace + self.hits.len() + self.held.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the number of the selected item.
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

    /// Returns the rows where so many have room: with reasons, if all of them have.
    pub fn rows(&self, room: usize) -> &[ListRow] {
        if self.is_explained(room) {
            &self.explained
        } else {
            &self.rows
        }
    }

    /// Returns whether the selected item has its reason below it where so many rows have room.
    pub fn has_reason_below(&self, room: usize) -> bool {
        self.is_explained(room) && self.item(self.selected).is_some_and(Item::has_reason)
    }

    /// Returns whether each item has its reason below it where so many rows have room.
    pub fn is_explained(&self, room: usize) -> bool {
        (1..=room).contains(&self.explained.len())
    }

    /// Returns how many cells the widest row takes, without its marks.
    pub fn width(&self) -> usize {
        self.widest
    }

    fn widest(&self) -> usize {
        let below = !self.explained.is_empty();
        let row = |item: Item<'_>| {
            let title = width(&item.title());
            match width(item.why()) {
                _ if !self.searched || !item.has_reason() => title,
                why if below => title.max(why),
                why => title + GAP + why,
            }
        };
        self.items().map(row).max().unwrap_or_default()
    }

    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// Returns the rows to show, given those shown before and how many fit now.
    pub fn viewport(&self, before: Rows) -> Rows {
        let listed = self.rows(before.shown());
        let rows = Rows {
            total: listed.len(),
            ..before
        };
        if let Some(first) = self.first {
            return Rows {
                first: first.min(rows.last_first()),
                ..rows
            };
        }
        let selected = listed
            .iter()
            .position(|row| *row == ListRow::Item(self.selected));
        let selected = selected.unwrap_or_default();
        // The heading above the first of a class comes along.
        let above = selected
            .checked_sub(1)
            .filter(|row| matches!(listed[*row], ListRow::Heading(_)));
        let rows = above.map_or(rows, |row| rows.around(row));
        let below = listed.get(selected + 1);
        let why = below.filter(|row| matches!(row, ListRow::Why(_)));
        why.map_or(rows, |_| rows.around(selected + 1))
            .around(selected)
    }

    /// Groups the items by class, each under a heading, where nobody searched.
    fn grouped(&self, is_grouped: bool) -> Vec<ListRow> {
        let mut rows = Vec::with_capacity(self.len());
        let mut class = None;
        for (index, item) in self.items().enumerate() {
            if let Some(code) = item.code().filter(|_| is_grouped)
                && class != Some(code.class())
            {
                class = Some(code.class());
                rows.push(ListRow::Heading(code.class()));
            }
            rows.push(ListRow::Item(index));
        }
        rows
    }

    /// Puts the reason of each item below it, where they tell the items apart.
    fn with_reasons(&self) -> Vec<ListRow> {
        let with_reason = self.items().filter(|item| item.has_reason());
        let reasons: Vec<Item<'_>> = with_reason.collect();
        let mut pairs = reasons.windows(2);
        if !self.searched || pairs.all(|pair| pair[0].why() == pair[1].why()) {
            return Vec::new();
        }
        let rows = self.items().enumerate().flat_map(|(index, item)| {
            let why = item.has_reason().then_some(ListRow::Why(index));
            [ListRow::Item(index)].into_iter().chain(why)
        });
        rows.collect()
    }
}
