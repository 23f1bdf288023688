//! What the build refuses in the tables of what products do.

use super::super::form::{Citation, Text};
use super::super::source::field::{About, Codes};
use super::super::vocabulary::TopicKind;
use super::complaint::Check;

impl Check<'_> {
    pub(super) fn field(&mut self) {
        self.file = "field/local.tsv".into();
        self.made_up();
        self.file = "field/routes.tsv".into();
        self.routes();
        self.file = "field/phrases.tsv".into();
        self.phrases();
        self.file = "field/subcodes.tsv".into();
        self.subcodes();
        self.file = "field/timers.tsv".into();
        self.timer_values();
        self.file = "field/look.tsv".into();
        self.look();
    }

    fn made_up(&mut self) {
        let source = self.source;
        for (place, row) in source.made_up.iter().enumerate() {
            let field = format!("row {}", place + 1);
            self.codes(&field, row.codes);
            let made_up = &row.made_up;
            let texts = [
                Some(&made_up.product),
                made_up.version.as_ref(),
                Some(&made_up.event),
            ];
            let more = [made_up.sign.as_ref(), made_up.source.as_ref()];
            for text in texts.into_iter().chain(more).flatten() {
                self.text(&field, text);
            }
            self.place(&field, made_up.cite.as_ref(), made_up.source.as_ref());
        }
    }

    fn routes(&mut self) {
        let source = self.source;
        for (place, row) in source.routes.iter().enumerate() {
            let field = format!("row {}", place + 1);
            for codes in &row.codes {
                self.codes(&field, *codes);
            }
            let route = &row.route;
            let texts = [Some(&route.product), route.version.as_ref()];
            let more = [route.setting.as_ref(), route.source.as_ref()];
            for text in texts.into_iter().chain(more).flatten() {
                self.text(&field, text);
            }
            self.place(&field, route.cite.as_ref(), route.source.as_ref());
        }
    }

    fn phrases(&mut self) {
        let source = self.source;
        for (place, row) in source.phrases.iter().enumerate() {
            let field = format!("row {}", place + 1);
            self.codes(&field, Codes::One(row.code));
            let phrase = &row.phrase;
            let texts = [&phrase.product, &phrase.sent, &phrase.means];
            let more = phrase.version.iter().chain(&phrase.source);
            for text in texts.into_iter().chain(more) {
                self.text(&field, text);
            }
            self.place(&field, phrase.cite.as_ref(), phrase.source.as_ref());
        }
    }

    fn codes(&mut self, field: &str, codes: Codes) {
        let exists = match codes {
            Codes::One(code) => self.is_known(code),
            Codes::Class(digit) => (1..=6).contains(&digit),
            Codes::Timeout | Codes::Transport => true,
        };
        if !exists {
            self.complain(field, "no such code");
        }
    }

    /// Refuses a row that says nowhere where it is from.
    fn place(&mut self, field: &str, cite: Option<&Citation>, source: Option<&Text>) {
        match cite {
            Some(cite) => self.cite(field, cite),
            None if source.is_none() => self.complain(field, "neither section nor source"),
            None => {}
        }
    }

    fn subcodes(&mut self) {
        let source = self.source;
        for (place, row) in source.subcodes.iter().enumerate() {
            let field = format!("row {}", place + 1);
            if let Some(code) = row.code {
                self.codes(&field, Codes::One(code.0));
            }
            let texts = [&row.product, &row.subcode, &row.seen, &row.means];
            let more = row.version.iter().chain(&row.text).chain(&row.source);
            for text in texts.into_iter().chain(more) {
                self.text(&field, text);
            }
            self.place(&field, row.cite.as_ref(), row.source.as_ref());
        }
    }

    fn timer_values(&mut self) {
        let source = self.source;
        for (place, row) in source.timer_values.iter().enumerate() {
            let field = format!("row {}", place + 1);
            for timer in row.timers.split(',') {
                self.exists(&field, TopicKind::Timer, timer);
            }
            let texts = [&row.product, &row.value];
            let more = row.version.iter().chain(&row.setting);
            let more = more
                .chain(&row.condition)
                .chain(&row.seen)
                .chain(&row.source);
            for text in texts.into_iter().chain(more) {
                self.text(&field, text);
            }
            self.place(&field, row.cite.as_ref(), row.source.as_ref());
        }
    }

    fn look(&mut self) {
        let source = self.source;
        for (place, row) in source.look.iter().enumerate() {
            let field = format!("row {}", place + 1);
            for about in &row.about {
                match about {
                    About::Codes(codes) => self.codes(&field, *codes),
                    About::Topic(kind, id) => self.exists(&field, *kind, id),
                    About::Any => {}
                }
            }
            let look = &row.look;
            let texts = [&look.product, &look.place, &look.shows];
            let more = look.version.iter().chain(&look.source);
            for text in texts.into_iter().chain(more) {
                self.text(&field, text);
            }
            self.place(&field, look.cite.as_ref(), look.source.as_ref());
        }
    }

    /// Refuses a cause, warn-code or timer that has no file.
    pub(super) fn exists(&mut self, field: &str, kind: TopicKind, id: &str) {
        if self.source.topic(kind, id).is_none() {
            self.complain(field, format!("no {} {id:?}", kind.as_str()));
        }
    }
}
