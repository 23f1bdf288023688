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
use crate::app::{App, Layer, Pane};
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
    if let Some(comparing) = app.comparing() {
        comparison::draw(frame, [top, middle], comparing, look, &mut shown);
    } else {
        explorer(frame, [top, middle], app, look, &mut shown);
    }
    match app.layers().last() {
        Some(Layer::Help(first)) => {
            shown.overlay = help::draw(frame, middle, *first, app, look);
        }
        Some(Layer::Note(noting)) => overlay::note(frame, middle, noting, look),
        Some(Layer::Choose(choosing)) => {
            shown.overlay = overlay::choose(frame, middle, choosing, app, look);
        }
        Some(Layer::Compare(_)) | None => {}
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
