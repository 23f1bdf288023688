//! The part of a page that is laid out in columns: the facts, texts and differences of a comparison on its grid.

use std::borrow::Cow;

use ratatui::style::Style;

use super::grid::{GAP, Grid};
use super::layout::Layout;
use super::setting::Setting;
use super::sheet::Sheet;
use super::strength;
use crate::document::{Block, Clause, Span};
use crate::text::width;

/// What a code and the blank behind it take.
const CODE: usize = 4;
/// The least that a column needs for a sentence.
const SENTENCE: usize = 40;

impl Layout<'_> {
    pub(super) fn grid(&self) -> Grid {
        let (_, shown) = self.setting.columns;
        Grid::new(self.setting.width, shown)
    }

    /// Adds a row of facts. What is the same everywhere is muted; where some columns agree, those that do not stand out.
    pub(super) fn row(&mut self, name: &str, values: &[Cow<'static, str>], differs: bool) {
        let Setting { theme, symbols, .. } = self.setting;
        let (sign, style) = if differs {
            (symbols.differs, theme.differs)
        } else {
            (" ", theme.muted)
        };
        self.sheet.write(sign, theme.differs);
        self.sheet.write(" ", Style::new());
        self.sheet.write(name, style);
        let grid = self.grid();
        let (first, count) = self.setting.columns;
        let (values, cells) = if grid.is_stacked() {
            let beside_code = grid.indent() + CODE;
            (
                values,
                self.setting.width.saturating_sub(beside_code).max(1),
            )
        } else {
            let end = values.len().min(first + count);
            (&values[first.min(end)..end], grid.cells())
        };
        let usual = usual(values);
        let facts = values.iter().map(|value| {
            let mut column = self.beside(cells);
            match usual {
                _ if !differs => column.wrapped(&[(value, theme.muted)]),
                Some(usual) if usual != value => {
                    let sign = (symbols.differs, theme.differs);
                    column.wrapped(&[sign, (" ", theme.text), (value, theme.title)]);
                }
                _ => {
                    let words = strength::pieces(value).into_iter();
                    let styled = words.map(|(text, is_word)| {
                        let style = if is_word { theme.must } else { theme.text };
                        (text, style)
                    });
                    column.wrapped(&styled.collect::<Vec<_>>());
                }
            }
            column.sheet
        });
        let facts: Vec<Sheet> = facts.collect();
        if grid.indent() <= self.sheet.used() {
            self.sheet.end_line();
        }
        if grid.is_stacked() {
            self.one_above_the_other(&facts, differs);
        } else {
            self.side_by_side(&facts, grid.indent(), cells);
        }
    }

    /// Adds the facts of a row, each behind its code, or one of them if all are the same.
    fn one_above_the_other(&mut self, facts: &[Sheet], differs: bool) {
        let theme = self.setting.theme;
        let (focused, _) = self.setting.columns;
        let indent = self.grid().indent();
        if !differs {
            let alike = facts.get(..1).unwrap_or_default();
            return self.side_by_side(alike, indent, 0);
        }
        for (i, (fact, title)) in facts.iter().zip(self.columns).enumerate() {
            let code = title.split(' ').next().unwrap_or_default();
            let style = if i == focused {
                theme.title
            } else {
                theme.muted
            };
            self.sheet.pad_to(indent);
            self.sheet.write(code, style);
            self.side_by_side(std::slice::from_ref(fact), indent + CODE, 0);
        }
    }

    pub(super) fn columns(&mut self, columns: &[Vec<Block>]) {
        let grid = self.grid();
        let (indent, cells) = if grid.is_stacked() {
            (0, self.setting.width)
        } else {
            (grid.indent(), grid.cells())
        };
        let mut sheets = Vec::with_capacity(columns.len());
        // A link has its number whether its column is shown or not.
        for blocks in columns {
            let mut column = self.beside(cells);
            column.blocks(blocks, false);
            self.next_link = column.next_link;
            sheets.push(column.sheet);
        }
        let (first, count) = self.setting.columns;
        let shown: Vec<Sheet> = sheets.into_iter().skip(first).take(count).collect();
        self.side_by_side(&shown, indent, cells);
    }

    /// Adds a difference: what it says of each column in that column where this has room, else one clause below the other.
    pub(super) fn difference(&mut self, number: usize, topic: &Span, clauses: &[Clause]) {
        let theme = self.setting.theme;
        let number = number.to_string();
        let hang = (width(&number) + 1).max(3);
        let grid = self.grid();
        let (_, shown) = self.setting.columns;
        let has_room =
            shown == self.columns.len() && !grid.is_stacked() && grid.cells() >= SENTENCE;
        if !has_room || clauses.iter().any(|clause| clause.columns.len() != 1) {
            self.marked((&number, theme.heading), hang, std::slice::from_ref(topic));
            for clause in clauses {
                self.marked(("", theme.muted), hang, &clause.text);
            }
            return;
        }
        let mut label = self.beside(grid.indent().saturating_sub(1));
        label.marked((&number, theme.heading), hang, std::slice::from_ref(topic));
        let columns = (0..shown).map(|_| self.beside(grid.cells()));
        let mut columns: Vec<Layout<'_>> = columns.collect();
        for clause in clauses {
            let column = clause.columns.first().and_then(|at| columns.get_mut(*at));
            if let Some(column) = column {
                // Links have their numbers in the order of reading.
                column.next_link = self.next_link;
                column.marked(("", theme.muted), 0, &clause.text);
                self.next_link = column.next_link;
            }
        }
        let columns: Vec<Sheet> = columns.into_iter().map(|column| column.sheet).collect();
        self.labelled(&label.sheet, &columns, grid.indent(), grid.cells());
    }

    /// Returns an empty page beside others, so many cells wide.
    pub(super) fn beside(&self, cells: usize) -> Self {
        Self {
            setting: Setting {
                width: cells,
                ..self.setting
            },
            sheet: Sheet::default(),
            next_link: self.next_link,
            columns: self.columns,
            labels: 0,
        }
    }

    /// Adds columns beside each other, each `cells` wide, the first of them `indent` cells from the left.
    pub(super) fn side_by_side(&mut self, columns: &[Sheet], indent: usize, cells: usize) {
        self.labelled(&Sheet::default(), columns, indent, cells);
    }

    /// Adds columns beside each other and beside a label, which may have begun in the line.
    fn labelled(&mut self, label: &Sheet, columns: &[Sheet], indent: usize, cells: usize) {
        let Setting { theme, symbols, .. } = self.setting;
        let height = columns.iter().map(Sheet::height).max().unwrap_or_default();
        let least = label.height().max(usize::from(self.sheet.is_in_line()));
        for row in 0..height.max(least) {
            self.sheet.append(label, row);
            self.sheet.pad_to(indent);
            for (i, column) in columns.iter().enumerate() {
                if i > 0 {
                    self.sheet.pad_to(indent + i * (cells + GAP) - GAP);
                    self.sheet.write(" ", Style::new());
                    self.sheet.write(symbols.column, theme.border);
                    self.sheet.write(" ", Style::new());
                }
                self.sheet.append(column, row);
            }
            self.sheet.end_line();
        }
    }
}

/// Returns the value that most of the columns share, if any two share one.
fn usual<'a>(values: &'a [Cow<'static, str>]) -> Option<&'a Cow<'static, str>> {
    let shared = |value| values.iter().filter(|other| *other == value).count();
    let most = values.iter().map(shared).max().filter(|most| *most > 1)?;
    values.iter().find(|value| shared(value) == most)
}
