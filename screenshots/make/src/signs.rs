//! Signs that are drawn and not set: borders, so that they join, and the star, which the font has not.

/// A rectangle in a cell: left, top, right and bottom in pixels.
pub(crate) type Bar = [u32; 4];

/// Returns the bars of a border, or nothing for any other sign.
pub(crate) fn border(sign: char, (width, height): (u32, u32)) -> Option<Vec<Bar>> {
    let (x, y) = (width / 2 - 1, height / 2 - 1);
    let left = [0, y, x + 2, y + 2];
    let right = [x, y, width, y + 2];
    let up = [x, 0, x + 2, y + 2];
    let down = [x, y, x + 2, height];
    Some(match sign {
        '─' => vec![left, right],
        '│' => vec![up, down],
        '┌' => vec![right, down],
        '┐' => vec![left, down],
        '└' => vec![right, up],
        '┘' => vec![left, up],
        '├' => vec![right, up, down],
        '┤' => vec![left, up, down],
        '┬' => vec![left, right, down],
        '┴' => vec![left, right, up],
        '┼' => vec![left, right, up, down],
        '┃' => vec![[x - 2, 0, x + 4, height]],
        _ => return None,
    })
}

/// Returns whether a point is inside a star of five points around a middle.
pub(crate) fn in_star((x, y): (f32, f32), (middle_x, middle_y): (f32, f32), radius: f32) -> bool {
    let corner = |i: u8| {
        let turn = std::f32::consts::PI * (f32::from(i) / 5.0 - 0.5);
        let radius = if i.is_multiple_of(2) {
            radius
        } else {
            radius * 0.42
        };
        (
            radius.mul_add(turn.cos(), middle_x),
            radius.mul_add(turn.sin(), middle_y),
        )
    };
    let crosses = |i: u8| {
        let ((ax, ay), (bx, by)) = (corner(i), corner((i + 1) % 10));
        (ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax
    };
    (0..10).filter(|i| crosses(*i)).count() % 2 == 1
}
