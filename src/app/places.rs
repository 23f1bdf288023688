//! Where things stand in a page that was laid out, and how a passage is found again where it is laid out
//! otherwise.

/// Where a link stands in a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkPlace {
    /// Its number among the links of the page.
    pub link: usize,
    pub row: usize,
    pub columns: (u16, u16),
}

/// What was found in a page: a part of a row, or of two where a line ends in the middle of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Match {
    pub parts: Vec<(usize, (u16, u16))>,
}

impl Match {
    pub fn row(&self) -> usize {
        self.parts.first().map_or(0, |(row, _)| *row)
    }
}

/// A passage of a page, however wide that is: a block, and how much of it comes before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    block: usize,
    letters: u32,
    /// How many rows come before it that end with the same letter.
    blank: usize,
}

/// Where things stand in a page, row by row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// Every link of the page, in the order of its rows.
    pub links: Vec<LinkPlace>,
    /// The rows of the headings of the page, in order.
    pub sections: Vec<usize>,
    /// The first row of each block, the head of the page before them.
    pub blocks: Vec<usize>,
    /// How many letters and digits come before each row.
    pub letters: Vec<u32>,
}

impl Places {
    /// Returns the number of the section that a row belongs to.
    pub fn section_of(&self, row: usize) -> Option<usize> {
        let begun = self.sections.partition_point(|first| *first <= row);
        begun.checked_sub(1)
    }

    /// Returns the first row of a block, counted from the head of the page, and the row after its last.
    pub fn block(&self, block: usize) -> (usize, usize) {
        let end = self.letters.len();
        let row = |block: usize| self.blocks.get(block).copied();
        (
            row(block).unwrap_or_default(),
            row(block + 1).unwrap_or(end),
        )
    }

    pub fn passage_of(&self, row: usize) -> Passage {
        let begun = self.blocks.partition_point(|first| *first <= row);
        let block = begun.saturating_sub(1);
        let (start, _) = self.block(block);
        let before = |row: usize| self.letters.get(row).copied().unwrap_or_default();
        let above = (start..row).rev();
        Passage {
            block,
            letters: before(row).saturating_sub(before(start)),
            blank: above
                .take_while(|above| before(*above) == before(row))
                .count(),
        }
    }

    /// Returns the row in which a passage stands.
    pub fn row_of(&self, passage: Passage) -> usize {
        let (start, end) = self.block(passage.block);
        let letters = self.letters.get(start..end).unwrap_or_default();
        let sought = letters.first().copied().unwrap_or_default() + passage.letters;
        let begins = letters.partition_point(|before| *before < sought);
        if letters.get(begins) == Some(&sought) {
            let alike = letters[begins..].iter().take_while(|at| **at == sought);
            return start + begins + passage.blank.min(alike.count() - 1);
        }
        start + begins.saturating_sub(1)
    }

    /// Returns the row from which on a block is in view: its own, or that of the heading above it where both fit, or the first
    /// of the page where the block does.
    pub(super) fn above_item(&self, block: usize, rows: usize) -> usize {
        let (start, end) = self.block(block);
        if end <= rows {
            return 0;
        }
        let section = self.section_of(start).unwrap_or_default();
        let heading = self.sections.get(section).copied().unwrap_or(start);
        if end.saturating_sub(heading) <= rows {
            heading
        } else {
            start.saturating_sub(1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A head of two rows, a block of four that has a blank row in it, and one row.
    fn wide() -> Places {
        Places {
            blocks: vec![0, 2, 6],
            letters: vec![0, 10, 10, 30, 50, 50, 70],
            sections: vec![2],
            ..Places::default()
        }
    }

    #[test]
    fn each_row_is_found_again_by_its_passage() {
        let places = wide();
        for row in 0..7 {
            assert_eq!(places.row_of(places.passage_of(row)), row);
        }
    }

    #[test]
    fn a_passage_stands_in_another_row_where_the_page_is_narrow() {
        let narrow = Places {
            blocks: vec![0, 4, 11],
            letters: vec![0, 5, 10, 10, 10, 20, 30, 40, 50, 50, 60, 70],
            ..Places::default()
        };
        let wide = wide();
        for (row, there) in [(0, 0), (2, 4), (3, 6), (4, 8), (5, 9), (6, 11)] {
            assert_eq!(narrow.row_of(wide.passage_of(row)), there, "row {row}");
            let back = wide.row_of(narrow.passage_of(there));
            assert_eq!(back, row, "row {there}");
        }
        assert_eq!(
            wide.row_of(narrow.passage_of(7)),
            3,
            "in the middle of a row"
        );
    }

    #[test]
    fn a_row_belongs_to_the_section_that_began_last() {
        let places = wide();
        assert_eq!(places.section_of(1), None);
        assert_eq!(places.section_of(2), Some(0));
        assert_eq!(places.section_of(6), Some(0));
    }

    #[test]
    fn a_page_without_rows_has_its_passage_at_the_top() {
        let places = Places::default();
        assert_eq!(places.row_of(places.passage_of(0)), 0);
        assert_eq!(places.row_of(wide().passage_of(5)), 0);
    }
}
