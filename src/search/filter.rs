//! What a hit must have besides the words: a class, a header field, a sender, a cause and so on.

mod cause;
mod class;
mod digits;
mod header;
mod method;
mod notation;
mod pass;
mod product;
mod rfc;
mod sender;
mod state;
mod timer;
mod warning;

use super::rank::Rank;
use super::sets::Sets;
use crate::catalog::{
    Class, Entry, Response, StatusCode, Topic, TopicKind, Warning, products, topic, topics_of,
};
pub(super) use cause::Cause;
use digits::Digits;
use header::Header;
pub(super) use method::Method;
use notation::Notation;
use pass::Pass;
use product::Product;
use rfc::Rfc;
pub use rfc::cited_rfcs;
use sender::Who;
use state::State;

/// What a filter lets through.
#[derive(Clone, Debug)]
pub(super) enum Filter {
    Digits(Digits),
    Class(Class),
    Rfc(Rfc),
    Header(Header),
    Method(Method),
    From(Who),
    Cause(Cause),
    Warning(&'static Warning),
    Timer(&'static Topic),
    Product(Product),
    Is(State),
    /// Any of several, whose values begin with what has been typed.
    Begun(Vec<Self>),
    /// Nothing can fit, and why.
    Nothing(String),
}

/// A kind of filter that has a name.
pub(super) struct Kind {
    notation: Notation,
    parse: fn(&str) -> Filter,
    begin: fn(&str) -> Vec<Filter>,
}

const KINDS: [Kind; 11] = [
    Kind {
        notation: rfc::NOTATION,
        parse: Filter::rfc,
        begin: |digits| Rfc::begun(digits).into_iter().map(Filter::Rfc).collect(),
    },
    Kind {
        notation: header::NOTATION,
        parse: Filter::header,
        begin: |name| Header::begun(name).map(Filter::Header).collect(),
    },
    Kind {
        notation: method::NOTATION,
        parse: Filter::method,
        begin: |name| Method::begun(name).map(Filter::Method).collect(),
    },
    Kind {
        notation: sender::NOTATION,
        parse: Filter::from,
        begin: none_begun,
    },
    Kind {
        notation: cause::NOTATION,
        parse: Filter::cause,
        begin: none_begun,
    },
    Kind {
        notation: warning::NOTATION,
        parse: Filter::warning,
        begin: |code| warning::begun(code).map(Filter::Warning).collect(),
    },
    Kind {
        notation: timer::NOTATION,
        parse: Filter::timer,
        begin: |name| timer::begun(name).map(Filter::Timer).collect(),
    },
    Kind {
        notation: product::NOTATION,
        parse: Filter::product,
        begin: none_begun,
    },
    Kind {
        notation: product::FAILOVER,
        parse: Filter::failover,
        begin: none_begun,
    },
    Kind {
        notation: class::NOTATION,
        parse: Filter::class,
        begin: |class| class::begun(class).map(Filter::Class).collect(),
    },
    Kind {
        notation: state::NOTATION,
        parse: Filter::is,
        begin: |state| State::begun(state).map(Filter::Is).collect(),
    },
];

/// For values that are found by their beginnings anyway, or are numbers that begin nothing.
fn none_begun(_: &str) -> Vec<Filter> {
    Vec::new()
}

/// Returns every filter as it may be written, with what it finds.
pub fn filters() -> impl Iterator<Item = (&'static str, &'static str)> {
    KINDS
        .iter()
        .map(|kind| (kind.notation.example, kind.notation.finds))
}

impl Kind {
    /// Returns the kind of filter that a name before a colon means.
    pub(super) fn named(name: &str) -> Option<&'static Self> {
        let mut kinds = KINDS.iter();
        kinds.find(|kind| kind.notation.name().eq_ignore_ascii_case(name))
    }

    /// Returns the kind whose name begins so.
    pub(super) fn begins(name: &str) -> Option<&'static Self> {
        let is_so = |kind: &&Self| {
            let start = kind.notation.name().get(..name.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(name))
        };
        KINDS.iter().find(is_so)
    }

    /// Returns what lets through what any value lets through that begins so.
    pub(super) fn begun(&self, value: &str) -> Option<Filter> {
        let begun = (self.begin)(value);
        (!begun.is_empty()).then_some(Filter::Begun(begun))
    }

    /// Returns the names of all filters, in words.
    pub(super) fn all_names() -> String {
        let [before @ .., last] = KINDS
            .each_ref()
            .map(|kind| format!("{}:", kind.notation.name()));
        format!("the filters are {} and {last}", before.join(", "))
    }

    /// Returns what belongs after the colon, in words.
    pub(super) fn usage(&self) -> String {
        self.notation.usage()
    }

    pub(super) fn filter(&self, value: &str) -> Filter {
        (self.parse)(value)
    }

    /// Returns whether it has the name of a header field: "From: Bob" is one.
    pub(super) fn is_header_field(&self) -> bool {
        self.notation.name() == sender::NOTATION.name()
    }
}

impl Filter {
    pub(super) fn digits(term: &str) -> Self {
        Digits::parse(term).map_or_else(Self::Nothing, Self::Digits)
    }

    fn class(value: &str) -> Self {
        class::parse(value).map_or_else(Self::Nothing, Self::Class)
    }

    pub(super) fn rfc(value: &str) -> Self {
        Rfc::parse(value).map_or_else(Self::Nothing, Self::Rfc)
    }

    pub(super) fn header(name: &str) -> Self {
        Header::parse(name).map_or_else(Self::Nothing, Self::Header)
    }

    /// Takes a section of an RFC that some page cites.
    pub(super) fn section(rfc: &str, section: &str) -> Option<Self> {
        Rfc::section(rfc, section).map(Self::Rfc)
    }

    /// Takes the name of a header field that some page has.
    pub(super) fn known_header(name: &str) -> Option<Self> {
        Header::known(name).map(Self::Header)
    }

    /// Takes a header field that stands alone.
    pub(super) fn bare_header(term: &str) -> Option<Self> {
        Header::bare(term).map(Self::Header)
    }

    fn method(name: &str) -> Self {
        Method::parse(name).map_or_else(Self::Nothing, Self::Method)
    }

    fn from(who: &str) -> Self {
        Who::parse(who).map_or_else(Self::Nothing, Self::From)
    }

    pub(super) fn cause(value: &str) -> Self {
        Cause::parse(value).map_or_else(Self::Nothing, Self::Cause)
    }

    pub(super) fn warning(value: &str) -> Self {
        warning::parse(value).map_or_else(Self::Nothing, Self::Warning)
    }

    pub(super) fn timer(name: &str) -> Self {
        timer::parse(name).map_or_else(Self::Nothing, Self::Timer)
    }

    fn product(name: &str) -> Self {
        Product::parse(name, false).map_or_else(Self::Nothing, Self::Product)
    }

    fn failover(name: &str) -> Self {
        Product::parse(name, true).map_or_else(Self::Nothing, Self::Product)
    }

    fn is(value: &str) -> Self {
        State::parse(value).map_or_else(Self::Nothing, Self::Is)
    }

    /// Returns why it lets a response through; none if it does not.
    pub(super) fn pass(&self, response: &'static Response, sets: &Sets) -> Option<Pass> {
        match self {
            Self::Digits(digits) => digits.pass(response),
            Self::Class(class) => class::pass(*class, response),
            Self::Rfc(rfc) => rfc.pass(response),
            Self::Header(header) => header.pass(response),
            Self::Method(method) => method.pass(response),
            Self::From(who) => who.pass(response),
            Self::Cause(cause) => cause.pass(response),
            Self::Warning(warning) => warning::pass(warning, response),
            Self::Timer(timer) => timer::pass(timer, response),
            Self::Product(product) => product.pass(response),
            Self::Is(state) => state.pass(response, sets),
            Self::Begun(filters) => {
                let passes = filters
                    .iter()
                    .filter_map(|filter| filter.pass(response, sets));
                // The first of equals, so that the order of the values holds.
                passes.reduce(|best, pass| {
                    if pass.weight > best.weight {
                        pass
                    } else {
                        best
                    }
                })
            }
            Self::Nothing(_) => None,
        }
    }

    /// Returns the causes, warn-codes, timers and products that it asks for.
    pub(super) fn entries(&self) -> Vec<Entry> {
        match self {
            Self::Cause(cause) => {
                let number = cause.number().map(|number| number.to_string());
                let cause = number.and_then(|number| topic(TopicKind::Cause, &number));
                cause.map(Entry::from).into_iter().collect()
            }
            Self::Warning(warning) => {
                let topic = topic(TopicKind::Warning, &warning.code.to_string());
                topic.map(Entry::from).into_iter().collect()
            }
            Self::Timer(timer) => vec![Entry::from(*timer)],
            Self::Product(product) => {
                let products = products().iter();
                let named = products.filter(|other| product.is(&other.name));
                named.map(Entry::from).collect()
            }
            Self::Is(State::Topics(kind)) => topics_of(*kind).map(Entry::from).collect(),
            Self::Is(State::Products) => products().iter().map(Entry::from).collect(),
            Self::Begun(filters) => filters.iter().flat_map(Self::entries).collect(),
            Self::Rfc(rfc) => rfc.topics().map(Entry::from).collect(),
            _ => Vec::new(),
        }
    }

    /// Returns why it can let nothing through.
    pub(super) fn refusal(&self, sets: &Sets) -> Option<String> {
        match self {
            Self::Nothing(why) => Some(why.clone()),
            Self::Begun(filters) => {
                let refused: Option<Vec<_>> = filters.iter().map(|f| f.refusal(sets)).collect();
                refused?.into_iter().next()
            }
            Self::Is(State::Bookmarked) if sets.bookmarked.is_empty() => {
                Some("there are no bookmarks to show".into())
            }
            _ => None,
        }
    }

    /// Returns for a filter on leading digits how many they are, and the rank of what begins so.
    pub(super) fn digits_seen(&self) -> Option<(usize, Rank)> {
        match self {
            Self::Digits(digits) => Some((digits.count(), Rank::Prefix)),
            Self::Class(_) => Some((1, Rank::Class)),
            _ => None,
        }
    }

    /// Returns the code that it stands for: a product calls some codes causes.
    pub(super) fn code(&self) -> Option<StatusCode> {
        match self {
            Self::Cause(cause) => cause.code(),
            _ => None,
        }
    }

    pub(super) fn is_for_bookmarks(&self) -> bool {
        match self {
            Self::Begun(filters) => filters.iter().any(Self::is_for_bookmarks),
            filter => matches!(filter, Self::Is(State::Bookmarked)),
        }
    }

    /// Returns whether unregistered codes can be meant.
    pub(super) fn is_for_unregistered(&self) -> bool {
        match self {
            Self::Begun(filters) => filters.iter().any(Self::is_for_unregistered),
            filter => matches!(filter, Self::Is(State::Unregistered | State::Bookmarked)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::responses;

    #[test]
    fn each_example_is_read_by_its_kind_and_finds_something() {
        let sets = Sets {
            bookmarked: [responses()[0].code].into(),
            ..Sets::default()
        };
        for (example, _) in filters() {
            let (name, value) = example.split_once(':').expect("a colon");
            let kind = Kind::named(&name.to_uppercase()).expect("a name in any case");
            assert_eq!(kind.notation.example, example);
            let filter = kind.filter(value);
            let finds = responses().iter().any(|r| filter.pass(r, &sets).is_some());
            assert!(finds && filter.refusal(&sets).is_none(), "{filter:?}");
        }
    }

    #[test]
    fn the_names_of_all_filters_are_said() {
        assert_eq!(
            Kind::all_names(),
            "the filters are rfc:, header:, method:, from:, cause:, warn:, timer:, product:, failover:, class: and is:"
        );
        assert!(Kind::named("foo").is_none());
        assert_eq!(
            Kind::named("warn").map(Kind::usage).as_deref(),
            Some("warn: takes a warn-code, such as warn:305")
        );
    }
}
