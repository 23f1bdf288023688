//! What a page says of products, from what the catalog knows.

use sipdex::catalog::{Citation, Look, Response, Route, RouteStep, Text, TopicKind, Wire, topics};

/// What a page has to say of one row of a table.
struct Row {
    /// What stands once above the rows of one product at one version.
    heading: String,
    is_rule: bool,
    source: String,
    says: String,
}

fn row(
    product: Text,
    version: Option<Text>,
    source: Option<Text>,
    cite: Option<Citation>,
    says: String,
) -> Row {
    let version = version.map_or(String::new(), |version| format!(", {version}"));
    Row {
        heading: cite.map_or_else(|| format!("{product}{version}"), section),
        is_rule: cite.is_some(),
        source: source.map_or(String::new(), String::from),
        says,
    }
}

fn section(cite: Citation) -> String {
    format!("RFC {} {}  {}", cite.rfc(), cite.section(), cite.title())
}

/// Puts rows of the same place below one heading, rules first; a source, or a file, that all have stands there too.
fn grouped(rows: &[Row]) -> Vec<String> {
    let mut headings: Vec<(bool, String)> = Vec::new();
    for row in rows {
        let heading = (!row.is_rule, row.heading.clone());
        if !headings.contains(&heading) {
            headings.push(heading);
        }
    }
    headings.sort_by_key(|(is_product, _)| *is_product);
    let mut lines = Vec::new();
    for (_, heading) in headings {
        let group: Vec<&Row> = rows.iter().filter(|row| row.heading == heading).collect();
        let file = |row: &Row| row.source.split(':').next().map(str::to_owned);
        let first = group[0];
        let same = group.iter().all(|row| row.source == first.source);
        let same_file = group.iter().all(|row| file(row) == file(first));
        let source = match (same, same_file) {
            (true, _) => Some(first.source.clone()),
            (false, true) => file(first),
            (false, false) => None,
        };
        let bracketed = |source: &str| match source {
            "" => String::new(),
            source => format!(" ({source})"),
        };
        lines.push(heading + &source.as_deref().map_or(String::new(), bracketed));
        lines.extend(group.into_iter().map(|row| match source {
            Some(_) => row.says.clone(),
            None => format!("{}{}", row.says, bracketed(&row.source)),
        }));
    }
    lines
}

pub(crate) fn made_up(response: &Response) -> Vec<String> {
    let rows = response.made_up.iter().map(|made_up| {
        let wire = match made_up.wire {
            Wire::Local => "local",
            Wire::Sent => "sent",
            Wire::Both => "local and sent",
            Wire::Changed => "changed",
        };
        let sign = made_up
            .sign
            .map_or(String::new(), |sign| format!("; {sign}"));
        let says = format!("{wire}\twhen {}{sign}.", made_up.event);
        row(
            made_up.product,
            made_up.version,
            made_up.source,
            made_up.cite,
            says,
        )
    });
    let rows = grouped(&rows.collect::<Vec<_>>());
    let note = "Local: never on the wire. Sent: a response that a trace has.";
    let note = (!rows.is_empty()).then(|| note.to_owned());
    note.into_iter().chain(rows).collect()
}

pub(crate) fn as_sent(response: &Response) -> Vec<String> {
    let phrases = response.phrases.iter().map(|phrase| {
        let says = format!("{}\t{}.", phrase.sent, phrase.means);
        row(
            phrase.product,
            phrase.version,
            phrase.source,
            phrase.cite,
            says,
        )
    });
    let numbers = response.subcodes.iter().map(|number| {
        let text = number.text.map_or(String::new(), |text| format!(" {text}"));
        let says = format!("{}{text}\t{}.", number.subcode, number.means);
        let said = row(
            number.product,
            number.version,
            number.source,
            number.cite,
            says,
        );
        let seen = match number.cite {
            Some(_) => String::new(),
            None => format!(", {}", number.seen),
        };
        Row {
            heading: said.heading + &seen,
            ..said
        }
    });
    grouped(&phrases.chain(numbers).collect::<Vec<_>>())
}

pub(crate) fn look(response: &Response) -> Vec<String> {
    let own = response.code.to_string();
    let is_own = |look: &&Look| look.about.split(", ").any(|about| about == own);
    let (own, of_class): (Vec<&Look>, Vec<&Look>) = response.look.iter().partition(is_own);
    let rows = own.into_iter().map(|look| {
        let says = format!("{}\t{}.", look.place, look.shows);
        row(look.product, look.version, look.source, look.cite, says)
    });
    let mut lines = grouped(&rows.collect::<Vec<_>>());
    let of_class = of_class.into_iter().map(|look| look.product);
    lines.extend(names("As all of its class", of_class));
    lines
}

/// Returns a line that names products, each once.
fn names(lead: &str, products: impl Iterator<Item = Text>) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    for product in products {
        if !names.contains(&product.as_str()) {
            names.push(product.as_str());
        }
    }
    (!names.is_empty()).then(|| format!("{lead}: {}.", names.join(", ")))
}

/// Returns what the pages of timers say of a code.
pub(crate) fn timers(response: &Response) -> Vec<String> {
    let timers = topics()
        .iter()
        .filter(|topic| topic.kind == TopicKind::Timer);
    let links = timers.flat_map(|timer| timer.codes.iter().map(move |link| (timer, link)));
    let of_it = links.filter(|(_, link)| link.code == response.code);
    let mut of_it: Vec<_> = of_it.collect();
    of_it.sort_by_key(|(_, link)| link.cite.is_none());
    of_it
        .into_iter()
        .map(|(timer, link)| {
            let cited = link.cite.map(super::known::cite);
            let source = link.source.map(|source| format!(" ({source})"));
            let rests = cited.or(source).unwrap_or_default();
            format!("timer {} {}: {}{rests}", timer.id, timer.name, link.says)
        })
        .collect()
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
        lines.extend(rule.cite.map(section));
        let setting = rule
            .setting
            .map_or(String::new(), |setting| format!("; {setting}"));
        lines.push(format!("{}{setting}.", word(rule.does)));
    }
    for step in [RouteStep::Next, RouteStep::Stop, RouteStep::Configurable] {
        let products = response.routes.iter().filter(|route| route.cite.is_none());
        let routes = products.filter(|route| route.does == step);
        // What holds for a whole class or for many codes is told on the pages of the products.
        let (wide, narrow): (Vec<&Route>, Vec<&Route>) = routes.partition(|route| {
            let codes: Vec<&str> = route.codes.split(", ").collect();
            codes.len() > 12 || codes.iter().any(|code| code.ends_with("xx"))
        });
        let mut rows: Vec<String> = narrow
            .into_iter()
            .map(|route| product(response, route))
            .collect();
        let wide = wide.into_iter().map(|route| route.product);
        rows.extend(names("By a rule for many codes", wide));
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
    let version = route.version.expect("a product has a version");
    let setting = route
        .setting
        .map_or(String::new(), |setting| format!(": {setting}"));
    let source = route
        .source
        .map_or(String::new(), |source| format!(" ({source})"));
    format!("{}\t{version}{others}{setting}.{source}", route.product)
}
