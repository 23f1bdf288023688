//! Tokens in the place of names, numbers and hosts: nothing of those is left, and what is said is the same.

use sipdex::catalog::{self, is_word};
use sipdex::document::Document;
use sipdex::explain::{self, Beside, CallExplanation, Explanation};
use sipdex::message::{Message, Redaction};
use sipdex::output::{Paint, json, markdown, plain};

use super::{broken, calls, planted};

/// So wide that no name is divided.
const WIDE: usize = 20_000;
/// What stands in the examples, and what is no word of any sentence.
const NAMES: &[(&str, &str)] = &[
    ("alice", "zoltana"),
    ("Alice", "Zoltana"),
    ("bob", "quibell"),
    ("Bob", "Quibell"),
    ("carol", "ystrad"),
    ("example.com", "vextrum.test"),
    ("example.net", "okapi.test"),
    ("example.org", "lumix.test"),
    ("192.0.2.", "198.18.7."),
    ("203.0.113.", "198.19.9."),
    ("198.51.100.", "198.19.8."),
    ("2001:db8:", "2001:db9:"),
];
/// What many messages have beside the rest.
const MORE: &[&str] = &[
    "Subject: to Quibell or Zoltana",
    "P-Asserted-Identity: \"Ms Quibell\" <tel:+49-30-5550-1990>",
    "Diversion: \"Desk of Ystrad\" <sip:ystrad_m@vextrum.test>;reason=no-answer",
    "Warning: 399 gw7.vextrum.test \"Quibell at 198.18.7.77, +49 30 55501990, quibell@okapi.test, sip9.okapi.test\"",
    "Reason: Q.850;cause=16;text=\"ystrad left; 004917155501991\"",
    "Error-Info: <https://help.lumix.test/ystrad?n=4930555019>",
    "X-Caller: 5550-1990 zoltana.q@lumix.test",
    "Server: Acme 1.2.3.4 805e0cabc123 (SN QW5551234X)",
    "X-Note: Ottokar ruft 0171-998877, 0171/998877, (0171) 998877 an; 212.577.0188, x7042, SRV-MUC-01, pbx7.corp.test",
    "X-Device: 00:15:65:12:34:56, 0015.6512.3456, IMSI 262011234567890, imei=35-209900-176148-1",
    "X-Ottokar-Desk: SBC-7042 and ottokar_srv@mail.corp.test",
    "P-Extension: ottokar-busy",
];
const SECRETS: &[&str] = &[
    "zoltana",
    "quibell",
    "ystrad",
    "vextrum",
    "okapi",
    "lumix",
    "198.18.",
    "198.19.",
    "2001:db9",
    "5550",
    "4930555",
    "805e0c",
    "qw5551234x",
    "ottokar",
    "998877",
    "577.0188",
    "7042",
    "muc-01",
    "corp.test",
    "6512",
    "2620112",
    "209900",
];

fn renamed(text: &str) -> String {
    let names = NAMES.iter();
    names.fold(text.to_owned(), |text, (own, other)| {
        text.replace(own, other)
    })
}

/// Returns a message with more header fields, and a reason phrase that names somebody.
fn with_more(text: &str) -> String {
    let (line, rest) = text.split_once("\r\n").unwrap_or((text, ""));
    let phrase = if line.starts_with("SIP/2.0 ") {
        " for Quibell"
    } else {
        ""
    };
    format!("{line}{phrase}\r\n{}\r\n{rest}", MORE.join("\r\n"))
}

fn messages() -> Vec<String> {
    let examples = catalog::responses().iter().filter_map(|page| page.example);
    let examples = examples.map(|example| example.to_string());
    let all = examples
        .chain(planted::messages())
        .chain(broken::messages());
    all.map(|text| renamed(&text))
        .flat_map(|text| [with_more(&text), text])
        .collect()
}

/// Returns the addresses, users and long numbers that a message has, and what a sentence has no other reason to say.
fn secrets(text: &str) -> Vec<String> {
    let lines = text
        .lines()
        .filter(|line| !line.starts_with("Server:") && !line.starts_with("User-Agent:"));
    let words = lines
        .flat_map(|line| line.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '.'));
    let is_address = |word: &&str| {
        let octets = word.split('.').filter(|octet| octet.parse::<u8>().is_ok());
        octets.count() == 4 && !["0.0.0.0", "127.0.0.1"].contains(word)
    };
    let addresses = words.filter(is_address).map(str::to_owned);
    let users = text
        .split("sip:")
        .skip(1)
        .filter_map(|rest| rest.split_once('@'));
    let users = users.map(|(user, _)| user.to_ascii_lowercase());
    let users = users
        .filter(|user| user.len() > 5 && user.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let users = users.filter(|user| user != "anonymous" && user != "aggregator");
    let own = SECRETS.iter().map(ToString::to_string);
    addresses.chain(users).chain(own).collect()
}

fn leaks(secrets: &[String], shown: &[String]) -> Vec<String> {
    let mut leaks = Vec::new();
    for shown in shown {
        let shown = shown.to_ascii_lowercase();
        for secret in secrets {
            if let Some(at) = shown.find(secret.as_str()) {
                let begin = shown[..at].rfind('\n').map_or(0, |at| at + 1);
                let line = shown[begin..].lines().next().unwrap_or_default();
                leaks.push(format!("{secret}: {line}"));
            }
        }
    }
    leaks
}

fn forms(explanation: &Explanation) -> Vec<String> {
    let page = Document::of_explanation(explanation, "");
    let json = json::pretty(&[json::explanation(explanation, "", None, None)]);
    vec![
        plain(&page, WIDE, Paint::Bare),
        markdown(&page),
        json.expect("JSON"),
    ]
}

fn forms_of_call(call: &CallExplanation) -> Vec<String> {
    let page = Document::of_call(call);
    let json = json::pretty(&[json::call(call, &[], &[])]);
    vec![
        plain(&page, WIDE, Paint::Bare),
        markdown(&page),
        json.expect("JSON"),
    ]
}

#[test]
fn nothing_that_names_somebody_is_left_of_a_message() {
    let mut all = Vec::new();
    for text in messages() {
        let message = Message::of(text.as_bytes());
        let own = explain::explain(&message, Beside::default());
        let mut redaction = Redaction::new(is_word);
        redaction.learn(text.as_bytes());
        let mut hidden = own.clone();
        hidden.redact(&mut redaction);
        let ids = |of: &Explanation| {
            of.findings
                .iter()
                .map(|one| one.id.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(ids(&hidden), ids(&own), "{text}");
        let next = |of: &Explanation| of.next.iter().map(|step| step.cite).collect::<Vec<_>>();
        assert_eq!(next(&hidden), next(&own), "{text}");
        let mut forms = forms(&hidden);
        let wire = redaction.redact(text.as_bytes());
        forms.push(String::from_utf8_lossy(&wire).into_owned());
        all.extend(leaks(&secrets(&text), &forms));
    }
    all.sort();
    all.dedup();
    assert!(all.is_empty(), "{} leaks\n{}", all.len(), all.join("\n"));
}

/// The cause is told by what was said: that stays to be read.
#[test]
fn words_of_the_reference_stay_in_a_free_text() {
    let text = "SIP/2.0 503 No route for Ottokar\r\nVia: SIP/2.0/UDP 192.0.2.1\r\n\
        From: <sip:a@example.com>;tag=1\r\nTo: <sip:b@example.com>;tag=2\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n\
        Server: kamailio (5.8.2 (x86_64/linux))\r\nSubject: to Ottokar\r\nUnsupported: ottokar-tag, 100rel\r\n\
        Warning: 305 srv \"Incompatible media format for 1042\"\r\n\
        Reason: Q.850;cause=3;text=\"No route to destination Ottokar\"\r\nX-Ottokar: no gateways available\r\n\r\n";
    let mut explanation = explain::explain(&Message::of(text.as_bytes()), Beside::default());
    let mut redaction = Redaction::new(is_word);
    redaction.learn(text.as_bytes());
    explanation.redact(&mut redaction);
    let wire = redaction.redact(text.as_bytes());
    let wire = String::from_utf8_lossy(&wire);
    for part in [
        "SIP/2.0 503 No route for word-1\r\n",
        "Server: kamailio (5.8.2 (x86_64/linux))",
        "Unsupported: word-2, 100rel",
        "\"Incompatible media format for number-1\"",
        "cause=3;text=\"No route to destination word-1\"",
        "X-word-1: no gateways available",
    ] {
        assert!(wire.contains(part), "{part}: {wire}");
    }
    let says = forms(&explanation).join("\n").to_lowercase();
    assert!(
        !says.contains("ottokar") && !says.contains("1042"),
        "{says}"
    );
    assert!(says.contains("no route to destination word-1"), "{says}");
}

#[test]
fn nothing_that_names_somebody_is_left_of_a_call() {
    let mut all = Vec::new();
    for (mut messages, ends) in calls::calls() {
        for one in &mut messages {
            one.bytes = renamed(&String::from_utf8_lossy(&one.bytes)).into_bytes();
            one.from = one
                .from
                .map(|from| renamed(&from.to_string()).parse().expect("an address"));
            one.to = one
                .to
                .map(|to| renamed(&to.to_string()).parse().expect("an address"));
        }
        let own = explain::call_beside(&messages, &[], ends);
        let (mut redaction, mut hidden) = (Redaction::new(is_word), own.clone());
        let mut known = String::new();
        for one in &messages {
            redaction.learn(&one.bytes);
            known.push_str(&String::from_utf8_lossy(&one.bytes));
        }
        hidden.redact(&mut redaction);
        let ids = |of: &CallExplanation| {
            of.findings
                .iter()
                .map(|one| one.id.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(ids(&hidden), ids(&own));
        assert_eq!(hidden.next.len(), own.next.len());
        all.extend(leaks(&secrets(&known), &forms_of_call(&hidden)));
    }
    all.sort();
    all.dedup();
    assert!(all.is_empty(), "{} leaks\n{}", all.len(), all.join("\n"));
}

/// What a sentence says stays to be read, though somebody is called like a word of it.
#[test]
fn words_of_a_sentence_are_no_names() {
    let text = "SIP/2.0 486 Busy Here\r\nVia: SIP/2.0/UDP server.example.com\r\n\
        From: \"Will Call\" <sip:busy@server>;tag=1\r\nTo: <sip:200@phone>;tag=2\r\n\
        Call-ID: 1\r\nCSeq: 200 INVITE\r\nRetry-After: 200\r\n\
        Warning: 399 phone \"busy: 200 will call\"\r\nContent-Length: 0\r\n\r\n";
    let mut explanation = explain::explain(&Message::of(text.as_bytes()), Beside::default());
    let before = explanation.in_short.clone();
    let mut redaction = Redaction::new(is_word);
    redaction.learn(text.as_bytes());
    explanation.redact(&mut redaction);
    let says = &explanation.in_short;
    assert!(
        says.starts_with("486 Busy Here to INVITE"),
        "{before}\n{says}"
    );
    assert!(
        says.contains("200 s") || says.contains("3 min 20 s"),
        "{before}\n{says}"
    );
    for name in ["\"busy", "will call"] {
        assert!(!says.contains(name), "{before}\n{says}");
    }
}

/// What a sender calls itself is no word of a sentence.
#[test]
fn a_name_in_small_letters_is_hidden_in_what_a_sender_calls_itself() {
    let text = "SIP/2.0 404 Not Found\r\nVia: SIP/2.0/UDP 192.0.2.1\r\n\
        From: \"Bob Miller\" <sip:bob@example.com>;tag=1\r\nTo: <sip:200@example.com>;tag=2\r\n\
        Call-ID: 1\r\nCSeq: 1 INVITE\r\nServer: box-of-miller/1 miller\r\nContent-Length: 0\r\n\r\n";
    let mut explanation = explain::explain(&Message::of(text.as_bytes()), Beside::default());
    let mut redaction = Redaction::new(is_word);
    redaction.learn(text.as_bytes());
    explanation.redact(&mut redaction);
    let says = format!("{explanation:?}");
    assert!(says.contains("calls itself box-of-"), "{says}");
    assert!(!says.contains("miller"), "{says}");
}
