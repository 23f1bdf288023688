//! What a key costs besides the search: the first frame, each mode drawn, a page and a comparison built.

use divan::{Bencher, black_box};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use sipdex::app::action::{Action, GlobalCommand, Insert, PaneCommand, ReadingCommand};
use sipdex::app::viewport::Viewport;
use sipdex::app::{App, Opening};
use sipdex::bookmarks::Bookmarks;
use sipdex::catalog::{self, Response, StatusCode};
use sipdex::choices::Start;
use sipdex::compare::{Compared, compare};
use sipdex::document::Document;
use sipdex::keymap::Keymap;
use sipdex::theme::{DEFAULT, Theme};
use sipdex::view::{self, Cache, Look, UNICODE};

const SIZE: (u16, u16) = (120, 40);

fn main() {
    divan::main();
}

fn code(code: u16) -> StatusCode {
    StatusCode::new(code).expect("a code")
}

fn response(number: u16) -> &'static Response {
    catalog::response(code(number))
}

fn app(opening: &Opening, actions: &[Action]) -> App {
    let mut app = App::new(Bookmarks::new(), opening, Start::Search, false);
    for action in actions {
        app.update(action);
    }
    app
}

fn draw(
    app: &App,
    keymap: &Keymap,
    terminal: &mut Terminal<TestBackend>,
    cache: &mut Cache,
) -> Viewport {
    let look = Look {
        theme: Theme::named(DEFAULT).expect("the default theme"),
        symbols: &UNICODE,
        keymap,
    };
    let mut shown = Viewport::default();
    terminal
        .draw(|frame| shown = view::draw(frame, app, &look, cache))
        .expect("drawn");
    shown
}

fn terminal() -> Terminal<TestBackend> {
    Terminal::new(TestBackend::new(SIZE.0, SIZE.1)).expect("a terminal")
}

#[divan::bench]
fn start_to_first_frame() -> Viewport {
    let app = app(&Opening::Nothing, &[]);
    draw(
        &app,
        &Keymap::default(),
        &mut terminal(),
        &mut Cache::default(),
    )
}

/// The modes, with what leads there.
const MODES: [(&str, &[Action]); 7] = [
    ("search", &[]),
    ("list", &[Action::Reading(ReadingCommand::NextPane)]),
    ("page", &[Action::Open]),
    (
        "compare",
        &[
            Action::Reading(ReadingCommand::NextPane),
            Action::Pane(PaneCommand::Compare),
        ],
    ),
    (
        "choose",
        &[
            Action::Reading(ReadingCommand::NextPane),
            Action::Pane(PaneCommand::Compare),
            Action::Reading(ReadingCommand::Search),
        ],
    ),
    (
        "note",
        &[
            Action::Reading(ReadingCommand::NextPane),
            Action::Pane(PaneCommand::EditNote),
        ],
    ),
    ("help", &[Action::Global(GlobalCommand::Help)]),
];

fn shown(mode: &str, keymap: &Keymap, terminal: &mut Terminal<TestBackend>) -> (App, Cache) {
    let (_, actions) = MODES
        .iter()
        .find(|(name, _)| *name == mode)
        .expect("a mode");
    let opening = Opening::Code(code(486));
    let mut app = app(&opening, actions);
    let mut cache = Cache::default();
    let shown = draw(&app, keymap, terminal, &mut cache);
    app.seen(shown);
    (app, cache)
}

#[divan::bench(args = MODES.map(|(mode, _)| mode))]
fn draw_mode(bencher: Bencher<'_, '_>, mode: &str) {
    let (keymap, mut terminal) = (Keymap::default(), terminal());
    let (app, mut cache) = shown(mode, &keymap, &mut terminal);
    bencher.bench_local(|| draw(&app, &keymap, &mut terminal, &mut cache));
}

/// The same with the page laid out, as when it has changed.
#[divan::bench(args = ["page", "compare"])]
fn draw_another_page(bencher: Bencher<'_, '_>, mode: &str) {
    let (keymap, mut terminal) = (Keymap::default(), terminal());
    let (app, _) = shown(mode, &keymap, &mut terminal);
    bencher.bench_local(|| draw(&app, &keymap, &mut terminal, &mut Cache::default()));
}

#[divan::bench(args = [100, 486, 503])]
fn build_page(number: u16) -> Document {
    Document::of_response(response(black_box(number)))
}

#[divan::bench(args = [&[100, 421][..], &[486, 600], &[480, 486, 600, 603]])]
fn build_comparison(codes: &[u16]) -> Document {
    let codes: Vec<_> = black_box(codes).iter().copied().map(code).collect();
    let compared = Compared::of(&codes).expect("two codes");
    Document::of_comparison(&compare(&compared), false)
}

/// A message of 4 KB, as some have behind many proxies.
fn long_message() -> String {
    let via = "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1;received=203.0.113.20\n".repeat(50);
    format!(
        "SIP/2.0 503 Service Unavailable\n{via}From: <sip:a@example.com>;tag=1\nTo: <sip:b@example.com>;tag=2\n\
         Call-ID: 1@a\nCSeq: 102 INVITE\nReason: Q.850;cause=34\nRetry-After: 30\nContent-Length: 0\n\n"
    )
}

#[divan::bench]
fn paste_a_message(bencher: Bencher<'_, '_>) {
    let paste = Action::Insert(Insert::pasted(&long_message()));
    let empty = || app(&Opening::Nothing, &[]);
    bencher
        .with_inputs(empty)
        .bench_local_values(|mut app| app.update(&paste));
}

#[divan::bench]
fn keystroke_in_a_message(bencher: Bencher<'_, '_>) {
    let paste = Action::Insert(Insert::pasted(&long_message()));
    let pasted = || app(&Opening::Nothing, std::slice::from_ref(&paste));
    let letter = Action::Insert(Insert::Letter('x'));
    bencher
        .with_inputs(pasted)
        .bench_local_values(|mut app| app.update(&letter));
}
