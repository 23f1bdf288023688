//! A call flow as a ladder: a lifeline for each participant, an arrow for each message.

use ratatui::text::{Line, Span};

use super::look::Look;
use crate::document::Arrow;
use crate::text::width;

/// What an arrow takes besides its label: a dash, a blank, a blank, the point, and a lifeline.
const ARROW: usize = 6;
const NARROWEST: usize = 12;

/// Returns the ladder, or where it does not fit a list of the messages.
pub(super) fn lines<'a>(arrows: &'a [Arrow], cells: usize, look: &Look<'a>) -> Vec<Line<'a>> {
    let mut people: Vec<&str> = Vec::new();
    for name in arrows
        .iter()
        .flat_map(|step| [step.from.as_ref(), step.to.as_ref()])
    {
        if !people.contains(&name) {
            people.push(name);
        }
    }
    let place = |name: &str| {
        people
            .iter()
            .position(|other| *other == name)
            .unwrap_or_default()
    };
    // The distance of the lifelines that the longest label needs.
    let distance = arrows
        .iter()
        .map(|step| {
            (width(&step.message) + ARROW)
                .div_ceil(place(&step.from).abs_diff(place(&step.to)).max(1))
        })
        .chain(people.iter().map(|name| width(name) + 2))
        .fold(NARROWEST, usize::max);
    let left = people.first().map_or(0, |name| width(name) / 2);
    let right = people.last().map_or(0, |name| width(name).div_ceil(2));
    let total = left + distance * people.len().saturating_sub(1) + right;
    if total > cells {
        return arrows.iter().map(|step| listed(step, look)).collect();
    }
    let column = |index: usize| left + distance * index;
    let mut lines = vec![heads(&people, column, look)];
    lines.extend(arrows.iter().map(|step| {
        let (from, to) = (place(&step.from), place(&step.to));
        arrow(step, (from, to), people.len(), column, look)
    }));
    lines
}

fn heads<'a>(people: &[&'a str], column: impl Fn(usize) -> usize, look: &Look<'a>) -> Line<'a> {
    let mut line = Line::default();
    for (index, name) in people.iter().enumerate() {
        let start = column(index).saturating_sub(width(name) / 2);
        line.push_span(Span::raw(" ".repeat(start.saturating_sub(line.width()))));
        line.push_span(Span::styled(*name, look.theme.title));
    }
    line
}

fn arrow<'a>(
    step: &'a Arrow,
    (from, to): (usize, usize),
    people: usize,
    column: impl Fn(usize) -> usize,
    look: &Look<'a>,
) -> Line<'a> {
    let symbols = look.symbols;
    let style = if step.marked {
        look.theme.marked
    } else {
        look.theme.message
    };
    let (start, end) = (from.min(to), from.max(to));
    let mut line = Line::default();
    let mut index = 0;
    while index < people {
        line.push_span(Span::raw(
            " ".repeat(column(index).saturating_sub(line.width())),
        ));
        line.push_span(Span::styled(symbols.lifeline, look.theme.border));
        if index == start {
            let room = column(end) - column(start) - 1;
            let label = format!(" {} ", step.message);
            let dashes = room.saturating_sub(width(&label) + 2);
            let (before, after) = if from < to {
                (
                    symbols.line.to_owned(),
                    symbols.line.repeat(dashes) + symbols.to_right,
                )
            } else {
                (
                    symbols.to_left.to_owned() + symbols.line,
                    symbols.line.repeat(dashes),
                )
            };
            line.push_span(Span::styled(before, look.theme.border));
            line.push_span(Span::styled(label, style));
            line.push_span(Span::styled(after, look.theme.border));
            index = end;
        } else {
            index += 1;
        }
    }
    line
}

fn listed<'a>(step: &'a Arrow, look: &Look<'a>) -> Line<'a> {
    let style = if step.marked {
        look.theme.marked
    } else {
        look.theme.message
    };
    let arrow = format!(" {}{} ", look.symbols.line, look.symbols.to_right);
    Line::from(vec![
        Span::raw(step.from.as_ref()),
        Span::styled(arrow, look.theme.border),
        Span::raw(step.to.as_ref()),
        Span::raw("  "),
        Span::styled(step.message.as_ref(), style),
    ])
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::lines;
    use crate::view::roles;

    use crate::document::Arrow;

    const STEPS: [Arrow; 2] = [
        Arrow {
            from: Cow::Borrowed("alice"),
            to: Cow::Borrowed("bob"),
            message: Cow::Borrowed("INVITE"),
            marked: false,
        },
        Arrow {
            from: Cow::Borrowed("bob"),
            to: Cow::Borrowed("alice"),
            message: Cow::Borrowed("486 Busy Here"),
            marked: true,
        },
    ];

    #[test]
    fn the_response_of_the_page_is_marked_and_no_other_message_is() {
        // As a ladder, and as a list where that does not fit.
        for cells in [60, 20] {
            let drawn = roles::lines(60, |look| lines(&STEPS, cells, look));
            assert_eq!(drawn.role("486 Busy Here"), "marked", "{cells} cells");
            assert_eq!(drawn.role("INVITE"), "message", "{cells} cells");
            assert_eq!(drawn.all("marked").len(), 1, "{cells} cells");
        }
    }

    #[test]
    fn people_are_titles_and_arrows_are_borders() {
        let drawn = roles::lines(60, |look| lines(&STEPS, 60, look));
        assert_eq!(drawn.role("alice"), "title");
        assert_eq!(drawn.role("bob"), "title");
        for part in ["│", "─", "▶", "◀"] {
            assert_eq!(drawn.role(part), "border", "{part}");
        }
        let listed = roles::lines(60, |look| lines(&STEPS, 20, look));
        assert_eq!(listed.role("─▶"), "border");
        assert_eq!(listed.role_beside("INVITE", "alice"), "text");
    }

    #[test]
    fn a_message_goes_from_its_sender_to_its_receiver_in_the_list_too() {
        let listed = roles::lines(60, |look| lines(&STEPS, 20, look));
        let rows = [listed.text(0), listed.text(1)];
        let expected = ["alice ─▶ bob  INVITE", "bob ─▶ alice  486 Busy Here"];
        assert_eq!(rows.map(|row| row.trim_end().to_owned()), expected);
    }
}
