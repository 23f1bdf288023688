//! What is left of a word without its endings: words of one stem mean the same to the index.
//! The build shares this file, so that both cut words alike.

/// Endings that are cut, the longest first, each with the shortest stem that it may leave.
const ENDINGS: [(&str, usize); 20] = [
    ("izations", 4),
    ("ization", 4),
    ("abilities", 4),
    ("ability", 4),
    ("ations", 4),
    ("ation", 4),
    ("ments", 4),
    ("ment", 4),
    ("ances", 4),
    ("ance", 4),
    ("ables", 4),
    ("able", 4),
    ("ible", 5),
    ("ions", 4),
    ("ion", 4),
    ("ings", 3),
    ("ing", 3),
    ("ed", 3),
    ("al", 5),
    ("es", 4),
];
/// Words that end like a form of another and are none.
const WHOLE: &str = "missing during something nothing anything everything string need speed feed bed red \
    general local total serial signal terminal ring bring king thing wing outside";
/// The shortest word that is cut.
const SHORTEST: usize = 4;

/// Returns the stem of a word in small letters: "unregistered" and "unregistering" have the same.
pub(crate) fn stem(word: &str) -> String {
    let is_plain = word.bytes().all(|letter| letter.is_ascii_lowercase());
    if word.len() < SHORTEST || !is_plain || WHOLE.split_whitespace().any(|whole| whole == word) {
        return word.to_owned();
    }
    let mut stem = singular(word);
    if !WHOLE.split_whitespace().any(|whole| whole == stem) {
        for (ending, shortest) in ENDINGS {
            let cut = stem.strip_suffix(ending);
            if let Some(cut) = cut.filter(|cut| cut.len() >= shortest && has_vowel(cut)) {
                stem.truncate(cut.len());
                restore(&mut stem);
                break;
            }
        }
    }
    finish(stem)
}

/// Cuts the sign of the plural, or of the third person.
fn singular(word: &str) -> String {
    if let Some(stem) = word
        .strip_suffix("ies")
        .or_else(|| word.strip_suffix("ied"))
    {
        return format!("{stem}y");
    }
    for hissing in ["sses", "xes", "ches", "shes", "zes"] {
        if word.ends_with(hissing) {
            return word[..word.len() - 2].to_owned();
        }
    }
    let is_plural =
        word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    let end = word.len() - usize::from(is_plural);
    word[..end].to_owned()
}

fn has_vowel(word: &str) -> bool {
    word.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

/// Gives a short stem its last letter back: "moved" is of "move".
fn restore(stem: &mut String) {
    let is_vowel = |letter: &u8| b"aeiou".contains(letter);
    if let [first, second, third] = stem.as_bytes()
        && !is_vowel(first)
        && is_vowel(second)
        && !is_vowel(third)
        && !b"xwy".contains(third)
    {
        stem.push('e');
    }
}

/// Makes equal what endings leave unequal: "stopp" and "stop", "register" and "registr", "terminat" and "termin".
fn finish(mut stem: String) -> String {
    for (ending, shortest) in [("e", 4), ("y", 4)] {
        if let Some(cut) = stem.strip_suffix(ending)
            && cut.len() >= shortest
            && !stem.ends_with("ee")
        {
            stem = cut.to_owned();
        }
    }
    if stem.len() > 5 && stem.ends_with("er") {
        stem.truncate(stem.len() - 2);
        stem.push('r');
    }
    let letters = stem.as_bytes();
    if let [.., first, second] = letters
        && letters.len() > 3
        && first == second
        && !matches!(second, b'l' | b's' | b'e' | b'o')
    {
        stem.pop();
    }
    if stem.len() > 6 && stem.ends_with("ll") {
        stem.pop();
    }
    if stem.len() > 6 && stem.ends_with("at") {
        stem.truncate(stem.len() - 2);
    }
    if stem.len() > 5 && stem.ends_with("is") {
        stem.pop();
        stem.pop();
        stem.push_str("iz");
    }
    if stem.len() > 5 && stem.ends_with("iz") {
        stem.truncate(stem.len() - 2);
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn the_forms_of_a_word_have_one_stem() {
        for forms in [
            "register registers registered registering registration registrations",
            "answer answers answered answering",
            "stop stops stopped stopping",
            "terminate terminated terminates termination",
            "authorize authorised authorisation authorization authorizes",
            "cancel cancels cancelled canceled cancelling",
            "reply replies replied",
            "accept accepts accepted acceptable accepting acceptance",
            "available availability",
            "decline declines declined declining",
            "proxy proxies",
            "busy",
            "credential credentials",
            "address addresses",
            "switch switches switched",
            "call calls called calling",
            "unreachable unreachables",
            "reach reached reachable reaches",
            "device devices",
            "expire expires expired",
            "drop drops dropped dropping",
            "route routes routed routing",
            "timeout timeouts",
            "forward forwards forwarded forwarding",
        ] {
            let stems: Vec<String> = forms.split(' ').map(stem).collect();
            assert!(
                stems.iter().all(|other| *other == stems[0]),
                "{forms}: {stems:?}"
            );
        }
    }

    #[test]
    fn other_words_have_other_stems() {
        for (one, other) in [
            ("missing", "missed"),
            ("caller", "call"),
            ("callee", "call"),
            ("callee", "caller"),
            ("busy", "business"),
            ("server", "service"),
            ("user", "use"),
            ("number", "numb"),
            ("not", "note"),
            ("register", "registrar"),
            ("time", "timer"),
        ] {
            assert_ne!(stem(one), stem(other), "{one} and {other}");
        }
        assert_eq!(stem("ring"), stem("ringing"));
    }
}
