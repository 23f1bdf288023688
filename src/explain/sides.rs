//! Whose side is to be looked at, by words in texts that no table of a product knows.

use super::facts::Facts;
use super::signals;
use super::words::{plain_words, text};

/// Words, any of which will do, what they point to, and what to do; the first row that fits is said.
/// A bar stands between them, and a blank between several that belong together.
type Row = (&'static str, &'static str, &'static str);

const ROWS: &[Row] = &[
    (
        "international format|international number format|number format|malformed number\
         |malformed called|digits missing|missing digits",
        "the number that was dialled, and its form",
        "Compare the number in the Request-URI with the form that the side that answered wants: plus sign, prefix, length.",
    ),
    (
        "calling plan|outgoing call|outgoing calls|outbound call|outbound calls|class of restriction\
         |class of service|toll restriction|toll restricted|toll barred|international|premium\
         |long distance|destination not allowed|destination not permitted|destination blocked\
         |destination barred|destination restricted|prefix not allowed|geo permissions\
         |not allowed to call|not allowed to dial|not permitted to call|originating call barred\
         |outgoing barred|odb|ocb|oir",
        "what the caller may dial (calling plan, class of service), not the callee and not credentials",
        "Look at what the account of the caller may dial: its calling plan, class of service or list of destinations.",
    ),
    (
        "credit|balance|prepaid|funds|unpaid|payment|invoice|spend limit|money|billing|billed",
        "the money of the account that calls",
        "Look at the balance and the limits of the account that calls.",
    ),
    (
        "license|licenses|licence|licences|licensed|unlicensed|licensing",
        "a license that is missing or used up on the side that answered",
        "Look at the licenses of the product that answered: how many there are, and how many are in use.",
    ),
    (
        "bandwidth|call admission|cac",
        "bandwidth that is used up between two places (call admission control), not the codecs",
        "Look at the bandwidth that is set for the place or the trunk, and at what runs over it now.",
    ),
    (
        "spam|robocall|robocalls|scam|fraud|fraudulent|blacklist|blacklisted|blocklist|blocklisted\
         |denylist|reputation|analytics|unwanted|nuisance|telemarketer",
        "a filter that takes the number of the caller for unwanted; the callee declined nothing",
        "Find out who runs the filter, and have the number of the caller cleared there.",
    ),
    (
        "screening|screened|anonymous call|anonymous calls|acr|selective call|incoming call barred\
         |incoming calls barred|incoming calls blocked|terminating call barred|icb|do not disturb|dnd",
        "a service of the callee that refuses some calls (screening, anonymous calls, do not disturb)",
        "Look at the services of the callee: screening, refusal of anonymous calls, do not disturb.",
    ),
    (
        "caller id|callerid|calling number|calling party|originating number|origination number\
         |from number|cli|ani|clid|presentation number|source number|unverified number",
        "the number of the caller, as From or P-Asserted-Identity has it",
        "Compare the number in From and P-Asserted-Identity with those that the account may show, and with the form that is wanted.",
    ),
    (
        "certificate|certificates|cert|tls|handshake|x509",
        "TLS between two servers: a certificate or its name",
        "Look at the certificate of both sides: its name, its end, and who signed it.",
    ),
    (
        "dns|resolve|resolved|srv|naptr|unresolvable|hostname|nxdomain",
        "a name that could not be resolved",
        "Ask DNS for the name from the server that answered: NAPTR, SRV and address.",
    ),
    (
        "srtp|encryption|encrypted|crypto|dtls|unencrypted",
        "how media is to be protected (SRTP)",
        "Compare the protection of the media that both sides demand: none, a=crypto, or DTLS.",
    ),
    (
        "parse|parsed|parser|parsing|unparsable|unparseable|syntax|malformed|invalid sdp|bad sdp\
         |sdp invalid|incomplete sdp|incomplete body|truncated|invalid body|bad body|invalid header\
         |content length|missing header",
        "how the request is written: a header field or the body",
        "Look for what the request breaks, as it came there: its header fields, its body, and Content-Length against the body.",
    ),
    (
        "max forwards|hop count|hops|too many hops|hop limit|loop|looped|looping",
        "the way of the request, which is too long or goes round",
        "Look at Via, Max-Forwards and the routes of the elements that stand in Via.",
    ),
    (
        "message size|size limit|size exceeded|too large|too long|too big|message length",
        "the size of the request",
        "Make the request smaller: fewer codecs, candidates and header fields; or ask what the side that answered takes.",
    ),
    (
        "codec|codecs|transcode|transcoding|transcoder|dsp|media type|payload|sdp|ptime",
        "the codecs, or the means to convert them",
        "Compare the codecs of the offer with those of the side that answered, and see whether it can convert.",
    ),
    (
        "unregistered|not registered|no registered|no registration|registration expired|no contacts\
         |no contact|no bindings|offline|not online|logged off|logged out|not logged in|no device\
         |no devices|device unavailable|no endpoint|no endpoints",
        "the registration of the callee: no phone is registered there now",
        "See whether a phone of the callee is registered, and until when.",
    ),
    (
        "password|credentials|credential|authentication|digest|nonce|username|unauthenticated",
        "the credentials of the sender",
        "Compare user name, realm and password with those of the account.",
    ),
    (
        "ip address|source ip|source address|ip not|unknown ip|acl|whitelist|allowlist|peer unknown\
         |unknown peer|unknown trunk|unknown source|trusted|untrusted|not trusted",
        "the address from which the request came, which the side that answered does not know",
        "See from which address the request left, and have it entered on the side that answered.",
    ),
    (
        "max calls|maximum calls|max sessions|maximum sessions|call limit|calls limit|session limit\
         |channel limit|channels|concurrent|simultaneous|too many calls|cps|rate limit|rate limited\
         |limit|limit reached|limit exceeded|exceeded|exceeds|quota|throttled|throttling|all lines busy",
        "a limit on calls, which is reached",
        "Look at the limits of calls at once and of calls per second for this account or trunk.",
    ),
    (
        "suspended|deactivated|account disabled|user disabled|subscriber disabled|account closed\
         |account blocked|account locked|account inactive|inactive account|account terminated",
        "an account that is switched off or suspended",
        "Look at the state of the account: who suspended it, and why.",
    ),
    (
        "no route|no routes|route not found|routing|no gateway|no gateways|no trunk|no trunks|dial plan\
         |dialplan|dial peer|dial peers|no translation|translation|no match|no matching|no carrier\
         |no carriers|no destination|lcr",
        "the routing of the side that answered, which has no way to this number",
        "Look at the routing of the side that answered for this number: prefix, dial plan, trunk.",
    ),
    (
        "unallocated|unassigned|invalid number|number invalid|wrong number|number format|invalid format\
         |address incomplete|incomplete|e164|e 164|not in service|no such number|number changed\
         |called number|called party number|digits|ported",
        "the number that was dialled, and its form",
        "Compare the number in the Request-URI with the form that the side that answered wants: plus sign, prefix, length.",
    ),
    (
        "line in use|lines in use|user busy|busy line|in a call|on a call|another call|call waiting",
        "the line of the callee, which is in use",
        "See whether the callee may take a second call (call waiting), or where calls go meanwhile.",
    ),
    (
        "maintenance|draining|drained|shutting down|shutdown|starting|standby|out of service|restart\
         |paused",
        "a server that is not in service for now",
        "See whether the server is under maintenance, and send the calls to another one meanwhile.",
    ),
    (
        "congestion|congested|overload|overloaded|busy system|circuits|circuit|no resources|capacity\
         |no ports",
        "a trunk, switch or server that is full",
        "Look at the load of the trunk or server, and try another one.",
    ),
    (
        "timeout|timed out|time out|no response|unreachable|not reachable|unresponsive\
         |connection refused|connection failed|connect failed|connection closed|connection lost\
         |connection reset|socket closed|broken pipe|transport error|transport failure",
        "a hop behind the side that answered, which is silent",
        "Look for the request behind the side that answered: where it went, and what came back.",
    ),
    (
        "closed|office hours|business hours|night service|no agents|no agent|holiday|out of hours",
        "opening hours or a queue without agents",
        "Look at the schedule and the agents of the queue or group that was called.",
    ),
    (
        "expired|expire",
        "something whose time has run out",
        "Find out what has expired there, and renew it.",
    ),
    (
        "barred|barring|blocked|blocking|not allowed|not permitted|disallowed|forbidden by|denied\
         |restricted|restriction|prohibited|policy|unauthorised|unauthorized|not authorized\
         |not authorised|rejected by|not subscribed|not enabled|not provisioned|unprovisioned",
        "a rule of the side that answered, and not the callee",
        "Ask who runs the side that answered which rule refuses this call: for this caller, this number, or both.",
    ),
];

/// A text, in plain words with a blank around each, and the section about where it stands.
type Told = (String, &'static str);

/// Returns what the words of a text point to, in a clause.
pub(super) fn says(facts: &Facts<'_>) -> Option<String> {
    let (row, _) = found(facts)?;
    Some(format!("these words point to {}", row.1))
}

/// Returns what to do by them, and the section about the place of the text.
pub(super) fn next(facts: &Facts<'_>) -> Option<(&'static str, &'static str)> {
    found(facts).map(|(row, cite)| (row.2, cite))
}

fn found(facts: &Facts<'_>) -> Option<(&'static Row, &'static str)> {
    let is_failure = facts.code() >= 400;
    if !is_failure
        || signals::of_product(facts).is_some()
        || signals::blocked_by_analytics(facts).is_some()
    {
        return None;
    }
    let all = told(facts);
    ROWS.iter().find_map(|row| {
        let fits = |told: &&Told| row.0.split('|').any(|words| has(&told.0, words));
        all.iter().find(fits).map(|(_, cite)| (row, *cite))
    })
}

/// Returns whether a text has words, one behind the other.
fn has(text: &str, words: &str) -> bool {
    let mut found = text.match_indices(words);
    found.any(|(at, _)| {
        let before = text[..at].ends_with(' ');
        before && text[at + words.len()..].starts_with(' ')
    })
}

/// Returns the texts that people may have written; what the code is called is none.
fn told(facts: &Facts<'_>) -> Vec<Told> {
    let warnings = facts.warnings.iter().filter(|warning| warning.code == 399);
    let warnings = warnings.filter_map(|warning| Some((text(warning.text?), "3261 20.43")));
    let telling = facts
        .reasons
        .iter()
        .filter(|(reason, _)| super::causes::has_own_words(reason));
    let reasons = telling.filter_map(|(reason, _)| Some((text(reason.text?), "3326 2")));
    let phrase = facts
        .own_phrase()
        .map(|phrase| (phrase.to_owned(), "3261 7.2"));
    let fields = facts
        .told
        .iter()
        .map(|(_, value)| (value.clone(), "3261 21"));
    let is_plain = facts
        .value("Content-Type")
        .is_some_and(|kind| kind.to_lowercase().starts_with("text/plain"));
    let body = is_plain.then(|| (text(facts.message.body), "3261 21"));
    let beside = warnings.chain(reasons).chain(fields).chain(body);
    let own = beside
        .filter(|(words, _)| !facts.is_usual(words))
        .chain(phrase);
    own.map(|(words, cite)| (format!(" {} ", plain_words(&words).join(" ")), cite))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Citation;
    use crate::message::Message;

    #[test]
    fn words_are_found_as_they_are_split() {
        for words in ROWS.iter().flat_map(|row| row.0.split('|')) {
            assert_eq!(plain_words(words).join(" "), words);
        }
        for cite in ["3261 20.43", "3326 2", "3261 7.2", "3261 21"] {
            assert!(Citation::find(cite).is_some(), "{cite}");
        }
    }

    #[test]
    fn a_text_points_to_a_side() {
        let says = |text: &str| {
            let text = format!(
                "SIP/2.0 403 Forbidden\r\nWarning: 399 a \"{text}\"\r\nCSeq: 1 INVITE\r\n\r\n"
            );
            let message = Message::of(text.as_bytes());
            super::says(&Facts::of(&message)).unwrap_or_default()
        };
        for (text, side) in [
            (
                "Outgoing Calling Plan: international blocked",
                "what the caller may dial",
            ),
            ("No license left for SIP trunk", "a license"),
            (
                "subscriber not registered",
                "the registration of the callee",
            ),
            ("Call blocked", "a rule"),
            ("SDP parse error in last line", "how the request is written"),
            ("no common codec in SDP", "the codecs"),
            ("Must be in international format", "its form"),
            ("International calls", "what the caller may dial"),
            ("Hop limit exceeded", "goes round"),
            ("message size limit exceeded", "the size"),
            ("call limit exceeded", "a limit on calls"),
            ("Socket closed", "silent"),
            ("Queue closed", "opening hours"),
            ("unlimited", ""),
        ] {
            assert!(
                says(text).contains(side) && says(text).is_empty() == side.is_empty(),
                "{text}: {}",
                says(text)
            );
        }
    }
}
