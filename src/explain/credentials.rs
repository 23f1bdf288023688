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

    /// Returns the credentials that are for a realm which is asked for.
    fn fitting(&self) -> Option<&Challenge> {
        let fits = |own: &&Challenge| self.asked.iter().any(|one| one.realm == own.realm);
        self.brought.iter().find(fits)
    }
}

/// Returns whether credentials of the right realm were refused.
pub(super) fn is_wrong(facts: &Facts<'_>) -> bool {
    Refused::of(facts).is_some_and(|refused| refused.fitting().is_some())
}

/// Returns whether the credentials that were refused are for another realm.
pub(super) fn is_of_other_realm(facts: &Facts<'_>) -> bool {
    Refused::of(facts).is_some_and(|refused| refused.fitting().is_none())
}

/// Returns why credentials were refused that the request brought.
pub(super) fn refused(facts: &Facts<'_>) -> Option<String> {
    let refused = Refused::of(facts)?;
    let became = beside::became_again(facts).map(|became| format!("; {became}"));
    let became = became.unwrap_or_default();
    if let Some(own) = refused.fitting() {
        return Some(format!(
            "it refuses the credentials{} for {} without stale=true: the password or the user name is wrong{became}",
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
