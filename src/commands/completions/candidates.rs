//! What may stand in each place of the command line, each with a word of explanation.

use std::ffi::OsStr;

use clap::{Arg, Command, CommandFactory, ValueHint};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};

use crate::catalog::{self, Class, Response, TopicKind};
use crate::cli::Cli;
use crate::config::Paths;
use crate::document::section_names;
use crate::search::{Sets, cited_rfcs, filters, search, sort_by_key};
use crate::store::Store;

/// Printed in the place of files or folders, which the shell itself completes.
pub(super) const FILES: &str = ":files";
pub(super) const FOLDERS: &str = ":folders";

/// Returns the command line with the candidates of its arguments.
pub(super) fn command(paths: &Paths) -> Command {
    let paths = paths.clone();
    with_candidates(Cli::command())
        // A command may stand there as well, so codes wait for a digit.
        .mut_arg("codes", |arg| {
            completed(arg, |typed| match typed {
                "" => Vec::new(),
                typed => codes(typed),
            })
        })
        .mut_subcommand("bookmarks", |bookmarks| {
            bookmarks.mut_subcommand("remove", |remove| {
                remove.mut_arg("codes", |arg| {
                    completed(arg, move |typed| bookmarked(&paths, typed))
                })
            })
        })
}

/// Gives the arguments of a command, and of those below it, their candidates by name or kind.
fn with_candidates(command: Command) -> Command {
    command
        .mut_args(|arg| match (arg.get_id().as_str(), arg.get_value_hint()) {
            ("codes" | "code" | "compare", _) => completed(arg, codes),
            ("class", _) => completed(arg, |typed| begin_with(typed, classes())),
            ("words" | "query", _) => completed(arg, words),
            ("sections", _) => completed(arg, |typed| begin_with(typed, sections())),
            (_, ValueHint::FilePath) => completed(arg, |typed| marked(typed, FILES)),
            (_, ValueHint::DirPath) => completed(arg, |typed| marked(typed, FOLDERS)),
            _ => arg,
        })
        .mut_subcommands(with_candidates)
}

/// Gives an argument its candidates, by what is typed of it so far.
fn completed<F>(arg: Arg, candidates: F) -> Arg
where
    F: Fn(&str) -> Vec<CompletionCandidate> + Send + Sync + 'static,
{
    arg.add(ArgValueCompleter::new(move |typed: &OsStr| {
        typed.to_str().map(&candidates).unwrap_or_default()
    }))
}

fn candidate(value: String, says: &str) -> CompletionCandidate {
    let says = (!says.is_empty()).then(|| says.to_owned().into());
    CompletionCandidate::new(value).help(says)
}

fn begin_with(
    typed: &str,
    values: impl IntoIterator<Item = (String, &'static str)>,
) -> Vec<CompletionCandidate> {
    let values = values.into_iter();
    values
        .filter(|(value, _)| value.starts_with(typed))
        .map(|(value, says)| candidate(value, says))
        .collect()
}

fn marked(typed: &str, mark: &str) -> Vec<CompletionCandidate> {
    vec![CompletionCandidate::new(typed).id(Some(mark.into()))]
}

fn with_phrase(response: &Response) -> (String, &'static str) {
    (response.code.to_string(), response.phrase())
}

fn codes(typed: &str) -> Vec<CompletionCandidate> {
    begin_with(typed, catalog::responses().iter().map(with_phrase))
}

fn bookmarked(paths: &Paths, typed: &str) -> Vec<CompletionCandidate> {
    let loaded = Store::new(paths.bookmarks()).load().unwrap_or_default();
    let codes = loaded.bookmarks.into_keys();
    begin_with(
        typed,
        codes.map(|code| with_phrase(catalog::response(code))),
    )
}

fn classes() -> impl Iterator<Item = (String, &'static str)> {
    Class::ALL.into_iter().map(|class| {
        (
            class.pattern().to_owned(),
            catalog::class_rule(class).name.as_str(),
        )
    })
}

/// Returns the sections that a page can have.
fn sections() -> impl Iterator<Item = (String, &'static str)> {
    section_names().map(|(name, heading)| (name.to_owned(), heading))
}

/// Returns the filters, or once the colon is typed the values of one; words before a blank stay as they are.
fn words(typed: &str) -> Vec<CompletionCandidate> {
    let (before, last) = typed.split_at(typed.rfind(' ').map_or(0, |blank| blank + 1));
    let Some((name, value)) = last.split_once(':') else {
        let names = filters().map(|(example, finds)| {
            let name = filter_name(example);
            (format!("{before}{name}:"), finds)
        });
        return begin_with(typed, names);
    };
    let values = values(name).into_iter().map(|(known, says)| {
        // Names are written as the user began to.
        let known = if value.starts_with(char::is_uppercase) {
            known
        } else {
            known.to_lowercase()
        };
        (format!("{before}{name}:{known}"), says)
    });
    begin_with(typed, values)
}

/// Returns the name of a filter from the way in which it may be written.
pub(in crate::commands) fn filter_name(example: &str) -> &str {
    example.split(':').next().unwrap_or_default()
}

/// Returns the values with which a filter finds something, in order, or else its example.
pub(in crate::commands) fn values(name: &str) -> Vec<(String, &'static str)> {
    let responses = || catalog::responses().iter();
    let senders = || responses().flat_map(|response| response.sent_by);
    let plain = |values: Vec<&str>| {
        values
            .into_iter()
            .map(|value| (value.to_owned(), ""))
            .collect()
    };
    let known: Vec<(String, &'static str)> = match name.to_ascii_lowercase().as_str() {
        "rfc" => cited_rfcs().map(|rfc| (rfc.to_string(), "")).collect(),
        "header" => plain(
            responses()
                .flat_map(|response| response.headers)
                .map(|field| field.name.as_str())
                .collect(),
        ),
        "method" => plain(
            senders()
                .flat_map(|sender| sender.methods)
                .map(|method| method.as_str())
                .collect(),
        ),
        // A sender is found by any of its words; these are such as stand for one alone.
        "from" => plain(
            senders()
                .map(|sender| sender.who.as_str())
                .filter(|who| !who.contains(' '))
                .collect(),
        ),
        "cause" => catalog::topics_of(TopicKind::Cause)
            .map(|cause| (cause.id.to_string(), cause.name.as_str()))
            .filter(|(number, _)| {
                !search(&format!("cause:{number}"), &Sets::default())
                    .hits
                    .is_empty()
            })
            .collect(),
        "warn" => catalog::warnings()
            .iter()
            .map(|warning| (warning.code.to_string(), warning.text.as_str()))
            .collect(),
        "class" => return classes().collect(),
        "is" => plain(vec!["bookmarked", "unregistered"]),
        name => {
            let mut written = filters().filter_map(|(example, _)| example.split_once(':'));
            let example = written.find(|(known, _)| *known == name);
            plain(example.map(|(_, value)| value).into_iter().collect())
        }
    };
    sorted(known)
}

/// Puts values in order, each once; numbers are in theirs.
fn sorted(mut values: Vec<(String, &'static str)>) -> Vec<(String, &'static str)> {
    let place = |value: &str| (value.parse::<u16>().ok(), value.to_lowercase());
    sort_by_key(&mut values, |(value, _)| place(value));
    values.dedup();
    values
}
