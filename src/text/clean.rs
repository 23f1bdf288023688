//! Takes out of foreign text what a terminal would obey, or what would deceive a reader.

use unicode_segmentation::UnicodeSegmentation;

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
    for grapheme in text.graphemes(true) {
        let joined = grapheme.contains('\u{200d}') && is_emoji(grapheme);
        let mut marks = 0;
        for letter in grapheme.chars() {
            match letter {
                '\n' if lines => clean.push('\n'),
                '\n' | '\t' => clean.push(' '),
                '\u{200d}' | '\u{fe0f}' if joined => clean.push(letter),
                letter if is_hostile(letter) => {}
                letter if is_mark(letter) => {
                    marks += 1;
                    if marks <= MARKS_PER_LETTER {
                        clean.push(letter);
                    }
                }
                letter => clean.push(letter),
            }
        }
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

fn is_hostile(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

fn is_mark(letter: char) -> bool {
    use unicode_width::UnicodeWidthChar;
    letter.width() == Some(0)
}

fn is_emoji(grapheme: &str) -> bool {
    grapheme
        .chars()
        .any(|c| matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}'))
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
    fn an_emoji_of_several_keeps_its_joiners() {
        assert_eq!(clean("👩\u{200d}💻"), "👩\u{200d}💻");
    }

    #[test]
    fn lines_are_kept_where_they_are_wanted() {
        assert_eq!(clean_lines("a\r\nb\u{1b}[1m"), "a\nb");
    }

    #[test]
    fn cleaning_twice_changes_nothing_more() {
        for text in ["a\u{1b}\u{1b}[31m", "\u{1b}[\u{1b}[31mx", "\u{9b}\u{9b}1m"] {
            let once = clean(text);
            assert_eq!(clean(&once), once, "{text:?}");
        }
    }
}
