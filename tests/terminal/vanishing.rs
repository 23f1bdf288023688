//! A terminal that is gone.

use std::{fs, io};

use rustix::process::{Pid, Signal, WaitIdOptions, kill_process};

use super::explorer::home;
use super::{happens_to, raw, without_terminal};

/// Returns the processor time of a process in hundredths of a second.
fn processor_time(pid: u32) -> io::Result<u64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    let fields = stat.rsplit(')').next().unwrap_or_default();
    let times = fields.split_whitespace().skip(11).take(2);
    Ok(times.filter_map(|time| time.parse::<u64>().ok()).sum())
}

/// Takes the terminal away once a text has been read from it.
fn ends_when_the_terminal_vanishes(rows: u16, text: &str) -> io::Result<()> {
    let home = home();
    let (mut terminal, mut explorer) = raw::start(&mut without_terminal(&home), 120, rows)?;
    raw::read_until(&mut terminal, text)?;
    let before = processor_time(explorer.id())?;
    drop(terminal);
    let ended = happens_to(Pid::from_child(&explorer), WaitIdOptions::EXITED);
    let spent = processor_time(explorer.id())? - before;
    explorer.kill()?;
    let status = explorer.wait()?;
    assert_eq!((ended, status.code()), (true, Some(129)), "{status}");
    assert!(spent < 25, "it spins: {spent}");
    Ok(())
}

#[test]
fn a_terminal_that_vanishes_ends_it() -> io::Result<()> {
    // Where the cursor is put when all is drawn.
    ends_when_the_terminal_vanishes(40, "\x1b[1;11H")
}

#[test]
fn a_terminal_that_vanishes_before_it_is_read_ends_it_as_later() -> io::Result<()> {
    // Whether it is read by then depends on the machine: one time out of ten it was not.
    for _ in 0..20 {
        ends_when_the_terminal_vanishes(40, "Responses")?;
    }
    Ok(())
}

#[test]
fn a_terminal_that_vanishes_while_it_is_stopped_ends_it_as_later() -> io::Result<()> {
    // Which of the two is heard first, that it goes on or that the terminal is gone, depends on the machine.
    for _ in 0..40 {
        let home = home();
        let (mut terminal, mut explorer) = raw::start(&mut without_terminal(&home), 120, 40)?;
        raw::read_until(&mut terminal, "\x1b[1;11H")?;
        let pid = Pid::from_child(&explorer);
        kill_process(pid, Signal::STOP)?;
        assert!(happens_to(pid, WaitIdOptions::STOPPED));
        drop(terminal);
        kill_process(pid, Signal::CONT)?;
        let ended = happens_to(pid, WaitIdOptions::EXITED);
        explorer.kill()?;
        let status = explorer.wait()?;
        assert_eq!((ended, status.code()), (true, Some(129)), "{status}");
    }
    Ok(())
}

#[test]
fn a_terminal_that_vanishes_while_it_draws_ends_it() -> io::Result<()> {
    // Too much for the terminal to take in before somebody reads it.
    ends_when_the_terminal_vanishes(4000, "Responses")
}
