//! What bytes and pauses mean, in a time that is no machine's.

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyModifiers, MouseButton, MouseEventKind};
use proptest::prelude::*;

use super::decoder::Decoder;

const NO_PAUSE: Duration = Duration::ZERO;
/// As long as connections tear a key apart.
const TORN: Duration = Duration::from_millis(50);
const HALF_A_SECOND: Duration = Duration::from_millis(500);

/// A terminal and what it sends, with the pauses of a story.
#[derive(Default)]
struct Terminal {
    decoder: Decoder,
    seen: Vec<String>,
}

impl Terminal {
    /// Sends something after a pause.
    fn after(mut self, pause: Duration, sent: impl AsRef<[u8]>) -> Self {
        self.pause(pause);
        self.send(sent.as_ref());
        self
    }

    fn pause(&mut self, pause: Duration) {
        let mut left = pause;
        while let Some(patience) = self.decoder.patience().filter(|patience| *patience <= left) {
            left -= patience;
            self.decoder.silence();
        }
        self.look();
    }

    fn send(&mut self, sent: &[u8]) {
        self.decoder.take(sent);
        self.look();
    }

    fn look(&mut self) {
        self.seen.extend(self.decoder.events().iter().map(name));
    }

    /// Returns all that was seen by the end of half a second.
    fn seen(mut self) -> String {
        self.pause(HALF_A_SECOND);
        assert_eq!(self.decoder.patience(), None, "something is half read");
        self.seen.join(" ")
    }
}

fn name(event: &Event) -> String {
    match event {
        Event::Key(key) => {
            let held = [
                (KeyModifiers::CONTROL, "ctrl-"),
                (KeyModifiers::ALT, "alt-"),
                (KeyModifiers::SHIFT, "shift-"),
            ];
            let is_letter = key.code.as_char().is_some();
            let held = held.iter().filter(|(held, _)| {
                let said_by_the_letter = is_letter && *held == KeyModifiers::SHIFT;
                key.modifiers.contains(*held) && !said_by_the_letter
            });
            let held: String = held.map(|(_, name)| *name).collect();
            let code = match key.code {
                KeyCode::Char(' ') => "space".to_owned(),
                KeyCode::Char(letter) => letter.to_string(),
                KeyCode::F(number) => format!("f{number}"),
                other => format!("{other:?}").to_lowercase(),
            };
            held + &code
        }
        Event::Paste(text) => format!("paste({text})"),
        Event::Mouse(mouse) => {
            let kind = match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => "click",
                MouseEventKind::ScrollUp => "wheel-up",
                MouseEventKind::ScrollDown => "wheel-down",
                other => panic!("{other:?} does nothing"),
            };
            format!("{kind}({},{})", mouse.column, mouse.row)
        }
        other => format!("{other:?}").to_lowercase(),
    }
}

fn seen(sent: impl AsRef<[u8]>) -> String {
    Terminal::default().after(NO_PAUSE, sent).seen()
}

/// What terminals send for keys and the mouse, and what it is.
const KEYS: &[(&str, &str)] = &[
    ("q", "q"),
    ("G", "G"),
    ("é", "é"),
    ("й", "й"),
    ("語", "語"),
    ("🙂", "🙂"),
    (" ", "space"),
    ("\r", "enter"),
    ("\n", "ctrl-j"),
    ("\t", "tab"),
    ("\x7f", "backspace"),
    ("\x08", "ctrl-h"),
    ("\x00", "ctrl-space"),
    ("\x01", "ctrl-a"),
    ("\x03", "ctrl-c"),
    ("\x1a", "ctrl-z"),
    ("\x1c", "ctrl-4"),
    ("\x1f", "ctrl-7"),
    ("\x1bb", "alt-b"),
    ("\x1bF", "alt-F"),
    ("\x1bé", "alt-é"),
    ("\x1b\x7f", "alt-backspace"),
    ("\x1b\r", "alt-enter"),
    ("\x1b\\", "alt-\\"),
    ("\x1b\x02", "ctrl-alt-b"),
    // Arrows and their neighbours: as cursor keys, as cursor keys of an application, by number.
    ("\x1b[A", "up"),
    ("\x1b[B", "down"),
    ("\x1b[C", "right"),
    ("\x1b[D", "left"),
    ("\x1b[H", "home"),
    ("\x1b[F", "end"),
    ("\x1bOA", "up"),
    ("\x1bOB", "down"),
    ("\x1bOC", "right"),
    ("\x1bOD", "left"),
    ("\x1bOH", "home"),
    ("\x1bOF", "end"),
    ("\x1b[1~", "home"),
    ("\x1b[2~", "insert"),
    ("\x1b[3~", "delete"),
    ("\x1b[4~", "end"),
    ("\x1b[5~", "pageup"),
    ("\x1b[6~", "pagedown"),
    ("\x1b[7~", "home"),
    ("\x1b[8~", "end"),
    ("\x1b[Z", "shift-backtab"),
    ("\x1b[1;2Z", "shift-backtab"),
    ("\x1b[1;5C", "ctrl-right"),
    ("\x1b[1;5D", "ctrl-left"),
    ("\x1b[1;2A", "shift-up"),
    ("\x1b[1;3A", "alt-up"),
    ("\x1b[1;6H", "ctrl-shift-home"),
    ("\x1b[5C", "ctrl-right"),
    ("\x1b[3;5~", "ctrl-delete"),
    ("\x1b[5;3~", "alt-pageup"),
    ("\x1b\x1b[A", "alt-up"),
    ("\x1b\x1bOB", "alt-down"),
    ("\x1b\x1b[5~", "alt-pageup"),
    // Function keys: xterm, VT220, the Linux console, the bare ones of kitty.
    ("\x1bOP", "f1"),
    ("\x1bOQ", "f2"),
    ("\x1bOR", "f3"),
    ("\x1bOS", "f4"),
    ("\x1b[P", "f1"),
    ("\x1b[1;5P", "ctrl-f1"),
    ("\x1bO5P", "ctrl-f1"),
    ("\x1bO1;2S", "shift-f4"),
    ("\x1b[[A", "f1"),
    ("\x1b[[E", "f5"),
    ("\x1b[11~", "f1"),
    ("\x1b[13~", "f3"),
    ("\x1b[15~", "f5"),
    ("\x1b[17~", "f6"),
    ("\x1b[21~", "f10"),
    ("\x1b[23~", "f11"),
    ("\x1b[24~", "f12"),
    ("\x1b[24;5~", "ctrl-f12"),
    ("\x1b[34~", "f20"),
    // rxvt.
    ("\x1b[a", "shift-up"),
    ("\x1b[d", "shift-left"),
    ("\x1bOa", "ctrl-up"),
    ("\x1bOd", "ctrl-left"),
    ("\x1b[3^", "ctrl-delete"),
    ("\x1b[3$", "shift-delete"),
    ("\x1b[5@", "ctrl-shift-pageup"),
    // The keypad of an application.
    ("\x1bOp", "0"),
    ("\x1bOt", "4"),
    ("\x1bOy", "9"),
    ("\x1bOM", "enter"),
    ("\x1bOI", "tab"),
    ("\x1bO ", "space"),
    ("\x1bOX", "="),
    ("\x1bOj", "*"),
    ("\x1bOk", "+"),
    ("\x1bOm", "-"),
    ("\x1bOn", "."),
    ("\x1bOo", "/"),
    // Characters by number: xterm, kitty, other layouts, input methods.
    ("\x1b[27;5;99~", "ctrl-c"),
    ("\x1b[27;2;65~", "A"),
    ("\x1b[27;5;9~", "ctrl-tab"),
    ("\x1b[99;5u", "ctrl-c"),
    ("\x1b[99;5:1u", "ctrl-c"),
    ("\x1b[99;5:2u", "ctrl-c"),
    ("\x1b[1089::99;5u", "ctrl-c"),
    ("\x1b[1089::99;3u", "alt-c"),
    ("\x1b[1089::99u", "с"),
    ("\x1b[1089:1057:99;2u", "С"),
    ("\x1b[0;;233u", "é"),
    ("\x1b[0;;12354:12356u", "あ い"),
    ("\x1b[97:65u", "a"),
    ("\x1b[99;5;99u", "ctrl-c"),
    ("\x1b[97;2u", "A"),
    ("\x1b[97:65;2u", "A"),
    ("\x1b[97;2;65u", "A"),
    ("\x1b[50:34;2;34u", "\""),
    ("\x1b[27u", "esc"),
    ("\x1b[13u", "enter"),
    ("\x1b[9u", "tab"),
    ("\x1b[9;2u", "shift-backtab"),
    ("\x1b[127u", "backspace"),
    ("\x1b[127;3u", "alt-backspace"),
    ("\x1b[57403u", "4"),
    ("\x1b[57414u", "enter"),
    ("\x1b[57420u", "down"),
    ("\x1b[57376u", "f13"),
    ("\x1b[1;1:1B", "down"),
    ("\x1b[1;129A", "up"),
    // The mouse: numbers, numbers of urxvt, bytes.
    ("\x1b[<0;11;5M", "click(10,4)"),
    ("\x1b[<64;1;1M", "wheel-up(0,0)"),
    ("\x1b[<65;300;200M", "wheel-down(299,199)"),
    ("\x1b[<69;3;4M", "wheel-down(2,3)"),
    ("\x1b[32;11;5M", "click(10,4)"),
    ("\x1b[96;11;5M", "wheel-up(10,4)"),
    ("\x1b[M +%", "click(10,4)"),
    ("\x1b[Ma+%", "wheel-down(10,4)"),
    // The window, and pastes.
    ("\x1b[I", "focusgained"),
    ("\x1b[O", "focuslost"),
    ("\x1b[200~q\x1b[201~", "paste(q)"),
    ("\x1b[200~é\r\n[A\x1b[201~", "paste(é\r\n[A)"),
    ("\x1b[200~\x03\x1b[20\x1b[201~", "paste(\x03\x1b[20)"),
    ("\x1b[200~\x1b\x1b[201~", "paste(\x1b)"),
    ("\x1b[200~\x1b[200~q\x1b[201~", "paste(\x1b[200~q)"),
];

/// What terminals send that is no key, and nothing that anybody asked for.
const NOTHING: &[&str] = &[
    // Answers with a letter at the end.
    "\x1b[?2026;2$y",
    "\x1b[?997;1n",
    "\x1b[4;2$y",
    "\x1b[0n",
    "\x1b[12;40R",
    "\x1b[1;5R",
    "\x1b[?12;40R",
    "\x1b[?62;22c",
    "\x1b[?1;2c",
    "\x1b[>0;276;0c",
    "\x1b[=0c",
    "\x1b[?1u",
    "\x1b[8;40;120t",
    "\x1b[4;800;1200t",
    "\x1b[6;16;8t",
    "\x1b[1t",
    "\x1b[3;0;0t",
    "\x1b[48;40;120;800;1200t",
    "\x1b[>4;2m",
    "\x1b[?0;4;2S",
    "\x1b[2;1;1;112;112;1;0x",
    "\x1b[?25;1$y",
    "\x1b[>1;10 q",
    // Strings.
    "\x1b]11;rgb:1e1e/1e1e/1e1e\x07",
    "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
    "\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
    "\x1b]4;1;rgb:cdcd/0000/0000\x07",
    "\x1b]52;c;cQ==\x07",
    "\x1b]52;c;cQ==\x1b\\",
    "\x1b]lq: the title\x1b\\",
    "\x1b]Lq\x1b\\",
    "\x1b]0;Ü “q”\x07",
    "\x1bP>|XTerm(390)\x1b\\",
    "\x1bP!|00000000\x1b\\",
    "\x1bP1$r0 q\x1b\\",
    "\x1bP0$r\x1b\\",
    "\x1bP1+r544e=787465726d\x1b\\",
    "\x1b_Gi=31;OK\x1b\\",
    "\x1b_Gi=31,p=1;ENOENT:q\x1b\\",
    "\x1b^q\x1b\\",
    "\x1bXq\x1b\\",
    "\x1b]11;q\x18",
    "\x1b]11;q\x1a",
    // Keys that are let go, alone that hold others, or unknown.
    "\x1b[113;1:3u",
    "\x1b[1;1:3B",
    "\x1b[3;1:3~",
    "\x1b[57441;2u",
    "\x1b[57430u",
    "\x1b[0u",
    "\x1b[1114112u",
    "\x1b[99999999999u",
    "\x1b[9~",
    "\x1b[201~",
    "\x1b[27;5~",
    "\x1b[E",
    "\x1b[1[",
    "\x1b[1I",
    "\x1b[1;2c",
    "\x1bOz",
    "\x1b[[Q",
    // The mouse: moved, let go, other buttons, outside.
    "\x1b[<35;10;10M",
    "\x1b[<32;10;10M",
    "\x1b[<0;11;5m",
    "\x1b[<1;11;5M",
    "\x1b[<2;11;5M",
    "\x1b[<66;11;5M",
    "\x1b[<128;11;5M",
    "\x1b[<0;0;0M",
    "\x1b[<0;99999;1M",
    "\x1b[<0M",
    "\x1b[35;10;10M",
    "\x1b[0;0;0M",
    "\x1b[M#+%",
    "\x1b[MC+%",
    "\x1b[M   ",
    // Too far away to be told.
    "\x1b[M \0+",
    "\x1b[M +\0",
    "\x1b[M \0\0",
];

/// Bytes that are no UTF-8, and what is left of them with a `q` behind.
const BROKEN: &[(&[u8], &str)] = &[
    (b"\xe9q", "q"),
    (b"\xc3q", "q"),
    (b"\xff\xfe\xc0\xafq", "q"),
    (b"\xed\xa0\x80q", "q"),
    (b"\xf5\x80\x80\x80q", "q"),
    (b"\xe2\x82\xc3\xa9q", "é q"),
    (b"\xe2\x82\x03q", "ctrl-c q"),
    (b"\xe2\x82\x1b[Aq", "up q"),
    (b"\xbf\x80q", "q"),
    // In one byte, which no letter begins with, what is otherwise ESC and another.
    (b"\x9bAq", "up q"),
    (b"\x8fAq", "up q"),
    (b"\x9d11;rgb:0/0/0\x9cq", "q"),
    (b"\x90>|XTerm\x9cq", "q"),
    (b"\x9f\x1b\\q", "q"),
];

fn everything() -> impl Iterator<Item = (&'static str, &'static str)> {
    let nothing = NOTHING.iter().map(|sent| (*sent, ""));
    KEYS.iter().copied().chain(nothing)
}

#[test]
fn each_key_is_known_and_nothing_else_is_one() {
    for (sent, expected) in everything() {
        assert_eq!(seen(sent), expected, "{sent:?}");
        let with_key = seen(format!("{sent}q"));
        assert_eq!(with_key, format!("{expected} q").trim(), "{sent:?} and q");
    }
    for (sent, expected) in BROKEN {
        assert_eq!(seen(sent), *expected, "{sent:?}");
    }
}

#[test]
fn torn_apart_at_any_place_it_is_the_same() {
    for (sent, expected) in everything() {
        for at in 0..=sent.len() {
            for pause in [NO_PAUSE, Duration::from_millis(5), TORN] {
                let (first, second) = sent.as_bytes().split_at(at);
                let seen = Terminal::default()
                    .after(NO_PAUSE, first)
                    .after(pause, second)
                    .after(NO_PAUSE, "q")
                    .seen();
                let expected = format!("{expected} q");
                assert_eq!(seen, expected.trim(), "{sent:?}, {at}, {pause:?}");
            }
        }
        let each = |terminal: Terminal, byte: &u8| terminal.after(TORN, [*byte]);
        let seen = sent
            .as_bytes()
            .iter()
            .fold(Terminal::default(), each)
            .seen();
        assert_eq!(seen, expected, "{sent:?}, byte by byte");
    }
}

#[test]
fn what_comes_together_is_told_in_order() {
    for (sent, expected) in [
        ("busy\r", "b u s y enter"),
        ("\r\x1b[6~", "enter pagedown"),
        ("\x1b[A\x1b[B\x1bOC", "up down right"),
        ("\x1b[?997;1nq\x1b]11;x\x07\x03", "q ctrl-c"),
        (
            "\x1b[200~a\x1b[201~\x1b[200~b\x1b[201~",
            "paste(a) paste(b)",
        ),
        // An Esc of a person before something else.
        ("\x1b\x1b", "esc esc"),
        ("\x1b\x1b\x1b", "esc esc esc"),
        ("\x1b\x1b\x1b[A", "esc alt-up"),
        ("\x1b\x1bx", "esc alt-x"),
        ("\x1b\x1b[I", "esc focusgained"),
        ("\x1b\x1b[<64;1;1M", "esc wheel-up(0,0)"),
        ("\x1b\x1b[200~q\x1b[201~", "esc paste(q)"),
        ("\x1b\x1b[?997;1nq", "esc q"),
        ("\x1b\x1b]11;x\x07q", "esc q"),
        ("\x1b\x03", "esc ctrl-c"),
        // A string that is broken off by something else.
        ("\x1b]11;x\x03", "ctrl-c"),
        ("\x1b]11;x\x1b\x03", "ctrl-c"),
        ("\x1b]11;x\x1b[Aq", "up q"),
        ("\x1b]11;x\x1b]11;y\x1b\\q", "q"),
        ("\x1b]11;x\x1b\x1b\\q", "q"),
    ] {
        assert_eq!(seen(sent), expected, "{sent:?}");
    }
}

#[test]
fn a_key_alone_is_told_when_no_sequence_follows() {
    for (sent, expected) in [
        ("\x1b", "esc"),
        ("\x1b[", "alt-["),
        ("\x1bO", "alt-O"),
        ("\x1b]", "alt-]"),
        ("\x1bP", "alt-P"),
        ("\x1b_", "alt-_"),
        ("\x1bX", "alt-X"),
        ("\x1b^", "alt-^"),
    ] {
        let mut terminal = Terminal::default().after(NO_PAUSE, sent);
        assert_eq!(terminal.seen.join(" "), "", "{sent:?}");
        terminal.pause(Duration::from_millis(60));
        assert_eq!(terminal.seen.join(" "), expected, "{sent:?}");
        // Whatever is typed then is not lost, but for what would be the rest of a sequence.
        let seen = terminal.after(Duration::from_millis(100), "busy").seen();
        assert_eq!(seen, format!("{expected} b u s y"), "{sent:?}");
    }
    assert_eq!(seen("\x1b]busy"), "alt-] b u s y");
    assert_eq!(seen("\x1b[\x03"), "alt-[ ctrl-c");
}

#[test]
fn the_rest_of_a_key_that_comes_late_is_swallowed_with_its_end() {
    let late = [100, 200, 499].map(Duration::from_millis);
    for pause in late {
        for (first, rest, expected) in [
            ("\x1b", "[B", "esc"),
            ("\x1b", "OB", "esc"),
            ("\x1b", "[1;5C", "esc"),
            ("\x1b", "[5~", "esc"),
            ("\x1b", "[[A", "esc"),
            ("\x1b", "[<0;11;5M", "esc"),
            ("\x1b", "[M +%", "esc"),
            ("\x1b", "[?997;1n", "esc"),
            ("\x1b", "[", "esc"),
            ("\x1b", "O", "esc"),
            // A paste is text even so.
            ("\x1b", "[200~q\x1b[201~", "esc paste(q)"),
            ("\x1b[", "B", "alt-["),
            ("\x1b[", "5~", "alt-["),
            ("\x1b[", "1;5C", "alt-["),
            ("\x1bO", "B", "alt-O"),
            ("\x1b]", "11;rgb:1e1e\x07", "alt-]"),
            ("\x1bP", ">|XTerm\x1b\\", "alt-P"),
            ("\x1b_", "Gi=1;OK\x1b\\", "alt-_"),
        ] {
            let seen = Terminal::default()
                .after(NO_PAUSE, first)
                .after(pause, rest)
                .after(NO_PAUSE, "q\x1b[A")
                .seen();
            assert_eq!(
                seen,
                format!("{expected} q up"),
                "{first:?}, {pause:?}, {rest:?}"
            );
        }
    }
    let in_three = Terminal::default()
        .after(NO_PAUSE, "\x1b")
        .after(Duration::from_millis(200), "[")
        .after(Duration::from_millis(200), "B")
        .after(NO_PAUSE, "q");
    assert_eq!(in_three.seen(), "esc q");
}

#[test]
fn a_person_who_types_after_esc_is_understood() {
    for (pause, typed, expected) in [
        (501, "[", "esc ["),
        (501, "O", "esc O"),
        (2000, "[B", "esc [ B"),
        (100, "q", "esc q"),
        (100, "]", "esc ]"),
        (100, "\x1b", "esc esc"),
        (100, "\x1b[A", "esc up"),
        (100, "\x03", "esc ctrl-c"),
        (100, "[\x03", "esc ctrl-c"),
        (100, "[jq", "esc j q"),
    ] {
        let pause = Duration::from_millis(pause);
        let terminal = Terminal::default().after(NO_PAUSE, "\x1b");
        assert_eq!(
            terminal.after(pause, typed).seen(),
            expected,
            "{pause:?}, {typed:?}"
        );
    }
}

/// The beginnings of what never ends.
const ENDLESS: &[&str] = &[
    "\x1b[?2026;2$",
    "\x1b[1;",
    "\x1b[<64;3",
    "\x1b[M +",
    "\x1b[[",
    "\x1bO1",
    "\x1b]11;rgb:1e1e",
    "\x1b]0;q\x1b",
    "\x1bP1$r",
    "\x1b_Gi=1",
    "\x1b^q",
    "\x1bXq",
    "\x1b\x1b[",
];

#[test]
fn what_never_ends_is_over_after_half_a_second() {
    for sent in ENDLESS {
        let seen = Terminal::default()
            .after(NO_PAUSE, sent)
            .after(HALF_A_SECOND, "q")
            .seen();
        let esc = if sent.starts_with("\x1b\x1b") {
            "esc alt-[ "
        } else {
            ""
        };
        assert_eq!(seen, format!("{esc}q"), "{sent:?}");
    }
}

#[test]
fn control_c_works_in_the_midst_of_anything_but_a_paste() {
    for sent in ENDLESS
        .iter()
        .chain(&["\x1b", "\x1b\x1b", "\x1b]11;x\x1b\x1b"])
    {
        let mut terminal = Terminal::default().after(NO_PAUSE, sent);
        terminal.send(b"\x03");
        let last = terminal.seen.last().map(String::as_str);
        assert_eq!(last, Some("ctrl-c"), "{sent:?}");
    }
    let mut torn = Terminal::default().after(NO_PAUSE, b"\xe2\x82");
    torn.send(b"\x03");
    assert_eq!(torn.seen, ["ctrl-c"]);
}

#[test]
fn a_paste_without_its_end_is_text_and_over_after_half_a_second() {
    for paste in ["q\x03", "q\x03\x1b", "q\x03\x1b[20"] {
        let seen = Terminal::default()
            .after(NO_PAUSE, format!("\x1b[200~{paste}"))
            .after(HALF_A_SECOND, "q\x03")
            .seen();
        assert_eq!(seen, "paste(q\x03) q ctrl-c", "{paste:?}");
    }
    let slow = Terminal::default()
        .after(NO_PAUSE, "\x1b[200~q")
        .after(Duration::from_millis(499), "q")
        .after(Duration::from_millis(499), "\x1b[201~q");
    assert_eq!(slow.seen(), "paste(qq) q");
    assert_eq!(seen("\x1b[200~"), "");
}

#[test]
fn a_paste_of_any_length_keeps_a_megabyte() {
    let mut decoder = Decoder::default();
    decoder.take(b"\x1b[200~");
    for _ in 0..64 {
        decoder.take("q\n".repeat(32 << 10).as_bytes());
    }
    decoder.take(b"\x1b[201~");
    let events = decoder.events();
    let [Event::Paste(text)] = events.as_slice() else {
        panic!("it is one paste: {}", events.len());
    };
    assert_eq!(*text, "q\n".repeat(512 << 10));
}

#[test]
fn a_sequence_of_any_length_is_swallowed() {
    let numbers = "1;".repeat(1 << 20);
    assert_eq!(seen(format!("\x1b[{numbers}Aq")), "q");
    let answer = "q".repeat(1 << 20);
    assert_eq!(seen(format!("\x1b]52;c;{answer}\x07q")), "q");
}

/// Returns bytes as a terminal might send them, whole and broken.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let pieces = KEYS.iter().map(|(sent, _)| sent.as_bytes());
    let pieces = pieces.chain(NOTHING.iter().map(|sent| sent.as_bytes()));
    let pieces: Vec<_> = pieces.chain(BROKEN.iter().map(|(sent, _)| *sent)).collect();
    let piece = prop::sample::select(pieces);
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..20),
        piece.clone().prop_map(<[u8]>::to_vec),
        (piece, 0_usize..8).prop_map(|(piece, length)| piece
            .iter()
            .copied()
            .take(length)
            .collect()),
        prop::collection::vec(
            prop::sample::select(b"\x1b[]OP_X^?;1~\x07\\u".to_vec()),
            0..12
        ),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_comes_a_key_works_half_a_second_later(
        sent in prop::collection::vec((bytes(), 0_u64..700), 0..12),
    ) {
        let mut terminal = Terminal::default();
        for (bytes, pause) in sent {
            terminal.decoder.take(&bytes);
            let mut left = Duration::from_millis(pause);
            while let Some(patience) = terminal.decoder.patience().filter(|one| *one <= left) {
                left -= patience;
                terminal.decoder.silence();
            }
        }
        terminal.decoder.events();
        let mut waited = Duration::ZERO;
        while let Some(patience) = terminal.decoder.patience() {
            waited += patience;
            terminal.decoder.silence();
        }
        prop_assert!(waited <= HALF_A_SECOND, "{waited:?}");
        terminal.decoder.events();
        terminal.send(b"q");
        prop_assert_eq!(&terminal.seen, &["q"]);
    }
}
