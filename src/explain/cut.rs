//! A message of which a part may be lost.

use super::finding::Kind;
use crate::message::Message;

/// Returns how sure it is that something is missing: a writer may have cut what has neither an empty line below its
/// header fields nor Content-Length, which stands last in most messages.
pub(super) fn kind(kind: Kind, message: &Message<'_>) -> Kind {
    if message.is_ended || message.has("Content-Length") {
        kind
    } else {
        kind.max(Kind::Doubt)
    }
}
