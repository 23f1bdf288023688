//! The model: all that can be said of responses, families, classes, warn-codes and causes, once.
//!
//! Build and program share this file. Each has a `form.rs` that says what the words here are to it:
//!
//! | word | in the build: a value of an asset file | in the program: a place in the tables |
//! | --- | --- | --- |
//! | `Text`, `Sentence` | a string; a sentence has an end | the number of a text |
//! | `List`, `NonEmpty` | a vector; the second has elements | a range of the one table of its type |
//! | `Message` | with plain line ends | the same in wire form |
//! | `Citation`, `StatusCode` | what is written, to be looked up | what has been found |
//! | `Joined` | what no file says and the build works out | the value |
//! | `Rests` | rows of pages that hold a clause | nothing: the build has checked them |
//! | `Terms`, `FieldName` | terms of a check, as they are understood; a name in them | a list of them; its number |
//!
//! `page!` and `written!` hold what somebody writes in a file, `joined!` what the build makes of other files. From a struct
//! follow its reading and the row in the tables (build), its JSON (program; the keys in this order), and a visit to
//! each of its texts and citations, which feeds the checks of the build and the search for an RFC. So a new field
//! is written here and in the files, and `document` says where it is shown. A field that is `Joined` is worked out
//! in `reference/join.rs`: the build ends where that is forgotten.

use super::field::{Look, MadeUp, Phrase, Route, SubCode};
use super::form::{
    self, Citation, Joined, List, Message, NonEmpty, Rests, Sentence, StatusCode, Terms, Text,
    joined, page, written,
};
use super::vocabulary::{
    Branches, CheckKind, DialogEffect, ErratumStatus, Kin, PatternKind, Place, Scope, Status,
    Strength, Travels, Verdict,
};

page! {
    /// One response code and its page.
    pub struct Response {
        #[serde(skip_serializing)]
        pub code: StatusCode,
        /// The reason phrase; a bare number has none.
        #[serde(skip_serializing, deserialize_with = "form::required")]
        pub phrase: Option<Text>,
        /// What the registry says of it; the files and JSON have a word for those that it does not have.
        #[serde(deserialize_with = "form::status", serialize_with = "form::status")]
        pub(super) status: Option<Status>,
        pub(super) defined: Option<Citation>,
        /// Where a code is met that no registry has: product, file, version.
        #[serde(default)]
        pub(super) sources: List<Text>,
        #[serde(default, skip_serializing)]
        pub travels: Travels,
        pub summary: Text,
        /// What it says, as a sentence that can stand beside one about any other code; none for a bare number.
        #[serde(default)]
        pub gist: Option<Sentence>,
        /// Which requests it answers, and at which moment.
        #[serde(default)]
        pub occurs: Option<Sentence>,
        #[serde(default, skip_serializing)]
        pub scope: Scope,
        pub meaning: NonEmpty<Sentence>,
        pub seen: NonEmpty<Sentence>,
        pub fix: NonEmpty<Fix>,
        /// When to send it; none for a bare number.
        #[serde(deserialize_with = "form::required")]
        pub use_when: Option<Sentence>,
        /// What to do on receiving it, in a sentence or two.
        #[serde(default)]
        pub received: Option<Sentence>,
        /// Whether it was received or made up by one's own side, where that is the first question.
        #[serde(default)]
        pub sent_or_made_up: Option<Sentence>,
        pub sent_by: NonEmpty<Sender>,
        #[serde(default)]
        pub headers: List<HeaderField>,
        pub retry: NonEmpty<Retry>,
        pub forking: NonEmpty<Forking>,
        pub dialog: NonEmpty<Dialog>,
        #[serde(skip_deserializing)]
        pub isdn: Joined<Isdn>,
        #[serde(skip_deserializing)]
        pub vendors: Joined<List<Vendor>>,
        #[serde(skip)]
        pub made_up: Joined<List<MadeUp>>,
        #[serde(skip)]
        pub routes: Joined<List<Route>>,
        #[serde(skip)]
        pub phrases: Joined<List<Phrase>>,
        #[serde(skip)]
        pub subcodes: Joined<List<SubCode>>,
        #[serde(skip)]
        pub look: Joined<List<Look>>,
        pub related: NonEmpty<Related>,
        /// What people say who do not know the code.
        pub symptoms: NonEmpty<Text>,
        /// The telling words of each symptom, by their numbers in the vocabulary.
        #[serde(skip)]
        pub symptom_words: Joined<List<List<u16>>>,
        /// A complete response.
        pub example: Option<Message>,
        #[serde(default)]
        pub flow: List<Step>,
        pub references: NonEmpty<Citation>,
        #[serde(skip)]
        pub http: Joined<Option<Http>>,
    }
}

written! {
    /// A likely cause, what proves it, and what to do.
    pub struct Fix {
        pub cause: Text,
        pub check: Sentence,
        pub remedy: Sentence,
    }

    pub struct Sender {
        pub who: Text,
        /// The methods of the requests that it answers so; none means any.
        pub methods: List<Text>,
        /// The methods that "any" does not mean here.
        #[serde(default)]
        pub except: List<Text>,
        pub says: Sentence,
        /// None where it rests on the sources of the page.
        pub cite: Option<Citation>,
    }

    pub struct HeaderField {
        pub name: Text,
        pub strength: Strength,
        #[serde(rename = "where")]
        pub place: Place,
        /// The condition under which it holds, as a clause after "if".
        pub when: Option<Text>,
        /// The condition as a check has it, where the message itself decides it.
        #[serde(default, skip_serializing)]
        pub decided: Option<Terms>,
        pub says: Sentence,
        pub cite: Citation,
    }

    pub struct Retry {
        pub verdict: Verdict,
        pub says: Sentence,
        pub cite: Citation,
    }

    pub struct Forking {
        /// What the response does to the other branches; none where the statement is about something else.
        #[serde(skip_serializing)]
        pub verdict: Option<Branches>,
        pub says: Sentence,
        pub cite: Citation,
    }

    pub struct Dialog {
        pub effect: DialogEffect,
        pub says: Sentence,
        pub cite: Citation,
    }

    /// Another code, and a sentence about it.
    pub struct Related {
        pub code: StatusCode,
        #[serde(skip_deserializing)]
        pub phrase: Joined<Option<Text>>,
        pub says: Sentence,
    }

    /// One message of a call-flow ladder.
    pub struct Step {
        pub from: Text,
        pub to: Text,
        pub message: Text,
        /// Whether it is the response that the page is about.
        #[serde(skip_deserializing)]
        pub marked: Joined<bool>,
    }

    /// A warn-code of the Warning header field.
    pub struct Warning {
        pub code: u16,
        pub text: Text,
        pub says: Text,
        pub cite: Citation,
        /// The codes of the responses that carry it.
        pub codes: List<StatusCode>,
    }

    /// What holds for every code of a class.
    pub struct ClassRule {
        pub digit: u16,
        pub name: Text,
        pub title: Text,
        pub defined: Citation,
        pub says: Sentence,
        /// What a client does with a code of the class that it does not know.
        pub unknown: Sentence,
        pub cite: Citation,
        pub retry: Retry,
        pub forking: Forking,
        /// What becomes of the other branches of a forked request.
        pub others: Branches,
        pub dialog: Dialog,
        /// Whether it ends the transaction.
        pub finality: Rule,
        /// How those of its codes get back to the client that travel as their class does.
        pub way: Rule,
        /// What a forking proxy makes of it beside the responses of other branches.
        pub choice: Rule,
    }

    /// A header field that a response of any code can carry, so that it tells no two codes apart.
    pub(super) struct CommonField {
        pub(super) name: Text,
        pub(super) strength: Strength,
        pub(super) cite: Citation,
    }

    /// A rule that any message is held against.
    pub struct Check {
        /// Stable, since people let rules pass by it: `cseq-method`.
        pub id: Text,
        pub kind: CheckKind,
        /// The terms that hold all at once where it has something to say: `response; code 1xx; not method INVITE`.
        #[serde(skip_serializing)]
        pub when: Terms,
        /// What it says then; `{CSeq}` stands for what the message has there.
        pub says: Sentence,
        pub cite: Citation,
    }

    /// What several messages of a call show together.
    pub struct Pattern {
        /// Stable: `no-answer`.
        pub id: Text,
        pub kind: PatternKind,
        /// What it says; names in braces stand for what the messages have there.
        pub says: Sentence,
        /// What to do next.
        pub next: Option<Sentence>,
        pub cites: List<Citation>,
    }

    /// A rule, and the section that has it.
    pub struct Rule {
        pub says: Sentence,
        pub cite: Citation,
    }

    /// Codes that people confuse, told apart by hand.
    pub struct Family {
        pub id: Text,
        pub codes: List<StatusCode>,
        pub question: Sentence,
        pub in_short: Sentence,
        pub differences: List<FamilyDifference>,
        /// A one-line test for each code.
        pub tests: List<Test>,
        pub advice: List<Advice>,
        pub mistakes: List<Mistake>,
    }

    pub struct FamilyDifference {
        pub topic: Text,
        /// The difference lies between codes of different groups.
        pub groups: List<List<StatusCode>>,
        pub clauses: List<Clause>,
    }

    /// What a difference says of some of its codes.
    pub struct Clause {
        pub of: List<StatusCode>,
        /// `{0}` stands for the first group, as "a 480 or 486".
        pub says: Sentence,
        /// The rows of pages that say so: "480.headers[1]".
        #[serde(skip_serializing)]
        pub rests: Rests,
        pub cites: NonEmpty<Citation>,
    }

    /// What shows that it is this code and no other of the family.
    pub struct Test {
        pub code: StatusCode,
        pub says: Sentence,
    }

    pub struct Advice {
        pub code: StatusCode,
        /// When to send it, as a clause after "Send it when".
        pub send: Sentence,
        /// What to do on receiving it.
        pub received: Sentence,
    }

    pub struct Mistake {
        /// The codes that it is made with.
        pub of: List<StatusCode>,
        pub says: Text,
        pub why: Sentence,
        pub cites: NonEmpty<Citation>,
    }
}

joined! {
    /// What a gateway to the telephone network makes of a response (RFC 3398). The two directions are no
    /// inverses of each other.
    pub struct Isdn {
        pub to: List<Mapping>,
        pub from: List<Mapping>,
        /// Where it is said that all causes that have no row become this code.
        pub from_others: Option<Citation>,
        pub round_trip: Option<Text>,
    }

    pub struct Mapping {
        pub cause: u16,
        pub name: Text,
        /// Whether RFC 3398 lists it; if not, it is what holds for all that is not listed.
        #[serde(skip)]
        pub listed: bool,
        pub when: Option<Text>,
        /// What the gateway should try before it sends the cause.
        pub first: Option<Text>,
        pub cite: Citation,
    }

    /// An ISDN cause, of Q.850 or of a product.
    pub struct Cause {
        #[serde(rename = "cause")]
        pub number: u16,
        pub name: Text,
    }

    /// What a product maps a response to and from.
    pub struct Vendor {
        pub product: Text,
        pub version: Text,
        pub to: List<Cause>,
        /// Whether `to` is what the product has for codes that it does not list.
        pub to_by_default: bool,
        pub from: List<Cause>,
        /// Whether all causes that the product does not list become this code.
        pub from_others: bool,
    }

    /// The HTTP status code of the same number.
    pub struct Http {
        pub phrase: Text,
        pub kin: Kin,
    }

    /// A section of an RFC.
    pub(super) struct Section {
        pub(super) rfc: u16,
        pub(super) number: Text,
        pub(super) title: Text,
        pub(super) errata: List<Erratum>,
    }

    /// What somebody has found wrong in a section, and the RFC Editor has not rejected.
    pub struct Erratum {
        pub number: u16,
        pub status: ErratumStatus,
        pub says: Text,
    }
}
