//! An explained message as JSON has it, value by value.

use serde_json::json;
use sipdex::explain::{self, Beside, Explanation};
use sipdex::message::Message;
use sipdex::output;

use super::said::Said;
use super::{printed, value, word};

const MESSAGES: [&str; 3] = [
    "SIP/2.0 423 Interval Too Brief\r\nVia: SIP/2.0/TCP 192.0.2.8;branch=z9hG4bK8\r\nTo: <sip:a@b.example>;tag=8\r\n\
     Call-ID: 8@x\r\nCSeq: 8 REGISTER\r\nMin-Expires: 1200\r\nServer: Registrar 8\r\n\r\n",
    "BYE sip:a@192.0.2.8 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.9\r\nReason: Q.850;cause=16;text=\"RTP timeout\"\r\n\r\n",
    "SIP/2.0 486 Busy Here\r\n\r\n",
];

fn assert_explanation(said: &Said<'_>, explanation: &Explanation) {
    said.says("kind", "message");
    said.says("code", explanation.response.map(|page| page.code.get()));
    said.says("method", &explanation.method);
    said.says("cseq", &explanation.number);
    said.says("call_id", &explanation.call_id);
    said.says("in_short", &explanation.in_short);
    said.each("fields", &explanation.fields, |said, field| {
        said.says("name", &field.name);
        said.says("value", &field.value);
        said.says("says", &field.says);
        said.all_cited("cites", &field.cites);
    });
    said.each("findings", &explanation.findings, |said, finding| {
        said.says("id", &finding.id);
        said.says("kind", word(finding.kind));
        said.says("says", &finding.says);
        said.all_cited("cites", &[finding.cite]);
    });
    said.each("next", &explanation.next, |said, step| {
        said.says("says", &step.says);
        said.all_cited("cites", &[step.cite]);
    });
    said.each("fixes", &explanation.fixes, |said, weighed| {
        said.says("cause", weighed.fix.cause);
        said.says("check", weighed.fix.check);
        said.says("remedy", weighed.fix.remedy);
        said.says("proof", word(weighed.proof));
    });
}

#[test]
fn an_explanation_says_what_was_found_out() {
    for text in MESSAGES {
        let explanation = explain::explain(&Message::of(text.as_bytes()), Beside::default());
        let json = value(output::json::explanation(
            &explanation,
            "trace",
            Some(7),
            None,
        ));
        let said = Said::new(&json, text);
        assert_explanation(&said, &explanation);
        said.says("file", "trace");
        said.says("line", 7);
    }
}

#[test]
fn rules_are_printed_as_they_are_held_against_messages() {
    let rules = json!({ "rules": printed("", "explain --rules") });
    Said::new(&rules, "").each("rules", &explain::rules(), |said, rule| {
        said.says("id", &rule.id);
        said.says("kind", word(rule.kind));
        said.says("says", &rule.says);
        said.all_cited("cites", &[rule.cite]);
    });
}
