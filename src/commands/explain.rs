//! `sipdex explain`: messages and calls held against the reference.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::{Error, Result, bail};

use super::answer::{Answer, Outcome, Says};
use super::called::Calling;
use super::checked::Checked;
use super::codes;
use super::demo;
use super::explained::{Explained, Rules};
use super::input::STDIN;
use super::picking::{Picking, Seen, no_call};
use super::usage::Usage;
use crate::catalog::is_word;
use crate::cli::Picked;
use crate::explain;
use crate::files;
use crate::message::Redaction;
use crate::text;

pub(super) fn run(given: &[PathBuf], picked: &Picked) -> Result<Answer> {
    if picked.rules {
        return Ok(Answer::of(Rules(explain::rules())));
    }
    if !picked.allow.is_empty() {
        known(&picked.allow)?;
    }
    let redaction = picked.redact.then(|| Redaction::new(is_word));
    if picked.demo {
        let all = demo::messages();
        return Ok(if picked.check {
            checked(picked, redaction, |checked| {
                for seen in &all {
                    checked.add(seen);
                }
            })
        } else {
            Answer::of(Explained::of(all, redaction, picked.raw))
        });
    }
    let files = files_of(given)?;
    if let Some(call_id) = call_of(picked) {
        return Ok(called(call_id, &files, redaction, picked.raw));
    }
    let mut picking = Picking::new(picked)?;
    let mut errors = Vec::new();
    if picked.check {
        let mut answer = checked(picked, redaction, |checked| {
            let mut take = |seen: Seen| checked.add(&seen);
            errors = read(&mut picking, &files, Some(&mut take));
        });
        let is_empty = picking.left == 0 && errors.is_empty();
        answer = answer.with(picking.missed(&named(&files), is_empty));
        if is_empty {
            answer.ending = Ok(Outcome::NoMessage);
        }
        return Ok(failed(answer, errors));
    }
    errors.extend(read(&mut picking, &files, None));
    let is_empty = picking.is_empty();
    let missed = picking.missed(&named(&files), is_empty);
    let (all, remark) = picking.explained();
    let mut answer = Answer::of(Explained::of(all, redaction, picked.raw))
        .with(remark)
        .with(missed);
    if is_empty {
        answer = answer.in_vain();
    }
    Ok(failed(answer, errors))
}

/// Returns the Call-ID, where nothing but the call is asked for.
fn call_of(picked: &Picked) -> Option<&str> {
    let asks_more = picked.code.is_some() || picked.method.is_some() || picked.nth.is_some();
    let call_id = picked.call_id.as_deref();
    call_id.filter(|_| !asks_more && !picked.check)
}

/// Answers with a call as a whole.
fn called(
    call_id: &str,
    files: &[PathBuf],
    mut redaction: Option<Redaction>,
    is_raw: bool,
) -> Answer {
    let mut calling = Calling::new(call_id);
    let errors: Vec<Error> = files
        .iter()
        .filter_map(|file| calling.read(file).err())
        .collect();
    let mut missed = calling.unread.clone();
    let is_empty = calling.is_empty();
    if is_empty && calling.all() > 0 {
        let redacts = redaction.is_some();
        missed.push(no_call(calling.all(), &named(files), call_id, redacts));
    }
    let (called, remark) = calling.explained(redaction.as_mut(), is_raw);
    let answer = if is_empty {
        Answer::new(Says::Nothing).in_vain()
    } else {
        Answer::of(called)
    };
    failed(answer.with(remark).with(missed), errors)
}

/// Returns the files that are to be read; a pipe needs no name.
fn files_of(given: &[PathBuf]) -> Result<Vec<PathBuf>> {
    if !given.is_empty() {
        return Ok(given.to_vec());
    }
    if io::stdin().is_terminal() {
        bail!(Usage(
            "no file is given; sipdex explain FILE, a pipe, or sipdex explain --demo".into()
        ));
    }
    Ok(vec![PathBuf::from(STDIN)])
}

fn read(
    picking: &mut Picking,
    files: &[PathBuf],
    mut take: Option<&mut (dyn FnMut(Seen) + Send)>,
) -> Vec<Error> {
    let mut errors = Vec::new();
    for file in files {
        let take = take
            .as_mut()
            .map(|take| &mut **take as &mut (dyn FnMut(Seen) + Send));
        errors.extend(picking.read(file, take).err());
    }
    errors
}

/// Answers with what checking finds.
fn checked(
    picked: &Picked,
    redaction: Option<Redaction>,
    check: impl FnOnce(&mut Checked),
) -> Answer {
    let mut checked = Checked::new(&picked.allow, redaction);
    check(&mut checked);
    let is_broken = checked.is_broken();
    let answer = Answer::of(checked);
    if is_broken { answer.in_vain() } else { answer }
}

/// Fails with the first error; the others are told beside it.
fn failed(answer: Answer, errors: Vec<Error>) -> Answer {
    let mut errors = errors.into_iter();
    let Some(first) = errors.next() else {
        return answer;
    };
    answer
        .with(errors.map(|error| format!("{error:#}")))
        .failed(first)
}

/// Refuses what is the name of no rule.
fn known(allowed: &[String]) -> Result<()> {
    let rules = explain::rules();
    for id in allowed {
        if !rules.iter().any(|rule| rule.id == *id) {
            let ids = rules.iter().map(|rule| rule.id.as_str());
            let near = codes::closest(id, ids).map(|near| format!("did you mean {near}? "));
            bail!(Usage(format!(
                "no rule is called {}; {}sipdex explain --rules lists them",
                text::quoted(id),
                near.unwrap_or_default()
            )));
        }
    }
    Ok(())
}

fn named(files: &[PathBuf]) -> String {
    let name = |file: &PathBuf| match file.as_path() {
        path if path == Path::new(STDIN) => "standard input".to_owned(),
        path => files::shown(path),
    };
    files.iter().map(name).collect::<Vec<_>>().join(", ")
}
