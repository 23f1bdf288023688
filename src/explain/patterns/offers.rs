//! Offers that were refused, held against those that the same side took in other calls: what it takes is not the cause, and
//! what differs is, where that is all or a Warning says so.

use super::attempts::{Attempt, ago, distinct};
use super::found::{Found, values};
use super::legs;
use super::others::origin;
use super::trunks::Told;
use crate::explain::offer::Offered;
use crate::explain::words::list;
use crate::message::{Message, warnings};

/// What of an offer may be refused.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Codecs,
    Profile,
    Streams,
    Family,
    Attributes,
}
use Part::{Attributes, Codecs, Family, Profile, Streams};

/// Attributes that are told of by what they stand for.
const KNOWN: [&str; 8] = [
    "rtpmap",
    "fmtp",
    "sendrecv",
    "sendonly",
    "recvonly",
    "inactive",
    "ssrc",
    "candidate",
];

/// Returns that an offer of the call was refused.
pub(super) fn found(all: &[Attempt<'_>]) -> Option<Found> {
    // The hop farthest from the caller comes last.
    let mut own = all.iter().rev().filter(|one| one.own.is_some());
    own.find_map(|one| {
        // What the other leg was refused, is said of that.
        let leg = legs::further(one, all).filter(|leg| leg.is_refused());
        leg.is_none().then(|| of(one, one, all))?
    })
}

/// Returns that the offer of the other leg was refused, where it is known for what.
pub(super) fn of_leg(one: &Attempt<'_>, leg: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    legs::passed_on(one, leg)?;
    of(one, leg, all).filter(|found| found.pattern.id == "offer-refused")
}

fn of(own: &Attempt<'_>, one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let (id, mut values) = told(one, all)?;
    values.extend([
        ("name", one.name()),
        ("code", one.code()?.to_string()),
        ("from", one.by()),
        ("to", one.at()),
    ]);
    Found::new(id, &values, &own.proof()).map(Found::that_decides)
}

/// What a side took, or offers itself.
struct Taken {
    /// "accepted INVITE 2 of another Call-ID".
    by: String,
    offered: Offered,
    /// The codecs of its answer, or all that it has.
    codecs: Vec<String>,
    /// It is told by itself, with all that it takes.
    is_told: bool,
    /// It was for the same callee.
    is_twin: bool,
    differs: Vec<(Part, String)>,
    attributes: Vec<String>,
}

/// Returns the names of the attributes of a session description.
fn attributes(message: &Message<'_>) -> Vec<String> {
    let text = String::from_utf8_lossy(message.session().unwrap_or_default());
    let lines = text.lines().filter_map(|line| line.strip_prefix("a="));
    let names = lines.map(|line| line.split(':').next().unwrap_or_default().trim());
    distinct(
        &mut names
            .filter(|name| !KNOWN.contains(name))
            .map(str::to_owned),
    )
}

/// Returns the code of the Warning of a refusal.
fn warned(one: &Attempt<'_>) -> Option<u16> {
    let fields = one.answer?.0.all("Warning");
    let codes: Vec<_> = fields.flat_map(|field| warnings(field.value)).collect();
    codes.first().map(|one| one.code)
}

/// Returns whether what was refused was sent again in another way, and taken.
pub(super) fn is_mended(one: &Attempt<'_>, all: &[Attempt<'_>]) -> bool {
    let at = one.answer.map_or(u64::MAX, |(_, at)| at);
    all.iter().any(|other| {
        let is_here = other.call_id() == one.call_id();
        let is_next = other.is_of(one) && other.micros.saturating_sub(at) <= legs::ON;
        let is_later = other.micros >= at && (is_here || is_next);
        is_later && other.is_invite() && other.is_through()
    })
}

fn told(one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Told> {
    let own = Offered::of(one.request).filter(|_| one.is_invite())?;
    if !matches!(one.code(), Some(406 | 415 | 488 | 606)) || is_mended(one, all) {
        return None;
    }
    let warned = warned(one);
    let taken = all.iter().filter_map(|other| {
        let mut taken = taken(one, other)?;
        taken.differs = differs(&own, &taken);
        Some(taken)
    });
    let taken = taken.min_by_key(|taken| (taken.differs.len(), !taken.is_twin));
    let Some(taken) = taken.filter(|_| one.to.is_some()) else {
        let part = by_warning(warned?).filter(|part| matches!(part, Profile | Family))?;
        let how = match part {
            Family if own.is_ip6 => "the media goes by IPv6".to_owned(),
            Family => "the media goes by IPv4".to_owned(),
            _ => format!("the media is {} ({})", own.guarded(), own.profile),
        };
        return Some(refused(one, all, (&own, None), (part, how)));
    };
    let is_sure = |part: Part| match part {
        Codecs => taken.is_told,
        _ => taken.is_twin,
    };
    let sure = match taken.differs.as_slice() {
        [(part, how)] if is_sure(*part) => Some((*part, how)),
        several => several
            .iter()
            .find(|(part, _)| warned.and_then(by_warning) == Some(*part))
            .map(|(part, how)| (*part, how)),
    };
    if let Some((part, how)) = sure {
        let how = how.clone();
        return Some(refused(one, all, (&own, Some(&taken)), (part, how)));
    }
    unsure(one, all, &own, taken)
}

/// Returns what may be the cause, where not one thing alone differs.
fn unsure(one: &Attempt<'_>, all: &[Attempt<'_>], own: &Offered, taken: Taken) -> Option<Told> {
    let warned = warned(one);
    let mut more = attributes(one.request);
    more.retain(|name| !taken.attributes.contains(name));
    let more = if more.is_empty() || !taken.differs.is_empty() {
        String::new()
    } else {
        format!("it has the attributes {} here, and not there", list(&more))
    };
    if warned == Some(306) && !more.is_empty() {
        return Some(refused(one, all, (own, Some(&taken)), (Attributes, more)));
    }
    // A Warning says it itself.
    if warned.is_some() {
        return None;
    }
    let more = if more.is_empty() {
        more
    } else {
        format!("; {more}")
    };
    let id = if taken.differs.is_empty() {
        "offer-alike"
    } else {
        "offer-differs"
    };
    let each: Vec<String> = taken.differs.iter().map(|(_, how)| how.clone()).collect();
    let values = values![
        ("other", taken.by),
        ("taken", list(&taken.codecs)),
        ("profile", taken.offered.profile),
        ("differs", each.join("; ")),
        ("more", more),
    ];
    Some((id, values))
}

/// Returns of what a Warning speaks.
fn by_warning(code: u16) -> Option<Part> {
    match code {
        300 | 301 => Some(Family),
        302 => Some(Profile),
        304 => Some(Streams),
        305 => Some(Codecs),
        _ => None,
    }
}

fn refused(
    one: &Attempt<'_>,
    all: &[Attempt<'_>],
    (own, taken): (&Offered, Option<&Taken>),
    (part, how): (Part, String),
) -> Told {
    let common = taken.map_or_else(Vec::new, |taken| {
        let mut common = own.voices.clone();
        common.retain(|codec| taken.codecs.iter().any(|known| name(known) == name(codec)));
        common
    });
    let what = match part {
        Codecs => "its codecs",
        Profile => "the profile of its media",
        Streams => "its streams",
        Family => "the address family of its media",
        Attributes => "an attribute",
    };
    let beside = if common.is_empty() || part == Codecs {
        String::new()
    } else {
        format!(
            " and for no codec ({} was taken there, and is offered here too)",
            list(&common)
        )
    };
    let warning = warned(one).map(|code| format!(", as its Warning {code} says"));
    let other = taken.map(|taken| format!(", where it {}", taken.by));
    let rule = if part == Streams {
        ". Who does not want a stream answers it with port 0, and takes the others"
    } else {
        ""
    };
    let near = legs::nearer(one, all).filter(|_| part == Profile);
    let near = near.and_then(|near| {
        let offered = Offered::of(near.request)?;
        let (by, name, from) = (one.by(), near.name(), near.by());
        Some(if offered.profile == own.profile {
            format!(". {by} took that profile over from {name} of {from}")
        } else {
            format!(". {by} made it of {} in {name} of {from}", offered.profile)
        })
    });
    let values = values![
        ("what", format!("{what}{beside}")),
        ("warning", warning.unwrap_or_default()),
        ("how", how),
        ("other", other.unwrap_or_default()),
        ("rule", format!("{rule}{}", near.unwrap_or_default())),
    ];
    ("offer-refused", values)
}

/// Returns an offer to the same server that was accepted, of the same client or for the same address, or what the server
/// offers itself or tells of itself in its answer to OPTIONS.
fn taken(one: &Attempt<'_>, other: &Attempt<'_>) -> Option<Taken> {
    let server = one.to?.ip();
    let is_there = other.to.is_some_and(|to| to.ip() == server);
    let is_own = || origin(other.request).is_some_and(|host| host == server.to_string());
    let is_twin = other.user("To") == one.user("To");
    let is_like = || is_twin || origin(other.request) == origin(one.request);
    let answer = other.answer.map(|(answer, _)| answer);
    let (did, told, is_told) = if other.is_invite() && is_there {
        answer.filter(|_| other.is_success() && is_like())?;
        ("accepted", other.request, false)
    } else if other.is_invite() && is_own() {
        ("sent", other.request, true)
    } else if other.request.method() == b"OPTIONS" && is_there {
        ("answered", answer?, true)
    } else {
        return None;
    };
    let offered = Offered::of(told)?;
    let answered = answer.filter(|_| !is_told).and_then(Offered::of);
    let codecs = answered.map_or_else(|| offered.voices.clone(), |one| one.voices);
    let itself = if did == "sent" { " itself" } else { "" };
    Some(Taken {
        by: format!(
            "{did} {}{itself}, {}",
            other.name(),
            ago(one.micros, other.micros)
        ),
        offered,
        codecs,
        is_told,
        is_twin: is_twin && !is_told,
        differs: Vec::new(),
        attributes: attributes(told),
    })
}

/// Returns the name of a codec, without its rate.
fn name(codec: &str) -> String {
    let name = codec.split('/').next().unwrap_or_default();
    name.to_ascii_lowercase()
}

/// Returns in what an offer differs from one that was taken, so that it may be the cause.
fn differs(own: &Offered, taken: &Taken) -> Vec<(Part, String)> {
    let other = &taken.offered;
    let mut all = Vec::new();
    let is_known = |codec: &String| taken.codecs.iter().any(|known| name(known) == name(codec));
    if !taken.codecs.is_empty() && !own.voices.iter().any(is_known) {
        let how = format!(
            "the codecs are {} here, and {} there",
            list(&own.voices),
            list(&taken.codecs)
        );
        all.push((Codecs, how));
    }
    if own.guard != other.guard {
        let how = format!(
            "the media is {} here ({}), and {} there ({})",
            own.guarded(),
            own.profile,
            other.guarded(),
            other.profile
        );
        all.push((Profile, how));
    } else if own.profile != other.profile {
        let how = format!(
            "the profile is {} here, and {} there",
            own.profile, other.profile
        );
        all.push((Profile, how));
    }
    if own.kinds.iter().any(|kind| !other.kinds.contains(kind)) {
        let how = format!(
            "the streams are {} here, and {} there",
            list(&own.kinds),
            list(&other.kinds)
        );
        all.push((Streams, how));
    }
    if own.is_ip6 != other.is_ip6 {
        let version = |is_ip6| if is_ip6 { "IPv6" } else { "IPv4" };
        let how = format!(
            "the media goes by {} here, and by {} there",
            version(own.is_ip6),
            version(other.is_ip6)
        );
        all.push((Family, how));
    }
    all
}
