//! The other legs of a call that is explained: what elements made of it, as far as what was read beside it tells.

use crate::app::legs::{Firsts, label};
use crate::calls::Recorded;
use crate::document::Other;
use crate::explain::call_looked_at;
use crate::message::Head;
use crate::output::json::LegForm;

/// Returns the legs of the call of these messages among the calls beside it.
pub(super) fn of(messages: &[Recorded], beside: &[Recorded]) -> Vec<LegForm> {
    let mut calls: Vec<(String, Vec<Recorded>)> = Vec::new();
    for one in messages.iter().chain(beside) {
        let id = String::from_utf8_lossy(Head::of(&one.bytes).call_id);
        match calls.iter_mut().rfind(|(own, _)| *own == id) {
            Some((_, known)) => known.push(one.clone()),
            None => calls.push((id.into_owned(), vec![one.clone()])),
        }
    }
    let mut firsts = Firsts::default();
    for (id, messages) in calls.iter().filter(|(id, _)| !id.is_empty()) {
        firsts.add(id, messages);
    }
    let Some((own, _)) = calls.first() else {
        return Vec::new();
    };
    let legs = firsts.legs();
    let legs = legs.iter().filter_map(|leg| {
        let id = leg.beside(own)?;
        let (_, messages) = calls.iter().find(|(other, _)| other == id)?;
        Some(LegForm {
            call_id: id.to_owned(),
            title: call_looked_at(messages, &[], None).title,
            why: leg.why.clone(),
            is_guess: leg.is_guess,
        })
    });
    legs.collect()
}

/// Returns how a leg is shown.
pub(super) fn other(leg: &LegForm) -> Other {
    Other {
        label: label(leg.is_guess),
        link: None,
        title: format!("{} (Call-ID {})", leg.title, leg.call_id),
        why: leg.why.clone(),
    }
}
