//! The queries of a session, so that an earlier one can be had again.

/// How many are kept.
const MOST: usize = 100;

#[derive(Debug, Default)]
pub(super) struct Earlier {
    /// Each once, the latest last.
    queries: Vec<String>,
    /// The one that stands in the line, while the user goes from one to the next.
    at: Option<usize>,
}

impl Earlier {
    /// Keeps a query that the user has done with.
    pub(super) fn keep(&mut self, query: &str) {
        self.at = None;
        let query = query.trim();
        if query.is_empty() {
            return;
        }
        self.queries.retain(|other| other != query);
        self.queries.push(query.to_owned());
        let surplus = self.queries.len().saturating_sub(MOST);
        self.queries.drain(..surplus);
    }

    /// Returns the query before the one in the line, which is kept too.
    pub(super) fn older(&mut self, now: &str) -> Option<&str> {
        if self.at.is_none() {
            self.keep(now);
            let is_kept = !now.trim().is_empty();
            self.at = Some(self.queries.len() - usize::from(is_kept));
        }
        let at = self.at?.checked_sub(1)?;
        self.at = Some(at);
        Some(&self.queries[at])
    }

    /// Returns the query after the one in the line; an empty one after the latest, and nothing where the user goes
    /// through none.
    pub(super) fn newer(&mut self) -> Option<&str> {
        let next = self.at? + 1;
        let query = self.queries.get(next);
        self.at = query.map(|_| next);
        Some(query.map_or("", String::as_str))
    }

    /// Forgets where the user was among them.
    pub(super) fn leave(&mut self) {
        self.at = None;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.queries.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_goes_back_and_forward_through_them() {
        let mut earlier = Earlier::default();
        assert_eq!(earlier.older(""), None);
        for query in ["busy", "glare", " busy ", ""] {
            earlier.keep(query);
        }
        assert_eq!(earlier.older("486"), Some("busy"));
        assert_eq!(earlier.older("busy"), Some("glare"));
        assert_eq!(earlier.older("glare"), None);
        assert_eq!(earlier.newer(), Some("busy"));
        assert_eq!(earlier.newer(), Some("486"));
        assert_eq!(earlier.newer(), Some(""));
        assert_eq!(earlier.newer(), None);
    }

    #[test]
    fn the_oldest_go() {
        let mut earlier = Earlier::default();
        for number in 0..MOST + 5 {
            earlier.keep(&number.to_string());
        }
        assert_eq!(earlier.queries.len(), MOST);
        assert_eq!(earlier.queries[0], "5");
    }
}
