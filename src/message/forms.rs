//! Forms in which names, numbers, hosts and devices are written, and words that are none of them.

use super::host::{HIDDEN, Host};

/// Shorter parts of names and hosts are no names.
pub(super) const PART: usize = 3;
/// A number of a telephone has so many digits, and no more than so many.
pub(super) const DIGITS: usize = 7;
pub(super) const MOST: usize = 15;
/// What has more is not looked at to its end.
const LONGEST: usize = 40;
/// What names nobody, wherever it stands.
pub(super) const NOBODY: &[&str] = &[
    "sip",
    "sips",
    "tel",
    "anonymous",
    "unavailable",
    "restricted",
    "unknown",
    "localhost",
    "127.0.0.1",
    "0.0.0.0",
    "::",
    "::1",
];
/// Words that names may have, and sentences too.
const COMMON: &str = " about access account admin agent all and answer any application are asterisk at audio \
    bad busy bye by call called callee caller calling calls cancel cause center centre client code com conference \
    contact control default desk device digest domain emergency example exchange external for forbidden freeswitch \
    from front gateway group guest has header help here hold home host hosted ims in info inbound internal \
    invite is it its kamailio line local mail main may media message mobile net network new no not now number of \
    office old on one opensips operator options or org outbound out page pbx peer phone port private provider proxy \
    public realm reason receiver reception register registrar request response room route sales sbc sender \
    server service session set sos stack support switch talk tcp test the timer tls to transfer trunk two udp \
    uri user users video voice voicemail voip was way web webrtc who with ";

/// Returns the digits that begin a text, with what sets them off, and where each group ends after how many digits.
pub(super) fn groups(text: &str) -> (String, Vec<(usize, usize)>) {
    let (mut digits, mut ends) = (String::new(), Vec::new());
    let mut signs = 0;
    for (at, letter) in text.char_indices() {
        match letter {
            '0'..='9' if digits.len() < LONGEST => {
                if signs > 0 {
                    ends.push((at - signs, digits.len()));
                }
                signs = 0;
                digits.push(letter);
            }
            '+' | '(' if at == 0 => {}
            '-' | '.' | ' ' | '(' | ')' | '/' if !digits.is_empty() && signs < 2 => signs += 1,
            _ => {
                ends.push((at - signs, digits.len()));
                return (digits, ends);
            }
        }
    }
    ends.push((text.len() - signs, digits.len()));
    (digits, ends)
}

/// Returns what a value is known by.
pub(super) fn key(value: &str) -> String {
    let is_number = |letter: char| letter.is_ascii_digit() || "+-.() /".contains(letter);
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    let is_address = value.split('.').count() == 4;
    if !digits.is_empty() && !is_address && value.chars().all(is_number) {
        return dialled(&digits).to_owned();
    }
    value.to_ascii_lowercase()
}

/// Returns a long number without the zeros that dial a country or a region.
pub(super) fn dialled(digits: &str) -> &str {
    let number = digits.trim_start_matches('0');
    if number.len() < DIGITS {
        digits
    } else {
        number
    }
}

pub(super) fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

pub(super) fn is_common(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    word.len() < PART
        || NOBODY.contains(&&*word)
        || !word.contains(' ') && COMMON.contains(&format!(" {word} "))
}

/// Returns whether a word is the hardware address of a device.
pub(super) fn is_device(word: &str) -> bool {
    let sign = [':', '-'].into_iter().find(|sign| word.contains(*sign));
    let is_hex = |part: &str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    match sign {
        Some(sign) => {
            let mut parts = word.split(sign);
            parts.clone().count() == 6 && parts.all(|part| part.len() == 2 && is_hex(part))
        }
        None => {
            word.len() == 12
                && is_hex(word)
                && !is_digits(word)
                && word.contains(|letter: char| letter.is_ascii_digit())
        }
    }
}

/// Returns what a host is called: whether an address is private is no secret, and part of the cause.
pub(super) fn kind_of(host: &str) -> &'static str {
    let own = Host::of(host.as_bytes());
    let mut kinds = HIDDEN.iter().filter(|(_, kind)| *kind == own);
    kinds
        .next()
        .map_or("host", |(begins, _)| begins.trim_end_matches('-'))
}
