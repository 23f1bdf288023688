//! How writers frame messages, one row a shape: labels, prefixes, line ends, escapes.

/// A shape, and how the message of a number is written in it.
pub(crate) struct Frame {
    pub(crate) what: &'static str,
    pub(crate) write: fn(usize, &str) -> String,
}

pub(crate) fn lines(message: &str, before: &str, end: &str) -> String {
    let lines = message
        .split_inclusive("\r\n")
        .map(|line| line.trim_end_matches("\r\n"));
    lines.flat_map(|line| [before, line, end]).collect()
}

pub(crate) fn time(at: usize) -> String {
    format!("2026-11-28 10:00:{at:02}.{:03}", at * 71)
}

pub(crate) const FRAMES: &[Frame] = &[
    Frame {
        what: "nothing",
        write: |_, message| format!("{message}\r\n"),
    },
    Frame {
        what: "bytes counted, then a line end",
        write: |at, message| {
            format!(
                "<--- {} ({} bytes) --->\n{message}\n",
                time(at),
                message.len()
            )
        },
    },
    Frame {
        what: "a time in each line",
        write: |at, message| {
            format!(
                "[{}] <--- x --->\n{}",
                time(at),
                lines(message, &format!("[{}] ", time(at)), "\n")
            )
        },
    },
    Frame {
        what: "line feeds alone, no end",
        write: |at, message| {
            format!(
                "recv {} bytes at {}:\n----\n{}\n",
                message.len(),
                time(at),
                lines(message, "", "\n")
            )
        },
    },
    Frame {
        what: "three blanks, and dashes around",
        write: |at, message| {
            format!(
                "send at {}:\n   ----\n{}   ----\n",
                time(at),
                lines(message, "   ", "\n")
            )
        },
    },
    Frame {
        what: "in the middle of a line",
        write: |at, message| format!("{at:2}({at}) INFO: <script>: got {message}"),
    },
    Frame {
        what: "bars glued to the last byte",
        write: |at, message| format!("====\ntime: {}\n~~~~\n{message}||||||||", time(at)),
    },
    Frame {
        what: "a mark of its end",
        write: |at, message| {
            format!(
                "{} .TX {} bytes:\n{message}\n--end msg--\n",
                time(at),
                message.len()
            )
        },
    },
    Frame {
        what: "a colour, and its end behind the last byte",
        write: |at, message| format!("\x1b[36;1m{}#\nUDP a -> b\n{message}\x1b[;m\n", time(at)),
    },
    Frame {
        what: "colours in the lines",
        write: |at, message| {
            let text =
                lines(message, "", ".\n").replacen("SIP/2.0 4", "SIP/2.0 \x1b[1m\x1b[33m4", 1);
            format!(
                "U {} a -> b\n\n{}\n\n",
                time(at),
                text.replace("Call-ID:", "Call-ID:\x1b[1;35m")
                    .replace("CSeq", "\x1b[0mCSeq")
            )
        },
    },
    Frame {
        what: "points for carriage returns",
        write: |at, message| {
            format!(
                "\nU {} a -> b #{at}\n{}\n",
                time(at),
                lines(message, "", ".\n")
            )
        },
    },
    Frame {
        what: "carets for carriage returns",
        write: |at, message| format!("{} a -> b\n{}\n\n", time(at), lines(message, "", "^M\n")),
    },
    Frame {
        what: "a header of packets glued to the method",
        write: |at, message| {
            let first = message.lines().next().unwrap_or_default();
            format!(
                "{} IP a > b: SIP: {first}\nE..m..@.@.Xw.Y.l{}\n\n",
                time(at),
                lines(message, "", "\n")
            )
        },
    },
    Frame {
        what: "printed twice, with tabulators and raw",
        write: |at, message| {
            let first = message.lines().next().unwrap_or_default();
            format!(
                "{} IP x\n    a > b: SIP, length\n{}\t\nE..m.\n..Xw.Y.l{}\n{first:.0}\n",
                time(at),
                lines(message, "\t", "\n"),
                lines(message, "", "\n")
            )
        },
    },
    Frame {
        what: "quoted",
        write: |at, message| format!("> {}\n{}> \n", time(at), lines(message, "> ", "\n")),
    },
    Frame {
        what: "indented below the first line",
        write: |at, message| {
            let text = lines(message, "                       ", "\n");
            format!("Nov 28 10:00:{at:02} vm k[7]: {}", text.trim_start())
        },
    },
    Frame {
        what: "a record a line",
        write: |at, message| {
            lines(
                &format!("{at} received\r\n{message}"),
                &format!("{}Z stderr F ", time(at)),
                "\r\n",
            )
        },
    },
    Frame {
        what: "octal escapes",
        write: |at, message| {
            format!(
                "Nov 28 10:00:{at:02} vm k[7]: {}\n",
                message.replace("\r\n", "#015#012")
            )
        },
    },
    Frame {
        what: "a string of JSON",
        write: |at, message| {
            let text = message.replace('"', "\\\"").replace("\r\n", "\\r\\n");
            format!(
                "{{\"n\": {at}, \"m\": \"recv {}\", \"c\": {{}}}}\n",
                text.replace('/', "\\/")
            )
        },
    },
    Frame {
        what: "octal escapes in a string of JSON",
        write: |at, message| {
            let text = message.replace('"', "\\\"").replace("\r\n", "#015#012");
            format!("{{\"n\":{at},\"m\":\"{}\"}}\n", text.replace('/', "\\/"))
        },
    },
    Frame {
        what: "an empty line behind each line",
        write: |at, message| format!("{}\n{}\n", time(at), lines(message, "", "\n\n")),
    },
];
