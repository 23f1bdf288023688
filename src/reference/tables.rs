//! Writes the checked reference as Rust statics, so that the program parses nothing and nothing has to be set when it starts.

use std::collections::HashMap;
use std::mem;

use super::form::{Citation, List, Part, StatusCode};
use super::index;
use super::join::join;
use super::model::{Check, Family, Pattern, Response, Section};
use super::source::{SectionRow, Source};
use super::texts::Texts;

/// The tables as they grow: all texts, each once, and one table for each type of which there are lists.
pub(crate) struct Tables {
    /// "3261 21.4.24", in the order of the table.
    sections: Vec<String>,
    texts: Texts,
    /// The names of header fields that checks have, in the order in which they come.
    names: Vec<String>,
    lists: HashMap<String, Table>,
}

/// What stands beside the tables of the model.
pub(crate) struct Added {
    /// Name and content of each file.
    pub(crate) files: Vec<(&'static str, Vec<u8>)>,
    /// Name, type and rows of each table.
    pub(crate) tables: Vec<(&'static str, &'static str, Vec<String>)>,
}

/// All that the build writes of the reference.
pub(crate) struct Written {
    /// The source text of the tables.
    pub(crate) tables: String,
    /// Name and content of each file beside it.
    pub(crate) files: Vec<(&'static str, Vec<u8>)>,
}

/// The rows of one type, and the places of each.
#[derive(Default)]
struct Table {
    rows: Vec<String>,
    places: HashMap<String, Vec<usize>>,
}

impl Table {
    /// Takes a list and returns where it starts: a short one may stand within a longer one.
    fn start(&mut self, list: Vec<String>) -> usize {
        let places = list.first().and_then(|first| self.places.get(first));
        let is_there = |place: &&usize| self.rows[**place..].starts_with(&list);
        if let Some(place) = places.and_then(|places| places.iter().find(is_there)) {
            return *place;
        }
        let start = self.rows.len();
        for (place, row) in list.iter().enumerate() {
            let places = self.places.entry(row.clone()).or_default();
            places.push(start + place);
        }
        self.rows.extend(list);
        start
    }
}

/// Returns the tables. The reference must have passed `check`.
pub(crate) fn write(source: &Source) -> Written {
    let mut tables = Tables {
        sections: source.sections.keys().cloned().collect(),
        texts: Texts::default(),
        names: Vec::new(),
        lists: HashMap::new(),
    };
    let joined = join(source);
    let of_files = |files: &[(String, Family)]| -> Vec<Family> {
        files.iter().map(|(_, family)| family.clone()).collect()
    };
    let sections: Vec<_> = source
        .sections
        .iter()
        .map(|row| section(row, source))
        .collect();
    // The lists of products are the longest, and parts of them stand on the pages of codes.
    let mut out = [
        tables.table("PRODUCTS", &joined.products),
        tables.table("RESPONSES", &joined.responses),
        tables.numbers(&joined.numbers),
        tables.table("FAMILIES", &of_files(&source.families)),
        tables.table("PAIRS", &of_files(&source.pairs)),
        tables.table("CLASSES", &source.classes.class),
        tables.table("COMMON", &source.classes.common),
        tables.table("CHECKS", &checks(source)),
        tables.table("PATTERNS", &patterns(source)),
        tables.table("WARNINGS", &source.warnings.warning),
        tables.table("TOPICS", &joined.topics),
        tables.table("LOCATIONS", &source.locations),
        tables.table("SECTIONS", &sections),
        tables.table("VOCABULARY", &joined.vocabulary),
    ]
    .concat();
    let names = tables.names.clone();
    out += &tables.table("FIELD_NAMES", &names);
    let index = index::index(&joined, &mut tables);
    let texts = tables.texts.write();
    for (name, kind, rows) in index.tables.iter().chain(&texts.tables) {
        out += &array(&format!("pub(super) {name}"), kind, rows);
    }
    let mut lists: Vec<_> = tables.lists.iter().collect();
    lists.sort_by_key(|(kind, _)| *kind);
    for (kind, Table { rows, .. }) in lists {
        let name = kind.replace(['<', '>'], "_").to_uppercase();
        out += &array(&format!("ROWS_OF_{name}"), kind, rows);
        out += &row(kind, &name);
    }
    Written {
        tables: out,
        files: index.files.into_iter().chain(texts.files).collect(),
    }
}

/// Returns the checks of all files in the order of their ids.
fn checks(source: &Source) -> Vec<Check> {
    let files = source.checks.iter();
    let mut checks: Vec<Check> = files.flat_map(|(_, file)| file.check.clone()).collect();
    checks.sort_by(|one, other| one.id.cmp(&other.id));
    checks
}

/// Returns the patterns of all files in the order of their ids.
fn patterns(source: &Source) -> Vec<Pattern> {
    let files = source.patterns.iter();
    let mut patterns: Vec<Pattern> = files.flat_map(|(_, file)| file.pattern.clone()).collect();
    patterns.sort_by(|one, other| one.id.cmp(&other.id));
    patterns
}

fn section((citation, row): (&String, &SectionRow), source: &Source) -> Section {
    let errata = source.errata.iter();
    let errata = errata.filter(|row| row.section.0 == *citation);

    let (rfc, number) = citation.split_once(' ').unwrap_or((citation, ""));
    Section {
        rfc: rfc.parse().expect("a number of an RFC"),
        number: number.into(),
        title: row.title.clone(),
        errata: errata.map(|row| row.erratum.clone()).collect(),
    }
}

/// Returns what leads from a type to its table.
fn row(kind: &str, name: &str) -> String {
    format!("impl Stored for {kind} {{ fn table() -> &'static [Self] {{ &ROWS_OF_{name} }} }}\n")
}

/// Returns a static of a name, which may say who sees it.
fn array(name: &str, kind: &str, rows: &[String]) -> String {
    let (scope, name) = name.rsplit_once(' ').unwrap_or(("", name));
    let (count, rows) = (rows.len(), rows.join(",\n"));
    format!("{scope} static {name}: [{kind}; {count}] = [\n{rows}\n];\n")
}

/// Returns where each text starts that stands behind the others, and where the last ends.
pub(crate) fn ends<T: AsRef<str>>(texts: &[T]) -> Vec<String> {
    let mut end = 0;
    let ends = texts.iter().map(|text| {
        end += text.as_ref().len();
        end.to_string()
    });
    std::iter::once("0".to_owned()).chain(ends).collect()
}

/// Returns where each text starts and where the last ends, in two bytes each, and where these come round.
pub(crate) fn starts_of(lengths: impl Iterator<Item = usize>) -> (Vec<u16>, Vec<u16>) {
    let (mut starts, mut turns) = (vec![0], Vec::new());
    let mut end = 0;
    for (place, length) in lengths.enumerate() {
        let turn = end >> 16;
        end += length;
        let next = u16::try_from(place + 1).expect("a number of a text");
        turns.extend((turn..end >> 16).map(|_| next));
        starts.push(u16::try_from(end & 0xffff).expect("two bytes"));
    }
    (starts, turns)
}

pub(crate) fn spelled<T: ToString>(numbers: &[T]) -> Vec<String> {
    numbers.iter().map(T::to_string).collect()
}

impl Tables {
    fn table<T: Part>(&mut self, name: &str, entries: &[T]) -> String {
        let rows: Vec<_> = entries.iter().map(|entry| entry.pack(self)).collect();
        array(&format!("pub(super) {name}"), &T::kind(), &rows)
    }

    /// Returns the page that numbers of a class have in common, and the neighbours of each number from 100 to 699. All
    /// pages as rows would be 70 KB of the program.
    fn numbers(&mut self, numbers: &[Response]) -> String {
        let mut pages: Vec<Response> = Vec::new();
        let mut related = vec![List::new(); 600];
        for number in numbers {
            let StatusCode(code) = number.code;
            let mut page = number.clone();
            related[usize::from(code - 100)] = mem::take(&mut page.related.0);
            page.code = StatusCode(code / 100 * 100);
            match pages.iter().find(|known| known.code == page.code) {
                Some(known) => assert_eq!(known.pack(self), page.pack(self), "a page of a class"),
                None => pages.push(page),
            }
        }
        assert_eq!(pages.len(), 6, "each class has a number without a name");
        self.table("NUMBERS", &pages) + &self.table("NEIGHBOURS", &related)
    }

    /// Takes a text, if it is a new one, and returns it by its number.
    pub(crate) fn text(&mut self, text: &str) -> String {
        format!("Text({})", self.texts.number(text))
    }

    /// Takes the name of a header field, if it is a new one, and returns it by its number.
    pub(crate) fn field_name(&mut self, name: &str) -> String {
        let known = self.names.iter().position(|known| known == name);
        let number = known.unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        });
        assert!(u8::try_from(number).is_ok(), "a number of a header field");
        format!("FieldName({number})")
    }

    /// Takes a list, if it is a new one, and returns its place in the table of its type.
    pub(crate) fn list<T: Part>(&mut self, list: &[T]) -> String {
        let packed: Vec<_> = list.iter().map(|part| part.pack(self)).collect();
        let length = packed.len();
        let table = self.lists.entry(T::kind()).or_default();
        let start = if packed.is_empty() {
            0
        } else {
            table.start(packed)
        };
        format!("List::at({start}, {length})")
    }

    pub(crate) fn cite(&self, Citation(citation): &Citation) -> String {
        let place = self.sections.iter().position(|other| other == citation);
        format!("Citation({})", place.expect("the check has found it"))
    }
}
