//! The words of the reference: what somebody wrote that has none but these says nothing that is his own.

use std::collections::HashSet;
use std::sync::LazyLock;

use foldhash::quality::FixedState;

use super::packing::PACKED;
use super::tables::{PACKED_STARTS, TEXT_STARTS};
use super::texts::text;

/// What makers and their devices are called that no table names.
const MAKERS: &str = " aastra acme alcatel androsip apple aura avaya avm baresip bria broadsoft broadworks cisco counterpath \
    csipsimple dahdi ericsson ekiga fanvil flexisip fpbx freepbx fritz grandstream huawei innovaphone \
    ios iphone jitsi jssip kapanga lancom lucent metaswitch microsip minisip mitel nokia obihai openser panasonic \
    pjsua poly polycom portasip qutecom samsung sangoma sipcli sipp sippy sipsak sipml snom softphone \
    sonus spectralink starface sylantro tandberg unify vega vodia wildix xlite yate yealink zoiper zte ";
/// Names of the registries of IANA, and what sentences say, that stand in no text.
const OTHERS: &str = " aarch64 alphabetic alphanumeric amd64 amr answermode applicable apr arm64 ascii aug automata bounds certified cgi cname confused confusing debian deflate dec dfsg \
    dialstring dotted drsn duplex esnet eventlist excluded extmap feb fri gin giveup gsm gsma gzip h261 h263 h264 handset hex hyphen icid icon imei imsi \
    ilbc inactivity indices ioi isfocus jan jul jun kpml mon oct overrule personal possibly ratio red refuted render rtc sctp sdp-anat sep \
    sigcomp silk sixth sla speex spirits split ssrc suffix sun telephone-event thu traced tue ubuntu udptl urgent utc utf utran uuid vp8 wed x64 x86 ";
/// What examples have for somebody's name.
const SOMEBODY: &str = " alice atlanta biloxi bob carol dave example ";

/// All texts one behind the other, in small letters.
static LOWER: LazyLock<String> = LazyLock::new(|| {
    let count = |starts: usize| u16::try_from(starts.saturating_sub(1)).unwrap_or(0);
    let packed = (0..count(PACKED_STARTS.len())).map(|place| place | PACKED);
    let numbers = (0..count(TEXT_STARTS.len())).chain(packed);
    let mut all = [MAKERS, OTHERS].concat();
    for text in numbers.map(text) {
        // A message is an example.
        if !text.contains("\r\n") {
            all.push_str(text);
            all.push(' ');
        }
    }
    all.make_ascii_lowercase();
    all
});

static WORDS: LazyLock<HashSet<&str, FixedState>> = LazyLock::new(|| {
    let mut words = HashSet::default();
    for word in LOWER.split_ascii_whitespace() {
        if word.contains(['@', '\\']) || word.contains("//") {
            continue;
        }
        let word = word.trim_matches(|letter: char| !letter.is_ascii_alphanumeric());
        words.insert(word);
        words.extend(word.split(|letter: char| !letter.is_ascii_alphanumeric()));
    }
    words
});

/// Returns whether a text of the reference has a word, which is given in small letters.
pub fn is_word(word: &str) -> bool {
    !word.is_empty() && !SOMEBODY.contains(&format!(" {word} ")) && WORDS.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_stands_in_some_text() {
        for word in [
            "destination",
            "sofia",
            "yealink",
            "record-route",
            "3xx",
            "pcmu",
        ] {
            assert!(is_word(word), "{word}");
        }
        for word in ["otto", "alice", "x1042", "muc", "srv-muc-01", ""] {
            assert!(!is_word(word), "{word}");
        }
    }
}
