//! What the build refuses in the proof of a clause: rows of pages that say the same, with the sections that say so.

use super::super::form::{Citation, StatusCode};
use super::super::join::isdn::isdn;
use super::super::model::{Clause, HeaderField, Isdn, Mapping, Response};
use super::complaint::Check;
use super::text::strengths;

/// What opens a condition.
const CONDITIONS: [&str; 13] = [
    "if ",
    "when ",
    "unless ",
    "where ",
    "once ",
    "only ",
    "after ",
    "while ",
    "until ",
    "whose ",
    "in answer to ",
    "to a ",
    "to an ",
];

/// What a row of a page says.
#[derive(Default)]
struct Row {
    says: String,
    cite: Option<Citation>,
    /// The name, the strength and the condition of a header field.
    header: Option<HeaderField>,
    /// The cause of a mapping; how binding that is stands in RFC 3398 and not in the row.
    cause: Option<u16>,
}

impl Check<'_> {
    /// Refuses a clause that does not rest on rows of the pages of all its codes, or says it otherwise than they do.
    pub(super) fn proof(&mut self, field: &str, clause: &Clause) {
        for StatusCode(code) in &clause.of {
            let mut rests = clause.rests.0.iter();
            if !rests.any(|rest| is_of(rest, *code)) {
                self.complain(
                    format!("{field}.rests"),
                    format!("no row of the page of {code}"),
                );
            }
        }
        let mut words = Vec::new();
        for rest in &clause.rests.0 {
            let Some(row) = self.row(rest) else {
                self.complain(format!("{field}.rests"), format!("no row {rest:?}"));
                continue;
            };
            words.extend(strengths(&row.says));
            self.rest(field, clause, rest, &row);
        }
        for word in strengths(&clause.says.0) {
            if !words.contains(&word) {
                self.complain(
                    format!("{field}.says"),
                    format!("{word} is in none of its rows"),
                );
            }
        }
    }

    /// Refuses a clause that says something else than a row that it rests on.
    fn rest(&mut self, field: &str, clause: &Clause, rest: &str, row: &Row) {
        if let Some(cite) = &row.cite
            && !clause.cites.contains(cite)
        {
            let says = format!("{rest} has {:?}, which is not among them", cite.0);
            self.complain(format!("{field}.cites"), says);
        }
        let text = &clause.says.0;
        let (said, meant) = (strengths(text), strengths(&row.says));
        if row.cause.is_none() && !meant.is_empty() && !meant.iter().any(|word| said.contains(word))
        {
            let says = format!("{rest} says {}, the clause does not", meant.join(" or "));
            self.complain(format!("{field}.says"), says);
        }
        if let Some(cause) = row.cause
            && !has_number(text, cause)
        {
            let says = format!("{rest} is about cause {cause}, the clause is not");
            self.complain(format!("{field}.says"), says);
        }
        let Some(header) = &row.header else { return };
        if !text.contains(header.name.as_str()) {
            let says = format!("{rest} is about {}, the clause is not", header.name);
            self.complain(format!("{field}.says"), says);
        }
        if let Some(when) = &header.when
            && !has_condition(text, when)
        {
            let says = format!("{rest} holds if {when}, and the clause does not say so");
            self.complain(format!("{field}.says"), says);
        }
    }

    /// Returns a row by its name: "480.headers[1]", "480.isdn.to[0]", "4xx.forking".
    fn row(&self, name: &str) -> Option<Row> {
        let (owner, field) = name.split_once('.')?;
        if let Some(digit) = owner.strip_suffix("xx") {
            return self.row_of_class(digit.parse().ok()?, field);
        }
        let code: u16 = owner.parse().ok()?;
        let (field, index) = field.strip_suffix(']')?.split_once('[')?;
        let index: usize = index.parse().ok()?;
        let mut pages = self.source.pages.iter().chain(&self.source.unregistered);
        let (_, page) = pages.find(|(_, page)| page.code.0 == code)?;
        match field {
            "sent_by" => page
                .sent_by
                .get(index)
                .map(|row| said(&row.says.0, row.cite.as_ref())),
            "headers" => page.headers.get(index).map(of_header),
            "retry" => page
                .retry
                .get(index)
                .map(|row| said(&row.says.0, Some(&row.cite))),
            "forking" => page
                .forking
                .get(index)
                .map(|row| said(&row.says.0, Some(&row.cite))),
            "dialog" => page
                .dialog
                .get(index)
                .map(|row| said(&row.says.0, Some(&row.cite))),
            "isdn.to" => self.mapping(page, index, |isdn| isdn.to),
            "isdn.from" => self.mapping(page, index, |isdn| isdn.from),
            _ => None,
        }
    }

    fn row_of_class(&self, digit: u16, field: &str) -> Option<Row> {
        let mut classes = self.source.classes.class.iter();
        let class = classes.find(|class| class.digit == digit)?;
        let (says, cite) = match field {
            "unknown" => (&class.unknown, &class.cite),
            "retry" => (&class.retry.says, &class.retry.cite),
            "forking" => (&class.forking.says, &class.forking.cite),
            "dialog" => (&class.dialog.says, &class.dialog.cite),
            "finality" => (&class.finality.says, &class.finality.cite),
            "way" => (&class.way.says, &class.way.cite),
            "choice" => (&class.choice.says, &class.choice.cite),
            _ => return None,
        };
        Some(said(&says.0, Some(cite)))
    }

    fn mapping(
        &self,
        page: &Response,
        index: usize,
        rows: impl Fn(Isdn) -> Vec<Mapping>,
    ) -> Option<Row> {
        let mapping = rows(isdn(page, self.source)).into_iter().nth(index)?;
        let texts = [mapping.when, mapping.first].into_iter().flatten();
        Some(Row {
            says: texts.collect::<Vec<_>>().join(" "),
            cite: Some(mapping.cite),
            cause: Some(mapping.cause),
            header: None,
        })
    }
}

fn said(says: &str, cite: Option<&Citation>) -> Row {
    Row {
        says: says.into(),
        cite: cite.cloned(),
        ..Row::default()
    }
}

fn of_header(header: &HeaderField) -> Row {
    let says = format!("{} {}", header.strength.as_str(), header.says.0);
    Row {
        header: Some(header.clone()),
        ..said(&says, Some(&header.cite))
    }
}

/// Returns whether a row is one of the page of a code, or of its class.
fn is_of(rest: &str, code: u16) -> bool {
    let owner = rest.split('.').next().unwrap_or_default();
    owner == code.to_string() || owner == format!("{}xx", code / 100)
}

/// Returns whether a text has a number.
fn has_number(text: &str, number: u16) -> bool {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit());
    numbers.any(|found| found == number.to_string())
}

/// Returns whether a text has a condition with the names of another.
fn has_condition(text: &str, when: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        words.map(str::to_owned).collect()
    };
    let said = words(text);
    let lower = format!(" {}", text.to_lowercase());
    let opens = CONDITIONS
        .iter()
        .any(|opens| lower.contains(&format!(" {opens}")));
    let mut names = words(when).into_iter();
    opens
        && names.all(|word| {
            let is_name = word.contains(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit());
            !is_name || said.contains(&word)
        })
}
