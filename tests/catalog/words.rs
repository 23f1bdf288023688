//! Words that pages, JSON and comparisons share, as they must be read and not as the program has them.

use sipdex::catalog::Strength;

pub(crate) fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Must => "MUST",
        Strength::Should => "SHOULD",
        Strength::May => "MAY",
        Strength::MustNot => "MUST NOT",
        Strength::ShouldNot => "SHOULD NOT",
    }
}
