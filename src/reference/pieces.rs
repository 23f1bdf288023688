//! Cuts texts into pieces that come back in many (Re-Pair): first each letter is one, then the two that stand side by
//! side most often become one piece, again and again.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};

use super::packing::BITS;

/// How many pieces there are.
const COUNT: usize = 1 << BITS;
/// How many bytes a piece may have.
const LONGEST: usize = 100;
/// Where it is found less often, a piece is not worth its place.
const SELDOM: usize = 3;

/// What stands between two texts, and in the place of the second half of a piece.
const END: u16 = u16::MAX;
const GONE: u16 = END - 1;

type Pair = [u16; 2];

/// Returns the pieces of some texts, and for each text the numbers of its pieces.
pub(crate) fn cut(texts: &[String]) -> (Vec<String>, Vec<Vec<usize>>) {
    let mut row = Row::of(texts);
    row.join();
    row.written()
}

/// All texts in a row.
struct Row {
    pieces: Vec<String>,
    /// How often each piece stands in the row.
    uses: Vec<usize>,
    /// The number of the piece at each place.
    numbers: Vec<u16>,
    /// Where the piece before, and the piece behind, has its place.
    before: Vec<usize>,
    behind: Vec<usize>,
}

impl Row {
    fn of(texts: &[String]) -> Self {
        let mut letters: HashMap<char, u16> = HashMap::new();
        let mut row = Self {
            pieces: Vec::new(),
            uses: Vec::new(),
            numbers: vec![END],
            before: Vec::new(),
            behind: Vec::new(),
        };
        for text in texts {
            for letter in text.chars() {
                let number = *letters
                    .entry(letter)
                    .or_insert_with(|| row.piece(letter.to_string()));
                row.uses[usize::from(number)] += 1;
                row.numbers.push(number);
            }
            row.numbers.push(END);
        }
        row.before = (0..row.numbers.len())
            .map(|place| place.saturating_sub(1))
            .collect();
        row.behind = (1..=row.numbers.len()).collect();
        row
    }

    fn piece(&mut self, text: String) -> u16 {
        self.pieces.push(text);
        self.uses.push(0);
        u16::try_from(self.pieces.len() - 1).expect("a number below `GONE`")
    }

    /// Returns the pair of pieces that starts at a place.
    fn pair(&self, place: usize) -> Option<Pair> {
        let pair = [place, self.behind[place]].map(|place| self.numbers.get(place).copied());
        match pair {
            [Some(first @ ..GONE), Some(second @ ..GONE)] => Some([first, second]),
            _ => None,
        }
    }

    /// Joins pairs until there are as many pieces as can be.
    fn join(&mut self) {
        // Where each pair stood when it was seen: a later one can have taken its place.
        let mut seen: BTreeMap<Pair, Vec<usize>> = BTreeMap::new();
        for place in 0..self.numbers.len() {
            if let Some(pair) = self.pair(place) {
                seen.entry(pair).or_default().push(place);
            }
        }
        let rank = |(pair, places): (&Pair, &Vec<usize>)| (places.len(), *pair);
        let mut most: BinaryHeap<(usize, Pair)> = seen.iter().map(rank).collect();
        while let Some((often, pair)) = most.pop().filter(|_| self.used() < COUNT) {
            let mut places = seen.remove(&pair).unwrap_or_default();
            places.retain(|place| self.pair(*place) == Some(pair));
            if places.len() < SELDOM || self.length(pair) > LONGEST {
                continue;
            }
            if places.len() < often {
                most.push((places.len(), pair));
                seen.insert(pair, places);
                continue;
            }
            let fresh = self.join_at(&places, pair);
            most.extend(fresh.iter().map(rank));
            seen.extend(fresh);
        }
    }

    /// Returns how many pieces stand anywhere but in others.
    fn used(&self) -> usize {
        self.uses.iter().filter(|uses| **uses > 0).count()
    }

    fn length(&self, pair: Pair) -> usize {
        let length = |number| self.pieces[usize::from(number)].len();
        pair.map(length).iter().sum()
    }

    /// Makes one piece of a pair, and returns the pairs that it stands in.
    fn join_at(&mut self, places: &[usize], pair: Pair) -> BTreeMap<Pair, Vec<usize>> {
        let halves = pair.map(usize::from);
        let text = halves.map(|half| self.pieces[half].as_str()).concat();
        let number = self.piece(text);
        let mut fresh: BTreeMap<Pair, Vec<usize>> = BTreeMap::new();
        for place in places {
            // In "aaa" the second pair has gone with the first.
            if self.pair(*place) != Some(pair) {
                continue;
            }
            let second = self.behind[*place];
            let third = self.behind[second];
            self.numbers[*place] = number;
            self.numbers[second] = GONE;
            self.behind[*place] = third;
            self.before[third] = *place;
            for used in halves {
                self.uses[used] -= 1;
            }
            self.uses[usize::from(number)] += 1;
            for start in [self.before[*place], *place] {
                if let Some(pair) = self.pair(start) {
                    fresh.entry(pair).or_default().push(start);
                }
            }
        }
        fresh
    }

    /// Returns the pieces that are used, the most used first, and the texts in numbers of them.
    fn written(self) -> (Vec<String>, Vec<Vec<usize>>) {
        let mut used: Vec<usize> = (0..self.pieces.len()).collect();
        used.retain(|number| self.uses[*number] > 0);
        used.sort_by_key(|number| Reverse(self.uses[*number]));
        let new: HashMap<usize, usize> = used.iter().copied().zip(0..).collect();
        let pieces = used.iter().map(|number| self.pieces[*number].clone());

        let texts = self.numbers[1..self.numbers.len() - 1].split(|number| *number == END);
        let texts = texts.map(|text| {
            let numbers = text.iter().filter(|number| **number != GONE);
            numbers.map(|number| new[&usize::from(*number)]).collect()
        });
        (pieces.collect(), texts.collect())
    }
}
