//! The forms of JSON: each key, and the kind of its value.

use super::*;

/// Returns every object's keys, with a word for the value; `?` allows null, `/` parts possible texts.
fn forms() -> Value {
    let (n, t, opt, cite) = ("integer", "text", "text?", "citation");
    let class = "provisional/success/redirection/request-failure/server-failure/global-failure";
    let status = "current/deprecated/reserved/unregistered";
    let mut forms = json!({
        "citation": { "rfc": n, "section": t, "title": t, "url": t,
            "errata": [{ "number": n, "status": "verified/held/reported", "says": t, "url": t }] },
        "entry": { "code": n, "phrase": opt, "class": class, "status": status, "summary": t,
            "defined": "citation?" },
        "hit": { "code": "integer?", "phrase": opt, "why": t, "name": opt, "used": [t], "ignored": [t],
            "place": "place?",
            "kind": "response/cause/warn-code/timer/product",
            "layer": "code/prefix/class/field/phrase/abbreviation/symptom/typo/words/guess/nearest" },
        "place": { "section": t, "item": n },
        "bookmark": { "code": n, "note": opt, "added": opt },
        "page": { "code": n, "phrase": opt, "class": class, "status": status, "defined": "citation?",
            "summary": t, "gist": opt, "occurs": opt, "received": opt, "sent_or_made_up": opt,
            "meaning": [t], "seen": [t], "use_when": opt, "symptoms": [t], "sources": [t],
            "fix": [{ "cause": t, "check": t, "remedy": t }], "example": opt, "references": [cite],
            "sent_by": [{ "who": t, "methods": [t], "except": [t], "says": t, "cite": "citation?" }],
            "headers": [{ "name": t, "strength": "MUST/SHOULD/MAY/MUST NOT/SHOULD NOT", "when": opt,
                "where": "response/next-request/request", "says": t, "cite": cite }],
            "retry": [{ "says": t, "cite": cite,
                "verdict": "wait/done/follow/never/later/changed/credentials/elsewhere" }],
            "forking": [{ "says": t, "cite": cite }], "related": [{ "code": n, "phrase": opt, "says": t }],
            "dialog": [{ "says": t, "cite": cite,
                "effect": "none/early-dialog/confirms-dialog/transaction-only/ends-usage/ends-dialog/left-open" }], },
    });
    forms.as_object_mut().expect("forms").extend(of_parts());
    let page = forms["page"].as_object_mut().expect("a form");
    page.extend(of_products());
    forms
}

/// Returns what a page has of gateways and products, and the call flow.
fn of_products() -> serde_json::Map<String, Value> {
    let (yes, t, opt) = ("boolean", "text", "text?");
    let forms = json!({
        "local": ["local"], "next_route": ["route"], "as_sent": ["sent_as"], "look": ["look"],
        "timers": ["timer_of"], "warnings": ["warning"], "http": "http?",
        "travels": "by-class/hop-by-hop/rarely-forwarded/between-proxies",
        "isdn": { "to": ["mapping"], "from": ["mapping"], "from_others": "citation?",
            "round_trip": opt },
        "vendors": [{ "product": t, "version": t, "to": ["cause"], "from": ["cause"],
            "to_by_default": yes, "from_others": yes }],
        "flow": [{ "from": t, "to": t, "message": t, "marked": yes }]
    });
    forms.as_object().expect("forms").clone()
}

/// Returns those of parts of a page, and of a comparison.
fn of_parts() -> serde_json::Map<String, Value> {
    let (n, yes, t, opt, cite) = ("integer", "boolean", "text", "text?", "citation");
    let forms = json!({
        "comparison": { "codes": [n], "family": opt, "pair": opt, "question": opt, "in_short": t,
            "key_differences": [{ "topic": t, "says": t, "codes": [n], "cites": [cite],
                "clauses": [{ "says": t, "codes": [n], "cites": [cite] }] }],
            "tests": [{ "code": n, "says": t }],
            "mistakes": [{ "of": [n], "says": t, "why": t, "cites": [cite] }],
            "rows": [{ "name": t, "values": [t], "differs": yes }],
            "when_to_use": [{ "code": n, "send": t, "received": t }], "learn_more": [cite] },
        "mapping": { "cause": n, "name": t, "when": opt, "first": opt, "cite": cite },
        "cause": { "cause": n, "name": t },
        "local": { "stack": t, "version": opt, "event": t, "tell": opt, "says": t, "source": opt,
            "wire": "local/sent/both/changed", "cite": "citation?" },
        "route": { "platform": t, "version": opt, "codes": t, "setting": opt, "source": opt,
            "does": "next/stop/configurable", "cite": "citation?" },
    });
    let mut forms = forms.as_object().expect("forms").clone();
    forms.extend(of_field());
    forms
}

/// Returns those of what products write and of where they show it, of timers and of what is no response.
fn of_field() -> serde_json::Map<String, Value> {
    let (n, t, opt, cite) = ("integer", "text", "text?", "citation");
    let link = "becomes/comes-from/carried-by/makes/stops/starts/answers";
    let forms = json!({
        "sent_as": { "product": t, "version": opt, "phrase": opt, "subcode": opt, "text": opt,
            "seen": opt, "says": t, "source": opt, "cite": "citation?" },
        "look": { "about": t, "product": t, "version": opt, "where": t, "shows": t, "source": opt,
            "cite": "citation?" },
        "timer_of": { "name": t, "direction": link, "says": t, "source": opt, "cite": "citation?" },
        "warning": { "code": n, "text": t, "says": t, "cite": cite, "codes": [n] },
        "http": { "phrase": t, "kin": "same/other" },
        "statement": { "says": t, "cite": "citation?", "source": opt },
        "value": { "product": t, "version": opt, "setting": opt, "value": t, "condition": opt,
            "seen": opt, "source": opt, "cite": "citation?" },
        "topic": { "kind": "cause/warning/timer", "number": "integer?", "name": opt, "title": t,
            "summary": t, "value": opt, "class": "class?", "aliases": [t], "named": "statement?",
            "meaning": ["statement"], "round_trip": opt, "values": ["value"], "look": ["look"],
            "codes": [{ "code": n, "direction": link, "says": t, "cites": [cite], "source": opt }],
            "products": [{ "product": t, "version": t, "direction": link, "codes": t, "name": t }],
            "check": ["statement"], "cites": [cite],
            "related": [{ "kind": "cause/warning/timer", "id": t, "says": t }] },
        "tally": { "mode": t, "files": ["file"], "from": "time?", "to": "time?", "bytes": n, "messages": n,
            "repeats": n, "malformed": n, "unnamed": n, "partial": "boolean", "requests": [{ "method": t, "count": n }],
            "responses": [{ "method": t, "code": n, "count": n }], "methods": [{ "method": t, "requests": n,
                "responses": n, "transactions": n, "attempts": n, "no_final": n, "outcomes": ["outcome"],
                "codes": ["counted"] }],
            "setups": { "outcomes": ["outcome"], "waits": [n] },
            "attempts": [{ "method": t, "final": "integer?", "provisional": "integer?", "time": "time?", "from": t,
                "to": t, "call_id": t, "peer": opt, "agent": opt, "reasons": [t], "warnings": [n], "place": t,
                "cause": opt }],
            "groups": [{ "key": opt, "methods": [{ "method": t, "transactions": n, "outcomes": ["outcome"] }] }] },
        "time": { "text": t, "epoch": "number?" },
        "file": { "name": t, "bytes": n, "format": "text/utf-16/pcap/pcapng/other", "packed": opt, "messages": n,
            "from": "time?", "to": "time?", "missed": n, "first_missed": "integer?", "packets": n, "tls": n,
            "unread": n, "cut": "boolean", "partial": "boolean" },
        "outcome": { "final": "integer?", "provisional": "integer?", "attempts": n },
        "counted": { "code": n, "phrase": opt, "messages": n, "transactions": n, "outcomes": n, "first": "time?",
            "last": "time?", "senders": [{ "name": opt, "peer": opt, "count": n }],
            "reasons": [{ "value": t, "count": n }], "warnings": [{ "value": n, "count": n }], "call_id": opt },
        "class": { "first": n, "last": n, "name": t, "source": opt, "cite": "citation?" },
    });
    let mut forms = forms.as_object().expect("forms").clone();
    forms.extend(of_messages());
    forms
}

/// Returns those of an explained message, and of the rules that it is held against.
fn of_messages() -> serde_json::Map<String, Value> {
    let (n, t, opt, cite) = ("integer", "text", "text?", "citation");
    let kind = "broken/doubt/note";
    let forms = json!({
        "message": { "kind": "message", "code": "integer?", "method": "any", "cseq": opt, "call_id": opt, "file": t,
            "line": "integer?", "in_short": t,
            "fields": [{ "name": t, "value": "any", "says": t, "cites": [cite] }], "findings": ["rule"],
            "next": [{ "says": t, "cites": [cite] }],
            "fixes": [{ "cause": t, "check": t, "remedy": t, "proof": "proven/open/refuted" }], "raw": "raw?" },
        "raw": { "place": t, "time": opt, "text": t },
        "call": { "kind": "call", "code": "integer?", "title": t, "call_id": t, "in_short": t,
            "findings": [{ "id": t, "kind": "proven/possible/sound/told", "says": t, "cites": [cite], "messages": [n] }],
            "messages": [{ "messages": [n], "time": opt, "from": t, "to": t, "says": t, "place": t }],
            "next": [{ "says": t, "cites": [cite] }],
            "legs": [{ "call_id": t, "title": t, "why": t, "is_guess": "boolean" }], "raw": ["raw"] },
        "checked": { "file": t, "line": n, "id": t, "kind": kind, "says": t, "cites": [cite] },
        "rule": { "id": t, "kind": kind, "says": t, "cites": [cite] },
    });
    forms.as_object().expect("forms").clone()
}

/// Checks a value against a form; `at` says where in the output it stands.
pub(super) fn assert_fits(value: &Value, form: &Value, at: &str) {
    let fits = match (form, value) {
        (Value::Object(form), Value::Object(object)) => {
            for (key, value) in object {
                let at = format!("{at}.{key}");
                assert_fits(value, form.get(key).expect(&at), &at);
            }
            object.len() == form.len()
        }
        (Value::Array(form), Value::Array(list)) => {
            return list
                .iter()
                .for_each(|value| assert_fits(value, &form[0], at));
        }
        (Value::String(word), Value::Null) => word.ends_with('?'),
        (Value::String(word), _) => match word.trim_end_matches('?') {
            "integer" => value.is_u64(),
            "number" => value.is_number(),
            "boolean" => value.is_boolean(),
            "message" if value == "message" => true,
            "call" if value == "call" => true,
            "any" => value.is_string(),
            "text" => value.as_str().is_some_and(|text| !text.is_empty()),
            words if words.contains('/') => words.split('/').any(|word| value == word),
            name => return assert_fits(value, &forms()[name], at),
        },
        _ => false,
    };
    assert!(fits, "{at} is {value}, not {form}");
}

#[test]
fn the_json_of_every_page_has_every_key() {
    let user = User::new();
    let every: Vec<String> = registered().iter().map(u64::to_string).collect();
    let pages = user.json(&format!("show {} 431 699", every.join(" ")));
    assert_fits(&pages, &json!(["page"]), "show");
    assert_eq!(codes(&pages), [&registered()[..], &[431, 699]].concat());
    let list = user.json("list");
    assert_fits(&list, &json!(["entry"]), "list");
    for (i, entry) in list.as_array().expect("a list").iter().enumerate() {
        for (key, value) in entry.as_object().expect("an object") {
            assert_eq!(&pages[i][key], value, "{key} of {entry}");
        }
    }
    insta::assert_snapshot!(user.done("list --class 2xx --format json"));
}

#[test]
fn the_json_of_every_comparison_has_every_key() {
    let pairs = "480 486; 100 421; 486 600 603 480; 401 407; 431 486; 100 699; 402 204";
    for typed in each(pairs) {
        let comparison = User::new().json(typed);
        assert_fits(&comparison, &json!("comparison"), typed);
        let codes: Vec<u64> = typed.split(' ').flat_map(str::parse).collect();
        assert_eq!(comparison["codes"], json!(codes));
        for row in comparison["rows"].as_array().expect("rows") {
            let values = row["values"].as_array().map(Vec::len);
            assert_eq!(values, Some(codes.len()), "{row}");
        }
    }
}

#[test]
fn the_json_of_every_search_has_every_key() {
    let user = User::new();
    assert_eq!(user.json("search xyzzy"), json!([]));
    for query in each("486; 431; 48; 4xx; busy; bsy; nf; ueued; 4xx auth") {
        let hits = user.json(&format!("search {query}"));
        assert_fits(&hits, &json!(["hit"]), query);
        assert!(!codes(&hits).is_empty(), "{query}");
    }
    insta::assert_snapshot!(user.done("search busy --format json"));
}

#[test]
fn the_json_of_what_is_no_response_has_every_key() {
    let user = User::new();
    for (command, list) in [
        ("cause", "is:cause"),
        ("warn", "is:warning"),
        ("timer", "is:timer"),
    ] {
        let hits = user.json(&format!("search {list}"));
        let names = hits.as_array().expect("hits").iter();
        let names: Vec<&str> = names.filter_map(|hit| hit["name"].as_str()).collect();
        let pages = user.json(&format!("{command} {}", names.join(" ")));
        assert_fits(&pages, &json!(["topic"]), command);
        assert_eq!(pages.as_array().map(Vec::len), Some(names.len()));
    }
    let products = user.json("product kamailio pjsip");
    let names: Vec<_> = products
        .as_array()
        .expect("products")
        .iter()
        .map(|page| &page["name"])
        .collect();
    assert_eq!(names, ["Kamailio", "PJSIP"]);
}

#[test]
fn the_json_of_every_message_has_every_key() {
    let user = User::new();
    let log = "SIP/2.0 302 Moved\nVia: SIP/2.0/UDP 10.0.0.1;branch=1\nTo: <sip:b@b.example>\nCall-ID: 1\n\
               CSeq: 1 INVITE\nContact: <sip:c@10.0.0.9>\nMin-SE: 9\nReason: Q.850;cause=34\n\n";
    let files = [
        user.write("log", log),
        user.write("start", "SIP/2.0 486 Busy Here\n"),
        user.write("fields", "Reason: Q.850;cause=604;text=\"x\"\n"),
    ];
    let files = files.join(" ");
    for typed in ["explain --demo".to_owned(), format!("explain {files}")] {
        assert_fits(&user.json(&typed), &json!(["message"]), &typed);
    }
    let rules = user.json("explain --rules");
    assert_fits(&rules, &json!(["rule"]), "rules");
    let run = user.run(&format!("explain --check {files} --format json"));
    let found: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_fits(&found, &json!(["checked"]), "check");
    let ids = found
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| &one["id"]);
    let of_rules: Vec<&Value> = rules
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| &one["id"])
        .collect();
    let ids: Vec<&Value> = ids.collect();
    assert!(
        ids.len() > 2 && ids.iter().all(|id| of_rules.contains(id)),
        "{ids:?}"
    );
}

/// The README's table of JSON names each key of each form, and no other.
#[test]
fn the_readme_has_the_keys_of_every_form() {
    let readme = include_str!("../../README.md");
    let forms = forms();
    for (command, form) in [
        ("show", "page"),
        ("list", "entry"),
        ("search", "hit"),
        ("compare", "comparison"),
        ("bookmarks list", "bookmark"),
        ("cause", "topic"),
        ("tally", "tally"),
        ("explain", "message"),
        ("explain --check", "checked"),
        ("explain --rules", "rule"),
    ] {
        let row = format!("| `{command}` | ");
        let mut rows = readme.lines().filter_map(|line| line.strip_prefix(&row));
        let row = rows.find(|row| {
            ["`code", "`mode", "`id"]
                .iter()
                .any(|key| row.contains(key))
        });
        let row = row.expect(command);
        let mut named: Vec<_> = row.split('`').skip(1).step_by(2).collect();
        named.sort_unstable();
        let keys = forms[form].as_object().expect(form).keys();
        assert_eq!(named, keys.collect::<Vec<_>>(), "{command}");
    }
}
