//! By which moment a signature provably existed, and whom it may be trusted to come from at that moment.
//! Always true: a moment is proven only by an authority that is itself trusted, judged at the moment it states. The signer's own clock proves
//! nothing; without proof, now is judged.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::{
    signature::{self, Judged, Signer},
    store::Store,
    trust::{self, Ground},
};
use crate::{
    Caveat, Certificate, Kind, Problem, SignatureVerdict, TimeSource, Trust,
    revocation::Revocations,
    timestamp::{TOLERANCE, Token},
};

/// What signers are judged by, beside what their signatures carry.
pub(super) struct Reader<'a> {
    pub(super) trusted: &'a [Certificate],
    /// Whether anybody was named to trust, found or not.
    pub(super) asked: bool,
    pub(super) now: DateTime<Utc>,
    pub(super) store: &'a Store,
}

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
        let stamp = signer.stamps.first()?;
        (self.authority(stamp).0 == Trust::Trusted).then_some((signer.end, stamp.time))
    }

    fn settled(&self, judged: Judged, over_document: &[(usize, DateTime<Utc>)]) -> SignatureVerdict {
        let Judged { mut verdict, ref signer } = judged;
        let own = signer.as_ref().and_then(|signer| self.own_stamp(signer));
        // Of several time-stamps the one that counts tells the time.
        if let Some((stamp, ..)) = own.as_ref().filter(|_| !verdict.problems.contains(&Problem::TimestampInvalid)) {
            verdict.time = Some(stamp.time);
            verdict.time_source = signature::authority(Some(stamp), true);
        }
        verdict.caveats.extend(verdict.time.filter(|time| *time > self.now + TOLERANCE).map(|time| Caveat::TimeInFuture { time }));
        let Some(signer) = signer else {
            if self.asked {
                verdict.trusted = Trust::NotTrusted;
            }
            return verdict;
        };
        let mut proven = None;
        if let Some((time, trusted, caveats)) = own.map(|(stamp, trusted, caveats)| (stamp.time, trusted, caveats)) {
            if let TimeSource::TimestampAuthority { trusted: told, .. } = &mut verdict.time_source {
                *told = trusted;
            }
            if trusted == Trust::NotTrusted {
                verdict.caveats.push(Caveat::TimeNotTrusted);
            }
            verdict.caveats.extend(caveats.into_iter().map(|caveat| Caveat::OfTimeAuthority { caveat: Box::new(caveat) }));
            proven = Some(time).filter(|_| trusted == Trust::Trusted);
            if verdict.kind == Kind::DocumentTimestamp {
                verdict.trusted = trusted;
            }
        }
        let covering = over_document.iter().filter(|(end, _)| *end >= signer.end).map(|(_, time)| *time);
        verdict.proven_time = proven.into_iter().chain(covering).min();
        if verdict.kind == Kind::DocumentTimestamp {
            return verdict;
        }
        let (trusted, caveats) = self.signer(signer, verdict.proven_time.unwrap_or(self.now));
        verdict.trusted = trusted;
        verdict.caveats.extend(caveats);
        verdict
    }

    /// The time-stamp in a signature that counts: the oldest by a trusted authority, else the oldest; and what weighs on it.
    fn own_stamp<'a>(&self, signer: &'a Signer) -> Option<(&'a Token, Trust, BTreeSet<Caveat>)> {
        let mut oldest = None;
        for stamp in &signer.stamps {
            let (trusted, caveats) = self.authority(stamp);
            if trusted == Trust::Trusted {
                return Some((stamp, trusted, caveats));
            }
            oldest = oldest.or(Some((stamp, trusted, caveats)));
        }
        oldest
    }

    fn signer(&self, signer: &Signer, at: DateTime<Utc>) -> (Trust, BTreeSet<Caveat>) {
        let carried = [&signer.carried[..], &self.store.certificates].concat();
        let revocations = self.known(&signer.revocations);
        trust::judge(
            &signer.certificate,
            Ground { carried: &carried, trusted: self.trusted, asked: self.asked, revocations: &revocations, at },
        )
    }

    /// Whether the authority behind a token is trusted at the moment it states, which must have come; and what weighs on that.
    fn authority(&self, token: &Token) -> (Trust, BTreeSet<Caveat>) {
        let Some(certificate) = token.certificate() else { return (Trust::NotTrusted, BTreeSet::new()) };
        let carried = [token.certificates(), &self.store.certificates].concat();
        let revocations = self.known(&token.revocations());
        let ground = Ground { carried: &carried, trusted: self.trusted, asked: self.asked, revocations: &revocations, at: token.time };
        let (trusted, mut caveats) = trust::judge_authority(certificate, ground);
        // That nobody trusts it is told as such.
        caveats.remove(&Caveat::NoChain);
        match trusted {
            Trust::Trusted if token.is_ahead_of(self.now) => (Trust::NotTrusted, caveats),
            judged => (judged, caveats),
        }
    }

    /// What a message carries about revocations, and what the file's store holds.
    fn known(&self, carried: &Revocations) -> Revocations {
        let mut known = carried.clone();
        known.add_all(&self.store.revocations);
        known.known_at(self.now)
    }
}
