//! What the counts of a trace do not say: of each file what was not read, and of all what it cannot prove.

use crate::calls::Outcome;
use crate::catalog::{self, StatusCode};
use crate::cli::Asked;
use crate::message::Method;
use crate::tally::{Clock, Kind, Methods, Sum, total};
use crate::text;
use crate::trace::{Lost, Scan};

/// What looks like SIP and is none stands in many logs; it is told where it is more than a tenth of the messages.
const FEW: u64 = 10;
/// Why a text may have no message though it has SIP.
const CUT: &str = "; lines that were wrapped or cut cannot be read";

/// Returns what the counts do not say of a file.
pub(super) fn of_file(scan: &Scan, file: &str) -> Vec<String> {
    let mut says = Vec::new();
    if scan.messages == 0 {
        says.push(nothing(scan, file));
    }
    if let Some(first) = scan.first_missed
        && scan.missed * FEW > scan.messages
    {
        let places = match scan.missed {
            1 => "1 place that looks like SIP, at".to_owned(),
            several => format!("{several} places that look like SIP, the first at"),
        };
        let is_told = scan.messages > 0 || scan.lost.is_some();
        let hint = if is_told { "" } else { CUT };
        says.push(format!(
            "not understood in {file}: {places} byte {first}{hint}"
        ));
    }
    // Some of the lines may be cut where all messages are whole.
    if let Some(lost) = scan.lost
        && (lost == Lost::Texts || scan.messages == 0)
    {
        says.push(left_out(lost, file));
    }
    if scan.tls > 0 {
        says.push(format!(
            "{} of {} packets in {file} are TLS, which is not read",
            scan.tls, scan.packets
        ));
    }
    if scan.unread > 0 {
        says.push(format!(
            "{} of {} packets in {file} are of a link type that is not read",
            scan.unread, scan.packets
        ));
    }
    if scan.is_cut {
        says.push(format!(
            "{file} ends in the middle of a packet: what stands before it is counted"
        ));
    }
    says
}

/// Returns what was left out of a file, and what to run so that it is not.
fn left_out(lost: Lost, file: &str) -> String {
    match lost {
        Lost::LineEnds => format!(
            "{file} has points for line ends, so that no line can be told from the next: ngrep -W byline keeps them"
        ),
        Lost::Middles => {
            format!("{file} has lines without their middle: journalctl -o cat prints them whole")
        }
        Lost::Texts => format!(
            "{file} names \"blob data\" that it does not have: journalctl -a prints it, -o cat and -o json too"
        ),
    }
}

/// Says that a file has no message, and what it seems to be.
fn nothing(scan: &Scan, file: &str) -> String {
    if let Some((looks, command)) = scan.looks.and_then(|looks| Some((looks, looks.opened_by?))) {
        let name = match file {
            "-" => String::new(),
            file => text::for_shell(file),
        };
        let command = command.replace("{}", &name);
        let command = command.trim_end();
        let says = format!("{file} is {}, which is not read", looks.name);
        if scan.is_gzip {
            return says;
        }
        return format!("{says}: {command} | sipdex tally -");
    }
    let what = match (scan.looks, scan.lines) {
        _ if scan.packets > 0 => format!("a capture of {} packets", scan.packets),
        (Some(looks), _) => looks.name.to_owned(),
        (None, _) if scan.bytes == 0 => return format!("no SIP message in {file}: it is empty"),
        (None, _) if scan.is_binary => "a file that is no text".to_owned(),
        (None, Some(0 | 1)) => "a text of one line".to_owned(),
        (None, Some(lines)) => format!("a text of {lines} lines"),
        (None, None) => "a text".to_owned(),
    };
    format!(
        "no SIP message in {file}, {what}: none has a start line and two of Via, From, To, Call-ID and CSeq"
    )
}

/// Returns why nothing is left of what is asked for, if nothing is; `all` are the outcomes before, and so many messages
/// were read.
pub(super) fn in_vain(sum: &Sum, asked: &Asked, all: &Methods, read: u64) -> Option<String> {
    if read == 0 {
        return None;
    }
    if sum.counts.messages() == 0 {
        let window = asked.since.is_some() || asked.until.is_some();
        let between = if window {
            " in the time that is asked for"
        } else {
            ""
        };
        let method = asked.method.as_deref().map(text::clean);
        let method = method.map_or_else(String::new, |method| format!(" of {method}"));
        return Some(format!("none of {read} messages is{method}{between}"));
    }
    let is_left = match sum.kind {
        Kind::Messages => true,
        Kind::Failed | Kind::All => !sum.attempts.is_empty(),
        Kind::Outcomes => !sum.methods.is_empty(),
        _ => !sum.groups.is_empty(),
    };
    if is_left {
        return None;
    }
    Some(match asked.code() {
        Some(code) => came_to_another(code, sum, all),
        None if sum.kind == Kind::Failed => {
            "no attempt failed: none came to a final response from 300 on".to_owned()
        }
        None => "no attempt is in what was read: no message names its transaction, or all are ACK"
            .to_owned(),
    })
}

/// Says that no attempt came to a code, and to which they came.
fn came_to_another(code: u16, sum: &Sum, all: &Methods) -> String {
    let responses = sum.counts.responses.values();
    let responses = total(responses.filter_map(|codes| codes.get(&code)));
    let mut others: Vec<u16> = all
        .values()
        .flat_map(|came| came.attempts.keys())
        .filter_map(|outcome| match outcome {
            Outcome::Final(code) => Some(*code),
            Outcome::Open(_) => None,
        })
        .collect();
    others.sort_unstable();
    others.dedup();
    let known = StatusCode::new(code).map(|code| catalog::response(code).title());
    let title = known.unwrap_or_else(|_| code.to_string());
    let failed = others.contains(&code);
    let why = match (failed, responses, others.as_slice()) {
        (true, ..) => "; --failed lists what came to a final response from 300 on".to_owned(),
        (_, 0, []) => "; none has a final response".to_owned(),
        (_, 0, others) => {
            let others: Vec<String> = others.iter().map(u16::to_string).collect();
            format!("; they came to {}", others.join(", "))
        }
        (_, 1, _) => ": 1 response has it, and the attempt went on".to_owned(),
        (_, several, _) => format!(": {several} responses have it, and the attempts went on"),
    };
    format!("no attempt came to {title}{why}")
}

/// Fewer attempts tell nothing.
const SOME: u64 = 3;

/// Returns what the whole cannot prove.
pub(super) fn of_all(sum: &Sum) -> Vec<String> {
    let counts = &sum.counts;
    let requests = total(counts.requests.values());
    let codes = counts.responses.values();
    let responses = total(codes.flat_map(|codes| codes.values()));
    let mut says = Vec::new();
    match (requests, responses) {
        (0, 1..) => says.push(
            "there are responses only: one direction of the traffic, so whether more was asked is not known".to_owned(),
        ),
        (1.., 0) if counts.requests.keys().any(|method| *method != Method::ACK) => says.push(
            "there are requests only: one direction of the traffic, or nobody answered".to_owned(),
        ),
        _ => {}
    }
    let unnamed = counts.responses.get(&Method::default());
    let unnamed = total(unnamed.into_iter().flat_map(|codes| codes.values()));
    if unnamed > 0 {
        says.push(format!(
            "{unnamed} of {responses} responses have no CSeq, as what is cut off: they belong to no attempt"
        ));
    }
    let outcomes = || sum.methods.values().flat_map(|came| &came.attempts);
    let attempts = total(outcomes().map(|(_, count)| count));
    let open = outcomes().filter(|(outcome, _)| matches!(outcome, Outcome::Open(_)));
    let open = total(open.map(|(_, count)| count));
    if requests > 0 && responses > 0 && attempts >= SOME && open > attempts / 2 {
        says.push(format!(
            "{open} of {attempts} attempts have no final response here: what was read may hold one direction or one \
             side only"
        ));
    }
    says.extend(clocks(sum));
    says
}

/// Says why there is no first and last time of all files.
fn clocks(sum: &Sum) -> Option<String> {
    if sum.has_order() {
        return None;
    }
    let clocks: Vec<&str> = sum
        .clocks()
        .into_iter()
        .map(|clock| match clock {
            Clock::Epoch => "UTC of a capture",
            Clock::Dated => "date and time",
            Clock::Yearless => "date without a year",
            Clock::Daily => "time without a date",
        })
        .collect();
    Some(match clocks.as_slice() {
        [_] => "times have no date and go past midnight: which file is the first is not known"
            .to_owned(),
        clocks => format!(
            "the files have unlike clocks ({}): their times are not put into one order",
            clocks.join(", ")
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_counted_is_said() {
        let scan = Scan {
            messages: 4,
            packets: 9,
            ..Scan::default()
        };
        assert_eq!(of_file(&scan, "a"), Vec::<String>::new());
        let (tls, unread, messages) = (2, 3, 0);
        let scan = Scan {
            tls,
            unread,
            messages,
            is_cut: true,
            ..scan
        };
        let says = of_file(&scan, "a").join("\n");
        for part in [
            "no SIP message in a, a capture of 9 packets",
            "2 of 9 packets in a are TLS",
            "3 of 9 packets in a are of a link type",
            "a ends in the middle of a packet",
        ] {
            assert!(says.contains(part), "{says}");
        }
    }
}
