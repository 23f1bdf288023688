//! A day of an office, as big as one likes: what a proxy writes of its calls and registrations, and the same packets.
//! Made up from a number, so that each run has the same.

use std::fmt::Write;

const PROXY: &str = "192.0.2.1";
const PORT: u16 = 5060;
const SECOND: u64 = 1_000_000;
/// The first of January 2026, in microseconds since 1970.
const BEGIN: u64 = 1_767_225_600 * SECOND;

/// What calls come to, out of a hundred.
const ENDS: [(u64, u16, &str); 9] = [
    (62, 200, "OK"),
    (10, 486, "Busy Here"),
    (9, 487, "Request Terminated"),
    (6, 480, "Temporarily Unavailable"),
    (5, 404, "Not Found"),
    (3, 503, "Service Unavailable"),
    (2, 403, "Forbidden"),
    (2, 488, "Not Acceptable Here"),
    (1, 603, "Decline"),
];

/// A message on its way.
pub(crate) struct Sent {
    /// In microseconds since 1970.
    time: u64,
    from: String,
    to: String,
    pub(crate) text: String,
}

/// The traffic, call by call.
pub(crate) struct Office {
    state: u64,
    time: u64,
    call: u64,
}

/// Who speaks with whom, and about what.
struct Dialog {
    caller: String,
    callee: String,
    phone: String,
    call_id: String,
    tag: u64,
    branch: u64,
    cseq: u64,
}

impl Office {
    pub(crate) fn new() -> Self {
        Self {
            state: 0x2545_f491_4f6c_dd1d,
            time: BEGIN,
            call: 0,
        }
    }

    /// Returns the messages of the next call or registration.
    pub(crate) fn next(&mut self) -> Vec<Sent> {
        self.call += 1;
        self.time += self.below(40_000);
        let mut dialog = Dialog {
            caller: format!("+1555{:07}", self.below(9_000_000)),
            callee: format!("+1555{:07}", self.below(9_000_000)),
            phone: format!("198.51.100.{}", 1 + self.below(250)),
            call_id: format!("{:016x}{:08x}", self.drawn(), self.call),
            tag: self.drawn() >> 32,
            branch: self.drawn(),
            cseq: 1 + self.below(9000),
        };
        if self.below(10) < 3 {
            self.registers(&mut dialog)
        } else {
            self.calls(&mut dialog)
        }
    }

    fn registers(&mut self, dialog: &mut Dialog) -> Vec<Sent> {
        let challenge =
            "WWW-Authenticate: Digest realm=\"office\", nonce=\"5f2c9b1e\", qop=\"auth\"\r\n";
        let answer = "Authorization: Digest username=\"phone\", realm=\"office\", nonce=\"5f2c9b1e\", \
                      uri=\"sip:office.example\", response=\"0a4f113b3c5d\"\r\nExpires: 300\r\n";
        let mut sent = vec![
            self.request(dialog, "REGISTER", "Expires: 300\r\n", ""),
            self.response(dialog, "REGISTER", (401, "Unauthorized"), challenge, ""),
        ];
        dialog.cseq += 1;
        dialog.branch = self.drawn();
        sent.push(self.request(dialog, "REGISTER", answer, ""));
        sent.push(self.response(dialog, "REGISTER", (200, "OK"), "Expires: 300\r\n", ""));
        sent
    }

    fn calls(&mut self, dialog: &mut Dialog) -> Vec<Sent> {
        let sdp = self.sdp(dialog);
        let typed = "Content-Type: application/sdp\r\n";
        let mut sent = vec![self.request(dialog, "INVITE", typed, &sdp)];
        if self.below(100) < 4 {
            // It got lost, or the answer did.
            self.time += SECOND / 2;
            sent.push(self.request(dialog, "INVITE", typed, &sdp));
        }
        sent.push(self.response(dialog, "INVITE", (100, "Trying"), "", ""));
        let mut drawn = self.below(100);
        let end = ENDS.iter().find(|(share, ..)| {
            let is_it = drawn < *share;
            drawn = drawn.saturating_sub(*share);
            is_it
        });
        let (_, code, phrase) = *end.unwrap_or(&ENDS[0]);
        if matches!(code, 200 | 480 | 487) {
            sent.push(self.response(dialog, "INVITE", (180, "Ringing"), "", ""));
        }
        match code {
            200 => {
                sent.push(self.response(dialog, "INVITE", (200, "OK"), typed, &sdp));
                sent.push(self.request(dialog, "ACK", "", ""));
                dialog.cseq += 1;
                dialog.branch = self.drawn();
                sent.push(self.request(dialog, "BYE", "", ""));
                sent.push(self.response(dialog, "BYE", (200, "OK"), "", ""));
            }
            487 => {
                sent.push(self.request(dialog, "CANCEL", "", ""));
                sent.push(self.response(dialog, "CANCEL", (200, "OK"), "", ""));
                sent.push(self.response(dialog, "INVITE", (code, phrase), "", ""));
                sent.push(self.request(dialog, "ACK", "", ""));
            }
            _ => {
                sent.push(self.response(dialog, "INVITE", (code, phrase), "", ""));
                sent.push(self.request(dialog, "ACK", "", ""));
            }
        }
        sent
    }

    fn request(&mut self, dialog: &Dialog, method: &str, more: &str, body: &str) -> Sent {
        let line = format!("{method} sip:{}@{PROXY}:{PORT} SIP/2.0\r\n", dialog.callee);
        let more = format!("Max-Forwards: 70\r\nUser-Agent: Desk phone 4.2\r\n{more}");
        let text = Self::message(dialog, method, &line, &more, body);
        self.sent(dialog.phone.clone(), PROXY.to_owned(), text)
    }

    fn response(
        &mut self,
        dialog: &Dialog,
        method: &str,
        (code, phrase): (u16, &str),
        more: &str,
        body: &str,
    ) -> Sent {
        let line = format!("SIP/2.0 {code} {phrase}\r\n");
        let more = format!("Server: Office proxy 9\r\n{more}");
        let text = Self::message(dialog, method, &line, &more, body);
        self.sent(PROXY.to_owned(), dialog.phone.clone(), text)
    }

    fn sent(&mut self, from: String, to: String, text: String) -> Sent {
        self.time += 1000 + self.below(9000);
        Sent {
            time: self.time,
            from,
            to,
            text,
        }
    }

    fn message(dialog: &Dialog, method: &str, line: &str, more: &str, body: &str) -> String {
        let Dialog {
            caller,
            callee,
            phone,
            call_id,
            tag,
            branch,
            cseq,
        } = dialog;
        format!(
            "{line}Via: SIP/2.0/UDP {phone}:{PORT};branch=z9hG4bK{branch:016x};rport\r\n\
             From: \"{caller}\" <sip:{caller}@{PROXY}>;tag={tag:08x}\r\n\
             To: <sip:{callee}@{PROXY}>\r\nCall-ID: {call_id}@{phone}\r\nCSeq: {cseq} {method}\r\n\
             Contact: <sip:{caller}@{phone}:{PORT}>\r\n{more}Content-Length: {}\r\n\r\n{body}",
            body.len()
        )
    }

    fn sdp(&mut self, dialog: &Dialog) -> String {
        let (phone, port) = (&dialog.phone, 10_000 + self.below(20_000));
        format!(
            "v=0\r\no=- {port} 1 IN IP4 {phone}\r\ns=-\r\nc=IN IP4 {phone}\r\nt=0 0\r\n\
             m=audio {port} RTP/AVP 8 0 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\n\
             a=rtpmap:101 telephone-event/8000\r\na=sendrecv\r\n"
        )
    }

    fn below(&mut self, limit: u64) -> u64 {
        (self.drawn() >> 16) % limit
    }

    fn drawn(&mut self) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state
    }
}

impl Sent {
    /// Writes it as a log has it.
    pub(crate) fn log(&self, log: &mut String) {
        let seconds = self.time / SECOND % 86_400;
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        let way = if self.from == PROXY {
            "sent to"
        } else {
            "received from"
        };
        let peer = if self.from == PROXY {
            &self.to
        } else {
            &self.from
        };
        let bytes = self.text.len();
        _ = write!(
            log,
            "[2026-01-01 {hours:02}:{minutes:02}:{:02}.{:06}] sip: {bytes} bytes {way} {peer}:{PORT}\n{}",
            seconds % 60,
            self.time % SECOND,
            self.text
        );
        if !self.text.ends_with('\n') {
            log.push('\n');
        }
    }

    /// Writes it as a packet of a capture.
    pub(crate) fn packet(&self, capture: &mut Vec<u8>) {
        let short = |number: usize| u16::try_from(number).unwrap_or(u16::MAX).to_be_bytes();
        let long = |number: u64| u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes();
        let length = 14 + 20 + 8 + self.text.len();
        for number in [
            self.time / SECOND,
            self.time % SECOND,
            length as u64,
            length as u64,
        ] {
            capture.extend(long(number));
        }
        capture.extend([2; 12]);
        capture.extend([8, 0, 0x45, 0]);
        capture.extend(short(length - 14));
        capture.extend([0, 0, 0x40, 0, 64, 17, 0, 0]);
        for address in [&self.from, &self.to] {
            capture.extend(
                address
                    .split('.')
                    .filter_map(|part| part.parse::<u8>().ok()),
            );
        }
        capture.extend([PORT.to_be_bytes(), PORT.to_be_bytes()].concat());
        capture.extend(short(8 + self.text.len()));
        capture.extend([0, 0]);
        capture.extend(self.text.as_bytes());
    }
}

/// Returns what a capture begins with: little-endian, microseconds, Ethernet.
pub(crate) fn header() -> Vec<u8> {
    let mut header = 0xa1b2_c3d4_u32.to_le_bytes().to_vec();
    header.extend([2, 0, 4, 0]);
    header.extend([0; 8]);
    header.extend(262_144_u32.to_le_bytes());
    header.extend(1_u32.to_le_bytes());
    header
}
