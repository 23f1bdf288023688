//! Captures that come slowly, as from a pipe: told as they come, and the same as a file.

use std::io::{self, Read, Write};
use std::sync::atomic::{AtomicUsize, Ordering};

use flate2::Compression;
use flate2::write::GzEncoder;
use sipdex::trace::{Found, pause, scan_lines};

use crate::captures::{datagrams, linked, on_ethernet};
use crate::wire::{ETHERNET, PLAIN};

/// A pipe that brings so many bytes at a time, and nothing for a moment behind them.
struct Slow<'a>(&'a [u8], usize, bool);

impl Read for Slow<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.2 = !self.2;
        if self.2 && !self.0.is_empty() {
            return Err(pause());
        }
        let length = self.1.min(into.len());
        self.0.read(&mut into[..length])
    }
}

#[test]
fn what_comes_slowly_is_told_as_it_comes_and_is_the_same() {
    let mut blocks = [PLAIN.section(), PLAIN.interface(ETHERNET.0, 6)].concat();
    for packet in &datagrams() {
        blocks.extend(PLAIN.packet(0, 1, &linked(ETHERNET, packet)));
    }
    let pcap = on_ethernet(&datagrams());
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(&pcap).expect("written");
    let packed = gzip.finish().expect("packed");
    for (what, file) in [("pcap", pcap), ("pcapng", blocks), ("gzip", packed)] {
        let tell = |found: &Found<'_>| (found.bytes.to_vec(), found.origin, found.place.clone());
        let mut whole = Vec::new();
        let scan = scan_lines(&file[..], tell, |told| whole.push(told));
        for length in [1, 7, 100, 1000, file.len()] {
            let mut told = Vec::new();
            let slow = scan_lines(Slow(&file, length, true), tell, |one| told.push(one));
            assert_eq!(slow.expect("readable"), *scan.as_ref().expect("readable"));
            assert!(told == whole, "{what}: {length}");
        }
    }
    // What was found is told before more is asked for.
    let file = on_ethernet(&datagrams());
    let count = AtomicUsize::new(0);
    let half = &file[..file.len() / 2];
    let asked = Asked(half, &count);
    let take = |()| _ = count.fetch_add(1, Ordering::Relaxed);
    scan_lines(asked, |_| (), take).expect("readable");
}

/// A pipe that pauses at its end, and asks whether all was told before it ends.
struct Asked<'a>(&'a [u8], &'a AtomicUsize);

impl Read for Asked<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read(into)?;
        match read {
            0 if self.1.load(Ordering::Relaxed) == 0 => Err(pause()),
            read => Ok(read),
        }
    }
}
