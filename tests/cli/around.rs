//! What the sentence at the top takes from the other messages of the same call.

use super::*;

/// A message of a call: its start line, `CSeq`, the branches of its Via values, the tags of From and To, fields of its
/// own, and a session description.
#[derive(Clone, Copy)]
pub(super) struct Made<'a> {
    pub(super) start: &'a str,
    pub(super) cseq: &'a str,
    pub(super) via: &'a [&'a str],
    pub(super) tags: (&'a str, &'a str),
    pub(super) fields: &'a [&'a str],
    pub(super) sdp: &'a str,
}

pub(super) const MADE: Made<'_> = Made {
    start: "",
    cseq: "7 INVITE",
    via: &["203.0.113.40;branch=z9hG4bKa1"],
    tags: ("ann", ""),
    fields: &[],
    sdp: "",
};

impl Made<'_> {
    pub(super) fn text(&self) -> String {
        let via = self.via.iter();
        let via: Vec<String> = via.map(|via| format!("Via: SIP/2.0/UDP {via}\n")).collect();
        let via = via.concat();
        let tag = |tag: &str| match tag {
            "" => String::new(),
            tag => format!(";tag={tag}"),
        };
        let fields = self.fields.iter();
        let fields: Vec<String> = fields.map(|field| format!("{field}\n")).collect();
        let fields = fields.concat();
        let kind = if self.sdp.is_empty() {
            ""
        } else {
            "Content-Type: application/sdp\n"
        };
        format!(
            "{}\n{via}From: <sip:ann@club.example>{}\nTo: <sip:ben@club.example>{}\nCall-ID: k3@203.0.113.40\nCSeq: {}\n\
             {fields}{kind}Content-Length: {}\n\n{}",
            self.start,
            tag(self.tags.0),
            tag(self.tags.1),
            self.cseq,
            self.sdp.len() + self.sdp.lines().count(),
            self.sdp
        )
    }
}

pub(super) fn request(method: &str) -> String {
    format!("{method} sip:ben@203.0.113.50 SIP/2.0")
}

pub(super) fn invite(fields: &[&str], sdp: &str) -> String {
    Made {
        start: &request("INVITE"),
        fields,
        sdp,
        ..MADE
    }
    .text()
}

pub(super) fn response<'a>(start: &'a str, fields: &'a [&'a str]) -> Made<'a> {
    Made {
        start,
        fields,
        tags: ("ann", "ben"),
        ..MADE
    }
}

/// Returns the sentences, and what is said beside them.
pub(super) fn explained(user: &User, log: &str, options: &str) -> (Vec<String>, String) {
    let file = user.write("log", log);
    let run = user.run(&format!("explain {file} {options} --format json"));
    let json: Value = serde_json::from_str(&run.out).expect("JSON");
    let all = json.as_array().expect("a list").iter();
    let said = all.map(|one| one["in_short"].as_str().expect("a sentence").to_owned());
    (said.collect(), run.err)
}

/// Holds the first sentence against parts that stand in it, or behind `!` do not.
pub(super) fn assert_says(log: &str, parts: &str) {
    let (said, _) = explained(&User::new(), log, "");
    for part in parts.split('|') {
        match part.strip_prefix('!') {
            Some(part) => assert!(!said[0].contains(part), "{part}: {}", said[0]),
            None => assert!(said[0].contains(part), "{part}: {}", said[0]),
        }
    }
}

pub(super) fn register(number: u8, realm: &str) -> String {
    let credentials = format!(
        "Authorization: Digest username=\"cleo\", realm=\"{realm}\", nonce=\"s3cret\", uri=\"sip:x\", response=\"s3cret\""
    );
    let fields = [credentials.as_str()];
    let fields = if realm.is_empty() {
        &[][..]
    } else {
        &fields[..]
    };
    let cseq = format!("{number} REGISTER");
    Made {
        start: "REGISTER sip:club.example SIP/2.0",
        cseq: &cseq,
        fields,
        ..MADE
    }
    .text()
}

pub(super) fn challenge(number: u8, more: &str) -> String {
    let field = format!("WWW-Authenticate: Digest nonce=\"s3cret\", {more}");
    let cseq = format!("{number} REGISTER");
    Made {
        cseq: &cseq,
        ..response("SIP/2.0 401 Unauthorized", &[&field])
    }
    .text()
}

#[test]
fn credentials_that_are_refused_are_of_another_realm_or_wrong() {
    let first = register(1, "") + &challenge(1, "realm=\"club\"");
    for (log, parts) in [
        (
            first.clone() + &register(2, "club") + &challenge(2, "realm=\"club\""),
            "REGISTER 2|of user \"cleo\" for realm \"club\"|the password or the user name is wrong|!s3cret",
        ),
        (
            first.clone()
                + &register(2, "club")
                + &challenge(2, "realm=\"club\", algorithm=SHA-256"),
            "made with MD5, and it asks for SHA-256|!wrong",
        ),
        (
            first.clone()
                + &register(2, "club").replace("Authorization", "Proxy-Authorization")
                + &challenge(2, "realm=\"club\""),
            "for realm \"club\" in Proxy-Authorization|stand in Authorization|!wrong",
        ),
        (
            first.clone() + &register(2, "club") + &challenge(2, "realm=\"club\", stale=true"),
            "stale=true|!is wrong",
        ),
        (
            register(4, "club") + &challenge(4, "realm=\"staff\""),
            "for realm \"club\"|asks for realm \"staff\"|another realm|!is wrong|!s3cret",
        ),
        (
            (register(4, "club") + &challenge(4, "realm=\"staff\""))
                .replace("Authorization:", "Proxy-Authorization:")
                .replace("WWW-", "Proxy-")
                .replace("401 Unauthorized", "407 Proxy Authentication Required"),
            "a proxy asks for realm \"staff\"|two proxies|!do not count",
        ),
        (
            first.clone(),
            "no request with credentials follows|!is wrong|!before it",
        ),
        (
            register(4, "club")
                + &Made {
                    cseq: "4 REGISTER",
                    ..response("SIP/2.0 200 OK", &[])
                }
                .text()
                + &register(5, "")
                + &challenge(5, "realm=\"staff\""),
            "realm \"staff\"|no request with credentials follows|had credentials of user \"cleo\" for realm \"club\"",
        ),
    ] {
        assert_says(&log, parts);
    }
}

#[test]
fn a_487_has_the_reason_of_its_cancel() {
    let asked = invite(&[], "");
    let cancel = |field: &str| {
        let fields = [field];
        Made {
            start: &request("CANCEL"),
            cseq: "7 CANCEL",
            fields: &fields,
            ..MADE
        }
        .text()
    };
    let ended = response("SIP/2.0 487 Request Terminated", &[]).text();
    for (log, parts) in [
        (
            asked.clone() + &cancel("Reason: Q.850;cause=26;text=\"taken\"") + &ended,
            "answered elsewhere (Reason: Q.850;cause=26 \"taken\")",
        ),
        (
            asked.clone() + &cancel("Reason: SIP;cause=600;text=\"Busy Everywhere\"") + &ended,
            "Reason of its CANCEL says SIP 600",
        ),
        (
            asked.clone() + &cancel("Subject: x") + &ended,
            "a CANCEL without a Reason|!elsewhere",
        ),
        (asked + &ended, "no CANCEL for it is in this trace|possibly"),
        (ended, "!CANCEL"),
    ] {
        assert_says(&log, parts);
    }
}

#[test]
fn a_481_says_which_tag_fits_no_dialog() {
    let set_up =
        invite(&[], "") + &response("SIP/2.0 200 OK", &["Contact: <sip:ben@203.0.113.50>"]).text();
    let bye = |cseq: &str, tags: (&str, &str)| {
        let asked = Made {
            start: &request("BYE"),
            cseq,
            tags,
            ..MADE
        }
        .text();
        let code = "SIP/2.0 481 Call/Transaction Does Not Exist";
        asked
            + &Made {
                start: code,
                cseq,
                tags,
                ..MADE
            }
            .text()
    };
    for (log, parts) in [
        (
            set_up.clone() + &bye("8 BYE", ("ann", "bob")),
            "the tag in To of the BYE is \"bob\"|dialog is \"ben\" (200 to INVITE 7)",
        ),
        (
            set_up.clone() + &bye("1 BYE", ("ben", "eve")),
            "the tag in To of the BYE is \"eve\"|dialog is \"ann\"",
        ),
        (
            set_up.clone() + &bye("8 BYE", ("zoe", "ben")),
            "the tag in From of the BYE is \"zoe\"|dialog is \"ann\"",
        ),
        (
            set_up.clone() + &bye("8 BYE", ("ann", "")),
            "the BYE has no tag in To",
        ),
        (
            set_up.clone() + &bye("8 BYE", ("ann", "ben")),
            "both tags are those of the dialog|possibly",
        ),
        (bye("8 BYE", ("ann", "ben")), "!both tags|!dialog is"),
        (
            invite(&[], "")
                + &bye("7 CANCEL", ("ann", ""))
                    .replace("BYE sip", "CANCEL sip")
                    .replace("a1", "a2"),
            "its branch is \"z9hG4bKa2\"|INVITE 7 is \"z9hG4bKa1\"",
        ),
    ] {
        assert_says(&log, parts);
    }
}

#[test]
fn a_success_without_its_ack_says_where_the_ack_went() {
    let contact = ["Contact: <sip:ben@10.1.1.9:5066>"];
    let answer = response("SIP/2.0 200 OK", &contact).text();
    let ack = |uri: &str, tag: &str| {
        let start = format!("ACK {uri} SIP/2.0");
        Made {
            start: &start,
            cseq: "7 ACK",
            tags: ("ann", tag),
            ..MADE
        }
        .text()
    };
    let bye = |fields: &[&str]| {
        Made {
            start: "BYE sip:ann@203.0.113.40 SIP/2.0",
            cseq: "1 BYE",
            tags: ("ben", "ann"),
            fields,
            ..MADE
        }
        .text()
    };
    let away = ack("sip:ben@10.1.1.9:5066", "ben");
    let again = |ack: &str| invite(&[], "") + &(answer.clone() + ack).repeat(5);
    for (log, parts) in [
        (
            again(&away) + &bye(&["Reason: SIP;cause=408;text=\"no luck\""]),
            "BYE 1|200 to INVITE 7 was sent 5 times|sip:ben@10.1.1.9:5066 (private), as Contact|went to sip:ben@203.0.113.50|\"no luck\"",
        ),
        (
            again(""),
            "200 OK to INVITE 7|sent 5 times|no ACK for it is in this trace",
        ),
        (
            again(&ack("sip:ben@203.0.113.50", "bob")),
            "the tag in To of the ACK is \"bob\" and not \"ben\"",
        ),
        (
            invite(&[], "") + &answer.repeat(4) + &away + &bye(&["Reason: Q.850;cause=41"]),
            "BYE 1|ISDN cause 41|!was sent",
        ),
    ] {
        assert_says(&log, parts);
    }
}

#[test]
fn a_timeout_says_which_hop_of_the_proxy_was_silent() {
    let on = Made {
        start: "INVITE sip:ben@203.0.113.77:5088 SIP/2.0",
        via: &[
            "203.0.113.50;branch=z9hG4bKp9",
            "203.0.113.40;branch=z9hG4bKa1",
        ],
        ..MADE
    };
    let timeout = response("SIP/2.0 408 Request Timeout", &["Server: proxy"]).text();
    let log = invite(&[], "") + &on.text().repeat(3);
    assert_says(
        &(log.clone() + &timeout),
        "its own INVITE to sip:ben@203.0.113.77:5088, sent 3 times, got no answer at all",
    );
    let trying = Made {
        start: "SIP/2.0 100 Trying",
        ..on
    }
    .text();
    assert_says(&(log.clone() + &trying + &timeout), "got no final response");
    let busy = Made {
        start: "SIP/2.0 486 Busy Here",
        tags: ("ann", "x"),
        ..on
    }
    .text();
    let (said, _) = explained(&User::new(), &(log + &busy + &timeout), "--code 408");
    assert!(!said[0].contains("203.0.113.77"), "{}", said[0]);
}

#[test]
fn a_loop_is_told_from_the_hops_of_the_trace_and_from_what_a_server_counts() {
    let hops = [
        "c.club.example;branch=z9hG4bK3",
        "d.club.example;branch=z9hG4bK2",
    ];
    let round = [&hops[..], &hops[..], &["203.0.113.40;branch=z9hG4bKa1"]].concat();
    let on = Made {
        start: &request("INVITE"),
        via: &round,
        ..MADE
    }
    .text();
    let debug = "Warning: 392 203.0.113.50:5060 \"Noisy feedback tells: req_src_ip=203.0.113.40 via_cnt==5\"";
    let fields = [debug];
    let inner = Made {
        via: &round,
        ..response("SIP/2.0 483 Too Many Hops", &[])
    }
    .text();
    let outer = response("SIP/2.0 483 Too Many Hops", &fields).text();
    let log = invite(&[], "") + &on + &inner + &outer;
    assert_says(
        &log,
        "goes round between c.club.example and d.club.example|via_cnt|5",
    );
    let (said, beside) = explained(&User::new(), &log, "");
    assert!(
        said.len() == 1 && beside.contains("2 failures"),
        "{said:?} {beside}"
    );
    assert_says(
        &outer,
        "Warning 392 counts 5 Via values|!no host stands twice|!no loop",
    );
    assert_says(
        &response("SIP/2.0 483 Too Many Hops", &[]).text(),
        "!Via has|!no loop",
    );
}
