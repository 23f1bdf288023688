//! Why attempts failed: their calls are read once more, and explained as the explorer does.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::input::STDIN;
use super::watched::{Stop, Watched, read_beside};
use crate::calls::Outcome;
use crate::document;
use crate::explain::call_beside;
use crate::files;
use crate::ledger::{Calling, Looking};
use crate::message::Redaction;
use crate::tally::{Attempt, Listed, Sum};

/// So many calls are examined, the first ones.
const MOST: usize = 50;
/// What is beside each of them is read where there are no more bytes.
const LITTLE: u64 = 8 << 20;

/// Tells the causes of attempts, each cause once of a call; returns what is to be said of those that are not told.
pub(super) fn tell(
    sum: &mut Sum,
    files: &[PathBuf],
    stop: &Stop,
    mut redaction: Option<&mut Redaction>,
) -> Option<String> {
    let Sum {
        attempts, sources, ..
    } = sum;
    if attempts.is_empty() {
        return None;
    }
    if files.iter().any(|file| file == Path::new(STDIN)) {
        return Some("no causes are told, since a pipe cannot be read again".to_owned());
    }
    let mut known = BTreeSet::new();
    let ids = attempts
        .iter()
        .map(|listed| listed.attempt.call_id.as_str());
    let ids: Vec<&str> = ids.filter(|id| known.insert(*id)).collect();
    let all = ids.len();
    let mut looking = Looking::only(ids.into_iter().take(MOST));
    // How many messages they have is not known, so all are kept until the end.
    let many = |_| Some((u32::MAX, 0));
    for file in files {
        // What cannot be read was said before.
        if let Ok(input) = files::open(file) {
            let input = Box::new(Watched::new(input, files::length(file), stop.clone()));
            _ = looking.read(input, &files::shown(file), &many, &mut |_, _, _| {});
        }
    }
    let last = sources
        .iter()
        .rev()
        .find_map(|source| source.span.last.as_ref());
    let ends = last.and_then(|last| looking.micros(last));
    let lengths = files.iter().map(|file| files::length(file));
    let is_little = lengths
        .sum::<Option<u64>>()
        .is_some_and(|all| all <= LITTLE);
    looking.end(true, &mut |call_id, _, messages| {
        let mut calling = Calling::known(call_id, messages);
        if is_little {
            read_beside(&mut calling, files, stop);
        }
        let beside = calling.beside();
        let call = call_beside(messages, &beside, ends);
        tell_each(attempts, call_id, |attempt, code| {
            let at = messages.iter().position(|one| one.place == attempt.place);
            document::cause(messages, &call, at.zip(code))
        });
        if let Some(redaction) = &mut redaction {
            for one in messages.iter().chain(&beside) {
                redaction.learn(&one.bytes);
            }
        }
    });
    (all > MOST).then(|| {
        format!("causes are told of the first {MOST} calls of {all}; of any other sipdex explain FILE --call-id ID tells it")
    })
}

/// Tells the cause of each attempt of a call that is another one than those before have, whatever numbers it names.
fn tell_each(
    attempts: &mut [Listed],
    call_id: &str,
    cause: impl Fn(&Attempt, Option<u16>) -> String,
) {
    let mut told: Vec<String> = Vec::new();
    for listed in attempts {
        let code = match listed.outcome {
            Outcome::Final(code) => Some(code),
            Outcome::Open(_) => None,
        };
        let attempt = &mut listed.attempt;
        if attempt.call_id != call_id {
            continue;
        }
        let says = cause(attempt, code);
        let alike = says.chars().filter(|sign| !sign.is_ascii_digit()).collect();
        if !told.contains(&alike) {
            told.push(alike);
            attempt.cause = says;
        }
    }
}
