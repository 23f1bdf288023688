//! `timer:b`: a timer, and the codes that it makes or that it waits for.

use super::notation::Notation;
use super::pass::{BEST, Pass};
use crate::catalog::{self, Direction, Response, Topic, TopicKind};

pub(super) const NOTATION: Notation = Notation {
    example: "timer:b",
    takes: "the name of a timer",
    finds: "a timer, and the codes that it makes or that stop it",
};

pub(super) fn parse(name: &str) -> Result<&'static Topic, String> {
    if name.is_empty() {
        return Err(NOTATION.usage());
    }
    let timer = catalog::topic(TopicKind::Timer, name);
    timer.ok_or_else(|| format!("no page has a timer {name}"))
}

/// Returns each timer whose name begins so.
pub(super) fn begun(start: &str) -> impl Iterator<Item = &'static Topic> {
    catalog::topics_of(TopicKind::Timer).filter(move |timer| {
        let beginning = timer.id.get(..start.len());
        beginning.is_some_and(|beginning| beginning.eq_ignore_ascii_case(start))
    })
}

pub(super) fn pass(timer: &Topic, response: &Response) -> Option<Pass> {
    let mut links = timer.codes.iter();
    let link = links.find(|link| link.code == response.code)?;
    let weight = match link.direction {
        Direction::Makes => BEST,
        _ => 0,
    };
    let why = format!("{} {} it", timer.short(), link.direction.as_str());
    Some(Pass::new(why, weight))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{StatusCode, response};

    #[test]
    fn a_timer_finds_what_it_makes() {
        let timer = parse("b").expect("a timer");
        let found = pass(timer, response(StatusCode::of(408))).expect("timer B makes it");
        assert_eq!(found.why, "timer B makes it");
        assert_eq!(pass(timer, response(StatusCode::of(607))), None);
        assert_eq!(parse("q").expect_err("none"), "no page has a timer q");
    }
}
