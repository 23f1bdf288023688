//! The build's half of the reference: reads `assets`, refuses what is wrong, writes static tables.
//! `build.rs` and `tests/assets.rs` share it by path; nothing of it is in the program.

pub(crate) mod asked;
pub(crate) mod check;
#[expect(unreachable_pub, reason = "the catalog needs it public")]
#[path = "catalog/field.rs"]
pub(crate) mod field;
pub(crate) mod form;
pub(crate) mod index;
pub(crate) mod join;
pub(crate) mod message;
#[expect(unreachable_pub, reason = "the catalog needs it public")]
#[path = "catalog/model.rs"]
pub(crate) mod model;
#[path = "search/normal.rs"]
pub(crate) mod normal;
#[path = "catalog/packing.rs"]
pub(crate) mod packing;
pub(crate) mod pieces;
#[path = "theme/roles.rs"]
pub(crate) mod roles;
pub(crate) mod source;
#[path = "search/stem.rs"]
pub(crate) mod stem;
pub(crate) mod tables;
#[expect(unreachable_pub, reason = "the catalog needs it public")]
#[path = "catalog/term.rs"]
pub(crate) mod term;
#[path = "search/terms.rs"]
pub(crate) mod terms;
pub(crate) mod texts;
pub(crate) mod themes;
#[expect(
    dead_code,
    unreachable_pub,
    reason = "the catalog needs all of it, and public"
)]
#[path = "catalog/vocabulary.rs"]
pub(crate) mod vocabulary;
