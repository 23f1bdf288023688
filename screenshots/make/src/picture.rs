//! Draws a screen cell by cell, and packs it as a PNG of few colours.

use ab_glyph::{Font, FontRef, Glyph, PxScale, ScaleFont, point};
use anyhow::{Context, Result, bail};
use termlens::{Screen, Style};

use crate::palette::{Palette, Rgb, mix};
use crate::signs::{border, in_star};

/// A cell in pixels: twice what the README shows, so that the picture is sharp.
const CELL: (u32, u32) = (16, 36);
const MARGIN: u32 = 24;
const CORNER: f32 = 18.0;
/// The height of the font, whose letters are 0.6 of an em wide and 1.32 em high.
const SCALE: f32 = 16.0 / 0.6 * 1.32;

/// The fonts of plain, bold and italic text.
pub(crate) struct Fonts {
    regular: FontRef<'static>,
    bold: FontRef<'static>,
    italic: FontRef<'static>,
}

impl Fonts {
    pub(crate) fn new() -> Result<Self> {
        Ok(Self {
            regular: FontRef::try_from_slice(include_bytes!("../fonts/JetBrainsMono-Regular.ttf"))?,
            bold: FontRef::try_from_slice(include_bytes!("../fonts/JetBrainsMono-Bold.ttf"))?,
            italic: FontRef::try_from_slice(include_bytes!("../fonts/JetBrainsMono-Italic.ttf"))?,
        })
    }

    fn of(&self, style: &Style) -> &FontRef<'static> {
        if style.bold {
            &self.bold
        } else if style.italic {
            &self.italic
        } else {
            &self.regular
        }
    }
}

/// Pixels in rows.
struct Canvas {
    width: u32,
    height: u32,
    pixels: Vec<Rgb>,
}

impl Canvas {
    /// Lays a colour over a pixel, as much of it as `share` says.
    fn put(&mut self, (x, y): (u32, u32), color: Rgb, share: f32) {
        if x < self.width && y < self.height {
            let pixel = &mut self.pixels[(y * self.width + x) as usize];
            *pixel = mix(color, *pixel, share.clamp(0.0, 1.0));
        }
    }

    fn fill(&mut self, [left, top, right, bottom]: [u32; 4], color: Rgb) {
        for y in top..bottom {
            for x in left..right {
                self.put((x, y), color, 1.0);
            }
        }
    }
}

/// Returns the PNG of a screen.
pub(crate) fn picture(screen: &Screen, palette: &Palette, fonts: &Fonts) -> Result<Vec<u8>> {
    let width = u32::from(screen.cols()) * CELL.0 + 2 * MARGIN;
    let height = u32::from(screen.rows()) * CELL.1 + 2 * MARGIN;
    let mut canvas = Canvas {
        width,
        height,
        pixels: vec![palette.paper; (width * height) as usize],
    };
    let (cursor_row, cursor_column, visible) = screen.cursor();
    for row in 0..screen.rows() {
        for column in 0..screen.cols() {
            let cell = screen.cell(row, column).context("a cell")?;
            let mut style = *cell.style();
            style.reverse ^= visible && (row, column) == (cursor_row, cursor_column);
            let at = (
                MARGIN + u32::from(column) * CELL.0,
                MARGIN + u32::from(row) * CELL.1,
            );
            draw(&mut canvas, at, cell.contents(), &style, palette, fonts)?;
        }
    }
    pack(&canvas)
}

fn draw(
    canvas: &mut Canvas,
    (left, top): (u32, u32),
    text: &str,
    style: &Style,
    palette: &Palette,
    fonts: &Fonts,
) -> Result<()> {
    let (ink, paper) = palette.ink_and_paper(style);
    canvas.fill([left, top, left + CELL.0, top + CELL.1], paper);
    if style.underline {
        let y = top + CELL.1 - 5;
        canvas.fill([left, y, left + CELL.0, y + 2], ink);
    }
    let mut signs = text.chars();
    let sign = match (signs.next(), signs.next()) {
        (None | Some(' '), None) => return Ok(()),
        (Some(sign), None) => sign,
        _ => bail!("{text:?} is more than one sign"),
    };
    if let Some(bars) = border(sign, CELL) {
        for [bar_left, bar_top, bar_right, bar_bottom] in bars {
            canvas.fill(
                [
                    left + bar_left,
                    top + bar_top,
                    left + bar_right,
                    top + bar_bottom,
                ],
                ink,
            );
        }
        return Ok(());
    }
    if sign == '★' {
        star(canvas, (left, top), ink);
        return Ok(());
    }
    let font = fonts.of(style);
    let id = font.glyph_id(sign);
    if id.0 == 0 {
        bail!("the font has no {sign:?}; draw it in signs.rs");
    }
    let scale = PxScale::from(SCALE);
    let baseline = font.as_scaled(scale).ascent();
    #[expect(clippy::cast_precision_loss, reason = "a few thousand pixels")]
    let origin = point(left as f32, top as f32 + baseline);
    let glyph: Glyph = id.with_scale_and_position(scale, origin);
    if let Some(outline) = font.outline_glyph(glyph) {
        let bounds = outline.px_bounds();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "inside the picture"
        )]
        let (min_x, min_y) = (bounds.min.x as u32, bounds.min.y as u32);
        outline.draw(|x, y, share| canvas.put((min_x + x, min_y + y), ink, share));
    }
    Ok(())
}

/// Draws the star, each pixel by how many of its sixteen parts are inside.
fn star(canvas: &mut Canvas, (left, top): (u32, u32), ink: Rgb) {
    #[expect(clippy::cast_precision_loss, reason = "a few pixels")]
    let part = |pixel: u32, part: u32| pixel as f32 + (part as f32 + 0.5) / 4.0;
    for y in 0..CELL.1 {
        for x in 0..CELL.0 {
            let parts =
                (0..16).filter(|n| in_star((part(x, n % 4), part(y, n / 4)), (8.0, 18.5), 9.0));
            let inside = u8::try_from(parts.count()).unwrap_or_default();
            canvas.put((left + x, top + y), ink, f32::from(inside) / 16.0);
        }
    }
}

/// Returns a PNG with a palette: the colours are rounded until they are few.
fn pack(canvas: &Canvas) -> Result<Vec<u8>> {
    let (palette, indices) = (0..8)
        .find_map(|bits| few_colors(canvas, bits))
        .context("too many colours")?;
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, canvas.width, canvas.height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_palette(palette.iter().flatten().copied().collect::<Vec<u8>>());
    // The first colour is what lies outside of the rounded corners.
    encoder.set_trns(&[0][..]);
    encoder.write_header()?.write_image_data(&indices)?;
    Ok(png)
}

fn few_colors(canvas: &Canvas, bits: u32) -> Option<(Vec<Rgb>, Vec<u8>)> {
    let mut palette: Vec<Rgb> = vec![[0; 3]];
    let mut known = std::collections::HashMap::new();
    let mut indices = Vec::with_capacity(canvas.pixels.len());
    for (pixel, color) in (0..).zip(&canvas.pixels) {
        if is_outside(canvas, (pixel % canvas.width, pixel / canvas.width)) {
            indices.push(0);
            continue;
        }
        let rounded = color.map(|part| part >> bits);
        let index = *known.entry(rounded).or_insert_with(|| {
            palette.push(*color);
            palette.len() - 1
        });
        indices.push(u8::try_from(index).ok()?);
    }
    Some((palette, indices))
}

fn is_outside(canvas: &Canvas, (x, y): (u32, u32)) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "a few thousand pixels")]
    let beyond = |at: u32, size: u32| {
        let at = at as f32 + 0.5;
        (CORNER - at).max(at - (size as f32 - CORNER)).max(0.0)
    };
    beyond(x, canvas.width).hypot(beyond(y, canvas.height)) > CORNER
}
