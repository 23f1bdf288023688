//! A message in wire form: a header field that is too long goes on below, indented.

use super::setting::Setting;
use super::sheet::Sheet;
use crate::text::fit;

/// How far the further lines of a header field stand from the left.
const INDENT: usize = 4;
const NARROWEST: usize = 8;

/// Adds the lines of a message.
pub(super) fn draw(message: &str, setting: &Setting, sheet: &mut Sheet) {
    let theme = setting.theme;
    let cells = setting.width.max(NARROWEST);
    for (i, line) in message.trim_end().split("\r\n").enumerate() {
        let is_mark = line.starts_with("! ") || line.starts_with("? ");
        let style = match i {
            0 => theme.title,
            _ if is_mark => theme.differs,
            _ => theme.message,
        };
        let (mut part, mut rest) = broken(line, cells);
        if let Some(colon) = part.find(": ").filter(|_| i > 0 && !is_mark) {
            let (name, value) = part.split_at(colon + 1);
            sheet.write(name, theme.key);
            part = value;
        }
        sheet.write(part, style);
        sheet.end_line();
        while !rest.is_empty() {
            (part, rest) = broken(rest, cells - INDENT);
            sheet.pad_to(INDENT);
            sheet.write(part, style);
            sheet.end_line();
        }
    }
}

/// Returns as much of a line as fits, up to the end of a parameter where there is one, and the rest.
fn broken(line: &str, cells: usize) -> (&str, &str) {
    let part = fit(line, cells);
    if part.len() == line.len() {
        return (line, "");
    }
    let parameter = part
        .rfind([';', ',', ' '])
        .filter(|end| *end > part.len() / 3);
    let end = parameter.map_or(part.len(), |end| end + 1);
    // However wide the first letter is, what is left is less.
    let letter = line.chars().next().map_or(0, char::len_utf8);
    line.split_at(end.max(letter))
}

#[cfg(test)]
mod tests {
    use super::super::roles;
    use super::draw;

    #[test]
    fn a_header_field_goes_on_below_where_a_parameter_ends() {
        let message = "SIP/2.0 486 Busy Here\r\nContact: <sip:bob@b.example>;expires=60;q=0.5\r\n";
        let drawn = roles::sheet(30, |setting, sheet| draw(message, &setting, sheet));
        assert_eq!(drawn.text(0).trim_end(), "SIP/2.0 486 Busy Here");
        assert_eq!(drawn.text(1).trim_end(), "Contact: <sip:bob@b.example>;");
        assert_eq!(drawn.text(2).trim_end(), "    expires=60;q=0.5");
        assert_eq!(
            drawn.role_beside("expires=60", "expires=60;q=0.5"),
            "message"
        );
    }

    #[test]
    fn a_letter_that_is_wider_than_the_line_holds_nothing_up() {
        // Consonants of one syllable are one letter, which takes more cells than a narrow line has.
        let message = format!("SIP/2.0 486 {}", "\u{1100}".repeat(9));
        let drawn = roles::sheet(9, |setting, sheet| draw(&message, &setting, sheet));
        assert_eq!(drawn.text(0).trim_end(), "SIP/2.0");
    }
}
