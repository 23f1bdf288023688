//! What reading a trace costs, in bytes a second: a log and a capture of the same traffic.
//!
//! With a directory in `SIPDEX_TRACES` nothing is measured: a log and a capture of 200 MiB are written there, for
//! measuring from outside.

use std::env;
use std::fs::{self, File};
use std::io::{BufWriter, Result, Write};
use std::path::Path;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use sipdex::calls::{Sighting, Transactions};
use sipdex::tally::Counts;
use sipdex::trace::{Found, scan_lines};

#[path = "traces/office.rs"]
mod office;

use office::Office;

const MEASURED: usize = 16 << 20;
const WRITTEN: u64 = 200 << 20;

fn main() -> Result<()> {
    if let Some(folder) = env::var_os("SIPDEX_TRACES") {
        return written(folder.as_ref());
    }
    divan::main();
    Ok(())
}

/// Writes both forms, as long as the log is no longer than wanted.
fn written(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    let mut log = BufWriter::new(File::create(folder.join("office.log"))?);
    let mut capture = BufWriter::new(File::create(folder.join("office.pcap"))?);
    capture.write_all(&office::header())?;
    let mut office = Office::new();
    let mut length = 0;
    while length < WRITTEN {
        for sent in office.next() {
            let (mut text, mut packet) = (String::new(), Vec::new());
            sent.log(&mut text);
            sent.packet(&mut packet);
            log.write_all(text.as_bytes())?;
            capture.write_all(&packet)?;
            length += text.len() as u64;
        }
    }
    log.flush()?;
    capture.flush()
}

fn log() -> Vec<u8> {
    let mut office = Office::new();
    let mut log = String::new();
    while log.len() < MEASURED {
        for sent in office.next() {
            sent.log(&mut log);
        }
    }
    log.into_bytes()
}

fn capture() -> Vec<u8> {
    let mut office = Office::new();
    let mut capture = office::header();
    while capture.len() < MEASURED {
        for sent in office.next() {
            sent.packet(&mut capture);
        }
    }
    capture
}

/// Counts messages and transactions.
fn counted(trace: &[u8]) -> (Counts, Transactions) {
    let (mut counts, mut transactions) = (Counts::default(), Transactions::default());
    let tell = |found: &Found<'_>| Sighting::of(&found.head());
    let scanned = scan_lines(trace, tell, |sighting| {
        counts.add(&sighting);
        transactions.add(&sighting);
    });
    assert!(scanned.is_ok_and(|scan| scan.messages == counts.messages()));
    (counts, transactions)
}

#[divan::bench(args = [log as fn() -> Vec<u8>, capture])]
fn reading(bencher: Bencher<'_, '_>, trace: fn() -> Vec<u8>) {
    let trace = trace();
    bencher
        .counter(BytesCount::of_slice(&trace))
        .bench_local(|| counted(black_box(&trace)));
}
