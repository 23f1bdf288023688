//! `sipdex tally --merge`: what earlier runs counted, added up.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::answer::Answer;
use super::input;
use super::remarks;
use super::tallied::Tallied;
use crate::catalog::is_word;
use crate::files;
use crate::message::Redaction;
use crate::output::json;
use crate::tally::{Kind, Sum};

pub(super) fn run(files: &[PathBuf], redacts: bool) -> Result<Answer> {
    input::once(files)?;
    let mut whole: Option<(Sum, String)> = None;
    let mut parts = 0;
    for file in files {
        let shown = files::shown(file);
        for sum in tallies(file, &shown)? {
            parts += 1;
            match &mut whole {
                None => whole = Some((sum, shown.clone())),
                Some((whole, first)) if whole.kind != sum.kind => bail!(
                    "{first} counts {} and {shown} {}: only what was counted in the same way adds up",
                    says(whole.kind),
                    says(sum.kind)
                ),
                Some((whole, _)) => whole.merge(sum),
            }
        }
    }
    let (mut sum, _) = whole.unwrap_or_default();
    let is_empty = sum.counts.messages() == 0;
    if redacts {
        sum.redact(&mut Redaction::new(is_word));
    }
    let mut says = says_of(&sum, parts);
    says.extend(remarks::of_all(&sum));
    let answer = Answer::of(Tallied(sum)).with(says);
    Ok(if is_empty { answer.in_vain() } else { answer })
}

/// Reads what stands in a file, which may be several one behind the other.
fn tallies(file: &Path, shown: &str) -> Result<Vec<Sum>> {
    let text = files::read_any(file)?;
    match json::tallies(&text) {
        Ok(sums) if sums.is_empty() => bail!("{shown} is empty: no tally to merge"),
        Ok(sums) => Ok(sums),
        Err(error) if error.is_eof() => {
            bail!("{shown} ends in the middle of a tally: it was not written to its end")
        }
        Err(error) => bail!(
            "{shown} is no tally that can be merged (line {}): sipdex tally --format json FILE prints one",
            error.line()
        ),
    }
}

/// Says what adding up does not show.
fn says_of(sum: &Sum, parts: usize) -> Vec<String> {
    let mut says = Vec::new();
    let mut twice: Vec<&str> = Vec::new();
    for pair in sum.sources.windows(2) {
        if pair[0] == pair[1] && pair[0].messages > 0 && !twice.contains(&&*pair[0].name) {
            twice.push(&pair[0].name);
        }
    }
    says.extend(twice.iter().map(|name| {
        format!("{name} seems to be there twice: of this name are two files that are the same in all that is counted")
    }));
    if parts > 1 && sum.kind != Kind::Messages {
        says.push(
            "a call that goes on in another part is counted in each of them; one run over all files joins it"
                .to_owned(),
        );
    }
    says
}

fn says(kind: Kind) -> &'static str {
    match kind {
        Kind::Outcomes => "outcomes",
        Kind::Messages => "messages",
        Kind::Failed => "attempts that failed",
        Kind::All => "every attempt",
        Kind::Minute => "by minute",
        Kind::Hour => "by hour",
        Kind::Peer => "by peer",
        Kind::Agent => "by agent",
    }
}
