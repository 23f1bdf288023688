//! The closed vocabularies of the reference: spelled this way in the asset files and in JSON.
//! `build.rs` shares this file, so it names nothing of the crate.

use serde::{Deserialize, Serialize};

/// What the IANA registry says of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    Current,
    Deprecated,
    Reserved,
}

/// How far through the network a response travels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Travels {
    /// As its class does: at once, or from hop to hop, where a proxy may choose another one.
    #[default]
    ByClass,
    /// It stops at the next element (RFC 3261 section 16.7 for the 100).
    HopByHop,
    /// A proxy answers something else in its place (RFC 3261 section 16.7 for the 503).
    RarelyForwarded,
    /// It is meant for a proxy, which tries another way (RFC 5626 section 11.5 for the 430).
    BetweenProxies,
}

/// Whether a response answers requests inside of a dialog, or those that come without one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    #[default]
    Any,
    OutsideDialog,
    InsideDialog,
}

/// How binding a header field is, in the words of RFC 2119: what asks for it before what forbids it, each with the most
/// binding first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub enum Strength {
    #[serde(rename = "MUST")]
    Must,
    #[serde(rename = "SHOULD")]
    Should,
    #[serde(rename = "MAY")]
    May,
    #[serde(rename = "MUST NOT")]
    MustNot,
    #[serde(rename = "SHOULD NOT")]
    ShouldNot,
}

/// The message in which a header field belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    Response,
    /// The request that the client sends after the response.
    NextRequest,
    /// The request that led to the response.
    Request,
}

/// What a client may do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    Wait,
    Done,
    Follow,
    Never,
    Later,
    Changed,
    Credentials,
    Elsewhere,
}

/// What becomes of the dialog (RFC 5057).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DialogEffect {
    None,
    EarlyDialog,
    ConfirmsDialog,
    TransactionOnly,
    EndsUsage,
    EndsDialog,
    /// RFC 5057 says that nobody knows, as of a redirection inside a dialog.
    LeftOpen,
}

/// What becomes of the other branches of a forked request (RFC 3261 section 16.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Branches {
    GoOn,
    /// They go on, and addresses of the response may be tried beside them.
    MayAdd,
    Cancelled,
    /// They are cancelled, and no address is tried any more.
    GivenUp,
    /// There are none, since the request that it answers never forks.
    NoFork,
}

/// What the RFC Editor has made of an erratum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErratumStatus {
    Verified,
    /// Held for document update: right, and of no weight until the document is written anew.
    Held,
    /// Nobody has looked at it yet.
    Reported,
}

/// Whether a code that a side makes up is ever on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wire {
    Local,
    Sent,
    Both,
    /// Another code was received, and is passed on as this one.
    Changed,
}

/// What a product does with the next trunk or server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RouteStep {
    Next,
    Stop,
    Configurable,
}

/// What has a page and is no response, in the order in which they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TopicKind {
    Cause,
    Warning,
    Timer,
}

/// How sure a check is of what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckKind {
    /// The message breaks a rule, whatever stands around it.
    Broken,
    /// It may: what decides is not in the message.
    Doubt,
    /// It is no fault, and worth to be known.
    Note,
}

/// What several messages of a call show together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PatternKind {
    /// A fault, which they prove.
    Fault,
    /// A fault to which they point: what would prove it may be missing.
    Possible,
    /// What looks like a fault and is none.
    Sound,
    /// What happened.
    Told,
}

/// What a cause, warn-code or timer has to do with a response code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// The cause becomes the code.
    Becomes,
    /// The code becomes the cause.
    ComesFrom,
    /// The code carries the cause or warn-code.
    CarriedBy,
    /// The timer makes the code when it fires.
    Makes,
    /// The code stops the timer.
    Stops,
    Starts,
    /// The code is what one answers with.
    Answers,
}

/// What a thing is that the words of a query may be found in, what says most of its entry first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    /// A reason phrase.
    Phrase,
    /// What people say.
    Symptom,
    /// The name of a cause, warn-code, timer or product.
    Name,
    /// What a product calls it.
    Alias,
    /// What a product writes beside it.
    Sent,
    /// The number or constant of a product.
    SubCode,
    /// A sentence of a page.
    Text,
}

/// A section of a page, by the name that it has in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageSection {
    /// The head of a page, which is no section.
    Head,
    Description,
    Seen,
    Fix,
    Confused,
    Send,
    Who,
    Headers,
    Next,
    Branches,
    Dialog,
    Network,
    Local,
    Sent,
    Check,
    Codes,
}

/// How an HTTP status code of the same number is related.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kin {
    Same,
    Other,
}

/// The word of pages and of JSON for a code that the registry does not have.
pub const UNREGISTERED: &str = "unregistered";

impl Status {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Deprecated => "deprecated",
            Self::Reserved => "reserved",
        }
    }
}

impl Wire {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Sent => "sent",
            Self::Both => "local and sent",
            Self::Changed => "changed",
        }
    }
}

impl TopicKind {
    /// Returns the word before its number or name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cause => "cause",
            Self::Warning => "warn-code",
            Self::Timer => "timer",
        }
    }

    /// Returns the folder of its files below `assets`.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Cause => "causes",
            Self::Warning => "warnings",
            Self::Timer => "timers",
        }
    }
}

impl Direction {
    /// Returns the word between a topic and a code.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Becomes => "becomes",
            Self::ComesFrom => "comes from",
            Self::CarriedBy => "is carried by",
            Self::Makes => "makes",
            Self::Stops => "is stopped by",
            Self::Starts => "is started by",
            Self::Answers => "is answered with",
        }
    }
}

impl RouteStep {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Next => "tries the next",
            Self::Stop => "stops",
            Self::Configurable => "as it is set",
        }
    }
}

impl ErratumStatus {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Held => "held for document update",
            Self::Reported => "reported, not verified",
        }
    }
}

impl Strength {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Must => "MUST",
            Self::Should => "SHOULD",
            Self::May => "MAY",
            Self::MustNot => "MUST NOT",
            Self::ShouldNot => "SHOULD NOT",
        }
    }
}

impl Verdict {
    /// Returns the verdict as the fact strip words it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Wait => "wait",
            Self::Done => "nothing to retry",
            Self::Follow => "follow Contact",
            Self::Never => "do not repeat",
            Self::Later => "retry later",
            Self::Changed => "change, then retry",
            Self::Credentials => "retry with credentials",
            Self::Elsewhere => "try elsewhere",
        }
    }
}

impl DialogEffect {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "no effect",
            Self::EarlyDialog => "opens an early dialog",
            Self::ConfirmsDialog => "confirms the dialog",
            Self::TransactionOnly => "ends the transaction only",
            Self::EndsUsage => "ends the usage",
            Self::EndsDialog => "ends the dialog",
            Self::LeftOpen => "left open inside a dialog",
        }
    }
}

impl Branches {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::GoOn => "go on",
            Self::MayAdd => "go on; more may be added",
            Self::Cancelled => "cancelled",
            Self::GivenUp => "cancelled, none added",
            Self::NoFork => "none, it never forks",
        }
    }
}

impl Travels {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ByClass => "by its class",
            Self::HopByHop => "to the next hop only",
            Self::RarelyForwarded => "rarely forwarded",
            Self::BetweenProxies => "between proxies",
        }
    }
}

impl Place {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Response => "in the response",
            Self::NextRequest => "in the next request",
            Self::Request => "in the request",
        }
    }
}
