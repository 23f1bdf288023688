//! Which findings leave nothing to be said by others beside them.

/// NOTIFY requests that were refused: the other side may send no more of them.
pub(super) const NOTIFIES: &str = "notify-event notify-rejected notify-unasked notify-early notify-over notify-lacking notify-type notify-forgotten";

/// What is said by one of the findings before a colon, and not by those behind it.
pub(super) const SAID: &str = "\
elsewhere-false: answered-elsewhere
leg-fault peer-full peer-full-told servers-untried: server-only
forwards-few: answers-lost
forwarded-round forwarded-again: leg-unfollowed sent-round
elsewhere-dropped elsewhere-untold ring-cut: caller-gave-up rang-out-open
group-ended group-declined mailbox-first: branch-chosen branch-unfit caller-gave-up leg-code-changed leg-rang-out rang-out rang-out-open
branch-unfit refused-ringing: branch-chosen code-changed merged
sent-round: leg-code-changed leg-fault domain-other peer-full peer-full-told
answer-kept leg-answered-open: caller-gave-up leg-rang-on
leg-rang-out refused-ringing leg-unfollowed: leg-code-changed caller-gave-up
refer-unescaped refer-replaces-lost: refer-failed refer-unfinished
transfer-cancelled: notify-declined notify-refused refer-unfinished
refer-told-early: refer-done refer-unfinished
refer-final-missing: refer-unfinished notify-missing
replaces-other-leg replaces-elsewhere: replaces-refused replaces-unfit refer-failed
replaces-ignored: replaces-done dialog-replaced
# Who does not get a challenge, or answers it in a wrong field, does not leave it unanswered.
answer-other-address answer-other-field answer-other-via answers-lost credentials-field credentials-realm final-unacknowledged undelivered-answer: challenge-unanswered challenge-open
peer-unheard: peer-given-up
domain-other: host-kept
host-kept: branch-chosen
branch-reused: address-banned peer-dead challenge-met
prack-other-branch: prack-none prack-missing
sim-counter-again: sim-counter
answer-other-address: undelivered-answer
servers-untried: failover-missing
# A phone that is not where its registration leads.
binding-elsewhere binding-left binding-shared binding-taken binding-transport flow-untried push-late: binding-replaced callee-unregistered code-changed connection-gone contact-other flow-failed hop-no-final leg-code-changed leg-fault leg-unanswered peer-dead peer-given-up phone-moved
binding-wiped binding-replaced: callee-unregistered
# Whom nobody can reach is refused to all.
binding-left binding-replaced binding-shared binding-taken binding-unresolved path-missing binding-wiped callee-unregistered connection-gone push-late: caller-barred caller-foreign field-tells number-form number-unfit peer-barred peer-full peer-rate
domain-other uri-other uri-unfit binding-shared: register-refused
register-refused: challenge-met credentials-forbidden field-tells forbidden-again
contact-unfound: contact-other
contact-unbracketed: binding-elsewhere binding-transport peer-dead phone-moved
uri-unfit: ask-unmet
number-unfit: cause-unfit
peer-shut: caller-barred leg-code-changed peer-barred peer-full peer-rate
anonymity-refused identity-absent: caller-foreign field-tells
cause-unfit: failover-needless leg-code-changed user-asked-again
target-altered: branch-chosen cause-unfit domain-other field-tells leg-code-changed leg-fault number-cut number-form number-unfit redirect-followed redirect-open uri-other uri-unfit
challenge-passed-on credentials-half leg-challenged nonce-short peer-unknown: challenge-open challenge-unanswered leg-code-changed
number-kept: branch-chosen branch-unfit merged-passed-on register-number
peer-slow trying-missing: sent-again
branch-cut: code-changed hop-no-final leg-code-changed ring-cut
ack-answered: ack-lost ack-kept ack-late challenge-open challenge-unanswered
retry-ignored: retry-too-soon
stream-unframed: body-incomplete request-malformed peer-dead
field-dropped: record-route-missing prack-none prack-missing challenge-open
ack-no-route: no-route
entity-tag-old publication-late: entity-tag-again
challenge-ignored: challenge-unanswered challenge-open
session-unfit: session-expired session-unrefreshed
glare-early pending-unseen: glare
glare-early: glare-lost
glare-early glare-lost pending-unseen: change-hung-up line-failed
offer-unfit: hold-kept
hold-timed-out: held-to-the-end hold-kept
ringing-dropped: early-media-dropped
offer-refused: offer-alike offer-differs
success-early: prack-none prack-missing answer-missing
change-kept: change-refused
session-not-followed extension-not-followed required-not-followed: ask-unmet
package-unlisted: package-again
branch-unstable call-doubled: merged sent-again
ack-withheld: ok-unacknowledged ack-late ack-missing ack-unseen
cancel-crossed-kept success-kept: ok-unacknowledged ack-missing ack-unseen
bye-unrepeated: challenge-unanswered dialog-lost
dialog-replaced: caller-gave-up session-expired session-unrefreshed
";
/// The same, where both are of one message.
pub(super) const SAID_OF_THEM: &str = "\
digits-refused: unchanged-again type-again method-again package-again method-unlisted asked-followed refusal-against
refusal-against: method-unlisted
hold-refused: change-refused
type-again: parts-refused
fax-given-up: change-refused streams-refused change-hung-up
condition-open: caller-gave-up terminated-alone
session-unrefreshed: challenge-open challenge-unanswered change-hung-up change-refused glare-lost method-unlisted no-answer-open no-answer-request
offer-not-browser: offer-differs offer-alike offer-refused
text-twice: answers-lost sent-again
number-lower: notify-rejected
notify-rejected notify-unasked: challenge-ignored challenge-open challenge-unanswered
sim-counter sim-counter-again sim-network: challenge-met credentials-forbidden
";
/// The same, where both are of one request.
pub(super) const SAID_OF_IT: &str = "\
call-dropped refresh-failed: dialog-lost no-answer no-answer-request no-answer-open
# What other calls tell of a silence says more of it.
large-lost address-banned branch-reused peer-dead phone-moved named-private: no-answer no-answer-large no-answer-request no-answer-open hop-no-answer
node-other proxy-bypassed route-unreached: ack-lost ack-elsewhere ack-private ack-made-good ack-late
final-late: sent-again trying-request no-answer-request no-answer
change-hung-up: change-refused method-unlisted
large-lost: length-unfit
refresh-given-up: change-hung-up
subscription-late prack-refused prack-other prack-other-branch notify-declined refer-hung-up bye-early-kept: dialog-lost bye-refused
session-run-out replaces-refused replaces-unfit: dialog-lost tag-missing bye-refused
stale-ignored: credentials-nonce
bye-unanswered: no-answer-request no-answer-open no-answer-here
";

/// Returns whether a table has one finding in the place of another.
pub(super) fn is_said(table: &str, of: &str, id: &str) -> bool {
    let rows = table.lines().filter_map(|row| row.split_once(": "));
    let mut rows = rows.filter(|(roots, _)| has(roots, of));
    rows.any(|(_, others)| has(others, id))
}

/// Returns whether a finding stands in a list.
pub(super) fn has(list: &str, id: &str) -> bool {
    list.split(' ').any(|one| one == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::patterns;

    #[test]
    fn each_name_is_one_of_a_pattern() {
        let tables = [SAID, SAID_OF_IT, SAID_OF_THEM, NOTIFIES];
        let rows = tables.iter().flat_map(|table| table.lines());
        for row in rows.filter(|row| !row.starts_with('#')) {
            for name in row.split([' ', ':']).filter(|name| !name.is_empty()) {
                let is_known = patterns().iter().any(|one| one.id.as_str() == name);
                assert!(is_known, "{name} of {row}");
            }
        }
    }
}
