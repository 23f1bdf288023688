//! What `bookmarks list` prints: each code with its note and its date.

use serde::Serialize;

use crate::bookmarks::Bookmarks;

#[derive(Serialize)]
struct BookmarkForm<'a> {
    code: u16,
    note: Option<&'a str>,
    added: Option<&'a str>,
}

/// Returns the form of the user's bookmarks.
pub fn bookmarks(bookmarks: &Bookmarks) -> impl Serialize {
    bookmarks
        .iter()
        .map(|(code, bookmark)| BookmarkForm {
            code: code.get(),
            note: bookmark.note.as_deref(),
            added: bookmark.added.as_deref(),
        })
        .collect::<Vec<_>>()
}
