//! A call flow as a ladder: a lifeline for each participant, an arrow for each message.

use std::borrow::Cow;
use std::cmp::Ordering;

use ratatui::style::Style;

use super::setting::Setting;
use super::sheet::Sheet;
use crate::document::Arrow;
use crate::text::{fit, width};

/// What an arrow takes besides its label: a dash, a blank, a blank, the point, and a lifeline.
const ARROW: usize = 6;
const NARROWEST: usize = 12;
/// What is left of a name beside a message that needs the room.
const SHORTEST: usize = 8;
/// What stands between what is before the messages and the ladder, and between two names.
const GAP: usize = 2;

/// Adds the ladder, or where it does not fit a list of the messages; its links are numbered from `link` on.
pub(super) fn draw(arrows: &[Arrow], link: usize, setting: &Setting, sheet: &mut Sheet) {
    let ladder = Ladder::of(arrows);
    let fits = ladder.width() <= setting.width;
    if fits {
        ladder.heads(setting, sheet);
    }
    let mut links = link..;
    for arrow in arrows {
        let link = arrow.link.and_then(|_| links.next());
        let label = Label::of(arrow, link, setting);
        if fits {
            ladder.arrow(arrow, &label, setting, sheet);
        } else {
            listed(arrow, &label, setting, sheet);
        }
    }
}

/// What stands on an arrow, and where it leads.
struct Label<'a> {
    text: &'a str,
    style: Style,
    link: Option<usize>,
}

impl<'a> Label<'a> {
    fn of(arrow: &'a Arrow, link: Option<usize>, setting: &Setting) -> Self {
        let theme = setting.theme;
        let style = match link {
            Some(_) if link == setting.link => theme.link_selected,
            Some(_) => theme.link,
            None if arrow.marked => theme.marked,
            None => theme.message,
        };
        Self {
            text: &arrow.message,
            style,
            link,
        }
    }

    fn write(&self, sheet: &mut Sheet) {
        match self.link {
            Some(link) => sheet.write_link(self.text, self.style, link),
            None => sheet.write(self.text, self.style),
        }
    }
}

struct Ladder<'a> {
    people: Vec<&'a str>,
    /// The columns of the lifelines.
    columns: Vec<usize>,
}

impl<'a> Ladder<'a> {
    fn of(arrows: &'a [Arrow]) -> Self {
        let mut people: Vec<&str> = Vec::new();
        for name in arrows.iter().flat_map(|arrow| [&*arrow.from, &*arrow.to]) {
            if !people.contains(&name) {
                people.push(name);
            }
        }
        let before = arrows.iter().map(|arrow| width(&arrow.before));
        let before = before.max().filter(|before| *before > 0);
        let before = before.map_or(0, |before| before + GAP);
        // Half of the first name stands before the first lifeline, above what is before the messages.
        let half = people.first().map_or(0, |name| width(name) / 2);
        let mut ladder = Self {
            columns: vec![before.max(half); people.len()],
            people,
        };
        ladder.spread(arrows);
        ladder
    }

    /// Moves the lifelines apart until names and labels have room between them.
    fn spread(&mut self, arrows: &[Arrow]) {
        for right in 1..self.people.len() {
            let [one, other] = [right - 1, right].map(|at| width(self.people[at]));
            let names = one.div_ceil(2) + other / 2 + GAP;
            let mut column = self.columns[right - 1] + names.max(NARROWEST);
            for arrow in arrows {
                let (from, to) = self.ends(arrow);
                if from.max(to) == right && from != to {
                    let room = width(&arrow.message) + ARROW;
                    column = column.max(self.columns[from.min(to)] + room);
                }
            }
            self.columns[right] = column;
        }
    }

    /// Returns the lifelines that an arrow comes from and goes to, by their numbers.
    fn ends(&self, arrow: &Arrow) -> (usize, usize) {
        let place = |name: &str| self.people.iter().position(|other| *other == name);
        let ends = (place(&arrow.from), place(&arrow.to));
        (ends.0.unwrap_or_default(), ends.1.unwrap_or_default())
    }

    fn column(&self, index: usize) -> usize {
        self.columns.get(index).copied().unwrap_or_default()
    }

    fn width(&self) -> usize {
        let last = self.people.last().map_or(0, |name| width(name).div_ceil(2));
        self.column(self.people.len().saturating_sub(1)) + last
    }

    fn heads(&self, setting: &Setting, sheet: &mut Sheet) {
        for (index, name) in self.people.iter().enumerate() {
            sheet.pad_to(self.column(index).saturating_sub(width(name) / 2));
            sheet.write(name, setting.theme.title);
        }
        sheet.end_line();
    }

    fn arrow(&self, arrow: &Arrow, label: &Label<'_>, setting: &Setting, sheet: &mut Sheet) {
        let Setting { theme, symbols, .. } = setting;
        let (from, to) = self.ends(arrow);
        let (start, end) = (from.min(to), from.max(to));
        sheet.write(&arrow.before, theme.muted);
        for index in 0..self.people.len() {
            // An arrow that goes on lies over the lifelines between its ends.
            if (start + 1..end).contains(&index) {
                continue;
            }
            sheet.pad_to(self.column(index));
            sheet.write(symbols.lifeline, theme.border);
            if index != start {
                continue;
            }
            let room = (self.column(end) - self.column(start)).saturating_sub(1);
            let dashes = symbols
                .line
                .repeat(room.saturating_sub(width(label.text) + 4));
            let [before, after] = match from.cmp(&to) {
                Ordering::Less => [symbols.line.to_owned(), dashes + symbols.to_right],
                Ordering::Greater => [symbols.to_left.to_owned() + symbols.line, dashes],
                // What one says to oneself goes nowhere.
                Ordering::Equal => [String::new(), String::new()],
            };
            sheet.write(&before, theme.border);
            sheet.write(" ", theme.text);
            label.write(sheet);
            sheet.write(" ", theme.text);
            sheet.write(&after, theme.border);
        }
        sheet.end_line();
    }
}

/// Adds a message as a row of a list, or as two where names would be too short beside it: it is never cut for them.
fn listed(arrow: &Arrow, label: &Label<'_>, setting: &Setting, sheet: &mut Sheet) {
    let Setting { theme, symbols, .. } = setting;
    let line = format!(" {}{} ", symbols.line, symbols.to_right);
    let before = match width(&arrow.before) {
        0 => 0,
        before => before + GAP,
    };
    let names = setting.width.saturating_sub(before + width(&line));
    let beside = names.saturating_sub(GAP + width(label.text));
    let all = width(&arrow.from) + width(&arrow.to);
    let is_beside = beside >= all.min(2 * SHORTEST);
    let room = if is_beside { beside } else { names };
    let [from, to] = shortened([&arrow.from, &arrow.to], room, symbols.more);
    if before > 0 {
        sheet.write(&arrow.before, theme.muted);
        sheet.write("  ", Style::new());
    }
    sheet.write(&from, Style::new());
    sheet.write(&line, theme.border);
    sheet.write(&to, Style::new());
    if is_beside {
        sheet.write("  ", Style::new());
    } else {
        sheet.end_line();
        sheet.pad_to(before);
    }
    let room = setting.width.saturating_sub(before);
    let text = &in_room(label.text, room, symbols.more);
    Label { text, ..*label }.write(sheet);
    sheet.end_line();
}

/// Returns what a message says in so many cells: its reason phrase is shortened, and not what it answers.
fn in_room<'a>(says: &'a str, room: usize, more: &str) -> Cow<'a, str> {
    let (phrase, request) = says.split_at(says.rfind(" (").unwrap_or(says.len()));
    let left = room.saturating_sub(width(request) + width(more));
    if width(says) <= room || left < SHORTEST {
        return Cow::Borrowed(says);
    }
    let phrase = fit(phrase, left).trim_end();
    Cow::Owned(format!("{phrase}{more}{request}"))
}

/// Returns two names in so many cells: without their ports, and then each with what tells it from others, if it has to be.
fn shortened(names: [&str; 2], room: usize, more: &str) -> [String; 2] {
    let fits = |names: [&str; 2]| names.map(width).iter().sum::<usize>() <= room;
    if fits(names) {
        return names.map(str::to_owned);
    }
    let hosts = names.map(|name| match name.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|sign| sign.is_ascii_digit()) => host,
        _ => name,
    });
    let names = if hosts[0] == hosts[1] { names } else { hosts };
    let [one, other] = names.map(width);
    let half = room / 2;
    let rooms = match (one <= half, other <= room - half) {
        (true, true) => [one, other],
        (true, false) => [one, room - one],
        (false, true) => [room - other, other],
        (false, false) => [half, room - half],
    };
    [0, 1].map(|at| {
        let (name, room) = (names[at], rooms[at]);
        if width(name) <= room {
            return name.to_owned();
        }
        let room = room.saturating_sub(width(more));
        // The last numbers of an address tell it from others.
        if name.is_ascii() && name.starts_with(|first: char| first.is_ascii_digit()) {
            format!("{more}{}", &name[name.len() - room..])
        } else {
            format!("{}{more}", fit(name, room))
        }
    })
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{Setting, draw, in_room, shortened};
    use crate::view::roles::{self, Drawn};

    use crate::document::Arrow;

    const STEPS: [Arrow; 2] = [
        Arrow {
            from: Cow::Borrowed("alice"),
            to: Cow::Borrowed("bob"),
            message: Cow::Borrowed("INVITE"),
            marked: false,
            before: Cow::Borrowed(""),
            link: None,
        },
        Arrow {
            from: Cow::Borrowed("bob"),
            to: Cow::Borrowed("alice"),
            message: Cow::Borrowed("486 Busy Here"),
            marked: true,
            before: Cow::Borrowed(""),
            link: None,
        },
    ];

    /// Draws the ladder in so many cells.
    fn in_cells(cells: usize) -> Drawn {
        roles::sheet(60, |setting, sheet| {
            let setting = Setting {
                width: cells,
                ..setting
            };
            draw(&STEPS, 0, &setting, sheet);
        })
    }

    #[test]
    fn the_response_of_the_page_is_marked_and_no_other_message_is() {
        // As a ladder, and as a list where that does not fit.
        for cells in [60, 20] {
            let drawn = in_cells(cells);
            assert_eq!(drawn.role("486 Busy Here"), "marked", "{cells} cells");
            assert_eq!(drawn.role("INVITE"), "message", "{cells} cells");
            assert_eq!(drawn.all("marked").len(), 1, "{cells} cells");
        }
    }

    #[test]
    fn people_are_titles_and_arrows_are_borders() {
        let drawn = in_cells(60);
        assert_eq!(drawn.role("alice"), "title");
        assert_eq!(drawn.role("bob"), "title");
        for part in ["│", "─", "▶", "◀"] {
            assert_eq!(drawn.role(part), "border", "{part}");
        }
        let listed = in_cells(20);
        assert_eq!(listed.role("─▶"), "border");
        assert_eq!(listed.role_beside("INVITE", "alice"), "text");
    }

    #[test]
    fn a_message_goes_from_its_sender_to_its_receiver_in_the_list_too() {
        let listed = in_cells(20);
        let rows = [0, 1, 2].map(|row| listed.text(row).trim_end().to_owned());
        let expected = ["alice ─▶ bob  INVITE", "bob ─▶ alice", "486 Busy Here"];
        assert_eq!(rows, expected);
    }

    #[test]
    fn a_phrase_is_shortened_and_not_what_it_answers() {
        let says = "407 Proxy Authentication Required (INVITE 20)";
        for (room, short) in [
            (45, says),
            (38, "407 Proxy Authentication… (INVITE 20)"),
            (30, "407 Proxy Authent… (INVITE 20)"),
            (12, says),
        ] {
            assert_eq!(in_room(says, room, "…"), short, "{room}");
        }
        assert_eq!(in_room("200 OK (BYE 2)", 20, "…"), "200 OK (BYE 2)");
    }

    #[test]
    fn names_are_shortened_before_a_message_is_cut() {
        let names = ["192.0.2.101:5060", "proxy.example.com:5061"];
        for (room, short) in [
            (40, names),
            (30, ["192.0.2.101", "proxy.example.com"]),
            (24, ["192.0.2.101", "proxy.exampl…"]),
            (16, ["…0.2.101", "proxy.e…"]),
        ] {
            assert_eq!(shortened(names, room, "…"), short, "{room}");
        }
        // What only the port tells apart keeps it.
        let found = shortened(["192.0.2.1:5060", "192.0.2.1:5070"], 20, "…");
        assert_eq!(found, ["….2.1:5060", "….2.1:5070"]);
    }
}
