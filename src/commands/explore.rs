//! Without a command: where the explorer opens, and on which trace.

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
pub(super) fn explorer(open: &Open, names: &[String]) -> Result<Outcome> {
    let typed = names.iter().map(PathBuf::from);
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

/// Returns whether words are the names of files or directories, or standard input where that is a pipe, and no codes.
pub(super) fn are_traces(words: &[String]) -> bool {
    let is_trace = |word: &String| {
        let (path, is_code) = (Path::new(word), word.trim().parse::<StatusCode>().is_ok());
        let is_pipe = word == STDIN && !io::stdin().is_terminal();
        !is_code && (files::is_there(path) || path.is_dir() || is_pipe)
    };
    words.iter().all(is_trace)
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
