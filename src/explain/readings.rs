//! How the values of header fields are read, where words are needed.

#![expect(
    clippy::unnecessary_wraps,
    reason = "each stands in one table with those that may read nothing"
)]

use super::causes;
use super::facts::Facts;
use super::nat;
use super::words::{clause, list, text, time};
use crate::message::{address, parameter, parts, reasons, seconds, warnings};

pub(super) fn reason(_: &Facts<'_>, value: &[u8]) -> Option<String> {
    let said = reasons(value).map(|reason| {
        let summary = causes::topic(&reason).map(|topic| format!(": {}", clause(&topic.summary)));
        causes::reason(&reason) + &summary.unwrap_or_default()
    });
    let said = said.collect::<Vec<_>>().join("; ");
    let location = causes::location(value).map(|means| format!("; released in: {means}"));
    (!said.is_empty()).then(|| said + &location.unwrap_or_default())
}

pub(super) fn warning(_: &Facts<'_>, value: &[u8]) -> Option<String> {
    let said: Vec<String> = warnings(value)
        .map(|warning| causes::warning(&warning))
        .collect();
    (!said.is_empty()).then(|| said.join("; "))
}

pub(super) fn retry_after(_: &Facts<'_>, value: &[u8]) -> Option<String> {
    let after = seconds(value)?;
    let says = match after {
        0 => "one may try again at once".to_owned(),
        after => format!("do not try again for {}", time(after)),
    };
    let lasts = parameter(value, b';', "duration").and_then(seconds);
    let lasts = lasts.map(|lasts| format!("; then it can be reached for {}", time(lasts)));
    let comment = comment(value).map(|comment| format!("; remark: {comment}"));
    Some(says + &lasts.unwrap_or_default() + &comment.unwrap_or_default())
}

/// Returns the comment in a value, with those that stand in it.
pub(super) fn comment(value: &[u8]) -> Option<String> {
    let value = text(value);
    let (_, inside) = value.split_once('(')?;
    let mut depth = 1_usize;
    let ends = |sign: char| {
        match sign {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth == 0
    };
    let end = inside.find(ends).unwrap_or(inside.len());
    Some(inside[..end].trim().to_owned()).filter(|comment| !comment.is_empty())
}

pub(super) fn least(value: &[u8], what: &str) -> Option<String> {
    Some(format!("{what} is {}", time(seconds(value)?)))
}

pub(super) fn session_expires(_: &Facts<'_>, value: &[u8]) -> Option<String> {
    let lasts = time(seconds(value)?);
    let who = match parameter(value, b';', "refresher").map(text).as_deref() {
        Some("uac") => "; the caller's side of the request refreshes it",
        Some("uas") => "; the side that answers refreshes it",
        _ => "",
    };
    Some(format!(
        "the session ends after {lasts} without a refresh{who}"
    ))
}

pub(super) fn expires(facts: &Facts<'_>, value: &[u8]) -> Option<String> {
    let lasts = seconds(value)?;
    let time = time(lasts);
    Some(match facts.method.as_str() {
        "SUBSCRIBE" if lasts == 0 && facts.page.is_some() => {
            "the subscription has ended".to_owned()
        }
        "PUBLISH" if lasts == 0 => "the published state is removed".to_owned(),
        "REGISTER" if lasts == 0 => "the binding is to be removed".to_owned(),
        "REGISTER" => format!("a binding without a time of its own holds for {time}"),
        "INVITE" if facts.page.is_none() => {
            format!("after {time} without a final response the call is given up, with a 487")
        }
        "SUBSCRIBE" if lasts == 0 => "the subscription is to end".to_owned(),
        "SUBSCRIBE" => format!("the subscription holds for {time}"),
        _ => format!("it holds for {time}"),
    })
}

pub(super) fn require(facts: &Facts<'_>, value: &[u8]) -> Option<String> {
    let tags = text(value);
    Some(match facts.page {
        Some(page) if page.code.get() == 421 => {
            format!("the request must list {tags} in Supported")
        }
        Some(_) => format!("the response uses {tags}, which the client has to understand"),
        None => format!("the other side must support {tags}, or answers with a 420"),
    })
}

pub(super) fn supported(facts: &Facts<'_>, value: &[u8]) -> Option<String> {
    let tags = text(value);
    Some(match facts.page {
        Some(_) => format!("the side that answered supports {tags}"),
        None => format!("the response may use or require {tags}, and no other extension"),
    })
}

pub(super) fn allow(facts: &Facts<'_>, value: &[u8]) -> Option<String> {
    let methods = text(value);
    let is_there = facts.message.lists("Allow", &facts.method);
    let own = match facts.page {
        Some(page) if page.code.get() == 405 && is_there => {
            format!(", and so {} too", facts.method)
        }
        Some(page) if page.code.get() == 405 => format!(", and not {}", facts.method),
        _ => String::new(),
    };
    Some(format!("the methods that it takes are {methods}{own}"))
}

pub(super) fn max_forwards(facts: &Facts<'_>, value: &[u8]) -> Option<String> {
    // A CANCEL goes from hop to hop.
    let goes_on = facts.page.is_none() && !facts.is("CANCEL");
    let left = seconds(value).filter(|_| goes_on)?;
    Some(match left {
        0 if facts.is("OPTIONS") => {
            "no proxy may forward it: the next one answers it itself, or with a 483".to_owned()
        }
        0 => "no proxy may forward it: the next one answers with a 483".to_owned(),
        1 => "one proxy may forward it, the one after it answers with a 483".to_owned(),
        left => format!("{left} proxies may forward it, the one after them answers with a 483"),
    })
}

/// Reads each address of a row.
pub(super) fn contact(facts: &Facts<'_>, row: &[u8]) -> Option<String> {
    let values = parts(row, b',').filter(|value| !value.is_empty());
    let said: Vec<String> = values
        .filter_map(|value| Some(one_contact(facts, value)? + nat::of_contact(value)))
        .collect();
    (!said.is_empty()).then(|| said.join("; "))
}

fn one_contact(facts: &Facts<'_>, value: &[u8]) -> Option<String> {
    let target = text(address(value));
    let lasts = parameter(value, b';', "expires").and_then(seconds);
    let lasts = lasts
        .map(|lasts| format!(" for {}", time(lasts)))
        .unwrap_or_default();
    match facts.page.map(|page| page.code.get()) {
        Some(300..400) => {
            let weight = parameter(value, b';', "q").map(text);
            let weight = weight
                .map(|weight| format!(", preference q={weight}"))
                .unwrap_or_default();
            Some(format!("try {target}{weight}{lasts}"))
        }
        Some(200..300) if facts.is("REGISTER") => {
            let default = facts.seconds("Expires").map(time);
            let default = default.filter(|_| lasts.is_empty());
            let default = default.map(|time| format!(" for {time}, by Expires"));
            Some(format!(
                "{target} is registered{lasts}{}",
                default.unwrap_or_default()
            ))
        }
        Some(101..300) if facts.is("INVITE") || facts.is("SUBSCRIBE") || facts.is("UPDATE") => {
            Some(format!("later requests of the dialog go to {target}"))
        }
        Some(_) => None,
        None if facts.is("REGISTER") && value.trim_ascii() == b"*" => {
            Some("every registration is to be removed".to_owned())
        }
        None if facts.is("REGISTER") => Some(format!("{target} is to be registered{lasts}")),
        // Others make no dialog.
        None if ["OPTIONS", "MESSAGE", "PUBLISH", "INFO"]
            .iter()
            .any(|method| facts.is(method)) =>
        {
            None
        }
        None => Some(format!("later requests of the dialog go to {target}")),
    }
}

pub(super) fn path(facts: &Facts<'_>, value: &[u8]) -> Option<String> {
    let proxies = addresses(value);
    Some(match facts.page {
        Some(_) => {
            format!("requests to the registered address go by way of {proxies}, in this order")
        }
        None => format!("requests to the address that it registers are to go by way of {proxies}"),
    })
}

pub(super) fn service_route(facts: &Facts<'_>, value: &[u8]) -> Option<String> {
    let proxies = addresses(value);
    facts.page.map(|_| {
        format!("new requests of this account may take the way {proxies}, as Route in this order")
    })
}

pub(super) fn associated(_: &Facts<'_>, value: &[u8]) -> Option<String> {
    Some(format!(
        "the account has these addresses too: {}; that does not say that they are registered",
        addresses(value)
    ))
}

/// Returns the addresses of a row.
fn addresses(value: &[u8]) -> String {
    let all = parts(value, b',').filter(|value| !value.is_empty());
    let all: Vec<String> = all.map(|value| text(address(value))).collect();
    list(&all)
}

pub(super) fn diversion(facts: &Facts<'_>, value: &[u8]) -> Option<String> {
    let said = parts(value, b',')
        .filter(|value| !value.is_empty())
        .map(|value| {
            let why = parameter(value, b';', "reason").map(text);
            let why = why.map(|why| format!(", reason {why}")).unwrap_or_default();
            text(address(value)) + &why
        });
    let said: Vec<String> = said.collect();
    let what = match facts.page {
        Some(_) => "the call is diverted",
        None => "the call was diverted on its way here, the last time first",
    };
    (!said.is_empty()).then(|| format!("{what}, by {}", list(&said)))
}

pub(super) fn history(_: &Facts<'_>, value: &[u8]) -> Option<String> {
    Some(format!(
        "the addresses that the request went to before, the first one first: {}",
        addresses(value)
    ))
}

pub(super) fn to(facts: &Facts<'_>, value: &[u8]) -> Option<String> {
    let has_tag = parameter(value, b';', "tag").is_some();
    let says = match (facts.page.is_some(), has_tag) {
        (true, true) => {
            "its tag comes from the side that answered, or from the dialog of the request"
        }
        (true, false) => "it has no tag",
        (false, _) if facts.is("CANCEL") => "it is that of the request that is to end",
        (false, true) => "it has a tag: the request belongs to a dialog",
        (false, false) => "it has no tag: the request begins something new",
    };
    Some(says.to_owned())
}

pub(super) fn subscription_state(_: &Facts<'_>, value: &[u8]) -> Option<String> {
    let state = text(value.split(|byte| *byte == b';').next()?);
    if state.is_empty() {
        return Some("it names no state of the subscription".to_owned());
    }
    let why = parameter(value, b';', "reason").map(text);
    let why = why
        .map(|why| format!(", because: {why}"))
        .unwrap_or_default();
    let lasts = parameter(value, b';', "expires").and_then(seconds);
    let lasts = lasts
        .map(|lasts| format!(", for another {}", time(lasts)))
        .unwrap_or_default();
    Some(format!("the subscription is {state}{lasts}{why}"))
}

pub(super) fn user_agent(facts: &Facts<'_>, value: &[u8]) -> Option<String> {
    let whose = match facts.page {
        Some(_) => "the side that answered (some write User-Agent for Server)",
        None => "the sender",
    };
    Some(format!("{whose} calls itself {}", text(value)))
}
