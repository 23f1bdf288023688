//! From the form back to what was counted.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::value::{Row, Value};
use crate::calls::Outcome;
use crate::message::Method;
use crate::tally::{
    Attempt, Beside, Kind, Listed, Methods, Outcomes, Sender, Setups, Source, Span, Sum, Time,
};
use crate::text;

/// What each tally has.
const KEYS: [&str; 11] = [
    "mode",
    "files",
    "bytes",
    "messages",
    "malformed",
    "partial",
    "requests",
    "responses",
    "methods",
    "attempts",
    "groups",
];
const IS_NONE: &str = "no tally";

/// Reads all tallies that stand in a text, one behind the other.
pub fn tallies(text: &[u8]) -> Result<Vec<Sum>, serde_json::Error> {
    let sums = serde_json::Deserializer::from_slice(text).into_iter::<Tally>();
    sums.map(|tally| tally.map(|Tally(sum)| sum)).collect()
}

/// A tally. Its rows are taken one by one, of which there may be as many as there were calls.
struct Tally(Sum);

impl<'de> Deserialize<'de> for Tally {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Keys).map(Self)
    }
}

struct Keys;

impl<'de> Visitor<'de> for Keys {
    type Value = Sum;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a tally")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Sum, A::Error> {
        let mut sum = Sum::default();
        let mut lacking = KEYS.to_vec();
        while let Some(key) = map.next_key::<Value<'de>>()? {
            let Value::Text(key) = key else { continue };
            let sum = &mut sum;
            let is_right = match list(&key) {
                Some(take) => map.next_value_seed(Rows { sum, take }).map(Some),
                None => map.next_value().map(|value| single(sum, &key, value)),
            };
            is_right?.ok_or_else(|| A::Error::custom(IS_NONE))?;
            lacking.retain(|lacking| *lacking != key);
        }
        match lacking.first() {
            Some(key) => Err(A::Error::missing_field(key)),
            None => Ok(sum),
        }
    }
}

/// Takes a row into a sum; fails if it is none of its list.
type Take = fn(&mut Sum, Row<'_>) -> Option<()>;

/// The rows of a list.
struct Rows<'a> {
    sum: &'a mut Sum,
    take: Take,
}

impl<'de> DeserializeSeed<'de> for Rows<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Rows<'_> {
    type Value = ();

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<(), A::Error> {
        while let Some(row) = rows.next_element::<Value<'de>>()? {
            let taken = row.row().and_then(|row| (self.take)(self.sum, row));
            taken.ok_or_else(|| A::Error::custom(IS_NONE))?;
        }
        Ok(())
    }
}

fn single(sum: &mut Sum, key: &str, value: Value<'_>) -> Option<()> {
    match key {
        "mode" => sum.kind = kind(&value.text()?)?,
        "repeats" => sum.counts.repeats = value.number()?,
        "malformed" => sum.counts.malformed = value.number()?,
        "unnamed" => sum.counts.unnamed = value.number()?,
        "partial" => sum.is_partial = value.flag()?,
        "setups" => sum.setups = setups(value.row()?)?,
        _ => {}
    }
    Some(())
}

fn kind(name: &str) -> Option<Kind> {
    Some(match name {
        "outcomes" => Kind::Outcomes,
        "messages" => Kind::Messages,
        "failed" => Kind::Failed,
        "all" => Kind::All,
        "minute" => Kind::Minute,
        "hour" => Kind::Hour,
        "peer" => Kind::Peer,
        "agent" => Kind::Agent,
        _ => return None,
    })
}

/// Returns how the rows of a key are taken, if it has rows.
fn list(key: &str) -> Option<Take> {
    Some(match key {
        "files" => |sum, row| {
            sum.sources.push(source(row)?);
            Some(())
        },
        "requests" => |sum, mut row| {
            let name = method(&mut row)?;
            sum.counts.requests.insert(name, row.number("count")?);
            Some(())
        },
        "responses" => |sum, mut row| {
            let codes = sum.counts.responses.entry(method(&mut row)?).or_default();
            codes.insert(row.code("code")?, row.number("count")?);
            Some(())
        },
        "methods" => |sum, mut row| {
            let name = method(&mut row)?;
            let mut codes = BTreeMap::new();
            for mut row in row.rows("codes")? {
                codes.insert(row.code("code")?, beside(row)?);
            }
            sum.codes.insert(name.clone(), codes);
            sum.methods.insert(name, outcomes(row)?);
            Some(())
        },
        "attempts" => |sum, row| {
            sum.attempts.push(listed(row)?);
            Some(())
        },
        "groups" => |sum, mut row| {
            let mut methods = Methods::new();
            for mut row in row.rows("methods")? {
                methods.insert(method(&mut row)?, outcomes(row)?);
            }
            let key = row.any("key", Value::text)?.unwrap_or_default();
            sum.groups.insert(key, methods);
            Some(())
        },
        _ => return None,
    })
}

fn method(row: &mut Row<'_>) -> Option<Method> {
    Some(Method::of(row.text("method")?.as_bytes()))
}

fn time(value: Value<'_>) -> Option<Time> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "what is no time is the first or the last that there is"
    )]
    let micros = |seconds: f64| (seconds * 1e6).round() as u64;
    let mut row = value.row()?;
    Some(Time {
        text: row.text("text")?,
        epoch: row.any("epoch", Value::real)?.map(micros),
    })
}

fn span(row: &mut Row<'_>, first: &str, last: &str) -> Option<Span> {
    Some(Span {
        first: row.any(first, time)?,
        last: row.any(last, time)?,
    })
}

fn source(mut row: Row<'_>) -> Option<Source> {
    Some(Source {
        name: text::clean(&row.text("name")?),
        bytes: row.number("bytes")?,
        format: text::clean(&row.text("format")?),
        packed: row
            .any("packed", Value::text)?
            .map(|name| text::clean(&name)),
        messages: row.number("messages")?,
        span: span(&mut row, "from", "to")?,
        missed: row.number("missed")?,
        first_missed: row.any("first_missed", Value::number)?,
        packets: row.number("packets")?,
        tls: row.number("tls")?,
        unread: row.number("unread")?,
        is_cut: row.flag("cut")?,
        is_partial: row.flag("partial")?,
    })
}

fn outcome(row: &mut Row<'_>) -> Option<Outcome> {
    let r#final = row.any("final", Value::code)?;
    let provisional = row.any("provisional", Value::code)?;
    Some(r#final.map_or(Outcome::Open(provisional), Outcome::Final))
}

fn outcomes(mut row: Row<'_>) -> Option<Outcomes> {
    Some(Outcomes {
        attempts: attempts(&mut row)?,
        transactions: row.number("transactions")?,
    })
}

fn attempts(row: &mut Row<'_>) -> Option<BTreeMap<Outcome, u64>> {
    let mut attempts = BTreeMap::new();
    for mut row in row.rows("outcomes")? {
        attempts.insert(outcome(&mut row)?, row.number("attempts")?);
    }
    Some(attempts)
}

fn setups(mut row: Row<'_>) -> Option<Setups> {
    let micros = |value: Value<'_>| usize::try_from(value.number()?).ok();
    Some(Setups {
        outcomes: attempts(&mut row)?,
        waits: row.list("waits", micros)?,
    })
}

fn beside(mut row: Row<'_>) -> Option<Beside> {
    let mut beside = Beside {
        transactions: row.number("transactions")?,
        span: span(&mut row, "first", "last")?,
        call_id: row.any("call_id", Value::text)?,
        ..Beside::default()
    };
    for mut row in row.rows("senders")? {
        let sender = Sender {
            agent: row.any("name", Value::text)?.unwrap_or_default(),
            peer: row.any("peer", Value::text)?.unwrap_or_default(),
        };
        beside.senders.insert(sender, row.number("count")?);
    }
    for mut row in row.rows("reasons")? {
        let reason = row.text("value")?;
        beside.reasons.insert(reason, row.number("count")?);
    }
    for mut row in row.rows("warnings")? {
        let warning = row.code("value")?;
        beside.warnings.insert(warning, row.number("count")?);
    }
    Some(beside)
}

fn listed(mut row: Row<'_>) -> Option<Listed> {
    Some(Listed {
        method: method(&mut row)?,
        outcome: outcome(&mut row)?,
        attempt: Attempt {
            time: row.any("time", time)?,
            from: row.text("from")?,
            to: row.text("to")?,
            call_id: row.text("call_id")?,
            peer: row.any("peer", Value::text)?.unwrap_or_default(),
            agent: row.any("agent", Value::text)?.unwrap_or_default(),
            reasons: row.list("reasons", Value::text)?,
            warnings: row.list("warnings", Value::code)?,
            place: row.text("place")?,
            cause: row.any("cause", Value::text)?.unwrap_or_default(),
        },
    })
}
