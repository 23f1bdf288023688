//! What bytes and pauses mean, in a time that is no machine's.

use std::time::Duration;

use crossterm::event::Event;
use proptest::prelude::*;

use super::decoder::Decoder;

mod sequences;
mod story;

use sequences::{BROKEN, ENDLESS, KEYS, NOTHING};
use story::{HALF_A_SECOND, NO_PAUSE, TORN, Terminal, seen};

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

/// Its letters would be commands, and its line ends Enter.
#[test]
fn a_message_that_comes_at_once_is_pasted_though_the_terminal_does_not_say_so() {
    let message = "SIP/2.0 486 Busy Here\rVia: x\r\rq";
    let pasted = format!("paste({message})");
    assert_eq!(seen(message), pasted);
    let torn = Terminal::default()
        .after(NO_PAUSE, message)
        .after(TORN, "more\r");
    assert_eq!(torn.seen(), format!("paste({message}more\r)"));
    // What comes behind it is keys again, and so is what no message begins.
    let keys = Terminal::default()
        .after(NO_PAUSE, message)
        .after(HALF_A_SECOND, "q\r");
    assert_eq!(keys.seen(), format!("{pasted} q enter"));
    assert_eq!(
        seen(format!("{message}\x1b[Bq")),
        format!("{pasted} down q")
    );
    assert_eq!(seen(format!("{message}\x03")), format!("{pasted} ctrl-c"));
    assert_eq!(seen("SIP/2.0\r"), "S I P / 2 . 0 enter");
    assert_eq!(seen("busy\rq"), "b u s y enter q");
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
