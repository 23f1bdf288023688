//! What is kept beside a call that is read: what its parties have in other calls, and what others did at the same elements
//! about then.

use core::net::{IpAddr, SocketAddr};

use crate::calls::Recorded;
use crate::message::{Head, Message, Network, is_same_user, user};
use crate::trace::{Found, Remark};

/// So many messages that the parties of a call have in other calls are kept.
const PARTY: usize = 4000;
/// So many messages of others: those that are nearest in time.
const NEAR: usize = 2000;

/// The parties of a call, the elements that it went by, and when it was.
#[derive(Debug, Default)]
pub(super) struct Around {
    users: Vec<Vec<u8>>,
    /// To whom a redirection or a transfer leads, by another way and in another form maybe.
    named: Vec<Vec<u8>>,
    elements: Vec<IpAddr>,
    /// From where to where its messages went.
    ways: Vec<(SocketAddr, SocketAddr)>,
    ends: Option<u64>,
}

/// What is kept, in the order in which it was.
#[derive(Debug, Default)]
pub(super) struct Near {
    pub(super) messages: Vec<Recorded>,
    /// Of each whether it is of others.
    marks: Vec<bool>,
    parties: usize,
    before: usize,
    after: usize,
}

impl Around {
    pub(super) fn of(messages: &[Recorded]) -> Self {
        let mut around = Self::default();
        for message in messages {
            let head = Head::of(&message.bytes);
            for own in [user(head.from), user(head.to)] {
                if !own.is_empty() && !around.users.iter().any(|one| one == own) {
                    around.users.push(own.to_vec());
                }
            }
            let leads = [&b"SIP/2.0 3"[..], b"REFER "];
            if leads.iter().any(|start| message.bytes.starts_with(start)) {
                let message = Message::of(&message.bytes);
                let leads = ["Contact", "Refer-To"].map(|name| message.values(name));
                let named = leads.into_iter().flatten().map(user);
                around.named.extend(named.map(<[u8]>::to_vec));
            }
            for own in [message.from, message.to].into_iter().flatten() {
                if !around.elements.contains(&own.ip()) {
                    around.elements.push(own.ip());
                }
            }
        }
        for way in messages.iter().filter_map(|one| one.from.zip(one.to)) {
            if !around.ways.contains(&way) {
                around.ways.push(way);
            }
        }
        around.ends = messages.iter().filter_map(|one| one.micros).max();
        around
    }

    /// Returns whether a message of another call is one of the parties, or else of others at the same elements; none where
    /// it is of neither. Where no addresses are told, all may be of these.
    pub(super) fn is_party(&self, found: &Found<'_>) -> Option<bool> {
        let head = found.head();
        let is_user = |value: &[u8]| self.users.iter().any(|own| own == user(value));
        let mut named = self.named.iter();
        if is_user(head.from)
            || is_user(head.to)
            || named.any(|own| is_same_user(own, user(head.to)))
        {
            return Some(true);
        }
        let mut ends = [found.origin.from, found.origin.to].into_iter().flatten();
        let is_untold = found.origin.from.is_none() && found.origin.to.is_none();
        let is_there = is_untold || ends.any(|end| self.elements.contains(&end.ip()));
        is_there.then_some(false)
    }

    /// Returns whether what the network says is of a message of the call, or of one that it was to become.
    pub(super) fn concerns(&self, one: &Remark, own: &[Recorded]) -> bool {
        let Some(sender) = one.origin.to else {
            return false;
        };
        match &one.says {
            Network::Refused(why, asked) if !why.is_of_connection() => {
                self.ways.contains(&(sender, *asked))
                    && own.iter().any(|own| own.is_quoted(&one.quoted))
            }
            _ => self.elements.contains(&sender.ip()),
        }
    }
}

impl Near {
    pub(super) fn put(&mut self, message: Recorded, is_party: bool, around: &Around) {
        if is_party {
            if self.parties < PARTY {
                self.parties += 1;
                self.push(message, false);
            }
            return;
        }
        if message.micros > around.ends && around.ends.is_some() {
            if self.after < NEAR {
                self.after += 1;
                self.push(message, true);
            }
            return;
        }
        self.before += 1;
        self.push(message, true);
        if self.before == 2 * NEAR {
            self.forget();
        }
    }

    fn push(&mut self, message: Recorded, is_near: bool) {
        self.messages.push(message);
        self.marks.push(is_near);
    }

    /// Forgets the older half of what others did before.
    fn forget(&mut self) {
        self.before -= NEAR;
        let mut left = NEAR;
        let mut goes = Vec::new();
        for is_near in &self.marks {
            let is_old = *is_near && left > 0;
            left -= usize::from(is_old);
            goes.push(is_old);
        }
        let mut at = 0;
        let mut stays = || {
            at += 1;
            !goes[at - 1]
        };
        self.messages.retain(|_| stays());
        let mut at = 0;
        self.marks.retain(|_| {
            at += 1;
            !goes[at - 1]
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(micros: u64) -> Recorded {
        Recorded {
            micros: Some(micros),
            ..Recorded::default()
        }
    }

    #[test]
    fn to_whom_a_redirection_leads_is_a_party() {
        let found = |to: &str| {
            let mut found = Found::default();
            found.bytes = format!("INVITE {to} SIP/2.0\r\nTo: <{to}>\r\n\r\n")
                .into_bytes()
                .into();
            found.origin.from = "192.0.2.77:5060".parse().ok();
            found
        };
        for (start, is_party) in [("SIP/2.0 302 Moved", Some(true)), ("SIP/2.0 200 OK", None)] {
            let bytes = format!("{start}\r\nContact: <sip:+4930222555@192.0.2.2>\r\n\r\n").into();
            let around = Around::of(&[Recorded {
                bytes,
                ..Recorded::default()
            }]);
            assert_eq!(around.is_party(&found("sip:030222555@192.0.2.9")), is_party);
            assert_eq!(around.is_party(&found("sip:030222556@192.0.2.9")), None);
        }
    }

    #[test]
    fn what_is_nearest_in_time_is_kept() {
        let around = Around::of(&[at(1_000_000), at(2_000_000)]);
        let mut near = Near::default();
        near.put(at(0), true, &around);
        for micros in 1..3_000_000 / 100 {
            near.put(at(micros * 100), false, &around);
        }
        let kept: Vec<Option<u64>> = near.messages.iter().map(|one| one.micros).collect();
        assert_eq!(kept.first(), Some(&Some(0)));
        assert!(kept.is_sorted());
        assert!(kept.contains(&Some(1_999_900)) && kept.contains(&Some(2_000_100)));
        assert!(!kept.contains(&Some(100)) && kept.len() <= 3 * NEAR + 1);
    }
}
