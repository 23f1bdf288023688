//! What the tables say of causes, warn-codes and timers.

use super::super::field::{CodeLink, Look, Mapped, TimerValue, Topic};
use super::super::form::{Citation, List, Sentence, StatusCode, Text};
use super::super::source::field::About;
use super::super::source::{Q850, Source, TopicFile, VendorCodes, VendorRow};
use super::super::vocabulary::{Direction, TopicKind};
use super::isdn::to_isdn;

/// Returns the topics with what the tables add, in the order of the files.
pub(super) fn topics(source: &Source) -> List<Topic> {
    source
        .topics
        .iter()
        .map(|file| topic(file, source))
        .collect()
}

fn topic(file: &TopicFile, source: &Source) -> Topic {
    let mut topic = file.topic.clone();
    let cause = match file.kind {
        TopicKind::Cause => file.id.parse().ok(),
        TopicKind::Warning | TopicKind::Timer => None,
    };
    topic.kind.set(file.kind);
    topic.id.set(file.id.clone());
    let mut classes = source.cause_classes.iter();
    let class = cause
        .and_then(|cause: u16| classes.find(|class| (class.first..=class.last).contains(&cause)));
    topic.class.set(class.cloned());
    topic
        .gateway
        .set(cause.map_or_else(Vec::new, |cause| gateway(&source.q850, cause)));
    topic
        .round_trip
        .set(cause.and_then(|cause| round_trip(&source.q850, cause)));
    topic
        .products
        .set(cause.map_or_else(Vec::new, |cause| products(&source.vendors, cause)));
    topic.values.set(values(file, source));
    topic.look.set(look(file, source));
    topic
}

/// Returns the codes that RFC 3398 has for a cause, and those that it has the cause for.
fn gateway(q850: &Q850, cause: u16) -> List<CodeLink> {
    let link = |code: u16, direction, says: String, cite: &Citation| CodeLink {
        code: StatusCode(code),
        direction,
        says: Sentence(says),
        cite: Some(cite.clone()),
        source: None,
    };
    let condition = |when: &Option<Text>| {
        when.as_ref()
            .map_or(String::new(), |when| format!(" if {when}"))
    };
    let becomes = q850.to_sip.iter().filter(|row| row.cause == cause);
    let mut links: List<CodeLink> = becomes
        .map(|row| {
            let says = format!("The gateway sends a {}{}.", row.code, condition(&row.when));
            link(row.code, Direction::Becomes, says, &row.cite)
        })
        .collect();
    if links.is_empty() && !q850.unlisted.without_code.contains(&cause) {
        let (code, cite) = (q850.unlisted.code, &q850.unlisted.code_cite);
        let says = format!("RFC 3398 does not list the cause, and has a {code} for all of those.");
        links.push(link(code, Direction::Becomes, says, cite));
    }
    let comes = q850.to_isdn.iter().filter(|row| row.cause == cause);
    links.extend(comes.map(|row| {
        let says = format!(
            "The gateway sends the cause for a {}{}.",
            row.code,
            condition(&row.when)
        );
        link(row.code, Direction::ComesFrom, says, &row.cite)
    }));
    links
}

/// Says what becomes of a cause that crosses a SIP network between two gateways.
fn round_trip(q850: &Q850, cause: u16) -> Option<Text> {
    let rows = q850.to_sip.iter().filter(|row| row.cause == cause);
    let mut codes: Vec<u16> = rows.map(|row| row.code).collect();
    if codes.is_empty() && !q850.unlisted.without_code.contains(&cause) {
        codes.push(q850.unlisted.code);
    }
    let ways = codes.into_iter().filter_map(|code| {
        let causes = to_isdn(q850, code);
        let causes: Vec<_> = causes.iter().map(|row| row.cause.to_string()).collect();
        let back = causes.join(" or ");
        (!causes.is_empty()).then(|| {
            format!("Cause {cause} arrives as a {code}, and a {code} leaves as cause {back}.")
        })
    });
    let ways: Vec<_> = ways.collect();
    (!ways.is_empty()).then(|| ways.join(" "))
}

/// Returns what products map a cause to and from, each direction in a row; a product that sends no code of its own for a
/// cause sends what it has for all others.
fn products(vendors: &[VendorRow], cause: u16) -> List<Mapped> {
    let mut mapped: List<Mapped> = Vec::new();
    let is_other = |row: &&VendorRow| {
        let has_own = |other: &VendorRow| {
            other.product == row.product && !other.to_isdn && other.cause == Some(cause)
        };
        row.cause.is_none() && !row.to_isdn && !vendors.iter().any(has_own)
    };
    let own = vendors.iter().filter(|row| row.cause == Some(cause));
    for row in own.chain(vendors.iter().filter(is_other)) {
        let direction = if row.to_isdn {
            Direction::ComesFrom
        } else {
            Direction::Becomes
        };
        let codes = match row.codes {
            VendorCodes::One(code) if row.cause.is_none() => {
                format!("{code}, as for every cause that it does not list")
            }
            VendorCodes::One(code) => code.to_string(),
            VendorCodes::OthersOf(digit) => format!("any other {digit}xx"),
        };
        let mut rows = mapped.iter_mut();
        match rows.find(|other| other.product == row.product && other.direction == direction) {
            Some(other) => other.codes = format!("{}, {codes}", other.codes),
            None => mapped.push(Mapped {
                product: row.product.clone(),
                version: row.version.clone(),
                direction,
                codes,
                name: row.name.clone(),
            }),
        }
    }
    mapped
}

fn values(file: &TopicFile, source: &Source) -> List<TimerValue> {
    let rows = source.timer_values.iter();
    let is_about = |row: &&TimerValue| {
        file.kind == TopicKind::Timer && row.timers.split(',').any(|timer| timer == file.id)
    };
    rows.filter(is_about).cloned().collect()
}

fn look(file: &TopicFile, source: &Source) -> List<Look> {
    let about = About::Topic(file.kind, file.id.clone());
    let rows = source.look.iter();
    let rows = rows.filter(|row| row.about.contains(&about));
    rows.map(|row| row.look.clone()).collect()
}
