//! The value of a Reason header field (RFC 3326), however it is spelled.

/// Returns the parts of a header field's value; what stands in quotation marks is not divided.
pub(super) fn parts(value: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    value
        .split(move |letter| {
            quoted ^= letter == '"';
            letter == separator && !quoted
        })
        .map(str::trim)
}

/// Returns the protocol of a Reason value; nothing where no parameter follows.
pub(super) fn protocol(reason: &str) -> &str {
    let protocol = reason.split_once(';').map(|(protocol, _)| protocol);
    protocol.map_or("", str::trim)
}

pub(super) fn is_q850(protocol: &str) -> bool {
    ["q.850", "q850"]
        .iter()
        .any(|name| name.eq_ignore_ascii_case(protocol))
}

/// Returns the cause parameter of a Reason value, wherever it stands.
pub(super) fn cause_of(reason: &str) -> Option<&str> {
    let mut parameters = parts(reason, ';').skip(1);
    parameters.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_cause = name.trim_end().eq_ignore_ascii_case("cause");
        let value = value.trim().trim_matches(['"', '.']);
        (is_cause && !value.is_empty()).then_some(value)
    })
}

/// Returns whether a parameter has no words behind it that are not its value.
pub(super) fn is_one_word(parameter: &str) -> bool {
    let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
    let value = value.trim();
    let quoted = value.len() > 1 && value.starts_with('"') && value.ends_with('"');
    !name.trim_end().contains(char::is_whitespace)
        && (quoted || !value.contains(char::is_whitespace))
}

/// Returns a text without the quotation marks or brackets that somebody put around it.
pub(super) fn unwrapped(text: &str) -> &str {
    let pairs = [('"', '"'), ('\'', '\''), ('(', ')'), ('[', ']')];
    let inside = |(open, close)| text.strip_prefix(open)?.strip_suffix(close);
    pairs.into_iter().find_map(inside).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_taken_apart_where_it_is_not_quoted() {
        let value = "Q.850 ;text=\"a; cause=1, b\" ; Cause = \"34\", SIP;cause=480";
        let reasons: Vec<&str> = parts(value, ',').collect();
        assert_eq!(reasons.len(), 2, "{reasons:?}");
        assert!(is_q850(protocol(reasons[0])) && !is_q850(protocol(reasons[1])));
        assert_eq!(cause_of(reasons[0]), Some("34"));
        assert_eq!(cause_of(reasons[1]), Some("480"));
        assert_eq!(cause_of("Q.850;cause="), None);
        assert_eq!(protocol("Q.850"), "", "no parameter");
    }

    #[test]
    fn a_parameter_with_words_behind_it_is_not_all_there_is() {
        for whole in ["cause=17", "cause = 17", "text=\"user busy\"", "x"] {
            assert!(is_one_word(whole), "{whole}");
        }
        for more in ["cause=17 busy", "got cause=17", "text=\"user busy\" x"] {
            assert!(!is_one_word(more), "{more}");
        }
    }

    #[test]
    fn what_somebody_put_around_it_is_left_out() {
        for text in ["\"a b\"", "'a b'", "(a b)", "[a b]", "a b"] {
            assert_eq!(unwrapped(text), "a b");
        }
        assert_eq!(unwrapped("(a b"), "(a b");
    }
}
