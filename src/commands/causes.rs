//! Why attempts failed: their calls are read once more, and explained as the explorer does.

use std::path::{Path, PathBuf};

use super::input::STDIN;
use crate::document;
use crate::explain::call_explained;
use crate::files;
use crate::ledger::Calling;
use crate::tally::Listed;

/// So many calls are examined, the first ones.
const MOST: usize = 50;

/// Tells the causes of attempts, each call's once; returns what is to be said of those that are not told.
pub(super) fn tell(attempts: &mut [Listed], files: &[PathBuf]) -> Option<String> {
    if attempts.is_empty() {
        return None;
    }
    if files.iter().any(|file| file == Path::new(STDIN)) {
        return Some("no causes are told, since a pipe cannot be read again".to_owned());
    }
    let mut ids: Vec<Vec<u8>> = Vec::new();
    for listed in attempts.iter() {
        let id = listed.attempt.call_id.as_bytes();
        if !ids.iter().any(|known| known == id) {
            ids.push(id.to_vec());
        }
    }
    let all = ids.len();
    ids.truncate(MOST);
    let mut calling = Calling::of(ids);
    for file in files {
        // What cannot be read was said before.
        if let Ok(input) = files::open(file) {
            _ = calling.read(input, &files::shown(file));
        }
    }
    for call in calling.calls() {
        let mut own = attempts.iter_mut().map(|listed| &mut listed.attempt);
        if let Some(first) = own.find(|attempt| attempt.call_id == call.call_id) {
            first.cause = document::cause(&call_explained(&call.messages, calling.ends));
        }
    }
    (all > MOST).then(|| {
        format!("causes are told of the first {MOST} calls of {all}; of any other sipdex explain FILE --call-id ID tells it")
    })
}
