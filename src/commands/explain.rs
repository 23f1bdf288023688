//! `sipdex explain`: messages held against the reference.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::answer::{Answer, Data, Shown};
use super::watched::{Stop, Watched};
use crate::cli::Picked;
use crate::document::Document;
use crate::explain::{self, Explanation};
use crate::files;
use crate::message::{Head, Message, Start};
use crate::output::json;
use crate::trace::{self, Found};

/// Messages that fail are explained first; of many no more than these.
const MOST: usize = 5;

struct Explained(Vec<Explanation>);

impl Data for Explained {
    fn shown(&self) -> Shown {
        Shown::Pages(self.0.iter().map(Document::of_explanation).collect())
    }

    fn json(&self) -> serde_json::Result<String> {
        let forms: Vec<_> = self.0.iter().map(json::explanation).collect();
        json::pretty(&forms)
    }
}

/// Returns the messages of a file that are asked for.
fn messages(file: &Path, picked: &Picked) -> Result<Vec<Vec<u8>>> {
    let shown = files::shown(file);
    let input = Watched::new(files::open(file)?, files::length(file), Stop::default());
    let mut messages = Vec::new();
    let tell = |found: &Found<'_>| is_picked(&found.head(), picked).then(|| found.bytes.to_vec());
    trace::scan(input, tell, |message| messages.extend(message))
        .with_context(|| format!("could not read {shown}"))?;
    Ok(messages)
}

fn is_picked(head: &Head<'_>, picked: &Picked) -> bool {
    let code = match head.start {
        Some(Start::Status { code, .. }) => Some(code),
        _ => None,
    };
    let of_code = picked.code.is_none_or(|asked| code == Some(asked));
    let of_call = |asked: &String| head.call_id == asked.as_bytes();
    of_code && picked.call_id.as_ref().is_none_or(of_call)
}

pub(super) fn run(files: &[PathBuf], picked: &Picked) -> Result<Answer> {
    let mut all = Vec::new();
    for file in files {
        all.extend(messages(file, picked)?);
    }
    if let Some(nth) = picked.nth {
        all = all.into_iter().nth(nth.get() - 1).into_iter().collect();
    }
    let explained = all.iter().take(MOST);
    let explained = explained.map(|message| explain::explain(&Message::of(message)));
    let explained = Explained(explained.collect());
    let is_empty = explained.0.is_empty();
    let answer = Answer::of(explained);
    Ok(if is_empty { answer.in_vain() } else { answer })
}
