//! The grammar of each header field that is looked at.

use super::address::{address, contact, in_brackets, only_uri};
use super::form::{Form, Parameter};
use super::heads;
use super::login;
use super::reader::{Read, Reader};
use super::via;

/// How many values a header field has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Many {
    /// One in one row.
    One,
    /// One a row, and any number of rows.
    Rows,
    /// Commas divide a row into values.
    List,
    /// The same, and there may be none.
    ListOrNone,
}

/// How a header field is written.
#[derive(Clone, Copy)]
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) many: Many,
    /// What stands before the parameters.
    pub(super) reads: fn(&mut Reader<'_>) -> Read,
    /// What is known of its parameters, if it may have some.
    pub(super) parameters: Option<&'static [Parameter]>,
    /// Whether its values are for nobody to see.
    pub(super) is_secret: bool,
    /// Whether it holds an address.
    pub(super) has_uri: bool,
}

const fn row(name: &'static str, many: Many, reads: fn(&mut Reader<'_>) -> Read) -> Row {
    Row {
        name,
        many,
        reads,
        parameters: None,
        is_secret: false,
        has_uri: false,
    }
}

/// With parameters behind semicolons.
const fn with(
    name: &'static str,
    many: Many,
    reads: fn(&mut Reader<'_>) -> Read,
    parameters: &'static [Parameter],
) -> Row {
    Row {
        parameters: Some(parameters),
        ..row(name, many, reads)
    }
}

/// An address, with parameters behind it.
const fn at(
    name: &'static str,
    many: Many,
    reads: fn(&mut Reader<'_>) -> Read,
    parameters: &'static [Parameter],
) -> Row {
    Row {
        has_uri: true,
        ..with(name, many, reads, parameters)
    }
}

const fn secret(name: &'static str, many: Many, reads: fn(&mut Reader<'_>) -> Read) -> Row {
    Row {
        is_secret: true,
        ..row(name, many, reads)
    }
}

const TAG: &[Parameter] = &[("tag", Form::Bare)];
const WEIGHT: &[Parameter] = &[("q", Form::Weight)];
const SECONDS: Form = Form::Number(0, u64::MAX);
const MECHANISM: &[Parameter] = &[("q", Form::Weight), ("d-alg", Form::Token)];
const DIALOG: &[Parameter] = &[
    ("to-tag", Form::Token),
    ("from-tag", Form::Token),
    ("early-only", Form::Flag),
];

pub(super) const FIELDS: &[Row] = &[
    with("Via", Many::List, via::via, via::PARAMETERS),
    at("From", Many::One, address, TAG),
    at("To", Many::One, address, TAG),
    at(
        "Contact",
        Many::List,
        contact,
        &[
            ("q", Form::Weight),
            ("expires", Form::Number(0, 0xffff_ffff)),
            ("reg-id", Form::Number(1, 0x7fff_ffff)),
        ],
    ),
    row("Call-ID", Many::One, heads::call_id),
    row("CSeq", Many::One, heads::cseq),
    row("Max-Forwards", Many::One, heads::number),
    row("Max-Breadth", Many::One, heads::number),
    row("Content-Length", Many::One, heads::length),
    with(
        "Content-Type",
        Many::One,
        heads::media,
        &[("*", Form::Value)],
    ),
    with(
        "Content-Disposition",
        Many::One,
        heads::token,
        &[("handling", Form::Token)],
    ),
    row("Content-Encoding", Many::List, heads::token),
    row("Content-Language", Many::List, heads::language),
    row("MIME-Version", Many::One, heads::version),
    row("Expires", Many::One, heads::number),
    row("Min-Expires", Many::One, heads::number),
    with("Min-SE", Many::One, heads::number, &[]),
    with(
        "Session-Expires",
        Many::One,
        heads::number,
        &[("refresher", Form::OneOf(&["uac", "uas"]))],
    ),
    with(
        "Retry-After",
        Many::One,
        heads::retry_after,
        &[("duration", SECONDS)],
    ),
    row("RSeq", Many::One, heads::number),
    row("RAck", Many::One, heads::rack),
    with(
        "Reason",
        Many::List,
        heads::token,
        &[("cause", SECONDS), ("text", Form::Quoted)],
    ),
    row("Warning", Many::List, heads::warning),
    secret("WWW-Authenticate", Many::Rows, login::challenge),
    secret("Proxy-Authenticate", Many::Rows, login::challenge),
    secret("Authorization", Many::Rows, login::credentials),
    secret("Proxy-Authorization", Many::Rows, login::credentials),
    secret("Authentication-Info", Many::One, login::info),
    row("Allow", Many::ListOrNone, heads::token),
    row("Supported", Many::ListOrNone, heads::token),
    row("Require", Many::List, heads::token),
    row("Proxy-Require", Many::List, heads::token),
    row("Unsupported", Many::List, heads::token),
    with("Accept", Many::ListOrNone, heads::media, WEIGHT),
    with("Accept-Encoding", Many::ListOrNone, heads::coding, WEIGHT),
    with("Accept-Language", Many::ListOrNone, heads::language, WEIGHT),
    at("Alert-Info", Many::List, only_uri, &[]),
    at(
        "Call-Info",
        Many::List,
        only_uri,
        &[("purpose", Form::Token)],
    ),
    at("Error-Info", Many::List, only_uri, &[]),
    row("Date", Many::One, heads::date),
    row("Timestamp", Many::One, heads::timestamp),
    row("In-Reply-To", Many::List, heads::call_id),
    row("Priority", Many::One, heads::token),
    row("Organization", Many::One, heads::any),
    row("Subject", Many::One, heads::any),
    row("Server", Many::One, heads::agent),
    row("User-Agent", Many::One, heads::agent),
    at("Reply-To", Many::One, address, &[]),
    at("Route", Many::List, in_brackets, &[]),
    at("Record-Route", Many::List, in_brackets, &[]),
    at("Path", Many::List, in_brackets, &[]),
    at("Service-Route", Many::List, in_brackets, &[]),
    with("Event", Many::One, heads::event, &[("id", Form::Token)]),
    row("Allow-Events", Many::List, heads::event),
    with(
        "Subscription-State",
        Many::One,
        heads::substate,
        &[
            ("reason", Form::Token),
            ("expires", SECONDS),
            ("retry-after", SECONDS),
        ],
    ),
    at("Refer-To", Many::One, address, &[]),
    at("Referred-By", Many::One, address, &[("cid", Form::Quoted)]),
    with("Refer-Sub", Many::One, heads::truth, &[]),
    at("Refer-Events-At", Many::One, in_brackets, &[]),
    row("SIP-ETag", Many::One, heads::token),
    row("SIP-If-Match", Many::One, heads::token),
    with("Info-Package", Many::One, heads::token, &[]),
    with("Recv-Info", Many::ListOrNone, heads::token, &[]),
    with("Replaces", Many::One, heads::call_id, DIALOG),
    with("Join", Many::One, heads::call_id, DIALOG),
    with(
        "Target-Dialog",
        Many::One,
        heads::call_id,
        &[("local-tag", Form::Token), ("remote-tag", Form::Token)],
    ),
    at("P-Asserted-Identity", Many::List, address, &[]),
    at("P-Preferred-Identity", Many::List, address, &[]),
    with("Security-Client", Many::List, heads::token, MECHANISM),
    with("Security-Server", Many::List, heads::token, MECHANISM),
    with("Security-Verify", Many::List, heads::token, MECHANISM),
    with(
        "Accept-Contact",
        Many::List,
        heads::star,
        &[("require", Form::Flag), ("explicit", Form::Flag)],
    ),
    with("Reject-Contact", Many::List, heads::star, &[]),
    row("Request-Disposition", Many::List, heads::directive),
    row("Resource-Priority", Many::List, heads::resource),
    row(
        "Accept-Resource-Priority",
        Many::ListOrNone,
        heads::resource,
    ),
    at("History-Info", Many::List, in_brackets, &[]),
    at("Diversion", Many::List, in_brackets, &[]),
    at("Geolocation", Many::List, only_uri, &[]),
    with("Geolocation-Routing", Many::One, heads::token, &[]),
    with(
        "Geolocation-Error",
        Many::One,
        heads::code,
        &[("code", Form::Quoted)],
    ),
    with(
        "Session-ID",
        Many::One,
        heads::session,
        &[("remote", Form::Hex(32))],
    ),
    with(
        "Identity",
        Many::List,
        heads::signature,
        &[
            ("info", Form::Inside),
            ("alg", Form::Plain),
            ("ppt", Form::Plain),
        ],
    ),
    row("Flow-Timer", Many::One, heads::number),
    row("Privacy", Many::One, heads::privacy),
    at("P-Called-Party-ID", Many::One, in_brackets, &[]),
    at("P-Associated-URI", Many::ListOrNone, in_brackets, &[]),
    at(
        "P-Served-User",
        Many::One,
        address,
        &[("sescase", Form::Token), ("regstate", Form::Token)],
    ),
    with("P-Early-Media", Many::ListOrNone, heads::token, &[]),
    with("P-Charging-Vector", Many::One, heads::charging, &[]),
    with(
        "Answer-Mode",
        Many::One,
        heads::token,
        &[("require", Form::Flag)],
    ),
    with(
        "Priv-Answer-Mode",
        Many::One,
        heads::token,
        &[("require", Form::Flag)],
    ),
    with("Feature-Caps", Many::List, heads::star, &[]),
    with("User-to-User", Many::List, heads::word, &[]),
    row("Content-ID", Many::One, heads::identifier),
    at("Permission-Missing", Many::List, address, &[]),
    at("Trigger-Consent", Many::List, address, &[]),
    row("Suppress-If-Match", Many::One, heads::token),
];

#[cfg(test)]
mod tests {
    use super::super::fault;
    use super::*;

    /// A field, values that are right, and values that are not.
    type Case = (
        &'static str,
        &'static [&'static str],
        &'static [&'static str],
    );

    const CASES: &[Case] = &[
        (
            "Call-ID",
            &["a", "a@b", "{1-2}:x/[y]@10.0.0.1"],
            &["", "a b", "a@b@c", "@b", "a@", "a=b"],
        ),
        (
            "CSeq",
            &["1 INVITE", "0009   X-y"],
            &[
                "",
                "INVITE",
                "1",
                "1INVITE",
                "-1 INVITE",
                "1 INVITE x",
                "x INVITE",
            ],
        ),
        ("Max-Forwards", &["70"], &["", "7x", "-1", "70 hops"]),
        (
            "Content-Type",
            &["application/sdp", "multipart/mixed ; boundary=\"a b\""],
            &["sdp", "a/", "a/b;", "a/b c"],
        ),
        ("Min-SE", &["90", "90;x=y"], &["90s", "", "90 1"]),
        (
            "Retry-After",
            &[
                "5",
                "18000;duration=3600",
                "120 (I'm (not) here);duration=60",
            ],
            &["soon", "5 (x", "5 s", "1.5"],
        ),
        (
            "RAck",
            &["1 2 INVITE"],
            &["1 INVITE", "1 2", "1 2 INVITE x"],
        ),
        (
            "Reason",
            &["Q.850", "SIP ;cause=200 ;text=\"a, b\""],
            &[
                "",
                "Q.850;cause=",
                "Q.850;text=\"x",
                "Q.850;text=Normal call",
                "Q.850 16",
            ],
        ),
        (
            "Warning",
            &[
                "399 a.example.com:5060 \"b\"",
                "370 - \"b\"",
                "301 [2001:db8::1] \"\"",
            ],
            &["399 a", "39 a \"b\"", "399 a b", "399 \"b\"", "399 a \"b"],
        ),
        (
            "WWW-Authenticate",
            &[
                "Digest realm=\"a, b\", nonce = \"1\",stale=FALSE",
                "Bearer authz_server=\"https://a\"",
                "Negotiate",
            ],
            &[
                "",
                "Digest realm=\"a",
                "Digest realm",
                "Digest realm=\"a\" nonce=\"1\"",
                "Digest realm=\"a\", Digest realm=\"b\"",
                "Digest realm=\"a\",, nonce=\"1\"",
            ],
        ),
        ("Allow", &["INVITE"], &["INVITE ACK", "INVITE;ACK"]),
        ("Require", &["100rel"], &["", "a b", "\"100rel\""]),
        (
            "Date",
            &["Sat, 13 Nov 2010 23:29:00 GMT"],
            &[
                "2010-11-13 23:29:00",
                "Sat, 13 Nov 2010 23:29:00 EST",
                "Sat, 13 Nov 10 23:29:00 GMT",
                "Sat 13 Nov 2010 23:29:00 GMT",
            ],
        ),
        (
            "Timestamp",
            &["54", "54.12 .5", "54. 1"],
            &["", "now", "1 2 3", "1.2.3", "-1"],
        ),
    ];

    #[test]
    fn each_field_is_read_as_its_grammar_has_it() {
        for (name, right, wrong) in CASES {
            let mut fields = FIELDS.iter();
            let row = fields.find(|row| row.name == *name).expect("a field");
            for value in *right {
                assert_eq!(fault(row, value.as_bytes()), None, "{name}: {value}");
            }
            for value in *wrong {
                assert!(fault(row, value.as_bytes()).is_some(), "{name}: {value}");
            }
        }
    }
}
