//! What is told of each message of a trace.

use std::any::Any;
use std::io::{Read, Result};

use crate::trace::{self, Found, Scan};

/// What somebody tells of a message.
type Told = Box<dyn Any + Send>;

/// Does what `trace::scan_lines` does. All who ask share one reader, which else would be in the program again for each kind
/// of what is told.
pub fn each<T: Send + 'static>(
    mut input: impl Read + Send,
    tell: impl Fn(&Found<'_>) -> T + Sync,
    mut take: impl FnMut(T),
) -> Result<Scan> {
    let tell = |found: &Found<'_>| -> Told { Box::new(tell(found)) };
    let mut take = |told: Told| {
        if let Ok(told) = told.downcast() {
            take(*told);
        }
    };
    shared(&mut input, &tell, &mut take)
}

fn shared(
    input: &mut (dyn Read + Send),
    tell: &(dyn Fn(&Found<'_>) -> Told + Sync),
    take: &mut dyn FnMut(Told),
) -> Result<Scan> {
    trace::scan_lines(input, tell, take)
}
