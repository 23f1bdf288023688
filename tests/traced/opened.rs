//! The explorer on a log, as the program opens it.

use std::io::Cursor;
use std::sync::Arc;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use sipdex::app::action::Effect;
use sipdex::app::faults::{Looked, Looks, Wrong};
use sipdex::app::legs::Firsts;
use sipdex::app::subject::Item;
use sipdex::app::trace::{Book, Counted, Progress, Trace};
use sipdex::app::{Again, News, Opening};
use sipdex::bookmarks::Bookmarks;
use sipdex::ledger::{Calling, Looking, Reader, Wants};

use super::screen::Screen;

/// Returns what reading a text gives.
pub(crate) fn book(text: &str) -> Book {
    let book = Book::default();
    enter(&book, text.as_bytes());
    book
}

pub(crate) fn enter(book: &Book, text: &[u8]) {
    let mut ledger = book.write().expect("nobody failed");
    let ledger = &mut *ledger;
    let wants = Wants {
        attempts: true,
        places: true,
        ..Wants::default()
    };
    let shared = ledger.shared();
    let reader = Reader {
        wants: &wants,
        shared: &shared,
        lines: 0,
    };
    let file = Arc::from("full.log");
    let take = |told| ledger.take(told, &file, |_| true);
    let scan = sipdex::trace::scan(text, true, &reader, take).expect("a text");
    ledger.end("full.log", &scan, false);
}

/// Returns what is wrong with the calls of a text that was read.
fn looked_at(book: &Book, text: &str) -> News {
    let book = book.read().expect("nobody failed");
    let (mut wrong, mut looking) = (Wrong::default(), Looking::default());
    let mut firsts = Firsts::default();
    let mut take = |call_id: &str, _, messages: &[_]| {
        firsts.add(call_id, messages);
        wrong.look(messages, book.ends(), || book.attempt_of(call_id), Vec::new);
    };
    let input = Box::new(text.as_bytes());
    let of = |call| book.known(call);
    let read = looking.read(input, "full.log", &of, &mut take);
    read.expect("a text");
    assert!(!looking.end(true, &mut take));
    let looked = Looked {
        calls: looking.calls,
        all: book.known_calls(),
        how: Looks::Ended,
    };
    wrong.legs = firsts.legs();
    News::Wrong(wrong, looked)
}

/// Counts what was read by now, as who reads it does.
pub(crate) fn grown(book: &Book, progress: Progress) -> News {
    let counted = Counted::of(&book.read().expect("nobody failed"));
    News::Grown(progress, Vec::new(), counted.into())
}

/// The explorer on a log, which reads calls as the program does.
pub(crate) struct Traced {
    pub(crate) book: Book,
    pub(crate) screen: Screen,
    text: String,
}

impl Traced {
    pub(crate) fn open(text: &str, size: (u16, u16)) -> Self {
        let mut screen = Screen::open(Bookmarks::new(), &Opening::Nothing, size);
        let book = book(text);
        let trace = Trace::new("full.log", Arc::clone(&book));
        screen.app.open_trace(trace);
        screen.app.take_news(grown(&book, Progress::Read));
        let news = looked_at(&book, text);
        screen.app.take_news(news);
        screen.draw();
        Self {
            book,
            screen,
            text: text.to_owned(),
        }
    }

    pub(crate) fn press(mut self, keys: &str) -> Self {
        for key in keys.split_whitespace() {
            self.screen = self.screen.press(key);
            self.read_calls();
        }
        self
    }

    pub(crate) fn type_in(mut self, text: &str) -> Self {
        for letter in text.chars() {
            let key = KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE);
            self.screen.take(&Event::Key(key));
            self.read_calls();
        }
        self
    }

    fn read_calls(&mut self) {
        for effect in std::mem::take(&mut self.screen.effects) {
            if let Effect::ReadCall(call_id) = effect {
                let plan = self
                    .book
                    .read()
                    .expect("nobody failed")
                    .plan(&call_id, true);
                let mut call = Calling::new(&call_id, plan);
                let input = Cursor::new(self.text.as_bytes());
                let read = call.read_slices(Box::new(input), 0, "full.log");
                read.expect("a text");
                assert!(call.is_whole());
                let again = Again {
                    ends: call.ends,
                    messages: call.messages(),
                    remark: None,
                    ..Again::default()
                };
                self.screen.app.take_news(News::Call(call_id, Ok(again)));
                self.screen.draw();
            }
        }
    }

    pub(crate) fn titles(&self) -> Vec<String> {
        self.screen.app.list().items().map(Item::title).collect()
    }

    pub(crate) fn title(&self) -> String {
        self.screen.app.document().title.clone()
    }

    pub(crate) fn text(&self) -> String {
        self.screen.text()
    }
}
