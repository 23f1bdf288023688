//! Draws the app into a frame, and returns what only the drawing could know. Changes nothing.
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

mod comparison;
mod help;
mod ladder;
mod list;
mod overlay;
mod page;
mod search;
mod sheet;
mod status;
mod symbols;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Block, Borders, Paragraph};

use crate::app::viewport::{Area, Rows, Viewport};
use crate::app::{App, Overlay, Pane};
use crate::catalog::Class;
use crate::keymap::Keymap;
use crate::theme::Theme;
use status::Foot;
pub use symbols::{ASCII, Symbols, UNICODE};

/// How everything looks.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    pub theme: &'a Theme,
    pub symbols: &'a Symbols,
    pub keymap: &'a Keymap,
}

const SMALLEST: (u16, u16) = (20, 5);
/// From this width on list and page stand side by side.
const TWO_PANES: u16 = 76;
const ROOMY: u16 = 100;
const LIST_WIDTH: u16 = 32;
const ROOMY_LIST_WIDTH: u16 = 40;

/// Draws everything, and returns what was shown.
pub fn draw(frame: &mut Frame<'_>, app: &App, look: &Look<'_>) -> Viewport {
    let area = frame.area();
    frame.buffer_mut().set_style(area, look.theme.text);
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        return too_small(frame, area);
    }
    // A message of several rows takes them from the panes, so that it covers nothing.
    let foot = Foot::new(area, app, look);
    let [top, middle, bottom] = area.layout(&Layout::vertical([
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(foot.height()),
    ]));
    let mut shown = Viewport::default();
    if let Some(columns) = app.columns() {
        comparison::draw(frame, [top, middle], columns, look, &mut shown);
    } else {
        explorer(frame, [top, middle], app, look, &mut shown);
    }
    match app.overlays().last() {
        Some(Overlay::Help(first)) => {
            shown.overlay = help::draw(frame, middle, *first, app, look);
        }
        Some(Overlay::Note(editor)) => overlay::note(frame, middle, editor, look),
        Some(Overlay::Choose(chooser)) => {
            shown.overlay = overlay::choose(frame, middle, chooser, app, look);
        }
        Some(Overlay::Compare(_)) | None => {}
    }
    foot.draw(frame, bottom, app, look, &shown);
    shown
}

fn explorer(
    frame: &mut Frame<'_>,
    [top, middle]: [Rect; 2],
    app: &App,
    look: &Look<'_>,
    shown: &mut Viewport,
) {
    search::draw(frame, top, app, look);
    shown.search = area_of(top);
    let (list_area, page_area) = if middle.width >= TWO_PANES {
        let width = if middle.width >= ROOMY {
            ROOMY_LIST_WIDTH
        } else {
            LIST_WIDTH
        };
        let [list, page] = middle.layout(&Layout::horizontal([
            Constraint::Length(width),
            Constraint::Fill(1),
        ]));
        (Some(list), Some(page))
    } else if app.focus() == Pane::Detail {
        (None, Some(middle))
    } else {
        (Some(middle), None)
    };
    if let Some(area) = list_area {
        shown.list = list::draw(frame, area, app, look);
    }
    if let Some(area) = page_area {
        page::draw(frame, area, app, look, shown);
    }
}

fn too_small(frame: &mut Frame<'_>, area: Rect) -> Viewport {
    let (width, height) = SMALLEST;
    let text = format!("sipdex needs {width}x{height} cells");
    frame.render_widget(
        Paragraph::new(text).wrap(ratatui::widgets::Wrap { trim: true }),
        area,
    );
    Viewport::default()
}

/// Returns a border with a title, highlighted where the focus is.
fn pane<'a>(title: Line<'a>, focused: bool, look: &Look<'_>) -> Block<'a> {
    let style = if focused {
        look.theme.border_focused
    } else {
        look.theme.border
    };
    Block::new()
        .borders(Borders::ALL)
        .border_set(look.symbols.border)
        .border_style(style)
        .title_top(title.style(look.theme.title))
}

/// Returns rows of text below each other in an area.
fn rows(area: Rect, first: usize, total: usize) -> Rows {
    Rows {
        area: area_of(area),
        first,
        total,
    }
}

fn area_of(area: Rect) -> Area {
    Area {
        left: area.x,
        top: area.y,
        width: area.width,
        height: area.height,
    }
}

fn class_style(class: Class, theme: &Theme) -> Style {
    match class {
        Class::Provisional => theme.provisional,
        Class::Success => theme.success,
        Class::Redirection => theme.redirection,
        Class::RequestFailure => theme.request_failure,
        Class::ServerFailure => theme.server_failure,
        Class::GlobalFailure => theme.global_failure,
    }
}

/// Marks on the right border how far a text is scrolled.
fn scrollbar(frame: &mut Frame<'_>, area: Rect, rows: Rows, look: &Look<'_>) {
    if rows.total <= rows.shown() || area.height < 3 || area.width == 0 {
        return;
    }
    let track = usize::from(area.height) - 2;
    let length = (track * rows.shown() / rows.total).clamp(1, track);
    let first = rows.first * (track - length) / rows.last_first().max(1);
    let x = area.right() - 1;
    for row in first..first + length {
        let y = area.top() + 1 + u16::try_from(row).unwrap_or(u16::MAX);
        frame
            .buffer_mut()
            .set_string(x, y, look.symbols.thumb, look.theme.border_focused);
    }
}

#[cfg(test)]
mod roles;

#[cfg(test)]
mod tests {
    use super::class_style;
    use super::roles::{after, app, keys, lines};
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
            let drawn = lines(3, |look| {
                vec![ratatui::text::Line::styled(
                    name,
                    class_style(class, look.theme),
                )]
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
            ("?", " Keys "),
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
