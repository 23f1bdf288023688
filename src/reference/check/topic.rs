//! What the build refuses in the page of a cause, a warn-code or a timer.

use super::super::source::TopicFile;
use super::super::vocabulary::TopicKind;
use super::complaint::Check;
use super::text::LAST_CAUSE;

/// How many characters of a summary fit in a line.
const LONGEST_SUMMARY: usize = 100;

impl Check<'_> {
    pub(super) fn topic(&mut self, file: &TopicFile) {
        let TopicFile { kind, id, topic } = file;
        self.file = format!("{}/{id}.toml", kind.folder());
        self.part("", topic);
        let number = id.parse::<u16>();
        let fits = match kind {
            TopicKind::Cause => number.is_ok_and(|number| number <= LAST_CAUSE),
            TopicKind::Warning => number.is_ok_and(|number| (300..400).contains(&number)),
            TopicKind::Timer => number.is_err(),
        };
        if !fits {
            self.complain("the name of the file", format!("no {}", kind.as_str()));
        }
        if topic.summary.chars().count() > LONGEST_SUMMARY {
            self.complain("summary", "longer than a line");
        }
        for link in &topic.codes {
            if !self.is_known(link.code.0) {
                self.complain("codes", format!("no code {}", link.code));
            }
            self.one_proof("codes", link.cite.is_some(), link.source.is_some());
        }
        let named = topic.named.iter();
        for statement in named.chain(topic.meaning.iter()).chain(topic.check.iter()) {
            self.one_proof("says", statement.cite.is_some(), statement.source.is_some());
        }
        for kindred in &topic.related {
            self.exists("related", kindred.kind, &kindred.id);
        }
    }

    /// Refuses a sentence that rests on a section and on a source: it says two things.
    fn one_proof(&mut self, field: &str, cite: bool, source: bool) {
        if cite && source {
            self.complain(field, "a section and a source for one sentence");
        }
    }

    /// Refuses classes that overlap or leave a number out, and locations without a section.
    pub(super) fn causes(&mut self) {
        let source = self.source;
        self.file = "cause-classes.tsv".into();
        let mut next = 1;
        for class in &source.cause_classes {
            if class.first != next || class.last < class.first {
                self.complain(&class.name, "does not begin where the one before it ends");
            }
            next = class.last + 1;
            self.text(&class.name, &class.name);
            if let Some(cite) = &class.cite {
                self.cite(&class.name, cite);
            }
        }
        if next != LAST_CAUSE + 1 {
            self.complain("last", "the classes do not end with the last cause");
        }
        self.file = "cause-locations.tsv".into();
        for location in &source.locations {
            self.text(&location.name, &location.means);
            self.cite(&location.name, &location.cite);
        }
    }
}
