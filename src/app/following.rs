//! The panes on a trace: what they show as it grows, and where the links of its pages lead.

use super::counted::Counted;
use super::faults::{Looked, Looks, Wrong};
use super::kept::Kept;
use super::notice::Notice;
use super::panes::Panes;
use super::scope::Scope;
use super::step::Step;
use super::subject::Subject;
use super::subject::told::Told;
use super::trace::{Progress, Trace};
use crate::calls::Recorded;
use crate::document::Link;

/// What was learned of the trace.
#[derive(Debug)]
pub enum News {
    /// How far reading is, what is to be said of its files, and what was counted by then.
    Grown(Progress, Vec<String>, Box<Counted>),
    /// What is wrong with its calls, and how many were looked at.
    Wrong(Wrong, Looked),
    /// The messages of the call that has a Call-ID, or why there are none.
    Call(String, Result<Again, String>),
}

/// A call that was read again.
#[derive(Clone, Debug, Default)]
pub struct Again {
    pub messages: Vec<Recorded>,
    /// What its parties sent and got in other calls, as far as that was read.
    pub beside: Vec<Recorded>,
    /// When the trace ends, in microseconds as they are told in it.
    pub ends: Option<u64>,
    /// Why some of them are not there any more.
    pub remark: Option<String>,
}

impl Panes {
    pub(super) fn take_news(&mut self, news: News, kept: &Kept) {
        match news {
            News::Grown(progress, remarks, counted) => {
                if let Some(mut trace) = self.list.trace().cloned() {
                    trace.grew(progress, &remarks, *counted);
                    self.set_trace(trace, kept);
                }
            }
            News::Wrong(wrong, looked) => self.take_wrong(wrong, looked),
            News::Call(id, again) => self.take_call(&id, again),
        }
    }

    /// Takes the trace as it is by now.
    pub(super) fn set_trace(&mut self, trace: Trace, kept: &Kept) {
        let is_first = self.list.trace().is_none();
        self.list.set_trace(trace);
        if is_first {
            self.list.set_scope(Scope::Traced);
        }
        if self.query.text().trim().is_empty() || is_first {
            let shown = self.shown.clone().filter(|_| !is_first);
            if self.list.index() > 0 {
                self.list.keep_selected();
            }
            self.list.search(self.query.text(), &kept.bookmarks);
            // What is read now may be no row of the list.
            match shown.filter(|shown| !shown.is_listed()) {
                Some(shown) => self.show(Some(shown)),
                None => self.show_selected(),
            }
        }
        if let Some(shown) = self.shown.clone().filter(Subject::grows) {
            self.reader.renew(shown, self.list.trace());
        }
    }

    /// Takes what is wrong with the calls of the trace.
    fn take_wrong(&mut self, wrong: Wrong, looked: Looked) {
        let Some(mut trace) = self.list.trace().cloned() else {
            return;
        };
        trace.set_wrong(wrong, looked);
        self.list.set_trace(trace);
        // Which calls are legs of one is known at the end.
        let is_ended = looked.how != Looks::On;
        let is_told =
            |shown: &Subject| *shown == Subject::Trace || is_ended && shown.call().is_some();
        if let Some(shown) = self.shown.clone().filter(is_told) {
            self.reader.renew(shown, self.list.trace());
        }
    }

    /// Returns whether the messages of what is shown are yet to be read.
    pub(super) fn is_unread(&self) -> bool {
        let call = self.shown.as_ref().and_then(Subject::call);
        call.is_some_and(|call| !call.is_read())
    }

    /// Returns the Call-ID of a call that is shown and whose messages are yet to be read.
    pub(super) fn unread(&mut self) -> Option<String> {
        let call = self.shown.as_ref()?.call()?;
        if call.is_read() || self.asked.as_deref() == Some(call.call_id()) {
            return None;
        }
        self.asked = Some(call.call_id().to_owned());
        self.asked.clone()
    }

    /// Takes the messages of a call, if it is still shown.
    fn take_call(&mut self, call_id: &str, again: Result<Again, String>) {
        self.asked = None;
        if let Some(Subject::Call(told) | Subject::Told(told, _) | Subject::Pair(_, told, _)) =
            &mut self.shown
            && told.call_id() == call_id
        {
            told.read(again);
            if let Some(shown) = self.shown.clone() {
                self.reader.renew(shown, self.list.trace());
            }
        }
    }

    /// Lists the codes of the trace by their counts, or by code.
    pub(super) fn turn_order(&mut self, kept: &Kept) {
        self.list.turn_order();
        self.list.keep_selected();
        self.search(kept);
    }

    /// Lists the codes of the trace only, or all.
    pub(super) fn turn_traced(&mut self, kept: &Kept) {
        let is_traced = self.list.scope() == Scope::Traced;
        let scope = if is_traced { Scope::All } else { Scope::Traced };
        self.list.set_scope(scope);
        self.list.keep_selected();
        self.search(kept);
    }

    /// Shows and copies calls with tokens, or as they are.
    pub(super) fn turn_redaction(&mut self) -> Step {
        let Some(mut trace) = self.list.trace().cloned() else {
            return Step::Stay;
        };
        trace.turn_redaction();
        let said = if trace.redacts() {
            "calls and their messages have tokens for names, numbers and hosts, in copies too; other pages of the trace are not copied"
        } else {
            "calls and their messages are shown as they are"
        };
        self.list.set_trace(trace);
        if let Some(shown) = self.shown.clone().filter(|shown| shown.call().is_some()) {
            self.reader.renew(shown, self.list.trace());
        }
        Step::Say(Notice::of(said))
    }

    /// Returns what a link leads to.
    pub(super) fn leads(&self, link: Link) -> Option<Subject> {
        Some(match link {
            Link::Entry(entry) => entry.into(),
            Link::Unanswered => Subject::Unanswered,
            Link::Call(at) => Subject::Call(Told::of(self.list.trace()?.call_id(at)?)),
            Link::Message(at) => Subject::Told(self.shown.as_ref()?.call()?.clone(), at),
            Link::Pair(at) => {
                let worked = Told::of(self.list.trace()?.call_id(at)?);
                Subject::Pair(self.shown.as_ref()?.call()?.clone(), worked, at)
            }
            Link::Section(_) => return None,
        })
    }
}
