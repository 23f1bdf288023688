//! What a message summary says in its status line, held against what it counts (RFC 3842 section 5.2).

use crate::message::Message;

/// A status line that its counts are against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unlike {
    /// Messages are said to be waiting.
    pub(super) is_yes: bool,
    /// The summary line that tells it best.
    line: String,
    new: u64,
}

impl Unlike {
    /// Returns what stands there, in a clause.
    pub(super) fn says(&self) -> String {
        let said = if self.is_yes { "yes" } else { "no" };
        let counted = match self.new {
            0 => "no new message".to_owned(),
            1 => "1 new message".to_owned(),
            new => format!("{new} new messages"),
        };
        format!(
            "Messages-Waiting is {said}, and {} counts {counted}",
            self.line
        )
    }
}

/// Returns what of a message summary does not go together.
pub(super) fn unlike(message: &Message<'_>) -> Option<Unlike> {
    let kind = message.value("Content-Type")?.to_ascii_lowercase();
    if !kind.starts_with(b"application/simple-message-summary") {
        return None;
    }
    let body = str::from_utf8(message.body).ok()?.trim_start();
    // Behind an empty line stand header fields of the messages themselves.
    let rows = body.lines().take_while(|row| !row.trim().is_empty());
    let rows: Vec<(&str, &str)> = rows
        .filter_map(|row| row.split_once(':'))
        .map(|(name, value)| (name.trim(), value.trim()))
        .collect();
    let is_status = |name: &str| name.eq_ignore_ascii_case("Messages-Waiting");
    let (_, status) = rows.iter().find(|(name, _)| is_status(name))?;
    let is_yes = status.eq_ignore_ascii_case("yes");
    if !is_yes && !status.eq_ignore_ascii_case("no") {
        return None;
    }
    let counts: Vec<(&(&str, &str), u64)> = rows
        .iter()
        .filter_map(|row| Some((row, new(row)?)))
        .collect();
    let (row, count) = *counts.iter().max_by_key(|(_, count)| *count)?;
    ((count > 0) != is_yes).then(|| Unlike {
        is_yes,
        line: format!("{}: {}", row.0, row.1),
        new: count,
    })
}

/// Returns how many new messages a summary line counts.
fn new((name, value): &(&str, &str)) -> Option<u64> {
    let is_class = name.to_ascii_lowercase().ends_with("-message");
    let (new, _) = value.split_once('/').filter(|_| is_class)?;
    new.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_line_is_held_against_the_counts() {
        let says = |body: &str| {
            let text = format!(
                "NOTIFY sip:a@example.com SIP/2.0\r\nContent-Type: application/simple-message-summary\r\n\r\n{body}"
            );
            unlike(&Message::of(text.as_bytes())).map(|one| one.says())
        };
        let no = "Messages-Waiting: no\r\nVoice-Message: 2/8 (0/0)\r\n";
        assert_eq!(
            says(no).as_deref(),
            Some("Messages-Waiting is no, and Voice-Message: 2/8 (0/0) counts 2 new messages")
        );
        let yes = "Messages-Waiting: yes\r\nVoice-Message: 0/8\r\nFax-Message: 0/0\r\n";
        assert!(says(yes).is_some_and(|says| says.ends_with("no new message")));
        for sound in [
            "Messages-Waiting: yes\r\n",
            "Messages-Waiting: no\r\nVoice-Message: 0/8 (0/2)\r\n",
            "Messages-Waiting: yes\r\nVoice-Message: 0/8\r\nFax-Message: 1/0\r\n",
            "Messages-Waiting: no\r\n\r\nVoice-Message: 2/8\r\n",
        ] {
            assert_eq!(says(sound), None, "{sound}");
        }
    }
}
