//! What a trace is wrapped in, told by its first bytes and never by a name: gzip in any number of members, UTF-16,
//! packets.

use std::io::{Cursor, Error, ErrorKind, Read, Result};

use flate2::read::MultiGzDecoder;
use memchr::{memchr, memchr_iter, memrchr};

use super::capture;
use super::decode::{self, Forms};
use super::finder::messages;
use super::found::{Format, Found, Scan};
use super::looks::{FIRST, Looks, looks};
use super::lost::{Lost, lost};
use super::pause::is_pause;
use super::stream::{self, fill, fill_least};
use super::teller::{Each, Teller};

const GZIP: &[u8] = &[0x1f, 0x8b, 8];
const PCAPNG: &[u8] = &[0x0a, 0x0d, 0x0d, 0x0a];
/// Returns whether what begins so is read as it stands: where its messages are found, their bytes are.
pub fn is_plain(first: &[u8]) -> bool {
    let wraps = [GZIP, &[0xff, 0xfe], &[0xfe, 0xff]];
    !wraps.iter().any(|wrap| first.starts_with(wrap))
}

/// One type, so that reading it is in the program once.
type Input<'a> = Box<dyn Read + Send + 'a>;

/// What is read, and how.
pub(super) enum Trace<'a> {
    Text(Input<'a>),
    /// The bytes of a message need not stand in one piece there.
    Capture(Input<'a>),
    /// Of a kind that is not read.
    Other,
}

/// Reads a trace to the end, whatever it is wrapped in; takes what is told of its messages, in order. It may be told by
/// several threads. Where lines are counted, each message of a text knows its own.
pub fn scan<T: Teller>(
    input: impl Read + Send,
    counts_lines: bool,
    teller: &T,
    mut take: impl FnMut(T::Told) + Send,
) -> Result<Scan> {
    scanned(Box::new(input), counts_lines, teller, &mut take)
}

/// Does the same with what is told of each message by itself.
pub fn scan_lines<T: Send>(
    input: impl Read + Send,
    tell: impl Fn(&Found<'_>) -> T + Sync,
    mut take: impl FnMut(T) + Send,
) -> Result<Scan> {
    let mut take = |told: Vec<T>| told.into_iter().for_each(&mut take);
    scanned(Box::new(input), true, &Each::new(tell), &mut take)
}

fn scanned<T: Teller>(
    input: Input<'_>,
    counts_lines: bool,
    teller: &T,
    take: &mut (dyn FnMut(T::Told) + Send),
) -> Result<Scan> {
    let mut passed = Passed::default();
    let scan = {
        let unwrapped = unwrapped(input, &mut passed)?;
        let scan = match unwrapped.trace {
            Trace::Text(text) => scanned_text(text, counts_lines, teller, take),
            Trace::Capture(mut packets) => capture::scan(&mut packets, teller, take),
            Trace::Other => Ok(Scan::default()),
        }?;
        Scan {
            format: unwrapped.format,
            is_gzip: unwrapped.is_gzip,
            looks: unwrapped.looks,
            ..scan
        }
    };
    Ok(Scan {
        is_cut: scan.is_cut && passed.broken.is_none(),
        broken: passed.broken,
        lines: (passed.bytes < LOOKED_AT).then_some(passed.lines),
        is_binary: passed.is_binary,
        ..scan
    })
}

/// Reads a text, what is written in it as numbers too.
fn scanned_text<T: Teller>(
    text: Input<'_>,
    counts_lines: bool,
    teller: &T,
    take: &mut (dyn FnMut(T::Told) + Send),
) -> Result<Scan> {
    let (lost, forms, mut text) = looked(text)?;
    let scan = match forms {
        Some(forms) => decode::scan(&mut text, forms, counts_lines, teller, take),
        None => stream::scan(&mut text, counts_lines, teller, take),
    };
    scan.map(|scan| Scan { lost, ..scan })
}

/// Looks at a text until it has a form or a message, which may stand behind what a program says when it starts: but no farther
/// than this.
const FAR: usize = 4 * 1024 * 1024;

/// Returns what was left out of what was looked at, the forms in it, and the input with it.
fn looked(mut input: Input<'_>) -> Result<(Option<Lost>, Option<Forms>, Input<'_>)> {
    let mut seen = Vec::new();
    loop {
        let begin = seen.len();
        seen.resize(begin + decode::LOOK, 0);
        let (length, error) = fill(&mut input, &mut seen[begin..]);
        seen.truncate(begin + length);
        let error = match error {
            Some(error) if seen.is_empty() => return Err(error),
            error => error,
        };
        let line = memrchr(b'\n', &seen[..begin]).map_or(0, |end| end + 1);
        let forms = decode::look(&seen[line..]);
        let is_last = length < decode::LOOK || error.is_some() || seen.len() >= FAR;
        if forms.is_some() || is_last || messages(&seen[line..]).next().is_some() {
            return Ok((lost(&seen), forms, before(seen, error, input)));
        }
    }
}

/// So many bytes are looked at to say what holds no message.
const LOOKED_AT: u64 = 1024 * 1024;

/// So many bytes tell what a file is, where no more come.
const TELLS: usize = 32;

/// What is seen in passing.
#[derive(Default)]
struct Passed {
    bytes: u64,
    broken: Option<String>,
    lines: u64,
    is_binary: bool,
}

/// What breaks off ends there: what was read until then is a trace.
struct Lasting<'a> {
    input: Input<'a>,
    passed: &'a mut Passed,
}

impl Read for Lasting<'_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        if self.passed.broken.is_some() {
            return Ok(0);
        }
        match self.input.read(into) {
            Err(error) if error.kind() != ErrorKind::Interrupted && !is_pause(&error) => {
                self.passed.broken = Some(error.to_string());
                Ok(0)
            }
            Err(error) => Err(error),
            Ok(read) => {
                if self.passed.bytes < LOOKED_AT {
                    let bytes = &into[..read];
                    self.passed.lines += memchr_iter(b'\n', bytes).count() as u64;
                    self.passed.is_binary |= memchr(0, bytes).is_some();
                }
                self.passed.bytes += read as u64;
                Ok(read)
            }
        }
    }
}

struct Unwrapped<'a> {
    trace: Trace<'a>,
    format: Format,
    is_gzip: bool,
    looks: Option<&'static Looks>,
}

fn unwrapped<'a>(input: Input<'a>, passed: &'a mut Passed) -> Result<Unwrapped<'a>> {
    let (first, input) = peek(input, FIRST)?;
    if first.starts_with(GZIP) {
        let (first, input) = peek(Box::new(MultiGzDecoder::new(input)), FIRST)?;
        let unwrapped = told(&first, Box::new(Lasting { input, passed }));
        return Ok(Unwrapped {
            is_gzip: true,
            ..unwrapped
        });
    }
    Ok(told(&first, Box::new(Lasting { input, passed })))
}

fn told<'a>(first: &[u8], input: Input<'a>) -> Unwrapped<'a> {
    let looks = looks(first);
    let (trace, format) = if capture::is_capture(first) {
        let is_newer = first.starts_with(PCAPNG);
        let format = if is_newer {
            Format::Pcapng
        } else {
            Format::Pcap
        };
        (Trace::Capture(input), format)
    } else if looks.is_some_and(|looks| looks.opened_by.is_some()) {
        (Trace::Other, Format::Other)
    } else {
        text(first, input)
    };
    Unwrapped {
        trace,
        format,
        is_gzip: false,
        looks,
    }
}

fn text<'a>(first: &[u8], input: Input<'a>) -> (Trace<'a>, Format) {
    let (text, format): (Input<'a>, Format) = match first {
        [0xff, 0xfe, ..] => (
            Box::new(Utf16::new(input, u16::from_le_bytes)),
            Format::Utf16,
        ),
        [0xfe, 0xff, ..] => (
            Box::new(Utf16::new(input, u16::from_be_bytes)),
            Format::Utf16,
        ),
        _ => (input, Format::Text),
    };
    (Trace::Text(text), format)
}

/// Returns the first bytes, and the input with them.
fn peek(mut input: Input<'_>, length: usize) -> Result<(Vec<u8>, Input<'_>)> {
    let mut first = vec![0; length];
    let (length, error) = fill_least(&mut input, &mut first, TELLS);
    let error = match error {
        Some(error) if length == 0 => return Err(error),
        error => error,
    };
    first.truncate(length);
    Ok((first.clone(), before(first, error, input)))
}

/// Returns an input with what was read of it, and what was met behind that.
fn before(read: Vec<u8>, error: Option<Error>, input: Input<'_>) -> Input<'_> {
    Box::new(Cursor::new(read).chain(Broken(error)).chain(input))
}

/// What was met behind the bytes that were looked at.
struct Broken(Option<Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// Text of two bytes a unit as UTF-8.
struct Utf16<'a> {
    input: Input<'a>,
    unit: fn([u8; 2]) -> u16,
    units: Vec<u16>,
    text: Vec<u8>,
    given: usize,
    /// Met behind the bytes that were read last.
    error: Option<Error>,
}

impl<'a> Utf16<'a> {
    fn new(input: Input<'a>, unit: fn([u8; 2]) -> u16) -> Self {
        Self {
            input,
            unit,
            units: Vec::new(),
            text: Vec::new(),
            given: 0,
            error: None,
        }
    }

    /// Decodes the next piece; a pair that it would part is left for the one after.
    fn decode(&mut self) -> Result<()> {
        let mut bytes = vec![0; 64 * 1024];
        if let Some(error) = self.error.take() {
            return Err(error);
        }
        let (read, error) = fill(&mut self.input, &mut bytes);
        self.error = error;
        let (pairs, _) = bytes[..read].as_chunks::<2>();
        self.units
            .extend(pairs.iter().map(|pair| (self.unit)(*pair)));
        let is_open = self
            .units
            .last()
            .is_some_and(|unit| (0xd800..0xdc00).contains(unit));
        let kept = (is_open && read > 0).then(|| self.units.pop()).flatten();
        self.text.clear();
        self.given = 0;
        for letter in char::decode_utf16(self.units.drain(..)) {
            let letter = letter.unwrap_or(char::REPLACEMENT_CHARACTER);
            let mut utf8 = [0; 4];
            self.text
                .extend_from_slice(letter.encode_utf8(&mut utf8).as_bytes());
        }
        self.units.extend(kept);
        Ok(())
    }
}

impl Read for Utf16<'_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        if self.given == self.text.len() {
            self.decode()?;
        }
        let length = into.len().min(self.text.len() - self.given);
        into[..length].copy_from_slice(&self.text[self.given..][..length]);
        self.given += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn read(bytes: &[u8]) -> String {
        let mut text = String::new();
        let mut passed = Passed::default();
        let told = unwrapped(Box::new(bytes), &mut passed).expect("readable");
        let Trace::Text(mut input) = told.trace else {
            panic!("no text");
        };
        input.read_to_string(&mut text).expect("text");
        text
    }

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(bytes).expect("written");
        packer.finish().expect("packed")
    }

    #[test]
    fn what_is_packed_is_read_as_it_was() {
        let members = [packed(b"SIP/2.0"), packed(b" 200 OK")].concat();
        assert_eq!(read(&members), "SIP/2.0 200 OK");
        for text in ["", "S", "SIP/2.0 200 OK"] {
            assert_eq!(read(text.as_bytes()), text);
            assert_eq!(read(&packed(text.as_bytes())), text);
        }
    }

    #[test]
    fn what_breaks_off_is_read_until_then() {
        let message = "INVITE sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP a\r\nFrom: <sip:c@d>\r\nTo: <sip:a@b>\r\n\r\n";
        let file = packed(message.repeat(2000).as_bytes());
        let whole = scan_lines(&file[..], |_| (), |()| ()).expect("readable");
        assert_eq!(
            (whole.messages, whole.is_gzip, whole.broken),
            (2000, true, None)
        );
        let cut = scan_lines(&file[..file.len() / 2], |_| (), |()| ()).expect("readable");
        assert!(
            cut.messages > 0 && cut.messages < 2000 && cut.bytes > 0,
            "{cut:?}"
        );
        assert!(cut.broken.is_some());
    }

    #[test]
    fn two_bytes_a_letter_are_text() {
        let text = "\u{feff}SIP/2.0 200 \u{1f4de}";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [little, big] {
            assert_eq!(read(&bytes), text);
            assert_eq!(read(&packed(&bytes)), text);
        }
    }

    #[test]
    fn a_capture_is_no_text() {
        for magic in [
            [0xa1, 0xb2, 0xc3, 0xd4],
            [0xa1, 0xb2, 0x3c, 0x4d],
            [0xa1, 0xb2, 0xcd, 0x34],
            [0x0a, 0x0d, 0x0d, 0x0a],
        ] {
            let mut back = magic;
            back.reverse();
            for magic in [magic, back] {
                for file in [magic.to_vec(), packed(&magic)] {
                    let mut passed = Passed::default();
                    let told = unwrapped(Box::new(&file[..]), &mut passed).expect("readable");
                    assert!(matches!(told.trace, Trace::Capture(_)));
                }
            }
        }
    }
}
