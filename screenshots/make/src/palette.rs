//! The colours of the terminals in the pictures.

use termlens::{Color, Style};

pub(crate) type Rgb = [u8; 3];

pub(crate) struct Palette {
    pub(crate) ink: Rgb,
    pub(crate) paper: Rgb,
    /// The sixteen colours of a terminal.
    colors: [Rgb; 16],
}

pub(crate) static DARK: Palette = Palette {
    ink: [0xd8, 0xdc, 0xe2],
    paper: [0x18, 0x1a, 0x20],
    colors: [
        [0x18, 0x1a, 0x20],
        [0xf0, 0x71, 0x78],
        [0x9a, 0xcf, 0x78],
        [0xe8, 0xbe, 0x66],
        [0x6f, 0xa8, 0xf0],
        [0xc7, 0x92, 0xea],
        [0x5c, 0xc8, 0xd0],
        [0xd8, 0xdc, 0xe2],
        [0x6b, 0x72, 0x80],
        [0xff, 0x8b, 0x92],
        [0xb5, 0xe8, 0x90],
        [0xff, 0xd5, 0x80],
        [0x8f, 0xbf, 0xff],
        [0xdd, 0xb0, 0xff],
        [0x80, 0xe4, 0xec],
        [0xff, 0xff, 0xff],
    ],
};

pub(crate) static LIGHT: Palette = Palette {
    ink: [0x24, 0x29, 0x2f],
    paper: [0xfb, 0xfb, 0xfa],
    colors: [
        [0x24, 0x29, 0x2f],
        [0xc0, 0x1c, 0x28],
        [0x1a, 0x7f, 0x37],
        [0x9a, 0x67, 0x00],
        [0x09, 0x50, 0xc4],
        [0x99, 0x28, 0xa8],
        [0x0b, 0x7a, 0x85],
        [0x6e, 0x77, 0x81],
        [0x57, 0x60, 0x6a],
        [0xd1, 0x24, 0x2f],
        [0x1a, 0x7f, 0x37],
        [0x9a, 0x67, 0x00],
        [0x09, 0x69, 0xda],
        [0xa4, 0x3f, 0xb5],
        [0x0b, 0x7a, 0x85],
        [0xff, 0xff, 0xff],
    ],
};

impl Palette {
    fn rgb(&self, color: Color, other: Rgb) -> Rgb {
        match color {
            Color::Indexed(index) => self
                .colors
                .get(usize::from(index))
                .copied()
                .unwrap_or(other),
            Color::Rgb(red, green, blue) => [red, green, blue],
            Color::Default => other,
        }
    }

    /// Returns what a style draws with, and on what.
    pub(crate) fn ink_and_paper(&self, style: &Style) -> (Rgb, Rgb) {
        let mut ink = self.rgb(style.fg, self.ink);
        let mut paper = self.rgb(style.bg, self.paper);
        if style.reverse {
            (ink, paper) = (paper, ink);
        }
        if style.dim {
            ink = mix(ink, paper, 0.62);
        }
        (ink, paper)
    }
}

/// Lays a colour over another, as much of it as `share` says.
pub(crate) fn mix(over: Rgb, under: Rgb, share: f32) -> Rgb {
    std::array::from_fn(|i| {
        let mixed = f32::from(over[i]).mul_add(share, f32::from(under[i]) * (1.0 - share));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between two bytes"
        )]
        let byte = mixed.round() as u8;
        byte
    })
}
