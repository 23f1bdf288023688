//! What the counts of a trace do not say: what of its file was not read.

use crate::text;
use crate::trace::{Lost, Scan};

/// What looks like SIP and is none stands in many logs; it is told where it is more than a tenth of the messages.
const FEW: u64 = 10;
/// What makes a message, by two of it.
const CORE: &str = "Via, From, To, Call-ID and CSeq";
/// Why a text may have no message though it has SIP.
const CUT: &str = "; lines that were wrapped or cut cannot be read";

/// Returns what the counts do not say of a file.
pub fn remarks(scan: &Scan, file: &str) -> Vec<String> {
    let mut says = Vec::new();
    if scan.messages == 0 {
        says.push(nothing(scan, file));
    }
    if let Some(first) = scan.first_uncounted {
        let places = match scan.uncounted {
            1 => "1 message that is not counted, at".to_owned(),
            several => format!("{several} messages that are not counted, the first at"),
        };
        says.push(format!(
            "{file} has {places} byte {first}: of {CORE} not two are in the first 192 lines and 192 KiB, or the start line \
             has more than 8 KiB"
        ));
    }
    if let Some(first) = scan.first_missed
        && scan.missed > scan.uncounted
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
        && (matches!(lost, Lost::Texts | Lost::Version) || scan.messages == 0)
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
            "{file} ends in the middle of a packet: what stands before it was read"
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
        Lost::Version => {
            format!("{file} has a message of another version than SIP/2.0, which is not read")
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
    format!("no SIP message in {file}, {what}: none has a start line and two of {CORE}")
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
        assert_eq!(remarks(&scan, "a"), Vec::<String>::new());
        let (tls, unread, messages) = (2, 3, 0);
        let scan = Scan {
            tls,
            unread,
            messages,
            is_cut: true,
            ..scan
        };
        let says = remarks(&scan, "a").join("\n");
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
