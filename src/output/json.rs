//! JSON, an interface: documented in the README, and changed only by addition.

use serde::Serialize;
use serde_json::{Value, json};

use crate::bookmarks::Bookmarks;
use crate::catalog::{self, Cause, Citation, Isdn, Mapping, Response};
use crate::compare::Comparison;
use crate::search::Hit;

/// Returns a value as indented JSON with a line end.
pub fn pretty(value: &impl Serialize) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}

/// Returns what `show` prints for a response.
pub fn response(response: &Response) -> Value {
    json!({
        "code": response.code.get(),
        "phrase": phrase(response),
        "class": catalog::class_rule(response.class()).name,
        "status": response.status,
        "defined": response.defined.map(citation),
        "sources": response.sources,
        "summary": response.summary,
        "meaning": response.meaning,
        "seen": response.seen,
        "fix": list(response.fix, |fix| json!({
            "cause": fix.cause, "check": fix.check, "remedy": fix.remedy,
        })),
        "use_when": response.use_when,
        "sent_by": list(response.sent_by, |sender| json!({
            "who": sender.who, "methods": sender.methods, "except": sender.except, "says": sender.says,
            "cite": sender.cite.map(citation),
        })),
        "headers": list(response.headers, |header| json!({
            "name": header.name, "strength": header.strength, "where": header.place,
            "when": header.when, "says": header.says, "cite": citation(header.cite),
        })),
        "retry": list(response.retry, |retry| json!({
            "verdict": retry.verdict, "says": retry.says, "cite": citation(retry.cite),
        })),
        "forking": list(response.forking, |forking| json!({
            "says": forking.says, "cite": citation(forking.cite),
        })),
        "dialog": list(response.dialog, |dialog| json!({
            "effect": dialog.effect, "says": dialog.says, "cite": citation(dialog.cite),
        })),
        "isdn": isdn(&response.isdn),
        "vendors": list(response.vendors, |vendor| json!({
            "product": vendor.product, "version": vendor.version,
            "to": list(vendor.to, cause), "to_by_default": vendor.to_by_default,
            "from": list(vendor.from, cause), "from_others": vendor.from_others,
        })),
        "related": list(response.related, |related| json!({
            "code": related.code.get(), "phrase": phrase(catalog::response(related.code)),
            "says": related.says,
        })),
        "symptoms": response.symptoms.lines().collect::<Vec<_>>(),
        "example": response.example,
        "flow": list(response.flow, |step| json!({
            "from": step.from, "to": step.to, "message": step.message, "marked": step.marked,
        })),
        "references": list(response.references, |cite| citation(*cite)),
    })
}

/// Returns what `list` prints for a response.
pub fn entry(response: &Response) -> Value {
    json!({
        "code": response.code.get(),
        "phrase": phrase(response),
        "class": catalog::class_rule(response.class()).name,
        "status": response.status,
        "summary": response.summary,
        "defined": response.defined.map(citation),
    })
}

/// Returns what `search` prints for a hit.
pub fn hit(hit: &Hit) -> Value {
    json!({
        "code": hit.response.code.get(),
        "phrase": phrase(hit.response),
        "layer": hit.layer,
        "why": hit.why,
    })
}

/// Returns what `compare` prints.
pub fn comparison(comparison: &Comparison) -> Value {
    json!({
        "codes": list(&comparison.responses, |response| json!(response.code.get())),
        "family": comparison.family.map(|family| family.id),
        "in_short": comparison.in_short,
        "key_differences": list(&comparison.differences, |difference| json!({
            "says": difference.says,
            "codes": list(&difference.codes, |code| json!(code.get())),
            "cite": difference.cites.first().copied().map(citation),
        })),
        "rows": list(&comparison.rows, |row| json!({
            "name": row.name, "values": row.values, "differs": row.differs,
        })),
        "when_to_use": list(&comparison.when_to_use, |use_| json!({
            "code": use_.code.get(), "send": use_.send, "received": use_.received,
        })),
        "learn_more": list(&comparison.learn_more, |cite| citation(*cite)),
    })
}

/// Returns what `bookmarks list` prints.
pub fn bookmarks(bookmarks: &Bookmarks) -> Value {
    bookmarks
        .iter()
        .map(|(code, bookmark)| {
            json!({ "code": code.get(), "note": bookmark.note, "added": bookmark.added })
        })
        .collect()
}

fn phrase(response: &Response) -> Option<&'static str> {
    (!response.phrase.is_empty()).then_some(response.phrase)
}

fn citation(cite: Citation) -> Value {
    json!({ "rfc": cite.rfc(), "section": cite.section(), "title": cite.title(), "url": cite.url() })
}

fn isdn(isdn: &Isdn) -> Value {
    let mapping = |mapping: &Mapping| {
        json!({
            "cause": mapping.cause, "name": mapping.name, "when": mapping.when,
            "first": mapping.first, "cite": citation(mapping.cite),
        })
    };
    json!({
        "to": list(isdn.to, mapping), "from": list(isdn.from, mapping),
        "from_others": isdn.from_others.map(citation), "round_trip": isdn.round_trip,
    })
}

fn cause(cause: &Cause) -> Value {
    json!({ "cause": cause.number, "name": cause.name })
}

fn list<T>(values: &[T], json: impl Fn(&T) -> Value) -> Value {
    values.iter().map(json).collect()
}
