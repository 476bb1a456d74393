//! Policies along a chain: whether one that is required is valid on the whole way (RFC 5280 §6.1).
//! Always true: any policy will do; the reader asks for none in particular. What counts is whether an authority requires one.

use std::collections::BTreeSet;

use der::oid::ObjectIdentifier;

use crate::{Certificate, oid};

/// Whether the policies of a chain hold, which goes from the signer up to the trusted certificate. That one is trusted as it is.
pub(super) fn hold(chain: &[&Certificate]) -> bool {
    let Some((_, issued)) = chain.split_last() else { return true };
    let mut state = State::before(issued.len());
    issued.iter().enumerate().rev().all(|(place, certificate)| state.takes(certificate, place == 0))
}

struct State {
    /// The policies that are valid so far, as the next certificate names them.
    valid: BTreeSet<ObjectIdentifier>,
    explicit_after: u32,
    no_mapping_after: u32,
    no_any_after: u32,
}

impl State {
    fn before(certificates: usize) -> Self {
        let never = u32::try_from(certificates).unwrap_or(u32::MAX).saturating_add(1);
        Self { valid: BTreeSet::from([oid::ANY_POLICY]), explicit_after: never, no_mapping_after: never, no_any_after: never }
    }

    /// Takes in the next certificate on the way down; false where it may not follow.
    fn takes(&mut self, certificate: &Certificate, last: bool) -> bool {
        let (limits, own) = (certificate.policy_limits(), certificate.is_self_issued());
        self.valid = self.named_by(certificate, own && !last);
        if self.explicit_after == 0 && self.valid.is_empty() {
            return false;
        }
        if last {
            let now_required = limits.explicit_after == Some(0) || self.explicit_after <= 1;
            return !(now_required && self.valid.is_empty());
        }
        if limits.mappings.iter().any(|(issuers, subjects)| *issuers == oid::ANY_POLICY || *subjects == oid::ANY_POLICY) {
            return false;
        }
        self.map(&limits.mappings);
        let counters = [
            (&mut self.explicit_after, limits.explicit_after),
            (&mut self.no_mapping_after, limits.no_mapping_after),
            (&mut self.no_any_after, limits.no_any_after),
        ];
        for (counter, limit) in counters {
            *counter = counter.saturating_sub(u32::from(!own)).min(limit.unwrap_or(u32::MAX));
        }
        true
    }

    /// What is valid of what a certificate names. "Any policy" stands for all so far, unless that was ruled out.
    fn named_by(&self, certificate: &Certificate, free: bool) -> BTreeSet<ObjectIdentifier> {
        let named: BTreeSet<ObjectIdentifier> = certificate.policies().into_iter().collect();
        let any = named.contains(&oid::ANY_POLICY) && (self.no_any_after > 0 || free);
        let open = self.valid.contains(&oid::ANY_POLICY);
        let mut valid: BTreeSet<_> =
            named.into_iter().filter(|policy| *policy != oid::ANY_POLICY && (open || self.valid.contains(policy))).collect();
        if any {
            valid.extend(&self.valid);
        }
        valid
    }

    /// Puts the subject's policies in the place of the issuer's.
    fn map(&mut self, mappings: &[(ObjectIdentifier, ObjectIdentifier)]) {
        let before = self.valid.clone();
        for (issuers, _) in mappings {
            self.valid.remove(issuers);
        }
        if self.no_mapping_after == 0 {
            return;
        }
        let stands = |policy: &ObjectIdentifier| before.contains(policy) || before.contains(&oid::ANY_POLICY);
        self.valid.extend(mappings.iter().filter(|(issuers, _)| stands(issuers)).map(|(_, subjects)| *subjects));
    }
}
