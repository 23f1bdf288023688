//! The model, second part: what stands beside the responses. Causes, warn-codes and timers are entries with pages of
//! their own; the rest are facts of products, each with its version and its source.
//!
//! Build and program share this file as they share `model.rs`.

use super::form::{
    self, Citation, Joined, List, NonEmpty, Sentence, StatusCode, Text, joined, written,
};
use super::vocabulary::{Direction, RouteStep, TopicKind, Wire};

written! {
    /// What has a page and is no response: an ISDN cause, a warn-code, a timer.
    pub struct Topic {
        /// What the folder of its file says.
        #[serde(skip_deserializing)]
        pub kind: Joined<TopicKind>,
        /// The number of a cause or warn-code, the name of a timer.
        #[serde(skip_deserializing)]
        pub id: Joined<Text>,
        pub name: Text,
        /// In a line, without a full stop.
        pub summary: Text,
        /// How long a timer runs.
        #[serde(default)]
        pub value: Option<Text>,
        /// What products call it.
        #[serde(default)]
        pub aliases: List<Text>,
        pub symptoms: NonEmpty<Text>,
        /// Who calls it so.
        #[serde(default)]
        pub named: Option<Statement>,
        pub meaning: NonEmpty<Statement>,
        /// The class that the number of a cause puts it in.
        #[serde(skip_deserializing)]
        pub class: Joined<Option<CauseClass>>,
        /// What RFC 3398 makes of a cause, and of which codes it makes it.
        #[serde(skip_deserializing)]
        pub gateway: Joined<List<CodeLink>>,
        #[serde(default)]
        pub codes: List<CodeLink>,
        #[serde(skip_deserializing)]
        pub round_trip: Joined<Option<Text>>,
        /// What products map a cause to and from.
        #[serde(skip_deserializing)]
        pub products: Joined<List<Mapped>>,
        /// How products have set a timer.
        #[serde(skip_deserializing)]
        pub values: Joined<List<TimerValue>>,
        #[serde(skip_deserializing)]
        pub look: Joined<List<Look>>,
        pub check: NonEmpty<Statement>,
        #[serde(default)]
        pub related: List<Kindred>,
        pub references: NonEmpty<Citation>,
    }

    /// A sentence, and what it rests on: a section, a source of a product, or experience where there is neither.
    pub struct Statement {
        pub says: Sentence,
        pub cite: Option<Citation>,
        pub source: Option<Text>,
    }

    /// What a topic has to do with a response code.
    pub struct CodeLink {
        pub code: StatusCode,
        pub direction: Direction,
        pub says: Sentence,
        pub cite: Option<Citation>,
        pub source: Option<Text>,
    }

    /// Another topic that it is confused with.
    pub struct Kindred {
        pub kind: TopicKind,
        pub id: Text,
        pub says: Sentence,
    }
}

joined! {
    /// A class of ISDN causes: sixteen numbers, and thirty-one in the first.
    pub struct CauseClass {
        pub first: u16,
        pub last: u16,
        pub name: Text,
        pub source: Option<Text>,
        pub cite: Option<Citation>,
    }

    /// Where in the telephone network a call was released, as Reason can say it beside a cause.
    pub struct Location {
        pub name: Text,
        pub means: Text,
        pub cite: Citation,
    }

    /// A product, and what its tables say of no single code.
    pub struct Product {
        pub name: Text,
        pub subcodes: List<SubCode>,
        pub timers: List<TimerValue>,
        pub look: List<Look>,
    }

    /// What a product maps a cause to or from.
    pub struct Mapped {
        pub product: Text,
        pub version: Text,
        pub direction: Direction,
        /// The codes as its table has them: "503", "other 5xx".
        pub codes: Text,
        /// What the product calls the cause.
        pub name: Text,
    }

    /// The value of a timer, by an RFC or in a product.
    pub struct TimerValue {
        /// The timers that it is about, by their names.
        #[serde(skip)]
        pub timers: Text,
        pub product: Text,
        /// Where a product has it; an RFC has a section.
        pub version: Option<Text>,
        /// What the product calls it.
        pub setting: Option<Text>,
        pub value: Text,
        pub condition: Option<Text>,
        /// What one sees when it fires.
        pub seen: Option<Text>,
        pub source: Option<Text>,
        pub cite: Option<Citation>,
    }

    /// A number or word that a product has beside the code of a response, or in place of one.
    pub struct SubCode {
        pub product: Text,
        pub version: Option<Text>,
        pub code: Option<StatusCode>,
        pub subcode: Text,
        /// Its constant, or the words beside it.
        pub text: Option<Text>,
        /// Where one meets it.
        pub seen: Text,
        /// Whether that is in messages; many are in logs and records only.
        #[serde(skip)]
        pub is_seen: bool,
        /// The words by which it is known there, in small letters.
        #[serde(skip)]
        pub telling: List<Text>,
        pub means: Text,
        pub source: Option<Text>,
        pub cite: Option<Citation>,
    }

    /// The command, log line or setting of a product that shows something, or causes it.
    pub struct Look {
        /// Codes, classes, `any`, or an entry.
        pub about: Text,
        pub product: Text,
        pub version: Option<Text>,
        #[serde(rename = "where")]
        pub place: Text,
        pub shows: Text,
        pub source: Option<Text>,
        pub cite: Option<Citation>,
    }

    /// A code that a product, or an RFC, lets a side make up or change itself.
    pub struct MadeUp {
        pub product: Text,
        /// Where a product has it; an RFC has a section.
        pub version: Option<Text>,
        /// What happens, as a clause after "when".
        pub event: Text,
        pub wire: Wire,
        /// How to tell it from one that was received.
        pub sign: Option<Text>,
        pub source: Option<Text>,
        pub cite: Option<Citation>,
    }

    /// What a product writes into the reason phrase, or into a header field beside it.
    pub struct Phrase {
        pub product: Text,
        pub version: Option<Text>,
        pub sent: Text,
        /// What it means there, as a clause.
        pub means: Text,
        pub source: Option<Text>,
        pub cite: Option<Citation>,
    }

    /// Whether a product tries the next trunk or server on a code.
    pub struct Route {
        pub product: Text,
        /// Where a product has it; an RFC has a section.
        pub version: Option<Text>,
        /// The codes, classes and failures that it holds for.
        pub codes: Text,
        pub does: RouteStep,
        /// The name of the setting, or what limits it.
        pub setting: Option<Text>,
        pub source: Option<Text>,
        pub cite: Option<Citation>,
    }
}
