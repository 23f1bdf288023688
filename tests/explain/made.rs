//! Messages that are made for a test: a sound one, and what is changed in it.

const HEADER: &str = "Via: SIP/2.0/UDP a.example.com;branch=z9hG4bK1\n\
    Max-Forwards: 70\n\
    From: Alice <sip:alice@example.com>;tag=1\n\
    To: <sip:bob@example.com>\n\
    Call-ID: 1@a.example.com\n\
    CSeq: 7 METHOD\n\
    Contact: <sip:alice@a.example.com>\n\
    Content-Length: 0";

/// Returns a message of a kind (`INVITE`, `200 INVITE`) with changes: `-To` takes a header field away, `=To: x` writes it
/// anew, `+To: x` adds it, `uri x` changes the Request-URI, `start x` the whole start line, `body x` sets
/// the body and leaves Content-Length alone, `cut` takes the empty line away.
pub(super) fn message(kind: &str, changes: &[&str]) -> String {
    let (code, method) = kind.split_once(' ').unwrap_or(("", kind));
    let header = HEADER.replace("METHOD", method);
    let mut lines: Vec<String> = header.lines().map(str::to_owned).collect();
    let user = if method == "REGISTER" { "" } else { "bob@" };
    let mut start = format!("{method} sip:{user}example.com SIP/2.0");
    if !code.is_empty() {
        start = format!("SIP/2.0 {code} Some Phrase");
        lines.retain(|line| !line.starts_with("Max-Forwards"));
        lines[2] += ";tag=2";
    }
    if !["INVITE", "REFER", "SUBSCRIBE", "UPDATE"].contains(&method) {
        lines.retain(|line| !line.starts_with("Contact"));
    }
    // It refreshes what was published, so that it needs no body.
    if kind == "PUBLISH" {
        lines.push("SIP-If-Match: 1".to_owned());
    }
    let mut body = "";
    let mut end = "\r\n\r\n";
    for change in changes {
        let (sign, text) = change.split_at(1);
        let name = text.split(':').next().unwrap_or_default();
        let is_it = |line: &String| line.split(':').next() == Some(name);
        match sign {
            "-" => lines.retain(|line| !is_it(line)),
            "+" => lines.push(text.to_owned()),
            "=" => {
                let place = lines
                    .iter()
                    .position(is_it)
                    .expect("the header field is there");
                text.clone_into(&mut lines[place]);
            }
            "u" => start = format!("{method} {} SIP/2.0", change.trim_start_matches("uri ")),
            "c" => end = "\r\n",
            "s" => change.trim_start_matches("start ").clone_into(&mut start),
            _ => body = change.trim_start_matches("body "),
        }
    }
    format!("{start}\r\n{}{end}{body}", lines.join("\r\n"))
}
