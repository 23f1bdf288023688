//! Calls that are written in short: a line a message, from which the whole message is made as its sender would make it.
//!
//! ```text
//! 0.5 a>p INVITE 1 | Supported: 100rel
//! 0.6 p>b INVITE 1                          sent on: one more Via
//! 0.7 b>p 486 INVITE 1                      with the Via values of what p sent to b
//! 0.8 undelivered port p>b c                the network says so, here c; also host, forbidden, hops, size, connection, silence
//! 0.1 resolved p sip.example.com 12         DNS told p the addresses of 1 and 2; `-` for a name that is not known
//! ends 40                                   when the trace ends, in seconds
//! ```
//! Options are `branch=`, `from=`, `to=` (tags, `-` for none), `uri=` and `dialog`; behind `|` stand header fields, which take
//! the place of those of their name; `TopVia` and `Body` stand for what they say, and ` / ` ends a line of the latter. A message without a time is written with `-`.

use core::net::SocketAddr;

use sipdex::calls::Recorded;
use sipdex::catalog::{self, StatusCode};
use sipdex::message::{Lookup, Network, Refusal};

/// What is known of a message that was written.
#[derive(Clone, Debug, Default)]
struct Sent {
    from: char,
    to: char,
    /// None for a request.
    code: Option<u16>,
    method: String,
    number: u32,
    line: String,
    vias: Vec<String>,
    fields: Vec<(String, String)>,
    body: String,
}

/// Returns the messages of a trace, and when it ends.
pub(crate) fn call(text: &str) -> (Vec<Recorded>, Option<u64>) {
    let mut sent: Vec<Sent> = Vec::new();
    let mut messages = Vec::new();
    let mut ends = None;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(seconds) = line.strip_prefix("ends ") {
            ends = Some(micros(seconds));
            continue;
        }
        let (time, rest) = line.split_once(' ').expect(line);
        if let Some(rest) = rest.strip_prefix("undelivered ") {
            let refused = undelivered(rest, micros(time), &messages);
            messages.push(refused);
            continue;
        }
        if let Some(rest) = rest.strip_prefix("resolved ") {
            messages.push(resolved(rest, micros(time)));
            continue;
        }
        let one = message(&sent, rest);
        let micros = (time != "-").then(|| micros(time));
        messages.push(Recorded {
            bytes: one.bytes(),
            time: micros.map(|_| format!("10:00:{time}")),
            micros,
            is_exact: true,
            from: Some(address(one.from)),
            to: Some(address(one.to)),
            place: format!("trace line {}", messages.len() + 1),
            ..Recorded::default()
        });
        sent.push(one);
    }
    (messages, ends)
}

/// Returns what the network says of what it did not deliver, which was the last that was sent by that way.
fn undelivered(text: &str, micros: u64, before: &[Recorded]) -> Recorded {
    let words: Vec<&str> = text.split_whitespace().collect();
    let way: Vec<char> = words[1].chars().collect();
    let by = words.get(2).and_then(|by| by.chars().next());
    let why = match words[0] {
        "port" => Refusal::Port,
        "host" => Refusal::Host,
        "forbidden" => Refusal::Forbidden,
        "hops" => Refusal::Hops,
        "size" => Refusal::Size(Some(1400)),
        "connection" => Refusal::Connection,
        _ => Refusal::Silence(4),
    };
    let is_it = |one: &&Recorded| {
        (one.from, one.to) == (Some(address(way[0])), Some(address(way[2])))
            && one.network.is_none()
            && !why.is_of_connection()
    };
    let lost = before.iter().rfind(is_it);
    Recorded {
        bytes: lost.map_or_else(Vec::new, |one| {
            one.bytes.iter().take(540).copied().collect()
        }),
        micros: Some(micros),
        from: Some(address(by.unwrap_or(way[2]))),
        to: Some(address(way[0])),
        network: Some(Network::Refused(why, address(way[2]))),
        place: "trace frame 7".to_owned(),
        ..Recorded::default()
    }
}

/// Returns what DNS told of a name.
fn resolved(text: &str, micros: u64) -> Recorded {
    let [who, host, told] = text.split_whitespace().collect::<Vec<_>>()[..] else {
        panic!("{text}");
    };
    let who = who.chars().next().expect("a side");
    let told = told.chars().filter(|one| *one != '-');
    let addresses: Vec<_> = told.map(|one| address(one).ip()).collect();
    Recorded {
        micros: Some(micros),
        from: Some("192.0.2.99:53".parse().expect("an address")),
        to: Some(address(who)),
        network: Some(Network::Resolved(Lookup {
            host: host.to_owned(),
            kind: "A",
            failure: addresses.is_empty().then_some("NXDOMAIN"),
            addresses,
            ..Lookup::default()
        })),
        place: "trace frame 3".to_owned(),
        ..Recorded::default()
    }
}

fn micros(seconds: &str) -> u64 {
    let seconds: f64 = seconds.parse().expect(seconds);
    format!("{:.0}", seconds * 1e6).parse().expect("a number")
}

/// Returns the address of a side: that of a digit is private.
fn host(who: char) -> String {
    if who.is_ascii_digit() {
        return format!("10.0.0.{who}");
    }
    format!("192.0.2.{}", who as u32 - 'a' as u32 + 1)
}

fn address(who: char) -> SocketAddr {
    format!("{}:5060", host(who)).parse().expect("an address")
}

fn message(sent: &[Sent], text: &str) -> Sent {
    let (short, fields) = text.split_once('|').unwrap_or((text, ""));
    let mut words = short.split_whitespace();
    let way: Vec<char> = words.next().expect(text).chars().collect();
    let (from, to) = (way[0], way[2]);
    let first = words.next().expect(text);
    let code = first.parse::<u16>().ok();
    let method = match code {
        Some(_) => words.next().expect(text),
        None => first,
    };
    let number: u32 = words.next().expect(text).parse().expect(text);
    let options: Vec<(&str, &str)> = words
        .map(|word| word.split_once('=').unwrap_or((word, "")))
        .collect();
    let named = Sent {
        from,
        to,
        code,
        method: method.to_owned(),
        number,
        ..Sent::default()
    };
    let mut one = match code {
        Some(_) => named.response(sent),
        None => named.request(sent, &options),
    };
    for field in fields.split('|').filter(|field| !field.trim().is_empty()) {
        let (name, value) = field.split_once(':').expect(field);
        one.set(name.trim(), value.trim());
    }
    for (name, value) in options {
        match name {
            "branch" => one.vias[0] = via(from, value),
            "from" => one.tag("From", value),
            "to" => one.tag("To", value),
            "uri" => one.line = format!("{method} {value} SIP/2.0"),
            _ => {}
        }
    }
    one
}

fn via(who: char, branch: &str) -> String {
    format!("SIP/2.0/UDP {}:5060;branch={branch}", host(who))
}

impl Sent {
    fn is_of(&self, other: &Self) -> bool {
        (&self.method, self.number) == (&other.method, other.number)
    }

    fn value(&self, name: &str) -> String {
        let mut fields = self.fields.iter();
        let field = fields.find(|(own, _)| own == name);
        field.map_or_else(String::new, |(_, value)| value.clone())
    }

    fn set(&mut self, name: &str, value: &str) {
        if name == "TopVia" {
            value.clone_into(&mut self.vias[0]);
            return;
        }
        if name == "Body" {
            self.body = value.replace(" / ", "\r\n");
            return;
        }
        self.fields.retain(|(own, _)| own != name);
        if !value.is_empty() {
            self.fields.push((name.to_owned(), value.to_owned()));
        }
    }

    fn tag(&mut self, name: &str, tag: &str) {
        let value = self.value(name);
        let bare = value.split(";tag=").next().unwrap_or_default().to_owned();
        let value = match tag {
            "-" => bare,
            tag => format!("{bare};tag={tag}"),
        };
        self.set(name, &value);
    }

    fn request(mut self, sent: &[Self], options: &[(&str, &str)]) -> Self {
        let (from, to) = (self.from, self.to);
        let same = |one: &&Self| one.is_of(&self) && one.code.is_none();
        let mut before = sent.iter().rev().filter(same);
        if let Some(again) = before.clone().find(|one| (one.from, one.to) == (from, to)) {
            return again.clone();
        }
        let names_invite = matches!(self.method.as_str(), "CANCEL" | "ACK");
        if let Some(got) = before.find(|one| one.to == from)
            && self.method != "CANCEL"
        {
            let mut on = got.clone();
            (on.from, on.to) = (from, to);
            let of = if self.names_failed_invite(sent) {
                "INVITE"
            } else {
                &self.method
            };
            on.vias.insert(
                0,
                via(from, &format!("z9hG4bK-{from}{to}{}{of}", self.number)),
            );
            return on;
        }
        let peer = if from == 'a' { 'b' } else { 'a' };
        let is_failed = names_invite && self.names_failed_invite(sent);
        let of = if is_failed { "INVITE" } else { &self.method };
        self.vias = vec![via(from, &format!("z9hG4bK-{from}{to}{}{of}", self.number))];
        let starts = [
            "INVITE",
            "REGISTER",
            "OPTIONS",
            "SUBSCRIBE",
            "MESSAGE",
            "PUBLISH",
            "CANCEL",
        ];
        let is_inside = !starts.contains(&self.method.as_str())
            || options.iter().any(|(name, _)| *name == "dialog");
        let uri = if is_inside && !is_failed {
            format!("sip:{peer}@{}", host(peer))
        } else {
            format!("sip:{peer}@example.com")
        };
        self.line = format!("{} {uri} SIP/2.0", self.method);
        self.set("Max-Forwards", "70");
        self.set("From", &format!("<sip:{from}@example.com>;tag=t{from}"));
        let tag = if is_inside {
            format!(";tag=t{peer}")
        } else {
            String::new()
        };
        self.set("To", &format!("<sip:{peer}@example.com>{tag}"));
        self.set("Call-ID", "1@example.com");
        self.set("CSeq", &format!("{} {}", self.number, self.method));
        self.set("Contact", &format!("<sip:{from}@{}>", host(from)));
        self
    }

    /// Returns whether it is a CANCEL, or the ACK of a final response that is no 2xx.
    fn names_failed_invite(&self, sent: &[Self]) -> bool {
        let mut finals = sent.iter().rev().filter(|one| {
            one.method == "INVITE" && one.number == self.number && one.code >= Some(200)
        });
        let is_failed = finals.next().is_some_and(|one| one.code >= Some(300));
        self.method == "CANCEL" || self.method == "ACK" && is_failed
    }

    fn response(mut self, sent: &[Self]) -> Self {
        let (from, to) = (self.from, self.to);
        let same = |one: &&Self| one.is_of(&self);
        let mut before = sent.iter().rev().filter(same);
        let request = before
            .clone()
            .find(|one| one.code.is_none() && (one.from, one.to) == (to, from));
        let got = before.find(|one| one.code == self.code && one.to == from);
        let code = self.code.unwrap_or_default();
        let page = catalog::response(StatusCode::new(code).expect("a code"));
        self.line = format!("SIP/2.0 {code} {}", page.phrase());
        if let Some(request) = request {
            self.vias.clone_from(&request.vias);
        }
        for name in ["From", "To", "Call-ID", "CSeq"] {
            let value = request.or(got).map(|one| one.value(name));
            self.set(name, &value.unwrap_or_default());
        }
        if request.is_none() && got.is_none() {
            self.vias = vec![via(to, "z9hG4bK-unseen")];
            self.set("From", &format!("<sip:{to}@example.com>;tag=t{to}"));
            self.set("To", &format!("<sip:{from}@example.com>"));
            self.set("Call-ID", "1@example.com");
            self.set("CSeq", &format!("{} {}", self.number, self.method));
        }
        if let Some(got) = got {
            self.fields.clone_from(&got.fields);
            self.body.clone_from(&got.body);
        } else {
            if code > 100 && !self.value("To").contains(";tag=") {
                self.tag("To", &format!("t{from}"));
            }
            if self.method == "INVITE" && (101..300).contains(&code) {
                self.set("Contact", &format!("<sip:{from}@{}>", host(from)));
            }
        }
        self
    }

    fn bytes(&self) -> Vec<u8> {
        let body = if self.body.is_empty() {
            String::new()
        } else {
            format!("{}\r\n", self.body)
        };
        let vias = self.vias.iter().map(|via| format!("Via: {via}"));
        let fields = self.fields.iter();
        let fields = fields.map(|(name, value)| format!("{name}: {value}"));
        let is_told = self.fields.iter().any(|(name, _)| name == "Content-Length");
        let length = (!is_told).then(|| format!("Content-Length: {}", body.len()));
        let rows: Vec<String> = [self.line.clone()]
            .into_iter()
            .chain(vias)
            .chain(fields)
            .chain(length)
            .collect();
        format!("{}\r\n\r\n{body}", rows.join("\r\n")).into_bytes()
    }
}
