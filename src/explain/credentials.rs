//! Credentials that were refused, held against the challenge that refuses them: another realm, or a wrong password.

use super::beside;
use super::challenge::{self, Challenge};
use super::facts::Facts;
use super::words::{list, quoted};

/// What was brought, and what is asked for.
struct Refused {
    brought: Vec<Challenge>,
    asked: Vec<Challenge>,
}

impl Refused {
    /// Takes both; none where nothing was brought, or only the nonce had run out.
    fn of(facts: &Facts<'_>) -> Option<Self> {
        let name = match facts.code() {
            401 => "Authorization",
            407 => "Proxy-Authorization",
            _ => return None,
        };
        let brought = facts.request?.all(name);
        let brought: Vec<Challenge> = brought.map(|field| challenge::of(field.value)).collect();
        let asked = challenge::challenges(facts.message);
        let is_plain = !asked.is_empty() && asked.iter().all(|one| !one.is_stale);
        (is_plain && !brought.is_empty()).then_some(Self { brought, asked })
    }

    /// Returns what credentials are made with that no challenge of their realm asks for: RFC 3261 section 22.4 takes both
    /// from the challenge.
    fn differs(&self, own: &Challenge) -> Option<String> {
        let asked = self.asked.iter().filter(|one| one.realm == own.realm);
        let asked: Vec<&Challenge> = asked.collect();
        let algorithm = |one: &Challenge| one.algorithm.clone().unwrap_or_else(|| "MD5".to_owned());
        let has_algorithm = |one: &&Challenge| algorithm(one).eq_ignore_ascii_case(&algorithm(own));
        let first = asked.first()?;
        if !asked.iter().any(has_algorithm) {
            let (brought, wanted) = (algorithm(own), algorithm(first));
            return Some(format!(
                "they are made with {brought}, and it asks for {wanted}"
            ));
        }
        let brought = own.qop.as_deref().unwrap_or_default();
        let offers = |one: &&Challenge| match &one.qop {
            Some(offered) => offered
                .split(',')
                .any(|qop| qop.trim().eq_ignore_ascii_case(brought)),
            None => brought.is_empty(),
        };
        let is_other = !brought.is_empty() && !asked.iter().any(offers);
        is_other.then(|| {
            let offered = first.qop.as_deref().unwrap_or("none");
            format!("they have qop {brought}, and it offers {offered}")
        })
    }

    /// Returns the credentials that are for a realm which is asked for.
    fn fitting(&self) -> Option<&Challenge> {
        let fits = |own: &&Challenge| self.asked.iter().any(|one| one.realm == own.realm);
        self.brought.iter().find(fits)
    }
}

/// Returns whether credentials of the right realm were refused, and nothing else in them tells why.
pub(super) fn is_wrong(facts: &Facts<'_>) -> bool {
    Refused::of(facts).is_some_and(|refused| {
        let own = refused.fitting();
        own.is_some_and(|own| refused.differs(own).is_none())
    })
}

/// Returns in what credentials of the right realm differ from what is asked for.
pub(super) fn unfit(facts: &Facts<'_>) -> Option<String> {
    let refused = Refused::of(facts)?;
    refused.differs(refused.fitting()?)
}

/// Returns whether the credentials that were refused are for another realm.
pub(super) fn is_of_other_realm(facts: &Facts<'_>) -> bool {
    Refused::of(facts).is_some_and(|refused| refused.fitting().is_none())
}

/// Returns why credentials were refused that the request brought.
pub(super) fn refused(facts: &Facts<'_>) -> Option<String> {
    let Some(refused) = Refused::of(facts) else {
        return misplaced(facts);
    };
    let became = beside::became_again(facts).map(|became| format!("; {became}"));
    let became = became.unwrap_or_default();
    if let Some(own) = refused.fitting() {
        let why = refused.differs(own).unwrap_or_else(|| {
            "without stale=true that means mostly that the password or the user name is wrong"
                .to_owned()
        });
        return Some(format!(
            "it refuses the credentials{} for {}: {why}{became}",
            own.of_user(),
            own.realm()
        ));
    }
    let mut realms: Vec<String> = refused.brought.iter().map(Challenge::realm).collect();
    realms.dedup();
    let user = refused.brought.first().map(Challenge::of_user);
    let asked = refused.asked.first().map(Challenge::realm);
    // Of several proxies each may ask, one after the other.
    let (who, so) = if facts.code() == 407 {
        (
            "a proxy",
            "the client needs those too, as where two proxies ask",
        )
    } else {
        ("the server", "credentials of another realm do not count")
    };
    Some(format!(
        "the request brought credentials{} for {}, and {who} asks for {}: {so}{became}",
        user.unwrap_or_default(),
        list(&realms),
        asked.unwrap_or_default()
    ))
}

/// Returns which field holds the credentials, where those for the realm that is asked for stand in the one for the other
/// code (RFC 3261 sections 22.2 and 22.3).
fn misplaced(facts: &Facts<'_>) -> Option<String> {
    let (right, wrong) = match facts.code() {
        401 => ("Authorization", "Proxy-Authorization"),
        407 => ("Proxy-Authorization", "Authorization"),
        _ => return None,
    };
    let request = facts.request.filter(|request| !request.has(right))?;
    let asked = challenge::challenges(facts.message);
    let mut brought = request.all(wrong).map(|field| challenge::of(field.value));
    let own = brought.find(|own| asked.iter().any(|one| one.realm == own.realm))?;
    Some(format!(
        "the request brought credentials{} for {} in {wrong}, and those that a {} asks for stand in {right}",
        own.of_user(),
        own.realm(),
        facts.code()
    ))
}

/// Returns the realm that was asked for before in the same call, and that the client had credentials for.
pub(super) fn before(facts: &Facts<'_>) -> Option<String> {
    let own = challenge::challenges(facts.message);
    let asked_now = |one: &Challenge| own.iter().any(|own| own.realm == one.realm);
    let before = facts.beside.before().iter().rev();
    let mut brought = before.filter(|one| one.is_request()).flat_map(|request| {
        let names = ["Authorization", "Proxy-Authorization"];
        let fields = names.iter().flat_map(|name| request.all(name));
        let all: Vec<Challenge> = fields.map(|field| challenge::of(field.value)).collect();
        all
    });
    let other = brought.find(|one| one.realm.is_some())?;
    (!asked_now(&other)).then(|| {
        format!(
            "before it the client had credentials{} for {}",
            other.of_user(),
            other.realm()
        )
    })
}

impl Challenge {
    /// Returns whose credentials they are, behind a blank.
    fn of_user(&self) -> String {
        let user = self.user.as_ref();
        user.map_or_else(String::new, |user| format!(" of user {}", quoted(user)))
    }
}
