//! What follows from the fields of a response.

use super::form::Part;
use super::tables::{CLASSES, COMMON, WARNINGS};
use super::{
    Branches, Citation, Class, HeaderField, List, Place, Response, Status, StatusCode, Text,
    Warning,
};

/// Who has named a code: the registry, the field, or nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The IANA registry has it.
    Registered { defined: Citation, status: Status },
    /// It is met all the same: an old RFC has it, or the sources do: product, file and version.
    Field {
        defined: Option<Citation>,
        sources: List<Text>,
    },
    /// A bare number: what is said of it follows from its class.
    Number,
}

impl Response {
    pub fn class(&self) -> Class {
        self.code.class()
    }

    pub fn standing(&self) -> Standing {
        match (self.phrase, self.status, self.defined) {
            (None, ..) => Standing::Number,
            (Some(_), Some(status), Some(defined)) => Standing::Registered { defined, status },
            (Some(_), _, defined) => Standing::Field {
                defined,
                sources: self.sources,
            },
        }
    }

    /// Returns the reason phrase, which is empty for a bare number.
    pub fn phrase(&self) -> &'static str {
        self.phrase.map_or("", Text::as_str)
    }

    /// Returns the code and its reason phrase, as a status line shows them.
    pub fn title(&self) -> String {
        match self.standing() {
            Standing::Registered { .. } => format!("{} {}", self.code, self.phrase()),
            Standing::Field { .. } => {
                format!("{} {} (not in IANA's list)", self.code, self.phrase())
            }
            Standing::Number => format!("{} (not in IANA's list)", self.code),
        }
    }

    pub fn is_registered(&self) -> bool {
        self.status.is_some()
    }

    /// Returns whether somebody wrote its page.
    pub fn is_written(&self) -> bool {
        self.phrase.is_some()
    }

    /// Returns what the registry says of it.
    pub fn status(&self) -> Option<Status> {
        self.status
    }

    /// Returns the section that defines it.
    pub fn defined(&self) -> Option<Citation> {
        self.defined
    }

    /// Returns where it is found if no RFC defines it.
    pub fn sources(&self) -> List<Text> {
        self.sources
    }

    /// Returns every citation of its page, as they stand there; those of the telephone network come last.
    pub fn cites(&self) -> Vec<Citation> {
        let mut cites = Vec::new();
        self.each_cite(&mut |cite| cites.push(cite));
        let mappings = self.isdn.to.iter().chain(self.isdn.from);
        cites.extend(mappings.map(|mapping| mapping.cite));
        cites.extend(self.isdn.from_others);
        cites
    }

    /// Returns who usually sends it, for a strip of facts.
    pub fn sender(&self) -> Option<&'static str> {
        self.sent_by.first().map(|sender| sender.who.as_str())
    }

    /// Returns the code as which a client treats it that does not know it (RFC 3261 section 8.1.3.2).
    pub fn counts_as(&self) -> StatusCode {
        match self.class() {
            Class::Provisional => StatusCode::of(183),
            _ => StatusCode::of(self.code.get() / 100 * 100),
        }
    }

    /// Returns the methods of the requests that it answers, each once; none means any.
    pub fn methods(&self) -> Vec<&'static str> {
        let mut methods = Vec::new();
        for sender in self.sent_by {
            if sender.methods.is_empty() {
                return Vec::new();
            }
            for method in sender.methods {
                if !methods.contains(&method.as_str()) {
                    methods.push(method.as_str());
                }
            }
        }
        methods
    }

    /// Returns whether it can answer the requests of a method.
    pub fn may_answer(&self, method: &str) -> bool {
        let mut senders = self.sent_by.iter();
        let named = |methods: List<Text>| methods.iter().any(|named| *named == method);
        senders.any(|sender| match sender.methods.as_slice() {
            [] => !named(sender.except),
            _ => named(sender.methods),
        })
    }

    /// Returns whether it can answer an INVITE, and so concern branches and the telephone network.
    pub fn answers_invite(&self) -> bool {
        self.may_answer("INVITE") || self.sent_by.is_empty()
    }

    /// Returns what it does to the other branches of a forked INVITE; none if it answers no INVITE.
    pub fn branches(&self) -> Option<Branches> {
        let own = self.forking.iter().find_map(|forking| forking.verdict);
        let of_class = CLASSES[self.class() as usize].others;
        self.answers_invite().then(|| own.unwrap_or(of_class))
    }

    /// Returns the header fields that have a rule for it, and not for responses of any code.
    pub fn own_fields(&self) -> impl Iterator<Item = &'static HeaderField> {
        let fields = self.headers.iter();
        fields.filter(|field| field.place == Place::Response && !is_common(field))
    }

    /// Returns the warn-codes that it usually carries.
    pub fn warnings(&self) -> impl Iterator<Item = &'static Warning> {
        let code = self.code;
        WARNINGS
            .iter()
            .filter(move |warning| warning.codes.contains(&code))
    }
}

/// Returns whether a rule holds for responses of any code.
fn is_common(field: &HeaderField) -> bool {
    let mut common = COMMON.iter();
    common.any(|common| common.name == field.name && common.strength == field.strength)
}

impl PartialEq for Response {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Response {}
