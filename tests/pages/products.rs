//! What a page says of products, from what the catalog knows.

use sipdex::catalog::{Citation, Response, Route, RouteStep, Text, Wire};

/// Returns what stands once above the rows of one product at one version.
fn place(
    product: Text,
    version: Option<Text>,
    source: Option<Text>,
    cite: Option<Citation>,
) -> String {
    if let Some(cite) = cite {
        return format!("RFC {} {}  {}", cite.rfc(), cite.section(), cite.title());
    }
    let version = version.map_or(String::new(), |version| format!(", {version}"));
    let source = source.map_or(String::new(), |source| format!(" ({source})"));
    format!("{product}{version}{source}")
}

/// Puts rows of the same place in a row below one heading.
fn grouped(rows: Vec<(String, String)>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut last = String::new();
    for (place, says) in rows {
        if place != last {
            lines.push(place.clone());
        }
        last = place;
        lines.push(says);
    }
    lines
}

pub(crate) fn made_up(response: &Response) -> Vec<String> {
    let rows = response.made_up.iter().map(|row| {
        let wire = match row.wire {
            Wire::Local => "local, never on the wire",
            Wire::Sent => "sent",
            Wire::Both => "local, and sent to the other side",
            Wire::Changed => "made of another code that was received",
        };
        let sign = row.sign.map_or(String::new(), |sign| format!("; {sign}"));
        let place = place(row.product, row.version, row.source, row.cite);
        (place, format!("When {}: {wire}{sign}.", row.event))
    });
    grouped(rows.collect())
}

pub(crate) fn as_sent(response: &Response) -> Vec<String> {
    let rows = response.phrases.iter().map(|row| {
        let place = place(row.product, row.version, row.source, row.cite);
        (place, format!("{}: {}.", row.sent, row.means))
    });
    grouped(rows.collect())
}

fn word(step: RouteStep) -> &'static str {
    match step {
        RouteStep::Next => "Tries the next",
        RouteStep::Stop => "Stops",
        RouteStep::Configurable => "As it is set",
    }
}

pub(crate) fn next_route(response: &Response) -> Vec<String> {
    let mut lines = Vec::new();
    for rule in response.routes.iter().filter(|route| route.cite.is_some()) {
        lines.push(place(rule.product, None, None, rule.cite));
        let setting = rule
            .setting
            .map_or(String::new(), |setting| format!("; {setting}"));
        lines.push(format!("{}{setting}.", word(rule.does)));
    }
    for step in [RouteStep::Next, RouteStep::Stop, RouteStep::Configurable] {
        let products = response.routes.iter().filter(|route| route.cite.is_none());
        let rows: Vec<String> = products
            .filter(|route| route.does == step)
            .map(|route| product(response, route))
            .collect();
        if !rows.is_empty() {
            lines.push(word(step).to_owned());
            lines.extend(rows);
        }
    }
    lines
}

fn product(response: &Response, route: &Route) -> String {
    let own = response.code.to_string();
    let others: Vec<&str> = route
        .codes
        .as_str()
        .split(", ")
        .filter(|code| *code != own)
        .collect();
    let others = match others.len() {
        0 => String::new(),
        count if count <= 6 => format!(", also on {}", others.join(", ")),
        count => format!(", also on {count} other codes"),
    };
    let version = route
        .version
        .map_or(String::new(), |version| format!(", {version}"));
    let setting = route
        .setting
        .map_or(String::new(), |setting| format!(": {setting}"));
    let source = route
        .source
        .map_or(String::new(), |source| format!(" ({source})"));
    format!("{}{version}{others}{setting}.{source}", route.product)
}
