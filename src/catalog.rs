//! The reference: every response with all that is known of it, in static tables that the build wrote.

mod code;
mod entry;
mod tables;
mod unregistered;
mod vocabulary;

use serde::Serialize;

pub use code::{Class, Codes, NotACode, StatusCode};
pub use entry::Entry;
pub use vocabulary::{
    DialogEffect, Kin, NEXT_SYMPTOM, Place, Status, Strength, Travels, UNREGISTERED, Verdict,
};

/// One response code and its page.
#[derive(Debug)]
pub struct Response {
    pub code: StatusCode,
    /// The reason phrase of the registry; empty for a number that nobody has named.
    pub phrase: &'static str,
    pub standing: Standing,
    pub travels: Travels,
    pub summary: &'static str,
    pub meaning: &'static [&'static str],
    pub seen: &'static [&'static str],
    pub fix: &'static [Fix],
    pub use_when: Option<&'static str>,
    pub sent_by: &'static [Sender],
    pub headers: &'static [HeaderField],
    pub retry: &'static [Retry],
    pub forking: &'static [Forking],
    pub dialog: &'static [Dialog],
    pub isdn: Isdn,
    pub vendors: &'static [Vendor],
    pub related: &'static [Related],
    /// What people say who do not know the code, a line each.
    pub symptoms: &'static str,
    /// The telling words of each symptom by their numbers in the vocabulary, with `NEXT_SYMPTOM` between two.
    pub symptom_words: &'static [u16],
    /// A complete response in wire form, with CRLF line ends.
    pub example: Option<&'static str>,
    pub flow: &'static [Step],
    pub references: &'static [Citation],
    pub http: Option<Http>,
}

/// Who has named a code: the registry, a product, or nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The IANA registry has it.
    Registered { defined: Citation, status: Status },
    /// It is met all the same: an old RFC has it, or the sources do: product, file and version.
    Field {
        defined: Option<Citation>,
        sources: &'static [&'static str],
    },
    /// A bare number: what is said of it follows from its class.
    Number,
}

/// A section of an RFC that exists: the build has looked it up, and this is its place in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(into = "Cited")]
pub struct Citation(u16);

/// A citation as JSON has it.
#[derive(Serialize)]
struct Cited {
    rfc: u16,
    section: &'static str,
    title: &'static str,
    url: String,
}

/// A section of an RFC.
#[derive(Debug)]
struct Section {
    rfc: u16,
    number: &'static str,
    title: &'static str,
}

/// A likely cause, what proves it, and what to do.
#[derive(Debug, Serialize)]
pub struct Fix {
    pub cause: &'static str,
    pub check: &'static str,
    pub remedy: &'static str,
}

#[derive(Debug, Serialize)]
pub struct Sender {
    pub who: &'static str,
    /// The methods of the requests that it answers so; none means any.
    pub methods: &'static [&'static str],
    /// The methods that "any" does not mean here.
    pub except: &'static [&'static str],
    pub says: &'static str,
    /// None where it rests on the sources of the page.
    pub cite: Option<Citation>,
}

#[derive(Debug, Serialize)]
pub struct HeaderField {
    pub name: &'static str,
    pub strength: Strength,
    #[serde(rename = "where")]
    pub place: Place,
    /// The condition under which it holds, as a clause after "if".
    pub when: Option<&'static str>,
    pub says: &'static str,
    pub cite: Citation,
}

#[derive(Debug, Serialize)]
pub struct Retry {
    pub verdict: Verdict,
    pub says: &'static str,
    pub cite: Citation,
}

#[derive(Debug, Serialize)]
pub struct Forking {
    pub says: &'static str,
    pub cite: Citation,
}

#[derive(Debug, Serialize)]
pub struct Dialog {
    pub effect: DialogEffect,
    pub says: &'static str,
    pub cite: Citation,
}

/// What a gateway to the telephone network makes of a response (RFC 3398). The two directions are no
/// inverses of each other.
#[derive(Debug, Serialize)]
pub struct Isdn {
    pub to: &'static [Mapping],
    pub from: &'static [Mapping],
    /// Where it is said that all causes that have no row become this code.
    pub from_others: Option<Citation>,
    pub round_trip: Option<&'static str>,
}

#[derive(Debug, Serialize)]
pub struct Mapping {
    pub cause: u16,
    pub name: &'static str,
    /// Whether RFC 3398 lists it; if not, it is what holds for all that is not listed.
    #[serde(skip)]
    pub listed: bool,
    pub when: Option<&'static str>,
    /// What the gateway should try before it sends the cause.
    pub first: Option<&'static str>,
    pub cite: Citation,
}

/// What a product maps a response to and from.
#[derive(Debug, Serialize)]
pub struct Vendor {
    pub product: &'static str,
    pub version: &'static str,
    pub to: &'static [Cause],
    /// Whether `to` is what the product has for codes that it does not list.
    pub to_by_default: bool,
    pub from: &'static [Cause],
    /// Whether all causes that the product does not list become this code.
    pub from_others: bool,
}

/// An ISDN cause of Q.850.
#[derive(Debug, Serialize)]
pub struct Cause {
    #[serde(rename = "cause")]
    pub number: u16,
    pub name: &'static str,
}

/// Another code, and a sentence about it.
#[derive(Debug)]
pub struct Related {
    pub code: StatusCode,
    pub says: &'static str,
}

/// One message of a call-flow ladder.
#[derive(Debug, Serialize)]
pub struct Step {
    pub from: &'static str,
    pub to: &'static str,
    pub message: &'static str,
    /// Whether it is the response that the page is about.
    pub marked: bool,
}

/// The HTTP status code of the same number.
#[derive(Debug)]
pub struct Http {
    pub phrase: &'static str,
    pub kin: Kin,
}

/// A warn-code of the Warning header field.
#[derive(Debug)]
pub struct Warning {
    pub code: u16,
    pub text: &'static str,
    pub says: &'static str,
    pub cite: Citation,
    /// The codes of the responses that carry it.
    pub codes: &'static [StatusCode],
}

/// What holds for every code of a class.
#[derive(Debug)]
pub struct ClassRule {
    pub name: &'static str,
    pub title: &'static str,
    pub says: &'static str,
    pub defined: Citation,
    /// What a client does with a code of the class that it does not know.
    pub unknown: &'static str,
    pub cite: Citation,
    pub retry: Retry,
    pub forking: Forking,
    /// What becomes of the other branches of a forked request, in a few words.
    pub others: &'static str,
    pub dialog: Dialog,
}

/// Codes that people confuse, told apart by hand.
#[derive(Debug)]
pub struct Family {
    pub id: &'static str,
    pub codes: &'static [StatusCode],
    pub question: &'static str,
    pub in_short: &'static str,
    pub differences: &'static [FamilyDifference],
    /// A one-line test for each code.
    pub tests: &'static [Related],
    pub advice: &'static [Advice],
    pub mistakes: &'static [Mistake],
}

#[derive(Debug)]
pub struct FamilyDifference {
    pub topic: &'static str,
    /// The difference lies between codes of different groups.
    pub groups: &'static [&'static [StatusCode]],
    pub clauses: &'static [Clause],
    pub cite: Option<Citation>,
}

/// What a difference says of some of its codes.
#[derive(Debug)]
pub struct Clause {
    pub of: &'static [StatusCode],
    /// `{0}` stands for the first group, as "a 480 or 486". A clause that ends in no mark ends in a semicolon.
    pub says: &'static str,
}

#[derive(Debug)]
pub struct Advice {
    pub code: StatusCode,
    /// When to send it, as a clause after "Send it when".
    pub send: &'static str,
    /// What to do on receiving it.
    pub received: &'static str,
}

#[derive(Debug)]
pub struct Mistake {
    /// The codes that it is made with.
    pub of: &'static [StatusCode],
    pub says: &'static str,
    pub why: &'static str,
    pub cite: Option<Citation>,
}

/// Returns every response that has a name, registered or not, in the order of the codes.
pub fn responses() -> &'static [Response] {
    &tables::RESPONSES
}

/// Returns the responses of the IANA registry, in the order of the codes.
pub fn registered() -> impl DoubleEndedIterator<Item = &'static Response> {
    responses()
        .iter()
        .filter(|response| response.is_registered())
}

/// Returns the response of any code: one that nobody registered is answered by the rule of its class
/// (RFC 3261 section 8.1.3.2).
pub fn response(code: StatusCode) -> &'static Response {
    match responses().binary_search_by_key(&code, |response| response.code) {
        Ok(index) => &responses()[index],
        Err(_) => unregistered::response(code),
    }
}

pub fn families() -> &'static [Family] {
    &tables::FAMILIES
}

pub fn warnings() -> &'static [Warning] {
    &tables::WARNINGS
}

/// Returns every word of a symptom as it is compared, in order.
pub fn vocabulary() -> impl Iterator<Item = &'static str> {
    tables::VOCABULARY.lines()
}

/// Returns the ISDN causes that SIP responses become or come from.
pub fn causes() -> &'static [Cause] {
    &tables::CAUSES
}

/// Returns what holds for every code of a class.
pub fn class_rule(class: Class) -> &'static ClassRule {
    &tables::CLASSES[class as usize]
}

impl Response {
    pub fn class(&self) -> Class {
        self.code.class()
    }

    /// Returns the code and its reason phrase, as a status line shows them.
    pub fn title(&self) -> String {
        match self.standing {
            Standing::Registered { .. } => format!("{} {}", self.code, self.phrase),
            Standing::Field { .. } => format!("{} {} (not registered)", self.code, self.phrase),
            Standing::Number => format!("{} (not registered)", self.code),
        }
    }

    pub fn is_registered(&self) -> bool {
        self.status().is_some()
    }

    /// Returns whether somebody wrote its page.
    pub fn is_written(&self) -> bool {
        self.standing != Standing::Number
    }

    /// Returns what the registry says of it.
    pub fn status(&self) -> Option<Status> {
        match self.standing {
            Standing::Registered { status, .. } => Some(status),
            Standing::Field { .. } | Standing::Number => None,
        }
    }

    /// Returns the section that defines it.
    pub fn defined(&self) -> Option<Citation> {
        match self.standing {
            Standing::Registered { defined, .. } => Some(defined),
            Standing::Field { defined, .. } => defined,
            Standing::Number => None,
        }
    }

    /// Returns where it is found if no RFC defines it.
    pub fn sources(&self) -> &'static [&'static str] {
        match self.standing {
            Standing::Field { sources, .. } => sources,
            Standing::Registered { .. } | Standing::Number => &[],
        }
    }

    /// Returns who usually sends it, for a strip of facts.
    pub fn sender(&self) -> Option<&'static str> {
        self.sent_by.first().map(|sender| sender.who)
    }

    /// Returns the warn-codes that it usually carries.
    pub fn warnings(&self) -> impl Iterator<Item = &'static Warning> {
        let code = self.code;
        warnings()
            .iter()
            .filter(move |warning| warning.codes.contains(&code))
    }
}

impl PartialEq for Response {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Response {}

impl Citation {
    fn entry(self) -> &'static Section {
        &tables::SECTIONS[usize::from(self.0)]
    }

    pub fn rfc(self) -> u16 {
        self.entry().rfc
    }

    /// Returns the number of the section, or its letter in an appendix.
    pub fn section(self) -> &'static str {
        self.entry().number
    }

    pub fn title(self) -> &'static str {
        self.entry().title
    }

    /// Returns the address of the section at the RFC Editor.
    pub fn url(self) -> String {
        let part = if self
            .section()
            .starts_with(|c: char| c.is_ascii_alphabetic())
        {
            "appendix"
        } else {
            "section"
        };
        format!(
            "https://www.rfc-editor.org/rfc/rfc{}#{part}-{}",
            self.rfc(),
            self.section()
        )
    }
}

impl From<Citation> for Cited {
    fn from(cite: Citation) -> Self {
        Self {
            rfc: cite.rfc(),
            section: cite.section(),
            title: cite.title(),
            url: cite.url(),
        }
    }
}

impl std::fmt::Display for Citation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RFC {} section {}", self.rfc(), self.section())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_of_three_digits_from_100_to_699_has_an_answer() {
        for code in 100..700 {
            let code = StatusCode::new(code).expect("a response code");
            assert_eq!(response(code).code, code);
        }
    }

    #[test]
    fn the_tables_are_in_the_order_of_the_codes() {
        assert!(responses().is_sorted_by_key(|response| response.code));
    }

    #[test]
    fn a_citation_leads_to_its_section() {
        let cite = response(StatusCode::of(486))
            .defined()
            .expect("it is defined");
        assert_eq!(
            cite.url(),
            "https://www.rfc-editor.org/rfc/rfc3261#section-21.4.24"
        );
    }
}
