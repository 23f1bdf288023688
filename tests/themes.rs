//! Themes can be read: enough contrast, and nothing told by colour alone.

use ratatui::style::{Color, Style};
use sipdex::theme::{THEMES, Theme};

/// The colours as xterm shows them, which set none of their own; other terminals come near.
const fn rgb(color: Color) -> [u8; 3] {
    match color {
        Color::Red => [205, 0, 0],
        Color::Green => [0, 205, 0],
        Color::Yellow => [205, 205, 0],
        Color::Blue => [0, 0, 238],
        Color::Magenta => [205, 0, 205],
        Color::Cyan => [0, 205, 205],
        Color::Gray => [229, 229, 229],
        Color::DarkGray => [127, 127, 127],
        Color::LightRed => [255, 0, 0],
        Color::LightGreen => [0, 255, 0],
        Color::LightYellow => [255, 255, 0],
        Color::LightBlue => [92, 92, 255],
        Color::LightMagenta => [255, 0, 255],
        Color::LightCyan => [0, 255, 255],
        Color::White => [255, 255, 255],
        _ => [0, 0, 0],
    }
}

/// Returns how bright a colour is, from 0 to 1, as WCAG 2.2 measures it.
fn luminance(color: [u8; 3]) -> f64 {
    let linear = color.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn named(name: &str) -> &'static Theme {
    Theme::named(name).expect("a theme")
}

/// Asserts that every role stands out, on the theme's own background or on that of the terminal.
fn has_contrast(name: &str, terminal: Color, least: f64) {
    let ink = if terminal == Color::Black {
        Color::White
    } else {
        Color::Black
    };
    for (role, style) in named(name).styles() {
        let or = |color: Option<Color>, other: Color| match color {
            None | Some(Color::Reset) => rgb(other),
            Some(color) => rgb(color),
        };
        let found = contrast(or(style.fg, ink), or(style.bg, terminal));
        assert!(
            found >= least,
            "{name}: {role} has a contrast of {found:.1}, not {least}"
        );
    }
}

#[test]
fn every_theme_stands_out_on_its_background() {
    has_contrast("dark", Color::Black, 3.0);
    has_contrast("light", Color::White, 3.0);
    has_contrast("mono", Color::Black, 7.0);
    has_contrast("mono", Color::White, 7.0);
    for any_terminal in [Color::Black, Color::White] {
        has_contrast("high-contrast", any_terminal, 7.0);
        has_contrast("colour-blind", any_terminal, 7.0);
    }
    assert_eq!(THEMES.len(), 5, "a new theme belongs here");
}

/// Returns a colour as somebody without the red or the green cones sees it (Viénot, Brettel, Mollon 1999).
fn seen_without(cones: &str, color: [u8; 3]) -> [f64; 3] {
    let [red, green, blue] = color.map(f64::from);
    match cones {
        "red" => [
            0.11238 * red + 0.88762 * green,
            0.11238 * red + 0.88762 * green,
            blue,
        ],
        _ => [
            0.29275 * red + 0.70725 * green,
            0.29275 * red + 0.70725 * green,
            blue,
        ],
    }
}

#[test]
fn without_red_or_green_cones_the_classes_still_differ() {
    let theme = named("colour-blind");
    let classes = [
        theme.provisional,
        theme.success,
        theme.redirection,
        theme.request_failure,
        theme.server_failure,
        theme.global_failure,
    ];
    for cones in ["red", "green"] {
        for (i, one) in classes.iter().enumerate() {
            for other in &classes[i + 1..] {
                let seen = |style: &Style| seen_without(cones, rgb(style.fg.unwrap_or_default()));
                let (a, b) = (seen(one), seen(other));
                let distance: f64 = a.iter().zip(b).map(|(a, b)| (a - b).abs()).sum();
                let alike = distance < 100.0 && one.add_modifier == other.add_modifier;
                assert!(!alike, "without {cones} {one:?} is like {other:?}");
            }
        }
    }
}

/// The themes are written by the build: what it makes of the words of a file is what they mean.
#[test]
fn every_role_looks_as_the_file_of_its_theme_says() {
    for theme in &THEMES {
        let file = format!("assets/themes/{}.toml", theme.name);
        let text = std::fs::read_to_string(&file).expect("a theme");
        let words: std::collections::BTreeMap<String, String> =
            toml::from_str(&text).expect("TOML");
        assert_eq!(words.len(), theme.styles().len(), "{file}");
        for (role, style) in theme.styles() {
            let mut expected = Style::new();
            let mut words = words[role].split(' ');
            while let Some(word) = words.next() {
                let color = |word: &str| -> Color {
                    let name = if word == "default" { "reset" } else { word };
                    name.parse()
                        .unwrap_or_else(|_| panic!("{file}: {word} is no colour"))
                };
                expected = match word {
                    "plain" => expected,
                    "bold" => expected.bold(),
                    "dim" => expected.dim(),
                    "italic" => expected.italic(),
                    "underlined" => expected.underlined(),
                    "reversed" => expected.reversed(),
                    "on" => expected.bg(color(words.next().expect("a colour"))),
                    word => expected.fg(color(word)),
                };
            }
            assert_eq!(style, expected, "{file}: {role}");
        }
    }
}
