//! Call-flow ladders.

use super::{page, refused, refused_as};

#[test]
fn wrong_ladders_are_refused() {
    let file = "responses/486.toml";
    refused(file, "flow", |s| page(s, 486).flow.truncate(2));
    refused(file, "flow", |s| {
        page(s, 486)
            .flow
            .retain(|step| !step.message.starts_with("486"))
    });
    refused(file, "flow[0].to", |s| {
        page(s, 486).flow[0].to = "alice".into()
    });
    refused(file, "flow[0].message", |s| {
        page(s, 486).flow[0].message = "x".repeat(40)
    });
}

#[test]
fn a_ladder_has_three_to_nine_steps_of_up_to_four_people() {
    let file = "responses/486.toml";
    refused_as(file, "flow", "2 steps; 3 to 9 make a ladder", |s| {
        page(s, 486).flow.truncate(2)
    });
    refused_as(file, "flow", "10 steps; 3 to 9 make a ladder", |s| {
        let flow = &mut page(s, 486).flow;
        let steps = flow.iter().cycle().take(10).cloned().collect();
        *flow = steps;
    });
    refused_as(file, "flow", "more than 4 participants", |s| {
        let flow = &mut page(s, 486).flow;
        (flow[0].from, flow[1].to) = ("carol".into(), "dave".into());
    });
    refused_as(file, "flow", "no step with 486", |s| {
        let flow = &mut page(s, 486).flow;
        flow.retain(|step| !step.message.starts_with("486"));
    });
    refused_as(file, "flow[1].to", "a message to its own sender", |s| {
        page(s, 486).flow[1].to = "proxy".into()
    });
    for message in ["x".repeat(37), "na\u{ef}ve".into()] {
        refused_as(file, "flow[1].message", "or not ASCII", |s| {
            page(s, 486).flow[1].message = message
        });
    }
}
