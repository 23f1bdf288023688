//! Every screen at every size: it is drawn without a panic, and follows the terminal through any size.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crossterm::event::Event;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use sipdex::app::viewport::Viewport;
use sipdex::app::{App, Opening};
use sipdex::bookmarks::{Bookmarks, Change};
use sipdex::choices::Start;
use sipdex::compare::Compared;
use sipdex::keymap::{Keymap, press};
use sipdex::theme::{DEFAULT, Theme};
use sipdex::view::{self, Cache, Look, UNICODE};

#[path = "catalog/codes.rs"]
mod codes;
#[cfg(unix)]
#[path = "pty/explorer.rs"]
mod explorer;
#[cfg(unix)]
#[path = "screens/screen.rs"]
mod inside;

use codes::code;

const WIDEST: u16 = 200;
const HIGHEST: u16 = 60;
/// With all widths, and with all heights. All 12,000 sizes of each of the eight screens would take
/// minutes without optimization.
const HEIGHTS: [u16; 1] = [24];
const WIDTHS: [u16; 2] = [20, 120];
/// Below these all sizes are drawn: there is hardly room for anything.
const SMALL: (u16, u16) = (24, 6);

/// A screen: a name, the codes that are compared, and the keys that lead there.
type Screen = (&'static str, &'static [u16], &'static str);

/// The eight screens, in three parts that take about the same time.
const EXPLORER: [Screen; 5] = [
    ("list", &[], "tab G"),
    ("page", &[], "4 8 6 enter ]"),
    ("note", &[], "tab down e"),
    ("help", &[], "f1 G"),
    ("only bookmarks", &[], "tab B down"),
];
const COMPARISON: [Screen; 2] = [
    ("comparison of two", &[480, 486], "pgdn"),
    ("chooser", &[480, 486], "/ b u s y down"),
];
const OF_FOUR: [Screen; 1] = [("comparison of four", &[480, 486, 600, 603], "tab")];

/// Returns bookmarks with a note in letters of one cell, of two, and with marks.
fn bookmarks() -> Bookmarks {
    let mut bookmarks = Bookmarks::new();
    let note = "e\u{301} \u{6f22}\u{5b57} \u{1f469}\u{200d}\u{1f4bb} no credit ".repeat(9);
    Change::Note(code(180), Some(note)).apply(&mut bookmarks);
    Change::Add(code(699)).apply(&mut bookmarks);
    bookmarks
}

fn draw(app: &mut App, keymap: &Keymap, (width, height): (u16, u16)) {
    let look = Look {
        theme: Theme::named(DEFAULT).expect("the default theme"),
        symbols: &UNICODE,
        keymap,
    };
    let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a terminal");
    let mut shown = Viewport::default();
    let drawn = terminal.draw(|frame| shown = view::draw(frame, app, &look, &mut Cache::default()));
    drawn.expect("drawn");
    app.seen(shown);
}

fn open(compared: &[u16], keys: &str) -> App {
    let compared = Compared::of(&compared.iter().copied().map(code).collect::<Vec<_>>());
    let opening = compared.map_or(Opening::Nothing, Opening::Compare);
    let keymap = Keymap::default();
    let mut app = App::new(bookmarks(), &opening, Start::Search, false);
    for key in keys.split(' ') {
        draw(&mut app, &keymap, (100, 30));
        let event = Event::Key(press(key).expect("a key"));
        let action = keymap.action_for(app.mode(), &event);
        app.update(&action.expect("a command"));
    }
    app
}

fn sizes() -> Vec<(u16, u16)> {
    let wide = (1..=WIDEST).flat_map(|width| HEIGHTS.map(|height| (width, height)));
    let high = (1..=HIGHEST).flat_map(|height| WIDTHS.map(|width| (width, height)));
    let small = (1..SMALL.0).flat_map(|width| (1..SMALL.1).map(move |height| (width, height)));
    wide.chain(high).chain(small).collect()
}

/// Draws screens at every size, and says which panic.
fn panicking(screens: &[Screen]) -> Vec<String> {
    let keymap = Keymap::default();
    let mut panicking = Vec::new();
    for (name, compared, keys) in screens {
        let mut app = open(compared, keys);
        let mode = app.mode();
        for size in sizes() {
            let drawn = AssertUnwindSafe(|| draw(&mut app, &keymap, size));
            if catch_unwind(drawn).is_err() || app.mode() != mode {
                panicking.push(format!("{name} at {size:?}"));
            }
        }
    }
    panicking
}

#[test]
fn the_explorer_is_drawn_at_every_width_and_at_every_height() {
    assert_eq!(panicking(&EXPLORER), [""; 0]);
}

#[test]
fn a_comparison_is_drawn_at_every_width_and_at_every_height() {
    assert_eq!(panicking(&COMPARISON), [""; 0]);
}

#[test]
fn a_comparison_of_four_is_drawn_at_every_width_and_at_every_height() {
    assert_eq!(panicking(&OF_FOUR), [""; 0]);
}

#[cfg(unix)]
mod resized {
    use tempfile::TempDir;
    use termlens::{Result, Terminal};

    use super::explorer::{SIPDEX, quit, rows, terminal};
    use super::{Bookmarks, Opening, code, inside};

    const SIZES: usize = 500;
    const LAST: (u16, u16) = (120, 40);
    /// From the page to the list, and to its first row, wherever it was scrolled to.
    const TO_THE_START: &str = "hg";

    fn start(home: &TempDir, (columns, rows): (u16, u16)) -> Result<Terminal> {
        let explorer = terminal(home).size(columns, rows);
        explorer.args(["--code", "486"]).spawn(SIPDEX)
    }

    /// Returns sizes up to 500x200 without an order, from the smallest that termlens has.
    fn sizes() -> impl Iterator<Item = (u16, u16)> {
        let mut state: u32 = 486;
        let mut next = move |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            u16::try_from((state >> 16) % (below - 1) + 2).unwrap_or(2)
        };
        (0..SIZES).map(move |i| match i {
            0 => (2, 2),
            1 => (500, 200),
            _ => (next(500), next(200)),
        })
    }

    /// Returns what the app draws at the start of the list.
    fn at_the_start() -> String {
        let opening = Opening::Code(code(486));
        let screen = inside::Screen::open(Bookmarks::new(), &opening, LAST);
        screen.press("h g").text()
    }

    #[test]
    fn after_many_sizes_the_screen_is_that_of_a_fresh_start() -> Result<()> {
        let home = tempfile::tempdir()?;
        let mut fresh = start(&home, LAST)?;
        fresh.wait_until(|screen| screen.contains("] next link"))?;
        fresh.send_str(TO_THE_START)?;
        // A screen arrives in pieces; it is all there when it is what the app draws.
        let drawn = at_the_start();
        fresh.wait_until(|screen| rows(screen) == drawn)?;
        quit(fresh)?;

        let mut explorer = start(&home, (80, 24))?;
        explorer.wait_until(|screen| screen.contains("] next link"))?;
        for (i, (columns, rows)) in sizes().enumerate() {
            explorer.resize(columns, rows)?;
            // Up and down, to the page of another code and back, help and away.
            explorer.send_str(["j", "k", "hj", "kl", "?", "\x1bOP", "G", "g"][i % 8])?;
        }
        explorer.send_str(TO_THE_START)?;
        explorer.resize(LAST.0, LAST.1)?;
        explorer.wait_until(|screen| rows(screen) == drawn)?;
        quit(explorer)
    }
}
