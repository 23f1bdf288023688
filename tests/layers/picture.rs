//! The picture of the README, read as it is drawn: lines that meet are one, and lead from each name to each head.

use std::collections::{BTreeMap, BTreeSet};

use super::List;

/// An arrow from a room to one that names it.
pub(crate) type Arrows = BTreeSet<(String, String)>;

/// Returns the arrows of a list without those that a longer way makes plain.
pub(crate) fn reduction(list: &List) -> Arrows {
    let may_name = |room: &str| {
        let row = list.iter().find(|(name, _)| *name == room);
        row.map_or(&[][..], |row| row.1)
    };
    let reaches = |from: &str, to: &str| {
        let mut rooms: Vec<&str> = may_name(from).to_vec();
        while let Some(room) = rooms.pop() {
            if room == to {
                return true;
            }
            rooms.extend(may_name(room));
        }
        false
    };
    let mut arrows = Arrows::new();
    for (room, named) in list {
        for other in *named {
            let is_plain = named.iter().any(|between| reaches(between, other));
            if !is_plain {
                arrows.insert(((*other).to_owned(), (*room).to_owned()));
            }
        }
    }
    arrows
}

type Cell = (usize, usize);

/// Returns the arrows that a picture draws.
pub(crate) fn drawn(picture: &str) -> Arrows {
    let lines: Vec<Vec<char>> = picture.lines().map(|line| line.chars().collect()).collect();
    let letter = |(row, column): Cell| -> char {
        let line = lines.get(row);
        *line.and_then(|line| line.get(column)).unwrap_or(&' ')
    };
    let mut sources: BTreeMap<Cell, Vec<String>> = BTreeMap::new();
    let mut heads: BTreeMap<Cell, Vec<String>> = BTreeMap::new();
    for (row, line) in lines.iter().enumerate() {
        for (start, names) in names(line) {
            let end = start + names.chars().count();
            let names: Vec<String> = names.split(", ").map(str::to_owned).collect();
            // One space is between a name and the line beside it, none between it and the line above or below.
            let mut around = vec![
                ((row, start.wrapping_sub(2)), Side::Right, '►'),
                ((row, end + 1), Side::Left, '◄'),
            ];
            for column in start..end {
                around.push(((row.wrapping_sub(1), column), Side::Down, '▼'));
                around.push(((row + 1, column), Side::Up, '▲'));
            }
            for (cell, side, head) in around {
                if letter(cell) == head {
                    heads.insert(cell, names.clone());
                } else if is_open(letter(cell), side) {
                    sources.insert(cell, names.clone());
                }
            }
        }
    }
    let mut arrows = Arrows::new();
    for (start, from) in &sources {
        for cell in joined(*start, &letter) {
            for to in heads.get(&cell).into_iter().flatten() {
                arrows.extend(from.iter().map(|from| (from.clone(), to.clone())));
            }
        }
    }
    arrows
}

/// Returns the names in a line, each with its place; `a, b` are one.
fn names(line: &[char]) -> Vec<(usize, String)> {
    let mut names: Vec<(usize, String)> = Vec::new();
    for (column, letter) in line.iter().enumerate() {
        let last = names.last_mut();
        let last = last.filter(|(start, name)| start + name.len() == column);
        match last {
            Some((_, name)) if *letter == ',' || *letter == ' ' && name.ends_with(',') => {
                name.push(*letter);
            }
            Some((_, name)) if letter.is_ascii_lowercase() => name.push(*letter),
            None if letter.is_ascii_lowercase() => names.push((column, letter.to_string())),
            _ => {}
        }
    }
    names
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
    Up,
    Down,
}

/// Returns whether the line of a letter goes out at a side.
fn is_open(letter: char, side: Side) -> bool {
    let sides = match side {
        Side::Left => "─►┐┘┤┬┴┼",
        Side::Right => "─◄┌└├┬┴┼",
        Side::Up => "│▼└┘├┤┴┼",
        Side::Down => "│▲┌┐├┤┬┼",
    };
    sides.contains(letter)
}

/// Returns the places that a line joins with one.
fn joined(start: Cell, letter: &dyn Fn(Cell) -> char) -> BTreeSet<Cell> {
    let mut joined = BTreeSet::new();
    let mut next = vec![start];
    while let Some(cell @ (row, column)) = next.pop() {
        if !joined.insert(cell) {
            continue;
        }
        let around = [
            (Side::Left, Side::Right, (row, column.wrapping_sub(1))),
            (Side::Right, Side::Left, (row, column + 1)),
            (Side::Up, Side::Down, (row.wrapping_sub(1), column)),
            (Side::Down, Side::Up, (row + 1, column)),
        ];
        next.extend(around.into_iter().filter_map(|(side, other, at)| {
            (is_open(letter(cell), side) && is_open(letter(at), other)).then_some(at)
        }));
    }
    joined
}
