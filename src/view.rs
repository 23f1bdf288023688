//! Draws the app into a frame, and returns what only the drawing could know. Changes nothing.
//!
//! ```text
//!  app: what is shown ───┐
//!  look: how it looks ───┼─► draw ─┬─► the frame
//!  ┌► what was laid out ─┘         ├─► Viewport: rows that fitted, which came first, where the links are
//!  └── cache ◄─────────────────────┘   (with an empty cache both are the same)
//! ```
//!
//! This file alone knows `App`; each widget below it has the fields that it draws.
//!
//! ```text
//!  wide                               narrow: one pane at a time
//! ┌────────────────────────────────┐ ┌──────────────┐
//! │ search                         │ │ search       │
//! ├──────────┬─────────────────────┤ ├──────────────┤
//! │ list     │ page                │ │ list or page │
//! ├──────────┴─────────────────────┤ ├──────────────┤
//! │ status                         │ │ status       │
//! └────────────────────────────────┘ └──────────────┘
//! ```

mod cache;
mod columns;
mod comparison;
mod found;
mod grid;
mod help;
mod hints;
mod input;
mod ladder;
mod layout;
mod list;
mod look;
mod narrowed;
mod offer;
mod outline;
mod overlay;
mod page;
mod pane;
mod reading;
mod search;
mod setting;
mod sheet;
mod status;
mod strength;
mod symbols;
mod table;
mod wire;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::widgets::{Paragraph, Wrap};

use crate::app::viewport::Viewport;
use crate::app::{App, Mode, Overlay, Pane};
use crate::keymap::Command;
pub use cache::Cache;
use comparison::Comparison;
use help::Help;
use list::List;
pub use look::Look;
use offer::Offer;
use overlay::Choice;
use page::Page;
use search::SearchLine;
use status::{Hints, Message};
pub use symbols::{ASCII, Symbols, UNICODE};

const SMALLEST: (u16, u16) = (20, 5);
/// From this width on list and page stand side by side.
const TWO_PANES: u16 = 76;
const ROOMY: u16 = 100;
/// From this width on the outline stands beside the page.
const WITH_OUTLINE: u16 = 160;
const LIST_WIDTH: u16 = 32;
const ROOMY_LIST_WIDTH: u16 = 40;
const WIDE_LIST_WIDTH: u16 = 56;
const LEAST_LIST_WIDTH: u16 = 22;
/// What a row of the list has beside its title: marks, a blank, and the border.
const BESIDE_TITLE: usize = 6;

/// Draws everything, and returns what was shown.
pub fn draw(frame: &mut Frame<'_>, app: &App, look: &Look<'_>, cache: &mut Cache) -> Viewport {
    let area = frame.area();
    frame.buffer_mut().set_style(area, look.theme.text);
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        return too_small(frame, area);
    }
    // A message of several rows takes them from the panes, so that it covers nothing.
    let message = message(area, app, look);
    let [top, middle, bottom] = area.layout(&Layout::vertical([
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(message.as_ref().map_or(1, Message::height)),
    ]));
    let mut shown = Viewport::default();
    let mut cursor = None;
    if let Some(columns) = app.columns() {
        let comparison = Comparison { columns };
        let buf = frame.buffer_mut();
        comparison.draw([top, middle], buf, look, cache, &mut shown);
    } else {
        cursor = explorer(frame, [top, middle], app, look, cache, &mut shown);
    }
    let buf = frame.buffer_mut();
    match app.overlays().last() {
        Some(Overlay::Help(help)) => {
            let help = Help {
                offer: offer(app, help),
                state: help,
                before: app.viewport().overlay,
            };
            cursor = help.draw(middle, buf, look, cache, &mut shown);
        }
        Some(Overlay::Outline(outline)) => {
            let outline = (outline, app.viewport().overlay);
            (shown.overlay, cursor) = outline::over(middle, buf, outline, look);
        }
        Some(Overlay::Find(finder)) => {
            let found = (shown.at_match, shown.matches.len());
            cursor = overlay::find(bottom, buf, (finder, found), look);
        }
        Some(Overlay::Note(editor)) => cursor = overlay::note(middle, buf, editor, look),
        Some(Overlay::Choose(chooser)) => {
            let choice = Choice {
                chooser,
                before: app.viewport().overlay,
            };
            (shown.overlay, cursor) = choice.draw(middle, buf, look);
        }
        Some(Overlay::Compare(_)) | None => {}
    }
    match message {
        Some(message) => message.draw(bottom, buf),
        None if app.mode() == Mode::Find => {}
        None => hints(app, look, &shown).draw(bottom, buf, look),
    }
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
    shown
}

/// Returns what there is to say: what just happened, or a remark about the query.
fn message(area: Rect, app: &App, look: &Look<'_>) -> Option<Message> {
    let mode = app.mode();
    if let Some(notice) = app.notice() {
        return Some(Message::of_notice(notice, mode, area, look));
    }
    let of_query = matches!(mode, Mode::Search | Mode::List);
    let remark = app.list().remark().filter(|_| of_query)?;
    Some(Message::of_remark(remark, area, look))
}

/// Returns what the help is about.
fn offer(app: &App, help: &crate::app::help::Help) -> Offer {
    let all = Command::ALL.iter().copied();
    let applies = |command: &Command| app.applies(&command.action()).is_ok();
    Offer {
        mode: app.mode_below_help(),
        applying: all.filter(applies).collect(),
        typed: help.picking.line.text().to_owned(),
    }
}

/// Returns what to teach where there is no message.
fn hints(
    app: &App,
    look: &Look<'_>,
    shown: &Viewport,
) -> Hints<impl Iterator<Item = hints::Taught>> {
    let meaning = |command: Command| app.meaning(&command.action(), shown);
    Hints {
        taught: hints::taught(app.mode(), look.keymap, meaning),
        at_end: matches!(app.mode(), Mode::Detail | Mode::Compare)
            && shown.page.first > 0
            && shown.page.first >= shown.page.last_first(),
        unsaved: app.has_unsaved(),
        mouse: app.mouse(),
    }
}

/// Draws search line, list and page, and returns where the cursor belongs.
fn explorer(
    frame: &mut Frame<'_>,
    [top, middle]: [Rect; 2],
    app: &App,
    look: &Look<'_>,
    cache: &mut Cache,
    shown: &mut Viewport,
) -> Option<Position> {
    let [list_area, page_area, outline_area] = panes(middle, app);
    let buf = frame.buffer_mut();
    let line = SearchLine {
        query: app.query(),
        list: app.list(),
        kept: app.kept(),
        marked: app.marks().len(),
        focused: app.focus() == Pane::Search && app.overlays().is_empty(),
    };
    let cursor = line.draw(top, buf, look);
    shown.search = pane::area_of(top);
    if let Some(area) = list_area {
        let list = List {
            listed: app.list(),
            kept: app.kept(),
            marks: app.marks(),
            focus: app.focus(),
            before: app.viewport().list,
        };
        shown.list = list.draw(area, buf, look);
    }
    if let Some(area) = page_area {
        let page = Page {
            reader: app.reader(),
            focused: app.focus() == Pane::Detail,
        };
        page.draw(area, buf, look, cache, shown);
    }
    if let Some(area) = outline_area {
        outline::beside(area, buf, app.reader(), look, shown);
    }
    cursor
}

/// Returns where list, page and outline stand: side by side, or the one that has the focus.
fn panes(area: Rect, app: &App) -> [Option<Rect>; 3] {
    if app.is_zoomed() || area.width < TWO_PANES {
        return match app.focus() {
            Pane::Detail => [None, Some(area), None],
            Pane::Search | Pane::List => [Some(area), None, None],
        };
    }
    let has_outline = area.width >= WITH_OUTLINE && app.document().headings().next().is_some();
    let needed = u16::try_from(app.list().width() + BESIDE_TITLE).unwrap_or(u16::MAX);
    let (least, most) = match area.width {
        WITH_OUTLINE.. => (ROOMY_LIST_WIDTH, WIDE_LIST_WIDTH),
        ROOMY.. => (ROOMY_LIST_WIDTH, ROOMY_LIST_WIDTH),
        _ => (LEAST_LIST_WIDTH, LIST_WIDTH),
    };
    let width = needed.clamp(least, most);
    let [list, page, outline] = area.layout(&Layout::horizontal([
        Constraint::Length(width),
        Constraint::Fill(1),
        Constraint::Length(if has_outline { outline::WIDTH } else { 0 }),
    ]));
    [
        Some(list),
        Some(page),
        Some(outline).filter(|_| has_outline),
    ]
}

fn too_small(frame: &mut Frame<'_>, area: Rect) -> Viewport {
    let (width, height) = SMALLEST;
    let text = format!("sipdex needs {width}x{height} cells");
    frame.render_widget(Paragraph::new(text).wrap(Wrap { trim: true }), area);
    Viewport::default()
}

#[cfg(test)]
mod roles;

#[cfg(test)]
mod tests {
    use super::look::class_style;
    use super::roles::{after, app, keys, sheet};
    use crate::bookmarks::Bookmarks;
    use crate::catalog::{self, Class, StatusCode, class_rule};

    /// The classes in order, each with its role.
    const CLASSES: [(u16, &str); 6] = [
        (100, "provisional"),
        (200, "success"),
        (302, "redirection"),
        (486, "request_failure"),
        (503, "server_failure"),
        (603, "global_failure"),
    ];

    #[test]
    fn each_class_has_its_own_colour_everywhere() {
        for (class, (code, role)) in Class::ALL.into_iter().zip(CLASSES) {
            let name = class.pattern();
            let drawn = sheet(3, |setting, sheet| {
                sheet.write(name, class_style(class, setting.theme));
                sheet.end_line();
            });
            assert_eq!(drawn.role(name), role, "{name} itself");

            let typed: String = name.chars().flat_map(|letter| [letter, ' ']).collect();
            let list = keys(&typed);
            for (_, other) in CLASSES.iter().filter(|(_, other)| *other != role) {
                assert_eq!(list.all(other), [""; 0], "{other} among {name}");
            }
            let list = after(app(Bookmarks::new()), "tab down", (100, 100));
            let title = format!("{name} {}", class_rule(class).title);
            assert_eq!(list.role_beside(&title, name), role, "its heading");
            let row = format!("   {code} ");
            assert_eq!(list.role_beside(&row, &code.to_string()), role, "its row");

            let typed: String = code.to_string().chars().flat_map(|c| [c, ' ']).collect();
            let page = keys(&format!("{typed}enter"));
            let strip = format!("{name} {}", class_rule(class).title.to_lowercase());
            assert_eq!(page.role(&strip), role, "the strip of the page of {code}");
            let compared = keys(&format!("{typed}enter c"));
            let head = catalog::response(StatusCode::new(code).expect("a code")).title();
            assert_eq!(
                compared.role_beside(&head, &code.to_string()),
                role,
                "the head of the column of {code}"
            );
        }
    }

    #[test]
    fn the_pane_with_the_focus_has_the_focused_border_and_no_other() {
        // The corners of the list are in the first column, those of the page in the last.
        for (typed, list, page) in [
            ("", "border", "border"),
            ("tab", "border_focused", "border"),
            ("tab tab", "border", "border_focused"),
        ] {
            let drawn = keys(typed);
            for row in [1, 28] {
                assert_eq!(drawn.cell(0, row), list, "the list after {typed:?}");
                assert_eq!(drawn.cell(99, row), page, "the page after {typed:?}");
            }
        }
        for (typed, title) in [
            ("4 8 6 enter e", " Note for "),
            ("4 8 6 enter c /", " Code for column 1 "),
            ("4 8 6 enter c", " Comparison "),
            ("?", " Keys: "),
        ] {
            let drawn = after(app(Bookmarks::new()), typed, (100, 60));
            assert_eq!(drawn.role_beside(title, "┌"), "border_focused", "{title}");
        }
    }

    #[test]
    fn the_scrollbar_is_drawn_over_the_border_where_there_is_more() {
        let drawn = keys("4 8 6 enter");
        assert_eq!(drawn.symbol(99, 2), "┃", "the page begins at its top");
        assert_eq!(drawn.role("┃"), "border_focused");
        let down = keys("4 8 6 enter G");
        assert_eq!(down.symbol(99, 27), "┃", "and ends at its foot");
        assert_ne!(down.symbol(99, 2), "┃");
        let short = keys("4 8 6");
        assert_eq!(short.symbol(39, 2), "│", "one row needs no scrollbar");
    }
}
