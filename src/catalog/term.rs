//! The terms of checks, which say what must hold of a message. `explain/terms.rs` says what each of them asks.
//! Build and program share this file as they share `model.rs`.

use super::form::{FieldName, List, Text};

/// A term of a check, or the opposite of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub is_not: bool,
    pub asks: Asks,
}

/// What a term asks of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asks {
    Request,
    Response,
    Code(List<Span>),
    Method(List<Text>),
    Over(List<Text>),
    Has(FieldName),
    Lacks(FieldName),
    Any(List<FieldName>),
    Many(FieldName),
    Several(FieldName),
    Bad(FieldName),
    Faulty(FieldName, Text),
    Is(FieldName, List<Text>),
    With(FieldName, Text),
    Without(FieldName, Text),
    OtherScheme(FieldName, List<Text>),
    Lists(FieldName, Text),
    Below(FieldName, u32),
    Above(FieldName, u32),
    Sdp(SdpPart),
    Named(Named),
}

/// Status codes from a first to a last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub first: u16,
    pub last: u16,
}

/// Makes an enum of words, and how the files write each.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($word:ident $written:literal)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($word,)*
        }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$word,)*];

            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$word => $written,)*
                }
            }
        }
    };
}

words! {
    /// A part of a session description that may have a fault.
    SdpPart {
        Version "sdp-version"
        Origin "sdp-origin"
        Name "sdp-name"
        NameEmpty "sdp-name-empty"
        Time "sdp-time"
        Connection "sdp-connection"
        Address "sdp-address"
        Media "sdp-media"
        Order "sdp-order"
        Ptime "sdp-ptime"
        Mapping "sdp-rtpmap"
        MappingForm "sdp-rtpmap-form"
        Bandwidth "sdp-bandwidth"
        Lifetime "sdp-ttl"
        Direction "sdp-direction"
        Crypto "sdp-crypto"
        CryptoKey "sdp-crypto-key"
        CryptoPlace "sdp-crypto-place"
        CryptoProfile "sdp-crypto-profile"
        CryptoSuite "sdp-crypto-suite"
        CryptoTag "sdp-crypto-tag"
        CryptoAgain "sdp-crypto-again"
        Unkeyed "sdp-unkeyed"
        Setup "sdp-setup"
        Ice "sdp-ice"
    }
}

words! {
    /// What no simpler term says.
    Named {
        Asserted "asserted"
        BadInstance "bad-instance"
        BadStatus "bad-status"
        BadUri "bad-uri"
        Basic "basic"
        BlankInName "blank-in-name"
        Body "body"
        BodyBeyondLength "body-beyond-length"
        BodyInHeader "body-in-header"
        CredentialsWithout "credentials-without"
        CseqOfAnotherMethod "cseq-of-another-method"
        DigestWithoutQop "digest-without-qop"
        DigestWithoutRealm "digest-without-realm"
        FieldsTwice "fields-twice"
        FirstIndex "first-index"
        Gruu "gruu"
        GruuAsked "gruu-asked"
        GruuOfAddress "gruu-of-address"
        HistoryAgain "history-again"
        HistoryIndex "history-index"
        HistoryTarget "history-target"
        JoinTags "join-tags"
        Jwscard "jwscard"
        LengthBeyondBody "length-beyond-body"
        LocalNumber "local-number"
        LocationPart "location-part"
        LoginTwice "login-twice"
        MisplacedInUri "misplaced-in-uri"
        NoBody "no-body"
        NoColon "no-colon"
        NoCookie "no-cookie"
        NoEmptyLine "no-empty-line"
        NoFromTag "no-from-tag"
        NoSipReason "no-sip-reason"
        NoSipfrag "no-sipfrag"
        NoStatusLine "no-status-line"
        NoToTag "no-to-tag"
        NoVersion "no-version"
        OppositeDirectives "opposite-directives"
        OtherVersion "other-version"
        ParameterTwice "parameter-twice"
        PassportAttest "passport-attest"
        PassportDate "passport-date"
        PassportHeader "passport-header"
        PassportIdentities "passport-identities"
        PassportKeys "passport-keys"
        PassportNumber "passport-number"
        PassportOrigin "passport-origin"
        PassportParameters "passport-parameters"
        PassportParties "passport-parties"
        PassportTime "passport-time"
        PathWithoutLr "path-without-lr"
        Preferred "preferred"
        PrivacyCritical "privacy-critical"
        PrivacyNone "privacy-none"
        PrivacyTwice "privacy-twice"
        QopWithout "qop-without"
        QuestionMark "question-mark"
        QuestionMarkRefer "question-mark-refer"
        ReasonOfAnotherCode "reason-of-another-code"
        RecordRouteWithoutLr "record-route-without-lr"
        RefresherUac "refresher-uac"
        RegId "reg-id"
        RegIdAlone "reg-id-alone"
        RegisterWithUser "register-with-user"
        Reliable "reliable"
        Remotes "remotes"
        ReplacesTags "replaces-tags"
        RequestBlanks "request-blanks"
        RequireTwice "require-twice"
        ResponseLength "response-length"
        Rfc2543 "rfc2543"
        SameAlgorithm "same-algorithm"
        SameNamespace "same-namespace"
        SamePreference "same-preference"
        SameProtocol "same-protocol"
        ServiceRouteWithoutLr "service-route-without-lr"
        SessionBelowLeast "session-below-least"
        SipsOverUdp "sips-over-udp"
        SmallVersion "small-version"
        Star "star"
        StarAndMore "star-and-more"
        StarWithoutExpires0 "star-without-expires-0"
        StatusBlanks "status-blanks"
        TargetTags "target-tags"
        ToSipsFromSip "to-sips-from-sip"
        TransportTls "transport-tls"
        TwiceInUri "twice-in-uri"
        TypedByPage "typed-by-page"
        UriWithBlanks "uri-with-blanks"
        UriWithHeaders "uri-with-headers"
        ViaVersion "via-version"
        WaitingOtherwise "waiting-otherwise"
    }
}
