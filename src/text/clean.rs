//! Takes out of foreign text what a terminal would obey, or what would deceive a reader.

/// How many marks may stand on one letter.
const MARKS_PER_LETTER: usize = 4;

/// Returns a text as one line without control characters, escape sequences, bidi controls, invisible
/// characters and heaps of combining marks. Line ends and tabs become spaces.
pub fn clean(text: &str) -> String {
    cleaned(text, false)
}

/// Returns the same with line ends kept.
pub fn clean_lines(text: &str) -> String {
    cleaned(text, true)
}

fn cleaned(text: &str, lines: bool) -> String {
    // Terminals send the line ends of a paste as carriage returns.
    let text = without_sequences(&text.replace("\r\n", "\n").replace('\r', "\n"));
    let mut clean = String::with_capacity(text.len());
    // Of the letter that was kept last: what is dropped must not hide a heap from the count.
    let mut marks = 0;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let before = clean.chars().next_back();
        match letter {
            '\n' if lines => clean.push('\n'),
            '\n' | '\t' => clean.push(' '),
            letter if joins(before, letter, letters.peek().copied()) => {
                clean.push(letter);
                continue;
            }
            letter if is_hostile(letter) => continue,
            letter if is_mark(letter) => {
                marks += 1;
                if marks <= MARKS_PER_LETTER {
                    clean.push(letter);
                }
                continue;
            }
            letter => clean.push(letter),
        }
        marks = 0;
    }
    clean
}

/// Drops whole escape sequences, 7-bit and 8-bit, ended or not.
fn without_sequences(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let kind = match letter {
            '\u{1b}' => letters.next_if(|next| ('\u{20}'..='\u{7e}').contains(next)),
            '\u{90}' => Some('P'),
            '\u{98}' => Some('X'),
            '\u{9b}' => Some('['),
            '\u{9d}' => Some(']'),
            '\u{9e}' => Some('^'),
            '\u{9f}' => Some('_'),
            other => {
                kept.push(other);
                continue;
            }
        };
        match kind {
            Some('[') => {
                while letters
                    .next_if(|c| ('\u{20}'..='\u{3f}').contains(c))
                    .is_some()
                {}
            }
            Some('P' | 'X' | ']' | '^' | '_') => {
                // To BEL, ST, or the end of the line: an unended string must not eat the rest.
                while let Some(next) = letters.next_if(|c| *c != '\n') {
                    if next == '\u{7}' || next == '\u{9c}' {
                        break;
                    }
                    if next == '\u{1b}' {
                        letters.next_if_eq(&'\\');
                        break;
                    }
                }
                continue;
            }
            // Two-letter designations such as ESC ( B.
            Some('('..='/' | '#' | '%') => {}
            _ => continue,
        }
        letters.next_if(|c| ('\u{30}'..='\u{7e}').contains(c));
    }
    kept
}

/// Returns whether a joiner makes one emoji of those on both sides. The selector of emoji presentation is
/// no joiner: terminals do not agree how many cells it takes, and what follows it would be displaced.
fn joins(before: Option<char>, letter: char, after: Option<char>) -> bool {
    letter == '\u{200d}' && before.is_some_and(is_emoji) && after.is_some_and(is_emoji)
}

/// Returns whether a character is a control, ignored by default (Unicode 17), or no character: what a
/// terminal obeys, what turns text around, and what nobody sees.
fn is_hostile(letter: char) -> bool {
    letter.is_control()
        || u32::from(letter) & 0xfffe == 0xfffe
        || matches!(letter,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fdd0}'..='\u{fdef}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{13430}'..='\u{1343f}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

fn is_mark(letter: char) -> bool {
    use unicode_width::UnicodeWidthChar;
    letter.width() == Some(0)
}

fn is_emoji(letter: char) -> bool {
    matches!(letter, '\u{1f000}'..='\u{1faff}' | '\u{2190}'..='\u{2bff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_is_left() {
        for (hostile, harmless) in [
            ("plain", "plain"),
            ("a\u{1b}[31mred\u{1b}[0m", "ared"),
            ("a\u{1b}]0;title\u{7}b", "ab"),
            ("a\u{1b}]8;;https://evil\u{1b}\\b", "ab"),
            ("a\u{9b}31mb", "ab"),
            ("a\u{9d}0;title\u{9c}b", "ab"),
            ("a\u{1b}P1;2q#0\u{1b}\\b", "ab"),
            ("a\u{1b}_hidden\u{1b}\\b", "ab"),
            ("a\u{1b}]never ended", "a"),
            ("a\u{1b}", "a"),
            ("a\u{1b}(0b", "ab"),
            ("a\u{1b}cb", "ab"),
            ("bell\u{7}\u{8}\u{7f}\0", "bell"),
            ("one\rtwo\r\nthree", "one two three"),
            ("tab\there\nthere", "tab here there"),
            ("abc\u{202e}cba", "abccba"),
            ("\u{2066}a\u{2069}", "a"),
            ("zero\u{200b}width", "zerowidth"),
            ("tag\u{e0041}\u{e007f}", "tag"),
            ("join\u{34f}\u{2065}\u{fff0}\u{1d173}er", "joiner"),
            ("variant\u{fe00}\u{fe0f}", "variant"),
            ("non\u{fdd0}\u{ffff}\u{10fffe}sense", "nonsense"),
        ] {
            assert_eq!(clean(hostile), harmless, "{hostile:?}");
        }
    }

    #[test]
    fn heaps_of_marks_are_cut_and_letters_with_marks_kept() {
        let heap = format!("e{}", "\u{301}".repeat(50));
        assert_eq!(clean(&heap).chars().count(), 1 + MARKS_PER_LETTER);
        assert_eq!(clean("e\u{301}"), "e\u{301}");
    }

    #[test]
    fn a_heap_in_parts_is_a_heap() {
        let part = format!("{}\u{200b}", "\u{301}".repeat(MARKS_PER_LETTER));
        let heap = format!("e{}", part.repeat(9));
        assert_eq!(clean(&heap).chars().count(), 1 + MARKS_PER_LETTER);
    }

    #[test]
    fn joiners_stay_in_an_emoji_and_nowhere_else() {
        for (text, left) in [
            ("\u{1f469}\u{200d}\u{1f4bb}", "\u{1f469}\u{200d}\u{1f4bb}"),
            (
                "\u{2764}\u{fe0f}\u{200d}\u{1f525}",
                "\u{2764}\u{200d}\u{1f525}",
            ),
            ("1\u{fe0f}\u{20e3}", "1\u{20e3}"),
            ("\u{1f469}\u{200d}\u{200d}\u{200d}x", "\u{1f469}x"),
            ("a\u{200d}b\u{fe0f}", "ab"),
        ] {
            assert_eq!(clean(text), left, "{text:?}");
        }
    }

    #[test]
    fn lines_are_kept_where_they_are_wanted() {
        assert_eq!(clean_lines("a\r\nb\u{1b}[1m"), "a\nb");
    }

    #[test]
    fn cleaning_twice_changes_nothing_more() {
        for text in [
            "a\u{1b}\u{1b}[31m",
            "\u{1b}[\u{1b}[31mx",
            "\u{9b}\u{9b}1m",
            "e\u{301}\u{301}\u{301}\u{200b}\u{301}\u{301}\u{301}",
            "\u{1f469}\u{200b}\u{200d}\u{1f4bb}",
            "\u{1f469}\u{200d}\u{200b}\u{1f4bb}",
        ] {
            let once = clean(text);
            assert_eq!(clean(&once), once, "{text:?}");
        }
    }

    #[test]
    fn nothing_that_unicode_ignores_by_default_is_left() {
        let ignored = regex_syntax::parse(r"\p{Default_Ignorable_Code_Point}");
        let ignored = ignored.expect("a property").into_kind();
        let regex_syntax::hir::HirKind::Class(regex_syntax::hir::Class::Unicode(ignored)) = ignored
        else {
            panic!("no set of characters");
        };
        let letters = ignored.ranges().iter();
        for letter in letters.flat_map(|range| range.start()..=range.end()) {
            let left = clean(&format!("a{letter}b"));
            assert_eq!(left, "ab", "{:x}", u32::from(letter));
        }
    }
}
