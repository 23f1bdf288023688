//! What a hit must have besides the words: a class, a header field, a sender, a cause and so on.

use std::borrow::Cow;

use super::Sets;
use crate::catalog::{
    self, Cause, Citation, Class, HeaderField, List, Place, Response, Sender, Status, StatusCode,
    Strength, Text, Warning, responses,
};

/// What a filter lets through.
pub(super) enum Filter {
    Code(StatusCode),
    /// The first digits.
    Prefix(String),
    Class(Class),
    /// Codes that an RFC defines, or else those whose pages cite it.
    Rfc {
        number: u16,
        defines: bool,
    },
    Header {
        name: &'static str,
        only_musts: bool,
    },
    Method(&'static str),
    From(String),
    Cause {
        number: u16,
        listed: bool,
    },
    Warn(u16),
    Bookmarked,
    Unregistered,
    /// Nothing can fit, and why.
    Nothing(String),
}

/// The name of a filter, as it is written before the colon.
#[derive(Clone, Copy)]
pub(super) enum Name {
    Rfc,
    Header,
    Method,
    From,
    Cause,
    Warn,
    Class,
    Is,
}

/// Why a filter let a response through, and how good a hit that makes it.
pub(super) struct Pass {
    pub(super) why: Cow<'static, str>,
    pub(super) score: i64,
}

/// A row of the table of filters.
struct Known {
    /// How it is written, with a value: the name, a colon, the value.
    example: &'static str,
    name: Name,
    takes: &'static str,
    finds: &'static str,
}

impl Known {
    fn name(&self) -> &'static str {
        self.example
            .split_once(':')
            .map_or(self.example, |(name, _)| name)
    }
}

const FILTERS: [Known; 8] = [
    Known {
        example: "rfc:3262",
        name: Name::Rfc,
        takes: "the number of an RFC",
        finds: "codes that the RFC defines, or else those whose page cites it",
    },
    Known {
        example: "header:retry-after",
        name: Name::Header,
        takes: "the name of a header field",
        finds: "codes whose page has a rule for the header field",
    },
    Known {
        example: "method:register",
        name: Name::Method,
        takes: "a method",
        finds: "codes that answer the method, then those of any method; REGISTER does the same",
    },
    Known {
        example: "from:proxy",
        name: Name::From,
        takes: "who sends it",
        finds: "codes that a proxy sends",
    },
    Known {
        example: "cause:17",
        name: Name::Cause,
        takes: "a cause of Q.850 from 1 to 127",
        finds: "codes that come from or become the ISDN cause",
    },
    Known {
        example: "warn:305",
        name: Name::Warn,
        takes: "a warn-code",
        finds: "codes that carry the warn-code",
    },
    Known {
        example: "class:4xx",
        name: Name::Class,
        takes: "a class",
        finds: "codes of the class; 4xx alone does the same",
    },
    Known {
        example: "is:bookmarked",
        name: Name::Is,
        takes: "bookmarked or unregistered",
        finds: "codes that you bookmarked; is:unregistered finds those of the field",
    },
];

/// Returns every filter as it may be written, with what it finds.
pub fn filters() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILTERS.iter().map(|known| (known.example, known.finds))
}

impl Name {
    pub(super) fn parse(name: &str) -> Option<Self> {
        let found = FILTERS
            .iter()
            .find(|known| known.name().eq_ignore_ascii_case(name));
        found.map(|known| known.name)
    }

    /// Returns the names of all filters, in words.
    pub(super) fn list() -> String {
        let names = FILTERS.iter().map(|known| format!("{}:", known.name()));
        let names: Vec<String> = names.collect();
        let (last, names) = names.split_last().expect("there are filters");
        format!("the filters are {} and {last}", names.join(", "))
    }

    /// Returns what belongs after the colon, in words.
    pub(super) fn takes(self) -> String {
        let known = &FILTERS[self as usize];
        let (name, example) = (known.name(), known.example);
        format!("{name}: takes {}, such as {example}", known.takes)
    }

    pub(super) fn filter(self, value: &str) -> Filter {
        match self {
            Self::Rfc => Filter::rfc(value),
            Self::Header => Filter::header(value),
            Self::Method => Filter::method(value),
            Self::From => Filter::from(value),
            Self::Cause => Filter::cause(value),
            Self::Warn => Filter::warn(value),
            Self::Class => {
                Class::parse(value).map_or_else(|| Filter::Nothing(self.takes()), Filter::Class)
            }
            Self::Is => match value.to_ascii_lowercase().as_str() {
                "bookmarked" => Filter::Bookmarked,
                "unregistered" => Filter::Unregistered,
                _ => Filter::Nothing(self.takes()),
            },
        }
    }
}

/// The best that a filter can give.
const BEST: i64 = 1_000;

impl Filter {
    fn rfc(value: &str) -> Self {
        let Ok(number) = value.parse() else {
            return Self::Nothing(Name::Rfc.takes());
        };
        let defines = responses()
            .iter()
            .any(|response| defined_in(response, number).is_some());
        if !defines
            && !responses()
                .iter()
                .any(|response| cited(response, number).is_some())
        {
            return Self::Nothing(format!("no page cites RFC {number}"));
        }
        Self::Rfc { number, defines }
    }

    /// Takes the name of a header field; one that no page has finds nothing, and says so.
    pub(super) fn header(name: &str) -> Self {
        Self::known_header(name).unwrap_or_else(|| {
            Self::Nothing(format!(
                "no page says anything of the header field \"{name}\""
            ))
        })
    }

    /// Takes the name of a header field that some page has.
    pub(super) fn known_header(name: &str) -> Option<Self> {
        let mut fields = responses().iter().flat_map(|response| response.headers);
        let field = fields.find(|field| field.name.eq_ignore_ascii_case(name))?;
        let name = field.name.as_str();
        Some(Self::Header {
            name,
            only_musts: false,
        })
    }

    fn method(name: &str) -> Self {
        method_named(name).map_or_else(
            || {
                let name = name.to_ascii_uppercase();
                Self::Nothing(format!("no page says that it answers the method {name}"))
            },
            Self::Method,
        )
    }

    fn from(who: &str) -> Self {
        let who = who.to_lowercase();
        let mut senders = responses().iter().flat_map(|response| response.sent_by);
        if senders.any(|sender| is_sender(&sender.who, &who)) {
            Self::From(who)
        } else {
            Self::Nothing(format!("no page names \"{who}\" as a sender"))
        }
    }

    /// Takes a cause of Q.850, or what a product calls a cause and is a status code.
    pub(super) fn cause(value: &str) -> Self {
        let Ok(number) = value.parse::<u16>() else {
            return Self::Nothing(Name::Cause.takes());
        };
        if let Ok(code) = StatusCode::new(number) {
            // Q.850 ends at 127; the numbers from 100 on that it has are meant.
            if number > 127 {
                return Self::Code(code);
            }
        }
        let listed = responses()
            .iter()
            .any(|response| of_rfc_3398(response, number).is_some());
        let by_products = || responses().iter().any(|r| of_products(r, number).is_some());
        if listed || by_products() {
            return Self::Cause { number, listed };
        }
        let name = catalog::causes()
            .iter()
            .find(|cause| cause.number == number);
        Self::Nothing(match name {
            Some(cause) => format!("no response stands for cause {number}, {}", cause.name),
            None => format!("no page has the cause {number}"),
        })
    }

    pub(super) fn warn(value: &str) -> Self {
        match value.parse() {
            Ok(code)
                if catalog::warnings()
                    .iter()
                    .any(|warning| warning.code == code) =>
            {
                Self::Warn(code)
            }
            Ok(code) => Self::Nothing(format!("{code} is no registered warn-code")),
            Err(_) => Self::Nothing(Name::Warn.takes()),
        }
    }

    /// Takes a header field that stands alone. A name that is also an English word stands for the codes that
    /// must carry it.
    pub(super) fn bare(term: &str) -> Option<Self> {
        let Self::Header { name, .. } = Self::known_header(term)? else {
            return None;
        };
        let filter = Self::Header {
            name,
            only_musts: true,
        };
        let any = responses()
            .iter()
            .any(|response| filter.pass(response, &Sets::default()).is_some());
        any.then_some(filter)
    }

    /// Returns whether unregistered codes can be meant.
    pub(super) fn is_for_unregistered(&self) -> bool {
        matches!(self, Self::Unregistered | Self::Bookmarked)
    }

    /// Returns why it lets a response through; none if it does not.
    pub(super) fn pass(&self, response: &'static Response, sets: &Sets) -> Option<Pass> {
        let pass = |why: String, score| {
            Some(Pass {
                why: why.into(),
                score,
            })
        };
        match self {
            Self::Code(code) => (response.code == *code).then(|| Pass {
                why: "the code itself".into(),
                score: 0,
            }),
            Self::Prefix(digits) => {
                let begins = response.code.to_string().starts_with(digits);
                begins.then(|| Pass {
                    why: format!("begins with {digits}").into(),
                    score: 0,
                })
            }
            Self::Class(class) => (response.class() == *class).then(|| Pass {
                why: class.pattern().into(),
                score: 0,
            }),
            Self::Rfc {
                number,
                defines: true,
            } => {
                let defined = defined_in(response, *number)?;
                pass(format!("defined in {defined}"), BEST)
            }
            Self::Rfc {
                number,
                defines: false,
            } => {
                let (section, count) = cited(response, *number)?;
                pass(format!("cites RFC {number} section {section}"), count)
            }
            Self::Header { name, only_musts } => {
                let fields = response.headers.iter().filter(|field| field.name == *name);
                let fields = fields.map(|field| (weight(field), field));
                let Some((weight, field)) = fields.max_by_key(|(weight, _)| *weight) else {
                    // Who carries a warn-code carries the field.
                    let warning = response.warnings().next();
                    let warning = warning.filter(|_| *name == "Warning" && !only_musts)?;
                    return pass(in_warning(warning), 0);
                };
                if *only_musts && field.strength != Strength::Must {
                    return None;
                }
                let named = name.to_ascii_lowercase();
                let said = response.symptoms.iter().any(|said| said.contains(&named));
                pass(field_in_words(field), weight + BEST * i64::from(said))
            }
            Self::Method(method) => {
                let of = |sender: &&Sender| is_named(sender.methods, method);
                let Some(sender) = response.sent_by.iter().find(of) else {
                    let sender = answers_any(response, method)?;
                    return pass(format!("answers any method, from {}", sender.who), 0);
                };
                // A page all about the method comes before one that names it among others.
                let share = response
                    .sent_by
                    .iter()
                    .filter(of)
                    .map(|sender| 100 / sender.methods.len());
                let score = share.sum::<usize>() / response.sent_by.len();
                let score = i64::try_from(score).unwrap_or_default();
                pass(
                    format!("answers {method}, from {}", sender.who),
                    BEST + score,
                )
            }
            Self::From(who) => {
                let at = response
                    .sent_by
                    .iter()
                    .position(|s| is_sender(&s.who, who))?;
                let score = BEST - i64::try_from(at).unwrap_or(BEST);
                pass(format!("from {}", response.sent_by[at].who), score)
            }
            Self::Cause { number, listed } => {
                let found = if *listed {
                    of_rfc_3398(response, *number)
                } else {
                    of_products(response, *number)
                };
                let (why, score) = found?;
                pass(why, score)
            }
            Self::Warn(code) => {
                let warning = response.warnings().find(|warning| warning.code == *code)?;
                pass(in_warning(warning), 0)
            }
            Self::Bookmarked => sets.bookmarked.contains(&response.code).then(|| Pass {
                why: "bookmarked".into(),
                score: 0,
            }),
            Self::Unregistered => (!response.is_registered()).then(|| Pass {
                why: "not registered".into(),
                score: 0,
            }),
            Self::Nothing(_) => None,
        }
    }
}

fn methods() -> impl Iterator<Item = &'static Text> {
    responses()
        .iter()
        .flat_map(|response| response.sent_by)
        .flat_map(|sender| sender.methods)
}

/// Returns the method of a name, whatever its case.
pub(super) fn method_named(name: &str) -> Option<&'static str> {
    let mut methods = methods();
    methods
        .find(|method| method.eq_ignore_ascii_case(name))
        .map(|method| method.as_str())
}

fn is_named(methods: List<Text>, method: &str) -> bool {
    methods.iter().any(|named| named == method)
}

/// Returns who sends a response to any method, this one among them; nobody sends a reserved one.
fn answers_any(response: &'static Response, method: &str) -> Option<&'static Sender> {
    let is_reserved = response.status() == Some(Status::Reserved);
    let mut senders = response.sent_by.iter().filter(|_| !is_reserved);
    senders.find(|sender| sender.methods.is_empty() && !is_named(sender.except, method))
}

fn in_warning(warning: &Warning) -> String {
    format!("carries warn-code {}, {}", warning.code, warning.text)
}

fn is_sender(who: &str, wanted: &str) -> bool {
    who.to_lowercase()
        .split(' ')
        .any(|word| word.starts_with(wanted))
        || who.eq_ignore_ascii_case(wanted)
}

fn defined_in(response: &Response, rfc: u16) -> Option<Citation> {
    response.defined().filter(|defined| defined.rfc() == rfc)
}

/// Returns the first section of an RFC that a page cites, and how often it cites the RFC.
fn cited(response: &'static Response, rfc: u16) -> Option<(&'static str, i64)> {
    let cites = response.cites().into_iter();
    let cites = cites.filter(|cite| cite.rfc() == rfc);
    let sections: Vec<_> = cites.map(Citation::section).collect();
    let count = i64::try_from(sections.len()).unwrap_or(i64::MAX);
    Some((sections.first()?, count))
}

/// Returns the number of each RFC that the filter finds something for, as often as it is named.
pub fn cited_rfcs() -> impl Iterator<Item = u16> {
    let of = |response: &'static Response| response.cites().into_iter().chain(response.defined());
    responses().iter().flat_map(of).map(Citation::rfc)
}

/// Returns how telling a header field is: what the response must carry before what it may.
fn weight(field: &HeaderField) -> i64 {
    let strength = match field.strength {
        Strength::Must => 4,
        Strength::Should => 3,
        Strength::May => 2,
        Strength::MustNot | Strength::ShouldNot => 1,
    };
    let place = match field.place {
        Place::Response => 2,
        Place::NextRequest => 1,
        Place::Request => 0,
    };
    strength * 10 + i64::from(field.when.is_none()) * 5 + place
}

fn field_in_words(field: &HeaderField) -> String {
    let condition = if field.when.is_some() {
        ", on a condition"
    } else {
        ""
    };
    match field.place {
        Place::Response => format!(
            "{} carry {}{condition}",
            field.strength.as_str(),
            field.name
        ),
        Place::NextRequest => {
            let strength = field.strength.as_str();
            format!(
                "the next request {strength} carry {}{condition}",
                field.name
            )
        }
        Place::Request => format!("the request has {}{condition}", field.name),
    }
}

/// Returns every cause with its names, those of Q.850 and those of products.
fn causes() -> impl Iterator<Item = &'static Cause> {
    let of_products = responses()
        .iter()
        .flat_map(|response| response.vendors)
        .flat_map(|vendor| vendor.from.iter().chain(vendor.to));
    catalog::causes().iter().chain(of_products)
}

fn has_word(cause: &Cause, word: &str) -> bool {
    let mut words = cause.name.split([' ', '_', ',']);
    words.any(|other| other.eq_ignore_ascii_case(word))
}

/// Returns whether a word stands in a name of a cause.
pub(super) fn is_of_cause(word: &str, number: u16) -> bool {
    causes().any(|cause| cause.number == number && has_word(cause, word))
}

/// Takes the cause whose name has all of these words; a single one must be the name but for ", unspecified".
pub(super) fn cause_named(words: &[String]) -> Option<Filter> {
    let is_name = |cause: &Cause, word: &str| {
        let name = cause.name.split(',').next();
        name.is_some_and(|name| name.eq_ignore_ascii_case(word))
    };
    let cause = causes().find(|cause| match words {
        [word] => is_name(cause, word),
        words => words.iter().all(|word| has_word(cause, word)),
    })?;
    Some(Filter::cause(&cause.number.to_string()))
}

/// Returns what RFC 3398 makes of a cause, one way or the other.
fn of_rfc_3398(response: &Response, cause: u16) -> Option<(String, i64)> {
    let isdn = &response.isdn;
    let comes = isdn.from.iter().find(|mapping| mapping.cause == cause);
    let leaves = isdn
        .to
        .iter()
        .find(|mapping| mapping.listed && mapping.cause == cause);
    let name = comes.or(leaves)?.name;
    let (way, score) = match (comes, leaves) {
        (Some(from), _) if from.when.is_none() => ("comes from", 3),
        (Some(_), leaves) => ("may come from", 1 + i64::from(leaves.is_some())),
        (None, _) => ("leaves as", 0),
    };
    Some((format!("{way} ISDN cause {cause}, {name}"), score))
}

/// Returns what products make of a cause.
fn of_products(response: &Response, cause: u16) -> Option<(String, i64)> {
    response.vendors.iter().find_map(|vendor| {
        let of = |causes: List<Cause>| causes.iter().find(|c| c.number == cause);
        let (found, score) = match (of(vendor.from), of(vendor.to)) {
            (Some(cause), _) => (cause, BEST),
            (None, Some(cause)) => (cause, 0),
            (None, None) => return None,
        };
        Some((
            format!("{}: cause {cause}, {}", vendor.product, found.name),
            score,
        ))
    })
}
