//! A request that goes round: hosts that stand in Via again and again.

use super::dialog;
use super::facts::Facts;
use super::way;
use super::words::text;

/// Returns the host that stands in Via more than once, where a loop or a hop count is the fault.
pub(super) fn says(facts: &Facts<'_>) -> Option<String> {
    if !matches!(facts.code(), 482 | 483) {
        return None;
    }
    let hosts: Vec<String> = facts
        .message
        .values("Via")
        .filter_map(way::sent_by)
        .collect();
    let times = |host: &String| hosts.iter().filter(|other| *other == host).count();
    let again = hosts.iter().max_by_key(|host| times(host))?;
    let round = dialog::round(facts);
    let counted = via_count(facts).filter(|count| *count > hosts.len());
    Some(match (times(again), round, counted) {
        (2.., _, _) => format!(
            "Via has {again} {} times among {} values, so the request goes round there{}",
            times(again),
            hosts.len(),
            between(&hosts)
        ),
        (_, Some(round), Some(count)) => {
            format!("{round}, and via_cnt in Warning 392 counts {count} of them")
        }
        (_, None, Some(count)) => {
            format!(
                "Warning 392 counts {count} Via values where it ended (via_cnt), and {} of them lead up to here, as in a loop further on",
                hosts.len()
            )
        }
        (_, Some(round), None) => round,
        (..) if hosts.len() == 1 => return None,
        (..) => format!(
            "no host stands twice in its {} Via values, which name the way up to here and not what lies behind",
            hosts.len()
        ),
    })
}

/// Returns that two hosts send a request to each other, where it is so.
fn between(hosts: &[String]) -> String {
    let pairs: Vec<&[String]> = hosts
        .windows(3)
        .filter(|three| three[0] == three[2] && three[0] != three[1])
        .collect();
    match pairs.first() {
        Some([one, other, _]) => format!(
            ": {other} and {one} send it to each other, as each takes the other for where it belongs"
        ),
        _ => String::new(),
    }
}

/// Returns how many Via values a server of the family of SER counted, as it writes for debugging.
fn via_count(facts: &Facts<'_>) -> Option<usize> {
    let debug = facts.warnings.iter().find(|warning| warning.code == 392)?;
    let words = debug.text.map(text)?;
    let (_, count) = words.split_once("via_cnt==")?;
    let end = count.find(|sign: char| !sign.is_ascii_digit());
    count[..end.unwrap_or(count.len())].parse().ok()
}
