//! The bytes of messages written as text, one row a form: hex dumps, arrays, trees, and text beside them.

use std::fmt::Write;

use crate::frames::{lines, time};

/// A form, and how the message of a number is written in it.
pub(crate) struct Form {
    pub(crate) what: &'static str,
    pub(crate) write: fn(usize, &str) -> String,
}

/// What stands before the message in a packet: one byte is a line feed, and one is glued to the start line.
const PACKET: [u8; 28] = [
    0x45, 0, 1, 0x6d, 0xe3, 6, 0x40, 0, 0x40, 0x11, 0x58, 0x77, 10, 0, 0, 1, 10, 0, 0, 2, 0x13,
    0xd8, 0x13, 0xc4, 1, 0x59, 0xff, b'l',
];

fn packet(message: &str) -> Vec<u8> {
    [&PACKET, message.as_bytes()].concat()
}

/// Between whom a packet goes, as a writer of lines says it.
const WAY: &str = "192.0.2.1:5060 to 192.0.2.2:5070";

fn label(at: usize) -> String {
    format!(
        "{} IP 192.0.2.1.5060 > 192.0.2.2.5070: UDP, length 9\n",
        time(at)
    )
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Bytes in groups of so many.
fn grouped(bytes: &[u8], by: usize) -> String {
    let groups: Vec<String> = bytes.chunks(by).map(hex).collect();
    groups.join(" ")
}

fn shown(bytes: &[u8], blank: char) -> String {
    let letter = |byte: &u8| match byte {
        b' ' => blank,
        byte if byte.is_ascii_graphic() => char::from(*byte),
        _ => '.',
    };
    bytes.iter().map(letter).collect()
}

fn rows(bytes: &[u8], width: usize, row: impl Fn(usize, &[u8]) -> String) -> String {
    let rows = bytes.chunks(width).enumerate();
    rows.map(|(at, bytes)| row(at * width, bytes) + "\n")
        .collect()
}

/// A tree, with what is in the fields below them, and what is not of the message around it.
fn tree(at: usize, message: &str) -> String {
    let (head, body) = message.split_once("\r\n\r\n").unwrap_or((message, ""));
    let (start, fields) = head.split_once("\r\n").unwrap_or((head, ""));
    let name = if start.starts_with("SIP/") {
        "Status-Line"
    } else {
        "Request-Line"
    };
    let field = |field: &str| {
        format!("        {field}\n            In it: {field}\n                To: x\n")
    };
    let fields: String = fields.split("\r\n").map(field).collect();
    let body: String = body
        .split("\r\n")
        .flat_map(|line| ["        ", line, "\n"])
        .collect();
    format!(
        "Frame {at}: 9 bytes on wire\n    Arrival Time: Nov 28, 2026 10:00:{at:02}.{:03} UTC\n\
         Internet Protocol Version 4, Src: 192.0.2.1, Dst: 192.0.2.2\n    Source: 192.0.2.1\n\
         User Datagram Protocol, Src Port: 5060, Dst Port: 5070\nSession Initiation Protocol\n\
         \x20   {name}: {start}\n        Method: x\n        [Resent Packet: False]\n    Message Header\n{fields}\
         \x20       [Generated Call-ID: x]\n    Message Body\n{body}\n",
        at * 71
    )
}

fn xml(at: usize, message: &str) -> String {
    let (start, rest) = message.split_once("\r\n").unwrap_or((message, ""));
    let name = if start.starts_with("SIP/") {
        "Status-Line"
    } else {
        "Request-Line"
    };
    let show = rest
        .replace("\r\n", "\n")
        .replace('<', "&lt;")
        .replace('"', "&quot;");
    let fields: Vec<String> = rest
        .lines()
        .map(|line| {
            format!(
                "<field name=\"x\" show=\"{}\" value=\"{}\"/>\n",
                line.replace('"', "&quot;"),
                hex(line.as_bytes())
            )
        })
        .collect();
    format!(
        "<packet>\n<field name=\"frame.time\" show=\"Nov 28, 2026 10:00:{at:02}.{:03} UTC\"/>\n\
         <field name=\"ip.src\" show=\"192.0.2.1\" value=\"c0000201\"/>\n<field name=\"ip.dst\" show=\"192.0.2.2\"/>\n\
         <field name=\"udp.srcport\" show=\"5060\"/>\n<field name=\"udp.dstport\" show=\"5070\"/>\n\
         <proto name=\"sip\">\n  <field name=\"sip.{name}\" show=\"{start}\" value=\"{}\">\n  </field>\n\
         \x20 <field name=\"sip.msg_hdr\" show=\"{show}\" value=\"{}\">\n{}</field></proto>\n</packet>\n",
        at * 71,
        hex(start.as_bytes()),
        hex(rest.as_bytes()),
        fields.concat()
    )
}

/// The fields of a tree in JSON, as text and as digits.
fn json(at: usize, message: &str) -> String {
    let (start, rest) = message.split_once("\r\n").unwrap_or((message, ""));
    let name = if start.starts_with("SIP/") {
        "Status-Line"
    } else {
        "Request-Line"
    };
    let text = rest.replace('"', "\\\"").replace("\r\n", "\\r\\n");
    format!(
        "{{\n \"frame.time\": \"Nov 28, 2026 10:00:{at:02}.{:03} UTC\",\n \"ip.src\": \"192.0.2.1\",\n \
         \"ip.dst\": \"192.0.2.2\",\n \"udp.srcport\": \"5060\",\n \"udp.dstport\": \"5070\",\n \"sip\": {{\n  \
         \"sip.{name}_raw\": [\n   \"{}\",\n   42,\n  0],\n  \"sip.{name}\": \"{start}\",\n  \"sip.{name}_tree\": {{}},\n  \
         \"sip.msg_hdr_raw\": [\n   \"{}\",\n   42\n  ],\n  \"sip.msg_hdr\": \"{text}\",\n  \"sip.Via\": \"x\"\n }}\n}},\n",
        at * 71,
        hex(start.as_bytes()),
        hex(rest.as_bytes())
    )
}

fn page(message: &str) -> String {
    let message = message.replace('&', "&amp;").replace('"', "&quot;");
    message.replace('<', "&lt;").replace('>', "&gt;")
}

pub(crate) const FORMS: &[Form] = &[
    Form {
        what: "line ends as numbers in brackets, one record a message",
        write: |at, message| {
            let message = message.replace("\r\n", "<013><010>");
            format!("{}\tLocal0.Debug\t{WAY}\t{message}\n", time(at))
        },
    },
    Form {
        what: "line ends by name, and lines too",
        write: |at, message| {
            let message = message.replace("\r\n", "[CR][LF]\r\n");
            format!("{} {WAY}\n{message}\n", time(at))
        },
    },
    Form {
        what: "bytes behind backslashes",
        write: |at, message| {
            let message = message.replace("\r\n", "\\x0d\\x0a").replace('"', "\\x22");
            format!("{} {WAY} {message}\n", time(at))
        },
    },
    Form {
        what: "as in a URL",
        write: |at, message| {
            let message: String = message
                .bytes()
                .map(|byte| match byte {
                    byte if byte.is_ascii_alphanumeric() || b".-_".contains(&byte) => {
                        char::from(byte).into()
                    }
                    byte => format!("%{byte:02X}"),
                })
                .collect();
            format!("{} {WAY} GET /log?m={message}\n", time(at))
        },
    },
    Form {
        what: "a row of a page, its lines parted by tags",
        write: |at, message| {
            let message = page(message).replace("\r\n", "<br>");
            let start = format!("<tr class=\"x\"><td>[{at}]</td><td>{}</td>", time(at));
            format!("{start}<td>{}<br>{message}</td></tr>\n", page(WAY))
        },
    },
    Form {
        what: "a page with lines, of which each has a tag",
        write: |at, message| {
            let message = page(message).replace("\r\n", "<br/>\n");
            format!("<div>{} {WAY}<br/>\n<pre>{message}</pre></div>\n", time(at))
        },
    },
    Form {
        what: "signs as entities, lines as lines",
        write: |at, message| format!("{} {WAY}\n{}\n", time(at), page(message)),
    },
    Form {
        what: "groups of two with a colon and a tabulator",
        write: |at, message| {
            label(at)
                + &rows(&packet(message), 16, |at, row| {
                    format!(
                        "\t0x{at:04x}:  {:<39}  {}",
                        grouped(row, 2),
                        shown(row, '.')
                    )
                })
        },
    },
    Form {
        what: "the same without text, with large digits and returns",
        write: |at, message| {
            let rows = rows(&packet(message), 16, |at, row| {
                format!("\t0x{at:04X}:  {}", grouped(row, 2).to_uppercase())
            });
            (label(at) + &rows).replace('\n', "\r\n")
        },
    },
    Form {
        what: "bytes, an empty line between packets",
        write: |at, message| {
            let rows = rows(&packet(message), 16, |at, row| {
                format!("{at:04x}  {:<47}   {}", grouped(row, 1), shown(row, ' '))
            });
            format!("{}{rows}\n", label(at))
        },
    },
    Form {
        what: "bytes alone, nothing between packets",
        write: |_, message| {
            rows(&packet(message), 24, |at, row| {
                format!("{at:06x} {}", grouped(row, 1))
            })
        },
    },
    Form {
        what: "two halves, bars around the text, the length at the end",
        write: |at, message| {
            let bytes = packet(message);
            let rows = rows(&bytes, 16, |at, row| {
                let (one, other) = row.split_at(row.len().min(8));
                format!(
                    "{at:08x}  {:<23}  {:<23}  |{}|",
                    grouped(one, 1),
                    grouped(other, 1),
                    shown(row, ' ')
                )
            });
            format!("{}{rows}{:08x}\n", label(at), bytes.len())
        },
    },
    Form {
        what: "octal offsets, blanks at the end lost",
        write: |at, message| {
            let rows = rows(&packet(message), 16, |at, row| {
                let row = format!("{at:07o} {:<47}  >{}<", grouped(row, 1), shown(row, ' '));
                row.trim_end().to_owned()
            });
            label(at) + &rows
        },
    },
    Form {
        what: "a prefix of a log, wide rows in groups of four",
        write: |at, message| {
            rows(&packet(message), 32, |offset, row| {
                format!(
                    "{} DEBUG net[{at}] from 192.0.2.1:5060 to 192.0.2.2:5070: {offset:05}: {:<71} {}",
                    time(at),
                    grouped(row, 4),
                    shown(row, '.')
                )
            })
        },
    },
    Form {
        what: "the whole packet in one row",
        write: |at, message| {
            let bytes = packet(message);
            format!(
                "{}> 0000: {}  {}\n",
                label(at),
                grouped(&bytes, 1),
                shown(&bytes, '.')
            )
        },
    },
    Form {
        what: "as text first, and then as bytes",
        write: |at, message| {
            let bytes = rows(&packet(message), 16, |at, row| {
                format!(
                    "\t0x{at:04x}:  {:<39}  {}",
                    grouped(row, 2),
                    shown(row, '.')
                )
            });
            format!("{}{}{bytes}", label(at), lines(message, "\t", "\n"))
        },
    },
    Form {
        what: "an array in a record",
        write: |at, message| {
            format!(
                "{{\"n\":[{at}],\"t\":\"{}\",\"src\":\"192.0.2.1:5060\",\"dst\":\"192.0.2.2:5070\",\"MESSAGE\":{:?},\"b\":[]}}\n",
                time(at),
                message.as_bytes()
            )
        },
    },
    Form {
        what: "an array of many lines, and times as a number behind it",
        write: |at, message| {
            let values =
                format!("{:#?}", [b"got: ", message.as_bytes()].concat()).replace(",\n]", "\n\t]");
            format!("{{\n\t\"x\" : [\n\t],\n\t\"MESSAGE\" : {values},\n\t\"_PID\" : \"{at}\"\n}}\n")
        },
    },
    Form {
        what: "a record a line",
        write: |at, message| {
            let text = format!("from 192.0.2.1:5060 to 192.0.2.2:5070:\n{message}\n");
            let record = |line: &str| {
                let line = line.replace('"', "\\\"").replace('<', "\\u003c");
                let line = line.replace('\r', "\\r").replace('\n', "\\n");
                format!(
                    "{{\"log\":\"{line}\",\"stream\":\"stderr\",\"time\":\"{}\"}}\n",
                    time(at)
                )
            };
            text.split_inclusive('\n').map(record).collect()
        },
    },
    Form {
        what: "a tree",
        write: tree,
    },
    Form {
        what: "a tree, and its bytes",
        write: |at, message| {
            let bytes = rows(&packet(message), 16, |at, row| {
                format!("{at:04x}  {:<47}   {}", grouped(row, 1), shown(row, ' '))
            });
            format!("{}{bytes}\n", tree(at, message))
        },
    },
    Form {
        what: "XML",
        write: xml,
    },
    Form {
        what: "fields of JSON, twice",
        write: json,
    },
];
