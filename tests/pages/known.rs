//! What a page has to say of a code: its first lines, then headings with the lines below them.

use std::fmt::Write;

use sipdex::catalog::{
    self, Cause, Citation, ErratumStatus, List, Mapping, Place, Response, Status, Text,
};

use super::words::strength;

/// A page as it has to be: the first lines, then headings with the lines below them. In a row of a table a tab stands
/// between its label and its text.
pub(crate) struct Page {
    pub(crate) title: String,
    pub(crate) strip: Vec<String>,
    pub(crate) summary: &'static str,
    pub(crate) sections: Vec<(&'static str, Vec<String>)>,
}

pub(crate) fn cite(cite: Citation) -> String {
    let errata = match cite.errata().as_slice() {
        [] => String::new(),
        [one] => format!(", erratum {}", one.number),
        _ => ", errata".to_owned(),
    };
    format!(" [RFC {} {}{errata}]", cite.rfc(), cite.section())
}

fn condition(when: Option<Text>) -> String {
    when.map_or(String::new(), |when| format!(", if {when}"))
}

fn place(place: Place) -> &'static str {
    match place {
        Place::Response => "in the response",
        Place::NextRequest => "in the next request",
        Place::Request => "in the request",
    }
}

fn mapped(lead: &str, mapping: &Mapping) -> String {
    let first = mapping
        .first
        .map_or(String::new(), |first| format!(" {first}"));
    format!(
        "{lead} cause {} ({}){}.{first}{}",
        mapping.cause,
        mapping.name,
        condition(mapping.when),
        cite(mapping.cite)
    )
}

/// Returns what products make of a code: the standard decides whether theirs is another way.
fn products(response: &Response) -> Vec<String> {
    let named = |cause: &Cause| format!("{} {}", cause.number, cause.name);
    let vendors = response.vendors.iter().flat_map(|vendor| {
        let standard = response.isdn.to;
        let known = |cause: &Cause| standard.iter().any(|to| to.cause == cause.number);
        let mut rows = vec![format!("{}, {}", vendor.product, vendor.version)];
        let default = if vendor.to_by_default {
            "By default hangup"
        } else {
            "Hangup"
        };
        let remark = if vendor.to.iter().all(known) {
            ""
        } else if standard.is_empty() {
            " (RFC 3398 has no cause for it)"
        } else {
            " (differs from RFC 3398)"
        };
        let to = vendor.to.iter();
        rows.extend(to.map(|cause| format!("{default} cause\t{}{remark}.", named(cause))));
        let from = vendor.from.iter().map(named);
        let others = "every cause that it does not list".to_owned();
        let from = from.chain(vendor.from_others.then_some(others));
        rows.extend(from.map(|cause| format!("Sent for\t{cause}.")));
        rows
    });
    vendors.collect()
}

fn owned(texts: List<Text>) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}

fn description(response: &Response) -> Vec<String> {
    let code = response.code;
    let note = format!("No registry has a {code}. What follows holds for its class.");
    let note = Some(note).filter(|_| !response.is_written());
    note.into_iter().chain(owned(response.meaning)).collect()
}

fn how_to_fix(response: &Response) -> Vec<String> {
    let steps = response.fix.iter().flat_map(|fix| {
        let (check, remedy) = (
            format!("Check: {}", fix.check),
            format!("Then: {}", fix.remedy),
        );
        [fix.cause.to_string(), check, remedy]
    });
    steps.collect()
}

pub(crate) fn related(response: &Response) -> Vec<String> {
    let others = response.related.iter();
    let others = others.map(|other| (catalog::response(other.code).title(), other.says));
    others
        .map(|(title, says)| format!("{title}: {says}"))
        .collect()
}

fn who_sends_it(response: &Response) -> Vec<String> {
    let senders = response.sent_by.iter().map(|sender| {
        let methods = match sender.methods.as_slice() {
            [] => "any method".to_owned(),
            methods => methods.join(", "),
        };
        let cited = sender.cite.map(cite).unwrap_or_default();
        format!("{}, for {methods}: {}{cited}", sender.who, sender.says)
    });
    senders.collect()
}

fn header_fields(response: &Response) -> Vec<String> {
    let fields = response.headers.iter().map(|header| {
        let (name, when) = (header.name, condition(header.when));
        let (strength, place) = (strength(header.strength), place(header.place));
        format!(
            "{name} {strength} {place}{when}. {}{}",
            header.says,
            cite(header.cite)
        )
    });
    fields.collect()
}

/// Returns causes; a section that several neighbours rest on is said once.
fn mappings(lead: &str, all: List<Mapping>) -> Vec<String> {
    let mut rows = Vec::new();
    for group in all.as_slice().chunk_by(|one, other| one.cite == other.cite) {
        if group.len() == 1 {
            rows.push(mapped(lead, &group[0]));
            continue;
        }
        let cited = cite(group[0].cite);
        rows.push(format!("{lead}{cited}"));
        let bare = |one: &Mapping| {
            let first = one.first.map_or(String::new(), |first| format!(" {first}"));
            let (cause, name) = (one.cause, one.name);
            format!("cause {cause}\t{name}{}.{first}", condition(one.when))
        };
        rows.extend(group.iter().map(bare));
    }
    rows
}

fn telephone(response: &Response) -> Vec<String> {
    let isdn = &response.isdn;
    if !response.answers_invite() {
        let code = response.code;
        return vec![format!("Not applicable: a {code} answers no INVITE.")];
    }
    let mut telephone = Vec::new();
    let redirects = response.code.get() / 100 == 3;
    let is_mapped = !isdn.to.is_empty() || !isdn.from.is_empty();
    if is_mapped && !redirects {
        telephone.push("RFC 3398 recommends these causes; a gateway can be set otherwise.".into());
    }
    let leaves = if redirects {
        "May leave as"
    } else {
        "Leaves as"
    };
    telephone.extend(mappings(leaves, isdn.to));
    telephone.extend(mappings("Comes from", isdn.from));
    let others = "SHOULD come from every cause that RFC 3398 does not list, but not from cause 44, which stays inside the gateway.";
    telephone.extend(
        isdn.from_others
            .map(|cited| others.to_owned() + &cite(cited)),
    );
    telephone.extend(
        isdn.round_trip
            .map(|trip| format!("There and back: {trip}")),
    );
    telephone
}

fn warn_codes(response: &Response) -> Vec<String> {
    let warnings = response.warnings().map(|warning| {
        let (code, text) = (warning.code, warning.text);
        format!("{code} {text}: {}{}", warning.says, cite(warning.cite))
    });
    warnings.collect()
}

fn call_flow(response: &Response) -> Vec<String> {
    let steps = response.flow.iter().map(|step| {
        let mark = if step.marked { " (this code)" } else { "" };
        format!("{} to {}: {}{mark}", step.from, step.to, step.message)
    });
    steps.collect()
}

fn on_the_wire(response: &Response) -> Vec<String> {
    let lines = response.example.into_iter();
    let lines = lines.flat_map(|example| example.as_str().split("\r\n"));
    let lines = lines.filter(|line| !line.is_empty());
    lines.map(str::to_owned).collect()
}

/// Returns where to read on: first where the code is defined, which stands once.
fn learn_more(response: &Response) -> Vec<String> {
    let further = response.references.iter().copied();
    let further = further.filter(|cite| Some(*cite) != response.defined());
    let sections = response.defined().into_iter().chain(further);
    sections
        .map(|cite| format!("RFC {} {}  {}", cite.rfc(), cite.section(), cite.title()))
        .chain(owned(response.sources()))
        .collect()
}

/// Returns what is known to be wrong in the sections that the page cites, wherever it does.
fn errata(response: &Response) -> Vec<String> {
    let mut cites: Vec<Citation> = Vec::new();
    let mappings = response.isdn.to.iter().chain(response.isdn.from);
    let warnings = response.warnings().map(|warning| warning.cite);
    let joined = mappings.map(|mapping| mapping.cite).chain(warnings);
    for cite in response.cites().into_iter().chain(joined) {
        if !cites.contains(&cite) {
            cites.push(cite);
        }
    }
    let errata = cites.iter().flat_map(|cite| {
        let place = format!("RFC {} {}", cite.rfc(), cite.section());
        cite.errata().iter().map(move |erratum| {
            let status = match erratum.status {
                ErratumStatus::Verified => "verified",
                ErratumStatus::Held => "held for document update",
                ErratumStatus::Reported => "reported, not verified",
            };
            let (number, says) = (erratum.number, erratum.says);
            format!("{place}, erratum {number} ({status}): {says}")
        })
    });
    errata.collect()
}

/// Returns sentences, each with its own citation.
fn cited(rules: impl Iterator<Item = (&'static str, Citation)>) -> Vec<String> {
    rules
        .map(|(says, cited)| says.to_owned() + &cite(cited))
        .collect()
}

pub(crate) fn page(response: &'static Response) -> Page {
    let confused = if response.is_written() {
        "Often confused with"
    } else {
        "Nearest registered codes"
    };
    let (retry, forking, dialog) = (response.retry, response.forking, response.dialog);
    let mut sections = vec![
        ("Description", description(response)),
        ("When you see it", owned(response.seen)),
        ("How to fix", how_to_fix(response)),
        (confused, related(response)),
        (
            "When to send it",
            response.use_when.map(String::from).into_iter().collect(),
        ),
        ("Who sends it", who_sends_it(response)),
        ("Header fields", header_fields(response)),
        (
            "What the client may do next",
            cited(retry.iter().map(|rule| (rule.says.as_str(), rule.cite))),
        ),
        (
            "Other branches",
            cited(forking.iter().map(|rule| (rule.says.as_str(), rule.cite))),
        ),
        (
            "Dialog",
            cited(dialog.iter().map(|rule| (rule.says.as_str(), rule.cite))),
        ),
        ("Telephone network", telephone(response)),
        ("Warn-codes", warn_codes(response)),
        ("Made by your own side", super::products::made_up(response)),
        ("Timers", super::products::timers(response)),
        ("Next route", super::products::next_route(response)),
        ("As it is sent", super::products::as_sent(response)),
        ("Where to look", super::products::look(response)),
        ("Products", products(response)),
        ("Call flow", call_flow(response)),
        ("On the wire", on_the_wire(response)),
        ("Learn more", learn_more(response)),
        ("Errata", errata(response)),
    ];
    sections.retain(|(_, lines)| !lines.is_empty());
    Page {
        title: title(response),
        strip: strip(response),
        summary: &response.summary,
        sections,
    }
}

pub(crate) fn title(response: &Response) -> String {
    let mut title = response.code.to_string();
    if !response.phrase().is_empty() {
        write!(title, " {}", response.phrase()).expect("a String takes every text");
    }
    if response.status().is_none() {
        title += " (not in IANA's list)";
    }
    title
}

pub(crate) fn strip(response: &Response) -> Vec<String> {
    let mut strip = match response.code.get() / 100 {
        1 => vec!["1xx provisional"],
        2 => vec!["2xx success", "final"],
        3 => vec!["3xx redirection", "final"],
        4 => vec!["4xx request failure", "final"],
        5 => vec!["5xx server failure", "final"],
        _ => vec!["6xx global failure", "final"],
    };
    match response.status() {
        Some(Status::Current) => {}
        Some(Status::Deprecated) => strip.push("deprecated"),
        Some(Status::Reserved) => strip.push("reserved"),
        None => strip.push("not in IANA's list"),
    }
    let mut strip: Vec<String> = strip.into_iter().map(str::to_owned).collect();
    let mut senders: Vec<&str> = Vec::new();
    for sender in response.sent_by {
        if !senders.contains(&sender.who.as_str()) {
            senders.push(&sender.who);
        }
    }
    senders.truncate(2);
    if !senders.is_empty() {
        strip.push(format!("from {}", senders.join(" or ")));
    }
    strip.extend(
        response
            .retry
            .first()
            .map(|retry| retry.verdict.as_str().to_owned()),
    );
    strip
}
