//! By which moment a signature provably existed, and whom it may be trusted to come from at that moment.
//! Always true: a moment is proven only by an authority that is itself trusted, judged at the moment it states. The signer's own clock proves
//! nothing; without proof, now is judged.

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    signature::{Judged, Signer},
    store::Store,
    trust::{self, Ground},
};
use crate::{Caveat, Certificate, Kind, SignatureVerdict, TimeSource, Trust, timestamp::Token};

/// What signers are judged by, beside what their signatures carry.
pub(super) struct Reader<'a> {
    pub(super) trusted: &'a [Certificate],
    pub(super) now: DateTime<Utc>,
    pub(super) store: &'a Store,
}

/// Clocks differ by this much before anybody speaks of the future.
const TOLERANCE: TimeDelta = TimeDelta::minutes(10);

impl Reader<'_> {
    /// Judges the trust of all signatures, each by its own time-stamp and by those over the document that cover it.
    pub(super) fn settle(&self, judged: Vec<Judged>) -> Vec<SignatureVerdict> {
        let over_document: Vec<(usize, DateTime<Utc>)> = judged.iter().filter_map(|one| self.stamped_document(one)).collect();
        judged.into_iter().map(|one| self.settled(one, &over_document)).collect()
    }

    /// How far a time-stamp over the document reaches, and its time, if it proves it.
    fn stamped_document(&self, judged: &Judged) -> Option<(usize, DateTime<Utc>)> {
        let verdict = &judged.verdict;
        let holds = verdict.kind == Kind::DocumentTimestamp && verdict.intact && verdict.valid;
        let signer = judged.signer.as_ref().filter(|_| holds)?;
        let stamp = signer.stamp.as_ref()?;
        (self.authority(stamp) == Trust::Trusted).then_some((signer.end, stamp.time))
    }

    fn settled(&self, judged: Judged, over_document: &[(usize, DateTime<Utc>)]) -> SignatureVerdict {
        let Judged { mut verdict, signer } = judged;
        verdict.caveats.extend(verdict.time.filter(|time| *time > self.now + TOLERANCE).map(|time| Caveat::TimeInFuture { time }));
        let Some(signer) = signer else {
            if !self.trusted.is_empty() {
                verdict.trusted = Trust::NotTrusted;
            }
            return verdict;
        };
        let own = signer.stamp.as_ref().map(|stamp| (stamp.time, self.authority(stamp)));
        if let (TimeSource::TimestampAuthority { trusted, .. }, Some((_, judged))) = (&mut verdict.time_source, own) {
            *trusted = judged;
        }
        if own.is_some_and(|(_, trusted)| trusted == Trust::NotTrusted) {
            verdict.caveats.push(Caveat::TimeNotTrusted);
        }
        let own = own.filter(|(_, trusted)| *trusted == Trust::Trusted).map(|(time, _)| time);
        let covering = over_document.iter().filter(|(end, _)| *end >= signer.end).map(|(_, time)| *time);
        verdict.proven_time = own.into_iter().chain(covering).min();
        if verdict.kind == Kind::DocumentTimestamp {
            verdict.trusted = signer.stamp.as_ref().map_or(Trust::Unknown, |stamp| self.authority(stamp));
            return verdict;
        }
        let (trusted, caveats) = self.signer(&signer, verdict.proven_time.unwrap_or(self.now));
        verdict.trusted = trusted;
        verdict.caveats.extend(caveats);
        verdict
    }

    fn signer(&self, signer: &Signer, at: DateTime<Utc>) -> (Trust, std::collections::BTreeSet<Caveat>) {
        let carried = [&signer.carried[..], &self.store.certificates].concat();
        let mut revocations = signer.revocations.clone();
        revocations.add_all(&self.store.revocations);
        trust::judge(&signer.certificate, Ground { carried: &carried, trusted: self.trusted, revocations: &revocations, at })
    }

    /// Whether the authority behind a token is trusted at the moment it states, which must have come.
    fn authority(&self, token: &Token) -> Trust {
        let Some(certificate) = token.certificate() else { return Trust::NotTrusted };
        let carried = [token.certificates(), &self.store.certificates].concat();
        let mut revocations = token.revocations();
        revocations.add_all(&self.store.revocations);
        let ground = Ground { carried: &carried, trusted: self.trusted, revocations: &revocations, at: token.time };
        match trust::judge_authority(certificate, ground) {
            Trust::Trusted if token.time > self.now + TOLERANCE => Trust::NotTrusted,
            judged => judged,
        }
    }
}
