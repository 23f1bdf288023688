//! The same message twice in a log: printed twice, or sent twice.

use sipdex::trace::messages;

use crate::call::call;

/// How two prints are told from two messages: what stands around the first, around the second, and how many messages
/// there are; and how many if an ACK follows each.
struct Case {
    what: &'static str,
    transport: &'static str,
    labels: [&'static str; 2],
    end: &'static str,
    messages: usize,
    with_acks: usize,
}

const CASES: &[Case] = &[
    Case {
        what: "sent again over a stream after half a second, as thousandths since 1970 say",
        transport: "TLS",
        labels: [
            "\"timestamp\": 1706745612041,\n\"direction\": \"INCOMING\"\n",
            "\"timestamp\": 1706745612541,\n\"direction\": \"INCOMING\"\n",
        ],
        end: "\n",
        messages: 2,
        with_acks: 4,
    },
    Case {
        what: "sent again after half a second",
        transport: "UDP",
        labels: [
            "send 300 bytes to udp/[192.0.2.1]:5060 at 10:00:00.100000:\n",
            "send 300 bytes to udp/[192.0.2.1]:5060 at 10:00:00.600000:\n",
        ],
        end: "\n",
        messages: 2,
        with_acks: 4,
    },
    Case {
        what: "sent again, which only the label says",
        transport: "UDP",
        labels: [
            "Transmitting to 192.0.2.1:5060:\n",
            "Retransmitting #1 to 192.0.2.1:5060:\n",
        ],
        end: "---\n",
        messages: 2,
        with_acks: 4,
    },
    Case {
        what: "read from a stream at once, printed for each message in it",
        transport: "TCP",
        labels: [
            "[10:00:00.260] <--- received from TCP:192.0.2.1:5060 --->\n",
            "[10:00:00.261] <--- received from TCP:192.0.2.1:5060 --->\n",
        ],
        end: "\n",
        messages: 1,
        with_acks: 2,
    },
    Case {
        what: "the same without a time",
        transport: "TLS",
        labels: [
            "<--- received from TLS:192.0.2.1:5060 --->\n",
            "<--- received from TLS:192.0.2.1:5060 --->\n",
        ],
        end: "\n",
        messages: 1,
        with_acks: 3,
    },
    Case {
        what: "a stream on its way in and on its way out",
        transport: "TCP",
        labels: [
            "[10:00:00.260] <--- sent to TCP:192.0.2.1:5060 --->\n",
            "[10:00:00.261] <--- received from TCP:192.0.2.1:5060 --->\n",
        ],
        end: "\n",
        messages: 2,
        with_acks: 4,
    },
    Case {
        what: "the same bytes over a stream much later",
        transport: "WS",
        labels: [
            "10:00:00.260 received text message:\n\n",
            "10:00:32.260 received text message:\n\n",
        ],
        end: "\n",
        messages: 2,
        with_acks: 4,
    },
    Case {
        what: "a report without what its writer says of each message",
        transport: "UDP",
        labels: [
            "#\nUDP 192.0.2.1:5060 -> 192.0.2.2:5060\n",
            "----- OPTIONS of sip:bob@192.0.2.1:5060 -----\n",
        ],
        end: "\n",
        messages: 1,
        with_acks: 2,
    },
    Case {
        what: "two writers at the same instant",
        transport: "UDP",
        labels: [
            "10:00:00.123 I one: received from 192.0.2.1:5060\n",
            "10:00:00.123 I two: received from 192.0.2.1:5060\n",
        ],
        end: "\n",
        messages: 1,
        with_acks: 2,
    },
    Case {
        what: "in the same second",
        transport: "UDP",
        labels: [
            "10:00:00 received from 192.0.2.1:5060\n",
            "10:00:00 received from 192.0.2.1:5060\n",
        ],
        end: "\n",
        messages: 2,
        with_acks: 4,
    },
    Case {
        what: "spoken of again without a time",
        transport: "UDP",
        labels: [
            "----- 2026-11-29 18:26:43.362061\nUDP message received [348] bytes :\n\n",
            "-----\nUnexpected UDP message received:\n\n",
        ],
        end: "\n",
        messages: 1,
        with_acks: 2,
    },
    Case {
        what: "nothing said of either",
        transport: "UDP",
        labels: ["first\n", "again\n"],
        end: "\n",
        messages: 2,
        with_acks: 4,
    },
    Case {
        what: "a network card that looks like a time",
        transport: "UDP",
        labels: [
            "Src: 00:00:00_00:00:00 (00:00:00:00:00:00) 192.0.2.1:5060 > 192.0.2.2:5060\n",
            "Src: 00:00:00_00:00:00 (00:00:00:00:00:00) 192.0.2.1:5060 > 192.0.2.2:5060\n",
        ],
        end: "\n",
        messages: 2,
        with_acks: 4,
    },
];

#[test]
fn a_second_print_is_told_from_a_second_message() {
    for case in CASES {
        let [one, other] = [4, 8].map(|at: usize| {
            let transport = format!("SIP/2.0/{} ", case.transport);
            call()[at].replace("SIP/2.0/UDP ", &transport)
        });
        let end = case.end;
        let [first, second] = case.labels;
        let text = format!("{first}{one}{end}{second}{one}{end}");
        assert_eq!(
            messages(text.as_bytes()).count(),
            case.messages,
            "{}",
            case.what
        );
        // What was read at once may be more than one message.
        let text = format!("{first}{one}{other}{end}{second}{one}{other}{end}");
        let all = messages(text.as_bytes()).count();
        assert_eq!(all, case.with_acks, "{}", case.what);
    }
}

#[test]
fn framed_otherwise_with_no_time_between_is_a_print() {
    let message = &call()[0];
    let tabs = message.replace("\r\n", "\n\t");
    for (between, wanted) in [("raw:\n", 1), ("10:00:01 raw:\n", 2)] {
        let text = format!("10:00:00 a > b\n\t{tabs}\n{between}{message}");
        assert_eq!(messages(text.as_bytes()).count(), wanted, "{between}");
    }
}
