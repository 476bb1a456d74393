//! Whether a certificate leads to one the caller trusts.
//! Always true of a chain found here: each certificate was issued by the next, each issuer may issue, each was within its time
//! at the moment of signing, and none carries a critical extension we do not know (RFC 5280 §6.1).
//! Deliberately absent: revocation and name constraints (a critical name constraint is refused as unknown).

use chrono::{DateTime, Utc};

use crate::{Certificate, Trust};

/// Judges `leaf`; `carried` are certificates that travel with the signature and may fill the gap to a trusted one.
pub(super) fn judge(leaf: &Certificate, carried: &[Certificate], trusted: &[Certificate], at: Option<DateTime<Utc>>) -> Trust {
    if trusted.is_empty() {
        return Trust::Unknown;
    }
    // Without a time, nobody can say whether the certificates were within theirs.
    let Some(at) = at else { return Trust::NotTrusted };
    let search = Search { carried, trusted, at };
    if leaf.may_sign_documents() && search.reaches_trust(leaf, &mut Vec::new()) { Trust::Trusted } else { Trust::NotTrusted }
}

struct Search<'a> {
    carried: &'a [Certificate],
    trusted: &'a [Certificate],
    at: DateTime<Utc>,
}

impl<'a> Search<'a> {
    /// Longest chain followed. Real ones have at most four or five certificates.
    const LONGEST: usize = 8;

    /// Depth first; `below` is the chain so far, without `certificate`.
    fn reaches_trust(&self, certificate: &'a Certificate, below: &mut Vec<&'a Certificate>) -> bool {
        if !certificate.is_valid_at(self.at) || certificate.has_unknown_critical_extension() {
            return false;
        }
        if self.trusted.contains(certificate) {
            return true;
        }
        if below.len() >= Self::LONGEST || below.contains(&certificate) {
            return false;
        }
        // The path length counts the authorities between the issuer and the leaf (RFC 5280 §4.2.1.9).
        let authorities_below = below.len();
        below.push(certificate);
        let reached = self
            .trusted
            .iter()
            .chain(self.carried)
            .filter(|issuer| issuer.may_issue(authorities_below) && certificate.is_issued_by(issuer))
            .any(|issuer| self.reaches_trust(issuer, below));
        below.pop();
        reached
    }
}
