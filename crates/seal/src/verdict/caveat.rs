//! Whether a signer is trusted, and what weighs on that.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::{ProofPlace, Told, revocation::Revocation};

/// Whether a signer is trusted.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// A chain leads to a certificate the caller trusts.
    Trusted,
    /// The caller named nobody to trust.
    Unknown,
    /// No chain leads to a certificate the caller trusts, or something in it speaks against that.
    NotTrusted,
}

/// Why a signer is not trusted, or what a reader should know before trusting.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Caveat {
    /// A certificate was revoked by the moment judged.
    Revoked {
        /// Whose certificate.
        whose: String,
        /// When, and how that is known.
        revocation: Revocation,
    },
    /// A certificate had expired at the moment judged.
    Expired {
        /// Whose certificate.
        whose: String,
        /// Its last moment.
        not_after: DateTime<Utc>,
        /// The moment judged.
        at: DateTime<Utc>,
    },
    /// A certificate was not valid yet at the moment judged.
    NotYetValid {
        /// Whose certificate.
        whose: String,
        /// Its first moment.
        not_before: DateTime<Utc>,
        /// The moment judged.
        at: DateTime<Utc>,
    },
    /// The signer's certificate is not one for signing documents.
    NotForSigning,
    /// A certificate carries a critical restriction that is not known here.
    UnknownExtension {
        /// Whose certificate.
        whose: String,
    },
    /// Whoever issued a certificate may not issue any.
    NotAnIssuer {
        /// Who that is.
        whose: String,
    },
    /// An authority allows fewer authorities below it than there are.
    ChainTooLong {
        /// Which authority.
        whose: String,
    },
    /// An authority may issue certificates, but not for what this one is used for.
    IssuerForSomethingElse {
        /// Which authority.
        whose: String,
    },
    /// An authority does not allow a name to those below it.
    NameNotAllowed {
        /// Who bears it.
        whose: String,
        /// The name.
        name: String,
        /// Which authority.
        by: String,
    },
    /// An authority asks that certificates name a policy that holds on the whole way, and none does.
    PolicyMissing,
    /// An authority's key is so short that it can be broken.
    WeakKey {
        /// Which authority.
        whose: String,
        /// Its length.
        bits: usize,
    },
    /// The signature on a certificate was made with an algorithm that is not supported (or not secure).
    NotChecked {
        /// Whose certificate.
        whose: String,
        /// The algorithm's object identifier.
        oid: String,
    },
    /// Nobody the caller trusts has issued it.
    NoChain,
    /// The authority that stamped the time is not one the caller trusts, so its time proves nothing.
    TimeNotTrusted,
    /// What weighs on the certificate of the authority that stamped the time, or on one of its issuers.
    OfTimeAuthority {
        /// What it is.
        caveat: Box<Caveat>,
    },
    /// A list or an answer about a certificate says that it was made at a moment that has not come. It vouches for nobody.
    ProofAhead {
        /// Whose certificate.
        whose: String,
        /// What it is.
        told_by: Told,
        /// When it says that it was made.
        made: DateTime<Utc>,
    },
    /// Whoever answers for the issuer of a certificate does not know it.
    NotKnownToIssuer {
        /// Whose certificate.
        whose: String,
        /// Where that was read.
        read_in: ProofPlace,
    },
    /// The time stated lies in the future.
    TimeInFuture {
        /// The time stated.
        time: DateTime<Utc>,
    },
}
