//! Tallies added up: the order makes no difference, nor does it if they were printed and read in between.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;
use sipdex::calls::Outcome;
use sipdex::message::Method;
use sipdex::output::json;
use sipdex::tally::{
    Attempt, Beside, Counts, Kind, Listed, Methods, Outcomes, Sender, Setups, Source, Span, Sum,
    Time,
};

#[path = "sums/ended.rs"]
mod ended;

/// The same cases in every run.
const SEED: RngSeed = RngSeed::Fixed(3326);

fn times() -> impl Strategy<Value = Option<Time>> {
    let printed = select(vec![
        "10:00:00.5",
        "23:59:59",
        "2026-11-28 10:00:00",
        "2026-11-28 10:00:01.25",
        "Nov  3 10:00:00",
        "Dec 31 23:00:00",
    ]);
    let printed = printed.prop_map(|text| Time::printed(text.to_owned()));
    let counted = (0..4_000_000_000_000_000_u64).prop_map(|micros| Time {
        text: format!("at {micros}"),
        epoch: Some(micros),
    });
    prop::option::of(prop_oneof![3 => printed, 1 => counted])
}

fn spans() -> impl Strategy<Value = Span> {
    (times(), times()).prop_map(|(first, last)| Span { first, last })
}

fn sources() -> impl Strategy<Value = Source> {
    let name = select(vec!["a.log", "b.log", "-"]);
    let counts = prop::array::uniform5(0..9_u64);
    (name, counts, spans(), any::<[bool; 2]>()).prop_map(|(name, counts, span, is)| Source {
        name: name.to_owned(),
        bytes: counts[0],
        format: "text".to_owned(),
        messages: counts[1],
        span,
        missed: counts[2],
        first_missed: (counts[2] > 0).then_some(counts[3]),
        packets: counts[4],
        is_cut: is[0],
        is_partial: is[1],
        ..Source::default()
    })
}

fn names() -> impl Strategy<Value = Method> {
    select(vec!["INVITE", "BYE", "ПРИВЕТ", ""]).prop_map(|name| Method::of(name.as_bytes()))
}

fn outcomes() -> impl Strategy<Value = Outcome> {
    let codes = || select(vec![180_u16, 200, 486, 503]);
    prop_oneof![
        codes().prop_map(Outcome::Final),
        prop::option::of(codes()).prop_map(Outcome::Open),
    ]
}

fn methods() -> impl Strategy<Value = Methods> {
    let counts = prop_oneof![8 => 0..100_u64, 1 => Just(u64::MAX)];
    let came = (
        0..100_u64,
        prop::collection::btree_map(outcomes(), counts, 0..4),
    );
    let came = came.prop_map(|(transactions, attempts)| Outcomes {
        transactions,
        attempts,
    });
    prop::collection::btree_map(names(), came, 0..3)
}

fn besides() -> impl Strategy<Value = Beside> {
    let senders = (
        select(vec!["", "pbx", "gw 2"]),
        select(vec!["", "[::1]:5060"]),
    );
    let senders = senders.prop_map(|(agent, peer)| Sender {
        agent: agent.to_owned(),
        peer: peer.to_owned(),
    });
    let reasons = select(vec!["Q.850;cause=17", "SIP;text=\"a\""]).prop_map(str::to_owned);
    let call_id = prop::option::of("[a-c]{1,2}");
    let counts = || 1..9_u64;
    (
        0..9_u64,
        spans(),
        prop::collection::btree_map(senders, counts(), 0..3),
        prop::collection::btree_map(reasons, counts(), 0..3),
        prop::collection::btree_map(select(vec![304_u16, 399]), counts(), 0..3),
        call_id,
    )
        .prop_map(
            |(transactions, span, senders, reasons, warnings, call_id)| Beside {
                transactions,
                span,
                senders,
                reasons,
                warnings,
                call_id,
            },
        )
}

fn attempts() -> impl Strategy<Value = Listed> {
    let place = select(vec!["a.log line 9", "a.log line 10", "-", "c.pcap frame 3"]);
    (names(), outcomes(), times(), place, "[x-z]?").prop_map(
        |(method, outcome, time, place, call_id)| Listed {
            method,
            outcome,
            attempt: Attempt {
                time,
                call_id,
                place: place.to_owned(),
                ..Attempt::default()
            },
        },
    )
}

fn setups() -> impl Strategy<Value = Setups> {
    let outcomes = prop::collection::btree_map(outcomes(), 1..9_u64, 0..3);
    let waits = prop::collection::vec(0..9_usize, 0..4);
    (outcomes, waits).prop_map(|(outcomes, mut waits)| {
        waits.sort_unstable();
        Setups { outcomes, waits }
    })
}

fn sums() -> impl Strategy<Value = Sum> {
    let counts = (
        prop::collection::btree_map(names(), 0..9_u64, 0..3),
        prop::collection::btree_map(
            names(),
            prop::collection::btree_map(100..700_u16, 0..9_u64, 1..3),
            0..3,
        ),
        [0..9_u64, 0..9_u64, 0..9_u64],
    );
    let counts = counts.prop_map(
        |(requests, responses, [malformed, unnamed, repeats])| Counts {
            requests,
            responses,
            malformed,
            unnamed,
            repeats,
        },
    );
    (
        prop::collection::vec(sources(), 0..3),
        counts,
        methods(),
        prop::collection::vec((outcomes(), besides()), 0..3),
        prop::collection::vec(attempts(), 0..4),
        prop::collection::btree_map("[a-c]?", methods(), 0..3),
        setups(),
        any::<bool>(),
    )
        .prop_map(
            |(sources, counts, methods, besides, attempts, groups, setups, is_partial)| {
                let mut sum = Sum {
                    kind: Kind::All,
                    sources,
                    is_partial,
                    counts,
                    methods,
                    attempts,
                    groups,
                    setups,
                    ..Sum::default()
                };
                for (outcome, beside) in besides {
                    // A code is told with its method.
                    if let (Some(method), Outcome::Final(code)) =
                        (sum.methods.keys().next(), outcome)
                    {
                        sum.codes
                            .entry(method.clone())
                            .or_default()
                            .insert(code, beside);
                    }
                }
                sum.settle();
                sum
            },
        )
}

fn printed(sum: &Sum) -> String {
    json::pretty(&json::tally(sum)).expect("JSON")
}

fn read(text: &str) -> Sum {
    let sums = json::tallies(text.as_bytes()).expect("a tally");
    let [sum] = sums.try_into().expect("one tally");
    sum
}

fn merged(one: &Sum, two: &Sum) -> Sum {
    let mut sum = one.clone();
    sum.merge(two.clone());
    sum
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: SEED, cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_makes_no_difference((a, b, c) in (sums(), sums(), sums())) {
        let whole = printed(&merged(&merged(&a, &b), &c));
        prop_assert_eq!(&whole, &printed(&merged(&a, &merged(&b, &c))));
        prop_assert_eq!(&whole, &printed(&merged(&c, &merged(&b, &a))));
        let between = read(&printed(&merged(&read(&printed(&b)), &read(&printed(&a)))));
        prop_assert_eq!(&whole, &printed(&merged(&between, &c)));
    }

    #[test]
    fn what_is_printed_is_read_again(sum in sums()) {
        let text = printed(&sum);
        prop_assert_eq!(&printed(&read(&text)), &text);
    }
}
