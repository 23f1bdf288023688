//! Without a command: where the explorer opens, and on which trace.

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::answer::Outcome;
use super::codes::{response, responses_to_compare};
use super::input::{self, STDIN};
use crate::app::{Opening, Traces};
use crate::catalog::StatusCode;
use crate::cli::Open;
use crate::files;
use crate::text;

/// Returns what the explorer opens with; what stands on the command line without an option may be the files of a trace.
pub(super) fn explorer(open: &Open, names: &[OsString]) -> Result<Outcome> {
    let typed = names.iter().filter(|name| !name.is_empty());
    let typed = typed.map(PathBuf::from);
    let traces: Vec<PathBuf> = open.trace.iter().cloned().chain(typed).collect();
    input::once(&traces)?;
    for file in &traces {
        // Nobody wants to see an explorer that has nothing to show.
        if file != Path::new(STDIN) && !files::is_there(file) {
            files::open(file)?;
            let shown = files::shown(file);
            bail!("{shown} is a directory; name the files in it that are to be read");
        }
    }
    let traces = Traces {
        files: traces,
        follows: open.follow,
    };
    Ok(Outcome::Explore(opening(open)?, traces))
}

/// Returns whether words are the names of files or directories, or standard input where that is a pipe, and no codes. No
/// words are none.
pub(super) fn are_traces(words: &[OsString]) -> bool {
    let is_trace = |word: &OsString| {
        let code = word.to_str().map(|word| word.trim().parse::<StatusCode>());
        let path = Path::new(word);
        let is_pipe = word == STDIN && !io::stdin().is_terminal();
        !matches!(code, Some(Ok(_))) && (files::is_there(path) || path.is_dir() || is_pipe)
    };
    let mut names = words.iter().filter(|word| !word.is_empty()).peekable();
    words.is_empty() || names.peek().is_some() && names.all(is_trace)
}

/// Returns where it opens; clap takes no more than one of them.
fn opening(open: &Open) -> Result<Opening> {
    Ok(match (&open.query, &open.code, &open.compare[..]) {
        (Some(query), ..) => Opening::Query(text::clean_lines(query)),
        (_, Some(code), _) => Opening::Code(response(code)?.code),
        (.., []) => Opening::Nothing,
        (.., codes) => Opening::Compare(responses_to_compare(codes)?),
    })
}
