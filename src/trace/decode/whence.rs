//! When a packet came and between whom, gathered from what a dissector says of its layers.

use core::net::{IpAddr, SocketAddr};
use std::fmt::Write;
use std::str;

use memchr::{memchr, memmem};

/// What is known of the packet at hand.
#[derive(Debug, Default)]
pub(super) struct Whence {
    time: String,
    from: Side,
    to: Side,
    /// Some packet was met.
    is_known: bool,
}

#[derive(Debug, Default)]
struct Side {
    ip: Option<IpAddr>,
    port: Option<u16>,
}

impl Whence {
    /// Notes what a line of a tree says.
    pub(super) fn of_tree(&mut self, line: &[u8]) {
        if let Some(time) = after(line, b"Arrival Time: ") {
            self.begin(time);
        }
        for (side, ip, port) in [
            (&mut self.from, ", Src: ", "Src Port: "),
            (&mut self.to, ", Dst: ", "Dst Port: "),
        ] {
            // Names may stand before the numbers, in round brackets behind them, or the other way round.
            side.note_ip(after(line, ip.as_bytes()));
            side.note_port(after(line, port.as_bytes()));
        }
    }

    /// Notes what the fields in a line say, as XML or JSON writes them.
    pub(super) fn of_fields(&mut self, line: &[u8]) {
        for (time, dot) in [("frame.time\"", "."), ("frame_time\"", "_")] {
            if let Some(time) = value(line, time) {
                self.begin(time);
            }
            for (side, end) in [(&mut self.from, "src"), (&mut self.to, "dst")] {
                for name in ["ip", "ipv6"] {
                    side.note_ip(value(line, &format!("{name}{dot}{end}\"")));
                }
                side.note_port(value(line, &format!("{dot}{end}port\"")));
            }
        }
    }

    /// A packet begins with its time.
    fn begin(&mut self, time: &[u8]) {
        let time = String::from_utf8_lossy(time).trim().to_owned();
        *self = Self {
            time,
            is_known: true,
            ..Self::default()
        };
    }

    /// Returns whether a packet was met at all.
    pub(super) fn is_known(&self) -> bool {
        self.is_known || self.from.ip.is_some()
    }

    /// Returns the line that says it.
    pub(super) fn label(&self) -> Vec<u8> {
        let mut label = self.time.clone();
        if let (Some(from), Some(to)) = (self.from.address(), self.to.address()) {
            let _ = write!(label, " {from} > {to}");
        }
        label.push('\n');
        label.into_bytes()
    }
}

impl Side {
    fn note_ip(&mut self, value: Option<&[u8]>) {
        self.ip = value.and_then(parsed).or(self.ip);
    }

    fn note_port(&mut self, value: Option<&[u8]>) {
        self.port = value.and_then(parsed).or(self.port);
    }

    fn address(&self) -> Option<SocketAddr> {
        Some(SocketAddr::new(self.ip?, self.port?))
    }
}

/// Reads the first word of a value, or what stands in round brackets behind it.
fn parsed<T: str::FromStr>(value: &[u8]) -> Option<T> {
    let mut words = value.split(|byte| b" ,()\"\r\n".contains(byte));
    let mut words = words.by_ref().filter(|word| !word.is_empty()).take(2);
    words.find_map(|word| str::from_utf8(word).ok()?.parse().ok())
}

fn after<'a>(line: &'a [u8], what: &[u8]) -> Option<&'a [u8]> {
    let at = memmem::find(line, what)?;
    Some(&line[at + what.len()..])
}

/// Returns the value of a field whose quoted name ends so.
fn value<'a>(line: &'a [u8], name: &str) -> Option<&'a [u8]> {
    let rest = after(line, name.as_bytes())?;
    let rest = match after(rest, b" show=\"") {
        Some(rest) => rest,
        None => rest
            .trim_ascii_start()
            .strip_prefix(b":")?
            .trim_ascii_start()
            .strip_prefix(b"\"")?,
    };
    memchr(b'"', rest).map(|end| &rest[..end])
}
