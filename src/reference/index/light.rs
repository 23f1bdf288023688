//! Which words tell little of what is meant.

use super::super::normal::is_among;
use super::super::terms::{is_bearer, stem_of};

/// Words that many texts have and that tell little.
const LIGHT: &str = "after before while then only again still just already always immediately other more one some any try \
    trying tries please so than there you your they we our he she it's their into out up new via per \
    during once now each same own please also too very will would should could may must shall goes go comes come \
    says say said gives give given makes make made sends send sent receives receive received receiving sending \
    request message server calls response error code status sip failed fail fails failure time first last \
    using used use using between because about these those which who whom whose him her them us its what's \
    invite reason both until within later soon moment currently";

/// Words of the trade that are met everywhere, and tell less than their number says.
const PLAIN: &str = "reject hangup answer gateway trunk carrier header connect network channel missing require \
    again proxy domain service registration media identity sip isdn contact";

/// Returns whether a stem is one that is met everywhere in the trade.
pub(super) fn is_plain(stem: &str) -> bool {
    PLAIN.split(' ').any(|word| stem_of(word) == stem)
}

/// Returns whether a word tells little of what is meant.
pub(super) fn is_light(word: &str) -> bool {
    let is_small_number = word.len() < 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    is_small_number || is_among(LIGHT, word) || is_bearer(word)
}
